"""What the directory can be narrowed by."""

import json
from typing import Any

import pytest
from msgspec import structs

from sitegen.common import epoch
from sitegen.formats import directory
from sitegen.insight.facets import Directory
from sitegen.insight.facets import directory as narrowing
from sitegen.model import Card, Sizes, face, shown
from sitegen.pages import collections
from sitegen.plan import Edition
from tests.sites import SITE
from tests.steps import linked, outputs

PEOPLE = """
-- members/ada.yaml --
name: Ada Aas
also_known_as: [Adelheid]
headline: Tunes looms
location: Oslo, Norway
skills: [Looms, Bells]
languages: [en, Norsk]
organization: acme
groups: [{group: towers, role: chair}, {group: lifts, until: 2020}]
mentoring: {as: mentor, open: yes}
offers: [Tea]
available_for: [Talks]
cohort: Spring
joined: 2020
-- members/bo.yaml --
name: Bo Berg
location: Bergen, Norway
skills: bells
languages: English
organization: Bell Ltd
mentoring: {as: mentee}
-- members/cy.yaml --
name: Cy Dahl
status: guest
skills: [Sails]
-- organizations/acme.yaml --
name: Acme
-- groups/towers.yaml --
title: Towers
-- groups/lifts.yaml --
title: Lifts
"""
OWN = "fields: {members: {cohort: {label: Cohort, public: yes, facet: yes}}}\n"


def found(more: str = "", people: str = PEOPLE) -> dict[str, dict[str, list[str]]]:
    """The labels of each facet, with the members who have them."""
    site, _ = linked(f"{SITE}{OWN}{more}{people}")
    made = narrowing(site)
    return {
        each.name: {
            label: [member.id for member, values in zip(site.members, made.people, strict=True) if place in values[at]]
            for place, (_, label) in enumerate(each.values)
        }
        for at, each in enumerate(made.facets)
    }


def test_all_that_tells_members_apart() -> None:
    """Skills, places, work, groups, languages, own fields, mentoring, offers: of members, as they are at present."""
    assert found() == {
        "skills": {"Bells": ["ada", "bo"], "Looms": ["ada"]},
        "places": {"Norway": ["ada", "bo"], "Bergen, Norway": ["bo"], "Oslo, Norway": ["ada"]},
        "organizations": {"Acme": ["ada"], "Bell Ltd": ["bo"]},
        "groups": {"Towers": ["ada"]},
        "languages": {"English": ["ada", "bo"], "Norsk": ["ada"]},
        "cohort": {"Spring": ["ada"]},
        "mentoring": {"Mentors with room": ["ada"], "Looking for a mentor": ["bo"]},
        "available-for": {"Talks": ["ada"]},
        "offers": {"Tea": ["ada"]},
    }


def test_those_of_site_yaml() -> None:
    """site.yaml may say which there are, in order."""
    assert list(found("directory: {facets: [cohort, place, skills]}\n")) == ["cohort", "places", "skills"]


def test_what_everybody_has_tells_nobody_apart() -> None:
    """A facet with which nobody could be left out is none, and a site with one member has none at all."""
    one = "-- members/ada.yaml --\nname: Ada\nskills: [Looms]\nlanguages: en\n"
    assert found(people=one) == {}
    assert found(people=one + one.replace("ada", "bo").replace("[Looms]", "[Looms, Bells]")) == {
        "skills": {"Bells": ["bo"], "Looms": ["ada", "bo"]}
    }


# --- The file


def files(text: str) -> dict[str, dict[str, object]]:
    """The files of the format, by path."""
    site, _ = linked(text)
    made = directory.FORMAT.outputs(tuple(collections((site,))), Edition(site.config))
    return {each.path: json.loads(each.render(each.inputs, None)) for each in made}  # type: ignore[arg-type]


def test_the_file() -> None:
    """Everybody has what lists show, other names, and the places of their values; empty ends are left out."""
    text = f"{SITE.replace('example.org/', 'example.org/sub/')}{OWN}directory: {{facets: [skills, groups]}}\n{PEOPLE}"
    assert files(text) == {
        "members/directory.json": {
            "v": 1,
            "fields": list(directory.FIELDS),
            "facets": [
                {"name": "skills", "label": "Skills", "values": [["bells", "Bells"], ["looms", "Looms"]]},
                {"name": "groups", "label": "Groups", "values": [["towers", "Towers"]]},
            ],
            "people": [
                ["Ada Aas", "/sub/members/ada/", "Tunes looms", "Oslo, Norway", ["Tea"], "", "AA", "", "2020",
                 ["Adelheid"], [[0, 1], [0]]],
                ["Bo Berg", "/sub/members/bo/", "Bell Ltd", "Bergen, Norway", [], "", "BB", "", "", [], [[0], []]],
            ],
        }
    }  # fmt: skip


