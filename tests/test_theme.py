"""Themes: which files win, what a template depends on, and what is told when one cannot be used."""

from pathlib import Path

import jinja2
import pytest

from sitegen import theme
from sitegen.problems import At, Position, Problem, Severity
from sitegen.theme import Theme
from tests.sites import files_of

NONE: dict[str, str] = {}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose built-in themes are those in ``built-in/``."""
    monkeypatch.setattr(theme, "BUILT_IN", tmp_path / "built-in")
    return tmp_path


def write(root: Path, text: str) -> None:
    """Add the files of a string; themes that come with the program stand in ``themes/built-in/``."""
    for path, body in files_of(text).items():
        file = root / path.replace("themes/built-in/", "built-in/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(body, "utf-8")


def found(root: Path, name: str, **options: str) -> tuple[list[str], dict[str, str], tuple[Problem, ...]]:
    """The folders of a theme, its options, and what is wrong."""
    folders, _, values, problems = theme.roots(name, options, root / "content", root / "themes")
    return [each.relative_to(root).as_posix() for each in folders], values, problems


def made(root: Path, name: str) -> Theme:
    """The theme of that name."""
    folders, _, _, problems = theme.roots(name, NONE, root / "content", root / "themes")
    assert problems == ()
    return theme.read(folders)


THEMES = """
-- themes/built-in/plain/theme.yaml --
name: plain
options:
  colour: black
  width: 40
-- themes/built-in/plain/templates/base.html --
plain base
-- themes/built-in/plain/templates/page.html --
plain page
-- themes/built-in/plain/static/style.css --
plain style
-- themes/own/theme.yaml --
name: own
extends: plain
options:
  colour: red
-- themes/own/templates/base.html --
own base
"""


# --- Which folders


def test_a_theme_extends_another(project: Path) -> None:
    """The content's own _theme wins over the theme, and that over what it extends; so do its options' defaults."""
    write(project, THEMES)
    assert found(project, "own") == (
        ["content/_theme", "themes/own", "built-in/plain"],
        {"colour": "red", "width": "40"},
        (),
    )


def test_options_of_the_site_win(project: Path) -> None:
    """What site.yaml says is what templates see."""
    write(project, THEMES)
    assert found(project, "own", width="60")[1:] == ({"colour": "red", "width": "60"}, ())


def test_the_themes_of_the_project_win(project: Path) -> None:
    """One of the same name replaces that which comes with the program, with all its templates."""
    write(project, THEMES + "-- themes/plain/theme.yaml --\nname: plain\n")
    assert found(project, "plain")[0] == ["content/_theme", "themes/plain"]
    assert found(project, "own")[0] == ["content/_theme", "themes/own", "themes/plain"]


def test_no_themes_of_the_project(project: Path) -> None:
    """A project needs none of its own."""
    write(project, THEMES)
    folders, *_, problems = theme.roots("plain", NONE, project / "content", None)
    assert (folders[1:], problems) == ((project / "built-in" / "plain",), ())


def test_folders_that_would_win_are_watched(project: Path) -> None:
    """A theme that is added where nothing stood changes the site, so the build looks there."""
    write(project, THEMES)
    watched = theme.roots("own", NONE, project / "content", project / "themes")[1]
    assert {each.relative_to(project).as_posix() for each in watched} == {
        "content/_theme", "themes/own", "built-in/own", "themes/plain", "built-in/plain",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("pain", "did you mean plain?"),
        ("xyz", "there are: own, plain"),
        ("..", "there are: own, plain"),
        ("/", "there are: own, plain"),
        ("Plain", "did you mean plain?"),
    ],
)
def test_an_unknown_theme(project: Path, name: str, hint: str) -> None:
    """It is told where site.yaml names it, with the themes that there are; no name is ever taken for a path."""
    write(project, THEMES)
    _, watched, _, (problem,) = theme.roots(name, NONE, project / "content", project / "themes")
    assert (problem.at.file, problem.at.path) == ("site.yaml", ("theme",))
    assert (problem.hint, problem.severity) == (hint, Severity.ERROR)
    assert all(each.is_relative_to(project) and ".." not in each.parts for each in watched)
    assert project not in watched


@pytest.mark.parametrize("extends", ["own", "other", "none"])
def test_a_theme_that_extends_itself_or_nothing(project: Path, extends: str) -> None:
    """Whether at once or by way of another, it is told in the theme that says so."""
    write(project, f"-- themes/own/theme.yaml --\nname: own\nextends: {extends}\n")
    write(project, "-- themes/other/theme.yaml --\nname: other\nextends: own\n")
    (problem,) = found(project, "own")[2]
    file = "other" if extends == "other" else "own"
    assert (problem.at.file, problem.at.path) == (f"../themes/{file}/theme.yaml", ("extends",))


@pytest.mark.parametrize(
    ("file", "path"),
    [
        ("colour: red", ("colour",)),
        ("extend: plain", ("extend",)),
        ("options: [colour]", ("options",)),
        ("name: [", ()),
    ],
)
def test_mistakes_of_a_theme(project: Path, file: str, path: tuple[str, ...]) -> None:
    """A field that no theme has, options without defaults, and what is no YAML are told in theme.yaml."""
    write(project, THEMES + f"-- themes/odd/theme.yaml --\n{file}\n")
    (problem,) = found(project, "odd")[2]
    assert (problem.at.file, problem.at.path) == ("../themes/odd/theme.yaml", path)


@pytest.mark.parametrize(
    ("accent", "hint"), [("bleu", "did you mean blue?"), ("#12", 'write "#0a7d5c" or one of blue')]
)
def test_an_accent_that_is_no_colour(project: Path, accent: str, hint: str) -> None:
    """It is an error where site.yaml sets it."""
    write(project, "-- themes/one/theme.yaml --\noptions: {accent: blue}\n")
    _, _, (problem,) = found(project, "one", accent=accent)
    assert problem.at == At("site.yaml", ("theme", "options", "accent"))
    assert str(problem.hint).startswith(hint)


def test_an_unknown_option(project: Path) -> None:
    """An option that no theme declares is told where site.yaml sets it."""
    write(project, THEMES)
    (problem,) = found(project, "own", color="red")[2]
    assert (problem.at.file, problem.at.path, problem.at.key) == ("site.yaml", ("theme", "options", "color"), True)
    assert problem.hint == "did you mean colour?"


def test_a_template_that_is_no_text(project: Path) -> None:
    """A template in another encoding is told with its line, and is not published as garbage."""
    write(project, THEMES)
    (project / "themes" / "own" / "templates" / "odd.html").write_bytes(b"one\nZo\xeb\n")
    (problem,) = found(project, "own")[2]
    assert (problem.at.file, problem.at.position) == ("../themes/own/templates/odd.html", Position(2))


# --- Which files


def test_the_winning_file(project: Path) -> None:
    """A template or static file is that of the first folder that has it; in a theme's own folder it keeps its name."""
    write(project, THEMES)
    write(project, "-- content/_theme/templates/page.html --\nour page\n-- content/_theme/static/more.css --\nmore\n")
    found = made(project, "own")
    assert {name: text.strip() for name, _, text in found.templates} == {
        "_theme/page.html": "our page",
        "base.html": "own base",
        "own/base.html": "own base",
        "page.html": "our page",
        "plain/base.html": "plain base",
        "plain/page.html": "plain page",
    }
    assert [each.name for each in found.static] == ["more.css", "style.css"]


