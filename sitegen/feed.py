"""Feeds: which there are, and what an entry is in one whatever its format: its identity, its times and its words."""

import datetime as dt
import functools
import html
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urljoin

from sitegen import i18n
from sitegen.model import DAY, Card, Entry, Face, Frozen, Link, Referent, When, shown
from sitegen.plan import Collection, Edition, Output, Render, Tools, absolute

CREDITED = ("authors", "speakers")
"""The parts of those who are told as the authors of an entry."""


class Item(Frozen, frozen=True):
    """An entry as a feed has it."""

    id: str
    """An IRI that never changes (RFC 4287, section 4.2.6)."""
    url: str
    """The entry's page, relative to the site."""
    card: Face
    published: int
    """In seconds since 1970, as is ``updated``."""
    updated: int
    language: str
    """Of the entry, where its card names none (BCP 47)."""
    around: str
    """The language of the feed, in which words are put around those of the entry."""
    body: bytes = b""
    """The digest of the text; empty without one."""
    authors: tuple[Link, ...] = ()
    tags: tuple[str, ...] = ()


class Feed(Frozen, frozen=True):
    """All that goes into a feed."""

    id: str
    site: str
    """The site's URL, ending with a slash."""
    url: str
    """The page of which it is the feed, relative to the site."""
    title: str
    subtitle: str
    author: str
    """The association."""
    language: str
    items: tuple[Item, ...]

    @property
    def updated(self) -> int:
        """When the last of its entries was updated: the clock has no part in it."""
        return max(item.updated for item in self.items)


class Story(Frozen, frozen=True):
    """What a feed tells of an entry. Addresses are absolute."""

    title: str
    summary: str
    content: str
    """Safe HTML; empty where there is nothing to tell besides title and summary."""
    image: str
    language: str


def outputs(collections: Iterable[Collection], edition: Edition, name: str, render: Render) -> Iterator[Output]:
    """The feed ``name`` of every collection that has one; the same also where the page stood before."""
    collections = tuple(collections)
    authors = {each.url: _authors(each.referents) for each in collections if each.about and each.referents}
    for collection in collections:
        if collection.feed and collection.url.endswith("/"):
            feed = _feed(collection, edition, authors)
            about = (collection.about.source,) if collection.about else ()
            origin = tuple(dict.fromkeys((*about, *(entry.source for entry in collection.feed))))
            for url in collection.folders:
                yield Output(f"{url}{name}".lstrip("/"), "".join(about), render, feed, origin)


def _authors(referents: Iterable[Referent]) -> tuple[Link, ...]:
    """Each of those who are credited once; nobody who is not named."""
    credited = (each for each in referents if each.part in CREDITED and each.name and not each.on_pages)
    people = (Link(each.name, each.url) for each in credited)
    return tuple(dict.fromkeys(people))


def _feed(collection: Collection, edition: Edition, authors: Mapping[str, tuple[Link, ...]]) -> Feed:
    config, about = edition.config, collection.about
    is_first = collection.url == f"{collection.root}/"
    # The feed of an entry's page is known by the entry, and so stays the same when the page moves.
    of = f"{collection.root} {about.uid}" if about and about.url == collection.url else collection.url
    return Feed(
        id=_urn(config.settings.identity, f"feed {of}"),
        site=config.url,
        url=collection.url,
        title=config.name if is_first else f"{config.name}: {collection.title}",
        subtitle=config.tagline,
        author=config.name,
        language=collection.language,
        items=tuple(_item(each, collection, edition, authors.get(each.url, ())) for each in collection.feed),
    )


def _item(entry: Entry, collection: Collection, edition: Edition, authors: tuple[Link, ...]) -> Item:
    published = entry.published or 0  # pages choose nothing that has none
    return Item(
        id=iri(entry.uid or entry.ref, edition.config.settings.identity),
        url=entry.url,
        card=entry.card,
        published=published,
        updated=published if entry.updated is None else entry.updated,
        language=entry.language or edition.config.language,
        around=collection.language,
        body=entry.body,
        authors=authors,
        tags=tuple(topic.label for topic in entry.tags),
    )


