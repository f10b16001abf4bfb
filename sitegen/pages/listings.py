"""The lists of everything: the directory of members, the events to come, and a list of each other kind."""

from collections.abc import Iterator

from sitegen.insight import facets
from sitegen.kinds import Kind, kinds
from sitegen.model import Counted, Entry, Face, Link, face, shown
from sitegen.plan import Collection, Section
from sitegen.programme import count, following
from sitegen.site import Site

ALWAYS = ("members", "events")
"""Lists that are there when nothing is in them: they say how that changes."""
STATUSES = ("active", "forming", "dormant", "closed")
"""Of groups, in the order of their list."""


def collections(site: Site) -> Iterator[Collection]:
    """``/members/``, ``/events/`` with the calendar of all events, and ``/<kind>/`` where there is anything."""
    yield _members(site)
    yield _events(site)
    for kind in kinds().values():
        there = (
            site.counts.get(kind.name),
            kind.name in site.introductions,
            kind.name == "organizations" and site.organizations,
            kind.name == "opportunities" and site.calls,
        )
        if kind.listing and kind.name not in ALWAYS and any(there):
            yield _list(site, kind)


def _members(site: Site) -> Collection:
    narrowing = facets.directory(site)
    ways = tuple(face(Link(each.label, each.name)) for each in narrowing.facets)
    return Collection(
        url=f"{site.root}/members/",
        title=site.title("members"),
        template="members.html",
        entries=site.members,
        sections=(Section("remembered", tuple(each.link for each in site.remembered)), Section("facets", ways)),
        page_size=site.config.page_size,
        feed=site.newest_of(site.members),
        intro=site.introductions.get("members"),
        directory=face(narrowing) if site.members else None,
    )


def _events(site: Site) -> Collection:
    programme = site.programme
    month = programme.month
    sheet = Link(month, f"{site.root}/events/calendar/{month}/")
    return Collection(
        url=f"{site.root}/events/",
        title=site.title("events"),
        template="events.html",
        entries=programme.upcoming,
        sections=(
            Section("past", (), count(programme.past)),
            Section("following", following(programme, programme.upcoming)),
            Section("month", (face(sheet),) if month else ()),
        ),
        page_size=site.config.page_size,
        calendar=site.calendar,
        calendar_name=site.config.name,
        dated=programme.events,
        feed=site.newest_of(programme.events),
        intro=site.introductions.get("events"),
    )


def _list(site: Site, kind: Kind) -> Collection:
    entries = site.lists.get(kind.name, ())
    dated = tuple(each for each in entries if each.vevent)
    url = f"{site.root}/{kind.name}/"
    return Collection(
        url=url,
        title=site.title(kind.name),
        template=kind.listing,
        entries=tuple(_ordered(site, kind, entries)),
        sections=tuple(_sections(site, kind)),
        page_size=site.config.page_size,
        calendar=f"{url}calendar.ics" if dated else "",
        calendar_name=f"{site.config.name}: {site.title(kind.name)}",
        dated=dated,
        feed=site.newest_of(entries) if kind.newest_first or dated else (),
        intro=site.introductions.get(kind.name),
    )


def _ordered(site: Site, kind: Kind, entries: tuple[Entry, ...]) -> list[Entry]:
    """Groups by their status, organizations by their tier, everything else as it is."""
    tiers = {tier.lower(): rank for rank, tier in enumerate(site.config.tiers)}
    ranks = {status: rank for rank, status in enumerate(STATUSES)}

    def rank(entry: Entry) -> int:
        if kind.name == "groups":
            return ranks.get(entry.status, 0)
        tier = entry.tier.lower() if kind.name == "organizations" else ""
        return tiers.get(tier, len(tiers) + (not tier))

    return sorted(entries, key=rank)


def _sections(site: Site, kind: Kind) -> Iterator[Section]:
    if kind.name == "organizations":
        counted = (Counted(each.topic.label, each.url, len(each.entries)) for each in site.organizations)
        yield Section("topics", tuple(map(face, counted)), len(site.organizations))
    if kind.name == "opportunities":
        yield Section("calls", tuple(map(_call, site.calls)), len(site.calls))


def _call(entry: Entry) -> Face:
    """The card of an event with the moment at which its call closes, the latest when it is over."""
    closes = (each.closes for each in entry.windows if each.name == "call")
    return face({**shown(entry.card, dict), "over": next(closes, None) or (entry.when.over if entry.when else 0)})
