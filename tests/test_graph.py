"""The file of who has what in common with whom: its form, its size, and what must not be in it."""

import gzip
import json
import random
from typing import Any

import pytest
from msgspec import structs

from sitegen import pages
from sitegen.formats.graph import FORMAT, VERSION
from sitegen.insight.acquaintance import Graph
from sitegen.model import Config, Link, Settings, face
from sitegen.plan import Collection, Edition
from tests.sites import Project
from tests.steps import TINY, linked
from tests.test_acquaintance import PEOPLE, event

CONFIG = Config("Working Order", "https://example.org/", Settings("Europe/Oslo", "https://example.org/"))


def written(graph: Graph, config: Config = CONFIG, root: str = "") -> dict[str, bytes]:
    """The files of a graph, by path."""
    page = Collection(f"{root}/introductions/", "Introductions", "introductions.html", graph=face(graph), root=root)
    lists = Collection("/members/", "Members", "members.html")
    found = FORMAT.outputs((lists, page), Edition(config))
    return {each.path: each.render(each.inputs, None) for each in found}  # type: ignore[arg-type]


def read(data: bytes) -> Any:
    """What a browser reads."""
    return json.loads(data)


SMALL = Graph(
    (Link("Ada Ækre", "/members/ada/"), Link("Bo", "/members/bo/")), ((Link("Fair", "/events/fair/"), (0, 1)),), 1
)


def test_the_form() -> None:
    """Titles and addresses of people and of ties with the places of their people, and how many ties are events."""
    assert read(written(SMALL)["introductions/graph.json"]) == {
        "v": VERSION,
        "events": 1,
        "people": [["Ada Ækre", "/members/ada/"], ["Bo", "/members/bo/"]],
        "ties": [["Fair", "/events/fair/", [0, 1]]],
    }


def test_a_site_below_a_path() -> None:
    """Addresses begin with the path at which the site stands; each language has a file of its own."""
    said = written(SMALL, structs.replace(CONFIG, url="https://example.org/guild/"), "/es")
    assert said.keys() == {"es/introductions/graph.json"}
    made = read(said["es/introductions/graph.json"])
    assert (made["people"][0][1], made["ties"][0][1]) == ("/guild/members/ada/", "/guild/events/fair/")


def test_a_person_or_a_tie_is_a_line() -> None:
    """So a change shows as the lines that it is about."""
    lines = written(SMALL)["introductions/graph.json"].decode().splitlines()
    assert lines[1:3] == ['["Ada Ækre","/members/ada/"],', '["Bo","/members/bo/"]']
    assert lines[4] == '["Fair","/events/fair/",[0,1]]'


def test_without_ties_there_is_no_file() -> None:
    """A page without a graph has no file, though it has words at its head."""
    site, _ = linked(PEOPLE + "-- pages/introductions.md --\n---\ntitle: Who knows whom\n---\nSoon.\n")
    found = pages.collections((site,))
    assert "/introductions/" in {each.url for each in found}
    assert not list(FORMAT.outputs(found, Edition(site.config)))


def test_a_large_association_is_small_enough() -> None:
    """The graph of 10,000 members with 2,000 events and 100 groups is less than 1 MB as it is sent."""
    chance = random.Random(1)  # noqa: S311 - words, not secrets
    words = ["".join(chance.choices("abdefghiklmnoprstuvz", k=chance.randint(3, 9))) for _ in range(4_000)]

    def some(count: int) -> str:
        return " ".join(chance.choices(words, k=count)).title()

    people = tuple(
        Link(name, f"/members/{name.lower().replace(' ', '-')}/") for name in (some(2) for _ in range(10_000))
    )
    events = [(Link(some(4), f"/events/{number}/"), chance.sample(range(10_000), 30)) for number in range(2_000)]
    groups = [(Link(some(2), f"/groups/{number}/"), chance.sample(range(10_000), 200)) for number in range(100)]
    ties = tuple((link, tuple(sorted(places))) for link, places in (*events, *groups))
    data = written(Graph(people, ties, len(events)))["introductions/graph.json"]
    assert len(gzip.compress(data, 6)) < 1_000_000


CANARY = "quokka"
GONE = f"""
-- members/no.yaml --
name: No {CANARY}
listed: no
public: attendance
groups: towers
-- members/name.yaml --
name: Name {CANARY}
listed: name-only
public: attendance
-- members/gone.yaml --
name: Gone {CANARY}
status: in-memoriam
public: attendance
groups: towers
-- members/silent.yaml --
name: Silent {CANARY}
email: {CANARY}@example.com
-- members/guest.yaml --
name: Guest {CANARY}
status: guest
-- members/ada.yaml --
name: Ada
public: attendance
groups: towers
-- members/bo.yaml --
name: Bo
groups: towers
-- groups/towers.yaml --
title: Towers
leads: [no, name, gone, guest, Jane {CANARY}]
-- events/fair.yaml --
title: Fair
start: 2026-09-01
speakers: [bo, no, name, gone, guest, Jane {CANARY}]
attendees: [ada, no, name, gone, silent]
"""
"""Who is not to be in what tells how people belong together."""


@pytest.mark.parametrize("formats", ["[graph, netlify]", "[netlify]"])
def test_what_nobody_may_know(make: Any, formats: str) -> None:
    """Nobody unlisted, in memoriam, credited by name, no guest, and nobody who has not agreed is in a built file."""
    project: Project = make(TINY + GONE)
    site = f"name: X\nurl: https://example.org/\ntimezone: Europe/Oslo\ntheme: tiny\nformats: {formats}\n"
    project.write(f"-- site.yaml --\n{site}")
    assert not project.build().failed
    files = project.output()
    assert ("introductions/graph.json" in files) == ("graph" in formats)
    if "graph" in formats:
        made = read(files["introductions/graph.json"])
        assert [title for title, _ in made["people"]] == ["Ada", "Bo"]
        assert [(title, places) for title, _, places in made["ties"]] == [("Fair", [0, 1]), ("Towers", [0, 1])]
    told = [path for path, data in files.items() if CANARY.encode() in data and path.startswith("introductions/")]
    assert not told
    assert "\nmet: [{" in project.read("members/ada/index.html")
    assert CANARY not in project.read("members/ada/index.html")
    assert "\nmet: " not in project.read("members/guest/index.html")
    assert "\nmet: " not in project.read("members/silent/index.html")


def test_events_that_are_over_alone(make: Any) -> None:
    """Another event counts as soon as it is over: the same content, built at another time."""
    project: Project = make(TINY.replace("formats: [ics, vcf, redirects]", "formats: [graph]") + PEOPLE)
    project.write(event("fair", "2026-12-01 18:00", "ada, bo", "end: 20:00\n"))
    project.build("2026-12-01T19:59")
    assert "introductions/graph.json" not in project.output()
    project.build("2026-12-01T20:00")
    assert [title for title, _ in read(project.output()["introductions/graph.json"])["people"]] == ["Ada", "Bo"]
