"""Rules of the content contract that no single module keeps, tried on whole sites, section by section."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tests.sites import OFFICE, Project

Make = Callable[[str], Project]

FIELDS: Mapping[str, str] = {
    "members": "name: Zephyr",
    "events": "title: Zephyr\nstart: 2026-12-20 18:00",
    "groups": "title: Zephyr",
    "organizations": "name: Zephyr",
    "opportunities": "title: Zephyr\ntype: job",
    "resources": "title: Zephyr\ndate: 2026-11-01",
    "news": "title: Zephyr\ndate: 2026-11-01",
    "pages": "title: Zephyr",
}
"""The least that an entry of each kind needs, with a day where feeds ask for one."""


def page_of(kind: str, ident: str) -> str:
    """The file of an entry's page."""
    return f"{'' if kind == 'pages' else f'{kind}/'}{ident}/index.html"


def items_of(made: Project, kind: str) -> Mapping[str, Any]:
    """What the public data says of the entries of a kind, by id."""
    found = json.loads(made.read(f"api/{kind}.json"))["items"]
    return {item["id"]: item for item in found}


def said_of(made: Project) -> list[str]:
    """The first lines of what a check tells."""
    return [line for line in made.messages().splitlines() if not line.startswith("    ")]


# --- 1. Files


def in_file(path: str, text: str) -> Callable[[str, str], str]:
    """A way to write an entry: the path of the file, and what stands in it."""
    return lambda kind, fields: (
        f"-- {path.format(kind=kind)} --\n"
        + text.format(
            fields=fields, inner=fields.replace("\n", "\n  "), text="bio" if kind == "members" else "description"
        )
    )


YAML = "{fields}\n{text}: Words *said*.\n"
MARKDOWN = "---\n{fields}\n---\nWords *said*.\n"


@pytest.mark.parametrize(
    "write",
    [
        in_file("{kind}/zephyr.md", MARKDOWN),
        in_file("{kind}/zephyr/index.md", MARKDOWN),
        in_file("{kind}/zephyr/index.yaml", YAML),
        in_file("{kind}/2026/z/zephyr.yaml", YAML),
        in_file("{kind}.yaml", "zephyr:\n  {inner}\n  {text}: Words *said*.\n"),
    ],
    ids=["md", "folder.md", "folder.yaml", "in-order", "one-file"],
)
def test_one_entry_in_any_file(make: Make, write: Callable[[str, str], str]) -> None:
    """Whatever file holds an entry, of whatever kind, its page is the same, with the body as bio or description."""
    plain = in_file("{kind}/zephyr.yaml", YAML)
    made = make(OFFICE + "".join(plain(kind, fields) for kind, fields in FIELDS.items()))
    assert not made.build().problems
    pages = {kind: made.read(page_of(kind, "zephyr")) for kind in FIELDS}
    for kind in FIELDS:
        made.remove(kind)
        made.write(write(kind, FIELDS[kind]))
    assert not made.build().problems
    assert {kind: made.read(page_of(kind, "zephyr")) for kind in FIELDS} == pages
    assert all("Words <em>said</em>." in page for page in pages.values())


# --- 2. Values

LISTS: Mapping[str, tuple[str, Any]] = {
    "also_known_as": ("Okafor, Ada", ["Okafor, Ada"]),
    "ask_me_about": ("law, ethics", ["law, ethics"]),
    "offers": ("law, ethics", [{"topic": "law, ethics"}]),
    "seeks": ("law, ethics", [{"topic": "law, ethics"}]),
    "available_for": ("law, ethics", [{"topic": "law, ethics"}]),
    "organizations": ("Ropes, Knots and Sons", [{"name": "Ropes, Knots and Sons"}]),
    "tags": ("law, ethics", ["law", "ethics"]),
    "skills": ("law, ethics", ["law", "ethics"]),
    "interests": ("law, ethics", ["law", "ethics"]),
    "languages": ("en, Sami", ["en", "Sami"]),
}


