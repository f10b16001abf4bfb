"""Which URLs a site has."""

import datetime as dt
from typing import Any

import pytest

from sitegen.formats.html import Page
from sitegen.model import Card, Counted, Link, VEvent, shown
from tests.steps import epoch, linked, outputs

NOBODY = {"index.html", "404.html", "members/index.html", "events/index.html", "search/index.html"}
"""What every site has, and is not empty when nothing is in it."""

PEOPLE = """
-- site.yaml --
name: Working Order
url: https://example.org/
timezone: Europe/Oslo
directory: {page_size: 2}
-- members/ada.yaml --
name: Ada Okafor
skills: [Rust, C++]
-- members/bo.yaml --
name: Bo Ek
skills: rust
-- members/cy.yaml --
name: Cy Ek
skills: Rust
"""
EVENTS = """
-- events/talk.yaml --
title: Talk
start: 2026-12-01 18:00
-- events/tour.yaml --
title: Tour
start: 2027
-- events/tea.yaml --
title: Tea
start: 2025-12-31 23:30
duration: 2 hours
-- events/agm.yaml --
title: AGM
start: 2026-01-01
"""


def paths(text: str, now: str = "2026-11-23") -> set[str]:
    """Every file that a site has, but for the sheets of the calendar."""
    return {path for path in outputs(text, now) if not path.startswith("events/calendar/")}


def page(text: str, path: str) -> Page:
    """What goes into a page."""
    inputs = outputs(text)[path].inputs
    assert isinstance(inputs, Page)
    return inputs


def titles(text: str, path: str) -> list[str]:
    """What a page lists."""
    return [shown(card, Card).title for card in page(text, path).cards]


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("", set()),
        (
            "-- members/ada.yaml --\nname: Ada\n",
            {"members/ada/index.html", "members/ada/card.vcf"},
        ),
        (
            "-- members/ada.yaml --\nname: Ada\nslug: ада\n",
            {"members/ада/index.html", "members/ада/card.vcf"},
        ),
        (
            "-- members/ada.yaml --\nname: Ada\nstatus: in-memoriam\nskills: Rust\n",
            {"members/ada/index.html"},
        ),
        (
            "-- members/ada.yaml --\nname: Ada\nlisted: name-only\nskills: Rust\n",
            set(),
        ),
        (
            "-- members/ada.yaml --\nname: Ada\nskills: C++\n",
            {"members/ada/index.html", "members/ada/card.vcf", "skills/index.html", "skills/c-plus-plus/index.html"},
        ),
        (
            "-- events/talk.yaml --\ntitle: Talk\nstart: 2026-12-01\n",
            {"events/talk/index.html", "events/talk/event.ics", "calendar.ics"},
        ),
        (
            "-- events/tour.yaml --\ntitle: Tour\nstart: 2027-05\n",
            {"events/tour/index.html"},
        ),
        (
            "-- events/tea.yaml --\ntitle: Tea\nstart: 2025-12-31\n",
            {
                "events/tea/index.html", "events/tea/event.ics", "calendar.ics", "events/archive/index.html",
                "events/archive/2025/index.html",
            },
        ),
    ],
)  # fmt: skip
def test_a_site_of_one_entry(text: str, more: set[str]) -> None:
    """Home, search, the page for what is not there and two lists are always there; each entry adds what it has."""
    assert paths(text) == NOBODY | more


def test_a_list_of_several_pages() -> None:
    """What does not fit on the first page is on the next one; each says which it is and how many there are."""
    found = {path for path in paths(PEOPLE) if path.endswith("index.html") and "page/" in path}
    assert found == {"members/page/2/index.html", "skills/rust/page/2/index.html"}
    assert titles(PEOPLE, "members/index.html") == ["Bo Ek", "Cy Ek"]
    assert titles(PEOPLE, "members/page/2/index.html") == ["Ada Okafor"]
    second = page(PEOPLE, "members/page/2/index.html")
    assert (second.url, second.number, second.numbers, second.total) == ("/members/", 2, 2, 3)


