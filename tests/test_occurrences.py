"""The dates of an event that repeats, from what an editor writes: rule, end, exceptions, additions and changes."""

import datetime as dt
import re
from typing import Any

import msgspec
import pytest

from sitegen import recurrence
from sitegen.common import Decoded
from sitegen.model import Card, Entry, Override, Repetition, Rule, VEvent, shown
from sitegen.problems import Problem, Severity
from tests.steps import SETTINGS, decoded, epoch


def decoded_of(fields: str, zone: str = "Europe/Oslo") -> Decoded:
    """An event as it is read; what does not say when it begins does so on Saturday, 7 November 2026, at 18:00."""
    start = "" if re.search("^start:", fields, re.MULTILINE) else "start: 2026-11-07 18:00\n"
    return decoded(
        f"-- events/talk.yaml --\ntitle: Talk\n{start}{fields}\n", msgspec.structs.replace(SETTINGS, zone=zone)
    )


def entry_of(fields: str) -> Entry:
    """The entry of an event with which nothing is wrong."""
    found = decoded_of(fields)
    assert found.entry, found.problems
    assert not [each for each in found.problems if each.severity is not Severity.NOTE], found.problems
    return found.entry


def repetition_of(fields: str) -> Repetition:
    """All its dates."""
    found = entry_of(fields).repetition
    assert found
    return found


def starts(fields: str, until: str = "2027-01-10") -> str:
    """Its starts up to a day: month and day, and the time where that is not the usual one."""
    found = recurrence.starts_until(repetition_of(fields), dt.datetime.fromisoformat(f"{until}T23:59"))
    return ", ".join(f"{each:%m-%d %H:%M}".removesuffix(" 18:00").removesuffix(" 00:00") for each in found)


def overrides_of(fields: str) -> dict[str, Override]:
    """Its dates that differ, by day."""
    return {each.planned[:10]: each for each in entry_of(fields).overrides}


# --- What there is

