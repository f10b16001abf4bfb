"""A page for every entry, with whoever has a part in it, its dates, and what it has a part in itself."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from sitegen import reach, webcal
from sitegen.common import topic_slug
from sitegen.entries import root_of
from sitegen.event import PEOPLE
from sitegen.insight import acquaintance
from sitegen.kinds import kinds
from sitegen.model import Entry, Face, Link, Override, Referent, Session, VEvent, face, shown
from sitegen.occasion import OFF
from sitegen.plan import Collection, Section, absolute
from sitegen.programme import Date, following, in_time
from sitegen.site import Site
from sitegen.topics import country_topic

TAKING_PART = ("speakers", "organizers")
"""The parts whose events are in a person's calendar."""
GATHERING = ("members", "groups", "organizations")
"""Kinds with a calendar and a feed of what they have a part in."""
LATEST = 10
"""How many past events the page of a group or organization shows."""


def collections(site: Site) -> Iterator[Collection]:
    """One page for each entry, by source. What has no words in a language has no page there."""
    cards = {entry.url: entry for entry in site.entries if entry.vcard}
    topics = _Topics(
        skills={each.topic.slug: each.url for each in site.skills},
        tags={each.topic.slug: each.url for each in site.tags},
        organizations={each.topic.slug: each.url for each in site.organizations},
        own={(declared.name, each.topic.slug): each.url for declared, found in site.own for each in found},
        places={
            slug: Link(each.topic.label, each.url)
            for country in site.places
            for slug, each in (
                (country.topic.slug, country),
                *((f"{country.topic.slug}/{town.topic.slug}", town) for town in country.within),
            )
        },
    )
    circles = acquaintance.circles(site)
    for entry in site.entries:
        if site.root and not entry.language:
            continue
        dated = tuple(_calendar(site, entry)) if entry.kind in GATHERING else ()
        variant = site.programme.variants.get((entry.ref, ""), entry)
        yield Collection(
            url=entry.url,
            title=entry.title,
            template=kinds()[entry.kind].template,
            about=entry,
            sections=(
                *_referents(site, entry),
                *_backlinks(site, entry),
                *_topics(site.config.language, entry, topics),
                *_programme(site, entry),
                *_moments(entry),
                *_met(circles, entry),
                *_ways_to_reach(site, entry),
            ),
            parents=(site.list_of(entry.kind),) if kinds()[entry.kind].listing else (),
            aliases=tuple(_address(root_of(entry.kind, site.config.settings), alias) for alias in entry.aliases),
            calendar=f"{entry.url}calendar.ics" if dated else "",
            calendar_name=f"{site.config.name}: {entry.title}",
            dated=dated,
            contacts=tuple(_contacts(site, entry, cards)),
            standing=site.standing.get(entry.ref, ()),
            feed=site.newest_of(_fed(site, entry)) if entry.kind in GATHERING else (),
            referents=site.referents.get((entry.ref, ""), ()),
            when=variant.when,
            unlisted=entry.expires is not None and entry.ref not in site.current,
        )


def _address(below: str, alias: str) -> str:
    """Where an old id or path stood: a page, so a folder, unless its last part has a dot (``/people/ada.html``)."""
    path = alias if alias.startswith("/") else f"{below}{alias}"
    return path if path.endswith("/") or "." in path.rpartition("/")[2] else path + "/"


# --- Who and what has a part in an entry


def _referents(site: Site, entry: Entry) -> Iterator[Section]:
    """What each part means; who speaks in sessions is a speaker, and has these sessions' titles."""
    parts: dict[str, dict[tuple[str, ...], tuple[Referent, list[Link]]]] = {}
    for each in site.referents.get((entry.ref, ""), ()):
        who = (each.url, each.name) if each.name else (str(len(parts.get(each.part, ()))),)
        key = (*who, each.since, each.until)  # an office that somebody had twice
        _, titles = parts.setdefault(each.part, {}).setdefault(key, (each, []))
        if each.session >= 0:
            session = entry.sessions[each.session]
            titles.append(Link(session.title, f"#{session.anchor}"))
    for part, found in parts.items():
        yield Section(part, tuple(_with_titles(each, titles) for each, titles in found.values()))
    if attending := site.attending.get((entry.ref, "")):
        yield Section("attendees", tuple(member.link for member in attending))


