"""The instant that a build takes for the present, and the interval around it in which an answer stays true.

The clock is an input: `now` is called once, where the program begins, and nothing else asks the system for the time.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sitegen import times


def now(as_of: str | None, environ: Mapping[str, str], tz: ZoneInfo) -> dt.datetime:
    """The present, in UTC and whole seconds: ``as_of``, else ``SOURCE_DATE_EPOCH``, else the system's clock.

    ``as_of`` is a date (its first moment in ``tz``) or a time; a month or a year is not exact enough. The variable has
    seconds since 1970; a malformed one is an error, as https://reproducible-builds.org/specs/source-date-epoch/ asks.
    Raises `times.Unreadable`.
    """
    if as_of is not None:
        written = times.read(as_of)
        if written.precision in ("year", "month"):
            raise times.Unreadable("the day is missing", "write a date such as 2026-11-07")
        return times.instant(written, tz).astimezone(dt.UTC)
    epoch = environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return dt.datetime.now(dt.UTC).replace(microsecond=0)
    if not re.fullmatch(r"[0-9]{1,10}", epoch):
        raise times.Unreadable("SOURCE_DATE_EPOCH is not a number of seconds since 1970", "correct it or unset it")
    return dt.datetime.fromtimestamp(int(epoch), dt.UTC)


@dataclass(frozen=True, slots=True)
class Interval:
    """The instants from ``since`` until just before ``until``, in seconds since 1970; None is an open end."""

    since: int | None
    until: int | None

    def __contains__(self, epoch: int) -> bool:
        """It is not before ``since``, and before ``until``."""
        return (self.since is None or self.since <= epoch) and (self.until is None or epoch < self.until)


def between(moments: Iterable[int], now: int) -> Interval:
    """The interval around ``now`` up to the nearest moments: all through it, the same ones are past.

    The moments are in seconds since 1970, like ``now``, in any order.
    """
    moments = tuple(moments)
    return Interval(
        since=max((moment for moment in moments if moment <= now), default=None),
        until=min((moment for moment in moments if moment > now), default=None),
    )


def month_of(epoch: int, zone: str) -> str:
    """The month that calendars in a zone show at a moment (seconds since 1970): ``2026-11``."""
    return dt.datetime.fromtimestamp(epoch, times.zone(zone)).date().isoformat()[:7]


def later(month: str, months: int = 1) -> str:
    """The month that is so many later."""
    index = int(month[:4]) * 12 + int(month[5:7]) - 1 + months
    return f"{index // 12:04}-{index % 12 + 1:02}"
