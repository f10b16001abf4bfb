"""The page of introductions: where it is, what it has without a script, and what the script makes of it."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sitegen import navigation, pages
from sitegen.formats.graph import Chart, render
from sitegen.insight import acquaintance
from sitegen.model import shown
from tests.sites import SITE, Project
from tests.steps import linked
from tests.test_acquaintance import PEOPLE, event

Make = Callable[[str], Project]
SCRIPT = Path(__file__).parent.parent / "themes" / "programme" / "static" / "introductions.js"
INTRODUCE = Path(__file__).parent / "introduce.mjs"
NODE = shutil.which("node")
needs_node = pytest.mark.skipif(
    not NODE and not os.environ.get("SITEGEN_ALL_TESTS"), reason="node runs the theme's script"
)

TOWERS = """
-- groups/towers.yaml --
title: Towers
leads: [cy, dee]
"""
CHAIN = PEOPLE + event("fair", "2026-09-01", "ada, bo") + event("show", "2026-10-01", "bo, cy") + TOWERS
"""Ada and Bo were at the fair, Bo and Cy at the show; Cy and Dee lead the towers. Eve knows nobody."""


# --- Where it is


@pytest.mark.parametrize(
    ("text", "there"),
    [
        (event("fair", "2026-09-01", "ada, bo"), True),
        (TOWERS, True),
        (event("fair", "2026-09-01", "ada") + event("show", "2026-09-01", "bo"), False),
        (event("fair", "2027-09-01", "ada, bo"), False),
        ("", False),
    ],
)
def test_it_is_where_two_people_share_something(text: str, *, there: bool) -> None:
    """There is a page, and a section that leads there, as soon as two members have anything in common."""
    site, _ = linked(PEOPLE + text)
    found = [each for each in pages.collections((site,)) if each.url == "/introductions/"]
    assert bool(found) is there
    assert ("introductions" in navigation.sections(site)) is there
    assert all(each.graph for each in found)


# --- What it has


def test_what_the_page_has(make: Make) -> None:
    """A form that a script opens, words for those who have none, and where chains begin."""
    project = make(SITE + CHAIN)
    assert not project.build().failed
    html = project.read("introductions/index.html")
    assert re.search(r'<form class="pick" method="get" action="/introductions/" hidden\s+data-graph="([^"]*)"', html)
    assert re.search(r'<script type="module" src="/assets/introductions\.[0-9a-f]+\.js"></script>', html)
    assert "<noscript>" in html
    assert 'aria-live="polite"' in html
    assert all(f'<label for="{name}">' in html and f'id="{name}" name="{name}"' in html for name in ("from", "to"))
    main = html.partition("<main")[2].partition("</main>")[0]
    said = " ".join(re.sub(r"<[^>]+>", " ", main).split())
    assert "Bo 2 events and groups Cy 2 events and groups Ada one event or group" in said
    assert "Towers 2" in said
    assert "/members/eve/" not in main


def test_without_the_format(make: Make) -> None:
    """Where the graph is switched off there is neither form nor script, and the rest stays."""
    project = make(f"{SITE}formats: {{graph: no}}\n{CHAIN}")
    assert not project.build().failed
    html = project.read("introductions/index.html")
    assert "introductions/graph.json" not in project.output()
    assert not re.search('<form|<noscript|introductions[^"]*js', html.partition("<main")[2])
    assert "Start here" in html


# --- The script

WORDS = {
    "graph": "graph.json",
    "event": "both were at {0}",
    "group": "both belong to {0}",
    "found": "From {0} to {1}:",
    "none": "Nothing leads from {0} to {1}.",
    "same": "Pick two people.",
    "unknown": "Nobody is called {0}.",
    "failed": "Not loaded.",
}


def shown_by(asked: Any, text: str = CHAIN, *, graph: bool = True) -> dict[str, Any]:
    """What the script makes of names that are typed, or of a query."""
    assert NODE, "node is to be there where everything is set up"
    site, _ = linked(text)
    chart = next(each.graph for each in pages.collections((site,)) if each.url == "/introductions/")
    assert chart
    made = json.loads(render(Chart("", chart), None))  # type: ignore[arg-type]
    asking = {"script": SCRIPT.read_text("utf-8"), "graph": made if graph else None, "words": WORDS, "asked": [asked]}
    done = subprocess.run([NODE, INTRODUCE], input=json.dumps(asking), capture_output=True, text=True, check=True)
    answer: dict[str, Any] = json.loads(done.stdout)[0]
    return answer


def test_the_script_is_small() -> None:
    """It is less than 5 kB, and takes nothing from elsewhere."""
    script = SCRIPT.read_text("utf-8")
    assert len(script.encode()) < 5_000
    assert not re.search(r"\bimport\b|https?:|innerHTML", script)


@needs_node
def test_a_chain() -> None:
    """Names that are typed give the people from one to the other with what they share, and an address to pass on."""
    said = shown_by(["Ada", "dee"])
    chain = ["Ada both were at Fair", "Bo both were at Show", "Cy both belong to Towers", "Dee"]
    assert said["text"] == ["From Ada to Dee:", chain]
    assert said["links"] == [
        *("/members/ada/", "/events/fair/", "/members/bo/", "/events/show/"),
        *("/members/cy/", "/groups/towers/", "/members/dee/"),
    ]
    assert (said["left"], said["hidden"]) == ("?from=ada&to=dee", False)


@needs_node
def test_an_address_that_was_passed_on() -> None:
    """It fills in both names and shows the chain; one with a single name fills in that."""
    said = shown_by("?from=dee&to=bo")
    assert said["values"] == ["Dee", "Bo"]
    assert said["text"][1] == ["Dee both belong to Towers", "Cy both were at Show", "Bo"]
    alone = shown_by("?to=bo")
    assert (alone["values"], alone["text"]) == (["", "Bo"], [])


@needs_node
@pytest.mark.parametrize(
    ("asked", "text"),
    [
        (["Ada", "Ada"], "Pick two people."),
        (["Ada", "Eve"], "Nobody is called Eve."),
        (["<b>", "Ada"], "Nobody is called <b>."),
        (["Ada", "Fay"], "Nothing leads from Ada to Fay Ækre."),
    ],
)
def test_where_there_is_no_chain(asked: list[str], text: str) -> None:
    """A plain sentence says why."""
    text_ = CHAIN + "".join(f"-- members/{name}.yaml --\nname: {name.title()} Ækre\n" for name in ("fay", "gil"))
    said = shown_by(asked, text_ + event("talk", "2026-09-01", "fay, gil"))
    assert said["text"] == [text]


@needs_node
def test_without_the_graph() -> None:
    """Where it cannot be loaded the page says so."""
    assert shown_by(["Ada", "Bo"], graph=False)["text"] == ["Not loaded."]


@needs_node
def test_names() -> None:
    """Case and accents make no difference, a part is enough where one person has it, and namesakes are told apart."""
    text = CHAIN + "".join(f"-- members/{name}.yaml --\nname: Łucja Ækre-Öst\n" for name in ("lucja", "lucja-2"))
    text += event("talk", "2026-11-01", "lucja, lucja-2, ada")
    assert shown_by(["ost (lucja-2)", "BO"], text)["left"] == "?from=lucja-2&to=bo"
    assert shown_by(["Łucja", "Bo"], text)["text"] == ["Nobody is called Łucja."]
    assert shown_by(["Łucja", "Bo"], text)["names"] == ["Łucja Ækre-Öst (lucja)", "Łucja Ækre-Öst (lucja-2)"]


@needs_node
def test_the_smallest_event_is_told() -> None:
    """Of several things that two people share, the chain has the event of the fewest people."""
    text = (
        CHAIN
        + event("ball", "2026-11-01", "ada, bo, dee, eve")
        + "-- groups/reeds.yaml --\ntitle: Reeds\nleads: [ada, bo]\n"
    )
    assert shown_by(["Ada", "Bo"], text)["text"][1] == ["Ada both were at Fair", "Bo"]


@needs_node
def test_chains_are_shortest() -> None:
    """Between any two of many people the chain has as few steps as there can be."""
    people = [f"m{number}" for number in range(11)]
    text = "".join(f"-- members/{name}.yaml --\nname: {name}x\n" for name in people)
    text += "".join(event(f"e{at}", "2026-09-01", ", ".join(people[at : at + 3])) for at in range(0, 10, 2))
    site, _ = linked(text)
    circles = {tie.url: {each.id for each in tie.people} for tie in acquaintance.ties(site)}
    near = {one: {other for each in circles.values() if one in each for other in each} for one in people}

    def distance(start: str, end: str) -> int:
        reached, steps = {start}, 0
        while end not in reached:
            reached, steps = {other for one in reached for other in near[one]}, steps + 1
        return steps

    for start, end in (("m0", "m10"), ("m3", "m8"), ("m1", "m2"), ("m9", "m4")):
        assert len(shown_by([f"{start}x", f"{end}x"], text)["text"][-1]) == distance(start, end) + 1


def test_no_card_is_lost() -> None:
    """Where chains begin, people are cards: themes may show them as they show others."""
    site, _ = linked(CHAIN)
    page = next(each for each in pages.collections((site,)) if each.url == "/introductions/")
    people = next(section for section in page.sections if section.name == "people")
    assert (shown(people.items[0], dict)["url"], people.total) == ("/members/bo/", 4)
