"""Acquaintance: what people have in common, whom somebody has met, and where chains begin."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from sitegen.insight.acquaintance import MOST, SHOWN, TOLD, Tie, circles, graph, has_introductions, met, starts, ties
from sitegen.model import shown
from sitegen.site import Site, link
from tests.sites import NOW
from tests.steps import config_of, entries_of, epoch

PEOPLE = "".join(
    f"-- members/{name}.yaml --\nname: {name.title()}\npublic: attendance\n"
    for name in ("ada", "bo", "cy", "dee", "eve")
)


def site_of(text: str, now: str = NOW, attending: Mapping[tuple[str, str], tuple[str, ...]] | None = None) -> Site:
    """The site of a string; who takes part and shows it is said apart."""
    config = config_of(text)
    refs = {part: tuple(f"members/{name}" for name in names) for part, names in (attending or {}).items()}
    return link(config, entries_of(text, config.settings), (), epoch(now), refs)[0]


def told(found: Iterable[Tie]) -> list[tuple[str, str]]:
    """What ties whom."""
    return [(tie.url, " ".join(member.id for member in tie.people)) for tie in found]


def tied(text: str, now: str = NOW, attending: Mapping[tuple[str, str], tuple[str, ...]] | None = None) -> Any:
    """What ties whom in the site of a string."""
    return told(ties(site_of(PEOPLE + text, now, attending)))


def event(name: str, start: str, people: str, more: str = "") -> str:
    """An event with speakers."""
    return f"-- events/{name}.yaml --\ntitle: {name.title()}\nstart: {start}\nspeakers: [{people}]\n{more}"


# --- Events


def test_everybody_who_has_a_part() -> None:
    """Speakers, those of sessions too, organizers, hosts, helpers, and those who take part and show it."""
    text = """
-- events/fair.yaml --
title: Fair
start: 2026-09-01
speakers: [Jane Doe]
organizers: bo
hosts: [towers, cy]
sessions: [{title: Talk, speakers: [{person: ada}]}]
helpers: [dee]
-- groups/towers.yaml --
title: Towers
"""
    assert tied(text) == [("/events/fair/", "ada bo cy dee")]
    attending = {("events/fair", ""): ("eve", "bo")}
    assert tied(text, attending=attending) == [("/events/fair/", "ada bo cy dee eve")]


@pytest.mark.parametrize(
    ("now", "more", "there"),
    [
        ("2026-09-01T20:59", "", False),
        ("2026-09-01T21:00", "", True),
        (NOW, "status: cancelled\n", False),
        (NOW, "status: postponed\n", False),
        (NOW, "status: tentative\n", True),
        (NOW, "expires: 2026-10-01\n", False),
    ],
)
def test_events_that_count(now: str, more: str, *, there: bool) -> None:
    """Those that are over, have taken place and are in lists."""
    assert bool(tied(event("fair", "2026-09-01 18:00", "ada, bo", f"end: 21:00\n{more}"), now)) is there


def test_one_person_is_no_tie() -> None:
    """It takes two members: people without a profile, guests and others who are in no directory are none."""
    text = event("fair", "2026-09-01", "ada, Jane Doe, guest, gone, name")
    gone = "-- members/{}.yaml --\nname: {}\n{}\n"
    text += gone.format("guest", "Guest", "status: guest") + gone.format("gone", "Gone", "status: in-memoriam")
    text += gone.format("name", "Name", "listed: name-only")
    assert tied(text) == []
    assert not has_introductions(site_of(PEOPLE + text))


@pytest.mark.parametrize(
    ("count", "came", "there"),
    [(MOST, 0, True), (MOST + 1, 0, False), (2, MOST, True), (2, MOST + 1, False)],
)
def test_large_events(count: int, came: int, *, there: bool) -> None:
    """Where more than 150 people were, nobody has met everybody: people who are named, or as many as were counted."""
    people = ", ".join(("ada", "bo", *(f"Jane Doe {number}" for number in range(count - 2))))
    assert bool(tied(event("fair", "2026-09-01", people, f"attendance: {came}\n" if came else ""))) is there


SERIES = """
-- events/bench.yaml --
title: Bench
start: 2026-09-07 18:00
repeats: {every: week, changes: {%s}}
organizers: ada
helpers: bo
"""


def test_dates_of_a_repetition() -> None:
    """All usual dates are one tie; one that is over with people of its own is another, at its own address."""
    text = SERIES % "2026-09-14: {speakers: [cy], title: Reeds}, 2026-09-21: cancelled, 2027-01-04: {speakers: [dee]}"
    assert tied(text) == [("/events/bench/", "ada bo"), ("/events/bench/#2026-09-14", "ada bo cy")]
    assert tied(text, "2026-09-07T12:00") == []
    assert [tie.title for tie in ties(site_of(PEOPLE + text))] == ["Bench", "Reeds"]


def test_a_date_that_ties_nobody_else() -> None:
    """A date that differs, but not in its people, is no tie of its own."""
    assert tied(SERIES % "2026-09-14: {title: Reeds}") == [("/events/bench/", "ada bo")]


def test_who_takes_part_in_a_repetition() -> None:
    """Whoever takes part in all of it is there on each date that does not say who is."""
    text = SERIES % "2026-09-14: {speakers: [cy]}, 2026-09-21: {speakers: [cy]}"
    attending = {("events/bench", ""): ("dee",), ("events/bench", "2026-09-21T18:00"): ("eve",)}
    assert tied(text, attending=attending) == [
        ("/events/bench/", "ada bo dee"),
        ("/events/bench/#2026-09-14", "ada bo cy dee"),
        ("/events/bench/#2026-09-21", "ada bo cy eve"),
    ]


def test_a_date_in_whose_place_another_event_is() -> None:
    """The event that takes the place of a date is a tie of its own; the date is none."""
    text = (
        """