def test_where_commas_separate(make: Make) -> None:
    """One value is a list of one; commas separate tags, skills, interests and languages, and nothing else of words."""
    written = "".join(f"{field}: {text}\n" for field, (text, _) in LISTS.items())
    made = make(f"{OFFICE}-- members/ada.yaml --\nname: Ada\n{written}")
    assert not made.build().problems
    ada = items_of(made, "members")["ada"]
    assert {field: ada[field] for field in LISTS} == {field: found for field, (_, found) in LISTS.items()}


def test_commas_in_names_of_people(make: Make) -> None:
    """Ids behind each other with commas are as many people; a name with a comma is one person."""
    made = make(
        OFFICE
        + "".join(f"-- members/{each}.yaml --\nname: {each.title()}\n" for each in ("ada", "bo"))
        + "-- news/two.yaml --\ntitle: Two\ndate: 2026-11-01\nauthors: ada, bo\n"
        + "-- news/one.yaml --\ntitle: One\ndate: 2026-11-01\nauthors: Doe, Jane\n"
    )
    assert not made.build().problems
    names = {ident: [each["name"] for each in item["authors"]] for ident, item in items_of(made, "news").items()}
    assert names == {"two": ["Ada", "Bo"], "one": ["Doe, Jane"]}


def test_text_stays_text_on_the_way(make: Make) -> None:
    """What YAML would take for yes or no, a time or a number is the text that was typed, up to the public data."""
    made = make(
        f"{OFFICE}-- members/ada.yaml --\nname: 012345\nrole: NO\nheadline: 0x174\nskills: [1e3, 12:30]\n"
        "location: {city: 12:30}\nphone: +4930123\npublic: phone\n"
    )
    assert not made.build().problems
    ada = items_of(made, "members")["ada"]
    assert (ada["name"], ada["role"], ada["headline"]) == ("012345", "NO", "0x174")
    assert (ada["skills"], ada["location"]["city"], ada["phone"]) == (["1e3", "12:30"], "12:30", "+4930123")


@pytest.mark.parametrize("day", ["2026-11-30", "2026-11"])
def test_the_last_day_is_a_whole_day(make: Make, day: str) -> None:
    """`closes`, `until` and `expires` name the last day, or a month to its end: until its last moment all is there."""
    made = make(
        f"""{OFFICE}
-- opportunities/job.yaml --
title: Zephyr job
type: job
closes: {day}
-- resources/guide.yaml --
title: Zephyr guide
expires: {day}
-- events/agm.yaml --
title: AGM
start: 2026-12-24
registration: {{url: "https://example.org/register", closes: {day}}}
call: {{url: "https://example.org/call", closes: {day}}}
-- members/ada.yaml --
name: Ada
offers: {{topic: Zephyr offer, until: {day}}}
"""
    )

    def there(now: str) -> list[bool]:
        """Whether one can apply, find the guide, register, propose, and ask for what is offered."""
        assert not made.build(now).problems
        output = made.output()
        said = {
            page: output.get(page, b"").decode()
            for page in ("opportunities/index.html", "resources/index.html", "events/agm/index.html")
        }
        return [
            "Zephyr job" in said["opportunities/index.html"],
            "Zephyr guide" in said["resources/index.html"],
            "https://example.org/register" in said["events/agm/index.html"],
            "https://example.org/call" in said["events/agm/index.html"],
            "Zephyr offer" in made.read("members/ada/index.html"),
        ]

    assert there("2026-11-30T23:59:59+01:00") == [True] * 5
    assert there("2026-12-01T00:00+01:00") == [False] * 5


PLACES = {
    "members": "location: {city: Oslo, country: Zephyria}",
    "events": "venue: {name: Loom, country: Zephyria}",
    "groups": "location: {city: Oslo, country: Zephyria}",
    "organizations": "location: {city: Oslo, country: Zephyria}",
    "opportunities": "location: {city: Oslo, country: Zephyria}",
}


def test_unknown_countries_everywhere(make: Make) -> None:
    """A country that is none is a warning in every kind that has places, and none of them keeps the site back."""
    made = make(OFFICE + "".join(f"-- {kind}/z.yaml --\n{FIELDS[kind]}\n{place}\n" for kind, place in PLACES.items()))
    told = said_of(made)
    assert sorted(line.partition("/")[0] for line in told) == sorted(PLACES)
    assert all(line.endswith("warning: no country is called this") for line in told)
    assert not made.build().failed
    assert made.build(strict=True).failed


