"""What editors may write for a date, a time, a duration and a zone, and which moments that means."""

import contextlib
import datetime as dt
import itertools
import pickle
import re
import subprocess
import sys
import time
import zoneinfo
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import times
from sitegen.times import Duration, Unreadable, Written

BERLIN = ZoneInfo("Europe/Berlin")
DAY = dt.date(2026, 11, 7)
HOUR = dt.timedelta(hours=1)

a_zone = st.sampled_from(sorted(zoneinfo.available_timezones())).map(ZoneInfo)
a_moment = st.integers(-5_300_000_000, 7_200_000_000).map(lambda epoch: dt.datetime.fromtimestamp(epoch, dt.UTC))
"""In the years from 1802 to 2198: the days that are read in any zone."""


def on(text: str) -> dt.date:
    """Shorthand for the tables below."""
    return dt.date.fromisoformat(text)


def utc(moment: dt.datetime) -> str:
    """The instant as text: two moments in one zone are compared by their wall clocks, which hides differences."""
    return moment.astimezone(dt.UTC).isoformat()


def at(hour: int, minute: int = 0, second: int = 0, ahead: float | None = None, day: dt.date = DAY) -> Written:
    """A time on the test's day, ``ahead`` hours of UTC."""
    offset = None if ahead is None else ahead * HOUR
    return Written(day, "time", dt.time(hour, minute, second), offset)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2027", Written(on("2027-01-01"), "year")),
        ("2027-05", Written(on("2027-05-01"), "month")),
        ("2027-5", Written(on("2027-05-01"), "month")),
        ("2026-11-07", Written(DAY, "day")),
        ("2026-11-7", Written(DAY, "day")),
        ("  2026-11-07\n", Written(DAY, "day")),
        ("20261107", Written(DAY, "day")),
        ("1800-01-01", Written(on("1800-01-01"), "day")),
        ("2200-12-31", Written(on("2200-12-31"), "day")),
        ("2024-02-29", Written(on("2024-02-29"), "day")),
        ("2026-11-07T18:00", at(18)),
        ("2026-11-07t18:00", at(18)),
        ("2026-11-07 18:00", at(18)),
        ("2026-11-07\u00a0 18:00", at(18)),
        ("2026-11-07 9:00", at(9)),
        ("2026-11-07 18:00:30", at(18, 0, 30)),
        ("2026-11-07 18:00:30.999", at(18, 0, 30)),
        ("2026-11-07 18:00:30,5", at(18, 0, 30)),
        ("2026-11-07 24:00", at(0, day=on("2026-11-08"))),
        ("2026-12-31T24:00", at(0, day=on("2027-01-01"))),
        ("2026-11-07T18:00Z", at(18, ahead=0)),
        ("2026-11-07T18:00z", at(18, ahead=0)),
        ("2026-11-07T18:00+01:00", at(18, ahead=1)),
        ("2026-11-07T18:00+0100", at(18, ahead=1)),
        ("2026-11-07T18:00+01", at(18, ahead=1)),
        ("2026-11-07 18:00 +01:00", at(18, ahead=1)),
        ("2026-11-07T18:00-05:00", at(18, ahead=-5)),
        ("2026-11-07T18:00\u221205:00", at(18, ahead=-5)),
        ("2026-11-07T18:00-03:30", at(18, ahead=-3.5)),
        ("2026-11-07T18:00+00:43:12", at(18, ahead=0.72)),
        ("20261107T1800", at(18)),
        ("20261107T180030Z", at(18, 0, 30, ahead=0)),
        ("Sat 2026-11-07", Written(DAY, "day", weekday=5)),
        ("Saturday, 2026-11-07", Written(DAY, "day", weekday=5)),
        ("Sat. 2026-11-07", Written(DAY, "day", weekday=5)),
        ("tues 2026-11-10", Written(on("2026-11-10"), "day", weekday=1)),
        ("Tuesday, 2026-11-10 18:00", Written(on("2026-11-10"), "time", dt.time(18), weekday=1)),
    ],
)
def test_read(text: str, meant: Written) -> None:
    """ISO 8601 is read with the liberties of the content contract, and every part of it is kept."""
    assert times.read(text) == meant
    assert not meant.contradicts


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("7.11.2026", "year"),
        ("7. 11. 2026", "year"),
        ("11/07/2026", "year"),
        ("07-11-26", "year"),
        ("Sat 7.11.2026 18:00", "year"),
        ("2026/11/07", "hyphens"),
        ("2026.11.07", "hyphens"),
        ("7 November 2026", "month is written as a number"),
        ("Nov 7, 2026", "month is written as a number"),
        ("7pm", "24-hour"),
        ("2026-11-07 7pm", "24-hour"),
        ("2026-11-07 7:30 pm", "write 19:30"),
        ("2026-11-07 7:30 p.m.", "write 19:30"),
        ("2026-11-07 18", "colon"),
        ("2026-11-07 18h30", "colon"),
        ("2026-11-07 18.30", "colon"),
        ("2026-11-07T1830", "colon"),
        ("18:30", "day is missing"),
        ("TBA", "2027-05"),
        ("to be announced", "2027-05"),
        ("2026-11-07 18:00 Europe/Oslo", "time zone have fields"),
        ("2026-11-07 18:00-20:00", "end and a time zone"),
        ("2026-11-07 to 2026-11-09", "span of dates"),
        ("2026-02-30", "no such day"),
        ("2100-02-29", "no such day"),
        ("2026-11-00", "no such day"),
        ("2026-13-01", "no such month"),
        ("2026-00", "no such month"),
        ("1799-12-31", "between 1800 and 2200"),
        ("2201", "between 1800 and 2200"),
        ("0000", "between 1800 and 2200"),
        ("07112026", "between 1800 and 2200"),
        ("2026-11-07 25:00", "no such time"),
        ("2026-11-07 24:01", "no such time"),
        ("2026-11-07 18:60", "no such time"),
        ("2026-11-07 18:00:60", "no such time"),
        ("", "such as 2026-11-07"),
        ("soon", "such as 2026-11-07"),
        ("202605", "such as 2026-11-07"),
        ("2026117", "such as 2026-11-07"),
        ("Sat 2026-11", "such as 2026-11-07"),
        ("Satisfied 2026-11-07", "such as 2026-11-07"),
        ("-2026-11-07", "such as 2026-11-07"),
        ("\u0662\u0660\u0662\u0666-11-07", "such as 2026-11-07"),
        ("1" * 5000, "such as 2026-11-07"),
    ],
)
def test_read_refuses(text: str, cure: str) -> None:
    """What is no date is refused with the nearest cure, in words that are the same for every value."""
    with pytest.raises(Unreadable) as caught:
        times.read(text)
    told = f"{caught.value.message}: {caught.value.hint}"
    assert cure in told
    assert told[0].islower()
    assert not caught.value.message.endswith(".")


