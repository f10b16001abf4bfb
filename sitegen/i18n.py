"""Language: dates, names of languages, and the interface's words, from CLDR (Babel) and gettext."""

import contextlib
import datetime as dt
import functools
import gettext
import re
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen import times

if TYPE_CHECKING:
    from babel import Locale

LOCALE = Path(__file__).resolve().parent / "locale"
"""Catalogs of the interface's words; English stands in the templates."""


@functools.cache
def translations(language: str) -> gettext.NullTranslations:
    """The catalog of a language (BCP 47), or the English of the templates where there is none."""
    return gettext.translation("sitegen", LOCALE, [language.replace("-", "_")], fallback=True)


@functools.cache
def _locale(language: str) -> "Locale":
    """What CLDR knows of a language: of the tag, else of its first part, else of English."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - not needed when nothing changed

    for tag in (language, language.split("-", 1)[0]):
        with contextlib.suppress(UnknownLocaleError, ValueError):
            return Locale.parse(tag, sep="-")
    return Locale("en")


def date(text: str, language: str, skeleton: str = "yMMMMd") -> str:
    """An ISO 8601 date or time as a date in words; the parts that are not known are left out.

    ``skeleton`` names the parts (CLDR: y year, MMMM month, d day, EEEE weekday).
    """
    from babel.dates import format_date, match_skeleton  # noqa: PLC0415 - not needed when nothing changed

    written, locale = times.read(text), _locale(language)
    unknown = {"year": "MdE", "month": "dE"}.get(written.precision, "")
    parts = "".join(part for part in skeleton if part not in unknown)
    known = match_skeleton(parts, locale.datetime_skeletons)
    if known is None:  # nothing is left, or nothing that stands alone
        return ""
    return format_date(written.date, _widened(str(locale.datetime_skeletons[known].pattern), parts), locale)


_NAMES = {"MMMM": "M{3,}|L{3,}", "EEEE": "E+|c{3,}"}
"""Names of months and weekdays in patterns, by what asks for them in full."""


def _widened(pattern: str, parts: str) -> str:
    """The pattern with names in full where that was asked for: patterns are known for short ones alone (UTS 35)."""
    names = [name for full, name in _NAMES.items() if full in parts]
    return re.sub("|".join(("'[^']*'", *names)), lambda run: run[0] if run[0][0] == "'" else run[0][0] * 4, pattern)


def time(text: str, language: str) -> str:
    """The time of day of an ISO 8601 time, as the language writes it."""
    from babel.dates import format_time  # noqa: PLC0415 - not needed when nothing changed

    written = times.read(text)
    return format_time(written.time or dt.time(), "short", locale=_locale(language))


def zone(name: str, language: str, epoch: int) -> str:
    """What clocks in a zone are set by at an instant: "CET", or "UTC-3" where that has no letters."""
    del language  # these names are the same in all
    at = dt.datetime.fromtimestamp(epoch, times.zone(name))
    short = at.tzname() or ""
    if short.isalpha():
        return short
    sign, hours, minutes = short[:1], int(short[1:3] or 0), short[3:5]
    return f"UTC{sign}{hours}{f':{minutes}' if minutes.strip('0') else ''}"


def language_name(tag: str, language: str) -> str:
    """The name of a language given by its tag, in another; any other text stays as it is."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - not needed when nothing changed

    locale = _locale(language)
    try:
        return Locale.parse(tag, sep="-").get_display_name(locale) or tag
    except (UnknownLocaleError, ValueError):  # a language can have a name where its own words are not known
        return str(locale.languages.get(tag, tag))


def country_name(country: str | None, language: str) -> str:
    """The name of a country given by its ISO 3166 code; any other text stays as it is."""
    if not country or len(country) != len("NO"):
        return country or ""
    return str(_locale(language).territories.get(country.upper(), country))


@functools.cache
def countries(language: str) -> frozenset[str]:
    """The names of all countries in a language and in English, in lower case."""
    names = (_locale(each).territories for each in (language, "en"))
    return frozenset(str(name).lower() for each in names for code, name in each.items() if code.isalpha())


def is_country(text: str, language: str) -> bool:
    """It is a country's ISO 3166 code, or its name in the language or in English."""
    code = text.upper() if text.isalpha() else ""  # the numbers are continents
    return code in _locale(language).territories or text.lower() in countries(language)


def direction(language: str) -> str:
    """Ltr or rtl: how the language is written."""
    return _locale(language).text_direction
