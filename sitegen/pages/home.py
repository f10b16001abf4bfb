"""The home page: what comes next, who is new, and how to join in; and the page for addresses that are not there."""

from collections.abc import Iterator
from heapq import nlargest

from sitegen.model import Counted, Face, face
from sitegen.plan import Collection, Section
from sitegen.programme import count
from sitegen.site import Site

NEXT = 5
"""How many events the home page shows."""
SKILLS = 12
"""How many skills it shows, those of the most members."""
NEWEST = 6
"""How many members it shows."""


def collections(site: Site) -> Iterator[Collection]:
    """``/`` and ``/404.html``."""
    programme = site.programme
    yield Collection(
        url="/",
        title=site.config.name,
        template="home.html",
        sections=(
            Section(
                "upcoming", tuple(each.card for each in site.programme.upcoming[:NEXT]), len(site.programme.upcoming)
            ),
            Section("newest", tuple(each.card for each in site.newest[:NEWEST]), len(site.members)),
            Section("past", (), count(programme.past)),
            Section("skills", _frequent(site), len(site.skills)),
        ),
    )
    yield Collection(url="/404.html", title="Page not found", template="not-found.html")


def _frequent(site: Site) -> tuple[Face, ...]:
    most = nlargest(SKILLS, site.skills, key=lambda each: len(each.entries))
    return tuple(face(Counted(each.topic.label, each.url, len(each.entries))) for each in most)
