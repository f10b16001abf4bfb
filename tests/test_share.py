"""JSON-LD, as a program reads it from a page."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from sitegen.model import Card, Entry, Link, Referent, face
from sitegen.plan import Collection, Edition
from sitegen.share import Shared, jsonld, shared
from tests import nasty
from tests.steps import config_of, decoded
from tests.test_schemaorg import CANCELLED, JOB, POSTPONED, RESCHEDULED, SCHEDULED, TALK, strange

EDITION = Edition(config_of(""))
SITE = {"name": "Working Order", "url": "https://example.org/"}


def entry_of(kind: str, fields: str) -> Entry:
    """The entry with these fields."""
    entry = decoded(f"-- {kind}/it.yaml --\n{fields}\n").entry
    assert entry
    return entry


def graph(collection: Collection, **site: Any) -> list[dict[str, Any]]:
    """All that the page of a collection says, in terms of the vocabulary alone."""
    document = json.loads(jsonld(shared(collection, EDITION), {**SITE, **site}))
    assert set(document) == {"@context", "@graph"}
    assert document["@context"] == "https://schema.org"
    assert not list(strange(document["@graph"]))
    found: list[dict[str, Any]] = document["@graph"]
    return found


def thing(kind: str, fields: str, *referents: Referent, **more: Any) -> dict[str, Any]:
    """What the page of the entry with these fields says of it."""
    about = entry_of(kind, fields)
    values = {"when": about.when, **more}
    return graph(Collection(about.url, about.title, "page.html", about=about, referents=referents, **values))[0]


# --- The text


HOSTILE = st.sampled_from(["</script>", "<!--<script>", "]]>", "&lt;", "\u2028", "\u2029", '"', "\\", "'"])
TEXTS = st.lists(HOSTILE | nasty.TEXTS, min_size=1, max_size=4).map(lambda parts: "".join(("a", *parts)))


@given(TEXTS)
def test_no_text_ends_the_script(text: str) -> None:
    """Whatever text comes from wherever ends no script element, and a program reads it as it was."""
    card = face(Card("members", text, "/members/it/", summary=text, image="/it.jpg"))
    schema = face({"@type": "Person", "description": text, "knowsAbout": [text]})
    who = Referent("organization", f"b{text}", "https://pumps.example/", role=text)
    page = Shared("/members/it/", text, schema=schema, card=card, referents=(who,), parents=(Link(f"d{text}", "/b/"),))
    made = jsonld(page, {**SITE, "name": f"c{text}"})
    assert not set("<>&\u2028\u2029") & set(made)
    person, way = json.loads(made)["@graph"]
    assert (person["name"], person["description"], person["knowsAbout"]) == (text, text, [text])
    assert person["worksFor"]["name"] == f"b{text}"
    assert [each["name"] for each in way["itemListElement"]] == [f"c{text}", f"d{text}", text]


@given(TEXTS)
def test_no_text_ends_the_script_of_the_first_page(text: str) -> None:
    """The same of the association."""
    site = {**SITE, "name": text, "description": f"d{text}", "email": text, "social": [{"title": text, "url": text}]}
    made = jsonld(Shared("/", "Home"), site)
    assert not set("<>&\u2028\u2029") & set(made)
    association, website = json.loads(made)["@graph"]
    assert (association["name"], association["description"], website["name"]) == (text, f"d{text}", text)


def test_silence() -> None:
    """A page that search engines are to leave alone says nothing."""
    page = Collection("/404.html", "Not found", "not-found.html", unlisted=True)
    assert jsonld(shared(page, EDITION), SITE) == ""


# --- The way


def test_the_first_page() -> None:
    """The association with where else it is, and its site; not the way to where one is already."""
    association, website = graph(
        Collection("/", "Home", "home.html", language="en"),
        tagline="Pumps",
        description="All about pumps.",
        email="office@example.org",
        social=[{"title": "Mastodon", "url": "https://social.example/@order"}, {"title": "Telephone"}],
        logo="/logo.png",
    )
    assert association == {
        "@type": "Organization",
        "@id": "https://example.org/#organization",
        "name": "Working Order",
        "url": "https://example.org/",
        "description": "All about pumps.",
        "logo": "https://example.org/logo.png",
        "email": "office@example.org",
        "sameAs": ["https://social.example/@order"],
    }
    assert website == {
        "@type": "WebSite",
        "@id": "https://example.org/#website",
        "name": "Working Order",
        "url": "https://example.org/",
        "inLanguage": "en",
        "publisher": {"@id": "https://example.org/#organization"},
    }


def test_the_first_page_of_another_language() -> None:
    """Each language has a first page; the association is one."""
    association, website = graph(Collection("/es/", "Inicio", "home.html", language="es", root="/es"))
    assert association["@id"] == website["publisher"]["@id"] == "https://example.org/#organization"
    assert (website["url"], website["inLanguage"]) == ("https://example.org/es/", "es")


def test_a_list() -> None:
    """A list is a page, and has its way from the first page of its language."""
    parents = (Link("Lugares", "/es/places/"), Link("España", "/es/places/españa/"))
    page = Collection("/es/places/españa/ávila/", "Ávila", "topic.html", parents=parents, language="es", root="/es")
    listed, way = graph(page, url="https://example.org/order/")
    address = "https://example.org/order/es/places/espa%C3%B1a/"
    assert listed == {
        "@type": "CollectionPage",
        "@id": f"{address}%C3%A1vila/",
        "url": f"{address}%C3%A1vila/",
        "name": "Ávila",
        "inLanguage": "es",
    }
    assert way["@type"] == "BreadcrumbList"
    assert [(each["position"], each["name"], each["item"]) for each in way["itemListElement"]] == [
        (1, "Working Order", "https://example.org/order/es/"),
        (2, "Lugares", "https://example.org/order/es/places/"),
        (3, "España", address),
        (4, "Ávila", f"{address}%C3%A1vila/"),
    ]


def test_titles_are_those_of_the_page() -> None:
    """What pages call a list, and what an editor has written, stays as it is: it is in its language already."""
    listed, way = graph(Collection("/es/tags/members/", "Members", "topic.html", language="es", root="/es"))
    assert (listed["name"], way["itemListElement"][1]["name"]) == ("Members", "Members")


# --- Events


@pytest.mark.parametrize(
    ("fields", "start", "end"),
    [
        ("start: 2026-11-07 18:00", "2026-11-07T18:00:00+01:00", None),
        ("start: 2026-11-07 18:00\nend: 21:00", "2026-11-07T18:00:00+01:00", "2026-11-07T21:00:00+01:00"),
        ("start: 2026-11-07 18:00\ntimezone: Asia/Kolkata", "2026-11-07T18:00:00+05:30", None),
        ("start: 2026-10-24 18:00\nend: 2026-10-25 12:00", "2026-10-24T18:00:00+02:00", "2026-10-25T12:00:00+01:00"),
        ("start: 2026-11-07", "2026-11-07", None),
        ("start: 2026-11-07\nend: 2026-11-08", "2026-11-07", "2026-11-08"),
        ("start: 2026-11", None, None),
        ("start: 2026\nend: 2027", None, None),
    ],
)
def test_times(fields: str, start: str | None, end: str | None) -> None:
    """Moments have the offset of their zone then, days none, and what is not known is not told."""
    found = thing("events", f"title: Talk\n{fields}")
    assert (found.get("startDate"), found.get("endDate")) == (start, end)


@pytest.mark.parametrize(
    ("fields", "nearest", "expected"),
    [
        ("", "confirmed", SCHEDULED),
        ("", "cancelled", CANCELLED),
        ("", "postponed", POSTPONED),
        ("status: cancelled", "confirmed", SCHEDULED),
        ("moved_from: 2026-10-07", "confirmed", RESCHEDULED),
        ("moved_from: 2026-10-07", "cancelled", CANCELLED),
    ],
)
def test_the_nearest_date(fields: str, nearest: str, expected: str) -> None:
    """Of what repeats, status and times are those of the nearest date; former starts are told of what was moved."""
    when = decoded(f"-- events/it.yaml --\ntitle: It\nstart: 2027-01-09 18:00\nstatus: {nearest}\n").entry
    assert when
    found = thing("events", TALK + fields, when=when.when)
    assert (found["eventStatus"], found["startDate"]) == (expected, "2027-01-09T18:00:00+01:00")
    assert ("previousStartDate" in found) == (expected == RESCHEDULED)


def test_what_is_only_online() -> None:
    """Without an address to join at, the event's page is where it is."""
    afar = {"@type": "VirtualLocation", "url": "https://example.org/events/it/"}
    assert thing("events", f"{TALK}online: yes")["location"] == afar
    both = thing("events", f"{TALK}online: https://meet.example/1\nvenue: Old Hall")["location"]
    assert both[1]["url"] == "https://meet.example/1"


