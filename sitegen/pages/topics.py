"""Topics: who knows what, who works where, what is about a tag, and who and what is in a place."""

from collections.abc import Iterable, Iterator

from sitegen.model import Counted, Entry, Face, Link, face
from sitegen.plan import Collection, Section
from sitegen.programme import count
from sitegen.site import Site
from sitegen.topics import Gathering

SKILLS = Link("Skills", "/skills/")
TAGS = Link("Tags", "/tags/")
ORGANIZATIONS = Link("Organizations", "/organizations/")
PLACES = Link("Places", "/places/")

LATEST = 10
"""How many past events a topic shows."""


def collections(site: Site) -> Iterator[Collection]:
    """A page for each skill, tag, organization, country and town, and a list of each of these."""
    for parent, gatherings in (
        (SKILLS, site.skills),
        (TAGS, site.tags),
        (ORGANIZATIONS, site.organizations),
        (PLACES, site.places),
    ):
        if gatherings:
            section = Section("topics", tuple(map(_counted, gatherings)), len(gatherings))
            yield Collection(url=parent.url, title=parent.title, template="topics.html", sections=(section,))
        for each in gatherings:
            yield _page(site, each, (parent,))
            for town in each.within:
                yield _page(site, town, (parent, Link(each.topic.label, each.url)))


def _counted(gathering: Gathering) -> Face:
    events = sum(1 for entry in gathering.entries if entry.when)
    return face(Counted(gathering.topic.label, gathering.url, len(gathering.entries) - events, events))


def _page(site: Site, gathering: Gathering, parents: tuple[Link, ...]) -> Collection:
    """The page of a topic: its people in slices, the events to come and the latest ones, and the calendar of all."""
    events = tuple(entry for entry in gathering.entries if entry.when)
    ahead, behind = _in_time(site, events)
    return Collection(
        url=gathering.url,
        title=gathering.topic.label,
        template="topic.html",
        entries=tuple(entry for entry in gathering.entries if not entry.when),
        sections=(
            Section("upcoming", tuple(each.card for each in ahead), len(ahead)),
            Section("past", tuple(each.card for each in behind[:LATEST]), count(behind)),
            Section("within", tuple(map(_counted, gathering.within)), len(gathering.within)),
        ),
        parents=parents,
        page_size=site.config.page_size,
        calendar=f"{gathering.url}calendar.ics" if any(each.vevent for each in events) else "",
        calendar_name=f"{site.config.name}: {gathering.topic.label}",
        dated=events,
    )


def _in_time(site: Site, events: Iterable[Entry]) -> tuple[list[Entry], list[Entry]]:
    programme = site.programme
    ahead = [each for event in events for each in programme.ahead.get(event.ref, ())]
    behind = [each for event in events for each in programme.behind.get(event.ref, ())]
    ahead.sort(key=lambda each: (each.when.begins if each.when else 0, each.id))
    behind.sort(key=lambda each: (each.when.begins if each.when else 0, each.id), reverse=True)
    return ahead, behind
