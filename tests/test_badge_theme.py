"""The theme "badge": another look on the templates of the first, and contrast for whatever accent a site chooses."""

import re
from collections.abc import Mapping
from functools import cache
from math import cos, pi
from pathlib import Path

import pytest

from sitegen import theme
from sitegen.colour import accent, contrast
from tests.sites import SITE, Project, project
from tests.test_colour import ACCENTS

Colour = tuple[float, float, float]
FOLDER = theme.BUILT_IN / "badge"
STYLE = (FOLDER / "static" / "badge.css").read_text("utf-8")
SCREEN = re.sub(r"/\*.*?\*/", "", STYLE, flags=re.DOTALL).partition("@media print")[0]
TINTS = range(6)
ROOT = ":root"
TINTED = ":root, [data-tint], .hero > :first-child, .pairs > li"

NETWORK = f"""{SITE}
theme: badge
-- members/ada-okafor.yaml --
name: Ada Okafor
email: ada@example.org
public: email
groups: [tower-clocks]
-- members/ottoline-b.yaml --
name: Ottoline Breckenridge-Satterthwaite
email: ottoline@example.org
public: email
-- groups/tower-clocks.yaml --
title: Tower clocks
leads: [ada-okafor]
-- groups/the-board.yaml --
title: The Board
-- events/steam.yaml --
title: Steam
start: 2026-12-10 18:00
speakers: [ada-okafor]
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A site with this theme."""
    made = project(tmp_path_factory.mktemp("badge"), NETWORK)
    assert not made.build().failed
    return made


# --- Themes are data


def test_it_has_no_template_of_the_first_theme_again() -> None:
    """The frame extends that of the first theme; what it hangs on people and groups is its own. That is all."""
    templates = {path.relative_to(FOLDER / "templates").as_posix() for path in FOLDER.rglob("*.html")}
    assert templates == {"base.html", "parts/marks.html"}
    assert '{% extends "programme/base.html" %}' in (FOLDER / "templates" / "base.html").read_text("utf-8")


def test_it_stands_on_the_stylesheet_of_the_first_theme(built: Project) -> None:
    """Each page loads that, with the accent, and then the theme's own."""
    for path in ("index.html", "members/index.html", "events/steam/index.html", "404.html"):
        first, own = re.findall(r'<link rel="stylesheet" href="/([^"]+)">', built.read(path))
        assert re.search(r"assets/style\.\w+\.css", first)
        assert re.search(r"assets/badge\.\w+\.css", own)
    assert re.search(r":root\{--hue:9\d[\d.]*;--chroma:[\d.]+\}\n$", built.read(first))


def test_its_stylesheet_is_small_and_flat() -> None:
    """It has at most 22 kB, no shadow, gradient or round corner, and no left and right."""
    assert len(STYLE.encode()) <= 22_000
    assert not re.findall(r"shadow|gradient|border-radius: [^0]|url\(|@import", STYLE)
    assert not re.findall(r"(?:margin|padding|border|inset)-(?:left|right|top|bottom)|\b(?:left|right): ", STYLE)


# --- Tints and signs


def marks(made: Project, path: str) -> set[tuple[str, str]]:
    """The tints and signs on a page."""
    return set(re.findall(r' data-tint="(\d)"(?: data-sign="([^"]*)")?', made.read(path)))


def test_a_tint_follows_from_the_id(built: Project) -> None:
    """A person has the same on the profile, in lists and at events; a group the same on its page and in lists."""
    ((ada, _),) = marks(built, "members/ada-okafor/index.html")
    (tower,) = marks(built, "groups/tower-clocks/index.html") - {(ada, "")}
    assert (ada, "") in marks(built, "members/index.html")
    assert (ada, "") in marks(built, "events/steam/index.html")
    assert tower in marks(built, "groups/index.html")


def test_groups_have_signs(built: Project) -> None:
    """They are the first letters of two words, without small ones, else of the only word that there is."""
    assert {sign for _, sign in marks(built, "groups/index.html")} == {"TC", "BO"}


@pytest.mark.parametrize(
    ("title", "sign"),
    [
        ("Tower clocks", "TC"),
        ("Rivers & floodplains", "RF"),
        ("The Board", "BO"),
        ("Of us all", "OU"),
        ("Vienna", "VI"),
        ("Pôles d’été", "PD"),
        ("技術委員会", "技術"),
        ("R", "R"),
        ("", ""),
    ],
)
def test_signs(title: str, sign: str) -> None:
    """A sign is made of any title, in any script."""
    assert re.search(r'data-sign="([^"]*)"', marked("/groups/x/", title))[1] == sign  # type: ignore[index]


@cache
def macro() -> theme.Theme:
    """The theme with what it extends."""
    return theme.read((FOLDER, theme.BUILT_IN / "programme"))


def marked(url: str, title: str) -> str:
    """What the theme hangs on somebody or something."""
    module = theme.unkept(macro(), "en").get_template("parts/marks.html").module
    return str(module.mark(url, title))  # type: ignore[attr-defined]


def test_all_tints_are_used() -> None:
    """Ids spread over the six, whatever their language, script and address."""
    names = [
        "ada-okafor",
        "ben",
        "chan-wai-sun",
        "dorottya-egressy",
        "ilse",
        "oisin",
        "te-aroha",
        "yusuf",
        "蓬莱",
        "x1",
    ]
    assert len({marked(f"/members/{name}/", name)[:14] for name in names}) >= 5
    assert marked("/members/ada/", "Ada") == marked("/es/members/ada/", "Ada")
    assert marked("/events/steam/#2026-12-10", "") == marked("/events/steam/", "")
    assert marked("", "Jane Doe").startswith(' data-tint="')


