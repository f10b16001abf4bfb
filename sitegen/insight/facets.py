"""Facets: what the directory can be narrowed by, and what each member has of it."""

from collections.abc import Iterable, Iterator

from sitegen.common import topic_slug
from sitegen.model import Entry, Frozen, Topic
from sitegen.site import Site
from sitegen.slugs import fold
from sitegen.topics import Gathering


class Facet(Frozen, frozen=True):
    """One thing by which the directory can be narrowed."""

    name: str
    """As addresses have it: ``?skills=looms``."""
    label: str
    values: tuple[tuple[str, str], ...]
    """Slugs and labels, in order: a town follows its country."""


class Directory(Frozen, frozen=True):
    """What narrows the directory, and where everybody is in that."""

    facets: tuple[Facet, ...] = ()
    people: tuple[tuple[tuple[int, ...], ...], ...] = ()
    """For each member, in order, the places of their values in each facet."""


def directory(site: Site) -> Directory:
    """The facets that site.yaml names, else all, as far as they tell members apart."""
    order = {name: place for place, name in enumerate(site.config.facets)}
    found = [each for each in _facets(site) if not order or each[0] in order]
    found.sort(key=lambda each: order.get(each[0], 0))
    places = {member.ref: place for place, member in enumerate(site.members)}
    facets: list[Facet] = []
    people: list[list[list[int]]] = [[] for _ in site.members]
    for name, label, values in found:
        having = [(topic, {places[ref] for ref in refs if ref in places}) for topic, refs in values]
        having = [(topic, members) for topic, members in having if members]
        if not any(len(members) < len(places) for _, members in having):
            continue
        facets.append(Facet(name.replace("_", "-"), label, tuple((topic.slug, topic.label) for topic, _ in having)))
        for each in people:
            each.append([])
        for place, (_, members) in enumerate(having):
            for member in members:
                people[member][-1].append(place)
    return Directory(tuple(facets), tuple(tuple(map(tuple, each)) for each in people))


_Values = Iterable[tuple[Topic, Iterable[str]]]
"""Topics, each with the references of those who have it."""


def _facets(site: Site) -> Iterator[tuple[str, str, _Values]]:
    """Every facet that there could be: its name in site.yaml, what it is called, and its values."""
    yield "skills", site.says("Skills"), _of(site.skills)
    yield "places", site.says("Places"), _places(site)
    yield "organizations", site.title("organizations"), _belonging(site, "organization", "organizations")
    yield "groups", site.title("groups"), _belonging(site, "groups")
    yield "languages", site.says("Languages"), _of(site.languages)
    for own, gatherings in site.own:
        yield own.name, own.label, _of(gatherings)
    yield "mentoring", site.says("Mentoring"), _mentoring(site)
    yield "available_for", site.says("Available for"), _wishes(site, "available_for")
    yield "offers", site.says("Offers"), _wishes(site, "offers")
    yield "tags", site.says("Tags"), _of(site.tags)


def _of(gatherings: Iterable[Gathering]) -> _Values:
    return ((each.topic, (entry.ref for entry in each.entries)) for each in gatherings)


def _places(site: Site) -> _Values:
    for country in site.places:
        yield country.topic, (entry.ref for entry in country.entries)
        for town in country.within:
            topic = Topic(f"{country.topic.slug}/{town.topic.slug}", f"{town.topic.label}, {country.topic.label}")
            yield topic, (entry.ref for entry in town.entries)


def _belonging(site: Site, *parts: str) -> _Values:
    """Where members are at present, by name."""
    return _gathered(
        (Topic(topic_slug(each.name), each.name), member)
        for member in site.members
        for each in site.referents.get((member.ref, ""), ())
        if each.part in parts and each.name and not each.past
    )


def _mentoring(site: Site) -> _Values:
    for role, label in (("mentor", site.says("Mentors with room")), ("mentee", site.says("Looking for a mentor"))):
        yield (
            Topic(role, label),
            (
                member.ref
                for member in site.members
                if (it := member.mentoring) and it.role in (role, "both") and it.open and it.capacity != 0
            ),
        )


def _wishes(site: Site, part: str) -> _Values:
    return _gathered(
        (Topic(topic_slug(each.topic), each.topic), member)
        for member in site.members
        for each in member.wishes
        if each.part == part
    )


def _gathered(found: Iterable[tuple[Topic, Entry]]) -> _Values:
    """The members of each topic, in the order of the labels; the first spelling is the label."""
    topics: dict[str, tuple[Topic, list[str]]] = {}
    for topic, member in found:
        topics.setdefault(topic.slug, (topic, []))[1].append(member.ref)
    return sorted(topics.values(), key=lambda each: (fold(each[0].label), each[0].slug))
