"""The whole program: read the content, link it into a site, plan what there is to write, render what changed, publish.

What only a build with changes needs is imported where it is used: one in which nothing changed ends after stat calls.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from sitegen import memory, publish, source, state, theme, times, write
from sitegen.clock import Interval
from sitegen.memory import Memory
from sitegen.model import Config
from sitegen.privacy import Watch, keyed
from sitegen.problems import Located, Position, Severity, ordered, strict
from sitegen.source import File, Stamp
from sitegen.state import Program, Record, State, ThemeRecord
from sitegen.write import Inputs, Planned, Progress

if TYPE_CHECKING:
    from sitegen.plan import Collection, Edition, Output
    from sitegen.site import Site


@dataclass(frozen=True, slots=True)
class Options:
    """What a build is asked for. Paths are absolute."""

    content: Path
    output: Path
    site: Path
    """site.yaml, or the file that stands for it."""
    themes: Path | None = None
    """The project's own themes."""
    drafts: bool = False
    strict: bool = False
    clean: bool = False
    """Nothing is remembered of the builds before."""
    dry: bool = False
    """Everything is done but nothing is written."""
    preview: bool = False
    """The output folder is the preview's alone, and the search is quick: nobody waits for the full text."""
    jobs: int = 1
    """How many processes share the work."""


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


Clock = Callable[[ZoneInfo], datetime]


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


def site_path(options: Options) -> str:
    """site.yaml, relative to the content folder."""
    return theme.relative(options.site, options.content)


def bases(options: Options) -> tuple[str, ...]:
    """The project's own folders that a theme may be in."""
    return tuple(map(str, (options.content, options.themes or "")))


def stamps(before: State) -> dict[bytes, Stamp]:
    """The stamp of every content file of a build, by its hidden path."""
    return {path: stamp for path, (stamp, _) in before.files.items()}


def moment(clock: Clock, config: Config) -> int:
    """The present in the association's zone, in seconds since 1970."""
    return int(clock(times.zone(config.settings.zone)).timestamp())


def plan(
    options: Options, inputs: Inputs, before: State | None, remembered: Memory | None, clock: Clock
) -> tuple[Planned | None, tuple[Located, ...]]:
    """The site and all its outputs, or the mistakes that keep it from being one."""
    from sitegen import discretion, folder, fulltext, gather, geography, kept, navigation, pages, reach, site  # noqa: PLC0415 - something has changed
    from sitegen.config import in_language  # noqa: PLC0415
    from sitegen.plan import collisions, key_of, path_of  # noqa: PLC0415

    digests = folder.digests(options.content, inputs.files, lambda path: known_file(before, inputs.secret, path))
    place = folder.Folder(options.content, site_path(options), inputs.secret, digests)
    same_program = before is not None and before.program.digest == inputs.program.digest
    known = memory.records(remembered) if remembered and same_program else {}
    config, site_record = gather.site_file(place, known, before.config if before else None)
    if config is None:
        return None, site_record.problems  # without a zone and a name of the site nothing else can be judged
    if options.preview:
        config = msgspec.structs.replace(config, search="quick")
    place = replace(place, hidden=config.settings.hidden)
    items, strange = folder.layout(digests, place.site, config)
    problems = [*site_record.problems, *(discretion.located(place, each) for each in strange)]
    same = before is not None and before.config.settings == config.settings and before.drafts == options.drafts
    now = moment(clock, config)
    gathered = gather.gather(
        place,
        config,
        items,
        known if same else {},
        before.watch if before else Watch(),
        now,
        drafts=options.drafts,
        jobs=options.jobs,
    )
    problems += [problem for record in gathered.records for problem in record.problems]
    made = themed(options, before, config)
    entries = gather.entries_in(gathered.records)
    waiting = gather.waiting(place.secret, gathered.records, entries)
    attending, unknown = gather.attending(place.secret, gathered.records, gathered.watch)
    linked, dangling = site.link(config, entries, waiting, now, attending)
    abroad = []
    for language in config.settings.languages:
        words = {each.ref: each for each in gather.entries_in(gathered.records, language)}
        translated = (words.get(each.ref, each) for each in entries)
        abroad.append(site.link(in_language(config, language), translated, waiting, now, attending)[0])
    sites = (linked, *abroad)
    edition, assets = edited(sites, made, digests, site_path(options))
    outputs = (*assets, *written(pages.collections(sites), edition))
    revealed = (
        *discretion.revealed(gathered.records),
        *discretion.site_revealed(place, config, gathered.records, gathered.watch),
    )
    there = {*(each.path for each in outputs), *(path_of(each.old) for each in config.redirects)}
    absent = gather.absent(gathered.records, digests, there)
    nowhere = (*navigation.problems(linked, place.site, waiting, there), *reach.problems(linked, place.site))
    odd = (
        *collisions(outputs, place.site),
        *fulltext.problems(config, place.site),
        *geography.problems(config, place.site),
    )
    found = (*dangling, *unknown, *absent, *nowhere, *revealed, *odd)
    problems += [*made.problems, *(discretion.located(place, each, gathered.watch) for each in found)]
    records: dict[bytes, list[Record]] = {}
    for record in (site_record, *gathered.records):
        records.setdefault(record.path, []).append(record)
    published = [record.entry for record in gathered.records if record.entry]
    own = Counter(kept.digest(part) for entry in published for part in kept.parts(entry) if part)
    planned = Planned(
        config=linked.config,
        interval=linked.interval,
        counts=linked.counts,
        theme=made,
        outputs=outputs,
        keys={each.path: key_of(each, inputs.program.digest) for each in outputs},
        digests=digests,
        site_file=place.site,
        drafts=options.drafts,
        problems=tuple(problems),
        records={path: msgspec.Raw(msgspec.msgpack.encode(found)) for path, found in records.items()},
        bodies=gathered.bodies,
        watch=gathered.watch,
        zones=gathered.zones,
        decoded=gathered.decoded,
        texts={text for entry in published for text in entry.bodies},
        own=frozenset(own),
        entries=own,
        gone=frozenset(),
        common=tuple(edition.chromes.values()),
        kept=memory.kept(remembered) if remembered else {},
        memory=memory.empty(publish.place_of(options.output).memory, len(inputs.files)),
        remembered=remembered,
    )
    return planned, planned.problems


