"""What editors may write for a repetition, in words and as an RRULE, and which rule that means."""

import datetime as dt
import re
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.model import Rule
from sitegen.recurrence import rrule
from sitegen.repeats import CODES, MONTHS, WEEKDAYS, every, read_rrule, rule
from sitegen.times import Unreadable

P = ParamSpec("P")
T = TypeVar("T")
SATURDAY = dt.date(2026, 11, 7)
"""The first Saturday of its month: what is left out is taken from here."""


def said(error: Unreadable) -> str:
    """Message and hint, as one sentence of each."""
    assert error.message[0].islower() or error.message.startswith(("BY", "COUNT"))
    assert not error.message.endswith(".")
    return f"{error.message}: {error.hint}"


# --- How often

EVERY = [
    ("day", "DAILY", 1),
    ("daily", "DAILY", 1),
    ("every day", "DAILY", 1),
    ("other day", "DAILY", 2),
    ("10 days", "DAILY", 10),
    ("999 days", "DAILY", 999),
    ("week", "WEEKLY", 1),
    ("weekly", "WEEKLY", 1),
    ("Weekly", "WEEKLY", 1),
    ("every week", "WEEKLY", 1),
    ("Every  Week", "WEEKLY", 1),
    ("1 week", "WEEKLY", 1),
    ("one week", "WEEKLY", 1),
    ("2 weeks", "WEEKLY", 2),
    ("2 week", "WEEKLY", 2),
    ("two weeks", "WEEKLY", 2),
    ("every 2 weeks", "WEEKLY", 2),
    ("other week", "WEEKLY", 2),
    ("every other week", "WEEKLY", 2),
    ("second week", "WEEKLY", 2),
    ("2nd week", "WEEKLY", 2),
    ("every third week", "WEEKLY", 3),
    ("fortnight", "WEEKLY", 2),
    ("fortnightly", "WEEKLY", 2),
    ("twelve weeks", "WEEKLY", 12),
    ("month", "MONTHLY", 1),
    ("monthly", "MONTHLY", 1),
    ("3 months", "MONTHLY", 3),
    ("other month", "MONTHLY", 2),
    ("quarter", "MONTHLY", 3),
    ("quarterly", "MONTHLY", 3),
    ("every quarter", "MONTHLY", 3),
    ("year", "YEARLY", 1),
    ("yearly", "YEARLY", 1),
    ("annual", "YEARLY", 1),
    ("annually", "YEARLY", 1),
    ("2 years", "YEARLY", 2),
    ("every 4th year", "YEARLY", 4),
    (" every\tother\nweek ", "WEEKLY", 2),
]


@pytest.mark.parametrize(("text", "frequency", "interval"), EVERY)
def test_every(text: str, frequency: str, interval: int) -> None:
    """How often is said with the units of time, with a number in digits or words, or with one word for both."""
    assert every(text) == (frequency, interval)


NOT_EVERY = [
    ("biweekly", "two meanings: write 2 weeks; twice a week is every: week, with two days"),
    ("bi-weekly", "two meanings: write 2 weeks"),
    ("bimonthly", "two meanings: write 2 months; twice a month is every: month, with two days"),
    ("every Bi-Monthly", "two meanings: write 2 months"),
    ("", "write day, week, 2 weeks"),
    ("every", "write day, week, 2 weeks"),
    ("0 weeks", "write day, week, 2 weeks"),
    ("1000 days", "write day, week, 2 weeks"),
    ("-2 weeks", "write day, week, 2 weeks"),
    ("1.5 weeks", "write day, week, 2 weeks"),
    ("thirteen weeks", "write day, week, 2 weeks"),
    ("first week", "write day, week, 2 weeks"),
    ("other other week", "write day, week, 2 weeks"),
    ("2 fortnights", "write day, week, 2 weeks"),
    ("hour", "write day, week, 2 weeks"),
    ("2 hours", "write day, week, 2 weeks"),
    ("weekss", "write day, week, 2 weeks"),
    ("s", "write day, week, 2 weeks"),
    ("never", "write day, week, 2 weeks"),
    ("\u0662 weeks", "write day, week, 2 weeks"),
    ("2\u00b2 weeks", "write day, week, 2 weeks"),
    ("Tuesday " * 50, "write day, week, 2 weeks"),
]


