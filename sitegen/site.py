"""The site: entries linked with each other, in order, and selected by the clock."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain

from sitegen import people, programme, times, topics
from sitegen.clock import Interval, between
from sitegen.common import Problems, Waiting, place_in
from sitegen.model import Config, Entry, Person
from sitegen.people import Part
from sitegen.problems import Problem
from sitegen.programme import Programme
from sitegen.topics import Gathering


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that is published, and how it belongs together."""

    config: Config
    entries: tuple[Entry, ...]
    """Everything with a page, by kind and id."""
    members: tuple[Entry, ...]
    """The directory, by name."""
    remembered: tuple[Entry, ...]
    """Members in memoriam, by name."""
    newest: tuple[Entry, ...]
    """Members of whom it is known when they joined, the last first."""
    programme: Programme
    """The events in time."""
    calendar: str
    """The URL of the calendar of all events; empty where none has a day."""
    skills: tuple[Gathering, ...]
    """Members by skill, in the order of the skills."""
    tags: tuple[Gathering, ...]
    organizations: tuple[Gathering, ...]
    """Members by where they work, as plain text."""
    places: tuple[Gathering, ...]
    """Members and events by country, and within that by town."""
    people: Mapping[Part, tuple[Person, ...]]
    """The people of an entry or of one of its dates."""
    attending: Mapping[Part, tuple[Entry, ...]]
    """The members who take part and show it."""
    involved: Mapping[str, tuple[tuple[str, Entry], ...]]
    """The entries in which a person has a part, with that part, by the URL of the person's page; the last first."""
    interval: Interval
    """All this is so as long as the present is in here."""
    counts: Mapping[str, int]
    """How many entries of each kind have a page."""


def link(
    config: Config,
    entries: Iterable[Entry],
    waiting: Iterable[Waiting],
    now: int,
    attending: Mapping[Part, tuple[str, ...]] | None = None,
) -> tuple[Site, Problems]:
    """The site at ``now`` (seconds since 1970), and the references that lead nowhere.

    ``attending`` are the references of the members who take part in something, and of whom it may be shown.
    """
    entries, waiting = tuple(entries), tuple(waiting)
    credited, dangling = people.resolved(entries, waiting)
    pages = tuple(entry for entry in entries if entry.url)
    current = tuple(entry for entry in pages if entry.expires is None or entry.expires > now)
    members = sorted((each for each in current if each.kind == "members"), key=lambda each: (each.sort, each.id))
    listed = tuple(each for each in members if each.listing == "listed")
    events, odd_dates = programme.programme(config, pages, waiting, now)
    by_ref = {entry.ref: entry for entry in listed}
    moments = chain(
        (each.visible for each in entries if each.visible),
        (each.visible for each in waiting if each.visible),
        (each.expires for each in entries if each.expires),
        events.moments,
    )
    placed = (*listed, *events.events)
    shown_events = sorted(events.variants.items(), key=lambda each: (_begins(each[1]), each[0]), reverse=True)
    return Site(
        config=config,
        entries=tuple(events.linked.get(each.ref, each) for each in pages),
        members=listed,
        remembered=tuple(each for each in members if each.listing == "remembered"),
        newest=tuple(sorted((each for each in listed if each.joined), key=_since, reverse=True)),
        programme=events,
        calendar="/calendar.ics" if any(each.vevent for each in events.events) else "",
        skills=topics.gathered("/skills/", listed, lambda each: each.skills),
        tags=topics.gathered("/tags/", placed, lambda each: each.tags),
        organizations=topics.gathered("/organizations/", listed, lambda each: each.organizations),
        places=topics.places(placed, config.language),
        people=credited,
        attending={
            part: tuple(by_ref[ref] for ref in refs if ref in by_ref) for part, refs in (attending or {}).items()
        },
        involved=people.involved(shown_events, credited),
        interval=between(moments, now),
        counts=Counter(each.kind for each in pages),
    ), (
        *dangling,
        *odd_dates,
        *_same_ids(entries),
        *topics.spellings(listed, "skills", lambda each: each.skills),
        *topics.spellings(placed, "tags", lambda each: each.tags),
        *topics.spellings(listed, "organization", lambda each: each.organizations),
        *topics.spellings(listed, "location", lambda each: topics.town_topics(each, config.language)),
        *topics.spellings(events.events, "venue", lambda each: topics.town_topics(each, config.language)),
    )


def _same_ids(entries: tuple[Entry, ...]) -> Problems:
    """Entries in a file of the whole kind whose id another file has: neither can be referred to."""
    owners = Counter(entry.ref for entry in entries)
    return tuple(
        Problem(place_in(entry), f"another file in {entry.kind}/ has the same id", "rename one of them")
        for entry in entries
        if entry.within and owners[entry.ref] > 1
    )


def _since(entry: Entry) -> date:
    return times.read(entry.joined).date


def _begins(entry: Entry) -> int:
    return entry.when.begins if entry.when else 0
