"""Contact cards: vCard 3.0 (RFC 2426), the version that every program imports, of entries that have such a facet."""

import functools
from collections.abc import Iterable, Iterator
from typing import Any

from sitegen.contentline import bare, escaped, line
from sitegen.model import Entry, Face, Frozen, VCard, shown
from sitegen.plan import Collection, Edition, Format, Output, Tools, absolute


class ContactCards(Frozen, frozen=True):
    """All that goes into a file of contact cards."""

    vcards: tuple[Face, ...]
    site: str
    """The site's URL, ending with a slash."""


def outputs(collections: Iterable[Collection], edition: Edition) -> Iterator[Output]:
    """``card.vcf`` beside the page of an entry that has one, ``people.vcf`` where people are; and where these stood."""
    for collection in collections:
        if collection.about:
            yield from _cards(collection, collection.about, edition.config.url)


def _cards(collection: Collection, about: Entry, site: str) -> Iterator[Output]:
    cards = tuple(each.vcard for each in collection.contacts if each.vcard)
    origin = tuple(dict.fromkeys((about.source, *(each.source for each in collection.contacts if each.vcard))))
    for url in collection.folders:
        if about.vcard:
            path = f"{url}card.vcf".lstrip("/")
            yield Output(path, about.source, render, ContactCards((about.vcard,), site), (about.source,))
        if cards:
            yield Output(f"{url}people.vcf".lstrip("/"), about.source, render, ContactCards(cards, site), origin)


def render(cards: ContactCards, tools: Tools) -> bytes:
    """The cards: only what has a value, folded at 75 octets, lines ending with CRLF."""
    del tools
    return b"".join(_card(each, cards.site) for each in cards.vcards)


@functools.lru_cache(maxsize=20_000)
def _card(face: Face, site: str) -> bytes:
    """A card, made once however many files it is in."""
    one = shown(face, VCard)
    place = ("", "", "", one.city, one.region, "", one.country)
    properties = (
        ("VERSION", bare("3.0")),
        ("N", _joined(";", (one.family, one.given, "", one.prefix, one.suffix))),
        ("FN", escaped(one.name)),
        ("NICKNAME", _joined(",", one.nicknames)),
        ("ORG", escaped(one.organization)),
        ("TITLE", escaped(one.title)),
        ("EMAIL;TYPE=INTERNET", escaped(one.email)),
        ("TEL;TYPE=VOICE", escaped(one.phone)),
        ("ADR;TYPE=WORK", _joined(";", place) if any(place) else bare("")),
        ("URL", bare(absolute(site, one.url))),
    )
    return b"".join((b"BEGIN:VCARD\r\n", *(line(*each) for each in properties), b"END:VCARD\r\n"))


def _joined(separator: str, parts: Iterable[str]) -> Any:
    """Several texts as one value."""
    return bare(separator.join(map(escaped, parts)))


FORMAT = Format("vcf", outputs)
