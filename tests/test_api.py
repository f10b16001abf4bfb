"""The public data for other programs, and that it is what its schema says."""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import pages
from sitegen.formats import api, ics
from sitegen.kinds import kinds
from sitegen.plan import Collection, Edition, Section
from sitegen.problems import Severity
from tests import written
from tests.planting import TOKEN, everything
from tests.sites import NOW
from tests.steps import decoded, linked

HEAD = """
-- site.yaml --
name: Working Order
url: https://example.org/guild/
timezone: Europe/Oslo
"""


def collections(text: str, now: str = NOW) -> tuple[tuple[Collection, ...], Edition]:
    """The pages of a site, and what formats know besides."""
    site, _ = linked(text, now)
    return tuple(pages.collections((site,))), Edition(site.config)


def written_by(found: tuple[Collection, ...], edition: Edition) -> dict[str, bytes]:
    """The files of the format, by path."""
    outputs = {each.path: each for each in api.FORMAT.outputs(found, edition)}
    return {path: each.render(each.inputs, None) for path, each in outputs.items()}  # type: ignore[arg-type]


def files(text: str, now: str = NOW) -> dict[str, Any]:
    """What the files of a site say, by path."""
    return {path: json.loads(data) for path, data in written_by(*collections(text, now)).items()}


def items(text: str, kind: str = "members", now: str = NOW) -> list[dict[str, Any]]:
    """The items of a kind."""
    return list(files(text, now)[f"api/{kind}.json"]["items"])


def only(text: str, kind: str = "members") -> dict[str, Any]:
    """The only item of a kind."""
    (found,) = items(text, kind)
    return found


def mistakes(said: Mapping[str, Any]) -> Iterator[str]:
    """Where the files of a site are not what their schemas say."""
    checker = jsonschema.FormatChecker(())
    checker.checks("date-time", ValueError)(_is_instant)
    for path, schema in said.items():
        if path.startswith("api/schema/"):
            data = said[path.replace("schema/", "")]
            for error in jsonschema.Draft202012Validator(schema, format_checker=checker).iter_errors(data):
                yield f"{path} {error.json_path}: {error.message}"


def _is_instant(text: object) -> bool:
    return isinstance(text, str) and bool(dt.datetime.fromisoformat(text).tzinfo) and text.endswith("Z")


# --- The files


def test_a_file_says_what_it_is() -> None:
    """The file of a kind names its schema, its kind and the association; its items are in the order of their ids."""
    text = HEAD + "-- members/bo.yaml --\nname: Ada\n-- members/ada.yaml --\nname: Zoë\n"
    found = files(text)["api/members.json"]
    assert [each["id"] for each in found.pop("items")] == ["ada", "bo"]
    assert found == {
        "$schema": "https://example.org/guild/api/schema/members.json",
        "kind": "members",
        "association": "Working Order",
        "url": "https://example.org/guild/",
        "language": "en",
    }


def test_an_item_is_a_line() -> None:
    """Every item has a line of its own, in UTF-8 without blanks, its properties in the order of the schema."""
    text = HEAD + "-- members/bo.yaml --\nname: Bo\n-- members/zoe.yaml --\nname: Zoë\nheadline: a, b\n"
    said = written_by(*collections(text))
    _, first, second, last = said["api/members.json"].decode().splitlines()
    assert first.startswith('{"id":"bo","kind":"members","url":"https://example.org/guild/members/bo/","title":"Bo",')
    assert '"name":"Zoë","headline":"a, b","has_text":false' in second
    assert last == "]}"
    order = list(json.loads(said["api/schema/members.json"])["$defs"]["item"]["properties"])
    assert [each for each in order if each in json.loads(second)] == list(json.loads(second))


def test_kinds_without_pages_have_no_file() -> None:
    """There is a file with its schema for every kind that has pages, and for no other."""
    text = HEAD + "-- members/ada.yaml --\nname: Ada\n-- events/agm.yaml --\ntitle: AGM\nstart: 2026-12-01\n"
    assert set(files(text)) == {
        *("api/members.json", "api/events.json"),
        *("api/schema/members.json", "api/schema/events.json"),
    }