def test_the_house_of_an_organization() -> None:
    """A venue that is an organization has its name and page, and the address that is known."""
    house = Referent("venue", "Old Hall", "/organizations/hall/", kind="organizations")
    place = {"@type": "Place", "name": "Old Hall", "url": "https://example.org/organizations/hall/"}
    card = face(Card("events", "Talk", "/events/it/", place="Old Hall, Oslo, Norway"))
    for written in ("organizations/hall", "Old Hall"):
        about = structs.replace(entry_of("events", f"{TALK}venue: {written}\nonline: yes"), card=card)
        found, _ = graph(Collection(about.url, "Talk", "event.html", about=about, referents=(house,)))
        assert found["location"][0] == {**place, "address": "Old Hall, Oslo, Norway"}
    street = thing("events", f"{TALK}venue: {{text: organizations/hall, address: Main St 1}}", house)["location"]
    assert street == {**place, "address": {"@type": "PostalAddress", "streetAddress": "Main St 1"}}


def test_a_house_without_a_page() -> None:
    """Text stays what it was; of an organization that is not published nothing is told."""
    nowhere = Referent("venue", "", kind="organizations")
    assert "location" not in thing("events", f"{TALK}venue: organizations/hall", nowhere)
    text = thing("events", f"{TALK}venue: Old Hall", Referent("venue", "Old Hall", kind="organizations"))["location"]
    assert text == {"@type": "Place", "name": "Old Hall", "address": "Old Hall"}


