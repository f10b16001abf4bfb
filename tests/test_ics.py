"""Calendars, as a reader that is not ours understands them.

Properties are read with vobject, and the rules of the zones with dateutil: from the file itself, so that what a reader
knows of a zone does not hide what is wrong with a VTIMEZONE.
"""

import datetime as dt
import io
import re
from typing import Any

import pytest
import vobject  # type: ignore[import-untyped]
from dateutil import tz  # type: ignore[import-untyped]
from hypothesis import given
from msgspec import structs

from sitegen.formats.ics import Calendar, render
from sitegen.model import VEvent, When, face
from tests import nasty
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
    ("moved_from: [2026-10-01, 2026-10-08]\nstatus: postponed", "sequence", "5"),
    ("contact: {name: 'The office, upstairs', email: o@agm.example}", "organizer", "mailto:o@agm.example"),
    ("contact: {name: 'The office, upstairs', url: https://a.example/}", "contact",
     "The office, upstairs, https://a.example/"),
]  # fmt: skip


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
        ("speakers: Ada\norganizers: Bo\nattendees: Cy\nattendance: 40", set()),
        ("contact: {name: Bo, email: bo@agm.example}", {"organizer"}),
        ("contact: Bo", {"contact"}),
        ("sessions: [{title: A, slides: https://a.example/}]\nprice: free\nseries: Talks\nfirst_timers: Hello", set()),
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


# --- What repeats (RFC 5545, sections 3.8.4.4, 3.8.5)

CLUB = """title: Book club
start: 2026-01-08 18:00
end: 20:00
repeats:
  every: month
  day: second Thursday
  until: 2026-12-31
  except: [2026-02-12, 2026-07]
  also: 2026-03-30
  changes:
    2026-04-09: cancelled
    2026-11-12: {start: 2026-11-19 13:00, title: Budget special, venue: Old Hall}
"""


def lines(text: str) -> list[str]:
    """The lines of a calendar, unfolded."""
    return text.replace("\r\n ", "").split("\r\n")


def test_a_repetition() -> None:
    """The rule ends in UTC with the last start; what is left out, added or changed is said in the zone of DTSTART."""
    text = calendar(CLUB)
    found = lines(text)
    assert "RRULE:FREQ=MONTHLY;UNTIL=20261210T170000Z;BYDAY=2TH" in found
    assert "EXDATE;TZID=Europe/Oslo:20260212T180000,20260709T180000" in found
    assert "RDATE;TZID=Europe/Oslo:20260330T180000" in found
    planned = [line for line in found if line.startswith("RECURRENCE-ID")]
    assert planned == [f"RECURRENCE-ID;TZID=Europe/Oslo:2026{day}T180000" for day in ("0409", "1112")]
    series, cancelled, moved = vobject.readOne(text).vevent_list
    assert {each.uid.value for each in (series, cancelled, moved)} == {series.uid.value}
    assert [each.status.value for each in (series, cancelled, moved)] == ["CONFIRMED", "CANCELLED", "CONFIRMED"]
    assert [each.sequence.value for each in (series, cancelled, moved)] == ["0", "1", "2"]
    assert (moved.summary.value, moved.location.value) == ("Budget special", "Old Hall")
    assert (moved.dtend.value - moved.dtstart.value) == dt.timedelta(hours=2)
    assert moved.url.value == "https://example.org/events/e0/#2026-11-12"


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("start: 2026-01-08", ["RRULE:FREQ=MONTHLY;UNTIL=20261210;BYDAY=2TH", "EXDATE;VALUE=DATE:20260212",
                              "RDATE;VALUE=DATE:20260330", "RECURRENCE-ID;VALUE=DATE:20260409"]),
        ("start: 2026-01-08 18:00\ntimezone: UTC", ["RRULE:FREQ=MONTHLY;UNTIL=20261210T180000Z;BYDAY=2TH",
            "EXDATE:20260212T180000Z", "RDATE:20260330T180000Z", "RECURRENCE-ID:20260409T180000Z"]),
    ],
)  # fmt: skip
def test_a_repetition_of_whole_days_or_in_utc(head: str, said: list[str]) -> None:
    """Every date of a series is written as its first: a day, or a time in UTC."""
    fields = (
        f"title: Club\n{head}\nrepeats:\n  {{every: month, day: second Thursday, until: 2026-12, except: 2026-02-12,"
        " also: 2026-03-30, changes: {2026-04-09: cancelled}}\n"
    )
    assert set(said) <= set(lines(calendar(fields)))


