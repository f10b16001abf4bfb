"""Language: dates, names of languages, and the interface's words, from CLDR (Babel) and gettext."""

import datetime as dt
import functools
import gettext
from pathlib import Path

from sitegen import times

LOCALE = Path(__file__).resolve().parent / "locale"
"""Catalogs of the interface's words; English stands in the templates."""


@functools.cache
def translations(language: str) -> gettext.NullTranslations:
    """The catalog of a language (BCP 47), or the English of the templates where there is none."""
    return gettext.translation("sitegen", LOCALE, [language.replace("-", "_")], fallback=True)


@functools.cache
def _locale(language: str) -> object:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - not needed when nothing changed

    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(language.split("-")[0]) if "-" in language and language[:2] != language else Locale("en")


def date(text: str, language: str, skeleton: str = "yMMMMd") -> str:
    """An ISO 8601 date or time as a date in words; the parts that are not known are left out.

    ``skeleton`` names the parts (CLDR: y year, MMMM month, d day, EEEE weekday).
    """
    from babel.dates import format_skeleton  # noqa: PLC0415 - not needed when nothing changed

    written = times.read(text)
    unknown = {"year": "MdE", "month": "dE"}.get(written.precision, "")
    parts = "".join(part for part in skeleton if part not in unknown)
    day = dt.datetime.combine(written.date, dt.time(12), dt.UTC)
    return format_skeleton(parts, day, tzinfo=dt.UTC, locale=_locale(language))  # type: ignore[arg-type]


def time(text: str, language: str) -> str:
    """The time of day of an ISO 8601 time, as the language writes it."""
    from babel.dates import format_time  # noqa: PLC0415 - not needed when nothing changed

    written = times.read(text)
    return format_time(written.time or dt.time(), "short", locale=_locale(language))  # type: ignore[arg-type]


def zone(name: str, epoch: int, language: str) -> str:
    """What clocks in a zone are set by at an instant: "CET" or "GMT-3"."""
    from babel.dates import get_timezone_name  # noqa: PLC0415 - not needed when nothing changed

    at = dt.datetime.fromtimestamp(epoch, times.zone(name))
    return get_timezone_name(at, width="short", locale=_locale(language))  # type: ignore[arg-type]


def language_name(tag: str, language: str) -> str:
    """The name of a language given by its tag, in another; any other text stays as it is."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - not needed when nothing changed

    try:
        return Locale.parse(tag, sep="-").get_display_name(_locale(language)) or tag  # type: ignore[arg-type]
    except (UnknownLocaleError, ValueError):
        return tag


def direction(language: str) -> str:
    """ltr or rtl: how the language is written."""
    return str(getattr(_locale(language), "text_direction", "ltr"))
