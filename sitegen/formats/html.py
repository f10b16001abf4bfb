"""Pages: every collection as HTML, in slices, through the templates of the theme."""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

import msgspec

from sitegen import cartography, embeds, geography, navigation, pictures, share, unfurl
from sitegen.model import Card, Face, Frozen, Link, Picture, Spot, face, shown
from sitegen.plan import Collection, Edition, Format, Output, Section, Tools, href, path_of, slices
from sitegen.site import Site


class Page(Frozen, frozen=True):
    """All that goes into a page."""

    template: str
    theme: bytes
    """The digest of the template and all that it refers to."""
    chrome: Face
    """What stands on every page of a language: see `chrome`."""
    url: str
    title: str
    kind: str
    parents: tuple[Link, ...]
    about: Face | None
    body: bytes
    intro: Face | None
    """The words at the head of a list."""
    intro_body: bytes
    cards: tuple[Face, ...]
    sections: tuple[Section, ...]
    number: int
    """Of this slice, from 1."""
    numbers: int
    """How many slices there are."""
    total: int
    """How many entries all slices have."""
    calendar: str
    feed: bool
    """The page has a feed."""
    contacts: bool
    """There is a file of the contact cards of its people."""
    card: bool
    """There is a contact card of what it is about."""
    standing: tuple[str, ...]
    """What is so of the entry at present: over, registration-early …"""
    language: str
    translations: tuple[Link, ...]
    """The same page in all languages, this one too: tags and URLs."""
    source: str
    """The file of what it is about, relative to the content folder; empty where nobody is to know it."""
    unlisted: bool
    shared: share.Shared | None
    """What it says to other programs."""
    poster: str = ""
    """The address of its own share image; empty without one."""
    pictures: tuple[Picture, ...] = ()
    """Those that its texts may show."""


def chrome(
    site: Site,
    edition: Edition,
    assets: Mapping[str, str],
    options: Mapping[str, str],
    logo: str,
    homes: tuple[Link, ...],
) -> Face:
    """What stands on every page of a language: the association, the way around, the theme's files and options.

    ``assets`` are the URLs of the theme's files, ``logo`` is that of the association's picture, ``homes`` are the first
    pages in all languages: tags and URLs.
    """
    config = site.config
    return face(
        {
            "name": config.name,
            "url": config.url,
            "base": config.base,
            "root": config.root,
            "language": config.language,
            "languages": homes if len(homes) > 1 else (),
            "tagline": config.tagline,
            "description": config.description,
            "email": config.email,
            "social": config.social,
            "logo": quote(logo),
            "poster": f"/{unfurl.SITE}" if "share" in edition.formats else "",
            "logo_sizes": Picture(config.logo, config.logo, *config.logo_size).sizes,
            "zone": config.settings.zone,
            "navigation": navigation.main(site),
            "footer": navigation.foot(site),
            "sections": navigation.sections(site),
            "calendar": site.calendar if "ics" in edition.formats else "",
            "feed": bool(site.feed) and "atom" in edition.formats,
            "vocabulary": config.vocabulary,
            "tiers": config.tiers,
            "facets": [each.replace("_", "-") for each in config.facets],
            "embeds": config.embeds,
            "repository": config.repository,
            "formats": sorted(edition.formats),
            "search": config.search,
            "assets": dict(assets),
            "options": dict(options),
        }
    )


def outputs(collections: Iterable[Collection], edition: Edition) -> Iterator[Output]:
    """The page of a collection; with a page size one for each slice, at least one: ``page/2/`` and so on."""
    for collection in collections:
        if collection.template:
            yield from _pages(collection, edition)


