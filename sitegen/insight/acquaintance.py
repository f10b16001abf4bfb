"""Acquaintance: who was at the same events as whom, who belongs to the same groups, and what ties most people.

All of it is public: the people that the pages of events and groups name, as far as they are in the directory. Who takes
part in an event counts where the event and the member agree that it is shown. Only events that are over count, and of
a repetition the dates that are; nobody meets anybody at what is cancelled.
"""

import functools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from typing import Any

from sitegen.event import PEOPLE
from sitegen.model import DAY, Card, Counted, Entry, Face, Frozen, Link, Referent, face, shown
from sitegen.occasion import OFF
from sitegen.site import Site

MOST = 150
"""Where more people were, nobody has met everybody (section 7 of the contract)."""
SHOWN = 12
"""How many people somebody's page shows."""
TOLD = 3
"""With how many of the events that they share."""
HALVES = 8 * 365 * DAY
"""The time, in seconds, in which an event comes to count half."""
STARTS = 20
"""How many people and events are named where chains begin."""


@dataclass(frozen=True, slots=True)
class Tie:
    """What several members have in common: an event, one of its dates, or a group."""

    ref: str
    """Of the event or group."""
    title: str
    url: str
    people: tuple[Entry, ...]
    """At least two, in the order of the directory."""
    size: int
    """How many people were there: those of the directory at least."""
    begins: int | None = None
    """When it was, in seconds since 1970; None for a group."""


class Graph(Frozen, frozen=True):
    """Everybody who has anything in common with somebody else."""

    people: tuple[Link, ...]
    ties: tuple[tuple[Link, tuple[int, ...]], ...]
    """What people have in common, with their places in `people`: events first, the smallest first of either."""
    events: int
    """How many of the ties are events."""


def has_introductions(site: Site) -> bool:
    """At least two members have something in common."""
    return any(True for _ in ties(site))


# --- What people have in common


def ties(site: Site) -> Iterator[Tie]:
    """Everything that at least two members have in common: events, the last first, then groups."""
    places = {member.url: place for place, member in enumerate(site.members)}
    for event in reversed(site.programme.events):
        yield from _ties_of(site, event, places)
    yield from _groups(site, places)


def _ties_of(site: Site, event: Entry, places: Mapping[str, int]) -> Iterator[Tie]:
    """An event as far as it is over; of a repetition its usual dates as one, and each that has its own people."""
    whole: set[str] = set()
    for planned, title, url, begins, full in _held(site, event):
        said = [each for each in _named(site, event, planned) if each.part in PEOPLE and each.kind == "members"]
        coming = site.attending.get((event.ref, planned)) or site.attending.get((event.ref, ""), ())
        there = {each.url for each in said if each.url} | {each.url for each in coming}
        others = {each.name for each in said if not each.url}
        known = {each for each in there if each in places}
        came = shown(full, _Came).attendance
        size = max(len(there) + len(others), came if isinstance(came, int) else 0)
        if len(known) < 2 or size > MOST or known <= whole:  # noqa: PLR2004 - two people are what a tie takes
            continue
        if not planned:
            whole = known
        yield Tie(event.ref, title, url, _people(site, known, places), size, begins)


def _named(site: Site, event: Entry, planned: str) -> tuple[Referent, ...]:
    """Who is named with a date: in its own fields, and in those of the whole event that it does not change."""
    own, whole = (site.referents.get((event.ref, each), ()) for each in (planned, ""))
    changed = {(each.part, each.session >= 0) for each in own}
    return (*own, *(each for each in whole if (each.part, each.session >= 0) not in changed))


class _Came(Frozen, frozen=True):
    """Of what is shown of an event: a number, where somebody has counted."""

    attendance: Any = 0


def _held(site: Site, event: Entry) -> Iterator[tuple[str, str, str, int, Face]]:
    """What of an event is over: planned start, title, address, beginning, and what is shown of it."""
    programme, when = site.programme, event.when
    if when is None:
        return
    if not event.repetition:
        if "over" in programme.standing.get(event.ref, ()) and when.status not in OFF:
            yield "", event.title, event.url, when.begins, event.full
        return
    over = [row for row in programme.dates[event.ref] if row.over and not row.url and row.when.status not in OFF]
    if usual := [row.when.begins for row in over if not row.planned]:
        yield "", event.title, event.url, max(usual), event.full
    changed = {each.planned: each for each in event.overrides}
    for row in over:
        if row.planned:
            card = shown(changed[row.planned].card, Card)
            yield row.planned, card.title, f"{event.url}#{row.anchor}", row.when.begins, changed[row.planned].full


def _groups(site: Site, places: Mapping[str, int]) -> Iterator[Tie]:
    """Groups that are not closed, with those who belong to them now and those who lead them."""
    belonging: dict[str, set[str]] = defaultdict(set)
    for member in site.members:
        for each in site.referents.get((member.ref, ""), ()):
            if each.part == "groups" and not each.past:
                belonging[each.url].add(member.url)
    for group in site.lists.get("groups", ()):
        leads = {each.url for each in site.referents.get((group.ref, ""), ()) if each.part == "leads"}
        known = {each for each in belonging[group.url] | leads if each in places}
        if len(known) > 1 and group.status != "closed":
            yield Tie(group.ref, group.title, group.url, _people(site, known, places), len(known))


