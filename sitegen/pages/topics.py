"""Topics: who knows what, who works where, what is about a tag, who and what is in a place, and the own fields."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sitegen import geography
from sitegen.common import topic_slug
from sitegen.model import Counted, Entry, Face, Link, Spot, face
from sitegen.plan import Collection, Section
from sitegen.programme import count, following, in_time
from sitegen.site import Site
from sitegen.topics import Gathering, country_topic

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
            sections = [Section("topics", tuple(map(_counted, gatherings)), len(gatherings))]
            if gatherings is site.places:
                sections += _map(site, [spot for country in gatherings for spot in _spots(site, country)])
            intro = site.introductions.get(name)
            yield Collection(url=parent.url, title=title, template="topics.html", sections=tuple(sections), intro=intro)
        yield from _pages(site, parent, gatherings)
    yield from _pages(site, site.list_of("organizations"), site.organizations)


def _pages(site: Site, parent: Link, gatherings: Iterable[Gathering]) -> Iterator[Collection]:
    for each in gatherings:
        yield _page(site, each, (parent,))
        for town in each.within:
            yield _page(site, town, (parent, Link(each.topic.label, each.url)))


def _counted(gathering: Gathering) -> Face:
    return face(Counted(gathering.topic.label, gathering.url, *_numbers(gathering.entries)))


def _numbers(entries: Sequence[Entry]) -> tuple[int, int, int]:
    """How many of them are members, events, and anything else."""
    events = sum(1 for entry in entries if entry.when)
    members = sum(1 for entry in entries if entry.kind == "members")
    return members, events, len(entries) - events - members


def _map(site: Site, spots: Iterable[Spot]) -> Iterator[Section]:
    """What a map shows, where the association wants one and all is there for it."""
    if site.config.map and geography.is_here():
        yield Section("map", tuple(map(face, spots)))


def _spots(site: Site, country: Gathering, *, towns: bool = False) -> Iterator[Spot]:
    """The towns of a country; unless ``towns`` are asked for, with what is known to be in the country alone."""
    in_towns = {entry.ref for town in country.within for entry in town.entries}
    language, slug = site.config.language, country.topic.slug
    wheres = (each for entry in country.entries for each in entry.where)
    code = next((each.country for each in wheres if country_topic(each.country, language).slug == slug), "")
    for town in country.within:
        found = [
            each.at
            for entry in town.entries
            for each in entry.where
            if each.at and topic_slug(each.city) == town.topic.slug and each.country == code
        ]
        at = (sum(x for x, _ in found) / len(found), sum(y for _, y in found) / len(found)) if found else None
        yield Spot(town.topic.label, town.url, *_numbers(town.entries), code, town.topic.label, country.url, at)
    rest = tuple(entry for entry in country.entries if entry.ref not in in_towns)
    if rest and not towns:
        yield Spot(country.topic.label, country.url, *_numbers(rest), code, "", country.url)


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
            *(_map(site, _spots(site, gathering, towns=True)) if len(gathering.within) > 1 else ()),
            *(Section(kind, tuple(each.card for each in found), len(found)) for kind, found in sorted(others.items())),
        ),
        parents=parents,
        page_size=site.config.page_size,
        calendar=f"{gathering.url}calendar.ics" if any(each.vevent for each in events) else "",
        calendar_name=f"{site.config.name}: {gathering.topic.label}",
        dated=events,
        feed=site.newest_of(gathering.entries),
    )
