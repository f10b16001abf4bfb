"""Language: dates, names of languages, and the interface's words, from CLDR (Babel) and gettext."""

import contextlib
import datetime as dt
import functools
import gettext
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
    from babel.dates import format_skeleton  # noqa: PLC0415 - not needed when nothing changed

    written = times.read(text)
    unknown = {"year": "MdE", "month": "dE"}.get(written.precision, "")
    parts = "".join(part for part in skeleton if part not in unknown)
    day = dt.datetime.combine(written.date, dt.time(12), dt.UTC)
    return format_skeleton(parts, day, tzinfo=dt.UTC, locale=_locale(language))


def time(text: str, language: str) -> str:
    """The time of day of an ISO 8601 time, as the language writes it."""
    from babel.dates import format_time  # noqa: PLC0415 - not needed when nothing changed

    written = times.read(text)
    return format_time(written.time or dt.time(), "short", locale=_locale(language))


def zone(name: str, language: str, epoch: int) -> str:
    """What clocks in a zone are set by at an instant: "CET" or "GMT-3"."""
    from babel.dates import get_timezone_name  # noqa: PLC0415 - not needed when nothing changed

    at = dt.datetime.fromtimestamp(epoch, times.zone(name))
    return get_timezone_name(at, width="short", locale=_locale(language))


def language_name(tag: str, language: str) -> str:
    """The name of a language given by its tag, in another; any other text stays as it is."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - not needed when nothing changed

    try:
        return Locale.parse(tag, sep="-").get_display_name(_locale(language)) or tag
    except (UnknownLocaleError, ValueError):
        return tag


def direction(language: str) -> str:
    """Ltr or rtl: how the language is written."""
    return _locale(language).text_direction
