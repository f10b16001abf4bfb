"""The records of the search: what they have, what they must not have, in every language, and how large they are."""

import gzip
import json
import random
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from msgspec import structs

from sitegen import pages
from sitegen.formats import search
from sitegen.formats.search import FIELDS
from sitegen.model import Card, Config, Entry, Link, Settings, Topic, face
from sitegen.plan import Collection, Edition
from tests.planting import TOKEN
from tests.sites import NOW
from tests.steps import linked

HEAD = """
-- site.yaml --
name: Working Order
url: https://example.org/guild/
timezone: Europe/Oslo
"""
CONFIG = Config("Working Order", "https://example.org/", Settings("Europe/Oslo", "https://example.org/"))


def written_by(found: Iterable[Collection], config: Config = CONFIG) -> dict[str, bytes]:
    """The files of the format, by path."""
    outputs = {each.path: each for each in search.FORMAT.outputs(tuple(found), Edition(config))}
    return {path: each.render(each.inputs, None) for path, each in outputs.items()}  # type: ignore[arg-type]


def collections(text: str, now: str = NOW) -> tuple[tuple[Collection, ...], Config]:
    """The pages of a site."""
    site, _ = linked(HEAD + text, now)
    return tuple(pages.collections((site,))), site.config


def said_by(data: bytes) -> list[dict[str, Any]]:
    """The records of a file, by the names of their values."""
    made = json.loads(data)
    assert (made["v"], tuple(made["fields"])) == (1, FIELDS)
    return [dict(zip(made["fields"], each, strict=False)) for each in made["records"]]


def records(text: str, now: str = NOW) -> list[dict[str, Any]]:
    """The records of a site."""
    return said_by(written_by(*collections(text, now))["search/records.json"])


def page(ident: str, root: str = "", kind: str = "members", title: str = "", **fields: Any) -> Collection:
    """The page of an entry in a language."""
    language, url = root.strip("/") or "en", f"{root}/{kind}/{ident}/"
    title = title or ident.title()
    card = fields.pop("card", Card(kind, title, url))
    link, nothing = face(Link(title, url)), face({})
    entry = Entry(kind, ident, f"{kind}/{ident}.yaml", "", url, title, title, link, face(card), nothing, **fields)
    list_of = Link(kind.title() if not root else f"{kind} ({language})", f"{root}/{kind}/")
    return Collection(url, title, "entry.html", about=entry, language=language, root=root, parents=(list_of,))


def topic(title: str, root: str = "") -> Collection:
    """The page of a skill in a language."""
    language, list_of = root.strip("/") or "en", Link("Skills", f"{root}/skills/")
    return Collection(
        f"{list_of.url}{title.lower()}/", title, "topic.html", language=language, root=root, parents=(list_of,)
    )


# --- What a record has


def test_a_member() -> None:
    """A member is found by name and other names, what they do, where, what they know, and where they belong."""
    text = """
-- members/ada.yaml --
name: Ada Okafor
also_known_as: [A. Okafor, Ada]
role: Founder
organization: acme
organizations: Bell Ltd
groups: [towers, {group: towers, role: chair}]
location: Oslo, Norway
skills: Rust
tags: Łódź & co
summary: Rings bells.
lang: nb
-- organizations/acme.yaml --
name: Acme Ltd
-- groups/towers.yaml --
title: Towers
"""
    assert next(each for each in records(text) if each["kind"] == "members") == {
        "kind": "members",
        "title": "Ada Okafor",
        "url": "/guild/members/ada/",
        "subtitle": "Founder, Acme Ltd",
        "names": ["A. Okafor", "Ada"],
        "place": "Oslo, Norway",
        "topics": ["Rust", "Łódź & co", "Bell Ltd"],
        "groups": ["Acme Ltd", "Towers"],
        "summary": "Rings bells.",
        "date": "",
        "lang": "nb",
    }


