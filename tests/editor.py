"""Somebody who edits a site: projects to begin with, and the steps that people take, drawn by Hypothesis."""

import datetime as dt
import io
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest import mock

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from PIL import Image

from sitegen import publish, source
from sitegen.common import Decoded, Item
from sitegen.config import configure
from sitegen.folder import layout
from sitegen.kinds import Translation, decode, kinds, translated
from sitegen.model import Config
from sitegen.own import extended
from sitegen.problems import Problem, Severity
from sitegen.schema import Fields
from sitegen.sitefile import SiteFile
from sitegen.source import Document
from sitegen.state import Program
from tests import written
from tests.sites import PROGRAM, files_of, inodes, project, tree

PACKAGE = Path(publish.__file__).parent
TEMPLATES = sorted(
    name
    for file in (*PACKAGE.glob("pages/*.py"), *PACKAGE.glob("formats/*.py"), *PACKAGE.glob("kinds/*.py"))
    for name in re.findall(r'"([\w-]+\.html)"', file.read_text("utf-8"))
)
"""The templates that pages ask for."""

THEME = """
-- themes/tiny/theme.yaml --
name: tiny
options:
  colour: black
-- themes/tiny/static/style.css --
main { color: black }
-- themes/tiny/templates/base.html --
{{ site }}
{% for name in ("url", "title", "kind", "number", "numbers", "total", "parents") %}{{ page[name] }} {% endfor %}
{{ about }} {{ body }}
{{ cards | join("\n") }}
{{ sections }}
{% block more %}{% endblock %}
-- themes/tiny/templates/remark.html --
{% if page.number > 1 %}more{% endif %}
-- themes/child/theme.yaml --
name: child
extends: tiny
-- themes/child/templates/remark.html --
{{ site.options.colour }} {% include "tiny/remark.html" %}
""" + "".join(f'-- themes/tiny/templates/{name} --\n{{% extends "base.html" %}}\n' for name in TEMPLATES) + """
-- themes/tiny/templates/members.html --
{% extends "base.html" %}{% block more %}{% include "remark.html" %}{% endblock %}
-- themes/tiny/templates/redirect.html --
{{ site }} {{ title }} {{ url }}
"""  # fmt: skip
"""A theme that shows everything that a template is given, and one that extends it."""

PEOPLE = """
-- site.yaml --
name: Working Order
url: https://example.org/
timezone: Europe/Oslo
email: office@example.org
theme: tiny
directory: {page_size: 2}
-- members/ada.yaml --
name: Ada Okafor
skills: [Rust, C++]
email: ada@example.org
public: email
-- members/bo.md --
---
name: Bo Ek
skills: rust
---
Builds compilers.
-- members/cy.yaml --
name: Cy Ek
joined: 2026-11-20
-- members/dee.yaml --
name: Dee Ek
"""
"""Four people, two to a page."""

