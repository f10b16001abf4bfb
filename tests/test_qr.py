"""QR codes: what is drawn is read back module by module."""

import re
from xml.etree import ElementTree as ET

import pytest
import segno
from msgspec import structs

from sitegen.formats.qr import FORMAT, MASK, Code, render
from sitegen.model import Entry
from sitegen.plan import Collection, Edition, Output
from tests.steps import config_of, decoded

SVG = "{http://www.w3.org/2000/svg}"
QUIET = 4
"""Modules of light on each side (ISO/IEC 18004)."""


def drawn(code: str) -> ET.Element:
    """The SVG of an address."""
    return ET.fromstring(render(Code(code), None))  # type: ignore[arg-type]  # noqa: S314 - our own


def modules(svg: ET.Element) -> list[list[int]]:
    """The modules of a code, 1 being dark, from the strokes of its last path: one for each run in a row."""
    size = int(svg.attrib["viewBox"].split()[2])
    found = [[0] * size for _ in range(size)]
    x, y = 0.0, 0.0
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", svg.findall(f"{SVG}path")[-1].attrib["d"]):
        first, *rest = map(float, numbers.split())
        if command == "h":
            found[int(y)][int(x) : int(x + first)] = [1] * int(first)
            x += first
        else:
            x, y = (first, rest[0]) if command == "M" else (x + first, y + rest[0])
    return found


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/members/ada/",
        "https://example.org/members/%E5%B2%A1-%E5%8D%83%E9%B6%B4/",
        "https://example.org/order/members/" + "long-name-" * 20 + "/",
        "https://example.org/a&b/members/ada/",
        "HTTPS://A.B/",
    ],
)
def test_the_code(address: str) -> None:
    """The code is the address's, dark on light, with its quiet zone, and survives the loss of 15 % (M)."""
    made = segno.make(address, error="M", micro=False, mask=MASK)
    assert made.error in ("M", "Q", "H")
    svg = drawn(address)
    assert modules(svg) == [list(row) for row in made.matrix_iter(border=QUIET)]
    light, dark = svg.findall(f"{SVG}path")
    size = len(made.matrix) + 2 * QUIET
    assert (light.attrib, dark.attrib["stroke"]) == ({"fill": "#fff", "d": f"M0 0h{size}v{size}h-{size}z"}, "#000")


def test_the_picture() -> None:
    """It has any size, begins with the picture itself, and those who hear it hear the address."""
    address = "https://example.org/a&b/members/ada/"
    assert render(Code(address), None).startswith(b"<svg xmlns=")  # type: ignore[arg-type]
    svg = drawn(address)
    assert set(svg.attrib) == {"viewBox"}
    assert svg.findtext(f"{SVG}title") == address


# --- Which pages have one


def member(fields: str = "name: Ada Okafor\naliases: [ada-o, /people/ada/]") -> Entry:
    """A member."""
    entry = decoded(f"-- members/ada.yaml --\n{fields}\n").entry
    assert entry
    return entry


def outputs(*collections: Collection, url: str = "https://example.org/") -> list[Output]:
    """The codes of these pages."""
    return list(FORMAT.outputs(collections, Edition(structs.replace(config_of(""), url=url))))


def page(about: Entry | None, url: str = "/members/ada/") -> Collection:
    """The page of an entry, which once stood elsewhere."""
    return Collection(url, "Ada", "member.html", about=about, aliases=("/members/ada-o/", "/people/ada/"))


def test_where_it_is() -> None:
    """Beside the page of whoever has a contact card, and not where that stood before."""
    (made,) = outputs(page(member()), page(None, "/members/"))
    assert (made.path, made.owner, made.origin) == ("members/ada/qr.svg", "members/ada.yaml", ("members/ada.yaml",))
    assert made.inputs == Code("https://example.org/members/ada/")
    assert made.render is render


def test_each_language_has_its_own() -> None:
    """A page in another language has a code of its own address, in full and in ASCII."""
    found = outputs(page(member()), page(member(), "/es/members/岡/"), url="https://example.org/order/")
    assert [each.path for each in found] == ["members/ada/qr.svg", "es/members/岡/qr.svg"]
    assert found[1].inputs == Code("https://example.org/order/es/members/%E5%B2%A1/")


def test_who_has_none() -> None:
    """Who has no contact card has no code: nobody in memoriam, no event."""
    event = decoded("-- events/talk.yaml --\ntitle: Talk\nstart: 2026-11-07\n").entry
    assert not outputs(page(member("name: Ada\nstatus: in-memoriam")), page(event, "/events/talk/"))
