"""Pages: which URLs exist. Each module chooses collections of the site; how they are written is the formats' matter."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from sitegen.model import Link
from sitegen.pages import archive, exchange, home, introductions, items, listings, months, search, topics
from sitegen.plan import Collection
from sitegen.site import Site

PAGES = (home, listings, archive, months, topics, exchange, introductions, search, items)


def collections(sites: Iterable[Site]) -> tuple[Collection, ...]:
    """Everything that the sites have a URL for: that of the association's own language, then its other languages.

    What a language has no words for stands in the site's own alone.
    """
    sites = tuple(sites)
    found = [tuple(_of(site)) for site in sites]
    if len(sites) == 1:
        return found[0]
    pages: dict[str, list[Link]] = {}
    for site, collections in zip(sites, found, strict=True):
        for each in collections:
            pages.setdefault(_neutral(each), []).append(Link(site.config.language, each.url))
    return tuple(replace(each, translations=tuple(pages[_neutral(each)])) for each in chain.from_iterable(found))


def _of(site: Site) -> Iterator[Collection]:
    language, root = site.config.language, site.root
    for each in chain.from_iterable(page.collections(site) for page in PAGES):
        yield replace(each, language=language, root=root)


def _neutral(collection: Collection) -> str:
    """What a page is in every language: the entry that it is about, or its address without the language."""
    return collection.about.ref if collection.about else collection.url.removeprefix(collection.root)
