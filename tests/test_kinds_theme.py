"""The theme "programme": what the pages of groups, organizations, opportunities, resources, news and others say."""

import html
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.scripts import script
from tests.sites import Project, project
from tests.test_extending import SITE as COURSES
from tests.test_extending import blocks, install, sitegen
from tests.visible import visible

Make = Callable[[str], Project]

SITE = """
-- site.yaml --
name: Working Order
url: https://example.org/
timezone: Europe/Oslo
"""
"""A site without an office, to be put before other files."""

RICH = """
-- site.yaml --
name: Working Order
url: https://example.org/
timezone: Europe/Oslo
email: office@example.org
tiers: [Gold, Silver]
embeds: [video.example]
fields:
  groups: {language: {label: Spoken here, type: text, public: yes}}
  news: {edition: {label: Edition, type: text, public: yes}}
-- members/ada.yaml --
name: Ada Okafor
headline: Bridges that open
organization: hall
skills: [Optics]
groups: [{group: clocks, role: Lead}]
offers: [A spare bed]
-- members/bo.yaml --
name: Bo Lind
headline: Weights and ropes
groups: [{group: clocks, role: Minutes, since: 2024}]
offers: [Rope splicing, Carrying, Cooking]
organizations: [{organization: hall, role: Porter, until: 2020}]
-- members/cy.yaml --
name: Cy Moreau
groups: [{group: clocks, role: Treasurer, since: 2015, until: 2019}]
skills: [Optics]
-- groups/guild.yaml --
title: The Guild
type: board
leads: [{person: ada, role: Chair, since: 2021-09}, {name: Eva Roth, role: Secretary, organization: Roth Ltd}]
-- groups/clocks.md --
---
title: Tower clocks
type: chapter
parent: guild
leads: [{person: ada, role: Convener, since: 2021}]
former_leads: [{name: Dirk Voss, role: Founder, since: 2001, until: 2021}]
since: 2001
location: Bergen, Norway
timezone: Europe/London
meets: First Mondays at six
contact: {name: The desk, email: clocks@example.org}
join: {url: "https://join.example/", note: Bring a ladder.}
summary: Clocks that are seen from afar.
tags: [towers]
language: Norwegian
image_alt: A dial
---
We climb.

### How

Slowly.
-- groups/dials.yaml --
title: Dials
parent: clocks
meets: In spring
-- groups/wheels.yaml --
title: Wheels
-- groups/ropes.yaml --
title: Ropes
contact: {email: ropes@example.org}
-- groups/bells.yaml --
title: Bells
status: forming
contact: https://bells.example/
-- groups/gears.yaml --
title: Gears
status: dormant
meets: Never
contact: {email: gears@example.org}
join: https://gears.example/
-- groups/tubes.yaml --
title: Tubes
status: closed
until: 2016
meets: Under ground
join: There is no way in.
-- organizations/hall.md --
---
name: The Hall
also_known_as: [Old Hall]
url: https://hall.example/
tier: gold
since: 2019
location: Bergen, Norway
summary: A room with a stove.
tags: [towers]
---
It was a station.
-- organizations/felt.yaml --
name: Felt and Cord
tier: Silver
-- organizations/friend.yaml --
name: A Friend
-- members/dee.yaml --
name: Dee Quill
organization: Plain Text Ltd
-- opportunities/keeper.md --
---
title: Keeper of the clock
type: job
organization: hall
location: "Bergen, Norway"
remote: hybrid
event: day
contact: {person: bo, role: Predecessor}
apply: {url: "https://apply.example/", email: apply@example.org}
salary: {min: 3000, max: 3600, currency: EUR, per: month}
posted: 2026-11-01
closes: 2026-12-31
hours: Two days a week
skills: [Optics]
summary: Wind it and watch it.
tags: [towers]
---
One winds it daily.
-- opportunities/late.yaml --
title: Gone by
type: project
organization: Roth Ltd
posted: 2026-01-01
closes: 2026-02-01
apply: https://late.example/
contact: bo
-- opportunities/soon.yaml --
title: Not yet
type: funding
posted: 2026-12-24
closes: 2027-01-31
apply: https://soon.example/
-- opportunities/open.yaml --
title: Help with soup
type: volunteering
remote: no
apply: soup@example.org
contact: {person: groups/clocks}
-- events/day.yaml --
title: Clock Day
start: 2027-03-06 10:00
groups: [clocks]
hosts: [organizations/hall]
venue: hall
sponsors: [{organization: felt, tier: Silver}]
resources: [guide]
call: {url: "https://call.example/", opens: 2026-11-01, closes: 2026-12-24}
-- events/before.yaml --
title: The year before
start: 2026-03-06 10:00
groups: [clocks]
hosts: [organizations/hall]
-- resources/guide.md --
---
title: How to climb
type: guide
authors: [ada, {name: Eva Roth, organization: Roth Ltd}]
date: 2026-05-04
file: /files/guide.pdf
event: before
level: beginners
summary: Step by step.
tags: [towers]
---
First, look up.
-- resources/film.yaml --
title: The film
type: recording
url: https://video.example/w/9hTqYpLwVcKfDs3nXaRbMe
-- resources/song.yaml --
title: The song
file: /files/song.mp3
-- resources/elsewhere.yaml --
title: A page elsewhere
url: https://papers.example/page
-- files/guide.pdf --
pdf
-- files/song.mp3 --
song
-- news/ladder.md --
---
title: A new ladder
date: 2026-11-07
authors: [bo]
summary: It is longer.
tags: [towers]
edition: Winter
---
It came by rail.

## Thanks

To the rail.
-- news/bare.yaml --
title: Only this
date: 2026-10
-- pages/about.md --
---
title: About us
summary: Who we are.
tags: [towers]
updated: 2026-10-01
---
We are few.

## How it began

By chance.
-- pages/opportunities.md --
---
title: Work to do
summary: For idle hands.
---
Look around.
"""