WEEKS = "11-07, 11-14, 11-21, 11-28, 12-05, 12-12, 12-19, 12-26, 01-02, 01-09"
WRITTEN = [
    # short and long
    ("repeats: weekly", WEEKS),
    ("repeats: week", WEEKS),
    ("repeats: every week", WEEKS),
    ("repeats: {every: week}", WEEKS),
    ("repeats: {every: week, day: Saturday}", WEEKS),
    ("repeats: {every: week, on: Saturday}", WEEKS),
    ("rrule: FREQ=WEEKLY", WEEKS),
    ("rrule: RRULE:FREQ=WEEKLY;BYDAY=SA", WEEKS),
    ("repeats: {every: other week}", "11-07, 11-21, 12-05, 12-19, 01-02"),
    ("repeats: {every: week, day: [Sat, Tue], count: 5}", "11-07, 11-10, 11-14, 11-17, 11-21"),
    ("repeats: {every: 2 weeks, day: Sat and Tue, count: 5}", "11-07, 11-17, 11-21, 12-01, 12-05"),
    ("repeats: {every: month, day: first Saturday}", "11-07, 12-05, 01-02"),
    ("repeats: {every: month, day: 7}", "11-07, 12-07, 01-07"),
    ("start: 2026-11-30 18:00\nrepeats: {every: month, day: last day}", "11-30, 12-31"),
    ("start: 2026-11-07\nrepeats: weekly", WEEKS),
    # until: the last day, month, year or moment, included
    ("repeats: {every: week, until: 2026-11-21}", "11-07, 11-14, 11-21"),
    ("repeats: {every: week, until: 2026-11-20}", "11-07, 11-14"),
    ("repeats: {every: week, until: 2026-11-07}", "11-07"),
    ("repeats: {every: week, until: 2026-11}", "11-07, 11-14, 11-21, 11-28"),
    ("repeats: {every: week, until: 2026}", "11-07, 11-14, 11-21, 11-28, 12-05, 12-12, 12-19, 12-26"),
    ("repeats: {every: week, until: 2026-11-21 18:00}", "11-07, 11-14, 11-21"),
    ("repeats: {every: week, until: 2026-11-21 17:59}", "11-07, 11-14"),
    ("repeats: {every: week, until: 2026-11-21 17:00Z}", "11-07, 11-14, 11-21"),
    ("repeats: {every: week, until: 2026-11-21 16:59Z}", "11-07, 11-14"),
    ("start: 2026-11-07\nrepeats: {every: week, until: 2026-11-21}", "11-07, 11-14, 11-21"),
    ("start: 2026-11-07\nrepeats: {every: week, until: 2026-11-21 12:00}", "11-07, 11-14, 11-21"),
    ("start: 2026-11-07 23:59\nrepeats: {every: week, until: 2026-11-14}", "11-07 23:59, 11-14 23:59"),
    # the same as an RRULE says it
    ("rrule: FREQ=WEEKLY;UNTIL=20261121", "11-07, 11-14, 11-21"),
    ("rrule: FREQ=WEEKLY;UNTIL=20261121T170000Z", "11-07, 11-14, 11-21"),
    ("rrule: FREQ=WEEKLY;UNTIL=20261121T165959Z", "11-07, 11-14"),
    ("rrule: FREQ=WEEKLY;UNTIL=20261121T180000", "11-07, 11-14, 11-21"),
    ("start: 2026-11-07\nrrule: FREQ=WEEKLY;UNTIL=20261121T170000Z", "11-07, 11-14, 11-21"),
    ("rrule: FREQ=WEEKLY;COUNT=3", "11-07, 11-14, 11-21"),
    # count: of the rule, whatever is left out or added
    ("repeats: {every: week, count: 3}", "11-07, 11-14, 11-21"),
    ("repeats: {every: week, count: 1}", "11-07"),
    ("repeats: {every: week, count: 3, except: 2026-11-14}", "11-07, 11-21"),
    ("repeats: {every: week, count: 3, also: 2026-11-12}", "11-07, 11-12, 11-14, 11-21"),
    # except: a day, with its time or without, a month or a year
    ("repeats: {every: week, count: 3, except: [2026-11-14]}", "11-07, 11-21"),
    ("repeats: {every: week, count: 3, except: [2026-11-14 18:00]}", "11-07, 11-21"),
    ("repeats: {every: week, count: 3, except: [2026-11-07]}", "11-14, 11-21"),
    ("repeats: {every: week, count: 3, except: [Sat 2026-11-14, 2026-11-14]}", "11-07, 11-21"),
    ("repeats: {every: week, except: [2026-11-14, 2026-12]}", "11-07, 11-21, 11-28, 01-02, 01-09"),
    ("repeats: {every: week, except: 2027}", "11-07, 11-14, 11-21, 11-28, 12-05, 12-12, 12-19, 12-26"),
    ("start: 2026-11-07\nrepeats: {every: week, except: [2026-11-14, 2026-12]}", "11-07, 11-21, 11-28, 01-02, 01-09"),
    ("rrule: FREQ=WEEKLY;COUNT=3\nrepeats: {except: 2026-11-14}", "11-07, 11-21"),
    # also: at the time of the others, or at its own
    ("repeats: {every: week, count: 2, also: 2026-11-12}", "11-07, 11-12, 11-14"),
    ("repeats: {every: week, count: 2, also: [2026-12-24, 2026-11-12]}", "11-07, 11-12, 11-14, 12-24"),
    ("repeats: {every: week, count: 2, also: 2026-11-12 20:30}", "11-07, 11-12 20:30, 11-14"),
    ("repeats: {every: week, count: 2, also: 2026-11-12 19:30Z}", "11-07, 11-12 20:30, 11-14"),
    ("repeats: {every: week, count: 2, also: 2026-11-12, except: 2026-11-12}", "11-07, 11-14"),
    ("start: 2026-11-07\nrepeats: {every: week, count: 2, also: 2026-11-12}", "11-07, 11-12, 11-14"),
    ("rrule: FREQ=WEEKLY;COUNT=2\nrepeats: {also: 2026-11-12}", "11-07, 11-12, 11-14"),
    # dates: all of them
    ("repeats: {dates: [2026-11-07, 2026-11-12, 2026-12-24 16:00]}", "11-07, 11-12, 12-24 16:00"),
    ("repeats: {dates: [2026-12-24, 2026-11-07 18:00]}", "11-07, 12-24"),
    ("repeats: {dates: 2026-11-07}", "11-07"),
    ("repeats: {dates: [2026-11-07, 2026-11-12], except: 2026-11-12}", "11-07"),
    ("start: 2026-11-07\nrepeats: {dates: [2026-11-07, 2026-11-12]}", "11-07, 11-12"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "found"), WRITTEN)
def test_the_dates_of_an_event(fields: str, found: str) -> None:
    """The rule, to its end, without what is left out, and with what is added."""
    assert starts(fields) == found


@pytest.mark.parametrize("fields", ["", "repeats: {}", "repeats: ''", "rrule: ''"])
def test_an_event_that_does_not_repeat(fields: str) -> None:
    """An empty value is an absent one."""
    assert entry_of(fields).repetition is None


def test_the_rule_is_shown() -> None:
    """Its card has the rule; the end by date is the last start, of which calendars are told."""
    entry = entry_of("repeats: {every: week, until: 2026-11-20}")
    assert entry.repetition
    assert shown(entry.card, Card).rule == entry.repetition.rule
    assert entry.repetition.rule.until == "2026-11-14T18:00"
    assert shown(entry_of("repeats: {dates: 2026-11-07}").card, Card).rule == Rule()


@pytest.mark.parametrize(
    ("fields", "until"),
    [
        # clocks go forward at 0:00 in Santiago: the night that has no 0:30 is not of the day before
        ("start: 2027-09-01 00:30\nrepeats: {every: day, until: 2027-09-04}", "2027-09-04T00:30"),
        ("start: 2027-09-01 00:30\nrepeats: {every: day, until: 2027-09-05}", "2027-09-05T00:30"),
        ("start: 2027-04-01 23:30\nrepeats: {every: day, until: 2027-04-03}", "2027-04-03T23:30"),
        ("start: 2027-04-01 23:30\nrepeats: {every: day, until: 2027-04}", "2027-04-30T23:30"),
    ],
)
def test_the_last_day_of_a_rule_is_that_of_its_zone(fields: str, until: str) -> None:
    """However long the day is, it has what begins on it by the clock, and nothing of the next."""
    entry = decoded_of(f"{fields}\nduration: 45", "America/Santiago").entry
    assert entry
    assert entry.repetition
    assert entry.repetition.rule.until == until


