"""Whole sites in one string, and what their builds write.

A string holds files, each below a line ``-- path --``. Paths are those of a project folder; one without a folder of
its own (``site.yaml``, ``members/…``, ``events/…``) is in ``content/``.
"""

import datetime as dt
import re
import shutil
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from sitegen import clock, publish
from sitegen.build import Report, build
from sitegen.memory import Tables
from sitegen.options import Options
from sitegen.problems import formatted
from sitegen.state import Program

SITE = """
-- site.yaml --
name: Working Order
url: https://example.org/
timezone: Europe/Oslo
"""
"""The least that a site needs, to be put before other files."""

OFFICE = f"{SITE}email: office@example.org\n"
"""The same with an office, which introduces people: nothing is to be said of members who show no address."""

NOW = "2026-11-23T12:00+01:00"
PROGRAM = Program(b"a program of tests")
"""Spares the tests the look at the program's own files."""


def files_of(text: str) -> dict[str, str]:
    """The files of a string, by path in the project folder."""
    parts = re.split(r"^-- (\S+) --\n", text.lstrip("\n"), flags=re.MULTILINE)
    assert not parts[0].strip(), "a site begins with a line -- path --"
    return {_in_project(path): body for path, body in zip(parts[1::2], parts[2::2], strict=True)}


def _in_project(path: str) -> str:
    return path if path.partition("/")[0] in ("content", "themes") else f"content/{path}"


@dataclass(frozen=True)
class Project:
    """A project folder on disk."""

    root: Path
    options: Options

    def write(self, text: str) -> None:
        """Add or replace files."""
        for path, body in files_of(text).items():
            file = self.root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(body, "utf-8")

    def put(self, path: str, data: bytes) -> None:
        """Add or replace a file by its bytes."""
        file = self.root / _in_project(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)

    def remove(self, path: str) -> None:
        """Remove a file or folder."""
        file = self.root / _in_project(path)
        if file.is_dir():
            shutil.rmtree(file)
        else:
            file.unlink()

    def build(self, now: str = NOW, program: Program = PROGRAM, **options: Any) -> Report:
        """Build it."""
        return build(replace(self.options, **options), at(now), program)

    def messages(self, now: str = NOW, **options: Any) -> str:
        """What a check prints of the problems, with paths relative to the content folder."""
        report = build(replace(self.options, dry=True, **options), at(now), PROGRAM)
        return "\n".join(formatted(problem, problem.file) for problem in report.problems)

    def output(self) -> dict[str, bytes]:
        """Every file that is published, by path."""
        return tree(self.options.output)

    def remembered(self) -> bytes:
        """All that is known of the builds so far, as it can be read."""
        place = publish.place_of(self.options.output)
        files = [place.state.read_bytes(), *(file.read_bytes() for file in place.memory.iterdir())]
        tables = [msgspec.msgpack.decode(data, type=Tables) for data in files[1:]]
        files += [zlib.decompress(kept.inputs) for table in tables for kept in table.kept.values()]
        return b"\n".join(files)

    def read(self, path: str) -> str:
        """A published file as text."""
        return (self.options.output / path).read_text("utf-8")


def project(root: Path, text: str) -> Project:
    """A project folder with the files of a string."""
    content = root / "content"
    options = Options(content, root / "output", content / "site.yaml", root / "themes")
    made = Project(root, options)
    content.mkdir(parents=True, exist_ok=True)
    made.write(text)
    return made


def at(now: str) -> Callable[[ZoneInfo], dt.datetime]:
    """A clock that stands still."""
    return lambda tz: clock.now(now, {}, tz)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def inodes(folder: Path) -> Mapping[str, int]:
    """The inode of every file below a folder: one that was replaced has another."""
    return {path.relative_to(folder).as_posix(): path.stat().st_ino for path in folder.rglob("*") if path.is_file()}