SITES = {
    "people": PEOPLE,
    "events": PEOPLE + """
-- members/eve.yaml --
name: Zoë Ek
-- events/agm.md --
---
title: Annual meeting
start: 2026-11-23 11:00
end: "12:30"
speakers: [ada, Bo Ek]
aliases: [past]
---
All are welcome.
-- events/tea.yaml --
title: Tea
start: 2026-11-24 09:30
publish_date: 2026-11-22
expires: 2026-11-25
organizers: cy
-- events/hack.yaml --
title: Hack night
start: 2025-05-04
expires: 2026-11-24
speakers: [dee]
""",
    "programme": PEOPLE + """
-- events/club.yaml --
title: Book club
start: 2026-09-10 18:00
end: 20:00
speakers: [ada]
tags: books
venue: {name: Old Hall, city: Oslo, country: "NO"}
repeats:
  every: month
  day: second Thursday
  except: 2026-10
  changes:
    2026-11-12: cancelled
    2026-12-10: {start: 2026-12-17 19:00, title: Dune, speakers: [bo], attendees: [cy]}
-- events/hour.yaml --
title: Open hour
start: 2026-10-24 02:30
duration: 90
timezone: America/New_York
repeats: {every: week, day: Saturday, also: 2026-11-24}
-- events/lunch.yaml --
title: Lunch
start: 2026-11-20
timezone: Asia/Tokyo
repeats: {every: 2 weeks, count: 4}
organizers: [Bo Ek]
series: Meals
-- events/party.yaml --
title: Party
start: 2027-01-15 23:00
duration: 3h
timezone: Pacific/Auckland
instead_of: {event: club, date: 2027-01-14}
series: Meals
attendees: [ada, bo]
registration: {url: https://example.com/, opens: 2026-11-24 09:30, closes: 2026-12-01}
-- members/flo.yaml --
name: Flo Ek
public: [attendance]
location: Kyoto, Japan
organization: The Loom
""",
    "discretion": PEOPLE + """
-- members/eve.yaml --
name: Zoë Ek
listed: no
email: bo@example.org
-- members/flo.yaml --
name: Flo Ek
listed: name-only
-- events/agm.md --
---
title: Annual meeting
start: 2026-12-01
speakers: [flo, eve, Zoë Ek, bo]
---
With Zoë Ek.
-- events/draft.yaml --
title: Draft
start: 2026-12-01
draft: yes
-- events/tea.yaml --
title: Tea
start: 2026-12-02
publish_date: 2026-11-24 09:30
""",
    "association": """
-- site.yaml --
name: Working Order
url: https://example.org/
timezone: Europe/Oslo
email: office@example.org
theme: tiny
languages: [en, es]
directory: {page_size: 2}
calendar: {horizon: 2 months}
tiers: [Gold, Silver]
synonyms: {Rust: [ferris]}
vocabulary: {groups: [chapter, chapters]}
navigation: [events, groups, pages/about, {label: Join, url: /join/}]
footer: [Working Order, {label: About, url: about}]
home: [news, events, opportunities]
redirects: {/people/: /members/}
repository: https://github.com/guild/site
fields:
  members: {cohort: {label: Cohort, public: yes, facet: yes}, badge: Badge number}
  events: {level: {type: list, public: yes, facet: yes}}
-- members/ada.yaml --
name: Ada Okafor
organization: loom
role: Weaver
groups: [{group: oslo, role: chair, since: 2024}, lifts]
cohort: 2024
badge: "4711"
skills: [ferris, C++]
offers: [{topic: Talks, until: 2026-11-24}, A lift]
seeks: {topic: A loom, until: 2026-11-30}
-- members/ada.es.yaml --
role: Tejedora
slug: ada-es
-- members/bo.md --
---
name: Bo Ek
organizations: [{organization: The Loom, role: Director}, {organization: Lift Works, until: 2020}]
public: email
email: bo@example.org
groups: oslo
---
Builds compilers.
-- members/bo.es.md --
---
headline: Constructor
---
Construye compiladores.
-- members/cy.yaml --
name: Cy Ek
organization: Lift Works
available_for: [{topic: Boards, until: 2026-12-01}]
-- groups/oslo.md --
---
title: Oslo chapter
type: chapter
leads: [{person: bo, role: Chair, since: 2024}]
former_leads: [{person: ada, until: 2023}]
location: Oslo, Norway
timezone: America/New_York
meets: every second Thursday
contact: oslo@example.org
---
We meet.
-- groups/oslo.es.md --
---
title: Capítulo de Oslo
---
Nos reunimos.
-- groups/lifts.yaml --
title: Lift committee
status: forming
parent: oslo
-- organizations/loom.yaml --
name: The Loom
also_known_as: [Loom Ltd]
tier: Gold
location: {city: Oslo, country: "NO"}
url: https://loom.example/
-- organizations/loom.es.yaml --
name: El Telar
-- events/agm.md --
---
title: Annual meeting
start: 2026-11-23 18:00
end: "20:00"
groups: oslo
venue: The Loom
hosts: [groups/lifts, The Loom]
sponsors: [{organization: loom, tier: Gold}, Somebody]
speakers: [ada, Dee Ek]
resources: [oiling, {title: Slides, url: /files/statutes.txt}]
level: [beginners, experts]
tags: lifts
---
All are welcome.
-- events/agm.es.md --
---
title: Asamblea
summary: Todos.
---
-- events/club.yaml --
title: Book club
start: 2026-11-19 18:00
groups: [oslo, lifts]
venue: organizations/loom
call: {url: https://example.com/, closes: 2026-11-25}
repeats: {every: week, changes: {2026-11-26: {title: Dune, venue: Old Hall}}}
-- events/club.es.yaml --
title: Club de lectura
-- opportunities/engineer.md --
---
title: Lift engineer
type: job
organization: loom
location: [Oslo, Norway]
contact: ada
apply: jobs@example.com
posted: 2026-11-20
closes: 2026-11-24
skills: Rust
---
Mend lifts.
-- opportunities/grant.yaml --
title: Travel grant
type: funding
event: agm
posted: 2026-11-25
closes: 2026-12-01 12:00
-- resources/oiling.md --
---
title: Oiling guide
type: guide
authors: [ada, Zoë Ek]
date: 2026-05
file: /files/statutes.txt
event: agm
tags: lifts
---
Which oil?
-- news/moved.md --
---
title: We have moved
date: 2026-11-24
authors: bo
---
To a new house.
-- news/moved.es.md --
---
title: Nos mudamos
---
A otra casa.
-- news/founded.yaml --
title: Founded
date: 2025-05-04
-- pages/about.md --
---
title: About
navigation: {label: About us, weight: 2}
---
Who we are.
-- pages/about.es.md --
---
title: Quiénes somos
---
-- pages/events.md --
---
title: What is on
---
Come to our meetings.
-- files/statutes.txt --
One member, one vote.
""",
    "files": PEOPLE + """
-- members/eve.yaml --
name: Zoë Ek
photo: group.png
-- members/group.png --
red
-- events/agm/index.md --
---
title: Annual meeting
start: 2026-11-25
---
![The group](group.png)
-- events/agm/group.png --
green
-- files/statutes.txt --
One member, one vote.
-- files/more/minutes.txt --
All agreed.
""",
}  # fmt: skip
"""Where editors begin; a picture is written as its colour."""


