"""What is remembered of every file, text and output: many small files, so that an edit reads and writes a few of them.

Each is known by the digest of what it holds, and never changes: those of a build that is given up do no harm, and the
state, which names them, decides what is true.
"""

import contextlib
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from sitegen.source import digest
from sitegen.state import Corrupt, Kept, Record

SIZE = 100
"""So many content files share a file of the memory."""


class Shown(msgspec.Struct, frozen=True, array_like=True):
    """Where a part of an entry is shown: a full face or a text, known by its digest (see `kept`)."""

    entries: int
    """How many entries have it."""
    paths: tuple[str, ...]
    """The outputs that show it."""


class Tables(msgspec.Struct, frozen=True, array_like=True):
    """What stands in a file of the memory; the keys decide in which. Or what is to stand in all of them."""

    records: Mapping[bytes, msgspec.Raw] = {}
    """The `Record` objects of content files, by the keyed digests of their paths."""
    texts: Mapping[bytes, str] = {}
    """The HTML of texts that are published, by the digests of the texts."""
    kept: Mapping[str, Kept] = {}
    """What outputs were made from, by their paths."""
    shown: Mapping[bytes, Shown] = {}
    """Where parts of entries are shown, by the digests of the parts."""


@dataclass(frozen=True, slots=True)
class Memory:
    """The memory of a build, as far as somebody asks for it. Reading raises `Corrupt`."""

    folder: Path
    names: tuple[bytes, ...]
    """Of its files; empty for one in which nothing stands."""
    _read: dict[int, Tables] = field(default_factory=dict)

    def __reduce__(self) -> tuple[type["Memory"], tuple[Path, tuple[bytes, ...]]]:
        """Another process reads for itself what it asks for."""
        return Memory, (self.folder, self.names)

    def near(self, key: bytes | str) -> Tables:
        """The file in which a key stands, if it stands anywhere."""
        return self.file(_place(key, len(self.names)))

    def file(self, number: int) -> Tables:
        """One of the files, read once."""
        if number not in self._read:
            name = self.names[number]
            self._read[number] = _load(self.folder / name.hex(), name) if name else Tables()
        return self._read[number]

    def files(self) -> Iterable[Tables]:
        """All of them."""
        return map(self.file, range(len(self.names)))


def records(memory: Memory) -> dict[bytes, tuple[Record, ...]]:
    """The records of every content file, by the keyed digest of its path."""
    return {path: record(found) for each in memory.files() for path, found in each.records.items()}


def record(found: msgspec.Raw) -> tuple[Record, ...]:
    """The records of a file."""
    try:
        return msgspec.msgpack.decode(found, type=tuple[Record, ...])
    except msgspec.DecodeError:
        raise Corrupt from None


def kept(memory: Memory) -> dict[str, Kept]:
    """What outputs were made from, by their paths."""
    return {path: one for each in memory.files() for path, one in each.kept.items()}


def empty(folder: Path, files: int) -> Memory:
    """A memory for so many content files, with nothing in it."""
    count = 1 + files // SIZE
    return Memory(folder, (b"",) * count)


def saved(memory: Memory, new: Tables, gone: Iterable[bytes] = (), before: Memory | None = None) -> tuple[bytes, ...]:
    """Write what is ``new``, and forget the texts and parts that are ``gone``, by their digests.

    Returns the names of all files that are the memory now; those that are as they were ``before`` are not written.
    Raises `OSError`.
    """
    changed: dict[int, tuple[dict[Any, Any], ...]] = {}

    def near(key: bytes | str) -> tuple[dict[Any, Any], ...]:
        number = _place(key, len(memory.names))
        if number not in changed:
            changed[number] = tuple(map(dict, msgspec.structs.astuple(memory.file(number))))
        return changed[number]

    for key in gone:
        for table in near(key):
            table.pop(key, None)
    for number, table in enumerate(msgspec.structs.astuple(new)):
        for key, value in table.items():
            near(key)[number][key] = value
    names = list(memory.names)
    same = before if before and len(before.names) == len(names) else None
    for number, tables in changed.items():
        if same and same.file(number) == Tables(*tables):
            names[number] = same.names[number]
            continue
        data = msgspec.msgpack.encode(tables)
        names[number] = digest(data)
        _save(memory.folder / names[number].hex(), data)
    return tuple(names)


def shown(kept: Mapping[str, Kept | None], entries: Mapping[bytes, int]) -> dict[bytes, Shown]:
    """Where parts are shown; ``entries`` tells how many entries have each."""
    paths: dict[bytes, list[str]] = defaultdict(list)
    for path, one in kept.items():
        for part in one.shows if one else ():
            if part in entries:
                paths[part].append(path)
    return {part: Shown(count, tuple(paths[part])) for part, count in entries.items()}


def forget(folder: Path, names: Iterable[bytes]) -> None:
    """Remove all files but those of these names; what cannot be removed now is when this is asked for again."""
    keep = {name.hex() for name in names}
    with contextlib.suppress(OSError):
        for file in folder.iterdir():
            if file.name not in keep:
                file.unlink()


def _place(key: bytes | str, count: int) -> int:
    return zlib.crc32(key.encode() if isinstance(key, str) else key) % count


def _load(file: Path, name: bytes) -> Tables:
    try:
        data = file.read_bytes()
        if digest(data) != name:
            raise Corrupt
        return msgspec.msgpack.decode(data, type=Tables)
    except (OSError, msgspec.DecodeError):
        raise Corrupt from None


def _save(file: Path, data: bytes) -> None:
    """Whole or not at all, also in the place of one that was damaged."""
    file.parent.mkdir(exist_ok=True)
    part = file.with_name("part")
    part.write_bytes(data)
    part.replace(file)
