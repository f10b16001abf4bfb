"""What an editor writes of a repetition, as a rule (section 4 of the content contract).

``every`` and ``day`` are words, ``rrule`` is the value of an RRULE (RFC 5545, section 3.3.10). Both become one `Rule`.
"""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterable, Mapping

from sitegen.model import Rule
from sitegen.times import Unreadable

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
ORDINALS = ("last", "first", "second", "third", "fourth", "fifth")
"""By number: the last is -1 and stands where 0 would, as no day is the zeroth."""

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ADVERBS = {
    "daily": ("DAILY", 1),
    "weekly": ("WEEKLY", 1),
    "fortnightly": ("WEEKLY", 2),
    "fortnight": ("WEEKLY", 2),
    "monthly": ("MONTHLY", 1),
    "quarterly": ("MONTHLY", 3),
    "quarter": ("MONTHLY", 3),
    "yearly": ("YEARLY", 1),
    "annually": ("YEARLY", 1),
    "annual": ("YEARLY", 1),
}
_UNITS = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}
_TWO_MEANINGS = {"biweekly": "week", "bi-weekly": "week", "bimonthly": "month", "bi-monthly": "month"}
_LARGEST = 999
"""No repetition has a longer interval: 999 days are years."""


def every(text: str) -> tuple[str, int]:
    """Frequency and interval of ``week``, ``2 weeks``, ``other week``, ``quarterly``; raises `Unreadable`."""
    said = " ".join(text.lower().split()).removeprefix("every ")
    if said in _ADVERBS:
        return _ADVERBS[said]
    if said in _TWO_MEANINGS:
        period = _TWO_MEANINGS[said]
        hint = f"write 2 {period}s; twice a {period} is every: {period}, with two days"
        raise Unreadable("this word has two meanings", hint)
    number, _, unit = said.rpartition(" ")
    interval = _number(number) if number else 1
    frequency = _UNITS.get(unit.removesuffix("s"))
    if frequency and interval in range(1, _LARGEST + 1):
        return frequency, interval
    hint = "write day, week, 2 weeks, other week, month, 3 months or year"
    if _is_day(said):
        hint = f"write every: {_period_of(said)}, and day: {text.strip()}"
        if said.startswith("second ") and _period_of(said) == "month":
            hint += f"; every other {said.removeprefix('second ').title()} is every: 2 weeks"
    raise Unreadable("this is not how often something repeats", hint)


def _number(text: str) -> int:
    """2, two, 2nd, second and other are 2; 0 is no number."""
    if text == "other":
        return 2
    if text in _NUMBERS:
        return _NUMBERS.index(text) + 1
    if text in ORDINALS[2:]:
        return ORDINALS.index(text)
    match = re.fullmatch(r"([0-9]{1,3})(?:st|nd|rd|th)?", text)
    return int(match[1]) if match else 0


def _is_day(said: str) -> bool:
    try:
        _days_of(said)
    except Unreadable:
        return False
    return True


def _period_of(said: str) -> str:
    """The period in which a day is meant."""
    weekdays, days, months = _days_of(said)
    return "year" if months else "month" if days or any(position for position, _ in weekdays) else "week"


Days = tuple[tuple[tuple[int, int], ...], tuple[int, ...], tuple[int, ...]]
"""Weekdays with their position (0: every one), days of the month (-1: the last), and months."""


