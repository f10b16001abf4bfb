"""The programme: every date of every event, and what of it is to come at a moment."""

import pytest

from sitegen.problems import Problem, Severity
from sitegen.programme import Programme
from tests.steps import linked

CLUB = """
-- events/club.yaml --
title: Book club
start: 2026-09-10 18:00
aliases: reading
repeats:
  every: month
  day: second Thursday
  changes: {2026-11-12: cancelled}
-- events/talk.yaml --
title: Talk
start: 2026-12-01
"""


def programme(text: str, now: str = "2026-11-23") -> Programme:
    """The programme of a string of files that has no mistake."""
    site, problems = linked(text, now)
    assert not problems
    return site.programme


def starts(found: Programme) -> list[tuple[str, str]]:
    """What is to come: ids and starts."""
    return [(each.id, each.when.start) for each in found.upcoming if each.when]


# --- What is to come of a repetition


@pytest.mark.parametrize(
    ("now", "dates"),
    [
        ("2026-09-01", ["2026-09-10T18:00"]),
        ("2026-09-10T18:59:59+02:00", ["2026-09-10T18:00"]),
        ("2026-09-10T19:00:00+02:00", ["2026-10-08T18:00"]),
        ("2026-10-09", ["2026-11-12T18:00", "2026-12-10T18:00"]),
        ("2026-11-13", ["2026-12-10T18:00"]),
    ],
)
def test_the_next_date(now: str, dates: list[str]) -> None:
    """A date is the next until it is over; one that is cancelled is told together with the one after it."""
    assert [start for id_, start in starts(programme(CLUB, now)) if id_ == "club"] == dates


@pytest.mark.parametrize(
    "rule", ["{every: 4 years}", "{dates: [2024-05-04, 2029-05-04]}", "{every: 5 years, count: 2}"]
)
def test_a_next_date_behind_the_horizon(rule: str) -> None:
    """However far the next date is, it is the next one, and the event is not over."""
    found = programme(f"-- events/games.yaml --\ntitle: Games\nstart: 2024-05-04\nrepeats: {rule}\n")
    assert [start[5:] for _, start in starts(found)] == ["05-04"]
    assert found.standing["events/games"] == ()


def test_a_repetition_that_has_ended() -> None:
    """After its last date an event is over, and the last is the date by which it is shown."""
    found = programme("-- events/x.yaml --\ntitle: X\nstart: 2025-05-04\nrepeats: {every: week, count: 3}\n")
    assert starts(found) == []
    assert found.standing["events/x"] == ("over",)
    when = found.variants["events/x", ""].when
    assert when
    assert when.start == "2025-05-18"


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_a_series_that_is_off(status: str) -> None:
    """It has one entry in a list, that of the date which is told to be off, and not all that follow."""
    found = programme(f"-- events/x.yaml --\ntitle: X\nstart: 2025-05-04\nstatus: {status}\nrepeats: weekly\n")
    assert len(starts(found)) == 1


@pytest.mark.parametrize("years", [200, 999])
def test_dates_in_a_far_future(years: int) -> None:
    """A slip of the pen in a rule ends no build."""
    programme(f"-- events/x.yaml --\ntitle: X\nstart: 2026-01-01\nrepeats: {{every: {years} years}}\n")
    programme(
        "-- events/x.yaml --\ntitle: X\nstart: 2200-12-31 20:00\nduration: 2 days\nrepeats: yearly\n", "2200-12-31"
    )


@pytest.mark.parametrize(
    "other",
    ["uid: one\n-- events/b.yaml --\ntitle: B\nstart: 2026-12-02\nuid: one\n",
     "aliases: b\n-- events/b.yaml --\ntitle: B\nslug: elsewhere\nstart: 2026-12-02\n"],
)  # fmt: skip
def test_two_events_of_one_uid(other: str) -> None:
    """Subscribers would lose one of them: an error at the second, which names the first."""
    _, (problem,) = linked(f"-- events/a.yaml --\ntitle: A\nstart: 2026-12-01\n{other}")
    assert (problem.at.file, problem.severity) == ("events/b.yaml", Severity.ERROR)
    assert "events/a.yaml" in problem.message


# --- The place of a date


def taking(fields: str, more: str = "") -> tuple[Problem, ...]:
    """What is said of an event that takes the place of a date."""
    text = f"{CLUB}{more}-- events/party.yaml --\ntitle: Party\nstart: 2026-12-11\ninstead_of: {fields}\n"
    return linked(text)[1]


@pytest.mark.parametrize(
    ("fields", "key", "words"),
    [
        ("{event: clup, date: 2026-12-10}", "event", ("there is no event with this id", "did you mean club?")),
        ("{event: talk, date: 2026-12-01}", "event", ("does not repeat", "name the one")),
        ("{event: club, date: 2026-12-11}", "date", ("no such date", "the nearest is 2026-12-10")),
        ("{event: club, date: 2026-12}", "date", ("the day is missing", "")),
        ("{event: club, date: 2026-11-12}", "date", ("has a change for this date", "remove one")),
    ],
)
def test_what_cannot_be_taken(fields: str, key: str, words: tuple[str, str]) -> None:
    """Another id, what does not repeat, what is no date: an error at its place, with what may be meant."""
    (problem,) = taking(fields)
    assert (problem.at.file, problem.at.path, problem.severity) == (
        "events/party.yaml",
        ("instead_of", key),
        Severity.ERROR,
    )
    assert words[0] in problem.message
    assert words[1] in problem.hint


@pytest.mark.parametrize("date", ["2026-12-10 18:00", "2026-12-10T18:00+01:00", "2026-12-10T17:00Z"])
def test_a_date_with_its_time(date: str) -> None:
    """It may be said with the time of the series, by its clock or as an instant."""
    assert taking(f"{{event: club, date: '{date}'}}") == ()


@pytest.mark.parametrize("key", ["except: 2026-10-25 02:30", "changes: {2026-10-25 02:30: cancelled}"])
def test_a_time_that_clocks_show_twice(key: str) -> None:
    """In a repetition it is the date that the rule has, and no question is asked."""
    text = f"-- events/x.yaml --\ntitle: X\nstart: 2026-10-18 02:30\nrepeats: {{every: week, {key}}}\n"
    assert [start for _, start in starts(programme(text, "2026-10-20"))][-1] == "2026-11-01T02:30"


def test_an_old_id_of_a_series() -> None:
    """It leads to the series, with a note."""
    (problem,) = taking("{event: reading, date: 2026-12-10}")
    assert (problem.hint, problem.severity) == ("the id is now club", Severity.NOTE)


def test_a_date_that_two_take() -> None:
    """That is odd, and told."""
    also = "-- events/other.yaml --\ntitle: O\nstart: 2026-12-12\ninstead_of: {event: club, date: 2026-12-10}\n"
    (problem,) = taking("{event: club, date: 2026-12-10}", also)
    assert problem.severity is Severity.WARNING


def test_a_date_that_is_taken_is_no_date() -> None:
    """The series goes on with the one after it."""
    party = "title: Party\nstart: 2026-12-11\ninstead_of: {event: club, date: 2026-12-10}\n"
    text = f"{CLUB}-- events/party.yaml --\n{party}"
    assert starts(programme(text)) == [
        ("talk", "2026-12-01"),
        ("party", "2026-12-11"),
        ("club", "2027-01-14T18:00"),
    ]