def test_a_template_extends_the_one_that_it_wins_over(project: Path) -> None:
    """By the name of the theme a template is reached that another of its name hides."""
    write(project, THEMES)
    write(project, '-- content/_theme/templates/base.html --\n{% extends "plain/base.html" %}\n')
    assert theme.environment(made(project, "own"), "en").get_template("base.html").render() == "plain base"


def test_a_byte_order_mark_is_no_part_of_a_template(project: Path) -> None:
    """Where an editor writes one, the page begins with what follows."""
    write(project, THEMES + "-- themes/own/templates/base.html --\n\ufeff<!doctype html>\n")
    assert theme.environment(made(project, "own"), "en").get_template("base.html").render() == "<!doctype html>"


# --- What templates can do


def rendered(template: str, language: str = "en", **view: object) -> str:
    """What a template of one line makes of a view."""
    one = Theme((("a.html", "/a.html", template),), ())
    return theme.environment(one, language).get_template("a.html").render(**view)


@pytest.mark.parametrize(
    ("template", "language", "text"),
    [
        ("{{ x }}", "en", "&lt;b&gt;"),
        ("<p>\n  {% if x %}\n<b>\n  {% endif %}\n</p>", "en", "<p>\n<b>\n</p>"),
        ("{{ none.of.this }}", "en", ""),
        ("{{ day | date }}", "nb", "7. november 2026"),
        ("{{ day | date('yMMM') }}", "en", "Nov 2026"),
        ("{{ day | time }}", "nb", "18:00"),
        ("{{ '' | date }}{{ none | time }}", "en", ""),
        ("{{ 'Europe/Oslo' | zone(1794067200) }}", "en", "CET"),
        ("{{ 'nb' | language_name }}", "en", "Norwegian Bokmål"),
        ("{{ 'NO' | country_name }}", "nb", "Norge"),
        ("{{ direction('ar') }}", "en", "rtl"),
        ("{{ _('Members') }}", "xx", "Members"),
        ("{% trans n=2 %}{{ n }} talk{% pluralize %}{{ n }} talks{% endtrans %}", "xx", "2 talks"),
        ("{{ _('<b>%(n)s', n='<i>') }}", "en", "<b>&lt;i&gt;"),
    ],
)  # fmt: skip
def test_templates(template: str, language: str, text: str) -> None:
    """What is put out is escaped, what is not there is nothing, words and dates are those of the site's language."""
    assert rendered(template, language, x="<b>", day="2026-11-07T18:00") == text


