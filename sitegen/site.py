"""The site: entries linked with each other, in order, and selected by the clock."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest
from itertools import chain

from sitegen import exchange, i18n, programme, references, times, topics
from sitegen.clock import Interval, between
from sitegen.common import Problems, Waiting, place_in
from sitegen.kinds import kinds
from sitegen.model import Config, Entry, Link, Own, Referent
from sitegen.problems import Problem, Severity, did_you_mean
from sitegen.programme import Programme, states
from sitegen.references import Part
from sitegen.slugs import fold
from sitegen.topics import Gathering

FEED = 30
"""How many entries a feed has."""
INSIGHTS = ("exchange", "mentoring", "introductions")
"""The sections that show how members belong together."""
HOME = ("home", "index")
"""The ids of a page whose words stand at the head of the first page."""


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that is published, and how it belongs together."""

    config: Config
    entries: tuple[Entry, ...]
    """Everything with a page, by kind and id."""
    lists: Mapping[str, tuple[Entry, ...]]
    """What the list of each kind shows, in its order."""
    listed: Mapping[str, Entry]
    """Everything that is in a list, by the URL of its page."""
    remembered: tuple[Entry, ...]
    """Members in memoriam, by name."""
    newest: tuple[Entry, ...]
    """Members of whom it is known when they joined, the last first."""
    programme: Programme
    """The events in time."""
    calendar: str
    """The URL of the calendar of all events; empty where none has a day."""
    skills: tuple[Gathering, ...]
    """Members, and what asks for them, by skill, in the order of the skills."""
    languages: tuple[Gathering, ...]
    """Members by the languages that they speak."""
    tags: tuple[Gathering, ...]
    organizations: tuple[Gathering, ...]
    """Members by where they work, as far as that is plain text."""
    places: tuple[Gathering, ...]
    """Everything that is somewhere by country, and within that by town."""
    own: tuple[tuple[Own, tuple[Gathering, ...]], ...]
    """Everything by the association's own fields."""
    referents: Mapping[Part, tuple[Referent, ...]]
    """What the references of an entry or of one of its dates mean."""
    attending: Mapping[Part, tuple[Entry, ...]]
    """The members who take part and show it."""
    backlinks: Mapping[str, tuple[tuple[Referent, Entry], ...]]
    """The entries in which something has a part, with that part, by the URL of its page; the last event first."""
    feed: tuple[Entry, ...]
    """What feeds have, the newest first."""
    standing: Mapping[str, tuple[str, ...]]
    """What is so of an entry at present, by reference: over, apply-closed, registration-early …"""
    introductions: Mapping[str, Entry]
    """The words at the head of a section, by its name."""
    interval: Interval
    """All this is so as long as the present is in here."""
    counts: Mapping[str, int]
    """How many entries of each kind have a page."""
    current: frozenset[str]
    """The references of what has not expired."""
    fed: frozenset[str]
    """The references of what is in `feed`."""

    @property
    def root(self) -> str:
        """Before the addresses of its pages: empty, or that of another language: ``/es``."""
        return self.config.root

    @property
    def members(self) -> tuple[Entry, ...]:
        """The directory, by name."""
        return self.lists.get("members", ())

    @property
    def calls(self) -> tuple[Entry, ...]:
        """Events to come whose call for talks or papers is open."""
        shut = {"call-closed", "call-early", "over"}
        return tuple(
            ahead[0]
            for ref, ahead in self.programme.ahead.items()
            if any(window.name == "call" for each in ahead[:1] for window in each.windows)
            and not shut & set(self.standing.get(ref, ()))
        )

    def newest_of(self, entries: Iterable[Entry]) -> tuple[Entry, ...]:
        """What a feed of some entries has, the newest first."""
        found = {each.ref: each for each in entries if each.ref in self.fed}
        return tuple(nsmallest(FEED, found.values(), key=lambda each: (-(each.published or 0), each.ref)))

    def says(self, message: str) -> str:
        """A message of the catalogs in the language of the site."""
        return i18n.translations(self.config.language).gettext(message)

    def title(self, kind: str) -> str:
        """What the list of a kind is called: as the association calls it, else by the catalogs."""
        _, many = self.config.vocabulary.get(kind, ("", ""))
        return many[:1].upper() + many[1:] if many and not self.root else self.says(kinds()[kind].title)

    def list_of(self, kind: str) -> Link:
        """The list of a kind."""
        return Link(self.title(kind), f"{self.root}/{kind}/")


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
    every, waiting = tuple(exchange.current(each, now) for each in entries), tuple(waiting)
    entries = tuple({each.ref: each for each in reversed(every)}.values())[::-1]  # one of each id
    everything = references.known(entries, waiting)
    present = references.Present(now, config.settings.zone)
    entries = tuple(references.completed(each, everything, present) for each in entries)
    everything = references.known(entries, waiting)
    referents = references.resolved(entries, everything, present)
    words = tuple(entry for entry in entries if entry.kind == "pages" and entry.id in sections())
    introductions = {each.id: each for each in words if each.expires is None or each.expires > now}
    introducing = {each.ref for each in words}
    pages = tuple(entry for entry in entries if entry.url and entry.ref not in introducing)
    events, odd_dates = programme.programme(config, pages, waiting, now)
    standing = {**{each.ref: tuple(states(each.windows, now)) for each in pages if each.windows}, **events.standing}
    pages = tuple(events.linked.get(each.ref, each) for each in pages)
    current = tuple(each for each in pages if each.expires is None or each.expires > now)
    lists = {kind: tuple(found) for kind, found in _lists(current, standing).items()}
    listed = lists.get("members", ())
    shown = tuple(chain.from_iterable(lists.values()))
    by_ref = {entry.ref: entry for entry in listed}
    organizations = everything.get("organizations", references.NOBODY)
    moments = chain(
        (each.visible for each in entries if each.visible),
        (each.visible for each in waiting if each.visible),
        (each.expires for each in entries if each.expires),
        (each.published for each in entries if each.published is not None),
        (wish.ends for each in entries for wish in each.wishes if wish.ends is not None),
        (at for each in pages for window in each.windows for at in (window.opens, window.closes) if at is not None),
        references.moments(entries, config.settings.zone),
        events.moments,
    )
    fed = (each for each in shown if each.published is not None and each.published <= now)
    feed = tuple(sorted(fed, key=lambda each: (-(each.published or 0), each.ref)))
    events_last_first = sorted(events.variants.items(), key=lambda each: (_begins(each[1]), each[0]), reverse=True)
    others = (((each.ref, ""), each) for each in shown if not each.when)
    return Site(
        config=config,
        entries=pages,
        lists=lists,
        listed={each.url: each for each in shown},
        remembered=tuple(
            sorted((each for each in current if each.listing == "remembered"), key=lambda each: (each.sort, each.id))
        ),
        newest=tuple(sorted((each for each in listed if each.joined), key=_since, reverse=True)),
        programme=events,
        calendar=f"{config.root}/calendar.ics" if any(each.vevent for each in events.events) else "",
        skills=topics.gathered(f"{config.root}/skills/", shown, lambda each: each.skills),
        languages=topics.gathered(f"{config.root}/languages/", listed, lambda each: each.languages),
        tags=topics.gathered(f"{config.root}/tags/", shown, lambda each: each.tags),
        organizations=topics.gathered(
            f"{config.root}/organizations/",
            listed,
            lambda each: (topic for topic in each.organizations if topic.slug not in organizations.names),
        ),
        places=topics.places(shown, config.language, config.root),
        own=tuple(_own(config, shown)),
        referents=referents,
        attending={
            part: tuple(by_ref[ref] for ref in refs if ref in by_ref) for part, refs in (attending or {}).items()
        },
        backlinks=references.backlinks((*events_last_first, *others), referents),
        feed=feed,
        current=frozenset(each.ref for each in current),
        fed=frozenset(each.ref for each in feed),
        standing=standing,
        introductions=introductions,
        interval=between(moments, now),
        counts=Counter(each.kind for each in pages),
    ), (
        *references.dangling(entries, everything),
        *odd_dates,
        *_same_ids(every),
        *_odd_tiers(config, entries),
        *topics.spellings(listed, "skills", lambda each: each.skills),
        *topics.spellings(shown, "tags", lambda each: each.tags),
        *topics.spellings(listed, "organization", lambda each: each.organizations),
        *topics.spellings(listed, "location", lambda each: topics.town_topics(each, config.language)),
        *topics.spellings(events.events, "venue", lambda each: topics.town_topics(each, config.language)),
    )


