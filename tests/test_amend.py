"""Edits for which no site is linked or planned: what they write is what a clean build writes."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sitegen import amend, publish, whole
from tests.sites import NOW, OFFICE, Project, project, tree

MEMBERS = """
-- members/ada.yaml --
name: Ada Okafor
email: ada@example.org
phone: +47 55 51 00 01
public: [email, phone]
groups: oslo
organization: harbour
skills: [Rust, ledgers]
offers:
  - topic: Rust
    until: 2026-12-24
bio: About *Ada*.
links:
  website: https://ada.example/
-- members/bo.md --
---
name: Bo Lund
groups: oslo
seeks: Rust
---
About Bo.
-- members/cem.yaml --
name: Cem
bio: Not said yet.
-- members/dee.yaml --
name: Dee
bio: Not said yet.
-- members/eve.yaml --
name: Eve
-- members/fay.yaml --
name: Fay
listed: name-only
bio: Of me.
"""
OTHERS = """
-- groups/oslo.yaml --
title: Oslo
timezone: Asia/Tokyo
description: Who we are.
-- organizations/harbour.yaml --
title: The Harbour
description: A house at sea.
-- organizations/hall.yaml --
title: The Hall
location: {city: Oslo, country: NO, latitude: 59.9, longitude: 10.7}
description: A hall.
-- events/agm.md --
---
title: AGM
start: 2026-12-01 18:00
publish_date: 2026-11-01
speakers: ada
organizers: bo
groups: oslo
tags: Money
summary: The year in numbers.
attendees: [ada, bo]
---
What is on.
-- events/tea.md --
---
title: Tea
start: 2026-11-03 15:00
repeats:
  every: week
  changes:
    2026-12-01: {description: With cake.}
summary: Every week.
venue: hall
---
Tea and talk.
-- news/won.md --
---
title: We won
date: 2026-11-20
authors: ada
summary: A prize.
---
At last.
-- pages/events.md --
---
title: Events
---
Come along.
-- pages/about.md --
---
title: About
---
See [the events](/events/).
"""
SITE = f"{OFFICE}{MEMBERS}{OTHERS}"

Make = Callable[[str], Project]


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What was planned in full, but for clean builds."""
    calls: list[Any] = []
    plan = whole.plan

    def counted(*args: Any) -> Any:
        if args[0].content.parent.name != "clean":
            calls.append(args)
        return plan(*args)

    monkeypatch.setattr(whole, "plan", counted)
    return calls


def edited(site: Project, path: str, old: str, new: str) -> None:
    """Put something else into a file."""
    file = site.options.content / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def clean(site: Project) -> dict[str, bytes]:
    """What a build makes of the content that knows nothing."""
    with_nothing = project(site.root / "clean", "")
    shutil.rmtree(with_nothing.options.content)
    shutil.copytree(site.options.content, with_nothing.options.content)
    with_nothing.build()
    return with_nothing.output()


ALONE = {
    "a text": ("members/ada.yaml", "About *Ada*.", "More about **her**.", {"members/ada/index.html"}),
    "the text of an .md file": ("members/bo.md", "About Bo.", "More about Bo.", {"members/bo/index.html"}),
    "a link": ("members/ada.yaml", "https://ada.example/", "https://a.example/", {"members/ada/index.html"}),
    "somebody's who is named alone": ("members/fay.yaml", "Of me.", "Of myself.", set[str]()),
    "an event's": ("events/agm.md", "What is on.", "Numbers, and cake.", {"events/agm/index.html", "feed.atom"}),
    "a series'": ("events/tea.md", "Tea and talk.", "Coffee.", {"events/tea/index.html"}),
    "a group's": ("groups/oslo.yaml", "Who we are.", "Who we were.", {"groups/oslo/index.html"}),
    "an employer's": ("organizations/harbour.yaml", "A house", "A hut", {"organizations/harbour/index.html"}),
    "news": ("news/won.md", "At last.", "At long last.", {"news/won/index.html", "feed.atom", "news/feed.atom"}),
    "words at the head": ("pages/events.md", "Come along.", "Do come.", {"events/index.html"}),
    "a link that leads": ("pages/about.md", "See [the events](/events/).", "See [us](/groups/).", {"about/index.html"}),
}
"""The file, what is replaced by what, and pages that show it."""


