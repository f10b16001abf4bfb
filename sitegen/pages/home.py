"""The home page: what comes next, who is new, and how to join in; and the page for addresses that are not there."""

from collections.abc import Iterator

from sitegen.plan import Collection, Section
from sitegen.site import Site

NEXT = 5
"""How many events the home page shows."""
NEWEST = 6
"""How many members it shows."""


def collections(site: Site) -> Iterator[Collection]:
    """``/`` and ``/404.html``."""
    yield Collection(
        url="/",
        title=site.config.name,
        template="home.html",
        sections=(
            Section("upcoming", tuple(each.card for each in site.upcoming[:NEXT]), len(site.upcoming)),
            Section("newest", tuple(each.card for each in site.newest[:NEWEST]), len(site.members)),
            Section("past", (), len(site.past)),
        ),
    )
    yield Collection(url="/404.html", title="Page not found", template="not-found.html")
