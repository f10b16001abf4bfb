"""Language: dates, times, zones and names as different languages write them."""

import datetime as dt
import gettext

import pytest

from sitegen import i18n


@pytest.mark.parametrize(
    ("text", "language", "skeleton", "words"),
    [
        ("2026-11-07", "en", "yMMMMd", "November 7, 2026"),
        ("2026-11-07", "en-GB", "yMMMMd", "7 November 2026"),
        ("2026-11-07", "nb", "yMMMMd", "7. november 2026"),
        ("2026-11-07", "es", "yMMMMd", "7 de noviembre de 2026"),
        ("2026-11-07", "pl", "yMMMMd", "7 listopada 2026"),
        ("2026-11-07", "ja", "yMMMMd", "2026年11月7日"),
        ("2026-11-07", "de", "yMMMd", "7. Nov. 2026"),
        ("2026-11-07", "de", "yMMMMEEEEd", "Samstag, 7. November 2026"),
        ("2026-11-07", "en", "EEE", "Sat"),
        ("2026-11-07", "en", "EEEE", "Saturday"),
        ("2026-11-07", "en", "MMMM", "November"),
        ("2026-11-07T23:59", "en", "yMMMd", "Nov 7, 2026"),
        ("Sat 2026-11-7 0:00-05:00", "en", "yMMMd", "Nov 7, 2026"),
        ("2027-05", "en", "yMMMMd", "May 2027"),
        ("2027-05", "cs", "yMMMMEEEEd", "květen 2027"),
        ("2027", "en", "yMMMMEEEEd", "2027"),
        ("2027-05", "en", "EEEEd", ""),
        ("2027", "en", "MMM", ""),
    ],
)
def test_date(text: str, language: str, skeleton: str, words: str) -> None:
    """A date has the parts that are asked for, in the language's order and as long; what is not known is left out."""
    assert i18n.date(text, language, skeleton) == words


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("2026-11-07T18:05", "nb", "18:05"),
        ("2026-11-07T00:30", "de", "00:30"),
        ("2026-11-07 18:05", "en", "6:05\u202fPM"),
        ("2026-11-07 18:05-05:00", "en-GB", "18:05"),
    ],
)
def test_time(text: str, language: str, words: str) -> None:
    """The time of day is told as it was written, on the language's clock of 12 or 24 hours."""
    assert i18n.time(text, language) == words


@pytest.mark.parametrize(
    ("name", "day", "words"),
    [
        ("Europe/Oslo", "2026-11-07", "CET"),
        ("Europe/Oslo", "2026-07-07", "CEST"),
        ("America/New_York", "2026-07-07", "EDT"),
        ("America/Sao_Paulo", "2026-11-07", "UTC-3"),
        ("Asia/Kathmandu", "2026-11-07", "UTC+5:45"),
        ("UTC", "2026-11-07", "UTC"),
    ],
)
def test_zone(name: str, day: str, words: str) -> None:
    """A zone is called what its clocks are set by at that moment, or by their distance from UTC."""
    noon = dt.datetime.fromisoformat(f"{day}T12:00+00:00")
    assert i18n.zone(name, "en", int(noon.timestamp())) == words


@pytest.mark.parametrize(
    ("tag", "language", "name"),
    [
        ("nb", "en", "Norwegian Bokmål"),
        ("nb", "nb", "norsk bokmål"),
        ("pt-BR", "en", "Portuguese (Brazil)"),
        ("yo", "de", "Yoruba"),
        ("la", "en", "Latin"),
        ("ase", "en", "American Sign Language"),
        ("xx", "en", "xx"),
        ("Klingon, badly", "en", "Klingon, badly"),
    ],
)
def test_language_name(tag: str, language: str, name: str) -> None:
    """A tag becomes the language's name in the language of the site; what is a name already stays one."""
    assert i18n.language_name(tag, language) == name


@pytest.mark.parametrize(
    ("country", "language", "name"),
    [
        ("NO", "en", "Norway"),
        ("no", "nb", "Norge"),
        ("NO", "xx", "Norway"),
        ("Norge", "en", "Norge"),
        ("QX", "en", "QX"),
        ("", "en", ""),
        (None, "en", ""),
    ],
)
def test_country_name(country: str | None, language: str, name: str) -> None:
    """An ISO 3166 code becomes the country's name in the language of the site; any other text stays."""
    assert i18n.country_name(country, language) == name


@pytest.mark.parametrize(
    ("text", "language", "known"),
    [
        ("NO", "nb", True),
        ("no", "nb", True),
        ("Norge", "nb", True),
        ("norway", "nb", True),
        ("Norge", "en", False),
        ("Norwegen", "nb", False),
        ("QX", "nb", False),
        ("150", "nb", False),
        ("Europe", "en", False),
        ("world", "en", False),
    ],
)
def test_is_country(text: str, language: str, *, known: bool) -> None:
    """A country is known by its code and by its names in the language of the site and in English; a region is none."""
    assert i18n.is_country(text, language) is known


@pytest.mark.parametrize(
    ("language", "direction"), [("en", "ltr"), ("ar", "rtl"), ("he-IL", "rtl"), ("fa", "rtl"), ("xx", "ltr")]
)
def test_direction(language: str, direction: str) -> None:
    """A page knows whether its language runs from the right."""
    assert i18n.direction(language) == direction


def test_translations_of_a_language_without_a_catalog() -> None:
    """Where nobody has translated the interface it speaks the English of the templates."""
    assert type(i18n.translations("xx")) is gettext.NullTranslations
    assert i18n.translations("xx").gettext("Members") == "Members"


@pytest.mark.parametrize("language", ["es", "es-MX", "es-419", "ES-ar"])
def test_translations_of_a_region(language: str) -> None:
    """A region speaks as its language does where it has no catalog of its own."""
    assert i18n.translations(language).gettext("Members") == "Miembros"


@pytest.mark.parametrize("language", ["en", "en-GB", "pt-BR", "est"])
def test_translations_of_another_language(language: str) -> None:
    """No language takes the words of another."""
    assert i18n.translations(language).gettext("Members") == "Members"
