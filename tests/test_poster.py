"""Share images: all that is drawn stays where it belongs, and nothing is drawn that the font cannot draw."""

import io
import re

import pytest
from PIL import Image, ImageFont

from sitegen import poster
from sitegen.model import When
from sitegen.poster import SIZE, Poster
from sitegen.theme import BUILT_IN
from tests.test_pictures import picture

PLAIN = Poster("Working Order", "Tower clocks", "en", "")
DAY = When("2026-12-11T19:00", "2026-12-11T21:00", "Europe/Oslo", 1797012000, 1797019200)


def drawn(made: Poster, photo: bytes = b"", logo: bytes = b"") -> Image.Image:
    """The image, as it is seen."""
    with Image.open(io.BytesIO(poster.draw(made, photo, logo))) as image:
        return image.convert("RGB")


def inks(image: Image.Image, box: tuple[int, int, int, int]) -> int:
    """How many colours a part of it has."""
    return len(image.crop(box).getcolors(SIZE[0] * SIZE[1]) or ())


@pytest.mark.parametrize(
    "title",
    ["A", "Tower clocks", "Tower clocks of Lisbon, an evening of lanterns and of keys " * 5, "W" * 300, "Ł. Ω Ж ở ß"],
)
@pytest.mark.parametrize("lines", [(), ("Oslo",), ("Oslo " * 60, "x" * 300, "Three", "Four")])
def test_words_keep_the_margins(title: str, lines: tuple[str, ...]) -> None:
    """However long they are, words stand on the paper: the margins around them have its colour alone."""
    image = drawn(Poster("Working Order " * 9, title, "en", "", lines))
    assert image.size == SIZE
    assert inks(image, (poster.PLATE, 0, poster.PLATE + 60, SIZE[1])) == 1
    assert inks(image, (SIZE[0] - 60, 0, *SIZE)) == 1
    assert inks(image, (poster.PLATE, SIZE[1] - 30, *SIZE)) == 1
    assert inks(image, (poster.PLATE, 70, *SIZE)) > 2, "and there are some"


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-12-11", ""),
        ("2026-12-30", "2027-01-02"),
        ("2026-09", ""),
        ("2027", ""),
        ("2026-09-28T19:00", "2026-09-28T21:00"),
    ],
)
@pytest.mark.parametrize("language", ["en", "de", "vi", "el", "ja"])
def test_the_day_keeps_the_plate(start: str, end: str, language: str) -> None:
    """The day stands on the plate, with a margin at both sides, in whatever language."""
    image = drawn(Poster("X", "Y", language, "", when=When(start, end, "Europe/Oslo", 1790000000, 1790007200)))
    assert inks(image, (0, 0, 20, SIZE[1])) == inks(image, (poster.PLATE - 20, 0, poster.PLATE, SIZE[1])) == 1
    assert inks(image, (20, 0, poster.PLATE - 20, SIZE[1])) > 1


def test_the_clock_and_what_is_off() -> None:
    """An event says when it begins; one that is cancelled says that instead."""
    sure, off, postponed = (
        poster.words_below(
            Poster(
                "X", "Y", "es", "", ("Lisboa",), when=When("2026-12-11T19:00", "", "Europe/Oslo", 1797012000, 1, status)
            )
        )
        for status in ("confirmed", "cancelled", "postponed")
    )
    assert [*sure] == ["19:00 CET", "Lisboa"]
    assert [*off] == ["Cancelado", "Lisboa"]
    assert [*postponed] == ["Aplazado", "Lisboa"]


def test_night_belongs_to_its_first_day() -> None:
    """What goes on past midnight is on one day, as in lists."""
    night = When("2026-12-31T20:00", "2027-01-01T02:00", "Europe/Oslo", 1798743600, 1798765200)
    assert drawn(Poster("X", "Y", "en", "", when=night)) == drawn(
        Poster(
            "X", "Y", "en", "", when=When("2026-12-31T20:00", "2026-12-31T23:00", "Europe/Oslo", 1798743600, 1798754400)
        )
    )


def test_a_photograph_fills_the_plate() -> None:
    """A photograph, also a small and wide one, covers the plate to its edges, and makes the image a JPEG."""
    made = Poster("X", "Y", "en", "", photo="ada.jpg")
    assert poster.suffix(made) == ".jpg"
    data = poster.draw(made, picture(90, 40, "PNG"), b"")
    assert data.startswith(b"\xff\xd8")
    plate = drawn(PLAIN).getpixel((2, 2))
    image = drawn(made, picture(90, 40, "PNG"))
    corners = ((2, 2), (poster.PLATE - 3, 2), (2, SIZE[1] - 3), (poster.PLATE - 3, SIZE[1] - 3))
    assert plate not in [image.getpixel(each) for each in corners]


