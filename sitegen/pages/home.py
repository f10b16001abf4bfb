"""The home page: what comes next, who is new, and how to join in; and the page for addresses that are not there."""

from collections.abc import Callable, Iterator, Mapping
from heapq import nlargest

from sitegen.model import Counted, Entry, Face, Link, face
from sitegen.plan import Collection, Section
from sitegen.programme import count, following
from sitegen.site import HOME, Site

NEXT = 5
"""How many events the home page shows."""
SKILLS = 12
"""How many skills it shows, those of the most members."""
NEWEST = 6
"""How many members it shows."""
LATEST = 4
"""How many announcements, opportunities, groups and resources it shows."""


def collections(site: Site) -> Iterator[Collection]:
    """``/`` and ``/404.html``."""
    programme = site.programme
    intro = next((site.introductions[name] for name in HOME if name in site.introductions), None)
    order = tuple(face(Link(name)) for name in site.config.home)
    yield Collection(
        url=f"{site.root}/",
        title=site.config.name,
        template="home.html",
        sections=(
            Section("upcoming", tuple(each.card for each in programme.upcoming[:NEXT]), len(programme.upcoming)),
            Section("after_these", tuple(each.card for each in programme.upcoming[NEXT : 2 * NEXT])),
            Section("following", following(programme, programme.upcoming[: 2 * NEXT])),
            Section("newest", tuple(each.card for each in site.newest[:NEWEST]), len(site.members)),
            Section("past", (), count(programme.past)),
            Section("skills", _frequent(site), len(site.skills)),
            *(Section(name, choose(site), len(site.lists.get(name, ()))) for name, choose in _LATEST.items()),
            *((Section("order", order, len(order)),) if order else ()),
        ),
        feed=site.newest_of(site.feed),
        intro=intro,
    )
    yield Collection(
        url=f"{site.root}/404.html", title=site.says("Page not found"), template="not-found.html", unlisted=True
    )


def _frequent(site: Site) -> tuple[Face, ...]:
    most = nlargest(SKILLS, site.skills, key=lambda each: len(each.entries))
    return tuple(face(Counted(each.topic.label, each.url, len(each.entries))) for each in most)


def _first(kind: str) -> Callable[[Site], tuple[Face, ...]]:
    def cards(site: Site) -> tuple[Face, ...]:
        return tuple(each.card for each in site.lists.get(kind, ())[:LATEST])

    return cards


def _supporters(site: Site) -> tuple[Face, ...]:
    """Those that have a tier, the highest first."""
    ranks = {tier.lower(): rank for rank, tier in enumerate(site.config.tiers)}

    def rank(entry: Entry) -> int:
        return ranks.get(entry.tier.lower(), len(ranks))

    found = (each for each in site.lists.get("organizations", ()) if each.tier)
    return tuple(each.card for each in sorted(found, key=rank))


_LATEST: Mapping[str, Callable[[Site], tuple[Face, ...]]] = {
    **{kind: _first(kind) for kind in ("news", "opportunities", "resources")},
    "groups": lambda site: tuple(each.card for each in site.lists.get("groups", ())),
    "organizations": _supporters,
}
"""What the sections show."""
