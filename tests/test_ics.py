"""Calendars, as a reader that is not ours understands them.

Properties are read with vobject, and the rules of the zones with dateutil: from the file itself, so that what a reader
knows of a zone does not hide what is wrong with a VTIMEZONE.
"""

import datetime as dt
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
import vobject  # type: ignore[import-untyped]
from dateutil import tz  # type: ignore[import-untyped]

from sitegen import times
from tests.steps import epoch, outputs

TALK = "title: Talk\nstart: 2026-11-07 18:00\n"


@pytest.fixture(autouse=True)
def _unprejudiced() -> None:
    """Vobject keeps the first VTIMEZONE of each name, whatever file comes next."""
    vars(vobject.icalendar)["__tzidMap"].clear()


def calendar(*events: str, path: str = "calendar.ics", head: str = "") -> str:
    """A calendar of the site with these events; times are those of Oslo where nothing else is said."""
    text = head + "".join(f"-- events/e{number}.yaml --\n{event}\n" for number, event in enumerate(events))
    output = outputs(text)[path]
    data = output.render(output.inputs, None)  # type: ignore[arg-type]
    return data.decode()


def vevent(event: str) -> Any:
    """The only event of a calendar."""
    (found,) = vobject.readOne(calendar(event)).vevent_list
    return found


def moments(text: str) -> list[tuple[int, int]]:
    """When each event of a calendar begins and ends, by the rules that the calendar itself has of its zones."""
    zones = tz.tzical(io.StringIO(text.replace("\r\n", "\n")))

    def moment(each: Any) -> int:
        zone = each.params.get("X-VOBJ-ORIGINAL-TZID")
        aware = each.value.replace(tzinfo=zones.get(zone[0])) if zone else each.value
        assert aware.tzinfo
        return int(aware.timestamp())

    return [(moment(each.dtstart), moment(each.dtend)) for each in vobject.readOne(text).vevent_list]


# --- When

ZONES = [
    ("Europe/Oslo", "2026-01-15 18:00", "2026-01-15T17:00Z"),
    ("Europe/Oslo", "2026-07-15 18:00", "2026-07-15T16:00Z"),
    ("Europe/Oslo", "2026-03-29 01:59", "2026-03-29T00:59Z"),
    ("Europe/Oslo", "2026-03-29 03:00", "2026-03-29T01:00Z"),
    ("Europe/Oslo", "2026-10-25 01:59", "2026-10-24T23:59Z"),
    ("Europe/Oslo", "2026-10-25 02:30+02:00", "2026-10-25T00:30Z"),
    ("Europe/Oslo", "2026-10-25 02:30+01:00", "2026-10-25T01:30Z"),
    ("Europe/Oslo", "2026-10-25 03:00", "2026-10-25T02:00Z"),
    ("Europe/Dublin", "2026-01-15 18:00", "2026-01-15T18:00Z"),
    ("Europe/Dublin", "2026-07-15 18:00", "2026-07-15T17:00Z"),
    ("America/Santiago", "2024-01-15 18:00", "2024-01-15T21:00Z"),
    ("America/Santiago", "2024-07-15 18:00", "2024-07-15T22:00Z"),
    ("America/Santiago", "2024-04-06 22:59", "2024-04-07T01:59Z"),
    ("America/Santiago", "2024-04-07 00:00", "2024-04-07T04:00Z"),
    ("America/Santiago", "2024-09-08 01:00", "2024-09-08T04:00Z"),
    ("Africa/Casablanca", "2024-01-15 18:00", "2024-01-15T17:00Z"),
    ("Africa/Casablanca", "2024-03-20 18:00", "2024-03-20T18:00Z"),
    ("Africa/Casablanca", "2024-07-15 18:00", "2024-07-15T17:00Z"),
    ("Asia/Kolkata", "2026-07-15 18:00", "2026-07-15T12:30Z"),
    ("Australia/Lord_Howe", "2026-01-15 18:00", "2026-01-15T07:00Z"),
    ("Australia/Lord_Howe", "2026-07-15 18:00", "2026-07-15T07:30Z"),
    ("UTC", "2026-07-15 18:00", "2026-07-15T18:00Z"),
    ("Etc/UTC", "2026-07-15 18:00", "2026-07-15T18:00Z"),
    ("Europe/Oslo", "1905-07-15 18:00", "1905-07-15T17:00Z"),
    ("Europe/Oslo", "2095-07-15 18:00", "2095-07-15T16:00Z"),
]


