"""News: what becomes of each field, and that an announcement is one as soon as its day has come."""

import pytest

from sitegen.model import Card, Reference, shown
from sitegen.problems import Severity
from tests.steps import decoded, entry_of, epoch, linked, outputs

MOVED = "-- news/moved.md --\n---\ntitle: We have moved\ndate: 2026-11-20\n---\nTo a new *house*.\n"


def test_an_announcement() -> None:
    """A title and a day are what it needs; the text is the body of the file."""
    entry = entry_of(MOVED)
    assert (entry.ref, entry.url, entry.title) == ("news/moved", "/news/moved/", "We have moved")
    assert shown(entry.card, Card) == Card("news", "We have moved", "/news/moved/", published="2026-11-20")
    assert shown(entry.full, dict)["date"] == "2026-11-20"
    assert entry.published == entry.updated == epoch("2026-11-20")
    assert entry.body


def test_who_wrote_it() -> None:
    """Authors are people in their order."""
    entry = entry_of("-- news/moved.yaml --\ntitle: M\ndate: 2026-11-20\nauthors: [ada, {name: Bo Ek, role: chair}]\n")
    assert entry.references == (
        Reference("authors", ("authors", 0, "person"), id="ada"),
        Reference("authors", ("authors", 1, "person"), name="Bo Ek", role="chair"),
    )


@pytest.mark.parametrize("field", ["title", "date"])
def test_what_it_needs(field: str) -> None:
    """Without a title or a day it is none."""
    text = "".join(line for line in MOVED.splitlines(keepends=True) if not line.startswith(field))
    (problem,) = decoded(text).problems
    assert (problem.message, problem.severity) == (f"{field} is missing", Severity.ERROR)


NEWS = (
    MOVED
    + """
-- news/old.yaml --
title: Founded
date: 2020
authors: ada
-- news/later.yaml --
title: Later
date: 2026-11-24 09:00
-- members/ada.yaml --
name: Ada Okafor
"""
)


def test_the_list() -> None:
    """The newest stand first; on the first page, too."""
    found = outputs(NEWS)
    cards = [shown(each, Card).title for each in found["news/index.html"].inputs.cards]
    assert cards == ["Later", "We have moved", "Founded"]
    section = next(each for each in found["index.html"].inputs.sections if each.name == "news")
    assert [shown(each, Card).title for each in section.items] == cards
    sections = {each.name for each in found["members/ada/index.html"].inputs.sections}
    assert "authors_news" in sections


@pytest.mark.parametrize(
    ("now", "feed"),
    [
        ("2026-11-24T08:59:59+01:00", ["moved", "old"]),
        ("2026-11-24T09:00+01:00", ["later", "moved", "old"]),
    ],
)
def test_feeds_have_what_is_published_by_now(now: str, feed: list[str]) -> None:
    """A feed has no news of tomorrow: whoever reads it would never see that again. The site changes when it comes."""
    site, _ = linked(NEWS, now)
    assert [each.id for each in site.feed] == feed
    assert (site.interval.until == epoch("2026-11-24T09:00")) is (len(feed) == 2)
