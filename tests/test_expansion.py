"""The dates of an event are the same moments in the program, in dateutil and in ical.js, over ten years.

The libraries are given the calendar alone: vobject reads it for dateutil, and the rules of its zones are the
VTIMEZONEs of the file. What each makes of a time that no clock shows, or that clocks show twice, is said with it.
"""

import datetime as dt
import io
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import vobject  # type: ignore[import-untyped]
from dateutil import tz  # type: ignore[import-untyped]
from dateutil.rrule import rruleset, rrulestr  # type: ignore[import-untyped]

from sitegen import times
from tests.steps import epoch, linked, outputs

HEAD = """
-- site.yaml --
name: Working Order
url: https://example.org/
timezone: Europe/Oslo
calendar: {horizon: 120 months}
-- events/e.yaml --
title: Talk
"""
LAST = "2036-11-30T23:59"
"""The last moment that a horizon of ten years has in it."""

Moment = int | str
"""Seconds since 1970, or a day."""
Date = tuple[Moment, Moment, str]
"""When a date begins and ends, and its status."""
Dates = dict[str, Date]
"""Those of an event, by the day that its repetition has for it."""

# --- What is compared

GRAMMAR = {
    # every, and what begins on Saturday 7 November 2026 unless it says otherwise
    "daily": "repeats: daily",
    "every day": "repeats: {every: day}",
    "every 10 days": "repeats: {every: 10 days}",
    "weekly": "repeats: weekly",
    "every week": "repeats: {every: week}",
    "every 2 weeks": "repeats: {every: 2 weeks}",
    "every other week": "repeats: {every: other week}",
    "monthly": "repeats: {every: monthly, day: first Saturday}",
    "every month": "repeats: {every: month, day: 7}",
    "every 3 months": "repeats: {every: 3 months, day: first Saturday}",
    "quarterly": "repeats: {every: quarterly, day: 7}",
    "yearly": "repeats: yearly",
    "every year": "repeats: {every: year}",
    "every 2 years": "repeats: {every: 2 years}",
    # day
    "a weekday": "start: 2026-11-10 18:00\nrepeats: {every: week, day: Tuesday}",
    "two weekdays": "start: 2026-11-10 18:00\nrepeats: {every: week, day: [Tue, Fri]}",
    "two weekdays of every other week": "start: 2026-11-10 18:00\nrepeats: {every: 2 weeks, day: [Sun, Tue]}",
    "second Thursday": "start: 2026-11-12 18:00\nrepeats: {every: month, day: second Thursday}",
    "first and third Monday": "start: 2026-12-07 18:00\nrepeats: {every: month, day: first and third Monday}",
    "last Friday": "start: 2026-11-27 18:00\nrepeats: {every: month, day: last Friday}",
    "second to last Friday": "start: 2026-11-20 18:00\nrepeats: {every: month, day: second to last Friday}",
    "fifth Sunday": "start: 2026-11-29 18:00\nrepeats: {every: month, day: fifth Sunday}",
    "last day": "start: 2026-11-30 18:00\nrepeats: {every: month, day: last day}",
    "15": "start: 2026-11-15 18:00\nrepeats: {every: month, day: 15}",
    "1 and 15": "start: 2026-11-15 18:00\nrepeats: {every: month, day: [1, 15]}",
    "31": "start: 2026-12-31 18:00\nrepeats: {every: month, day: 31}",
    "second Thursday of October": "start: 2027-10-14 18:00\nrepeats: {every: year, day: second Thursday of October}",
    "15 March": "start: 2027-03-15 18:00\nrepeats: {every: year, day: 15 March}",
    "last day of February": "start: 2027-02-28 18:00\nrepeats: {every: year, day: last day of February}",
    "29 February": "start: 2028-02-29 18:00\nrepeats: {every: year}",
    # until, count, except, also, dates
    "until a day": "repeats: {every: week, until: 2026-12-12}",
    "until a day that is none": "repeats: {every: week, until: 2026-12-11}",
    "until a month": "repeats: {every: week, until: 2027-05}",
    "until a time": "repeats: {every: week, until: '2026-12-12 18:00'}",
    "count": "repeats: {every: week, count: 12}",
    "except a day": "repeats: {every: week, except: 2026-12-12}",
    "except a month": "repeats: {every: week, except: 2027-07}",
    "except several": "repeats: {every: week, except: [2026-11-14, 2026-12, 2027-08-07]}",
    "except the first": "repeats: {every: week, except: [2026-11-07]}",
    "also": "repeats: {every: week, also: [2026-11-12, 2026-12-24]}",
    "also at another time": "repeats: {every: week, also: 2026-11-12 20:30}",
    "dates": "repeats: {dates: [2026-11-07, 2026-11-12 20:00, 2027-07-01]}",
}
"""Every form of the contract's table."""

