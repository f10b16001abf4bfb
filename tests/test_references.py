"""References: who and what is meant, and in what somebody or something has a part."""

import pytest
from msgspec import structs

from sitegen.common import Waiting
from sitegen.model import Card, Referent, VCard, VEvent, Where, shown
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


def talk(speakers: str, people: str = PEOPLE, *waiting: Waiting) -> tuple[tuple[Referent, ...], tuple[Problem, ...]]:
    """The speakers of an event as they are shown, and what is wrong with them."""
    text = f"{people}-- events/talk.yaml --\ntitle: Talk\nstart: 2026-12-01\nspeakers: {speakers}\n"
    site, problems = link(config_of(text), entries_of(text), waiting, epoch("2026-11-23"))
    return site.referents.get(("events/talk", ""), ()), problems


# --- Who is meant

ADA = Referent("speakers", "Ada Okafor", "/members/ada/", subtitle="Mends lifts", initials="AO")
BO = Referent("speakers", "Bo Ek", "/members/bo/", initials="BE")


@pytest.mark.parametrize(
    ("speakers", "people"),
    [
        ("ada", [ADA]),
        ("[bo, ada]", [BO, ADA]),
        ("Bo Ek", [BO]),
        ("BO  ËK", [BO]),
        ("Ada O.", [ADA]),
        ("Cy Ek", [Referent("speakers", "Cy Ek", initials="CE")]),
        ("anonymous", [Referent("speakers", "")]),
        ("{person: bo, role: chair}", [structs.replace(BO, role="chair")]),
        (
            "{person: ada, organization: The Loom, bio: Weaves.}",
            [structs.replace(ADA, organization="The Loom", bio="Weaves.")],
        ),
        (
            "{name: Cy, url: https://cy.example/, organization: The Loom}",
            [Referent("speakers", "Cy", "https://cy.example/", organization="The Loom", initials="C")],
        ),
    ],
)
def test_who_is_meant(speakers: str, people: list[Referent]) -> None:
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
    assert talk("[Bo Ek, bo]", people) == ((Referent("speakers", "Bo Ek", initials="BE"), BO), ())


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
    assert talk("cy", people) == ((Referent("speakers", "Cy Ek", initials="CE", on_pages=True),), ())


@pytest.mark.parametrize("visible", [None, epoch("2027-01-01")])
def test_somebody_whose_profile_is_not_published(visible: int | None) -> None:
    """A draft, or one whose day has not come: nothing of it is shown, and a warning says why."""
    people, (problem,) = talk("cy", PEOPLE, Waiting("members", "cy", visible))
    assert people == (Referent("speakers", ""),)
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
    backlinks = {url: [(each.part, entry.id) for each, entry in parts] for url, parts in site.backlinks.items()}
    assert backlinks == {
        "/members/bo/": [("speakers", "b"), ("speakers", "a"), ("organizers", "a")],
        "/members/ada/": [("speakers", "a")],
    }


# --- Things of every kind

