"""The accent of a site: any colour that it chooses, as the hue and chroma of inks whose lightness is the theme's.

OKLCH (CSS Color 4, section 9): colours of one lightness are equally light to the eye, so that contrast depends on the
lightness, and holds for every hue. A chroma that no screen can show at one of them is reduced until it can.
"""

import math
import re
from dataclasses import dataclass

NAMES = {
    "blue": (260.0, 0.125),
    "green": (152.0, 0.09),
    "teal": (200.0, 0.075),
    "red": (26.0, 0.145),
    "plum": (335.0, 0.12),
    "ochre": (62.0, 0.085),
    "black": (260.0, 0.008),
}
"""Accents that have a name: hue in degrees, and chroma."""
INKS = ((0.42, 1.0), (0.36, 1.0), (0.8, 0.75), (0.31, 0.65))
"""The inks that themes mix of an accent: lightness, and the share of the chroma."""


@dataclass(frozen=True, slots=True)
class Accent:
    """A hue in degrees and a chroma that a screen can show in every ink."""

    hue: float
    chroma: float

    @property
    def css(self) -> str:
        """The custom properties of which a theme mixes its inks."""
        return f":root{{--hue:{self.hue:g};--chroma:{self.chroma:g}}}\n"


def accent(text: str) -> Accent | None:
    """A name, or a colour as ``#rgb`` or ``#rrggbb``; None if it is neither."""
    hue, chroma = NAMES.get(text.strip().lower()) or _lch(text.strip()) or (0.0, -1.0)
    return Accent(round(hue, 1), math.floor(_shown(hue, chroma) * 1000) / 1000) if chroma >= 0 else None


def contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """The contrast of two colours in OKLCH (WCAG 2.2, "contrast ratio"): 1 to 21."""
    light, dark = sorted((_luminance(*one), _luminance(*other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _lch(text: str) -> tuple[float, float] | None:
    """Hue and chroma of a colour as the web writes it."""
    found = re.fullmatch(r"#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})", text)
    if not found:
        return None
    digits = found[1] if len(found[1]) == 6 else "".join(2 * each for each in found[1])  # noqa: PLR2004 - of rrggbb
    red, green, blue = (_linear(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    l = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)  # noqa: E741 - the names of the formula
    m = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    s = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    a = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s
    b = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
    return math.degrees(math.atan2(b, a)) % 360, math.hypot(a, b)


def srgb(lightness: float, chroma: float, hue: float) -> tuple[int, int, int]:
    """The colour as red, green and blue from 0 to 255; what a screen cannot show is cut off."""
    linear = (min(max(each, 0.0), 1.0) for each in _rgb(lightness, chroma, hue))
    red, green, blue = (
        round(255 * (12.92 * each if each <= 0.0031308 else 1.055 * each ** (1 / 2.4) - 0.055))  # noqa: PLR2004 - of sRGB
        for each in linear
    )
    return red, green, blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - of sRGB


def _rgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """The colour as linear sRGB; what a screen cannot show is below 0 or above 1."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3  # noqa: E741 - the names of the formula
    m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
        -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
        -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
    )


def _luminance(lightness: float, chroma: float, hue: float) -> float:
    red, green, blue = (min(max(each, 0.0), 1.0) for each in _rgb(lightness, chroma, hue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _shown(hue: float, chroma: float) -> float:
    """The most of a chroma that a screen can show in every ink."""
    low, high = 0.0, chroma
    if _is_shown(hue, chroma):
        return chroma
    while high - low > 1e-4:  # noqa: PLR2004 - finer than anybody sees
        middle = (low + high) / 2
        low, high = (middle, high) if _is_shown(hue, middle) else (low, middle)
    return low


def _is_shown(hue: float, chroma: float) -> bool:
    edge = 1e-6
    return all(-edge <= each <= 1 + edge for lightness, share in INKS for each in _rgb(lightness, chroma * share, hue))
