"""Groups: what becomes of each field, and what their pages gather."""

from collections.abc import Callable
from typing import Any

import pytest

from sitegen.model import Card, Contact, Reference, Where, shown
from sitegen.problems import Severity
from tests.sites import Project
from tests.steps import TINY, decoded, entry_of, outputs

OSLO = "-- groups/oslo.yaml --\ntitle: Oslo chapter\n"


def test_the_least_group() -> None:
    """A title is enough for a page and a card; a group of which nothing else is said is active."""
    entry = entry_of(OSLO)
    assert (entry.ref, entry.url, entry.title) == ("groups/oslo", "/groups/oslo/", "Oslo chapter")
    assert shown(entry.card, Card) == Card("groups", "Oslo chapter", "/groups/oslo/", status="active")
    assert (entry.vevent, entry.vcard, entry.published) == (None, None, None)


@pytest.mark.parametrize(
    ("fields", "name", "value"),
    [
        ("type: chapter", "type", "chapter"),
        ("status: Forming", "status", "forming"),
        ("status: inactive", "status", "dormant"),
        ("since: 2019-05", "since", "2019-05"),
        ("until: 2024", "until", "2024"),
        ("location: Oslo, Norway", "place", "Oslo, Norway"),
        ("location: {city: Oslo, country: NO}", "location", {"city": "Oslo", "country": "NO"}),
        ("timezone: America/New_York", "timezone", "America/New_York"),
        ("meets: every second Thursday", "meets", "every second Thursday"),
        ("contact: oslo@example.org", "contact", {"email": "oslo@example.org"}),
        ("contact: {name: Bo, url: https://b.example/}", "contact", {"name": "Bo", "url": "https://b.example/"}),
        ("join: https://j.example/", "join", {"url": "https://j.example/"}),
        ("join: Come along", "join", {"note": "Come along"}),
        ("join: {url: https://j.example/, note: Ask}", "join", {"url": "https://j.example/", "note": "Ask"}),
    ],
)
def test_what_a_page_shows(fields: str, name: str, value: Any) -> None:
    """The page has what was written, whether in a short form or a long one."""
    assert shown(entry_of(f"{OSLO}{fields}\n").full, dict)[name] == value


def test_what_a_card_shows() -> None:
    """Lists say what it is, where it is and when it meets."""
    fields = "type: chapter\nstatus: forming\nmeets: on Mondays\nlocation: Oslo, Norway\nsummary: We mend.\n"
    assert shown(entry_of(OSLO + fields).card, Card) == Card(
        "groups",
        "Oslo chapter",
        "/groups/oslo/",
        subtitle="on Mondays",
        summary="We mend.",
        place="Oslo, Norway",
        type="chapter",
        status="forming",
    )


def test_facets() -> None:
    """Its town, whom to ask, and the zone of its events are what others know of it."""
    entry = entry_of(
        f"{OSLO}location: Oslo, Norway\ntimezone: Asia/Tokyo\ncontact: {{name: Bo, email: b@example.org}}\n"
    )
    assert entry.where == (Where("NO", "Oslo"),)
    assert entry.contact == Contact("Bo", "b@example.org")
    assert (entry.zone, entry.status) == ("Asia/Tokyo", "active")


def test_who_leads_it() -> None:
    """Leads and former leads are people in their order, with an office and the time in it; a parent is a group."""
    entry = entry_of(
        f"{OSLO}leads: [ada, {{person: bo, role: Treasurer, since: 2024}}]\n"
        "former_leads: [{name: Cy Ek, role: Chair, since: 2019, until: 2023-05}]\nparent: groups/norway\n"
    )
    assert entry.references == (
        Reference("leads", ("leads", 0, "person"), id="ada"),
        Reference("leads", ("leads", 1, "person"), id="bo", role="Treasurer", since="2024"),
        Reference(
            "former_leads", ("former_leads", 0, "person"), name="Cy Ek", role="Chair", since="2019", until="2023-05"
        ),
        Reference("parent", ("parent",), kind="groups", id="norway"),
    )