THINGS = """
-- groups/oslo.yaml --
title: Oslo chapter
aliases: [oslo-chapter]
meets: every second Thursday
-- organizations/loom.yaml --
name: The Loom
also_known_as: [Loom Ltd]
location: Oslo, Norway
-- resources/oiling.yaml --
title: Oiling guide
-- events/agm.yaml --
title: Annual meeting
start: 2026-12-01
"""
EVENT = "-- events/talk.yaml --\ntitle: Talk\nstart: 2026-12-01\n"
MEMBER = "-- members/ada.yaml --\nname: Ada Okafor\n"
GROUP = "-- groups/lifts.yaml --\ntitle: Lifts\n"
JOB = "-- opportunities/job.yaml --\ntitle: Engineer\ntype: job\n"
GUIDE = "-- resources/guide.yaml --\ntitle: Guide\n"
NEWS = "-- news/moved.yaml --\ntitle: We have moved\ndate: 2026-11-01\n"
REFERRING = [
    (EVENT, "groups: [{0}]", ("groups", 0), "groups", "oslo"),
    (EVENT, "hosts: [groups/{0}]", ("hosts", 0, "person"), "groups", "oslo"),
    (EVENT, "hosts: [organizations/{0}]", ("hosts", 0, "person"), "organizations", "loom"),
    (EVENT, "sponsors: [{0}]", ("sponsors", 0, "organization"), "organizations", "loom"),
    (EVENT, "sponsors: [{{organization: {0}, tier: Gold}}]", ("sponsors", 0, "organization"), "organizations", "loom"),
    (EVENT, "venue: organizations/{0}", ("venue",), "organizations", "loom"),
    (EVENT, "resources: [{0}]", ("resources", 0, "resource"), "resources", "oiling"),
    (EVENT, "resources: [{{resource: resources/{0}}}]", ("resources", 0, "resource"), "resources", "oiling"),
    (MEMBER, "groups: {0}", ("groups", 0, "group"), "groups", "oslo"),
    (MEMBER, "organization: {0}", ("organization",), "organizations", "loom"),
    (MEMBER, "organizations: [{0}]", ("organizations", 0, "organization"), "organizations", "loom"),
    (GROUP, "parent: {0}", ("parent",), "groups", "oslo"),
    (GROUP, "leads: [{0}]", ("leads", 0, "person"), "members", "bo"),
    (GROUP, "former_leads: [{{person: {0}, until: 2020}}]", ("former_leads", 0, "person"), "members", "bo"),
    (JOB, "organization: {0}", ("organization",), "organizations", "loom"),
    (JOB, "event: {0}", ("event",), "events", "agm"),
    (JOB, "contact: {0}", ("contact", 0, "person"), "members", "bo"),
    (GUIDE, "event: {0}", ("event",), "events", "agm"),
    (GUIDE, "authors: {0}", ("authors", 0, "person"), "members", "bo"),
    (NEWS, "authors: {0}", ("authors", 0, "person"), "members", "bo"),
]
BO_EK = "-- members/bo.yaml --\nname: Bo Ek\naliases: [bo-lund]\n"
TITLES = {"oslo": "Oslo chapter", "loom": "The Loom", "oiling": "Oiling guide", "agm": "Annual meeting", "bo": "Bo Ek"}


def referring(entry: str, field: str, ident: str) -> tuple[list[Referent], tuple[Problem, ...]]:
    """What an entry with a field that refers to an id shows of it, and what is wrong with that."""
    site, problems = linked(THINGS + BO_EK + entry + field.format(ident) + "\n")
    part = field.partition(":")[0]
    return [each for found in site.referents.values() for each in found if each.part == part], problems


@pytest.mark.parametrize(("entry", "field", "path", "kind", "ident"), REFERRING)
def test_what_is_meant(entry: str, field: str, path: tuple[str | int, ...], kind: str, ident: str) -> None:
    """Each field that refers to something shows its title, and leads to its page."""
    del path
    (found,), problems = referring(entry, field, ident)
    assert (found.name, found.url, found.kind) == (TITLES[ident], f"/{kind}/{ident}/", kind)
    assert problems == ()


@pytest.mark.parametrize(("entry", "field", "path", "kind", "ident"), REFERRING)
def test_what_is_not_there(entry: str, field: str, path: tuple[str | int, ...], kind: str, ident: str) -> None:
    """An id that nothing has is an error at its place, with the nearest id of that kind; nothing is shown of it."""
    (found,), (problem,) = referring(entry, field, f"{ident}x")
    assert (found.name, found.url) == ("", "")
    assert (problem.at.path, problem.severity) == (path, Severity.ERROR)
    assert (problem.message, problem.hint) == (f"there is no {kind[:-1]} with this id", f"did you mean {ident}?")


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("groups", "this is an old id of a group"),
        ("organizations", "this is an old id of an organization"),
        ("events", "this is an old id of an event"),
        ("resources", "this is an old id of a resource"),
    ],
)
def test_an_old_id_of_anything(kind: str, message: str) -> None:
    """Whatever was renamed is meant all the same, and the new id is told."""
    text = {
        "groups": f"{EVENT}groups: old\n-- groups/new.yaml --\ntitle: New\naliases: old\n",
        "organizations": f"{EVENT}sponsors: old\n-- organizations/new.yaml --\nname: New\naliases: old\n",
        "events": f"{GUIDE}event: old\n-- events/new.yaml --\ntitle: New\nstart: 2027\naliases: old\n",
        "resources": f"{EVENT}resources: old\n-- resources/new.yaml --\ntitle: New\naliases: old\n",
    }[kind]
    site, (problem,) = linked(text)
    ((found,),) = site.referents.values()
    assert (found.name, found.url) == ("New", f"/{kind}/new/")
    assert (problem.severity, problem.message, problem.hint) == (Severity.NOTE, message, "the id is now new")