def test_a_logo_stands_on_paper() -> None:
    """A logo is whole in the middle of the plate."""
    image = drawn(Poster("X", "Y", "en", "", logo="logo.png"), logo=picture(400, 100, "PNG"))
    plate = drawn(PLAIN).getpixel((2, 2))
    assert image.getpixel((2, 2)) == plate
    assert image.getpixel((poster.PLATE // 2, SIZE[1] // 2)) != plate


@pytest.mark.parametrize("accent", ["", "green", "#ff0000", "#ffffaa", "black"])
def test_the_accent_is_that_of_the_site(accent: str) -> None:
    """The plate has the accent, as dark as white letters need: 7 to 1 (WCAG 2.2, SC 1.4.6)."""

    def luminance(pixel: tuple[int, int, int]) -> float:
        linear = [each / 255 / 12.92 if each <= 10 else ((each / 255 + 0.055) / 1.055) ** 2.4 for each in pixel]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    image = drawn(Poster("X", "Y", "en", accent))
    plate, paper = image.getpixel((2, 2)), image.getpixel((SIZE[0] - 2, 2))
    assert (luminance(paper) + 0.05) / (luminance(plate) + 0.05) >= 7  # type: ignore[arg-type]


def test_the_same_bytes_and_nothing_else() -> None:
    """An image is the same each time, and says nothing of who made it when."""
    made = Poster("X", "Y", "en", "", ("Z",), DAY)
    assert poster.draw(made, b"", b"") == poster.draw(made, b"", b"")
    with Image.open(io.BytesIO(poster.draw(made, b"", b""))) as image:
        assert not image.info


@pytest.mark.parametrize("text", ["Ada Okafor", "Æsop’s “Łódź” – où? ñ…", "Αλέξανδρος", "Кириллица", "Nguyễn", ""])
def test_what_can_be_drawn(text: str) -> None:
    """Latin, Greek and Cyrillic letters can be drawn."""
    assert poster.can_draw(text)


@pytest.mark.parametrize("text", ["山田", "محمد", "דוד", "Clocks ⏰", "e\u0301", "a\u202eb"])
def test_what_cannot_be_drawn(text: str) -> None:
    """A sign for which the font has no letter, or that stands above another, makes a text that cannot be drawn."""
    assert not poster.can_draw(text)


@pytest.mark.parametrize("weight", ["Black", "Semibold", "Regular"])
def test_the_usual_letters_are_there(weight: str) -> None:
    """Each letter for which the font is not asked is in each of its weights."""
    font = poster.font_of(weight, 40)
    assert isinstance(font, ImageFont.FreeTypeFont)
    none = bytes(font.getmask("\uffff"))
    usual = [chr(code) for code in range(0x20, 0x3000) if poster.USUAL.fullmatch(chr(code))]
    assert len(usual) > 300
    assert [each for each in usual if bytes(font.getmask(each)) == none] == []


def test_lines_without_letters_are_left_out() -> None:
    """A line that cannot be drawn is left out, and the rest stays."""
    assert drawn(Poster("X", "Y", "en", "", ("山田", "Oslo"))) == drawn(Poster("X", "Y", "en", "", ("Oslo",)))
    assert drawn(Poster("山田", "山田", "ja", "", ("山田",), initials="山")).size == SIZE


def test_the_inks_are_those_of_the_theme() -> None:
    """Paper, inks and plate are what the stylesheet calls so, and so is the accent where a site chooses none."""
    style = (BUILT_IN / "programme" / "static" / "style.css").read_text("utf-8")
    tokens = dict(re.findall(r"^  --([\w-]+): ([^;]+);", style, re.MULTILINE)[::-1])
    for name, (lightness, chroma, hue) in poster.INKS.items():
        assert tokens[name] == f"oklch({lightness:g} {chroma:g} var(--warm))".replace("0.", ".")
        assert float(tokens["warm"]) == hue
    assert tokens["plate"] == "oklch(.36 var(--chroma) var(--hue))"
    assert (float(tokens["hue"]), float(tokens["chroma"])) == (poster.ACCENT.hue, poster.ACCENT.chroma)
