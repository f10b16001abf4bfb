"""What may differ from one date of an event to the next: the fields of an occasion, and what is made of them."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, PlainValidator

from sitegen import times
from sitegen.common import AnyBody, AnyPlace, Item, Path, People, Place, Problems, somebody, unreadable, warn
from sitegen.model import Settings, When, Window
from sitegen.problems import At, Problem
from sitegen.schema import Fields, field, plain, shown_values
from sitegen.slugs import fold, is_id
from sitegen.values import (
    Amount,
    Commas,
    Currency,
    Duration,
    Email,
    Id,
    LanguageTag,
    Line,
    Many,
    Moment,
    Prose,
    Slug,
    Target,
    Url,
    Whole,
    Word,
    YesNo,
    Zone,
    one_of,
    wrong,
)

Status = Annotated[
    str, PlainValidator(one_of("confirmed", "cancelled", "postponed", "tentative", canceled="cancelled"))
]
Mode = Annotated[str, PlainValidator(one_of("in-person", "online", "hybrid", offline="in-person", virtual="online"))]
OFF = ("cancelled", "postponed")
"""What is so does not take place on its date."""


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


class Call(Fields):
    """A call for talks or papers."""

    url: Url | None = field("Where to propose a talk.", shown=True)
    opens: Moment | None = field("From when on proposals are taken.", shown=True)
    closes: Moment | None = field("The last day on which they are, or the moment it closes.", shown=True)


class Contact(Fields):
    """Whom to ask; all of it is public."""

    name: Line | None = field("Who answers.", shown=True)
    url: Url | None = field("Where to ask.", shown=True)
    email: Email | None = field("A mail address that everybody may see.", shown=True)


class Sponsor(Fields):
    """Somebody who pays."""

    organization: Line = field("The organization: an id or its name.", shown=True, default=...)
    tier: Line | None = field("How much: gold, silver …", shown=True)


class Price(Fields):
    """What it costs whom."""

    name: Line | None = field("For whom, or all there is to say.", shown=True)
    amount: Amount | None = field("How much; 0 is free.", shown=True)
    currency: Currency | None = field("The currency's code (ISO 4217).", shown=True)


class Material(Fields):
    """Something to read or watch."""

    resource: Id | None = field("The id of a resource.")
    title: Line | None = field("What it is called.", shown=True)
    url: Target | None = field("Where it is: an address, or a file of this site (/files/…).", shown=True)
    type: Line | None = field("slides, paper, recording …", shown=True)


class Part(Fields):
    """A session: a talk, a workshop, a break."""

    title: Line = field("What it is called.", shown=True, default=...)
    start: Word | None = field("When it begins: a time on its day; without it, when the session before it ends.")
    duration: Duration | None = field("How long it lasts.")
    end: Word | None = field("When it ends, in place of `duration`.")
    day: Word | None = field("Its day: a date, or 2 for the second; without it, the day of the session before it.")
    room: Line | None = field("Where in the house.", shown=True)
    track: Line | None = field("The row of sessions that it belongs to.", shown=True)
    type: Line | None = field("talk, workshop, break …", shown=True)
    speakers: People = field("Who speaks.", shown=True, default=())
    lang: LanguageTag | None = field("The language in which it is held.", shown=True)
    slides: Target | None = field("The slides: an address, or a file of this site (/files/…).", shown=True)
    recording: Target | None = field("The recording: an address, or a file of this site.", shown=True)
    notes: Line | None = field("Notes: a sentence, an address, or a file of this site.", shown=True)
    abstract: Prose | None = field("What it is about.", shown=True)
    slug: Slug | None = field("The last part of its address on the event's page, in place of one made from the title.")


def _online(value: Any) -> Any:
    if isinstance(value, str):
        if value.strip().lower() in ("yes", "no", "true", "false"):
            return {"yes": value}
        if not value.lower().startswith("http"):
            raise wrong("this is neither yes nor a web address", "write online: yes, or {note: by telephone}")
        return {"url": value}
    return value


def as_url(value: Any) -> Any:
    """An address stands for a mapping with it."""
    if isinstance(value, str) and not value.lower().startswith("http"):
        hint = "write it in full, with https://; how else people register stands in the text, whom to ask in contact:"
        raise wrong("this is not a web address", hint)
    return {"url": value} if isinstance(value, str) else value


def _contact(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return {"email" if "@" in value else "url" if value.lower().startswith("http") else "name": value}


AnyContact = Annotated[Contact, BeforeValidator(_contact)]


def _price(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return {"amount": "0"} if value.strip().lower() in ("free", "0") else {"name": value}


def _host(value: Any) -> Any:
    """A person, or a group or organization by its kind and id."""
    return {"person": value} if isinstance(value, str) and _OTHER.fullmatch(value) else somebody(value)


def _sponsor(value: Any) -> Any:
    return {"organization": value} if isinstance(value, str) else value


_OTHER = re.compile(r"(?:groups|organizations)/[a-z0-9-]+")


def _material(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if is_id(value.removeprefix("resources/")):
        return {"resource": value}
    return {"url" if _ADDRESS.match(value) else "title": value}


_ADDRESS = re.compile(r"https?://|/files/", re.IGNORECASE)


class Timed(Fields):
    """What takes place at a time."""

    start: Moment | None = field(
        "When it begins: a day, a day with a time, or a year or month that is not yet settled."
    )
    end: Word | None = field("When it ends: the last day, or the moment; a time alone is on the same day.")
    duration: Duration | None = field("How long it lasts, in place of `end`.")
    timezone: Zone | None = field("The zone of its times, where it is not the site's (an IANA name).")
    status: Status | None = field("confirmed, cancelled, postponed or tentative.", shown=True)


class Occasion(Timed):
    """What may differ from date to date."""

    title: Line | None = field("What it is called.", shown=True)
    type: Line | None = field("meetup, conference, workshop …", shown=True)
    mode: Mode | None = field("in-person, online or hybrid; by default what venue and online say.")
    venue: AnyPlace | None = field("Where it is, as text or in parts.")
    online: Annotated[Online, BeforeValidator(_online)] | None = field("yes, an address to join at, or {url, note}.")
    speakers: People = field("Who speaks: ids of members, names, or mappings.", default=())
    organizers: People = field("Who organizes it.", default=())
    hosts: Many[Annotated[AnyBody, BeforeValidator(_host)]] = field(
        "Who hosts it: people, groups or organizations.", default=()
    )
    groups: Commas[Id] = field("The groups whose event it is.", default=())
    helpers: People = field("Who helps, and how: {person, role}.", default=())
    contact: AnyContact | None = field("Whom to ask: {name, url, email}; all of it is public.", shown=True)
    sponsors: Many[Annotated[Sponsor, BeforeValidator(_sponsor)]] = field(
        "Who pays for it: organizations, or {organization, tier}.", default=()
    )
    sessions: Many[Part] = field("What it consists of, in order.", default=())
    slides: Target | None = field("The slides of an event that is one talk.", shown=True)
    recording: Target | None = field("The recording of an event that is one talk.", shown=True)
    notes: Line | None = field("Notes: a sentence, an address, or a file of this site (/files/…).", shown=True)
    resources: Many[Annotated[Material, BeforeValidator(_material)]] = field(
        "Things to read or watch: ids of resources, or {title, url, type}.", default=()
    )
    attendees: People = field(
        "Members who take part; shown are those whose `public` names attendance.", private=True, default=()
    )
    attendance: Whole | None = field("How many people came.", shown=True)
    capacity: Whole | None = field("How many people there is room for.", shown=True)
    price: Many[Annotated[Price, BeforeValidator(_price)]] = field(
        "What it costs: text, free, or a list of {name, amount, currency}.", shown=True, default=()
    )
    url: Url | None = field("Its own page elsewhere.", shown=True)
    registration: Annotated[Registration, BeforeValidator(as_url)] | None = field(
        "An address, or {url, opens, closes}.", shown=True
    )
    call: Annotated[Call, BeforeValidator(as_url)] | None = field(
        "A call for talks or papers: {url, opens, closes}.", shown=True
    )
    first_timers: Line | None = field("A word of welcome to those who come for the first time.", shown=True)
    description: Prose | None = field("What it is about, in Markdown: the body of an .md file.")


class Change(Occasion):
    """What is different on one date of a repetition."""

    start: Word | None = field("When it begins on that date: a time, or another date; it lasts as long as the others.")
    summary: Line | None = field("One sentence on this date.", shown=True)
    lang: LanguageTag | None = field("The language of this date.", shown=True)


def values_of(model: Occasion) -> dict[str, Any]:
    """What pages show of an occasion, but for its times, people and sessions."""
    venue, mode = where(model)
    online = model.online if mode != "in-person" else None
    words = {
        "venue": plain(venue) if venue else None,
        "online": plain(online) if online else None,
        "mode": mode,
    }
    return {**shown_values(model), **{key: value for key, value in words.items() if value}}


def is_address(text: str) -> bool:
    """A text is an address, or a file of the site."""
    return bool(_ADDRESS.match(text)) and " " not in text


def where(model: Occasion) -> tuple[Place | None, str]:
    """The venue and the mode: a venue that only says "online" is none."""
    venue = model.venue
    if venue and venue.text and _OTHER.fullmatch(venue.text):  # what is known of it stands in its own file
        venue = venue.model_copy(update={"text": None})
    only = set(plain(venue).values()) if venue else set()
    said_online = len(only) == 1 and fold(str(*only)) in ("online", "virtual", "zoom", "webinar")
    online = said_online or bool(model.online and (model.online.yes or model.online.url or model.online.note))
    venue = None if said_online else venue
    if venue:
        return venue, model.mode or ("hybrid" if online else "in-person")
    return None, model.mode or ("online" if online else "")


# --- When


def zone_of(model: Timed, settings: Settings) -> ZoneInfo:
    """The zone of its times: its own, else that of its groups, else the site's.

    Raises `times.Unreadable` where it is that of groups in different zones.
    """
    zones = dict(settings.zones)
    named = {zones[group] for group in getattr(model, "groups", ()) if group in zones}
    if len(named) > 1 and not model.timezone:
        hint = f"name one: timezone: {min(named)}"
        raise times.Unreadable("its groups are in different time zones", hint)
    return times.zone(model.timezone or next(iter(named), settings.zone))


def when(item: Item, model: Timed, settings: Settings, within: Path = ()) -> tuple[When | None, Problems]:
    """When it is; None where that cannot be told. ``within`` are the keys that lead to the fields."""
    key = "groups"
    try:
        zone = zone_of(model, settings)
        key = "start"
        start = times.read(model.start or "")
        begins = times.instant(start, zone)
        key = "end" if model.end else "duration"
        _refuse_a_time_without_a_day(model, start)
        last = times.read_end(model.end, start) if model.end else _lasting(model, start, zone)
        end, over = _over(start, last, zone, timedelta(minutes=settings.duration))
    except times.Unreadable as error:
        return None, (unreadable(At(item.path, (*within, key)), error),)
    if over.timestamp() <= begins.timestamp():  # datetimes of one zone compare as its clocks do, not as moments
        alone = "-" not in (model.end or "")
        hint = "an end on the next day needs its date" if alone else "which of the two is on another day?"
        return None, (Problem(At(item.path, (*within, key)), "this is not after the start", hint),)
    odd = tuple(
        warn(item.path, (*within, name), message, hint)
        for name, written in (("start", start), ("end", last if model.end else None))
        if written
        for message, hint in contradictions(written, zone)
    )
    moment = When(
        start=times.local(start, zone),
        end=end,
        zone=zone.key,
        begins=int(begins.timestamp()),
        over=int(over.timestamp()),
        status=model.status or "confirmed",
    )
    return moment, odd


def _refuse_a_time_without_a_day(model: Timed, start: times.Written) -> None:
    if model.end and start.precision in ("year", "month") and times.is_time_alone(model.end):
        hint = "write the day into start, or leave the end out until it is known"
        raise times.Unreadable("the start has no day yet, so the end has no time", hint)


def after(start: times.Written, duration: times.Duration, zone: ZoneInfo) -> times.Written:
    """The time at which it has lasted so long. Days are the calendar's, minutes are exact (RFC 5545, 3.3.6)."""
    began = times.instant(start, zone)
    days = timedelta(days=duration.days)
    moved = times.localize(began.date() + days, began.time(), zone) if days else began
    ended = (moved.astimezone(UTC) + timedelta(minutes=duration.minutes)).astimezone(zone)
    return times.Written(ended.date(), "time", ended.time(), ended.utcoffset())


