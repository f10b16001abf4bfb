"""Profiles: what becomes of each field."""

from typing import Any

import pytest

from sitegen.model import Card, Entry, Picture, Reference, Topic, VCard, shown
from sitegen.problems import Problem, Severity
from tests.steps import decoded


def entry_of(fields: str, path: str = "members/ada-okafor.yaml", rest: str = "") -> Entry:
    """The entry that a profile gives: nothing is wrong with it."""
    found = decoded(f"-- {path} --\n{fields}\n{rest}")
    assert not [each for each in found.problems if each.severity is Severity.ERROR], found.problems
    assert found.entry
    return found.entry


def card_of(fields: str, **rest: str) -> Card:
    """What lists show of a profile."""
    return shown(entry_of(fields, **rest).card, Card)


def page_of(fields: str, **rest: str) -> dict[str, Any]:
    """What the page shows of a profile."""
    return shown(entry_of(fields, **rest).full, dict)


def problems_of(fields: str) -> tuple[Problem, ...]:
    """What is said of a profile."""
    return decoded(f"-- members/ada-okafor.yaml --\n{fields}\n").problems


def test_the_least_profile() -> None:
    """A name is enough for a page, a card in the directory and a contact card."""
    entry = entry_of("name: Ada Okafor")
    assert (entry.ref, entry.url, entry.title) == ("members/ada-okafor", "/members/ada-okafor/", "Ada Okafor")
    assert entry.listing == "listed"
    assert entry.vcard
    assert shown(entry.card, Card) == Card("members", "Ada Okafor", entry.url, initials="AO")


PLAIN = [
    ("pronouns", "she/her"),
    ("headline", "Mends lifts"),
    ("role", "Engineer"),
    ("summary", "A sentence."),
    ("image_alt", "Ada at work"),
    ("image_credit", "Bo Ek"),
    ("joined", "2019-05"),
    ("left", "2027"),
    ("updated", "2026-11-07"),
    ("lang", "nb"),
    ("status", "alumni"),
]


@pytest.mark.parametrize(("name", "value"), PLAIN)
def test_text_that_a_page_shows(name: str, value: str) -> None:
    """The page has the text as it was written."""
    assert page_of(f"name: A\n{name}: {value}")[name] == value


LISTS: list[tuple[str, str, Any]] = [
    ("also_known_as", "[Ada O., 岡]", ["Ada O.", "岡"]),
    ("languages", "nb, Yoruba", ["nb", "Yoruba"]),
    ("skills", "Rust, C++", ["Rust", "C++"]),
    ("interests", "[clocks, looms]", ["clocks", "looms"]),
    ("tags", "lifts", ["lifts"]),
    ("ask_me_about", "Lifts, and how they stop", ["Lifts, and how they stop"]),
    ("honorific", "{before: Dr., after: FRSA}", {"before": "Dr.", "after": "FRSA"}),
    ("honorific", "Dr.", {"before": "Dr."}),
    ("offers", "A talk", [{"topic": "A talk"}]),
    ("seeks", "[{topic: A lift, note: any, until: 2027-01}]", [{"topic": "A lift", "note": "any", "until": "2027-01"}]),
    ("available_for", "[Talks, Boards]", [{"topic": "Talks"}, {"topic": "Boards"}]),
    (
        "mentoring",
        "{as: both, topics: 'lifts, clocks', capacity: 2, open: yes, hours: evenings}",
        {"as_": "both", "topics": ["lifts", "clocks"], "capacity": 2, "open": True, "hours": "evenings"},
    ),
    ("links", "{website: https://ada.example/}", [{"title": "Website", "url": "https://ada.example/"}]),
    ("location", "Oslo, Norway", {"text": "Oslo, Norway"}),
    (
        "location",
        "{city: Oslo, region: Østlandet, country: NO}",
        {"city": "Oslo", "region": "Østlandet", "country": "NO"},
    ),
]


@pytest.mark.parametrize(("name", "text", "value"), LISTS)
def test_what_a_page_shows_in_parts(name: str, text: str, value: Any) -> None:
    """Short forms mean the same as long ones, and a page has the parts that were written."""
    assert page_of(f"name: A\n{name}: {text}")[name] == value


REFERRING: list[tuple[str, str, list[Reference]]] = [
    (
        "organization",
        "Lift Works",
        [Reference("organization", ("organization",), kind="organizations", name="Lift Works")],
    ),
    (
        "organization",
        "organizations/lift-works",
        [Reference("organization", ("organization",), kind="organizations", id="lift-works")],
    ),
    (
        "organizations",
        "Lift Works",
        [Reference("organizations", ("organizations", 0, "organization"), kind="organizations", name="Lift Works")],
    ),
    (
        "organizations",
        "[{organization: Lift Works, role: Engineer, since: 2019, until: 2021}, the-loom]",
        [
            Reference(
                "organizations",
                ("organizations", 0, "organization"),
                kind="organizations",
                name="Lift Works",
                role="Engineer",
                since="2019",
                until="2021",
            ),
            Reference("organizations", ("organizations", 1, "organization"), kind="organizations", id="the-loom"),
        ],
    ),
    (
        "groups",
        "oslo, lifts",
        [
            Reference("groups", ("groups", 0, "group"), kind="groups", id="oslo"),
            Reference("groups", ("groups", 1, "group"), kind="groups", id="lifts"),
        ],
    ),
    (
        "groups",
        "oslo, ",
        [Reference("groups", ("groups", 0, "group"), kind="groups", id="oslo")],
    ),
    (
        "groups",
        "{group: groups/oslo, role: chair, since: 2020-05}",
        [Reference("groups", ("groups", 0, "group"), kind="groups", id="oslo", role="chair", since="2020-05")],
    ),
]