@pytest.mark.parametrize(
    ("text", "waiting", "message"),
    [
        (f"{EVENT}groups: oslo\n", Waiting("groups", "oslo"), "this group is not published"),
        (f"{EVENT}groups: oslo\n", Waiting("groups", "oslo", epoch("2027-01-01")), "this group is not published"),
        (f"{MEMBER}organization: loom\n", Waiting("organizations", "loom"), "this organization is not published"),
        (f"{JOB}event: agm\n", Waiting("events", "agm"), "this event is not published"),
        (f"{EVENT}resources: oiling\n", Waiting("resources", "oiling"), "this resource is not published"),
    ],
)
def test_what_is_not_published(text: str, waiting: Waiting, message: str) -> None:
    """A draft, or what has its day before it: nothing of it is shown, not even its id, and a warning says why."""
    site, (problem,) = link(config_of(text), entries_of(text), (waiting,), epoch("2026-11-23"))
    ((found,),) = site.referents.values()
    assert (found.name, found.url, problem.severity, problem.message) == ("", "", Severity.WARNING, message)


@pytest.mark.parametrize("written", ["The Loom", "the  LOOM", "Loom Ltd", "loom ltd.", "LOOM-LTD"])
@pytest.mark.parametrize("field", ["organization: {}", "organizations: [{{organization: {}}}]"])
def test_an_organization_by_name(written: str, field: str) -> None:
    """Where people write its name, another one of its names, or either with other signs, it is meant."""
    (found,), problems = referring(MEMBER, field, f"'{written}'")
    assert (found.name, found.url, problems) == ("The Loom", "/organizations/loom/", ())


def test_an_organization_without_a_file() -> None:
    """Its name stands as it was written; it has the page of those who wrote it."""
    (found,), problems = referring(MEMBER, "organization: {}", "Lift Works")
    assert (found.name, found.url, problems) == ("Lift Works", "", ())


def test_a_lower_case_word_is_an_id() -> None:
    """An organization that nobody has a file of is written like a name; the hint says how that looks."""
    _, (problem,) = referring(MEMBER, "organization: {}", "zzzzz")
    assert problem.hint == "one without a file is written by name, with a capital letter or a blank: Acme Ltd"


def test_two_organizations_of_one_name() -> None:
    """Nobody guesses which of them is meant."""
    text = f"{THINGS}-- organizations/loom-2.yaml --\nname: Loom Ltd\n{MEMBER}organization: Loom Ltd\n"
    found = linked(text)[0].referents["members/ada", ""]
    assert [(each.name, each.url) for each in found] == [("Loom Ltd", "")]


@pytest.mark.parametrize(
    ("host", "url", "kind"),
    [
        ("Bo Ek", "/members/bo/", "members"),
        ("The Loom", "/organizations/loom/", "organizations"),
        ("Loom Ltd", "/organizations/loom/", "organizations"),
        ("Oslo Chapter", "/groups/oslo/", "groups"),
        ("Somebody Else", "", "members"),
        ("{name: The Loom}", "/organizations/loom/", "organizations"),
    ],
)
def test_hosts_by_name(host: str, url: str, kind: str) -> None:
    """A name among the hosts is a member's, a group's or an organization's, whoever has it."""
    (found,), problems = referring(EVENT, "hosts: [{}]", host)
    assert (found.url, found.kind, problems) == (url, kind, ())


@pytest.mark.parametrize(("ident", "hint"), [("oslo", "write groups/oslo"), ("loom", "write organizations/loom")])
def test_a_host_by_a_bare_id(ident: str, hint: str) -> None:
    """An id alone is a member's; that of a group or organization needs its kind, and the error writes it."""
    _, (problem,) = referring(EVENT, "hosts: [{}]", ident)
    assert (problem.severity, problem.hint) == (Severity.ERROR, hint)


