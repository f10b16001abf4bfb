"""Opportunities: what becomes of each field, and how they come and go."""

from typing import Any

import pytest

from sitegen.model import Card, Contact, Reference, Topic, Where, Window, shown
from sitegen.navigation import sections
from sitegen.problems import Severity
from tests.steps import decoded, entry_of, epoch, linked, outputs

JOB = "-- opportunities/job.yaml --\ntitle: Lift engineer\ntype: job\n"


def test_the_least_opportunity() -> None:
    """A title and a type are enough; without a last day it is open until it is taken out."""
    entry = entry_of(JOB)
    assert (entry.ref, entry.url, entry.title) == ("opportunities/job", "/opportunities/job/", "Lift engineer")
    assert shown(entry.card, Card) == Card("opportunities", "Lift engineer", "/opportunities/job/", type="job")
    assert (entry.windows, entry.published) == ((), None)


@pytest.mark.parametrize(
    ("fields", "name", "value"),
    [
        ("type: Funding", "type", "Funding"),
        ("location: Oslo, Norway", "places", ["Oslo, Norway"]),
        ("location: [Oslo, {city: Bergen, country: NO}]", "places", ["Oslo", "Bergen, Norway"]),
        ("remote: Yes", "remote", "yes"),
        ("remote: false", "remote", "no"),
        ("remote: hybrid", "remote", "hybrid"),
        ("apply: https://a.example/", "apply", {"url": "https://a.example/"}),
        ("apply: jobs@a.example", "apply", {"email": "jobs@a.example"}),
        ("apply: {url: https://a.example/, email: a@a.example}", "apply", {
            "url": "https://a.example/", "email": "a@a.example",
        }),
        ("apply: https://a.example/?to=a@b.example", "apply", {"url": "https://a.example/?to=a@b.example"}),
        ("salary: {min: 3000, max: 4000.50, currency: eur, per: month}", "salary", {
            "min": "3000", "max": "4000.50", "currency": "EUR", "per": "month",
        }),
        ("posted: 2026-11-1", "posted", "2026-11-01"),
        ("closes: 2026-12-01 12:00", "closes", "2026-12-01T12:00"),
        ("hours: two evenings", "hours", "two evenings"),
        ("skills: Rust, C++", "skills", ["Rust", "C++"]),
    ],
)  # fmt: skip
def test_what_a_page_shows(fields: str, name: str, value: Any) -> None:
    """The page has what was written, whether in a short form or a long one."""
    text = JOB.replace("type: job\n", "") if fields.startswith("type") else JOB
    assert shown(entry_of(f"{text}{fields}\n").full, dict)[name] == value


def test_what_a_card_shows() -> None:
    """The board says what it is, where, since when and until when."""
    fields = "location: [Oslo, Bergen]\nremote: hybrid\nposted: 2026-11-01\ncloses: 2026-12-01\nsummary: Mend.\n"
    assert shown(entry_of(JOB + fields).card, Card) == Card(
        "opportunities",
        "Lift engineer",
        "/opportunities/job/",
        summary="Mend.",
        place="Oslo; Bergen",
        type="job",
        mode="hybrid",
        published="2026-11-01",
        closes="2026-12-01",
        over=1_796_166_000,
    )


def test_facets() -> None:
    """Skills, towns, the time in which one can apply and where: what others know of it."""
    fields = (
        "location: [Oslo, 'Bergen, NO']\nskills: Rust\nposted: 2026-11-01\ncloses: 2026-12-01\napply: a@a.example\n"
    )
    entry = entry_of(JOB + fields)
    assert entry.skills == (Topic("rust", "Rust"),)
    assert entry.where == (Where("NO", "Bergen"),)
    assert entry.windows == (Window("apply", epoch("2026-11-01"), epoch("2026-12-02")),)
    assert entry.contact == Contact(email="a@a.example")
    assert entry.published == epoch("2026-11-01")


def test_whose_it_is() -> None:
    """An organization, an event that it belongs to, and who can introduce people."""
    entry = entry_of(f"{JOB}organization: The Loom\nevent: events/agm\ncontact: {{person: ada, role: lead}}\n")
    assert entry.references == (
        Reference("organization", ("organization",), kind="organizations", name="The Loom"),
        Reference("event", ("event",), kind="events", id="agm"),
        Reference("contact", ("contact", 0, "person"), id="ada", role="lead"),
    )


