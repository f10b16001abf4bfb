"""The site: who is meant, what is to come, who knows what, and until when all this is so."""

import pytest
from msgspec import structs

from sitegen.clock import Interval
from sitegen.model import Person
from sitegen.problems import Problem, Severity
from sitegen.site import Problems, Site, Waiting, link
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


def talk(speakers: str, people: str = PEOPLE, *waiting: Waiting) -> tuple[tuple[Person, ...], Problems]:
    """The speakers of an event as they are shown, and what is wrong with them."""
    text = f"{people}-- events/talk.yaml --\ntitle: Talk\nstart: 2026-12-01\nspeakers: {speakers}\n"
    site, problems = link(config_of(text), entries_of(text), waiting, epoch("2026-11-23"))
    return site.people.get("events/talk", ()), problems


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


# --- What is to come

EVENTS = """
-- events/talk.yaml --
title: Talk
start: 2026-11-23 11:00
end: 12:00
-- events/day.yaml --
title: Day
start: 2026-11-23
-- events/agm.yaml --
title: AGM
start: 2026-11-24 18:00
-- events/some-day.yaml --
title: Some day
start: 2026-11
-- events/old.yaml --
title: Old
start: 2026-11-20
"""


def ids(site: Site) -> tuple[list[str], list[str]]:
    """The events to come, and those that are over."""
    return [each.id for each in site.upcoming], [each.id for each in site.past]


@pytest.mark.parametrize(
    ("now", "upcoming", "past"),
    [
        ("2026-11-23T11:59:59+01:00", ["some-day", "day", "talk", "agm"], ["old"]),
        ("2026-11-23T12:00:00+01:00", ["some-day", "day", "agm"], ["talk", "old"]),
        ("2026-11-23T23:59:59+01:00", ["some-day", "day", "agm"], ["talk", "old"]),
        ("2026-11-24T00:00:00+01:00", ["some-day", "agm"], ["talk", "day", "old"]),
        ("2026-12-01T00:00:00+01:00", [], ["agm", "talk", "day", "old", "some-day"]),
    ],
)
def test_what_is_to_come(now: str, upcoming: list[str], past: list[str]) -> None:
    """An event is to come until the moment at which it is over; the next comes first, and the last of those past."""
    assert ids(linked(EVENTS, now)[0]) == (upcoming, past)


@pytest.mark.parametrize(
    ("now", "listed"),
    [("2026-11-30T23:59:59+01:00", True), ("2026-12-01T00:00:00+01:00", False)],
)
def test_what_has_expired(now: str, *, listed: bool) -> None:
    """After its last day it is in no list any more; its page stays."""
    site, _ = linked(
        """
-- members/ada.yaml --
name: Ada
skills: Rust
joined: 2026-01-01
expires: 2026-11-30
-- events/agm.yaml --
title: AGM
start: 2027-01-01
expires: 2026-11-30
""",
        now,
    )
    lists = (site.upcoming, site.members, site.newest, site.skills)
    assert [bool(each) for each in lists] == [listed] * 4
    assert [each.ref for each in site.entries] == ["events/agm", "members/ada"]


@pytest.mark.parametrize(
    ("now", "since", "until"),
    [
        ("2026-11-20T00:00+01:00", None, "2026-11-21T00:00+01:00"),
        ("2026-11-23T11:59:59+01:00", "2026-11-21T00:00+01:00", "2026-11-23T12:00+01:00"),
        ("2026-11-23T12:00:00+01:00", "2026-11-23T12:00+01:00", "2026-11-24T00:00+01:00"),
        ("2027-01-01T00:00+01:00", "2026-12-01T00:00+01:00", None),
    ],
)
def test_until_when_it_is_so(now: str, since: str | None, until: str | None) -> None:
    """The answer is true from the last moment at which something was over to the next one."""
    interval = linked(EVENTS, now)[0].interval
    assert (interval.since, interval.until) == tuple(None if each is None else epoch(each) for each in (since, until))


def test_every_moment_counts() -> None:
    """What is to be published, and what expires, bound the answer as well."""
    text = "-- members/ada.yaml --\nname: Ada\npublish_date: 2026-11-22\nexpires: 2026-11-25\n"
    waiting = (Waiting("members", "bo", epoch("2026-11-24")), Waiting("members", "cy"))
    site, _ = link(config_of(text), entries_of(text), waiting, epoch("2026-11-23"))
    assert site.interval == Interval(epoch("2026-11-22"), epoch("2026-11-24"))
    site, _ = link(config_of(text), entries_of(text), (), epoch("2026-11-23"))
    assert site.interval == Interval(epoch("2026-11-22"), epoch("2026-11-26"))


# --- The directory


def test_the_directory() -> None:
    """Members stand by family name, the dead apart, guests not at all; each kind is counted by its pages."""
    site, _ = linked(
        """
-- members/a.yaml --
name: Zoë Ek
-- members/b.yaml --
name: Ada Okafor
-- members/c.yaml --
name: Ådne Ek
-- members/d.yaml --
name: Dee Dahl
status: in-memoriam
-- members/e.yaml --
name: Eve Dahl
status: guest
-- members/f.yaml --
name: Flo Dahl
listed: name-only
-- events/x.yaml --
title: X
start: 2027
"""
    )
    assert [each.id for each in site.members] == ["c", "a", "b"]
    assert [each.id for each in site.remembered] == ["d"]
    assert site.counts == {"members": 5, "events": 1}


def test_the_newest_members() -> None:
    """Who joined last comes first, however the day was written; of whom that is not known there is nothing to say."""
    site, _ = linked(
        """
-- members/a.yaml --
name: A
joined: 2026-11-20
-- members/b.yaml --
name: B
joined: 2026-11-3
-- members/c.yaml --
name: C
-- members/d.yaml --
name: D
joined: 2026
-- members/e.yaml --
name: E
joined: Sat 2026-11-07
-- members/f.yaml --
name: F
joined: 2025-12
"""
    )
    assert [each.id for each in site.newest] == ["a", "e", "b", "d", "f"]


def test_two_entries_of_one_id() -> None:
    """One in a file of the whole kind that has a file of its own, too, can be referred to by nobody: an error."""
    ada, bo = entries_of(PEOPLE)
    within = structs.replace(ada, source="members.yaml", within="ada")
    other = structs.replace(bo, source="members.yaml", within="bo")
    _, (problem,) = link(config_of(""), (ada, within, other), (), epoch("2026-11-23"))
    assert (problem.at.file, problem.at.path, problem.severity) == ("members.yaml", ("ada",), Severity.ERROR)


# --- Skills


def skills(*lists: str) -> tuple[dict[str, tuple[str, str]], tuple[Problem, ...]]:
    """The skills of members, each with its label and who has it, and what is said of them."""
    people = zip("abcdef", lists, strict=False)
    site, problems = linked("".join(f"-- members/{id_}.yaml --\nname: {id_}\nskills: {each}\n" for id_, each in people))
    found = {each.topic.slug: (each.topic.label, "".join(entry.id for entry in each.entries)) for each in site.skills}
    assert site.topics == {slug: f"/skills/{slug}/" for slug in found}
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
