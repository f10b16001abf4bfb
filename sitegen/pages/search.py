"""The search page: every way to look, and a box for those whose browser runs the search."""

from collections.abc import Iterator

from sitegen.plan import Collection
from sitegen.site import Site


def collections(site: Site) -> Iterator[Collection]:
    """``/search/``."""
    yield Collection(
        url=f"{site.root}/search/",
        title=site.says("Search"),
        template="search.html",
        intro=site.introductions.get("search"),
    )
