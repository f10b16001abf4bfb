"""The content folder as files, and a file as data: stat calls, YAML and front matter, and places in them."""

import functools
import hashlib
import itertools
import os
import re
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from sitegen.problems import MASK, At, Located, Position, Problem, Severity

MAX_BYTES = 2_000_000
"""The largest YAML or Markdown file, in bytes: no profile is longer, and a parser needs a bound."""
MAX_DEPTH = 100
"""The deepest nesting of YAML; the C parser recurses, and tens of thousands of brackets end the process."""
MAX_VALUES = 100_000
"""The most values of one file with all aliases written out ("billion laughs")."""
MAX_EXCERPT = 100
"""The longest excerpt, in characters."""

RACY = 20_000_000
"""Nanoseconds in which a second edit could leave the same time stamp (the grain of file systems' clocks)."""

Data: TypeAlias = dict[str, Any]
"""A mapping as YAML gives it: text, lists and mappings of text."""


class Stamp(msgspec.Struct, frozen=True, array_like=True):
    """What a stat call tells of a file's content. An edit changes the ctime, whatever happens to size and mtime."""

    size: int
    mtime: int
    ctime: int
    inode: int


@dataclass(frozen=True, slots=True)
class File:
    """A file of the content or of a theme: its path relative to the folder that was scanned, and its stamp."""

    path: str
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML or Markdown file as data: every scalar is text, the body is what follows the front matter."""

    data: Data
    body: str = ""
    body_line: int = 1


def digest(data: bytes) -> bytes:
    """The 16-byte BLAKE2b digest by which contents are recognised."""
    return hashlib.blake2b(data, digest_size=16).digest()


def scan(root: Path) -> tuple[tuple[File, ...], tuple[Problem, ...]]:
    """Every file below ``root``, sorted by path, by stat calls alone.

    Names that begin with ``_`` or ``.`` are passed over. A link to a file inside ``root`` counts as the file; a link
    that leaves it, dangles or leads to a folder is a problem. A folder that does not exist is empty.
    """
    files: list[File] = []
    problems: list[Problem] = []

    def walk(folder: str, prefix: str) -> None:
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except (FileNotFoundError, NotADirectoryError):
            return
        for entry in entries:
            path = prefix + entry.name
            if entry.name.startswith((".", "_")):
                if entry.name in ("_index.md", "_index.yaml"):
                    problems.append(_note_index(path))
                continue
            if entry.is_symlink() and (trouble := _link_trouble(Path(entry.path), root)):
                problems.append(Problem(At(path), trouble, "put the file itself here"))
            elif entry.is_dir():
                if path.endswith((".yaml", ".yml", ".md")):
                    problems.append(Problem(At(path), "this is a folder where a file should be", "rename the folder"))
                else:
                    walk(entry.path, path + "/")
            else:
                found = entry.stat()
                if not stat.S_ISREG(found.st_mode):
                    problems.append(Problem(At(path), "this is neither a file nor a folder", "remove it"))
                    continue
                files.append(File(path, stamp(found)))

    walk(str(root), "")
    return tuple(files), tuple(problems)


def stamp(info: os.stat_result) -> Stamp:
    """The stamp of a file. One that changed a clock tick ago could change again unseen: its stamp is like no other."""
    racy = max(info.st_mtime_ns, info.st_ctime_ns) > time.time_ns() - RACY
    return Stamp(info.st_size, info.st_mtime_ns, info.st_ctime_ns, -time.time_ns() if racy else info.st_ino)


def _note_index(path: str) -> Problem:
    return Problem(
        At(path),
        "this file is passed over, as its name begins with _",
        "the words of a section stand in a page named like it: pages/events.md",
        Severity.NOTE,
    )


def _link_trouble(link: Path, root: Path) -> str:
    """What is wrong with a symbolic link; empty where nothing is."""
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):
        return "this link leads nowhere"
    if not target.is_relative_to(root.resolve()):
        return "this link leads out of the site"
    return "links to folders are not followed" if target.is_dir() else ""


def load(path: str, data: bytes) -> tuple[Document | None, tuple[Problem, ...]]:
    """A file's data, or what keeps it from being read. The file is wholly read or not at all.

    ``path`` decides the form: ``.md`` has YAML front matter between ``---`` lines and a body, anything else is YAML.
    """
    text, problem = _decoded(path, data)
    if problem:
        return None, (problem,)
    head, first, body, body_line = text, 1, "", 1
    if path.endswith(".md"):
        parts = split(text)
        if isinstance(parts, str):
            return None, (Problem(At(path, position=Position(1)), *_FRONT_MATTER[parts], private=True),)
        head, first, body, body_line = parts
    values, problems = _parsed(path, head, first, text)
    return (None, problems) if problems else (Document(values, body, body_line), tuple(_cut_short(path, head, first)))


_FRONT_MATTER = {
    "missing": (
        "the front matter is missing",
        "begin the file with a line of ---, the fields, and another line of ---",
    ),
    "open": ("the front matter is never closed", "put a line of --- between the fields and the text"),
}


def split(text: str) -> tuple[str, int, str, int] | str:
    """Front matter, its first line, body, and the body's first line; or "missing" or "open"."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return "missing"
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() in ("---", "..."):
            return "\n".join(lines[1:number]), 2, "\n".join(lines[number + 1 :]), number + 2
    return "open"


