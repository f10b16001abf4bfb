"""The lists of everything: the directory of members, the events to come, and a list of each other kind."""

from collections.abc import Iterator

from sitegen.kinds import Kind, kinds
from sitegen.model import Counted, Entry, Link, face
from sitegen.plan import Collection, Section
from sitegen.programme import count
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
    return Collection(
        url=f"{site.root}/members/",
        title=site.title("members"),
        template="members.html",
        entries=site.members,
        sections=(Section("remembered", tuple(each.link for each in site.remembered)),),
        page_size=site.config.page_size,
        feed=site.newest_of(site.members),
        intro=site.introductions.get("members"),
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
        yield Section("calls", tuple(each.card for each in site.calls), len(site.calls))
