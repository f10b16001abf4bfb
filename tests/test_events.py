"""Events: when, where and by whom, and what a calendar gets of them."""

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from sitegen.common import Item, make_uid
from sitegen.event import Event
from sitegen.model import Card, Entry, Reference, Settings, VEvent, When, shown
from sitegen.problems import Problem, Severity
from tests.steps import SETTINGS, decoded, epoch

TALK = "title: Talk\nstart: 2026-11-07 18:00\n"


def entry_of(fields: str, settings: Settings = SETTINGS, path: str = "events/talk.yaml") -> Entry:
    """The entry that an event gives: nothing is wrong with it."""
    found = decoded(f"-- {path} --\n{fields}\n", settings)
    assert not [each for each in found.problems if each.severity is Severity.ERROR], found.problems
    assert found.entry
    return found.entry


def when_of(fields: str, settings: Settings = SETTINGS) -> When:
    """When an event is."""
    when = entry_of(f"title: Talk\n{fields}", settings).when
    assert when
    return when


def card_of(fields: str) -> Card:
    """What lists show of an event."""
    return shown(entry_of(TALK + fields).card, Card)


def page_of(fields: str) -> dict[str, Any]:
    """What the page shows of an event."""
    return shown(entry_of(TALK + fields).full, dict)


def vevent_of(fields: str, settings: Settings = SETTINGS) -> VEvent:
    """What calendars get of an event."""
    vevent = entry_of(fields, settings).vevent
    assert vevent
    return shown(vevent, VEvent)


def problems_of(fields: str) -> tuple[Problem, ...]:
    """What is said of an event."""
    return decoded(f"-- events/talk.yaml --\n{fields}\n").problems


def test_the_least_event() -> None:
    """A title and a start are enough for a page, a card and a place in the calendar."""
    entry = entry_of(TALK)
    assert (entry.ref, entry.url, entry.title) == ("events/talk", "/events/talk/", "Talk")
    assert shown(entry.card, Card) == Card("events", "Talk", "/events/talk/", when=entry.when)
    assert entry.vevent


# --- When

TIMES = [
    # A time, by the clocks of Oslo: UTC+1 in winter, UTC+2 in summer
    ("2026-11-07 18:00", "2026-11-07T18:00", "", "2026-11-07T17:00Z", 1),
    ("2026-07-07 18:00", "2026-07-07T18:00", "", "2026-07-07T16:00Z", 1),
    ("Sat 2026-11-7 9:00", "2026-11-07T09:00", "", "2026-11-07T08:00Z", 1),
    # Its end
    ("2026-11-07 18:00\nend: 21:00", "2026-11-07T18:00", "2026-11-07T21:00", "2026-11-07T17:00Z", 3),
    ("2026-11-07 18:00\nend: 2026-11-08 1:00", "2026-11-07T18:00", "2026-11-08T01:00", "2026-11-07T17:00Z", 7),
    ("2026-11-07 18:00\nend: 2026-11-08", "2026-11-07T18:00", "2026-11-08", "2026-11-07T17:00Z", 30),
    ("2026-11-07 18:00\nend: 24:00", "2026-11-07T18:00", "2026-11-08T00:00", "2026-11-07T17:00Z", 6),
    # Its duration: minutes are exact, days are the calendar's
    ("2026-11-07 18:00\nduration: 90", "2026-11-07T18:00", "2026-11-07T19:30", "2026-11-07T17:00Z", 1.5),
    ("2026-03-28 12:00\nduration: 1 day", "2026-03-28T12:00", "2026-03-29T12:00", "2026-03-28T11:00Z", 23),
    ("2026-03-28 12:00\nduration: 24 hours", "2026-03-28T12:00", "2026-03-29T13:00", "2026-03-28T11:00Z", 24),
    ("2026-10-24 23:00\nduration: 6h", "2026-10-24T23:00", "2026-10-25T04:00", "2026-10-24T21:00Z", 6),
    ("2026-10-25 1:30\nduration: 90", "2026-10-25T01:30", "2026-10-25T02:00", "2026-10-24T23:30Z", 1.5),
    # An offset is an instant, shown in the zone; so is its end
    ("2026-11-07 18:00Z", "2026-11-07T19:00", "", "2026-11-07T18:00Z", 1),
    ("2026-11-07 18:00-05:00\nend: 20:00", "2026-11-08T00:00", "2026-11-08T02:00", "2026-11-07T23:00Z", 2),
    ("2026-10-25 02:30+02:00\nend: 02:30+01:00", "2026-10-25T02:30", "2026-10-25T02:30", "2026-10-25T00:30Z", 1),
    # Whole days: as long as the zone's clocks make them
    ("2026-11-07", "2026-11-07", "", "2026-11-06T23:00Z", 24),
    ("2026-10-25", "2026-10-25", "", "2026-10-24T22:00Z", 25),
    ("2026-11-07\nend: 2026-11-08", "2026-11-07", "2026-11-08", "2026-11-06T23:00Z", 48),
    ("2026-11-07\nend: 2026-11-07", "2026-11-07", "2026-11-07", "2026-11-06T23:00Z", 24),
    ("2026-11-07\nduration: 3 days", "2026-11-07", "2026-11-09", "2026-11-06T23:00Z", 72),
    # A day not yet known
    ("2027-05", "2027-05", "", "2027-04-30T22:00Z", 744),
    ("2027", "2027", "", "2026-12-31T23:00Z", 8760),
    ("2027-05\nend: 2027-06", "2027-05", "2027-06", "2027-04-30T22:00Z", 1464),
]  # fmt: skip