def _decoded(path: str, data: bytes) -> tuple[str, Problem | None]:
    """The text with line feeds for line ends, without a byte order mark."""
    if len(data) > MAX_BYTES:
        return "", Problem(At(path), f"the file is larger than {MAX_BYTES // 1_000_000} MB", "is it a text file?")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", "replace")
        at = At(path, position=_position(before, len(before)))
        return "", Problem(at, "the file is not UTF-8 text", "save it with the encoding UTF-8", private=True)
    if (nul := text.find("\0")) >= 0:
        at = At(path, position=_position(text, nul))
        return "", Problem(at, "there is a NUL character in the text", "remove it", private=True)
    return text.replace("\r\n", "\n").replace("\r", "\n"), None


def _position(text: str, offset: int) -> Position:
    before = text[:offset]
    return Position(before.count("\n") + 1, offset - before.rfind("\n"))


@functools.cache
def _loader() -> Any:
    import yaml  # noqa: PLC0415 - not needed when nothing changed

    class Loader(yaml.CBaseLoader):
        """Every scalar is text; a key that stands twice is remembered, not overwritten in silence."""

        def __init__(self, stream: str) -> None:
            super().__init__(stream)
            self.twice: list[Any] = []

        def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - PyYAML's
            mapping: dict[Any, Any] = super().construct_mapping(node, deep)
            if len(mapping) != len(node.value):
                seen: set[Any] = set()
                for key, _ in node.value:
                    if key.value in seen:
                        self.twice.append(key)
                    seen.add(key.value)
            return mapping

    return Loader


def _parsed(path: str, head: str, first: int, text: str) -> tuple[Data, tuple[Problem, ...]]:
    """The mapping that ``head`` is; ``first`` is its first line in the file, ``text`` the whole file."""
    import yaml  # noqa: PLC0415 - not needed when nothing changed

    def problem(mark: Any, message: str, hint: str = "", *, private: bool = True) -> tuple[Data, tuple[Problem, ...]]:
        position = Position(mark.line + first, mark.column + 1) if mark else Position(first)
        return {}, (Problem(At(path, position=position), message, hint, private=private),)

    if mark := _too_deep(head):
        return problem(mark, f"lists and mappings are nested more than {MAX_DEPTH} deep")
    try:
        loader = _loader()(head)
        try:
            values = loader.get_single_data()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = _YAML_WORDS.get(error.problem or "", f"this is not YAML: {_first_words(error.problem)}")
        if fixed := _requoted(text, mark.line + first if mark else first):
            return problem(mark, "this text needs quotes around it", f"write: {fixed}", private=False)
        return problem(mark, message)
    except yaml.YAMLError:
        return problem(None, "there is a character that YAML does not allow")
    if loader.twice:
        at = [
            At(path, position=Position(key.start_mark.line + first, key.start_mark.column + 1)) for key in loader.twice
        ]
        hint = "keep one of the two; several values are a list: [one, two]"
        return {}, tuple(Problem(each, "this key stands here a second time", hint, private=True) for each in at)
    if values is None or values == "":
        values = {}
    if not isinstance(values, dict):
        return problem(None, "fields belong here, one to a line: key: value")
    if "*" in head and _too_many(values):
        return problem(None, f"the aliases of this file make more than {MAX_VALUES:,} values")
    return values, ()


