"""Introductions: the way from one member to another, over people who have something in common."""

from collections.abc import Iterator

from sitegen.insight import acquaintance
from sitegen.model import face
from sitegen.plan import Collection, Section
from sitegen.site import Site


def collections(site: Site) -> Iterator[Collection]:
    """``/introductions/``, where members have anything in common, or there are words at its head."""
    ties = tuple(acquaintance.ties(site))
    if not ties and "introductions" not in site.introductions:
        return
    people, events, groups = acquaintance.starts(site.members, ties)
    yield Collection(
        url=f"{site.root}/introductions/",
        title=site.says("Introductions"),
        template="introductions.html",
        sections=(
            Section("people", people, len({member.ref for tie in ties for member in tie.people})),
            Section("groups", groups, len(groups)),
            Section("events", events, sum(1 for tie in ties if tie.begins is not None)),
        ),
        intro=site.introductions.get("introductions"),
        graph=face(acquaintance.graph(site.members, ties)) if ties else None,
    )
