"""Where the present comes from, and how long an answer that depends on it stays true."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import clock
from sitegen.clock import Interval
from sitegen.times import Unreadable

OSLO = ZoneInfo("Europe/Oslo")


@pytest.mark.parametrize(
    ("as_of", "environ", "now"),
    [
        ("2026-11-07", {}, "2026-11-06T23:00:00+00:00"),
        ("2026-11-07 18:00", {}, "2026-11-07T17:00:00+00:00"),
        ("2026-11-07T18:00:30.5-05:00", {}, "2026-11-07T23:00:30+00:00"),
        ("2026-11-07", {"SOURCE_DATE_EPOCH": "0"}, "2026-11-06T23:00:00+00:00"),
        ("2026-11-07", {"SOURCE_DATE_EPOCH": "bad"}, "2026-11-06T23:00:00+00:00"),
        (None, {"SOURCE_DATE_EPOCH": "0"}, "1970-01-01T00:00:00+00:00"),
        (None, {"SOURCE_DATE_EPOCH": "1794067200"}, "2026-11-07T16:00:00+00:00"),
        (None, {"SOURCE_DATE_EPOCH": "9999999999"}, "2286-11-20T17:46:39+00:00"),
    ],
)
def test_now(as_of: str | None, environ: dict[str, str], now: str) -> None:
    """What the editor asks for comes before the environment; a date is its first moment in the site's zone."""
    moment = clock.now(as_of, environ, OSLO)
    assert moment.isoformat() == now
    assert moment.tzinfo is dt.UTC


@pytest.mark.parametrize(
    "epoch", ["", " 0", "0\n", "-1", "1.5", "1e9", "0x10", "1_000", "٣", "99999999999", "9" * 5000]
)
def test_a_malformed_epoch_is_an_error(epoch: str) -> None:
    """Nothing but a plain number will do, and the message names the variable."""
    with pytest.raises(Unreadable, match="SOURCE_DATE_EPOCH"):
        clock.now(None, {"SOURCE_DATE_EPOCH": epoch}, OSLO)


@pytest.mark.parametrize(
    ("as_of", "told"),
    [
        ("2026", "the day is missing"),
        ("2026-11", "the day is missing"),
        ("", "not a date"),
        ("2026-03-29 02:30", "does not exist"),
    ],
)
def test_an_inexact_present_is_an_error(as_of: str, told: str) -> None:
    """A site is never built as of no day in particular."""
    with pytest.raises(Unreadable, match=told):
        clock.now(as_of, {}, OSLO)


def test_now_is_the_system_clock_by_default() -> None:
    """Where nobody says otherwise it is now, in whole seconds of UTC."""
    before = dt.datetime.now(dt.UTC).replace(microsecond=0)
    moment = clock.now(None, {}, OSLO)
    assert before <= moment <= dt.datetime.now(dt.UTC)
    assert moment.microsecond == 0
    assert moment.tzinfo is dt.UTC


@pytest.mark.parametrize(
    ("interval", "inside", "outside"),
    [
        (Interval(10, 20), [10, 19], [9, 20]),
        (Interval(None, 20), [-1, 19], [20]),
        (Interval(10, None), [10, 10**12], [9]),
        (Interval(None, None), [-1, 0, 10**12], []),
        (Interval(0, 0), [], [-1, 0, 1]),
    ],
)
def test_an_interval_is_half_open(interval: Interval, inside: list[int], outside: list[int]) -> None:
    """Its beginning belongs to it, its end does not, and 0 is an instant like any other."""
    assert all(epoch in interval for epoch in inside)
    assert not any(epoch in interval for epoch in outside)


@pytest.mark.parametrize(
    ("moments", "interval"),
    [
        ([], Interval(None, None)),
        ([30, 10, 20, 10], Interval(10, 20)),
        ([15], Interval(15, None)),
        ([16], Interval(None, 16)),
        ([14], Interval(14, None)),
    ],
)
def test_between(moments: list[int], interval: Interval) -> None:
    """The nearest moments bound it, in whatever order they come; a moment that is now has passed."""
    assert clock.between(iter(moments), 15) == interval


@given(st.lists(st.integers(-50, 50)), st.integers(-60, 60), st.integers(-60, 60))
def test_an_interval_holds_where_the_same_moments_have_passed(moments: list[int], now: int, then: int) -> None:
    """Another instant is in the interval around now if and only if exactly the same moments are past at both."""
    same = {moment for moment in moments if moment <= now} == {moment for moment in moments if moment <= then}
    assert (then in clock.between(moments, now)) is same
    assert now in clock.between(moments, now)
