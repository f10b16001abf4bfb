"""A rule as dates, and dates as moments: on nights on which clocks change, at the ends of months, in leap years."""

import datetime as dt
import itertools
import zoneinfo
from calendar import monthrange
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import recurrence, times
from sitegen.model import Length, Repetition, Rule, When
from sitegen.repeats import read_rrule

WEEKLY = Rule("WEEKLY", weekdays=((0, 5),))
DAILY = Rule("DAILY")
HOUR = Length(minutes=60)


def local(text: str) -> dt.datetime:
    """A local time, or the 0:00 of a day."""
    return dt.datetime.fromisoformat(text)


def utc(moment: int) -> str:
    """A moment, for tables."""
    return f"{dt.datetime.fromtimestamp(moment, dt.UTC):%Y-%m-%d %H:%M}"


def repetition(
    rule: Rule,
    start: str,
    length: Length = HOUR,
    zone: str = "Europe/Oslo",
    *,
    skipped: tuple[str, ...] = (),
    extra: tuple[str, ...] = (),
) -> Repetition:
    """The dates of an event."""
    return Repetition(rule, start, zone, length, skipped, extra)


def first(found: Iterator[dt.datetime], number: int = 5) -> list[str]:
    """The first of some starts."""
    return [each.isoformat(" ", "minutes").removesuffix(" 00:00") for each in itertools.islice(found, number)]


# --- Which dates there are

RULES = [
    # days that not every month has are left out, and are not moved
    ("FREQ=MONTHLY;BYMONTHDAY=31", "2026-12-31", "2026-12-31 2027-01-31 2027-03-31 2027-05-31 2027-07-31"),
    ("FREQ=MONTHLY", "2026-12-31", "2026-12-31 2027-01-31 2027-03-31 2027-05-31 2027-07-31"),
    ("FREQ=MONTHLY;BYMONTHDAY=30", "2026-12-30", "2026-12-30 2027-01-30 2027-03-30 2027-04-30 2027-05-30"),
    ("FREQ=MONTHLY;BYMONTHDAY=29", "2027-01-29", "2027-01-29 2027-03-29 2027-04-29 2027-05-29 2027-06-29"),
    ("FREQ=MONTHLY;BYMONTHDAY=29", "2028-01-29", "2028-01-29 2028-02-29 2028-03-29 2028-04-29 2028-05-29"),
    ("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-12-31", "2026-12-31 2027-01-31 2027-02-28 2027-03-31 2027-04-30"),
    ("FREQ=MONTHLY;BYMONTHDAY=-2", "2027-01-30", "2027-01-30 2027-02-27 2027-03-30 2027-04-29 2027-05-30"),
    ("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=31", "2026-12-31", "2026-12-31 2027-08-31 2027-10-31 2027-12-31 2028-08-31"),
    ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1", "2026-11-30", "2026-11-30 2027-02-28 2027-05-31 2027-08-31 2027-11-30"),
    ("FREQ=MONTHLY;BYMONTHDAY=15,-1", "2027-02-15", "2027-02-15 2027-02-28 2027-03-15 2027-03-31 2027-04-15"),
    # weekdays of a month
    ("FREQ=MONTHLY;BYDAY=2TH", "2026-11-12", "2026-11-12 2026-12-10 2027-01-14 2027-02-11 2027-03-11"),
    ("FREQ=MONTHLY;BYDAY=5SU", "2026-11-29", "2026-11-29 2027-01-31 2027-05-30 2027-08-29 2027-10-31"),
    ("FREQ=MONTHLY;BYDAY=-1SU", "2026-11-29", "2026-11-29 2026-12-27 2027-01-31 2027-02-28 2027-03-28"),
    ("FREQ=MONTHLY;BYDAY=-2SU", "2026-11-22", "2026-11-22 2026-12-20 2027-01-24 2027-02-21 2027-03-21"),
    ("FREQ=MONTHLY;BYDAY=1MO,3MO", "2026-11-02", "2026-11-02 2026-11-16 2026-12-07 2026-12-21 2027-01-04"),
    # leap days
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2028-02-29", "2028-02-29 2032-02-29 2036-02-29 2040-02-29 2044-02-29"),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2096-02-29", "2096-02-29 2104-02-29 2108-02-29 2112-02-29 2116-02-29"),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", "2027-02-28", "2027-02-28 2028-02-29 2029-02-28 2030-02-28 2031-02-28"),
    ("FREQ=YEARLY;BYYEARDAY=366", "2028-12-31", "2028-12-31 2032-12-31 2036-12-31 2040-12-31 2044-12-31"),
    # weeks begin on Monday, unless the rule says otherwise
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU", "2026-11-03", "2026-11-03 2026-11-08 2026-11-17 2026-11-22 2026-12-01"),
    (
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU;WKST=SU",
        "2026-11-03",
        "2026-11-03 2026-11-15 2026-11-17 2026-11-29 2026-12-01",
    ),
    # the turn of the year
    ("FREQ=DAILY;INTERVAL=10", "2026-12-25", "2026-12-25 2027-01-04 2027-01-14 2027-01-24 2027-02-03"),
    ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO", "2027-01-04", "2027-01-04 2028-01-03 2029-01-01 2029-12-31 2030-12-30"),
    # ends
    ("FREQ=WEEKLY;COUNT=3", "2026-11-07", "2026-11-07 2026-11-14 2026-11-21"),
    ("FREQ=WEEKLY;COUNT=1", "2026-11-07", "2026-11-07"),
    ("FREQ=WEEKLY;UNTIL=20261121", "2026-11-07", "2026-11-07 2026-11-14 2026-11-21"),
    ("FREQ=WEEKLY;UNTIL=20261120", "2026-11-07", "2026-11-07 2026-11-14"),
    ("FREQ=WEEKLY;UNTIL=20261114T180000", "2026-11-07T18:00", "2026-11-07 2026-11-14"),
    ("FREQ=WEEKLY;UNTIL=20261114T175959", "2026-11-07T18:00", "2026-11-07"),
    # a start that does not fit is none of them: that it has to be the first is told elsewhere
    ("FREQ=WEEKLY;BYDAY=SA;COUNT=1", "2026-11-06", "2026-11-07"),
]


