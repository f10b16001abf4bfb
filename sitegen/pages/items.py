"""A page for every entry, with the people in it, its dates, and what its person takes part in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from sitegen import webcal
from sitegen.common import topic_slug
from sitegen.model import Entry, Face, Link, Override, Person, Session, VEvent, face, shown
from sitegen.occasion import OFF
from sitegen.plan import Collection, Section, absolute
from sitegen.programme import Date
from sitegen.site import Site
from sitegen.topics import country_topic

TEMPLATES = {"members": "member.html", "events": "event.html"}
LISTS = {"members": Link("Members", "/members/"), "events": Link("Events", "/events/")}
TAKING_PART = ("speakers", "organizers")
"""The parts whose events are in a person's calendar."""


def collections(site: Site) -> Iterator[Collection]:
    """One page for each entry, by source."""
    cards = {entry.url: entry for entry in site.entries if entry.vcard}
    topics = _Topics(
        skills={each.topic.slug: each.url for each in site.skills},
        tags={each.topic.slug: each.url for each in site.tags},
        organizations={each.topic.slug: each.url for each in site.organizations},
        places={
            slug: Link(each.topic.label, each.url)
            for country in site.places
            for slug, each in (
                (country.topic.slug, country),
                *((f"{country.topic.slug}/{town.topic.slug}", town) for town in country.within),
            )
        },
    )
    for entry in site.entries:
        dated = tuple(_calendar(site, entry))
        yield Collection(
            url=entry.url,
            title=entry.title,
            template=TEMPLATES[entry.kind],
            about=entry,
            sections=(
                *_people(site, entry),
                *_involved(site, entry),
                *_topics(site.config.language, entry, topics),
                *_programme(site, entry),
            ),
            parents=(LISTS[entry.kind],),
            aliases=tuple(_address(entry.kind, alias) for alias in entry.aliases),
            calendar=f"{entry.url}calendar.ics" if dated else "",
            calendar_name=f"{site.config.name}: {entry.title}",
            dated=dated,
            contacts=tuple(_contacts(site, entry, cards)),
            standing=site.programme.standing.get(entry.ref, ()),
        )


def _address(kind: str, alias: str) -> str:
    """Where an old id or path stood: a page, so a folder, unless its last part has a dot (``/people/ada.html``)."""
    path = alias if alias.startswith("/") else f"/{kind}/{alias}"
    return path if path.endswith("/") or "." in path.rpartition("/")[2] else path + "/"


# --- People of an event


def _people(site: Site, entry: Entry) -> Iterator[Section]:
    """The people of each part; who speaks in sessions is a speaker, and has these sessions' titles."""
    people = site.people.get((entry.ref, ""), ())
    parts: dict[str, dict[tuple[str, str], tuple[Person, list[Link]]]] = {}
    for person in people:
        key = (person.url, person.name) if person.name else ("", str(len(parts.get(person.part, ()))))
        _, titles = parts.setdefault(person.part, {}).setdefault(key, (person, []))
        if person.session >= 0:
            session = entry.sessions[person.session]
            titles.append(Link(session.title, f"#{session.anchor}"))
    for part, found in parts.items():
        yield Section(part, tuple(_with_titles(person, titles) for person, titles in found.values()))
    if attending := site.attending.get((entry.ref, "")):
        yield Section("attendees", tuple(member.link for member in attending))


def _with_titles(person: Person, titles: list[Link]) -> Face:
    return face({**msgspec.structs.asdict(person), "talks": titles})


def _contacts(site: Site, entry: Entry, cards: dict[str, Entry]) -> Iterator[Entry]:
    """Speakers and hosts who have cards, and attendees who show that they take part; each once."""
    if not entry.when:
        return
    dates = ("", *(override.planned for override in entry.overrides))
    people = [person for date in dates for person in site.people.get((entry.ref, date), ())]
    urls = dict.fromkeys(person.url for person in people if person.part in ("speakers", "hosts", "organizers"))
    urls |= dict.fromkeys(member.url for date in dates for member in site.attending.get((entry.ref, date), ()))
    yield from (cards[url] for url in urls if url in cards)


# --- The events of a person


def _involved(site: Site, entry: Entry) -> Iterator[Section]:
    parts: dict[str, list[Entry]] = {}
    for part, other in site.involved.get(entry.url, ()):
        parts.setdefault(f"{part}_at", []).append(other)
    for name, others in parts.items():
        yield Section(name, tuple(other.card for other in others), len(others))


def _calendar(site: Site, entry: Entry) -> Iterator[Entry]:
    """What a person speaks at or organizes, each once and the first first; never where they go."""
    found = {other.vevent: other for part, other in site.involved.get(entry.url, ()) if part in TAKING_PART}
    linked = site.programme.linked
    whole = {other.ref for other in found.values() if other.vevent == linked[other.ref].vevent}
    single = [other for other in found.values() if other.ref not in whole or other.vevent == linked[other.ref].vevent]
    yield from reversed([other for other in single if other.vevent])


@dataclass(frozen=True, slots=True)
class _Topics:
    """The pages of topics, by slug."""

    skills: Mapping[str, str]
    tags: Mapping[str, str]
    organizations: Mapping[str, str]
    places: Mapping[str, Link]
    """Countries by their slugs, and towns behind those of their countries."""


def _topics(language: str, entry: Entry, pages: _Topics) -> Iterator[Section]:
    """The entry's topics; a link where others are found by it, too."""
    for name, topics, urls in (
        ("skills", entry.skills, pages.skills),
        ("tags", entry.tags, pages.tags),
        ("organizations", entry.organizations, pages.organizations),
    ):
        if topics:
            yield Section(name, tuple(face(Link(each.label, urls.get(each.slug, ""))) for each in topics))
    if entry.where:
        where = entry.where[0]
        country = country_topic(where.country, language).slug
        slugs = (f"{country}/{topic_slug(where.city)}" if where.city else "", country)
        yield Section("places", tuple(face(pages.places[slug]) for slug in slugs if slug in pages.places))


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
        people = site.people.get((entry.ref, ""), ())
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
    people = site.people.get((entry.ref, row.planned), ())
    return face(
        {
            **values,
            "changes": shown(override.full, dict),
            "body": override.body,
            "people": [each for each in people if each.session < 0],
            "attendees": [shown(each.link, Link) for each in site.attending.get((entry.ref, row.planned), ())],
            "agenda": list(_agenda(override.sessions, people)),
        }
    )


def _agenda(sessions: Iterable[Session], people: Iterable[Person]) -> Iterator[dict[str, Any]]:
    """The sessions in the order of their times, each with its people; one without a time follows the one before it."""
    by_session: dict[int, list[Person]] = defaultdict(list)
    for person in people:
        by_session[person.session].append(person)
    at = ""
    rows = []
    for index, session in enumerate(sessions):
        at = session.start or at
        rows.append((at, index, session))
    for _, index, session in sorted(rows, key=lambda row: row[:2]):
        yield {**msgspec.structs.asdict(session), "people": by_session.get(index, [])}