LENGTHS = [
    ("repeats: weekly", "2026-11-14T18:00", "", 60),
    ("end: 21:00\nrepeats: weekly", "2026-11-14T18:00", "2026-11-14T21:00", 180),
    ("end: 2026-11-08 1:00\nrepeats: weekly", "2026-11-14T18:00", "2026-11-15T01:00", 420),
    ("end: 24:00\nrepeats: weekly", "2026-11-14T18:00", "2026-11-15T00:00", 360),
    ("end: 2026-11-08\nrepeats: weekly", "2026-11-14T18:00", "2026-11-15", 1800),
    ("duration: 90\nrepeats: weekly", "2026-11-14T18:00", "2026-11-14T19:30", 90),
    ("duration: 1 day\nrepeats: weekly", "2026-11-14T18:00", "2026-11-15T18:00", 1440),
    ("start: 2026-11-07\nrepeats: weekly", "2026-11-14", "", 1440),
    ("start: 2026-11-07\nend: 2026-11-08\nrepeats: weekly", "2026-11-14", "2026-11-15", 2880),
    ("start: 2026-11-07\nduration: 3 days\nrepeats: weekly", "2026-11-14", "2026-11-16", 4320),
    ("timezone: America/New_York\nend: 21:00\nrepeats: weekly", "2026-11-14T18:00", "2026-11-14T21:00", 180),
    # the second date is on another side of a change than the first
    ("start: 2026-10-24 18:00\nend: 21:00\nrepeats: weekly", "2026-10-31T18:00", "2026-10-31T21:00", 180),
    ("start: 2026-10-24 18:00\nduration: 1 day\nrepeats: weekly", "2026-10-31T18:00", "2026-11-01T18:00", 1440),
    ("start: 2026-10-24 21:00\nend: 2026-10-25 3:30\nrepeats: weekly", "2026-10-31T21:00", "2026-11-01T03:30", 390),
    ("start: 2026-10-18 2:30\nduration: 90\nrepeats: weekly", "2026-10-25T02:30", "2026-10-25T03:00", 90),
]


@pytest.mark.parametrize(("fields", "start", "end", "minutes"), LENGTHS)
def test_every_date_lasts_as_long_as_the_first(fields: str, start: str, end: str, minutes: int) -> None:
    """To the same time of day, or for the same time, and without an end where none was said."""
    repeated = repetition_of(fields)
    _, second, *_ = recurrence.starts_until(repeated, dt.datetime.fromisoformat("2026-11-15"))
    found = recurrence.when_of(repeated, second)
    assert (found.start, found.end, (found.over - found.begins) / 60) == (start, end, minutes)


@pytest.mark.parametrize("fields", [fields for fields, *_ in LENGTHS])
def test_the_first_date_is_the_event(fields: str) -> None:
    """The first date of the repetition is when the event is, to the second."""
    entry = entry_of(fields)
    assert entry.repetition
    first = next(recurrence.starts(entry.repetition))
    assert recurrence.when_of(entry.repetition, first) == entry.when


# --- What differs on some dates


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("cancelled", "cancelled"),
        ("Cancelled", "cancelled"),
        ("canceled", "cancelled"),
        ("postponed", "postponed"),
        ("tentative", "tentative"),
        ("confirmed", "confirmed"),
        ("{status: cancelled}", "cancelled"),
    ],
)
def test_a_word_on_a_date(word: str, status: str) -> None:
    """A word is what has become of the date; it is when it was planned to be."""
    (one,) = entry_of(f"end: 21:00\nrepeats: {{every: week, changes: {{2026-11-14: {word}}}}}").overrides
    assert (one.planned, one.when.status) == ("2026-11-14T18:00", status)
    assert (one.when.start, one.when.end) == ("2026-11-14T18:00", "2026-11-14T21:00")
    assert shown(one.full, dict)["moved"] is False


MOVES = [
    # a time alone is on that day
    ("{start: 19:30}", "2026-11-14T19:30", "2026-11-14T22:30", 3),
    ("{start: 9:00}", "2026-11-14T09:00", "2026-11-14T12:00", 3),
    ("{start: 23:00}", "2026-11-14T23:00", "2026-11-15T02:00", 3),
    ("{start: 24:00}", "2026-11-15T00:00", "2026-11-15T03:00", 3),
    ("{start: 17:00Z}", "2026-11-14T18:00", "2026-11-14T21:00", 3),
    # another date
    ("{start: 2026-11-19 13:00}", "2026-11-19T13:00", "2026-11-19T16:00", 3),
    ("{start: Thu 2026-11-19 13:00}", "2026-11-19T13:00", "2026-11-19T16:00", 3),
    ("{start: 2026-11-19 13:00Z}", "2026-11-19T14:00", "2026-11-19T17:00", 3),
    ("{start: 2027-03-27 23:30}", "2027-03-27T23:30", "2027-03-28T03:30", 3),
    ("{start: 2027-07-03 18:00}", "2027-07-03T18:00", "2027-07-03T21:00", 3),
    # a day alone is at the time of the others
    ("{start: 2026-11-19}", "2026-11-19T18:00", "2026-11-19T21:00", 3),
    # another end, or another length
    ("{end: 22:00}", "2026-11-14T18:00", "2026-11-14T22:00", 4),
    ("{end: 2026-11-15 2:00}", "2026-11-14T18:00", "2026-11-15T02:00", 8),
    ("{duration: 90}", "2026-11-14T18:00", "2026-11-14T19:30", 1.5),
    ("{duration: 2 days}", "2026-11-14T18:00", "2026-11-16T18:00", 48),
    ("{start: 13:00, end: 14:30}", "2026-11-14T13:00", "2026-11-14T14:30", 1.5),
    ("{start: 2026-11-19 13:00, duration: 1h}", "2026-11-19T13:00", "2026-11-19T14:00", 1),
    ("{start: 2026-11-19, end: 2026-11-20}", "2026-11-19T18:00", "2026-11-20", 30),
    # nothing of when it is
    ("{title: Special}", "2026-11-14T18:00", "2026-11-14T21:00", 3),
    ("{venue: Old Hall}", "2026-11-14T18:00", "2026-11-14T21:00", 3),
]