@pytest.mark.parametrize(("written", "start", "end", "begins", "hours"), TIMES)
def test_when(written: str, start: str, end: str, begins: str, hours: float) -> None:
    """Start and end as clocks show them, the instant at which it begins, and how long it is until it is over."""
    since = epoch(begins)
    assert when_of(f"start: {written}") == When(start, end, "Europe/Oslo", since, since + round(hours * 3600))


@pytest.mark.parametrize(
    ("zone", "begins"),
    [
        ("America/New_York", "2026-11-07T23:00Z"),
        ("America/Santiago", "2026-11-07T21:00Z"),
        ("Asia/Kolkata", "2026-11-07T12:30Z"),
        ("UTC", "2026-11-07T18:00Z"),
    ],
)
def test_the_zone_of_an_event(zone: str, begins: str) -> None:
    """An event's own zone wins over the site's, and its clocks stay what its times are told by."""
    when = when_of(f"start: 2026-11-07 18:00\ntimezone: {zone}")
    assert (when.start, when.zone, when.begins) == ("2026-11-07T18:00", zone, epoch(begins))
    assert when_of("start: 2026-11-07 18:00", replace_settings(zone=zone)) == when


def replace_settings(**changed: Any) -> Settings:
    """The settings of a site that differs in something."""
    return msgspec.structs.replace(SETTINGS, **changed)


@pytest.mark.parametrize(
    ("fields", "minutes", "over"),
    [
        ("start: 2026-11-07 18:00", 90, "2026-11-07T18:30Z"),
        ("start: 2026-10-25 01:30", 120, "2026-10-25T01:30Z"),
        ("start: 2026-11-07", 90, "2026-11-07T23:00Z"),
        ("start: 2026-11-07 18:00\nend: 19:00", 90, "2026-11-07T18:00Z"),
    ],
)
def test_the_default_duration(fields: str, minutes: int, over: str) -> None:
    """A time without an end lasts for so many minutes in calendars, and shows none; whatever has an end has that."""
    when = when_of(fields, replace_settings(duration=minutes))
    assert (when.end, when.over) == (when_of(fields).end, epoch(over))


@pytest.mark.parametrize(("start", "dated"), [("2026-11-07 18:00", True), ("2026-11-07", True), ("2027-05", False)])
def test_only_what_has_a_day_is_in_calendars(start: str, *, dated: bool) -> None:
    """While the day is to be announced there is nothing to put into a calendar."""
    assert (entry_of(f"title: Talk\nstart: {start}").vevent is not None) is dated