def test_a_list_that_just_fits() -> None:
    """As many as fit on a page are on one."""
    assert "skills/rust/page/2/index.html" not in paths(PEOPLE.replace("skills: [Rust, C++]", "skills: C++"))


def test_the_archive() -> None:
    """What is over is listed by the year in which it began, the last first; what is to come is not."""
    archive = {path for path in paths(EVENTS) if "archive" in path}
    assert archive == {f"events/archive/{each}index.html" for each in ("", "2025/", "2026/")}
    assert titles(EVENTS, "events/archive/2025/index.html") == ["Tea"]
    assert titles(EVENTS, "events/index.html") == ["Talk", "Tour"]


# --- What repeats

CLUB = """
-- events/club.yaml --
title: Book club
start: 2025-10-09 18:00
end: 20:00
speakers: [ada]
repeats:
  every: month
  day: second Thursday
  except: 2026-07
  changes:
    2026-09-10: cancelled
    2026-12-10: {start: 2026-12-17 19:00, title: "Book club: Dune", speakers: [bo]}
-- members/ada.yaml --
name: Ada Okafor
-- members/bo.yaml --
name: Bo Ek
"""


def dates(text: str, path: str, now: str = "2026-11-23") -> dict[str, dict[str, Any]]:
    """The dates that the page of a repetition shows, by their anchors."""
    inputs = outputs(text, now)[path].inputs
    rows = next(each for each in inputs.sections if each.name == "dates").items
    return {row["anchor"]: row for row in (shown(item, dict) for item in rows)}


def test_a_list_has_the_next_date() -> None:
    """Of what repeats a list has one entry, that of the next date; its page has all of them up to the horizon."""
    (card,) = (shown(each, Card) for each in page(CLUB, "events/index.html").cards)
    assert (card.title, card.url, card.when and card.when.start) == (
        "Book club: Dune", "/events/club/", "2026-12-17T19:00",
    )  # fmt: skip
    found = dates(CLUB, "events/club/index.html")
    assert list(found)[:2] == ["2025-10-09", "2025-11-13"]
    assert list(found)[-1] == "2027-11-11"
    assert len(found) == 26 - 1
    assert "2026-07-09" not in found
    assert next(anchor for anchor, row in found.items() if not row["over"]) == "2026-12-10"


def test_a_cancelled_date_is_told_before_the_next() -> None:
    """People are told of what was planned: the cancelled date stands in the list until it is over."""
    inputs = outputs(CLUB, "2026-09-01")["events/index.html"].inputs
    found = [shown(each, Card).when for each in inputs.cards]
    assert [(when.start, when.status) for when in found if when] == [
        ("2026-09-10T18:00", "cancelled"),
        ("2026-10-08T18:00", "confirmed"),
    ]


def test_a_year_has_the_count() -> None:
    """The archive has one entry for each year, with the count of the dates that were held, and counts these itself."""
    cards = {
        year: [shown(each, Card) for each in page(CLUB, f"events/archive/{year}/index.html").cards]
        for year in (2025, 2026)
    }
    assert [(each.title, each.dates) for each in cards[2025]] == [("Book club", 3)]
    assert [(each.title, each.dates) for each in cards[2026]] == [("Book club", 9)]
    years = page(CLUB, "events/archive/index.html").sections[0]
    assert [(each.title, each.count) for each in (shown(item, Counted) for item in years.items)] == [
        ("2026", 9),
        ("2025", 3),
    ]


def test_a_date_that_differs() -> None:
    """It has what is its own, and says that it was moved; the others say nothing."""
    found = dates(CLUB, "events/club/index.html")
    moved, plain = found["2026-12-10"], found["2027-01-14"]
    assert moved["when"]["start"] == "2026-12-17T19:00"
    assert (moved["changes"], [each["name"] for each in moved["people"]]) == (
        {"title": "Book club: Dune", "moved": True},
        ["Bo Ek"],
    )
    assert "changes" not in plain


