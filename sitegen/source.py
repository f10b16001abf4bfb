"""The content folder as files, and a file as data: stat calls, YAML and front matter, and places in them."""

import functools
import hashlib
import itertools
import os
import re
import stat
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from sitegen.problems import MASK, MOST, At, Located, Position, Problem, Severity

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
    that leaves it, dangles or leads to a folder is a problem, and so is a name that cannot be printed. A folder that
    does not exist is empty.
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
            if entry.is_file(follow_symlinks=False) and entry.name.isprintable():  # most are
                files.append(File(path, stamp(entry.stat())))
            elif trouble := _trouble(entry, root):
                problems.append(Problem(At(_UNPRINTABLE.sub("\ufffd", path)), *trouble))
            elif entry.is_dir():
                walk(entry.path, path + "/")
            else:
                files.append(File(path, stamp(entry.stat())))

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


_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters, and what stands for bytes that are not UTF-8."""


def _trouble(entry: os.DirEntry[str], root: Path) -> tuple[str, str] | None:
    """What keeps a file or folder from being read, and the cure; None where nothing does."""
    if _UNPRINTABLE.search(entry.name):
        return "there is a character in this name that cannot be printed", "rename it"
    if entry.is_symlink() and (trouble := _link_trouble(Path(entry.path), root)):
        return trouble
    if entry.is_dir():
        named = entry.name.endswith((".yaml", ".yml", ".md"))
        return ("this is a folder where a file should be", "rename the folder") if named else None
    regular = stat.S_ISREG(entry.stat().st_mode)
    return None if regular else ("this is neither a file nor a folder", "remove it")


def _link_trouble(link: Path, root: Path) -> tuple[str, str] | None:
    """What is wrong with a symbolic link, and the cure; None where nothing is."""
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):
        return "this link leads nowhere", "remove it, or put the file itself here"
    if not target.is_relative_to(root.resolve()):
        return "this link leads out of the site", "put the file itself here"
    return ("links to folders are not followed", "put the folder itself here") if target.is_dir() else None


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
    values, problems = _parsed(path, head, first)
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


def _position(text: str, offset: int, first: int = 1) -> Position:
    """The place of a character; ``first`` is the number of the text's first line."""
    before = text[:offset]
    return Position(before.count("\n") + first, offset - before.rfind("\n"))


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


def _parsed(path: str, head: str, first: int) -> tuple[Data, tuple[Problem, ...]]:
    """The mapping that ``head`` is; ``first`` is its first line in the file."""
    import yaml  # noqa: PLC0415 - not needed when nothing changed

    def problem(offset: int, message: str, hint: str = "", *, shown: bool = False) -> tuple[Data, tuple[Problem, ...]]:
        at = At(path, position=_position(head, offset, first))
        return {}, (Problem(at, message, hint, private=not shown, discreet=_NEEDS_QUOTES if shown else ""),)

    if mark := _too_deep(head):
        return problem(mark.index, f"lists and mappings are nested more than {MAX_DEPTH} deep")
    try:
        loader = _loader()(head)
        try:
            values = loader.get_single_data()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        offset, message = _misread(error, head)
        if fixed := _requoted(head, offset):
            message = _NEEDS_QUOTES
        return problem(offset, message, f"write: {fixed}" if fixed else "", shown=bool(fixed))
    except yaml.YAMLError:
        found = yaml.reader.Reader.NON_PRINTABLE.search(head)
        return problem(found.start() if found else 0, "there is a character that YAML does not allow", "remove it")
    if loader.twice:
        hint = "keep one of the two; several values are a list: [one, two]"
        at = (At(path, position=_position(head, key.start_mark.index, first)) for key in loader.twice[:MOST])
        return {}, tuple(Problem(each, "this key stands here a second time", hint, private=True) for each in at)
    if values is None or values == "":
        values = {}
    if not isinstance(values, dict):
        return problem(0, "fields belong here, one to a line: key: value")
    message = f"the aliases of this file make more than {MAX_VALUES:,} values"
    endless = "*" in head and _too_many(values)
    return ({}, (Problem(At(path), message, "write out what is meant"),)) if endless else (values, ())