def test_when_offers_end() -> None:
    """For each offer there is the first moment after it; nothing is said where none ends."""
    text = f"""{SITE}directory: {{facets: [skills]}}
-- members/ada.yaml --
name: Ada
offers: [Tea]
-- members/bo.yaml --
name: Bo
offers: [Talks, {{topic: A lift, until: 2027-01-31}}]
"""
    people: Any = files(text)["members/directory.json"]["people"]
    ada, bo = (dict(zip(directory.FIELDS, each, strict=False)) for each in people)
    assert (ada["help"], ada.get("ends", [])) == (["Tea"], [])
    assert (bo["help"], bo["ends"]) == (["Talks", "A lift"], [0, epoch("2027-02-01T00:00+01:00", "UTC")])


def test_faces_are_the_small_squares() -> None:
    """A list shows somebody small: the picture is the smallest square that there is, else the picture itself."""
    site, _ = linked(f"{SITE}{OWN}{PEOPLE}")
    ada, bo = (shown(each.card, Card) for each in site.members)
    sizes = Sizes(400, 500, squares=(92, 184))
    cards = [
        face(structs.replace(ada, image="/members/ada/a.jpg", image_sizes=sizes)),
        face(structs.replace(bo, image="/members/bo/b.png")),
    ]
    people = tuple(directory.Person(card, "", ()) for card in cards)
    made = directory.People("", 0, people, face(narrowing(site)))
    said = json.loads(directory.render(made, None))["people"]  # type: ignore[arg-type]
    assert [each[5] for each in said] == ["/members/ada/a.jpg.92x92.webp", "/members/bo/b.png"]


def test_many_people_are_in_several_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """More people than a file may have are in several, each with its own; the first file lists them."""
    monkeypatch.setattr(directory, "PART", 1)
    found = files(f"{SITE}{OWN}{PEOPLE}")
    assert found["members/directory.json"]["parts"] == ["/members/directory-1.json", "/members/directory-2.json"]
    people = [found[f"members/directory-{number}.json"]["people"] for number in (1, 2)]
    assert [[each[0] for each in part] for part in people] == [["Ada Aas"], ["Bo Berg"]]  # type: ignore[attr-defined]
    assert people[1][0][-1][0] == [0]  # type: ignore[index]


def test_nobody_private_is_in_it() -> None:
    """Guests, the dead, those listed by name and the unlisted are not in it, nor are addresses."""
    hidden = "-- members/gus.yaml --\nname: Gus\nemail: gus@quokka.example\n"
    hidden += "-- members/dee.yaml --\nname: Dee\nlisted: no\nskills: [Quokkas]\n"
    hidden += "-- members/eve.yaml --\nname: Eve\nstatus: in-memoriam\nskills: [Quokkas]\n"
    hidden += "-- members/fay.yaml --\nname: Fay\nlisted: name-only\n"
    said = json.dumps(files(f"{SITE}{OWN}{PEOPLE}{hidden}"))
    assert not [word for word in ("Cy", "Dee", "Eve", "Fay", "uokka") if word in said]


def test_a_change_of_one_changes_the_file_of_all() -> None:
    """It is known by the cards of everybody and by what they have in common."""
    text = f"{SITE}formats: [directory]\n{OWN}{PEOPLE}"
    one, other = outputs(text), outputs(text.replace("skills: bells", "skills: gongs"))
    assert one["members/directory.json"].inputs != other["members/directory.json"].inputs
    assert shown(other["members/directory.json"].inputs.directory, Directory).facets[0].values[1] == ("gongs", "gongs")


def test_a_language_has_a_page() -> None:
    """Without scripts each language leads to those who speak it, as skills do."""
    found = outputs(f"{SITE}{OWN}{PEOPLE}")
    assert {"languages/index.html", "languages/english/index.html", "languages/norsk/index.html"} <= set(found)
