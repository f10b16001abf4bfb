"""Why a file of the site is as it is: what it is made from, and why the next build would make it anew or not."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from sitegen import publish
from sitegen.build import in_full, look, remembered
from sitegen.memory import Memory
from sitegen.options import Clock, Options
from sitegen.plan import Output, path_of
from sitegen.problems import Severity, did_you_mean
from sitegen.state import Corrupt, State
from sitegen.whole import known_file, plan
from sitegen.write import Inputs, Planned, is_there


def why(options: Options, clock: Clock, name: str) -> tuple[tuple[str, ...], bool]:
    """The lines that explain a file of the site, and whether there is such a file.

    ``name`` is a path on disk, a path in the output folder, or an address with or without the site's own.
    """
    place = publish.place_of(options.output)
    before, damage = remembered(options, place)
    inputs = in_full(place, look(options, before, None), before, damage)
    try:
        planned, problems = plan(
            options, inputs, before, Memory(place.memory, before.memory) if before else None, clock
        )
    except Corrupt:
        before = None
        planned, problems = plan(options, inputs, before, None, clock)
    if planned is None:
        return ("the site cannot be planned; sitegen check tells why",), False
    outputs = {output.path: output for output in planned.outputs}
    path = _path(name, options, planned.config.url, outputs)
    if path not in outputs:
        if before and path in before.outputs:
            return (f"{path}: the next build removes it, as nothing asks for it any more",), True
        return tuple(filter(None, (f"{path}: there is no such file in the site", did_you_mean(path, outputs)))), False
    output = outputs[path]
    lines = [f"{path}: {_verdict(output, inputs, planned, before)}"]
    if any(problem.severity is Severity.ERROR for problem in problems):
        lines.append("  nothing is published before the content is mended; sitegen check tells how")
    return (*lines, *_made_from(output)), True


def _path(name: str, options: Options, url: str, outputs: Mapping[str, Output]) -> str:
    """The path of the output that is meant, or what was asked for."""
    disk = Path(name).absolute()
    if disk.is_relative_to(options.output):
        text = disk.relative_to(options.output).as_posix()
    else:
        text = unquote(name.removeprefix(url)).lstrip("/")
    text = "" if text == "." else text
    return next((each for each in (text, path_of(text), path_of(text + "/")) if each in outputs), text)


def _verdict(output: Output, inputs: Inputs, planned: Planned, before: State | None) -> str:
    """Whether the next build makes it anew, and why."""
    if before is None:
        return "made by the next build, which is the first that anybody remembers"
    done = before.outputs.get(output.path)
    if done is None:
        return "made by the next build, for the first time"
    if not is_there(done, inputs.live.get(output.path)):
        return "made anew by the next build: it does not stand in the output folder as it was left"
    if done.key == planned.keys[output.path]:
        return "up to date"
    return f"made anew by the next build: {'; '.join(_reasons(output, inputs, planned, before))}"


def _reasons(output: Output, inputs: Inputs, planned: Planned, before: State) -> Iterator[str]:
    """What has changed of that from which it is made."""
    found = False
    for has_changed, reason in (
        (before.program.digest != inputs.program.digest, "another version of sitegen or of a library"),
        (_closure(output, before) != _closure(output, planned), "its template or one that it refers to has changed"),
        (before.config != planned.config, "site.yaml has changed"),
    ):
        if has_changed:
            found = True
            yield reason
    for path in output.origin:
        known = known_file(before, inputs.secret, path)
        if known is None or known[1] != planned.digests.get(path):
            found = True
            yield f"{path} has changed" if known else f"{path} is new"
    if not found:
        yield "what it shows of other pages has changed: entries, their order, or the way around the site"


def _closure(output: Output, made: State | Planned) -> bytes | None:
    return made.theme.closures.get(getattr(output.inputs, "template", ""))


def _made_from(output: Output) -> Iterator[str]:
    yield f"  by {output.render.__module__.removeprefix('sitegen.')}"
    if template := getattr(output.inputs, "template", ""):
        yield f"  with the template {template}"
    for path in output.origin:
        yield f"  from {path}"