@pytest.mark.parametrize(
    ("fields", "path", "severity"),
    [
        ("type: chaptr", ("type",), Severity.NOTE),
        ("location: {city: Oslo, country: Norwai}", ("location", "country"), Severity.WARNING),
        ("status: sleeping", ("status",), Severity.ERROR),
        ("timezone: Oslo", ("timezone",), Severity.ERROR),
        ("parent: Oslo Chapter", ("parent",), Severity.ERROR),
        ("join: {urll: https://a.example/}", ("join", "urll"), Severity.ERROR),
    ],
)
def test_severity(fields: str, path: tuple[str | int, ...], severity: Severity) -> None:
    """What is read as meant is noted, what is odd a warning, what would be lost an error."""
    assert [(each.at.path, each.severity) for each in decoded(f"{OSLO}{fields}\n").problems] == [(path, severity)]


# --- Its page and its list

SITE = f"""{OSLO}leads: bo
-- groups/lifts.yaml --
title: Lifts
status: closed
parent: oslo
-- groups/clocks.yaml --
title: Clocks
status: forming
-- members/ada.yaml --
name: Ada Okafor
groups: [{{group: oslo, role: chair, since: 2020}}, lifts]
-- members/bo.yaml --
name: Bo Ek
public: email
email: bo@example.org
-- members/cy.yaml --
name: Cy Ek
groups: {{group: oslo, until: 2020}}
-- members/dee.yaml --
name: Dee Ek
status: in-memoriam
groups: oslo
-- events/talk.yaml --
title: Talk
start: 2026-12-01 18:00
groups: oslo
-- events/tea.yaml --
title: Tea
start: 2026-11-01
hosts: [groups/oslo]
-- opportunities/help.yaml --
title: Help out
type: volunteering
contact: bo
"""


def items(path: str, now: str = "2026-11-23") -> dict[str, list[dict[str, Any]]]:
    """What a page shows under its headings."""
    return {each.name: [shown(item, dict) for item in each.items] for each in outputs(SITE, now)[path].inputs.sections}


def test_what_its_page_gathers() -> None:
    """Leads, members with their part there, smaller groups, and its events: those to come and those past."""
    found = items("groups/oslo/index.html")
    assert [(each["name"], each["url"]) for each in found["leads"]] == [("Bo Ek", "/members/bo/")]
    assert [(each["title"], each["part"]) for each in found["groups_members"]] == [
        ("Cy Ek", {"role": "", "since": "", "until": "2020", "past": True}),
        ("Ada Okafor", {"role": "chair", "since": "2020", "until": "", "past": False}),
    ]
    assert [each["title"] for each in found["parent_groups"]] == ["Lifts"]
    assert [each["title"] for each in found["upcoming"]] == ["Talk"]
    assert [each["title"] for each in found["past"]] == ["Tea"]


def test_its_calendar() -> None:
    """Whoever follows a group has all its events, also those that it only hosts; a group without any has none."""
    found = outputs(SITE)
    assert len(found["groups/oslo/calendar.ics"].inputs.events) == 2
    assert "groups/clocks/calendar.ics" not in found


def test_the_list() -> None:
    """Those that are at work stand first, then those to come, to sleep and to rest; each by its title."""
    cards = [shown(each, Card) for each in outputs(SITE)["groups/index.html"].inputs.cards]
    assert [(each.title, each.status) for each in cards] == [
        ("Oslo chapter", "active"),
        ("Clocks", "forming"),
        ("Lifts", "closed"),
    ]


def test_no_groups() -> None:
    """Without any there is no list of them, and nothing leads there."""
    assert not any(path.startswith("groups/") for path in outputs(""))


@pytest.mark.parametrize(
    ("leads", "group", "found"),
    [
        ("bo", "", {"name": "Bo Ek", "url": "/members/bo/", "email": "bo@example.org", "of": "Oslo chapter"}),
        ("cy", "contact: oslo@example.org\n", {"name": "Oslo chapter", "url": "", "email": "oslo@example.org"}),
        ("{person: bo, until: 2020}", "contact: {url: https://a.example/}\n", {
            "name": "Oslo chapter", "url": "https://a.example/",
        }),
        ("ada", "", None),
    ],
)  # fmt: skip
def test_who_introduces_a_member(leads: str, group: str, found: dict[str, str] | None) -> None:
    """Whoever shows no address is reached through a lead who does, else through the group; by nobody who has left."""
    text = SITE.replace("leads: bo\n", f"leads: {leads}\n{group}")
    sections = outputs(text)["members/ada/index.html"].inputs.sections
    reach = [shown(item, dict) for each in sections if each.name == "reach" for item in each.items]
    assert [{key: value for key, value in each.items() if value} for each in reach] == (
        [{key: value for key, value in found.items() if value}] if found else []
    )
    assert not any(each.name == "reach" for each in outputs(text)["members/bo/index.html"].inputs.sections)