def test_others_on_a_date() -> None:
    """Groups, sponsors and whatever else has a part in one date stand there by their parts, people among them."""
    text = CLUB.replace(
        "speakers: [bo]", "speakers: [bo], groups: [oslo], sponsors: [The Loom], venue: organizations/mill"
    )
    text += (
        "-- groups/oslo.yaml --\ntitle: Oslo\n-- organizations/mill.yaml --\nname: The Mill\nlocation: Oslo, Norway\n"
    )
    row = dates(text, "events/club/index.html")["2026-12-10"]
    assert {part: [(each["name"], each.get("url", "")) for each in found] for part, found in row["parts"].items()} == {
        "speakers": [("Bo Ek", "/members/bo/")],
        "groups": [("Oslo", "/groups/oslo/")],
        "sponsors": [("The Loom", "")],
        "venue": [("The Mill", "/organizations/mill/")],
    }
    assert row["changes"]["place"] == "The Mill, Oslo, Norway"
    assert sections(text, "groups/oslo/index.html")["groups_at"] == [("Book club: Dune", "/events/club/#2026-12-10")]


def test_people_of_a_date() -> None:
    """Who speaks on one date has that date on their page and in their calendar, and not the whole series."""
    bo, ada = (sections(CLUB, f"members/{each}/index.html")["speakers_at"] for each in ("bo", "ada"))
    assert bo == [("Book club: Dune", "/events/club/#2026-12-10")]
    assert ada == [("Book club", "/events/club/")]
    found = outputs(CLUB)
    series, alone = (
        [shown(each, VEvent) for each in found[f"members/{name}/calendar.ics"].inputs.events] for name in ("ada", "bo")
    )
    assert [bool(each.repetition) for each in (*series, *alone)] == [True, False]
    assert (alone[0].when.start, alone[0].planned) == ("2026-12-17T19:00", "")


def test_a_date_whose_place_is_taken() -> None:
    """The event of its own is linked at the date, and the series does not have the date any more."""
    text = CLUB + (
        "-- events/party.yaml --\ntitle: Party\nstart: 2027-01-15 18:00\ninstead_of: {event: club, date: 2027-01-14}\n"
    )
    row = dates(text, "events/club/index.html")["2027-01-14"]
    assert (row["url"], row["title"]) == ("/events/party/", "Party")
    found = outputs(text)
    (series,) = (shown(each, VEvent) for each in found["events/club/event.ics"].inputs.events)
    (party,) = (shown(each, VEvent) for each in found["events/party/event.ics"].inputs.events)
    assert series.repetition
    assert "2027-01-14T18:00" in series.repetition.skipped
    assert party.related == series.uid


def test_a_person_has_a_date_once() -> None:
    """Who organizes a series and speaks on a date of it has the series in their calendar, and not that date again."""
    text = CLUB.replace("speakers: [ada]\n", "organizers: bo\n", 1)
    events = outputs(text)["members/bo/calendar.ics"].inputs.events
    assert [bool(shown(each, VEvent).repetition) for each in events] == [True]


@pytest.mark.parametrize(("now", "standing"), [("2026-11-19", []), ("2026-11-21", ["registration-closed"])])
def test_the_registration_of_a_date(now: str, standing: list[str]) -> None:
    """It closes on its own day, and the page says so from then on."""
    text = CLUB.replace("speakers: [bo]", "registration: {url: 'https://a.example/', closes: 2026-11-20}")
    assert list(dates(text, "events/club/index.html", now)["2026-12-10"].get("standing", ())) == standing
    assert linked(text, "2026-11-19")[0].interval.until == epoch("2026-11-21")


def test_a_date_that_is_moved_from_behind_the_horizon() -> None:
    """It has its place on the page and in the calendar, wherever the repetition had planned it."""
    text = (
        "-- events/x.yaml --\ntitle: X\nstart: 2025-12-05 18:00\n"
        "repeats: {every: year, changes: {2027-12-05: {start: 2027-10-20 18:00}}}\n"
    )
    assert dates(text, "events/x/index.html")["2027-12-05"]["when"]["start"] == "2027-10-20T18:00"
    assert sheet(text, "2027-10") == {"2027-10-20": ["X"]}


# --- The calendar


