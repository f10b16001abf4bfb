"""What is remembered of every file, text and output, in many files."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import memory
from sitegen.memory import Memory, Shown, Tables
from sitegen.privacy import Mention, Watch
from sitegen.problems import Located, Position, Severity
from sitegen.state import Corrupt, Kept, Record
from tests.steps import entries_of

ENTRY = entries_of("-- events/talk.yaml --\ntitle: Talk\nstart: 2026-11-07 18:00\nspeakers: Bo\ntags: a\n")[0]
PROBLEM = Located("a.yaml", Position(2, 3), Severity.WARNING, "odd", "mend it", "key: value")
RECORDS = (
    Record(b"path", b"digest", ENTRY, asked=(("a.png", True),), mentions=(Mention(b"x", ("bio", 1)),)),
    Record(b"path", b"digest", waiting=("events", "tea", None, (b"chai",)), private=(b"x",), problems=(PROBLEM,)),
    Record(b"path", b"digest", hidden=Watch(frozenset({b"x"}), frozenset({b"y"}), frozenset({1}), (2,))),
)
KEPT = Kept("a:b", "a.yaml", ("a.yaml",), (b"part",), b"inputs")
WHOLE = Tables(
    records={b"path": msgspec.Raw(msgspec.msgpack.encode(RECORDS))},
    texts={b"text": "<p>Text"},
    kept={"index.html": KEPT},
    shown={b"part": Shown(2, ("index.html",))},
)


def texts(found: Memory) -> dict[bytes, str]:
    """All texts of a memory."""
    return {key: html for each in found.files() for key, html in each.texts.items()}


def test_round_trip(tmp_path: Path) -> None:
    """What was remembered is what is read, as a whole and by its keys, from however many files."""
    for files in (0, 1, 5000):
        names = memory.saved(memory.empty(tmp_path, files), WHOLE)
        found = Memory(tmp_path, names)
        assert memory.records(found) == {b"path": RECORDS}
        assert texts(found) == WHOLE.texts
        assert memory.kept(found) == WHOLE.kept
        assert memory.record(found.near(b"path").records[b"path"]) == RECORDS
        assert found.near("index.html").kept["index.html"] == KEPT
        assert found.near(b"part").shown[b"part"] == Shown(2, ("index.html",))
        assert Memory(tmp_path, names).near(b"none").texts.get(b"none") is None


keys = st.dictionaries(st.binary(min_size=16, max_size=16), st.text(), max_size=40)


@given(old=keys, new=keys, gone=st.sets(st.integers(0, 39), max_size=5), files=st.integers(0, 3000))
def test_changes(tmp_path_factory: pytest.TempPathFactory, old: dict, new: dict, gone: set, files: int) -> None:  # type: ignore[type-arg]
    """What is new stands beside what was there, or in its place; what is gone is forgotten; no other file changes."""
    folder = tmp_path_factory.getbasetemp() / "memory"
    before = memory.saved(memory.empty(folder, files), Tables(texts=old))
    lost = {key for index, key in enumerate(old) if index in gone} - new.keys()
    after = memory.saved(Memory(folder, before), Tables(texts=new), lost)
    expected = {key: text for key, text in {**old, **new}.items() if key not in lost}
    assert texts(Memory(folder, after)) == expected
    assert sum(one != other for one, other in zip(before, after, strict=True)) <= len(new) + len(lost)
    assert memory.saved(Memory(folder, after), Tables(texts=new)) == after


def test_what_is_asked_for_is_read(tmp_path: Path) -> None:
    """A key leads to one file, whatever became of the others."""
    many = {bytes([number]) * 16: str(number) for number in range(200)}
    found = Memory(tmp_path, memory.saved(memory.empty(tmp_path, 5000), Tables(texts=many)))
    near = found.near(b"\1" * 16)
    here = {found.names[number] for number in range(51) if found.file(number) is near}
    for name in {*filter(None, found.names)} - here:
        (tmp_path / name.hex()).unlink()
    again = Memory(tmp_path, found.names)
    assert again.near(b"\1" * 16).texts[b"\1" * 16] == "1"
    with pytest.raises(Corrupt):
        texts(again)


@pytest.mark.parametrize("data", [b"", b"\x94\x80\x80\x80\x81", b"\0" * 400], ids=["empty", "cut off", "other"])
def test_damage(tmp_path: Path, data: bytes) -> None:
    """A file that is not what its name says is not believed."""
    names = memory.saved(memory.empty(tmp_path, 0), WHOLE)
    (tmp_path / names[0].hex()).write_bytes(data)
    with pytest.raises(Corrupt):
        memory.records(Memory(tmp_path, names))
    assert memory.saved(memory.empty(tmp_path, 0), WHOLE) == names
    assert memory.records(Memory(tmp_path, names)) == {b"path": RECORDS}


def test_forgotten(tmp_path: Path) -> None:
    """Files of builds that do not count any more are removed, half-written ones, too."""
    old = memory.saved(memory.empty(tmp_path, 0), WHOLE)
    new = memory.saved(memory.empty(tmp_path, 0), Tables(texts={b"x": ""}))
    (tmp_path / "part").write_bytes(b"half")
    memory.forget(tmp_path, new)
    assert [file.name for file in tmp_path.iterdir()] == [new[0].hex()] != [old[0].hex()]
    memory.forget(tmp_path / "none", ())


def test_where_parts_are_shown() -> None:
    """By the outputs that were kept; what no output shows is known, too, so that nothing new is taken for it."""
    found = memory.shown({"a": KEPT, "b": None, "c": KEPT}, {b"part": 1, b"other": 2})
    assert found == {b"part": Shown(1, ("a", "c")), b"other": Shown(2, ())}
