"""The dates of an event as an editor writes them: the rule, what is left out, what is added, what differs."""

import datetime as dt
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable
from itertools import islice, takewhile
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import msgspec
from pydantic import BeforeValidator, Field, PlainValidator

from sitegen import recurrence, times
from sitegen.common import Item, Path, Problems, unreadable
from sitegen.model import Length, Repetition, Rule, When
from sitegen.problems import At, Problem, Severity
from sitegen.repeats import every, read_rrule, rule
from sitegen.schema import Fields, field
from sitegen.source import Data
from sitegen.times import Unreadable
from sitegen.values import Id, Many, Moment, Whole, Word, is_empty, wrong

FAR = dt.timedelta(days=2 * 366)
"""Within this time of a date that is none, the nearest that is one is looked for."""


def read_changes(value: Any) -> Data:
    """Dates with what differs on each: a word on its status, or fields of the event."""
    if not isinstance(value, dict):
        raise wrong("a mapping belongs here: a date, and what differs on it", "such as 2026-08-13: cancelled")
    return {str(key): each for key, each in value.items() if not is_empty(each)}


class Repeats(Fields):
    """When an event repeats, and which of its dates differ."""

    every: Word | None = field("How often: day, week, 2 weeks, month, 3 months, year.")
    day: Many[Word] = field(
        "On which day: Tuesday; second Thursday, last day, 15; second Thursday of October.", default=()
    )
    until: Moment | None = field("The last day.")
    count: Whole | None = field("How many dates the rule has, in place of `until`.")
    except_: Many[Moment] = Field(
        (),
        alias="except",
        description="Dates that never were planned; a month leaves out all of it.",
        json_schema_extra={"shown": False, "private": False},
    )
    also: Many[Moment] = field("Dates besides.", default=())
    dates: Many[Moment] = field("All dates, in place of a rule.", default=())
    changes: Annotated[Data, PlainValidator(read_changes)] | None = field(
        "What differs on some dates: {2026-08-13: cancelled}, or {2026-11-12: {start: 2026-11-19 13:00}}."
    )


class InsteadOf(Fields):
    """The date of a repetition whose place an event takes."""

    event: Id = field("The id of the event that repeats.", default=...)
    date: Moment = field("The date on which this takes its place.", default=...)


def _short(value: Any) -> Any:
    if isinstance(value, list):
        raise wrong("a mapping belongs here: key: value", "dates are written {dates: [2026-11-07, 2026-12-05]}")
    return {"every": value} if isinstance(value, str) else value


AnyRepeats = Annotated[Repeats, BeforeValidator(_short)]