def sheet(text: str, month: str, now: str = "2026-11-23") -> dict[str, list[str]]:
    """What stands on each day of a month on which anything does."""
    inputs = outputs(text, now)[f"events/calendar/{month}/index.html"].inputs
    titles = [shown(card, Card).title for card in inputs.cards]
    weeks = next(each for each in inputs.sections if each.name == "weeks").items
    days = [day for week in weeks for day in shown(week, dict)["days"] if day]
    return {day["date"]: [titles[index] for index in day["cards"]] for day in days if day.get("cards")}


def test_the_sheets() -> None:
    """There is one for each month from the first event to the horizon, whether it has anything or not."""
    found = sorted(path.split("/")[2] for path in outputs(CLUB, "2026-11-23") if path.startswith("events/calendar/"))
    assert (found[0], found[-1], len(found)) == ("2025-10", "2027-11", 26)


def test_the_horizon() -> None:
    """It is a number of months behind the present one; a single event behind it has a sheet all the same."""
    text = "-- site.yaml --\nname: X\nurl: https://example.org/\ntimezone: Europe/Oslo\ncalendar: {horizon: 2 months}\n"
    text += CLUB + "-- events/far.yaml --\ntitle: Far\nstart: 2027-04-01\n"
    found = sorted(path.split("/")[2] for path in outputs(text, "2026-11-23") if path.startswith("events/calendar/"))
    assert found[-4:] == ["2027-01", "2027-02", "2027-03", "2027-04"]
    assert list(dates(text, "events/club/index.html"))[-1] == "2027-01-14"


def test_no_sheets_for_long_times_without_events() -> None:
    """The first event of a very old association does not make a thousand empty months."""
    text = (
        "-- events/old.yaml --\ntitle: Old\nstart: 1905-06-07\n-- events/new.yaml --\ntitle: New\nstart: 2026-12-01\n"
    )
    found = sorted(path.split("/")[2] for path in outputs(text) if path.startswith("events/calendar/"))
    assert found == [
        "1905-06",
        *(f"2026-{month}" for month in (11, 12)),
        *(f"2027-{month:02}" for month in range(1, 12)),
    ]


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ("start: 2026-12-30\nend: 2027-01-02", {"2026-12": ["30", "31"], "2027-01": ["01", "02"]}),
        ("start: 2026-12-31 22:00\nend: 2027-01-01 2:00", {"2026-12": ["31"], "2027-01": []}),
        ("start: 2026-12-30 10:00\nend: 2027-01-01 0:00", {"2026-12": ["30", "31"], "2027-01": []}),
        ("start: 2026-12-12 23:30\ntimezone: America/Los_Angeles", {"2026-12": ["12"]}),
        ("start: 2026-12", {"2026-12": []}),
    ],
)
def test_days_of_a_sheet(fields: str, days: dict[str, list[str]]) -> None:
    """What takes several days is on each; what goes on past midnight, or elsewhere, is on the day that it begins."""
    text = f"-- events/talk.yaml --\ntitle: Talk\n{fields}\n"
    for month, found in days.items():
        assert sheet(text, month) == {f"{month}-{day}": ["Talk"] for day in found}


@pytest.mark.parametrize(
    ("settings", "first"),
    [("", "Mon"), ("language: en-US\n", "Sun"), ("calendar: {week_start: Saturday}\n", "Sat")],
)
def test_the_first_day_of_a_week(settings: str, first: str) -> None:
    """It is what the site says, else what its language does."""
    head = f"-- site.yaml --\nname: X\nurl: https://example.org/\ntimezone: Europe/Oslo\n{settings}"
    inputs = outputs(head + CLUB)["events/calendar/2026-11/index.html"].inputs
    weeks = next(each for each in inputs.sections if each.name == "weeks").items
    day = shown(weeks[1], dict)["days"][0]["date"]
    assert f"{dt.date.fromisoformat(day):%a}" == first


# --- Topics