@pytest.mark.parametrize(("change", "start", "end", "hours"), MOVES)
def test_when_a_changed_date_is(change: str, start: str, end: str, hours: float) -> None:
    """A moved date lasts as long as the others, unless the change says an end or a duration."""
    (one,) = entry_of(f"end: 21:00\nrepeats: {{every: week, changes: {{2026-11-14: {change}}}}}").overrides
    assert one.planned == "2026-11-14T18:00"
    assert (one.when.start, one.when.end, (one.when.over - one.when.begins) / 3600) == (start, end, hours)
    assert shown(one.full, dict)["moved"] is (start != "2026-11-14T18:00")


ALSO_MOVES = [
    ("repeats: {every: week, changes: {2026-11-14: {start: 19:30}}}", "2026-11-14T19:30", "", 1),
    (
        "duration: 90\nrepeats: {every: week, changes: {2026-11-14: {start: 19:30}}}",
        "2026-11-14T19:30",
        "2026-11-14T21:00",
        1.5,
    ),
    (
        "start: 2026-11-07\nend: 2026-11-08\nrepeats: {every: week, changes: {2026-11-14: {start: 2026-11-16}}}",
        "2026-11-16",
        "2026-11-17",
        48,
    ),
    (
        "start: 2026-11-07\nrepeats: {every: week, changes: {2026-11-14: {start: 2026-11-14 10:00, end: 12:00}}}",
        "2026-11-14T10:00",
        "2026-11-14T12:00",
        2,
    ),
    (
        "start: 2026-11-07\nrepeats: {every: week, changes: {2026-11-14: {start: 10:00, duration: 2h}}}",
        "2026-11-14T10:00",
        "2026-11-14T12:00",
        2,
    ),
    (
        "repeats: {every: week, also: 2026-11-12 20:30, changes: {2026-11-12: {start: 21:00}}}",
        "2026-11-12T21:00",
        "",
        1,
    ),
    ("repeats: {dates: [2026-11-07, 2026-11-12], changes: {2026-11-12: {start: 21:00}}}", "2026-11-12T21:00", "", 1),
    ("rrule: FREQ=WEEKLY\nrepeats: {changes: {2026-11-14: {start: 21:00}}}", "2026-11-14T21:00", "", 1),
    ("repeats: {every: week, changes: {Sat 2026-11-14 18:00: {start: 21:00}}}", "2026-11-14T21:00", "", 1),
    ("repeats: {every: week, changes: {20261114: {start: 21:00}}}", "2026-11-14T21:00", "", 1),
    (
        "end: 21:00\nrepeats: {every: week, also: 2026-11-12 20:30, changes: {2026-11-12: {title: Special}}}",
        "2026-11-12T20:30",
        "2026-11-12T23:30",
        3,
    ),
]


@pytest.mark.parametrize(("fields", "start", "end", "hours"), ALSO_MOVES)
def test_dates_of_any_repetition_can_change(fields: str, start: str, end: str, hours: float) -> None:
    """Of a rule, an RRULE or a list, of whole days, extra dates too; the key is a date as it is written anywhere."""
    (one,) = entry_of(fields).overrides
    assert (one.when.start, one.when.end, (one.when.over - one.when.begins) / 3600) == (start, end, hours)


@pytest.mark.parametrize(("offset", "begins"), [("+02:00", "2027-10-31T00:30Z"), ("+01:00", "2027-10-31T01:30Z")])
def test_a_change_to_an_hour_that_comes_twice(offset: str, begins: str) -> None:
    """The offset says which of the two it is."""
    fields = f"end: 21:00\nrepeats: {{every: week, changes: {{2027-10-30: {{start: 2027-10-31 02:30{offset}}}}}}}"
    (one,) = entry_of(fields).overrides
    assert (one.when.start, one.when.begins) == ("2027-10-31T02:30", epoch(begins))


def test_a_change_in_another_zone() -> None:
    """The date is at the same time on other clocks, and the calendar knows it by the time that was planned."""
    fields = "end: 21:00\nrepeats: {every: week, changes: {2026-11-14: {timezone: America/New_York}}}"
    (one,) = entry_of(fields).overrides
    assert (one.when.start, one.when.zone, one.when.begins) == (
        "2026-11-14T18:00",
        "America/New_York",
        epoch("2026-11-14T23:00Z"),
    )
    vevent = entry_of(fields).vevent
    assert vevent
    (changed,) = (each for each in shown(vevent, VEvent).changes if each.when.zone == "America/New_York")
    assert changed.planned == "2026-11-14T18:00"