@pytest.mark.parametrize(("text", "cure"), NOT_EVERY)
def test_every_refuses(text: str, cure: str) -> None:
    """What is no period is refused; words with two meanings and days are told what they would be."""
    with pytest.raises(Unreadable) as caught:
        every(text)
    assert cure in said(caught.value)
    assert caught.value.message in ("this word has two meanings", "this is not how often something repeats")


@pytest.mark.parametrize(
    ("text", "period", "day"),
    [
        ("Tuesday", "week", "tuesday"),
        ("Tue and Fri", "week", "tue and fri"),
        ("every Tuesday", "week", "tuesday"),
        ("last Friday", "month", "last friday"),
        ("last day", "month", "last day"),
        ("15", "month", "15"),
        ("15, 16", "month", "15, 16"),
        ("15 March", "year", "15 march"),
        ("second Thursday of October", "year", "second thursday of october"),
    ],
)
def test_a_day_is_not_how_often(text: str, period: str, day: str) -> None:
    """The hint has the period that is meant, and what it proposes is a rule."""
    with pytest.raises(Unreadable, match="this is not how often something repeats") as caught:
        every(text)
    match = re.search(r"every: (\w+), .*?day: ([^}]+)", caught.value.hint)
    assert match
    assert (match[1], match[2].lower().removeprefix("every ")) == (period, day)
    assert rule(every(match[1]), [match[2]], SATURDAY)


# --- On which day

