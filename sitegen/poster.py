"""Share images: what other programs show of a page, a plate of colour with the day or the face, and words beside it.

The properties are those of https://ogp.me, the size is what those who show them ask for. The manner is that of the
theme "programme": two inks on paper. What the font has no letters for is left out: it would be boxes.
"""

import functools
import io
import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sitegen import colour, i18n, media
from sitegen.model import Frozen, When
from sitegen.occasion import OFF

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

SIZE = (1200, 630)
"""Width and height in pixels."""
PLATE = 400
"""The width of the plate."""
_LEFT, _RIGHT = PLATE + 64, SIZE[0] - 64
"""Between these stand the words."""
INKS = {"paper": (0.975, 0.008, 88.0), "ink": (0.22, 0.012, 88.0), "soft": (0.45, 0.016, 88.0)}
"""The inks of the theme "programme" by its names for them, in OKLCH: lightness, chroma, hue in degrees."""
ACCENT = colour.Accent(260, 0.125)
"""The accent of a site that chooses none."""
USUAL = re.compile(r"[ -~\u00a0-\u00ac\u00ae-\u017e\u2013\u2014\u2018-\u201a\u201c-\u201e\u2026]*")
"""Letters that the font is known to have: whoever writes with these need not ask it."""


class Poster(Frozen, frozen=True):
    """What a share image shows."""

    site: str
    """The name of the association."""
    title: str
    language: str
    """Of dates (BCP 47)."""
    accent: str
    """The theme's option: see `colour.accent`."""
    lines: tuple[str, ...] = ()
    """Below the title: what somebody does, where something takes place."""
    when: When | None = None
    photo: str = ""
    """The path of a picture that fills the plate."""
    logo: str = ""
    """The path of the picture that stands on the plate where nothing else does."""
    digests: tuple[bytes, ...] = ()
    """Of these two files."""
    initials: str = ""

    @property
    def path(self) -> str:
        """The picture in it, for whom it is unusable."""
        return self.photo or self.logo


def can_draw(text: str) -> bool:
    """The font has a letter for every sign of the text."""
    return bool(USUAL.fullmatch(text)) or all(map(_has, text))


@functools.lru_cache(maxsize=5_000)
def _has(letter: str) -> bool:
    """The font has the letter; one that is put above or below another would not stand there."""
    font = font_of("Black", 40)
    return not unicodedata.combining(letter) and bytes(font.getmask(letter)) != bytes(font.getmask("\uffff"))


def suffix(poster: Poster) -> str:
    """Of the file: a photograph is a JPEG, all else a PNG."""
    return ".jpg" if poster.photo else ".png"


def draw(poster: Poster, photo: bytes, logo: bytes) -> bytes:
    """The share image as a file; ``photo`` and ``logo`` are the files of these, empty without. Raises `media.Unusable`.

    The same bytes each time: text is set by Pillow itself, as the library for scripts that join letters, which it uses
    where it finds one, sets them a little differently from version to version.
    """
    from PIL import Image, ImageDraw  # noqa: PLC0415 - not needed when nothing changed
    from PIL.Image import Quantize  # noqa: PLC0415

    accent = colour.accent(poster.accent) or ACCENT
    paper, ink, soft = (colour.srgb(*each) for each in INKS.values())
    plate = colour.srgb(0.36, accent.chroma, accent.hue)
    image = Image.new("RGB", SIZE, paper)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, PLATE - 1, SIZE[1]), fill=plate)
    pen.rectangle((_LEFT, 56, _RIGHT, 63), fill=ink)
    if photo:
        image.paste(media.cut(photo, (PLATE, SIZE[1])), (0, 0))
    elif poster.when:
        _day(pen, poster.when, poster.language, paper)
    elif logo:
        _centred(image, media.within(logo, (PLATE - 128, PLATE - 128)), paper)
    elif can_draw(poster.initials):
        pen.text((PLATE / 2, SIZE[1] / 2), poster.initials, paper, font_of("Black", 170), anchor="mm")
    top = 76.0 if poster.site == poster.title else _written(pen, poster.site, ink, "Semibold", (32,), 84, 1) + 28
    is_off = poster.when is not None and poster.when.status in OFF
    below = [each for each in words_below(poster) if can_draw(each)][:3]
    room = SIZE[1] - 64 - top - 44 * len(below) - (24 if below else 0)
    top = _written(pen, poster.title, ink, "Black", (84, 68, 56, 46), top, room) + 24
    for index, line in enumerate(below):
        weight = "Semibold" if is_off and not index else "Regular"
        room = (SIZE[1] - 56 - top) / (len(below) - index)
        top = _written(pen, line, ink if is_off and not index else soft, weight, (34,), top, room) + 4
    made = io.BytesIO()
    if photo:
        image.save(made, "JPEG", quality=82, optimize=True)
    else:
        image.quantize(64, Quantize.FASTOCTREE).save(made, "PNG")
    return made.getvalue()