@pytest.mark.parametrize(
    ("fields", "path", "hints"),
    [
        ("start: 2026-03-29 02:30", ("start",), ["2026-03-29T01:30+01:00", "2026-03-29T03:30+02:00"]),
        ("start: 2026-10-25 02:30", ("start",), ["2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00"]),
        ("start: 2026-03-29 00:30\nend: 02:30", ("end",), ["2026-03-29T01:30+01:00", "2026-03-29T03:30+02:00"]),
        ("start: 2026-03-28 02:30\nduration: 1 day", ("duration",), ["2026-03-29"]),
        ("start: 2026-11-07 18:00\nend: 17:00", ("end",), ["next day"]),
        ("start: 2026-11-07 18:00\nend: 2026-11-07 18:00", ("end",), []),
        ("start: 2026-11-07 18:00\nend: 2026-11-06", ("end",), []),
        ("start: 2026-11-07\nend: 2026-11-06", ("end",), []),
        ("start: 2026-11-07\nend: 2026-11", ("end",), ["2026-11-07"]),
        ("start: 2026-11-07\nend: 21:00", ("end",), ["give the start a time"]),
        ("start: 2026-11-07\nend: soon", ("end",), []),
        ("start: 2026-11-07\nduration: 90", ("duration",), ["2 days"]),
        ("start: 2026-11-07 18:00\nend: 21:00\nduration: 3h", ("duration",), ["not both"]),
        ("start: soon", ("start",), []),
    ],
)
def test_what_has_no_meaning_as_a_time(fields: str, path: tuple[str, ...], hints: list[str]) -> None:
    """An event at no time, at two, or that ends before it begins would stand at a wrong one: that is an error."""
    (problem,) = problems_of(f"title: Talk\n{fields}")
    assert (problem.at.path, problem.severity) == (path, Severity.ERROR)
    assert all(hint in problem.hint for hint in hints)


@pytest.mark.parametrize(
    ("fields", "moments"),
    [
        ("publish_date: 2026-10-01", ("2026-10-01T00:00+02:00", None)),
        ("expires: 2026-12-01", (None, "2026-12-02T00:00+01:00")),
        ("publish_date: 2026-10-01 9:00\nexpires: 2027", ("2026-10-01T09:00+02:00", "2028-01-01T00:00+01:00")),
    ],
)
def test_from_when_and_until_when_it_is_shown(fields: str, moments: tuple[str | None, str | None]) -> None:
    """It is published from the first moment of a day on, and is out of lists after the last one of another."""
    entry = entry_of(TALK + fields)
    assert (entry.visible, entry.expires) == tuple(None if each is None else epoch(each) for each in moments)


# --- Where

ADDRESS = "{name: Old Hall, room: B2, address: Quay 1, city: Oslo, region: R, postcode: 0150, country: NO}"


@pytest.mark.parametrize(
    ("fields", "mode", "place"),
    [
        ("", "", ""),
        ("venue: Old Hall", "in-person", "Old Hall"),
        (f"venue: {ADDRESS}", "in-person", "Old Hall, Oslo, Norway"),
        ("venue: {country: Norge}", "in-person", "Norge"),
        ("online: yes", "online", ""),
        ("online: no", "", ""),
        ("online: https://meet.example/x", "online", ""),
        ("online: {note: Ask for the address.}", "online", ""),
        ("venue: Online", "online", ""),
        ("venue: {name: ' ZOOM '}", "online", ""),
        ("venue: The Zoom, Oslo", "in-person", "The Zoom, Oslo"),
        ("venue: Old Hall\nonline: yes", "hybrid", "Old Hall"),
        ("venue: Old Hall\nonline: no", "in-person", "Old Hall"),
        ("venue: Online\nonline: https://meet.example/x", "online", ""),
        ("mode: online", "online", ""),
        ("mode: Virtual", "online", ""),
        ("mode: in person", "in-person", ""),
        ("venue: Old Hall\nmode: hybrid", "hybrid", "Old Hall"),
    ],
)
def test_mode(fields: str, mode: str, place: str) -> None:
    """What venue and online say is the mode, unless it is said; a venue that only says "online" is none."""
    card = card_of(fields)
    assert (card.mode, card.place) == (mode, place)