def _with_titles(referent: Referent, titles: list[Link]) -> Face:
    return face({**msgspec.structs.asdict(referent), "talks": titles})


def _contacts(site: Site, entry: Entry, cards: dict[str, Entry]) -> Iterator[Entry]:
    """Speakers and hosts who have cards, and attendees who show that they take part; each once."""
    if not entry.when:
        return
    dates = ("", *(override.planned for override in entry.overrides))
    people = [each for date in dates for each in site.referents.get((entry.ref, date), ())]
    urls = dict.fromkeys(each.url for each in people if each.part in ("speakers", "hosts", "organizers"))
    urls |= dict.fromkeys(member.url for date in dates for member in site.attending.get((entry.ref, date), ()))
    yield from (cards[url] for url in urls if url in cards)


def _ways_to_reach(site: Site, entry: Entry) -> Iterator[Section]:
    """Who introduces a member that shows no address."""
    if entry.kind == "members" and entry.vcard and not reach.has_address(entry):
        found = reach.introducer(site, entry)
        if found:
            yield Section("reach", (face(found),))


def _met(known: acquaintance.Circles, entry: Entry) -> Iterator[Section]:
    """People whom a member has met at events."""
    found, total = acquaintance.met(known, entry)
    if found:
        yield Section("met", found, total)


# --- What an entry has a part in


def _backlinks(site: Site, entry: Entry) -> Iterator[Section]:
    """``speakers_at`` events, ``groups_members``, ``organization_opportunities`` …, and what of it is to come.

    A person's events are told by their parts; those of a group or organization by time.
    """
    is_person = entry.kind == "members"
    found = site.backlinks.get(entry.url, ())
    parts: dict[str, list[Face]] = {}
    events: dict[str, Entry] = {}
    for referent, other in found:
        if other.when:
            events[other.ref] = other
            parts.setdefault(f"{referent.part}_at", []).append(other.card)
        elif other.listing:
            parts.setdefault(f"{referent.part}_{other.kind}", []).append(_with_part(referent, other))
    for name, faces in parts.items():
        yield Section(name, tuple(faces), len(faces))
    if events and not is_person:
        ahead, behind = in_time(site.programme, events.values())
        yield Section("upcoming", tuple(each.card for each in ahead), len(ahead))
        yield Section("following", following(site.programme, ahead))
        yield Section("past", tuple(each.card for each in behind[:LATEST]), len(behind))


def _with_part(referent: Referent, other: Entry) -> Face:
    """The card of what refers to an entry, with the part that it has there."""
    part = {"role": referent.role, "since": referent.since, "until": referent.until, "past": referent.past}
    return face({**shown(other.card, dict), "part": part})


def _calendar(site: Site, entry: Entry) -> Iterator[Entry]:
    """What a person speaks at or organizes, or all that a group has, each once and the first first.

    It never has where a person goes.
    """
    is_person = entry.kind == "members"
    found = {
        other.vevent: other
        for referent, other in site.backlinks.get(entry.url, ())
        if other.when and (referent.part in TAKING_PART or not is_person)
    }
    linked = site.programme.linked
    whole = {other.ref for other in found.values() if other.vevent == linked[other.ref].vevent}
    single = [other for other in found.values() if other.ref not in whole or other.vevent == linked[other.ref].vevent]
    yield from reversed([other for other in single if other.vevent])


def _fed(site: Site, entry: Entry) -> Iterator[Entry]:
    """What the feed of an entry has: a person's talks and writings, a group's events; not who belongs to it."""
    is_person = entry.kind == "members"
    for referent, other in site.backlinks.get(entry.url, ()):
        if other.kind != "members" and (not is_person or referent.part in (*TAKING_PART, "authors")):
            yield site.programme.linked.get(other.ref, other)


@dataclass(frozen=True, slots=True)
class _Topics:
    """The pages of topics, by slug."""

    skills: Mapping[str, str]
    tags: Mapping[str, str]
    organizations: Mapping[str, str]
    own: Mapping[tuple[str, str], str]
    """By the name of the field, too."""
    places: Mapping[str, Link]
    """Countries by their slugs, and towns behind those of their countries."""


