"""Topics: who knows what, who works where, what is about a tag, who and what is in a place, and the own fields."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from sitegen.model import Counted, Entry, Face, Link, face
from sitegen.plan import Collection, Section
from sitegen.programme import count, following, in_time
from sitegen.site import Site
from sitegen.topics import Gathering

LATEST = 10
"""How many past events a topic shows."""


def collections(site: Site) -> Iterator[Collection]:
    """A page for each skill, tag, country, town, own field's value, and organization that has no file of its own."""
    for name, title, gatherings in (
        ("skills", site.says("Skills"), site.skills),
        ("tags", site.says("Tags"), site.tags),
        ("places", site.says("Places"), site.places),
        ("languages", site.says("Languages"), site.languages),
        *((each.name.replace("_", "-"), each.label, found) for each, found in site.own),
    ):
        parent = Link(title, f"{site.root}/{name}/")
        if gatherings:
            section = Section("topics", tuple(map(_counted, gatherings)), len(gatherings))
            intro = site.introductions.get(name)
            yield Collection(url=parent.url, title=title, template="topics.html", sections=(section,), intro=intro)
        yield from _pages(site, parent, gatherings)
    yield from _pages(site, site.list_of("organizations"), site.organizations)


def _pages(site: Site, parent: Link, gatherings: Iterable[Gathering]) -> Iterator[Collection]:
    for each in gatherings:
        yield _page(site, each, (parent,))
        for town in each.within:
            yield _page(site, town, (parent, Link(each.topic.label, each.url)))


def _counted(gathering: Gathering) -> Face:
    events = sum(1 for entry in gathering.entries if entry.when)
    members = sum(1 for entry in gathering.entries if entry.kind == "members")
    others = len(gathering.entries) - events - members
    return face(Counted(gathering.topic.label, gathering.url, members, events, others))


def _page(site: Site, gathering: Gathering, parents: tuple[Link, ...]) -> Collection:
    """The page of a topic: people in slices, the events to come and the latest ones, all else, and the calendar."""
    events = tuple(entry for entry in gathering.entries if entry.when)
    ahead, behind = in_time(site.programme, events)
    others: dict[str, list[Entry]] = defaultdict(list)
    for entry in gathering.entries:
        if not entry.when and entry.kind != "members":
            others[entry.kind].append(entry)
    return Collection(
        url=gathering.url,
        title=gathering.topic.label,
        template="topic.html",
        entries=tuple(entry for entry in gathering.entries if entry.kind == "members"),
        sections=(
            Section("upcoming", tuple(each.card for each in ahead), len(ahead)),
            Section("following", following(site.programme, ahead)),
            Section("past", tuple(each.card for each in behind[:LATEST]), count(behind)),
            Section("within", tuple(map(_counted, gathering.within)), len(gathering.within)),
            *(Section(kind, tuple(each.card for each in found), len(found)) for kind, found in sorted(others.items())),
        ),
        parents=parents,
        page_size=site.config.page_size,
        calendar=f"{gathering.url}calendar.ics" if any(each.vevent for each in events) else "",
        calendar_name=f"{site.config.name}: {gathering.topic.label}",
        dated=events,
        feed=site.newest_of(gathering.entries),
    )