class _Wrong(Exception):  # noqa: N818 - it carries what is wrong with the content
    """What keeps the dates from being known."""

    def __init__(self, path: Path, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.path, self.message, self.hint = path, message, hint


def repetition(
    item: Item, written: Repeats, rrule: str, span: When, length: Length
) -> tuple[Repetition | None, Problems]:
    """All dates of an event whose first is ``span``; None with the reason where they cannot be told."""
    zone = times.zone(span.zone)
    try:
        _refuse_contradictions(written, rrule, span)
        made = _ruled(written, rrule, span, zone)
        extra = _added(written, span, zone)
        base = Repetition(made, span.start, span.zone, length, extra=extra, status=span.status)
        _refuse_an_hour_that_comes_twice(span, base)
        _refuse_another_first(written, rrule, base)
        skipped, problems = _skipped(item, written, base)
    except _Wrong as error:
        return None, (Problem(At(item.path, error.path), error.message, error.hint),)
    whole = msgspec.structs.replace(base, skipped=skipped)
    if next(recurrence.starts(whole), None) is None:
        at = At(item.path, ("repeats", "except"))
        problems = (*problems, Problem(at, "no date is left", "leave the event out, or one of these", Severity.WARNING))
    return whole, (*problems, *_notes(item, written, whole))


def _refuse_contradictions(written: Repeats, rrule: str, span: When) -> None:
    """What does not go together is told before anything is reckoned."""
    has_rule = bool(written.every or rrule)
    if not span.dated:
        raise _Wrong(("start",), "what repeats begins on a day", "write the first date, such as 2026-11-07")
    for is_so, path, message, hint in (
        (rrule and written.every, ("rrule",), "the rule is said twice", "keep rrule or repeats: {every}, not both"),
        (
            written.dates and has_rule,
            ("repeats", "dates"),
            "this lists all dates, and there is a rule, too",
            "dates besides the rule stand in also:",
        ),
        (written.dates and written.also, ("repeats", "also"), "dates: has all dates", "put this into it, too"),
        (
            written.dates and (written.until or written.count),
            ("repeats", "until" if written.until else "count"),
            "dates: has all dates, and ends with the last",
            "take this out",
        ),
        (written.until and written.count, ("repeats", "count"), "the last date is said twice", "keep until or count"),
        (
            written.count == 0,
            ("repeats", "count"),
            "a rule has at least one date",
            "leave it out for a rule without end",
        ),
        (written.day and not written.every, ("repeats", "day"), "how often is not said", "add every: month, or week"),
        (
            rrule and (written.until or written.count),
            ("repeats", "until" if written.until else "count"),
            "the rule says itself when it ends",
            "write UNTIL= or COUNT= in rrule",
        ),
        (not has_rule and not written.dates, ("repeats",), "how often is not said", "add every: week, or dates: […]"),
    ):
        if is_so:
            raise _Wrong(path, message, hint)


def _refuse_an_hour_that_comes_twice(span: When, base: Repetition) -> None:
    """A repetition is at the first of two times that clocks show alike (RFC 5545, section 3.3.5)."""
    first = recurrence.when_of(base, dt.datetime.fromisoformat(base.start))
    for key, seconds in (("start", first.begins - span.begins), ("end", first.over - span.over)):
        if seconds:
            message = f"clocks show this time twice, and a repetition {key}s at the first"
            raise _Wrong((key,), message if seconds % 60 == 0 else "a repetition has no seconds", "choose another time")


def _ruled(written: Repeats, rrule: str, span: When, zone: Any) -> Rule:
    """The rule; its end by date is its last start."""
    start = dt.datetime.fromisoformat(span.start)
    path: Path = ("rrule",)
    try:
        if rrule:
            made = read_rrule(rrule)
            last = made.until
        elif written.every:
            path = ("repeats", "every")
            period = every(written.every)
            path = ("repeats", "day") if written.day else path
            made = rule(period, written.day, start.date())
            path = ("repeats", "until")
            last = written.until or ""
        else:
            return Rule()
        if not last:
            made = msgspec.structs.replace(made, count=made.count or written.count or 0)
            path = path if rrule else ("repeats", "count")
            _refuse_centuries(made, span.start)
            return made
        end = _end_of(last, zone)
    except Unreadable as error:
        raise _Wrong(path, error.message, error.hint) from None
    if end < start:
        raise _Wrong(path, "this is before the start", "write the last day on which it takes place")
    endless = msgspec.structs.replace(made, until="")
    final = max(takewhile(lambda each: each <= end, recurrence.ruled(endless, span.start)), default=start)
    return msgspec.structs.replace(made, until=recurrence.text_of(final, span.start))


def _refuse_centuries(made: Rule, start: str) -> None:
    """So many dates that the last is in no year that is read."""
    endless = msgspec.structs.replace(made, count=0, until="2200-12-31T23:59" if "T" in start else "2200-12-31")
    if 0 < sum(1 for _ in islice(recurrence.ruled(endless, start), made.count)) < made.count:
        raise Unreadable("the last of so many dates is after the year 2200", "leave it out for a rule without end")


def _end_of(text: str, zone: Any) -> dt.datetime:
    """The last local moment that a date, month or time allows."""
    written = times.read(text)
    if written.precision == "time":
        return times.instant(written, zone).replace(tzinfo=None)
    return times.after(written, times.zone("UTC")).replace(tzinfo=None) - dt.timedelta(seconds=1)


def _added(written: Repeats, span: When, zone: Any) -> tuple[str, ...]:
    """The dates that no rule has; a day alone is at the time of the first."""
    first = dt.datetime.fromisoformat(span.start)
    found: dict[dt.date, str] = {}
    for key, dates in (("dates", written.dates), ("also", written.also)):
        for index, text in enumerate(dates):
            path = ("repeats", key, index)
            one = times.read(text)
            if one.precision in ("year", "month"):
                raise _Wrong(path, "the day is missing", "write a date such as 2026-11-07")
            if one.precision == "time" and "T" not in span.start:
                raise _Wrong(path, "the start is a whole day, so this is one, too", "leave out the time")
            try:
                start = dt.datetime.fromisoformat(times.local(one, zone))
            except Unreadable as error:
                raise _Wrong(path, error.message, error.hint) from None
            start = start if one.precision == "time" else dt.datetime.combine(start.date(), first.time())
            if one.precision == "time" and times.instant(one, zone).fold:
                message = "clocks show this time twice, and a repetition has the first"
                raise _Wrong(path, message, "choose another, or give this date a file of its own")
            if start.date() in found:
                raise _Wrong(path, "this date stands here a second time", "what takes place twice a day is two events")
            found[start.date()] = recurrence.text_of(start, span.start)
    return tuple(sorted(found.values()))


def _refuse_another_first(written: Repeats, rrule: str, base: Repetition) -> None:
    """The start is the first date (contract, section 4), and no date is there twice."""
    first = dt.datetime.fromisoformat(base.start)
    bare = msgspec.structs.replace(base.rule, until="", count=0)
    rules = bool(bare.frequency)
    found = next(recurrence.ruled(bare, base.start) if rules else recurrence.starts(base), None)
    path: Path = ("rrule",) if rrule else ("repeats",) if written.every else ("repeats", "dates")
    if found is None:
        raise _Wrong(path, "no day fits this rule", "does its month have such a day?")
    if found != first:
        date = recurrence.text_of(found, base.start).replace("T", " ")
        hint = f"its first date is {date}, a {found:%A}: write that as start{', or correct the rule' if rules else ''}"
        raise _Wrong(("start",), "this is not the first date of the repetition", hint)
    ruled = dates_near((times.read(text).date for text in written.also), msgspec.structs.replace(base, extra=()))
    days = {each.date() for each in ruled}
    for index, text in enumerate(written.also):
        day = times.read(text).date
        if day < first.date():
            raise _Wrong(
                ("repeats", "also", index), "this is before the start", "write the first of all dates as start"
            )
        if day in days:
            raise _Wrong(("repeats", "also", index), "the rule has this date already", "leave it out here")


def _skipped(item: Item, written: Repeats, base: Repetition) -> tuple[tuple[str, ...], Problems]:
    """The starts that are left out; a date that is none is an error with the nearest that is one."""
    read = [times.read(text) for text in written.except_]
    known = Known(dates_near((one.date for one in read), base), times.zone(base.zone))
    found: list[str] = []
    problems: list[Problem] = []
    for index, one in enumerate(read):
        at = At(item.path, ("repeats", "except", index))
        starts = known.meant(one)
        if not starts:
            problems.append(no_such_date(at, one, known.starts))
        found += [recurrence.text_of(each, base.start) for each in starts]
    return tuple(dict.fromkeys(found)), tuple(problems)


class Known:
    """Starts by their days and months, so that many dates are looked up in one pass."""

    def __init__(self, starts: Iterable[dt.datetime], zone: ZoneInfo) -> None:
        """The local starts of a repetition in a zone, in order."""
        self.starts = tuple(starts)
        self.zone = zone
        self.within: dict[str, list[dt.datetime]] = defaultdict(list)
        for start in self.starts:
            for length in _PRECISIONS:
                self.within[start.isoformat()[:length]].append(start)

    def meant(self, written: times.Written) -> list[dt.datetime]:
        """The starts in a day, month or year; or the one at a time."""
        if written.precision != "time":
            return self.within.get(times.iso(written), [])
        if written.offset is None:  # as the rule has it, even where no clock shows it or clocks show it twice
            local = dt.datetime.combine(written.date, written.time or dt.time())
        else:
            local = times.instant(written, self.zone).replace(tzinfo=None)
        return [each for each in self.within.get(f"{local:%Y-%m-%d}", []) if each == local]


_PRECISIONS = (4, 7, 10)
"""Letters of a year, a month and a day in ISO 8601."""


def contradicted(at: At, written: times.Written) -> Problems:
    """What is said of a date whose weekday is another."""
    if not written.contradicts:
        return ()
    return (Problem(at, "this date is another day of the week", f"it is a {written.date:%A}", Severity.WARNING),)


def dates_near(days: Iterable[dt.date], repetition: Repetition) -> list[dt.datetime]:
    """All starts up to two years after the last of some days."""
    last = max(days, default=None)
    if last is None:
        return []
    return list(recurrence.starts_until(repetition, dt.datetime.combine(min(last, _LAST), dt.time.max) + FAR))


_LAST = dt.date(2250, 1, 1)


def no_such_date(at: At, written: times.Written, known: Iterable[dt.datetime]) -> Problem:
    """A date on which the event does not take place, and the nearest one on which it does."""
    if written.precision in ("month", "year"):
        return Problem(at, f"the event has no date in this {written.precision}", "correct it, or leave it out")
    known = tuple(known)
    if any(each.date() == written.date for each in known):
        return Problem(at, "the event does not begin at this time", "write the date without a time")
    near = recurrence.closest(written.date, (each.date() for each in known))
    return Problem(at, "the event has no such date", f"the nearest is {near}, a {near:%A}" if near else "")


def _notes(item: Item, written: Repeats, whole: Repetition) -> Problems:
    """What is read as it is meant, and may surprise: months without such a day, nights on which clocks change."""
    found: list[Problem] = []
    if _misses_months(whole.rule, dt.datetime.fromisoformat(whole.start)):
        at = At(item.path, ("repeats", "day") if written.day else ("repeats", "every") if written.every else ("rrule",))
        month = " of February" if whole.rule.frequency == "YEARLY" else ""
        message, hint = "months that have no such day are left out", f"for the last of a month write last day{month}"
        found.append(Problem(at, message, hint, Severity.NOTE))
    if night := next(recurrence.odd_nights(whole), None):
        message = f"clocks in {whole.zone} change at this time on {night:%Y-%m-%d}: it is reckoned as before the change"
        found.append(
            Problem(At(item.path, ("start",)), message, "another time of day spares the question", Severity.NOTE)
        )
    return tuple(found)


def _misses_months(rule: Rule, start: dt.datetime) -> bool:
    """A month of the rule has no such day, at least in some years."""
    if rule.frequency not in ("MONTHLY", "YEARLY") or rule.more or rule.weekdays:
        return False
    yearly = rule.frequency == "YEARLY"
    months = rule.months or ((start.month,) if yearly and not rule.days else range(1, 13))
    shortest = min(monthrange(_NO_LEAP_YEAR, month)[1] for month in months)
    return max(map(abs, rule.days or (start.day,))) > shortest


_NO_LEAP_YEAR = 2027


def planned(
    item: Item, key: str, path: Path, known: Known, skipped: Iterable[str] = ()
) -> tuple[dt.datetime | None, Problems]:
    """The start that a date names among those that are known; ``skipped`` are those that are left out."""
    at = At(item.path, path, key=True)
    try:
        one = times.read(key)
        found = known.meant(one)
    except Unreadable as error:
        return None, (unreadable(at, error),)
    if one.precision in ("month", "year"):
        return None, (Problem(at, "the day is missing", "write a date such as 2026-11-07"),)
    if found:
        return found[0], contradicted(at, one)
    if any(each.startswith(times.iso(one)) for each in skipped):
        hint = "keep one of the two: changes tell people, except does not"
        return None, (Problem(at, "except leaves this date out", hint),)
    return None, (no_such_date(at, one, known.starts),)