@pytest.mark.parametrize(("zone", "start", "begins"), ZONES)
def test_instants(zone: str, start: str, begins: str) -> None:
    """In any zone and on any side of a change, a calendar shows an event at the moment at which it is."""
    text = calendar(f"title: Talk\nstart: {start}\ntimezone: {zone}\nduration: 90\n")
    assert moments(text) == [(epoch(begins), epoch(begins) + 90 * 60)]


def test_many_zones_in_one_calendar() -> None:
    """Each zone is described once, over all the years in which its events are, and each event has its instant."""
    events = [f"title: Talk\nstart: {start}\ntimezone: {zone}\nduration: 90\n" for zone, start, _ in ZONES]
    text = calendar(*events)
    assert sorted(moments(text)) == sorted((epoch(begins), epoch(begins) + 90 * 60) for *_, begins in ZONES)
    described = re.findall(r"^TZID:(\S+)", text, re.MULTILINE)
    assert len(described) == len(set(described))
    assert set(re.findall(r"^DT(?:START|END);TZID=([^:\s]+)", text, re.MULTILINE)) <= set(described)


def test_an_event_of_several_years() -> None:
    """The rules of its zone reach to its end."""
    text = calendar("title: Tour\nstart: 2026-11-07 18:00\nend: 2030-07-15 18:00\n")
    assert moments(text) == [(epoch("2026-11-07T17:00Z"), epoch("2030-07-15T16:00Z"))]


def onsets(text: str) -> Iterator[tuple[dt.datetime, str, str]]:
    """Every moment at which a rule of a calendar's zones sets in, in UTC, and the offsets before and after it."""
    for part in re.findall(r"BEGIN:(?:STANDARD|DAYLIGHT)\r\n(.*?)END:", text, re.DOTALL):
        lines = dict(line.split(":", 1) for line in part.split("\r\n") if line)
        before = dt.datetime.strptime(lines["TZOFFSETFROM"], "%z").tzinfo
        for start in (lines["DTSTART"], *lines.get("RDATE", "").split(",")):
            if start:
                local = dt.datetime.strptime(start, "%Y%m%dT%H%M%S").replace(tzinfo=before)
                yield local.astimezone(dt.UTC), lines["TZOFFSETFROM"], lines["TZOFFSETTO"]


@pytest.mark.parametrize(
    "zone", ["Europe/Oslo", "Europe/Dublin", "America/Santiago", "Africa/Casablanca", "Asia/Kolkata"]
)
def test_rules_set_in_by_the_clocks_before_them(zone: str) -> None:
    """The onset of summer time is 2:00, not 3:00 (RFC 5545, 3.6.5): just then the zone changes, and as it is said."""
    found = list(onsets(calendar(f"title: Talk\nstart: 2024-07-15 18:00\ntimezone: {zone}\n")))
    second = dt.timedelta(seconds=1)
    for moment, before, after in found:
        around = [f"{each.astimezone(times.zone(zone)):%z}" for each in (moment - second, moment)]
        assert around == [before, after]
    years = [moment.year for moment, before, after in found if before != after]
    assert years.count(2024) == {"Asia/Kolkata": 0}.get(zone, 2)