def _pages(collection: Collection, edition: Edition) -> Iterator[Output]:
    about, intro, on = collection.about, collection.intro, edition.formats
    numbers, size = slices(collection)
    for number in range(1, numbers + 1):
        entries = collection.entries[(number - 1) * size : number * size]
        sources = (about.source if about else "", intro.source if intro else "", *(each.source for each in entries))
        yield Output(
            path=path_of(collection.url if number == 1 else f"{collection.url}page/{number}/"),
            owner=about.source if about else "",
            render=render,
            inputs=Page(
                template=collection.template,
                theme=edition.themes.get(collection.template, b""),
                chrome=edition.chromes[collection.language],
                url=collection.url,
                title=collection.title,
                kind=about.kind if about else "",
                parents=collection.parents,
                about=about.full if about else None,
                body=about.body if about else b"",
                intro=intro.full if intro else None,
                intro_body=intro.body if intro else b"",
                cards=tuple(entry.card for entry in entries),
                sections=collection.sections,
                number=number,
                numbers=numbers,
                total=len(collection.entries),
                calendar=collection.calendar if "ics" in on else "",
                feed=bool(collection.feed) and "atom" in on,
                contacts="vcf" in on and any(each.vcard for each in collection.contacts),
                card="vcf" in on and bool(about and about.vcard),
                standing=collection.standing,
                language=collection.language,
                translations=collection.translations,
                source=(about or intro).source if about or intro else "",  # type: ignore[union-attr]
                unlisted=collection.unlisted,
                shared=share.shared(collection, edition) if "share" in on and number == 1 else None,
                poster=_poster(collection, edition) if "share" in on and number == 1 else "",
                pictures=tuple(picture for each in (about, intro) if each and each.bodies for picture in each.pictures),
            ),
            origin=tuple(dict.fromkeys(filter(None, sources))),
        )


def _poster(collection: Collection, edition: Edition) -> str:
    found = unfurl.of_entry(collection, edition)
    return found[0] if found else ""


def render(page: Page, tools: Tools) -> bytes:
    """The page: a template sees nothing but what stands in ``view``."""
    from markupsafe import Markup  # noqa: PLC0415 - not needed when nothing changed

    site = _site(page.chrome)

    def to(url: str) -> str:
        return href(site["base"], url)

    def once(macro: Any, *words: Any) -> Any:
        """A macro called with `href` and these words; what it puts out is the same on every page, and made once."""
        key = (page.chrome.digest, macro, words)
        if key not in tools.parts:
            tools.parts[key] = macro(to, *words)
        return tools.parts[key]

    def text(digest: bytes) -> str:
        if not digest:
            return ""
        safe = pictures.with_sizes(tools.text(digest), page.pictures)
        return Markup(_rooted(safe, site["base"]))  # noqa: S704 - sanitised already

    view: dict[str, Any] = {
        "site": site,
        "page": page,
        "about": shown(page.about, dict) if page.about else None,
        "body": text(page.body),
        "intro": {**shown(page.intro, dict), "body": text(page.intro_body)} if page.intro else None,
        "cards": [_card(card) for card in page.cards],
        "sections": {section.name: _section(section) for section in page.sections},
        "href": to,
        "at": lambda path: to(site["root"] + path),
        "once": once,
        "markdown": text,
        "player": lambda url: embeds.player(url, site["embeds"]),
        "chart": _chart,
        "media": embeds.media,
        "jsonld": Markup(share.jsonld(page.shared, site)) if page.shared else "",  # noqa: S704 - escaped where it is made
    }
    return str(tools.template(page.template, page.language).render(view)).encode()


@functools.lru_cache(maxsize=16)
def _site(chrome: Face) -> dict[str, Any]:
    """What stands on every page of a language; no template changes it."""
    return shown(chrome, dict)


@functools.lru_cache(maxsize=50_000)
def _card(card: Face) -> Card:
    return shown(card, Card)


def _chart(spots: Iterable[Mapping[str, Any]]) -> tuple[cartography.Chart | None, tuple[str, ...]]:
    """The map of some places (`model.Spot`), and the titles of those of which nobody knows where they are."""
    known, unknown = [], []
    for each in spots:
        spot = msgspec.convert(each, Spot)
        town = geography.town(spot.city, spot.country) if spot.city else geography.middle(spot.country)
        if at := spot.at or town:
            known.append((spot, at))
        else:
            unknown.append(spot.title)
    return cartography.chart(known, geography.outlines()) if known else None, tuple(unknown)


def _rooted(html: str, base: str) -> str:
    """Safe HTML whose addresses that begin with a slash lead into the site, also where that stands below a path."""
    if not base:
        return html
    return _TAG.sub(lambda tag: _OWN_ADDRESS.sub(rf"\1{base}/", tag[0]), html)


_TAG = re.compile(r"<(?:a|img) [^>]*>")
_OWN_ADDRESS = re.compile(r"""((?:\s[\w-]+="[^"]*")*?\s(?:href|src)=")/(?!/)""")
"""An address of the site as the sanitiser writes it, with the attributes before it."""


def _section(section: Section) -> dict[str, Any]:
    return {"items": [shown(item, dict) for item in section.items], "total": section.total}


FORMAT = Format("html", outputs)