# --- What an entry takes from what it refers to


def test_an_employer_by_id() -> None:
    """Cards and contact cards say its name, not its id; an old id is as good."""
    for said in ("organization: loom", "organizations: [{organization: organizations/loom}]"):
        site, _ = linked(f"{THINGS}{MEMBER}role: Weaver\n{said}\n")
        (ada,) = site.members
        assert ada.vcard
        assert shown(ada.card, Card).subtitle == "Weaver, The Loom"
        assert shown(ada.vcard, VCard).organization == "The Loom"
    site, _ = linked(
        "-- organizations/loom.yaml --\nname: The Loom\naliases: weavers\n" + MEMBER + "organization: weavers\n"
    )
    assert shown(site.members[0].card, Card).subtitle == "The Loom"


def test_a_headline_stays() -> None:
    """What somebody says of themselves is not overwritten by where they work; the contact card has both."""
    site, _ = linked(f"{THINGS}{MEMBER}headline: Mends looms\norganization: loom\n")
    (ada,) = site.members
    assert ada.vcard
    assert shown(ada.card, Card).subtitle == "Mends looms"
    assert shown(ada.vcard, VCard).organization == "The Loom"


def test_a_former_employer_is_no_employer() -> None:
    """Where somebody worked once stands on no card."""
    site, _ = linked(f"{THINGS}{MEMBER}organizations: [{{organization: loom, until: 2020}}]\n")
    (ada,) = site.members
    assert ada.vcard
    assert shown(ada.card, Card).subtitle == shown(ada.vcard, VCard).organization == ""


def test_a_venue_has_the_coordinates_of_its_organization() -> None:
    """They are public because they stand there; a date elsewhere has none of them."""
    where = "{city: Oslo, country: NO, latitude: 59.9, longitude: 10.75}"
    house = f"-- organizations/mill.yaml --\nname: The Mill\nlocation: {where}\n"
    dates = "repeats: {every: week, count: 3, changes: {2026-12-08: {venue: Elsewhere}}}\n"
    site, _ = linked(f"{house}{EVENT}venue: mill\n{dates}")
    (event,) = site.programme.events
    assert event.vevent
    made = shown(event.vevent, VEvent)
    assert made.geo == (59.9, 10.75)
    assert [(each.location, each.geo) for each in made.changes] == [("Elsewhere", None)]


@pytest.mark.parametrize("employer", ["loom", "Loom Works"])
@pytest.mark.parametrize(("now", "works"), [("2027-12-31", True), ("2028-01-01", False)])
def test_work_lasts_to_its_last_day(employer: str, now: str, works: bool) -> None:  # noqa: FBT001
    """Whoever says until when they work somewhere works there up to that day; the site must change on the next."""
    text = f"{THINGS}{MEMBER}role: Weaver\norganizations: [{{organization: {employer}, until: 2027}}]\n"
    site, _ = linked(text, now)
    (ada,) = site.members
    name = "The Loom" if employer == "loom" else employer
    assert ada.vcard
    assert shown(ada.card, Card).subtitle == (f"Weaver, {name}" if works else "Weaver")
    assert shown(ada.vcard, VCard).organization == (name if works else "")
    assert [each.topic.label for each in site.organizations] == ([name] if works and employer != "loom" else [])
    assert [each.past for each in site.referents[ada.ref, ""]] == [not works]
    new_year = epoch("2028-01-01T00:00+01:00")
    assert (site.interval.until == new_year) is works
    assert (site.interval.since == new_year) is not works


@pytest.mark.parametrize(("now", "part"), [("2027-05-31", "leads"), ("2027-06-01", "former_leads")])
def test_a_lead_whose_time_is_over_is_a_former_lead(now: str, part: str) -> None:
    """Up to the last day of a term somebody leads a group, and afterwards did so."""
    group = "-- groups/board.yaml --\ntitle: Board\nleads: [{person: ada, role: chair, until: 2027-05}]\n"
    site, _ = linked(f"{MEMBER}{group}", now)
    assert [(each.part, each.role) for each in site.referents["groups/board", ""]] == [(part, "chair")]


