"""Atom feeds (RFC 4287)."""

import functools
import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from sitegen import feed
from sitegen.feed import Feed, Item
from sitegen.plan import Collection, Edition, Format, Output, Tools, absolute

NAME = "feed.atom"


def outputs(collections: Iterable[Collection], edition: Edition) -> Iterator[Output]:
    """``feed.atom`` beside the page of every collection that has a feed, and where the page stood before."""
    return feed.outputs(collections, edition, NAME, render)


def render(made: Feed, tools: Tools) -> bytes:
    """The feed: about itself, then its entries."""
    site = made.site
    parts = (
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom"{_attributes({"xml:lang": made.language})}>',
        _element("id", made.id),
        _element("title", made.title),
        _element("subtitle", made.subtitle) if made.subtitle else "",
        _element("updated", feed.stamp(made.updated)),
        _author(made.author),
        _link("self", "application/atom+xml", absolute(site, made.url + NAME)),
        _link("alternate", "text/html", absolute(site, made.url)),
        *(_entry(item, site, feed.text(item, tools)) for item in made.items),
        "</feed>\n",
    )
    return _lines(parts).encode()


@functools.lru_cache(maxsize=5_000)
def _entry(item: Item, site: str, body: str) -> str:
    """An entry, made once however many feeds it is in."""
    story = feed.story(item, site, body)
    parts = (
        f"<entry{_attributes({'xml:lang': story.language})}>",
        _element("id", item.id),
        _element("title", story.title),
        _element("published", feed.stamp(item.published)),
        _element("updated", feed.stamp(item.updated)),
        *(_author(each.title, feed.address(site, each.url)) for each in item.authors),
        _link("alternate", "text/html", absolute(site, item.url)),
        *(_element("category", term=tag) for tag in item.tags),
        _element("summary", story.summary) if story.summary else "",
        _element("content", story.content, type="html") if story.content else "",
        "</entry>",
    )
    return _lines(parts)


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(filter(None, parts))


def _author(name: str, url: str = "") -> str:
    return f"<author>{_element('name', name)}{_element('uri', url) if url else ''}</author>"


def _link(rel: str, kind: str, href: str) -> str:
    return _element("link", rel=rel, type=kind, href=href)


def _element(name: str, text: str = "", **attributes: str) -> str:
    start = f"<{name}{_attributes(attributes)}"
    return f"{start}>{escape(_allowed(text))}</{name}>" if text else f"{start}/>"


def _attributes(values: dict[str, str]) -> str:
    return "".join(f" {name}={quoteattr(_allowed(value))}" for name, value in values.items())


_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _allowed(text: str) -> str:
    """A text without the characters that no XML document may hold (XML 1.0, section 2.2), not even escaped."""
    return _NOT_IN_XML.sub("", text)


FORMAT = Format("atom", outputs)