def sections() -> frozenset[str]:
    """The names of sections: a page that is named like one is its introduction."""
    lists = (kind.name for kind in kinds().values() if kind.listing)
    return frozenset((*HOME, "skills", "places", "languages", "tags", *INSIGHTS, *lists))


def _lists(entries: Iterable[Entry], standing: Mapping[str, tuple[str, ...]]) -> dict[str, list[Entry]]:
    """What is listed of each kind: not what one cannot apply for at present."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.listing == "listed" and not {"apply-closed", "apply-early"} & set(standing.get(entry.ref, ())):
            found[entry.kind].append(entry)
    for name, each in found.items():
        each.sort(key=lambda entry: (entry.sort, entry.id))
        if kinds()[name].newest_first:
            each.sort(key=lambda entry: -(entry.published or 0))
    return found


def _own(config: Config, entries: tuple[Entry, ...]) -> Iterator[tuple[Own, tuple[Gathering, ...]]]:
    """The values of each own field by which lists can be narrowed, below an address of the field."""
    for name, declared in {each.name: each for each in config.settings.own if each.facet}.items():
        root = f"{config.root}/{name.replace('_', '-')}/"
        found = topics.gathered(root, entries, lambda each, name=name: dict(each.own).get(name, ()))  # type: ignore[misc]
        yield declared, found


def _same_ids(entries: tuple[Entry, ...]) -> Problems:
    """Entries in a file of the whole kind whose id another file has: neither can be referred to."""
    owners = Counter(entry.ref for entry in entries)
    return tuple(
        Problem(place_in(entry), f"another file in {entry.kind}/ has the same id", "rename one of them")
        for entry in entries
        if entry.within and owners[entry.ref] > 1
    )


def _odd_tiers(config: Config, entries: tuple[Entry, ...]) -> Iterator[Problem]:
    """What sponsors are called that site.yaml does not know: tiers are an open list."""
    known = {fold(each) for each in config.tiers}
    for entry in entries if known else ():
        sponsors = (each for each in entry.references if each.part == "sponsors")
        for path, tier in ((("tier",), entry.tier), *(((*each.path[:-1], "tier"), each.role) for each in sponsors)):
            if tier and fold(tier) not in known:
                hint = did_you_mean(tier, config.tiers) or "it is shown as it is, after those of site.yaml"
                yield Problem(place_in(entry, *path), "this tier is not a known one", hint, Severity.NOTE)


def _since(entry: Entry) -> date:
    return times.read(entry.joined).date


def _begins(entry: Entry) -> int:
    return entry.when.begins if entry.when else 0
