"""How to make a theme: docs/themes.md, built as it stands there."""

import re
from pathlib import Path

import pytest
from jinja2.filters import FILTERS

from sitegen import theme
from tests.sites import Project, project

GUIDE = (Path(__file__).parent.parent / "docs" / "themes.md").read_text("utf-8")
PATH = re.compile(r"^(?:#|//|/\*|\{#) ((?:content|themes)/\S+)(?: \*/| #\})?$")

CONTENT = """
-- members/ada.yaml --
name: Ada Okafor
-- members/bo.yaml --
name: Bo Lindqvist
-- pages/about.md --
---
title: About us
---
We watch the water.
"""


def examples() -> dict[str, str]:
    """The files of the guide: each begins with a comment that has its path."""
    blocks = re.findall(r"^```\w+\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
    found: dict[str, str] = {}
    for block in blocks:
        first, _, rest = block.partition("\n")
        named = PATH.match(first)
        assert named, f"an example without its path: {first}"
        found[named[1]] = rest
    return found


def site(folder: Path, **more: str) -> Project:
    """The site of the guide."""
    files = {**examples(), **more}
    return project(folder, "".join(f"-- {path} --\n{text}" for path, text in files.items()) + CONTENT)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The same, built."""
    made = site(tmp_path_factory.mktemp("harbour"))
    report = made.build()
    assert not report.problems
    return made


def test_the_look_is_that_of_the_first_theme_and_more(built: Project) -> None:
    """Pages load the stylesheet that is extended, with the accent of the site, and then the theme's own."""
    first, own = re.findall(r'<link rel="stylesheet" href="/([^"]+)">', built.read("members/index.html"))
    assert re.search(r":root\{--hue:20\d[\d.]*;--chroma:[\d.]+\}\n$", built.read(first))
    assert built.read(own) == examples()["themes/harbour/static/harbour.css"]
    assert re.fullmatch(r"assets/harbour\.[0-9a-f]{8}\.css", own)


def test_a_page_has_the_template_of_the_theme(built: Project) -> None:
    """A template wins by its name, and sees the option with the default of the theme."""
    page = built.read("404.html")
    assert "The next ferry leaves at quarter past." in page
    assert "Go to the first page" in page


def test_a_site_sets_an_option(tmp_path: Path) -> None:
    """An option that theme.yaml declares may stand in site.yaml."""
    name = "content/site.yaml"
    made = site(tmp_path, **{name: examples()[name].replace("accent:", "ferry: at noon, accent:")})
    assert not made.build().problems
    assert "The next ferry leaves at at noon." in made.read("404.html")


def test_marks_are_hung_on_people(built: Project) -> None:
    """The macro `mark` of the theme is asked on profiles and in lists."""
    assert ' data-berth="a"' in built.read("members/ada/index.html")
    assert ' data-berth="a"' not in built.read("members/bo/index.html")
    assert built.read("members/index.html").count(' data-berth="a"') == 1


def test_a_script_imports_one_of_the_extended_theme(built: Project) -> None:
    """Its page loads it by the name that changes with its content, and so does it what it imports."""
    (script,) = re.findall(r'src="/(assets/tide\.[^"]+)"', built.read("index.html"))
    (words,) = re.findall(r'from "\./(.+)";', built.read(script))
    assert re.fullmatch(r"words\.[0-9a-f]{8}\.js", words)
    assert "export const fold" in built.read(f"assets/{words}")


def test_content_theme_wins(built: Project) -> None:
    """A template below content/_theme extends that of a theme, and fills a block with what was in it and more."""
    page = built.read("about/index.html")
    assert "<title>About us at the harbour" in page
    assert "We watch the water." in page


def test_a_name_without_a_template_is_told(tmp_path: Path) -> None:
    """As the guide says: with the template and the line, at its place."""
    path = "content/_theme/templates/page.html"
    made = site(tmp_path, **{path: examples()[path].replace("programme/", "harbour/")})
    report = made.build()
    assert report.failed
    assert "harbour/page.html" in "".join(str(problem) for problem in report.problems)


def test_nothing_is_copied_of_the_first_theme(built: Project) -> None:
    """The theme of the guide has a few files of its own; all else is that of the theme which it extends."""
    assert not [path for path in examples() if path.endswith("style.css")]
    assert len([path for path in examples() if path.startswith("themes/")]) == 7
    assert built.read("members/index.html").count('<link rel="stylesheet"') == 2


def test_blocks_that_the_guide_names_are_there() -> None:
    """And no block of the frame is left out."""
    named = re.findall(r"^\| `(\w+)` \| [^|]+ \|$", GUIDE.partition("## Minute 6")[0], re.MULTILINE)
    frame = (theme.BUILT_IN / "programme" / "templates" / "base.html").read_text("utf-8")
    assert set(named) == set(re.findall(r"\{% block (\w+) %\}", frame))


def names(row: str) -> list[str]:
    """The names that the table of what a template sees has in a row of its own, each once."""
    (found,) = re.findall(rf"^\| `{row}` \| (.+) \|$", GUIDE, re.MULTILINE)
    return re.findall(r"`(\w+)`", found)


def test_a_template_sees_what_the_guide_says(tmp_path: Path) -> None:
    """All names of the table are there, those of a site, a page and the entries of a list, too."""
    table = GUIDE.partition("## What a template sees")[2].partition("What is private")[0]
    own = re.findall(r"`(\w+)(?:\(\w+\))?`", "".join(re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE)))
    asked = [
        *own,
        *(f"site.{each}" for each in names("site")),
        *(f"page.{each}" for each in names("page") if each != "over"),
    ]
    asked += [f"cards[0].{each}" for each in names("cards")]
    assert len(asked) > 40
    text = " ".join(f"{{{{ '{each}' if {each} is not defined }}}}" for each in asked)
    made = site(tmp_path, **{"content/_theme/templates/members.html": f"[{text}]"})
    assert not made.build().failed
    assert made.read("members/index.html").split() == ["[", "]"]


def test_filters_and_functions_are_there() -> None:
    """All that a template can call beside Jinja's own is in the guide, and does what it says."""
    made = theme.unkept(theme.read([theme.BUILT_IN / "programme"]), "en-GB")
    said = GUIDE.partition("| filter or function")[2]
    assert not [name for name in set(made.filters) - set(FILTERS) if f"`{name}`" not in said]
    called = ("weekday", "direction", "_", "ngettext")
    assert not [name for name in called if name not in made.globals or f"{name}(" not in said]
    for example, text in (
        ('"2026-11-26T18:00" | date("yMMMMd")', "26 November 2026"),
        ('"2026-11-26T18:00" | time', "18:00"),
        ('"12.50" | money("EUR")', "€12.50"),
        ('"es" | language_name', "Spanish"),
        ('"es" | endonym', "español"),
        ("weekday(0)", "Monday"),
    ):
        assert made.from_string(f"{{{{ {example} }}}}").render() == text
        assert text in said
