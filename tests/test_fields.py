"""What editors may write is described, and appears where they look for it: every field of the schema, nested or not."""

import functools
import io
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image

from sitegen.common import Common
from tests.planting import MODELS, TOKEN, Leaf, leaves, merge, value_for
from tests.sites import SITE, Project

Make = Callable[[str], Project]

LEAVES = [leaf for kind in MODELS for leaf in leaves(kind)]
PATHS = {"members": "members/ada-okafor.yaml", "events": "events/agm.yaml", "site": "site.yaml"}
LEAST: Mapping[str, dict[str, Any]] = {
    "members": {"name": "Ada Okafor", "listed": "yes"},
    "events": {"title": "Annual meeting", "start": "2026-12-01 18:00"},
    "site": {"name": "Working Order", "url": "https://example.org/", "timezone": "Europe/Oslo"},
}
RULED = ("day", "until", "count", "except", "also", "changes")
NEEDED: Mapping[tuple[str, str], dict[str, Any]] = {
    ("members", "email"): {"public": "email"},
    ("members", "phone"): {"public": "phone"},
    ("members", "image_alt"): {"image": f"{TOKEN}.png"},
    ("members", "image_credit"): {"image": f"{TOKEN}.png"},
    ("members", "location.latitude"): {"public": "coordinates", "location": {"longitude": "10.7"}},
    ("members", "location.longitude"): {"public": "coordinates", "location": {"latitude": "59.9"}},
    ("events", "image_alt"): {"image": "picture.png"},
    ("events", "image_credit"): {"image": "picture.png"},
    ("events", "venue.latitude"): {"venue": {"longitude": "10.7"}},
    ("events", "venue.longitude"): {"venue": {"latitude": "59.9"}},
    ("events", "sessions.day"): {"duration": "2 days", "sessions": [{"start": "19:15"}]},
    ("events", "price.currency"): {"price": [{"amount": "25"}]},
    **{("events", f"repeats.{key}"): {"repeats": {"every": "week"}} for key in RULED},
}
"""What else an entry needs for a field to be shown."""


# --- On the page


def pages(made: Project, kind: str, fields: Mapping[str, Any]) -> str:
    """The HTML of the entry's page, or for site.yaml of all pages, of a site with these fields; empty if it fails."""
    for each, least in LEAST.items():
        made.put(PATHS[each], yaml.safe_dump({**least, **(fields if each == kind else {})}).encode())
    if made.build().failed:
        return ""
    own = {"members": rf"members/(ada-okafor|{TOKEN})/index\.html", "events": rf"events/(agm|{TOKEN})/index\.html"}
    found = [data for path, data in made.output().items() if re.fullmatch(own.get(kind, r".*\.html"), path)]
    return b"\n".join(found).decode()


def is_shown(made: Project, leaf: Leaf) -> bool:
    """The page has the field's value, or where no text stands for it, another face with the value than without."""
    value, found = value_for(leaf)
    needed = NEEDED.get((leaf.kind, leaf.name), {})
    page = pages(made, leaf.kind, merge(needed, leaf.holding(value)))
    return found in page if found else page not in ("", pages(made, leaf.kind, needed))


SERIES = f"title: Every week\nstart: 2026-12-01 18:00\nrepeats: weekly\nseries: {TOKEN}\n"
"""Another event, whose date one may take, or with which it may be in one series."""


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: f"{leaf.kind}-{leaf.name}")
def test_a_field_is_shown(make: Make, leaf: Leaf) -> None:
    """What is written in a field stands on the page, or docs/fields.md says with a reason that no page shows it."""
    made = make(SITE + f"-- events/series.yaml --\n{SERIES}")
    if leaf.path[-1] == "person" or leaf.path[0] == "attendees":
        made.write(f"-- members/{TOKEN}.yaml --\nname: {TOKEN}\npublic: attendance\n")
    image = io.BytesIO()
    Image.new("RGB", (4, 4)).save(image, "PNG")
    for path in (f"members/{TOKEN}.png", f"events/{TOKEN}.png", "events/picture.png"):
        made.put(path, image.getvalue())
    unshown = {(kind, name) for kind, name, _ in unshown_fields()}
    assert is_shown(made, leaf) == (not {(leaf.kind, leaf.name), (leaf.kind, leaf.path[0])} & unshown)


# --- In the document

DOCUMENT = Path(__file__).parent.parent / "docs" / "fields.md"
Row = tuple[str, str, str]


@functools.cache
def rows() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The rows of the document's tables, each with the heading above it; without their heads."""
    found = []
    heading = ""
    for line in DOCUMENT.read_text("utf-8").splitlines():
        if line.startswith("#"):
            heading = line.lstrip("# ")
        elif line.startswith("|") and not re.match(r"\|(---|\s*(field|of)\s*\|)", line):
            found.append((heading, tuple(cell.strip() for cell in line.strip("|").split(" | "))))
    return tuple(found)


def meant(name: str, field: str) -> Iterator[tuple[str, str]]:
    """The fields that a row means: ``common`` are those of all kinds but site.yaml, ``people`` of people in events."""
    if name == "common":
        yield from ((kind, field) for kind in MODELS if kind != "site")
    elif name == "people":
        yield from ((leaf.kind, leaf.name) for leaf in LEAVES if leaf.person and leaf.path[-1] == field)
    else:
        yield name, field


def documented_fields() -> Iterator[Row]:
    """The fields that the document describes: kind, name, and what it is for."""
    for heading, cells in rows():
        if match := re.search(r"`(\w+)`$", heading):
            yield from ((*each, cells[2]) for each in meant(match[1], cells[0].strip("`")))


def unshown_fields() -> Iterator[Row]:
    """The fields of which the document says that no page shows them: kind, name, and why."""
    for heading, cells in rows():
        if heading == "Fields that no page shows":
            yield from ((*each, cells[2]) for each in meant(cells[0], cells[1].strip("`")))


def fields_of_the_schema() -> Iterator[Row]:
    """Every field with what it is for, and the mappings that hold some of them."""
    for leaf in LEAVES:
        for depth, key in enumerate(leaf.keys, 1):
            yield leaf.kind, ".".join(leaf.path[:depth]), key.about


def test_every_field_is_documented() -> None:
    """docs/fields.md describes every field as the schema does, and nothing else."""
    assert sorted(documented_fields()) == sorted(set(fields_of_the_schema()))


def test_what_is_needed_and_what_is_not_shown_are_fields() -> None:
    """The lists of exceptions have no field that is no more, and a reason for each."""
    known = {(kind, name) for kind, name, _ in fields_of_the_schema()}
    assert NEEDED.keys() <= known
    assert {(kind, name) for kind, name, _ in unshown_fields()} <= known
    assert all(reason for _, _, reason in unshown_fields())


def test_what_kinds_share_is_documented_once() -> None:
    """The fields of every kind stand in one table of their own."""
    common = [cells[0].strip("`") for heading, cells in rows() if heading.endswith("`common`")]
    assert common == list(Common.model_fields)


def test_forms_of_words_are_documented() -> None:
    """Where a field takes one of some words, the document has them all."""
    forms = {
        (kind, cells[0].strip("`")): cells[1] for heading, cells in rows() for kind in MODELS if f"`{kind}`" in heading
    }
    for leaf in LEAVES:
        if leaf.words:
            assert set(re.findall(r"[\w-]+", forms[leaf.kind, leaf.name])) >= set(leaf.words), leaf.name