@pytest.mark.parametrize("text", ["1" * 5000, "2026-11-07T18:00:00." + "0" * 5000, "1-" * 5000, "Sat " * 5000])
def test_long_texts_are_refused_at_once(text: str) -> None:
    """No text is slow to refuse, whatever its length (a hundred refusals stay under a second)."""
    begin = time.perf_counter()
    for _ in range(100):
        for reader in (times.read, times.read_duration):
            with pytest.raises(Unreadable):
                reader(text)
    assert time.perf_counter() - begin < 1


@given(st.text(alphabet="0123456789-:+TZhmPDW. apSat\u2212", max_size=30) | st.text())
@settings(deadline=None)
def test_any_text_is_read_or_unreadable(text: str) -> None:
    """No text at all makes a reader fail in any other way than by `Unreadable`."""
    for reader in (times.read, times.read_duration, times.zone):
        with contextlib.suppress(Unreadable):
            reader(text)


def test_unreadable_survives_pickling() -> None:
    """Message and hint get back from a worker process."""
    copy = pickle.loads(pickle.dumps(Unreadable("what", "how")))  # noqa: S301 - our own bytes
    assert (copy.message, copy.hint, str(copy)) == ("what", "how", "what")


@pytest.mark.parametrize(
    ("text", "contradicts"),
    [
        ("Tue 2026-11-10", False),
        ("Mon 2026-11-10", True),
        ("2026-11-10", False),
        ("Tue 2026-11-10 24:00", False),
        ("Sun 2026-11-08 24:00", False),
        ("Wed 2026-11-10 24:00", True),
    ],
)
def test_a_weekday_can_contradict_its_date(text: str, *, contradicts: bool) -> None:
    """The weekday is compared with the date it was written before, also where 24:00 moves on to the next."""
    assert times.read(text).contradicts is contradicts