# --- 3. Fields


def test_expired_entries_of_every_kind(make: Make) -> None:
    """After the last day of ``expires`` only the pages that it has itself say anything of an entry, of any kind."""
    more = {"members": "\nskills: zephyring\nlocation: Oslo, Norway", "pages": "\nnavigation: yes"}
    texts = {
        kind: f"-- {kind}/z.yaml --\n{fields}\nupdated: 2026-11-02\ntags: zephyrous{more.get(kind, '')}\n"
        for kind, fields in FIELDS.items()
    }

    def says(last: str) -> set[str]:
        made = make(OFFICE + "".join(f"{text}expires: {last}\n" for text in texts.values()))
        assert not made.build().problems
        return {path for path, data in made.output().items() if b"zephyr" in data.lower()}

    # The same name at the same place, so that the second build is of a site whose day is past.
    before, after = says("2026-11-23"), says("2026-11-22")
    own = {page_of(kind, "z") for kind in FIELDS} | {"members/z/card.vcf", "events/z/event.ics"}
    assert after == own
    everywhere = {"feed.atom", "feed.json", "calendar.ics", "search/records.json", "index.html", "tags/index.html"}
    lists = {page_of("pages", kind) for kind in FIELDS if kind != "pages"}
    data = {f"api/{kind}.json" for kind in FIELDS}
    assert own | everywhere | lists | data <= before


@pytest.mark.parametrize("kind", FIELDS)
def test_old_addresses_of_every_kind(make: Make, kind: str) -> None:
    """An old id or URL of any kind leads to the page: by a rule for the host, and by a page where it reads none."""
    made = make(f"{OFFICE}-- {kind}/z.yaml --\n{FIELDS[kind]}\naliases: [old-z, /long/ago/]\n")
    assert not made.build().problems
    new = f"/{page_of(kind, 'z')}".removesuffix("index.html")
    rules = made.read("_redirects").splitlines()
    for old in (f"/{page_of(kind, 'old-z')}".removesuffix("index.html"), "/long/ago/"):
        assert f"{old} {new} 301!" in rules
        assert f'href="https://example.org{new}"' in made.read(f"{old[1:]}index.html")
    copies = {"members": ["card.vcf"], "events": ["event.ics"]}.get(kind, [])
    for name in copies:
        assert made.output()[f"long/ago/{name}"] == made.output()[f"{new[1:]}{name}"]


@pytest.mark.parametrize(
    ("calendar", "ends"),
    [("", "20261220T190000"), ("calendar: {default_duration: 2h30}\n", "20261220T203000")],
)
def test_how_long_an_event_without_an_end_is(make: Make, calendar: str, ends: str) -> None:
    """Without an end the .ics has the default duration of site.yaml, an hour if none is said, and the page no end."""
    made = make(f"{OFFICE}{calendar}-- events/z.yaml --\n{FIELDS['events']}\n")
    assert not made.build().problems
    assert f"DTEND;TZID=Europe/Oslo:{ends}" in made.read("events/z/event.ics").splitlines()
    page = made.read("events/z/index.html")
    assert "6:00\N{NARROW NO-BREAK SPACE}PM" in page
    assert not re.search(r"7:00\sPM|8:30\sPM", page)


@pytest.mark.parametrize("kind", FIELDS)
def test_addresses_that_are_reserved_in_every_kind(make: Make, kind: str) -> None:
    """No entry of any kind stands at an address of the site's own: an error, with ``slug:`` as the hint."""
    words = ("page", "archive", "calendar", "es")
    made = make(
        f"{OFFICE}languages: [en, es]\n"
        + "".join(f"-- {kind}/{word}.yaml --\n{FIELDS[kind]}\n" for word in words)
        + f"-- {kind}/fine.yaml --\n{FIELDS[kind]}\n"
    )
    told = made.messages()
    for word in words:
        assert f"{kind}/{word}.yaml:1:1: error: the address {word} is the site's own\n    = choose another" in told
    assert "fine" not in told
    assert made.build().failed


