"""Mistakes are values: what is wrong, where, how bad it is, and how to mend it."""

import difflib
import enum
from collections.abc import Iterable
from dataclasses import dataclass, replace

import msgspec

MASK = "•••"
"""Stands in an excerpt where a value is private."""


MOST = 100
"""As many problems of one entry are told: with more of them it is something else than an entry."""


class Severity(enum.IntEnum):
    """How bad a problem is, the worst first (sections 2 of the content contract)."""

    ERROR = 0
    """It would publish something private, stand at a wrong URL or time, or lose content: nothing is published."""
    WARNING = 1
    """Suspicious; ``--strict`` makes it an error."""
    NOTE = 2
    """Read as meant, could be better; never fails."""


class Position(msgspec.Struct, frozen=True, order=True):
    """A place in a text file; line and column count from 1."""

    line: int
    column: int = 1


@dataclass(frozen=True, slots=True)
class At:
    """Where a problem is: a file and either the keys that lead to a value or a known position."""

    file: str
    """Relative to the content folder, with ``/``."""
    path: tuple[str | int, ...] = ()
    """Keys and indexes, outermost first; empty for the whole file."""
    key: bool = False
    """The key itself is meant, not its value."""
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. Neither message nor hint repeats a value that may be private; the excerpt may, unless masked."""

    at: At
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    private: bool = False
    """The excerpt must not show the value."""
    requote: bool = False
    """Quotes would mend it: the hint shows the line as it should be."""
    discreet: str = ""
    """What is said in place of message and hint where neither may repeat a word of the file; empty if they do not."""


class Located(msgspec.Struct, frozen=True):
    """A problem as it is printed, and as the state remembers it."""

    file: str
    position: Position
    severity: Severity
    message: str
    hint: str = ""
    excerpt: str = ""


def nearest(word: str, words: Iterable[str], likeness: float = 0.6) -> str | None:
    """The most similar of ``words``, or None where none is so similar (0 to 1)."""
    found = difflib.get_close_matches(word.lower(), list(words), n=1, cutoff=likeness)
    return found[0] if found else None


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """A hint that names the most similar of ``words``; empty where none is similar."""
    found = nearest(word, words)
    return f"did you mean {found}?" if found else ""


def masked(problem: Problem) -> Problem:
    """The same problem with no word of the file in its message and hint, and no value in its excerpt."""
    hint = "" if problem.discreet else problem.hint
    return replace(problem, message=problem.discreet or problem.message, hint=hint, private=True, requote=False)


def strict(problem: Located) -> Located:
    """The same problem as ``--strict`` sees it: a warning is an error."""
    if problem.severity is not Severity.WARNING:
        return problem
    return msgspec.structs.replace(problem, severity=Severity.ERROR)


def ordered(problems: Iterable[Located]) -> tuple[Located, ...]:
    """Every problem once, in the order in which an editor would mend them: by file and place."""
    return tuple(sorted(set(problems), key=lambda p: (p.file, p.position, p.severity, p.message, p.hint)))


def formatted(problem: Located, path: str) -> str:
    """The lines to print: ``file:line:column: severity: what is wrong``, the excerpt, the hint.

    ``path`` is what the file is called from where the message is read.
    """
    place = f"{path}:{problem.position.line}:{problem.position.column}"
    lines = [f"{place}: {problem.severity.name.lower()}: {problem.message}"]
    if problem.excerpt:
        lines.append(f"    | {problem.excerpt}")
    if problem.hint:
        lines.append(f"    = {problem.hint}")
    return "\n".join(lines)
