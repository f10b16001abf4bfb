"""What a visitor may look for: a short record of every entry and topic, for the search that runs in the browser.

Texts stand as they were written: folding case and accents is the reader's, who does the same with what is typed.
"""

import functools
from collections.abc import Iterable, Iterator
from itertools import chain

import msgspec

from sitegen.model import Card, Face, Frozen, Referent, shown
from sitegen.plan import Collection, Edition, Format, Output, Tools, href

VERSION = 1
FIELDS = ("kind", "title", "url", "subtitle", "names", "place", "topics", "groups", "summary", "date", "lang")
"""The values of a record, in order; those at the end that are empty are left out. Names, topics, groups are lists.

Groups are all that somebody belongs to, organizations too.
"""
PART = 5_000
"""How many records a file has at most."""
FOLDER = "search"
BELONGING = ("groups", "organization", "organizations")
"""The parts of what an entry belongs to."""


class Found(Frozen, frozen=True):
    """What is known of a page that a search may find."""

    kind: str
    title: str
    url: str
    card: Face | None = None
    names: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    date: str = ""
    lang: str = ""


class Records(Frozen, frozen=True):
    """All that goes into a file of records."""

    base: str
    """The path at which the site stands."""
    kinds: tuple[tuple[str, str], ...]
    """What the kinds are called in lists."""
    found: tuple[Found, ...]


class Parts(Frozen, frozen=True):
    """The files in which the records are, where these are many."""

    base: str
    urls: tuple[str, ...]


def outputs(collections: Iterable[Collection], edition: Edition) -> Iterator[Output]:
    """``/search/records.json`` in every language; with more than `PART` records, it lists the files that have them."""
    everything = tuple(collections)
    pages = tuple(each for each in everything if _is_looked_for(each))
    base = edition.config.base
    for root in dict.fromkeys(("", *(each.root for each in everything))):
        kept = _of_language(pages, root)
        found = tuple(_found(each, root) for each in kept)
        pairs = reversed(tuple(zip(found, kept, strict=True)))  # what the language itself calls them comes last
        kinds = {one.kind: each.parents[0].title for one, each in pairs if each.parents}
        origin = tuple(dict.fromkeys(each.about.source for each in kept if each.about))
        path = f"{root}/{FOLDER}/records".lstrip("/")
        parts = [found[first : first + PART] for first in range(0, len(found), PART)] or [()]
        paths = (
            [f"{path}.json"] if len(parts) == 1 else [f"{path}-{number}.json" for number in range(1, len(parts) + 1)]
        )
        for name, part in zip(paths, parts, strict=True):
            yield Output(name, "", render, Records(base, tuple(sorted(kinds.items())), part), origin)
        if len(parts) > 1:
            yield Output(f"{path}.json", "", render_parts, Parts(base, tuple(f"/{name}" for name in paths)))


def _is_looked_for(page: Collection) -> bool:
    return not page.unlisted and (page.about is not None or page.template == "topic.html")


def _of_language(pages: tuple[Collection, ...], root: str) -> tuple[Collection, ...]:
    """The pages of a language, and those of entries that stand in the site's own alone."""
    own = tuple(each for each in pages if each.root == root)
    there = {each.about.ref for each in own if each.about}
    return (*own, *(each for each in pages if not each.root and each.about and each.about.ref not in there))


def _found(page: Collection, root: str) -> Found:
    entry = page.about
    lang = "" if page.root == root else page.language
    if entry is None:  # a topic: its kind is the list in which it is
        return Found(page.url.removeprefix(page.root).split("/")[1], page.title, page.url, lang=lang)
    when = page.when or entry.when
    labels = (*entry.skills, *entry.tags, *entry.organizations, *chain.from_iterable(each for _, each in entry.own))
    return Found(
        kind=entry.kind,
        title=entry.title,
        url=page.url,
        card=entry.card,
        names=tuple(each for each in dict.fromkeys(entry.names) if each != entry.title),
        topics=tuple(dict.fromkeys(each.label for each in labels)),
        groups=tuple(dict.fromkeys(each.name for each in page.referents if _is_page_of_group(each))),
        date=when.start if when else "",
        lang=lang,
    )


def _is_page_of_group(each: Referent) -> bool:
    """What has no page is not named here: it could be somebody's name, which pages alone have."""
    return each.part in BELONGING and each.url.startswith("/")


def render(records: Records, tools: Tools) -> bytes:
    """The records, one to a line."""
    del tools
    head = {"v": VERSION, "fields": FIELDS, "kinds": dict(records.kinds)}
    lines = b",\n".join(_record(each, records.base) for each in records.found)
    return msgspec.json.encode(head)[:-1] + b',"records":[\n' + lines + b"\n]}\n"


def render_parts(parts: Parts, tools: Tools) -> bytes:
    """Where the records are."""
    del tools
    return msgspec.json.encode({"v": VERSION, "parts": [href(parts.base, url) for url in parts.urls]}) + b"\n"


@functools.lru_cache(maxsize=50_000)
def _record(found: Found, base: str) -> bytes:
    card = shown(found.card, Card) if found.card else Card(found.kind, found.title, found.url)
    values = [
        found.kind,
        found.title,
        href(base, found.url),
        card.subtitle,
        found.names,
        card.place,
        found.topics,
        found.groups,
        card.summary,
        found.date,
        card.lang or found.lang,
    ]
    while not values[-1]:
        values.pop()
    return msgspec.json.encode(values)


FORMAT = Format("search", outputs)
