"""Events: what takes place, when, where, and by whom."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, PlainValidator

from sitegen import i18n, times
from sitegen.common import (
    AnyPlace,
    Common,
    Decoded,
    Item,
    People,
    Place,
    Problems,
    coordinates,
    credits_of,
    epoch,
    id_note,
    link_texts,
    make_uid,
    moments,
    odd_place,
    picture_url,
    pictures,
    place_line,
    read_links,
    slug_of,
    texts,
    topics,
    unreadable,
    warn,
)
from sitegen.model import Card, Entry, Link, Settings, VEvent, When, face
from sitegen.problems import At, Problem, Severity, did_you_mean
from sitegen.schema import Fields, field, plain, shown_values
from sitegen.slugs import fold
from sitegen.source import Document, digest
from sitegen.values import Duration, Line, Moment, Prose, Url, YesNo, Zone, one_of, word

NAME = "events"

KNOWN_LATE = 60
"""Days before its start by which an event counts as published where nothing else is said (contract, section 5)."""

LATER = (
    "series", "moved_from", "hosts", "groups", "helpers", "contact", "sponsors", "sessions", "slides", "recording",
    "notes", "resources", "attendees", "attendance", "capacity", "price", "call", "first_timers", "repeats", "rrule",
    "instead_of",
)  # fmt: skip
"""Fields of the contract that are read over, with a warning each, until they are built."""

TYPES = (
    "meetup", "conference", "workshop", "talk", "course", "webinar", "excursion", "visit", "social", "meeting", "agm",
    "hackathon", "open hour", "panel", "exhibition",
)  # fmt: skip
"""Types that themes know; others are fine."""

Status = Annotated[
    str, PlainValidator(one_of("confirmed", "cancelled", "postponed", "tentative", canceled="cancelled"))
]
Mode = Annotated[str, PlainValidator(one_of("in-person", "online", "hybrid", offline="in-person", virtual="online"))]


class Online(Fields):
    """How to take part from afar."""

    yes: YesNo | None = field("It is online; where is told on registration.")
    url: Url | None = field("The address to join at.", shown=True)
    note: Line | None = field("What one needs, and how to get in.", shown=True)


class Registration(Fields):
    """Where to register, and until when."""

    url: Url | None = field("The address of the form.", shown=True)
    opens: Moment | None = field("From when on.", shown=True)
    closes: Moment | None = field("The last day, or the moment it closes.", shown=True)


def _online(value: Any) -> Any:
    if isinstance(value, str):
        return {"yes": value} if value.strip().lower() in ("yes", "no", "true", "false") else {"url": value}
    return value


AnyOnline = Annotated[Online, BeforeValidator(_online)]
AnyRegistration = Annotated[
    Registration, BeforeValidator(lambda value: {"url": value} if isinstance(value, str) else value)
]


class Event(Common):
    """An event."""

    title: Line | None = field("What it is called.", shown=True)
    start: Moment | None = field(
        "When it begins: a day, a day with a time, or a year or month that is not yet settled."
    )
    end: Annotated[str, PlainValidator(word)] | None = field(
        "When it ends: the last day, or the moment; a time alone is on the same day."
    )
    duration: Duration | None = field("How long it lasts, in place of `end`.")
    timezone: Zone | None = field("The zone of its times, where it is not the site's (an IANA name).")
    type: Line | None = field("meetup, conference, workshop …", shown=True)
    status: Status | None = field("confirmed, cancelled, postponed or tentative.", shown=True)
    mode: Mode | None = field("in-person, online or hybrid; by default what venue and online say.")
    venue: AnyPlace | None = field("Where it is, as text or in parts.")
    online: AnyOnline | None = field("yes, an address to join at, or {url, note}.")
    speakers: People = field("Who speaks: ids of members, names, or mappings.", default=())
    organizers: People = field("Who organizes it.", default=())
    url: Url | None = field("Its own page elsewhere.", shown=True)
    registration: AnyRegistration | None = field("An address, or {url, opens, closes}.", shown=True)
    description: Prose | None = field("What it is about, in Markdown: the body of an .md file.")


def required(item: Item, model: Event, settings: Settings) -> Problems:
    """An event has a title and a start."""
    del settings
    return tuple(
        Problem(At(item.path), f"{name} is missing", f"add {name}: …", private=True)
        for name in ("title", "start")
        if not getattr(model, name)
    )


def decode(item: Item, model: Event, document: Document, settings: Settings) -> Decoded:
    """The event as an entry."""
    title = model.title or ""
    slug, problems = slug_of(item, model)
    page = f"/{NAME}/{slug}/"
    body = document.body.strip() or model.description or ""
    span, odd_times = when(item, model, settings)
    found, missing = pictures(item, body, {"image": model.image})
    links, odd_links = read_links(item.path, model.links or {})
    instants, odd_moments = moments(item, model, settings.zone)
    problems = (*problems, *odd_times, *missing, *odd_links, *odd_moments, *id_note(item))
    if span is None:
        return Decoded(problems=problems)
    venue, mode = where(model)
    stamp = instants.get("updated") or instants.get("publish_date") or span.begins - KNOWN_LATE * 86_400
    online = model.online if mode != "in-person" else None
    image = picture_url(page, found.own)
    values = {
        **shown_values(model),
        "mode": mode,
        **({"venue": plain(venue)} if venue else {}),
        **({"online": plain(online)} if online else {}),
    }
    full = {**values, "when": span, "links": links, "image": image, "place": place_line(venue, settings.language)}
    card = Card(
        kind=NAME,
        title=title,
        url=page,
        summary=model.summary or "",
        image=image,
        image_alt=model.image_alt or "",
        place=place_line(venue, settings.language),
        lang=model.lang or "",
        type=model.type or "",
        mode=mode,
        when=span,
    )
    entry = Entry(
        kind=NAME,
        id=item.id,
        source=item.path,
        within=item.within,
        url=page,
        title=title,
        sort=fold(title),
        link=face(Link(title, page)),
        card=face(card),
        full=face(full),
        body=digest(body.encode()) if body else b"",
        when=span,
        visible=instants.get("publish_date"),
        expires=instants.get("expires"),
        people=(*credits_of("speakers", model.speakers), *credits_of("organizers", model.organizers)),
        tags=topics(model.tags),
        pictures=found.published,
        aliases=model.aliases,
        names=(),
        vevent=face(_vevent(item, model, settings, span, venue, mode, stamp)) if span.dated else None,
    )
    people = {"speakers": plain(model.speakers), "organizers": plain(model.organizers)}
    return Decoded(
        entry=entry,
        body=body,
        texts=texts(model, {**values, "links": link_texts(model.links), **people}, body, "description"),
        asked=found.asked,
        problems=(*problems, *_suspicions(item, model, span, settings)),
    )


def where(model: Event) -> tuple[Place | None, str]:
    """The venue and the mode: a venue that only says "online" is none."""
    venue = model.venue
    only = set(plain(venue).values()) if venue else set()
    said_online = len(only) == 1 and fold(str(*only)) in ("online", "virtual", "zoom", "webinar")
    online = said_online or bool(model.online and (model.online.yes or model.online.url or model.online.note))
    venue = None if said_online else venue
    if venue:
        return venue, model.mode or ("hybrid" if online else "in-person")
    return None, model.mode or ("online" if online else "")


def when(item: Item, model: Event, settings: Settings) -> tuple[When | None, Problems]:
    """When the event is; None where that cannot be told."""
    zone = times.zone(model.timezone or settings.zone)
    key = "start"
    try:
        start = times.read(model.start or "")
        begins = times.instant(start, zone)
        key = "end" if model.end else "duration"
        last = times.read_end(model.end, start) if model.end else _lasting(model, start, zone)
        end, over = _over(start, last, zone, timedelta(minutes=settings.duration))
    except times.Unreadable as error:
        return None, (unreadable(At(item.path, (key,)), error),)
    if over.timestamp() <= begins.timestamp():  # datetimes of one zone compare as its clocks do, not as moments
        alone = "-" not in (model.end or "")
        hint = "an end on the next day needs its date" if alone else "which of the two is on another day?"
        return None, (Problem(At(item.path, (key,)), "this is not after the start", hint),)
    odd = tuple(
        warn(item.path, (name,), message, hint)
        for name, written in (("start", start), ("end", last if model.end else None))
        if written
        for message, hint in _contradictions(written, zone)
    )
    moment = When(
        start=local(start, zone),
        end=end,
        zone=zone.key,
        begins=int(begins.timestamp()),
        over=int(over.timestamp()),
        status=model.status or "confirmed",
    )
    return moment, odd


def _lasting(model: Event, start: times.Written, zone: ZoneInfo) -> times.Written | None:
    """The end that a duration makes; None without one. Days are the calendar's, minutes are exact (RFC 5545, 3.3.6)."""
    if model.duration is None or start.precision in ("year", "month"):
        return None
    days = timedelta(days=model.duration.days)
    if start.precision != "time":
        if model.duration.minutes:
            raise times.Unreadable(
                "the start is a whole day, so this is in days", "give the start a time, or write 2 days"
            )
        return times.Written(start.date + days - timedelta(days=1), "day")
    began = times.instant(start, zone)
    moved = times.localize(began.date() + days, began.time(), zone) if days else began
    ended = (moved.astimezone(UTC) + timedelta(minutes=model.duration.minutes)).astimezone(zone)
    return times.Written(ended.date(), "time", ended.time(), ended.utcoffset())