@pytest.mark.parametrize(
    ("fields", "path", "severity"),
    [
        ("posted: 2026-12-01\ncloses: 2026-11-01", ("closes",), Severity.WARNING),
        ("location: [Oslo, {country: Norwai}]", ("location", 1, "country"), Severity.WARNING),
        ("salary: {min: 100}", ("salary",), Severity.WARNING),
        ("salary: {min: 100, currency: XQX}", ("salary", "currency"), Severity.WARNING),
        ("salary: {min: 100, max: 9, currency: EUR}", ("salary", "max"), Severity.WARNING),
        ("salary: a lot", ("salary",), Severity.ERROR),
        ("closes: soon", ("closes",), Severity.ERROR),
        ("closes: 2026-03-29 02:30", ("closes",), Severity.ERROR),
        ("remote: perhaps", ("remote",), Severity.ERROR),
        ("apply: by post", ("apply", "url"), Severity.ERROR),
    ],
)
def test_severity(fields: str, path: tuple[str | int, ...], severity: Severity) -> None:
    """What is odd is a warning, what would be lost or stand at a wrong time an error."""
    assert [(each.at.path, each.severity) for each in decoded(f"{JOB}{fields}\n").problems] == [(path, severity)]


def test_a_type_that_is_not_known() -> None:
    """Types are an open list: another one is noted."""
    (problem,) = decoded(JOB.replace("type: job", "type: jobb")).problems
    assert (problem.at.path, problem.severity, problem.hint) == (("type",), Severity.NOTE, "did you mean job?")


# --- How they come and go

BOARD = f"""{JOB}posted: 2026-11-10
closes: 2026-11-20
skills: Rust
tags: lifts
location: Oslo, Norway
organization: loom
-- opportunities/grant.yaml --
title: Travel grant
type: funding
posted: 2026-11-01
-- organizations/loom.yaml --
name: The Loom
"""


def titles(path: str, now: str, section: str = "") -> list[str]:
    """What a page lists."""
    inputs = outputs(BOARD, now)[path].inputs
    faces = next(each.items for each in inputs.sections if each.name == section) if section else inputs.cards
    return [shown(each, Card).title for each in faces]


@pytest.mark.parametrize(
    ("now", "board", "standing"),
    [
        ("2026-11-09T23:59:59+01:00", ["Travel grant"], ("apply-early",)),
        ("2026-11-10T00:00+01:00", ["Lift engineer", "Travel grant"], ()),
        ("2026-11-20T23:59:59+01:00", ["Lift engineer", "Travel grant"], ()),
        ("2026-11-21T00:00+01:00", ["Travel grant"], ("apply-closed",)),
    ],
)
def test_the_board(now: str, board: list[str], standing: tuple[str, ...]) -> None:
    """What is open stands there, the newest first; the page stays, and says what is so."""
    assert titles("opportunities/index.html", now) == board
    assert titles("index.html", now, "opportunities") == board
    found = outputs(BOARD, now)
    assert found["opportunities/job/index.html"].inputs.standing == standing
    is_open = not standing
    for path in ("skills/rust/index.html", "tags/lifts/index.html", "places/norway/oslo/index.html"):
        assert (path in found) is is_open
    names = {each.name for each in found["organizations/loom/index.html"].inputs.sections}
    assert ("organization_opportunities" in names) is is_open
    site, _ = linked(BOARD, now)
    assert ("opportunities/job" in {each.ref for each in site.feed}) is is_open
    assert site.counts["opportunities"] == 2


@pytest.mark.parametrize(
    ("now", "since", "until"),
    [
        ("2026-11-05", "2026-11-01", "2026-11-10"),
        ("2026-11-10", "2026-11-10", "2026-11-21"),
        ("2026-11-21", "2026-11-21", None),
    ],
)
def test_until_when_it_is_so(now: str, since: str, until: str | None) -> None:
    """The site must change when one is posted, and after its last day."""
    interval = linked(BOARD, now)[0].interval
    assert (interval.since, interval.until) == (epoch(since), until and epoch(until))


@pytest.mark.parametrize(("now", "there"), [("2026-11-05", False), ("2026-11-15", True), ("2026-11-26", False)])
def test_calls_of_events(now: str, *, there: bool) -> None:
    """Events that look for talks stand on the board as long as they do."""
    text = BOARD + (
        "-- events/agm.yaml --\ntitle: AGM\nstart: 2026-12-01\n"
        "call: {url: https://a.example/, opens: 2026-11-10, closes: 2026-11-25}\n"
        "-- events/past.yaml --\ntitle: Past\nstart: 2025-12-01\ncall: https://a.example/\n"
    )
    found = outputs(text, now)["opportunities/index.html"].inputs.sections
    calls = next(each for each in found if each.name == "calls")
    assert [shown(each, Card).title for each in calls.items] == (["AGM"] if there else [])


def test_a_board_of_calls_alone() -> None:
    """An event that looks for talks opens a board where there is nothing else on it."""
    text = "-- events/agm.yaml --\ntitle: AGM\nstart: 2026-12-01\ncall: https://a.example/\n"
    assert "opportunities/index.html" in outputs(text)
    assert "opportunities" in sections(linked(text)[0])
    assert "opportunities/index.html" not in outputs(text, "2026-12-02")
    assert "opportunities" not in sections(linked(text, "2026-12-02")[0])
