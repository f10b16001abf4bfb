"""The association's own fields: written like any other, private unless they are public, and pages of their values."""

from collections.abc import Callable
from typing import Any

import pytest

from sitegen.model import Counted, shown
from sitegen.plan import collisions
from sitegen.problems import Severity
from tests.sites import Project
from tests.steps import TINY, config_of, decoded, entry_of, linked, outputs, planned

SITE = """
-- site.yaml --
name: Working Order
url: https://example.org/
timezone: Europe/Oslo
fields:
  members:
    cohort: {label: Cohort, public: yes, facet: yes}
    trades: {label: Trades, type: list, public: yes, facet: yes}
    badge: Badge number
    score: {type: number, public: yes}
    vegan: {type: yes-no, public: yes, facet: yes}
    certified: {type: date, public: yes}
    workshop: {type: url, public: yes}
  events:
    trades: {label: Trades, type: list, public: yes, facet: yes}
"""
SETTINGS = config_of(SITE).settings


def own_of(fields: str) -> list[dict[str, Any]]:
    """What the page of a member shows of own fields."""
    entry = entry_of(f"-- members/ada.yaml --\nname: Ada Okafor\n{fields}\n", SETTINGS)
    found = shown(entry.full, dict)["own"]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize(
    ("field", "made"),
    [
        ("cohort: 2024", {"name": "cohort", "label": "Cohort", "type": "text", "values": ["2024"]}),
        ("trades: clocks, looms", {"name": "trades", "label": "Trades", "type": "list", "values": ["clocks", "looms"]}),
        ("score: 12.50", {"name": "score", "label": "score", "type": "number", "values": ["12.50"]}),
        ("vegan: no", {"name": "vegan", "label": "vegan", "type": "yes-no", "values": [False]}),
        ("certified: 2026-5-1", {"name": "certified", "label": "certified", "type": "date", "values": ["2026-05-01"]}),
        (
            "workshop: https://a.example/",
            {"name": "workshop", "label": "workshop", "type": "url", "values": ["https://a.example/"]},
        ),
    ],
)
def test_what_a_page_shows(field: str, made: dict[str, Any]) -> None:
    """Each public field with its label and values, as its type reads them."""
    assert own_of(field) == [made]


def test_the_order_is_that_of_site_yaml() -> None:
    """Not that of the profile."""
    assert [each["name"] for each in own_of("vegan: yes\nscore: 1\ncohort: A")] == ["cohort", "score", "vegan"]


def test_a_private_field_is_nowhere() -> None:
    """A field that is not declared public is read, and forgotten at once."""
    found = decoded("-- members/ada.yaml --\nname: Ada Okafor\nbadge: quokka\n", SETTINGS)
    assert found.problems == ()
    assert "quokka" not in repr(found)


@pytest.mark.parametrize(
    ("field", "path", "message"),
    [
        ("score: many", ("score",), "this is not a number"),
        ("vegan: perhaps", ("vegan",), "this is neither yes nor no"),
        ("certified: soon", ("certified",), "this is not a date"),
        ("workshop: a.example", ("workshop",), "this is not a web address"),
        ("cohort: [a, b]", ("cohort",), "text belongs here, and this is a list"),
        ("cohorte: 2024", ("cohorte",), "there is no field cohorte"),
    ],
)
def test_mistakes(field: str, path: tuple[str, ...], message: str) -> None:
    """What the type cannot read is told like in any other field; an own field is the nearest one of a slip, too."""
    (problem,) = decoded(f"-- members/ada.yaml --\nname: A\n{field}\n", SETTINGS).problems
    assert (problem.at.path, problem.message, problem.severity) == (path, message, Severity.ERROR)
    assert problem.hint == "did you mean cohort?" or field != "cohorte: 2024"


def test_a_field_of_another_kind() -> None:
    """What is declared for members is no field of events."""
    (problem,) = decoded("-- events/talk.yaml --\ntitle: T\nstart: 2026-12-01\ncohort: 2024\n", SETTINGS).problems
    assert problem.message == "there is no field cohort"