def words(text: str) -> str:
    """The words that HTML shows."""
    text = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())
    return re.sub(r" ([,.])", r"\1", text).replace(" – ", "–")


def main_of(made: Project, path: str) -> str:
    """The main part of a page."""
    return made.read(f"{path}/index.html").partition("<main")[2].partition("</main>")[0]


def sections_of(page: str) -> dict[str, str]:
    """The words of each section, by its heading; those of the head of the page by nothing."""
    found = {}
    for part in re.split(r"(?=<(?:section|div) class=\"sec)", page):
        heading = re.search(r"<h2[^>]*>(.*?)</h2>", part, re.DOTALL) if part.startswith("<section") else None
        found[words(heading[1]) if heading else ""] = words(part)
    return found


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A site with everything."""
    made = project(tmp_path_factory.mktemp("rich"), RICH)
    report = made.build()
    assert not report.failed, report.problems
    return made


PAGES: dict[str, dict[str, tuple[str, ...]]] = {
    "groups/clocks": {
        "": (
            "Groups Tower clocks",
            "chapter part of The Guild",
            "Bergen, Norway",
            "since 2001",
            "First Mondays at six",
            "Clocks that are seen from afar.",
            "Join in",
            "Ask a question",
            "Bring a ladder.",
        ),
        "Coming up": ("Subscribe to these events", "Download the calendar", "Feed", "Clock Day"),
        "Who to ask": ("Convener, since 2021 Ada Okafor Bridges that open",),
        "About": ("We climb.", "How"),
        "Who belongs to it": ("2 members", "Minutes, since 2024 Bo Lind Weights and ropes Rope splicing Carrying"),
        "Within it": ("Dials", "In spring"),
        "Opportunities": ("Help with soup volunteering", "until it is filled"),
        "Past events": ("The year before",),
        "Particulars": (
            "Place Bergen, Norway",
            "Time zone Europe/London",
            "Contact The desk clocks@example.org",
            "Spoken here Norwegian",
            "Tags towers",
        ),
        "Who did it before": ("Dirk Voss Founder, 2001–2021",),
        "Who belonged to it": ("Cy Moreau Treasurer, 2015–2019",),
    },
    "groups/guild": {
        "": ("The Guild board", "Ask the office"),
        "Within it": ("Tower clocks",),
        "Members of the board": ("Chair, since Sep 2021 Ada Okafor", "Secretary Eva Roth Roth Ltd"),
    },
    "groups/wheels": {"": ("Ask the office how to join",)},
    "groups/ropes": {"": ("Ask to join",), "Particulars": ("Contact ropes@example.org",)},
    "groups/bells": {
        "": ("Forming. It has only begun", "Get in touch"),
        "Particulars": ("Contact https://bells.example/",),
    },
    "groups/gears": {
        "": ("Dormant. Nothing is planned at present.", "Offer to bring it back"),
        "Particulars": ("Contact gears@example.org",),
    },
    "groups/tubes": {"": ("until 2016", "Closed. It no longer meets.", "Ask about it")},
    "groups": {
        "Active": ("Tower clocks chapter Bergen, Norway First Mondays at six Clocks that are seen from afar.", "Dials"),
        "Forming": ("Bells",),
        "Dormant": ("Nothing is planned at present.", "Gears"),
        "Closed": ("They no longer meet.", "Tubes"),
    },
    "organizations/hall": {
        "": (
            "Organizations The Hall Old Hall Bergen, Norway",
            "Gold, since 2019",
            "A room with a stove.",
            "Website",
        ),
        "Who works there": ("Ada Okafor Bridges that open A spare bed",),
        "Opportunities": ("Keeper of the clock",),
        "About": ("It was a station.",),
        "Coming up": ("Subscribe to these events", "Clock Day Host, House"),
        "Past events": ("The year before Host",),
        "Particulars": ("Website https://hall.example/", "Place Bergen, Norway", "Tags towers"),
        "Who worked there": ("Bo Lind Porter, until 2020",),
    },
    "organizations/felt": {"Coming up": ("Clock Day Sponsor",)},
    "organizations": {
        "Gold": ("The Hall Bergen, Norway A room with a stove.",),
        "Silver": ("Felt and Cord",),
        "Others": ("A Friend",),
        "Where else people work": ("Plain Text Ltd 1",),
    },
    "opportunities/keeper": {
        "": (
            "Opportunities Keeper of the clock The Hall job",
            "Bergen, Norway Two days a week €3,000–€3,600 a month Partly remote",
            "Wind it and watch it.",
            "Apply Apply by mail",
            "Closes on Thursday, December 31, 2026.",
        ),
        "Who can introduce you": ("Predecessor Bo Lind Weights and ropes",),
        "About": ("One winds it daily.",),
        "Particulars": (
            "Asks for Optics",
            "Event Clock Day",
            "Posted November 1, 2026",
            "Closes December 31, 2026",
            "Tags towers",
        ),
    },
    "opportunities/late": {
        "": ("Roth Ltd", "Closed. One could apply until February 1, 2026. See what is open"),
        "Who knows about it": ("Bo Lind",),
        "Particulars": ("Closed February 1, 2026",),
    },
    "opportunities/soon": {
        "": ("Opens on Thursday, December 24, 2026. Closes on January 31, 2027.",),
        "Particulars": ("Posted December 24, 2026 Closes January 31, 2027",),
        "Who can introduce you": ("The office knows whom to ask: office@example.org",),
    },
    "opportunities/open": {"": ("on site", "Apply by mail"), "Who can introduce you": ("Tower clocks",)},
    "opportunities": {
        "": ("Work to do For idle hands. Look around.",),
        "Open": (
            "To post one, write to us: office@example.org",
            "Keeper of the clock job Partly remote Wind it and watch it.",
            "until Dec 31, 2026",
        ),
        "Calls": ("Clock Day",),
    },
    "resources/guide": {
        "": (
            "Resources How to climb Ada Okafor, Eva Roth guide May 4, 2026 for beginners Step by step.",
            "Download (PDF)",
        ),
        "About": ("First, look up.",),
        "Who made it": ("Ada Okafor Bridges that open", "Eva Roth Roth Ltd"),
        "Used at": ("Clock Day",),
        "Particulars": ("From The year before", "Tags towers"),
    },
    "resources/film": {"": ("Watch it where it is kept",)},
    "resources/song": {"": ("Download the recording",)},
    "resources/elsewhere": {"": ("Open at papers.example",)},
    "resources": {"": ("4 resources Tags Feed", "How to climb guide May 2026 Step by step.")},
    "news/ladder": {
        "": (
            "Sat 7 Nov 2026 It came by rail. Thanks To the rail.",
            "Edition Winter",
            "Tags towers",
        ),
        "Written by": ("Bo Lind Weights and ropes",),
    },
    "news": {"": ("Feed Feed as JSON", "Sat 7 Nov 2026 A new ladder It is longer.", "Oct 2026 Only this")},
    "search": {
        "": ("Search",),
        "Ways to look": (
            "Members Everybody, by name Skills Who knows what",
            "Groups Where people meet again and again Events What is coming up Past events",
            "Opportunities What one can apply for",
            "News What we have announced Tags",
        ),
    },
    "about": {"": ("We are few. How it began By chance.", "Tags towers Updated October 1, 2026")},
}
"""What each section of a page says, by its heading; by nothing what stands outside of these."""


@pytest.mark.parametrize("path", PAGES)
def test_what_a_page_says(rich: Project, path: str) -> None:
    """Every part of a page is there, under its heading; and no section is there that has nothing to say."""
    said = sections_of(main_of(rich, path))
    assert [heading for heading in said if heading not in PAGES[path] and heading] == []
    missing = [each for heading, parts in PAGES[path].items() for each in parts if each not in said.get(heading, "")]
    assert missing == [], said


@pytest.mark.parametrize(
    ("path", "silent"),
    [
        ("groups/gears", ("Never", "Join in", "https://gears.example/")),
        ("groups/tubes", ("Under ground", "There is no way in.", "Join in")),
        ("groups", ("Never", "Under ground")),
        ("organizations/hall", ("Apply",)),
        ("opportunities/late", ("Apply", "https://late.example/")),
        ("opportunities/soon", ("Apply", "https://soon.example/")),
        ("opportunities", ("Gone by", "Not yet")),
    ],
)
def test_what_a_page_does_not_say(rich: Project, path: str, silent: tuple[str, ...]) -> None:
    """Nobody is sent to a group that does not meet, or asked to apply for what is not open."""
    page = visible(main_of(rich, path))
    assert [each for each in silent if each in page or each in words(page)] == []


@pytest.mark.parametrize(
    ("path", "address", "label"),
    [
        ("groups/clocks", "https://join.example/", "Join in"),
        ("groups/clocks", "mailto:clocks@example.org?subject=Tower%20clocks", "Ask a question"),
        ("groups/clocks", "webcal://example.org/groups/clocks/calendar.ics", "Subscribe to these events"),
        ("groups/clocks", "/groups/clocks/feed.atom", "Feed"),
        ("groups/clocks", "/groups/guild/", "The Guild"),
        ("groups/clocks", "/members/bo/", "Bo Lind"),
        ("groups/bells", "https://bells.example/", "Get in touch"),
        ("groups/gears", "mailto:gears@example.org?subject=Gears", "Offer to bring it back"),
        ("organizations/hall", "https://hall.example/", "Website"),
        ("organizations", "/organizations/plain-text-ltd/", "Plain Text Ltd"),
        ("opportunities/keeper", "https://apply.example/", "Apply"),
        ("opportunities/keeper", "mailto:apply@example.org?subject=Keeper%20of%20the%20clock", "Apply by mail"),
        ("opportunities/keeper", "/organizations/hall/", "The Hall"),
        ("opportunities/keeper", "/skills/optics/", "Optics"),
        ("opportunities/keeper", "/events/day/", "Clock Day"),
        ("opportunities/late", "/opportunities/", "See what is open"),
        ("resources/guide", "/files/guide.pdf", "Download (PDF)"),
        ("resources/guide", "/events/before/", "The year before"),
        ("resources/elsewhere", "https://papers.example/page", "Open at papers.example"),
        ("news", "/news/feed.json", "Feed as JSON"),
    ],
)
def test_where_it_leads(rich: Project, path: str, address: str, label: str) -> None:
    """What one can do next is a link with its words."""
    found = re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', main_of(rich, path), re.DOTALL)
    assert (address, label) in [(html.unescape(href), words(text)) for href, text in found]


def test_recordings(rich: Project) -> None:
    """A recording at a host that the site allows plays in a frame, a file of the site by itself."""
    assert re.search(r'<iframe [^>]*src="https://video\.example/', main_of(rich, "resources/film"))
    assert re.search(r'<audio [^>]*src="/files/song\.mp3"', main_of(rich, "resources/song"))


def test_headings(rich: Project) -> None:
    """Every page has one h1, and no heading skips a level, in texts and introductions neither."""
    for path, data in rich.output().items():
        levels = [int(each) for each in re.findall(rb"<h([1-6])[ >]", data)] if path.endswith(".html") else [1]
        assert levels.count(1) == 1, path
        assert not [a for a, b in pairwise(levels) if b > a + 1], path


POOR = """
-- groups/a.yaml --
title: Alone
-- organizations/a.yaml --
name: Alone
-- opportunities/a.yaml --
title: Alone
type: job
-- resources/a.yaml --
title: Alone
-- news/a.yaml --
title: Alone
date: 2026-11-01
-- pages/a.yaml --
title: Alone
"""


@pytest.fixture(scope="module")
def poor(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A site without an office, with one of each kind that has but a title."""
    made = project(tmp_path_factory.mktemp("poor"), SITE + POOR)
    made.build()
    return made


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("groups/a", "Groups Alone"),
        ("organizations/a", "Organizations Alone"),
        ("opportunities/a", "Opportunities Alone job"),
        ("resources/a", "Resources Alone"),
        ("news/a", "News Alone Sun 1 Nov 2026"),
        ("a", "Alone"),
    ],
)
def test_what_has_but_a_title(poor: Project, path: str, says: str) -> None:
    """Nothing stands for what is not there: no heading, no list, no empty line."""
    page = main_of(poor, path)
    assert words(page).removeprefix('id="main"> ') == says
    assert not re.search(r"<(p|ul|ol|dl|li|div)[^>]*>\s*</\1>|<h2", page)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A site that has words for its lists, and nothing in them."""
    lists = ("groups", "organizations", "opportunities", "resources", "news")
    pages = "".join(f"-- pages/{name}.md --\n---\ntitle: Our words\n---\n## Of old\n" for name in lists)
    made = project(tmp_path_factory.mktemp("empty"), SITE + "email: office@example.org\n" + pages)
    made.build()
    return made


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("groups", "There are none yet. To begin one, write to us: office@example.org"),
        ("organizations", "There are none yet. To support us, write to us: office@example.org"),
        ("opportunities", "Nothing is open at present. A job, a project, an evening of help: to post what you have"),
        ("resources", "There is nothing here yet. To add a talk, a guide or a recording"),
        ("news", "There is no news yet."),
    ],
)
def test_empty_lists(empty: Project, path: str, says: str) -> None:
    """A list in which nothing is has the words of the association, and says how that changes."""
    assert f"Our words Of old {says}" in words(main_of(empty, path))


def test_a_large_group_is_a_list_of_names(make: Make) -> None:
    """So many faces would not be looked through: they are told by name, with what they do there."""
    people = "".join(
        f"-- members/m{number}.yaml --\nname: Member {number}\ngroups: [{{group: g, role: Voice {number}}}]\n"
        for number in range(31)
    )
    made = make(f"{SITE}-- groups/g.yaml --\ntitle: Choir\n{people}")
    made.build()
    page = main_of(made, "groups/g")
    assert "31 members" in words(page)
    assert "Member 7 Voice 7" in words(page)
    assert 'class="face"' not in page


def test_another_language(make: Make) -> None:
    """Pages of another language lead to the pages of that language, and its search to its records."""
    site = SITE.replace("timezone:", "languages: [en, es]\ntimezone:")
    made = make(
        f"{site}-- opportunities/o.yaml --\ntitle: A\ntype: job\ncloses: 2026-01-01\n"
        "-- opportunities/o.es.yaml --\ntitle: Uno\n"
    )
    made.build()
    assert 'href="/es/opportunities/"' in main_of(made, "es/opportunities/o").partition("notice")[2]
    assert 'data-records="/es/search/records.json"' in made.read("es/search/index.html")


def test_added_kinds(tmp_path: Path) -> None:
    """A kind of another package has a page with its day, people, values and text, and a list that counts it."""
    install(tmp_path / "packages")
    made = project(tmp_path / "site", COURSES + "-- courses/escapements.md --\n" + blocks("markdown")[0])
    assert sitegen(made, tmp_path / "packages", "build").returncode == 0
    said = sections_of(main_of(made, "courses/escapements"))
    assert "Courses 6–8 Saturday–Monday March 2027 Escapements for beginners" in said[""]
    assert "Add to calendar" in said[""]
    assert "Two days, one anchor, several opinions." in said["About"]
    assert "Ada Okafor" in said["Teachers"]
    assert "Level beginners Tags clocks" in said["Particulars"]
    assert "1 entry Subscribe to these events" in words(main_of(made, "courses"))
    assert "6–8 Mar 2027 Escapements for beginners" in words(main_of(made, "courses"))


# --- The search


def test_search_is_switched_off(make: Make) -> None:
    """Without records there is no box and no script; the ways are there."""
    made = make(SITE + "formats: {search: no}\n-- news/a.yaml --\ntitle: A\ndate: 2026-11-01\n")
    made.build()
    page = made.read("search/index.html")
    assert "<form" not in page
    assert '<a href="/search/" aria-current="page">' in page
    assert "<form" not in made.read("index.html")
    assert "search." not in page.partition("<main")[2]
    assert "News What we have announced" in words(page)


def test_the_search_is_small_and_apart(rich: Project) -> None:
    """Its scripts are files of the site below 10 kB; the box is hidden until these run, and nothing is inline."""
    page = rich.read("search/index.html").partition("<main")[2]
    assert re.search(r'<form [^>]*role="search" hidden', page)
    assert "A name, a place, or what somebody knows Where to look Everywhere" in words(page)
    [source] = re.findall(r'<script type="module" src="(.*?)"></script>', page)
    script = rich.read(source.removeprefix("/"))
    [needed] = re.findall(r'"\./(lookup\..*?)"', script)
    assert len(script) + len(rich.read(f"assets/{needed}")) < 10_000
    assert not re.search(r" on\w+=| style=", page)


NODE = shutil.which("node")
needs_node = pytest.mark.skipif(
    not NODE and not os.environ.get("SITEGEN_ALL_TESTS"), reason="node runs the theme's script"
)
SEARCHER = Path(__file__).parent / "search.mjs"
SAYS = {
    "records": "/search/records.json",
    "found": "Found: #",
    "similar": "Like it: #",
    "wait": "Wait.",
    "none": "Nothing.",
    "failed": "Out of reach.",
}
FIELDS = ["kind", "title", "url", "subtitle", "names", "place", "topics", "groups", "summary", "date", "lang"]
KINDS = {"members": "Members", "events": "Events", "skills": "Skills"}
RECORDS = [
    ["events", "Oil, old", "/events/1/", "", [], "Bergen", [], [], "", "2024-05-01"],
    ["events", "Oil, new", "/events/2/", "", [], "", [], [], "", "2027-02"],
    [
        "members",
        "Łukasz Brzęczyszczykiewicz",
        "/members/1/",
        "Oil and water",
        [],
        "Kraków, Poland",
        ["Optics"],
        ["Hall"],
    ],
    ["members", "Tove O’Brien", "/members/2/", "", ["Bríde"], "", ["C++", "Optics"], [], "Ropes and oilcloth."],
    ["members", "森田千尋", "/members/3/", "", [], "Kyoto"],
    ["skills", "Optics", "/skills/optics/"],
    ["pages", "About us", "/about/", "", [], "", [], [], "Who we are.", "", "en"],
]


def searched(*asked: tuple[str, ...], files: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """What the script shows for the query of an address, and for what is typed then."""
    assert NODE, "node is to be there where everything is set up"
    if files is None:
        files = {"/search/records.json": {"v": 1, "fields": FIELDS, "kinds": KINDS, "records": RECORDS}}
    given = {
        "script": script("search.js"),
        "files": {url: json.dumps(data) for url, data in files.items()},
        "words": SAYS,
        "asked": asked,
    }
    done = subprocess.run([NODE, SEARCHER], input=json.dumps(given), capture_output=True, text=True, check=True)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@needs_node
def test_what_is_found() -> None:
    """Words are found by their beginnings, in any order, whatever their case and accents, in whatever is known."""
    expected = {
        "lukasz brz": ["Łukasz Brzęczyszczykiewicz"],
        "BRZECZ kra": ["Łukasz Brzęczyszczykiewicz"],
        "obrien": ["Tove O’Brien"],
        "brien": ["Tove O’Brien"],
        "bride": ["Tove O’Brien"],
        "c++": ["Tove O’Brien"],
        "田千": ["森田千尋"],
        "hall optics": ["Łukasz Brzęczyszczykiewicz"],
        "rope": ["Tove O’Brien"],
        "skill": ["Optics"],
        "about": ["About us"],
        "pti": [],
        "oil nowhere": [],
        "  ": [],
    }
    found = searched(*(("", typed) for typed in expected))
    assert dict(zip(expected, (each["titles"] for each in found), strict=True)) == expected
    assert [each["says"] for each in found] == ["Found: 1"] * 11 + ["Nothing."] * 3


@needs_node
def test_a_slip_of_the_finger() -> None:
    """A letter that is wrong, missing, too many or in the wrong place is forgiven where no record has the word."""
    expected = {
        "ptics": ["Optics", "Łukasz Brzęczyszczykiewicz", "Tove O’Brien"],
        "lukazs": ["Łukasz Brzęczyszczykiewicz"],
        "brzexzy": ["Łukasz Brzęczyszczykiewicz"],
        "oilclothh": ["Tove O’Brien"],
        "krakov rope": [],
        "krakov watr": ["Łukasz Brzęczyszczykiewicz"],
        "halk": ["Łukasz Brzęczyszczykiewicz"],
        "oul": [],
    }
    found = searched(*(("", typed) for typed in expected))
    assert dict(zip(expected, (each["titles"] for each in found), strict=True)) == expected
    assert found[0]["says"] == "Like it: 3"
    right, wrong = ["members", "Oda Nord", "/1/"], ["members", "Oda Norm", "/2/"]
    files = {"/search/records.json": {"v": 1, "fields": FIELDS, "kinds": KINDS, "records": [right, wrong]}}
    exact, near = searched(("", "nord"), ("", "nort"), files=files)
    assert (exact["titles"], exact["says"]) == (["Oda Nord"], "Found: 1")
    assert (near["titles"], near["says"]) == (["Oda Nord", "Oda Norm"], "Like it: 2")


@needs_node
def test_records_are_fetched_when_they_are_wanted() -> None:
    """Who comes with a question is answered at once; else the records are fetched when the box has the focus, once."""
    asked, idle, one_kind = searched(("?q=oil",), ("",), ("?kind=events",))
    assert [each["fetched"] for each in (asked, idle, one_kind)] == [[1, 1], [0, 1], [1, 1]]
    assert idle["hidden"] == [False, True]


@needs_node
def test_escape_clears() -> None:
    """Escape empties the box and the list, from wherever in the answers, and leads back to the box."""
    [found] = searched(("?q=oil",))
    assert found["escaped"] == ["", 0, True]


@needs_node
def test_the_order() -> None:
    """Titles come before other words, whole words before beginnings, people before events, the latest event first."""
    oil, optics = searched(("", "oil"), ("", "optics"))
    assert oil["titles"] == ["Oil, new", "Oil, old", "Łukasz Brzęczyszczykiewicz", "Tove O’Brien"]
    assert optics["titles"] == ["Optics", "Łukasz Brzęczyszczykiewicz", "Tove O’Brien"]
    assert oil["first"] == "Oil, newEvents February 2027 "
    assert oil["links"][0] == "/events/2/"


@needs_node
def test_kinds() -> None:
    """One can look in a single kind; each tells how many it has. The address has what is looked for: it can be sent."""
    [all_of_them] = searched(("?q=oil",))
    assert all_of_them["kinds"] == ["Everywhere (4)", "Events (2)", "Members (2)", "Skills (0)"]
    assert all_of_them["left"] == "/search/?q=oil"
    [members, typed, cleared] = searched(("?q=oil&kind=members",), ("?kind=members", "old oil"), ("?q=oil", ""))
    assert members["titles"] == ["Łukasz Brzęczyszczykiewicz", "Tove O’Brien"]
    assert members["left"] == "/search/?q=oil&kind=members"
    assert typed["says"] == "Nothing."
    assert (cleared["titles"], cleared["left"], cleared["hidden"]) == ([], "/search/", [False, True])
    assert cleared["kinds"] == ["Everywhere", "Events", "Members", "Skills"]


@needs_node
def test_arrows() -> None:
    """The arrows of the keyboard lead from the box into the answers and back."""
    [found] = searched(("?q=oil",))
    assert found["walked"] == ["Oil, new", "Oil, old", "Oil, new"]


@needs_node
def test_many_records() -> None:
    """Records may be in several files; answers are shown in portions."""
    many = [["members", f"Member {number}", f"/members/{number}/"] for number in range(40)]
    head = {"v": 1, "fields": FIELDS, "kinds": KINDS}
    files = {
        "/search/records.json": {"v": 1, "parts": ["/search/records-1.json", "/search/records-2.json"]},
        "/search/records-1.json": {**head, "records": many[:20]},
        "/search/records-2.json": {**head, "records": many[20:]},
    }
    [found] = searched(("?q=member",), files=files)
    assert (found["says"], len(found["titles"]), found["more"]) == ("Found: 40", 30, True)


@needs_node
def test_out_of_reach() -> None:
    """Where the records cannot be had, the page says so."""
    [found] = searched(("?q=oil",), files={})
    assert (found["says"], found["hidden"]) == ("Out of reach.", [False, False])