CHANGED: list[tuple[str, str, Any]] = [
    ("{title: Special}", "title", "Special"),
    ("{type: workshop}", "type", "workshop"),
    ("{summary: About budgets.}", "summary", "About budgets."),
    ("{venue: Old Hall}", "venue", {"text": "Old Hall"}),
    ("{venue: Old Hall}", "place", "Old Hall"),
    ("{venue: Old Hall}", "mode", "in-person"),
    ("{online: yes}", "mode", "online"),
    ("{url: https://special.example/}", "url", "https://special.example/"),
    ("{price: free}", "price", [{"amount": "0"}]),
    ("{lang: nb}", "lang", "nb"),
    ("cancelled", "status", "cancelled"),
]


@pytest.mark.parametrize(("change", "name", "value"), CHANGED)
def test_what_is_shown_of_a_changed_date(change: str, name: str, value: Any) -> None:
    """The page shows of that date what differs, and nothing else."""
    fields = f"type: meetup\nsummary: As ever.\nrepeats: {{every: week, changes: {{2026-11-14: {change}}}}}"
    (one,) = entry_of(fields).overrides
    found = shown(one.full, dict)
    assert found[name] == value
    place = {"venue", "place", "mode", "online"}
    assert found.keys() <= {"moved", name} | (place if name in place else set())


def test_who_and_what_is_on_a_changed_date() -> None:
    """People, sessions and text of a date are its own; those of the event stay those of all."""
    entry = entry_of(
        "speakers: ada\nrepeats:\n  every: week\n  changes:\n    2026-11-14:\n      speakers: [bo-ek, Cy]\n"
        "      description: On *lifts*.\n      sessions: [{title: Lifts, start: 18:30}]"
    )
    (one,) = entry.overrides
    assert [(each.id, each.name) for each in one.references] == [("bo-ek", ""), ("", "Cy")]
    assert {each.path[:3] for each in one.references} == {("repeats", "changes", "2026-11-14")}
    assert [each.id for each in entry.references] == ["ada"]
    assert [(each.title, each.start) for each in one.sessions] == [("Lifts", "2026-11-14T18:30")]
    assert one.body in entry.bodies
    assert shown(one.card, Card).title == "Talk"


def test_the_card_of_a_changed_date() -> None:
    """Where it is listed alone it is the event with what differs, at its place on the page."""
    fields = "venue: New Hall\nrepeats: {every: week, changes: {2026-11-14: {title: Special, start: 20:00}}}"
    card = shown(overrides_of(fields)["2026-11-14"].card, Card)
    assert (card.title, card.place, card.url) == ("Special", "New Hall", "/events/talk/#2026-11-14")
    assert card.when
    assert card.when.start == "2026-11-14T20:00"


def test_changes_are_in_order() -> None:
    """Of the dates, not of how they are written; each is one component of the calendar."""
    entry = entry_of("repeats: {every: week, changes: {2026-11-28: cancelled, 2026-11-14: {start: 2026-12-30 18:00}}}")
    assert [each.planned for each in entry.overrides] == ["2026-11-14T18:00", "2026-11-28T18:00"]
    assert entry.vevent
    assert [each.planned for each in shown(entry.vevent, VEvent).changes] == ["2026-11-14T18:00", "2026-11-28T18:00"]


# --- What is wrong


def problems_of(fields: str) -> list[Problem]:
    """What is said of an event."""
    return list(decoded_of(fields).problems)


