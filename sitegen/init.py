"""A small site to begin with: the files of the folder ``starter``, with dates that are still to come."""

import contextlib
import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from string import Template

from sitegen.publish import Refused

STARTER = Path(__file__).resolve().parent / "starter"
ZONE = "Europe/London"
"""In which the starter's association is at home."""


def init(folder: Path, today: dt.date, uid: str, version: str) -> int:
    """Write the site into a new or empty folder, in which a ``.git`` may be; returns how many files it has.

    Raises `Refused` where anything else is there, and `OSError` where the disk fails; then nothing is left behind.
    """
    if folder.exists() and not folder.is_dir():
        raise Refused(f"{folder} is a file: choose a new or an empty folder")
    there = sorted(each.name for each in folder.iterdir()) if folder.exists() else []
    if strange := next((name for name in there if name != ".git"), ""):
        raise Refused(f"{folder} is not empty ({strange} stands in it): choose a new or an empty folder")
    files = starter(today, uid, version)
    made: list[Path] = []
    try:
        for path, data in files.items():
            _write(folder / path, data, made)
    except BaseException:
        for each in reversed(made):
            with contextlib.suppress(OSError):
                each.rmdir() if each.is_dir() else each.unlink()
        raise
    return len(files)


def starter(today: dt.date, uid: str, version: str) -> Mapping[str, bytes]:
    """The files of the site by path, for somebody who begins ``today``.

    ``uid`` is that of the association; ``version`` is the release of this program that hosts are to install.
    """
    first = _from(today + dt.timedelta(weeks=1), _is_second_tuesday)
    second = _from(first + dt.timedelta(days=1), _is_second_tuesday)
    third = _from(second + dt.timedelta(days=1), _is_second_tuesday)
    words = {
        "today": today.isoformat(),
        "talk": _from(today + dt.timedelta(weeks=3), lambda day: day.weekday() == 3).isoformat(),  # noqa: PLR2004 - Thursday
        "first": first.isoformat(),
        "second": second.isoformat(),
        "third": third.isoformat()[:7],
        "uid": uid,
        "version": version,
    }
    paths = sorted(path for path in STARTER.rglob("*") if path.is_file())
    return {_name(path): _filled(path, words) for path in paths}


def _from(day: dt.date, wanted: Callable[[dt.date], bool]) -> dt.date:
    """The first day that is as wanted, the given one or a later one."""
    while not wanted(day):
        day += dt.timedelta(days=1)
    return day


def _is_second_tuesday(day: dt.date) -> bool:
    return day.weekday() == 1 and (day.day - 1) // 7 == 1


def _name(path: Path) -> str:
    """Where a file goes. One that git would heed here has its dot there alone."""
    name = path.relative_to(STARTER).as_posix()
    return ".gitignore" if name == "gitignore" else name


def _filled(path: Path, words: Mapping[str, str]) -> bytes:
    data = path.read_bytes()
    return data if path.suffix == ".png" else Template(data.decode()).substitute(words).encode()


def _write(file: Path, data: bytes, made: list[Path]) -> None:
    """Write a file, and note all that was made for it, folders first."""
    for folder in reversed(file.parents):
        if not folder.exists():
            folder.mkdir()
            made.append(folder)
    with file.open("xb") as target:
        made.append(file)
        target.write(data)
