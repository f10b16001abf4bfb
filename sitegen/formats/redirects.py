"""Old addresses: a small page at every alias that leads to where the entry stands now."""

from collections.abc import Iterable, Iterator

from sitegen.config import HOLES
from sitegen.model import Face, Frozen, shown
from sitegen.plan import Collection, Edition, Format, Output, Tools, href, path_of

TEMPLATE = "redirect.html"


class Stub(Frozen, frozen=True):
    """All that goes into a page that leads on."""

    template: str
    theme: bytes
    chrome: Face
    title: str
    url: str
    language: str


def outputs(collections: Iterable[Collection], edition: Edition) -> Iterator[Output]:
    """A page at every alias of a collection."""
    theme = edition.themes.get(TEMPLATE, b"")
    for collection in collections:
        owner = collection.about.source if collection.about else ""
        chrome = edition.chromes[collection.language]
        for alias in collection.aliases:
            stub = Stub(TEMPLATE, theme, chrome, collection.title, collection.url, collection.language)
            yield Output(path_of(alias), owner, render, stub, (owner,))
    own = edition.chromes[edition.config.language]
    for each in edition.config.redirects:
        if not HOLES.search(each.old):
            stub = Stub(TEMPLATE, theme, own, each.new, each.new, edition.config.language)
            yield Output(path_of(folder(each.old)), edition.site_file, render, stub, (edition.site_file,))


def folder(path: str) -> str:
    """An address as a page: a folder, unless its last part has a dot."""
    return path if path.endswith("/") or "." in path.rpartition("/")[2] else f"{path}/"


def render(stub: Stub, tools: Tools) -> bytes:
    """A page that leads on at once, and says so to those whom it does not."""
    site = shown(stub.chrome, dict)
    view = {"site": site, "title": stub.title, "url": href(site["base"], stub.url)}
    return str(tools.template(stub.template, stub.language).render(view)).encode()


FORMAT = Format("redirects", outputs)