Path = tuple[str | int, ...]
EVERY, DAY, UNTIL, COUNT = (("repeats", name) for name in ("every", "day", "until", "count"))
WRONG: list[tuple[str, Path, str]] = [
    # two ways to say one thing
    ("rrule: FREQ=WEEKLY\nrepeats: weekly", ("rrule",), "the rule is said twice"),
    ("repeats: {every: week, dates: [2026-11-07]}", ("repeats", "dates"), "also:"),
    ("rrule: FREQ=WEEKLY\nrepeats: {dates: [2026-11-07]}", ("repeats", "dates"), "also:"),
    ("repeats: {dates: [2026-11-07], also: 2026-11-08}", ("repeats", "also"), "all dates"),
    ("repeats: {dates: [2026-11-07], until: 2026-12}", UNTIL, "all dates"),
    ("repeats: {dates: [2026-11-07], count: 3}", COUNT, "all dates"),
    ("repeats: {every: week, until: 2026-12, count: 3}", COUNT, "the last date is said twice: keep until or count"),
    ("rrule: FREQ=WEEKLY\nrepeats: {until: 2026-12}", UNTIL, "write UNTIL= or COUNT= in rrule"),
    ("rrule: FREQ=WEEKLY;COUNT=3\nrepeats: {count: 3}", COUNT, "write UNTIL= or COUNT= in rrule"),
    ("repeats: weekly\ninstead_of: {event: x, date: 2026-11-07}", ("instead_of",), "take one of the two out"),
    # how often, and on which day
    ("repeats: {day: Saturday}", DAY, "how often is not said"),
    ("repeats: {until: 2026-12}", ("repeats",), "how often is not said"),
    ("repeats: {except: 2026-11-14}", ("repeats",), "how often is not said"),
    ("repeats: {changes: {2026-11-14: cancelled}}", ("repeats",), "how often is not said"),
    ("rrule: FREQ=WEEKLY\nrepeats: {day: Saturday}", DAY, "how often is not said"),
    ("repeats: now and then", EVERY, "this is not how often something repeats"),
    ("repeats: Saturdays", EVERY, "every: week"),
    ("repeats: {every: hour}", EVERY, "this is not how often something repeats"),
    ("repeats: monthly", EVERY, "which day of the month is not said"),
    ("repeats: {every: week, day: Satruday}", DAY, "this is not a day of a repetition"),
    ("repeats: {every: week, day: first Saturday}", DAY, "every: month"),
    ("rrule: FREQ=HOURLY", ("rrule",), "not within a day"),
    ("rrule: weekly", ("rrule",), "this is not the value of an RRULE"),
    ("rrule: FREQ=DAILY;BYDAY=SU;BYMONTH=2;BYMONTHDAY=30", ("rrule",), "none of these months has such a day"),
    ("start: 2026-06-30 18:00\nrepeats: {every: year, day: 31 June}", ("repeats",), "no day fits this rule"),
    # the start is the first date
    ("start: 2026-11-06 18:00\nrepeats: {every: week, day: Saturday}", ("start",), "2026-11-07 18:00"),
    ("start: 2026-11-06\nrepeats: {every: week, day: Saturday}", ("start",), "2026-11-07"),
    ("start: 2026-11-06 18:00\nrrule: FREQ=WEEKLY;BYDAY=SA", ("start",), "2026-11-07 18:00"),
    ("repeats: {every: month, day: second Thursday}", ("start",), "2026-11-12 18:00"),
    ("repeats: {every: year, day: 15 March, until: 2026-12}", ("start",), "2027-03-15 18:00"),
    ("repeats: {dates: [2026-11-12, 2026-11-14]}", ("start",), "2026-11-12 18:00"),
    ("repeats: {dates: [2026-11-07 19:00]}", ("start",), "2026-11-07 19:00"),
    ("repeats: {dates: [2026-10-31, 2026-11-07]}", ("start",), "2026-10-31 18:00"),
    ("start: 2026-11\nrepeats: weekly", ("start",), "write the first date, such as 2026-11-07"),
    ("start: 2026\nrepeats: weekly", ("start",), "write the first date, such as 2026-11-07"),
    # the end
    ("repeats: {every: week, until: 2026-11-06}", UNTIL, "this is before the start"),
    ("repeats: {every: week, until: 2026-11-07 17:59}", UNTIL, "this is before the start"),
    ("repeats: {every: week, until: 2026-10}", UNTIL, "this is before the start"),
    ("rrule: FREQ=WEEKLY;UNTIL=20261106", ("rrule",), "this is before the start"),
    ("repeats: {every: week, until: 2026-03-29 02:30}", UNTIL, "this time does not exist"),
    ("repeats: {every: week, until: 2026-11-31}", UNTIL, "no such day"),
    ("repeats: {every: week, until: Christmas}", UNTIL, "this is not a date"),
    ("rrule: FREQ=WEEKLY;UNTIL=20261131", ("rrule",), "no such day"),
    ("rrule: FREQ=WEEKLY;UNTIL=20271031T023000", ("rrule",), "this time happens twice"),
    ("rrule: FREQ=WEEKLY;COUNT=3;UNTIL=20261106", ("rrule",), "COUNT and UNTIL do not go together"),
    ("repeats: {every: week, count: 0}", COUNT, "a rule has at least one date"),
    ("repeats: {every: week, count: many}", COUNT, "this is not a whole number"),
    ("repeats: {every: week, count: 99999}", COUNT, "after the year 2200"),
    ("repeats: {every: year, count: 999999999}", COUNT, "after the year 2200"),
    ("rrule: FREQ=YEARLY;COUNT=176", ("rrule",), "after the year 2200"),
    # exceptions
    ("repeats: {every: week, except: 2026-11-13}", ("repeats", "except", 0), "2026-11-14"),
    ("repeats: {every: week, except: [2026-11-14, 2026-11-24]}", ("repeats", "except", 1), "2026-11-21"),
    ("repeats: {every: week, except: 2026-10-31}", ("repeats", "except", 0), "2026-11-07"),
    ("repeats: {every: week, until: 2026-11-20, except: 2026-11-21}", ("repeats", "except", 0), "2026-11-14"),
    ("repeats: {every: year, except: 2027-11-08}", ("repeats", "except", 0), "2027-11-07"),
    ("repeats: {every: week, except: 2026-11-14 19:00}", ("repeats", "except", 0), "does not begin at this time"),
    ("repeats: {every: year, except: 2027-10}", ("repeats", "except", 0), "the event has no date in this month"),
    ("repeats: {every: 2 years, except: 2027}", ("repeats", "except", 0), "the event has no date in this year"),
    ("repeats: {every: week, except: soon}", ("repeats", "except", 0), "this is not a date"),
    # additions
    ("repeats: {every: week, also: 2026-11-14}", ("repeats", "also", 0), "the rule has this date already"),
    ("repeats: {every: week, also: 2026-11-14 20:00}", ("repeats", "also", 0), "the rule has this date already"),
    ("repeats: {every: week, also: [2026-11-12, 2026-11-07]}", ("repeats", "also", 1), "the rule has this date"),
    ("repeats: {every: week, also: 2026-11-06}", ("repeats", "also", 0), "this is before the start"),
    ("repeats: {every: week, also: [2026-11-12, 2026-11-12 9:00]}", ("repeats", "also", 1), "a second time"),
    ("repeats: {every: week, also: 2026-12}", ("repeats", "also", 0), "the day is missing"),
    ("repeats: {every: week, also: 2027-03-28 02:30}", ("repeats", "also", 0), "this time does not exist"),
    ("repeats: {every: week, also: 2027-10-31 02:30}", ("repeats", "also", 0), "this time happens twice"),
    ("repeats: {every: week, also: 2027-10-31 02:30+01:00}", ("repeats", "also", 0), "clocks show this time twice"),
    ("start: 2026-11-07\nrepeats: {every: week, also: 2026-11-12 18:00}", ("repeats", "also", 0), "leave out the time"),
    ("repeats: {dates: [2026-11-07, 2026-11-07]}", ("repeats", "dates", 1), "a second time"),
    ("repeats: {dates: [2026-11-07, 2027]}", ("repeats", "dates", 1), "the day is missing"),
    ("repeats: {dates: [2026-11-07, 2027-10-31 02:30+01:00]}", ("repeats", "dates", 1), "clocks show this time twice"),
    # times that come twice
    ("start: 2026-10-25 02:30+01:00\nrepeats: weekly", ("start",), "clocks show this time twice"),
    ("start: 2026-10-24 22:00\nend: 2026-10-25 02:30+01:00\nrepeats: weekly", ("end",), "clocks show this time twice"),
    ("start: 2026-11-07 18:00:30\nrepeats: weekly", ("start",), "a repetition has no seconds"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "path", "cure"), WRONG)