@pytest.mark.parametrize(
    ("text", "start", "meant"),
    [
        ("21:00", "2026-11-07 18:00", at(21)),
        ("9:30", "2026-11-07 18:00", at(9, 30)),
        ("24:00", "2026-11-07 18:00", at(0, day=on("2026-11-08"))),
        ("21:00", "2026-11-07", at(21)),
        ("21:00", "2026-11-07T18:00+01:00", at(21, ahead=1)),
        ("21:00Z", "2026-11-07T18:00+01:00", at(21, ahead=0)),
        ("2026-11-07 21:00", "2026-11-07T18:00+01:00", at(21)),
        ("2026-11-08", "2026-11-07", Written(on("2026-11-08"), "day")),
    ],
)
def test_read_end(text: str, start: str, meant: Written) -> None:
    """A time alone is on the day and in the offset of the start; all else is read as it is anywhere."""
    assert times.read_end(text, times.read(start)) == meant


@pytest.mark.parametrize(
    ("text", "start", "cure"),
    [
        ("21:00", "2027-05", "day is missing"),
        ("9pm", "2026-11-07 18:00", "24-hour"),
        ("25:00", "2026-11-07", "no such"),
    ],
)
def test_read_end_refuses(text: str, start: str, cure: str) -> None:
    """A time has no day while the start has none, and mistakes are found as in any date."""
    with pytest.raises(Unreadable, match=cure) as caught:
        times.read_end(text, times.read(start))
    assert caught.value.hint


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("90", Duration(minutes=90)),
        (" 90m ", Duration(minutes=90)),
        ("90 min", Duration(minutes=90)),
        ("90 minutes", Duration(minutes=90)),
        ("1h30", Duration(minutes=90)),
        ("1h30m", Duration(minutes=90)),
        ("1h 30m", Duration(minutes=90)),
        ("1 hour 30 minutes", Duration(minutes=90)),
        ("1.5h", Duration(minutes=90)),
        ("1,5 hours", Duration(minutes=90)),
        ("0.33h", Duration(minutes=20)),
        ("2 hours", Duration(minutes=120)),
        ("36h", Duration(minutes=36 * 60)),
        ("1 day", Duration(days=1)),
        ("3 Days", Duration(days=3)),
        ("1 week", Duration(days=7)),
        ("1d 2h", Duration(days=1, minutes=120)),
        ("PT1H30M", Duration(minutes=90)),
        ("pt90m", Duration(minutes=90)),
        ("PT1.5H", Duration(minutes=90)),
        ("P1DT2H", Duration(days=1, minutes=120)),
        ("P2W", Duration(days=14)),
        ("1830 days", Duration(days=1830)),
    ],
)
def test_read_duration(text: str, meant: Duration) -> None:
    """People's ways to write a duration and those of ISO 8601 are read; days are kept apart from hours."""
    assert times.read_duration(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        *("", "0", "0h", "0 days", "P", "PT", "P1DT", "PT0M"),
        *("-90", "-PT1H", "1831 days", "261 weeks 4 days", "99999h", "9999999", "1" * 5000),
        *("P1Y", "P1M", "PT90S", "90s", "1:30", "1.5", "1.5 days", "30 min 1h", "3 days 30", "a while"),
    ],
)
def test_read_duration_refuses(text: str) -> None:
    """Nothing, less than nothing, over five years, months, and numbers that could be anything are no durations."""
    with pytest.raises(Unreadable):
        times.read_duration(text)