DAYS: list[tuple[str, list[str], str]] = [
    # of a week
    ("week", [], "FREQ=WEEKLY;BYDAY=SA"),
    ("2 weeks", [], "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA"),
    ("week", ["Tuesday"], "FREQ=WEEKLY;BYDAY=TU"),
    ("week", ["Tuesdays"], "FREQ=WEEKLY;BYDAY=TU"),
    ("week", ["every Tuesday"], "FREQ=WEEKLY;BYDAY=TU"),
    ("week", ["on TUESDAY"], "FREQ=WEEKLY;BYDAY=TU"),
    ("week", ["Tue"], "FREQ=WEEKLY;BYDAY=TU"),
    ("week", ["Tue."], "FREQ=WEEKLY;BYDAY=TU"),
    ("week", ["Tues"], "FREQ=WEEKLY;BYDAY=TU"),
    ("week", ["Thurs."], "FREQ=WEEKLY;BYDAY=TH"),
    ("week", ["Tue", "Fri"], "FREQ=WEEKLY;BYDAY=TU,FR"),
    ("week", ["Tue and Fri"], "FREQ=WEEKLY;BYDAY=TU,FR"),
    ("week", ["Tue, Fri & Sun"], "FREQ=WEEKLY;BYDAY=TU,FR,SU"),
    ("week", ["Tue/Fri"], "FREQ=WEEKLY;BYDAY=TU,FR"),
    ("week", ["Tue", "Tuesday"], "FREQ=WEEKLY;BYDAY=TU"),
    # of a month
    ("month", ["second Thursday"], "FREQ=MONTHLY;BYDAY=2TH"),
    ("month", ["the second Thursday of the month"], "FREQ=MONTHLY;BYDAY=2TH"),
    ("month", ["2nd Thursday"], "FREQ=MONTHLY;BYDAY=2TH"),
    ("month", ["2. Thursday"], "FREQ=MONTHLY;BYDAY=2TH"),
    ("month", ["first and third Monday"], "FREQ=MONTHLY;BYDAY=1MO,3MO"),
    ("month", ["1st and 3rd Monday"], "FREQ=MONTHLY;BYDAY=1MO,3MO"),
    ("month", ["first, third and fifth Monday"], "FREQ=MONTHLY;BYDAY=1MO,3MO,5MO"),
    ("month", ["first Monday", "third Monday"], "FREQ=MONTHLY;BYDAY=1MO,3MO"),
    ("month", ["first Monday and third Tuesday"], "FREQ=MONTHLY;BYDAY=1MO,3TU"),
    ("month", ["last Friday"], "FREQ=MONTHLY;BYDAY=-1FR"),
    ("month", ["second and last Friday"], "FREQ=MONTHLY;BYDAY=2FR,-1FR"),
    ("month", ["second, last Friday"], "FREQ=MONTHLY;BYDAY=2FR,-1FR"),
    ("month", ["penultimate Friday"], "FREQ=MONTHLY;BYDAY=-2FR"),
    ("month", ["second to last Friday"], "FREQ=MONTHLY;BYDAY=-2FR"),
    ("month", ["second-to-last Friday"], "FREQ=MONTHLY;BYDAY=-2FR"),
    ("month", ["second last Friday"], "FREQ=MONTHLY;BYDAY=-2FR"),
    ("month", ["2nd last  Friday"], "FREQ=MONTHLY;BYDAY=-2FR"),
    ("month", ["last day"], "FREQ=MONTHLY;BYMONTHDAY=-1"),
    ("month", ["the last day of the month"], "FREQ=MONTHLY;BYMONTHDAY=-1"),
    ("month", ["penultimate day"], "FREQ=MONTHLY;BYMONTHDAY=-2"),
    ("month", ["first day"], "FREQ=MONTHLY;BYMONTHDAY=1"),
    ("month", ["15"], "FREQ=MONTHLY;BYMONTHDAY=15"),
    ("month", ["15th"], "FREQ=MONTHLY;BYMONTHDAY=15"),
    ("month", ["15."], "FREQ=MONTHLY;BYMONTHDAY=15"),
    ("month", ["07"], "FREQ=MONTHLY;BYMONTHDAY=7"),
    ("month", ["31"], "FREQ=MONTHLY;BYMONTHDAY=31"),
    ("month", ["1", "15"], "FREQ=MONTHLY;BYMONTHDAY=1,15"),
    ("month", ["1st and 15th"], "FREQ=MONTHLY;BYMONTHDAY=1,15"),
    ("month", ["the 15th and the last day"], "FREQ=MONTHLY;BYMONTHDAY=15,-1"),
    ("3 months", ["second Thursday"], "FREQ=MONTHLY;INTERVAL=3;BYDAY=2TH"),
    ("quarterly", ["last day"], "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1"),
    # of a year
    ("year", [], "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=7"),
    ("2 years", [], "FREQ=YEARLY;INTERVAL=2;BYMONTH=11;BYMONTHDAY=7"),
    ("year", ["second Thursday of October"], "FREQ=YEARLY;BYMONTH=10;BYDAY=2TH"),
    ("year", ["October, second Thursday"], "FREQ=YEARLY;BYMONTH=10;BYDAY=2TH"),
    ("year", ["2nd Thursday in Oct."], "FREQ=YEARLY;BYMONTH=10;BYDAY=2TH"),
    ("year", ["last Sunday of Sept"], "FREQ=YEARLY;BYMONTH=9;BYDAY=-1SU"),
    ("year", ["15 March"], "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15"),
    ("year", ["March 15th"], "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15"),
    ("year", ["the 15th of March"], "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15"),
    ("year", ["last day of February"], "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
    ("year", ["October"], "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=7"),
    ("year", ["March and October"], "FREQ=YEARLY;BYMONTH=3,10;BYMONTHDAY=7"),
    ("year", ["15 March and October"], "FREQ=YEARLY;BYMONTH=3,10;BYMONTHDAY=15"),
    ("year", ["15 March and 15 October"], "FREQ=YEARLY;BYMONTH=3,10;BYMONTHDAY=15"),
    ("year", ["15 March", "15 October"], "FREQ=YEARLY;BYMONTH=3,10;BYMONTHDAY=15"),
    ("year", ["10 and 15 March"], "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=10,15"),
    ("year", ["first and third Monday of March and October"], "FREQ=YEARLY;BYMONTH=3,10;BYDAY=1MO,3MO"),
    # of neither
    ("day", [], "FREQ=DAILY"),
    ("10 days", [], "FREQ=DAILY;INTERVAL=10"),
]


@pytest.mark.parametrize(("period", "written", "meant"), DAYS)
def test_day(period: str, written: list[str], meant: str) -> None:
    """Every form of the contract and the liberties around it are one rule; what is left out is as at the start."""
    assert rrule(rule(every(period), written, SATURDAY)) == meant


@pytest.mark.parametrize("number", range(7))
def test_weekdays_and_months_have_all_their_names(number: int) -> None:
    """A weekday is its name, its plural and its first three letters; a month its name and three letters."""
    name, code = WEEKDAYS[number], CODES[number]
    for written in (name, name.lower(), f"{name}s", name[:3], f"{name[:3]}."):
        assert rrule(rule(("WEEKLY", 1), [written], SATURDAY)) == f"FREQ=WEEKLY;BYDAY={code}"
    for month in (number, number + 5):
        for written in (MONTHS[month], MONTHS[month].upper(), MONTHS[month][:3]):
            assert rule(("YEARLY", 1), [f"3 {written}"], SATURDAY).months == (month + 1,)


UNKNOWN = "not a day of a repetition: write such as Tuesday, second Thursday, last day, 15"
DIFFERENT = "different days of different months are different events: give each its own file"
NOT_DAYS: list[tuple[str, list[str], str]] = [
    # no day at all
    ("week", ["Tuseday"], UNKNOWN),
    ("week", ["Tu"], UNKNOWN),
    ("week", ["T"], UNKNOWN),
    ("week", ["Mon-Fri"], UNKNOWN),
    ("week", ["weekdays"], UNKNOWN),
    ("week", ["Tuesday 18:00"], UNKNOWN),
    ("week", ["2026-11-10"], UNKNOWN),
    ("week", ["the"], UNKNOWN),
    ("week", [","], UNKNOWN),
    ("month", ["day"], UNKNOWN),
    ("month", ["last"], UNKNOWN),
    ("month", ["second"], UNKNOWN),
    ("month", ["Thursday second"], UNKNOWN),
    ("month", ["sixth Monday"], UNKNOWN),
    ("month", ["0"], UNKNOWN),
    ("month", ["0 Monday"], UNKNOWN),
    ("month", ["-1"], UNKNOWN),
    ("month", ["100"], UNKNOWN),
    ("month", ["third last Friday"], UNKNOWN),
    ("month", ["third to last Friday"], UNKNOWN),
    ("month", ["3rd last Friday"], UNKNOWN),
    ("month", ["\u0661\u0665"], UNKNOWN),
    ("month", ["the " * 60 + "15"], UNKNOWN),
    ("month", ["15", "Tuseday"], UNKNOWN),
    # one that no month has
    ("month", ["32"], "no month has such a day: write 1 to 31"),
    ("month", ["6 Monday"], "no month has such a day"),
    ("month", ["15 Thursday"], "no month has such a day"),
    ("year", ["99 March"], "no month has such a day"),
    # one that does not fit
    ("day", ["Tuesday"], "every day needs no day: leave it out, or write every: week"),
    ("10 days", ["15"], "every day needs no day"),
    ("day", ["March"], "every day needs no day"),
    ("week", ["second Thursday"], "a week has only weekdays: write such as day: Tuesday, or every: month"),
    ("week", ["15"], "a week has only weekdays"),
    ("week", ["last day"], "a week has only weekdays"),
    ("2 weeks", ["Tuesday", "15"], "a weekday and a day of the month do not go together: make two events"),
    ("week", ["Tuesday of March"], "a week has only weekdays"),
    ("month", ["Tuesday"], "which of these weekdays is not said: write such as first Saturday"),
    ("month", ["second Thursday and Friday"], "which of these weekdays is not said"),
    ("month", ["second Thursday", "15"], "a weekday and a day of the month do not go together"),
    ("month", ["15 March"], "this names a month of the year: write every: year"),
    ("month", ["second Thursday of October"], "this names a month of the year: write every: year"),
    ("year", ["second Thursday"], "first Saturday of November"),
    ("year", ["15"], "which month is not said"),
    ("year", ["Tuesday of March"], "which of these weekdays is not said"),
    # days that would be more than were said: RRULE has every day of every month
    ("year", ["15 March", "10 October"], DIFFERENT),
    ("year", ["15 March and 10 October"], DIFFERENT),
    ("year", ["March 15, October 10"], DIFFERENT),
    ("year", ["first Monday of March and third Monday of October"], DIFFERENT),
    ("year", ["first Monday of March", "third Monday of October"], DIFFERENT),
]


@pytest.mark.parametrize(("period", "written", "cure"), NOT_DAYS)
def test_day_refuses(period: str, written: list[str], cure: str) -> None:
    """What is no day, or none of this period, is refused with what would be one."""
    with pytest.raises(Unreadable) as caught:
        rule(every(period), written, SATURDAY)
    assert cure in said(caught.value)


@pytest.mark.parametrize(
    ("start", "period", "cures"),
    [
        ("2026-11-07", "month", "{every: month, day: first Saturday}, or day: 7"),
        ("2026-11-12", "3 months", "{every: 3 months, day: second Thursday}, or day: 12"),
        ("2026-11-28", "month", "{every: month, day: fourth Saturday}, or day: 28"),
        ("2026-11-29", "month", "{every: month, day: last Sunday}, or day: 29"),
        ("2026-12-31", "quarterly", "{every: 3 months, day: last Thursday}, or day: 31"),
    ],
)
def test_which_day_of_a_month_must_be_said(start: str, period: str, cures: str) -> None:
    """A month alone means one of two rules: the hint has both, as they are for the start."""
    with pytest.raises(Unreadable, match="which day of the month is not said") as caught:
        rule(every(period), [], dt.date.fromisoformat(start))
    assert cures in caught.value.hint


# --- RRULE

RRULES = [
    ("FREQ=DAILY", Rule("DAILY")),
    ("FREQ=WEEKLY", Rule("WEEKLY")),
    ("RRULE:FREQ=WEEKLY", Rule("WEEKLY")),
    ("rrule:freq=weekly", Rule("WEEKLY")),
    (" FREQ = WEEKLY ; ", Rule("WEEKLY")),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR", Rule("WEEKLY", 2, weekdays=((0, 1), (0, 4)))),
    ("INTERVAL=2;FREQ=WEEKLY", Rule("WEEKLY", 2)),
    ("FREQ=MONTHLY;BYDAY=2TH", Rule("MONTHLY", weekdays=((2, 3),))),
    ("FREQ=MONTHLY;BYDAY=+2TH,-1FR", Rule("MONTHLY", weekdays=((2, 3), (-1, 4)))),
    ("FREQ=MONTHLY;BYDAY=02TH", Rule("MONTHLY", weekdays=((2, 3),))),
    ("FREQ=MONTHLY;BYMONTHDAY=15,-1", Rule("MONTHLY", days=(15, -1))),
    ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", Rule("MONTHLY", weekdays=((0, 4),), days=(13,))),
    ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1", Rule("MONTHLY", weekdays=((0, 0), (0, 1)), more="BYSETPOS=-1")),
    ("FREQ=YEARLY;BYMONTH=10;BYDAY=2TH", Rule("YEARLY", weekdays=((2, 3),), months=(10,))),
    ("FREQ=YEARLY;BYDAY=53MO", Rule("YEARLY", weekdays=((53, 0),))),
    ("FREQ=YEARLY;BYYEARDAY=100,-366", Rule("YEARLY", more="BYYEARDAY=100,-366")),
    ("FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO", Rule("YEARLY", weekdays=((0, 0),), more="BYWEEKNO=53")),
    ("FREQ=WEEKLY;INTERVAL=2;WKST=SU", Rule("WEEKLY", 2, more="WKST=SU")),
    ("FREQ=WEEKLY;COUNT=12", Rule("WEEKLY", count=12)),
    ("FREQ=WEEKLY;UNTIL=20261212", Rule("WEEKLY", until="20261212")),
    ("FREQ=WEEKLY;UNTIL=20261212T170000Z", Rule("WEEKLY", until="20261212T170000Z")),
    ("FREQ=WEEKLY;UNTIL=20261212T180000", Rule("WEEKLY", until="20261212T180000")),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", Rule("YEARLY", days=(29,), months=(2,))),
]


@pytest.mark.parametrize(("text", "meant"), RRULES)
def test_read_rrule(text: str, meant: Rule) -> None:
    """The value of an RRULE is read with every part that repeats days, as calendars write it or as people copy it."""
    assert read_rrule(text) == meant


NO_RRULE = "this is not the value of an RRULE: write such as FREQ=MONTHLY;BYDAY=2TH"
NO_DAY = "there is no such day, week or month"
WITHIN_A_DAY = "an event repeats by days, not within a day: its time is that of start"
NOT_RRULES = [
    ("", NO_RRULE),
    ("weekly", NO_RRULE),
    ("FREQ=SOMETIMES", NO_RRULE),
    ("FREQ", NO_RRULE),
    ("FREQ=", NO_RRULE),
    ("FREQ=WEEKLY;;COUNT=2", NO_RRULE),
    ("FREQ=WEEKLY;FREQ=DAILY", NO_RRULE),
    ("FREQ=WEEKLY;X-NAME=1", NO_RRULE),
    ("FREQ=WEEKLY;RSCALE=GREGORIAN", NO_RRULE),
    ("FREQ=WEEKLY;INTERVAL=0", NO_RRULE),
    ("FREQ=WEEKLY;INTERVAL=1000", NO_RRULE),
    ("FREQ=WEEKLY;COUNT=0", NO_RRULE),
    ("FREQ=WEEKLY;COUNT=100000", NO_RRULE),
    ("FREQ=WEEKLY;UNTIL=2026-12-12", NO_RRULE),
    ("FREQ=WEEKLY;UNTIL=20261212T18", NO_RRULE),
    ("FREQ=WEEKLY;BYDAY=TUE", NO_RRULE),
    ("FREQ=WEEKLY;BYDAY=TU,", NO_RRULE),
    ("FREQ=WEEKLY;BYDAY=,TU", NO_RRULE),
    ("FREQ=MONTHLY;BYDAY=222TU", NO_RRULE),
    ("FREQ=MONTHLY;BYMONTHDAY=1,,2", NO_RRULE),
    ("FREQ=MONTHLY;BYMONTHDAY=\u0661", NO_RRULE),
    ("FREQ=WEEKLY;WKST=XX", NO_RRULE),
    ("FREQ=WEEKLY\nDTSTART:20200101", NO_RRULE),
    ("COUNT=2", "the FREQ of the rule is missing"),
    ("BYDAY=2TH", "the FREQ of the rule is missing"),
    ("FREQ=WEEKLY;COUNT=2;UNTIL=20261212", "COUNT and UNTIL do not go together: keep one of the two"),
    ("FREQ=HOURLY", WITHIN_A_DAY),
    ("FREQ=MINUTELY", WITHIN_A_DAY),
    ("FREQ=SECONDLY", WITHIN_A_DAY),
    ("FREQ=DAILY;BYHOUR=18", WITHIN_A_DAY),
    ("FREQ=DAILY;BYMINUTE=30", WITHIN_A_DAY),
    ("FREQ=DAILY;BYSECOND=0", WITHIN_A_DAY),
    ("FREQ=MONTHLY;BYMONTHDAY=0", NO_DAY),
    ("FREQ=MONTHLY;BYMONTHDAY=32", NO_DAY),
    ("FREQ=MONTHLY;BYMONTHDAY=1,-32", NO_DAY),
    ("FREQ=MONTHLY;BYMONTH=13;BYMONTHDAY=1", NO_DAY),
    ("FREQ=YEARLY;BYMONTH=0", NO_DAY),
    ("FREQ=YEARLY;BYYEARDAY=367", NO_DAY),
    ("FREQ=YEARLY;BYYEARDAY=0", NO_DAY),
    ("FREQ=YEARLY;BYWEEKNO=54", NO_DAY),
    ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=367", NO_DAY),
    ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0", NO_DAY),
    ("FREQ=DAILY;BYDAY=MO;BYSETPOS=2", "a day has only itself to choose from: leave BYSETPOS out"),
    ("FREQ=MONTHLY;BYDAY=6MO", NO_DAY),
    ("FREQ=MONTHLY;BYDAY=0MO", NO_DAY),
    ("FREQ=YEARLY;BYDAY=-54MO", NO_DAY),
    ("FREQ=YEARLY;BYMONTH=10;BYDAY=6MO", NO_DAY),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "none of these months has such a day"),
    ("FREQ=DAILY;BYMONTH=4,6;BYMONTHDAY=31,-31", "none of these months has such a day"),
    ("FREQ=WEEKLY;BYMONTHDAY=7", "BYMONTHDAY does not go with FREQ=WEEKLY: write FREQ=MONTHLY"),
    ("FREQ=MONTHLY;BYYEARDAY=7", "BYYEARDAY does not go with FREQ=MONTHLY: write FREQ=YEARLY"),
    ("FREQ=DAILY;BYYEARDAY=7", "BYYEARDAY does not go with FREQ=DAILY"),
    ("FREQ=WEEKLY;BYWEEKNO=7", "BYWEEKNO does not go with FREQ=WEEKLY: write FREQ=YEARLY"),
    ("FREQ=WEEKLY;BYDAY=2TH", "only a month or a year can say: write FREQ=MONTHLY, or BYDAY=TH"),
    ("FREQ=DAILY;BYDAY=1MO", "only a month or a year can say"),
    ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO", "only a month or a year can say"),
    ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS chooses among days, and none are said: add such as BYDAY"),
]