@pytest.mark.parametrize(("path", "old", "new", "shows"), ALONE.values(), ids=ALONE)
def test_amended(make: Make, planned: list[Any], path: str, old: str, new: str, shows: set[str]) -> None:
    """The file is read, what shows it is written, nothing is planned; twice over, and back again."""
    site = make(SITE)
    assert not site.build().failed
    first = site.output()
    planned.clear()
    for one, other in ((old, new), (new, f"{new}1"), (f"{new}1", old)):
        edited(site, path, one, other)
        report = site.build()
        assert planned == []
        assert report.decoded == 1
        assert report.rendered == len(report.placed)
        assert shows <= {*report.placed}
        assert (report.files, report.counts) == (len(site.output()), {**report.counts})
        assert site.output() == clean(site)
        assert old.encode() not in site.remembered() or other == old
    assert site.output() == first
    assert site.build().decoded == 0


MORE = {
    "a number": ("members/ada.yaml", "55 51 00 01", "55 51 00 02"),
    "an address to write to": ("members/ada.yaml", "ada@example.org", "a@example.org"),
    "an address that is private now": ("members/ada.yaml", "[email, phone]", "[email]"),
    "a name": ("members/ada.yaml", "Ada Okafor", "Ada Obi"),
    "a skill": ("members/ada.yaml", "ledgers", "lenses"),
    "a text that another has, too": ("members/cem.yaml", "Not said yet.", "Of himself."),
    "a text that another has already": ("members/ada.yaml", "About *Ada*.", "Not said yet."),
    "the first text": ("members/eve.yaml", "name: Eve", "name: Eve\nbio: Of herself."),
    "no text any more": ("members/ada.yaml", "bio: About *Ada*.\n", ""),
    "who was there": ("events/agm.md", "attendees: [ada, bo]", "attendees: [ada]"),
    "a zone": ("groups/oslo.yaml", "Asia/Tokyo", "Asia/Seoul"),
    "an address": ("organizations/hall.yaml", "59.9", "59.8"),
    "a link that leads nowhere": ("pages/about.md", "/events/", "/event/"),
    "a date": ("events/agm.md", "2026-12-01", "2026-12-02"),
    "somebody who is not listed": ("members/eve.yaml", "name: Eve", "name: Eve\nlisted: no"),
    "a draft": ("news/won.md", "title: We won", "title: We won\ndraft: yes"),
    "a text of one date": ("events/tea.md", "With cake.", "With tarts."),
    "the site": ("site.yaml", "Working Order", "Working Disorder"),
}


@pytest.mark.parametrize(("path", "old", "new"), MORE.values(), ids=MORE)
def test_planned(make: Make, planned: list[Any], path: str, old: str, new: str) -> None:
    """What others show, choose or sort by is planned as ever; and so is what cannot be told from that of others."""
    site = make(SITE)
    site.build()
    planned.clear()
    edited(site, path, old, new)
    report = site.build()
    assert len(planned) == 1
    assert site.output() == clean(site)
    assert not report.failed
    planned.clear()
    edited(site, "members/bo.md", "About Bo.", "More about Bo.")
    again = site.build()
    assert planned == []
    assert again.problems == report.problems
    assert site.output() == clean(site)


def test_several_files(make: Make, planned: list[Any]) -> None:
    """Several texts are amended together; where many have changed, that is not even tried."""
    names = [f"m{number}" for number in range(amend.FEW + 1)]
    site = make(OFFICE + "".join(f"-- members/{name}.yaml --\nname: {name}\nbio: Of {name}.\n" for name in names))
    site.build()
    planned.clear()
    for name in names[1:]:
        edited(site, f"members/{name}.yaml", "bio: Of", "bio: More of")
    report = site.build()
    assert (planned, report.decoded, report.rendered) == ([], amend.FEW, amend.FEW)
    assert site.output() == clean(site)
    for name in names:
        edited(site, f"members/{name}.yaml", "bio: ", "bio: Still ")
    site.build()
    assert len(planned) == 1
    assert site.output() == clean(site)


def test_texts_that_change_places(make: Make, planned: list[Any]) -> None:
    """Two members whose texts are exchanged: neither takes the other's page along."""
    site = make(SITE)
    site.build()
    edited(site, "members/ada.yaml", "About *Ada*.", "About Bo.")
    edited(site, "members/bo.md", "About Bo.", "About *Ada*.")
    site.build()
    assert site.output() == clean(site)
    assert len(planned) == 2