# --- People

ADA = {
    "@type": "Person",
    "@id": "https://example.org/members/ada/",
    "name": "Ada Okafor",
    "url": "https://example.org/members/ada/",
}
BO = {
    "@type": "Person",
    "name": "Bo Ek",
    "url": "https://bo.example/",
    "worksFor": {"@type": "Organization", "name": "QP"},
}
CHAPTER = {
    "@type": "Organization",
    "@id": "https://example.org/groups/oslo/",
    "name": "Oslo",
    "url": "https://example.org/groups/oslo/",
}


def ada(part: str, **more: Any) -> Referent:
    """A member in a part."""
    return Referent(part, "Ada Okafor", "/members/ada/", **more)


def group(part: str, **more: Any) -> Referent:
    """A group in a part."""
    return Referent(part, "Oslo", "/groups/oslo/", kind="groups", **more)


def test_the_people_of_an_event() -> None:
    """Each in their part, once, also who speaks in several sessions; with a page where there is one."""
    bo = Referent("speakers", "Bo Ek", "https://bo.example/", organization="QP")
    sponsor = Referent("sponsors", "QP", kind="organizations", role="Gold")
    found = thing(
        "events",
        TALK,
        ada("speakers", role="panelist"),
        ada("speakers", session=2),
        bo,
        ada("organizers"),
        group("hosts"),
        group("groups"),
        ada("helpers", role="doors"),
        sponsor,
        Referent("resources", "Slides", "/resources/slides/", kind="resources"),
    )
    assert found["performer"] == [ADA, BO]
    assert found["organizer"] == [ADA, CHAPTER]
    assert found["contributor"] == ADA
    assert found["sponsor"] == {"@type": "Organization", "name": "QP"}
    assert not {"resources", "subjectOf"} & set(found)


@pytest.mark.parametrize("part", ["speakers", "organizers", "hosts", "helpers", "sponsors", "groups", "venue"])
def test_who_is_not_named(part: str) -> None:
    """Somebody without a name is nobody to a program."""
    assert thing("events", TALK, Referent(part, "")) == thing("events", TALK)