@pytest.mark.parametrize("venue", ["organizations/loom", "The Loom", "Loom Ltd", "loom"])
def test_a_venue_that_is_an_organization(venue: str) -> None:
    """Its name and place are those of the event: on its card and page, in calendars, among the events of the town."""
    site, problems = linked(f"{THINGS}{EVENT}venue: {venue}\n")
    event = next(each for each in site.entries if each.ref == "events/talk")
    assert event.vevent
    assert problems == ()
    assert shown(event.card, Card).place == "The Loom, Oslo, Norway"
    assert shown(event.full, dict)["place"] == "The Loom, Oslo, Norway"
    assert shown(event.vevent, VEvent).location == "The Loom, Oslo, Norway"
    assert event.where == (Where("NO", "Oslo"),)
    assert [(each.part, each.url) for each in site.referents[event.ref, ""]] == [("venue", "/organizations/loom/")]


@pytest.mark.parametrize("venue", ["online", "library", "Old Hall", "{name: The Loom, city: Bergen}"])
def test_a_venue_that_is_none(venue: str) -> None:
    """A place in words, or one that is described, is no organization, and needs no file."""
    site, problems = linked(f"{THINGS}{EVENT}venue: {venue}\n")
    assert problems == ()
    assert not any(each.url for found in site.referents.values() for each in found)


def test_venues_of_dates() -> None:
    """A date elsewhere is there; one that only has another title is where all are; one that is online is nowhere."""
    text = f"""{THINGS}
-- organizations/mill.yaml --
name: The Mill
-- events/club.yaml --
title: Club
start: 2026-11-02 18:00
venue: The Loom
online: https://meet.example/
repeats:
  every: week
  changes:
    2026-11-09: {{title: Special}}
    2026-11-16: {{venue: organizations/mill}}
    2026-11-23: {{venue: Old Hall}}
    2026-11-30: {{mode: online}}
"""
    site, problems = linked(text)
    club = next(each for each in site.entries if each.id == "club")
    assert club.vevent
    assert problems == ()
    at = {each.planned[:10]: each for each in club.overrides}
    places = {
        "2026-11-09": "The Loom, Oslo, Norway",
        "2026-11-16": "The Mill",
        "2026-11-23": "Old Hall",
    }
    for day, place in places.items():
        assert shown(at[day].card, Card).place == place
        assert shown(at[day].vevent, VEvent).location == place
    assert shown(at["2026-11-16"].full, dict)["place"] == "The Mill"
    changes = {each.planned[:10]: each.location for each in shown(club.vevent, VEvent).changes}
    assert changes == {**places, "2026-11-30": "https://meet.example/"}
    assert shown(at["2026-11-30"].card, Card).place == ""


# --- Where something has a part


def test_what_has_a_part_in_what() -> None:
    """Groups, organizations, resources and events know who and what refers to them, and as what."""
    site, _ = linked(
        THINGS
        + BO_EK
        + f"{EVENT}groups: oslo\nsponsors: [{{organization: The Loom, tier: Gold}}]\nresources: oiling\n"
        + f"{MEMBER}organization: loom\ngroups: [{{group: oslo, role: chair, since: 2020}}]\n"
        + f"{GROUP}parent: oslo\nleads: bo\n"
        + f"{JOB}organization: Loom Ltd\nevent: agm\n"
        + f"{NEWS}authors: bo\n"
    )
    found = {
        url: [(each.part, entry.ref, each.role, each.since) for each, entry in parts]
        for url, parts in site.backlinks.items()
    }
    assert found == {
        "/groups/oslo/": [
            ("groups", "events/talk", "", ""),
            ("parent", "groups/lifts", "", ""),
            ("groups", "members/ada", "chair", "2020"),
        ],
        "/organizations/loom/": [
            ("sponsors", "events/talk", "Gold", ""),
            ("organization", "members/ada", "", ""),
            ("organization", "opportunities/job", "", ""),
        ],
        "/resources/oiling/": [("resources", "events/talk", "", "")],
        "/events/agm/": [("event", "opportunities/job", "", "")],
        "/members/bo/": [("leads", "groups/lifts", "", ""), ("authors", "news/moved", "", "")],
    }
