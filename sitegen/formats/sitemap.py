"""The map of the site for search engines (https://www.sitemaps.org/protocol.html), and ``robots.txt`` (RFC 9309)."""

import datetime as dt
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from sitegen.model import Frozen, Link
from sitegen.plan import Collection, Edition, Format, Output, Tools, absolute, slices

MOST_URLS = 50_000
MOST_BYTES = 50 * 1024 * 1024
"""What a single file may hold."""


class Page(Frozen, frozen=True):
    """A page as the map has it."""

    url: str
    """Relative to the site, as those of the translations."""
    updated: int | None = None
    """When it was last changed in substance, in seconds since 1970."""
    translations: tuple[Link, ...] = ()
    """The same page in all its languages, by their tags; empty where there is one."""


class Map(Frozen, frozen=True):
    """All that goes into a map."""

    pages: tuple[Page, ...]
    site: str
    """The site's URL, ending with a slash."""


class Index(Frozen, frozen=True):
    """All that goes into the list of several maps, or into robots.txt."""

    maps: tuple[str, ...]
    """Relative to the site."""
    site: str


def outputs(collections: Iterable[Collection], edition: Edition) -> Iterator[Output]:
    """``sitemap.xml``: the map, or the list of ``sitemap-1.xml`` and so on where one cannot hold it; and robots.txt.

    Robots look for the latter at the root of a host only. Below a path it is of no use there, and does no harm.
    """
    listed = tuple(each for each in collections if each.template and not each.unlisted)
    pages = tuple(page for collection in listed for page in _pages(collection))
    origin = tuple(dict.fromkeys(each.about.source for each in listed if each.about))
    site = edition.config.url
    maps = tuple(_parts(pages, site))
    if len(maps) > 1:
        names = tuple(f"/sitemap-{number}.xml" for number in range(1, len(maps) + 1))
        yield Output("sitemap.xml", "", render_index, Index(names, site))
    else:
        names = ("/sitemap.xml",)
    for name, part in zip(names, maps, strict=True):
        yield Output(name.lstrip("/"), "", render, Map(part, site), origin)
    yield Output("robots.txt", "", render_robots, Index(("/sitemap.xml",), site))


def _pages(collection: Collection) -> Iterator[Page]:
    """The page of a collection and its further slices. How many there are differs among languages."""
    about = collection.about
    alike = collection.translations if len(collection.translations) > 1 else ()
    yield Page(collection.url, about.updated if about else None, alike)
    numbers, _ = slices(collection)
    yield from (Page(f"{collection.url}page/{number}/") for number in range(2, numbers + 1))


def _parts(pages: tuple[Page, ...], site: str) -> Iterator[tuple[Page, ...]]:
    """As few runs of pages as fit in files; at least one."""
    first = size = 0
    for index, page in enumerate(pages):
        more = _at_most(page, site)
        if index - first == MOST_URLS or size + more > MOST_BYTES - len(_HEAD + _FOOT):
            yield pages[first:index]
            first, size = index, 0
        size += more
    yield pages[first:]


def _at_most(page: Page, site: str) -> int:
    """How many bytes a page takes in a map, or less: each octet of an address may become three."""
    urls = (page.url, *(each.url for each in page.translations))
    return sum(200 + 5 * len(site.encode()) + 3 * len(url.encode()) for url in urls)


_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)
_FOOT = "</urlset>\n"


def render(made: Map, tools: Tools) -> bytes:
    """The map: each page with the time of its last change and its translations, where it has these."""
    del tools
    return "".join((_HEAD, *(_url(page, made.site) for page in made.pages), _FOOT)).encode()


def _url(page: Page, site: str) -> str:
    updated = "" if page.updated is None else dt.datetime.fromtimestamp(page.updated, dt.UTC).isoformat()
    translations = (
        f'<xhtml:link rel="alternate" hreflang={quoteattr(each.title)} href={quoteattr(absolute(site, each.url))}/>'
        for each in page.translations
    )
    parts = (
        f"<url><loc>{escape(absolute(site, page.url))}</loc>",
        f"<lastmod>{updated.replace('+00:00', 'Z')}</lastmod>" if updated else "",
        *translations,
        "</url>\n",
    )
    return "".join(parts)


def render_index(index: Index, tools: Tools) -> bytes:
    """The list of the maps."""
    del tools
    maps = (f"<sitemap><loc>{escape(absolute(index.site, each))}</loc></sitemap>\n" for each in index.maps)
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    )
    return "".join((head, *maps, "</sitemapindex>\n")).encode()


def render_robots(index: Index, tools: Tools) -> bytes:
    """Robots may read everything, and are told where the map is."""
    del tools
    maps = "".join(f"Sitemap: {absolute(index.site, each)}\n" for each in index.maps)
    return f"User-agent: *\nAllow: /\n\n{maps}".encode()


FORMAT = Format("sitemap", outputs)