def test_the_sites_own_language_alone() -> None:
    """What has expired is left out, and so are pages of other languages and pages that are about no entry."""
    text = HEAD + "-- members/ada.yaml --\nname: Ada\n-- members/bo.yaml --\nname: Bo\n"
    found, edition = collections(text)
    ada = next(each for each in found if each.about and each.about.id == "ada")
    spanish = replace(ada, url="/es/members/ada/", root="/es", language="es")
    archive = replace(ada, url="/members/ada/past/")
    others = [replace(each, unlisted=True) if each.about and each.about.id == "bo" else each for each in found]
    said = written_by((spanish, archive, *others), edition)
    assert set(said) == {"api/members.json", "api/schema/members.json"}
    assert [each["url"] for each in json.loads(said["api/members.json"])["items"]] == [
        "https://example.org/guild/members/ada/"
    ]


def test_a_change_is_a_change_of_its_file_alone() -> None:
    """The file of a kind is made from the entries of the kind, and its schema from none."""
    text = HEAD + "-- members/ada.yaml --\nname: Ada\n-- members/bo.yaml --\nname: Bo\n"
    origins = {each.path: each.origin for each in api.FORMAT.outputs(*collections(text))}
    assert origins == {"api/members.json": ("members/ada.yaml", "members/bo.yaml"), "api/schema/members.json": ()}


# --- What an item has

ADA = """
-- members/ada.md --
---
name: Ada Okafor
honorific: Dr.
also_known_as: Ada O.
role: Founder
organization: acme
organizations: [Bell Ltd, {organization: acme, role: clerk, since: 2001, until: 2009}]
groups: [{group: towers, role: chair, since: 2020}]
location: {city: Oslo, country: NO, latitude: 59.918273, longitude: 10.747561}
languages: en, nb
skills: Rust, C++
tags: bells
mentoring: {as: mentor, topics: [bells, looms], capacity: 2, open: yes}
links: {github: ada, Guild: https://guild.example/}
joined: 2020-02
updated: 2026-01-02
email: ada@example.org
phone: "+47 22 00 00 01"
public: phone
---
Rings *bells*.
-- organizations/acme.yaml --
name: Acme Ltd
-- groups/towers.yaml --
title: Towers
"""


def test_a_member() -> None:
    """A member's item has what the profile shows: addresses in full, others as references, and nothing else."""
    found = only(HEAD + ADA)
    assert len(found.pop("uid")) == 36
    acme = {"name": "Acme Ltd", "url": "https://example.org/guild/organizations/acme/"}
    assert found == {
        "id": "ada",
        "kind": "members",
        "url": "https://example.org/guild/members/ada/",
        "title": "Ada Okafor",
        "name": "Ada Okafor",
        "honorific": {"before": "Dr."},
        "also_known_as": ["Ada O."],
        "role": "Founder",
        "organization": {**acme, "role": "Founder"},
        "organizations": [{"name": "Bell Ltd"}, {**acme, "role": "clerk", "since": "2001", "until": "2009"}],
        "groups": [
            {"name": "Towers", "url": "https://example.org/guild/groups/towers/", "role": "chair", "since": "2020"}
        ],
        "location": {"city": "Oslo", "country": "NO", "latitude": 59.9, "longitude": 10.7},
        "place": "Oslo, Norway",
        "languages": ["en", "nb"],
        "skills": ["Rust", "C++"],
        "tags": ["bells"],
        "mentoring": {"as": "mentor", "topics": ["bells", "looms"], "capacity": 2, "open": True},
        "links": [
            {"title": "GitHub", "url": "https://github.com/ada"},
            {"title": "Guild", "url": "https://guild.example/"},
        ],
        "joined": "2020-02",
        "phone": "+47 22 00 00 01",
        "has_text": True,
        "published": "2020-01-31T23:00:00Z",
        "updated": "2026-01-01T23:00:00Z",
    }


EVENT = """
-- events/agm.yaml --
title: Annual meeting
summary: We meet.
start: 2026-12-01 18:00
end: 21:00
timezone: America/New_York
type: agm
status: tentative
venue: organizations/acme
online: {url: https://join.example/, note: Ask for it.}
speakers: [ada, Bo Ek, anonymous, {name: Cy Ek, role: chair, organization: Bell Ltd, bio: Rings., url: https://cy.example/}]
sponsors: [{organization: acme, tier: gold}]
groups: towers
resources: [{title: Statutes, url: /files/statutes.txt, type: paper}]
sessions:
  - {title: Opening, start: 18:30, end: 19:00, room: Hall, speakers: [ada, Dee Ek], slides: /files/a b.pdf}
  - {title: Lunch, notes: Bring some.}
notes: /files/notes.txt
price: [{name: Guests, amount: 12.50, currency: eur}, free]
capacity: 30
url: https://elsewhere.example/agm
registration: https://register.example/
"""