@pytest.mark.parametrize(
    "name", ["Europe/Oslo", "UTC", "CET", "EST", "America/Argentina/Buenos_Aires", "Asia/Calcutta"]
)
def test_zone(name: str) -> None:
    """Every name of the tz database is a zone, abbreviations and old names among them; it is loaded once."""
    assert times.zone(name).key == name
    assert times.zone(name) is times.zone(name)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("oslo", "Europe/Oslo"),
        ("europe/oslo", "Europe/Oslo"),
        ("Europe/Olso", "Europe/Oslo"),
        ("Europ/Oslo", "Europe/Oslo"),
        ("New York", "America/New_York"),
        ("America/New York", "America/New_York"),
        ("buenos aires", "America/Argentina/Buenos_Aires"),
        ("utc", "UTC"),
        ("PST", "America/Los_Angeles"),
        ("BST", "Europe/London"),
        ("Eastern", "America/New_York"),
        ("GMT+1", "of a city"),
        ("UTC +02:00", "of a city"),
        ("+0100", "of a city"),
        ("\u22125", "of a city"),
        ("Middle-earth", "of a city"),
        ("", "of a city"),
        ("../../etc/passwd", "of a city"),
        ("/etc/localtime", "of a city"),
        ("Europe/../Europe/Oslo", ""),
        ("Europe", ""),
        ("Europe/Oslo\0", ""),
        ("x" * 100_000, "of a city"),
    ],
)
def test_zone_refuses(name: str, meant: str) -> None:
    """What is no name of the database is no zone, however it is spelt; the hint has the one that was meant."""
    with pytest.raises(Unreadable) as caught:
        times.zone(name)
    assert meant in caught.value.hint


def test_every_zone_that_is_suggested_exists() -> None:
    """A hint never names a zone that is refused in its turn."""
    assert set(times._zones_as_said().values()) <= zoneinfo.available_timezones()  # noqa: SLF001


