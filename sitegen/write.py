"""Render what is stale, put it into the twin tree, and publish that."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from sitegen import fulltext, media, memory, publish, source, state, text, theme
from sitegen.memory import Memory, Tables
from sitegen.privacy import keyed
from sitegen.problems import At, Located, Problem
from sitegen.source import File
from sitegen.spread import spread
from sitegen.state import Done, Kept, Program, State, ThemeRecord

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from sitegen.clock import Interval
    from sitegen.model import Config, Face
    from sitegen.plan import Output
    from sitegen.privacy import Watch


Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is, and how much there is."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What stat calls tell before anything is read."""

    files: tuple[File, ...]
    live: Mapping[str, tuple[int, int]]
    """Size and mtime of every file in the output folder; looked for when something has changed."""
    alone: bool
    """Nobody else writes to the output folder, or to the twin."""
    program: Program
    secret: bytes
    problems: tuple[Located, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """The site that is to be, and what it was made from."""

    config: Config
    interval: Interval
    """All this is so as long as the present is in here."""
    counts: Mapping[str, int]
    """How many entries of each kind have a page."""
    theme: ThemeRecord
    outputs: tuple[Output, ...]
    """All of them, or those alone that may have changed."""
    keys: Mapping[str, bytes]
    """Of all outputs, by their paths."""
    digests: Mapping[str, bytes]
    """Of every content file, by path."""
    site_file: str
    """The path of site.yaml, relative to the content folder."""
    drafts: bool
    problems: tuple[Located, ...]
    """Warnings and notes."""
    bodies: Mapping[bytes, str]
    """The texts that were read in this build, by their digests."""
    watch: Watch
    zones: tuple[tuple[str, str], ...]
    """The groups with a zone of their own, and these zones."""
    decoded: int
    """How many files were decoded."""
    texts: AbstractSet[bytes]
    """The digests of the texts that are published."""
    own: frozenset[bytes]
    """The digests of the parts of entries for which outputs are kept: see `kept`."""
    entries: Mapping[bytes, int]
    """How many entries have each part."""
    common: tuple[Face, ...]
    """What stands on every page."""
    memory: Memory
    """What stays remembered, but for what follows."""
    records: Mapping[bytes, msgspec.Raw]
    """What is remembered of content files, by their hidden paths: see `memory`."""
    remembered: Memory | None
    """What was remembered of the build before."""
    gone: frozenset[bytes] = frozenset()
    """The digests of parts that are published no more."""
    kept: Mapping[str, Kept] = field(default_factory=dict)
    """What outputs were made from in the build before, by their paths."""
    made: Mapping[bytes, str] = field(default_factory=dict)
    """The HTML of some of the texts."""


@dataclass(frozen=True)
class Workshop:
    """What renderers use (`plan.Tools`): the theme's templates, the texts, and files."""

    content: Path
    roots: tuple[str, ...]
    """The folders of the theme."""
    site_file: str
    """The path of site.yaml, relative to the content folder."""
    extensions: tuple[str, ...]
    """Of Markdown, besides those that are always on."""
    compiled: tuple[Path, bytes] | None
    """The folder for the code of templates, and the digest of the program; nothing is kept without."""
    bodies: Mapping[bytes, str]
    """The texts that were read in this build, by their digests."""
    remembered: Memory | None
    """That of a build before, in which texts are as they would be made."""
    texts: dict[bytes, str] = field(default_factory=dict)
    """The HTML of texts, by the digests of the texts: it grows as they are asked for."""
    parts: dict[Any, Any] = field(default_factory=dict)
    """What many pages have alike: see `formats.html.render`."""
    fresh: dict[bytes, str] = field(default_factory=dict)
    """Those of them that were made since somebody looked."""

    @functools.cached_property
    def theme(self) -> theme.Theme:
        """The theme's templates and files."""
        return theme.read(map(Path, self.roots))

    @functools.cached_property
    def templates(self) -> Callable[[str], Any]:
        """The templates of the theme, by language."""
        return functools.cache(lambda language: theme.environment(self.theme, language, self.compiled))

    def template(self, name: str, language: str) -> Any:
        """A compiled template, with the words of a language."""
        return self.templates(language).get_template(name)

    def text(self, digest: bytes) -> str:
        """The safe HTML of a text, made once."""
        if (known := self.known(digest)) is not None:
            return known
        made = html_of(self.extensions, self.bodies[digest])
        self.texts[digest] = self.fresh[digest] = made
        return made

    def known(self, digest: bytes) -> str | None:
        """The same, if it was made already."""
        if digest in self.texts or not self.remembered:
            return self.texts.get(digest)
        return self.remembered.near(digest).texts.get(digest)

    def read(self, path: str) -> bytes:
        """The bytes of a file of the content folder."""
        return (self.content / path).read_bytes()

    def asset(self, name: str) -> bytes:
        """The bytes of a static file of the theme."""
        return next(Path(each.path).read_bytes() for each in self.theme.static if each.name == name)


def html_of(extensions: tuple[str, ...], body: str) -> str:
    """The safe HTML of a text as pages have it; raises `text.TooComplex`."""
    return text.html(body, level=3, prefix="text-", extensions=extensions)


def made_ahead(extensions: tuple[str, ...], body: tuple[bytes, str]) -> tuple[bytes, str | None]:
    """The same with the digest of the text; None where it is too complex, which is told for the page that shows it."""
    try:
        return body[0], html_of(extensions, body[1])
    except text.TooComplex:
        return body[0], None


@dataclass(frozen=True, slots=True)
class Made:
    """The bytes of a file, and what is remembered of them."""

    data: bytes
    digest: bytes
    text: bytes
    """The digest of what a search of the full text reads of it."""
    kept: Kept | None = None
    """What it was made from, where that is kept."""

    @classmethod
    def of(cls, path: str, data: bytes, kept: Kept | None = None) -> Made:
        """The same of the bytes for a path."""
        return cls(data, source.digest(data), fulltext.searchable(data) if path.endswith(".html") else b"", kept)


@dataclass(frozen=True, slots=True)
class Written:
    """What was written."""

    rendered: int = 0
    """How many outputs were rendered."""
    placed: tuple[str, ...] = ()
    """The files whose bytes differ from those published before."""
    removed: tuple[str, ...] = ()
    new: int = 0
    """How many of the placed ones were not there before."""
    indexed: int = 0
    """How many files the index of the full text has."""


def write(
    content: Path,
    place: publish.Place,
    inputs: Inputs,
    planned: Planned,
    before: State | None,
    progress: Progress,
    jobs: int,
) -> tuple[Written, tuple[Located, ...]]:
    """Write what has changed and publish it; or the problems that keep it from being published.

    Without ``before`` nobody remembers what stands in the output folder: a site there is refused (`publish.Refused`).
    """
    old = before.outputs if before else {}
    foreign = tuple(sorted(path for path in inputs.live if path not in old))
    publish.check(place, foreign, planned.keys, known=before is not None)
    shop = workshop(content, inputs, planned, before, place.compiled)
    plans: dict[str, Kept | None] = {path: planned.kept.get(path) for path in planned.keys}
    outputs = stale(planned, before, inputs.live)
    index = {path: was for path, was in old.items() if fulltext.is_ours(path)}
    is_full = planned.config.search == "full" and fulltext.is_here()
    is_whole = all(is_full and is_there(was, inputs.live.get(path)) for path, was in index.items())
    gone = tuple(path for path in old if path not in planned.keys and path not in index)
    if before and not outputs and not gone and is_whole:
        with _remembering(place, inputs, planned, shop, plans, old, before.changed, before.foreign) as data:
            publish.keep(place, data)
        return Written(indexed=len(index)), ()
    progress("Preparing", 0, 0)
    publish.prepare(place, _differing(before, inputs.live, foreign), inputs.live, alone=inputs.alone)
    for path in gone:
        publish.remove(place.twin, path)
    laid: dict[str, tuple[Done, bool]] = {path: (old[path], False) for path in planned.keys if path in old}
    problems = []
    for output, made in rendered(content, outputs, shop, planned, progress, jobs):
        path = output.path
        if isinstance(made, Located):
            problems.append(made)
            continue
        laid[path] = _laid(place, path, made, planned.keys[path], old.get(path), inputs.live)
        plans[path] = made.kept
    if is_full and not problems:
        words = _indexed(place, inputs, planned, laid, index, progress)
        if isinstance(words, Problem):
            problems.append(source.locate(words, theme.text_of(words, content)))
        else:
            laid |= words
    if problems:
        return Written(), tuple(problems)
    for path in (unsaid := tuple(path for path in index if path not in laid)):
        publish.remove(place.twin, path)
    placed, gone = tuple(path for path, (_, is_new) in laid.items() if is_new), (*gone, *unsaid)
    # What is gone is in neither tree afterwards, and its name is nobody's business any more.
    done = {path: each for path, (each, _) in laid.items()}
    with _remembering(place, inputs, planned, shop, plans, done, placed, foreign) as data:
        if placed or gone or not place.output.exists():
            publish.commit(place, data, (*placed, *gone) if before else None)
        else:
            publish.keep(place, data)
    _ready(place, inputs, {*placed, *gone}, done)
    new = sum(path not in inputs.live for path in placed)
    return Written(len(outputs), placed, gone, new, len(done) - len(planned.keys)), ()


def _ready(place: publish.Place, inputs: Inputs, changed: set[str], done: Mapping[str, Done]) -> None:
    """Make a twin that nobody else changes ready for the next build, while nobody waits for this one any more."""
    if not inputs.alone:
        return
    left = {path: (each.size, each.mtime) for path, each in done.items()}
    with contextlib.suppress(OSError):  # the site is published
        publish.prepare(place, changed, left, alone=True)
        place.dirty.unlink()


def _laid(
    place: publish.Place, path: str, made: Made, key: bytes, was: Done | None, live: Mapping[str, tuple[int, int]]
) -> tuple[Done, bool]:
    """What is remembered of an output that is in the twin now, and whether its bytes differ from those before."""
    if was and is_there(was, live.get(path)) and was.digest == made.digest:
        return msgspec.structs.replace(was, key=key, text=made.text), False
    file = publish.put(place, path, made.data)
    return Done(key, made.digest, file.size, file.mtime, made.text), True


def _indexed(
    place: publish.Place,
    inputs: Inputs,
    planned: Planned,
    laid: Mapping[str, tuple[Done, bool]],
    index: Mapping[str, Done],
    progress: Progress,
) -> dict[str, tuple[Done, bool]] | Problem:
    """The files of the full text in the twin: those of before where nothing that is searched has changed."""
    texts = {path: each.text for path, (each, _) in laid.items() if each.text}
    if not texts:
        return {}
    key = fulltext.key(inputs.program.digest, texts)
    if index and all(was.key == key and is_there(was, inputs.live.get(path)) for path, was in index.items()):
        return {path: (was, False) for path, was in index.items()}
    progress("Indexing", 0, 0)
    found = fulltext.made(place.twin, place.words)
    if isinstance(found, str):
        return fulltext.failed(found, planned.site_file)
    foreign = [path for path in inputs.live if path not in laid and path not in index]
    publish.check(place, foreign, found, known=True)
    return {
        path: _laid(place, path, Made.of(path, made), key, index.get(path), inputs.live) for path, made in found.items()
    }


def rehearse(
    content: Path,
    inputs: Inputs,
    planned: Planned,
    before: State | None,
    progress: Progress,
    jobs: int,
) -> tuple[Located, ...]:
    """The problems of rendering what is stale; nothing is written."""
    shop = workshop(content, inputs, planned, before)
    outputs = stale(planned, before, inputs.live)
    return tuple(
        made for _, made in rendered(content, outputs, shop, planned, progress, jobs) if isinstance(made, Located)
    )


def workshop(
    content: Path, inputs: Inputs, planned: Planned, before: State | None, compiled: Path | None = None
) -> Workshop:
    """The workshop of a build, with the texts of the build before if the same program made them."""
    config = planned.config
    same = before is not None and before.program.digest == inputs.program.digest
    same = same and before is not None and before.config.extensions == config.extensions
    return Workshop(
        content=content,
        roots=planned.theme.roots,
        site_file=planned.site_file,
        extensions=config.extensions,
        compiled=(compiled, inputs.program.digest) if compiled else None,
        bodies=planned.bodies,
        remembered=planned.remembered if same else None,
        texts={**planned.made},
    )


def stale(planned: Planned, before: State | None, live: Mapping[str, tuple[int, int]]) -> tuple[Output, ...]:
    """The outputs that are to be rendered: another key than before, or not there as they were left."""
    old = before.outputs if before else {}
    return tuple(
        output
        for output in planned.outputs
        if not is_there(was := old.get(output.path), live.get(output.path))
        or (was and was.key != planned.keys[output.path])
    )


def is_there(was: Done | None, now: tuple[int, int] | None) -> bool:
    """The file of an output stands as it was left."""
    return was is not None and (was.size, was.mtime) == now


def rendered(
    content: Path, outputs: tuple[Output, ...], shop: Workshop, planned: Planned, progress: Progress, jobs: int
) -> Iterator[tuple[Output, Made | Located]]:
    """Every output as it is to be written, or with what is wrong."""
    shared = (content, outputs, shop, planned.own, planned.common)
    all_made = spread(_rendered, shared, range(len(outputs)), jobs, FEW)
    for index, (output, (made, texts)) in enumerate(zip(outputs, all_made, strict=True)):
        progress("Writing", index, len(outputs))
        shop.texts.update(texts)
        yield output, made


FEW = 150
"""As many outputs are rendered in a tenth of a second or two: no more than other processes need to begin."""


def _rendered(
    shared: tuple[Path, tuple[Output, ...], Workshop, frozenset[bytes], tuple[Face, ...]], index: int
) -> tuple[Made | Located, Mapping[bytes, str]]:
    """One of the outputs, and the texts that were made for it."""
    content, outputs, shop, own, common = shared
    made = _made(content, outputs[index], shop, own, common)
    fresh = {**shop.fresh}
    shop.fresh.clear()
    return made, fresh


def _made(
    content: Path, output: Output, shop: Workshop, own: frozenset[bytes], common: tuple[Face, ...]
) -> Made | Located:
    from sitegen import kept  # noqa: PLC0415 - something has changed

    try:
        data = output.render(output.inputs, shop)
    except media.Unusable as error:
        return source.locate(Problem(At(output.inputs.path), str(error)), None)
    except text.TooComplex as error:
        return source.locate(Problem(At(output.owner), str(error)), None)
    except Exception as error:  # noqa: BLE001 - whatever a template does wrong is told at its place
        problem = theme.mistake(error, shop.theme, content, shop.site_file)
        return source.locate(problem, theme.text_of(problem, content))
    return Made.of(output.path, data, kept.kept(output, own, common))


def _differing(before: State | None, live: Mapping[str, tuple[int, int]], foreign: tuple[str, ...]) -> set[str] | None:
    """The paths in which the twin may differ from the published tree; None where any may."""
    if before is None or not all(is_there(was, live.get(path)) for path, was in before.outputs.items()):
        return None
    return {*before.changed, *before.foreign, *foreign}


@contextlib.contextmanager
def _remembering(
    place: publish.Place,
    inputs: Inputs,
    planned: Planned,
    shop: Workshop,
    plans: Mapping[str, Kept | None],
    done: Mapping[str, Done],
    changed: tuple[str, ...],
    foreign: tuple[str, ...],
) -> Iterator[bytes]:
    """The state, to be written by the caller, when all stands in the memory that it names; nothing else does then.

    Texts that are published no more are forgotten.
    """
    new = Tables(
        records=planned.records,
        texts={digest: html for digest in planned.texts if (html := shop.known(digest)) is not None},
        kept={path: each for path, each in plans.items() if each},
        shown=memory.shown(plans, planned.entries),
    )
    try:
        names = memory.saved(planned.memory, new, planned.gone, planned.remembered)
        yield state.dump(_state(inputs, planned, done, changed, foreign, names))
    except (OSError, publish.Refused):
        memory.forget(place.memory, planned.remembered.names if planned.remembered else ())
        raise
    memory.forget(place.memory, names)


def _state(
    inputs: Inputs,
    planned: Planned,
    done: Mapping[str, Done],
    changed: tuple[str, ...],
    foreign: tuple[str, ...],
    names: tuple[bytes, ...],
) -> State:
    return State(
        program=inputs.program,
        secret=inputs.secret,
        site=planned.site_file,
        drafts=planned.drafts,
        config=planned.config,
        since=planned.interval.since,
        until=planned.interval.until,
        theme=planned.theme,
        watch=planned.watch,
        files={keyed(inputs.secret, file.path): (file.stamp, planned.digests[file.path]) for file in inputs.files},
        outputs=dict(done),
        changed=changed,
        foreign=foreign,
        problems=planned.problems,
        counts=dict(planned.counts),
        zones=planned.zones,
        common=planned.common,
        memory=names,
    )
