"""The directory for the script that narrows it: everybody as lists show them, and what they can be found by.

`VERSION` tells the form of the file. ``facets`` have names, labels, and values with slugs and labels; ``people`` are
the values of `FIELDS`, those at the end that are empty left out, the last being the places of their values in each
facet.
Where there are more than `PART` people, they are in the files that ``parts`` lists.
"""

from collections.abc import Iterable, Iterator

import msgspec

from sitegen.insight.facets import Directory
from sitegen.model import Card, Face, Frozen, shown
from sitegen.plan import Collection, Edition, Format, Output, Tools, href

VERSION = 1
FIELDS = ("title", "url", "subtitle", "place", "help", "image", "initials", "lang", "joined", "names", "values", "ends")
PART = 5_000
"""How many people a file has at most."""


class Person(Frozen, frozen=True):
    """Somebody with what they are found by besides the card."""

    card: Face
    joined: str
    names: tuple[str, ...]


class People(Frozen, frozen=True):
    """All that goes into a file."""

    base: str
    """The path at which the site stands."""
    first: int
    """The place of the first person in the directory."""
    people: tuple[Person, ...]
    directory: Face


class Head(Frozen, frozen=True):
    """The facets, and the files in which the people are."""

    parts: tuple[str, ...]
    directory: Face


def outputs(collections: Iterable[Collection], edition: Edition) -> Iterator[Output]:
    """``directory.json`` beside a page that can be narrowed: ``/members/directory.json``."""
    for collection in collections:
        if collection.directory:
            yield from _files(collection, collection.directory, edition)


def _files(collection: Collection, directory: Face, edition: Edition) -> Iterator[Output]:
    base, path = edition.config.base, f"{collection.url}directory".lstrip("/")
    people = tuple(
        Person(each.card, each.joined, tuple(name for name in each.names if name != each.title))
        for each in collection.entries
    )
    if len(people) <= PART:
        yield Output(f"{path}.json", "", render, People(base, 0, people, directory))
        return
    parts = range(0, len(people), PART)
    for number, first in enumerate(parts, 1):
        part = People(base, first, people[first : first + PART], directory)
        yield Output(f"{path}-{number}.json", "", render, part)
    urls = tuple(href(base, f"/{path}-{number}.json") for number in range(1, len(parts) + 1))
    yield Output(f"{path}.json", "", render_head, Head(urls, directory))


def render(people: People, tools: Tools) -> bytes:
    """Everybody, one to a line; with the facets, where it is the only file."""
    del tools
    directory = shown(people.directory, Directory)
    is_whole = len(people.people) == len(directory.people)
    head = {"v": VERSION, "fields": FIELDS, **({"facets": _facets(directory)} if is_whole else {})}
    lines = (
        _line(each, people.base, directory.people[place]) for place, each in enumerate(people.people, people.first)
    )
    return msgspec.json.encode(head)[:-1] + b',"people":[\n' + b",\n".join(lines) + b"\n]}\n"


def render_head(head: Head, tools: Tools) -> bytes:
    """The facets, and where the people are."""
    del tools
    directory = shown(head.directory, Directory)
    return msgspec.json.encode({"v": VERSION, "facets": _facets(directory), "parts": head.parts}) + b"\n"


def _facets(directory: Directory) -> list[dict[str, object]]:
    return [{"name": each.name, "label": each.label, "values": each.values} for each in directory.facets]


def _line(person: Person, base: str, values: tuple[tuple[int, ...], ...]) -> bytes:
    card = shown(person.card, Card)
    found = [
        card.title,
        href(base, card.url),
        card.subtitle,
        card.place,
        card.offers or ([card.summary] if card.summary else []),
        href(base, _face(card)),
        card.initials,
        card.lang,
        person.joined,
        person.names,
        values,
        card.ends,
    ]
    while not found[-1]:
        found.pop()
    return msgspec.json.encode(found)


def _face(card: Card) -> str:
    """The smallest square of the picture, which is as large as lists show it on fine screens; else the picture."""
    squares = card.image_sizes.squares if card.image_sizes else ()
    return f"{card.image}.{squares[0]}x{squares[0]}.webp" if squares else card.image


FORMAT = Format("directory", outputs)
