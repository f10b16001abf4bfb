"""Calendars: entries with a day as iCalendar (RFC 5545), one by one and for every collection that has a calendar."""

import datetime as dt
import functools
from collections.abc import Iterable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from sitegen import __version__, recurrence, times
from sitegen.contentline import bare, cleaned, escaped, line
from sitegen.model import Face, Frozen, Repetition, Rule, VEvent, When, shown
from sitegen.plan import Collection, Edition, Format, Output, Tools, absolute
from sitegen.vtimezone import vtimezone


class Calendar(Frozen, frozen=True):
    """All that goes into a calendar."""

    name: str
    events: tuple[Face, ...]
    site: str
    """The site's URL, ending with a slash."""


REFRESH = "PT12H"
"""How often subscribers should look for changes (RFC 7986, section 5.7)."""


def outputs(collections: Iterable[Collection], edition: Edition) -> Iterator[Output]:
    """``event.ics`` beside the page of what has a day, and the calendar of a collection; also where these stood."""
    for collection in collections:
        yield from _calendars(collection, edition.config.url)


def _calendars(collection: Collection, site: str) -> Iterator[Output]:
    about = collection.about
    if about and about.vevent:
        for url in collection.folders:
            path = f"{url}event.ics".lstrip("/")
            yield Output(path, about.source, render, Calendar("", (about.vevent,), site), (about.source,))
    dated = tuple(entry for entry in collection.dated if entry.vevent)
    if collection.calendar and dated:  # a calendar without any component is none
        events = tuple(entry.vevent for entry in dated if entry.vevent)
        name = collection.calendar.removeprefix(collection.url)
        own = name != collection.calendar
        origin = tuple(dict.fromkeys(each.source for each in dated))
        for path in (f"{url}{name}" for url in collection.folders) if own else (collection.calendar,):
            made = Calendar(collection.calendar_name, events, site)
            yield Output(path.lstrip("/"), about.source if about else "", render, made, origin)


def render(calendar: Calendar, tools: Tools) -> bytes:
    """The calendar: every VEVENT, and the VTIMEZONE of every zone that they name, over the years in which they are."""
    del tools
    events = [shown(event, VEvent) for event in calendar.events]
    parts = [
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n",
        line("PRODID", bare(f"-//sitegen//sitegen {__version__}//EN")),
        *(line(name, value) for name, value in _about(calendar.name)),
        *(vtimezone(zone, *years) for zone, years in sorted(_spans(events).items())),
        *(_vevent(event, calendar.site) for event in calendar.events),
        b"END:VCALENDAR\r\n",
    ]
    return b"".join(parts)


def _about(name: str) -> Iterator[tuple[str, Any]]:
    """The name of a calendar to which people subscribe, and how often their programs should look for changes."""
    if name:
        yield from (("X-WR-CALNAME", escaped(name)), ("NAME", escaped(name)))
        yield from (("REFRESH-INTERVAL;VALUE=DURATION", bare(REFRESH)), ("X-PUBLISHED-TTL", bare(REFRESH)))


def _spans(events: Iterable[VEvent]) -> dict[str, tuple[int, int | None]]:
    """The zones that the events name, with their first year and their last; None where there is no last."""
    found: dict[str, list[tuple[int, int | None]]] = {}
    for event in events:
        dates = (event, *event.changes)
        for each in dates:
            if "T" in each.when.start:
                first, last = (dt.datetime.fromtimestamp(at, dt.UTC).year for at in (each.when.begins, each.when.over))
                found.setdefault(each.when.zone, []).append((first, last))
        if event.repetition and "T" in event.repetition.start:
            found[event.when.zone].append((int(event.repetition.start[:4]), _last_year(event.repetition)))
    return {
        zone: (min(first for first, _ in years), _latest(last for _, last in years))
        for zone, years in found.items()
        if zone != "UTC"
    }


def _latest(years: Iterable[int | None]) -> int | None:
    known = tuple(years)
    return None if None in known else max(each for each in known if each is not None)


@functools.lru_cache(maxsize=1_000)
def _last_year(repetition: Repetition) -> int | None:
    """The year of the last date; None for a repetition without end."""
    rule = repetition.rule
    if rule.frequency and not rule.until and not rule.count:
        return None
    final = None
    for final in recurrence.starts(repetition):  # noqa: B007 - the last is asked for
        pass
    return (final.year if final else int(repetition.start[:4])) + repetition.length.days // 365


_STATUS = {
    "confirmed": "CONFIRMED",
    "tentative": "TENTATIVE",
    "cancelled": "CANCELLED",
    "postponed": "CANCELLED",  # what stands in the calendar does not take place
}


@functools.lru_cache(maxsize=20_000)
def _vevent(face: Face, site: str) -> bytes:
    """The VEVENT of an entry and those of its dates that differ, made once however many calendars it is in."""
    event = shown(face, VEvent)
    dates = (_component(each, event.repetition, site) for each in event.changes)
    return b"".join((_component(event, None, site), *dates))


