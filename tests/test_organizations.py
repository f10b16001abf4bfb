"""Organizations: what becomes of each field, what their pages gather, and those that are written as text alone."""

from typing import Any

import pytest

from sitegen.model import Card, Counted, Where, shown
from sitegen.problems import Severity
from tests.steps import decoded, entry_of, linked, outputs

LOOM = "-- organizations/loom.yaml --\nname: The Loom\n"


def test_the_least_organization() -> None:
    """A name is enough for a page and a card."""
    entry = entry_of(LOOM)
    assert (entry.ref, entry.url, entry.title) == ("organizations/loom", "/organizations/loom/", "The Loom")
    assert shown(entry.card, Card) == Card("organizations", "The Loom", "/organizations/loom/")
    assert entry.names == ("The Loom",)


@pytest.mark.parametrize(
    ("fields", "name", "value"),
    [
        ("also_known_as: [Loom Ltd, Vev AS]", "also_known_as", ["Loom Ltd", "Vev AS"]),
        ("url: https://loom.example/", "url", "https://loom.example/"),
        ("tier: Gold", "tier", "Gold"),
        ("since: 2019", "since", "2019"),
        ("until: 2024-05", "until", "2024-05"),
        ("location: Oslo, Norway", "place", "Oslo, Norway"),
        ("links: {linkedin: loom}", "links", [{"title": "LinkedIn", "url": "https://www.linkedin.com/in/loom"}]),
    ],
)
def test_what_a_page_shows(fields: str, name: str, value: Any) -> None:
    """The page has what was written."""
    assert shown(entry_of(f"{LOOM}{fields}\n").full, dict)[name] == value


@pytest.mark.parametrize(
    ("fields", "image"),
    [("logo: sign.png\n", "sign.png"), ("", "loom.png"), ("image: hall.jpg\n", "hall.jpg")],
)
def test_the_logo(fields: str, image: str) -> None:
    """It is the picture that stands for it: the one that is named, else the file that has its name."""
    files = "".join(f"-- organizations/{name} --\nx\n" for name in ("sign.png", "loom.png", "hall.jpg"))
    entry = entry_of(LOOM + fields + files)
    assert shown(entry.card, Card).image == f"/organizations/loom/{image}"


def test_facets() -> None:
    """Other names, the town and the tier are what others know of it."""
    entry = entry_of(f"{LOOM}also_known_as: Loom Ltd\nlocation: Oslo, Norway\ntier: Gold\n")
    assert entry.names == ("The Loom", "Loom Ltd")
    assert entry.where == (Where("NO", "Oslo"),)
    assert (entry.tier, shown(entry.card, Card).type) == ("Gold", "Gold")


@pytest.mark.parametrize(
    ("fields", "path", "severity"),
    [
        ("url: loom.example", ("url",), Severity.ERROR),
        ("logo: none.png", ("logo",), Severity.ERROR),
        ("location: {city: Oslo, country: Norwai}", ("location", "country"), Severity.WARNING),
    ],
)
def test_severity(fields: str, path: tuple[str | int, ...], severity: Severity) -> None:
    """What would be lost is an error, what is odd a warning."""
    assert [(each.at.path, each.severity) for each in decoded(f"{LOOM}{fields}\n").problems] == [(path, severity)]


# --- Its page, and those without a file

SITE = f"""
-- site.yaml --
name: Working Order
url: https://example.org/
timezone: Europe/Oslo
tiers: [Gold, Silver]
{LOOM}also_known_as: Loom Ltd
tier: silver
-- organizations/oil.yaml --
name: Oil & Co
tier: Gold
-- organizations/mill.yaml --
name: A Mill
-- organizations/bank.yaml --
name: Bank
tier: Bronze
-- members/ada.yaml --
name: Ada Okafor
organization: loom
role: Weaver
-- members/bo.yaml --
name: Bo Ek
organization: Loom Ltd
-- members/cy.yaml --
name: Cy Ek
organizations: [{{organization: The Loom, role: Intern, until: 2020}}, Lift Works]
-- events/talk.yaml --
title: Talk
start: 2026-12-01
venue: The Loom
sponsors: [{{organization: oil, tier: Gold}}]
-- opportunities/job.yaml --
title: Weaver
type: job
organization: loom
"""


def items(path: str) -> dict[str, list[dict[str, Any]]]:
    """What a page shows under its headings."""
    return {each.name: [shown(item, dict) for item in each.items] for each in outputs(SITE)[path].inputs.sections}


def test_what_its_page_gathers() -> None:
    """Who works and worked there, what it offers, and what it has a part in, with that part."""
    found = items("organizations/loom/index.html")
    assert [(each["title"], each["part"]["role"]) for each in found["organization_members"]] == [
        ("Bo Ek", ""),
        ("Ada Okafor", "Weaver"),
    ]
    assert [(each["title"], each["part"]) for each in found["organizations_members"]] == [
        ("Cy Ek", {"role": "Intern", "since": "", "until": "2020", "past": True}),
    ]
    assert [each["title"] for each in found["organization_opportunities"]] == ["Weaver"]
    assert [each["title"] for each in found["venue_at"]] == [each["title"] for each in found["upcoming"]] == ["Talk"]
    assert [each["title"] for each in items("organizations/oil/index.html")["sponsors_at"]] == ["Talk"]


def test_one_that_has_a_file_is_no_topic() -> None:
    """Where members write its name, they are on its page; one without a file has a page made from what they write."""
    site, problems = linked(SITE)
    assert [(each.topic.label, each.url) for each in site.organizations] == [
        ("Lift Works", "/organizations/lift-works/")
    ]
    assert [each.message for each in problems] == ["this tier is not a known one"]
    assert "organizations/loom-ltd/index.html" not in outputs(SITE)


def test_the_list() -> None:
    """Supporters stand first, by tier, then all else by name; those without a file are counted."""
    inputs = outputs(SITE)["organizations/index.html"].inputs
    assert [shown(each, Card).title for each in inputs.cards] == ["Oil & Co", "The Loom", "Bank", "A Mill"]
    (topics,) = inputs.sections
    assert [shown(each, Counted) for each in topics.items] == [
        Counted("Lift Works", "/organizations/lift-works/", 1),
    ]


def test_the_first_page_has_supporters() -> None:
    """Those with a tier, the highest first; an employer is no supporter."""
    assert [each["title"] for each in items("index.html")["organizations"]] == ["Oil & Co", "The Loom", "Bank"]


def test_a_list_of_texts_alone() -> None:
    """The list is there also where no organization has a file."""
    found = outputs("-- members/ada.yaml --\nname: Ada\norganization: Lift Works\n")
    assert {path for path in found if path.startswith("organizations/")} == {
        "organizations/index.html", "organizations/lift-works/index.html",
    }  # fmt: skip
