"""The way around: what stands there by itself, and what site.yaml says."""

import pytest

from sitegen import navigation
from sitegen.common import Waiting
from sitegen.model import Link, shown
from sitegen.problems import Problem, Severity
from tests.steps import linked, outputs, planned

SITE = """
-- site.yaml --
name: Working Order
url: https://example.org/
timezone: Europe/Oslo
"""
EVERYTHING = """
-- members/ada.yaml --
name: Ada Okafor
skills: Rust
-- events/agm.yaml --
title: AGM
start: 2026-12-01
-- groups/oslo.yaml --
title: Oslo
-- organizations/loom.yaml --
name: The Loom
-- opportunities/job.yaml --
title: Job
type: job
-- resources/guide.yaml --
title: Guide
-- news/moved.yaml --
title: We have moved
date: 2026-11-01
-- pages/join.yaml --
title: Join us
navigation: {weight: 2}
-- pages/about.yaml --
title: About
navigation: {label: Who we are, weight: 1}
-- pages/rules.yaml --
title: Rules
"""


def ways(said: str, text: str = EVERYTHING) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Titles and addresses of the navigation and of the foot, of a site with some lines more in site.yaml."""
    site, _ = linked(f"{SITE}{said}{text}")
    return tuple([(each.title, each.url) for each in found] for found in (navigation.main(site), navigation.foot(site)))  # type: ignore[return-value]


def problems(said: str, text: str = EVERYTHING, *waiting: Waiting) -> list[Problem]:
    """What is wrong with some lines of site.yaml."""
    return list(navigation.problems(linked(f"{SITE}{said}{text}")[0], "site.yaml", waiting))


def test_addresses_at_which_nothing_is() -> None:
    """A way, a word of the foot and a redirect to a page that is not there are warned of, with the nearest page."""
    said = "navigation: [{label: A, url: /members/}, /nope/]\nfooter: [/about/?x#y, /abuot/]\n"
    said += "redirects: {/a/: /abut/, /b/: /files/x.pdf}\n"
    site, _ = linked(f"{SITE}{said}")
    there = {"members/index.html", "about/index.html", "files/x.pdf"}
    found = tuple(navigation.problems(site, "site.yaml", (), there))
    assert [(each.message, each.hint, each.severity) for each in found] == [
        ("there is no page /nope/", "correct the address", Severity.WARNING),
        ("there is no page /abuot/", "did you mean /about/?", Severity.WARNING),
        ("there is no page /abut/", "did you mean /about/?", Severity.WARNING),
    ]


def test_addresses_in_the_foot() -> None:
    """A text that is an address, a page or a section leads there; any other stands for itself."""
    _, foot = ways("footer: [/join/, pages/about, members, Founded 1900, https://a.example/x]\n")
    assert foot == [
        ("/join/", "/join/"),
        ("About", "/about/"),
        ("Members", "/members/"),
        ("Founded 1900", ""),
        ("a.example", "https://a.example/x"),
    ]


def test_by_itself() -> None:
    """The sections that have something, in their order, and the pages that ask for a place, by weight."""
    assert ways("") == (
        [
            ("Events", "/events/"),
            ("Members", "/members/"),
            ("Groups", "/groups/"),
            ("Opportunities", "/opportunities/"),
            ("News", "/news/"),
            ("Resources", "/resources/"),
            ("Who we are", "/about/"),
            ("Join us", "/join/"),
        ],
        [],
    )


def test_what_is_empty_is_not_there() -> None:
    """Nothing leads to a list of which there is no page."""
    assert ways("", "") == ([], [])
    assert ways("", "-- members/ada.yaml --\nname: Ada\n")[0] == [("Members", "/members/")]
    assert ways("", "-- pages/groups.yaml --\ntitle: Our groups\n")[0] == [("Groups", "/groups/")]


def test_pages_of_one_weight() -> None:
    """They stand by what they are called."""
    text = "-- pages/b.yaml --\ntitle: Zebra\nnavigation: yes\n-- pages/a.yaml --\ntitle: Ant\nnavigation: yes\n"
    assert [title for title, _ in ways("", text)[0]] == ["Ant", "Zebra"]


def test_a_page_that_has_expired() -> None:
    """After its last day its place is free; the page stays."""
    text = "-- pages/camp.yaml --\ntitle: Camp\nnavigation: yes\nexpires: 2026-11-01\n"
    assert ways("", text) == ([], [])
    assert "camp/index.html" in outputs(text)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("[groups, events]", [("Groups", "/groups/"), ("Events", "/events/")]),
        ("[pages/about, join]", [("About", "/about/"), ("Join us", "/join/")]),
        ("[home, skills, search]", [("Home", "/"), ("Skills", "/skills/"), ("Search", "/search/")]),
        ("[{label: Chapters, url: groups}]", [("Chapters", "/groups/")]),
        ("[{label: Shop, url: https://shop.example/}]", [("Shop", "https://shop.example/")]),
        ("[https://shop.example/x]", [("shop.example", "https://shop.example/x")]),
        ("[{label: Camp, url: /camp/2026/}]", [("Camp", "/camp/2026/")]),
        ("[Camp: /camp/2026/, groups]", [("Camp", "/camp/2026/"), ("Groups", "/groups/")]),
        ("{Camp: /camp/2026/, Us: about}", [("Camp", "/camp/2026/"), ("Us", "/about/")]),
        ("{label: Us, url: about}", [("Us", "/about/")]),
        ("groups", [("Groups", "/groups/")]),
        ("[{label: Write, url: 'mailto:a@example.org'}]", [("Write", "mailto:a@example.org")]),
    ],
)
def test_what_site_yaml_says(written: str, found: list[tuple[str, str]]) -> None:
    """Sections and pages by their names, other addresses with a label or by their hosts, in any form of a list."""
    assert ways(f"navigation: {written}\n")[0] == found
    assert problems(f"navigation: {written}\n") == []


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("[Working Order, {label: Rules, url: rules}]", [("Working Order", ""), ("Rules", "/rules/")]),
        ("© the guild", [("© the guild", "")]),
        ("{Rules: pages/rules}", [("Rules", "/rules/")]),
        ("[{url: groups}]", [("Groups", "/groups/")]),
    ],
)
def test_the_foot(written: str, found: list[tuple[str, str]]) -> None:
    """Words stand there as they are, and links as in the navigation."""
    assert ways(f"footer: {written}\n")[1] == found
    assert problems(f"footer: {written}\n") == []


@pytest.mark.parametrize(
    ("said", "path", "hint"),
    [
        ("navigation: [groops]", ("navigation", 0, "url"), "did you mean groups?"),
        ("navigation: [groups, pages/abuot]", ("navigation", 1, "url"), "did you mean about?"),
        ("footer: [Us, {label: Us, url: rulez}]", ("footer", 1, "url"), "did you mean rules?"),
        ("navigation: [zzzzzz]", ("navigation", 0, "url"), "write a path such as /join/ or an address"),
    ],
)
def test_what_leads_nowhere(said: str, path: tuple[str | int, ...], hint: str) -> None:
    """A name that nothing has is an error at its place, with the nearest one; it is left out."""
    (problem,) = problems(f"{said}\n")
    assert (problem.at.file, problem.at.path) == ("site.yaml", path)
    assert (problem.severity, problem.hint) == (Severity.ERROR, hint)


@pytest.mark.parametrize("name", ["groups", "news", "skills", "places", "tags", "archive", "organizations"])
def test_a_section_that_is_empty(name: str) -> None:
    """It is left out until there is something, and nothing is wrong: the last announcement may be taken out any day."""
    assert ways(f"navigation: [{name}]\n", "") == ([], [])
    assert problems(f"navigation: [{name}]\n", "") == []


@pytest.mark.parametrize("visible", [None, 2_000_000_000])
def test_a_page_that_is_not_published(visible: int | None) -> None:
    """A draft, or a page whose day has not come, is left out, with a warning."""
    (problem,) = problems("navigation: [pages/camp]\n", EVERYTHING, Waiting("pages", "camp", visible))
    assert (problem.severity, problem.message) == (Severity.WARNING, "this page is not published")


def test_everywhere() -> None:
    """Every page has the same way around."""
    found = [each for each in planned(SITE + EVERYTHING) if each.path.endswith(".html")]
    (chrome,) = {each.inputs.chrome for each in found}
    assert shown(chrome, dict)["navigation"][0] == {"title": "Events", "url": "/events/"}


def test_vocabulary() -> None:
    """What the association calls a kind is the title of its list, wherever that is named."""
    said = "vocabulary: {groups: [chapter, chapters], members: fellows}\n"
    assert ways(said)[0][1:3] == [("Fellows", "/members/"), ("Chapters", "/groups/")]
    found = outputs(f"{SITE}{said}{EVERYTHING}")
    assert found["groups/index.html"].inputs.title == "Chapters"
    assert found["groups/oslo/index.html"].inputs.parents == (Link("Chapters", "/groups/"),)
