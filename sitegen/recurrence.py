"""The dates of a repetition: which there are, when each of them is, and the rule as calendars read it.

A rule runs on the clock of its zone (RFC 5545, section 3.3.10), so dates are reckoned as naive local times and only
then become instants. A time that no clock shows, or that clocks show twice, is what RFC 5545, section 3.3.5 says: it is
reckoned with the offset before the change.
"""

import datetime as dt
import heapq
from collections.abc import Iterable, Iterator
from itertools import takewhile

import msgspec

from sitegen import times
from sitegen.model import Length, Repetition, Rule, When

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def rrule(rule: Rule, until: str = "") -> str:
    """The value of the RRULE (RFC 5545, section 3.3.10); ``until`` is put where the rule has an end by date."""
    lists = {
        "BYMONTH": rule.months,
        "BYMONTHDAY": rule.days,
        "BYDAY": tuple(f"{position or ''}{WEEKDAYS[day]}" for position, day in rule.weekdays),
    }
    parts = (
        f"FREQ={rule.frequency}",
        f"COUNT={rule.count}" if rule.count else "",
        f"UNTIL={until}" if rule.until else "",
        f"INTERVAL={rule.interval}" if rule.interval > 1 else "",
        *(f"{name}={','.join(map(str, values))}" for name, values in lists.items() if values),
        rule.more,
    )
    return ";".join(filter(None, parts))


def ruled(rule: Rule, start: str) -> Iterator[dt.datetime]:
    """The starts that a rule has, in order, from ``start`` on (which is among them only if the rule has it)."""
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]  # noqa: PLC0415 - not needed when nothing changed

    if not rule.frequency:
        return iter(())
    until = rule.until.replace("-", "").replace(":", "")
    made = rrulestr(rrule(rule, until), dtstart=dt.datetime.fromisoformat(start))
    return iter(made)


def starts(repetition: Repetition) -> Iterator[dt.datetime]:
    """The starts of every date, in order and without end where the rule has none."""
    skipped = {dt.datetime.fromisoformat(each) for each in repetition.skipped}
    extra = sorted(dt.datetime.fromisoformat(each) for each in repetition.extra)
    every = heapq.merge(ruled(repetition.rule, repetition.start), extra)
    return (each for each in every if each not in skipped)


def starts_until(repetition: Repetition, last: dt.datetime) -> Iterator[dt.datetime]:
    """The starts up to a local time, that included."""
    return takewhile(lambda each: each <= last, starts(repetition))


def text_of(start: dt.datetime, like: str) -> str:
    """A start in ISO 8601, as precise as ``like``: a time or a whole day."""
    return (
        start.isoformat(timespec="minutes" if not start.second else "seconds") if "T" in like else f"{start:%Y-%m-%d}"
    )


def when(length: Length, start: dt.datetime, zone: str, status: str, *, timed: bool) -> When:
    """When a date is that begins at a local time."""
    tz = times.zone(zone)
    begins = start.replace(tzinfo=tz) if timed else times.midnight(start.date(), tz)
    last = start.date() + dt.timedelta(days=length.days)
    if length.whole:
        end, over = last.isoformat(), times.midnight(last + dt.timedelta(days=1), tz)
    elif length.clock:
        ends = dt.datetime.combine(last, dt.time.fromisoformat(length.clock))
        over = ends.replace(tzinfo=tz).astimezone(dt.UTC)
        if over <= begins.astimezone(dt.UTC):  # no clock shows the start, and the end is not so late as what it becomes
            over = begins.astimezone(dt.UTC) + (ends - start)
        end = text_of(over.astimezone(tz).replace(tzinfo=None), "T")
    else:
        nominal = dt.datetime.combine(last, start.time(), tz)
        over = nominal.astimezone(dt.UTC) + dt.timedelta(minutes=length.minutes)
        end = text_of(over.astimezone(tz).replace(tzinfo=None), "T")
    shown = begins.astimezone(dt.UTC).astimezone(tz).replace(tzinfo=None) if timed else start
    return When(
        start=text_of(shown, "T" if timed else ""),
        end=end if length.shown else "",
        zone=zone,
        begins=int(begins.timestamp()),
        over=int(over.timestamp()),
        status=status,
    )