SECTIONS = (
    *("members", "events", "groups", "organizations", "opportunities", "resources", "news"),
    *("skills", "tags", "places", "exchange", "mentoring", "introductions", "home"),
)


def test_every_section_has_words_at_its_head(make: Make) -> None:
    """A page that is named like a section, or the first page, is its introduction, and has no page of its own."""
    words = "".join(
        f"-- pages/{name}.md --\n---\ntitle: All about {name}\n---\nZephyrs in {name}.\n" for name in SECTIONS
    )
    made = make(f"{OFFICE}-- members/a.yaml --\nname: A\nskills: s\ntags: t\nlocation: Oslo, Norway\n{words}")
    assert not made.build().problems
    said = {
        path: found
        for path, data in made.output().items()
        if path.endswith(".html") and (found := re.findall(r"Zephyrs in (\w+)", data.decode()))
    }
    assert said == {"index.html" if name == "home" else f"{name}/index.html": [name] for name in SECTIONS}


# --- 5. What standards get


@pytest.mark.parametrize(
    ("dates", "moment"),
    [
        ("updated: 2026-11-08 9:00\npublish_date: 2026-11-05", "2026-11-08T08:00:00Z"),
        ("publish_date: 2026-11-05 10:00", "2026-11-05T09:00:00Z"),
        ("", "2026-10-21T17:00:00Z"),
    ],
    ids=["updated", "published", "sixty-days-before"],
)
def test_one_moment_and_one_id_everywhere(make: Make, dates: str, moment: str) -> None:
    """Calendars, feeds, data and the map of the site tell the same last change of an event, and the same identity."""
    made = make(f"{OFFICE}-- events/z.yaml --\n{FIELDS['events']}\nslug: elsewhere\n{dates}\n")
    assert not made.build().problems
    calendar = made.read("events/elsewhere/event.ics").splitlines()
    compact = re.sub("[-:]", "", moment)
    assert {f"DTSTAMP:{compact}", f"LAST-MODIFIED:{compact}"} <= set(calendar)
    (uid,) = (line.removeprefix("UID:") for line in calendar if line.startswith("UID:"))
    entry = made.read("feed.atom").partition("<entry")[2]
    assert f"<id>urn:uuid:{uid}</id>" in entry
    assert f"<updated>{moment}</updated>" in entry
    item = items_of(made, "events")["z"]
    assert (item["uid"], item["updated"]) == (uid, moment)
    assert f"/events/elsewhere/</loc><lastmod>{moment}</lastmod>" in made.read("sitemap.xml")


# --- 6. Privacy


def test_whose_calendar_there_is(make: Make) -> None:
    """Somebody's calendar holds what they speak at or organize, never where they only host, help, go or belong."""
    parts = {"speakers": "ada", "organizers": "bo", "hosts": "cy", "helpers": "dee", "attendees": "eve"}
    members = "".join(
        f"-- members/{name}.yaml --\nname: {name.title()}\npublic: attendance\ngroups: bells\n"
        for name in (*parts.values(), "fay")
    )
    written = "".join(f"{part}: {name}\n" for part, name in parts.items())
    made = make(
        f"{OFFICE}{members}-- groups/bells.yaml --\ntitle: Bells\nleads: fay\n"
        f"-- events/z.yaml --\n{FIELDS['events']}\ngroups: bells\n{written}"
    )
    assert not made.build().problems
    calendars = {path for path in made.output() if re.fullmatch(r"members/\w+/calendar\.ics", path)}
    assert calendars == {"members/ada/calendar.ics", "members/bo/calendar.ics"}
    assert "UID:" in made.read("members/ada/calendar.ics")
    assert "UID:" in made.read("groups/bells/calendar.ics")


# --- 7. Where it appears


