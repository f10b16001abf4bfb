"""Old addresses: a small page at every alias that leads to where the entry stands now."""

from collections.abc import Iterator, Mapping

from sitegen.model import Face, Frozen, shown
from sitegen.plan import Collection, Output, Tools, href, path_of

TEMPLATE = "redirect.html"


class Stub(Frozen, frozen=True):
    """All that goes into a page that leads on."""

    template: str
    theme: bytes
    chrome: Face
    title: str
    url: str


def outputs(collection: Collection, chrome: Face, themes: Mapping[str, bytes]) -> Iterator[Output]:
    """A page at every alias of a collection."""
    owner = collection.about.source if collection.about else ""
    for alias in collection.aliases:
        stub = Stub(TEMPLATE, themes.get(TEMPLATE, b""), chrome, collection.title, collection.url)
        yield Output(path_of(alias), owner, render, stub, (owner,))


def render(stub: Stub, tools: Tools) -> bytes:
    """A page that leads on at once, and says so to those whom it does not."""
    site = shown(stub.chrome, dict)
    view = {"site": site, "title": stub.title, "url": href(site["base"], stub.url)}
    return str(tools.template(stub.template).render(view)).encode()