_YAML_WORDS = {
    "mapping values are not allowed in this context": "a colon followed by a blank needs quotes around the text",
    "did not find expected key": "the line does not fit the ones before it: is its indentation right?",
    "did not find expected ',' or ']'": "a list that begins with [ is not closed; or the text needs quotes",
    "did not find expected ',' or '}'": "a mapping that begins with { is not closed; or the text needs quotes",
    "found character that cannot start any token": "text that begins with this character needs quotes (a tab also)",
    "did not find expected alphabetic or numeric character": "text that begins with * or & needs quotes",
    "found undefined alias": "text that begins with * needs quotes",
    "found unexpected end of stream": "a quotation mark is not closed",
    "could not find expected ':'": "a colon is missing after the key",
    "found unhashable key": "a key is a word, not a list or mapping",
}


_CUT = re.compile(r"^(title|name|summary|headline):[ \t]+([^\s\"'#][^\n#]*?[ \t]#[^\s#][^\n]*?)[ \t]*$", re.MULTILINE)


def _cut_short(path: str, head: str, first: int) -> Iterator[Problem]:
    """A blank and a # begin a comment: "Meetup #14" is "Meetup" to YAML."""
    for match in _CUT.finditer(head):
        at = At(path, position=Position(head.count("\n", 0, match.start()) + first, match[0].index(" #") + 2))
        yield Problem(at, "the text ends before the #", f"write: {match[1]}: {quoted(match[2])}", Severity.WARNING)


def _first_words(problem: str | None) -> str:
    return (problem or "it cannot be read").split("\n", 1)[0][:80]


def _too_deep(text: str) -> Any:
    """The mark of the first value that is nested too deep, else None.

    Reading the events of every file would double its cost; so only where the text could be so deep at all.
    """
    prefix = max((len(match[0]) for match in re.finditer(r"^[ ?:-]+", text, re.MULTILINE)), default=0)
    if 2 * prefix + text.count("[") + text.count("{") + text.count("? ") < MAX_DEPTH:
        return None
    import yaml  # noqa: PLC0415 - not needed when nothing changed

    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CBaseLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                return event.start_mark
    except yaml.YAMLError:
        return None  # read again, and told, by the loader
    return None


def _too_many(values: Any) -> bool:
    """Aliases share one object, so a short file can be endless when it is walked."""
    seen = 0
    waiting: list[Iterator[Any]] = [iter((values,))]
    while waiting:
        value = next(waiting[-1], None)
        if value is None:
            waiting.pop()
            continue
        seen += 1
        if seen > MAX_VALUES:
            return True
        if isinstance(value, dict):
            waiting.append(iter(value.values()))
        elif isinstance(value, list):
            waiting.append(iter(value))
    return False


QUOTABLE = re.compile(
    r"^(?P<key>(?:- )?(?:title|name|summary|headline|role|tagline|venue)):[ \t]+(?P<value>[^\n]*\S)[ \t]*$"
)
"""A line whose text is always public and often needs quotes: only such a line is ever shown from a broken file."""

_MAYBE_PRIVATE = re.compile(r"^\s*(?:draft|listed|public|publish_date|publish date)\s*:", re.MULTILINE)


