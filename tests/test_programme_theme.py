"""The theme "programme": what its pages say of events, at which moment."""

import re
from collections.abc import Callable

import pytest

from tests.sites import SITE, Project

Make = Callable[[str], Project]

CLUB = """
-- events/club.yaml --
title: Book club
start: 2026-12-01 18:00
end: 20:00
registration: {url: "https://r.example/", opens: 2026-11-20, closes: 2026-12-20}
online: https://meet.example/club
repeats:
  every: week
  count: 4
  also: [2026-12-04 11:00]
  changes:
    2026-12-08: {end: "23:00"}
    2026-12-15: cancelled
    2026-12-22: {start: 2026-12-23, title: "Book club: Dune"}
"""


def text_of(made: Project, path: str, now: str) -> str:
    """The words of a page, built at a moment."""
    assert not made.build(now).failed
    page = re.sub(r"<[^>]+>", " ", made.read(path).partition("<main")[2].partition("<footer")[0])
    return " ".join(page.split())


def date(made: Project, anchor: str) -> str:
    """The words of one date of the club."""
    page = made.read("events/club/index.html")
    found = re.search(rf'<li id="{anchor}".*?(?=<li id="\d|</ol>)', page, re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


def test_dates_of_a_repetition(make: Make) -> None:
    """Each says what is different on it: its hours, that it is cancelled, whence it was moved, what it is called."""
    made = make(SITE + CLUB)
    text = text_of(made, "events/club/index.html", "2026-11-25")
    assert "Every Tuesday" in text
    assert "11:00" in date(made, "2026-12-04")
    assert "11:00" in date(made, "2026-12-08")  # in the evening, on a clock of twelve hours
    assert "Cancelled" in date(made, "2026-12-15")
    assert "moved from December 22, 2026" in date(made, "2026-12-22")
    assert "Book club: Dune" in date(made, "2026-12-22")


@pytest.mark.parametrize(
    ("now", "says", "silent"),
    [
        ("2026-11-19", ("Registration opens on", "Registration closes on", "Google"), ("Register ",)),
        ("2026-11-25", ("Register ", "Join online", "Google", "Outlook", "Office 365", "Apple"), ("opens on",)),
        ("2026-12-21", ("Registration closed on", "Join online"), ("Register ",)),
        ("2027-01-01", ("Last date",), ("Register ", "Join online", "Google", "Add all dates")),
    ],
)
def test_what_one_can_do(make: Make, now: str, says: tuple[str, ...], silent: tuple[str, ...]) -> None:
    """One can register while that is open, and join and put into a calendar what is not over."""
    text = text_of(make(SITE + CLUB), "events/club/index.html", now)
    head = text.partition("Dates")[0] if "Last date" not in text else text.partition("Practical")[0]
    assert [each for each in says if each not in text] == []
    assert [each for each in silent if each in head] == []


def test_when_only_cancelled_dates_are_left(make: Make) -> None:
    """The page says so, and asks nobody to come."""
    made = make(
        SITE + CLUB.replace('2026-12-22: {start: 2026-12-23, title: "Book club: Dune"}', "2026-12-22: cancelled")
    )
    head = text_of(made, "events/club/index.html", "2026-12-14").partition("Dates")[0]
    assert "Cancelled" in head
    assert not re.search(r"Google|Join online|Register ", head)


def test_no_page_tells_how_long_it_is_until_then(make: Make) -> None:
    """What would be wrong tomorrow is not written: pages of two days differ in nothing while no date is over."""
    made = make(SITE + CLUB)
    made.build("2026-11-25")
    before = made.output()
    made.build("2026-11-30")
    assert made.output() == before


def test_a_sheet_is_a_table(make: Make) -> None:
    """A month has its weeks as rows with the days of the week as heads, and what takes place links to its date."""
    made = make(SITE + CLUB)
    made.build("2026-11-25")
    page = made.read("events/calendar/2026-12/index.html")
    assert page.count("<tr") == 1 + 5
    assert len(re.findall(r"<th[ >]", page)) == 7
    assert 'href="/events/club/#2026-12-15"' in page