CHANGES = {
    "cancelled": "repeats: {every: week, changes: {2026-12-12: cancelled}}",
    "every word": "repeats: {every: week, changes: {2026-12-12: postponed, 2026-12-19: tentative}}",
    "another time": "repeats: {every: week, changes: {2026-12-12: {start: 20:00}}}",
    "another day": "repeats: {every: week, changes: {2026-12-12: {start: 2026-12-13 13:00}}}",
    "after the next": "repeats: {every: week, changes: {2026-12-12: {start: 2026-12-22 13:00}}}",
    "over the change of the clocks": "repeats: {every: week, changes: {2027-03-27: {start: 2027-03-28 18:00}}}",
    "another end": "repeats: {every: week, changes: {2026-12-12: {end: 23:00}}}",
    "another duration": "repeats: {every: week, changes: {2026-12-12: {duration: 2 days}}}",
    "another zone": "repeats: {every: week, changes: {2026-12-12: {timezone: America/New_York}}}",
    "another day at the same time": "repeats: {every: week, changes: {2026-12-12: {start: 2026-12-13}}}",
    "the first": "repeats: {every: week, changes: {2026-11-07: {start: 19:00}}}",
    "the last": "repeats: {every: week, until: 2026-12-12, changes: {2026-12-12: {start: 2026-12-31 19:00}}}",
    "an extra date": "repeats: {every: week, also: 2026-11-12, changes: {2026-11-12: cancelled}}",
    "another event": "repeats: {every: week, until: 2027-02-06}\n-- events/f.yaml --\ntitle: Feast\n"
    "start: 2026-12-13 12:00\ninstead_of: {event: e, date: 2026-12-12}",
    "one of many": "repeats: {dates: [2026-11-07, 2026-11-12], changes: {2026-11-12: {start: 9:00}}}",
}