def words_below(poster: Poster) -> Iterator[str]:
    """What stands below the title: that an event is off, or when it begins; and the further lines."""
    when, says = poster.when, i18n.translations(poster.language).gettext
    if when and when.status in OFF:
        yield says("Cancelled") if when.status == "cancelled" else says("Postponed")
    elif when and "T" in when.start:
        clock, zone = i18n.time(when.start, poster.language), i18n.zone(when.zone, poster.language, when.begins)
        yield f"{clock} {zone}"
    yield from filter(None, poster.lines)


def _day(pen: "ImageDraw", when: When, language: str, paper: tuple[int, int, int]) -> None:
    """The day as the large thing, as on the page of an event: day, weekday, month and year."""
    first, last = when.start[:10], when.last_day
    say = functools.partial(_date, language)
    if not when.dated:
        lines = [("Black", 92, say(first, "MMM")), ("Semibold", 44, say(first, "y"))]
    elif last != first:
        days = f"{say(first, 'd')}–{say(last, 'd')}"
        months = dict.fromkeys(say(each, "yMMM") for each in (first, last))
        lines = [("Black", 130, days), *(("Semibold", 44, each) for each in months)]
    else:
        lines = [
            ("Black", 240, say(first, "d")),
            ("Semibold", 44, say(first, "EEEE")),
            ("Semibold", 44, say(first, "yMMMM")),
        ]
    lines = [each for each in lines if each[-1]]
    fonts = [_fitting(weight, size, text) for weight, size, text in lines]
    heights = [font.size for font in fonts]
    top = (SIZE[1] - sum(heights) - 8 * len(lines)) / 2
    for (_, _, text), font, height in zip(lines, fonts, heights, strict=True):
        pen.text((PLATE / 2, top + height / 2), text, paper, font, anchor="mm")
        top += height + 8


def _date(language: str, day: str, skeleton: str) -> str:
    """Parts of a date in words; where the font has no letters for these, in numbers."""
    words = i18n.date(day, language, skeleton)
    return words if can_draw(words) else {"d": day[8:], "y": day[:4], "EEEE": ""}.get(skeleton, day[:7])


def _fitting(weight: str, size: float, text: str) -> "FreeTypeFont":
    """The font in a size in which the text is not wider than the plate."""
    while size > 16 and font_of(weight, size).getlength(text) > PLATE - 56:  # noqa: PLR2004 - nobody reads less
        size -= 4
    return font_of(weight, size)


def _centred(image: "Image", small: "Image", paper: tuple[int, int, int]) -> None:
    """A logo in the middle of the plate, on paper: nobody knows for which ground it was drawn."""
    from PIL import Image  # noqa: PLC0415

    wide, high = small.size
    ground = Image.new("RGB", (wide + 48, high + 48), paper)
    ground.paste(small, (24, 24), small.getchannel("A"))
    image.paste(ground, ((PLATE - wide) // 2 - 24, (SIZE[1] - high) // 2 - 24))


def _written(
    pen: "ImageDraw", text: str, ink: tuple[int, int, int], weight: str, sizes: tuple[int, ...], top: float, room: float
) -> float:
    """Write the text below ``top`` in the first of the sizes in which it has room, or cut; returns where it ends.

    There is always room for one line.
    """
    if not text or not can_draw(text):
        return top
    for size in sizes:
        font = font_of(weight, size)
        lines, step = _lines(text, font), round(size * 1.12)
        if len(lines) * step <= room:
            break
    most = max(1, int(room // step))
    if len(lines) > most:
        last = lines[most - 1]
        while last and font.getlength(f"{last}…") > _RIGHT - _LEFT:
            last = last[:-1]
        lines = [*lines[: most - 1], f"{last.rstrip()}…"]
    for index, line in enumerate(lines):
        pen.text((_LEFT, top + index * step), line, ink, font)
    return top + len(lines) * step


def _lines(text: str, font: "FreeTypeFont") -> list[str]:
    """The text in lines that fit; a word that is too long for one is broken."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= _RIGHT - _LEFT:
            lines[-1] = longer
            continue
        lines += [""] if lines[-1] else []
        for letter in word:
            if lines[-1] and font.getlength(lines[-1] + letter) > _RIGHT - _LEFT:
                lines.append("")
            lines[-1] += letter
    return lines


@functools.cache
def font_of(weight: str, size: float) -> "FreeTypeFont":
    """The font in a weight and a size in pixels."""
    from font_source_sans_pro import font_files_ttf  # noqa: PLC0415 - not needed when nothing changed
    from PIL import ImageFont  # noqa: PLC0415

    return ImageFont.truetype(
        font_files_ttf[f"SourceSansPro{weight}".removesuffix("Regular")], size, layout_engine=ImageFont.Layout.BASIC
    )