@pytest.mark.parametrize(("rule", "start", "found"), RULES)
def test_the_dates_of_a_rule(rule: str, start: str, found: str) -> None:
    """At the ends of months, in leap years, over the turn of a year, and to the end of the rule."""
    starts = itertools.islice(recurrence.starts(repetition(read_rrule(rule), start)), 5)
    assert " ".join(f"{each:%Y-%m-%d}" for each in starts) == found


a_day = st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1))
weekdays = st.integers(0, 6)
positions = st.sampled_from([-2, -1, 1, 2, 3, 4, 5])
numbers = st.sampled_from([*range(1, 32), -1, -2])


def some(each: st.SearchStrategy[int] | st.SearchStrategy[tuple[int, int]]) -> st.SearchStrategy[tuple[int, ...]]:
    """One to three of them."""
    return st.lists(each, min_size=1, max_size=3, unique=True).map(tuple)  # type: ignore[arg-type]


none = st.just(())
intervals = st.integers(1, 5)
a_rule = (
    st.builds(Rule, st.just("DAILY"), intervals)
    | st.builds(Rule, st.just("WEEKLY"), intervals, weekdays=some(st.tuples(st.just(0), weekdays)))
    | st.builds(Rule, st.just("MONTHLY"), intervals, weekdays=some(st.tuples(positions, weekdays)))
    | st.builds(Rule, st.just("MONTHLY"), intervals, days=some(numbers) | none)
    | st.builds(Rule, st.just("YEARLY"), intervals, months=some(st.integers(1, 12)), days=some(numbers) | none)
    | st.builds(
        Rule,
        st.just("YEARLY"),
        intervals,
        months=some(st.integers(1, 12)),
        weekdays=some(st.tuples(positions, weekdays)),
    )
)


@given(a_rule, a_day)
@settings(deadline=None, max_examples=300)
def test_a_rule_has_the_days_that_fit(rule: Rule, start: dt.date) -> None:
    """Whatever the grammar can say, its dates are the days of a calendar of which that is true, one after the other."""
    days = (start + dt.timedelta(number) for number in range(6 * 366))
    fitting = [each for each in days if fits(rule, start, each)]
    last = dt.datetime.combine(start, dt.time.max) + dt.timedelta(6 * 366 - 1)
    found = recurrence.starts_until(repetition(rule, f"{start}T18:00"), last)
    assert list(found) == [dt.datetime.combine(each, dt.time(18)) for each in fitting]