def rule(period: tuple[str, int], written: Iterable[str], start: dt.date) -> Rule:
    """The rule of ``every`` and ``day``; what is left out is that of ``start``. Raises `Unreadable`.

    - a week has weekdays: ``Tuesday``, ``Tue and Fri``;
    - a month has days that must be said: ``second Thursday``, ``first and third Monday``, ``last day``, ``15``;
    - a year has those of a month: ``second Thursday of October``, ``15 March``.
    """
    frequency, interval = period
    each = [_days_of(text) for text in written]
    weekdays = tuple(dict.fromkeys(day for found in each for day in found[0]))
    days = tuple(dict.fromkeys(day for found in each for day in found[1]))
    months = tuple(dict.fromkeys(month for found in each for month in found[2]))
    _refuse_what_does_not_fit(period, weekdays, days, months, start)
    if len({found[2] for found in each}) > 1 and len(weekdays) + len(days) > 1:
        raise _different_days()
    if frequency == "WEEKLY":
        weekdays = weekdays or ((0, start.weekday()),)
    if frequency == "YEARLY" and not (weekdays or days):
        days = (start.day,)
        months = months or (start.month,)
    return Rule(frequency, interval, weekdays=weekdays, days=days, months=months)


def _different_days() -> Unreadable:
    return Unreadable("different days of different months are different events", "give each its own file")


def _refuse_what_does_not_fit(
    period: tuple[str, int],
    weekdays: tuple[tuple[int, int], ...],
    days: tuple[int, ...],
    months: tuple[int, ...],
    start: dt.date,
) -> None:
    frequency, interval = period
    positions = {bool(position) for position, _ in weekdays}
    if weekdays and days:
        raise Unreadable("a weekday and a day of the month do not go together", "make two events of them")
    if frequency == "DAILY" and (weekdays or days or months):
        raise Unreadable("every day needs no day", "leave it out, or write every: week, and day: [Mon, Tue, …]")
    if frequency == "WEEKLY" and (days or months or True in positions):
        raise Unreadable("a week has only weekdays", "write such as day: Tuesday, or every: month")
    if frequency == "MONTHLY" and months:
        raise Unreadable("this names a month of the year", "write every: year, or leave the month out")
    if frequency == "MONTHLY" and not (weekdays or days):
        often = "month" if interval == 1 else f"{interval} months"
        hint = f"write {{every: {often}, day: {_nth(start)}}}, or day: {start.day}"
        raise Unreadable("which day of the month is not said", hint)
    if frequency in ("MONTHLY", "YEARLY") and False in positions:
        raise Unreadable(
            "which of these weekdays is not said", f"write such as {_nth(start)}; for all of them every: week"
        )
    if frequency == "YEARLY" and (weekdays or days) and not months:
        raise Unreadable("which month is not said", f"write such as {_nth(start)} of {MONTHS[start.month - 1]}")


def _nth(day: dt.date) -> str:
    """Which weekday of its month a day is: "second Thursday"."""
    position = (day.day - 1) // 7 + 1
    return f"{ORDINALS[position if position < len(ORDINALS) - 1 else 0]} {WEEKDAYS[day.weekday()]}"


_SMALL = frozenset(("the", "on", "every", "each", "and", "&", "of", "in", "month", "year"))


def _days_of(text: str) -> Days:
    """What a text says of days; raises `Unreadable`."""
    weekdays: list[tuple[int, int]] = []
    days: list[int] = []
    months: list[int] = []
    waiting: list[tuple[int, bool]] = []  # positions whose weekday comes later, and whether they were digits
    words = _words(text)
    for word in words:
        if word in ("day", "days"):
            days += [position for position, _ in waiting]
            waiting = []
        elif (weekday := _named(word, WEEKDAYS)) is not None:
            weekdays += [(position, weekday) for position, _ in waiting or [(0, False)]]
            waiting = []
        elif (month := _named(word, MONTHS)) is not None:
            months.append(month + 1)
        elif (position := _position(word)) is not None:
            waiting.append((position, word[0].isdigit()))
        else:
            raise _unknown_day()
    days += [position for position, digits in waiting if digits]
    if not (weekdays or days or months) or not all(digits for _, digits in waiting):
        raise _unknown_day()
    if not set(days) <= {*range(1, 32), -1, -2} or any(abs(position) > _MOST_WEEKS for position, _ in weekdays):
        raise Unreadable("no month has such a day", "write 1 to 31, or last day; first to fifth, or last")
    order = "".join("m" if _named(word, MONTHS) is not None else "d" for word in words)
    if re.search("dm+d|md+m", order) and len({*months}) > 1 and len({*weekdays, *days}) > 1:
        raise _different_days()
    return tuple(weekdays), tuple(days), tuple(months)