NEW_YORK = "timezone: America/New_York\n"
RULES = {
    "every night through the hour that is skipped": "start: 2026-11-07 02:30\nduration: 90\nrepeats: daily",
    "every night up to it": "start: 2026-11-07 01:00\nend: 02:30\nrepeats: daily",
    "a dance to an hour by the clock": "start: 2026-11-07 21:00\nend: 2026-11-08 03:30\nrepeats: weekly",
    "a dance of six hours": "start: 2026-11-07 22:00\nduration: 6h\nrepeats: weekly",
    "a weekend": "start: 2026-11-13 18:00\nend: 2026-11-15 15:00\nrepeats: {every: month, day: second Friday}",
    "a weekend by its duration": "start: 2026-11-27 18:00\nduration: 1d 21h\nrepeats: {every: month, day: last Friday}",
    "to the end of a day": "start: 2026-11-28 18:00\nend: 2026-11-29\nrepeats: {every: month, day: last Saturday}",
    "the night of New York": f"{NEW_YORK}start: 2026-11-08 02:15\nend: 02:45\n"
    "repeats: {every: week, except: 2027-11-14}",
    "midnight in Santiago": "timezone: America/Santiago\nstart: 2026-11-07 00:30\nend: 2:00\n"
    "repeats: {every: day, until: 2036-09-06}",
    "half an hour on Lord Howe Island": "timezone: Australia/Lord_Howe\nstart: 2026-11-08 01:45\nend: 02:15\n"
    "repeats: {every: week, also: 2026-11-10 02:10}",
    "Ramadan in Casablanca": "timezone: Africa/Casablanca\nstart: 2016-11-06 02:30\nduration: 45\n"
    "repeats: {every: week, until: 2026-10-25, changes: {2025-02-23: cancelled}}",
    "hours of Gaza": "timezone: Asia/Gaza\nstart: 2026-11-06 23:30\nend: 2026-11-07 1:15\nrepeats: daily",
    "clocks of Dublin": "timezone: Europe/Dublin\nstart: 2026-11-08 00:30\nduration: 90\nrepeats: weekly",
    "by UTC": "timezone: UTC\nstart: 2026-11-07 02:30\nend: 3:00\n"
    "repeats: {every: week, until: 2030, except: 2026-12, also: 2026-11-12, changes: {2026-11-14: {start: 9:00}}}",
    "whole days": "start: 2026-11-07\nend: 2026-11-08\nrepeats:\n  every: week\n  until: 2035-06-30\n"
    "  except: [2026-12, 2027-01-02]\n  also: [2026-11-11]\n"
    "  changes: {2026-11-14: cancelled, 2026-11-21: {start: 2026-11-23}, 2026-11-28: {start: 2026-11-28 10:00}}",
    "exceptions and moves": "start: 2026-11-12 18:00\nend: 20:30\nrepeats:\n  every: month\n  day: second Thursday\n"
    "  except: [2027-07, 2027-08]\n  also: [2027-07-01, 2027-08-15 11:00]\n  changes:\n    2026-12-10: cancelled\n"
    "    2027-03-11: {start: 2027-03-28 03:00}\n    2027-04-08: {start: 2027-04-15 13:00, title: Budget special}\n"
    "    2027-10-14: {start: 2027-10-31 01:30, duration: 3h}\n    2028-01-13: {end: 22:00}",
    "to the night of the change": "start: 2026-11-08 02:30\nrepeats: {every: week, until: 2027-10-31}",
    "a dance that begins in such a night": "start: 2026-10-24 21:00\nend: 2026-10-25 3:30\nrepeats: weekly",
    "extra dates in such nights": "start: 2026-11-07 18:00\nend: 21:00\n"
    "repeats: {every: month, day: 7, also: [2027-03-27 23:00, 2027-10-30 23:00, 2027-03-28]}",
    "dates in such nights": f"{NEW_YORK}start: 2026-11-21 23:30\nend: 2026-11-22 2:30\n"
    "repeats: {dates: [2026-11-21, 2027-03-13, 2027-11-06, 2027-12-04 12:00]}",
    "a change of a night that is odd": "start: 2026-11-08 02:30\nrepeats: {every: week, changes: "
    "{2027-03-28: {start: 4:00}, 2027-10-31: cancelled, 2028-03-26: cancelled, 2028-10-29: {venue: Old Hall}}}",
    "the last weekday by RRULE": "start: 2026-11-30 18:00\nrrule: FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "Friday 13 by RRULE": "start: 2026-11-13 18:00\nrrule: FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
    "a week by RRULE": "start: 2027-01-04 18:00\nrrule: FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO;UNTIL=20341231",
    "a weekday by RRULE": "start: 2026-11-09 18:00\nrrule: FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20270328T013000Z\n"
    "repeats: {except: 2026-12-25, changes: {2026-11-13: {start: 10:00}}}",
    "weeks from Sunday by RRULE": "start: 2026-11-08 18:00\nrrule: FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU;WKST=SU;COUNT=30",
    "a month that begins with such a week": "start: 2027-03-01 18:00\n"
    "rrule: FREQ=YEARLY;BYMONTH=3,9;BYDAY=1MO,-1FR;UNTIL=20360101T000000",
}
EVENTS = {**GRAMMAR, **CHANGES, **RULES}


def site_of(fields: str) -> str:
    """A site with one event; what it does not say itself begins on 7 November 2026."""
    own = fields.partition("-- events")[0]
    start = "" if re.search("^start:", own, re.MULTILINE) else "start: 2026-11-07 18:00\n"
    return f"{HEAD}{start}{fields}\n"


def calendar_of(fields: str) -> str:
    """The calendar of an event."""
    output = outputs(site_of(fields))["events/e/event.ics"]
    data = output.render(output.inputs, None)  # type: ignore[arg-type]
    return data.decode()


# --- The program

STATUS = {"confirmed": "CONFIRMED", "tentative": "TENTATIVE", "cancelled": "CANCELLED", "postponed": "CANCELLED"}


def by_the_program(fields: str) -> Dates:
    """The dates as the event's page lists them."""
    site, problems = linked(site_of(fields))
    assert not problems
    found: Dates = {}
    for each in site.programme.dates["events/e"]:
        if each.url:  # another event has taken its place
            continue
        begins, over = (
            dt.datetime.fromtimestamp(at, times.zone(each.when.zone)) for at in (each.when.begins, each.when.over)
        )
        if "T" not in each.when.start:
            begins, over = begins.replace(tzinfo=None), over.replace(tzinfo=None)
        found[each.anchor] = told(begins), told(over), STATUS[each.when.status]
    return found


# --- dateutil


