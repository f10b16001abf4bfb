"""The archive: events that are over, by the year in which they began."""

from collections.abc import Iterator
from itertools import groupby

from sitegen.model import Counted, Link, face
from sitegen.plan import Collection, Section
from sitegen.site import Site

EVENTS = Link("Events", "/events/")
ARCHIVE = Link("Archive", "/events/archive/")


def collections(site: Site) -> Iterator[Collection]:
    """``/events/archive/`` and ``/events/archive/<year>/``, where anything is past."""
    years = [
        (year, tuple(found))
        for year, found in groupby(site.past, key=lambda each: each.when.start[:4] if each.when else "")
    ]
    if not years:
        return
    links = tuple(face(Counted(year, f"/events/archive/{year}/", len(found))) for year, found in years)
    every = Section("years", links, len(site.past))
    yield Collection(
        url=ARCHIVE.url, title=ARCHIVE.title, template="archive.html", sections=(every,), parents=(EVENTS,)
    )
    for year, found in years:
        yield Collection(
            url=f"/events/archive/{year}/",
            title=f"Events in {year}",
            template="year.html",
            entries=found,
            sections=(every,),
            parents=(EVENTS, ARCHIVE),
        )
