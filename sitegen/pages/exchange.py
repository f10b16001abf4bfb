"""The exchange and mentoring: needs with those who meet them, needs that nobody meets yet, and offers by topic."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import Any, TypeVar

import msgspec

from sitegen.insight import matching
from sitegen.insight.matching import Market, Offered
from sitegen.model import Frozen, face
from sitegen.plan import Collection, Section
from sitegen.site import Site

T = TypeVar("T")


class Slice(Frozen, frozen=True):
    """One of the pages over which a long list goes."""

    url: str
    """Of the first of them."""
    number: int
    """From 1."""
    numbers: int


def collections(site: Site) -> Iterator[Collection]:
    """``/exchange/`` and ``/mentoring/``, where anybody has to do with it, or there are words at the head."""
    for name, title, template, is_there, found in (
        ("exchange", site.says("Exchange"), "exchange.html", matching.has_exchange, matching.exchange),
        ("mentoring", site.says("Mentoring"), "mentoring.html", matching.has_mentoring, matching.mentoring),
    ):
        intro = site.introductions.get(name)
        if intro or is_there(site):
            first = Collection(f"{site.root}/{name}/", title, template, intro=intro)
            yield from _pages(first, found(site), site.config.page_size)


def _pages(first: Collection, market: Market, size: int) -> Iterator[Collection]:
    """As many pages as the longest of the lists needs; each shows the next slice of all of them.

    The words at the head, with their pictures, are on the first.
    """
    nothing: tuple[Any, ...] = ()
    lists = (_sliced(market.matches, size), _sliced(market.open, size), _parted(market.offers, size))
    parts = tuple(zip_longest(*lists, fillvalue=nothing)) or ((nothing, nothing, nothing),)
    later = replace(first, title=first.intro.title if first.intro else first.title, intro=None)
    for number, (matches, wanted, offers) in enumerate(parts, 1):
        yield replace(
            first if number == 1 else later,
            url=first.url if number == 1 else f"{first.url}page/{number}/",
            sections=(
                Section("matches", tuple(map(face, matches)), len(market.matches)),
                Section("open", tuple(map(face, wanted)), len(market.open)),
                Section("offers", tuple(map(face, offers)), len(market.offers)),
                Section("full", (), market.full),
                Section("slice", (face(Slice(first.url, number, len(parts))),)),
            ),
        )


def _sliced(rows: tuple[T, ...], size: int) -> Iterator[tuple[T, ...]]:
    for first in range(0, len(rows), size):
        yield rows[first : first + size]


def _parted(offers: Iterable[Offered], size: int) -> Iterator[tuple[Offered, ...]]:
    """The offers of so many people each; a topic that more offer goes on in the next slice."""
    part: list[Offered] = []
    room = size
    for each in offers:
        people = each.people
        while people:
            part.append(msgspec.structs.replace(each, people=people[:room]))
            people, room = people[room:], room - len(people[:room])
            if room == 0:
                yield tuple(part)
                part, room = [], size
    if part:
        yield tuple(part)