MANY = """
-- members/ada.yaml --
name: Ada Okafor
location: Oslo, Norway
organization: The Loom
tags: lifts
-- members/bo.yaml --
name: Bo Ek
location: {city: Bergen, country: "NO"}
organizations: [{organization: The Loom, until: 2020}, {organization: "Ærø Works"}]
-- events/talk.yaml --
title: Talk
start: 2026-12-01 18:00
venue: {name: Old Hall, city: Oslo, country: Norway}
tags: lifts
-- events/tea.yaml --
title: Tea
start: 2025-12-01
venue: Tea House, Kyoto, Japan
"""


def test_places_tags_and_organizations() -> None:
    """Each has a page, made from text alone; where there are events there is a calendar, too."""
    folders = ("places/", "tags/", "organizations/")
    assert {path for path in paths(MANY) if path.startswith(folders)} == {
        "places/index.html",
        "places/japan/index.html", "places/japan/calendar.ics",
        "places/japan/kyoto/index.html", "places/japan/kyoto/calendar.ics",
        "places/norway/index.html", "places/norway/calendar.ics",
        "places/norway/bergen/index.html",
        "places/norway/oslo/index.html", "places/norway/oslo/calendar.ics",
        "tags/index.html", "tags/lifts/index.html", "tags/lifts/calendar.ics",
        "organizations/index.html", "organizations/the-loom/index.html", "organizations/aero-works/index.html",
    }  # fmt: skip
    assert titles(MANY, "places/norway/index.html") == ["Bo Ek", "Ada Okafor"]
    assert titles(MANY, "places/norway/oslo/index.html") == ["Ada Okafor"]
    assert titles(MANY, "organizations/the-loom/index.html") == ["Ada Okafor"]
    found = sections(MANY, "places/norway/index.html")
    assert (found["upcoming"], found["within"]) == (
        [("Talk", "/events/talk/")],
        [("Bergen", "/places/norway/bergen/"), ("Oslo", "/places/norway/oslo/")],
    )
    assert sections(MANY, "places/japan/index.html")["past"] == [("Tea", "/events/tea/")]


@pytest.mark.parametrize(
    ("location", "page"),
    [
        ("Oslo, Norway", "places/norway/oslo/"),
        ("Oslo, NO", "places/norway/oslo/"),
        ("Portland, Oregon, USA", "places/united-states/portland/"),
        ("Leeds, UK", "places/united-kingdom/leeds/"),
        ("{country: Kenya}", "places/kenya/"),
        ("{city: Ørsta, country: no}", "places/norway/orsta/"),
        ("{city: Nowhere, country: Atlantis}", "places/atlantis/nowhere/"),
        ("Oslo", None),
        ("{city: Oslo}", None),
    ],
)
def test_where_somebody_lives(location: str, page: str | None) -> None:
    """A town is one in a country, however that is written; without a country nobody knows which town it is."""
    found = [path for path in paths(f"-- members/ada.yaml --\nname: Ada\nlocation: {location}\n") if "places/" in path]
    assert max(found, key=len, default=None) == (page and f"{page}index.html")


def test_a_calendar_at_an_old_address() -> None:
    """Who subscribed to a person's events goes on to get them when the person's id has changed."""
    text = "-- events/talk.yaml --\ntitle: T\nstart: 2026-12-01\nspeakers: ada\n"
    text += "-- members/ada.yaml --\nname: Ada\naliases: ada-o\n"
    found = outputs(text)
    assert found["members/ada-o/calendar.ics"].inputs == found["members/ada/calendar.ics"].inputs


@pytest.mark.parametrize(
    ("now", "standing"),
    [
        ("2026-11-01", ("registration-early", "call-early")),
        ("2026-11-10", ("registration-early",)),
        ("2026-11-16", ("call-closed",)),
        ("2026-12-02", ("registration-closed", "call-closed")),
        ("2026-12-06", ("over", "registration-closed", "call-closed")),
    ],
)
def test_what_is_open(now: str, standing: tuple[str, ...]) -> None:
    """Whether one can register or propose a talk is told by the clock of the build."""
    text = (
        "-- events/talk.yaml --\ntitle: Talk\nstart: 2026-12-05 18:00\n"
        "registration: {url: 'https://a.example/', opens: 2026-11-15, closes: 2026-12-01}\n"
        "call: {url: 'https://a.example/', opens: 2026-11-10, closes: 2026-11-15}\n"
    )
    assert outputs(text, now)["events/talk/index.html"].inputs.standing == standing


