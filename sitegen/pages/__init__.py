"""Pages: which URLs exist. Each module chooses collections of the site; how they are written is the formats' matter."""

from collections.abc import Iterator
from itertools import chain

from sitegen.pages import archive, home, items, listings, months, topics
from sitegen.plan import Collection
from sitegen.site import Site

PAGES = (home, listings, archive, months, topics, items)


def collections(site: Site) -> Iterator[Collection]:
    """Everything that the site has a URL for."""
    return chain.from_iterable(page.collections(site) for page in PAGES)