def _misread(error: Any, head: str) -> tuple[int, str]:
    """Where the mistake was made that YAML found, and what it is in plain words."""
    words = (error.problem or "").removeprefix("but ")
    begun = words in _BEGUN and error.context_mark
    mark = begun or error.problem_mark or error.context_mark
    offset = mark.index if mark else 0
    before = head[head.rfind("\n", 0, offset) + 1 : offset]
    if words == "mapping values are not allowed in this context" and re.fullmatch(r"[\s-]*[\w-]+", before):
        indented = before != before.lstrip()
        message = "this line does not fit the one before it: is it indented too far?"
        return offset - len(before.lstrip()), message if indented else "a colon is missing in the line before this one"
    if words == "did not find expected key" and before.strip():
        return offset, "there is text after a closing quotation mark or bracket: put quotes around all of it"
    if head[offset : offset + 1] == "\t" and words.startswith("found"):
        words = "found a tab"
    return offset, _YAML_WORDS.get(
        words, f"this is not YAML: {words.partition(chr(10))[0][:80] or 'it cannot be read'}"
    )


_NEEDS_QUOTES = "this text needs quotes around it"

_BEGUN = (
    "did not find expected ',' or ']'",
    "did not find expected ',' or '}'",
    "did not find expected alphabetic or numeric character",
    "found unexpected end of stream",
    "could not find expected ':'",
)
"""What YAML finds only further down than where the mistake is."""

_BACKSLASH = "a backslash in double quotes begins an escape: write two, or put the text in single quotes"
_YAML_WORDS = {
    "mapping values are not allowed in this context": "a colon followed by a blank needs quotes around the text",
    "block sequence entries are not allowed in this context": "a list begins below its key; or the text needs quotes",
    "did not find expected key": "this line does not fit the ones before it: is its indentation right?",
    "did not find expected '-' indicator": "this line does not fit the list before it: is its indentation right?",
    "did not find expected <document start>": "this line does not fit the ones before it: is its indentation right?",
    "did not find expected ',' or ']'": "this list is not closed with ]; or the text needs quotes",
    "did not find expected ',' or '}'": "this mapping is not closed with }; or the text needs quotes",
    "did not find expected node content": "a value is missing here; or text that begins with this sign needs quotes",
    "did not find expected comment or line break": "text that begins with | or > needs quotes",
    "did not find expected alphabetic or numeric character": "text that begins with * or & needs quotes",
    "did not find expected hexdecimal number": _BACKSLASH,
    "found unknown escape character": _BACKSLASH,
    "found invalid Unicode character escape code": _BACKSLASH,
    "found a tab": "a tab stands here: lines are indented with blanks",
    "found character that cannot start any token": "text that begins with this sign needs quotes",
    "found undefined alias": "text that begins with * needs quotes",
    "found undefined tag handle": "text that begins with ! needs quotes",
    "found unexpected non-alphabetical character": "a line that begins with % needs quotes",
    "found unknown directive name": "a line that begins with % needs quotes",
    "found unexpected end of stream": "this quotation mark is not closed",
    "found another document": "a second line of --- stands here: one file holds one entry",
    "found unconstructable recursive node": "this is repeated within itself",
    "found unhashable key": "a key is a word, not a list or mapping",
    "could not find expected ':'": "a colon is missing after the key",
}


_CUT = re.compile(
    r"^(?P<key>title|name|summary|headline):[ \t]+"
    r"(?P<value>(?:(?P<dropped>[&!])|[^\s\"'#|>][^\n#]*?[ \t](?P<ends>#))[^\s#][^\n]*?)[ \t]*$",
    re.MULTILINE,
)