def _words(text: str) -> list[str]:
    """The words that say something; nobody means the second and the last by "second last"."""
    said = re.sub(r"\b(?:second|2nd)[ -](?:to[ -])?last\b", "penultimate", " ".join(text.lower().split()))
    if len(said) > _LONGEST or re.search(r"(?:third|fourth|fifth|[0-9](?:rd|th))[ -](?:to[ -])?last\b", said):
        raise _unknown_day()
    return [word for word in re.findall(r"[^\s,/]+", said) if word not in _SMALL]


_LONGEST = 200
"""Characters: no day takes more words."""


_MOST_WEEKS = 5
"""No weekday is more often in a month."""


def _unknown_day() -> Unreadable:
    return Unreadable(
        "this is not a day of a repetition",
        "write such as Tuesday, second Thursday, last day, 15, or second Thursday of October",
    )


def _named(word: str, names: tuple[str, ...]) -> int | None:
    """Which of the names a word is, or begins with at least three letters."""
    bare = word.removesuffix(".")
    least = 3
    found = (index for index, name in enumerate(names) if len(bare) >= least and name.lower().startswith(bare))
    plural = (index for index, name in enumerate(names) if bare == f"{name.lower()}s")
    return next(found, next(plural, None))


def _position(word: str) -> int | None:
    if word in ORDINALS:
        return ORDINALS.index(word) or -1
    if word == "penultimate":
        return -2
    match = re.fullmatch(r"(0?[1-9]|[1-9][0-9])(?:st|nd|rd|th|\.)?", word)
    return int(match[1]) if match else None


# --- RRULE

