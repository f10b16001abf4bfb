"""The archive: events that are over, by the year in which they began."""

from collections import defaultdict
from collections.abc import Iterator

from sitegen.model import Counted, Entry, Link, face
from sitegen.plan import Collection, Section
from sitegen.programme import count
from sitegen.site import Site


def collections(site: Site) -> Iterator[Collection]:
    """``/events/archive/`` and ``/events/archive/<year>/``, where anything is past."""
    years: dict[str, list[Entry]] = defaultdict(list)
    for event in site.programme.past:
        years[event.when.start[:4] if event.when else ""].append(event)
    if not years:
        return
    events = site.list_of("events")
    archive = Link(site.says("Past events"), f"{site.root}/events/archive/")
    last_first = sorted(years.items(), reverse=True)
    links = tuple(face(Counted(year, f"{archive.url}{year}/", count(found))) for year, found in last_first)
    every = Section("years", links, count(site.programme.past))
    yield Collection(
        url=archive.url, title=archive.title, template="archive.html", sections=(every,), parents=(events,)
    )
    for year, found in last_first:
        yield Collection(
            url=f"{archive.url}{year}/",
            title=site.says("Events in %(year)s") % {"year": year},
            template="year.html",
            entries=tuple(found),
            sections=(every,),
            parents=(events, archive),
        )