def _topics(language: str, entry: Entry, pages: _Topics) -> Iterator[Section]:
    """The entry's topics; a link where others are found by it, too."""
    for name, topics, urls in (
        ("skills", entry.skills, pages.skills),
        ("tags", entry.tags, pages.tags),
        ("employers", entry.organizations, pages.organizations),
    ):
        if topics:
            yield Section(name, tuple(face(Link(each.label, urls.get(each.slug, ""))) for each in topics))
    if entry.own:
        links = (Link(each.label, pages.own.get((name, each.slug), "")) for name, own in entry.own for each in own)
        yield Section("own", tuple(map(face, links)))
    if entry.where:
        where = entry.where[0]
        country = country_topic(where.country, language).slug
        slugs = (f"{country}/{topic_slug(where.city)}" if where.city else "", country)
        yield Section("places", tuple(face(pages.places[slug]) for slug in slugs if slug in pages.places))


def _moments(entry: Entry) -> Iterator[Section]:
    """When something opens and closes; until when what somebody offers, seeks and is available for holds, in order."""
    if entry.windows:
        yield Section("windows", tuple(map(face, entry.windows)))
    if any(each.ends for each in entry.wishes):
        ends: dict[str, list[int | None]] = defaultdict(list)
        for each in entry.wishes:
            ends[each.part].append(each.ends)
        yield Section("ends", (face(dict(ends)),))


# --- The dates of an event


def _programme(site: Site, entry: Entry) -> Iterator[Section]:
    programme = site.programme
    if not entry.when:
        return
    variant = programme.variants.get((entry.ref, ""), entry)
    if entry.repetition:
        yield Section("next", (variant.card,))
        rows = programme.dates[entry.ref]
        overrides = {each.planned: each for each in entry.overrides}
        yield Section(
            "dates",
            tuple(_row(site, entry, row, overrides.get(row.planned)) for row in rows),
            sum(not row.over for row in rows),
        )
    if entry.sessions:
        people = site.referents.get((entry.ref, ""), ())
        yield Section("agenda", tuple(map(face, _agenda(entry.sessions, people))))
    earlier, later = programme.editions.get(entry.ref, ((), ()))
    for name, editions in (("earlier", earlier), ("later", later)):
        if editions:
            yield Section(name, tuple(each.card for each in editions))
    if series := programme.stands_for.get(entry.ref):
        yield Section("stands_for", (face(series),))
    if entry.vevent and variant.when and variant.when.status not in OFF and "over" not in programme.standing[entry.ref]:
        own = (each.vevent for each in entry.overrides if each.when == variant.when)
        event = shown(next(own, entry.vevent), VEvent)
        address = absolute(site.config.url, entry.url)
        yield Section("add", tuple(face(link) for link in webcal.links(event, variant.when, address)))


def _row(site: Site, entry: Entry, row: Date, override: Override | None) -> Face:
    """A date of a repetition with what differs on it, its own people and sessions."""
    values = msgspec.structs.asdict(row)
    if override is None:
        return face(values)
    people = site.referents.get((entry.ref, row.planned), ())
    parts: dict[str, list[Referent]] = defaultdict(list)
    for each in people:
        if each.session < 0:
            parts[each.part].append(each)
    return face(
        {
            **values,
            "changes": shown(override.full, dict),
            "body": override.body,
            "windows": override.windows,
            "people": [each for part in PEOPLE for each in parts.get(part, ())],
            "parts": dict(parts),
            "attendees": [shown(each.link, Link) for each in site.attending.get((entry.ref, row.planned), ())],
            "agenda": list(_agenda(override.sessions, people)),
        }
    )


def _agenda(sessions: Iterable[Session], people: Iterable[Referent]) -> Iterator[dict[str, Any]]:
    """The sessions in the order of their times, each with its people; one without a time follows the one before it."""
    by_session: dict[int, list[Referent]] = defaultdict(list)
    for person in people:
        by_session[person.session].append(person)
    at = ""
    rows = []
    for index, session in enumerate(sessions):
        at = session.start or at
        rows.append((at, index, session))
    for _, index, session in sorted(rows, key=lambda row: row[:2]):
        yield {**msgspec.structs.asdict(session), "people": by_session.get(index, [])}
