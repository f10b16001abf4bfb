"""Outputs: what they are known by, where they stand, and what happens where two want one place."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sitegen.formats import files
from sitegen.model import Face, Link, face
from sitegen.plan import CROWDED, Output, Section, absolute, collisions, crowded, href, key_of, path_of
from sitegen.problems import Severity
from tests.steps import outputs, planned

TEXT = """
-- site.yaml --
name: Working Order
url: https://example.org/
timezone: Europe/Oslo
formats: {qr: yes}
redirects: {/people/: /members/}
-- members/ada.yaml --
name: Ada
skills: Rust
aliases: ada-o
groups: oslo
-- members/bo.yaml --
name: Bo
groups: oslo
-- groups/oslo.yaml --
title: Oslo
-- members/ada.png --
x
-- events/agm.yaml --
title: AGM
start: 2026-12-01
speakers: ada
-- files/statutes.txt --
x
"""


def by_renderer() -> dict[str, Output]:
    """An output of every renderer that writes such a site, the one with the most inputs."""
    found = sorted(outputs(TEXT).values(), key=lambda output: len(repr(output.inputs)))
    return {f"{output.render.__module__}.{output.render.__qualname__}": output for output in found}


def fields(inputs: Any) -> Iterator[tuple[str, ...]]:
    """What leads to every value of some inputs, also of structs in them."""
    for name in type(inputs).__struct_fields__:
        value = getattr(inputs, name)
        if isinstance(value, msgspec.Struct) and not isinstance(value, Face):
            yield from ((name, *inner) for inner in fields(value))
        else:
            yield (name,)


OUTPUTS = by_renderer()
INPUTS = [(name, field) for name, output in OUTPUTS.items() for field in fields(output.inputs)]


def changed(inputs: Any, field: tuple[str, ...]) -> Any:
    """The inputs with another value in a field."""
    name, *rest = field
    value = getattr(inputs, name)
    return msgspec.structs.replace(inputs, **{name: changed(value, tuple(rest)) if rest else another(value)})


def another(value: Any) -> Any:
    """A value of the same type that is not the same."""
    if isinstance(value, Face):
        return face("another")
    if isinstance(value, tuple):
        return (*value, Section("another", ()))
    return {str: "another", bytes: b"another", int: 42, bool: not value, type(None): face("another")}[type(value)]


@pytest.mark.parametrize(
    ("renderer", "field"), INPUTS, ids=lambda each: each if isinstance(each, str) else ".".join(each)
)
def test_whatever_goes_into_an_output_is_in_its_key(renderer: str, field: tuple[str, ...]) -> None:
    """A renderer sees nothing that could change without another key."""
    output = OUTPUTS[renderer]
    other = replace(output, inputs=changed(output.inputs, field))
    assert key_of(other, b"program") != key_of(output, b"program")


def test_every_renderer_is_looked_at() -> None:
    """The site above has an output of every format."""
    formats = {name.rpartition(".")[0] for name in OUTPUTS}
    modules = {f"sitegen.formats.{file.stem}" for file in Path(files.__file__).parent.glob("[!_]*.py")}
    assert formats == {*modules, "sitegen.pictures"}


@pytest.mark.parametrize("renderer", OUTPUTS)
def test_the_same_site_has_the_same_keys(renderer: str) -> None:
    """Read once more from the same text, an output has the key that it had."""
    assert key_of(by_renderer()[renderer], b"program") == key_of(OUTPUTS[renderer], b"program")


def test_the_program_and_the_renderer_are_in_the_key() -> None:
    """Another version of the program may write other bytes, and so may another renderer."""
    one, other = list(OUTPUTS.values())[:2]
    assert key_of(one, b"another") != key_of(one, b"program")
    assert key_of(replace(one, render=other.render), b"program") != key_of(one, b"program")


def test_the_place_of_an_output_is_not_in_its_key() -> None:
    """Where it stands and what it is made from says nothing of its bytes."""
    output = next(iter(OUTPUTS.values()))
    moved = replace(output, path="elsewhere", owner="nobody", origin=("nothing",))
    assert key_of(moved, b"program") == key_of(output, b"program")


def test_a_face_is_in_a_key_by_its_digest() -> None:
    """Faces that show the same are the same, however often they were encoded; others are not."""
    output = next(iter(OUTPUTS.values()))
    keys = [key_of(replace(output, inputs=(face(each), "x")), b"") for each in (Link("A"), Link("A"), Link("B"))]
    assert keys[0] == keys[1] != keys[2]


def test_the_order_of_inputs_is_in_the_key() -> None:
    """The same entries in another order make another list."""
    output = next(iter(OUTPUTS.values()))
    one, other = face("one"), face("other")
    assert key_of(replace(output, inputs=(one, other)), b"") != key_of(replace(output, inputs=(other, one)), b"")
    assert key_of(replace(output, inputs=((one,), other)), b"") != key_of(replace(output, inputs=(one, other)), b"")


# --- Two of one path


def at(path: str, owner: str = "") -> Output:
    """An output of which the place alone matters."""
    return Output(path, owner, key_of, ())  # type: ignore[arg-type]


def nfd(text: str) -> str:
    """The text with accents as characters of their own."""
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("members/ada/index.html", "members/ada/index.html"),
        ("members/ada/index.html", "members/Ada/index.html"),
        ("members/zoë/index.html", nfd("members/zoë/index.html")),
        ("members/ZOË/index.html", nfd("members/zoë/index.html")),
        ("files/notes", "files/notes/one.txt"),
        ("files/Notes", "files/notes/more/one.txt"),
    ],
)
def test_two_cannot_have_one_place(one: str, other: str) -> None:
    """On some disk they would be one file, or a file where a folder is needed: an error names both owners."""
    for first, second in ((one, other), (other, one)):
        (problem,) = collisions((at(first, "members/a.yaml"), at(second, "members/b.yaml")))
        assert problem.severity is Severity.ERROR
        assert {problem.at.file, *problem.message.split()} >= {"members/a.yaml", "members/b.yaml"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("members/ada/index.html", "members/ada/card.vcf"),
        ("members/ada/index.html", "members/ada-2/index.html"),
        ("files/notes.txt", "files/notes/one.txt"),
        ("notes", "files/notes/one.txt"),
    ],
)
def test_others_do_not_mind_each_other(one: str, other: str) -> None:
    """Neighbours, and names that only begin alike, are no collision."""
    assert collisions((at(one, "members/a.yaml"), at(other, "members/b.yaml"))) == ()


@pytest.mark.parametrize("order", [1, -1])
def test_a_collision_with_a_page_of_the_site_is_told_in_the_file(order: int) -> None:
    """Nobody can mend the site's own pages."""
    (problem,) = collisions((at("skills/index.html"), at("skills/index.html", "members/a.yaml"))[::order])
    assert problem.at.file == "members/a.yaml"
    assert problem.message == "its address /skills/ belongs to a page of the site already"
    assert "slug" in problem.hint


