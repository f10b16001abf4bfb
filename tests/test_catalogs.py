"""Catalogs: every word of the interface is in them, translated, and compiled."""

import functools
import gettext
import re
import tomllib
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from sitegen import i18n, theme

ROOT = Path(__file__).resolve().parents[1]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "says": None, "Kind": (4,)}
"""What takes a message; of a kind it is the title."""
CATALOGS = sorted(i18n.LOCALE.glob("*/LC_MESSAGES/sitegen.po"))

catalogs = pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.parts[-3])


@functools.cache
def extracted() -> Catalog:
    """All messages as they stand in the templates and modules now."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["babel"]["mappings"]
    methods = [(each["pattern"], each["method"]) for each in mappings]
    options = {each["pattern"]: {key: each[key] for key in each.keys() - {"pattern", "method"}} for each in mappings}
    found = Catalog()
    for folder in (ROOT / "sitegen", theme.BUILT_IN):
        for _, _, message, _, context in extract_from_dir(folder, methods, options, KEYWORDS):
            found.add(message, context=context)
    return found


def read(path: Path) -> Catalog:
    """A catalog as its translators write it."""
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def messages(catalog: Catalog) -> list[Message]:
    """All but the header."""
    return [each for each in catalog if each.id]


def texts(text: object) -> tuple[str, ...]:
    """A message's singular and plural, or all forms of a translation."""
    return (text,) if isinstance(text, str) else tuple(text)  # type: ignore[arg-type]


def test_there_is_a_language_besides_english() -> None:
    """The interface speaks Spanish."""
    assert "es" in [path.parts[-3] for path in CATALOGS]


@pytest.mark.parametrize(
    "message", ["Home", "Exchange", "Members", "Repeats", "Skip to the content", ("Host", "Hosts")]
)
def test_extraction(message: str | tuple[str, str]) -> None:
    """Messages are found in modules, in the titles of kinds, and in templates."""
    assert message in [each.id for each in messages(extracted())]


@catalogs
def test_complete(path: Path) -> None:
    """A catalog has each message of the templates and modules, and no other; `make messages` brings it up to date."""
    catalog = read(path)
    assert {each.id for each in messages(catalog)} == {each.id for each in messages(extracted())}
    assert not catalog.obsolete


@catalogs
def test_translated(path: Path) -> None:
    """Each message has a translation in all the plural forms of the language, and none is a guess."""
    catalog = read(path)
    forms = {each.id: texts(each.string) for each in messages(catalog)}
    assert [key for key, found in forms.items() if not all(each.strip() for each in found)] == []
    wanted = {each.id: catalog.num_plurals if each.pluralizable else 1 for each in messages(catalog)}
    assert {key: len(found) for key, found in forms.items()} == wanted
    assert [each.id for each in catalog if each.fuzzy] == []


@catalogs
def test_placeholders(path: Path) -> None:
    """A translation names what its message names; a form for one number need not say it, as in "one event"."""
    for each in messages(read(path)):
        *_, named = [set(re.findall(r"%\(\w+\)s", text)) for text in texts(each.id)]
        *few, last = [set(re.findall(r"%\(\w+\)s", text)) for text in texts(each.string)]
        assert last == named, each.id
        assert all(found <= named for found in few), each.id
        assert not any("%" in re.sub(r"%\(\w+\)s|%%", "", text) for text in texts(each.string)), each.id


@catalogs
def test_edges(path: Path) -> None:
    """A translation begins and ends as its message does: the same stop, no space, and the same markup."""
    for each in messages(read(path)):
        for text in texts(each.string):
            assert text == text.strip(), each.id
            assert text[-1:] in ".:?" or texts(each.id)[0][-1] not in ".:?", each.id
            assert re.findall(r"</?\w+>", text) == re.findall(r"</?\w+>", texts(each.id)[0]), each.id


@catalogs
def test_compiled(path: Path) -> None:
    """What the program reads is what the translators wrote."""
    compiled = BytesIO()
    write_mo(compiled, read(path))
    compiled.seek(0)
    with path.with_suffix(".mo").open("rb") as file:
        committed = [(each.id, each.string) for each in messages(read_mo(file))]
    assert committed == [(each.id, each.string) for each in messages(read_mo(compiled))]


@catalogs
def test_reaches_the_program(path: Path) -> None:
    """Each translation arrives, also that of a word that stands alone in one place and with its plural in another."""
    spoken = i18n.translations(path.parts[-3])
    assert isinstance(spoken, gettext.GNUTranslations)
    for each in messages(read(path)):
        assert spoken.gettext(texts(each.id)[0]) == texts(each.string)[0]
        if each.pluralizable:
            one, many = texts(each.id)
            assert spoken.ngettext(one, many, 2) == texts(each.string)[-1]
