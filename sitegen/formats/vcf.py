"""Contact cards: vCard 3.0 (RFC 2426), the version that every program imports, of entries that have such a facet."""

from collections.abc import Iterator
from typing import Any

from sitegen.model import Face, Frozen, VCard, shown
from sitegen.plan import Collection, Output, Tools, absolute


class ContactCard(Frozen, frozen=True):
    """All that goes into a contact card."""

    vcard: Face
    site: str
    """The site's URL, ending with a slash."""


def outputs(collection: Collection, site: str) -> Iterator[Output]:
    """``card.vcf`` beside the page of an entry that has one, and where the page once stood."""
    about = collection.about
    if about and about.vcard:
        for url in (collection.url, *collection.aliases):
            if url.endswith("/"):
                path = f"{url}card.vcf".lstrip("/")
                yield Output(path, about.source, render, ContactCard(about.vcard, site), (about.source,))


def render(card: ContactCard, tools: Tools) -> bytes:
    """The card: only what has a value, folded at 75 octets, lines ending with CRLF."""
    from icalendar.prop import vInline, vN  # noqa: PLC0415 - not needed when nothing changed

    del tools
    one = shown(card.vcard, VCard)
    place = ("", "", "", one.city, one.region, "", one.country)
    properties = (
        ("VERSION", vInline("3.0")),
        ("N", vN((one.family, one.given, "", one.prefix, one.suffix))),
        ("FN", one.name),
        ("NICKNAME", vInline(",".join(map(_escaped, one.nicknames)))),
        ("ORG", one.organization),
        ("TITLE", one.title),
        ("EMAIL;TYPE=INTERNET", one.email),
        ("TEL;TYPE=VOICE", one.phone),
        ("ADR;TYPE=WORK", vInline(";".join(map(_escaped, place)) if any(place) else "")),
        ("URL", vInline(absolute(card.site, one.url))),
    )
    lines = (_line(name, value) for name, value in properties if value)
    return b"".join((b"BEGIN:VCARD\r\n", *lines, b"END:VCARD\r\n"))


def _line(name: str, value: Any) -> bytes:
    from icalendar.parser import Contentline, Parameters  # noqa: PLC0415 - not needed when nothing changed

    return bytes(Contentline.from_parts(name, Parameters(), value).to_ical()) + b"\r\n"


def _escaped(text: str) -> str:
    from icalendar.prop import vText  # noqa: PLC0415 - not needed when nothing changed

    return vText(text).to_ical().decode()