def _cut_short(path: str, head: str, first: int) -> Iterator[Problem]:
    """A blank and a # begin a comment: "Meetup #14" is "Meetup" to YAML. A word after & or ! is not text either."""
    for match in _CUT.finditer(head):
        sign = "dropped" if match["dropped"] else "ends"
        message = (
            "the text ends before the #" if sign == "ends" else f"the text begins after the word with {match[sign]}"
        )
        at = At(path, position=_position(head, match.start(sign), first))
        hint = f"write: {match['key']}: {quoted(match['value'])}"
        yield Problem(at, message, hint, Severity.WARNING, discreet=message)


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

_MAYBE_PRIVATE = re.compile(rb"^[\s{,\"']*(?:draft|listed|public|publish.date)[\"']?\s*:", re.MULTILINE | re.IGNORECASE)


def maybe_private(data: bytes) -> bool:
    """A file that cannot be read has a field that keeps things private, so none of its words is shown."""
    return bool(_MAYBE_PRIVATE.search(data))


_PERSONAL = re.compile(r",\s*[\"']?\w+[\"']?\s*:|\S@\S|\d(?:[ ()./-]{0,2}\d){6}")
"""What follows a comma may be another field; a mail address or a telephone number may have come into the line."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _requoted(head: str, offset: int) -> str:
    """The line as it should be, where quotes around its value let the file be read further; else empty."""
    import yaml  # noqa: PLC0415 - not needed when nothing changed

    lines = head.split("\n")
    index = head.count("\n", 0, offset)
    line = lines[index].strip()
    match = QUOTABLE.match(line)
    if not match or maybe_private(head.encode()) or _PERSONAL.search(_DAY.sub("", match["value"])):
        return ""
    fixed = f"{match['key']}: {quoted(match['value'])}"
    lines[index] = lines[index].replace(line, fixed)
    try:
        yaml.compose("\n".join(lines), Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        return fixed if head.count("\n", 0, _misread(error, "\n".join(lines))[0]) > index else ""
    except yaml.YAMLError:
        return ""
    return fixed


def quoted(text: str) -> str:
    """The text in double quotes, as YAML reads them; one that begins it, or stands around it, is dropped."""
    bare = text
    if text[:1] in ("'", '"') and (text.count(text[0]) == 1 or (text.endswith(text[0]) and len(text) > 1)):
        bare = text[1:].removesuffix(text[0])
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
    "host": ("hosts",),
    "helper": ("helpers",),
    "attendee": ("attendees",),
    "group": ("groups",),
    "author": ("authors",),
    "sponsor": ("sponsors",),
    "session": ("sessions",),
    "resource": ("resources",),
    "on": ("day",),
    "honourific": ("honorific",),
    "tag": ("tags",),
    "skill": ("skills",),
    "language": ("languages", "lang"),
    "link": ("links",),
    "alias": ("aliases",),
}
"""Keys that are read as another: British spellings, singulars, and name for title."""


BODY = ("bio", "description")
"""The fields whose text may also stand below the front matter; a number behind them counts its lines."""


def locate(problem: Problem, data: bytes | None) -> Located:
    """The problem with line, column and excerpt, found by parsing the file again; ``data`` is the file, if it has any.

    Of what stands below the front matter no excerpt is shown.
    """
    text = _decoded(problem.at.file, data)[0] if data else ""
    position, excerpt, hint = problem.at.position, "", problem.hint
    if position is None and problem.at.path:
        position, excerpt = _found(problem, text)
        if problem.requote and MASK not in excerpt and (match := QUOTABLE.match(excerpt)):
            hint = f"write: {match['key']}: {quoted(match['value'])}"
    elif position:
        line = next(itertools.islice(text.split("\n"), position.line - 1, None), "")
        excerpt = _hidden(line.rstrip()) if problem.private else line.strip()
    start = excerpt[: 5 * MAX_EXCERPT]  # more is never shown, and a long line is slow to search
    start = _CONTACT.sub(lambda match: match[0] if _DATED.match(match[0]) else MASK, start)
    cut = len(excerpt) > 5 * MAX_EXCERPT and MASK in start
    excerpt = start.rpartition(" ")[0] if cut else start
    if len(excerpt) > MAX_EXCERPT:
        excerpt = excerpt[: MAX_EXCERPT - 1] + "…"
    return Located(problem.at.file, position or Position(1), problem.severity, problem.message, hint, excerpt)


_CONTACT = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+|\+?\d(?:[ ()./-]{0,2}\d){6,}")
"""A mail address or a telephone number, whichever field it has come into."""
_DATED = re.compile(r"\d+[./-]\d{1,2}[./-]\d|\d{4}-\d")
"""What begins with a date is no number."""


def _hidden(line: str) -> str:
    """The line's key, if it has one and is no text within a field, and a mask for all the rest."""
    key = re.match(r"(?:- )*[A-Za-z_]{1,40}:(?=\s|$)", line)
    return f"{key[0]} {MASK}" if key else MASK if line and line != "---" else line


