"""Entries and pages made by hand, and the feeds that they have."""

import datetime as dt
from typing import Any

from sitegen import text
from sitegen.model import Card, Config, Entry, Link, Settings, Topic, When, face
from sitegen.plan import Collection, Edition, Format

CONFIG = Config(
    "Working Order", "https://example.org/", Settings("Europe/Oslo", "https://example.org/"), tagline="Lifts and looms"
)
UID = "515ce701-1140-4e0e-b2d0-e19e5510875b"


def seconds(moment: str) -> int:
    """A moment of UTC in seconds since 1970."""
    return int(dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC).timestamp())


def when(start: str, end: str = "", zone: str = "UTC", status: str = "confirmed") -> When:
    """A time or a span of days; its instants are those of UTC, whatever the zone."""
    begins, over = (seconds(each) if len(each) >= len("2026-11-07") else 0 for each in (start, end or start))
    return When(start, end, zone, begins, over, status)


def entry(title: str = "Lifts", url: str = "/news/lifts/", body: str = "", **fields: Any) -> Entry:
    """Something with a page. ``fields`` are those of the entry, times in words, and ``card`` those of its card."""
    card = Card("news", title, url, **fields.pop("card", {}))
    moments = {"published": "2026-11-01T09:00", **{each: fields.pop(each) for each in MOMENTS & fields.keys()}}
    fields |= {name: seconds(each) for name, each in moments.items()}
    return Entry(
        kind="news",
        id="lifts",
        source=fields.pop("source", "news/lifts.md"),
        within="",
        url=url,
        title=title,
        sort=title,
        link=face(Link(title, url)),
        card=face(card),
        full=face({}),
        body=body.encode(),
        when=card.when,
        uid=fields.pop("uid", UID),
        tags=tuple(Topic(each.lower(), each) for each in fields.pop("tags", ())),
        **fields,
    )


MOMENTS = {"published", "updated"}


def page(*feed: Entry, url: str = "/news/", title: str = "News", language: str = "en", **fields: Any) -> Collection:
    """A page with a feed of these entries."""
    return Collection(url, title, "", feed=feed, language=language, **fields)


class Texts:
    """What renders texts; their digests are here the texts themselves."""

    def text(self, digest: bytes) -> str:
        """The safe HTML of a text, as a build makes it."""
        return text.html(digest.decode(), level=3, prefix="text-")


def files(made: Format, *collections: Collection, config: Config = CONFIG) -> dict[str, bytes]:
    """The feeds of some pages by their paths; each has one."""
    outputs = tuple(made.outputs(collections, Edition(config)))
    found = {each.path: each.render(each.inputs, Texts()) for each in outputs}  # type: ignore[arg-type]
    assert len(found) == len(outputs), "two outputs of one path"
    return found


SITE = """
-- site.yaml --
name: Working Order
url: https://example.org/
timezone: Europe/Oslo
languages: [en, es]
-- members/ada.yaml --
name: Ada Okafor
-- groups/looms.md --
---
title: Looms
leads: ada
aliases: weavers
---
-- news/lifts.md --
---
title: Lifts
date: 2026-11-02
authors: [ada, Jane Doe, anonymous]
---
The *old* ones.
-- news/lifts.es.md --
---
title: Ascensores
---
Los viejos.
-- events/talk.yaml --
title: Talk
start: 2026-12-24 18:00
groups: looms
status: cancelled
publish_date: 2026-11-03
"""
"""A site with news in two languages, and a group with an event that is cancelled."""
