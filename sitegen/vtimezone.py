"""The VTIMEZONE of a zone (RFC 5545, section 3.6.5), as a calendar has it: by yearly rules wherever there are any.

Outlook understands nothing else. It passes over RDATE (MS-STANOICAL, section 2.2.47), and of rules it reads one weekday
of one month (MS-OXCICAL, section 2.1.3.1.1.19): BYDAY=-1SU, but not the Sunday from the 2nd to the 8th, as in Chile.
"""

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sitegen import times


class _Kind(NamedTuple):
    """What an onset changes; offsets are written as in RFC 5545, section 3.3.14."""

    part: str
    """``DAYLIGHT`` or ``STANDARD``."""
    before: str
    after: str
    name: str


_Onset = tuple[_Kind, dt.datetime]
"""With the time that the clocks before it (TZOFFSETFROM) show at that moment."""


@functools.cache
def vtimezone(zone: str, first: int, last: int | None) -> bytes:
    """The VTIMEZONE, right from the year before ``first`` to the year after ``last``.

    ``None`` is a repetition that never ends: rules that hold for ever are told so, all else for forty years at least.
    """
    begin = int(dt.datetime(first - 1, 1, 1, tzinfo=dt.UTC).timestamp())
    final = 1 + (max(first + 40, _FORESEEN + _CALENDARS) if last is None else last)
    onsets = [_onset(zone, begin, begin)]
    onsets += (onset for year in range(first - 1, final + 1) for onset in _onsets(zone, year))
    lasting = _CALENDARS if last is None else _FEWEST
    # The latest onset comes first: of several STANDARD (or DAYLIGHT), Outlook reads the latest, some others the first.
    parts = sorted(_parts(onsets, final, lasting), reverse=True)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone}", *(line for part in parts for line in _lines(*part))]
    return "\r\n".join([*lines, "END:VTIMEZONE", ""]).encode()


def _parts(onsets: Iterable[_Onset], final: int, lasting: int) -> Iterator[tuple[dt.datetime, _Kind, list[str]]]:
    """The sub-components: first onset, kind, and the lines that tell the other onsets.

    A rule has no end if it holds in ``final``, the last year looked at, and has done so for ``lasting`` years.
    """
    yearly: dict[object, list[_Onset]] = defaultdict(list)
    for kind, start in onsets:
        yearly[kind, start.month, start.weekday(), start.time()].append((kind, start))
    single: dict[_Kind, list[dt.datetime]] = defaultdict(list)
    for group in yearly.values():
        kind = group[0][0]
        for nth, run in _runs(start for _, start in group):
            if len(run) < _FEWEST:
                single[kind] += run
                continue
            rule = f"RRULE:FREQ=YEARLY;BYMONTH={run[0].month};BYDAY={min(nth)}{_WEEKDAYS[run[0].weekday()]}"
            if run[-1].year < final or len(run) < lasting:
                # Two days later it is after the onset in any zone, so also for readers that take it for local time.
                rule += f";UNTIL={run[-1] + dt.timedelta(days=2):%Y%m%dT000000Z}"
            yield run[0], kind, [rule]
    for kind, starts in single.items():
        every = sorted(starts)  # the first of several, too, which ical.js (Thunderbird) has from RDATE alone
        yield every[0], kind, [f"RDATE:{each:{_TIME}}" for each in every if every[1:]]


def _runs(starts: Iterable[dt.datetime]) -> list[tuple[set[int], list[dt.datetime]]]:
    """Onsets on one weekday of a month, by runs of years; and which weekday of the month it is in all of them.

    That is a set, as the last (-1) may also be the nth.
    """
    runs: list[tuple[set[int], list[dt.datetime]]] = []
    for start in starts:
        is_last = (start + dt.timedelta(days=7)).month != start.month
        nth = {(start.day + 6) // 7, *([-1] if is_last else [])}
        if runs and start.year == runs[-1][1][-1].year + 1 and runs[-1][0] & nth:
            runs[-1][0].intersection_update(nth)
            runs[-1][1].append(start)
        else:
            runs.append((nth, [start]))
    return runs


def _lines(start: dt.datetime, kind: _Kind, others: Iterable[str]) -> Iterator[str]:
    """A sub-component; none of its lines is so long that it would have to be folded (RFC 5545, section 3.1)."""
    yield from (f"BEGIN:{kind.part}", f"DTSTART:{start:{_TIME}}", *others)
    yield from (f"TZNAME:{kind.name}", f"TZOFFSETFROM:{kind.before}", f"TZOFFSETTO:{kind.after}", f"END:{kind.part}")


@functools.cache
def _onsets(zone: str, year: int) -> tuple[_Onset, ...]:
    """The onsets within a year of UTC: the moments at which offset, name or summer time of the zone change."""
    return tuple(_onset(zone, moment - 1, moment) for moment in times.changes(zone, year))


def _onset(zone: str, before: int, moment: int) -> _Onset:
    """What changes at a moment, when ``before`` is a moment (in seconds, as timestamps are) before it."""
    was, now = (dt.datetime.fromtimestamp(each, times.zone(zone)) for each in (before, moment))
    kind = _Kind("DAYLIGHT" if now.dst() else "STANDARD", f"{was:%z}", f"{now:%z}", now.tzname() or "")
    return kind, was.replace(tzinfo=None) + dt.timedelta(seconds=moment - before)


_TIME = "%Y%m%dT%H%M%S"
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FEWEST = 3
"""Years that make a rule: as many as are looked at for an event of one day."""
_FORESEEN = 2037
"""The last year whose changes the tz database tells one by one, if they do not go by Ramadan (as in Gaza, to 2086)."""
_CALENDARS = 28
"""Years after which the days of the week come on the same days again: what held so long is no coincidence."""
