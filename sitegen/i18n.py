"""Language: dates, names of languages, and the interface's words, from CLDR (Babel) and gettext."""

import contextlib
import datetime as dt
import decimal
import functools
import gettext
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen import times

if TYPE_CHECKING:
    from babel import Locale
    from babel.dates import DateTimePattern

LOCALE = Path(__file__).resolve().parent / "locale"
"""Catalogs of the interface's words; English stands in the templates."""


class Translations(gettext.GNUTranslations):
    """A catalog in which a word is found also where its message has a plural, as the first 3.11 did not."""

    def gettext(self, message: str) -> str:
        """The translation of a message, or the message."""
        found = super().gettext(message)
        return self.ngettext(message, message, 1) if found == message else found


@functools.cache
def translations(language: str) -> gettext.NullTranslations:
    """The catalog of a language (BCP 47), or the English of the templates where there is none."""
    return gettext.translation("sitegen", LOCALE, [language.replace("-", "_")], Translations, fallback=True)


@functools.cache
def _locale(language: str) -> "Locale":
    """What CLDR knows of a language: of the tag, else of its first part, else of English."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - not needed when nothing changed

    for tag in (language, language.split("-", 1)[0]):
        with contextlib.suppress(UnknownLocaleError, ValueError):
            return Locale.parse(tag, sep="-")
    return Locale("en")


@functools.lru_cache(maxsize=50_000)
def date(text: str, language: str, skeleton: str = "yMMMMd") -> str:
    """An ISO 8601 date or time as a date in words; the parts that are not known are left out.

    ``skeleton`` names the parts (CLDR: y year, MMMM month, d day, EEEE weekday).
    """
    written = times.read(text, times.ANY_YEAR)
    unknown = {"year": "MdE", "month": "dE"}.get(written.precision, "")
    parts = "".join(part for part in skeleton if part not in unknown)
    return _pattern(parts, language).apply(written.date, _locale(language)) if parts else ""


@functools.cache
def _pattern(skeleton: str, language: str) -> "DateTimePattern":
    """The order of a language for these parts. What CLDR has only in short is written out where that was asked for."""
    from babel.dates import match_skeleton, parse_pattern  # noqa: PLC0415 - not needed when nothing changed

    known = _locale(language).datetime_skeletons
    name = skeleton if skeleton in known else match_skeleton(skeleton, known)
    pattern = known[name].pattern if name else skeleton
    for letters, least in (("ML", 3), ("Ec", 1)):
        if (asked := max(map(skeleton.count, letters))) > len("MMM"):
            pattern = re.sub(rf"([{letters}])\1{{{least - 1},}}", lambda match, asked=asked: match[1] * asked, pattern)
    return parse_pattern(pattern)


@functools.lru_cache(maxsize=5_000)
def time(text: str, language: str) -> str:
    """The time of day of an ISO 8601 time, as the language writes it."""
    from babel.dates import format_time  # noqa: PLC0415 - not needed when nothing changed

    return format_time(times.read(text, times.ANY_YEAR).time or dt.time(), "short", locale=_locale(language))


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
def countries(language: str) -> Mapping[str, str]:
    """The ISO 3166 codes of all countries by their names in a language and in English, in lower case."""
    names = (_locale(each).territories for each in ("en", language))
    return _ALSO_CALLED | {
        str(name).lower(): code for each in names for code, name in each.items() if len(code) == len("NO")
    }


_ALSO_CALLED = {
    "usa": "US",
    "u.s.a.": "US",
    "u.s.": "US",
    "united states of america": "US",
    "uk": "GB",
    "u.k.": "GB",
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "holland": "NL",
    "the netherlands": "NL",
    "czech republic": "CZ",
    "turkey": "TR",
    "burma": "MM",
    "ivory coast": "CI",
    "hong kong": "HK",
    "macau": "MO",
    "macedonia": "MK",
    "bosnia and herzegovina": "BA",
    "trinidad and tobago": "TT",
    "palestine": "PS",
    "republic of korea": "KR",
    "russian federation": "RU",
    "viet nam": "VN",
    "uae": "AE",
}
"""What people write, and CLDR calls otherwise."""


def country_code(text: str, language: str) -> str:
    """The ISO 3166 code of a country given by code or name; a text that is neither stays as it is."""
    if len(text) == len("NO") and text.isalpha() and text.upper() in _locale("en").territories:
        return text.upper()
    return countries(language).get(text.lower(), text)


def is_country(text: str, language: str) -> bool:
    """It is a country's ISO 3166 code, or its name in the language or in English."""
    code = country_code(text, language)
    return code.isalpha() and code in _locale("en").territories  # the numbers are continents


def is_currency(code: str) -> bool:
    """It is the code of a currency (ISO 4217)."""
    return code in _locale("en").currencies


def money(amount: str, language: str, currency: str = "") -> str:
    """A sum of money as the language writes it: "€12.50"; cents are left out where there are none."""
    from babel.numbers import format_currency, format_decimal  # noqa: PLC0415 - not needed when nothing changed

    value = decimal.Decimal(amount)
    if not currency:
        return str(format_decimal(value, locale=_locale(language)))
    pattern = None if value % 1 else _locale(language).currency_formats["standard"].pattern.replace(".00", "")
    return str(format_currency(value, currency, pattern, locale=_locale(language), currency_digits=bool(value % 1)))


def weekday(number: int, width: str = "wide", *, language: str) -> str:
    """The name of a day of the week, Monday being 0; ``width`` is wide or abbreviated (CLDR)."""
    return str(_locale(language).days["stand-alone"][width][number])


def week_start(language: str) -> int:
    """The first day of a week where the language is spoken, Monday being 0."""
    return int(_locale(language).first_week_day)


def direction(language: str) -> str:
    """Ltr or rtl: how the language is written."""
    return _locale(language).text_direction