def fits(rule: Rule, start: dt.date, day: dt.date) -> bool:
    """A day is one of a rule, by what its words say."""
    months = (day.year - start.year) * 12 + day.month - start.month
    passed = {
        "DAILY": (day - start).days,
        "WEEKLY": (day - start + dt.timedelta(start.weekday())).days // 7,
        "MONTHLY": months,
        "YEARLY": day.year - start.year,
    }
    length = monthrange(day.year, day.month)[1]
    nth, from_last = (day.day - 1) // 7 + 1, (day.day - length) // 7 - 1 + (1 if (day.day - length) % 7 else 0)
    named = not rule.weekdays and not rule.days and (rule.frequency in ("DAILY", "WEEKLY") or day.day == start.day)
    return (
        passed[rule.frequency] % rule.interval == 0
        and (not rule.months or day.month in rule.months)
        and (
            named
            or any(day.weekday() == weekday and position in (0, nth, from_last) for position, weekday in rule.weekdays)
            or bool({day.day, day.day - length - 1} & {*rule.days})
        )
    )


OTHERS = [
    ((), (), "7 14 21 28"),
    (("2026-11-14T18:00",), (), "7 21 28"),
    (("2026-11-07T18:00",), (), "14 21 28"),
    (("2026-11-14T17:00", "2026-11-15T18:00"), (), "7 14 21 28"),
    ((), ("2026-11-12T18:00",), "7 12 14 21 28"),
    ((), ("2026-11-30T09:00", "2026-11-10T20:30"), "7 10 14 21 28 30"),
    (("2026-11-12T18:00",), ("2026-11-12T18:00",), "7 14 21 28"),
]


@pytest.mark.parametrize(("skipped", "extra", "days"), OTHERS)
def test_what_is_left_out_and_what_is_added(skipped: tuple[str, ...], extra: tuple[str, ...], days: str) -> None:
    """Extra dates stand in order among those of the rule, which may have no end; a start is left out, not its day."""
    november = repetition(WEEKLY, "2026-11-07T18:00", skipped=skipped, extra=extra)
    found = list(recurrence.starts_until(november, local("2026-11-30 23:59")))
    assert " ".join(str(each.day) for each in found) == days
    assert all(each.isoformat(timespec="minutes") in extra or each.time() == dt.time(18) for each in found)


def test_dates_one_by_one() -> None:
    """Without a rule there are the extra dates alone, and nothing is left after them."""
    every = ("2026-11-07T18:00", "2027-01-01T20:00", "2026-12-01T18:00")
    assert first(recurrence.starts(repetition(Rule(), every[0], extra=every))) == [
        "2026-11-07 18:00",
        "2026-12-01 18:00",
        "2027-01-01 20:00",
    ]


def test_dates_until() -> None:
    """The last moment is among those asked for, even of an event without end."""
    found = recurrence.starts_until(repetition(WEEKLY, "2026-11-07T18:00"), local("2026-11-21 18:00"))
    assert first(found) == ["2026-11-07 18:00", "2026-11-14 18:00", "2026-11-21 18:00"]
    assert not list(recurrence.starts_until(repetition(WEEKLY, "2026-11-07T18:00"), local("2026-11-07 17:59")))


# --- The rule as calendars read it

TEXTS = [
    (DAILY, "FREQ=DAILY"),
    (Rule("WEEKLY", 2, weekdays=((0, 1), (0, 4))), "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR"),
    (Rule("MONTHLY", weekdays=((2, 3), (-1, 4))), "FREQ=MONTHLY;BYDAY=2TH,-1FR"),
    (Rule("MONTHLY", days=(15, -1)), "FREQ=MONTHLY;BYMONTHDAY=15,-1"),
    (Rule("YEARLY", weekdays=((2, 3),), months=(10,)), "FREQ=YEARLY;BYMONTH=10;BYDAY=2TH"),
    (Rule("WEEKLY", count=12), "FREQ=WEEKLY;COUNT=12"),
    (Rule("WEEKLY", until="2026-12-12T18:00"), "FREQ=WEEKLY;UNTIL=20261212T170000Z"),
    (Rule("MONTHLY", weekdays=((0, 4),), more="BYSETPOS=-1;WKST=SU"), "FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1;WKST=SU"),
]


@pytest.mark.parametrize(("rule", "text"), TEXTS)
def test_rrule(rule: Rule, text: str) -> None:
    """The value of an RRULE, with the end as it is asked for, and without one where the rule has none."""
    assert recurrence.rrule(rule, "20261212T170000Z") == text


# --- When a date is

