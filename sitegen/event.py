"""An event, or one of its dates, as others see it: its card, its people, what a calendar has of it, and what is odd."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sitegen import i18n
from sitegen.common import (
    Common,
    Item,
    Label,
    Path,
    Place,
    Problems,
    coordinates,
    credits_of,
    make_uid,
    odd_place,
    place_line,
    reference_to,
    topics,
    warn,
)
from sitegen.model import Card, Reference, Settings, VEvent, When
from sitegen.occasion import OFF, Occasion, where
from sitegen.occurrences import AnyRepeats, InsteadOf
from sitegen.problems import At, Problem, Severity, did_you_mean
from sitegen.schema import field, plain, present
from sitegen.source import Data
from sitegen.values import Line, Many, Moment

NAME = "events"

TYPES = (
    "meetup", "conference", "workshop", "talk", "course", "webinar", "excursion", "visit", "social", "meeting", "agm",
    "hackathon", "open hour", "panel", "exhibition",
)  # fmt: skip
"""Types that themes know; others are fine."""

PEOPLE = ("speakers", "organizers", "hosts", "helpers")
"""The fields of people who are named, in the order in which pages have them."""
OTHERS = ("groups", "sponsors", "resources")
"""The fields of what else has a part in an event."""


class Event(Common, Occasion):
    """An event."""

    series: Label | None = field("What earlier and later editions have in common: a few words.", shown=True)
    moved_from: Many[Moment] = field("The earlier start or starts of an event that was moved.", shown=True, default=())
    repeats: AnyRepeats | None = field("When it repeats: weekly, or {every, day, …}.")
    rrule: Line | None = field("When it repeats, as an RRULE (RFC 5545), in place of `repeats: {every}`.")
    instead_of: InsteadOf | None = field("The date of a repetition whose place it takes: {event, date}.")


@dataclass(frozen=True, slots=True)
class Context:
    """What all dates of an event share."""

    item: Item
    model: Event
    settings: Settings
    page: str
    stamp: int
    """DTSTAMP, in seconds since 1970."""


def card(context: Context, model: Event, span: When, image: str) -> Card:
    """What lists show of an event, or of one of its dates."""
    venue, mode = where(model)
    return Card(
        kind=NAME,
        title=model.title or "",
        url=context.page,
        summary=model.summary or "",
        image=image,
        image_alt=context.model.image_alt or "",
        place=place_line(venue, context.settings.language),
        lang=model.lang or "",
        type=model.type or "",
        mode=mode,
        when=span,
    )


def credits_in(model: Occasion, within: Path = ()) -> Iterator[Reference]:
    """Everybody who is named, in their parts and in sessions; ``within`` are the keys around the fields."""
    for part in PEOPLE:
        yield from credits_of(part, getattr(model, part), within)
    for index, session in enumerate(model.sessions):
        yield from credits_of("speakers", session.speakers, (*within, "sessions", index), index)


def references_in(model: Occasion, within: Path = ()) -> Iterator[Reference]:
    """Everybody and everything that has a part in it; ``within`` are the keys around the fields."""
    yield from credits_in(model, within)
    for index, group in enumerate(model.groups):
        yield reference_to("groups", "groups", group, (*within, "groups", index))
    for index, sponsor in enumerate(model.sponsors):
        path = (*within, "sponsors", index, "organization")
        yield reference_to("sponsors", "organizations", sponsor.organization, path, role=sponsor.tier or "")
    for index, one in enumerate(model.resources):
        path = (*within, "resources", index, "resource")
        yield Reference(
            part="resources",
            path=path,
            kind="resources",
            id=one.resource or "",
            name=one.title or ("" if one.resource else one.url or ""),
            url=one.url or "",
            role=one.type or "",
        )
    if model.venue and model.venue.text:
        yield _house(model.venue.text, (*within, "venue"))


def _house(text: str, path: Path) -> Reference:
    """A venue in words, which may be an organization's id or name; a place without a file is no mistake."""
    if text.startswith("organizations/"):
        return reference_to("venue", "organizations", text, path)
    return Reference("venue", path, kind="organizations", name=text)


