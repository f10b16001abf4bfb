"""The calendar: a page for each month, with its weeks and what takes place on each day."""

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from sitegen import i18n
from sitegen.model import Entry, Face, Frozen, Link, face
from sitegen.plan import Collection, Section
from sitegen.site import Site


class Day(Frozen, frozen=True):
    """A day of a calendar sheet."""

    date: str
    cards: tuple[int, ...] = ()
    """What takes place: places in the list of the page's cards, from 0."""


class Week(Frozen, frozen=True):
    """A row of a calendar sheet; days of other months are empty."""

    days: tuple[Day | None, ...]


def collections(site: Site) -> Iterator[Collection]:
    """``/events/calendar/<yyyy-mm>/``, from the first event to the horizon."""
    months = site.programme.months
    language, first = site.config.language, site.config.week_start
    titles = {month: i18n.date(month, language, "yMMMM") for month in months}
    around = {month: [Section("before", ()), Section("after", ())] for month in months}
    for before, after in pairwise(months):
        around[before][1] = Section("after", (_link(site, after, titles),))
        around[after][0] = Section("before", (_link(site, before, titles),))
    for month, events in months.items():
        yield Collection(
            url=_url(site, month),
            title=titles[month],
            template="month.html",
            entries=events,
            sections=(Section("weeks", tuple(face(week) for week in weeks(month, events, first))), *around[month]),
            parents=(site.list_of("events"),),
        )


def _url(site: Site, month: str) -> str:
    return f"{site.root}/events/calendar/{month}/"


def _link(site: Site, month: str, titles: Mapping[str, str]) -> Face:
    return face(Link(titles[month], _url(site, month)))


def weeks(month: str, events: tuple[Entry, ...], first: int) -> Iterator[Week]:
    """The rows of a month; ``first`` is the first day of a week, Monday being 0."""
    on: dict[str, list[int]] = defaultdict(list)
    for index, entry in enumerate(events):
        when = entry.when
        day = dt.date.fromisoformat(max(when.start[:10], f"{month}-01")) if when and when.dated else None
        while day and when and day.isoformat() <= when.last_day and day.isoformat()[:7] == month:
            on[day.isoformat()].append(index)
            day += dt.timedelta(days=1)
    for row in calendar.Calendar(first).monthdatescalendar(int(month[:4]), int(month[5:])):
        texts = [day.isoformat() for day in row]
        yield Week(tuple(Day(text, tuple(on[text])) if text[:7] == month else None for text in texts))