@pytest.mark.parametrize(("name", "text", "references"), REFERRING)
def test_where_somebody_belongs(name: str, text: str, references: list[Reference]) -> None:
    """Workplaces and groups are references, with the part there and its time; nothing of them is among the values."""
    entry = entry_of(f"name: A\n{name}: {text}")
    assert list(entry.references) == references
    assert name not in shown(entry.full, dict)


@pytest.mark.parametrize(
    ("fields", "subtitle"),
    [
        ("headline: Mends lifts\nrole: Engineer", "Mends lifts"),
        ("role: Engineer\norganization: Lift Works", "Engineer, Lift Works"),
        ("role: Engineer", "Engineer"),
        ("organization: Lift Works", "Lift Works"),
        ("organizations: [{organization: The Loom, until: 2020}, Lift Works]", "Lift Works"),
        ("organizations: [{organization: The Loom, until: 2020}]", ""),
    ],
)
def test_the_line_below_a_name(fields: str, subtitle: str) -> None:
    """Lists say what somebody does: the headline, else the role and where they work now."""
    assert card_of(f"name: A\n{fields}").subtitle == subtitle


@pytest.mark.parametrize(
    ("location", "line"),
    [
        ("Oslo, Norway", "Oslo, Norway"),
        ("{city: Oslo, country: NO}", "Oslo, Norway"),
        ("{city: Oslo, region: Østlandet, country: Norge}", "Oslo, Norge"),
        ("{region: Østlandet, country: NO}", "Østlandet, Norway"),
        ("{city: Singapore, country: SG}", "Singapore"),
    ],
)
def test_the_place_in_a_line(location: str, line: str) -> None:
    """A place is told by town and country, each once; the region stands for a town that is not said."""
    assert card_of(f"name: A\nlocation: {location}").place == line


@pytest.mark.parametrize(
    ("fields", "sort"),
    [
        ("name: Ada Okafor", "okafor ada"),
        ("name: Ådne de Vries", "vries adne de"),
        ("name: Ådne de Vries\nsort_name: de Vries, Ådne", "de vries adne"),
        ("name: Sulastri", "sulastri"),
        ("name: 岡 千鶴\nsort_name: Oka, Chizuru", "oka chizuru"),
    ],
)
def test_what_the_directory_sorts_by(fields: str, sort: str) -> None:
    """The family name comes first: of ``sort_name``, else the last word of the name; case and accents do not count."""
    assert entry_of(fields).sort == sort


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Ada Okafor", "AO"),
        ("Ada de la Cruz", "AC"),
        ("Jean-Luc", "JL"),
        ("Sulastri", "S"),
        ("éva Ñandú", "ÉÑ"),
        ("岡千鶴", "岡"),
        ("Ada (she) Okafor", "AO"),
        ("42", "4"),
    ],
)
def test_initials(name: str, initials: str) -> None:
    """One or two letters stand where a picture is missing."""
    assert card_of(f"name: {name}").initials == initials


@pytest.mark.parametrize(
    ("status", "listing"),
    [
        ("active", "listed"),
        ("alumni", "listed"),
        ("alumna", "listed"),
        ("honorary", "listed"),
        ("Honourary", "listed"),
        ("in-memoriam", "remembered"),
        ("deceased", "remembered"),
        ("guest", ""),
    ],
)
def test_status(status: str, listing: str) -> None:
    """Members are in the directory, the dead are named there, and a guest, who is no member, has a page alone."""
    entry = entry_of(f"name: A\nstatus: {status}")
    assert entry.listing == listing
    assert entry.url


def test_in_memoriam() -> None:
    """Nobody asks the dead for anything, nor offers in their name."""
    asks = "offers: A talk\nseeks: A lift\nmentoring: mentor\navailable_for: Boards\n"
    alive, dead = page_of(f"name: A\n{asks}"), page_of(f"name: A\nstatus: in-memoriam\n{asks}")
    assert alive.keys() - dead.keys() == {"offers", "seeks", "mentoring", "available_for"}


def test_a_body_is_the_bio() -> None:
    """A profile may be Markdown, whose text is the bio; in YAML it is a field."""
    text = entry_of("---\nname: A\n---\n\nKnows *lifts*.\n", path="members/ada.md")
    assert text.body == entry_of("name: A\nbio: Knows *lifts*.").body
    assert text.body != entry_of("name: A\nbio: Knows lifts.").body
    assert entry_of("name: A").body == b""


