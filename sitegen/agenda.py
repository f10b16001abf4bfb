"""The agenda: the sessions of an event, with their times."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

from sitegen import times
from sitegen.common import Item, Path, Problems, unreadable, warn
from sitegen.model import Link, Session, When
from sitegen.occasion import Occasion, Part, after, contradictions, is_address
from sitegen.problems import At, Problem
from sitegen.slugs import slugify


def sessions(item: Item, model: Occasion, span: When, within: Path = ()) -> tuple[tuple[Session, ...], Problems]:
    """The sessions in the order in which they are written, with their times, and what is wrong with them.

    A session without a start begins when the one before it ends, the first with the event itself; one without a day
    is on the day of the one before it.
    """
    zone = times.zone(span.zone)
    day = times.read(span.start[:10], times.ANY_YEAR).date if span.dated else None
    first_day = day
    before = times.read(span.start, times.ANY_YEAR) if span.dated and "T" in span.start else None
    found: list[Session] = []
    problems: list[Problem] = []
    taken: set[str] = set()
    for index, part in enumerate(model.sessions):
        path = (*within, "sessions", index)
        key, begins, ends = "day", "", ""
        start = end = None
        try:
            if part.day:
                day = _day(part.day, first_day)
            key = "start"
            start = _beginning(part, day, before)
            begins = times.local(start, zone) if start else day.isoformat() if part.day and day else ""
            key = "end" if part.end else "duration"
            end = _ending(part, start, zone)
            _refuse_an_early_end(start, end, zone)
            ends = times.local(end, zone) if end else ""
            problems += _odd_hours(item, path, (start, end), span, zone)
        except times.Unreadable as error:
            problems.append(unreadable(At(item.path, (*path, key)), error))
        problems += [
            warn(item.path, (*path, name), message, hint)
            for name, written in (("start", start), ("end", end))
            if written and getattr(part, name) and (name == "start" or (start and written.offset != start.offset))
            for message, hint in contradictions(written, zone)
        ]
        if start:
            day = start.date
            if said := _other_day(part, day.isoformat(), span):
                hint = f"it is {_days(span)}: correct this, or its end"
                problems.append(warn(item.path, (*path, said), "the event is not on this day", hint))
        before = end
        anchor = _anchor(part)
        if anchor in taken and part.slug:
            problems.append(Problem(At(item.path, (*path, "slug")), "another session has this slug", "choose another"))
        anchor = next(name for name in (anchor, *(f"{anchor}-{n}" for n in range(2, 2 + index))) if name not in taken)
        taken.add(anchor)
        found.append(_session(part, anchor, begins, ends))
    return tuple(found), tuple(problems)


def _odd_hours(
    item: Item, path: Path, times_of: tuple[times.Written | None, times.Written | None], span: When, zone: ZoneInfo
) -> Problems:
    """What is said of a session that begins before the event does, or ends after it."""
    start, end = times_of
    begins, ends = (times.instant(each, zone).timestamp() if each else None for each in (start, end))
    if "T" not in span.start or (start and span.start[:10] > start.date.isoformat()):
        return ()
    if begins is not None and begins < span.begins:
        return (warn(item.path, (*path, "start"), "this is before the event begins", "one of the two is wrong"),)
    if ends is not None and "T" in span.end and ends > span.over:
        return (warn(item.path, path, "it ends after the event", "one of the two is wrong"),)
    return ()


def _other_day(part: Part, day: str, span: When) -> str:
    """The field that puts a session on a day on which the event is not; empty where none does."""
    said = "day" if part.day else "start" if part.start and not times.is_time_alone(part.start) else ""
    return said if span.dated and not span.start[:10] <= day <= (span.end or span.start)[:10] else ""


def _days(span: When) -> str:
    first, last = span.start[:10], span.end[:10]
    return f"on {first}" if last in ("", first) else f"from {first} to {last}"


def _refuse_an_early_end(start: times.Written | None, end: times.Written | None, zone: ZoneInfo) -> None:
    if start and end and times.instant(end, zone).timestamp() <= times.instant(start, zone).timestamp():
        raise times.Unreadable("this is not after its start", "an end on the next day needs its date")


def _session(part: Part, anchor: str, start: str, end: str) -> Session:
    links = (("slides", part.slides), ("recording", part.recording), ("notes", part.notes))
    return Session(
        anchor=anchor,
        title=part.title,
        start=start,
        end=end,
        room=part.room or "",
        track=part.track or "",
        type=part.type or "",
        lang=part.lang or "",
        abstract=part.abstract or "",
        materials=tuple(Link(name, text) if is_address(text) else Link(text) for name, text in links if text),
    )


def _day(text: str, first: dt.date | None) -> dt.date:
    """The day of a session: a date, or its number counted from the first."""
    if re.fullmatch(r"[1-9][0-9]?", text):
        if first is None:
            raise times.Unreadable("the event has no day yet to count from", "write a date such as 2026-11-07")
        return first + dt.timedelta(days=int(text) - 1)
    written = times.read(text) if re.search(r"\d", text) else None
    if written is None or written.precision != "day":
        raise times.Unreadable("this is not a day", "write a date such as 2026-11-07, or 2 for the second day")
    return written.date


def _beginning(part: Part, day: dt.date | None, before: times.Written | None) -> times.Written | None:
    if not part.start:
        return before if before and (part.day is None or before.date == day) else None
    on = times.Written(day, "day") if day else None
    if on is None and times.is_time_alone(part.start):
        raise times.Unreadable("the day is missing", "add day: 2026-11-07, or leave the time out until it is known")
    return _time(part.start, on)


def _time(text: str, on: times.Written | None) -> times.Written:
    """A time on a day, or with a day of its own."""
    written = (times.read_end(text, on) if on else times.read(text)) if re.search(r"\d", text) else None
    if written is None or written.precision != "time":
        raise times.Unreadable("this is not a time", "write a time such as 18:30")
    return written


def _ending(part: Part, start: times.Written | None, zone: ZoneInfo) -> times.Written | None:
    """When a session ends; None where that is not said."""
    if part.end and part.duration:
        raise times.Unreadable("the end is said twice", "keep end or duration, not both")
    if start is None:
        return None
    if part.end:
        return _time(part.end, start)
    return after(start, part.duration, zone) if part.duration else None


def _anchor(part: Part) -> str:
    """The fragment of a session's address; what the page needs for itself it leaves alone."""
    anchor = part.slug or slugify(part.title) or "session"
    return f"session-{anchor}" if _PAGES_OWN.match(anchor) else anchor


_PAGES_OWN = re.compile(r"main$|text-|\d{4}-\d\d-\d\d")
"""What the page has by this name: its main part, headings of the text, dates of a repetition."""
