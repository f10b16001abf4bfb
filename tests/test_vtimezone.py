"""VTIMEZONEs, as readers that are not ours understand them: dateutil from local time to UTC, icalendar the other way.

What they read is compared with zoneinfo at many moments, among them the first and last second of every offset.
"""

import datetime as dt
import io
import re
import zoneinfo
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable
from itertools import pairwise

import pytest
from dateutil import tz  # type: ignore[import-untyped]
from icalendar import Timezone

from sitegen import times
from sitegen.vtimezone import vtimezone

HOUR, DAY = 3600, 86_400

ZONES = [
    ("Europe/Oslo", 2026, 2026),
    ("Europe/Dublin", 2024, 2026),
    ("Europe/Lisbon", 1990, 1998),
    ("Europe/London", 1940, 1948),
    ("Europe/Istanbul", 2014, 2018),
    ("America/New_York", 2005, 2010),
    ("America/Caracas", 2006, 2017),
    ("America/Nuuk", 2020, 2036),
    ("America/Santiago", 2010, 2036),
    ("America/Sao_Paulo", 2005, 2021),
    ("America/Argentina/San_Luis", 2006, 2010),
    ("Africa/Cairo", 2022, 2036),
    ("Africa/Casablanca", 2007, 2030),
    ("Asia/Gaza", 2020, 2036),
    ("Asia/Jerusalem", 2020, 2036),
    ("Asia/Kathmandu", 1984, 1987),
    ("Asia/Kolkata", 2026, 2026),
    ("Asia/Tehran", 2015, 2024),
    ("Asia/Tokyo", 2026, 2030),
    ("Antarctica/Casey", 2008, 2024),
    ("Antarctica/Troll", 2020, 2024),
    ("Australia/Lord_Howe", 2024, 2026),
    ("Australia/Sydney", 2005, 2010),
    ("Pacific/Apia", 2009, 2022),
    ("Pacific/Fiji", 2008, 2022),
    ("Pacific/Kwajalein", 1992, 1994),
    ("UTC", 2026, 2026),
]
BY_THE_SUN = [("Europe/Oslo", 1892, 1897), ("Africa/Monrovia", 1970, 1973), ("Europe/Paris", 1890, 1920)]
REGULAR = [
    ("Europe/Oslo", 2026),
    ("Europe/Dublin", 2026),
    ("America/New_York", 1985),
    ("America/Havana", 2020),
    ("Asia/Beirut", 2026),
    ("Australia/Lord_Howe", 2026),
    ("Antarctica/Troll", 2026),
    ("Pacific/Auckland", 1960),
    ("Asia/Tokyo", 2026),
    ("America/Sao_Paulo", 1980),
]
IRREGULAR = [("America/Santiago", 2026), ("America/Nuuk", 2026), ("Asia/Jerusalem", 2026), ("Asia/Gaza", 2026)]


def local(zone: str, moment: int) -> dt.datetime:
    """A moment on the clocks of a zone."""
    return dt.datetime.fromtimestamp(moment, times.zone(zone))


def stamp(year: int) -> int:
    """The moment at which a year begins in UTC."""
    return int(dt.datetime(year, 1, 1, tzinfo=dt.UTC).timestamp())


def moments(zone: str, begin: int, end: int) -> list[int]:
    """Every six hours for two years, then every week; the last second of every offset and the first of the next."""
    found = sorted({*range(begin, min(end, begin + 731 * DAY), 6 * HOUR), *range(begin, end, 7 * DAY), end - 1})
    for early, late in pairwise(found.copy()):
        if local(zone, early).utcoffset() != local(zone, late).utcoffset():
            onset = first_other(zone, early, late)
            found += [onset - 1, onset]
    return found


def first_other(zone: str, early: int, late: int) -> int:
    """The first second after a moment at which the zone has another offset than at that moment."""
    before = local(zone, early).utcoffset()
    return early + bisect_left(range(early, late), x=True, key=lambda each: local(zone, each).utcoffset() != before)


def wrong_by_dateutil(zone: str, data: bytes, when: Iterable[int]) -> list[dt.datetime]:
    """When dateutil, told the local time, is mistaken about the offset or the name of that time."""
    told = tz.tzical(io.StringIO(data.decode())).get(zone)
    clocks = [local(zone, moment) for moment in when]
    return [each for each in clocks if (told.utcoffset(each), told.tzname(each)) != (each.utcoffset(), each.tzname())]


def wrong_by_icalendar(zone: str, data: bytes, when: Collection[int]) -> list[dt.datetime]:
    """When icalendar, told the time in UTC, is mistaken about the offset; also around each onset that it found.

    It knows onsets up to 2038.
    """
    read = Timezone.from_ical(data.decode())
    assert isinstance(read, Timezone)
    utc, told = read.get_transitions()
    onsets = [int(each.replace(tzinfo=dt.UTC).timestamp()) for each in utc]
    around = [each for onset in onsets for each in (onset - 1, onset) if min(when) <= each <= max(when)]
    clocks = [local(zone, moment) for moment in (*when, *around)]
    return [each for each in clocks if told[bisect_right(onsets, each.timestamp()) - 1][0] != each.utcoffset()]


def rules(data: bytes) -> list[str]:
    """The recurrence rules."""
    return re.findall(r"^RRULE:(.*)\r$", data.decode(), re.MULTILINE)


@pytest.mark.parametrize(("zone", "first", "last"), ZONES)
def test_a_span(zone: str, first: int, last: int) -> None:
    """It is right at any moment from the year before the first to the year after the last."""
    data = vtimezone(zone, first, last)
    when = moments(zone, stamp(first - 1), stamp(last + 2))
    assert wrong_by_dateutil(zone, data, when) == []
    assert wrong_by_icalendar(zone, data, when) == []