def test_a_collision_is_told_once_for_each_pair() -> None:
    """Two entries of one slug have the same page, card and pictures, and that is one mistake; a third is another."""
    paths = ("members/ada/card.vcf", "members/ada/index.html", "members/ada/ada.png")
    found = collisions(at(path, f"members/{owner}.yaml") for owner in "abc" for path in paths)
    assert [(each.at.file, each.message) for each in found] == [
        ("members/b.yaml", "its address /members/ada/ belongs to members/a.yaml already"),
        ("members/c.yaml", "its address /members/ada/ belongs to members/a.yaml already"),
    ]


ADA = "-- members/ada.yaml --\nname: Ada\n"
BO = "-- members/bo.yaml --\nname: Bo\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"{ADA}{BO}slug: ada\n", "members/bo.yaml: its address /members/ada/ belongs to members/ada.yaml already"),
        (f"{ADA}{BO}aliases: ada\n", "members/bo.yaml: its address /members/ada/ belongs to members/ada.yaml already"),
        (f"{ADA}aliases: ada\n", "members/ada.yaml: its address /members/ada/ belongs to members/ada.yaml already"),
        (
            f"{ADA}aliases: [old, old]\n",
            "members/ada.yaml: its address /members/old/ belongs to members/ada.yaml already",
        ),
        (f"{ADA}aliases: /Members/\n", "members/ada.yaml: its address /Members/ belongs to a page of the site already"),
        (f"{ADA}aliases: /\n", "members/ada.yaml: its address / belongs to a page of the site already"),
        (f"{ADA}aliases: /404.html\n", "members/ada.yaml: its address /404.html belongs to a page of the site already"),
    ],
)
def test_an_address_has_one_owner(text: str, message: str) -> None:
    """Two slugs, an alias on a living page, two aliases: whoever comes later is told whose the address is."""
    assert [f"{each.at.file}: {each.message}" for each in collisions(planned(text))] == [message]


# --- URLs


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("/", "index.html"),
        ("/members/ada/", "members/ada/index.html"),
        ("/404.html", "404.html"),
        ("/calendar.ics", "calendar.ics"),
        ("/события/встреча/", "события/встреча/index.html"),
    ],
)
def test_path_of(url: str, path: str) -> None:
    """The page of an address that ends with a slash is the index of that folder."""
    assert path_of(url) == path


@pytest.mark.parametrize(
    ("base", "url", "link"),
    [
        ("", "/members/ada/", "/members/ada/"),
        ("/guild", "/members/ada/", "/guild/members/ada/"),
        ("/guild", "/", "/guild/"),
        ("/guild", "https://example.net/a", "https://example.net/a"),
        ("/guild", "#top", "#top"),
    ],
)
def test_href(base: str, url: str, link: str) -> None:
    """A site below a path of its host links to itself there; what leads elsewhere stays."""
    assert href(base, url) == link


@pytest.mark.parametrize(
    ("site", "url", "full"),
    [
        ("https://example.org/", "/", "https://example.org/"),
        ("https://example.org/", "/members/ada/", "https://example.org/members/ada/"),
        ("https://example.org/guild/", "/members/ada/", "https://example.org/guild/members/ada/"),
        ("https://example.org/", "/events/встреча/", "https://example.org/events/%D0%B2%D1%81%D1%82%D1%80%D0%B5%D1%87%D0%B0/"),
        ("https://example.org/", "/members/ada/a%20b.png", "https://example.org/members/ada/a%20b.png"),
        ("https://example.org/", '/a"b?c#d/', "https://example.org/a%22b%3Fc%23d/"),
    ],
)  # fmt: skip
def test_absolute(site: str, url: str, full: str) -> None:
    """In full and in ASCII, as calendars and cards need it; what is encoded already is not encoded again."""
    assert absolute(site, url) == full


def test_folders_that_are_too_full() -> None:
    """Files and folders count alike; one that is nearly as full as a host takes is told, and no other."""
    pages = [f"members/m{number}/index.html" for number in range(CROWDED)]
    assert not [*crowded(pages[1:]), *crowded([*pages[1:], "index.html", "a/b", "c/d"])]
    (told,) = crowded([*pages, "index.html"], "staging.yaml")
    assert told.at.file == "staging.yaml"
    assert told.message.startswith("/members has 45,000 files and folders in it")
    files = [f"x/{number}.html" for number in range(CROWDED + 1)]
    assert [each.message[: each.message.index(" files")] for each in crowded([*pages, *files])] == [
        "/x has 45,001",
        "/members has 45,000",
    ]
