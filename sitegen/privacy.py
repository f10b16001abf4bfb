"""What must not stand in public text: private addresses, passcodes, and the names of people who are not listed.

What is looked for is known by keyed digests alone, so that neither state nor messages hold it. The key is made for one
state and never leaves it.
"""

import functools
import hashlib
import html
import re
import zlib
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

import msgspec

from sitegen.slugs import fold, is_id

KeyPath = tuple[str | int, ...]


class Mention(msgspec.Struct, frozen=True, array_like=True):
    """An address or number that stands in public text: its digest, and where it stands."""

    address: bytes
    path: KeyPath


def keyed(key: bytes, text: str) -> bytes:
    """The digest by which a private text is recognised; 16 bytes."""
    return hashlib.blake2b(text.encode(), key=key, digest_size=16).digest()


def address(key: bytes, text: str) -> bytes:
    """The digest of a mail address, whatever its case, or of a telephone number, however it is written."""
    return keyed(key, text.strip().lower() if "@" in text else _number(text))


def _number(text: str) -> str:
    """The last eight digits: with or without country code and trunk zero it is the same number."""
    return re.sub(r"\D", "", text)[-DIGITS:]


DIGITS = 8
_HOST = r"@[\w-]{1,63}(?:\.[\w-]{1,63})+"
_ADDRESSES = (
    re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}" + _HOST),
    re.compile(r"(?<![^@\s<>\"',;:()\[\]\\])[^@\s<>\"',;:()\[\]\\]{1,64}" + _HOST),
)
"""A mail address as it stands in most texts, and with all the signs that one may have (RFC 5321: at most 64)."""
_NUMBER = re.compile(r"\d(?:[ ()./\u00a0\u2009\u2010-\u2013\u202f-]{0,3}\d){6,25}")
_PASSCODE = re.compile(r"[?&#](?:pwd|passcode|password)=|\bpass(?:code|word)\s*(?:(?:is|:)\s*\S|\S*\d)", re.IGNORECASE)


def mentions(key: bytes, texts: Iterable[tuple[KeyPath, str]]) -> tuple[Mention, ...]:
    """Every address and number in the texts."""
    found = (Mention(address(key, each), path) for path, text in texts for each in _contacts(_seen(text)))
    return tuple(dict.fromkeys(found))


def _contacts(text: str) -> Iterator[str]:
    """What may be a mail address or a telephone number: all that can be one, in a row of digits that may hold more."""
    if "@" in text:
        for pattern in _ADDRESSES:
            yield from pattern.findall(text)
    for match in _NUMBER.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        yield from (digits[start : start + DIGITS] for start in range(max(len(digits) - DIGITS, 0) + 1))


@functools.lru_cache(maxsize=1_000)
def _seen(text: str) -> str:
    """The text as its readers see it: without what Markdown, HTML and addresses escape, and without invisible signs."""
    if "&" in text:
        text = html.unescape(text)
    if "%" in text:
        text = unquote(text)
    if "\\" in text:
        text = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)
    if "*" in text or "<" in text:
        text = _MARKS.sub("", text)
    return text if text.isascii() else re.sub("[\u00ad\u200b-\u200d\u2060\ufeff]", "", text)


_MARKS = re.compile(r"\*{1,3}(?=\S)|(?<=\S)\*{1,3}|</?[A-Za-z]\w{0,15}>")
"""What makes part of a word bold, or anything else: its readers see the word."""


def passcodes(texts: Iterable[tuple[KeyPath, str]]) -> Iterator[KeyPath]:
    """Where a text gives away what lets anybody into a meeting."""
    return (path for path, text in texts if _PASSCODE.search(_seen(text)))


class Watch(msgspec.Struct, frozen=True):
    """The people who are not listed, as they are recognised in references and texts."""

    ids: frozenset[bytes] = frozenset()
    names: frozenset[bytes] = frozenset()
    """Digests of folded names."""
    begins: frozenset[int] = frozenset()
    """Twelve bits of a checksum of each name's first word: most words need no digest to be told apart."""
    lengths: tuple[int, ...] = ()
    """How many words the names have."""


def watch(key: bytes, hidden: Iterable[str]) -> Watch:
    """What to watch for: ``hidden`` are ids and names."""
    hidden = frozenset(hidden)
    ids = frozenset(filter(is_id, hidden))
    words = [found for name in hidden - ids if (found := _words(name))]
    return Watch(
        ids=frozenset(keyed(key, each) for each in ids),
        names=frozenset(keyed(key, " ".join(name)) for name in words),
        begins=frozenset(_start(key, name[0]) for name in words),
        lengths=tuple(sorted({len(name) for name in words})),
    )


def merged(watches: Iterable[Watch]) -> Watch:
    """Everybody whom any of these watches for."""
    watches = tuple(watches)
    return Watch(
        ids=frozenset().union(*(each.ids for each in watches)),
        names=frozenset().union(*(each.names for each in watches)),
        begins=frozenset().union(*(each.begins for each in watches)),
        lengths=tuple(sorted({length for each in watches for length in each.lengths})),
    )


def is_watched(key: bytes, watch: Watch, text: str) -> bool:
    """The text is the id or the name of somebody unlisted."""
    if not (watch.ids or watch.names):
        return False
    return keyed(key, text) in watch.ids or keyed(key, " ".join(_words(text))) in watch.names


def betrays(key: bytes, watch: Watch, text: str) -> bool:
    """A text has the name or the id of somebody unlisted."""
    if not (watch.ids or watch.names):
        return False
    return next(named(key, watch, [((), text)]), None) is not None or any(
        keyed(key, each) in watch.ids for each in set(_ID.findall(text.lower()))
    )


_ID = re.compile(r"[a-z\d]+(?:-[a-z\d]+)*")


def named(key: bytes, watch: Watch, texts: Iterable[tuple[KeyPath, str]]) -> Iterator[KeyPath]:
    """Where a text has the name of somebody unlisted."""
    if not watch.names:
        return
    for path, text in texts:
        words = _words(_seen(text))
        for index, word in enumerate(words):
            if _start(key, word) in watch.begins and any(
                keyed(key, " ".join(words[index : index + length])) in watch.names for length in watch.lengths
            ):
                yield path
                break


def _words(text: str) -> list[str]:
    """Folded words; a sign of a script without blanks is a word of its own."""
    return re.findall(
        r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+", fold(text)
    )


def _start(key: bytes, word: str) -> int:
    return zlib.crc32(word.encode(), zlib.crc32(key)) & 0xFFF