def test_what_is_wrong_with_a_repetition(fields: str, path: Path, cure: str) -> None:
    """What contradicts itself, is no date, or would stand at a wrong time is an error, told where it stands."""
    (problem,) = problems_of(fields)
    assert (problem.at.path, problem.severity) == (path, Severity.ERROR)
    assert cure in f"{problem.message}: {problem.hint}"
    assert problem.hint or "no such" in problem.message or "none of these" in problem.message


def on(day: str, *keys: str) -> Path:
    """The keys that lead to a change."""
    return ("repeats", "changes", day, *keys)


WRONG_CHANGES: list[tuple[str, Path, bool, str]] = [
    ("2026-11-13: cancelled", on("2026-11-13"), True, "2026-11-14"),
    ("2026-11-14 19:00: cancelled", on("2026-11-14 19:00"), True, "the event does not begin at this time"),
    ("2026-11: cancelled", on("2026-11"), True, "the day is missing"),
    ("soon: cancelled", on("soon"), True, "this is not a date"),
    ("2027-07-03: cancelled", on("2027-07-03"), True, "2027-05-29"),
    ("2026-11-21: cancelled", on("2026-11-21"), True, "except leaves this date out"),
    ("2026-11-14: cancelled, 2026-11-14 18:00: tentative", on("2026-11-14 18:00"), True, "a second time"),
    ("2026-11-14: off", on("2026-11-14"), False, "this is not one of confirmed, cancelled, postponed, tentative"),
    ("2026-11-14: [cancelled]", on("2026-11-14"), False, "text belongs here"),
    ("2026-11-14: {titel: A}", on("2026-11-14", "titel"), True, "did you mean title?"),
    ("2026-11-14: {slug: a}", on("2026-11-14", "slug"), True, "slug is the same on all dates"),
    ("2026-11-14: {repeats: weekly}", on("2026-11-14", "repeats"), True, "repeats is the same on all dates"),
    ("2026-11-14: {status: off}", on("2026-11-14", "status"), False, "this is not one of"),
    ("2026-11-14: {start: soon}", on("2026-11-14", "start"), False, "this is not a date"),
    ("2026-11-14: {start: 2026-11}", on("2026-11-14", "start"), False, "the day is missing"),
    ("2026-11-14: {start: 25:00}", on("2026-11-14", "start"), False, "no such time"),
    ("2026-11-14: {start: 2027-03-28 02:30}", on("2026-11-14", "start"), False, "this time does not exist"),
    ("2026-11-14: {end: 17:00}", on("2026-11-14", "end"), False, "this is not after the start"),
    ("2026-11-14: {duration: soon}", on("2026-11-14", "duration"), False, "this is not a duration"),
    ("2026-11-14: {timezone: Oslo}", on("2026-11-14", "timezone"), False, "Europe/Oslo"),
]


@pytest.mark.parametrize(("changes", "path", "key", "cure"), WRONG_CHANGES)
def test_what_is_wrong_with_a_change(changes: str, path: Path, *, key: bool, cure: str) -> None:
    """A date that is none, and whatever would be wrong in an event, with all the keys that lead there."""
    (problem,) = problems_of(
        f"end: 21:00\nrepeats: {{every: week, until: 2027-06, except: [2026-11-21, 2027-06], changes: {{{changes}}}}}"
    )
    assert (problem.at.path, problem.at.key, problem.severity) == (path, key, Severity.ERROR)
    assert cure in f"{problem.message}: {problem.hint}"