def test_an_event() -> None:
    """An event's item has its time, locally and in UTC, its place, people by their parts, sessions and addresses."""
    found = only(HEAD + ADA + EVENT.replace("a b.pdf", "ä.pdf"), "events")
    assert len(found.pop("uid")) == 36
    ada = {"name": "Ada Okafor", "url": "https://example.org/guild/members/ada/"}
    page = "https://example.org/guild/events/agm/"
    assert found == {
        "id": "agm",
        "kind": "events",
        "url": page,
        "title": "Annual meeting",
        "summary": "We meet.",
        "when": {
            "start": "2026-12-01T18:00",
            "end": "2026-12-01T21:00",
            "timezone": "America/New_York",
            "status": "tentative",
            "start_utc": "2026-12-01T23:00:00Z",
            "end_utc": "2026-12-02T02:00:00Z",
        },
        "type": "agm",
        "status": "tentative",
        "mode": "hybrid",
        "venue": {"name": "Acme Ltd", "url": "https://example.org/guild/organizations/acme/"},
        "online": {"url": "https://join.example/", "note": "Ask for it."},
        "speakers": [
            ada,
            {"name": "Bo Ek"},
            {"name": None},
            {
                "name": "Cy Ek",
                "url": "https://cy.example/",
                "role": "chair",
                "organization": "Bell Ltd",
                "bio": "Rings.",
            },
            {"name": "Dee Ek"},
        ],
        "sponsors": [{"name": "Acme Ltd", "url": "https://example.org/guild/organizations/acme/", "role": "gold"}],
        "groups": [{"name": "Towers", "url": "https://example.org/guild/groups/towers/"}],
        "resources": [{"name": "Statutes", "url": "https://example.org/guild/files/statutes.txt", "role": "paper"}],
        "sessions": [
            {
                "title": "Opening",
                "url": f"{page}#opening",
                "start": "2026-12-01T18:30",
                "end": "2026-12-01T19:00",
                "room": "Hall",
                "speakers": [ada, {"name": "Dee Ek"}],
                "materials": [{"title": "slides", "url": "https://example.org/guild/files/%C3%A4.pdf"}],
            },
            {
                "title": "Lunch",
                "url": f"{page}#lunch",
                "start": "2026-12-01T19:00",
                "materials": [{"title": "Bring some."}],
            },
        ],
        "notes": "https://example.org/guild/files/notes.txt",
        "price": [{"name": "Guests", "amount": "12.50", "currency": "EUR"}, {"amount": "0"}],
        "capacity": 30,
        "external_url": "https://elsewhere.example/agm",
        "registration": {"url": "https://register.example/"},
        "place": "Acme Ltd",
        "has_text": False,
        "published": "2026-10-02T23:00:00Z",
        "updated": "2026-10-02T23:00:00Z",
    }


WEEKLY = """
-- events/bench.yaml --
title: Open bench
start: 2026-12-01 18:00
end: 20:00
repeats:
  every: week
  until: 2026-12-29
  changes: {2026-12-08: cancelled, 2026-12-15: {title: Budget, start: 19:00}}
-- events/party.yaml --
title: Party
start: 2026-12-23
instead_of: {event: bench, date: 2026-12-22}
"""


def test_a_repetition() -> None:
    """What repeats has its rule, and every date with what is different on it and where it stands."""
    found = files(HEAD + WEEKLY)
    bench, party = found["api/events.json"]["items"]
    page = "https://example.org/guild/events/bench/"
    assert bench["rrule"] == "FREQ=WEEKLY;UNTIL=20261229T170000Z;BYDAY=TU"
    assert [(each["url"], each.get("title"), each["start"], each["status"]) for each in bench["dates"]] == [
        (f"{page}#2026-12-01", None, "2026-12-01T18:00", "confirmed"),
        (f"{page}#2026-12-08", None, "2026-12-08T18:00", "cancelled"),
        (f"{page}#2026-12-15", "Budget", "2026-12-15T19:00", "confirmed"),
        ("https://example.org/guild/events/party/", "Party", "2026-12-23", "confirmed"),
        (f"{page}#2026-12-29", None, "2026-12-29T18:00", "confirmed"),
    ]
    assert bench["dates"][2]["end_utc"] == "2026-12-15T20:00:00Z"
    assert party["instead_of"] == {"name": "Open bench", "url": f"{page}#2026-12-22"}
    assert "rrule" not in party
    assert not list(mistakes(found))