def test_an_event() -> None:
    """An event has the nearest of its dates, and its place; what is empty at the end of a record is left out."""
    text = "-- events/bench.yaml --\ntitle: Bench\nstart: 2026-11-17 18:00\nvenue: Old Hall\nrepeats: weekly\n"
    found, config = collections(text)
    data = written_by(found, config)["search/records.json"]
    assert b'\n["events","Bench","/guild/events/bench/","",[],"Old Hall",[],[],"","2026-11-24T18:00"]\n' in data


def test_topics_are_found() -> None:
    """Skills, tags, towns, countries, organizations without a page of their own and own fields are found by name."""
    text = """fields: {members: {cohort: {public: yes, facet: yes}}}
-- members/ada.yaml --
name: Ada
skills: C++
tags: Bells
organization: Bell Ltd
location: Oslo, Norway
cohort: "2020"
"""
    found = records(text)
    assert {(each["kind"], each["title"], each["url"]) for each in found if each["kind"] != "members"} == {
        ("skills", "C++", "/guild/skills/c-plus-plus/"),
        ("tags", "Bells", "/guild/tags/bells/"),
        ("places", "Norway", "/guild/places/norway/"),
        ("places", "Oslo", "/guild/places/norway/oslo/"),
        ("organizations", "Bell Ltd", "/guild/organizations/bell-ltd/"),
        ("cohort", "2020", "/guild/cohort/2020/"),
    }
    ada = next(each for each in found if each["kind"] == "members")
    assert ada["topics"] == ["C++", "Bells", "Bell Ltd", "2020"]


def test_kinds_have_the_names_of_their_lists() -> None:
    """The file says what each kind in it is called in lists."""
    made = json.loads(written_by((page("ada"), topic("Rust")))["search/records.json"])
    assert made["kinds"] == {"members": "Members", "skills": "Skills"}


def test_a_record_is_a_line() -> None:
    """Every record has a line of its own, in UTF-8 without blanks; a site without any has an empty list."""
    data = written_by((page("zoe", title="Zoë"), page("bo")))["search/records.json"].decode()
    assert data.splitlines()[1:] == ['["members","Zoë","/members/zoe/"],', '["members","Bo","/members/bo/"]', "]}"]
    assert said_by(written_by(())["search/records.json"]) == []


# --- What nobody may find

CANARIES = f"""
-- members/ada.yaml --
name: Ada
email: {TOKEN}@example.com
phone: +47 48 15 16 23
extra: {TOKEN}
confirmed: 1931-07-05
public: email
-- members/bo.yaml --
name: Bo {TOKEN}
listed: name-only
-- members/cy.yaml --
name: Cy
status: in-memoriam
-- events/agm.yaml --
title: AGM
start: 2026-12-01
speakers: [bo, Bo {TOKEN}, {{name: Dee, bio: {TOKEN}}}]
attendees: [ada]
groups: towers
contact: {TOKEN}@example.com
-- groups/towers.yaml --
title: Towers
leads: [bo]
-- pages/old.yaml --
title: {TOKEN}
expires: 2026-11-22
"""


def test_what_is_private_is_nowhere() -> None:
    """No record has an address, what pages do not show, a name that a page alone has, or what has expired."""
    data = written_by(*collections(CANARIES))["search/records.json"].decode()
    assert TOKEN not in data
    assert "48" not in data
    assert "1931" not in data
    titles = {each["title"]: each for each in said_by(data.encode())}
    assert titles.keys() == {"Ada", "AGM", "Cy", "Towers"}
    assert titles["AGM"]["groups"] == ["Towers"]


# --- Languages


