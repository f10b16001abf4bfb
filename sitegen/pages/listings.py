"""Lists of a whole kind: the directory of members, and the events to come."""

from collections.abc import Iterator

from sitegen.plan import Collection, Section
from sitegen.site import Site


def collections(site: Site) -> Iterator[Collection]:
    """``/members/``, ``/events/``, and the calendar of all events."""
    size = site.config.page_size
    yield Collection(
        url="/members/",
        title="Members",
        template="members.html",
        entries=site.members,
        sections=(Section("remembered", tuple(each.link for each in site.remembered)),),
        page_size=size,
    )
    yield Collection(
        url="/events/",
        title="Events",
        template="events.html",
        entries=site.upcoming,
        sections=(Section("past", (), len(site.past)),),
        page_size=size,
    )
    if site.calendar:
        events = (*reversed(site.past), *site.upcoming)
        yield Collection(url="/", title=site.config.name, template="", entries=events, calendar=site.calendar)