def test_spellings_of_topics_of_every_sort(make: Make) -> None:
    """Skills, tags, towns and organizations with one slug are one topic; where more than case differs, a warning."""

    def member(name: str, sign: str) -> str:
        return (
            f"-- members/{name}.yaml --\nname: {name.title()}\nskills: bell{sign}ringing\ntags: old{sign}ropes\n"
            f"location: Saint{sign}Malo, France\norganization: Rope{sign}Works\n"
        )

    made = make(f"{OFFICE}{member('ada', '-')}{member('bo', ' ')}")
    told = [line.partition(": warning: ")[2] for line in said_of(made)]
    pairs = (
        ("bell ringing", "bell-ringing"),
        ("old ropes", "old-ropes"),
        ("Saint Malo", "Saint-Malo"),
        ("Rope Works", "Rope-Works"),
    )
    for pair in pairs:
        assert any(each.endswith(" are one topic here") and all(word in each for word in pair) for each in told), pair
    assert len(told) == len(pairs)
    made.build()
    pages = ("skills/bell-ringing", "tags/old-ropes", "places/france/saint-malo", "organizations/rope-works")
    for page in pages:
        assert {"Ada", "Bo"} <= set(re.findall(r"Ada|Bo\b", made.read(f"{page}/index.html")))


def test_people_met_are_on_the_profile(make: Make) -> None:
    """A profile names up to twelve people met through events, says how many more there are, and leads to more."""
    members = "".join(f"-- members/p{number:02}.yaml --\nname: Person {number:02}\n" for number in range(20))
    speakers = ", ".join(f"p{number:02}" for number in range(20))
    made = make(f"{OFFICE}{members}-- events/e.yaml --\ntitle: E\nstart: 2026-05-01\nspeakers: [{speakers}]\n")
    made.build()
    page = made.read("members/p00/index.html")
    met = page.partition("Met at events")[2].partition("</section>")[0]
    assert len(set(re.findall(r"/members/p\d\d/", met))) == 12
    assert "And 7 people more." in met
    assert "/introductions/?to=p00" in met


def test_tiers_are_an_open_list(make: Make) -> None:
    """A tier that site.yaml does not have is a note, of an organization and of a sponsor of an event."""
    made = make(
        f"{OFFICE}tiers: [Gold, Silver]\n-- organizations/a.yaml --\nname: A\ntier: Platinum\n"
        "-- organizations/b.yaml --\nname: B\ntier: gold\n"
        "-- events/e.yaml --\ntitle: E\nstart: 2026-12-01\nsponsors: [{organization: a, tier: Sliver}]\n"
    )
    assert said_of(made) == [
        "events/e.yaml:3:36: note: this tier is not a known one",
        "organizations/a.yaml:2:7: note: this tier is not a known one",
    ]


def test_calendars_speak_the_language_of_the_page(make: Make) -> None:
    """What the program writes into a calendar is in the language of the page beside which it stands."""
    event = "-- events/e.yaml --\ntitle: E\nstart: 2026-12-01\nonline: yes\nstatus: postponed\n"
    made = make(f"{OFFICE}languages: [en, es]\n{event}-- events/e.es.yaml --\ntitle: Uno\n")
    made.build()
    assert "SUMMARY:Postponed: E" in made.read("events/e/event.ics")
    assert "LOCATION:Online" in made.read("events/e/event.ics")
    assert "SUMMARY:Aplazado: Uno" in made.read("es/events/e/event.ics")
    assert "LOCATION:En línea" in made.read("es/events/e/event.ics")


def test_page_two_of_every_list(make: Make) -> None:
    """What does not fit on one page goes on at ``page/2/``, whatever the list has, and the two pages have it all."""
    more = {"members": "skills: ropes\nlocation: Oslo, Norway\n"}
    many = "".join(
        f"-- {kind}/z{number}.yaml --\n{fields.replace('Zephyr', f'Zephyr{number}')}\n{more.get(kind, '')}"
        for kind, fields in FIELDS.items()
        if kind != "pages"
        for number in (1, 2, 3)
    )
    made = make(f"{OFFICE}directory: {{page_size: 2}}\n{many}")
    assert not made.build().problems
    lists = (*(kind for kind in FIELDS if kind != "pages"), "skills/ropes", "places/norway", "places/norway/oslo")
    for name in lists:
        first, second = made.read(f"{name}/index.html"), made.read(f"{name}/page/2/index.html")
        assert f'href="/{name}/page/2/"' in first, name
        assert set(re.findall(r"Zephyr\d", first + second)) == {"Zephyr1", "Zephyr2", "Zephyr3"}, name
        assert not (made.options.output / f"{name}/page/3/index.html").exists()