NIGHTS = [
    # The examples of RFC 5545, section 3.3.5: the offset before the gap, and the first of two
    ("America/New_York", "2007-03-11 02:30", "2007-03-11T03:30", "2007-03-11 07:30"),
    ("America/New_York", "2007-11-04 01:30", "2007-11-04T01:30", "2007-11-04 05:30"),
    # Oslo goes forward from 2:00 to 3:00 and back from 3:00 to 2:00
    ("Europe/Oslo", "2027-03-28 01:59", "2027-03-28T01:59", "2027-03-28 00:59"),
    ("Europe/Oslo", "2027-03-28 02:00", "2027-03-28T03:00", "2027-03-28 01:00"),
    ("Europe/Oslo", "2027-03-28 02:59", "2027-03-28T03:59", "2027-03-28 01:59"),
    ("Europe/Oslo", "2027-03-28 03:00", "2027-03-28T03:00", "2027-03-28 01:00"),
    ("Europe/Oslo", "2027-10-31 01:59", "2027-10-31T01:59", "2027-10-30 23:59"),
    ("Europe/Oslo", "2027-10-31 02:00", "2027-10-31T02:00", "2027-10-31 00:00"),
    ("Europe/Oslo", "2027-10-31 02:59", "2027-10-31T02:59", "2027-10-31 00:59"),
    ("Europe/Oslo", "2027-10-31 03:00", "2027-10-31T03:00", "2027-10-31 02:00"),
    # Santiago goes forward from 0:00 to 1:00 and back from 24:00 to 23:00
    ("America/Santiago", "2027-09-05 00:00", "2027-09-05T01:00", "2027-09-05 04:00"),
    ("America/Santiago", "2027-09-05 00:30", "2027-09-05T01:30", "2027-09-05 04:30"),
    ("America/Santiago", "2027-04-03 23:30", "2027-04-03T23:30", "2027-04-04 02:30"),
    ("America/Santiago", "2027-04-04 00:00", "2027-04-04T00:00", "2027-04-04 04:00"),
    # Lord Howe Island goes by half an hour
    ("Australia/Lord_Howe", "2027-10-03 02:15", "2027-10-03T02:45", "2027-10-02 15:45"),
    ("Australia/Lord_Howe", "2027-10-03 02:30", "2027-10-03T02:30", "2027-10-02 15:30"),
    ("Australia/Lord_Howe", "2027-04-04 01:45", "2027-04-04T01:45", "2027-04-03 14:45"),
    # Casablanca goes back for Ramadan, Dublin has its standard time in summer
    ("Africa/Casablanca", "2025-02-23 02:30", "2025-02-23T02:30", "2025-02-23 01:30"),
    ("Africa/Casablanca", "2025-04-06 02:30", "2025-04-06T03:30", "2025-04-06 02:30"),
    ("Europe/Dublin", "2027-03-28 01:30", "2027-03-28T02:30", "2027-03-28 01:30"),
    ("Europe/Dublin", "2027-10-31 01:30", "2027-10-31T01:30", "2027-10-31 00:30"),
    # Samoa had no 30 December 2011
    ("Pacific/Apia", "2011-12-30 18:00", "2011-12-31T18:00", "2011-12-31 04:00"),
]


@pytest.mark.parametrize(("zone", "start", "shown", "begins"), NIGHTS)
def test_nights_on_which_clocks_change(zone: str, start: str, shown: str, begins: str) -> None:
    """A time that does not exist is by the offset before the gap, one that exists twice is the first."""
    found = recurrence.when(HOUR, local(start), zone, "confirmed", timed=True)
    assert (found.start, utc(found.begins), found.over - found.begins) == (shown, begins, 3600)
    assert (found.zone, found.status) == (zone, "confirmed")


a_zone = st.sampled_from(sorted(zoneinfo.available_timezones() - {"Factory"}))
MINUTE = dt.timedelta(minutes=1)


@st.composite
def a_time_near_a_change(draw: st.DrawFn) -> tuple[str, dt.datetime]:
    """A zone and a local time within a day of a change of its clocks, if they change in that year."""
    zone, year = draw(a_zone), draw(st.integers(1975, 2040))
    moment = draw(
        st.sampled_from(times.changes(zone, year) or (int(dt.datetime(year, 5, 1, tzinfo=dt.UTC).timestamp()),))
    )
    near = dt.datetime.fromtimestamp(moment, times.zone(zone)).replace(tzinfo=None, fold=0, second=0)
    return zone, near + draw(st.integers(-1500, 1500)) * MINUTE


