"""Jinja as themes use it: what a template says does not depend on how it is looked up."""

from pathlib import Path
from typing import Any

import jinja2
import pytest

from sitegen import theme
from sitegen.theme import Theme


def said(text: str, language: str, **view: Any) -> str:
    """What a template makes of a view."""
    made = theme.unkept(Theme((("a.html", "a.html", text),), ()), language)
    return str(made.get_template("a.html").render(**view))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ a.b }}", "1"), ("{{ a.none }}|{{ a.none.deeper }}", "|"), ("{{ a.items() | list | length }}", "2"),
        ("{{ a['items'] }}", "2"), ("{{ a.get('b') }}", "1"), ("{{ l.0 }}", "x"), ("{{ t.title }}", ""),
        ("{% for k in a.keys() | sort %}{{ k }} {% endfor %}", "b items "), ("{{ a.c is defined }}", "False"),
        ("{{ none.x }}", ""), ("{{ s.upper() }}", "&lt;B"),
    ],
)  # fmt: skip
def test_looking_up_is_that_of_jinja(text: str, expected: str) -> None:
    """An attribute of a mapping is a method of mappings, else its item, else undefined, as deep as one likes."""
    view: dict[str, Any] = {"a": {"b": 1, "items": 2}, "l": ["x"], "t": ("title",), "s": "<b"}
    plain = jinja2.Environment(autoescape=True, undefined=jinja2.ChainableUndefined)
    assert said(text, "en", **view) == plain.from_string(text).render(**view)
    assert said(text, "en", **view) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ _('Members') }}", "Miembros"),
        ("{{ gettext('Members') | upper }}", "MIEMBROS"),
        ("{% trans %}Members{% endtrans %}", "Miembros"),
        ("{% set x = _('Members') %}{{ x }}", "Miembros"),
        ("{{ ['Members', _('Members')] | join }}", "MembersMiembros"),
        ("{{ _('100%% <b>') }}", "100% <b>"),
        ("{{ _(word) }}", "Miembros"),
        ("{% set _ = f %}{{ _('Members') }}", "own"),
        ("{% macro m(gettext) %}{{ gettext('Members') }}{% endmacro %}{{ m(f) }}", "own"),
    ],
)
def test_words_are_put_in(text: str, expected: str) -> None:
    """Words of the catalogs stand translated wherever they are; a name that the template itself gives is its own."""
    assert said(text, "es", word="Members", f=lambda _: "own") == expected


def test_each_language_has_its_code(tmp_path: Path) -> None:
    """Kept code of one language is not that of another."""
    made = Theme((("a.html", "a.html", "{{ _('Members') }}"),), ())
    for language, expected in (("en", "Members"), ("es", "Miembros")) * 2:
        theme.unkept.cache_clear()
        environment = theme.environment(made, language, (tmp_path / "kept", b"program"))
        assert environment.get_template("a.html").render() == expected
