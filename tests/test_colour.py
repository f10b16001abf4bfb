"""The accent of a site, and its contrast."""

import re
from itertools import product

import pytest

from sitegen import theme
from sitegen.colour import INKS, NAMES, Accent, accent, contrast

Colour = tuple[float, float, float]
STYLE = (theme.BUILT_IN / "programme" / "static" / "style.css").read_text("utf-8")
ACCENTS = [
    *NAMES,
    *(f"#{red}{green}{blue}" for red, green, blue in product(("00", "40", "80", "c0", "ff"), repeat=3)),
]


@pytest.mark.parametrize(
    ("text", "hue", "chroma"),
    [("blue", 260, 0.125), (" Red ", 26, 0.145), ("#808080", 90, 0), ("#f00", 29, 0.147), ("00ff00", 142, 0.117)],
)
def test_an_accent_is_a_name_or_a_colour(text: str, hue: float, chroma: float) -> None:
    """Names have their own hue and chroma, a colour has its hue and as much of its chroma as can be shown."""
    found = accent(text)
    assert found
    assert round(found.hue) == hue
    assert found.chroma == pytest.approx(chroma, abs=0.02)


@pytest.mark.parametrize("text", ["", "bleu", "#12", "#12345", "#1234567", "rgb(0,0,0)", "#gggggg"])
def test_anything_else_is_none(text: str) -> None:
    """What is neither a name nor a colour of three or six digits is no accent."""
    assert accent(text) is None


def test_an_accent_is_two_custom_properties() -> None:
    """They stand in a rule of their own, in plain numbers."""
    assert Accent(152.0, 0.09).css == ":root{--hue:152;--chroma:0.09}\n"


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [((0, 0, 0), (1, 0, 0), 21.0), ((0.5, 0.1, 20), (0.5, 0.1, 20), 1.0), ((1, 0, 0), (0.599871, 0, 0), 3.95)],
)
def test_contrast(one: Colour, other: Colour, ratio: float) -> None:
    """It is 21 between black and white, 1 between a colour and itself, and the same both ways round."""
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.01)


def tokens(accent: Accent) -> dict[str, tuple[Colour, Colour]]:
    """The colours of the theme "programme" in light and in dark, as its stylesheet mixes them of an accent."""
    text = STYLE.replace("var(--warm)", "88").replace("var(--hue)", str(accent.hue))
    text = re.sub(r"calc\(var\(--chroma\) \* (\.\d+)\)", lambda found: str(accent.chroma * float(found[1])), text)
    text = text.replace("var(--chroma)", str(accent.chroma))
    colour = r"oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)"
    found = re.findall(rf"--([\w-]+): (?:light-dark\({colour}, {colour}\)|{colour});", text)
    return {name: (read(*values[:3], *values[6:]), read(*values[3:])) for name, *values in found}


def read(*values: str) -> Colour:
    """The colour of the values that there are."""
    lightness, chroma, hue = map(float, filter(None, values))
    return lightness, chroma, hue


@pytest.mark.parametrize("text", ACCENTS)
def test_contrast_holds_for_every_accent(text: str) -> None:
    """Text has a contrast of 7 (WCAG 2.2, 1.4.6), secondary text of 4.5 (1.4.3), edges of 3 (1.4.11)."""
    chosen = accent(text)
    assert chosen
    colours = tokens(chosen)
    for scheme in (0, 1):
        paper, shade = colours["paper"][scheme], colours["shade"][scheme]
        for name, ground, least in (
            ("ink", paper, 7),
            ("ink", shade, 7),
            ("accent", paper, 7),
            ("soft", paper, 4.5),
            ("soft", shade, 4.5),
            ("edge", paper, 3),
            ("on-plate", colours["plate"][scheme], 7),
        ):
            assert contrast(colours[name][scheme], ground) >= least, (name, scheme)


def test_inks_are_those_of_the_theme() -> None:
    """The chroma is reduced for the lightnesses that the stylesheet has, and for no others."""
    found = re.findall(r"oklch\(([\d.]+) (?:calc\()?var\(--chroma\)(?: \* ([\d.]+)\))? var\(--hue\)\)", STYLE)
    assert {(float(lightness), float(share or 1)) for lightness, share in found} == set(INKS)