@given(a_time_near_a_change())
@settings(deadline=None, max_examples=500)
def test_a_start_is_as_rfc_5545_says(given_time: tuple[str, dt.datetime]) -> None:
    """In any zone it is the first moment at which clocks show it, or else by the offset that was before the gap."""
    zone, start = given_time
    found = recurrence.when(HOUR, start, zone, "confirmed", timed=True).begins
    tz, day = times.zone(zone), dt.timedelta(days=2)
    around = [(start.replace(tzinfo=dt.UTC) + far).astimezone(tz).utcoffset() for far in (-day, dt.timedelta(), day)]
    moments = sorted({start.replace(tzinfo=dt.timezone(offset or dt.timedelta())) for offset in around})
    showing = [each for each in moments if each.astimezone(tz).replace(tzinfo=None, fold=0) == start]
    before = start.replace(tzinfo=dt.timezone(around[0] or dt.timedelta()))
    assert found == int((showing[0] if showing else before).timestamp())


LENGTHS = [
    # minutes are exact, days are those of the calendar (RFC 5545, section 3.3.6)
    (Length(minutes=90), "2027-03-27 18:00", "2027-03-27T19:30", 1.5),
    (Length(minutes=360), "2027-03-27 22:00", "2027-03-28T05:00", 6),
    (Length(minutes=360), "2027-10-30 22:00", "2027-10-31T03:00", 6),
    (Length(minutes=90), "2027-03-28 02:30", "2027-03-28T05:00", 1.5),
    (Length(minutes=90), "2027-10-31 02:30", "2027-10-31T03:00", 1.5),
    (Length(days=1), "2027-03-27 18:00", "2027-03-28T18:00", 23),
    (Length(days=1), "2027-10-30 18:00", "2027-10-31T18:00", 25),
    (Length(days=1), "2027-03-27 02:30", "2027-03-28T03:30", 24),
    (Length(days=1), "2027-10-30 02:30", "2027-10-31T02:30", 24),
    (Length(days=1, minutes=120), "2027-03-27 23:00", "2027-03-29T01:00", 25),
    (Length(days=1, minutes=120), "2027-03-27 01:00", "2027-03-28T04:00", 26),
    # a time of day at which it ends
    (Length(clock="21:00"), "2027-03-27 18:00", "2027-03-27T21:00", 3),
    (Length(days=1, clock="03:30"), "2027-03-27 21:00", "2027-03-28T03:30", 5.5),
    (Length(days=1, clock="03:30"), "2027-10-30 21:00", "2027-10-31T03:30", 7.5),
    (Length(days=1, clock="02:30"), "2027-03-27 21:00", "2027-03-28T03:30", 5.5),
    (Length(days=1, clock="02:30"), "2027-10-30 21:00", "2027-10-31T02:30", 5.5),
    (Length(days=2, clock="15:00"), "2027-03-26 18:00", "2027-03-28T15:00", 44),
    # of a start that no clock shows: by the clock, if that is after it; else as long as otherwise
    (Length(clock="04:30"), "2027-03-28 02:30", "2027-03-28T04:30", 1),
    (Length(clock="03:00"), "2027-03-28 02:30", "2027-03-28T04:00", 0.5),
    (Length(clock="02:45"), "2027-03-28 02:30", "2027-03-28T03:45", 0.25),
    (Length(clock="03:30"), "2027-03-28 02:30", "2027-03-28T04:30", 1),
    (Length(clock="02:45"), "2027-10-31 02:30", "2027-10-31T02:45", 0.25),
    # the end of a day
    (Length(whole=True), "2027-03-28 18:00", "2027-03-28", 6),
    (Length(whole=True), "2027-03-28 01:00", "2027-03-28", 22),
    (Length(days=1, whole=True), "2027-10-30 18:00", "2027-10-31", 31),
]


@pytest.mark.parametrize(("length", "start", "end", "hours"), LENGTHS)
def test_how_long_a_date_lasts(length: Length, start: str, end: str, hours: float) -> None:
    """The end as clocks show it, and how long that is: also over a night on which they change."""
    found = recurrence.when(length, local(start), "Europe/Oslo", "confirmed", timed=True)
    assert (found.end, (found.over - found.begins) / 3600) == (end, hours)
    hidden = msgspec.structs.replace(length, shown=False)
    assert recurrence.when(hidden, local(start), "Europe/Oslo", "confirmed", timed=True) == msgspec.structs.replace(
        found, end=""
    )