@pytest.mark.parametrize(("text", "cure"), NOT_RRULES)
def test_read_rrule_refuses(text: str, cure: str) -> None:
    """What RFC 5545, section 3.3.10, does not have or forbids is refused, and what would repeat within a day."""
    with pytest.raises(Unreadable) as caught:
        read_rrule(text)
    assert cure in said(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        *(
            f"FREQ=YEARLY;{name}={'1' * 900}x"
            for name in ("BYMONTHDAY", "BYMONTH", "BYYEARDAY", "BYWEEKNO", "BYSETPOS")
        ),
        f"FREQ=YEARLY;BYDAY={'MO' * 450}x",
        f"FREQ=YEARLY;BYDAY={'MO,' * 300}x",
        "FREQ=YEARLY;" * 80,
        ";" * 1000,
        "1" * 1000,
        "second " * 140,
        "second to last " * 70,
    ],
)
def test_long_texts_are_refused_at_once(text: str) -> None:
    """No text of a thousand characters is slow to refuse (a hundred refusals stay under a second)."""
    begin = time.perf_counter()
    for _ in range(100):
        for reader in (every, read_rrule, lambda each: rule(("MONTHLY", 1), [each], SATURDAY)):
            with pytest.raises(Unreadable):
                reader(text)
    assert time.perf_counter() - begin < 1