def by_dateutil(text: str) -> Dates:
    """The dates as dateutil expands them, with the properties and zones that are in the calendar.

    It takes a time that no clock shows by the clocks after the change, against RFC 5545, section 3.3.5. It need not, as
    the calendar tells it of such dates one by one. Of two that are shown alike it takes the first, as is said there.
    """
    vars(vobject.icalendar)["__tzidMap"].clear()  # it keeps the first VTIMEZONE of each name
    zones = tz.tzical(io.StringIO(text.replace("\r\n", "\n")))
    parts = vobject.readOne(text).vevent_list
    (series,) = (part for part in parts if "recurrence-id" not in part.contents)
    changed = {planned_by(values(part.recurrence_id, zones)[0]): part for part in parts if part is not series}
    start, last = values(series.dtstart, zones)[0], dt.datetime.fromisoformat(LAST)
    dates = rruleset()
    dates.rdate(start)
    for rule in series.contents.get("rrule", ()):
        dates.rrule(rrulestr(rule.value, dtstart=start))
    for extra in series.contents.get("rdate", ()):
        for each in values(extra, zones):
            dates.rdate(each)
    for skipped in series.contents.get("exdate", ()):
        for each in values(skipped, zones):
            dates.exdate(each)
    lasts = moment(values(series.dtend, zones)[0]) - moment(start)  # one exact length (RFC 5545, section 3.8.5.3)
    found: Dates = {}
    for each in dates.xafter(start, inc=True):
        if each.replace(tzinfo=None) > last:
            break
        one = changed.get(planned_by(each))
        begins = moment(values(one.dtstart, zones)[0] if one else each)
        ends = moment(values(one.dtend, zones)[0]) if one else begins + lasts
        found[planned_by(each)[:10]] = told(begins), told(ends), (one or series).status.value
        changed.pop(planned_by(each), None)
    assert not [planned for planned in changed if planned <= LAST], "RECURRENCE-IDs of no date"
    return found


def values(line: Any, zones: Any) -> list[dt.datetime]:
    """The values of a property, in the zone that the calendar describes; a day is its 0:00, without a zone."""
    named = line.params.get("X-VOBJ-ORIGINAL-TZID") or line.params.get("TZID")
    found = line.value if isinstance(line.value, list) else [line.value]
    if not isinstance(found[0], dt.datetime):
        assert line.params.get("VALUE") == ["DATE"]
        return [dt.datetime.combine(each, dt.time()) for each in found]
    zone = zones.get(named[0]) if named else tz.UTC
    assert all(named or each.utcoffset() == dt.timedelta() for each in found)
    return [each.replace(tzinfo=zone) for each in found]


def moment(each: dt.datetime) -> dt.datetime:
    """A time in UTC; a day as it is."""
    return each.astimezone(dt.UTC) if each.tzinfo else each


def planned_by(each: dt.datetime) -> str:
    """The local start that names a date."""
    return each.replace(tzinfo=None).isoformat(timespec="minutes") if each.tzinfo else f"{each:%Y-%m-%d}"


def told(each: dt.datetime) -> Moment:
    """A moment as it is compared."""
    return int(each.timestamp()) if each.tzinfo else f"{each:%Y-%m-%d}"


# --- ical.js

EXPAND = Path(__file__).parent / "expand.mjs"
MODULES = os.environ.get("SITEGEN_NODE_MODULES", "")
NODE = shutil.which("node")
MISSING = not NODE or not MODULES or not (Path(MODULES) / "ical.js").is_dir()

MORE = {"a week by RRULE"}
"""ical.js 2.2.1 passes over BYWEEKNO: it has these dates and others."""


def by_ical_js() -> Iterator[tuple[str, Dates]]:
    """The name of every event and the dates as ical.js expands them; all at once, as node is slow to start.

    It takes a time that no clock shows by the clocks after the change, and the second of two that are shown alike, both
    against RFC 5545, section 3.3.5; and it counts the length of a date by the clock, against section 3.8.5.3. It need
    not, as the calendar tells it of such dates one by one.
    """
    last = epoch(f"{LAST}Z") + 2 * 86_400
    asked = json.dumps({"calendars": [calendar_of(fields) for fields in EVENTS.values()], "last": last})
    done = subprocess.run([NODE or "", EXPAND], input=asked, capture_output=True, text=True, check=False, timeout=120)
    assert not done.stderr, done.stderr
    for name, dates in zip(EVENTS, json.loads(done.stdout), strict=True):
        yield name, {planned[:10]: (begins, ends, status) for planned, begins, ends, status in dates if planned <= LAST}


# --- What they agree on