def test_a_long_name_is_known(built: Project) -> None:
    """One with a word of more than eleven letters, between hyphens, is set smaller."""
    assert " data-long" in built.read("members/ottoline-b/index.html")
    assert " data-long" not in built.read("members/ada-okafor/index.html")


def test_the_first_theme_hangs_nothing_on_anybody(tmp_path: Path) -> None:
    """Its pages are what they were without marks."""
    made = project(tmp_path, NETWORK.replace("theme: badge\n", ""))
    assert not made.build().failed
    pages = [data for path, data in made.output().items() if path.endswith(".html")]
    assert not [data for data in pages if b"data-tint" in data or b"data-sign" in data]


# --- Contrast


def declared(selector: str) -> dict[str, str]:
    """The custom properties that the rules of a selector set, the last ones winning, as browsers take them."""
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", SCREEN)
    found = [body for chosen, body in rules if " ".join(chosen.split()) == selector]
    assert found, f"no rule for {selector}"
    return {name: value for body in found for name, value in re.findall(r"--([\w-]+):\s*([^;]+?)\s*(?:;|$)", body)}


def rules_with(part: str) -> str:
    """The whole selector of the one rule with custom properties in which a part occurs."""
    (found,) = {
        " ".join(chosen.split())
        for chosen, body in re.findall(r"([^{}]+)\{([^{}]*)\}", SCREEN)
        if part in chosen and "--ink:" in body
    }
    return found


def scheme_of(text: str, scheme: int) -> str:
    """A value in light (0) or dark (1)."""
    found = re.fullmatch(r"light-dark\((.*)\)", text)
    if not found:
        return text
    depth = 0
    for at, letter in enumerate(found[1]):
        depth += (letter == "(") - (letter == ")")
        if letter == "," and not depth:
            return (found[1][:at], found[1][at + 1 :])[scheme].strip()
    raise AssertionError(text)


def number(text: str) -> float:
    """A number as CSS computes it."""
    sum_ = text.replace("calc", "").replace("1deg", str(pi / 180))
    return float(eval(sum_, {"__builtins__": {}, "min": min, "cos": cos}))  # noqa: S307 - the theme's own numbers


def value(name: str, tokens: Mapping[str, str], scheme: int) -> str:
    """A custom property with all others in their places."""
    text = scheme_of(tokens[name], scheme)
    while found := re.search(r"var\(--([\w-]+)\)", text):
        text = text.replace(found[0], scheme_of(tokens[found[1]], scheme))
        text = scheme_of(text, scheme)
    return text


def colour(name: str, tokens: Mapping[str, str], scheme: int) -> Colour:
    """A colour of the theme."""
    text = value(name, tokens, scheme)
    found = re.fullmatch(r"oklch\((.*)\)", text)
    assert found, (name, text)
    parts, depth = [""], 0
    for letter in found[1]:
        depth += (letter == "(") - (letter == ")")
        if letter == " " and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    lightness, chroma, hue = map(number, parts)
    return lightness, chroma, hue


def tokens(text: str, tint: int) -> dict[str, str]:
    """All custom properties of an element with a tint, of a site with an accent."""
    chosen = accent(text)
    assert chosen
    own = {} if not tint else declared(next(s for s in selectors() if s.startswith(f'[data-tint="{tint}"]')))
    return {**declared(ROOT), **declared(TINTED), **own, "hue": str(chosen.hue), "chroma": str(chosen.chroma)}


def selectors() -> list[str]:
    """The selectors of all rules."""
    return [" ".join(chosen.split()) for chosen, _ in re.findall(r"([^{}]+)\{([^{}]*)\}", SCREEN)]


PAGE = (
    ("ink", "paper", 7),
    ("ink", "shade", 7),
    ("accent", "paper", 7),
    ("soft", "paper", 4.5),
    ("soft", "shade", 4.5),
    ("edge", "paper", 3),
    ("on-tint", "tint", 7),
    ("on-field", "field", 7),
)
SIGN = (("ink", "paper", 7), ("soft", "paper", 4.5), ("accent", "paper", 7), ("edge", "paper", 3), ("tint", "sign", 7))


@pytest.mark.parametrize("text", ACCENTS)
def test_contrast_holds_for_every_accent(text: str) -> None:
    """Text has a contrast of 7 (WCAG 2.2, 1.4.6) on every ground; secondary text of 4.5, edges of 3."""
    for tint in TINTS:
        all_tokens = tokens(text, tint)
        sign = {**all_tokens, **declared(rules_with(".mast"))}
        for scheme in (0, 1):
            for pairs, these in ((PAGE, all_tokens), (SIGN, sign)):
                for name, ground, least in pairs:
                    ratio = contrast(colour(name, these, scheme), colour(ground, these, scheme))
                    assert ratio >= least, (name, ground, tint, scheme)


def test_what_stands_on_a_field_has_its_colour() -> None:
    """Every ink that a page uses is that of the field there, so that one contrast is all that counts."""
    own = declared(rules_with("article > header"))
    assert {own[name] for name in ("ink", "soft", "edge", "accent", "on-plate")} == {"var(--on-field)"}
    assert own["plate"] == "var(--field)"


def test_without_light_dark_a_page_is_light() -> None:
    """Where a browser has no light-dark(), the colours are those that others have in light."""
    before, _, _ = SCREEN.partition("@supports")
    found: dict[str, str] = {}
    for name, text in re.findall(r"--([\w-]+):\s*(oklch[^;]+|var\(--tint\));", before):
        found.setdefault(name, text)
    for name in ("paper", "shade", "rule", "edge", "soft", "ink", "accent", "sign", "field", "on-field"):
        last = {**declared(ROOT), **declared(TINTED)}[name]
        assert found[name] == scheme_of(last, 0), name
