"""The agenda: when sessions are, and how they are found on a page."""

import pytest

from sitegen.model import Session
from sitegen.problems import Severity
from tests.steps import decoded

DAY = "title: Day\nstart: 2026-12-05 9:00\nend: 2026-12-06 17:00\n"


def sessions(written: str, head: str = DAY) -> tuple[Session, ...]:
    """The sessions of an event, which has no error."""
    found = decoded(f"-- events/day.yaml --\n{head}sessions: [{written}]\n")
    assert found.entry, found.problems
    return found.entry.sessions


@pytest.mark.parametrize(
    ("written", "times"),
    [
        ("{title: A}", [("2026-12-05T09:00", "")]),
        ("{title: A, duration: 30}, {title: B}", [("2026-12-05T09:00", "2026-12-05T09:30"), ("2026-12-05T09:30", "")]),
        ("{title: A, start: '10:00', end: '11:15'}", [("2026-12-05T10:00", "2026-12-05T11:15")]),
        ("{title: A, day: 2, start: '10:00'}, {title: B, start: '11:00'}",
         [("2026-12-06T10:00", ""), ("2026-12-06T11:00", "")]),
        ("{title: A, day: 2026-12-06}", [("2026-12-06", "")]),
        ("{title: A, start: 2026-12-06 10:00}", [("2026-12-06T10:00", "")]),
        ("{title: A, start: '10:00'}, {title: B}", [("2026-12-05T10:00", ""), ("", "")]),
    ],
)  # fmt: skip
def test_times(written: str, times: list[tuple[str, str]]) -> None:
    """A session begins when it says, else when the one before it ends, the first with the event; its day goes on."""
    assert [(each.start, each.end) for each in sessions(written)] == times


def test_days_are_those_of_the_calendar() -> None:
    """A session of a day ends at the same time of the next one, also in the night on which clocks change."""
    (session,) = sessions("{title: A, start: '20:00', duration: 1 day}", "title: D\nstart: 2027-03-27 20:00\n")
    assert session.end == "2027-03-28T20:00"


def test_sessions_of_an_event_without_a_day() -> None:
    """While the day is open they stand in their order, without times."""
    assert [each.start for each in sessions("{title: A, duration: 30}, {title: B}", "title: D\nstart: 2027-05\n")] == [
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("written", "anchors"),
    [
        ("{title: 'Łódź & co'}", ["lodz-and-co"]),
        ("{title: A}, {title: A}, {title: a}", ["a", "a-2", "a-3"]),
        ("{title: A, slug: keynote}", ["keynote"]),
        ("{title: Main}, {title: 2026-12-05}, {title: Text of it}",
         ["session-main", "session-2026-12-05", "session-text-of-it"]),
        ("{title: '…'}", ["session"]),
    ],
)  # fmt: skip
def test_anchors(written: str, anchors: list[str]) -> None:
    """Each has an address of its own, and none of those that the page needs for itself."""
    assert [each.anchor for each in sessions(written)] == anchors


@pytest.mark.parametrize(
    ("written", "severity"),
    [
        ("{title: A, start: '8:00'}", Severity.WARNING),
        ("{title: A, day: 2, start: '16:00', duration: 2h}", Severity.WARNING),
        ("{title: A, day: 2026-12-07, start: '10:00'}", Severity.WARNING),
        ("{title: A, start: '10:00', end: '9:00'}", Severity.ERROR),
        ("{title: A, start: '10:00', end: '11:00', duration: 1h}", Severity.ERROR),
    ],
)
def test_what_is_odd(written: str, severity: Severity) -> None:
    """A session outside of the event is suspicious, one that ends before it begins stands at a wrong time."""
    (problem,) = decoded(f"-- events/day.yaml --\n{DAY}sessions: [{written}]\n").problems
    assert (problem.severity, problem.at.path[:2]) == (severity, ("sessions", 0))