def test_the_tz_database_is_the_pinned_one() -> None:
    """The machine's own tz database is out of reach, even where the environment points to it and a zone was loaded."""
    probe = (
        "import zoneinfo; early = zoneinfo.ZoneInfo('UTC'); import sitegen.times;"
        "print(zoneinfo.TZPATH, zoneinfo.ZoneInfo('UTC') is early)"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe],
        env={"PYTHONTZPATH": "/usr/share/zoneinfo"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "() False"


@pytest.mark.parametrize(
    ("day", "clock", "zone", "candidates"),
    [
        ("2026-03-29", "02:30", "Europe/Oslo", ["2026-03-29T01:30+01:00", "2026-03-29T03:30+02:00"]),
        ("2026-03-29", "02:00", "Europe/Oslo", ["2026-03-29T01:00+01:00", "2026-03-29T03:00+02:00"]),
        ("2026-10-25", "02:30", "Europe/Oslo", ["2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00"]),
        ("2026-10-25", "02:00", "Europe/Oslo", ["2026-10-25T02:00+02:00", "2026-10-25T02:00+01:00"]),
        ("2026-10-25", "01:30", "Europe/Dublin", ["2026-10-25T01:30+01:00", "2026-10-25T01:30+00:00"]),
        ("2026-04-05", "01:45", "Australia/Lord_Howe", ["2026-04-05T01:45+11:00", "2026-04-05T01:45+10:30"]),
        ("2018-11-04", "00:30", "America/Sao_Paulo", ["2018-11-03T23:30-03:00", "2018-11-04T01:30-02:00"]),
        ("2011-12-30", "10:00", "Pacific/Apia", ["2011-12-29T10:00-10:00", "2011-12-31T10:00+14:00"]),
        ("1972-01-07", "00:30", "Africa/Monrovia", ["1972-01-06T23:45:30-00:44:30", "1972-01-07T01:14:30+00:00"]),
    ],
)
def test_localize_names_both_candidates(day: str, clock: str, zone: str, candidates: list[str]) -> None:
    """A time in a gap or a fold is refused; the hint has its two readings, earlier first, as `read` reads them."""
    tz, time = ZoneInfo(zone), dt.time.fromisoformat(clock)
    with pytest.raises(Unreadable, match=zone) as caught:
        times.localize(on(day), time, tz)
    assert re.findall(r"[0-9]{4}-\S+", caught.value.hint) == candidates
    by_old, by_new = (dt.datetime.combine(on(day), time.replace(fold=fold), tz) for fold in (0, 1))
    assert {utc(times.instant(times.read(text), tz)) for text in candidates} == {utc(by_old), utc(by_new)}
    assert not any(times.offset_contradicts(times.read(text), tz) for text in candidates)


@pytest.mark.parametrize(
    ("day", "clock", "instant"),
    [
        ("2026-03-29", "01:59:59", "2026-03-29T00:59:59+00:00"),
        ("2026-03-29", "03:00", "2026-03-29T01:00:00+00:00"),
        ("2026-10-25", "01:59:59", "2026-10-24T23:59:59+00:00"),
        ("2026-10-25", "03:00", "2026-10-25T02:00:00+00:00"),
        ("1800-01-01", "00:00", "1799-12-31T23:06:32+00:00"),
        ("2200-12-31", "23:59", "2200-12-31T22:59:00+00:00"),
    ],
)
def test_localize_next_to_the_jump(day: str, clock: str, instant: str) -> None:
    """Just before and just after a gap or a fold, and at the ends of the years that are read, a time is one instant."""
    assert utc(times.localize(on(day), dt.time.fromisoformat(clock), BERLIN)) == instant


@pytest.mark.parametrize(
    ("day", "zone", "first"),
    [
        ("2026-11-07", "Europe/Oslo", "2026-11-07T00:00:00+01:00"),
        ("2026-11-07", "UTC", "2026-11-07T00:00:00+00:00"),
        ("2018-11-04", "America/Sao_Paulo", "2018-11-04T01:00:00-02:00"),
        ("2026-03-29", "Asia/Beirut", "2026-03-29T01:00:00+03:00"),
        ("2026-11-01", "America/Havana", "2026-11-01T00:00:00-04:00"),
        ("1919-03-31", "America/Toronto", "1919-03-31T00:30:00-04:00"),
        ("2006-10-29", "America/St_Johns", "2006-10-29T00:00:00-02:30"),
        ("2011-12-30", "Pacific/Apia", "2011-12-31T00:00:00+14:00"),
        ("2011-12-31", "Pacific/Apia", "2011-12-31T00:00:00+14:00"),
        ("1867-10-19", "America/Sitka", "1867-10-19T00:00:00+14:58:47"),
        ("1800-01-01", "Asia/Manila", "1800-01-01T00:00:00-15:56:08"),
        ("2201-01-01", "Pacific/Kiritimati", "2201-01-01T00:00:00+14:00"),
    ],
)
def test_midnight(day: str, zone: str, first: str) -> None:
    """A day begins at its first 0:00 or, where that is skipped, wherever in the day the clocks jump to."""
    assert times.midnight(on(day), ZoneInfo(zone)).isoformat() == first


@given(a_zone, st.integers(1800, 2200))
@settings(deadline=None, max_examples=100)
def test_midnight_is_the_first_moment_of_its_day(tz: ZoneInfo, year: int) -> None:
    """In any zone, on the days around each change of its clocks in a year, no moment of a day is before midnight."""
    noons = [dt.datetime(year, 1, 1, 12, tzinfo=dt.UTC) + n * 24 * HOUR for n in range(-1, 367)]
    changes = [
        a.date() for a, b in itertools.pairwise(noons) if a.astimezone(tz).utcoffset() != b.astimezone(tz).utcoffset()
    ]
    for day in {change + dt.timedelta(days=n) for change in [*changes, dt.date(year, 1, 1)] for n in (-1, 0, 1, 2)}:
        first = times.midnight(day, tz).astimezone(dt.UTC)
        skipped = first == times.midnight(day + dt.timedelta(days=1), tz).astimezone(dt.UTC)
        assert first.astimezone(tz).date() == day + dt.timedelta(days=skipped)
        steps = [dt.timedelta(seconds=1), *(n * HOUR / 4 for n in range(1, 200))]
        assert all((first - step).astimezone(tz).date() < day for step in steps)


@given(a_moment, a_zone)
@settings(deadline=None)
def test_what_iso_prints_is_read_back(moment: dt.datetime, tz: ZoneInfo) -> None:
    """Any moment, printed with its offset in any zone, is read as the same instant, and contradicts no zone."""
    local = moment.astimezone(tz)
    for text in (local.isoformat(), local.isoformat(" "), f"{local:%a} {local.isoformat()}"):
        written = times.read(text)
        assert times.instant(written, tz).astimezone(dt.UTC) == moment
        assert not written.contradicts
        assert not times.offset_contradicts(written, tz)


def readings(day: dt.date, clock: dt.time, tz: ZoneInfo) -> list[dt.datetime]:
    """The instants that a time may be: the one that `localize` knows, or those that its hint proposes."""
    try:
        return [times.localize(day, clock, tz).astimezone(dt.UTC)]
    except Unreadable as unreadable:
        candidates = re.findall(r"[0-9]{4}-\S+", unreadable.hint)
        return [times.instant(times.read(text), tz).astimezone(dt.UTC) for text in candidates]


@given(a_moment, a_zone, st.sampled_from(["2026-03-29", "2026-10-25", "2011-12-30", ""]))
@settings(deadline=None)
def test_localize_undoes_astimezone(moment: dt.datetime, tz: ZoneInfo, night: str) -> None:
    """What the clocks show leads back to the moment; where they show it twice, the hint does."""
    if night:
        moment = dt.datetime.combine(on(night), moment.time(), dt.UTC)
    local = moment.astimezone(tz)
    assert moment in readings(local.date(), local.time(), tz)


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("2027", "2026-12-31T23:00:00+00:00", "2027-12-31T23:00:00+00:00"),
        ("2027-05", "2027-04-30T22:00:00+00:00", "2027-05-31T22:00:00+00:00"),
        ("2026-12", "2026-11-30T23:00:00+00:00", "2026-12-31T23:00:00+00:00"),
        ("2026-03-29", "2026-03-28T23:00:00+00:00", "2026-03-29T22:00:00+00:00"),
        ("2026-10-25", "2026-10-24T22:00:00+00:00", "2026-10-25T23:00:00+00:00"),
        ("2026-11-07 18:00", "2026-11-07T17:00:00+00:00", "2026-11-07T17:00:00+00:00"),
        ("2026-11-07 18:00-05:00", "2026-11-07T23:00:00+00:00", "2026-11-07T23:00:00+00:00"),
        ("2200", "2199-12-31T23:00:00+00:00", "2200-12-31T23:00:00+00:00"),
        ("1800", "1799-12-31T23:06:32+00:00", "1800-12-31T23:06:32+00:00"),
    ],
)
def test_instant_and_after(text: str, begins: str, ends: str) -> None:
    """A day, month or year lasts from its first midnight to the next one's, not for 24 hours; a time does not last."""
    written = times.read(text)
    assert utc(times.instant(written, BERLIN)) == begins
    assert utc(times.after(written, BERLIN)) == ends
    assert times.instant(written, BERLIN).tzinfo is BERLIN
    assert times.after(written, BERLIN).tzinfo is BERLIN


