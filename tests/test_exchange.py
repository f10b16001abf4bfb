"""The exchange: what people offer, seek and are available for, as far as it still holds."""

import pytest

from sitegen.model import Card, Wish, shown
from sitegen.problems import Severity
from tests.steps import decoded, entry_of, epoch, linked, outputs

ADA = """
-- members/ada.yaml --
name: Ada Okafor
offers: [{topic: Talks, note: on lifts, until: 2026-11-23}, A lift]
seeks: {topic: A loom, until: 2026-11-30 12:00}
available_for: [Boards]
"""


def test_wishes() -> None:
    """Each has its field, its words, and the moment after the last day on which it holds."""
    assert entry_of(ADA).wishes == (
        Wish("offers", "Talks", "on lifts", "2026-11-23", epoch("2026-11-24")),
        Wish("offers", "A lift"),
        Wish("seeks", "A loom", "", "2026-11-30T12:00", epoch("2026-11-30T12:00")),
        Wish("available_for", "Boards"),
    )


def test_nobody_asks_the_dead() -> None:
    """What somebody in memoriam offered and sought is nobody's any more."""
    assert entry_of(f"{ADA}status: in-memoriam\n").wishes == ()


@pytest.mark.parametrize(
    ("now", "offers", "seeks", "until"),
    [
        ("2026-11-23T23:59:59+01:00", ["Talks", "A lift"], ["A loom"], "2026-11-24"),
        ("2026-11-24T00:00:00+01:00", ["A lift"], ["A loom"], "2026-11-30T12:00"),
        ("2026-11-30T12:00:00+01:00", ["A lift"], [], None),
    ],
)
def test_what_holds(now: str, offers: list[str], seeks: list[str], until: str | None) -> None:
    """Page and card show what holds on the day; the site must change when the next of them ends."""
    site, _ = linked(ADA, now)
    (ada,) = site.members
    full = shown(ada.full, dict)
    assert shown(ada.card, Card).offers == tuple(offers)
    assert len(shown(ada.card, Card).ends) == (len(offers) if "Talks" in offers else 0), "the one that ends is Talks"
    assert [each["topic"] for each in full["offers"]] == offers
    assert [each["topic"] for each in full["seeks"]] == seeks
    assert full["available_for"] == [{"topic": "Boards"}]
    assert [each.topic for each in ada.wishes] == [*offers, *seeks, "Boards"]
    assert site.interval.until == (until and epoch(until))
    card = outputs(ADA, now)["members/index.html"].inputs.cards[0]
    assert shown(card, Card).offers == tuple(offers)


def test_what_always_holds_is_left_as_it_is() -> None:
    """Nothing of a profile is made anew where nothing has ended: notes and days stay as they were written."""
    site, _ = linked(ADA, "2026-11-01")
    assert site.members[0] == entry_of(ADA)
    assert shown(site.members[0].full, dict)["offers"][0] == {
        "topic": "Talks",
        "note": "on lifts",
        "until": "2026-11-23",
    }


@pytest.mark.parametrize("until", ["2026-03-29 02:30", "soon"])
def test_a_day_that_is_none(until: str) -> None:
    """A mistake is told at its place in the list."""
    problems = decoded(f"-- members/ada.yaml --\nname: A\noffers: [A, {{topic: B, until: {until}}}]\n").problems
    assert [(each.at.path, each.severity) for each in problems] == [(("offers", 1, "until"), Severity.ERROR)]
