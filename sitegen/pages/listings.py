"""The lists of everything: the directory of members, and the events to come."""

from collections.abc import Iterator

from sitegen.model import Link, face
from sitegen.plan import Collection, Section
from sitegen.programme import count
from sitegen.site import Site


def collections(site: Site) -> Iterator[Collection]:
    """``/members/``, and ``/events/`` with the calendar of all events."""
    size = site.config.page_size
    programme = site.programme
    month = programme.month
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
        entries=programme.upcoming,
        sections=(
            Section("past", (), count(programme.past)),
            Section("month", (face(Link(month, f"/events/calendar/{month}/")),) if month else ()),
        ),
        page_size=size,
        calendar=site.calendar,
        calendar_name=site.config.name,
        dated=programme.events,
    )