def test_dates_without_a_rule() -> None:
    """They are all listed; the first is DTSTART and not said again."""
    found = lines(calendar("title: T\nstart: 2026-01-08 18:00\nrepeats: {dates: [2026-01-08, 2026-02-03, 2026-03-05]}"))
    assert "RDATE;TZID=Europe/Oslo:20260203T180000,20260305T180000" in found
    assert not [line for line in found[found.index("BEGIN:VEVENT") :] if line.startswith("RRULE")]


def test_a_date_that_clocks_make_longer() -> None:
    """DTEND says one exact length for all dates; a weekend on which clocks change is told apart, with its own end."""
    text = calendar(
        "title: Retreat\nstart: 2026-01-24 10:00\nend: 2026-01-25 16:00\n"
        "repeats: {every: month, day: fourth Saturday, until: 2026-12-31}\n"
    )
    apart = [each for each in vobject.readOne(text).vevent_list if "recurrence-id" in each.contents]
    assert [f"{each.dtstart.value:%Y-%m-%d %H:%M} {each.dtend.value:%H:%M}" for each in apart] == [
        "2026-03-28 10:00 16:00",
        "2026-10-24 10:00 16:00",
    ]


def test_an_event_in_the_place_of_a_date() -> None:
    """The series leaves the date out, and the event is related to it."""
    party = "title: Party\nstart: 2026-12-11\ninstead_of: {event: e0, date: 2026-12-10}\n"
    series, *_, event = vobject.readOne(text := calendar(CLUB, party)).vevent_list
    assert event.contents["related-to"][0].value == series.uid.value
    assert "20261210T180000" in next(line for line in lines(text) if line.startswith("EXDATE"))


def test_a_taken_date_on_a_night_of_change() -> None:
    """A date that is told apart because clocks change is gone from the series when another event takes it."""
    retreat = (
        "title: Retreat\nstart: 2026-01-24 10:00\nend: 2026-01-25 16:00\n"
        "repeats: {every: month, day: fourth Saturday, until: 2026-12-31}\n"
    )
    other = "title: Other\nstart: 2026-03-28\ninstead_of: {event: e0, date: 2026-03-28}\n"
    text = calendar(retreat, other)
    assert "EXDATE;TZID=Europe/Oslo:20260328T100000" in lines(text)
    assert [line for line in lines(text) if line.startswith("RECURRENCE-ID")] == [
        "RECURRENCE-ID;TZID=Europe/Oslo:20261024T100000"
    ]


@pytest.mark.parametrize(
    ("end", "rules"),
    [("", 2), ("until: 2030-12-31", 2)],
)
def test_the_zone_of_a_repetition(end: str, rules: int) -> None:
    """The zone is described for as long as the repetition goes on, if need be for ever."""
    text = calendar(f"title: T\nstart: 2026-01-08 18:00\nrepeats: {{every: week, {end}}}\n")
    zone = tz.tzical(io.StringIO(text.replace("\r\n", "\n"))).get("Europe/Oslo")
    for year in (2026, 2030) if end else (2026, 2030, 2070):
        moments = (dt.datetime(year, month, 15, 18, tzinfo=zone) for month in (1, 7))
        assert [each.utcoffset() for each in moments] == [dt.timedelta(hours=1), dt.timedelta(hours=2)]
    assert text.count("RRULE:FREQ=YEARLY") == rules


