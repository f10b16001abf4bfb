"""The dates of a repetition that differ from the others: overrides, in the words of iCalendar (RFC 5545, 3.8.4.4)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import msgspec

from sitegen import recurrence, times
from sitegen.agenda import sessions
from sitegen.common import Path, Problems, unreadable, warn
from sitegen.event import Context, Event, attendees, card, people_texts, references_in, suspicions, vevent
from sitegen.model import Length, Override, Repetition, Session, VEvent, When, Window, face
from sitegen.occasion import Change, contradictions, values_of, when, windows
from sitegen.occurrences import Known, dates_near, planned
from sitegen.problems import At, Problem
from sitegen.schema import present, validated
from sitegen.source import Data, digest


@dataclass(frozen=True, slots=True)
class Changes:
    """All dates of a repetition that differ from it."""

    overrides: tuple[Override, ...] = ()
    vevents: tuple[VEvent, ...] = ()
    bodies: tuple[str, ...] = ()
    texts: Mapping[str, Any] = field(default_factory=dict)
    attendees: tuple[tuple[str, str, Path], ...] = ()
    problems: Problems = ()


@dataclass(frozen=True, slots=True)
class _Date:
    """A date of a repetition that differs, as it was written."""

    path: Path
    start: datetime
    """The local start that the repetition has for it."""
    change: Change
    merged: Event
    """The event with the change."""
    span: When
    agenda: tuple[Session, ...]
    opened: tuple[Window, ...]


def changes(context: Context, repeated: Repetition) -> Changes:
    """Every date that differs, as an editor says or because clocks change while it lasts."""
    written = context.model.repeats.changes if context.model.repeats and context.model.repeats.changes else {}
    known = Known(dates_near(_days_of(written), repeated), times.zone(repeated.zone))
    problems: list[Problem] = []
    dates: dict[datetime, _Date] = {}
    for key, value in written.items():
        path = ("repeats", "changes", key)
        start, odd = planned(context.item, key, path, known, repeated.skipped)
        problems += odd
        if start in dates:
            problems.append(
                Problem(At(context.item.path, path, key=True), _TWICE, "put what differs into one of the two")
            )
        elif start:
            made, odd = _date(context, repeated, path, start, value)
            problems += odd
            if made:
                dates[start] = made
    found = [_override(context, repeated, each) for _, each in sorted(dates.items())]
    uneven = (each for each in recurrence.uneven(repeated) if each not in dates)
    return Changes(
        overrides=tuple(override for override, _ in found),
        vevents=(
            *(vevent for _, vevent in found),
            *(_uneven(context, repeated, each) for each in uneven),
        ),
        bodies=tuple(each.change.description for each in dates.values() if each.change.description),
        texts={"repeats": {"changes": {each.path[-1]: _texts_of(each.change) for each in dates.values()}}},
        attendees=tuple(
            attendee
            for start, each in dates.items()
            for attendee in attendees(each.change, recurrence.text_of(start, repeated.start), each.path)
        ),
        problems=tuple(problems),
    )


def _days_of(written: Mapping[str, Any]) -> Iterator[Any]:
    for key in written:
        try:
            yield times.read(key).date
        except times.Unreadable:  # told where it is looked for
            continue


def _date(
    context: Context, repeated: Repetition, path: Path, start: datetime, written: Any
) -> tuple[_Date | None, Problems]:
    """One date with its change; None where that cannot be read."""
    item = context.item
    is_word = not isinstance(written, dict)
    if not is_word and (whole := next((key for key in written if key in _OF_THE_WHOLE), None)):
        hint = "write it above, for all dates; or give this date a file of its own, with instead_of"
        return None, (Problem(At(item.path, (*path, whole), key=True), f"{whole} is the same on all dates", hint),)
    change, odd = validated(Change, {"status": written} if is_word else written, item.path)
    if is_word:
        odd = tuple(replace(each, hint=each.hint or _OR_FIELDS) for each in odd)
    odd = tuple(replace(each, at=replace(each.at, path=path if is_word else (*path, *each.at.path))) for each in odd)
    if change is None:
        return None, odd
    merged, span, odd = _merged(context, repeated, path, start, change)
    if span is None:
        return None, odd
    agenda, odd_sessions = sessions(item, change, span, path)
    opened, odd_windows = windows(item, change, span, context.settings, path)
    more = suspicions(item, change, span, context.settings, path)
    return _Date(path, start, change, merged, span, agenda, opened), (*odd, *odd_sessions, *odd_windows, *more)


_TWICE = "this date stands here a second time"
_OR_FIELDS = "or write what differs: {start: 19:30, title: …}"
_OF_THE_WHOLE = frozenset(Event.model_fields) - frozenset(Change.model_fields)
"""Fields that no date has for itself."""


def _merged(
    context: Context, repeated: Repetition, path: Path, start: datetime, change: Change
) -> tuple[Event, When | None, Problems]:
    """The event as it is on one date. A new start keeps the length, unless the change says an end or a duration."""
    values = {name: getattr(change, name) for name in change.model_fields_set if present(change, name)}
    zone = times.zone(change.timezone or repeated.zone)
    text = recurrence.text_of(start, repeated.start)
    try:
        begun = (
            times.read_end(change.start, times.read(text[:10], times.ANY_YEAR))
            if change.start
            else times.read(text, times.ANY_YEAR)
        )
        _refuse_without_a_day(begun)
        if begun.precision == "day" and "T" in repeated.start:  # a day alone is at the time of the series
            begun = replace(begun, precision="time", time=start.time())
        values |= {"start": times.iso(begun), "end": change.end, "duration": change.duration, "timezone": zone.key}
        merged = context.model.model_copy(update=values)
        if change.mode == "online" and not change.venue:
            merged = merged.model_copy(update={"venue": None})
        if not change.start and begun.precision == "time":  # no clock may show it, or show it twice
            begins = datetime.fromtimestamp(recurrence.when_of(repeated, start).begins, zone)
            merged = merged.model_copy(update={"start": begins.isoformat()})
        if change.end or change.duration:
            span, odd = when(context.item, merged, context.settings, path)
            return merged, span, odd
        local = times.local(begun, zone) if change.start else text
    except times.Unreadable as error:
        return context.model, None, (unreadable(At(context.item.path, (*path, "start")), error),)
    timed = begun.precision == "time"
    begins = datetime.fromisoformat(local)
    if timed and change.start:  # the second of two times that clocks show alike, where its offset says so
        begins = begins.replace(fold=times.instant(begun, zone).fold)
    length = recurrence.length_at(repeated, begins)
    if timed and "T" not in repeated.start:
        length = Length(minutes=context.settings.duration, shown=False)
    status = merged.status or "confirmed"
    odd = tuple(
        warn(context.item.path, (*path, "start"), message, hint)
        for message, hint in (contradictions(begun, zone) if change.start else ())
    )
    return merged, recurrence.when(length, begins, zone.key, status, timed=timed), odd


def _refuse_without_a_day(written: times.Written) -> None:
    if written.precision in ("year", "month"):
        raise times.Unreadable("the day is missing", "write a date such as 2026-11-07, or a time such as 19:30")


def _texts_of(change: Change) -> Data:
    return {**values_of(change), **people_texts(change), "description": change.description or ""}


_PLACE = frozenset(("venue", "online", "mode"))


def _override(context: Context, repeated: Repetition, one: _Date) -> tuple[Override, VEvent]:
    """One date as it is shown, and as calendars have it."""
    planned_start = recurrence.text_of(one.start, repeated.start)
    moved = recurrence.when_of(repeated, one.start).begins != one.span.begins
    changed = {name for name in one.change.model_fields_set if present(one.change, name)}
    changed |= (_PLACE | {"place"}) if changed & _PLACE else set()
    shown = msgspec.structs.replace(card(context, one.merged, one.span, ""), url=f"{context.page}#{planned_start[:10]}")
    values = {**values_of(one.merged), "place": shown.place, "mode": shown.mode}
    made = vevent(context, one.merged, one.span, planned=planned_start, moved=moved)
    body = one.change.description or ""
    return Override(
        planned=planned_start,
        when=one.span,
        card=face(shown),
        full=face({**{key: value for key, value in values.items() if key in changed}, "moved": moved}),
        vevent=face(msgspec.structs.replace(made, uid=f"{made.uid}-{planned_start[:10]}", planned="")),
        body=digest(body.encode()) if body else b"",
        references=tuple(references_in(one.change, one.path)),
        sessions=one.agenda,
        windows=one.opened,
    ), made


def _uneven(context: Context, repeated: Repetition, start: datetime) -> VEvent:
    """A date that lasts otherwise than the first, or that begins or ends where clocks change."""
    text = recurrence.text_of(start, repeated.start)
    return vevent(context, context.model, recurrence.when_of(repeated, start), planned=text)


def whole(context: Context, span: When, repeated: Repetition | None, changed: Changes) -> VEvent:
    """The event as calendars have it, with all its dates."""
    made = vevent(context, context.model, span)
    ordered = tuple(sorted(changed.vevents, key=lambda each: each.planned))
    return msgspec.structs.replace(made, repetition=repeated, changes=ordered)
