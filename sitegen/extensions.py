"""Extensions: what installed packages add to the program, by entry points (importlib.metadata)."""

import functools
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

GROUPS = ("sitegen.kinds", "sitegen.formats")


class Broken(Exception):  # noqa: N818 - the package is broken; the message is for whoever installed it
    """An installed package cannot be used."""


@functools.cache
def _points(group: str) -> tuple[tuple[str, str], ...]:
    """Names and values of the entry points of a group, in order: ``courses``, ``association_courses:KIND``."""
    from importlib.metadata import entry_points  # noqa: PLC0415 - not needed when nothing changed

    return tuple(sorted((each.name, each.value) for each in entry_points(group=group)))


def names(group: str) -> tuple[str, ...]:
    """The names of the entry points of a group."""
    return tuple(name for name, _ in _points(group))


def loaded(group: str, form: type[T]) -> tuple[T, ...]:
    """What the entry points of a group are; raises `Broken` where one cannot be loaded or is no ``form``."""
    from importlib.metadata import EntryPoint  # noqa: PLC0415 - not needed when nothing changed

    found = []
    for name, value in _points(group):
        try:
            made = EntryPoint(name, value, group).load()
        except Exception as error:
            raise Broken(f"{value}, which an installed package adds to {group}, cannot be loaded: {error}") from error
        if not isinstance(made, form):
            raise Broken(f"{value}, which an installed package adds to {group}, is no {form.__name__}")
        found.append(made)
    return tuple(found)


def files() -> Iterator[Path]:
    """The files of the packages that add something, so that a change of theirs is a change of the program."""
    for group in GROUPS:
        for _, value in _points(group):
            spec = find_spec(value.partition(":")[0].partition(".")[0])
            if spec is None:
                continue
            folders = spec.submodule_search_locations
            if folders:
                yield from (path for folder in folders for path in sorted(Path(folder).rglob("*.py")))
            elif spec.origin:
                yield Path(spec.origin)
