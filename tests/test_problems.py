"""Mistakes as values: what is proposed, in which order they are told, and how they are printed."""

import itertools

import pytest

from sitegen.problems import (
    At,
    Located,
    Position,
    Problem,
    Severity,
    did_you_mean,
    formatted,
    masked,
    nearest,
    ordered,
    strict,
)

WORDS = ("speakers", "summary", "start", "status", "title")


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("speaker", "speakers"),
        ("Speekers", "speakers"),
        ("sumary", "summary"),
        ("strat", "start"),
        ("TITEL", "title"),
        ("status", "status"),
        ("capacity", None),
        ("", None),
    ],
)
def test_nearest(word: str, found: str | None) -> None:
    """The most similar word is proposed, whatever its case, and none where none is similar."""
    assert nearest(word, iter(WORDS)) == found
    assert did_you_mean(word, iter(WORDS)) == (f"did you mean {found}?" if found else "")


def located(file: str = "a.yaml", line: int = 1, column: int = 1, severity: int = 0, message: str = "m") -> Located:
    """A problem that differs from others in what the test is about."""
    return Located(file, Position(line, column), Severity(severity), message)


IN_ORDER = (
    located("a.yaml", line=1, column=5, severity=2),
    located("a.yaml", line=2, column=3, severity=0, message="b"),
    located("a.yaml", line=2, column=3, severity=1, message="a"),
    located("a.yaml", line=2, column=3, severity=1, message="c"),
    located("a.yaml", line=2, column=10),
    located("a.yaml", line=10),
    located("b.yaml"),
)


def test_ordered() -> None:
    """Problems are told by file, line and column as numbers, the worst of one place first; and each once."""
    for several in itertools.permutations(IN_ORDER, len(IN_ORDER)):
        assert ordered((*several, several[0])) == IN_ORDER


@pytest.mark.parametrize(
    ("severity", "becomes"),
    [
        (Severity.ERROR, Severity.ERROR),
        (Severity.WARNING, Severity.ERROR),
        (Severity.NOTE, Severity.NOTE),
    ],
)
def test_strict(severity: Severity, becomes: Severity) -> None:
    """``--strict`` makes a warning an error, never a note, and changes nothing else."""
    problem = Located("a.yaml", Position(2, 3), severity, "odd", "mend it", "key: value")
    assert strict(problem) == Located("a.yaml", Position(2, 3), becomes, "odd", "mend it", "key: value")


@pytest.mark.parametrize(
    ("problem", "lines"),
    [
        (
            Located("ada.yaml", Position(3, 7), Severity.ERROR, "this is neither yes nor no"),
            ["content/ada.yaml:3:7: error: this is neither yes nor no"],
        ),
        (
            Located("ada.yaml", Position(3), Severity.WARNING, "odd", excerpt="left: 1990"),
            ["content/ada.yaml:3:1: warning: odd", "    | left: 1990"],
        ),
        (
            Located("ada.yaml", Position(1), Severity.NOTE, "better", "write it so", "key: value"),
            ["content/ada.yaml:1:1: note: better", "    | key: value", "    = write it so"],
        ),
    ],
)
def test_formatted(problem: Located, lines: list[str]) -> None:
    """A terminal can open the place that a problem begins with; excerpt and hint follow where there are any."""
    assert formatted(problem, "content/ada.yaml") == "\n".join(lines)


AT = At("a.yaml", ("email",))


@pytest.mark.parametrize(
    ("problem", "becomes"),
    [
        (
            Problem(AT, "this is not a mail address", "write such as name@example.org", requote=True),
            Problem(AT, "this is not a mail address", "write such as name@example.org", private=True),
        ),
        (
            Problem(AT, "Ada and ada are one", "write ada", Severity.WARNING, discreet="two are one"),
            Problem(AT, "two are one", "", Severity.WARNING, private=True, discreet="two are one"),
        ),
    ],
)
def test_masked(problem: Problem, becomes: Problem) -> None:
    """A masked problem shows no value, and where message and hint repeat one, something else is said."""
    assert masked(problem) == becomes