@pytest.mark.parametrize(("zone", "first", "last"), BY_THE_SUN)
def test_offsets_of_seconds(zone: str, first: int, last: int) -> None:
    """Clocks set by the sun have offsets that are no whole minutes (which icalendar would make of them)."""
    data = vtimezone(zone, first, last)
    assert re.search(rb"^TZOFFSETFROM:[+-]\d{6}\r$", data, re.MULTILINE)
    assert wrong_by_dateutil(zone, data, moments(zone, stamp(first - 1), stamp(last + 2))) == []


@pytest.mark.parametrize(("zone", "first"), REGULAR + IRREGULAR)
def test_without_an_end(zone: str, first: int) -> None:
    """It is right for forty years, whatever the zone."""
    data = vtimezone(zone, first, None)
    when = moments(zone, stamp(first - 1), stamp(first + 40))
    assert wrong_by_dateutil(zone, data, when) == []
    assert wrong_by_icalendar(zone, data, [each for each in when if each < stamp(2038)]) == []


@pytest.mark.parametrize(("zone", "first"), REGULAR)
def test_for_ever(zone: str, first: int) -> None:
    """Where the rules of today are such as can be told, they hold in the next century too."""
    assert wrong_by_dateutil(zone, vtimezone(zone, first, None), moments(zone, stamp(2130), stamp(2140))) == []


@pytest.mark.parametrize(("zone", "first"), IRREGULAR)
def test_not_for_ever(zone: str, first: int) -> None:
    """What held for some years by coincidence is not told as a rule for ever: in March in Nuuk, on the last Saturday.

    Summer time would then set in a week late every six years.
    """
    months = [re.sub(r"\D*(\d+).*", r"\1", rule) for rule in rules(vtimezone(zone, first, None)) if "UNTIL" not in rule]
    assert months == {"America/Nuuk": ["10"], "Asia/Jerusalem": ["10"]}.get(zone, [])


def test_oslo_for_ever() -> None:
    """Two rules and what holds before them, the latest first."""
    assert vtimezone("Europe/Oslo", 2026, None).decode().split("\r\n") == [
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Oslo",
        "BEGIN:STANDARD",
        "DTSTART:20251026T030000",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "TZNAME:CET",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "END:STANDARD",
        "BEGIN:DAYLIGHT",
        "DTSTART:20250330T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "TZNAME:CEST",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:20250101T010000",
        "TZNAME:CET",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0100",
        "END:STANDARD",
        "END:VTIMEZONE",
        "",
    ]


def test_a_rule_that_ends() -> None:
    """In New York other rules came in 2007; the old ones end after their last onset, by whatever clock it is read."""
    assert rules(vtimezone("America/New_York", 2005, 2010)) == [
        "FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
        "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU",
        "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20061031T000000Z",
        "FREQ=YEARLY;BYMONTH=4;BYDAY=1SU;UNTIL=20060404T000000Z",
    ]


def test_two_years_are_no_rule() -> None:
    """Two dates of an old rule are listed as dates."""
    data = vtimezone("America/New_York", 2006, 2010)
    assert rules(data) == ["FREQ=YEARLY;BYMONTH=11;BYDAY=1SU", "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"]
    assert b"\r\nDTSTART:20051030T020000\r\nRDATE:20051030T020000\r\nRDATE:20061029T020000\r\nTZNAME:EST\r\n" in data


def test_summer_time_becomes_standard_time() -> None:
    """In 1968 British summer time became standard time: an onset at which no clock was set."""
    data = vtimezone("Europe/London", 1968, 1970).decode().replace("\r\n", " ")
    assert "BEGIN:STANDARD DTSTART:19681027T000000 TZNAME:BST TZOFFSETFROM:+0100 TZOFFSETTO:+0100 END" in data


def test_dates_without_a_rule() -> None:
    """Summer time in Morocco went by Ramadan: dates that no rule has are listed, those of one kind together."""
    text = vtimezone("Africa/Casablanca", 2020, 2022).decode()
    assert "RRULE" not in text
    dates = [f"RDATE:{day}T020000" for day in (20190609, 20200531, 20210516, 20220508)]
    assert "\r\n".join(["DTSTART:20190609T020000", *dates]) in text


@pytest.mark.parametrize(("zone", "first", "last"), ZONES)
def test_dates_are_in_order(zone: str, first: int, last: int) -> None:
    """The first onset of a list is its DTSTART, whatever months they are in."""
    for part in vtimezone(zone, first, last).decode().split("END:"):
        dates = re.findall(r"^(?:DTSTART|RDATE):(.*)\r$", part, re.MULTILINE)
        assert dates == sorted(dates)


def test_every_zone() -> None:
    """Any zone is right in these years, in lines that need no folding and rules that Outlook can read."""
    weekly = range(stamp(2019), stamp(2038), 7 * DAY)
    for zone in sorted(zoneinfo.available_timezones() - {"Factory"}):
        data = vtimezone(zone, 2020, 2036)
        assert data.startswith(f"BEGIN:VTIMEZONE\r\nTZID:{zone}\r\nBEGIN:".encode())
        assert max(map(len, data.split(b"\r\n"))) <= 75
        assert not set(b"".join(data.split(b"\r\n"))) & set(b"\r\n")
        for rule in rules(data):
            assert re.fullmatch(
                r"FREQ=YEARLY;BYMONTH=\d+;BYDAY=([1-4]|-1)(MO|TU|WE|TH|FR|SA|SU)(;UNTIL=\d{8}T000000Z)?", rule
            )
        assert wrong_by_icalendar(zone, data, weekly) == [], zone
