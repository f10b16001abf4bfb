"""Calendars: entries with a day as iCalendar (RFC 5545), one by one and for every collection that has a calendar."""

import datetime as dt
import functools
from collections.abc import Iterator

from sitegen import __version__, times
from sitegen.model import Face, Frozen, VEvent, shown
from sitegen.plan import Collection, Output, Tools, absolute


class Calendar(Frozen, frozen=True):
    """All that goes into a calendar."""

    name: str
    events: tuple[Face, ...]
    site: str
    """The site's URL, ending with a slash."""


def outputs(collection: Collection, site: str) -> Iterator[Output]:
    """``event.ics`` beside the page of an entry that has a day, and where that once stood; a collection's calendar."""
    about = collection.about
    if about and about.vevent:
        for url in (collection.url, *collection.aliases):
            if url.endswith("/"):
                path = f"{url}event.ics".lstrip("/")
                yield Output(path, about.source, render, Calendar("", (about.vevent,), site), (about.source,))
    dated = tuple(entry for entry in collection.entries if entry.vevent)
    if collection.calendar and dated:  # a calendar without any component is none
        events = tuple(entry.vevent for entry in dated if entry.vevent)
        path = collection.calendar.lstrip("/")
        yield Output(path, "", render, Calendar(collection.title, events, site), tuple(each.source for each in dated))


def render(calendar: Calendar, tools: Tools) -> bytes:
    """The calendar: every VEVENT, and the VTIMEZONE of every zone that they name, over the years in which they are."""
    del tools
    events = [shown(event, VEvent) for event in calendar.events]
    spans: dict[str, tuple[int, int]] = {}
    for event in events:
        if _is_zoned(event):
            begin, end = (dt.datetime.fromtimestamp(each, dt.UTC).year for each in (event.when.begins, event.when.over))
            first, last = spans.get(event.when.zone, (begin, end))
            spans[event.when.zone] = min(first, begin), max(last, end)
    parts = [
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//sitegen//sitegen {__version__}//EN\r\n".encode(),
        _line("X-WR-CALNAME", calendar.name) if calendar.name else b"",
        *(_vtimezone(zone, *years) for zone, years in sorted(spans.items())),
        *(_vevent(event, calendar.site) for event in calendar.events),
        b"END:VCALENDAR\r\n",
    ]
    return b"".join(parts)


def _line(name: str, value: str) -> bytes:
    from icalendar.parser import Contentline, Parameters  # noqa: PLC0415 - not needed when nothing changed

    return bytes(Contentline.from_parts(name, Parameters(), value).to_ical()) + b"\r\n"


def _is_zoned(event: VEvent) -> bool:
    """It has a time of day in a zone that needs to be described; UTC does not."""
    return "T" in event.when.start and event.when.zone != "UTC"


@functools.cache
def _vtimezone(zone: str, first: int, last: int) -> bytes:
    """The rules of a zone from the year before ``first`` to the year after ``last`` (RFC 5545, section 3.6.5).

    An onset is told in the local time before it (TZOFFSETFROM), which the library's own generator does not.
    """
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard  # noqa: PLC0415 - not needed when nothing changed

    tz = times.zone(zone)
    begin, end = (dt.datetime(year, 1, 1, tzinfo=dt.UTC).astimezone(tz) for year in (first - 1, last + 2))
    onsets: dict[tuple[dt.timedelta, dt.timedelta, str, bool], list[dt.datetime]] = {}
    was = begin
    for now in (begin, *_changes(begin, end)):
        offset = was.utcoffset() or dt.timedelta()
        rule = (offset, now.utcoffset() or dt.timedelta(), now.tzname() or "", bool(now.dst()))
        onsets.setdefault(rule, []).append((now.astimezone(dt.UTC) + offset).replace(tzinfo=None))
        was = now
    made = Timezone()
    made.add("tzid", zone)
    for (before, after, name, summer), starts in onsets.items():
        part = TimezoneDaylight() if summer else TimezoneStandard()
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("tzname", name)
        part.add("dtstart", starts[0])
        if starts[1:]:
            part.add("rdate", starts[1:])
        made.add_component(part)
    return bytes(made.to_ical())


def _changes(begin: dt.datetime, end: dt.datetime) -> Iterator[dt.datetime]:
    """The moments at which the offset or the name of a zone's time changes, in that zone."""
    zone = begin.tzinfo

    def rule(seconds: int) -> tuple[object, ...]:
        moment = dt.datetime.fromtimestamp(seconds, zone)
        return moment.utcoffset(), moment.tzname(), moment.dst()

    for start in range(int(begin.timestamp()), int(end.timestamp()), _DAY):
        early, late = start, start + _DAY
        if rule(early) == rule(late):
            continue
        while late - early > 1:
            middle = (early + late) // 2
            early, late = (middle, late) if rule(middle) == rule(start) else (early, middle)
        yield dt.datetime.fromtimestamp(late, zone)


_DAY = 86_400
"""Seconds: no zone changes twice within so many."""

_STATUS = {
    "confirmed": "CONFIRMED",
    "tentative": "TENTATIVE",
    "cancelled": "CANCELLED",
    "postponed": "CANCELLED",  # what stands in the calendar does not take place
}


@functools.lru_cache(maxsize=20_000)
def _vevent(face: Face, site: str) -> bytes:
    """The VEVENT of an entry, made once however many calendars it is in."""
    from icalendar import Event, vGeo, vText, vUri  # noqa: PLC0415 - not needed when nothing changed

    event = shown(face, VEvent)
    stamp = dt.datetime.fromtimestamp(event.stamp, dt.UTC)
    made = Event()
    made.add("uid", event.uid)
    made.add("dtstamp", stamp)
    made.add("last-modified", stamp)
    made.add("sequence", event.sequence)
    made.add("status", _STATUS[event.when.status])
    made.add("summary", event.summary)
    made.add("url", vUri(absolute(site, event.url)))
    if "T" in event.when.start:
        made.add("dtstart", _local(event.when.begins, event.when.zone))
        made.add("dtend", _local(event.when.over, event.when.zone))
    else:
        made.add("dtstart", dt.date.fromisoformat(event.when.start))
        made.add("dtend", dt.date.fromisoformat(event.when.end or event.when.start) + dt.timedelta(days=1))
        made.add("transp", "TRANSPARENT")
    for name, value in (("description", event.description), ("location", event.location)):
        if value:
            made.add(name, vText(value))
    if event.categories:
        made.add("categories", list(event.categories))
    if event.conference:
        made.add("conference", vUri(event.conference, params={"VALUE": "URI"}))
    if event.geo:
        made.add("geo", vGeo(event.geo))
    return bytes(made.to_ical())


def _local(moment: int, zone: str) -> dt.datetime:
    """The time that clocks in the zone show; in UTC if they show it a second time, as it would be taken for the first.

    See RFC 5545, section 3.3.5.
    """
    local = dt.datetime.fromtimestamp(moment, dt.UTC if zone == "UTC" else times.zone(zone))
    return local.astimezone(dt.UTC) if local.fold else local