RULES = [
    ("start: 2026-12-01 18:00", "{every: week, until: 2026-12-29}"),
    ("start: 2026-12-01", "{every: week, until: 2026-12-29}"),
    ("start: 2026-12-01 18:00\ntimezone: UTC", "{every: 2 weeks, until: 2026-12-29}"),
    ("start: 2026-12-01 18:00\ntimezone: America/New_York", "{every: month, day: first Tuesday, until: 2027-03}"),
    ("start: 2026-10-11 02:30", "{every: week, until: 2026-10-25}"),
    ("start: 2027-03-14 02:30", "{every: week, until: 2027-03-28}"),
    ("start: 2026-12-01 18:00", "{every: week, count: 3}"),
    ("start: 2026-12-01 18:00", "{dates: [2026-12-01, 2026-12-03]}"),
]


@pytest.mark.parametrize(("start", "repeats"), RULES)
def test_the_rule_is_that_of_the_calendar(start: str, repeats: str) -> None:
    """The rule is what the event's calendar has, also where it ends on a night on which clocks change."""
    found, edition = collections(f"{HEAD}-- events/e.yaml --\ntitle: E\n{start}\nrepeats: {repeats}\n")
    said = json.loads(written_by(found, edition)["api/events.json"])["items"][0]
    output = next(each for each in ics.FORMAT.outputs(found, edition) if each.path == "events/e/event.ics")
    calendar = output.render(output.inputs, None).decode().partition("BEGIN:VEVENT")[2]  # type: ignore[arg-type]
    rule = re.search(r"^RRULE:(.*)$", calendar.replace("\r\n", "\n"), re.MULTILINE)
    parts = set(rule[1].split(";")) if rule else None
    assert parts == (set(said["rrule"].split(";")) if "rrule" in said else None)


@pytest.mark.parametrize(
    ("fields", "when"),
    [
        ("start: 2027", {"start": "2027", "timezone": "Europe/Oslo", "status": "confirmed"}),
        (
            "start: 2026-12-01",
            {
                "start": "2026-12-01",
                "timezone": "Europe/Oslo",
                "status": "confirmed",
                "start_utc": "2026-11-30T23:00:00Z",
            },
        ),
        (
            "start: 2026-12-01\nend: 2026-12-02\nstatus: postponed",
            {
                "start": "2026-12-01",
                "end": "2026-12-02",
                "timezone": "Europe/Oslo",
                "status": "postponed",
                "start_utc": "2026-11-30T23:00:00Z",
                "end_utc": "2026-12-02T23:00:00Z",
            },
        ),
    ],
)
def test_when_it_is(fields: str, when: dict[str, str]) -> None:
    """A day has its first moment and an end the moment after it; a day that is not settled has none."""
    assert only(f"{HEAD}-- events/e.yaml --\ntitle: E\n{fields}\n", "events")["when"] == when


def test_own_fields() -> None:
    """The association's own fields stand together by their names, those that are public, each in its type."""
    declared = """fields:
  members:
    cohort: {public: yes}
    areas: {type: list, public: yes, facet: yes}
    points: {type: number, public: yes}
    share: {type: number, public: yes}
    votes: {type: yes-no, public: yes}
    thesis: {type: url, public: yes}
    since: {type: date, public: yes}
    fee: {type: number}
"""
    profile = """-- members/ada.yaml --
name: Ada
cohort: "2020"
areas: bells, looms
points: 12
share: 0.5
votes: no
thesis: https://thesis.example/
since: 2020-02
fee: 48151623
"""
    found = files(HEAD + declared + profile)
    (ada,) = found["api/members.json"]["items"]
    assert ada["own"] == {
        "cohort": "2020",
        "areas": ["bells", "looms"],
        "points": 12,
        "share": 0.5,
        "votes": False,
        "thesis": "https://thesis.example/",
        "since": "2020-02",
    }
    assert not {"cohort", "fee"} & ada.keys()
    assert not list(mistakes(found))