def test_rules_of_oslo() -> None:
    """As they are written: the clocks of the day before the change, summer and winter apart, the years as dates."""
    text = calendar("title: Talk\nstart: 2026-07-15 18:00\n").replace("\r\n", "\n")
    assert "BEGIN:DAYLIGHT\nDTSTART:20250330T020000\nRDATE:20260329T020000,20270328T020000\nTZNAME:CEST\n" in text
    assert "BEGIN:STANDARD\nDTSTART:20251026T030000\nRDATE:20261025T030000,20271031T030000\nTZNAME:CET\n" in text


@pytest.mark.parametrize(
    ("fields", "start", "end"),
    [
        ("start: 2026-11-07", "20261107", "20261108"),
        ("start: 2026-11-07\nend: 2026-11-07", "20261107", "20261108"),
        ("start: 2026-11-07\nend: 2026-11-30", "20261107", "20261201"),
        ("start: 2026-11-07\nduration: 3 days\ntimezone: America/Santiago", "20261107", "20261110"),
    ],
)
def test_whole_days(fields: str, start: str, end: str) -> None:
    """They are dates without a zone, end the day after the last one, and keep nobody busy."""
    text = calendar(f"title: Camp\n{fields}\n")
    assert f"DTSTART;VALUE=DATE:{start}\r\nDTEND;VALUE=DATE:{end}\r\n" in text
    assert "TRANSP:TRANSPARENT\r\n" in text
    assert "VTIMEZONE" not in text


def test_a_time_keeps_people_busy() -> None:
    """Only whole days are transparent."""
    assert "TRANSP" not in calendar(TALK)


def test_what_has_no_day_is_in_no_calendar() -> None:
    """An event to be announced has none of its own and is not in that of the site; one without any event is none."""
    text = f"-- events/a.yaml --\n{TALK}-- events/b.yaml --\ntitle: Tour\nstart: 2027-05\n"
    paths = outputs(text).keys()
    assert {path for path in paths if path.endswith(".ics")} == {"calendar.ics", "events/a/event.ics"}
    assert len(vobject.readOne(calendar(TALK, "title: Tour\nstart: 2027-05\n")).vevent_list) == 1
    assert "calendar.ics" not in outputs("-- events/b.yaml --\ntitle: Tour\nstart: 2027-05\n")


# --- What is said

SAID = [
    ("", "summary", "Talk"),
    ("", "url", "https://example.org/events/e0/"),
    ("slug: встреча", "url", "https://example.org/events/%D0%B2%D1%81%D1%82%D1%80%D0%B5%D1%87%D0%B0/"),
    ("", "status", "CONFIRMED"),
    ("status: tentative", "status", "TENTATIVE"),
    ("status: cancelled", "status", "CANCELLED"),
    ("status: postponed", "status", "CANCELLED"),
    ("status: postponed", "summary", "Postponed: Talk"),
    ("", "sequence", "0"),
    ("status: cancelled", "sequence", "1"),
    ("uid: talk@example.org", "uid", "talk@example.org"),
    ("summary: On lifts.", "description", "On lifts."),
    ("tags: [lifts, 'looms, clocks']", "categories", ["lifts", "looms, clocks"]),
    ('tags: ["a\\r\\nb;c\\\\"]', "categories", ["a b;c\\"]),
    ("venue: {name: Old Hall, city: Oslo, country: NO}", "location", "Old Hall, Oslo, Norway"),
    ("venue: {name: A, latitude: 59.9139, longitude: -10.7522}", "geo", "59.9139;-10.7522"),
    ("online: https://meet.example/a?b=c,d;e", "location", "https://meet.example/a?b=c,d;e"),
    ("online: https://meet.example/a?b=c", "conference", "https://meet.example/a?b=c"),
    ("online: yes", "location", "Online"),
]


@pytest.mark.parametrize(("fields", "name", "value"), SAID)
def test_properties(fields: str, name: str, value: str | list[str]) -> None:
    """What a calendar shows of each field."""
    (found,) = vevent(TALK + fields).contents[name]
    assert found.value == value


