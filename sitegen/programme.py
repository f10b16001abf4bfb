"""The programme: every date of every event, and what of it is to come, over, or open at a moment.

`site` gives the moment. A date of a repetition is shown as the entry with this date in the place of its own.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, pairwise

import msgspec

from sitegen import recurrence, times
from sitegen.clock import later, month_of
from sitegen.common import Problems, Waiting, place_in
from sitegen.model import (
    Card,
    Config,
    Entry,
    Face,
    Frozen,
    Link,
    Override,
    Repetition,
    VEvent,
    When,
    Window,
    face,
    shown,
)
from sitegen.occasion import OFF
from sitegen.occurrences import Known, dates_near, no_such_date
from sitegen.problems import At, Problem, Severity, did_you_mean

EDITIONS = 3
"""How many earlier and later editions of a series a page links."""
FOLLOWING = 3
"""So many dates of a repetition that take place follow the next one in lists, for when that is over."""
LAST_YEAR = 2250
"""No date is looked for after it."""
GAP = 120
"""Months without any event after which the calendar goes on with the next that has one."""


class Date(Frozen, frozen=True):
    """A date of a repetition as its page shows it."""

    anchor: str
    """The fragment of its address: the date that the repetition has for it."""
    when: When
    over: bool
    planned: str = ""
    """The start that the repetition has for it, where anything differs; empty where nothing does."""
    url: str = ""
    """The page of the event that takes its place."""
    title: str = ""
    """Of that event."""
    standing: tuple[str, ...] = ()
    """Which of its own windows are not open: registration-early, call-closed …"""


class Following(Frozen, frozen=True):
    """A date of a repetition that lists of what is to come show when the one before it is over."""

    entry: Entry
    since: int
    """The first moment after the one before it, in seconds since 1970."""
    last: bool
    """The repetition ends with it."""


@dataclass(frozen=True, slots=True)
class Programme:
    """All events in time."""

    events: tuple[Entry, ...]
    """Those that lists show, each with all its dates, as calendars have them; the first first."""
    linked: Mapping[str, Entry]
    """All of them, by reference."""
    upcoming: tuple[Entry, ...]
    """What is not over, the next first; of a repetition the next date, and before it those that are cancelled."""
    past: tuple[Entry, ...]
    """What is over, the last first; of a repetition one for each year."""
    ahead: Mapping[str, tuple[Entry, ...]]
    """What of an event is in `upcoming`, by reference."""
    behind: Mapping[str, tuple[Entry, ...]]
    """What of an event is in `past`, by reference."""
    following: Mapping[str, tuple[Following, ...]]
    """The next dates of a repetition after those in `upcoming`, by reference."""
    months: Mapping[str, tuple[Entry, ...]]
    """What takes place in each month of the calendar (``2026-11``), in order; a month may have nothing."""
    month: str
    """The month of the calendar that is the present one, or the nearest to it; empty without any."""
    dates: Mapping[str, tuple[Date, ...]]
    """The dates of each repetition up to the horizon, by reference."""
    editions: Mapping[str, tuple[tuple[Entry, ...], tuple[Entry, ...]]]
    """Earlier and later events of the same series, by reference."""
    stands_for: Mapping[str, Link]
    """The date of a series whose place an event takes, by the reference of the event."""
    standing: Mapping[str, tuple[str, ...]]
    """What is so of an event at present, by reference: over, registration-early, call-closed …"""
    variants: Mapping[tuple[str, str], Entry]
    """Every event with its nearest date, and its dates that differ, by reference and planned start."""
    moments: tuple[int, ...]
    """The moments at which any of this changes, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class _Event:
    """An event with all its dates up to the horizon."""

    entry: Entry
    dates: tuple[tuple[str, When, Override | None], ...]
    """Planned start (empty for an event that does not repeat), when it is, and what differs."""
    replaced: Mapping[str, Entry]
    """The events that take the place of dates, by planned start."""