def test_other_kinds() -> None:
    """Jobs, resources and groups have what they refer to, one or several."""
    text = f"""{HEAD}{ADA}
-- events/agm.yaml --
title: AGM
start: 2026-12-01
-- opportunities/fitter.yaml --
title: Fitter
type: job
organization: acme
event: agm
contact: ada
location: [Oslo, "Bergen, Norway"]
salary: {{min: 3000, currency: EUR, per: month}}
-- resources/guide.yaml --
title: Guide
authors: [ada, Bo Ek]
file: files/guide.pdf
-- groups/bells.yaml --
title: Bells
parent: towers
leads: [{{person: ada, role: chair, since: 2001, until: 2003}}, {{person: ada, role: chair, since: 2010}}]
"""
    found = files(text)
    ada = {"name": "Ada Okafor", "url": "https://example.org/guild/members/ada/"}
    (job,), (guide,) = found["api/opportunities.json"]["items"], found["api/resources.json"]["items"]
    bells = found["api/groups.json"]["items"][0]
    assert job["organization"] == {"name": "Acme Ltd", "url": "https://example.org/guild/organizations/acme/"}
    assert job["event"] == {"name": "AGM", "url": "https://example.org/guild/events/agm/"}
    assert job["contact"] == ada
    assert job["location"] == [{"text": "Oslo"}, {"text": "Bergen, Norway"}]
    assert job["salary"] == {"min": "3000", "currency": "EUR", "per": "month"}
    assert guide["authors"] == [ada, {"name": "Bo Ek"}]
    assert guide["file"] == "https://example.org/guild/files/guide.pdf"
    assert bells["parent"] == {"name": "Towers", "url": "https://example.org/guild/groups/towers/"}
    chair = {**ada, "role": "chair"}
    assert bells["leads"] == [{**chair, "since": "2010"}]
    assert bells["former_leads"] == [{**chair, "since": "2001", "until": "2003"}]
    assert not list(mistakes(found))


# --- What nobody may read

CANARIES = f"""
-- members/ada.yaml --
name: Ada
email: {TOKEN}@example.com
phone: +47 48 15 16 23
consent: {{date: 1931-07-05, note: {TOKEN}}}
confirmed: 1931-07-05
extra: {{note: {TOKEN}}}
location: {{city: Oslo, latitude: 48.151623, longitude: 10.151623}}
-- members/bo.yaml --
name: Bo {TOKEN}
listed: name-only
aliases: old-bo
-- members/cy.yaml --
name: Cy
status: in-memoriam
email: {TOKEN}@example.com
offers: {TOKEN}
seeks: {TOKEN}
mentoring: {{as: mentor, note: {TOKEN}}}
public: email
-- members/dee.yaml --
name: Dee
-- events/agm.yaml --
title: AGM
start: 2026-12-01
speakers: [bo, old-bo, {{person: bo, role: {TOKEN}}}]
sessions: [{{title: Talk, speakers: [bo]}}]
attendees: [dee]
-- groups/towers.yaml --
title: Towers
leads: [bo]
"""


def test_what_is_private_is_nowhere() -> None:
    """No file has what a page does not show, nor the name or part of somebody who is credited by name alone."""
    said = written_by(*collections(HEAD + CANARIES))
    found = b"\n".join(said.values()).decode()
    assert not re.search(f"{TOKEN}|48 ?15|1931|151623", found)
    agm = json.loads(said["api/events.json"])["items"][0]
    assert agm["speakers"] == [{"name": None}] * 4
    assert "attendees" not in agm


def test_who_takes_part_is_told_as_on_the_page() -> None:
    """The members whose page of an event names them are told, and nobody else."""
    found, edition = collections(
        HEAD + "-- members/ada.yaml --\nname: Ada\n-- events/e.yaml --\ntitle: E\nstart: 2027\n"
    )
    assert "attendees" not in json.loads(written_by(found, edition)["api/events.json"])["items"][0]
    ada = next(each.about for each in found if each.about and each.about.kind == "members")
    section = Section("attendees", (ada.link,))
    going = [
        replace(each, sections=(section,)) if each.about and each.about.kind == "events" else each for each in found
    ]
    (event,) = json.loads(written_by(tuple(going), edition)["api/events.json"])["items"]
    assert event["attendees"] == [{"name": "Ada", "url": "https://example.org/guild/members/ada/"}]


