"""What is remembered between builds, and how the program knows itself."""

import importlib.metadata
import os
import re
import shutil
import sys
from pathlib import Path

import msgspec
import pytest

from sitegen import state
from sitegen.model import Config, Face, Settings
from sitegen.privacy import Watch
from sitegen.problems import Located, Position, Severity
from sitegen.source import Stamp
from sitegen.state import Corrupt, Done, Program, State, ThemeRecord
from sitegen.theme import Static
from tests.sites import OFFICE, project
from tests.steps import entries_of

ENTRY = entries_of("-- events/talk.yaml --\ntitle: Talk\nstart: 2026-11-07 18:00\nspeakers: Bo\ntags: a\n")[0]
PROBLEM = Located("a.yaml", Position(2, 3), Severity.WARNING, "odd", "mend it", "key: value")
STATE = State(
    program=Program(b"program", (("a.py", 1, 2),)),
    secret=b"secret",
    site="site.yaml",
    drafts=True,
    config=Config("A", "https://example.org/", Settings("UTC", "x"), options={"colour": "red"}),
    since=None,
    until=1_800_000_000,
    theme=ThemeRecord(
        ("a",), ("a",), ("a", "b"), (("a/theme.yaml", Stamp(1, 2, 3, -4)),), {"a": "b"}, (Static("a", "b", b"c"),)
    ),
    watch=Watch(),
    files={b"path": (Stamp(1, 2, 3, 4), b"digest")},
    outputs={"index.html": Done(b"key", b"digest", 1, 2)},
    changed=("index.html",),
    foreign=("CNAME",),
    problems=(PROBLEM,),
    counts={"events": 1},
    zones=(("group", "Asia/Tokyo"),),
    common=(Face(b"all", b"pages"),),
    memory=(b"name",),
)
# --- The file


def test_round_trip(tmp_path: Path) -> None:
    """What was remembered is what is read."""
    file = tmp_path / "state"
    file.write_bytes(state.dump(STATE))
    assert state.load(file) == STATE


def test_the_same_is_remembered_in_the_same_bytes() -> None:
    """Nothing in the file depends on when it was written."""
    assert state.dump(STATE) == state.dump(STATE)


def test_no_state(tmp_path: Path) -> None:
    """Where there is no file nothing is remembered, and nothing is wrong."""
    assert state.load(tmp_path / "none") is None