@pytest.mark.parametrize(
    ("fields", "location", "conference"),
    [
        ("", "", ""),
        ("venue: Old Hall, Oslo", "Old Hall, Oslo", ""),
        (f"venue: {ADDRESS}", "Old Hall, B2, Quay 1, 0150 Oslo, R, Norway", ""),
        ("online: https://meet.example/x", "https://meet.example/x", "https://meet.example/x"),
        ("venue: Old Hall\nonline: https://meet.example/x", "Old Hall", "https://meet.example/x"),
        ("online: yes", "Online", ""),
        ("online: {note: Ask.}", "Online", ""),
        ("online: no", "", ""),
        ("venue: Zoom", "Online", ""),
        ("mode: online", "Online", ""),
        ("venue: Old Hall\nonline: https://meet.example/x\nmode: in-person", "Old Hall", ""),
    ],
)
def test_where_calendars_say_it_is(fields: str, location: str, conference: str) -> None:
    """LOCATION is the venue, else the join URL, else "Online"; CONFERENCE is the join URL."""
    vevent = vevent_of(TALK + fields)
    assert (vevent.location, vevent.conference) == (location, conference)


@pytest.mark.parametrize(
    ("fields", "geo"),
    [
        ("venue: {name: A, latitude: 59.9139, longitude: 10.7522}", (59.9139, 10.7522)),
        ("venue: {name: A, latitude: 0, longitude: 0}", (0, 0)),
        ("venue: {name: A, latitude: 59.9139}", None),
        ("venue: A", None),
    ],
)
def test_the_coordinates_of_a_venue(fields: str, geo: tuple[float, float] | None) -> None:
    """A venue's coordinates are public as they stand there, both of them or none."""
    assert vevent_of(TALK + fields).geo == geo


# --- By whom


def said(index: int = 0, **values: Any) -> Reference:
    """Who speaks, as it was written at a place of the list."""
    return Reference("speakers", path=("speakers", index, "person"), **values)


@pytest.mark.parametrize(
    ("people", "credits"),
    [
        ("ada-okafor", [said(id="ada-okafor")]),
        ("ada, bo-ek", [said(id="ada"), said(1, id="bo-ek")]),
        ("members/ada", [said(id="ada")]),
        ("Ada Okafor", [said(name="Ada Okafor")]),
        ("Okafor, Ada", [said(name="Okafor, Ada")]),
        ("[ada, 'Bo Ek, FRSA']", [said(id="ada"), said(1, name="Bo Ek, FRSA")]),
        ("[anonymous, ada]", [said(), said(1, id="ada")]),
        ("{person: ada, role: panelist}", [said(id="ada", role="panelist")]),
        ("{person: Ada Okafor}", [said(name="Ada Okafor")]),
        (
            "[{name: Ada, url: https://ada.example/, role: chair, organization: Lifts, bio: Mends.}]",
            [said(name="Ada", role="chair", organization="Lifts", url="https://ada.example/", bio="Mends.")],
        ),
    ],
)
def test_people(people: str, credits: list[Reference]) -> None:  # noqa: A002 - that is what they are
    """Somebody is an id, a name, or a mapping with either; commas separate ids alone."""
    assert list(entry_of(f"{TALK}speakers: {people}").references) == credits


def test_people_by_their_part() -> None:
    """Who speaks comes first, then who organizes, hosts and helps, as written; then who speaks in sessions."""
    fields = (
        "organizers: [cy, bo]\nspeakers: ada\nhelpers: {person: dee, role: tea}\nhosts: [groups/tower-clocks, eve]\n"
    )
    people = entry_of(f"{TALK}{fields}sessions: [{{title: A, speakers: flo}}]").references
    assert [(each.part, each.id or each.name, each.session) for each in people] == [
        ("speakers", "ada", -1),
        ("organizers", "cy", -1),
        ("organizers", "bo", -1),
        ("hosts", "tower-clocks", -1),
        ("hosts", "eve", -1),
        ("helpers", "dee", -1),
        ("speakers", "flo", 0),
    ]
    assert people[3].kind == "groups"
    assert people[-1].path == ("sessions", 0, "speakers", 0, "person")


