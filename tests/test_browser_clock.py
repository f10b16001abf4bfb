"""The demonstration by the clocks of its visitors: what they see first, and what changes while they look."""

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest

from tests.browser import Open

if TYPE_CHECKING:
    from playwright.sync_api import Page

TITLES = "() => [...document.querySelectorAll('main .title')].filter((each) => each.checkVisibility())"
SHIFT = """() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((each) => { sum += each.value; }))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(sum), 300);
})"""


def titles(page: "Page") -> list[str]:
    """What events and others are called that are seen on a page."""
    found: list[str] = page.evaluate(f"({TITLES})().map((each) => each.textContent)")
    return found


def said(page: "Page", selector: str) -> list[str]:
    """The texts of elements that are seen."""
    return [each.inner_text() for each in page.locator(selector).all() if each.is_visible()]


def later(page: "Page", now: str) -> None:
    """The visitor comes back to the open page at another time."""
    page.clock.set_fixed_time(dt.datetime.fromisoformat(now))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


@pytest.mark.parametrize(
    ("zone", "yours"),
    [("Europe/Vienna", "12:00–13:30"), ("Asia/Tokyo", "20:00–21:30"), ("Africa/Cairo", "")],
)
def test_the_next_event(tab: Open, zone: str, yours: str) -> None:
    """Home says how long it is until then, and the hours by the visitor's clock where that shows others."""
    page = tab("/", timezone_id=zone)
    assert titles(page)[0] == "Up in the booth"
    assert said(page, ".soon") == ["in 2 days"]
    assert said(page, ".yours") == ([f"({yours} in your time zone)"] if yours else [])


def test_home_rolls_over(tab: Open) -> None:
    """While the page is open one event becomes the next one after the other, and each leaves the list before that."""
    page = tab("/", timezone_id="Europe/Vienna")
    first = titles(page)
    later(page, "2026-11-27T11:00+00:00")
    assert said(page, ".soon") == ["now"]
    assert titles(page) == first
    later(page, "2026-11-27T12:30+00:00")
    assert said(page, ".soon") == ["tomorrow"]
    assert titles(page)[:2] == first[1:3]
    later(page, "2027-11-27T12:30+00:00")
    assert not said(page, ".soon")
    assert "Coming up" not in said(page, "h2")


def test_events_roll_over(tab: Open) -> None:
    """On the list the months that are over leave, and a repetition goes on with its next date."""
    page = tab("/events/", timezone_id="Europe/Vienna")
    assert said(page, "h2")[0] == "November 2026"
    assert titles(page).count("Up in the booth") == 1
    later(page, "2026-12-01T00:00+01:00")
    assert said(page, "h2")[0] == "December 2026"
    later(page, "2027-01-20T00:00+01:00")
    assert said(page, "h2")[0] == "January 2027"
    assert "Up in the booth" in titles(page)


def test_an_event_is_over(tab: Open) -> None:
    """Its page says so, and offers neither calendar nor room."""
    page = tab("/events/2026-12-open-bench/", now="2026-12-02T18:00+01:00", timezone_id="America/New_York")
    assert said(page, ".soon") == ["today"]
    assert said(page, ".yours") == ["(12:30–14:00 in your time zone)"]
    assert page.get_by_text("Add to calendar").is_visible()
    later(page, "2026-12-02T20:00+01:00")
    assert said(page, ".over") == ["Past event"]
    assert not page.get_by_text("Add to calendar").is_visible()
    assert not page.get_by_text("Join online").is_visible()


def test_another_language(tab: Open) -> None:
    """The words that the browser makes are those of the page's language."""
    page = tab("/es/", now="2026-11-26T12:00+01:00", timezone_id="Europe/Vienna")
    assert said(page, ".soon") == ["mañana"]


@pytest.mark.parametrize("path", ["/", "/events/", "/events/open-bench-vienna/", "/exchange/", "/opportunities/"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves(tab: Open, path: str, width: int) -> None:
    """What the script changes is changed before it is seen: nothing of the page is shifted."""
    page = tab(path, width=width, now="2026-12-08T12:00+01:00", timezone_id="Asia/Tokyo")
    assert page.evaluate(SHIFT) == 0


def test_without_a_script(tab: Open) -> None:
    """The page is the one that was built, and has no place for words that nobody makes."""
    page = tab("/", java_script_enabled=False, now=None)
    assert not said(page, ".soon, .yours")
    assert page.locator("[data-from]").count() > 0
    assert not any(each.is_visible() for each in page.locator("[data-from]").all())


@pytest.mark.parametrize(("now", "there"), [("2027-05-31T12:00+02:00", True), ("2027-06-02T12:00+02:00", False)])
def test_offers_end(tab: Open, now: str, *, there: bool) -> None:
    """What somebody offers until some day leaves the directory after it, as it was made and as it is narrowed."""
    page = tab("/members/", now=now, timezone_id="Europe/Vienna")
    kofi = page.locator(".directory .rows > li", has_text="Kofi Asante-Boateng")
    fingers = kofi.get_by_text("Controller fingers")
    assert fingers.is_visible() is there
    page.locator("#narrow-q").fill("kofi")
    page.locator(".directory [role=status]").filter(has_text=re.compile("^1 of")).wait_for()
    assert fingers.count() == there
    assert kofi.get_by_text("Motor rewinding").is_visible()