def test_damage(tmp_path: Path) -> None:
    """A bit that is not as it was, a byte too few or too many: nothing of the file is believed."""
    data = state.dump(STATE)
    flipped = [data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :] for at in (*range(30), *range(30, len(data), 99))]
    file = tmp_path / "state"
    for damaged in (*flipped, b"", data[:-1], data + b"\0", data[: len(data) // 2], b"sitegen", b"\0" * len(data)):
        file.write_bytes(damaged)
        with pytest.raises(Corrupt):
            state.load(file)


def test_a_state_of_another_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another version wrote is not taken for ours, whether it says so or merely has other fields."""
    file = tmp_path / "state"
    file.write_bytes(state.dump(msgspec.structs.replace(STATE, drafts="text")))
    with pytest.raises(Corrupt):
        state.load(file)
    monkeypatch.setattr(state, "_MAGIC", b"sitegen-state-0\n")
    file.write_bytes(state.dump(STATE))
    monkeypatch.undo()
    with pytest.raises(Corrupt):
        state.load(file)


def test_a_state_that_is_no_file(tmp_path: Path) -> None:
    """A folder in its place is damage, too."""
    with pytest.raises(Corrupt):
        state.load(tmp_path)


def test_every_secret_is_another() -> None:
    """No two sites know a private value by the same digest."""
    assert len({state.new_secret() for _ in range(100)}) == 100


# --- The program


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program of three files that is taken for this one."""
    root = tmp_path / "sitegen"
    for name in ("state.py", "formats/ics.py", "locale/nb/LC_MESSAGES/sitegen.mo"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name, "utf-8")
    monkeypatch.setattr(state, "__file__", str(root / "state.py"))
    return root


def test_the_program_is_known_by_stat(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While no file of the program was touched none is read."""
    known = state.program(None)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("a file was read"))
    assert state.program(known) is known
    assert [name for name, *_ in known.stamps[:3]] == [
        "formats/ics.py", "locale/nb/LC_MESSAGES/sitegen.mo", "state.py"
    ]  # fmt: skip
    assert program.is_dir()


def test_the_same_program_elsewhere(program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fresh clone has other times and the same digest, so that a state which is carried there is good."""
    known = state.program(None)
    shutil.copytree(program, tmp_path / "clone")
    for file in (tmp_path / "clone").rglob("*.*"):
        os.utime(file, ns=(0, 0))
    monkeypatch.setattr(state, "__file__", str(tmp_path / "clone" / "state.py"))
    found = state.program(known)
    assert found.stamps != known.stamps
    assert found.digest == known.digest


@pytest.mark.parametrize("change", ["edit", "add", "rename", "remove"])
@pytest.mark.parametrize("name", ["formats/ics.py", "locale/nb/LC_MESSAGES/sitegen.mo"])
def test_another_program(program: Path, name: str, change: str) -> None:
    """A change of any file, and a file more or less, is another program."""
    known = state.program(None)
    file = program / name
    if change == "edit":
        file.write_text(name.swapcase(), "utf-8")
    elif change == "add":
        file.with_name(f"another{file.suffix}").write_text("", "utf-8")
    elif change == "rename":
        file.rename(file.with_name(f"another{file.suffix}"))
    else:
        file.unlink()
    assert state.program(known).digest != known.digest


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("jinja2-3.1.6", "jinja2-3.1.7", False),
        ("PyYAML-6.0.2", "PyYAML-6.0.3", False),
        ("pydantic_core-2.40.0", "pydantic_core-2.41.0", False),
        ("python_dateutil-2.9.0.post0", "python_dateutil-2.9.1", False),
        ("pytest-8.3.0", "pytest-9.0.0", True),
        ("jinja2_time-0.2.0", "jinja2_time-0.3.0", True),
    ],
)
def test_libraries_are_part_of_the_program(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str, after: str, *, same: bool
) -> None:
    """Another version of a library that bears on the bytes is another program; of one that does not, it is the same."""
    packages = tmp_path / "site-packages"
    monkeypatch.setattr(sys, "path", [str(packages)])
    (packages / f"{before}.dist-info").mkdir(parents=True)
    known = state.program(None)
    (packages / f"{before}.dist-info").rename(packages / f"{after}.dist-info")
    assert (state.program(known).digest == known.digest) is same
    assert program.is_dir()


def test_every_library_that_we_use_is_named() -> None:
    """What the project depends on bears on the bytes of a site, but for what only serves it."""
    needs = {
        re.split(r"[\[>;]", each)[0].lower().replace("-", "_")
        for each in importlib.metadata.requires("association-sitegen") or ()
    }
    assert needs - {"click", "livereload", "tornado", "watchfiles"} <= set(state.DISTRIBUTIONS)


def test_the_installed_libraries_are_found() -> None:
    """The names of folders are what they are taken for."""
    names = {name.partition("-")[0] for name, size, _ in state.program(None).stamps if not size}
    assert names >= {"jinja2", "pyyaml", "pydantic_core", "tzdata", "msgspec"}


def test_what_is_carried_to_a_fresh_clone(tmp_path: Path) -> None:
    """With output and memory of a build carried along, a clone builds what has changed, and decodes that alone."""
    here = project(tmp_path / "here", f"{OFFICE}-- members/ada.yaml --\nname: Ada\n-- members/bo.yaml --\nname: Bo\n")
    here.build()
    there = project(tmp_path / "there", "")
    shutil.copytree(here.options.content, there.options.content, copy_function=shutil.copyfile, dirs_exist_ok=True)
    for name in ("output", ".sitegen"):
        shutil.copytree(here.root / name, there.root / name)
    assert (there.build().decoded, there.build().rendered) == (0, 0)
    there.write("-- members/bo.yaml --\nname: Bob\n")
    report = there.build()
    assert report.decoded == 1
    assert "members/ada/index.html" not in report.placed
    assert "members/bo/index.html" in report.placed
