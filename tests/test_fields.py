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
from tests import guide
from tests.planting import MODELS, TOKEN, Leaf, leaves, merge, value_for
from tests.sites import SITE, Project

Make = Callable[[str], Project]

LEAVES = [leaf for kind in MODELS for leaf in leaves(kind)]
PATHS = {
    "members": "members/ada-okafor.yaml",
    "events": "events/agm.yaml",
    "site": "site.yaml",
    **{kind: f"{kind}/it.yaml" for kind in ("groups", "organizations", "opportunities", "resources", "news", "pages")},
}
LEAST: Mapping[str, dict[str, Any]] = {
    "members": {"name": "Ada Okafor", "listed": "yes"},
    "events": {"title": "Annual meeting", "start": "2026-12-01 18:00"},
    "groups": {"title": "Tower clocks"},
    "organizations": {"name": "The Loom"},
    "opportunities": {"title": "Assistant", "type": "job"},
    "resources": {"title": "Guide"},
    "news": {"title": "Found", "date": "2026-11-01"},
    "pages": {"title": "About"},
    "site": {"name": "Working Order", "url": "https://example.org/", "timezone": "Europe/Oslo"},
}
OTHERS = ("groups", "organizations", "opportunities", "resources", "news", "pages")
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
    **{(kind, "image_alt"): {"image": "picture.png"} for kind in OTHERS},
    **{(kind, "image_credit"): {"image": "picture.png"} for kind in OTHERS},
    ("events", "resources.type"): {"resources": [{"title": "Paper"}]},
    ("pages", "navigation.weight"): {"navigation": {"label": "About"}},
    ("groups", "location.latitude"): {"location": {"longitude": "10.7"}},
    ("groups", "location.longitude"): {"location": {"latitude": "59.9"}},
    ("organizations", "location.latitude"): {"location": {"longitude": "10.7"}},
    ("organizations", "location.longitude"): {"location": {"latitude": "59.9"}},
    ("opportunities", "location.latitude"): {"location": [{"longitude": "10.7"}]},
    ("opportunities", "location.longitude"): {"location": [{"latitude": "59.9"}]},
    ("opportunities", "salary.currency"): {"salary": {"min": "25"}},
    ("opportunities", "salary.per"): {"salary": {"min": "25", "currency": "EUR"}},
    ("site", "navigation.label"): {"navigation": [{"url": "events"}]},
    ("site", "repository.branch"): {"repository": {"url": "https://git.example/x"}},
    ("site", "repository.path"): {"repository": {"url": "https://git.example/x"}},
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
    own = {each: rf"{each}/(it|{TOKEN})/index\.html" for each in OTHERS}
    own |= {"members": rf"members/(ada-okafor|{TOKEN})/index\.html", "events": rf"events/(agm|{TOKEN})/index\.html"}
    own |= {"pages": rf"(it|{TOKEN})/index\.html"}
    found = [data for path, data in made.output().items() if re.fullmatch(own.get(kind, r".*\.html"), path)]
    return b"\n".join(found).decode()


REFERRED: Mapping[str, tuple[tuple[str, str], ...]] = {
    "group": (("groups", TOKEN),),
    "groups": (("groups", TOKEN),),
    "parent": (("groups", TOKEN),),
    "event": (("events", TOKEN),),
    "resource": (("resources", TOKEN),),
    "organization": (("organizations", TOKEN),),
}
"""What a field refers to by its id: there has to be such an entry."""


def _title(kind: str) -> str:
    return "name" if kind in ("members", "organizations") else "title"


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
    if leaf.path[-1] not in ("organization", "group"):
        made.write("-- organizations/beside.yaml --\nname: Beside\n-- groups/beside.yaml --\ntitle: Beside\n")
    for kind, name in REFERRED.get(leaf.path[-1], ()):
        made.put(f"{kind}/{name}.yaml", yaml.safe_dump({**LEAST[kind], _title(kind): name}).encode())
    pictures = [f"{kind}/{name}.png" for kind in (*OTHERS, "members", "events") for name in (TOKEN, "picture")]
    for path in (*pictures, f"{TOKEN}.png"):
        made.put(path, image.getvalue())
    unshown = {(kind, name) for kind, name, _ in unshown_fields()}
    made.put("files/quokka.txt", b"Words.\n")
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
            about = re.sub(r" \*(Not on pages|Private|Private, unless agreed)\.\*$", "", cells[2])
            yield from ((*each, about) for each in meant(match[1], cells[0].strip("*`")))


def unshown_fields() -> Iterator[Row]:
    """The fields of which the document says that no page shows them: kind, name, and why."""
    for heading, cells in rows():
        if heading == "Fields that no page shows":
            yield from ((*each, cells[2]) for each in meant(cells[0], cells[1].strip("`")))


def fields_of_the_schema() -> Iterator[Row]:
    """Every field with what it is for, and the mappings that hold some of them."""
    for leaf in LEAVES:
        for depth, key in enumerate(leaf.keys, 1):
            if key.about:
                yield leaf.kind, ".".join(leaf.path[:depth]), key.about


def test_the_document_is_as_it_is_made() -> None:
    """docs/fields.md is what docs/fields.in.md and the schema make: run ``make docs`` after a change."""
    assert DOCUMENT.read_text("utf-8") == guide.written()