def people_texts(model: Occasion) -> Data:
    """The words that are said of people and others and in sessions, to be looked through."""
    return {name: plain(getattr(model, name)) for name in (*PEOPLE, *OTHERS, "sessions") if present(model, name)}


def attendees(model: Occasion, date: str, within: Path = ()) -> Iterator[tuple[str, str, Path]]:
    """Who takes part: the date, an id or a name, and the keys that lead there."""
    for index, one in enumerate(model.attendees):
        said = (one.person or one.name or "").removeprefix("members/")
        if said and said != "anonymous":
            yield date, said, (*within, "attendees", index, "person")


# --- Calendars


def vevent(context: Context, model: Event, span: When, planned: str = "", *, moved: bool = False) -> VEvent:
    """One VEVENT; ``planned`` is the start that a repetition has for this date, ``moved`` whether it has another."""
    venue, mode = where(model)
    is_online = mode in ("online", "hybrid")
    join = (model.online.url if is_online and model.online else None) or ""
    off = span.status in OFF
    says = i18n.translations(context.settings.language).gettext
    title = model.title or ""
    contact = model.contact
    return VEvent(
        uid=make_uid(context.item, context.model, context.settings),
        stamp=context.stamp,
        sequence=2 * (len(context.model.moved_from) + moved) + off,
        when=span,
        summary=says("Postponed: %(title)s") % {"title": title} if span.status == "postponed" else title,
        url=f"{context.page}#{planned[:10]}" if planned else context.page,
        description=model.summary or "",
        location=_location(venue, context.settings.language) or join or (says("Online") if is_online else ""),
        conference=join,
        geo=coordinates(venue),
        categories=tuple(topic.label for topic in topics(model.tags, context.settings.synonyms)),
        contact=", ".join(filter(None, (contact.name, None if contact.email else contact.url))) if contact else "",
        organizer=(contact.email if contact else None) or "",
        planned=planned,
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


# --- What is odd


_SHORT = 10
"""Minutes: what lasts less was meant in hours."""


def suspicions(item: Item, model: Occasion, span: When, settings: Settings, within: Path = ()) -> Problems:
    """What is odd about an event, or about what differs on one date; ``within`` are the keys around the fields."""
    found = []
    if model.end and model.duration:
        found.append(
            Problem(At(item.path, (*within, "duration")), "the end is said twice", "keep end or duration, not both")
        )
    if re.search(r"\bcancell?ed\b|\bpostponed\b", model.title or "", re.IGNORECASE) and span.status == "confirmed":
        found.append(
            warn(
                item.path,
                (*within, "title"),
                "the title says it is off, the status does not",
                "write status: cancelled",
            )
        )
    found += odd_place(item, (*within, "venue"), model.venue, settings.language)
    if model.type and model.type.lower() not in TYPES:
        found.append(
            Problem(
                At(item.path, (*within, "type")),
                "this type is not a known one",
                did_you_mean(model.type, TYPES),
                Severity.NOTE,
            )
        )
    if model.mode == "online" and where(model)[0]:
        found.append(
            warn(
                item.path,
                (*within, "mode"),
                "it is online and has a venue",
                "write mode: hybrid, or leave the venue out",
            )
        )
    if model.mode == "in-person" and model.online and (model.online.url or model.online.yes):
        hint = "write mode: hybrid, or leave online out"
        found.append(warn(item.path, (*within, "mode"), "it is in person and can be joined online", hint))
    if model.duration and not model.duration.days and model.duration.minutes < _SHORT:
        hint = "write such as 2 hours; a number alone is minutes"
        found.append(warn(item.path, (*within, "duration"), f"this is {model.duration.minutes} minutes", hint))
    for index, one in enumerate(model.price):
        if ((one.amount or "").strip("0.") and not one.currency) or (one.name or "").isdigit():
            hint = "write {amount: 12, currency: EUR}"
            found.append(warn(item.path, (*within, "price", index), "the currency is missing", hint))
        if one.currency and not i18n.is_currency(one.currency):
            hint = "write its ISO 4217 code, such as EUR"
            found.append(warn(item.path, (*within, "price", index, "currency"), "there is no such currency", hint))
    return tuple(found)