def picture(colour: str) -> bytes:
    """A picture file."""
    data = io.BytesIO()
    Image.new("RGB", (2, 2), colour).save(data, "PNG")
    return data.getvalue()


def files(text: str) -> dict[str, bytes]:
    """The files of a string as bytes, by path in the project folder."""
    return {
        path: picture(body.strip()) if path.endswith(".png") else body.encode() for path, body in files_of(text).items()
    }


def as_file(path: str, values: Mapping[str, Any], body: str) -> bytes:
    """An entry as a file, a field to a line."""
    lines = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items())
    return (f"---\n{lines}---\n{body}" if path.endswith(".md") else lines).encode()


def seconds(text: str) -> int:
    """A time in UTC as seconds since 1970."""
    return int(dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC).timestamp())


def text_of(moment: int) -> str:
    """The same as text."""
    return dt.datetime.fromtimestamp(moment, dt.UTC).isoformat()


MOMENTS = (
    seconds("2026-11-23T11:00"),
    *range(seconds("2026-11-19"), seconds("2026-12-04"), 6 * 3600),
    *range(seconds("2026-10-24T22:00"), seconds("2026-10-25T04:00"), 3600),  # clocks go back in Oslo
    *range(seconds("2026-11-01T03:00"), seconds("2026-11-01T09:00"), 3600),  # and in New York
    *range(seconds("2026-12-31T10:00"), seconds("2027-01-01T06:00"), 3600),  # New Year, from Auckland on
    seconds("2027-01-02"),
    seconds("2027-03-28T01:00"),  # clocks go forward in Oslo
)
"""What a clock may show: the days of `written.DAYS`, some around them, and the nights on which clocks are odd."""