def _over(start: times.Written, last: times.Written | None, zone: ZoneInfo, default: timedelta) -> tuple[str, datetime]:
    """The end as it is shown, and the first moment after the event; without an end it lasts for ``default``."""
    if last is None:
        return "", times.after(start, zone).astimezone(UTC) + (default if start.precision == "time" else timedelta())
    if last.precision in ("month", "year") and start.precision not in ("month", "year"):
        raise times.Unreadable(
            "the day of the end is missing", "write a date such as 2026-11-07, or a time such as 21:00"
        )
    if start.precision == "day" and last.precision == "time":
        raise times.Unreadable(
            "the start is a whole day and the end is not", "give the start a time, or the end a date alone"
        )
    return local(last, zone), times.after(last, zone)


def local(written: times.Written, zone: ZoneInfo) -> str:
    """The date or time as clocks in the zone show it, in ISO 8601."""
    if written.precision == "time":
        return times.instant(written, zone).replace(tzinfo=None).isoformat(timespec="minutes")
    return times.iso(written)


def _contradictions(written: times.Written, zone: ZoneInfo) -> Iterator[tuple[str, str]]:
    if written.contradicts:
        yield "this date is another day of the week", f"it is a {written.date:%A}"
    if written.offset and times.offset_contradicts(written, zone):  # Z is an instant, and claims no zone
        yield f"{zone.key} has another offset from UTC then", "leave out the offset, or name the right timezone"


