"""Contact cards, as a reader that is not ours (vobject) understands them."""

import re
from typing import Any

import pytest
import vobject  # type: ignore[import-untyped]
from hypothesis import given

from sitegen.formats.vcf import ContactCards, render
from sitegen.model import VCard, face
from tests import nasty
from tests.steps import outputs


def card(fields: str) -> str:
    """The contact card of a member."""
    output = outputs(f"-- members/ada.yaml --\n{fields}\n")["members/ada/card.vcf"]
    data = output.render(output.inputs, None)  # type: ignore[arg-type]
    return data.decode()


def read(fields: str) -> Any:
    """The card as it is read."""
    return vobject.readOne(card(fields))


LEAST = {"version", "n", "fn", "url"}
"""What every card has: more than vCard 3.0 asks for (RFC 2426, 3.6.9, 3.1.1, 3.1.2) by the way back to the profile."""


def test_the_least_card() -> None:
    """Version, both forms of the name, and the profile's address in full; the file is one card."""
    text = card("name: Ada Okafor")
    assert text.startswith("BEGIN:VCARD\r\nVERSION:3.0\r\n")
    assert text.endswith("\r\nEND:VCARD\r\n")
    found = read("name: Ada Okafor")
    assert set(found.contents) == LEAST
    assert (found.fn.value, found.url.value) == ("Ada Okafor", "https://example.org/members/ada/")


@pytest.mark.parametrize(
    ("fields", "family", "given", "prefix", "suffix"),
    [
        ("name: Ada Okafor", "Okafor", "Ada", "", ""),
        ("name: Ada Mary Okafor", "Okafor", "Ada Mary", "", ""),
        ("name: Sulastri", "Sulastri", "", "", ""),
        ("name: Ådne de Vries\nsort_name: de Vries, Ådne", "de Vries", "Ådne", "", ""),
        ("name: 岡 千鶴\nsort_name: Oka, Chizuru", "Oka", "Chizuru", "", ""),
        ("name: Ada Okafor\nsort_name: Okafor, Ada; Mary", "Okafor", "Ada; Mary", "", ""),
        ("name: Ada Okafor\nhonorific: {before: Dr., after: 'FRSA, PhD'}", "Okafor", "Ada", "Dr.", "FRSA, PhD"),
    ],
)  # fmt: skip
def test_the_parts_of_a_name(fields: str, family: str, given: str, prefix: str, suffix: str) -> None:
    """An address book sorts by ``sort_name``, or by the last word of the name; titles stand apart."""
    name = read(fields).n.value
    assert (name.family, name.given, name.additional, name.prefix, name.suffix) == (family, given, "", prefix, suffix)


@pytest.mark.parametrize(
    ("fields", "name", "value"),
    [
        ("role: Engineer", "title", "Engineer"),
        ("headline: Mends lifts", "title", "Mends lifts"),
        ("organization: 'Lifts, Looms; Clocks'", "org", ["Lifts, Looms; Clocks"]),
        ("also_known_as: Ada O.", "nickname", "Ada O."),
        ("email: ada@example.org\npublic: email", "email", "ada@example.org"),
        ("phone: +47 22 00 00 00\npublic: phone", "tel", "+47 22 00 00 00"),
    ],
)
def test_properties(fields: str, name: str, value: str | list[str]) -> None:
    """Each field gives one property more, and a reader has its text as it was written."""
    found = read(f"name: Ada Okafor\n{fields}")
    assert set(found.contents) == LEAST | {name}
    (only,) = found.contents[name]
    assert only.value == value


def test_nicknames_are_values_of_their_own() -> None:
    """A comma between nicknames separates them, one within a nickname does not."""
    assert "\r\nNICKNAME:Ada O.,岡\\, A.,x\\;y\r\n" in card("name: A\nalso_known_as: [Ada O., '岡, A.', 'x;y']")


@pytest.mark.parametrize(
    ("location", "city", "region", "country"),
    [
        ("{city: Oslo, region: Østlandet, country: NO}", "Oslo", "Østlandet", "Norway"),
        ("'Oslo; Norway, Europe'", "Oslo; Norway, Europe", "", ""),
        ("{country: Norge}", "", "", "Norge"),
    ],
)
def test_the_address(location: str, city: str, region: str, country: str) -> None:
    """A card tells the town, never a street: its parts are where address books look for them."""
    found = read(f"name: A\nlocation: {location}").adr
    assert (found.value.city, found.value.region, found.value.country) == (city, region, country)
    assert (found.value.street, found.value.box, found.value.extended, found.value.code) == ("", "", "", "")


