"""The whole program: read the content, link it into a site, plan what there is to write, render what changed, publish.

What only a build with changes needs is imported where it is used: one in which nothing changed ends after stat calls.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from sitegen import memory, publish, source, state, theme, write
from sitegen.clock import Interval
from sitegen.options import Clock, Options, bases, moment, site_path
from sitegen.privacy import keyed
from sitegen.problems import Located, Position, Severity, ordered, strict
from sitegen.source import File, Stamp
from sitegen.state import Program, State, ThemeRecord
from sitegen.write import Inputs, Planned, Progress


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did, and the problems that it met."""

    problems: tuple[Located, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    """How many entries of each kind are published."""
    files: int = 0
    """How many files the site has."""
    decoded: int = 0
    rendered: int = 0
    placed: tuple[str, ...] = ()
    """The files that were written because their bytes differ."""
    removed: tuple[str, ...] = ()
    new: int = 0
    """How many of the placed ones were not there before."""
    until: int | None = None
    """The next moment at which the site must change (seconds since 1970)."""
    zone: str = "UTC"
    """In which that is told."""

    @property
    def failed(self) -> bool:
        """Something is wrong, and nothing was published."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def build(
    options: Options, clock: Clock, program: Program | None = None, progress: Progress = lambda *_: None
) -> Report:
    """Build the site, and publish it if nothing is wrong.

    Raises `publish.Refused` where the output folder is not to be written, `times.Unreadable` where the clock's text is
    not, and `OSError` where the disk fails; then, too, everything published stays as it was.
    """
    place = publish.place_of(options.output)
    if options.dry:
        return _build(options, place, clock, program, progress)
    with publish.locked(place):
        publish.recover(place)
        try:
            report = _build(options, place, clock, program, progress)
        finally:
            if place.dirty.exists():
                publish.give_up(place)
        if not report.failed:
            publish.announce(place, report.until)
        return report


def _build(options: Options, place: publish.Place, clock: Clock, program: Program | None, progress: Progress) -> Report:
    before, damage = remembered(options, place)
    inputs = look(options, before, program)
    if before and is_unchanged(options, place, before, inputs, clock):
        problems = judged((*before.problems, *inputs.problems), options)
        return Report(
            problems, before.counts, files=len(before.outputs), until=before.until, zone=before.config.settings.zone
        )
    try:
        inputs = in_full(place, inputs, before, damage)
        planned, problems = planned_for(options, place, inputs, before, clock, progress)
    except state.Corrupt as error:
        before, damage = None, (damaged(options, place, error),)
        inputs = in_full(place, look(options, None, inputs.program), None, damage)
        planned, problems = planned_for(options, place, inputs, before, clock, progress)
    report = Report(judged((*inputs.problems, *problems, *damage), options))
    if planned is None or report.failed:
        return report
    done, mistakes = write.Written(), tuple[Located, ...]()
    if options.dry:
        mistakes = write.rehearse(options.content, inputs, planned, before, progress, options.jobs)
    else:
        done, mistakes = write.write(options.content, place, inputs, planned, before, progress, options.jobs)
    return Report(
        problems=judged((*report.problems, *mistakes), options),
        counts=planned.counts,
        files=len(planned.keys) + done.indexed,
        decoded=planned.decoded,
        rendered=done.rendered,
        placed=done.placed,
        removed=done.removed,
        new=done.new,
        until=planned.interval.until,
        zone=planned.config.settings.zone,
    )


def judged(problems: Iterable[Located], options: Options) -> tuple[Located, ...]:
    """The problems as they count: in order, each once, and with ``--strict`` warnings as errors."""
    return ordered(strict(each) if options.strict else each for each in problems)


def remembered(options: Options, place: publish.Place) -> tuple[State | None, tuple[Located, ...]]:
    """The state of the build before; none, with a warning, where it cannot be read."""
    try:
        found = state.load(place.state)
    except state.Corrupt as error:
        return None, (damaged(options, place, error),)
    if found and options.clean:
        anew = {path: msgspec.structs.replace(done, key=b"") for path, done in found.outputs.items()}
        found = msgspec.structs.replace(found, program=Program(b""), files={}, outputs=anew, theme=ThemeRecord())
    return found, ()


def in_full(place: publish.Place, inputs: Inputs, before: State | None, damage: tuple[Located, ...]) -> Inputs:
    """The inputs with all that stands in the output folder."""
    if inputs.alone and before and place.output.exists():
        return replace(inputs, live={path: (done.size, done.mtime) for path, done in before.outputs.items()})
    live = publish.files(place.output)
    if damage:  # only that is known of it which no build makes
        live = {path: info for path, info in live.items() if publish.is_ours_to_make(path)}
    return replace(inputs, live=live)


def planned_for(
    options: Options,
    place: publish.Place,
    inputs: Inputs,
    before: State | None,
    clock: Clock,
    progress: Progress = lambda *_: None,
) -> tuple[Planned | None, tuple[Located, ...]]:
    """What there is to write, by an amendment if the change is no greater; or the mistakes. Raises `state.Corrupt`."""
    remembered = memory.Memory(place.memory, before.memory) if before else None
    if before and remembered and is_as_before(options, before, inputs, clock):
        from sitegen.amend import amended  # noqa: PLC0415 - something has changed

        if planned := amended(options.content, inputs, before, remembered, moment(clock, before.config)):
            return planned, planned.problems
    from sitegen.whole import plan  # noqa: PLC0415

    progress("Reading", 0, 0)
    return plan(options, inputs, before, remembered, clock)


def damaged(options: Options, place: publish.Place, error: state.Corrupt) -> Located:
    """What is said of a state that cannot be read."""
    old = isinstance(error, state.Outdated)
    what = "of another version of sitegen" if old else "damaged"
    hint = f"everything is built anew; the former {place.output.name}/ is kept in {place.work.name}/replaced/"
    where = theme.relative(place.state, options.content)
    severity = Severity.NOTE if old else Severity.WARNING
    return Located(where, Position(1), severity, f"the memory of the last build is {what}", hint)


def look(options: Options, before: State | None, program: Program | None) -> Inputs:
    """Everything that can be known of the content without opening a file."""
    files, problems = source.scan(options.content)
    site = site_path(options)
    if options.site.is_file() and all(file.path != site for file in files):
        files = (*files, File(site, source.stamp(options.site.stat())))
    return Inputs(
        files=files,
        live={},
        alone=options.preview,
        program=program or state.program(before.program if before else None),
        secret=before.secret if before else state.new_secret(),
        problems=tuple(source.locate(each, None) for each in problems),
    )


def is_unchanged(options: Options, place: publish.Place, before: State, inputs: Inputs, clock: Clock) -> bool:
    """The build before was made from just this, and what it made is all there."""
    return (
        is_as_before(options, before, inputs, clock)
        and {keyed(inputs.secret, file.path): file.stamp for file in inputs.files} == stamps(before)
        and publish.stand(place.output, ((path, done.size, done.mtime) for path, done in before.outputs.items()))
    )


def is_as_before(options: Options, before: State, inputs: Inputs, clock: Clock) -> bool:
    """The build before was made with this program and theme, was asked for the same, and its site still holds."""
    return (
        before.program.digest == inputs.program.digest
        and (before.site, before.drafts) == (site_path(options), options.drafts)
        and before.theme.bases == bases(options)
        and theme.stamps(map(Path, before.theme.watched)) == before.theme.stamps
        and not any(problem.severity is Severity.ERROR for problem in inputs.problems)
        and moment(clock, before.config) in Interval(before.since, before.until)
    )


def stamps(before: State) -> dict[bytes, Stamp]:
    """The stamp of every content file of a build, by its hidden path."""
    return {path: stamp for path, (stamp, _) in before.files.items()}
