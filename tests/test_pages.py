"""Which URLs a site has."""

from typing import Any

import pytest

from sitegen.formats.html import Page
from sitegen.model import Card, Counted, shown
from tests.steps import outputs

NOBODY = {"index.html", "404.html", "members/index.html", "events/index.html"}
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
    """Every file that a site has."""
    return set(outputs(text, now))


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
    """Home, the page for what is not there and the two lists are always there; each entry adds what it has."""
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
    assert sections(text, path) == found


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
