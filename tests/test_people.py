"""People: who is meant by a credit, and in what somebody takes part."""

import pytest
from msgspec import structs

from sitegen.common import Waiting
from sitegen.model import Person
from sitegen.problems import Problem, Severity
from sitegen.site import link
from tests.steps import config_of, entries_of, epoch, linked

PEOPLE = """
-- members/ada.yaml --
name: Ada Okafor
aliases: [ada-o, /people/ada/]
also_known_as: [Àdá Ọ.]
headline: Mends lifts
-- members/bo.yaml --
name: Bo Ek
"""


def talk(speakers: str, people: str = PEOPLE, *waiting: Waiting) -> tuple[tuple[Person, ...], tuple[Problem, ...]]:
    """The speakers of an event as they are shown, and what is wrong with them."""
    text = f"{people}-- events/talk.yaml --\ntitle: Talk\nstart: 2026-12-01\nspeakers: {speakers}\n"
    site, problems = link(config_of(text), entries_of(text), waiting, epoch("2026-11-23"))
    return site.people.get(("events/talk", ""), ()), problems


# --- Who is meant

ADA = Person("speakers", "Ada Okafor", "/members/ada/", subtitle="Mends lifts", initials="AO")
BO = Person("speakers", "Bo Ek", "/members/bo/", initials="BE")


@pytest.mark.parametrize(
    ("speakers", "people"),
    [
        ("ada", [ADA]),
        ("[bo, ada]", [BO, ADA]),
        ("Bo Ek", [BO]),
        ("BO  ËK", [BO]),
        ("Ada O.", [ADA]),
        ("Cy Ek", [Person("speakers", "Cy Ek", initials="CE")]),
        ("anonymous", [Person("speakers", "")]),
        ("{person: bo, role: chair}", [structs.replace(BO, role="chair")]),
        (
            "{person: ada, organization: The Loom, bio: Weaves.}",
            [structs.replace(ADA, organization="The Loom", bio="Weaves.")],
        ),
        (
            "{name: Cy, url: https://cy.example/, organization: The Loom}",
            [Person("speakers", "Cy", "https://cy.example/", organization="The Loom", initials="C")],
        ),
    ],
)
def test_who_is_meant(speakers: str, people: list[Person]) -> None:
    """An id is a member, a name the only member of that name in any spelling, another name somebody without a page."""
    assert talk(speakers) == (tuple(people), ())


def test_an_old_id_is_noted() -> None:
    """It leads to the member all the same, and the new one is told."""
    people, (problem,) = talk("[bo, ada-o]")
    assert people == (BO, ADA)
    assert (problem.at.path, problem.severity) == (("speakers", 1, "person"), Severity.NOTE)
    assert problem.hint == "the id is now ada"


def test_two_people_of_one_name() -> None:
    """Nobody guesses which of them is meant: the name is shown without a link. An id says it."""
    people = f"{PEOPLE}-- members/bo-2.yaml --\nname: Bo Ek\n"
    assert talk("[Bo Ek, bo]", people) == ((Person("speakers", "Bo Ek", initials="BE"), BO), ())


def test_one_person_with_one_name_twice() -> None:
    """Somebody whose other name is the same but for accents is still one person."""
    people = "-- members/zoe.yaml --\nname: Zoë Ek\nalso_known_as: Zoe Ek\n"
    assert talk("Zoe Ek", people)[0][0].url == "/members/zoe/"


@pytest.mark.parametrize("status", ["guest", "in-memoriam", "alumni"])
def test_everybody_with_a_page_is_linked(status: str) -> None:
    """Guests and the dead have pages that credits lead to."""
    people = f"-- members/cy.yaml --\nname: Cy Ek\nstatus: {status}\n"
    assert talk("cy", people)[0][0].url == "/members/cy/"


def test_somebody_who_is_credited_by_name_alone() -> None:
    """The name stands without a link, a picture or what the profile says."""
    people = "-- members/cy.yaml --\nname: Cy Ek\nlisted: name-only\nheadline: Secret\n"
    assert talk("cy", people) == ((Person("speakers", "Cy Ek", initials="CE"),), ())


@pytest.mark.parametrize("visible", [None, epoch("2027-01-01")])
def test_somebody_whose_profile_is_not_published(visible: int | None) -> None:
    """A draft, or one whose day has not come: nothing of it is shown, and a warning says why."""
    people, (problem,) = talk("cy", PEOPLE, Waiting("members", "cy", visible))
    assert people == (Person("speakers", ""),)
    assert problem.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("speakers", "hint"),
    [
        ("adaa", "did you mean ada?"),
        ("nobody-at-all", "a person without a profile is written by name: Jane Doe"),
    ],
)
def test_an_id_that_is_nobodys(speakers: str, hint: str) -> None:
    """It is an error, at the place where it stands, with the nearest id."""
    people, (problem,) = talk(f"[bo, {speakers}]")
    assert people[1].name == ""
    assert (problem.at.file, problem.at.path) == ("events/talk.yaml", ("speakers", 1, "person"))
    assert (problem.severity, problem.hint) == (Severity.ERROR, hint)


def test_people_of_several_parts_are_counted_apart() -> None:
    """The place of a mistake is that in its own field."""
    text = "-- events/talk.yaml --\ntitle: T\nstart: 2026-12-01\nspeakers: [A B, C D]\norganizers: [E F, nobody]\n"
    _, (problem,) = linked(text)
    assert problem.at.path == ("organizers", 1, "person")


def test_what_somebody_takes_part_in() -> None:
    """A person's page has the events of each part, the last first, each once, until they have expired."""
    site, _ = linked(
        PEOPLE
        + """
-- events/a.yaml --
title: A
start: 2026-01-01
speakers: [bo, Bo Ek, ada]
organizers: bo
-- events/b.yaml --
title: B
start: 2026-12-01
speakers: bo
-- events/c.yaml --
title: C
start: 2026-06-01
expires: 2026-06-30
speakers: bo
"""
    )
    involved = {url: [(part, entry.id) for part, entry in parts] for url, parts in site.involved.items()}
    assert involved == {
        "/members/bo/": [("speakers", "b"), ("speakers", "a"), ("organizers", "a")],
        "/members/ada/": [("speakers", "a")],
    }
