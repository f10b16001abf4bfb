"""Resources: what becomes of each field, and where they are found."""

from typing import Any

import pytest

from sitegen.model import Card, Reference, shown
from sitegen.problems import Severity
from tests.steps import decoded, entry_of, epoch, outputs

GUIDE = "-- resources/oiling.yaml --\ntitle: Oiling guide\n"


def test_the_least_resource() -> None:
    """A title is enough for a page and a card; a resource without a date is in no feed."""
    entry = entry_of(GUIDE)
    assert (entry.ref, entry.url, entry.title) == ("resources/oiling", "/resources/oiling/", "Oiling guide")
    assert shown(entry.card, Card) == Card("resources", "Oiling guide", "/resources/oiling/")
    assert (entry.published, entry.vevent) == (None, None)


@pytest.mark.parametrize(
    ("fields", "name", "value"),
    [
        ("type: guide", "type", "guide"),
        ("date: 2026-5-1", "date", "2026-05-01"),
        ("url: https://a.example/", "url", "https://a.example/"),
        ("file: /files/oil.pdf", "file", "/files/oil.pdf"),
        ("file: files/oil.pdf", "file", "/files/oil.pdf"),
        ("level: beginners", "level", "beginners"),
    ],
)
def test_what_a_page_shows(fields: str, name: str, value: Any) -> None:
    """The page has what was written."""
    assert shown(entry_of(f"{GUIDE}{fields}\n").full, dict)[name] == value


def test_what_a_card_shows() -> None:
    """Lists say what it is and of when."""
    card = shown(entry_of(f"{GUIDE}type: guide\ndate: 2026-05\nsummary: Which oil?\n").card, Card)
    assert (card.type, card.published, card.summary) == ("guide", "2026-05", "Which oil?")


def test_who_made_it_and_where() -> None:
    """Authors are people in their order; the event is one that it comes from."""
    entry = entry_of(f"{GUIDE}authors: [ada, Bo Ek]\nevent: agm\n")
    assert entry.references == (
        Reference("authors", ("authors", 0, "person"), id="ada"),
        Reference("authors", ("authors", 1, "person"), name="Bo Ek"),
        Reference("event", ("event",), kind="events", id="agm"),
    )


@pytest.mark.parametrize(
    ("fields", "published", "updated"),
    [
        ("date: 2026-05-01", "2026-05-01", "2026-05-01"),
        ("date: 2026-05-01\nupdated: 2026-06-01", "2026-05-01", "2026-06-01"),
        ("date: 2020\npublish_date: 2026-05-01", "2026-05-01", "2026-05-01"),
        ("updated: 2026-06-01", "2026-06-01", "2026-06-01"),
    ],
)
def test_since_when_it_is(fields: str, published: str, updated: str) -> None:
    """Feeds have it since it was published, which is when it was made where nothing else is said."""
    entry = entry_of(f"{GUIDE}{fields}\n")
    assert (entry.published, entry.updated) == (epoch(published), epoch(updated))


@pytest.mark.parametrize(
    ("fields", "path", "severity"),
    [
        ("type: giude", ("type",), Severity.NOTE),
        ("url: https://a.example/\nfile: /files/a.pdf", ("file",), Severity.ERROR),
        ("file: /about/", ("file",), Severity.ERROR),
        ("url: a.example", ("url",), Severity.ERROR),
        ("event: Annual Meeting", ("event",), Severity.ERROR),
        ("date: soon", ("date",), Severity.ERROR),
    ],
)
def test_severity(fields: str, path: tuple[str | int, ...], severity: Severity) -> None:
    """What is read as meant is noted, what would lead nowhere an error."""
    assert [(each.at.path, each.severity) for each in decoded(f"{GUIDE}{fields}\n").problems] == [(path, severity)]


SITE = f"""{GUIDE}authors: ada
event: agm
date: 2026-05-01
tags: lifts
-- resources/slides.yaml --
title: Slides
date: 2026-06-01
-- resources/undated.yaml --
title: A paper
-- members/ada.yaml --
name: Ada Okafor
-- events/agm.yaml --
title: AGM
start: 2026-12-01
resources: slides
"""


def items(path: str) -> dict[str, list[dict[str, Any]]]:
    """What a page shows under its headings."""
    return {each.name: [shown(item, dict) for item in each.items] for each in outputs(SITE)[path].inputs.sections}


def test_where_it_is_found() -> None:
    """On the pages of its authors, of its event, and of its tags; the event also has what it names itself."""
    assert [each["title"] for each in items("members/ada/index.html")["authors_resources"]] == ["Oiling guide"]
    event = items("events/agm/index.html")
    assert [each["title"] for each in event["event_resources"]] == ["Oiling guide"]
    assert [(each["name"], each["url"]) for each in event["resources"]] == [("Slides", "/resources/slides/")]
    assert [each["title"] for each in items("tags/lifts/index.html")["resources"]] == ["Oiling guide"]
    assert [each["title"] for each in items("resources/slides/index.html")["resources_at"]] == ["AGM"]


def test_the_list() -> None:
    """The newest stand first, and what has no date last."""
    cards = [shown(each, Card).title for each in outputs(SITE)["resources/index.html"].inputs.cards]
    assert cards == ["Slides", "Oiling guide", "A paper"]