def _requoted(text: str, line: int) -> str:
    """The line as it should be, where quotes around its value let the file be read further; else empty."""
    import yaml  # noqa: PLC0415 - not needed when nothing changed

    lines = text.split("\n")
    match = QUOTABLE.match(lines[line - 1].strip()) if line <= len(lines) else None
    if not match or _MAYBE_PRIVATE.search(text):
        return ""
    fixed = f"{match['key']}: {quoted(match['value'])}"
    try:
        yaml.compose(fixed, Loader=yaml.CBaseLoader)
    except yaml.YAMLError:
        return ""
    return fixed


def quoted(text: str) -> str:
    """The text in double quotes, as YAML reads them; quotes that stand around it already are dropped."""
    bare = text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text
    return '"' + bare.replace("\\", "\\\\").replace('"', '\\"') + '"'


SPELLINGS: dict[str, tuple[str, ...]] = {
    "name": ("title",),
    "title": ("name",),
    "organisation": ("organization",),
    "organisations": ("organizations",),
    "organiser": ("organizers",),
    "organisers": ("organizers",),
    "organizer": ("organizers",),
    "speaker": ("speakers",),
    "honourific": ("honorific",),
    "tag": ("tags",),
    "skill": ("skills",),
    "language": ("languages", "lang"),
    "link": ("links",),
    "alias": ("aliases",),
}
"""Keys that are read as another: British spellings, singulars, and name for title."""


def locate(problem: Problem, data: bytes | None) -> Located:
    """The problem with line, column and excerpt, found by parsing the file again; ``data`` is the file, if it has any."""
    text = _decoded(problem.at.file, data)[0] if data else ""
    position, excerpt, hint = problem.at.position, "", problem.hint
    if position is None and problem.at.path:
        head, first = text, 1
        if problem.at.file.endswith(".md") and not isinstance(parts := split(text), str):
            head, first = parts[:2]
        position, excerpt = _found(problem, head, first)
        if problem.requote and (match := QUOTABLE.match(excerpt)):
            hint = f"write: {match['key']}: {quoted(match['value'])}"
    whole = position is None
    position = position or Position(1)
    if not excerpt and not whole:
        line = next(itertools.islice(text.split("\n"), position.line - 1, None), "").strip()
        excerpt = _hidden(line) if problem.private else line
    return Located(problem.at.file, position, problem.severity, problem.message, hint, excerpt[:MAX_EXCERPT])


def _hidden(line: str) -> str:
    """The line's key, if it has one, and a mask for all the rest."""
    key = re.match(r"(?:- )*[A-Za-z_]+:(?=\s|$)", line)
    return f"{key[0]} {MASK}" if key else MASK if line and line != "---" else line


def _found(problem: Problem, head: str, first: int) -> tuple[Position, str]:
    """Position and excerpt of the value to which a key path leads, or of the nearest that is there.

    The excerpt is this key and this value alone: what stands beside them on the line may be private.
    """
    import yaml  # noqa: PLC0415 - not needed when nothing changed

    node = yaml.compose(head, Loader=yaml.CBaseLoader)
    key: Any = None
    for step in problem.at.path:
        if isinstance(node, yaml.MappingNode):
            pairs = {name.value: (name, value) for name, value in node.value if isinstance(name, yaml.ScalarNode)}
            name = step if step in pairs else next((n for n in pairs if step in SPELLINGS.get(n, ())), None)
            if name not in pairs:
                break
            key, node = pairs[name]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            key, node = None, node.value[step]
    if node is None:
        return Position(first), ""
    mark = key.start_mark if key and (problem.at.key or not node.value) else node.start_mark
    value = head[node.start_mark.index : node.end_mark.index].split("\n", 1)[0].rstrip()
    if problem.private or (isinstance(node, yaml.CollectionNode) and not problem.requote):
        value = MASK
    if problem.requote and key:  # what follows the value that YAML made out of the text belongs to it too
        value = head[node.start_mark.index :].split("\n", 1)[0].rstrip()
    return Position(mark.line + first, mark.column + 1), f"{key.value}: {value}" if key else f"- {value}"