OTHERS: list[tuple[str, str, list[Reference]]] = [
    (
        "groups",
        "tower-clocks, groups/lifts",
        [
            Reference("groups", ("groups", 0), kind="groups", id="tower-clocks"),
            Reference("groups", ("groups", 1), kind="groups", id="lifts"),
        ],
    ),
    (
        "sponsors",
        "[The Loom, {organization: organizations/oil-co, tier: Gold}]",
        [
            Reference("sponsors", ("sponsors", 0, "organization"), kind="organizations", name="The Loom"),
            Reference("sponsors", ("sponsors", 1, "organization"), kind="organizations", id="oil-co", role="Gold"),
        ],
    ),
    (
        "resources",
        "[resources/oiling-guide, {title: Paper, url: https://p.example/, type: paper}, https://q.example/]",
        [
            Reference("resources", ("resources", 0, "resource"), kind="resources", id="oiling-guide"),
            Reference(
                "resources",
                ("resources", 1, "resource"),
                kind="resources",
                name="Paper",
                url="https://p.example/",
                role="paper",
            ),
            Reference(
                "resources",
                ("resources", 2, "resource"),
                kind="resources",
                name="https://q.example/",
                url="https://q.example/",
            ),
        ],
    ),
    ("venue", "The Loom", [Reference("venue", ("venue",), kind="organizations", name="The Loom")]),
    ("venue", "organizations/loom", [Reference("venue", ("venue",), kind="organizations", id="loom")]),
    ("venue", "loom", [Reference("venue", ("venue",), kind="organizations", name="loom")]),
    ("venue", "{name: The Loom}", []),
]


@pytest.mark.parametrize(("name", "text", "references"), OTHERS)
def test_what_else_has_a_part(name: str, text: str, references: list[Reference]) -> None:
    """Groups, sponsors and resources are things by an id or in words; a venue in words may be an organization's."""
    entry = entry_of(f"{TALK}{name}: {text}")
    assert list(entry.references) == references
    assert name == "venue" or name not in shown(entry.full, dict)


def test_who_takes_part_is_no_credit() -> None:
    """Attendees are kept apart, as it is the members who say whether that is shown."""
    found = decoded(f"-- events/talk.yaml --\n{TALK}attendees: [ada, Bo  Ek, anonymous]\n")
    assert found.entry
    assert found.entry.references == ()
    assert found.attendees == (("", "ada", ("attendees", 0, "person")), ("", "Bo Ek", ("attendees", 1, "person")))
    assert b"ada" not in found.entry.full.data


# --- What pages show

PAGE: list[tuple[str, str, Any]] = [
    ("type", "meetup", "meetup"),
    ("status", "canceled", "cancelled"),
    ("url", "https://agm.example/", "https://agm.example/"),
    ("summary", "A sentence.", "A sentence."),
    ("image_alt", "A hall", "A hall"),
    ("lang", "nb", "nb"),
    ("tags", "clocks, looms", ["clocks", "looms"]),
    ("links", "{website: https://agm.example/}", [{"title": "Website", "url": "https://agm.example/"}]),
    ("registration", "https://r.example/", {"url": "https://r.example/"}),
    ("registration", "{opens: 2026-10, closes: 2026-11-01}", {"opens": "2026-10", "closes": "2026-11-01"}),
    ("venue", "{name: A, directions: Left.}", {"name": "A", "directions": "Left."}),
    ("online", "{url: https://meet.example/, note: Ask.}", {"url": "https://meet.example/", "note": "Ask."}),
    ("series", "Which oil?", "Which oil?"),
    ("moved_from", "2026-10-1 9:00", ["2026-10-01T09:00"]),
    ("contact", "Office", {"name": "Office"}),
    ("contact", "office@agm.example", {"email": "office@agm.example"}),
    ("contact", "https://agm.example/", {"url": "https://agm.example/"}),
    ("price", "free", [{"amount": "0"}]),
    ("price", "Ten at the door", [{"name": "Ten at the door"}]),
    ("price", "[{name: Members, amount: 12.50, currency: eur}]", [
        {"name": "Members", "amount": "12.50", "currency": "EUR"},
    ]),
    ("capacity", "40", 40),
    ("attendance", "71", 71),
    ("slides", "/files/slides.pdf", "/files/slides.pdf"),
    ("recording", "https://film.example/x", "https://film.example/x"),
    ("notes", "Bring a loupe.", "Bring a loupe."),
    ("call", "{url: https://c.example/, closes: 2026-10-01}", {"url": "https://c.example/", "closes": "2026-10-01"}),
    ("first_timers", "Sit anywhere.", "Sit anywhere."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "value"), PAGE)