EXAMPLES = dict(
    re.findall(r"^`content/(\S+)`\n\n```\w+\n(.*?)^```$", DOCUMENT.read_text("utf-8"), re.DOTALL | re.MULTILINE)
)
"""The files that the document has for examples, by path."""


def test_every_kind_has_an_example() -> None:
    """Of every kind, of site.yaml and of a translation a whole file is shown."""
    assert {path.partition("/")[0] for path in EXAMPLES} == {*MODELS, "site.yaml"} - {"site"}
    assert any(path.endswith(".es.md") for path in EXAMPLES)


def test_the_examples_are_a_site_without_a_problem(make: Make) -> None:
    """What a volunteer copies from the document is read without an error, a warning or a note, and has its page."""
    made = make("".join(f"-- {path} --\n{body}\n" for path, body in EXAMPLES.items()))
    assert made.messages() == ""
    made.build()
    for path in EXAMPLES:
        kind, _, ident = path.partition(".")[0].rpartition("/")
        page = "events/reunion-de-otono" if path.endswith(".es.md") else f"{kind}/{ident}".removeprefix("pages/")
        assert kind == "" or (made.read(f"{'es/' if path.endswith('.es.md') else ''}{page}/index.html"))


def test_required_fields_are_bold() -> None:
    """What has to be there is told by the schema and by what an entry without it is told; nothing else is in bold."""
    bold = {(heading, cells[0]) for heading, cells in rows() if cells[0].startswith("*")}
    assert ("Members: `members`", "**`name`**") in bold
    assert ("When: `events`", "**`start`**") in bold
    assert ("Opportunities: `opportunities`", "**`type`**") in bold
    needed = {key for leaf in LEAVES for key in LEAST[leaf.kind]}
    assert {name.strip("*`") for _, name in bold} <= needed


@pytest.mark.parametrize(
    ("field", "form"),
    [
        (("events", "contact"), "web address, mail address, text or mapping"),
        (("events", "price"), "list: free, text or mapping"),
        (("events", "resources"), "list: id, web address, path, text or mapping"),
        (("events", "registration"), "web address or mapping"),
        (("events", "online"), "web address, yes or no or mapping"),
        (("events", "groups"), "list or commas: id"),
        (("events", "speakers"), "list: person"),
        (("members", "groups"), "list or commas: id or mapping"),
        (("members", "mentoring"), "word of `as` or mapping"),
        (("members", "skills"), "list or commas: a few words"),
        (("members", "also_known_as"), "list: text"),
        (("members", "location.latitude"), "degrees"),
        (("opportunities", "salary"), "mapping"),
        (("site", "navigation"), "list: text or mapping"),
        (("site", "vocabulary"), "{name: text or mapping}"),
        (("site", "netlify.headers"), "{name: {name: text}}"),
    ],
)
def test_forms_are_told_from_the_types(field: tuple[str, str], form: str) -> None:
    """What may be written for short is found out by trying: which text stands for which key."""
    assert form in {
        cells[1] for heading, cells in rows() if f"`{field[0]}`" in heading and cells[0].strip("*`") == field[1]
    }


def test_a_kind_that_the_prose_does_not_know_has_a_section() -> None:
    """A kind that is added later is documented with no further edit, by its docstring and its fields."""
    prose = re.sub(r"## News.*?<!-- fields: news -->\n\n", "", guide.TEMPLATE.read_text("utf-8"), flags=re.DOTALL)
    made = guide.written(prose)
    assert "## News: `news`\n\nAn announcement.\n\n| field |" in made
    assert "| **`date`** | date |" in made


@pytest.mark.parametrize("marker", ["fields: birds", "fields: events wings", "words: birds"])
def test_the_prose_asks_for_nothing_that_is_not_there(marker: str) -> None:
    """A marker for a kind, a field or words that are none is a mistake that is told."""
    with pytest.raises(LookupError):
        guide.written(f"<!-- {marker} -->\n")


def test_every_field_is_documented() -> None:
    """docs/fields.md describes every field as the schema does, and nothing else."""
    documented = {row for row in documented_fields() if row[0] in MODELS}
    assert documented == set(fields_of_the_schema())


def test_what_is_needed_and_what_is_not_shown_are_fields() -> None:
    """The lists of exceptions have no field that is no more, and a reason for each."""
    known = {(kind, name) for kind, name, _ in fields_of_the_schema()}
    assert NEEDED.keys() <= known
    assert {(kind, name) for kind, name, _ in unshown_fields()} <= known
    assert all(reason for _, _, reason in unshown_fields())


def test_what_kinds_share_is_documented_once() -> None:
    """The fields of every kind stand in one table of their own."""
    common = [cells[0].strip("*`") for heading, cells in rows() if heading.endswith("`common`")]
    assert common == list(Common.model_fields)


def test_forms_of_words_are_documented() -> None:
    """Where a field takes one of some words, the document has them all."""
    forms = {
        (kind, cells[0].strip("*`")): cells[1] for heading, cells in rows() for kind in MODELS if f"`{kind}`" in heading
    }
    for leaf in LEAVES:
        if leaf.words:
            assert set(re.findall(r"[\w-]+", forms[leaf.kind, leaf.name])) >= set(leaf.words), leaf.name