# --- The schema

LEAST: Mapping[str, dict[str, Any]] = {
    "members": {"name": "Ada Okafor", "listed": "yes"},
    "events": {"title": "AGM", "start": "2026-12-01 18:00"},
}
LEFT_OUT = ("draft", "publish_date", "expires", "rrule", "instead_of", "duration", "file")
"""Fields of `everything` that keep an entry from being published, or do not go together with others."""
INSTEAD: Mapping[str, dict[str, Any]] = {
    "members": {
        **{key: {"topic": TOKEN, "note": TOKEN, "until": "2031"} for key in ("offers", "seeks", "available_for")},
        "status": "active",
        "public": ["email", "phone", "coordinates"],
    },
    "events": {"end": "21:00", "repeats": {"every": "week", "count": "3"}},
}
"""Values that go together."""


def full(kind: str) -> str:
    """An entry with every field of its kind that goes together with the others, and its picture."""
    fields = {**everything(kind), **LEAST.get(kind, {}), **INSTEAD.get(kind, {})}
    for session in fields.get("sessions", ()):
        session["day"] = "1"
        del session["duration"]
    said = yaml.safe_dump({key: value for key, value in fields.items() if key not in LEFT_OUT})
    return f"-- {kind}/ada.yaml --\n{said}\n-- {kind}/{TOKEN}.png --\n"


@pytest.mark.parametrize("kind", kinds())
def test_everything_is_given_out_and_valid(kind: str) -> None:
    """An entry with every field of its kind is valid, and has every property of the schema that fields make."""
    found = files(HEAD + full(kind))
    assert not list(mistakes(found))
    (item,) = found[f"api/{kind}.json"]["items"]
    properties = found[f"api/schema/{kind}.json"]["$defs"]["item"]["properties"]
    assert set(properties) - set(item) <= ABSENT
    assert TOKEN in json.dumps(item)


ABSENT = {
    "image",
    "attendees",
    "instead_of",
    "place",
    "published",
    "has_text",
    "status",
    "file",
    "external_url",
    "leads",
}
"""What `full` does not have: pictures, others, one of two that exclude each other, and leads whose time is not over."""


@pytest.mark.parametrize("kind", kinds())
def test_a_key_that_is_not_promised_is_not_valid(kind: str) -> None:
    """The schema knows every key, at the head of the file, in an item and within an item's mappings."""
    found = files(HEAD + full(kind))
    for path in _mappings(found[f"api/{kind}.json"]):
        changed = json.loads(json.dumps(found))
        place = changed[f"api/{kind}.json"]
        for key in path:
            place = place[key]
        place[TOKEN] = TOKEN
        assert list(mistakes(changed)), path


def _mappings(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, dict):
        yield path
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in pairs:
        yield from _mappings(each, (*path, key))


PICTURE = st.just("group.png")
PICTURES = ("image", "photo", "logo")


@st.composite
def sites(draw: st.DrawFn) -> str:
    """A site with entries of all kinds that can be read, from what an editor may write."""
    text = HEAD
    for name, kind in kinds().items():
        fields = {key: PICTURE if key in PICTURES else each for key, each in written.fields(kind.model).items()}
        needed = {info.alias or key for key, info in kind.model.model_fields.items() if info.is_required()}
        beside = f"-- {name}/group.png --\n"
        others = {key: each for key, each in fields.items() if key not in needed and key not in LEFT_OUT}
        for ident in ("ada", "bo"):
            entry = draw(st.fixed_dictionaries({key: fields[key] for key in needed}, optional=others))
            one = f"-- {name}/{ident}.yaml --\n{yaml.safe_dump({**LEAST.get(name, {}), **entry})}\n"
            if not any(each.severity is Severity.ERROR for each in decoded(one + beside).problems):
                text += one
        text += beside
    return text


@settings(max_examples=50, deadline=None)
@given(sites())
def test_whatever_is_written_is_valid(text: str) -> None:
    """Whatever editors write, all that is given out is what the schemas say."""
    assert not list(mistakes(files(text)))