def test_what_a_page_shows(name: str, text: str, value: Any) -> None:
    """The page has what was written, whether in a short form or a long one."""
    assert page_of(f"{name}: {text}")[name] == value


def test_a_body_is_the_description() -> None:
    """The text of an event is the body of its .md file, or the field in YAML."""
    text = entry_of(f"---\n{TALK}---\n\nOn *lifts*.\n", path="events/talk.md")
    assert text.body == entry_of(f"{TALK}description: On *lifts*.").body
    assert text.body != b""


# --- What calendars get


@pytest.mark.parametrize(
    ("status", "summary", "sequence"),
    [
        ("confirmed", "Talk", 0),
        ("tentative", "Talk", 0),
        ("cancelled", "Talk", 1),
        ("postponed", "Postponed: Talk", 1),
    ],
)
def test_a_change_of_status_is_a_new_edition(status: str, summary: str, sequence: int) -> None:
    """A calendar that has the event takes over that it does not take place; of a postponed one the title says so."""
    vevent = vevent_of(f"{TALK}status: {status}")
    assert (vevent.when.status, vevent.summary, vevent.sequence) == (status, summary, sequence)


@pytest.mark.parametrize(
    ("fields", "sequence"),
    [
        ("", 0),
        ("moved_from: 2026-10-01", 2),
        ("moved_from: [2026-10-01, 2026-10-08]", 4),
        ("moved_from: [2026-10-01, 2026-10-08]\nstatus: postponed", 5),
    ],
)
def test_each_move_is_two_editions(fields: str, sequence: int) -> None:
    """So that one that is cancelled, and moved after all, is newer than what it was."""
    assert vevent_of(f"{TALK}{fields}").sequence == sequence


@pytest.mark.parametrize(
    ("contact", "organizer", "said"),
    [
        ("{name: Office, email: office@agm.example}", "office@agm.example", "Office"),
        ("{name: Office, url: https://agm.example/}", "", "Office, https://agm.example/"),
        ("Office", "", "Office"),
    ],
)
def test_whom_to_ask(contact: str, organizer: str, said: str) -> None:
    """Only an address that is public makes an organizer; else it is words."""
    vevent = vevent_of(f"{TALK}contact: {contact}")
    assert (vevent.organizer, vevent.contact) == (organizer, said)


@pytest.mark.parametrize(
    ("fields", "stamp"),
    [
        ("", "2026-09-08T17:00Z"),
        ("publish_date: 2026-10-01", "2026-10-01T00:00+02:00"),
        ("updated: 2026-11-02 9:00", "2026-11-02T09:00+01:00"),
        ("publish_date: 2026-10-01\nupdated: 2026-11-02", "2026-11-02T00:00+01:00"),
    ],
)
def test_stamp(fields: str, stamp: str) -> None:
    """When it was updated, else published, else sixty days before it begins: never the time of the build."""
    assert vevent_of(TALK + fields).stamp == epoch(stamp)


def test_the_words_of_a_calendar() -> None:
    """The sentence for lists is the description, tags are categories once each, and the URL is the page's."""
    vevent = vevent_of(f"{TALK}summary: A sentence.\ntags: [Clocks, clocks, looms]\nslug: elsewhere")
    assert (vevent.description, vevent.categories) == ("A sentence.", ("Clocks", "looms"))
    assert vevent.url == "/events/elsewhere/"


# --- Identity (section 5 of the contract)


def test_the_uid_never_changes() -> None:
    """It is the UUIDv5 that the contract says; another one would double every event in the calendars of the members."""
    assert vevent_of(TALK).uid == "5b1a2f56-81ee-59cc-8c86-7e308fd53b3c"


@pytest.mark.parametrize(
    ("fields", "settings"),
    [
        ("title: Another\nstart: 2026-11-07 18:00", SETTINGS),
        ("title: Talk\nstart: 2027-01-01", SETTINGS),
        (f"{TALK}slug: elsewhere", SETTINGS),
        (f"{TALK}status: cancelled", SETTINGS),
        (TALK, replace_settings(zone="UTC", duration=30, language="nb")),
    ],
)
def test_the_uid_stays(fields: str, settings: Settings) -> None:
    """Title, time, address and state of an event may change, and the settings of the site: it is the same event."""
    assert vevent_of(fields, settings).uid == vevent_of(TALK).uid