def _lasting(model: Timed, start: times.Written, zone: ZoneInfo) -> times.Written | None:
    """The end that a duration makes; None without one."""
    if model.duration is None or start.precision in ("year", "month"):
        return None
    days = timedelta(days=model.duration.days)
    if start.precision != "time":
        if model.duration.minutes:
            raise times.Unreadable(
                "the start is a whole day, so this is in days", "give the start a time, or write 2 days"
            )
        return times.Written(start.date + days - timedelta(days=1), "day")
    return after(start, model.duration, zone)


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
    return times.local(last, zone), times.after(last, zone)


def contradictions(written: times.Written, zone: ZoneInfo) -> Iterator[tuple[str, str]]:
    """What is odd about a date, and the cure: its weekday or its offset is another."""
    if written.contradicts:
        yield "this date is another day of the week", f"it is a {written.date:%A}"
    if written.offset and times.offset_contradicts(written, zone):  # Z is an instant, and claims no zone
        yield (
            f"{zone.key} has another offset from UTC then",
            "leave out the offset, or name the right timezone; an end has a field of its own",
        )


# --- Windows: registration, and a call for talks


def windows(
    item: Item, model: Occasion, span: When | None, settings: Settings, within: Path = ()
) -> tuple[tuple[Window, ...], Problems]:
    """When one can register and propose talks, and what is odd about that.

    ``span`` is when the event is; None for one that repeats, of which some date is always before them.
    """
    found: list[Window] = []
    problems: list[Problem] = []
    zone = times.zone(span.zone) if span else zone_of(model, settings)
    for name, entry in (("registration", model.registration), ("call", model.call)):
        if entry is None:
            continue
        path = (*within, name)
        moments: dict[str, int] = {}
        for key, text in (("opens", entry.opens), ("closes", entry.closes)):
            try:
                if text:
                    written = times.read(text)
                    moment = times.after(written, zone) if key == "closes" else times.instant(written, zone)
                    moments[key] = int(moment.timestamp())
            except times.Unreadable as error:
                problems.append(unreadable(At(item.path, (*path, key)), error))
        opens, closes = moments.get("opens"), moments.get("closes")
        last = closes if closes is not None else span.begins if span else None
        if span and entry.closes and closes is not None and _is_late(entry.closes, span, zone):
            problems.append(warn(item.path, (*path, "closes"), f"{_WINDOWS[name]} closes after the event begins"))
        elif opens is not None and last is not None and opens >= last:
            problems.append(warn(item.path, (*path, "opens"), f"{_WINDOWS[name]} opens after it closes"))
        found.append(Window(name, opens, closes))
    return tuple(found), tuple(problems)


_WINDOWS = {"registration": "registration", "call": "the call"}


def _is_late(written: str, span: When, zone: ZoneInfo) -> bool:
    """It closes after the event begins; the day may be the event's own."""
    try:
        closes = times.instant(times.read(written), zone)
    except times.Unreadable:  # told already
        return False
    return closes.timestamp() > span.begins if ":" in written else closes.date().isoformat() > span.start