@pytest.mark.parametrize("moment", [times.instant, times.after])
def test_a_time_that_does_not_exist_has_no_instant(moment: Callable[[Written, ZoneInfo], dt.datetime]) -> None:
    """Whoever asks for the moment of a time in a gap is told of the gap."""
    with pytest.raises(Unreadable, match="does not exist"):
        moment(times.read("2026-03-29 02:30"), BERLIN)


@pytest.mark.parametrize(
    ("text", "contradicts"),
    [
        ("2026-11-07 18:00", False),
        ("2026-11-07", False),
        ("2026-11-07 18:00+01:00", False),
        ("2026-07-07 18:00+02:00", False),
        ("2026-07-07 18:00+01:00", True),
        ("2026-11-07 18:00Z", True),
        ("2026-11-07 9:00-11:00", True),
    ],
)
def test_offset_contradicts(text: str, *, contradicts: bool) -> None:
    """An offset that the zone does not have at that instant is noticed; so is a range that ISO 8601 takes for one."""
    assert times.offset_contradicts(times.read(text), BERLIN) is contradicts


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2027", "2027"),
        ("2027-5", "2027-05"),
        ("Sat 2026-11-7", "2026-11-07"),
        ("2026-11-7 9:00", "2026-11-07T09:00"),
        ("2026-11-07 09:00:30Z", "2026-11-07T09:00:30+00:00"),
        ("2026-11-07T18:00-05", "2026-11-07T18:00-05:00"),
    ],
)
def test_iso(text: str, said: str) -> None:
    """What was written is told in ISO 8601, and reads the same again."""
    assert times.iso(times.read(text)) == said
    again = times.read(said)
    assert (again.date, again.time, again.offset) == (
        times.read(text).date,
        times.read(text).time,
        times.read(text).offset,
    )