# --- What stays the same

HEAD = "-- site.yaml --\nname: X\nurl: {}\ntimezone: Europe/Oslo\n{}"


def identity(text: str) -> list[tuple[str, ...]]:
    """By what programs recognise the events of a calendar, and tell newer from older ones."""
    names = ("uid", "dtstamp", "sequence", "last_modified")
    return [
        tuple(str(getattr(each, name).value) for name in names if name in vars(each) or hasattr(each, name))
        for each in vobject.readOne(text).vevent_list
    ]


def test_another_address_of_the_site() -> None:
    """With a uid in site.yaml, a move to another host leaves all events what they are to those who have subscribed."""
    one, other = (
        calendar(CLUB, TALK, head=HEAD.format(url, "uid: 515ce701-1140-4e0e-b2d0-e19e5510875b\n"))
        for url in ("https://example.org/", "https://example.net/guild/")
    )
    assert identity(one) == identity(other)
    assert one != other


@pytest.mark.parametrize("now", ["2026-01-01", "2026-12-31T23:59+01:00", "2031-05-04"])
def test_another_day_of_the_build(now: str) -> None:
    """A calendar of an event is the same to the byte, whenever it is built; that of all has no event less."""
    text = f"-- events/club.yaml --\n{CLUB}-- events/talk.yaml --\n{TALK}"
    for path in ("events/club/event.ics", "calendar.ics"):
        was, is_ = (outputs(text, each)[path] for each in ("2026-11-23", now))
        assert was.render(was.inputs, None) == is_.render(is_.inputs, None)  # type: ignore[arg-type]


@pytest.mark.parametrize("kept", ["aliases: club", "uid: book-club@example.org"])
def test_a_renamed_file(kept: str) -> None:
    """An old id or a uid keeps the identity; with the old id the calendar answers at its old address as well."""
    before = CLUB if "aliases" in kept else f"{CLUB}{kept}\n"
    was = outputs(f"-- events/club.yaml --\n{before}")
    now = outputs(f"-- events/reading.yaml --\n{CLUB}{kept}\n")

    def text(found: dict[str, Any], path: str) -> str:
        return str(found[path].render(found[path].inputs, None).decode())

    path = "events/club/event.ics" if "aliases" in kept else "events/reading/event.ics"
    assert identity(text(was, "events/club/event.ics")) == identity(text(now, path))
    assert identity(text(was, "calendar.ics")) == identity(text(now, "calendar.ics"))


# --- Text that would be something else

EVENT = VEvent("uid", 0, 0, When("2026-11-07T18:00", "", "Europe/Oslo", 1794070800, 1794074400), "T", "/events/a/")


def structure(data: bytes) -> list[str]:
    """The names of the properties as a reader finds them that takes every line end of Unicode for one."""
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    unfolded = data.decode().replace("\r\n ", "")
    return [re.split("[:;]", line)[0] for line in unfolded.splitlines()]


@given(nasty.TEXTS.filter(lambda text: text.strip("\r\n\x00")))
def test_no_text_is_a_property(text: str) -> None:
    """Whatever text comes from wherever adds no property and takes none away, and no line is too long."""
    fields = ("summary", "description", "location", "contact", "related", "conference", "organizer", "url", "uid")
    for event in (
        structs.replace(EVENT, **dict.fromkeys(fields, f"a{text}"), categories=(f"a{text}", "b")),
        structs.replace(EVENT, **{name: f"a{text}" for name in fields if name != "organizer"}, categories=("a",)),
    ):
        plain = structs.replace(event, **{name: "a" for name in fields if getattr(event, name)}, categories=("a", "b"))
        found, expected = (
            structure(render(Calendar(name, (face(each),), "https://example.org/"), None))  # type: ignore[arg-type]
            for name, each in ((f"a{text}", event), ("a", plain))
        )
        assert found == expected


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
