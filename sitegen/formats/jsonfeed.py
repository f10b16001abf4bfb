"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import functools
from collections.abc import Iterable, Iterator

import msgspec

from sitegen import feed
from sitegen.feed import Feed, Item
from sitegen.model import Frozen
from sitegen.plan import Collection, Edition, Format, Output, Tools, absolute

NAME = "feed.json"
VERSION = "https://jsonfeed.org/version/1.1"


class _Author(Frozen, frozen=True):
    name: str
    url: str = ""


class _Item(Frozen, frozen=True):
    id: str
    url: str
    title: str
    date_published: str
    date_modified: str
    language: str
    summary: str = ""
    content_html: str = ""
    content_text: str = ""
    """One of the two there must be."""
    image: str = ""
    authors: tuple[_Author, ...] = ()
    tags: tuple[str, ...] = ()


class _Document(Frozen, frozen=True):
    version: str
    title: str
    home_page_url: str
    feed_url: str
    language: str
    authors: tuple[_Author, ...]
    items: tuple[msgspec.Raw, ...]
    description: str = ""


def outputs(collections: Iterable[Collection], edition: Edition) -> Iterator[Output]:
    """``feed.json`` beside the page of every collection that has a feed, and where the page stood before."""
    return feed.outputs(collections, edition, NAME, render)


def render(made: Feed, tools: Tools) -> bytes:
    """The feed: about itself, then its items."""
    return msgspec.json.encode(
        _Document(
            version=VERSION,
            title=made.title,
            home_page_url=absolute(made.site, made.url),
            feed_url=absolute(made.site, made.url + NAME),
            language=made.language,
            authors=(_Author(made.author),),
            items=tuple(msgspec.Raw(_item(item, made.site, feed.text(item, tools))) for item in made.items),
            description=made.subtitle,
        )
    )


@functools.lru_cache(maxsize=5_000)
def _item(item: Item, site: str, body: str) -> bytes:
    """An item, made once however many feeds it is in."""
    story = feed.story(item, site, body)
    return msgspec.json.encode(
        _Item(
            id=item.id,
            url=absolute(site, item.url),
            title=story.title,
            date_published=feed.stamp(item.published),
            date_modified=feed.stamp(item.updated),
            language=story.language,
            summary=story.summary,
            content_html=story.content,
            content_text="" if story.content else story.summary or story.title,
            image=story.image,
            authors=tuple(_Author(each.title, feed.address(site, each.url)) for each in item.authors),
            tags=item.tags,
        )
    )


FORMAT = Format("jsonfeed", outputs)