@pytest.mark.parametrize(
    ("fields", "paths"),
    [
        (
            "repeats: {every: week, except: [2026-11-13, 2026-11-14, 2026-11-15], changes: {2026-11-16: cancelled}}",
            [("repeats", "except", 0), ("repeats", "except", 2), on("2026-11-16")],
        ),
        (
            "repeats: {every: week, changes: {2026-11-13: cancelled, 2026-11-14: off, 2026-11-21: {start: soon}}}",
            [on("2026-11-13"), on("2026-11-14"), on("2026-11-21", "start")],
        ),
    ],
)
def test_every_wrong_date_is_told(fields: str, paths: list[Path]) -> None:
    """Not only the first of them."""
    assert [each.at.path for each in problems_of(fields)] == paths


NOTES: list[tuple[str, list[tuple[Path, str]]]] = [
    # days that some months lack
    ("start: 2026-11-30 18:00\nrepeats: {every: month, day: 30}", [(DAY, "months that have no such day")]),
    ("start: 2026-12-31 18:00\nrepeats: {every: month, day: [1, 31]}", [(DAY, "months that have no such day")]),
    ("start: 2027-01-29 18:00\nrepeats: {every: month, day: 29}", [(DAY, "months that have no such day")]),
    ("start: 2028-02-29 18:00\nrepeats: yearly", [(EVERY, "months that have no such day")]),
    ("start: 2028-02-29 18:00\nrepeats: {every: year, day: 29 February}", [(DAY, "write last day")]),
    ("start: 2026-12-31 18:00\nrrule: FREQ=MONTHLY", [(("rrule",), "months that have no such day")]),
    ("start: 2026-12-31 18:00\nrrule: FREQ=MONTHLY;BYMONTHDAY=31", [(("rrule",), "months that have no such day")]),
    ("start: 2026-12-31 18:00\nrepeats: yearly", []),
    ("start: 2026-10-31 18:00\nrepeats: {every: year, day: 31 October}", []),
    ("start: 2026-12-31 18:00\nrrule: FREQ=YEARLY", []),
    ("start: 2026-11-28 18:00\nrepeats: {every: month, day: 28}", []),
    ("start: 2026-11-30 18:00\nrepeats: {every: month, day: last day}", []),
    ("start: 2026-11-29 18:00\nrepeats: {every: month, day: fifth Sunday}", []),
    ("start: 2026-11-30 18:00\nrepeats: weekly", []),
    # nights on which clocks change
    ("start: 2026-11-08 02:30\nrepeats: weekly", [(("start",), "clocks in Europe/Oslo change at this time on 2027")]),
    ("start: 2026-11-08 01:30\nrepeats: weekly\ntimezone: Europe/Dublin", [(("start",), "Europe/Dublin")]),
    ("start: 2026-11-08 02:30\nrepeats: {every: week, until: 2027-03-27}", []),
    ("start: 2026-11-07 02:30\nrepeats: weekly", []),
    ("start: 2026-11-08 02:30\nrepeats: {every: week, until: 2027-05, except: 2027-03-28}", []),
    ("start: 2026-11-08 03:00\nrepeats: daily", []),
    ("start: 2026-11-08\nrepeats: daily", []),
    ("start: 2026-11-08 02:30\ntimezone: UTC\nrepeats: daily", []),
    # both
    (
        "start: 2026-12-31 02:30\nrepeats: {every: month, day: [28, 31]}",
        [(DAY, "months that have no such day"), (("start",), "on 2027-03-28")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "notes"), NOTES)
def test_notes(fields: str, notes: list[tuple[Path, str]]) -> None:
    """What is read as it is meant and may surprise is a note, and what cannot surprise is not told."""
    found = decoded_of(fields)
    assert found.entry
    assert [(each.at.path, each.severity) for each in found.problems] == [(path, Severity.NOTE) for path, _ in notes]
    assert all(cure in f"{each.message}: {each.hint}" for each, (_, cure) in zip(found.problems, notes, strict=True))


@pytest.mark.parametrize(
    "change", ["{groups: [tokyo]}", "{groups: [york, tokyo], end: 21:30}", "{groups: tokyo, start: 18:30}"]
)
def test_the_zone_of_a_date_is_that_of_its_series(change: str) -> None:
    """Other groups on a date do not move it to the clock of another town."""
    settings = msgspec.structs.replace(SETTINGS, zones=(("tokyo", "Asia/Tokyo"), ("york", "America/New_York")))
    rule = f"repeats: {{every: week, changes: {{2026-11-14: {change}}}}}"
    found = decoded(f"-- events/talk.yaml --\ntitle: Talk\nstart: 2026-11-07 18:00\ngroups: york\n{rule}\n", settings)
    assert found.problems == ()
    assert found.entry
    (one,) = found.entry.overrides
    assert found.entry.when
    assert (found.entry.when.zone, one.when.zone) == ("America/New_York", "America/New_York")
    assert one.when.start[:14] == "2026-11-14T18:"