def test_editions() -> None:
    """Earlier and later events of a series are linked, the nearest first."""
    text = "".join(
        f"-- events/e{year}.yaml --\ntitle: E{year}\nstart: {year}-05-04\nseries: Assembly\n"
        for year in range(2020, 2030)
    )
    found = sections(text, "events/e2025/index.html")
    assert [title for title, _ in found["earlier"]] == ["E2024", "E2023", "E2022"]
    assert [title for title, _ in found["later"]] == ["E2026", "E2027", "E2028"]


def test_sessions_and_their_people() -> None:
    """They stand in the order of their times; who speaks in one is a speaker of the event, with its title."""
    text = """
-- events/day.yaml --
title: Day
start: 2026-12-05 9:00
end: 2026-12-06 17:00
speakers: [Cy Ek]
sessions:
  - {title: Opening, duration: 30, speakers: [ada]}
  - {title: Coffee, duration: 15, type: break}
  - {title: Second day, day: 2, start: "9:00"}
  - {title: Late, day: 1, start: "16:00", speakers: [ada, Dee Ek]}
-- members/ada.yaml --
name: Ada Okafor
"""
    inputs = outputs(text)["events/day/index.html"].inputs
    found = {each.name: [shown(item, dict) for item in each.items] for each in inputs.sections}
    assert [(each["title"], each["start"], each["end"]) for each in found["agenda"]] == [
        ("Opening", "2026-12-05T09:00", "2026-12-05T09:30"),
        ("Coffee", "2026-12-05T09:30", "2026-12-05T09:45"),
        ("Late", "2026-12-05T16:00", ""),
        ("Second day", "2026-12-06T09:00", ""),
    ]
    assert [(each["name"], [talk["url"] for talk in each["talks"]]) for each in found["speakers"]] == [
        ("Cy Ek", []),
        ("Ada Okafor", ["#opening", "#late"]),
        ("Dee Ek", ["#late"]),
    ]


@pytest.mark.parametrize(
    ("now", "there"),
    [("2026-12-01T18:59:59+01:00", False), ("2026-12-01T19:00:00+01:00", True)],
)
def test_pages_come_with_time(now: str, *, there: bool) -> None:
    """The year has a page as soon as one of its events is over."""
    text = "-- events/talk.yaml --\ntitle: Talk\nstart: 2026-12-01 18:00\n"
    assert ("events/archive/2026/index.html" in paths(text, now)) is there


def test_what_has_expired_keeps_its_page() -> None:
    """A page stays, with its card or calendar; it is in no list, and its skill in no list of skills."""
    text = (
        "-- events/tea.yaml --\ntitle: Tea\nstart: 2027-01-01\nexpires: 2026-10-31\n"
        "-- members/ada.yaml --\nname: Ada\nskills: Rust\nexpires: 2026-10-31\n"
    )
    own = {"members/ada/index.html", "members/ada/card.vcf", "events/tea/index.html", "events/tea/event.ics"}
    assert paths(text) == NOBODY | own
    assert titles(text, "members/index.html") == titles(text, "events/index.html") == []


# --- Old addresses


@pytest.mark.parametrize(
    ("aliases", "more"),
    [
        ("ada-o", {"members/ada-o/index.html", "members/ada-o/card.vcf"}),
        ("/people/ada/", {"people/ada/index.html", "people/ada/card.vcf"}),
        ("/people/ada", {"people/ada/index.html", "people/ada/card.vcf"}),
        ("/people/ada.html", {"people/ada.html"}),
        ("[a, /b/]", {"members/a/index.html", "members/a/card.vcf", "b/index.html", "b/card.vcf"}),
    ],
)
def test_old_addresses_of_a_member(aliases: str, more: set[str]) -> None:
    """Old ids and old paths lead on, with a copy of the contact card."""
    one = "-- members/ada.yaml --\nname: Ada\n"
    assert paths(f"{one}aliases: {aliases}\n") - paths(one) == more