@pytest.mark.parametrize(
    ("zone", "days", "day", "begins", "over"),
    [
        ("Europe/Oslo", 0, "2027-03-28", "2027-03-27 23:00", "2027-03-28 22:00"),
        ("Europe/Oslo", 0, "2027-10-31", "2027-10-30 22:00", "2027-10-31 23:00"),
        ("Europe/Oslo", 1, "2027-10-30", "2027-10-29 22:00", "2027-10-31 23:00"),
        ("America/Santiago", 0, "2027-09-05", "2027-09-05 04:00", "2027-09-06 03:00"),
        ("America/Santiago", 0, "2027-04-03", "2027-04-03 03:00", "2027-04-04 04:00"),
        ("UTC", 2, "2026-12-31", "2026-12-31 00:00", "2027-01-03 00:00"),
    ],
)
def test_whole_days(zone: str, days: int, day: str, begins: str, over: str) -> None:
    """They last from the first moment of the first to the first moment after the last, however long that is."""
    found = recurrence.when(Length(days=days, whole=True), local(day), zone, "confirmed", timed=False)
    last = f"{local(day).date() + dt.timedelta(days=days)}"
    assert (found.start, found.end, utc(found.begins), utc(found.over)) == (day, last, begins, over)


a_length = (
    st.builds(Length, days=st.integers(0, 3), minutes=st.integers(1, 3000))
    | st.builds(Length, days=st.integers(1, 3), clock=st.times().map(lambda each: f"{each:%H:%M}"))
    | st.integers(0, 3).map(lambda days: Length(days=days, whole=True))
)


@given(a_time_near_a_change(), a_length)
@settings(deadline=None, max_examples=500)
def test_no_date_ends_before_it_begins(given_time: tuple[str, dt.datetime], length: Length) -> None:
    """In any zone and on any night, start and end are times that clocks show, and the end is the later one."""
    zone, start = given_time
    found = recurrence.when(length, start, zone, "confirmed", timed=True)
    tz = times.zone(zone)
    assert found.begins < found.over
    assert shown(found.begins, tz) == local(found.start)
    assert length.whole or shown(found.over, tz) == local(found.end)


def shown(moment: int, tz: dt.tzinfo) -> dt.datetime:
    """What clocks show at a moment, to the minute."""
    return dt.datetime.fromtimestamp(moment, tz).replace(tzinfo=None, fold=0, second=0)


def test_when_a_date_of_a_repetition_is() -> None:
    """It has the zone and the state of all, and the length of all: one at another time of day ends as much later."""
    evening = repetition(WEEKLY, "2026-11-07T18:00", Length(clock="21:00"))
    assert recurrence.when_of(evening, local("2026-11-14 18:00")) == When(
        "2026-11-14T18:00", "2026-11-14T21:00", "Europe/Oslo", 1794675600, 1794686400
    )
    ends = [recurrence.when_of(evening, local(f"2026-11-14 {at}")).end for at in ("09:15", "20:00", "23:00")]
    assert ends == ["2026-11-14T12:15", "2026-11-14T23:00", "2026-11-15T02:00"]
    cancelled = msgspec.structs.replace(evening, status="cancelled")
    assert recurrence.when_of(cancelled, local("2026-11-14 18:00")).status == "cancelled"
    days = repetition(WEEKLY, "2026-11-07", Length(days=1, whole=True))
    assert recurrence.when_of(days, local("2026-11-14")).start == "2026-11-14"


MOVED = [
    (Length(clock="21:00"), "2026-11-14 20:30", Length(clock="23:30")),
    (Length(clock="21:00"), "2026-11-14 22:30", Length(days=1, clock="01:30")),
    (Length(days=1, clock="03:30"), "2026-11-14 10:00", Length(clock="19:30")),
    (Length(clock="21:00"), "2026-11-16 13:00", Length(clock="16:00")),
    (Length(clock="21:00"), "2026-11-14 18:00", Length(clock="21:00")),
    (Length(minutes=90), "2026-11-14 20:30", Length(minutes=90)),
    (Length(days=1, whole=True), "2026-11-14 20:30", Length(days=1, whole=True)),
]


@pytest.mark.parametrize(("length", "start", "meant"), MOVED)
def test_a_date_at_another_time_lasts_as_long(length: Length, start: str, meant: Length) -> None:
    """An end by the clock moves as far as the start does; a duration stays, and so does the end of a day."""
    assert recurrence.length_at(repetition(WEEKLY, "2026-11-07T18:00", length), local(start)) == meant


# --- What a calendar is told of one by one