_WEEKDAY = "(?:MO|TU|WE|TH|FR|SA|SU)"
_PARTS = {
    "FREQ": r"(?:DAILY|WEEKLY|MONTHLY|YEARLY)",
    "INTERVAL": r"[1-9][0-9]{0,2}",
    "COUNT": r"[1-9][0-9]{0,4}",
    "UNTIL": r"[0-9]{8}(?:T[0-9]{6}Z?)?",
    "BYDAY": rf"(?:[+-]?[0-9]{{1,2}})?{_WEEKDAY}(?:,(?:[+-]?[0-9]{{1,2}})?{_WEEKDAY})*",
    "BYMONTHDAY": r"[+-]?[0-9]{1,2}(?:,[+-]?[0-9]{1,2})*",
    "BYMONTH": r"[0-9]{1,2}(?:,[0-9]{1,2})*",
    "BYYEARDAY": r"[+-]?[0-9]{1,3}(?:,[+-]?[0-9]{1,3})*",
    "BYWEEKNO": r"[+-]?[0-9]{1,2}(?:,[+-]?[0-9]{1,2})*",
    "BYSETPOS": r"[+-]?[0-9]{1,3}(?:,[+-]?[0-9]{1,3})*",
    "WKST": _WEEKDAY,
}
"""The parts of an RRULE that repeat days (RFC 5545, section 3.3.10)."""
_PLAIN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH"}
_HIGHEST = {"BYMONTHDAY": 31, "BYMONTH": 12, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYSETPOS": 366}
_NOT_WITH = {
    "BYMONTHDAY": {"WEEKLY"},
    "BYYEARDAY": {"DAILY", "WEEKLY", "MONTHLY"},
    "BYWEEKNO": {"DAILY", "WEEKLY", "MONTHLY"},
}
"""The frequencies with which RFC 5545 forbids a part."""
_LEAP_YEAR = 2028
_WITHIN_A_DAY = {"BYHOUR", "BYMINUTE", "BYSECOND"}


def read_rrule(text: str) -> Rule:
    """The rule that an RRULE is; ``until`` is as it was written, for the event's zone. Raises `Unreadable`."""
    parts: dict[str, str] = {}
    for part in text.upper().replace(" ", "").removeprefix("RRULE:").strip(";").split(";"):
        name, _, value = part.partition("=")
        if name in _WITHIN_A_DAY or value in ("HOURLY", "MINUTELY", "SECONDLY"):
            raise Unreadable("an event repeats by days, not within a day", "its time is that of start")
        if name not in _PARTS or name in parts or not re.fullmatch(_PARTS[name], value):
            raise Unreadable(
                "this is not the value of an RRULE", "write such as FREQ=MONTHLY;BYDAY=2TH; words stand in repeats:"
            )
        parts[name] = value
    if "FREQ" not in parts:
        raise Unreadable("the FREQ of the rule is missing", "write such as FREQ=MONTHLY;BYDAY=2TH")
    if parts["FREQ"] == "DAILY" and "BYSETPOS" in parts:
        raise Unreadable("a day has only itself to choose from", "leave BYSETPOS out")
    if "COUNT" in parts and "UNTIL" in parts:
        raise Unreadable("COUNT and UNTIL do not go together", "keep one of the two")
    numbers = {name: tuple(map(int, parts[name].split(","))) for name in _HIGHEST if name in parts}
    weekdays = tuple(
        (int(position) if position else None, CODES.index(code))
        for position, code in re.findall(r"([+-]?[0-9]*)([A-Z]{2})", parts.get("BYDAY", ""))
    )
    _refuse_what_no_rule_has(parts, numbers, [position for position, _ in weekdays if position is not None])
    return Rule(
        parts["FREQ"],
        int(parts.get("INTERVAL", "1")),
        weekdays=tuple((position or 0, day) for position, day in weekdays),
        days=numbers.get("BYMONTHDAY", ()),
        months=numbers.get("BYMONTH", ()),
        more=";".join(f"{name}={value}" for name, value in parts.items() if name not in _PLAIN),
        count=int(parts.get("COUNT", "0")),
        until=parts.get("UNTIL", ""),
    )


def _refuse_what_no_rule_has(
    parts: Mapping[str, str], numbers: Mapping[str, tuple[int, ...]], positions: Iterable[int]
) -> None:
    """What RFC 5545, section 3.3.10, forbids: programs take it for one thing or another."""
    frequency = parts["FREQ"]
    most = 53 if frequency == "YEARLY" and "BYMONTH" not in parts else _MOST_WEEKS
    if any(not 1 <= abs(each) <= _HIGHEST[name] for name, found in numbers.items() for each in found) or any(
        not 1 <= abs(position) <= most for position in positions
    ):
        raise Unreadable("there is no such day, week or month")
    longest = max(monthrange(_LEAP_YEAR, month)[1] for month in numbers.get("BYMONTH", range(1, 13)))
    if min(map(abs, numbers.get("BYMONTHDAY", (1,)))) > longest:  # it would be looked for to the end of time
        raise Unreadable("none of these months has such a day")
    for name in parts:
        if frequency in _NOT_WITH.get(name, ()):
            other = "MONTHLY" if name == "BYMONTHDAY" else "YEARLY"
            raise Unreadable(f"{name} does not go with FREQ={frequency}", f"write FREQ={other}, or leave it out")
    if positions and (frequency in ("DAILY", "WEEKLY") or "BYWEEKNO" in parts):
        raise Unreadable("which of its weekdays only a month or a year can say", "write FREQ=MONTHLY, or BYDAY=TH")
    if "BYSETPOS" in parts and not any(name.startswith("BY") for name in parts if name != "BYSETPOS"):
        raise Unreadable("BYSETPOS chooses among days, and none are said", "add such as BYDAY=MO,TU,WE,TH,FR")