# --- The zone of a group


ZONES = """
-- groups/oslo.yaml --
title: Oslo chapter
timezone: America/New_York
-- groups/tokyo.yaml --
title: Tokyo chapter
timezone: Asia/Tokyo
-- groups/york.yaml --
title: York chapter
timezone: America/New_York
-- groups/lifts.yaml --
title: Lifts
-- events/talk.yaml --
title: Talk
start: 2026-12-01 18:00
groups: [{}]
"""


def built(make: Callable[[str], Project], groups: str, more: str = "") -> Project:
    """A site with an event of some groups, as it was built."""
    site = make(TINY + ZONES.format(groups) + more)
    report = site.build()
    assert not report.failed, report.problems
    return site


@pytest.mark.parametrize(
    ("groups", "more", "start"),
    [
        ("oslo", "", "DTSTART;TZID=America/New_York:20261201T180000"),
        ("oslo, york, lifts", "", "DTSTART;TZID=America/New_York:20261201T180000"),
        ("lifts", "", "DTSTART;TZID=Europe/Oslo:20261201T180000"),
        ("oslo", "timezone: UTC\n", "DTSTART:20261201T180000Z"),
        ("oslo, tokyo", "timezone: Asia/Tokyo\n", "DTSTART;TZID=Asia/Tokyo:20261201T180000"),
    ],
)
def test_its_events_are_in_its_zone(make: Callable[[str], Project], groups: str, more: str, start: str) -> None:
    """An event without a zone of its own is in that of its groups, else in the site's."""
    assert start in built(make, groups, more).read("events/talk/event.ics").splitlines()


def test_groups_in_different_zones(make: Callable[[str], Project]) -> None:
    """Nobody can tell whose clock is meant: an error names one zone, and nothing is published."""
    site = make(TINY + ZONES.format("oslo, tokyo"))
    assert "its groups are in different time zones" in site.messages()
    assert "name one: timezone: America/New_York" in site.messages()
    assert site.build().failed


def test_a_group_moves_to_another_zone(make: Callable[[str], Project]) -> None:
    """Its events move with it, though their own files did not change; a group without events costs its own page."""
    site = built(make, "oslo")
    before = site.read("events/talk/event.ics")
    site.write("-- groups/oslo.yaml --\ntitle: Oslo chapter\ntimezone: Asia/Tokyo\n")
    assert "events/talk/event.ics" in site.build().placed
    assert "DTSTART;TZID=Asia/Tokyo:20261201T180000" in site.read("events/talk/event.ics").splitlines()
    site.write("-- groups/oslo.yaml --\ntitle: Oslo chapter\ntimezone: America/New_York\n")
    site.build()
    assert site.read("events/talk/event.ics") == before
    site.remove("groups/oslo.yaml")
    site.write(ZONES.format("lifts").partition("-- events")[1] + ZONES.format("lifts").partition("-- events")[2])
    site.build()
    assert "DTSTART;TZID=Europe/Oslo:20261201T180000" in site.read("events/talk/event.ics").splitlines()


def test_a_draft_of_a_group_has_no_zone(make: Callable[[str], Project]) -> None:
    """What is not published decides nothing; as soon as it is, it does."""
    draft = "-- groups/new.yaml --\ntitle: New\ntimezone: Asia/Tokyo\ndraft: yes\n"
    site = built(make, "new", draft)
    assert "DTSTART;TZID=Europe/Oslo:20261201T180000" in site.read("events/talk/event.ics").splitlines()
    site.write(draft.replace("draft: yes\n", ""))
    assert not site.build().failed
    assert "DTSTART;TZID=Asia/Tokyo:20261201T180000" in site.read("events/talk/event.ics").splitlines()
