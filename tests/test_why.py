"""Why a file is as it is, and whether the next build makes it anew."""

from collections.abc import Callable

import pytest

from sitegen import state
from sitegen.state import Program
from sitegen.why import why
from tests.sites import NOW, PROGRAM, Project, at
from tests.steps import TINY

SITE = (
    TINY
    + """
-- members/ada.yaml --
name: Ada Okafor
skills: Rust
-- members/bo.yaml --
name: Bo Ek
-- events/talk.yaml --
title: Talk
start: 2026-12-01
speakers: ada
-- events/tea.yaml --
title: Tea
start: 2026-12-02
-- events/old.yaml --
title: Old
start: 2025-01-01
"""
)
TALK = "events/talk/index.html"


@pytest.fixture(autouse=True)
def _same_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program that asks is the one that built."""
    monkeypatch.setattr(state, "program", lambda _: PROGRAM)


@pytest.fixture
def site(make: Callable[[str], Project]) -> Project:
    """A site as it was just built."""
    site = make(SITE)
    assert not site.build().failed
    return site


def verdict(site: Project, name: str = TALK, now: str = NOW) -> str:
    """What is said of a file, in its first line."""
    lines, there = why(site.options, at(now), name)
    assert there
    return lines[0]


def test_what_a_file_is_made_from(site: Project) -> None:
    """After the verdict come the format, the template and every file of the content that is in it."""
    assert why(site.options, at(NOW), "members/index.html") == (
        (
            "members/index.html: up to date",
            "  by formats.html",
            "  with the template members.html",
            "  from members/bo.yaml",
            "  from members/ada.yaml",
        ),
        True,
    )
    assert why(site.options, at(NOW), "events/talk/event.ics")[0][1:] == ("  by formats.ics", "  from events/talk.yaml")


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("events/talk/index.html", TALK),
        ("events/talk/", TALK),
        ("/events/talk/", TALK),
        ("events/talk", TALK),
        ("https://example.org/events/talk/", TALK),
        ("https://example.org/events/t%61lk/", TALK),
        ("{output}/events/talk/index.html", TALK),
        ("{output}/events/talk", TALK),
        ("{output}", "index.html"),
        ("/", "index.html"),
        ("https://example.org/", "index.html"),
    ],
)
def test_how_a_file_is_named(site: Project, name: str, path: str) -> None:
    """By its path in the output folder or on disk, or by its address, with or without the site's own."""
    assert verdict(site, name.format(output=site.options.output)) == f"{path}: up to date"


def test_nobody_remembers(make: Callable[[str], Project]) -> None:
    """Before the first build there is nothing to compare with."""
    assert verdict(make(SITE)) == f"{TALK}: made by the next build, which is the first that anybody remembers"


def test_for_the_first_time(site: Project) -> None:
    """A page that the last build did not have."""
    site.write("-- events/new.yaml --\ntitle: New\nstart: 2026-12-03\n")
    assert verdict(site, "/events/new/") == "events/new/index.html: made by the next build, for the first time"


@pytest.mark.parametrize("touched", ["removed", "edited"])
def test_not_as_it_was_left(site: Project, touched: str) -> None:
    """What somebody removed from the output folder or changed there comes back."""
    file = site.options.output / TALK
    file.unlink()
    if touched == "edited":
        file.write_text("x", "utf-8")
    assert (
        verdict(site) == f"{TALK}: made anew by the next build: it does not stand in the output folder as it was left"
    )


@pytest.mark.parametrize(
    ("files", "name", "reasons"),
    [
        ("-- events/talk.yaml --\ntitle: Talk\nstart: 2026-12-01\n", TALK, "events/talk.yaml has changed"),
        (
            "-- events/new.yaml --\ntitle: New\nstart: 2026-12-03\n",
            "events/index.html",
            "events/new.yaml is new",
        ),
        (
            "-- themes/tiny/templates/base.html --\nanother\n",
            TALK,
            "its template or one that it refers to has changed",
        ),
        (
            "-- site.yaml --\nname: Other\nurl: https://example.org/\ntimezone: Europe/Oslo\ntheme: tiny\n",
            TALK,
            "site.yaml has changed",
        ),
        (
            "-- themes/tiny/templates/event.html --\nanother\n-- events/talk.yaml --\ntitle: T\nstart: 2026-12-01\n",
            TALK,
            "its template or one that it refers to has changed; events/talk.yaml has changed",
        ),
        (
            "-- members/ada.yaml --\nname: Ada Lovelace\nskills: Rust\n",
            TALK,
            "what it shows of other pages has changed: entries, their order, or the way around the site",
        ),
    ],
)
def test_reasons(site: Project, files: str, name: str, reasons: str) -> None:
    """Each thing that an output depends on is a reason of its own; what did not change is none."""
    site.write(files)
    assert verdict(site, name) == f"{name}: made anew by the next build: {reasons}"
    assert verdict(site, "events/tea/event.ics") == "events/tea/event.ics: up to date"


def test_time_is_a_reason(site: Project) -> None:
    """When an event is over, its page and lists of what is to come change though no file did; a profile does not."""
    assert verdict(site, "events/index.html", "2026-12-02").startswith(
        "events/index.html: made anew by the next build: what it shows of other pages has changed"
    )
    assert verdict(site, "members/bo/index.html", "2026-12-02") == "members/bo/index.html: up to date"


def test_another_program(make: Callable[[str], Project]) -> None:
    """A new version makes everything anew."""
    site = make(SITE)
    site.build(program=Program(b"another"))
    assert verdict(site) == f"{TALK}: made anew by the next build: another version of sitegen or of a library"


def test_what_is_removed(site: Project) -> None:
    """A page that nothing asks for any more goes with the next build."""
    site.remove("events/talk.yaml")
    assert verdict(site) == f"{TALK}: the next build removes it, as nothing asks for it any more"


def test_what_is_not_there(site: Project) -> None:
    """A file that never was is none, and the nearest one is told."""
    assert why(site.options, at(NOW), "events/tolk/index.html") == (
        ("events/tolk/index.html: there is no such file in the site", f"did you mean {TALK}?"),
        False,
    )


def test_mistakes_keep_everything_back(site: Project) -> None:
    """Whatever is stale, nothing is published before the content is mended."""
    site.write("-- members/bo.yaml --\nnmae: Bo\n")
    lines, there = why(site.options, at(NOW), TALK)
    assert there
    assert lines[:2] == (
        f"{TALK}: up to date",
        "  nothing is published before the content is mended; sitegen check tells how",
    )


def test_a_site_that_cannot_be_planned(site: Project) -> None:
    """Without a site.yaml that can be read, nobody knows which files there are to be."""
    site.write("-- site.yaml --\nname: A\n")
    assert why(site.options, at(NOW), TALK) == (("the site cannot be planned; sitegen check tells why",), False)