@functools.lru_cache(maxsize=1)
def _composed(head: str) -> Any:
    """The YAML as nodes that know their places; None where it cannot be read (any more)."""
    import yaml  # noqa: PLC0415 - not needed when nothing changed

    try:
        return yaml.compose(head, Loader=yaml.CBaseLoader)
    except yaml.YAMLError:
        return None


def _found(problem: Problem, text: str) -> tuple[Position, str]:
    """Position and excerpt of the value to which a key path leads, or of the nearest that is there.

    The excerpt is this key and this value alone: what stands beside them on the line may be private.
    """
    head, first, path = text, 1, problem.at.path
    if problem.at.file.endswith(".md") and not isinstance(parts := split(text), str):
        head, first, body, body_line = parts
        if path[0] in BODY and isinstance(path[-1], int) and body.strip():
            blank = body[: len(body) - len(body.lstrip())].count("\n")
            return Position(body_line + blank + path[-1]), ""
    root = _composed(head)
    key, node = _led(root, path)
    if node is None or node is root:
        return Position(first), ""
    block = node.id != "scalar" and not node.flow_style
    mark = key.start_mark if key and (problem.at.key or not node.value) else node.start_mark
    position = _position(head, mark.index, first)
    if node.id == "scalar" and node.style in ("|", ">") and isinstance(path[-1], int):
        position = Position(position.line + 1 + path[-1])
    value = head[node.start_mark.index : node.end_mark.index]
    if (
        problem.requote
        and key
        and not head[head.rfind("\n", 0, key.start_mark.index) + 1 : key.start_mark.index].strip()
    ):
        value = head[node.start_mark.index :].partition("\n")[
            0
        ]  # what follows what YAML took for the value is part of it
    if problem.private or block or (node.id != "scalar" and not problem.requote):
        value = MASK
    value = value.partition("\n")[0].rstrip()
    if key is None:
        return position, f"- {value}"
    return position, f"{key.value}: {value}" if value != MASK or _WORD.fullmatch(key.value) else MASK


_WORD = re.compile(r"[\w<-]{1,40}")
"""What looks like a key, and is shown where its value is not."""


def _led(node: Any, path: Iterable[str | int]) -> tuple[Any, Any]:
    """The node to which a key path leads, or the nearest that is there, with its key.

    One value stands for a list; a mapping may stand for a list of mappings, each from a pair of it.
    """
    key: Any = None
    path = tuple(path)
    for step, following in zip(path, (*path[1:], None), strict=True):
        if node is None or node.id == "scalar":
            break
        if node.id == "mapping" and isinstance(step, str):
            pair = _pair(node, step)
            if pair is None:
                break
            key, node = pair
        elif isinstance(step, int) and step < len(node.value):
            if node.id == "sequence":
                key, node = None, node.value[step]
            elif isinstance(following, str) and _pair(node, following) is None:
                key, node = node.value[step]
    return key, node


def _pair(node: Any, name: str) -> tuple[Any, Any] | None:
    """The key and value of a mapping that have a name, in any of its spellings; the usual one before others."""
    names = (name, *(other for other, meant in SPELLINGS.items() if name in meant))
    pairs = (pair for pair in node.value if pair[0].value in names)
    return min(pairs, key=lambda pair: names.index(pair[0].value), default=None)
