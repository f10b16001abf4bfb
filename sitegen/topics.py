"""Topics: entries by what they have in common. Skills, tags, organizations, places."""

import functools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sitegen import i18n
from sitegen.common import Problems, place_in, topic_slug
from sitegen.model import Entry, Topic
from sitegen.problems import Problem, Severity
from sitegen.slugs import fold


@dataclass(frozen=True, slots=True)
class Gathering:
    """The entries that share a topic."""

    topic: Topic
    url: str
    """Its page."""
    entries: tuple[Entry, ...]
    within: "tuple[Gathering, ...]" = field(default=())
    """Narrower ones: the towns of a country."""


def gathered(root: str, entries: Iterable[Entry], topics: Callable[[Entry], Iterable[Topic]]) -> tuple[Gathering, ...]:
    """The entries by topic, in the order of the labels; the most frequent spelling is the label.

    ``root`` is the URL below which the topics have their pages.
    """
    members: dict[str, dict[str, Entry]] = defaultdict(dict)
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        for topic in topics(entry):
            members[topic.slug][entry.ref] = entry
            labels[topic.slug][topic.label] += 1
    found = (
        Gathering(Topic(slug, _usual(labels[slug])), f"{root}{slug}/", tuple(each.values()))
        for slug, each in members.items()
    )
    return tuple(sorted(found, key=lambda each: (fold(each.topic.label), each.topic.slug)))


def _usual(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda label: (-spellings[label], label))


def places(entries: Iterable[Entry], language: str, root: str = "") -> tuple[Gathering, ...]:
    """The entries by country, and within each by town; ``root`` stands before the addresses of the language."""

    def countries(entry: Entry) -> Iterable[Topic]:
        return (country_topic(each.country, language) for each in entry.where)

    found = []
    for country in gathered(f"{root}/places/", entries, countries):

        def towns(entry: Entry, country: Gathering = country) -> Iterable[Topic]:
            for each in entry.where:
                if each.city and country_topic(each.country, language).slug == country.topic.slug:
                    yield Topic(topic_slug(each.city), each.city)

        within = gathered(country.url, country.entries, towns)
        found.append(Gathering(country.topic, country.url, country.entries, within))
    return tuple(found)


def town_topics(entry: Entry, language: str) -> Iterable[Topic]:
    """The towns of an entry, those of one country apart from those of others."""
    for each in entry.where:
        if each.city:
            yield Topic(f"{country_topic(each.country, language).slug}/{topic_slug(each.city)}", each.city)


@functools.cache
def country_topic(country: str, language: str) -> Topic:
    """A country as a topic: its name in the language of the site."""
    name = i18n.country_name(country, language)
    return Topic(topic_slug(name), name)


def spellings(entries: Iterable[Entry], field: str, topics: Callable[[Entry], Iterable[Topic]]) -> Problems:
    """Two labels with one slug are one; where more than case and accents differs, somebody should look."""
    first: dict[str, str] = {}
    problems: list[Problem] = []
    for entry in entries:
        for topic in topics(entry):
            usual = first.setdefault(topic.slug, topic.label)
            if usual != topic.label and fold(usual) != fold(topic.label):
                message = f"{topic.label} and {usual} are one topic here"
                problems.append(Problem(place_in(entry, field), message, f"write {usual}", Severity.WARNING))
    return tuple(problems)