def test_stamps() -> None:
    """The moment of the last change, twice; nothing in the file is of the time of the build."""
    text = calendar(f"{TALK}updated: 2026-11-02 9:00\n")
    assert "\r\nDTSTAMP:20261102T080000Z\r\n" in text
    assert "\r\nLAST-MODIFIED:20261102T080000Z\r\n" in text
    assert "CREATED" not in text


LEAST = {"uid", "dtstamp", "last-modified", "sequence", "status", "summary", "url", "dtstart", "dtend"}


@pytest.mark.parametrize(
    ("fields", "more"),
    [
        ("", set()),
        ("online: https://meet.example/", {"location", "conference"}),
        ("venue: Old Hall", {"location"}),
        ("summary: On lifts.", {"description"}),
        ("tags: lifts", {"categories"}),
        ("speakers: Ada\norganizers: Bo", set()),
    ],
)
def test_nothing_else_is_said(fields: str, more: set[str]) -> None:
    """What is not known is left out, and nobody is named as attending or organizing; it is no invitation."""
    text = calendar(TALK + fields)
    assert set(vevent(TALK + fields).contents) == LEAST | more
    assert "METHOD" not in text
    assert "CONFERENCE;VALUE=URI:" in text or "conference" not in more


def test_a_calendar_has_a_name() -> None:
    """Programs show a subscription by the name of the association; a single event has none of its own."""
    head = "-- site.yaml --\nname: Lifts, Looms; Clocks\nurl: https://example.org/\ntimezone: UTC\n"
    assert vobject.readOne(calendar(TALK, head=head)).contents["x-wr-calname"][0].value == "Lifts, Looms; Clocks"
    assert "X-WR-CALNAME" not in calendar(TALK, path="events/e0/event.ics")


# --- Text that would be something else

TEXTS = [
    ('"one\\r\\nDTSTART:20200101\\rtwo\\nEND:VEVENT"', "one DTSTART:20200101 two END:VEVENT"),
    ('"one\\x85two\\u2028three\\u2029four\\vfive\\ffive"', "one two three four five five"),
    ("'semi;colons, commas: \"quotes\" and \\ backslashes\\n'", 'semi;colons, commas: "quotes" and \\ backslashes\\n'),
    ("'" + "word " * 100 + "'", ("word " * 100).strip()),
    ("'" + "x" * 500 + "'", "x" * 500),
    ("'" + "👩‍🔧ö" * 60 + "'", "👩‍🔧ö" * 60),
    ("'   blanks   '", "blanks"),
    ('"&amp; <b>\'"', "&amp; <b>'"),
]


@pytest.mark.parametrize(("written", "text"), TEXTS)
def test_any_text_is_text(written: str, text: str) -> None:
    """Whatever is written, no property comes of it, none is lost, and a reader has the text as it was."""
    one = f"start: 2026-11-07 18:00\ntitle: {written}\nsummary: {written}\nvenue: {written}\n"
    found = vevent(one)
    names = LEAST | {"description", "location"}
    assert {name: len(each) for name, each in found.contents.items()} == dict.fromkeys(names, 1)
    assert [found.summary.value, found.description.value, found.location.value] == [text] * 3
    head = f"-- site.yaml --\nname: {written}\nurl: https://example.org/\ntimezone: UTC\n"
    assert vobject.readOne(calendar(TALK, head=head)).contents["x-wr-calname"][0].value == text


@pytest.mark.parametrize("written", [written for written, _ in TEXTS])
def test_lines(written: str) -> None:
    """Lines end with CRLF, and none is longer than 75 octets or ends within a letter."""
    data = calendar(f"start: 2026-11-07 18:00\ntitle: {written}\n").encode()
    assert data.endswith(b"END:VCALENDAR\r\n")
    lines = data.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not re.search(rb"[\r\n]", b"".join(lines))
    assert all(line.decode() for line in lines)