def known_file(before: State | None, secret: bytes, path: str) -> tuple[Stamp, bytes] | None:
    """Stamp and digest of a file as the build before saw it."""
    return before.files.get(keyed(secret, path)) if before else None


def themed(options: Options, before: State | None, config: Config) -> ThemeRecord:
    """The theme, read where any of its files has changed."""
    known = before.theme if before else ThemeRecord()
    same = before is not None and (before.config.theme, before.config.options) == (config.theme, config.options)
    if same and known.bases == bases(options) and theme.stamps(map(Path, known.watched)) == known.stamps:
        return known
    roots, watched, values, problems = theme.roots(
        config.theme, config.options, options.content, options.themes, site_path(options)
    )
    seen = theme.stamps(watched)
    read = theme.read(roots)
    return ThemeRecord(
        bases=bases(options),
        roots=tuple(map(str, roots)),
        watched=tuple(map(str, watched)),
        stamps=seen,
        options=values,
        static=read.static,
        closures=dict(theme.closures(read)),
        problems=tuple(source.locate(each, theme.text_of(each, options.content)) for each in problems),
    )


def edited(
    linked: "tuple[Site, ...]", made: ThemeRecord, digests: Mapping[str, bytes], site_file: str
) -> "tuple[Edition, tuple[Output, ...]]":
    """What formats know besides the collections, and the files of the theme.

    ``linked`` is the site in each of its languages, its own first.
    """
    from sitegen import formats  # noqa: PLC0415 - something has changed
    from sitegen.formats import files, html  # noqa: PLC0415
    from sitegen.model import Link  # noqa: PLC0415
    from sitegen.plan import Edition  # noqa: PLC0415

    own, *_ = linked
    urls, assets = files.assets(made.static, made.options)
    on = formats.switched_on(own.config, len(own.members))
    edition = Edition(own.config, {}, made.closures, digests, on, site_file)
    logo = f"/{files.stamped(own.config.logo, digests[own.config.logo])}" if own.config.logo in digests else ""
    homes = tuple(Link(each.config.language, f"{each.root}/") for each in linked)
    chromes = {each.config.language: html.chrome(each, edition, urls, made.options, logo, homes) for each in linked}
    return replace(edition, chromes=chromes), tuple(assets)


def written(collections: "tuple[Collection, ...]", edition: "Edition") -> "Iterator[Output]":
    """Every collection in every format that is switched on."""
    from sitegen import formats  # noqa: PLC0415 - something has changed

    for name, each in formats.formats().items():
        if name in edition.formats:
            yield from each.outputs(collections, edition)