NONE: list[str] = []
ODD = [
    # times that clocks skip or show twice
    ("2026-11-07T02:30", HOUR, "Europe/Oslo", ["2027-03-28", "2027-10-31", "2028-03-26"]),
    ("2026-11-07T02:00", HOUR, "Europe/Oslo", ["2027-03-28", "2027-10-31", "2028-03-26"]),
    ("2026-11-07T03:00", HOUR, "Europe/Oslo", NONE),
    ("2026-11-07T01:59", HOUR, "Europe/Oslo", NONE),
    ("2026-11-07T18:00", HOUR, "Europe/Oslo", NONE),
    ("2026-11-07T01:30", HOUR, "America/New_York", ["2027-11-07", "2028-11-05", "2029-11-04"]),
    ("2026-11-07T02:30", HOUR, "America/New_York", ["2027-03-14", "2028-03-12", "2029-03-11"]),
    ("2026-11-07T00:30", HOUR, "America/Santiago", ["2027-09-05", "2028-09-03", "2029-09-02"]),
    ("2026-11-07T23:30", HOUR, "America/Santiago", ["2027-04-03", "2028-04-01", "2029-04-07"]),
    ("2026-11-07T01:45", HOUR, "Australia/Lord_Howe", ["2027-04-04", "2028-04-02", "2029-04-01"]),
    ("2026-11-07T02:15", HOUR, "Australia/Lord_Howe", ["2027-10-03", "2028-10-01", "2029-10-07"]),
    ("2024-11-07T02:30", HOUR, "Africa/Casablanca", ["2025-02-23", "2025-04-06", "2026-02-15"]),
    ("2026-11-07T02:30", HOUR, "Asia/Kolkata", NONE),
    ("2026-11-07T02:30", HOUR, "UTC", NONE),
    ("2026-11-07", Length(whole=True), "Europe/Oslo", NONE),
]  # fmt: skip


@pytest.mark.parametrize(("start", "length", "zone", "nights"), ODD)
def test_odd_nights(start: str, length: Length, zone: str, nights: list[str]) -> None:
    """The starts that clocks do not show, or show twice; there are none in zones whose clocks stay."""
    found = [each[:10] for each in first(recurrence.odd_nights(repetition(DAILY, start, length, zone)), 3)]
    assert found == nights


def test_odd_nights_are_dates_of_the_event() -> None:
    """Clocks may change on the Sundays between, or on one that is left out; and an extra date may be at such a time."""
    sundays = Rule("WEEKLY", 2, weekdays=((0, 6),))
    odd = repetition(sundays, "2026-11-08T02:30")
    assert first(recurrence.odd_nights(odd), 2) == ["2027-03-28 02:30", "2028-03-26 02:30"]
    skipping = msgspec.structs.replace(odd, skipped=("2027-03-28T02:30",))
    assert first(recurrence.odd_nights(skipping), 1) == ["2028-03-26 02:30"]
    extra = repetition(sundays, "2026-11-08T18:00", extra=("2027-03-28T02:15",))
    assert first(recurrence.odd_nights(extra)) == ["2027-03-28 02:15"]


UNEVEN = [
    # what begins before clocks change and ends after it
    ("2026-11-07T21:00", Length(days=1, clock="03:30"), ["2027-03-27", "2027-10-30", "2028-03-25"]),
    ("2026-11-07T22:00", Length(minutes=360), ["2027-03-27", "2027-10-30", "2028-03-25"]),
    ("2026-11-07T18:00", Length(days=1), ["2027-03-27", "2027-10-30", "2028-03-25"]),
    ("2026-11-07T18:00", Length(days=2, whole=True), ["2027-03-26", "2027-03-27", "2027-10-29"]),
    ("2026-11-07T01:00", Length(clock="04:00"), ["2027-03-28", "2027-10-31", "2028-03-26"]),
    # what begins in the hour, or ends in it
    ("2026-11-07T02:30", Length(minutes=15), ["2027-03-28", "2027-10-31", "2028-03-26"]),
    ("2026-11-07T01:30", Length(minutes=45), ["2027-03-28", "2027-10-31", "2028-03-26"]),
    ("2026-11-07T01:00", Length(minutes=60), ["2027-03-28", "2027-10-31", "2028-03-26"]),
    # all else
    ("2026-11-07T01:00", Length(minutes=59), NONE),
    ("2026-11-07T03:00", Length(minutes=600), NONE),
    ("2026-11-07T18:00", Length(clock="23:59"), NONE),
    ("2026-11-07T18:00", Length(whole=True), NONE),
    ("2026-11-07", Length(days=2, whole=True), NONE),
]  # fmt: skip