-- events/bench.yaml --
title: Bench
start: 2026-11-16 18:00
repeats: {every: week, changes: {}}
organizers: [ada, bo]
""".replace(", changes: {}", "")
        + event("fair", "2026-11-16 18:00", "cy, dee", "instead_of: {event: bench, date: 2026-11-16}\n")
    )
    assert tied(text) == [("/events/fair/", "cy dee")]


# --- Groups

GROUPS = """
-- groups/towers.yaml --
title: Towers
leads: [ada, Jane Doe]
former_leads: [dee]
{}
-- members/bo.yaml --
name: Bo
groups: [{{group: towers, until: 2020}}, {{group: towers, since: 2024}}]
-- members/cy.yaml --
name: Cy
groups: [{{group: towers, until: 2020}}]
-- members/fay.yaml --
name: Fay
groups: towers
status: in-memoriam
"""


def test_groups() -> None:
    """Those who belong to a group now, and its leads; not those who did."""
    assert tied(GROUPS.format("")) == [("/groups/towers/", "ada bo")]
    assert tied(GROUPS.format("status: dormant")) == [("/groups/towers/", "ada bo")]
    assert tied(GROUPS.format("status: closed")) == []


# --- Whom somebody has met


def known_to(ident: str, text: str, now: str = NOW, **more: Any) -> list[dict[str, Any]]:
    """The people whom a member has met."""
    site = site_of(PEOPLE + text, now, **more)
    entry = next(each for each in site.entries if each.ref == f"members/{ident}")
    return [shown(each, dict) for each in met(circles(site), entry)[0]]


def names(found: Iterable[dict[str, Any]]) -> str:
    """Their names."""
    return " ".join(each["title"] for each in found)


def test_people_met() -> None:
    """They are cards with the events that are shared; neither oneself nor people of one's group alone."""
    text = event("fair", "2026-09-01", "ada, bo") + event("show", "2026-10-01", "bo, ada, cy") + GROUPS.format("")
    text = text.replace("name: Bo\n", "name: Bo\nheadline: Bells\n")
    bo, cy = known_to("ada", text)
    assert (bo["title"], bo["url"], bo["subtitle"], bo["events"]) == ("Bo", "/members/bo/", "Bells", 2)
    assert bo["shared"] == [
        {"title": "Fair", "url": "/events/fair/"},
        {"title": "Show", "url": "/events/show/"},
    ]
    assert (cy["title"], cy["events"]) == ("Cy", 1)
    assert known_to("dee", text) == []


MORE = (
    event("a", "2026-09-01", "ada, bo, cy"),
    event("b", "2026-09-02", "ada, cy, bo, dee"),
    event("c", "2026-09-03", "cy, ada, eve"),
)
SMALLER = (event("a", "2026-09-01", "ada, cy"), event("b", "2026-09-01", "ada, bo", "attendance: 100\n"))
LATER = (event("a", "2020-09-01", "ada, bo"), event("b", "2026-09-01", "ada, cy"))
TWO = (
    event("a", "2026-09-01", "ada, bo"),
    event("b", "2026-09-01", "ada, cy", f"attendance: {MOST}\n"),
    event("c", "2026-09-01", "ada, cy", f"attendance: {MOST}\n"),
)