def _people(site: Site, urls: Iterable[str], places: Mapping[str, int]) -> tuple[Entry, ...]:
    return tuple(site.members[place] for place in sorted(places[url] for url in urls))


# --- Whom somebody has met


@dataclass(frozen=True, slots=True)
class Circles:
    """The events at which each member was, by the member's reference; those that say most first, with how much."""

    events: Mapping[str, tuple[tuple[float, Tie], ...]]


def circles(site: Site) -> Circles:
    """All that `met` needs to know; once for a site."""
    weighed = [(_weight(tie.begins, tie.size), tie) for tie in ties(site) if tie.begins is not None]
    weighed.sort(key=lambda each: (-each[0], each[1].url))
    found: dict[str, list[tuple[float, Tie]]] = defaultdict(list)
    for weight, tie in weighed:
        for member in tie.people:
            found[member.ref].append((weight, tie))
    return Circles({ref: tuple(each) for ref, each in found.items()})


def _weight(begins: int, size: int) -> float:
    """How much an event says of two people who were there: a small one more, and less with time.

    The smaller the circle the more it says, after Adamic and Adar (Friends and neighbors on the Web, Social Networks
    25, 2003), but more gently: two large events outdo a small one. The ranks are the same whatever the present is, so
    that a page changes with what happened alone.
    """
    return math.exp2(begins / HALVES) / math.cbrt(math.log2(1 + size))


def met(known: Circles, entry: Entry) -> tuple[tuple[Face, ...], int]:
    """The people whom somebody has met at events, and how many they are in all.

    Each is a card with the titles and addresses of the events in ``shared``, and their number in ``events``. Who
    shares the most events comes first; a small event counts more than a large one, and a recent one more than one long
    ago. An event counts once, however many of its dates are shared.
    """
    people: dict[str, Entry] = {}
    shared: dict[str, dict[str, Tie]] = defaultdict(dict)
    scores: dict[str, float] = defaultdict(float)
    for weight, tie in known.events.get(entry.ref, ()):
        for other in tie.people:
            if other.ref != entry.ref and tie.ref not in shared[other.ref]:
                people[other.ref] = other
                shared[other.ref][tie.ref] = tie
                scores[other.ref] += weight
    nearest = nsmallest(SHOWN, people.values(), key=lambda each: (-scores[each.ref], each.sort, each.id))
    return tuple(_met(each, tuple(shared[each.ref].values())) for each in nearest), len(people)


def _met(entry: Entry, shared: tuple[Tie, ...]) -> Face:
    events = [Link(each.title, each.url) for each in shared[:TOLD]]
    return face({**_card(entry.card), "shared": events, "events": len(shared)})


@functools.lru_cache(maxsize=20_000)
def _card(face: Face) -> dict[str, Any]:
    return shown(face, dict)


# --- Introductions


def graph(members: Iterable[Entry], found: Iterable[Tie]) -> Graph:
    """Who of the directory has what in common with whom, without those who have nothing."""
    ordered = sorted(
        found, key=lambda tie: (tie.begins is None, len(tie.people), -(tie.begins or 0), tie.title, tie.url)
    )
    connected = {member.ref for tie in ordered for member in tie.people}
    people = [member for member in members if member.ref in connected]
    places = {member.ref: place for place, member in enumerate(people)}
    return Graph(
        people=tuple(Link(each.title, each.url) for each in people),
        ties=tuple((Link(tie.title, tie.url), tuple(places[each.ref] for each in tie.people)) for tie in ordered),
        events=sum(1 for tie in ordered if tie.begins is not None),
    )


def starts(
    members: Iterable[Entry], found: Iterable[Tie]
) -> tuple[tuple[Face, ...], tuple[Face, ...], tuple[Face, ...]]:
    """Where chains begin: the people with the most ties as cards with their number, the largest events, all groups.

    Of events and groups it is counted how many people they tie.
    """
    found = tuple(found)
    counts = Counter(each.ref for tie in found for each in tie.people)
    most = nsmallest(STARTS, (each for each in members if each.ref in counts), key=lambda each: -counts[each.ref])
    people = tuple(face({**_card(each.card), "ties": counts[each.ref]}) for each in most)
    held = ((tie.begins, tie) for tie in found if tie.begins is not None)
    events = nsmallest(STARTS, held, key=lambda each: (-len(each[1].people), -each[0]))
    groups = (tie for tie in found if tie.begins is None)
    return people, tuple(_counted(tie) for _, tie in events), tuple(map(_counted, groups))


def _counted(tie: Tie) -> Face:
    return face(Counted(tie.title, tie.url, len(tie.people)))