# --- What a template depends on

PARTS = {
    "base.html": "{% block main %}{% endblock %}",
    "card.html": "{% macro card() %}{% include 'icon.html' %}{% endmacro %}",
    "icon.html": "icon",
    "page.html": "{% extends 'base.html' %}{% from 'card.html' import card %}",
    "either.html": "{% include ['none.html', 'icon.html'] %}",
    "dynamic.html": "{% include name %}",
    "uses-dynamic.html": "{% extends 'dynamic.html' %}",
    "itself.html": "{% include 'itself.html' %}",
    "broken.html": "{% if %}",
    "alone.html": "alone",
}


@pytest.mark.parametrize(
    ("changed", "stale"),
    [
        ("base.html", {"base.html", "page.html"}),
        ("icon.html", {"icon.html", "card.html", "page.html", "either.html"}),
        ("card.html", {"card.html", "page.html"}),
        ("none.html", {"none.html", "either.html"}),
        ("alone.html", {"alone.html"}),
        ("itself.html", {"itself.html"}),
        ("broken.html", {"broken.html"}),
    ],
)
def test_closures(changed: str, stale: set[str]) -> None:
    """A template changes with all that it includes, extends and imports; with a dynamic name, with the whole theme."""

    def closures(parts: dict[str, str]) -> dict[str, bytes]:
        return dict(theme.closures(Theme(tuple((name, name, text) for name, text in sorted(parts.items())), ())))

    before, after = closures(PARTS), closures({**PARTS, changed: PARTS.get(changed, "") + "<br>"})
    assert {name for name in after if before.get(name) != after[name]} == stale | {"dynamic.html", "uses-dynamic.html"}


# --- What cannot be used


@pytest.mark.parametrize(
    ("template", "line", "message"),
    [
        ("one\n{% if %}", 2, "the template cannot be used: Expected an expression"),
        ("one\ntwo\n{{ x | nofilter }}", 3, "the template cannot be used: No filter named 'nofilter'"),
        ("one\n{{ nothing() }}", 2, "the template cannot be used: 'nothing' is undefined"),
        ("one\n\n{{ 1 / 0 }}", 3, "the template cannot be used: division by zero"),
        ("{{ 'soon' | date }}", 1, "the template cannot be used: this is not a date"),
        ("one\n{% include 'none.html' %}", 2, "the theme has no template none.html"),
        ("{% include 'other.html' %}", 1, "the template cannot be used: 'x' is undefined"),
    ],
)
def test_mistake(tmp_path: Path, template: str, line: int, message: str) -> None:
    """What a template cannot do is told in the innermost file that is at fault, with its line."""
    texts = {"a.html": template, "other.html": "{{ x() }}"}
    one = Theme(tuple((name, str(tmp_path / "themes" / name), text) for name, text in texts.items()), ())
    with pytest.raises(Exception) as raised:  # noqa: PT011 - whatever a template raises
        theme.environment(one, "en").get_template("a.html").render()
    problem = theme.mistake(raised.value, one, tmp_path / "content")
    file = "../themes/other.html" if "other" in template else "../themes/a.html"
    assert (problem.at.file, problem.at.position) == (file, Position(line))
    assert problem.message.startswith(message)


def test_a_template_that_no_theme_has() -> None:
    """Where the program itself asks for it, the theme as a whole is at fault."""
    one = Theme((("members.html", "/x/members.html", ""),), ())
    problem = theme.mistake(jinja2.TemplateNotFound("member.html"), one, Path("/x"))
    assert (problem.at.file, problem.at.path) == ("site.yaml", ("theme",))
    assert (problem.message, problem.hint) == ("the theme has no template member.html", "did you mean members.html?")


def test_an_exception_of_the_program_is_no_mistake_of_a_template() -> None:
    """A bug of ours is not told as somebody else's."""
    with pytest.raises(ZeroDivisionError):
        theme.mistake(ZeroDivisionError(), Theme((("a.html", "/a.html", ""),), ()), Path("/"))