def _vevent(
    item: Item, model: Event, settings: Settings, span: When, venue: Place | None, mode: str, stamp: int
) -> VEvent:
    is_online = mode in ("online", "hybrid")
    join = (model.online.url if is_online and model.online else None) or ""
    return VEvent(
        uid=make_uid(item, model, settings),
        stamp=stamp,
        sequence=int(span.status in ("cancelled", "postponed")),
        when=span,
        summary=f"Postponed: {model.title}" if span.status == "postponed" else model.title or "",
        url=f"/{NAME}/{slug_of(item, model)[0]}/",
        description=model.summary or "",
        location=_location(venue, settings.language) or join or ("Online" if is_online else ""),
        conference=join,
        geo=coordinates(venue),
        categories=tuple(topic.label for topic in topics(model.tags)),
    )


def _location(venue: Place | None, language: str) -> str:
    if venue is None:
        return ""
    town = " ".join(part for part in (venue.postcode, venue.city) if part)
    parts = (
        venue.text,
        venue.name,
        venue.room,
        venue.address,
        town,
        venue.region,
        i18n.country_name(venue.country, language),
    )
    return ", ".join(part for part in parts if part)


def _suspicions(item: Item, model: Event, span: When, settings: Settings) -> Problems:
    found = []
    if model.end and model.duration:
        found.append(Problem(At(item.path, ("duration",)), "the end is said twice", "keep end or duration, not both"))
    if re.search(r"\bcancell?ed\b|\bpostponed\b", model.title or "", re.IGNORECASE) and span.status == "confirmed":
        found.append(
            warn(item.path, ("title",), "the title says it is off, the status does not", "write status: cancelled")
        )
    found += odd_place(item, "venue", model.venue, settings.language)
    if model.type and model.type.lower() not in TYPES:
        found.append(
            Problem(
                At(item.path, ("type",)), "this type is not a known one", did_you_mean(model.type, TYPES), Severity.NOTE
            )
        )
    if model.mode == "online" and where(model)[0]:
        found.append(
            warn(item.path, ("mode",), "it is online and has a venue", "write mode: hybrid, or leave the venue out")
        )
    found += _registration(item, model, span, settings)
    return tuple(found)


def _registration(item: Item, model: Event, span: When, settings: Settings) -> Problems:
    entry = model.registration
    if entry is None:
        return ()
    moments: dict[str, int] = {}
    for key in ("opens", "closes"):
        text = getattr(entry, key)
        try:
            if text:
                moments[key] = epoch(text, model.timezone or settings.zone, after=key == "closes")
        except times.Unreadable as error:
            return (unreadable(At(item.path, ("registration", key)), error),)
    closes, opens = moments.get("closes", span.begins), moments.get("opens", span.begins)
    last = (
        epoch(entry.closes, model.timezone or settings.zone) if entry.closes else closes
    )  # the day may be the event's
    if last > span.over or (last == span.over and last < closes):
        return (warn(item.path, ("registration", "closes"), "registration closes after the event"),)
    if "opens" in moments and opens >= closes:
        return (warn(item.path, ("registration", "opens"), "registration opens after it closes"),)
    return ()