def test_where_somebody_belongs() -> None:
    """Work that has not ended, by the names of organizations; groups with office and time."""
    work = Referent("organization", "Quiet Pumps", "/organizations/quiet-pumps/", kind="organizations", role="Engineer")
    former = Referent("organizations", "Loud Pumps", kind="organizations", until="2019", past=True)
    found = thing(
        "members",
        "name: Ada\norganization: quiet-pumps",
        work,
        former,
        group("groups", role="chair", since="2020-05", until="2024"),
        Referent("groups", "Readers", "/groups/readers/", kind="groups"),
    )
    address = "https://example.org/organizations/quiet-pumps/"
    assert found["worksFor"] == {"@type": "Organization", "@id": address, "name": "Quiet Pumps", "url": address}
    office, plain = found["memberOf"]
    assert office == {
        "@type": "OrganizationRole",
        "roleName": "chair",
        "startDate": "2020-05",
        "endDate": "2024",
        "memberOf": CHAPTER,
    }
    assert plain["name"] == "Readers"


def test_where_somebody_belonged() -> None:
    """In memoriam it is told who somebody was, and not that they work somewhere or are in a group."""
    found = thing("members", "name: Ada\nrole: Engineer\nstatus: in-memoriam", group("groups"))
    assert {"memberOf", "worksFor"}.isdisjoint(found)
    assert found["jobTitle"] == "Engineer"


def test_a_group() -> None:
    """Leads with their offices, and the group that it is part of; who led it before is not told."""
    former = Referent("former_leads", "Bo Ek")
    found = thing("groups", "title: Readers", ada("leads", since="2024"), ada("members"), former, group("parent"))
    assert found["member"] == {"@type": "OrganizationRole", "startDate": "2024", "member": ADA}
    assert found["parentOrganization"] == CHAPTER
    assert "Bo Ek" not in str(found)


# --- Openings

QP = Referent("organization", "Quiet Pumps", kind="organizations")


@pytest.mark.parametrize(
    ("standing", "expected"),
    [((), "JobPosting"), (("apply-closed",), "WebPage"), (("apply-early",), "WebPage"), (("over",), "JobPosting")],
)
def test_openings(standing: tuple[str, ...], expected: str) -> None:
    """A posting is told while one can apply; else its page is a page."""
    found = thing("opportunities", JOB, QP, standing=standing)
    assert found["@type"] == expected
    assert found["description"] == "Build pumps."
    assert ("hiringOrganization" in found) == (expected == "JobPosting")


def test_whose_opening_it_is() -> None:
    """The organization has the name of its page, never its id; where it is not published there is no posting."""
    by_id = JOB.replace("Quiet Pumps", "quiet-pumps")
    found = thing("opportunities", by_id, QP, Referent("contact", "Ada Okafor", "/members/ada/"))
    assert found["hiringOrganization"] == {"@type": "Organization", "name": "Quiet Pumps"}
    unknown = thing("opportunities", by_id, Referent("organization", "", kind="organizations"))
    assert unknown["@type"] == "WebPage"
    assert "quiet-pumps" not in json.dumps(unknown)


# --- Works


def test_works() -> None:
    """Authors, and where a recording was made; files have their addresses in full."""
    event = Referent("event", "Talk", "/events/talk/", kind="events")
    found = thing("resources", "title: It\ntype: recording\nfile: /files/it.mp3", ada("authors"), event)
    assert (found["author"], found["recordedAt"]) == (ADA, {"@id": "https://example.org/events/talk/"})
    assert found["encoding"] == {"@type": "MediaObject", "contentUrl": "https://example.org/files/it.mp3"}
    assert "inLanguage" not in found
    slides = thing("resources", "title: It\ntype: slides", ada("authors"), event)
    assert "recordedAt" not in slides


def test_news() -> None:
    """The association publishes, in the language of the page where no other is said."""
    found = thing("news", "title: It\ndate: 2026-05-01", ada("authors"), language="es")
    association = {"@type": "Organization", "@id": "https://example.org/#organization"}
    assert found["publisher"] == {**association, "name": "Working Order", "url": "https://example.org/"}
    assert (found["author"], found["inLanguage"]) == (ADA, "es")
    assert thing("news", "title: It\ndate: 2026-05-01\nlang: nb")["inLanguage"] == "nb"


def test_pictures() -> None:
    """The picture of an entry has its address in full."""
    found = decoded("-- members/it.yaml --\nname: Ada\n-- members/it.jpg --\n").entry
    assert found
    page = Collection(found.url, "Ada", "member.html", about=found)
    assert graph(page, url="https://example.org/order/")[0]["image"] == "https://example.org/order/members/it/it.jpg"