def test_a_translation(make: Make) -> None:
    """What is translated is the matter of several files."""
    site = make(f"{OFFICE}languages: [en, es]\n{MEMBERS}{OTHERS}-- members/ada.es.yaml --\nbio: Sobre Ada.\n")
    site.build()
    for path, old, new in (
        ("members/ada.yaml", "About *Ada*.", "More about her."),
        ("members/ada.es.yaml", "Sobre Ada.", "Más sobre ella."),
        ("members/bo.md", "About Bo.", "More about Bo."),
        ("groups/oslo.yaml", "Who we are.", "Who we were."),
    ):
        edited(site, path, old, new)
        assert not site.build().failed
        assert site.output() == clean(site)


def test_mistakes(make: Make) -> None:
    """A mistake keeps everything as it was; when it is mended, and the text with it, all is as it should be."""
    site = make(SITE)
    site.build()
    before = site.output()
    edited(site, "members/ada.yaml", "bio: About *Ada*.", "bio: More.\nbirthday: today")
    assert site.build().failed
    assert site.output() == before
    edited(site, "members/ada.yaml", "\nbirthday: today", "")
    assert not site.build().failed
    assert site.output() == clean(site)


def test_a_later_day(make: Make, planned: list[Any]) -> None:
    """When the clock changes the site, too, it is planned."""
    site = make(SITE)
    site.build()
    planned.clear()
    edited(site, "members/ada.yaml", "About *Ada*.", "More.")
    site.build("2026-12-24T12:00+01:00")
    assert len(planned) == 1
    edited(site, "members/ada.yaml", "More.", "Still more.")
    site.build("2026-12-24T12:00+01:00")
    assert len(planned) == 1
    site.build(NOW)
    assert site.output() == clean(site)


def test_in_a_damaged_memory(make: Make) -> None:
    """What is to be amended cannot be read: that is told, and everything is built anew."""
    site = make(SITE)
    site.build()
    memory = publish.place_of(site.options.output).memory
    for file in memory.iterdir():
        file.write_bytes(b"\0" + file.read_bytes()[1:])
    edited(site, "members/ada.yaml", "About *Ada*.", "More.")
    report = site.build()
    assert [each.message for each in report.problems] == ["the memory of the last build is damaged"]
    assert report.rendered == report.files
    assert site.output() == clean(site)
    edited(site, "members/ada.yaml", "More.", "Still more.")
    assert site.build().decoded == 1


def test_dry(make: Make) -> None:
    """A check amends in thought alone."""
    site = make(SITE)
    site.build()
    before, memory = site.output(), tree(publish.place_of(site.options.output).work)
    edited(site, "members/ada.yaml", "About *Ada*.", "More.")
    report = site.build(dry=True)
    assert (report.decoded, report.failed) == (1, False)
    assert site.output() == before
    assert tree(publish.place_of(site.options.output).work) == memory


def test_a_damaged_template(make: Make) -> None:
    """A page that cannot be rendered with the new text keeps everything as it was, and what is remembered."""
    site = make(
        f"{SITE}-- content/_theme/templates/member.html --\n{{{{ 1 // (0 if 'cake' in body else 1) }}}}{{{{ body }}}}\n"
    )
    site.build()
    before = site.output()
    edited(site, "members/ada.yaml", "About *Ada*.", "Has cake.")
    assert site.build().failed
    assert site.output() == before
    edited(site, "members/ada.yaml", "Has cake.", "Has tea.")
    assert not site.build().failed
    assert site.output() == clean(site)


@pytest.mark.parametrize("members", [1, 300])
def test_little_is_read_and_written(tmp_path: Path, members: int) -> None:
    """An edit reads and writes a few files of the memory, however many there are."""
    site = project(
        tmp_path, OFFICE + "".join(f"-- members/m{n}.yaml --\nname: M{n}\nbio: Of {n}.\n" for n in range(members))
    )
    site.build()
    place = publish.place_of(site.options.output)
    before = {*place.memory.iterdir()}
    edited(site, "members/m0.yaml", "Of 0.", "Of nobody.")
    site.build()
    assert 1 <= len({*place.memory.iterdir()} - before) <= 6