@pytest.mark.parametrize("name", EVENTS)
def test_dateutil(name: str) -> None:
    """What dateutil makes of the calendar is what the page lists."""
    assert by_dateutil(calendar_of(EVENTS[name])) == by_the_program(EVENTS[name])


@pytest.mark.skipif(MISSING, reason="ical.js is not there: npm install ical.js, and SITEGEN_NODE_MODULES says where")
def test_ical_js() -> None:
    """What ical.js makes of the calendar is what the page lists."""
    wrong = {}
    for name, found in by_ical_js():
        listed = by_the_program(EVENTS[name])
        dates = listed.keys() if name in MORE else {*listed, *found}
        if differ := {day: (found.get(day), listed.get(day)) for day in dates if found.get(day) != listed.get(day)}:
            wrong[name] = differ
    assert wrong == {}


@pytest.mark.parametrize(("name", "dates"), [("daily", 3677), ("weekly", 526), ("31", 70), ("29 February", 3)])
def test_ten_years(name: str, dates: int) -> None:
    """It is all the dates of ten years that are compared."""
    assert len(by_the_program(EVENTS[name])) == dates


# --- How calendars say it

UNTIL = [
    ("repeats: {every: week, until: 2026-12-12}", "20261212T170000Z"),
    ("repeats: {every: week, until: 2026-12-11}", "20261205T170000Z"),
    ("repeats: {every: week, until: 2027-06}", "20270626T160000Z"),
    ("repeats: {every: week, until: '2026-12-12 18:00'}", "20261212T170000Z"),
    ("repeats: {every: week, until: '2026-12-12 17:59'}", "20261205T170000Z"),
    ("repeats: {every: week, until: '2026-12-12 12:00-05:00'}", "20261212T170000Z"),
    ("rrule: FREQ=WEEKLY;UNTIL=20261212", "20261212T170000Z"),
    ("rrule: FREQ=WEEKLY;UNTIL=20261212T170000Z", "20261212T170000Z"),
    ("rrule: FREQ=WEEKLY;UNTIL=20261212T165959Z", "20261205T170000Z"),
    ("rrule: FREQ=WEEKLY;UNTIL=20261212T180000", "20261212T170000Z"),
    ("timezone: America/New_York\nrepeats: {every: week, until: 2026-12-12}", "20261212T230000Z"),
    ("timezone: UTC\nrepeats: {every: week, until: 2026-12-12}", "20261212T180000Z"),
    ("start: 2026-11-07\nrepeats: {every: week, until: 2026-12-12}", "20261212"),
    ("start: 2026-11-07\nrepeats: {every: week, until: 2026-12-11}", "20261205"),
    ("start: 2026-11-07\nrrule: FREQ=WEEKLY;UNTIL=20261212T180000Z", "20261212"),
    ("start: 2026-11-08 02:30\nrepeats: {every: week, until: 2027-03-28}", "20270328T013000Z"),
    ("repeats: {every: week, count: 5}", None),
    ("repeats: {every: week}", None),
]


@pytest.mark.parametrize(("fields", "until"), UNTIL)
def test_until(fields: str, until: str | None) -> None:
    """The end of a rule is its last start, in UTC (RFC 5545, section 3.3.10), or a day where it is of whole days."""
    *_, rule = re.findall(r"^RRULE:(.*)\r$", calendar_of(fields), re.MULTILINE)  # those before are of the zone
    assert dict(part.split("=") for part in rule.split(";")).get("UNTIL") == until


def test_all_dates_are_written_like_the_first() -> None:
    """EXDATE, RDATE and RECURRENCE-ID are as DTSTART is: in its zone, in UTC, or days (RFC 5545, section 3.8.4.4)."""
    forms = set()
    for name, fields in EVENTS.items():
        parts = calendar_of(fields).replace("\r\n ", "").split("BEGIN:VEVENT\r\n")[1:]
        (first, zulu), *_ = re.findall(r"^DTSTART([^:]*):\w+?(Z?)\r$", parts[0], re.MULTILINE)
        for parameters, dates in re.findall(
            r"^(?:EXDATE|RDATE|RECURRENCE-ID)([^:]*):(.*)\r$", "".join(parts), re.MULTILINE
        ):
            assert (name, parameters) == (name, first)
            assert {each[8:].removeprefix("T")[6:] for each in dates.split(",")} == {zulu}
        forms.add((first, zulu))
    assert forms >= {(";TZID=Europe/Oslo", ""), (";VALUE=DATE", ""), ("", "Z")}