def when_of(repetition: Repetition, start: dt.datetime) -> When:
    """When a date of a repetition is."""
    timed = "T" in repetition.start
    return when(length_at(repetition, start), start, repetition.zone, repetition.status, timed=timed)


def length_at(repetition: Repetition, start: dt.datetime) -> Length:
    """How long a date lasts that begins at a local time: as long as the first, so an end by the clock moves with it."""
    length, usual_time = repetition.length, dt.datetime.fromisoformat(repetition.start).time()
    if not length.clock or start.time() == usual_time:
        return length
    ends = dt.datetime.combine(start, dt.time.fromisoformat(length.clock)) + dt.timedelta(days=length.days)
    ends += start - dt.datetime.combine(start, usual_time)
    clock = text_of(ends, "T").partition("T")[2]
    return msgspec.structs.replace(length, days=(ends.date() - start.date()).days, clock=clock)


def odd_nights(repetition: Repetition) -> Iterator[dt.datetime]:
    """The starts at a time that no clock shows that night, or that clocks show twice; of the first ten years."""
    return _near_a_change(repetition, dt.timedelta())


def uneven(repetition: Repetition) -> Iterator[dt.datetime]:
    """The starts of dates within which clocks change, or that begin or end in the hour which that skips or repeats.

    A calendar is told of these one by one, those of ten years: one DTEND says how long all dates last (RFC 5545,
    section 3.8.5.3), and some programs count that by the clock; and not all take such an hour for the one that section
    3.3.5 means. So it is of an extra date at another time, which ends with its day.
    """
    if "T" not in repetition.start:
        return
    tz, lasts = times.zone(repetition.zone), usual(repetition)
    extra = {dt.datetime.fromisoformat(each) for each in {*repetition.extra} - {*repetition.skipped}}
    for start in sorted({*_near_a_change(repetition, lasts + dt.timedelta(days=1)), *extra}):
        each = when_of(repetition, start)
        shown = [dt.datetime.fromtimestamp(moment, tz) for moment in (each.begins, each.over)]
        plain = [start, start + lasts] == [moment.replace(tzinfo=None) for moment in shown]
        if not plain or each.over - each.begins != lasts.total_seconds() or any(map(is_shown_twice, shown)):
            yield start


def usual(repetition: Repetition) -> dt.timedelta:
    """How long a date lasts within which no clock changes."""
    start = dt.datetime.fromisoformat(repetition.start)
    each = when_of(msgspec.structs.replace(repetition, zone="UTC"), start)
    return dt.timedelta(seconds=each.over - each.begins)


def is_shown_twice(moment: dt.datetime) -> bool:
    """Clocks in its zone show the time of a moment before and after they are put back."""
    return moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()


def _near_a_change(repetition: Repetition, before: dt.timedelta) -> Iterator[dt.datetime]:
    """The starts that are so long before a change of the clocks, or in the hour that it skips or repeats."""
    first = dt.datetime.fromisoformat(repetition.start)
    if "T" not in repetition.start:
        return
    tz = times.zone(repetition.zone)
    clocks = {first.time(), *(dt.datetime.fromisoformat(each).time() for each in repetition.extra)}
    possible: set[dt.datetime] = set()
    for year in range(first.year, first.year + YEARS + 1):
        for moment in times.changes(repetition.zone, year):
            at = dt.datetime.fromtimestamp(moment, tz).replace(tzinfo=None)
            was = dt.datetime.fromtimestamp(moment - 1, tz).replace(tzinfo=None) + dt.timedelta(seconds=1)
            early, late = min(at, was), max(at, was)
            for day in range((late.date() - (early - before).date()).days + 1):
                starts_of_day = (dt.datetime.combine(late.date() - dt.timedelta(day), clock) for clock in clocks)
                possible.update(start for start in starts_of_day if early - before <= start < late)
    if possible:
        yield from (start for start in starts_until(repetition, max(possible)) if start in possible)


YEARS = 10


def closest(day: dt.date, days: Iterable[dt.date]) -> dt.date | None:
    """The one of some days that is nearest to a day."""
    return min(days, key=lambda each: (abs((each - day).days), each), default=None)