def test_every_language_has_its_records() -> None:
    """A language has its own pages, and of entries that it lacks those of the site's own, which say their language."""
    pages_ = (
        page("ada"),
        page("bo"),
        page("ada", "/es", title="Ada, en español"),
        topic("Rust"),
        topic("Looms"),
        topic("Rust", "/es"),
    )
    said = written_by(pages_)
    assert said.keys() == {"search/records.json", "es/search/records.json"}
    assert [each["url"] for each in said_by(said["search/records.json"])] == [
        *("/members/ada/", "/members/bo/"),
        *("/skills/rust/", "/skills/looms/"),
    ]
    assert [(each["url"], each.get("lang", "")) for each in said_by(said["es/search/records.json"])] == [
        ("/es/members/ada/", ""),
        ("/es/skills/rust/", ""),
        ("/members/bo/", "en"),
    ]
    assert json.loads(said["es/search/records.json"])["kinds"] == {"members": "members (es)", "skills": "Skills"}


def test_a_language_without_entries_has_records() -> None:
    """A language that has lists alone has the records of the site's own, for the search on its pages."""
    home = Collection("/es/", "Inicio", "home.html", language="es", root="/es")
    said = written_by((page("ada"), home))
    assert [each["url"] for each in said_by(said["es/search/records.json"])] == ["/members/ada/"]


def test_the_language_of_an_entry_is_its_own() -> None:
    """An entry that says its language says it in every tree."""
    one = page("ada", card=Card("members", "Ada", "/members/ada/", lang="nb"))
    spanish = page("bo", "/es")
    said = written_by((one, spanish))
    assert [each["lang"] for each in said_by(said["search/records.json"])] == ["nb"]
    assert said_by(said["es/search/records.json"])[1]["lang"] == "nb"


def test_only_pages_are_found() -> None:
    """Lists, pages that are not listed, and files are not found."""
    lists = Collection("/members/", "Members", "members.html")
    said = written_by((replace(page("ada"), unlisted=True), lists, replace(topic("Rust"), template="topics.html")))
    assert said_by(said["search/records.json"]) == []


# --- Size


@pytest.mark.parametrize(("count", "parts"), [(3, 0), (4, 2), (7, 3)])
def test_many_records_are_parted(monkeypatch: pytest.MonkeyPatch, count: int, parts: int) -> None:
    """More records than a file may have are in several, which the first file lists by their addresses."""
    monkeypatch.setattr(search, "PART", 3)
    config = structs.replace(CONFIG, url="https://example.org/guild/")
    said = written_by((page(f"m{number}") for number in range(count)), config)
    paths = [f"search/records-{number}.json" for number in range(1, parts + 1)]
    assert said.keys() == {"search/records.json", *paths}
    if parts:
        listed = json.loads(said["search/records.json"])
        assert listed == {"v": 1, "parts": [f"/guild/{path}" for path in paths]}
    titles = [each["title"] for path in paths or ["search/records.json"] for each in said_by(said[path])]
    assert titles == [f"M{number}" for number in range(count)]


def test_a_large_association_is_small_enough() -> None:
    """The records of 2,000 members and 400 events are less than 250 kB as they are sent."""
    chance = random.Random(1)  # noqa: S311 - words, not secrets
    words = ["".join(chance.choices("abdefghiklmnoprstuvz", k=chance.randint(3, 9))) for _ in range(4_000)]

    def some(count: int) -> str:
        return " ".join(chance.choices(words, k=count)).title()

    skills = [Topic(str(number), some(2)) for number in range(300)]

    def one(number: int, kind: str) -> Collection:
        title = some(2 if kind == "members" else 4)
        card = Card(kind, title, "", subtitle=some(5), summary=some(9), place=f"{chance.choice(words)}, Norway")
        known = tuple(chance.sample(skills, 5))
        return page(title.lower().replace(" ", "-") + str(number), kind=kind, title=title, card=card, skills=known)

    found = [one(number, "members") for number in range(2_000)] + [one(number, "events") for number in range(400)]
    data = written_by(found)["search/records.json"]
    assert len(said_by(data)) == 2_400
    assert len(gzip.compress(data, 6)) < 250_000
