"""The directory in a browser: narrowed by text and facets, shared by its address, told to those who do not see it."""

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser import WIDTHS, Open

if TYPE_CHECKING:
    from playwright.sync_api import Page

NAMES = ".directory .rows > li .name"


def told(page: "Page", what: str = r"\d+ of \d+ members") -> int:
    """How many people are found, when that has been told."""
    status = page.locator(".directory [role=status]").filter(has_text=re.compile(what))
    status.wait_for()
    return int(re.findall(r"\d+", status.inner_text())[0])


def unfold(page: "Page", facet: str = "") -> None:
    """Unfold what narrows further, and a facet in it. On a desk the former is open."""
    whole = page.locator("#narrow .further")
    if whole.get_attribute("open") is None:
        whole.locator("> summary").click()
    if facet:
        whole.locator("details", has=page.locator(f"[data-facet={facet}]")).locator("summary").click()
        page.locator(f"#narrow [data-facet={facet}] label").first.wait_for()


@pytest.mark.parametrize("typed", ["gschwandtner", "GSCHW", "bartholomaus", "gschwantner"])
def test_text_forgives(tab: Open, typed: str) -> None:
    """Somebody is found by the beginning of a name, in any case, without accents, and in spite of one slip."""
    page = tab("/members/")
    page.locator("#narrow-q").fill(typed)
    assert told(page) >= 1
    assert "Gschwandtner" in page.locator(NAMES).first.inner_text()


@pytest.mark.parametrize("width", WIDTHS.values())
def test_facets_narrow(tab: Open, width: int) -> None:
    """A facet says how many it has, and shows as many; with another one there are at most as many."""
    page = tab("/members/", width=width)
    unfold(page, "skills")
    label = page.locator("#narrow [data-facet=skills] label").first
    count = int(re.findall(r"\d+", label.locator(".soft").inner_text())[-1])
    label.locator("input").check()
    assert told(page) == count == page.locator(NAMES).count()
    unfold(page, "places")
    page.locator("#narrow [data-facet=places] label").first.locator("input").check()
    page.wait_for_url(re.compile(r"skills=.*places="))
    assert 1 <= told(page) <= count


def test_address_is_shared(tab: Open) -> None:
    """Who follows the address of a narrowed directory sees the same people, and "Start anew" brings everybody back."""
    page = tab("/members/")
    page.locator("#narrow-q").fill("clock")
    count = told(page)
    page.wait_for_url("**/members/?q=clock")
    other = tab(page.url.partition(page.url.split("/members/")[0])[2])
    assert told(other) == count
    assert other.locator("#narrow-q").input_value() == "clock"
    assert other.locator(NAMES).all_inner_texts() == page.locator(NAMES).all_inner_texts()
    unfold(other)
    other.locator("#narrow button[type=reset]").click()
    other.wait_for_url("**/members/")
    assert told(other, r"^\d+ members") > count


def test_nobody(tab: Open) -> None:
    """Where nobody fits it is said what to do."""
    page = tab("/members/?q=xyzzyqq")
    page.locator("#nobody").wait_for()
    assert page.locator(NAMES).count() == 0