def test_old_addresses_of_an_event() -> None:
    """A program that subscribed to the event's calendar at its old address goes on to get it, the same to the byte."""
    one = "-- events/talk.yaml --\ntitle: Talk\nstart: 2026-12-01\naliases: [lecture, /talk.html]\n"
    assert paths(one) - paths(one.replace("aliases", "extra")) == {
        "events/lecture/index.html", "events/lecture/event.ics", "talk.html",
    }  # fmt: skip
    found = outputs(one)
    assert found["events/lecture/event.ics"].inputs == found["events/talk/event.ics"].inputs


REDIRECTS = """
-- site.yaml --
name: Working Order
url: https://example.org/
timezone: Europe/Oslo
redirects:
  /people/: /members/
  /old.html: https://b.example/
  /staff: /members/ada/
  /blog/*: /news/
  /u/:name: /members/
  /:2020/: /news/
-- members/ada.yaml --
name: Ada
"""


def test_redirects_of_the_site() -> None:
    """Each old address has a page that leads on; what stands for many addresses only a host can do."""
    found = {path: each.inputs for path, each in outputs(REDIRECTS).items() if each.owner == "site.yaml"}
    assert {path: each.url for path, each in found.items()} == {
        "people/index.html": "/members/",
        "old.html": "https://b.example/",
        "staff/index.html": "/members/ada/",
        ":2020/index.html": "/news/",
    }


# --- What is written


@pytest.mark.parametrize(
    ("formats", "there", "gone"),
    [
        ("[ics]", {"calendar.ics", "events/talk/event.ics"}, {"members/ada/card.vcf", "members/a/index.html"}),
        ("{vcf: no}", {"members/a/index.html", "feed.atom"}, {"members/ada/card.vcf", "members/a/card.vcf"}),
        ("{redirects: no}", {"members/a/card.vcf"}, {"members/a/index.html"}),
        ("{ics: no}", {"members/ada/card.vcf"}, {"calendar.ics", "events/talk/event.ics"}),
    ],
)
def test_formats_that_are_off(formats: str, there: set[str], gone: set[str]) -> None:
    """What site.yaml does not ask for is not written, and no page says that it is there."""
    head = f"-- site.yaml --\nname: X\nurl: https://example.org/\ntimezone: Europe/Oslo\nformats: {formats}\n"
    text = f"{head}-- members/ada.yaml --\nname: Ada\naliases: a\njoined: 2026-11-01\n"
    text += "-- events/talk.yaml --\ntitle: T\nstart: 2026-12-01\nspeakers: ada\n"
    found = outputs(text)
    assert there <= found.keys()
    assert not gone & found.keys()
    profile, lists = found["members/ada/index.html"].inputs, found["events/index.html"].inputs
    assert profile.card is ("members/ada/card.vcf" in found)
    assert bool(lists.calendar) is ("calendar.ics" in found)
    assert lists.feed is ("events/feed.atom" in found)
    assert shown(lists.chrome, dict)["calendar"] == ("/calendar.ics" if "calendar.ics" in found else "")


def test_where_a_page_is_edited() -> None:
    """A page knows the file that it is about, or whose words stand at its head; a list of all has none."""
    text = PEOPLE + "-- members/index.md --\n---\nname: Index\n---\n-- pages/events.yaml --\ntitle: Words\n"
    found = {path: each.inputs.source for path, each in outputs(text).items() if path.endswith(".html")}
    assert found["members/ada/index.html"] == "members/ada.yaml"
    assert found["events/index.html"] == "pages/events.yaml"
    assert found["members/index.html"] == found["skills/rust/index.html"] == found["index.html"] == ""


def test_the_order_of_the_first_page() -> None:
    """site.yaml may say which sections there are, in order; else the theme does."""
    head = "-- site.yaml --\nname: X\nurl: https://example.org/\ntimezone: Europe/Oslo\nhome: [news, join]\n"
    order = next(each for each in page(head, "index.html").sections if each.name == "order")
    assert [shown(each, Link).title for each in order.items] == ["news", "join"]
    assert not any(each.name == "order" for each in page("", "index.html").sections)