def programme(
    config: Config, entries: Iterable[Entry], waiting: Iterable[Waiting], now: int
) -> tuple[Programme, Problems]:
    """The programme at ``now`` (seconds since 1970), and what is wrong with dates that are to be replaced.

    ``waiting`` are entries that exist and are not published.
    """
    settings = config.settings
    present = month_of(now, settings.zone)
    last = later(present, config.horizon)
    horizon = dt.datetime.fromisoformat(f"{later(last)}-01")
    every = tuple(entry for entry in entries if entry.when)
    replacing, related, problems = _replacing(every, frozenset(each.id for each in waiting if each.kind == "events"))
    linked = [_linked(entry, tuple(replacing.get(entry.ref, ())), related.get(entry.ref, "")) for entry in every]
    every_date = [_Event(entry, tuple(_dates(entry, horizon, now)), replacing.get(entry.ref, {})) for entry in linked]
    events = [each for each in every_date if each.entry.expires is None or each.entry.expires > now]
    ahead = {each.entry.ref: _ahead(each, now) for each in events}
    behind = {each.entry.ref: _behind(each, now) for each in events}
    upcoming = sorted(chain.from_iterable(ahead.values()), key=_by_time)
    past = sorted(chain.from_iterable(behind.values()), key=_by_time, reverse=True)
    months = _months(events, present, last)
    moments = chain(
        (when.over for each in every_date for _, when, _ in each.dates),
        (moment for each in linked for window in _windows(each) for moment in (window.opens, window.closes) if moment),
        (_first_moment(month, settings.zone) for month in (present, later(present)) if every),
    )
    return Programme(
        events=tuple(sorted((each.entry for each in events), key=_by_time)),
        linked={entry.ref: entry for entry in linked},
        upcoming=tuple(upcoming),
        past=tuple(past),
        ahead=ahead,
        behind=behind,
        following={each.entry.ref: found for each in events if (found := _following(each, now))},
        months=months,
        month=_nearest(present, tuple(months)),
        dates={
            each.entry.ref: tuple(sorted(_rows(each, now), key=lambda row: row.when.begins))
            for each in every_date
            if each.entry.repetition
        },
        editions=_editions(each.entry for each in events),
        stands_for={
            entry.ref: Link(each.entry.title, f"{each.entry.url}#{planned[:10]}")
            for each in every_date
            for planned, entry in each.replaced.items()
        },
        standing={each.entry.ref: tuple(_standing(each, now)) for each in every_date},
        variants=dict(_variants(events, ahead, behind)),
        moments=tuple(moments),
    ), (*problems, *_same_uids(linked))


def _same_uids(entries: Iterable[Entry]) -> Iterator[Problem]:
    """Events that calendars would take for one: who subscribes would see one of them only."""
    owners: dict[str, Entry] = {}
    for entry in entries:
        first = owners.setdefault(shown(entry.vevent, VEvent).uid, entry) if entry.vevent else entry
        if first is not entry:
            hint = "give one of the two a uid of its own, or take the old id out of its aliases"
            at = place_in(entry)
            yield Problem(at, f"calendars would take this event for that of {first.source}: they have one uid", hint)


def _by_time(entry: Entry) -> tuple[int, str]:
    return entry.when.begins if entry.when else 0, entry.id


def _dates(entry: Entry, horizon: dt.datetime, now: int) -> Iterator[tuple[str, When, Override | None]]:
    """Every date of an event that is planned before the horizon, and the next one wherever that is."""
    if entry.when is None:
        return
    if entry.repetition is None:
        yield "", entry.when, None
        return
    overrides = {each.planned: each for each in entry.overrides}
    has_next = False
    for start in recurrence.starts(entry.repetition):
        if (has_next and start >= horizon) or start.year > LAST_YEAR:
            break
        planned = recurrence.text_of(start, entry.repetition.start)
        override = overrides.get(planned)
        when = override.when if override else recurrence.when_of(entry.repetition, start)
        has_next = has_next or when.over > now
        overrides.pop(planned, None)
        yield planned, when, override
    yield from ((each.planned, each.when, each) for each in overrides.values())


def _on(entry: Entry, planned: str, when: When, override: Override | None, *, anchored: bool) -> Entry:
    """The entry on one of its dates; with an anchor where a list has several of them."""
    if not planned:
        return entry
    card = shown(override.card if override else entry.card, Card)
    url = f"{entry.url}#{planned[:10]}" if anchored else entry.url
    made = msgspec.structs.replace(card, when=when, url=url, rule=None if anchored else shown(entry.card, Card).rule)
    return msgspec.structs.replace(entry, when=when, card=face(made))


def _ahead(event: _Event, now: int) -> tuple[Entry, ...]:
    """What lists of events to come show of an event."""
    found = []
    for planned, when, override in sorted(event.dates, key=lambda each: each[1].begins):
        if when.over > now:
            found.append(_on(event.entry, planned, when, override, anchored=False))
            if when.status not in OFF or (event.entry.repetition and event.entry.repetition.status in OFF):
                break
    return tuple(found)


def _following(event: _Event, now: int) -> tuple[Following, ...]:
    """The dates after those of `_ahead`: none of a repetition that is off altogether, which is there with all."""
    if event.entry.repetition is None or event.entry.repetition.status in OFF:
        return ()
    dates = sorted((each for each in event.dates if each[1].over > now), key=lambda each: each[1].begins)
    holds = [index for index, (_, when, _) in enumerate(dates) if when.status not in OFF]
    found = []
    for before, index in pairwise(holds[: FOLLOWING + 1]):
        since = max(when.over for _, when, _ in dates[: before + 1])
        for at in range(before + 1, index + 1):
            entry = _on(event.entry, *dates[at], anchored=False)
            found.append(Following(entry, since, at == index and index == holds[-1]))
    return tuple(found)