@functools.lru_cache(maxsize=50_000)
def iri(uid: str, identity: str) -> str:
    """A uid as an IRI: it is one, or a UUID, or else one is made from it and what the site is known by."""
    if re.fullmatch(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", uid, re.IGNORECASE):
        return f"urn:uuid:{uid.lower()}"
    return uid if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:.", uid) else _urn(identity, uid)


@functools.lru_cache(maxsize=50_000)
def _urn(identity: str, name: str) -> str:
    return uuid.uuid5(uuid.uuid5(uuid.NAMESPACE_URL, identity), name).urn


def stamp(seconds: int) -> str:
    """A moment as RFC 3339 writes it, in UTC."""
    return f"{dt.datetime.fromtimestamp(seconds, dt.UTC).replace(tzinfo=None).isoformat()}Z"


def address(site: str, url: str) -> str:
    """An address in full: of a page of the site, or one elsewhere."""
    return absolute(site, url) if url.startswith("/") else url


def text(item: Item, tools: Tools) -> str:
    """The safe HTML of the entry's text, as its page has it."""
    return tools.text(item.body) if item.body else ""


# --- What is told of an entry


@functools.lru_cache(maxsize=5_000)
def story(item: Item, site: str, body: str) -> Story:
    """What is told of an entry with the text ``body``, made once however many feeds it is in."""
    card = shown(item.card, Card)
    summary = card.summary or card.subtitle
    told = in_full(body, absolute(site, item.url), site)
    if card.when:
        told = _when_and_where(card, card.when, item.around) + (told or (_paragraph(summary) if summary else ""))
    return Story(
        title=_title(card, item.around),
        summary=summary,
        content=told,
        image=absolute(site, card.image) if card.image else "",
        language=card.lang or item.language,
    )


def _title(card: Card, language: str) -> str:
    """The title; what is called off says so first, as few read on."""
    gettext = i18n.translations(language).gettext
    if card.when and card.when.status == "cancelled":
        return gettext("Cancelled: %(title)s") % {"title": card.title}
    if card.when and card.when.status == "postponed":
        return gettext("Postponed: %(title)s") % {"title": card.title}
    return card.title


def _when_and_where(card: Card, when: When, language: str) -> str:
    """A paragraph with what one must know to be there."""
    gettext = i18n.translations(language).gettext
    parts = (
        "" if when.dated else gettext("Date to be announced"),
        card.place,
        {"online": gettext("Online"), "hybrid": gettext("Also online")}.get(card.mode, ""),
        gettext("Repeats") if card.rule else "",
    )
    return _paragraph(" · ".join(filter(None, parts)), strong=in_words(when, language))


def _paragraph(words: str, strong: str = "") -> str:
    first = f"<strong>{html.escape(strong)}</strong>" if strong else ""
    return f"<p>{first}{' · ' if first and words else ''}{html.escape(words)}</p>\n"


def in_words(when: When, language: str) -> str:
    """When something is: "Saturday, November 7, 2026, 6:00 PM–8:00 PM CET"; what is not known is left out."""
    timed = "T" in when.start
    words = _moment(when.start, language)
    if timed and "T" in when.end and when.over - when.begins < DAY:
        words += f"–{i18n.time(when.end, language)}"
    elif when.end[:10] not in ("", when.start[:10]):
        words += f" – {_moment(when.end, language)}"
    return f"{words} {i18n.zone(when.zone, language, when.begins)}" if timed else words


def _moment(text: str, language: str) -> str:
    day = i18n.date(text, language, "yMMMMEEEEd")
    return f"{day}, {i18n.time(text, language)}" if "T" in text else day


# --- Addresses in a text. The sanitiser wrote it: every tag is complete, every value in double quotes and escaped.

_LINKING = re.compile(r"<(?:a|img) [^>]*>")
_ATTRIBUTE = re.compile(r' ([\w-]+)="([^"]*)"')


def in_full(body: str, page: str, site: str) -> str:
    """Safe HTML with absolute addresses: those that begin with one slash are of the site, others of the page.

    Each attribute is read in full before the next one, as the value of a title may look like one.
    """

    def attribute(match: re.Match[str]) -> str:
        name, value = match.groups()
        return f' {name}="{_resolved(value, page, site)}"' if name in ("href", "src") else match[0]

    return _LINKING.sub(lambda tag: _ATTRIBUTE.sub(attribute, tag[0]), body)


def _resolved(escaped: str, page: str, site: str) -> str:
    """The address of an attribute made absolute, escaped as before."""
    url = html.unescape(escaped).strip()
    try:
        return html.escape(site.rstrip("/") + url if re.match("/(?!/)", url) else urljoin(page, url))
    except ValueError:  # nobody's address: //[ is the beginning of an IPv6 one
        return escaped
