"""What a date, a time, a duration and a time zone mean, as an editor writes them (section 2 of the content contract).

Nothing here knows the present: every function is pure. What an hour is called changes with the zone, what an instant is
does not, so all reckoning is done in UTC: arithmetic on wall clocks is off by an hour twice a year.
"""

import datetime as dt
import difflib
import functools
import re
import zoneinfo
from bisect import bisect_left
from collections.abc import Container
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

# Not the machine's tz database, nor what was loaded from it before: the pinned one gives the same bytes on any machine.
zoneinfo.reset_tzpath(to=())
ZoneInfo.clear_cache()

Precision = Literal["year", "month", "day", "time"]
YEARS = range(1800, 2201)
"""Years that an editor may write."""
ANY_YEAR = range(1, 10_000)
"""Years that a date may have that was reckoned."""


class Unreadable(ValueError):  # noqa: N818 - a text is unreadable; that is no error of the program
    """A text has no meaning here, or more than one.

    ``message`` and ``hint`` are for people and never quote the text, which may be private. Two hints are derived from
    it: the nearest name in `zone` and the two candidates in `localize`.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        """What is wrong, and how to mend it."""
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Written:
    """A date or time as it was written; which instant it is, only a zone can tell (`instant`)."""

    date: dt.date
    """The first day of what was written."""
    precision: Precision
    time: dt.time | None = None
    """On the wall clock, in whole seconds; set if and only if the precision is ``time``."""
    offset: dt.timedelta | None = None
    """What the wall clock is ahead of UTC, where that was written."""
    weekday: int | None = None
    """The day of the week that was written before the date, Monday being 0."""

    @property
    def contradicts(self) -> bool:
        """The weekday that was written is not that of the date."""
        return self.weekday is not None and self.weekday != self.date.weekday()


@dataclass(frozen=True, slots=True)
class Duration:
    """Days as the calendar counts them and exact minutes: a day is not always 24 hours (RFC 5545, 3.3.6)."""

    days: int = 0
    minutes: int = 0


def read(text: str, years: Container[int] = YEARS) -> Written:
    """A date or time of ISO 8601-1, with the liberties of the content contract.

    - ``2027``, ``2027-05``, ``2026-11-07``, ``2026-11-7``; the last two also after a weekday: ``Tue 2026-11-10``.
    - After a day and a ``T`` or a blank, a time: ``18:00``, ``9:00``, ``18:00:30.5`` (the fraction is dropped).
      ``24:00`` is 0:00 of the next day (Amendment 1 of 2022).
    - After a time, an offset: ``Z``, ``+01:00``, ``+0100``, ``+01``, ``+00:43:12`` (seconds as in RFC 5545, 3.3.14;
      clocks set by the sun had them).
    - The basic format with all its digits, ``20261107T1800``: no other reading has as many.

    Raises `Unreadable` for anything else, for days and times that do not exist, and for years that are not among
    ``years``: 1800-2200, as no association has dates outside, and mistyped years are. What was reckoned may be in any.
    """
    text = _plain(text)
    if period := _PERIOD.fullmatch(text):
        precision: Precision = "month" if period["month"] else "year"
        return Written(_date(period["year"], period["month"] or "1", "1", years), precision)
    match = _EXTENDED.fullmatch(text) or _BASIC.fullmatch(text)
    if match is None:
        raise _misspelt(text)
    day = _date(match["year"], match["month"], match["day"], years)
    weekday = _WEEKDAYS.index(match["weekday"][:3].lower()) if match["weekday"] else None
    if match["hour"] is None:
        return Written(day, "day", weekday=weekday)
    return _timed(match, Written(day, "time", weekday=weekday))


def iso(written: Written) -> str:
    """The date or time in ISO 8601, as `read` reads it; a weekday is left out."""
    if written.time is None:
        return written.date.isoformat()[: {"year": 4, "month": 7, "day": 10}[written.precision]]
    zone = None if written.offset is None else dt.timezone(written.offset)
    return dt.datetime.combine(written.date, written.time, zone).isoformat(
        timespec="minutes" if not written.time.second else "seconds"
    )


def read_end(text: str, start: Written) -> Written:
    """Like `read`, but a time alone (``21:00``) is on the day of ``start``.

    It is in the offset of ``start`` too, unless it has its own: what the end of an ISO 8601 interval leaves out is as
    in its start.
    """
    match = _TIME_ALONE.fullmatch(_plain(text))
    if match is None or start.precision in ("year", "month"):
        return read(text)
    return _timed(match, Written(start.date, "time", offset=start.offset))


def is_time_alone(text: str) -> bool:
    """It is a time without a day."""
    return bool(_TIME_ALONE.fullmatch(_plain(text)))


def read_duration(text: str) -> Duration:
    """``90`` (minutes), ``90 min``, ``1h30``, ``1.5 hours``, ``3 days``, ``1 week``, ``PT1H30M``, ``P1DT2H``, ``P2W``.

    Raises `Unreadable` for anything else, for zero and for more than five years.
    """
    text = _plain(text)
    match = _DURATION.fullmatch(text) or _ISO_DURATION.fullmatch(text)
    if match is None or match.lastgroup is None:
        raise Unreadable("this is not a duration", "write a duration such as 90 min, 1h30 or 3 days")
    amount = {unit: float(number.replace(",", ".")) for unit, number in match.groupdict("0").items()}
    days = int(amount["weeks"] * 7 + amount["days"])
    minutes = round(amount["hours"] * 60 + amount["minutes"] + amount.get("number", 0))
    if not days and not minutes:
        raise Unreadable("a duration is longer than nothing", "leave it out if it is not known")
    if dt.timedelta(days=days, minutes=minutes) > _LONGEST:
        raise Unreadable("this is longer than five years")
    return Duration(days, minutes)


@functools.cache
def zone(name: str) -> ZoneInfo:
    """The zone of that name in the pinned tz database; raises `Unreadable`, with the nearest name, where there is none.

    Only the database's own list of names is believed, so no name is ever taken for a path.
    """
    if name in zoneinfo.available_timezones() and name != "Factory":  # which stands for a zone that is not set
        return ZoneInfo(name)
    said = "_".join(name[:50].lower().split())
    if re.match(r"(gmt|utc)?_?[+\-\u2212][0-9]", said):
        message = "an offset is not a time zone: it does not know summer time"
        raise Unreadable(message, "write the zone of a city near you, such as Europe/Oslo")
    known = _zones_as_said()
    near = [said] if said in known else difflib.get_close_matches(said, known, n=1, cutoff=0.75)
    raise Unreadable(
        "there is no such time zone",
        f"did you mean {known[near[0]]}?" if near else "write the zone of a city near you, such as Europe/Oslo",
    )


def localize(day: dt.date, time: dt.time, tz: ZoneInfo) -> dt.datetime:
    """The moment at which clocks in ``tz`` show that time on that day.

    Raises `Unreadable` where they never do or do so twice; its hint has both candidates as `read` reads them. (RFC
    5545, 3.3.5 chooses one of them. That serves repetitions; somebody who writes a single time can be asked.)
    """
    # PEP 495: fold 0 reads the clock with the offset before a change, fold 1 with the one after it.
    by_old, by_new = (dt.datetime.combine(day, time.replace(fold=fold), tz) for fold in (0, 1))
    forward = _offset(by_new) - _offset(by_old)
    if not forward:
        return by_old
    if forward > dt.timedelta():
        raise Unreadable(
            f"this time does not exist: clocks go forward that day in {tz.key}",
            f"write {_pasteable(by_new)} or {_pasteable(by_old)}",
        )
    raise Unreadable(
        f"this time happens twice: clocks go back that day in {tz.key}",
        f"write {_pasteable(by_old)} (before they go back) or {_pasteable(by_new)} (after)",
    )


def midnight(day: dt.date, tz: ZoneInfo) -> dt.datetime:
    """The first moment of that day in ``tz``: the first 0:00 if there are two, the moment of the jump if there is none.

    A day that was skipped as a whole (30 December 2011 in Samoa) begins, and ends, where the next one begins.
    """
    by_old, by_new = (dt.datetime.combine(day, dt.time(fold=fold), tz).astimezone(dt.UTC) for fold in (0, 1))
    # Only in a gap (PEP 495) is the second the earlier one. The jump is between the two, not always at 0:00 sharp.
    between = range(int((by_old - by_new).total_seconds()))
    seconds = bisect_left(between, day, key=lambda s: (by_new + dt.timedelta(seconds=s)).astimezone(tz).date())
    return (min(by_old, by_new) + dt.timedelta(seconds=seconds)).astimezone(tz)


def instant(written: Written, tz: ZoneInfo) -> dt.datetime:
    """The moment at which it begins, in ``tz``; raises `Unreadable` as `localize` does."""
    if written.time is None:
        return midnight(written.date, tz)
    if written.offset is None:
        return localize(written.date, written.time, tz)
    return dt.datetime.combine(written.date, written.time, dt.timezone(written.offset)).astimezone(tz)


def after(written: Written, tz: ZoneInfo) -> dt.datetime:
    """The first moment after the whole of it, in ``tz``; a time has no length.

    Raises `Unreadable` as `localize` does.
    """
    day = written.date
    match written.precision:
        case "time":
            return instant(written, tz)
        case "day":
            following = day + dt.timedelta(days=1)
        case "month":
            following = dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)
        case "year":
            following = dt.date(day.year + 1, 1, 1)
    return midnight(following, tz)


def local(written: Written, tz: ZoneInfo) -> str:
    """The date or time as clocks in ``tz`` show it, in ISO 8601; raises `Unreadable` as `localize` does."""
    if written.precision == "time":
        return instant(written, tz).replace(tzinfo=None).isoformat(timespec="minutes")
    return iso(written)


def offset_contradicts(written: Written, tz: ZoneInfo) -> bool:
    """It was written with an offset, and at that instant ``tz`` has another."""
    return written.offset is not None and written.offset != _offset(instant(written, tz))


@functools.cache
def changes(name: str, year: int) -> tuple[int, ...]:
    """The moments of a year of UTC at which offset, name or summer time of a zone change, in seconds since 1970."""
    tz = zone(name)

    def clock(moment: int) -> tuple[object, ...]:
        local = dt.datetime.fromtimestamp(moment, tz)
        return local.utcoffset(), local.tzname(), local.dst()

    begin, end = (int(dt.datetime(each, 1, 1, tzinfo=dt.UTC).timestamp()) for each in (year, year + 1))
    days = pairwise((day, clock(day)) for day in range(begin, end + 1, _DAY))

    def onset(day: int, was: tuple[object, ...]) -> int:
        return day + bisect_left(range(day, day + _DAY), x=True, key=lambda moment: clock(moment) != was)

    return tuple(onset(day, was) for (day, was), (_, now) in days if was != now)


_DAY = 86_400
"""Seconds: no zone changes twice within so many."""


# --- The grammar. Every number is bounded, so that no text is slow to refuse.

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = (
    r"(?:(?P<weekday>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?"
    r"|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\.?,? )?"
)
# No zone was ever 16 hours away from UTC; what claims to be is the end of a range (17:00-19:00).
_OFFSET = r"(?: ?(?P<offset>Z|[+-](?:0[0-9]|1[0-5])(?::?[0-5][0-9](?::?[0-5][0-9])?)?))?"
_TIME = rf"(?P<hour>[0-9]{{1,2}}):(?P<minute>[0-9]{{2}})(?::(?P<second>[0-9]{{2}})(?:[.,][0-9]{{1,9}})?)?{_OFFSET}"
_BASIC_TIME = rf"(?P<hour>[0-9]{{2}})(?P<minute>[0-9]{{2}})(?:(?P<second>[0-9]{{2}})(?:[.,][0-9]{{1,9}})?)?{_OFFSET}"
_DATE = r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"
_BASIC_DATE = r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"

_PERIOD = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{1,2}))?")
_EXTENDED = re.compile(rf"{_WEEKDAY}{_DATE}(?:[T ]{_TIME})?", re.IGNORECASE | re.ASCII)
_BASIC = re.compile(rf"{_WEEKDAY}{_BASIC_DATE}(?:[T ]{_BASIC_TIME})?", re.IGNORECASE | re.ASCII)
_TIME_ALONE = re.compile(_TIME, re.IGNORECASE | re.ASCII)

_DURATION = re.compile(
    r"""(?P<number>[0-9]{1,7}) |
    (?:(?P<weeks>[0-9]{1,7})\ ?w(?:eeks?)?\ ?)?
    (?:(?P<days>[0-9]{1,7})\ ?d(?:ays?)?\ ?)?
    (?:(?P<hours>[0-9]{1,7}(?:[.,][0-9]{1,2})?)\ ?h(?:(?:ou)?rs?)?\ ?)?
    (?:(?P<minutes>[0-9]{1,7}) (?:\ ?m(?:in(?:ute)?s?)?|(?(hours)|(?!))))?  # after hours the unit may be missing
    """,
    re.IGNORECASE | re.ASCII | re.VERBOSE,
)
_ISO_DURATION = re.compile(
    r"P(?:(?P<weeks>[0-9]{1,7})W)?(?:(?P<days>[0-9]{1,7})D)?"
    r"(?:T(?=[0-9])(?:(?P<hours>[0-9]{1,7}(?:[.,][0-9]{1,2})?)H)?(?:(?P<minutes>[0-9]{1,7})M)?)?",
    re.IGNORECASE | re.ASCII,
)
_LONGEST = dt.timedelta(days=5 * 366)

_CURES = (
    (r"[0-9] ?[\u2010-\u2015] ?[0-9]", "the sign between the numbers is a dash", "write hyphens, such as 2026-11-07"),
    (
        r"^[0-9]{4}-[0-9]{1,2}(?:-[0-9]{1,2})?(?: ?/ ?| to )[0-9]{4}",
        "this is a span of dates, and one belongs here",
        "write the first, and the last into the field for it; several dates are a list: [2027-07, 2027-08]",
    ),
    (
        r"^(?:jan|feb|mar|apr|may\b|june?\b|july?\b|aug|sep|oct|nov|dec)[a-z]*\.?,?(?: [0-9]{4})?$",
        "a month is written as a number, after its year",
        "write 2026-11 for November 2026",
    ),
    (
        r"(?<![0-9-])[0-9]{1,2}([./-]) ?[0-9]{1,2}\1 ?[0-9]{2}",
        "a date begins with its year, in four digits",
        "write year, month and day, such as 2026-11-07",
    ),
    (r"[0-9]{4}[./][0-9]", "a date has hyphens between its numbers", "write a date such as 2026-11-07"),
    (
        r"\b(?:jan|feb|mar|apr|may\b|june?\b|july?\b|aug|sep|oct|nov|dec)",
        "a month is written as a number",
        "write 2026-11-07 for 7 November 2026",
    ),
    (r"[0-9] ?[ap]\.?m\b", "a time is written on the 24-hour clock", "write 19:30 for 7:30 pm"),
    (
        r"(?:^|[0-9][T ])[0-9]{1,2}[h.]?[0-9]{0,2}$",
        "a time is hours and minutes, with a colon between them",
        "write a time such as 18:30",
    ),
    (r"^[0-9]{1,2}:[0-9]{2}", "the day is missing", "write the day first, such as 2026-11-07 18:00"),
    (
        r"\b(?:tb[acd]|announced)\b",
        "this is not a date",
        "while the day is open, write the month or the year, such as 2027-05",
    ),
    (
        r"^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}\b",
        "there is more here than a date and a time",
        "an end and a time zone have fields of their own; an offset is written +01:00",
    ),
)
"""What a mistake looks like, the message and the hint; the first that fits is told."""


def _plain(text: str) -> str:
    """The text with single blanks for any white space, and with a hyphen for the minus sign (ISO 8601 has both)."""
    return " ".join(text.split()).replace("\u2212", "-")


def _date(year: str, month: str, day: str, years: Container[int]) -> dt.date:
    if int(year) not in years:
        raise Unreadable("the year is not between 1800 and 2200", "write a date such as 2026-11-07")
    if int(month) not in range(1, 13):
        raise Unreadable("there is no such month", "write year, month and day, such as 2026-11-07")
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        raise Unreadable("there is no such day in that month") from None


def _timed(match: re.Match[str], day: Written) -> Written:
    """The day with the time, and the offset if there is one, that ``match`` found."""
    hour, minute, second = (int(match[part] or "0") for part in ("hour", "minute", "second"))
    date, weekday = day.date, day.weekday
    if (hour, minute, second) == (24, 0, 0):
        date, hour = date + dt.timedelta(days=1), 0
        weekday = None if weekday is None else (weekday + 1) % 7
    try:
        time = dt.time(hour, minute, second)
    except ValueError:
        raise Unreadable("there is no such time", "hours go to 23, minutes and seconds to 59") from None
    offset = _read_offset(match["offset"]) if match["offset"] else day.offset
    return Written(date, "time", time, offset, weekday)


def _read_offset(text: str) -> dt.timedelta:
    if text in "Zz":
        return dt.timedelta()
    digits = text[1:].replace(":", "").ljust(6, "0")
    ahead = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:4]), seconds=int(digits[4:]))
    return -ahead if text[0] == "-" else ahead


def _misspelt(text: str) -> Unreadable:
    for pattern, message, hint in _CURES:
        if re.search(pattern, text[:60], re.IGNORECASE | re.ASCII):
            return Unreadable(message, hint)
    return Unreadable("this is not a date", "write a date such as 2026-11-07 or a time such as 2026-11-07 18:00")


def _offset(moment: dt.datetime) -> dt.timedelta:
    return moment.utcoffset() or dt.timedelta()


def _pasteable(moment: dt.datetime) -> str:
    """The moment as clocks there show it; by way of UTC, since ``moment`` may lie in a gap."""
    shown = moment.astimezone(dt.UTC).astimezone(moment.tzinfo)
    return shown.isoformat(timespec="seconds" if shown.second else "minutes")


# Names that are said but are in no list, or in it for somewhere else (`Pacific` is also a folder of islands).
_ALSO_SAID = {
    "aedt": "Australia/Sydney",
    "aest": "Australia/Sydney",
    "bst": "Europe/London",
    "cdt": "America/Chicago",
    "central": "America/Chicago",
    "cest": "Europe/Berlin",
    "cst": "America/Chicago",
    "eastern": "America/New_York",
    "edt": "America/New_York",
    "eest": "Europe/Helsinki",
    "ist": "Asia/Kolkata",
    "jst": "Asia/Tokyo",
    "mdt": "America/Denver",
    "mountain": "America/Denver",
    "nzdt": "Pacific/Auckland",
    "nzst": "Pacific/Auckland",
    "pacific": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "pst": "America/Los_Angeles",
    "sast": "Africa/Johannesburg",
}


@functools.cache
def _zones_as_said() -> dict[str, str]:
    """Names of zones by what people say, in lower case: the whole name, its city alone, some abbreviations.

    Of two zones with one city the longer name wins, as it is the newer one. ``Etc/GMT+1`` is left out: it means UTC-1.
    """
    names = sorted((name for name in zoneinfo.available_timezones() if not name.startswith("Etc/")), key=len)
    cities = {name.rpartition("/")[2].lower(): name for name in names}
    return cities | {name.lower(): name for name in names} | _ALSO_SAID