# --- Any text

WORDS = st.sampled_from(
    [
        *(name.lower() for name in (*WEEKDAYS, *MONTHS)),
        *("Tue", "Sept.", "Thurs", "first", "second", "third", "fourth", "fifth", "last", "penultimate", "other"),
        *(
            "day",
            "days",
            "week",
            "weeks",
            "month",
            "months",
            "year",
            "years",
            "daily",
            "weekly",
            "quarterly",
            "biweekly",
        ),
        *("1", "2", "3rd", "15", "15th", "31", "32", "0", "007", "1000", "one", "twelve", "-1", "2."),
        *("every", "each", "the", "on", "of", "in", "and", "&", "to", ",", "/", "", ".", "s"),
    ]
)
PARTS = st.sampled_from(
    [
        *(f"FREQ={each}" for each in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY", "HOURLY", "")),
        *(f"INTERVAL={each}" for each in ("1", "2", "0", "999")),
        *("COUNT=3", "COUNT=0", "UNTIL=20261212", "UNTIL=20261212T170000Z", "UNTIL=99999999", "WKST=SU", "BYHOUR=3"),
        *(f"BYDAY={each}" for each in ("MO", "2TH", "-1FR,SA", "0MO", "+5MO", "53TU", "-54WE", "99SU")),
        *(f"BYMONTHDAY={each}" for each in ("1", "-1", "31", "0", "32", "1,15")),
        *(f"BYMONTH={each}" for each in ("1", "2", "4,6", "0", "13")),
        *(f"BYYEARDAY={each}" for each in ("1", "-366", "367", "0")),
        *(f"BYWEEKNO={each}" for each in ("1", "-53", "54", "0")),
        *(f"BYSETPOS={each}" for each in ("1", "-1", "366", "367", "0")),
        *("", "RRULE:", "X=1"),
    ]
)
a_text = st.text() | st.lists(WORDS, max_size=8).map(" ".join)
an_rrule = (
    st.text() | st.lists(PARTS, max_size=6).map(";".join) | st.lists(PARTS, max_size=6, unique=True).map(";".join)
)
a_day = st.dates(dt.date(1800, 1, 1), dt.date(2200, 12, 31))


@given(a_text, st.lists(a_text, max_size=3), a_day)
@settings(deadline=None, max_examples=500)
def test_any_words_are_a_rule_or_unreadable(text: str, written: list[str], start: dt.date) -> None:
    """No text makes a reader fail in any other way, and a rule is one that dateutil and `read_rrule` read alike."""
    readable(every, text)
    for period in (("DAILY", 1), ("WEEKLY", 2), ("MONTHLY", 3), ("YEARLY", 1)):
        if made := readable(rule, period, written, start):
            assert rrulestr(rrule(made), dtstart=dt.datetime.combine(start, dt.time(18)))
            again = readable(read_rrule, rrule(made))
            assert again == made or (made.months and made.days), "only 30 February is not read again"


@given(an_rrule)
@settings(deadline=None, max_examples=1000)
def test_any_rrule_is_a_rule_or_unreadable(text: str) -> None:
    """No text makes the reader fail in any other way, and a rule is one that dateutil reads and that reads again."""
    if made := readable(read_rrule, text):
        until = "20261212T180000" if made.until else ""
        assert rrulestr(rrule(made, until), dtstart=dt.datetime.combine(SATURDAY, dt.time(18)))
        assert read_rrule(rrule(made, made.until)) == made


def readable(read: Callable[P, T], *text: P.args, **named: P.kwargs) -> T | None:
    """What a reader reads, or None where it says that it cannot."""
    try:
        return read(*text, **named)
    except Unreadable:
        return None