def test_the_uid_is_of_site_kind_and_id() -> None:
    """A renamed file, another kind and another site are something else, unless uid or aliases say it is the same."""
    item, model = Item("events", "talk", "events/talk.yaml"), Event.model_validate({"title": "Talk"})
    there = [replace(item, id="talk-2"), replace(item, kind="members")]
    moved = replace_settings(identity="https://example.net/")
    own = Event.model_validate({"title": "Talk", "uid": "talk@example.org"})
    renamed = Event.model_validate({"title": "Talk", "aliases": ["/a/path/", "talk", "a-later-name"]})
    assert make_uid(replace(item, id="lecture"), renamed, SETTINGS) == make_uid(item, model, SETTINGS)
    uids = [make_uid(each, model, SETTINGS) for each in (item, *there)] + [make_uid(item, model, moved)]
    assert len(set(uids)) == 4
    assert {make_uid(each, own, settings) for each in (item, *there) for settings in (SETTINGS, moved)} == {
        "talk@example.org"
    }


# --- How bad it is


@pytest.mark.parametrize(
    ("fields", "path", "severity"),
    [
        ("start: 2026-11-07", (), Severity.ERROR),
        ("title: Talk", (), Severity.ERROR),
        (f"{TALK}slug: calendar", ("slug",), Severity.ERROR),
        (f"{TALK}image: none.png", ("image",), Severity.ERROR),
        (f"{TALK}status: off", ("status",), Severity.ERROR),
        (f"{TALK}timezone: Oslo", ("timezone",), Severity.ERROR),
        (f"{TALK}registration: {{closes: 2026-03-29 02:30}}", ("registration", "closes"), Severity.ERROR),
        ("title: Talk\nstart: Mon 2026-11-07 18:00", ("start",), Severity.WARNING),
        (f"{TALK}end: Sat 2026-11-08", ("end",), Severity.WARNING),
        ("title: Talk\nstart: 2026-11-07 18:00-05:00", ("start",), Severity.WARNING),
        ("title: 'CANCELLED: Talk'\nstart: 2026-11-07", ("title",), Severity.WARNING),
        ("title: Talk (postponed)\nstart: 2026-11-07", ("title",), Severity.WARNING),
        (f"{TALK}venue: {{name: A, country: Norwai}}", ("venue", "country"), Severity.WARNING),
        (f"{TALK}venue: {{name: A, longitude: 10}}", ("venue",), Severity.WARNING),
        (f"{TALK}venue: Old Hall\nmode: online", ("mode",), Severity.WARNING),
        (f"{TALK}registration: {{closes: 2026-11-08}}", ("registration", "closes"), Severity.WARNING),
        (f"{TALK}registration: {{opens: 2026-11-02, closes: 2026-11-01}}", ("registration", "opens"), Severity.WARNING),
        (f"{TALK}type: meatup", ("type",), Severity.NOTE),
    ],
)
def test_severity(fields: str, path: tuple[str | int, ...], severity: Severity) -> None:
    """A wrong time or URL or a loss is an error, what is odd a warning, what is read as meant a note."""
    assert [(each.at.path, each.severity) for each in problems_of(fields)] == [(path, severity)]


@pytest.mark.parametrize(
    "fields",
    [
        "status: cancelled\ntitle: 'Cancelled: Talk'\nstart: 2026-11-07",
        f"{TALK}registration: {{closes: 2026-11-07}}",
        f"{TALK}registration: {{opens: 2026-11-01, closes: 2026-11-01}}",
        "title: Talk\nstart: 2026-11-07 18:00Z",
        "title: Talk\nstart: Sat 2026-11-07 18:00+01:00",
        f"{TALK}type: Workshop",
        f"{TALK}venue: Online\nmode: online",
    ],
)
def test_what_is_as_it_should_be(fields: str) -> None:
    """What only looks odd is not told."""
    assert problems_of(fields) == ()
