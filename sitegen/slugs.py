"""The part of a URL that a title becomes (section 7 of the content contract)."""

import functools
import re
import unicodedata

from anyascii import anyascii

_SIGNS = {"+": " plus ", "#": " sharp ", "&": " and ", "@": " at ", "ª": "a", "º": "o"} | dict.fromkeys(
    "'\u2018\u2019\u02bb\u02bc",
    "",  # apostrophes and the Hawaiian okina
)
RESERVED = frozenset({"page", "archive", "calendar"})
"""Slugs whose URLs the site needs for itself; no slug is like ``feed.*``, as none has a dot."""


@functools.lru_cache(maxsize=50_000)
def slugify(text: str) -> str:
    """Lower-case ASCII for Latin letters; other scripts stay as they are.

    ``Ærø`` gives ``aero``, ``C++`` ``c-plus-plus``, ``R&D`` ``r-and-d``. Empty without any letter or digit.
    """
    if not text.isascii():
        text = "".join(_plain(letter) for letter in unicodedata.normalize("NFC", text))
    text = "".join(_SIGNS.get(letter, letter) for letter in text).lower()
    words = "".join(letter if letter.isalnum() or _is_mark(letter) else " " for letter in text).split()
    return "-".join(words)


def fold(text: str) -> str:
    """The text without case and accents: two spellings that fold alike are one."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(letter for letter in decomposed if not unicodedata.combining(letter)).split())


def is_id(text: str) -> bool:
    """It is shaped like an id: lower-case letters, digits and hyphens."""
    return bool(re.fullmatch(r"[a-z0-9]+(?:-+[a-z0-9]+)*", text))


def _plain(letter: str) -> str:
    return anyascii(letter) if "LATIN" in unicodedata.name(letter, "") else letter


def _is_mark(letter: str) -> bool:
    """Vowel signs of Indic scripts are part of a word, though they are no letters."""
    return not letter.isascii() and unicodedata.category(letter) in ("Mn", "Mc")