PRIVATE = "email: ada@example.org\nphone: +47 22 00 00 00\nconsent: by post\nextra: {a: b}\nconfirmed: 2026-01-01\n"
UNSAID = "bio: Mends.\npronouns: she/her\nskills: Rust\nlinks: {github: ada}\noffers: A talk\njoined: 2019\n"


@pytest.mark.parametrize("fields", [PRIVATE, UNSAID, "location: {latitude: 59.91, longitude: 10.75}"])
def test_nothing_else_is_said(fields: str) -> None:
    """What the profile does not show is in no card, nor what is no matter of an address book."""
    assert card(f"name: Ada Okafor\n{fields}") == card("name: Ada Okafor")


TEXTS = [
    ('"one\\r\\nTEL:1\\rtwo\\nEND:VCARD"', "one TEL:1 two END:VCARD"),
    ('"one\\x85two\\u2028three\\u2029four\\vfive"', "one two three four five"),
    ("'semi;colons, commas: \"quotes\" and \\ backslashes\\n'", 'semi;colons, commas: "quotes" and \\ backslashes\\n'),
    ("'" + "word " * 100 + "'", ("word " * 100).strip()),
    ("'" + "👩‍🔧ö" * 60 + "'", "👩‍🔧ö" * 60),
]


@pytest.mark.parametrize(("written", "text"), TEXTS)
def test_any_text_is_text(written: str, text: str) -> None:
    """Whatever is written, no property comes of it, none is lost, and a reader has the text as it was."""
    keys = ("name", "sort_name", "role", "organization", "also_known_as", "location")
    fields = "".join(f"{key}: {f'[{written}]' if key == 'also_known_as' else written}\n" for key in keys)
    found = read(fields)
    assert {name: len(each) for name, each in found.contents.items()} == dict.fromkeys(
        LEAST | {"title", "org", "nickname", "adr"}, 1
    )
    assert [found.fn.value, found.title.value, found.nickname.value, found.adr.value.city] == [text] * 4
    assert found.org.value == [text]
    name = found.n.value
    assert f"{name.family}, {name.given}".removesuffix(", ") == text


@pytest.mark.parametrize("written", [written for written, _ in TEXTS])
def test_lines(written: str) -> None:
    """Lines end with CRLF, and none is longer than 75 octets or ends within a letter."""
    data = card(f"name: {written}\nrole: {written}\n").encode()
    lines = data.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not re.search(rb"[\r\n]", b"".join(lines))
    assert all(line.decode() for line in lines)


@given(nasty.TEXTS)
def test_no_text_is_a_property(text: str) -> None:
    """Whatever text comes from wherever adds no property and takes none away, even for readers with Unicode's lines."""
    names = [each for each in VCard.__struct_fields__ if each != "nicknames"]
    cards = [VCard(**dict.fromkeys(names, word), nicknames=(word, word)) for word in (f"a{text}", "a")]
    found, expected = (
        [
            re.split("[:;]", line)[0]
            for line in render(ContactCards((face(each),), "https://example.org/"), None)  # type: ignore[arg-type]
            .decode()
            .replace("\r\n ", "")
            .splitlines()
        ]
        for each in cards
    )
    assert found == expected


def test_the_cards_of_an_event() -> None:
    """Speakers, hosts and organizers with a card are in one file, each once; who goes there only if they show it."""
    text = """
-- members/ada.yaml --
name: Ada Okafor
-- members/bo.yaml --
name: Bo Ek
-- members/cy.yaml --
name: Cy Ek
status: in-memoriam
-- events/talk.yaml --
title: Talk
start: 2026-12-01
speakers: [ada, Somebody Else, cy]
organizers: ada
hosts: bo
attendees: [dee]
"""
    output = outputs(text)["events/talk/people.vcf"]
    data = output.render(output.inputs, None).decode()  # type: ignore[arg-type]
    assert [each.fn.value for each in vobject.readComponents(data)] == ["Ada Okafor", "Bo Ek"]
