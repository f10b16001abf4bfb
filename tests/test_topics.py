"""Topics: what entries have in common."""

import pytest

from sitegen.model import Topic, VEvent, shown
from sitegen.problems import Problem, Severity
from tests.steps import linked

# --- Skills


def skills(*lists: str) -> tuple[dict[str, tuple[str, str]], tuple[Problem, ...]]:
    """The skills of members, each with its label and who has it, and what is said of them."""
    people = zip("abcdef", lists, strict=False)
    site, problems = linked("".join(f"-- members/{id_}.yaml --\nname: {id_}\nskills: {each}\n" for id_, each in people))
    found = {each.topic.slug: (each.topic.label, "".join(entry.id for entry in each.entries)) for each in site.skills}
    assert {each.url for each in site.skills} == {f"/skills/{slug}/" for slug in found}
    return found, problems


def test_skills_are_in_order() -> None:
    """They stand by their labels, whatever the case, and each has its members by name."""
    found, problems = skills("[Ölmühlen, rust]", "[Looms, Rust]", "Looms")
    assert list(found.items()) == [
        ("looms", ("Looms", "bc")),
        ("olmuhlen", ("Ölmühlen", "a")),
        ("rust", ("Rust", "ab")),
    ]
    assert problems == ()


@pytest.mark.parametrize(
    ("lists", "label"),
    [
        (["rust", "Rust", "Rust"], "Rust"),
        (["rust", "rust", "RUST"], "rust"),
        (["rust", "Rust"], "Rust"),
    ],
)
def test_the_label_of_a_skill(lists: list[str], label: str) -> None:
    """The spelling that most members use, and of two with as many always the same one."""
    assert skills(*lists)[0]["rust"][0] == label
    assert skills(*reversed(lists))[0]["rust"][0] == label


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("Café", "cafe", False),
        ("RUST", "Rust", False),
        ("C++", "C plus plus", True),
        ("R&D", "R and D", True),
        ("Node.js", "Node JS", True),
    ],
)
def test_spellings_of_a_skill(one: str, other: str, *, told: bool) -> None:
    """Two with one slug are one topic; where they differ in more than case and accents somebody should look."""
    found, problems = skills(one, other)
    assert [people for _, people in found.values()] == ["ab"]
    assert [(each.at.file, each.at.path, each.severity) for each in problems] == (
        [("members/b.yaml", ("skills",), Severity.WARNING)] if told else []
    )


# --- Words that mean the same

SYNONYMS = """
-- site.yaml --
name: Working Order
url: https://example.org/
timezone: Europe/Oslo
synonyms: {JavaScript: [js, ECMAScript], Clocks: watches}
"""


def test_synonyms() -> None:
    """Whoever writes another word is with those who write the usual one, which is the label; so is what asks for it."""
    site, problems = linked(
        f"""{SYNONYMS}
-- members/ada.yaml --
name: Ada
skills: [JS, JavaScript]
-- members/bo.yaml --
name: Bo
skills: ecmascript
-- opportunities/job.yaml --
title: Job
type: job
skills: js
"""
    )
    (found,) = site.skills
    assert (found.topic, found.url) == (Topic("javascript", "JavaScript"), "/skills/javascript/")
    assert sorted(each.ref for each in found.entries) == ["members/ada", "members/bo", "opportunities/job"]
    assert site.members[0].skills == (Topic("javascript", "JavaScript"),)
    assert problems == ()


def test_synonyms_of_tags() -> None:
    """Tags of every kind, and what calendars have of them."""
    site, _ = linked(f"{SYNONYMS}-- events/talk.yaml --\ntitle: T\nstart: 2026-12-01\ntags: Watches\n")
    assert [each.url for each in site.tags] == ["/tags/clocks/"]
    vevent = site.programme.events[0].vevent
    assert vevent
    assert shown(vevent, VEvent).categories == ("Clocks",)