@pytest.mark.parametrize(("start", "length", "days"), UNEVEN)
def test_uneven_dates(start: str, length: Length, days: list[str]) -> None:
    """Dates within which clocks change, or that touch the hour of the change: programs do not agree on these."""
    found = [each[:10] for each in first(recurrence.uneven(repetition(DAILY, start, length)), 3)]
    assert found == days


def test_uneven_dates_of_ten_years() -> None:
    """Each once, in order, up to ten years after the first; the first may be one of them."""
    dance = repetition(WEEKLY, "2026-10-24T21:00", Length(days=1, clock="03:30"))
    found = list(recurrence.uneven(dance))
    assert found == sorted({*found})
    assert [each.year for each in found] == [2026, *(year for year in range(2027, 2037) for _ in range(2))]
    assert found[0] == local("2026-10-24 21:00")


def test_an_extra_date_that_ends_with_its_day_is_uneven() -> None:
    """One at another time is shorter or longer than the others; one that lasts as long as they do is not told of."""
    extra = ("2026-11-10T20:00", "2026-11-11T18:00", "2026-11-12T09:00")
    days = repetition(WEEKLY, "2026-11-07T18:00", Length(whole=True), extra=extra, skipped=extra[2:])
    assert first(recurrence.uneven(days)) == ["2026-11-10 20:00"]
    evening = msgspec.structs.replace(days, length=Length(clock="21:00"))
    assert first(recurrence.uneven(evening)) == []


@pytest.mark.parametrize(
    ("start", "length", "hours"),
    [
        ("2026-10-24T21:00", Length(days=1, clock="03:30"), 6.5),
        ("2026-11-07T21:00", Length(days=1, clock="03:30"), 6.5),
        ("2027-03-27T18:00", Length(days=1), 24),
        ("2027-03-27T18:00", Length(whole=True), 6),
        ("2027-03-28T02:30", Length(minutes=90), 1.5),
    ],
)
def test_how_long_a_date_usually_lasts(start: str, length: Length, hours: float) -> None:
    """As long as it would if no clock ever changed, also where the first date is on such a night."""
    assert recurrence.usual(repetition(WEEKLY, start, length)) == dt.timedelta(hours=hours)


@pytest.mark.parametrize(
    ("moment", "twice"),
    [
        ("2027-10-30T23:59Z", False),
        ("2027-10-31T00:00Z", True),
        ("2027-10-31T00:59Z", True),
        ("2027-10-31T01:00Z", True),
        ("2027-10-31T01:59Z", True),
        ("2027-10-31T02:00Z", False),
        ("2027-03-28T00:59Z", False),
        ("2027-03-28T01:00Z", False),
        ("2027-07-01T00:00Z", False),
    ],
)
def test_the_hour_that_is_shown_twice(moment: str, *, twice: bool) -> None:
    """It is two hours long, and there is none when clocks go forward."""
    assert recurrence.is_shown_twice(dt.datetime.fromisoformat(moment).astimezone(times.zone("Europe/Oslo"))) is twice


# --- Texts and days


@pytest.mark.parametrize(
    ("start", "like", "text"),
    [
        ("2026-11-07 18:00", "2026-11-14T09:00", "2026-11-07T18:00"),
        ("2026-11-07 00:00", "T", "2026-11-07T00:00"),
        ("2026-11-07 18:00:30", "T", "2026-11-07T18:00:30"),
        ("2026-11-07 00:00", "2026-11-14", "2026-11-07"),
    ],
)
def test_text_of(start: str, like: str, text: str) -> None:
    """A start is a time where the first is, and a day where that is one."""
    assert recurrence.text_of(local(start), like) == text


def test_closest() -> None:
    """The nearest day before or after, the earlier of two; none among none."""
    days = [dt.date(2026, 11, day) for day in (21, 7, 14)]
    assert recurrence.closest(dt.date(2026, 11, 12), days) == dt.date(2026, 11, 14)
    assert recurrence.closest(dt.date(2026, 11, 1), days) == dt.date(2026, 11, 7)
    assert recurrence.closest(dt.date(2027, 11, 1), days) == dt.date(2026, 11, 21)
    assert recurrence.closest(dt.date(2026, 11, 18), [dt.date(2026, 11, 20), dt.date(2026, 11, 16)]) == dt.date(
        2026, 11, 16
    )
    assert recurrence.closest(dt.date(2026, 11, 18), []) is None
