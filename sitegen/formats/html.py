"""Pages: every collection as HTML, in slices, through the templates of the theme."""

from collections.abc import Iterator, Mapping
from typing import Any

from sitegen.model import Card, Face, Frozen, Link, face, shown
from sitegen.plan import Collection, Output, Section, Tools, href, path_of
from sitegen.site import Site


class Page(Frozen, frozen=True):
    """All that goes into a page."""

    template: str
    theme: bytes
    """The digest of the template and all that it refers to."""
    chrome: Face
    """What stands on every page: see `chrome`."""
    url: str
    title: str
    kind: str
    parents: tuple[Link, ...]
    about: Face | None
    body: bytes
    cards: tuple[Face, ...]
    sections: tuple[Section, ...]
    number: int
    """Of this slice, from 1."""
    numbers: int
    """How many slices there are."""
    total: int
    """How many entries all slices have."""
    calendar: str
    contacts: bool
    """There is a file of the contact cards of its people."""
    standing: tuple[str, ...]
    """What is so of the entry at present: over, registration-early …"""


def chrome(site: Site, assets: Mapping[str, str], options: Mapping[str, str]) -> Face:
    """What stands on every page: the association, the way around, the theme's files and options."""
    config = site.config
    ways = (
        ("Events", "/events/", site.counts.get("events")),
        ("Members", "/members/", site.counts.get("members")),
        ("Skills", "/skills/", site.skills),
        ("Places", "/places/", site.places),
    )
    return face(
        {
            "name": config.name,
            "url": config.url,
            "base": config.base,
            "language": config.language,
            "tagline": config.tagline,
            "description": config.description,
            "email": config.email,
            "social": config.social,
            "zone": config.settings.zone,
            "navigation": [Link(title, url) for title, url, there in ways if there],
            "calendar": site.calendar,
            "assets": dict(assets),
            "options": dict(options),
        }
    )


def outputs(collection: Collection, chrome: Face, themes: Mapping[str, bytes]) -> Iterator[Output]:
    """The page of a collection; with a page size one for each slice, at least one: ``page/2/`` and so on."""
    if not collection.template:
        return
    size = collection.page_size or max(len(collection.entries), 1)
    numbers = max(-(-len(collection.entries) // size), 1)
    about = collection.about
    for number in range(1, numbers + 1):
        entries = collection.entries[(number - 1) * size : number * size]
        yield Output(
            path=path_of(collection.url if number == 1 else f"{collection.url}page/{number}/"),
            owner=about.source if about else "",
            render=render,
            inputs=Page(
                template=collection.template,
                theme=themes.get(collection.template, b""),
                chrome=chrome,
                url=collection.url,
                title=collection.title,
                kind=about.kind if about else "",
                parents=collection.parents,
                about=about.full if about else None,
                body=about.body if about else b"",
                cards=tuple(entry.card for entry in entries),
                sections=collection.sections,
                number=number,
                numbers=numbers,
                total=len(collection.entries),
                calendar=collection.calendar,
                contacts=any(each.vcard for each in collection.contacts),
                standing=collection.standing,
            ),
            origin=tuple(dict.fromkeys((*((about.source,) if about else ()), *(entry.source for entry in entries)))),
        )


def render(page: Page, tools: Tools) -> bytes:
    """The page: a template sees nothing but what stands in ``view``."""
    from markupsafe import Markup  # noqa: PLC0415 - not needed when nothing changed

    site = shown(page.chrome, dict)
    view: dict[str, Any] = {
        "site": site,
        "page": page,
        "about": shown(page.about, dict) if page.about else None,
        "body": Markup(tools.text(page.body)) if page.body else "",  # noqa: S704 - sanitised where it was made
        "cards": [shown(card, Card) for card in page.cards],
        "sections": {section.name: _section(section) for section in page.sections},
        "href": lambda url: href(site["base"], url),
        "markdown": lambda digest: Markup(tools.text(digest)) if digest else "",  # noqa: S704 - the same
    }
    return str(tools.template(page.template).render(view)).encode()


def _section(section: Section) -> dict[str, Any]:
    return {"items": [shown(item, dict) for item in section.items], "total": section.total}