@pytest.mark.parametrize("events", [MORE, SMALLER, LATER, TWO], ids=["more", "smaller", "later", "two large ones"])
def test_who_comes_first(events: tuple[str, ...]) -> None:
    """Whoever shares the most events, where a small one counts more than a large one, and a recent one than an old."""
    assert names(known_to("ada", "".join(events))).startswith("Cy Bo")


def test_ranks_do_not_depend_on_the_present() -> None:
    """The same events give the same order in any year."""
    text = (
        event("a", "2012-09-01", "ada, bo, cy")
        + event("b", "2016-09-01", "ada, cy")
        + event("c", "2020-09-01", "ada, dee")
    )
    expected = names(known_to("ada", text))
    assert expected == names(known_to("ada", text, "2090-01-01T00:00"))
    assert len(expected.split()) == 3


def test_dates_of_one_event_count_once() -> None:
    """However many dates of a repetition are shared, it is one event."""
    text = SERIES % ", ".join(f"2026-09-{day}: {{speakers: [cy]}}" for day in ("14", "21", "28"))
    found = {each["title"]: each for each in known_to("ada", text)}
    assert {name: each["events"] for name, each in found.items()} == {"Bo": 1, "Cy": 1}
    assert found["Cy"]["shared"] == [{"title": "Bench", "url": "/events/bench/#2026-09-28"}]


def test_many_people_and_many_events() -> None:
    """At most twelve are shown, with at most three events each; the numbers of all are told."""
    people = [f"m{number:02}" for number in range(SHOWN + 3)]
    text = "".join(f"-- members/{each}.yaml --\nname: {each}\n" for each in people)
    text += "".join(event(f"e{day}", f"2026-09-0{day}", ", ".join(people)) for day in range(1, TOLD + 3))
    site = site_of(text)
    found, total = met(circles(site), site.members[0])
    assert (len(found), total) == (SHOWN, len(people) - 1)
    first = shown(found[0], dict)
    assert (first["title"], len(first["shared"]), first["events"]) == ("m01", TOLD, TOLD + 2)
    assert [each["title"] for each in first["shared"]] == ["E5", "E4", "E3"]


def test_an_event_is_looked_at_once() -> None:
    """The ties are found once for the pages of all members, by a look or two at each entry."""
    people = [f"m{number:02}" for number in range(40)]
    text = "".join(f"-- members/{each}.yaml --\nname: {each}\n" for each in people)
    text += "".join(event(f"e{at}", "2026-09-01", ", ".join(people[at * 4 : at * 4 + 4])) for at in range(10))
    site = site_of(text)
    looked = 0

    class Looked(dict[Any, Any]):
        """Referents that count how often they are looked up."""

        def get(self, key: Any, default: Any = None) -> Any:
            nonlocal looked
            looked += 1
            return super().get(key, default)

    known = circles(replace(site, referents=Looked(site.referents)))
    assert 0 < looked <= 2 * len(site.entries)
    before = looked
    for member in site.members:
        assert met(known, member)[1] == 3
    assert looked == before


# --- Introductions


def test_the_graph() -> None:
    """It has those who are tied in the order of the directory, events before groups, and the smaller first."""
    text = event("fair", "2026-09-01", "ada, bo, eve") + event("show", "2026-10-01", "bo, eve") + GROUPS.format("")
    site = site_of(PEOPLE + text)
    made = graph(site.members, ties(site))
    assert [each.title for each in made.people] == ["Ada", "Bo", "Eve"]
    assert [(tie.title, places) for tie, places in made.ties] == [
        ("Show", (1, 2)),
        ("Fair", (0, 1, 2)),
        ("Towers", (0, 1)),
    ]
    assert (made.events, made.people[2].url) == (2, "/members/eve/")


def test_where_chains_begin() -> None:
    """The people of the most ties, the events of the most people, and every group, each with its number."""
    text = event("fair", "2026-09-01", "ada, bo, eve") + event("show", "2026-10-01", "bo, eve") + GROUPS.format("")
    site = site_of(PEOPLE + text)
    people, events, groups = ([shown(each, dict) for each in part] for part in starts(site.members, ties(site)))
    assert [(each["title"], each["ties"]) for each in people] == [("Bo", 3), ("Ada", 2), ("Eve", 2)]
    assert [(each["title"], each["count"]) for each in events] == [("Fair", 3), ("Show", 2)]
    assert [(each["title"], each["count"]) for each in groups] == [("Towers", 2)]