STANDING: Mapping[str, tuple[Any, ...]] = {
    "listed": ("name-only", "no", "yes", None),
    "draft": ("yes", None),
    "status": ("in-memoriam", "guest", "cancelled", None),
    "publish_date": (*written.DAYS, None),
    "expires": (*written.DAYS, None),
    "aliases": (["gone"], ["/gone/", "past"], "/people/gone", None),
    "speakers": (["ada", "Bo Ek"], ["eve", "Zoë Ek"], "cy, dee", None),
    "skills": ("Rust", "rust, C++", None),
    "repeats": (
        "weekly",
        {"every": "month", "day": "second Thursday", "changes": {"2026-11-12": "cancelled"}},
        {"dates": ["2026-11-23", "2026-11-30 12:00"]},
        None,
    ),
    "instead_of": ({"event": "club", "date": "2026-12-10"}, {"event": "hour", "date": "2026-11-28"}, None),
    "timezone": ("America/Sao_Paulo", "Asia/Tokyo", None),
    "attendees": (["ada", "Bo Ek", "flo"], None),
    "public": (["attendance"], "email, attendance", None),
    "location": ("Oslo, Norway", {"city": "Kyoto", "country": "JP"}, None),
    "groups": ("oslo", ["oslo", "lifts"], None),
    "organization": ("loom", "The Loom", "Lift Works", None),
    "venue": ("loom", "The Loom", {"name": "Old Hall", "city": "Oslo", "country": "NO"}, None),
    "hosts": (["groups/oslo", "The Loom"], "ada", None),
    "offers": ({"topic": "Talks", "until": "2026-11-24"}, "A lift", None),
    "posted": (*written.DAYS, None),
    "closes": (*written.DAYS, None),
    "date": written.DAYS,
    "tier": ("Gold", "silver", None),
    "navigation": ("yes", {"label": "Us", "weight": 1}, None),
    "also_known_as": ("Lift Works", "Bo Ek", None),
    "parent": ("oslo", None),
    "event": ("agm", None),
    "authors": (["ada", "Bo Ek"], "cy", None),
    "name": written.NAMES,
}
"""Fields that decide where else an entry is shown, with values (None: without the field)."""

Data = st.DataObject


@dataclass(frozen=True)
class Entry:
    """An entry as it stands in a file."""

    item: Item
    values: Mapping[str, Any]
    body: str = ""


def edit(step: Callable[[Any, Data], None]) -> Callable[[Any, Data], None]:
    """A step that may be taken unless it is time to take mistakes back."""
    return precondition(lambda editor: editor.failures < 2)(rule(data=st.data())(step))


def pick(data: Data, values: Iterable[Any]) -> Any:
    """One of some values."""
    return data.draw(st.sampled_from(list(values)))


def likely(data: Data, values: st.SearchStrategy[Any], is_good: Callable[[Any], bool]) -> Any:
    """A value, seven times in eight a good one if any is found soon."""
    attempts = 5 if data.draw(st.integers(0, 7)) < 7 else 1
    for _ in range(attempts):
        value = data.draw(values)
        if is_good(value):
            break
    return value


def changed(values: Mapping[str, Any], others: Mapping[str, Any]) -> dict[str, Any]:
    """Some values with others in their places; None takes a field away."""
    return {key: value for key, value in {**values, **others}.items() if value is not None}


def mistakes(problems: Iterable[Problem]) -> list[str]:
    """What would keep a site from being published."""
    return [each.message for each in problems if each.severity is Severity.ERROR]