def _behind(event: _Event, now: int) -> tuple[Entry, ...]:
    """What the archive shows of an event: of a repetition one entry for each year, with the count of its dates."""
    years: dict[str, list[tuple[str, When, Override | None]]] = defaultdict(list)
    for each in event.dates:
        if each[1].over <= now:
            years[each[1].start[:4]].append(each)
    found = []
    for dates in years.values():
        held = [each for each in dates if each[1].status not in OFF] or dates
        planned, when, override = max(held, key=lambda each: each[1].begins)
        if len(held) == 1:
            found.append(_on(event.entry, planned, when, override, anchored=True))
            continue
        card = msgspec.structs.replace(shown(event.entry.card, Card), when=when, dates=len(held))
        found.append(msgspec.structs.replace(event.entry, when=when, card=face(card)))
    return tuple(found)


def count(entries: Iterable[Entry]) -> int:
    """How many dates stand behind some entries of the archive."""
    return sum(max(shown(entry.card, Card).dates, 1) for entry in entries)


def in_time(programme: Programme, events: Iterable[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Of some events what is to come, the next first, and what is over, the last first."""
    events = tuple(events)
    ahead = [each for event in events for each in programme.ahead.get(event.ref, ())]
    behind = [each for event in events for each in programme.behind.get(event.ref, ())]
    return sorted(ahead, key=_by_time), sorted(behind, key=_by_time, reverse=True)


def _rows(event: _Event, now: int) -> Iterator[Date]:
    """The dates of a repetition as its page shows them, with those whose place another event has taken."""
    for planned, when, override in event.dates:
        standing = tuple(states(override.windows, now)) if override else ()
        yield Date(planned[:10], when, when.over <= now, planned if override else "", standing=standing)
    for planned, other in event.replaced.items():
        if other.when:
            yield Date(planned[:10], other.when, other.when.over <= now, url=other.url, title=other.title)


def _standing(event: _Event, now: int) -> Iterator[str]:
    if all(when.over <= now for _, when, _ in event.dates):
        yield "over"
    yield from states(event.entry.windows, now)


def _windows(entry: Entry) -> Iterator[Window]:
    yield from entry.windows
    for override in entry.overrides:
        yield from override.windows


def states(windows: Iterable[Window], now: int) -> Iterator[str]:
    """Which windows are not open yet, or not any more."""
    for window in windows:
        if window.opens is not None and now < window.opens:
            yield f"{window.name}-early"
        elif window.closes is not None and window.closes <= now:
            yield f"{window.name}-closed"


def _variants(
    events: Iterable[_Event], ahead: Mapping[str, tuple[Entry, ...]], behind: Mapping[str, tuple[Entry, ...]]
) -> Iterator[tuple[tuple[str, str], Entry]]:
    for event in events:
        ref = event.entry.ref
        nearest = (*reversed(ahead[ref]), *reversed(behind[ref]), event.entry)[0]  # the last ahead takes place
        whole = msgspec.structs.replace(shown(event.entry.card, Card), when=nearest.when)
        yield (ref, ""), msgspec.structs.replace(event.entry, when=nearest.when, card=face(whole))
        for planned, when, override in event.dates:
            if override:
                alone = _on(event.entry, planned, when, override, anchored=True)
                yield (ref, planned), msgspec.structs.replace(alone, vevent=override.vevent)


def following(programme: Programme, events: Iterable[Entry]) -> tuple[Face, ...]:
    """Cards of the dates that come when the next ones of these events are over, each with the moment ``since`` then.

    ``goes_on`` are those after which their repetitions have further dates.
    """
    found = [each for ref in dict.fromkeys(event.ref for event in events) for each in programme.following.get(ref, ())]
    return tuple(
        face({**shown(each.entry.card, dict), "since": each.since, "goes_on": not each.last})
        for each in sorted(found, key=lambda each: _by_time(each.entry))
    )


# --- Dates whose place another event takes


def _replacing(
    entries: tuple[Entry, ...], waiting: frozenset[str]
) -> tuple[dict[str, dict[str, Entry]], dict[str, str], Problems]:
    """The events that take the place of dates, by the reference of the series and the planned start.

    Then the UID of the series, by the reference of the event; and what is wrong.
    """
    by_id = {entry.id: entry for entry in entries}
    by_alias = {alias: entry for entry in entries for alias in entry.aliases}
    found: dict[str, dict[str, Entry]] = defaultdict(dict)
    related: dict[str, str] = {}
    problems: list[Problem] = []
    for entry in entries:
        if entry.instead_of is None:
            continue
        ident, date = entry.instead_of
        series = by_id.get(ident) or by_alias.get(ident)
        at = place_in(entry, "instead_of", "event")
        if series is None:
            problems.append(_without_series(at, ident, by_id, waiting))
            continue
        if ident not in by_id:
            problems.append(Problem(at, "this is an old id of an event", f"the id is now {series.id}", Severity.NOTE))
        if series.repetition is None:
            problems.append(Problem(at, "this event does not repeat", "name the one whose date it takes"))
            continue
        start, problem = _start_on(entry, series, series.repetition, date)
        if problem:
            problems.append(problem)
        elif start in found[series.ref]:
            at = place_in(entry, "instead_of", "date")
            message, hint = "another event takes the place of this date, too", f"see {found[series.ref][start].source}"
            problems.append(Problem(at, message, hint, Severity.WARNING))
        else:
            found[series.ref][start] = entry
            related[entry.ref] = shown(series.vevent, VEvent).uid if series.vevent else ""
    return found, related, tuple(problems)


def _without_series(at: At, ident: str, known: Iterable[str], waiting: Collection[str]) -> Problem:
    if ident in waiting:
        hint = "the event stands by itself until that one is; a mistake in its file is told there"
        return Problem(at, "the event with this id is not published", hint, Severity.WARNING)
    return Problem(at, "there is no event with this id", did_you_mean(ident, known))


def _start_on(entry: Entry, series: Entry, repetition: Repetition, date: str) -> tuple[str, Problem | None]:
    """The planned start of a series on a date, or what is wrong with the date."""
    at = place_in(entry, "instead_of", "date")
    written = times.read(date)
    if written.precision in ("year", "month"):
        return "", Problem(at, "the day is missing", "write a date such as 2026-11-07")
    known = Known(dates_near((written.date,), repetition), times.zone(repetition.zone))
    found = known.meant(written)
    if not found:
        return "", no_such_date(at, written, known.starts)
    start = recurrence.text_of(found[0], repetition.start)
    if any(each.planned == start for each in series.overrides):
        return "", Problem(at, "the event that repeats has a change for this date, too", "remove one of the two")
    return start, None


def _linked(entry: Entry, taken: tuple[str, ...], series: str) -> Entry:
    """The entry as calendars have it: a series without the dates that others have taken, these with its UID."""
    if entry.vevent is None or not (taken or series):
        return entry
    vevent, repetition = shown(entry.vevent, VEvent), entry.repetition
    if repetition:
        repetition = msgspec.structs.replace(repetition, skipped=(*repetition.skipped, *taken))
    changes = tuple(each for each in vevent.changes if each.planned not in taken)  # those that clocks make differ
    made = msgspec.structs.replace(vevent, repetition=repetition, changes=changes, related=series)
    return msgspec.structs.replace(entry, repetition=repetition, vevent=face(made))


# --- Months and series


def _months(events: Iterable[_Event], present: str, last: str) -> dict[str, tuple[Entry, ...]]:
    """What takes place in each month, from the first event to the horizon and as far as there are events."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for event in events:
        for planned, when, override in event.dates:
            if len(when.start) < len("2026-11"):
                continue
            entry = _on(event.entry, planned, when, override, anchored=True)
            month, end = when.start[:7], when.last_day[:7]
            while month <= end:
                found[month].append(entry)
                month = later(month)
    if not found:
        return {}
    there = sorted({*found, *((present, last) if min(found) <= present else (last,))})
    months: list[str] = []
    for month, following in pairwise((*there, there[-1])):
        months.append(month)
        between = later(month)
        if later(month, GAP) >= following:
            while between < following:
                months.append(between)
                between = later(between)
    return {month: tuple(sorted(found[month], key=_by_time)) for month in months}


def _nearest(present: str, months: tuple[str, ...]) -> str:
    """The present month, or the next one that the calendar has."""
    return next((each for each in months if each >= present), months[-1] if months else "")


def _first_moment(month: str, zone: str) -> int:
    return int(times.midnight(dt.date.fromisoformat(f"{month}-01"), times.zone(zone)).timestamp())


def _editions(events: Iterable[Entry]) -> dict[str, tuple[tuple[Entry, ...], tuple[Entry, ...]]]:
    """The events next to each in its series, the nearest first."""
    series: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(events, key=_by_time):
        if entry.series:
            series[entry.series.slug].append(entry)
    return {
        entry.ref: (
            tuple(reversed(all_[max(index - EDITIONS, 0) : index])),
            tuple(all_[index + 1 : index + 1 + EDITIONS]),
        )
        for all_ in series.values()
        for index, entry in enumerate(all_)
    }