def test_skills_and_tags_are_topics() -> None:
    """What makes pages of its own is known by a slug, once each, in the order written."""
    entry = entry_of("name: A\nskills: [C++, Rust, rust, 😀]\ntags: Tower clocks")
    assert entry.skills == (Topic("c-plus-plus", "C++"), Topic("rust", "Rust"), Topic("u1f600", "😀"))
    assert entry.tags == (Topic("tower-clocks", "Tower clocks"),)


@pytest.mark.parametrize(
    ("fields", "files", "image"),
    [
        ("", ["ada.png"], "/members/ada/ada.png"),
        ("", ["ada.jpg", "ada.png"], "/members/ada/ada.jpg"),
        ("", ["bo.png"], ""),
        ("photo: Ada's.png", ["ada.png", "Ada's.png"], "/members/ada/Ada%27s.png"),
        ("image: group.webp", ["group.webp", "ada.png"], "/members/ada/group.webp"),
        ("photo: a.png\nimage: b.png", ["a.png", "b.png"], "/members/ada/a.png"),
        ("slug: elsewhere", ["ada.png"], "/members/elsewhere/ada.png"),
    ],
)
def test_the_picture(fields: str, files: list[str], image: str) -> None:
    """A file with the profile's name is its picture unless it names another; it is published beside the page."""
    rest = "".join(f"-- members/{name} --\nx\n" for name in files)
    assert card_of(f"name: A\n{fields}", path="members/ada.yaml", rest=rest).image == image


def test_every_picture_that_is_named_is_published() -> None:
    """The picture and those in the bio that stand beside the profile; of others nobody asks."""
    rest = "".join(f"-- members/{name} --\nx\n" for name in ("ada.png", "lift.jpg", "bo.png", "_secret.png"))
    entry = entry_of("---\nname: A\n---\n![A lift](lift.jpg) ![](none.png) ![](../x.png)\n", "members/ada.md", rest)
    ada, lift = Picture("members/ada.png", "ada.png", portrait=True), Picture("members/lift.jpg", "lift.jpg")
    assert entry.pictures == (ada, lift)


def test_names_by_which_others_may_mean_somebody() -> None:
    """The name and every other one of the member's."""
    assert entry_of("name: Ada Okafor\nalso_known_as: [Ada O., 岡]").names == ("Ada Okafor", "Ada O.", "岡")


@pytest.mark.parametrize(
    ("fields", "card"),
    [
        ("name: Ada Okafor", {"name": "Ada Okafor", "family": "Okafor", "given": "Ada"}),
        ("name: A B\nsort_name: 'B, Ada Mary'", {"family": "B", "given": "Ada Mary"}),
        ("name: Sulastri", {"family": "Sulastri", "given": ""}),
        ("name: A\nhonorific: {before: Dr., after: FRSA}", {"prefix": "Dr.", "suffix": "FRSA"}),
        ("name: A\nrole: Engineer\nheadline: Mends lifts", {"title": "Engineer"}),
        ("name: A\nheadline: Mends lifts", {"title": "Mends lifts"}),
        ("name: A\norganizations: [{organization: B, until: 2020}, C]", {"organization": "C"}),
        ("name: A\nalso_known_as: B", {"nicknames": ("B",)}),
        (
            "name: A\nlocation: {city: Oslo, region: R, country: NO}",
            {"city": "Oslo", "region": "R", "country": "Norway"},
        ),
        ("name: A\nlocation: Oslo, Norway", {"city": "Oslo, Norway"}),
    ],
)
def test_the_contact_card(fields: str, card: dict[str, Any]) -> None:
    """What an address book gets of a profile, which leads back to it."""
    vcard = entry_of(fields).vcard
    assert vcard
    found = shown(vcard, VCard)
    assert {name: getattr(found, name) for name in card} == card
    assert found.url == "/members/ada-okafor/"


@pytest.mark.parametrize(
    ("fields", "path", "severity"),
    [
        ("headline: nobody", (), Severity.ERROR),
        ("name: A\nslug: page", ("slug",), Severity.ERROR),
        ("name: A\nphoto: none.png", ("photo",), Severity.ERROR),
        ("name: A\npublish_date: 2026-03-29 02:30", ("publish_date",), Severity.ERROR),
        ("name: A\nlocation: {city: Oslo, country: Norwai}", ("location", "country"), Severity.WARNING),
        ("name: A\nlocation: {latitude: 59.9}", ("location",), Severity.WARNING),
        ("name: A\njoined: 2020\nleft: 2019", ("left",), Severity.WARNING),
        ("name: A\npublic: [attendance, email]", ("public", 1), Severity.WARNING),
        ("name: A\nlinks: {github: 'a b'}", ("links", "github"), Severity.WARNING),
        ("name: A\nlinks: {guild: https://guild.example/}", ("links", "guild"), Severity.NOTE),
        ("name: A\nlinks: {website: ada.example}", ("links", "website"), Severity.NOTE),
    ],
)
def test_severity(fields: str, path: tuple[str | int, ...], severity: Severity) -> None:
    """A loss or a wrong URL is an error, what is odd a warning, what is read as meant a note."""
    assert [(each.at.path, each.severity) for each in problems_of(fields)] == [(path, severity)]