class Editor(RuleBasedStateMachine):
    """Somebody who edits a site. What is to be claimed of its builds is for others to say, in an invariant."""

    def __init__(self, folder: Path, text: str) -> None:
        """Begin with the files of a string, in a new folder."""
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="sitegen-", dir=folder))
        self.project = project(self.root, "")
        self.first = files(THEME + text)
        self.files: dict[str, bytes] = {}
        """What stands on the disk."""
        self.good: dict[str, bytes] = {}
        """What stood there when a build last succeeded."""
        self.published: dict[str, tuple[bytes, int]] = {}
        """Bytes and inode of every published file."""
        self.now = self.until = MOMENTS[0]
        self.program, self.drafts, self.anew = PROGRAM, False, False
        self.failures = 0
        """How many builds in a row have failed."""
        self.held = 0
        """How many steps are not followed by a build."""
        self.seen = 0
        """The newest time stamp that a build may have seen."""
        self.racy = mock.patch.object(source, "RACY", 0)

    def teardown(self) -> None:
        """Remove the project."""
        self.racy.stop()
        shutil.rmtree(self.root)

    # Files

    def put(self, path: str, data: bytes) -> None:
        """Write a file in place; what stands in its way is removed."""
        for other in [each for each in self.files if each.startswith(f"{path}/") or path.startswith(f"{each}/")]:
            self.drop(other)
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_bytes(data)
        self.files[path] = data
        self.settle(path)

    def settle(self, path: str) -> None:
        """Wait for the next tick of the file system's clock: here no edit is to be missed because of its grain."""
        while (self.root / path).stat().st_ctime_ns <= self.seen:
            (self.root / path).chmod(0o644)

    def drop(self, path: str) -> None:
        """Remove a file, and the folders that it leaves empty."""
        publish.remove(self.root, path)
        del self.files[path]

    def move(self, old: str, new: str) -> None:
        """Rename a file, unless there is one of this name; its inode and mtime stay."""
        if new not in self.files:
            note(f"mv {old} {new}")
            (self.root / new).parent.mkdir(parents=True, exist_ok=True)
            (self.root / old).rename(self.root / new)
            self.files[new] = self.files.pop(old)
            self.settle(new)

    def restore(self, wanted: Mapping[str, bytes]) -> None:
        """Make the project what it was."""
        for path in [each for each in self.files if each not in wanted]:
            self.drop(path)
        for path, data in wanted.items():
            if self.files.get(path) != data:
                self.put(path, data)

    def come_or_go(self, data: Data, path: str, contents: Iterable[bytes]) -> None:
        """A file gets one of some contents, or is removed."""
        content = pick(data, (*contents, None))
        note(f"{path}: {content!r}")
        if content is not None:
            self.put(path, content)
        elif path in self.files:
            self.drop(path)

    # Entries

    def config(self) -> Config:
        """The association as site.yaml has it, or where that is wrong as it was at first."""
        for text in (self.files.get("content/site.yaml", b""), self.first["content/site.yaml"]):
            document, _ = source.load("site.yaml", text)
            made = configure("site.yaml", document)[0] if document else None
            if made:
                return made
        raise AssertionError("the first site.yaml is right")

    def read(self, entry: Entry) -> Decoded:
        """What the program makes of an entry."""
        settings, document = self.config().settings, Document(dict(entry.values), entry.body)
        if not entry.item.language:
            return decode(entry.item, document, settings)
        base, _ = source.load(entry.item.base, self.files[f"content/{entry.item.base}"])
        return translated(entry.item, base or Document({}), document, settings)

    def model(self, item: Item) -> type[Fields]:
        """The fields of an entry."""
        kind = kinds()[item.kind]
        return Translation if item.language else extended(kind.model, kind.name, self.config().settings.own)

    def items(self) -> list[Item]:
        """Every file that holds entries, with the pictures beside it."""
        paths = [path.removeprefix("content/") for path in self.files if path.startswith("content/")]
        return list(layout([path for path in paths if not path.startswith("_")], "site.yaml", self.config())[0])

    def mapping(self, path: str) -> Mapping[str, Any]:
        """What a YAML file holds, if it can be read."""
        document, _ = source.load(path, self.files.get(path, b""))
        return document.data if document else {}

    def entries(self) -> list[Entry]:
        """The entries that can be read."""
        found: list[Entry] = []
        for item in self.items():
            document, _ = source.load(item.path, self.files[f"content/{item.path}"])
            if document and item.id:
                found.append(Entry(item, document.data, document.body))
            elif document:
                each = document.data.items()
                found += [Entry(replace(item, id=ident, within=ident), values) for ident, values in each]
        return [entry for entry in found if isinstance(entry.values, dict)]

    def any_entry(self, data: Data, will_do: Callable[[Entry], bool] = lambda _: True) -> Entry | None:
        """One of the entries that will do, if there is any."""
        found = {f"{each.item.path} {each.item.within}": each for each in self.entries() if will_do(each)}
        return found[pick(data, found)] if found else None

    def store(self, entry: Entry, **values: Any) -> None:
        """Write an entry with other values; None takes a field away."""
        path, within = f"content/{entry.item.path}", entry.item.within
        made = changed(entry.values, values)
        note(f"{path}: {within} {values or made} {entry.body!r}")
        self.put(path, as_file(path, {**self.mapping(path), within: made} if within else made, entry.body))

    # Steps

    @initialize(now=st.sampled_from(MOMENTS), trusting=st.booleans())
    def begin(self, now: int, trusting: bool) -> None:  # noqa: FBT001 - drawn by its type
        """The first build. Time stamps are trusted at once, or never: it does not matter how fast a test runs."""
        self.now = now
        self.racy = mock.patch.object(source, "RACY", 0 if trusting else 10**18)
        self.racy.start()
        self.restore(self.first)

    @edit
    def edit_a_field(self, data: Data) -> None:
        """Any field of any entry gets another value, or goes."""
        if entry := self.any_entry(data):
            fields = written.fields(self.model(entry.item))
            name = pick(data, fields)

            def is_good(value: Any) -> bool:
                return not mistakes(self.read(replace(entry, values=changed(entry.values, {name: value}))).problems)

            self.store(entry, **{name: likely(data, fields[name] | st.none(), is_good)})

    @edit
    def edit_the_standing(self, data: Data) -> None:
        """A field on which it depends where else an entry is shown."""
        if entry := self.any_entry(data):
            name = pick(data, sorted(STANDING.keys() & self.model(entry.item).model_fields.keys()))
            self.store(entry, **{name: pick(data, STANDING[name])})

    @edit
    def edit_the_text(self, data: Data) -> None:
        """The text below the fields."""
        if entry := self.any_entry(data, lambda each: each.item.path.endswith(".md")):
            self.store(replace(entry, body=data.draw(st.just("") | written.BODIES)))

    @edit
    def edit_a_letter(self, data: Data) -> None:
        """A file's bytes change; its size and mtime are what they were."""
        if entry := self.any_entry(data):
            path = f"content/{entry.item.path}"
            info, letter = (self.root / path).stat(), re.compile(rb'(?<=name: )"?\w|(?<=title: )"?\w')
            note(f"{path}: another case of a letter")
            self.put(path, letter.sub(lambda match: match[0].swapcase(), self.files[path]))
            os.utime(self.root / path, ns=(info.st_atime_ns, info.st_mtime_ns))

    @edit
    def swap_slugs(self, data: Data) -> None:
        """Two entries of a kind take each other's address."""
        one = self.any_entry(data, lambda each: not each.item.within)
        other = one and self.any_entry(
            data, lambda each: each.item.kind == one.item.kind and not each.item.within and each.item != one.item
        )
        if one and other:
            self.store(one, slug=other.values.get("slug", other.item.id))
            self.store(other, slug=one.values.get("slug", one.item.id))

    @edit
    def add(self, data: Data) -> None:
        """A new entry in any of the forms that a file has, with what its kind asks for and a field more."""
        kind = kinds()[pick(data, kinds())]
        taken = {item.id for item in self.items() if item.kind == kind.name}
        ident = likely(data, st.sampled_from(written.IDS), lambda each: each not in taken)
        form = pick(data, ("{}.yaml", "{}.md", "{}/index.md", "2026/{}.yaml"))
        item = Item(kind.name, ident, f"{kind.name}/{form.format(ident)}")
        fields = written.fields(self.model(item))
        values: dict[str, Any] = {}
        for _ in range(3):
            words = " ".join(mistakes(self.read(Entry(item, values)).problems)).split()
            for name in [name for name in fields if name in words] or [pick(data, fields)]:
                values[name] = data.draw(fields[name])
        self.store(Entry(item, values))

    @edit
    def translate(self, data: Data) -> None:
        """An entry gets words in another language, if the site has one."""
        known = {(item.kind, item.id) for item in self.items() if item.language}
        if entry := self.any_entry(
            data, lambda each: (each.item.kind, each.item.id) not in known and not each.item.within
        ):
            stem, _, suffix = entry.item.path.rpartition(".")
            language = pick(data, self.config().settings.languages or ("es",))
            item = replace(entry.item, path=f"{stem}.{language}.{suffix}", language=language, base=entry.item.path)
            fields = written.fields(Translation)
            name = pick(data, sorted(Translation.model_fields.keys() & self.model(entry.item).model_fields.keys()))
            self.store(Entry(item, {name: data.draw(fields[name])}))

    @edit
    def delete(self, data: Data) -> None:
        """A file goes, with all that it holds."""
        if paths := [item.path for item in self.items()]:
            path = f"content/{pick(data, paths)}"
            note(f"rm {path}")
            self.drop(path)

    @edit
    def rename(self, data: Data) -> None:
        """A file gets another name, perhaps one that differs in case alone."""
        if entry := self.any_entry(data, lambda each: not each.item.within):
            path, ident = f"content/{entry.item.path}", entry.item.id
            self.move(path, path.replace(f"/{ident}", f"/{pick(data, (*written.IDS, ident.swapcase()))}"))

    @edit
    def keep_in_one_file(self, data: Data) -> None:
        """An entry moves into the one file of its kind, or out of it."""
        if entry := self.any_entry(data, lambda each: each.item.path.endswith(".yaml") and not each.item.language):
            path, kind, ident = f"content/{entry.item.path}", entry.item.kind, entry.item.id
            rest = {key: values for key, values in self.mapping(path).items() if key != ident}
            if entry.item.within:
                self.put(path, as_file(path, rest, ""))
                self.store(Entry(Item(kind, ident, f"{kind}/{ident}.yaml"), entry.values))
            else:
                self.drop(path)
                self.store(Entry(Item(kind, ident, f"{kind}.yaml", within=ident), entry.values))

    @edit
    def break_a_file(self, data: Data) -> None:
        """A slip keeps a file from being read."""
        if paths := [item.path for item in self.items()]:
            path = f"content/{pick(data, paths)}"
            slip = pick(data, (b"name: [", b"\xff", b"---\nname: one\nname: two\n---\n", b"listed: no\n\t"))
            note(f"{path}: {slip!r}")
            self.put(path, slip)

    @edit
    def edit_the_site(self, data: Data) -> None:
        """Any field of site.yaml."""
        path = "content/site.yaml"
        fields, before = written.fields(SiteFile), self.mapping(path)
        name = pick(data, fields)
        value = likely(
            data, fields[name], lambda value: not mistakes(configure("site.yaml", Document({**before, name: value}))[1])
        )
        note(f"{path}: {name}: {value}")
        self.put(path, as_file(path, {**before, name: value}, ""))

    @edit
    def edit_the_theme(self, data: Data) -> None:
        """A template, perhaps one that others include or extend, a static file, or the default of an option."""
        path = pick(data, (each for each in self.first if each.startswith("themes/")))
        text = self.first[path].decode()
        more = ("{# no byte #}", "<hr>", "{% include page.url ignore missing %}", "{% if %}")
        others = more if path.endswith(".html") else ("# another",)
        changed = pick(data, (text, text.replace("black", "white"), *(text + other for other in others)))
        note(f"{path}: {changed}")
        self.put(path, changed.encode())

    @edit
    def override_the_theme(self, data: Data) -> None:
        """A file of the site's own that wins over the theme's comes, changes or goes."""
        name = pick(data, ("templates/remark.html", "templates/member.html", "templates/base.html", "static/style.css"))
        self.come_or_go(data, f"content/_theme/{name}", (b"{% block more %}ours{% endblock %}", b"{{ page.title }}"))

    @edit
    def change_a_picture(self, data: Data) -> None:
        """A picture beside an entry comes, changes or goes."""
        if folders := sorted({item.path.rpartition("/")[0] for item in self.items() if item.id}):
            path = f"content/{pick(data, folders)}/{pick(data, written.PICTURES)}"
            self.come_or_go(data, path, (picture("red"), picture("blue"), b"no picture"))

    @edit
    def change_a_file(self, data: Data) -> None:
        """A file that is published as it is comes, changes or goes, perhaps where a folder is."""
        name = pick(data, ("statutes.txt", "more", "more/minutes.txt", "more/minutes.txt/ada"))
        self.come_or_go(data, f"content/files/{name}", (b"one", b"two", b""))

    @edit
    def touch(self, data: Data) -> None:
        """A file is saved as it was."""
        path = pick(data, self.files)
        note(f"touch {path}")
        self.put(path, self.files[path])

    @edit
    def wait(self, data: Data) -> None:
        """A few hours go by, or come back; perhaps just as many as until the site must change."""
        hours = pick(data, (1, 6, 12, 24, 48, 24 * 31, -1, -6, -24, -24 * 31))
        self.now = pick(data, (self.now + hours * 3600, self.until, self.until - 1))
        note(f"now: {self.clock()}")

    @edit
    def go_to_another_day(self, data: Data) -> None:
        """The clock shows any time around the days of the entries."""
        self.now = pick(data, MOMENTS)
        note(f"now: {self.clock()}")

    @edit
    def change_the_call(self, data: Data) -> None:
        """Another version of the program, with or without drafts, with or without what it remembers."""
        self.program = Program(pick(data, (PROGRAM.digest, b"a newer program")))
        self.drafts, self.anew = data.draw(st.booleans()), data.draw(st.booleans())
        note(f"{self.program.digest!r}, drafts: {self.drafts}, clean: {self.anew}")

    @edit
    def meddle(self, data: Data) -> None:
        """Somebody removes or overwrites a published file."""
        path = self.project.options.output / pick(data, sorted(self.published))
        note(f"rm {path}")
        path.unlink()
        if data.draw(st.booleans()):
            path.write_bytes(b"something else")
        self.published = self.look()

    @edit
    def hold_the_build(self, data: Data) -> None:
        """The next two steps are built together."""
        del data
        self.held = 2

    @precondition(lambda editor: editor.failures)
    @rule()
    def take_back(self) -> None:
        """Everything since the last build that succeeded is undone."""
        self.restore(self.good)

    # What there is to see

    def clock(self) -> str:
        """The present as text."""
        return text_of(self.now)

    def look(self, folder: str = "output") -> dict[str, tuple[bytes, int]]:
        """Bytes and inode of every file of a folder."""
        root = self.root / folder
        numbers = inodes(root)
        return {path: (data, numbers[path]) for path, data in tree(root).items()}