def _component(event: VEvent, series: Repetition | None, site: str) -> bytes:
    """One VEVENT; ``series`` is the repetition of which it is a date."""
    from icalendar import Event, vGeo  # noqa: PLC0415 - not needed when nothing changed

    stamp = dt.datetime.fromtimestamp(event.stamp, dt.UTC)
    made = Event()
    made.add("uid", escaped(event.uid))
    made.add("dtstamp", stamp)
    made.add("last-modified", stamp)
    made.add("sequence", event.sequence)
    made.add("status", _STATUS[event.when.status])
    page, sign, anchor = event.url.partition("#")
    made.add("url", bare(absolute(site, page) + sign + anchor))
    for name, value in (
        *_when(event.when, event.repetition),
        *([("recurrence-id", _starts((event.planned,), series.zone)[0])] if series else ()),
        *(_repeats(event.repetition) if event.repetition else ()),
    ):
        _add(made, name, value)
    for name, text in (
        ("summary", event.summary),
        ("description", event.description),
        ("location", event.location),
        ("related-to", event.related),
        ("contact", "" if event.organizer else event.contact),
    ):
        if text:
            made.add(name, escaped(text))
    for name, value, parameters in _addresses(event):
        made.add(name, bare(value), parameters=parameters)
    if event.categories:
        made.add("categories", bare(",".join(map(escaped, event.categories))))
    if event.geo:
        made.add("geo", vGeo(event.geo))
    return bytes(made.to_ical())


def _add(made: Any, name: str, value: Any) -> None:
    """Add a property. Times of a zone are told with its name, also of one that is always at UTC."""
    first = value[0] if isinstance(value, list) else value
    if not isinstance(first, dt.datetime) or not isinstance(first.tzinfo, ZoneInfo):
        made.add(name, value)
        return
    naive = [each.replace(tzinfo=None) for each in value] if isinstance(value, list) else value.replace(tzinfo=None)
    made.add(name, naive, parameters={"TZID": first.tzinfo.key})


def _addresses(event: VEvent) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Who can be asked by mail, and where one joins."""
    if event.organizer:
        name = cleaned(event.contact).replace("\n", " ")
        yield "organizer", f"mailto:{event.organizer}", {"CN": name} if name else {}
    if event.conference:
        yield "conference", event.conference, {"VALUE": "URI"}


def _when(when: When, repetition: Repetition | None) -> Iterator[tuple[str, Any]]:
    """Start and end; a day or several are no engagement (TRANSPARENT), and end before the day after them.

    A rule runs on the clock of DTSTART, so of a repetition that is local, and the end as far from it as is usual.
    """
    if "T" in when.start:
        over = when.begins + int(recurrence.usual(repetition).total_seconds()) if repetition else when.over
        local = dt.datetime.fromtimestamp(when.begins, _tz(when.zone))
        yield "dtstart", local if repetition else _local(when.begins, when.zone)
        yield "dtend", _local(over, when.zone)
    else:
        yield "dtstart", dt.date.fromisoformat(when.start)
        yield "dtend", dt.date.fromisoformat(when.end or when.start) + dt.timedelta(days=1)
        yield "transp", "TRANSPARENT"


def _local(moment: int, zone: str) -> dt.datetime:
    """The time that clocks in the zone show; in UTC if they show it twice.

    RFC 5545, section 3.3.5, takes it for the first, and some programs for the second.
    """
    local = dt.datetime.fromtimestamp(moment, _tz(zone))
    return local.astimezone(dt.UTC) if recurrence.is_shown_twice(local) else local


def _tz(zone: str) -> dt.tzinfo:
    return dt.UTC if zone == "UTC" else times.zone(zone)


def _repeats(repetition: Repetition) -> Iterator[tuple[str, Any]]:
    """The rule, the dates that it has too many, and those that it lacks: all as DTSTART is written."""
    from icalendar import vRecur  # noqa: PLC0415 - not needed when nothing changed

    zone, rule = repetition.zone, repetition.rule
    extra = tuple(each for each in repetition.extra if each != repetition.start)
    if rule.frequency:
        yield "rrule", vRecur.from_ical(recurrence.rrule(rule, _until(rule, zone)))
    if repetition.skipped:
        yield "exdate", _starts(sorted(repetition.skipped), zone)
    if extra:
        yield "rdate", _starts(extra, zone)


def _until(rule: Rule, zone: str) -> str:
    """The last start: a day, or a moment in UTC (RFC 5545, section 3.3.10); the second of two that are shown alike.

    So it is among the dates also for a program that takes it for the second.
    """
    if "T" not in rule.until:
        return rule.until.replace("-", "")
    last = dt.datetime.fromisoformat(rule.until).replace(tzinfo=_tz(zone))
    return f"{max(last.replace(fold=fold).astimezone(dt.UTC) for fold in (0, 1)):%Y%m%dT%H%M%SZ}"


def _starts(local: Iterable[str], zone: str) -> list[dt.datetime | dt.date]:
    """Local starts as they are compared with DTSTART: clock and zone, even where no clock shows the time."""
    return [
        dt.datetime.fromisoformat(each).replace(tzinfo=_tz(zone)) if "T" in each else dt.date.fromisoformat(each)
        for each in local
    ]


FORMAT = Format("ics", outputs)