MANY = f"""{SITE}
-- members/ada.yaml --
name: Ada Okafor
cohort: Spring 2024
trades: [Clocks, Looms]
-- members/bo.yaml --
name: Bo Ek
cohort: spring 2024
vegan: yes
-- members/cy.yaml --
name: Cy Ek
vegan: no
score: 3
-- events/talk.yaml --
title: Talk
start: 2026-12-01
trades: clocks
"""


def test_pages_of_values() -> None:
    """Each value has a page with everybody and everything that has it, and each field a list of its values."""
    found = outputs(MANY)
    assert {path for path in found if path.startswith(("cohort/", "trades/", "vegan/", "score/"))} == {
        "cohort/index.html",
        "cohort/spring-2024/index.html",
        "trades/index.html",
        "trades/clocks/index.html", "trades/clocks/calendar.ics",
        "trades/looms/index.html",
        "vegan/index.html", "vegan/yes/index.html", "vegan/no/index.html",
    }  # fmt: skip
    cohort = found["cohort/index.html"].inputs
    assert cohort.title == "Cohort"
    assert [shown(each, Counted) for each in cohort.sections[0].items] == [
        Counted("Spring 2024", "/cohort/spring-2024/", 2)
    ]
    clocks = found["trades/clocks/index.html"].inputs
    assert [shown(card, dict)["title"] for card in clocks.cards] == ["Ada Okafor"]
    assert [shown(each, dict)["title"] for each in clocks.sections[0].items] == ["Talk"]


def test_a_profile_leads_to_the_pages_of_its_values() -> None:
    """Whoever reads it finds the others."""
    sections = outputs(MANY)["members/bo/index.html"].inputs.sections
    own = next(each for each in sections if each.name == "own")
    assert [(link["title"], link["url"]) for link in (shown(each, dict) for each in own.items)] == [
        ("spring 2024", "/cohort/spring-2024/"),
        ("yes", "/vegan/yes/"),
    ]


@pytest.mark.parametrize("name", ["news", "skills", "search", "assets"])
def test_a_field_that_is_called_like_a_section(name: str) -> None:
    """Its pages would stand where others do: an error says so as soon as they do."""
    text = f"""
-- site.yaml --
name: W
url: https://example.org/
timezone: UTC
fields: {{groups: {{{name}: {{public: yes, facet: yes}}}}}}
-- groups/a.yaml --
title: A
{name}: Rust
-- news/rust.yaml --
title: Rust
date: 2026-01-01
-- members/ada.yaml --
name: Ada
skills: Rust
"""
    assert bool(collisions(planned(text))) is (name != "assets")


def test_a_declaration_changes(make: Callable[[str], Project]) -> None:
    """When a field becomes private, nothing of it is left; when it is gone, whoever has it is told."""
    declared = "fields: {members: {badge: {public: yes, facet: yes}}}\n"
    site = make(f"{TINY}{declared}-- members/ada.yaml --\nname: Ada\nbadge: Quokka\n")
    assert not site.build().failed
    assert "badge/quokka/index.html" in site.output()
    head = TINY.partition("-- site.yaml --")[2]
    site.write(f"-- site.yaml --{head}fields: {{members: {{badge: Badge}}}}\n")
    assert not site.build().failed
    assert not [path for path, data in site.output().items() if b"uokka" in data or "quokka" in path]
    assert b"uokka" not in site.remembered()
    site.write(f"-- site.yaml --{head}")
    assert "there is no field badge" in site.messages()


def test_words_that_mean_the_same() -> None:
    """Synonyms are for skills and tags; own fields say what they say."""
    text = (
        f"{SITE}synonyms: {{Clocks: [watches]}}\n-- members/ada.yaml --\nname: Ada\ntrades: Watches\nskills: watches\n"
    )
    site, _ = linked(text)
    assert [each.topic.label for each in site.skills] == ["Clocks"]
    assert [(declared.name, [each.topic.label for each in found]) for declared, found in site.own if found] == [
        ("trades", ["Watches"])
    ]