# --- What is on them


def test_home() -> None:
    """It shows the next five events, the last six who joined, the twelve most frequent skills, and their totals."""
    text = "".join(f"-- events/e{day}.yaml --\ntitle: E{day}\nstart: 2026-12-0{day}\n" for day in range(1, 8))
    text += "".join(f"-- members/m{day}.yaml --\nname: M{day}\njoined: 2026-10-0{day}\n" for day in range(1, 9))
    text += "-- members/m9.yaml --\nname: M9\nskills: Rust\n"
    text += "".join(f"-- members/s{number}.yaml --\nname: S\nskills: [s{number}, Rust]\n" for number in range(20))
    found = {each.name: each for each in page(text, "index.html").sections}
    shows = {name: [shown(card, Card).title for card in found[name].items] for name in ("upcoming", "newest")}
    assert shows["upcoming"] == ["E1", "E2", "E3", "E4", "E5"]
    assert shows["newest"] == ["M8", "M7", "M6", "M5", "M4", "M3"]
    assert (found["upcoming"].total, found["newest"].total, found["skills"].total) == (7, 29, 21)
    assert [shown(each, Counted).title for each in found["skills"].items][:2] == ["Rust", "s0"]
    assert len(found["skills"].items) == 12


def sections(text: str, path: str) -> dict[str, list[Any]]:
    """What a page shows under its headings: a title and an address, or what a person is called."""
    found = page(text, path).sections
    shows = {each.name: [shown(item, dict) for item in each.items] for each in found}
    return {
        name: [(item.get("title") or item["name"], item.get("url", "")) for item in items]
        for name, items in shows.items()
    }


TALK = "-- events/talk.yaml --\ntitle: Talk\nstart: 2026-12-01\nspeakers: [ada, Cy]\norganizers: ada\n"
ADA = "-- members/ada.yaml --\nname: Ada\nskills: [Rust, C++]\n"
GUEST = "-- members/ada.yaml --\nname: Ada\nskills: Rust\nstatus: guest\n"


@pytest.mark.parametrize(
    ("text", "path", "found"),
    [
        (
            TALK + ADA,
            "events/talk/index.html",
            {"speakers": [("Ada", "/members/ada/"), ("Cy", "")], "organizers": [("Ada", "/members/ada/")]},
        ),
        (
            TALK + ADA,
            "members/ada/index.html",
            {
                "speakers_at": [("Talk", "/events/talk/")],
                "organizers_at": [("Talk", "/events/talk/")],
                "skills": [("Rust", "/skills/rust/"), ("C++", "/skills/c-plus-plus/")],
            },
        ),
        (GUEST, "members/ada/index.html", {"skills": [("Rust", "")]}),
    ],
)
def test_what_belongs_to_an_entry(text: str, path: str, found: dict[str, list[tuple[str, str]]]) -> None:
    """An event has its people, a person the events and the skills; a skill leads on where it has a page."""
    shown_sections = sections(text, path)
    shown_sections.pop("add", None)
    assert shown_sections == found


@pytest.mark.parametrize(
    ("path", "parents"),
    [
        ("index.html", []),
        ("members/index.html", []),
        ("members/ada/index.html", ["/members/"]),
        ("skills/rust/page/2/index.html", ["/skills/"]),
        ("events/talk/index.html", ["/events/"]),
        ("events/archive/2025/index.html", ["/events/", "/events/archive/"]),
    ],
)
def test_the_way_back(path: str, parents: list[str]) -> None:
    """Each page knows the lists above it."""
    assert [each.url for each in page(PEOPLE + EVENTS, path).parents] == parents


def test_a_page_belongs_to_its_file() -> None:
    """What is wrong with a page can be told at the file that it is about; what is made from all files at none."""
    found = outputs(PEOPLE)
    assert found["members/ada/index.html"].owner == found["members/ada/card.vcf"].owner == "members/ada.yaml"
    assert found["members/index.html"].owner == ""
    assert found["members/index.html"].origin == ("members/bo.yaml", "members/cy.yaml")
