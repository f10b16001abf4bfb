"""What is right by the visitor's clock: what pages give to clock.js, and what that makes of it."""

import datetime as dt
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.scripts import STATIC, script
from tests.sites import SITE, Project
from tests.visible import visible

Make = Callable[[str], Project]
CLOCK = Path(__file__).parent / "clock.mjs"
NODE = shutil.which("node")
needs_node = pytest.mark.skipif(
    not NODE and not os.environ.get("SITEGEN_ALL_TESTS"), reason="node runs the theme's script"
)
OSLO = "Europe/Oslo"


def moment(text: str) -> int:
    """Seconds since 1970, of a time in UTC or with an offset."""
    found = dt.datetime.fromisoformat(text)
    return int((found if found.tzinfo else found.replace(tzinfo=dt.UTC)).timestamp())


# --- The script


def ran(elements: list[dict[str, Any]], now: str, zone: str = OSLO, language: str = "en", later: str = "") -> Any:
    """What elements have become at a moment, and after a later one, in a browser of that zone."""
    assert NODE, "node is to be there where everything is set up"
    asked = {
        "script": script("clock.js"),
        "language": language,
        "words": "{time} in your time zone",
        "now": moment(now),
        "elements": elements,
        "later": moment(later) if later else 0,
    }
    environment = {**os.environ, "TZ": zone}
    done = subprocess.run(
        [NODE, CLOCK], input=json.dumps(asked), capture_output=True, text=True, check=True, env=environment
    )
    found = json.loads(done.stdout)
    return found if later else found[0]


def between(since: str, until: str, **more: Any) -> dict[str, Any]:
    """An element that comes and goes."""
    data = {"from": since and str(moment(since)), "until": until and str(moment(until))}
    return {"data": {key: text for key, text in data.items() if text}, "hidden": bool(since), **more}


def event(begins: str, ends: str, zone: str = OSLO, *, days: bool = False, classes: str = "soon") -> dict[str, Any]:
    """An element that says when an event is."""
    data = {"begins": str(moment(begins)), "ends": str(moment(ends)) if ends else None, "zone": zone}
    data |= {"days": ""} if days else {}
    return {"data": {key: text for key, text in data.items() if text is not None}, "classes": [classes]}


def test_the_script_is_small() -> None:
    """It is less than 5 kB, takes nothing from elsewhere, and knows no word of any language."""
    text = (STATIC / "clock.js").read_text("utf-8")
    assert len(text.encode()) < 5_000
    code = "\n".join(line for line in text.splitlines() if not line.startswith("//"))
    assert not re.search(r"\bimport\b|https?:|innerHTML|\b(?:today|tomorrow|time zone)\b", code)


@needs_node
def test_what_is_over_leaves_and_what_comes_next_takes_its_place() -> None:
    """At the moment itself, neither before nor after, and also while the page is open."""
    elements = [between("", "2026-12-01T19:00"), between("2026-12-01T19:00", "2026-12-08T19:00")]
    before, after = ran(elements, "2026-12-01T18:59:59", later="2026-12-01T19:00:00")
    assert [each["hidden"] for each in before] == [False, True]
    assert [each["hidden"] for each in after] == [True, False]
    assert [each["hidden"] for each in ran(elements, "2026-12-08T19:00:00")] == [True, True]


@needs_node
def test_what_an_address_leads_to_stays() -> None:
    """A date of a series to which a link leads is shown when it is over, too."""
    (found,) = ran([between("", "2026-12-01T19:00", target=True)], "2026-12-02T12:00")
    assert not found["hidden"]


@needs_node
@pytest.mark.parametrize(
    ("now", "says"),
    [
        ("2026-06-01T12:00", "in 6 months"),
        ("2026-11-05T12:00", "in 4 weeks"),
        ("2026-11-28T12:00", "in 3 days"),
        ("2026-11-30T22:59", "tomorrow"),
        ("2026-11-30T23:00", "today"),
        ("2026-12-01T16:59", "today"),
        ("2026-12-01T17:00", "now"),
        ("2026-12-01T18:59", "now"),
        ("2026-12-01T19:00", ""),
    ],
)
def test_how_long_it_is(now: str, says: str) -> None:
    """Days are those of the event's own clock; while it goes on it is now, and then nothing is said."""
    (found,) = ran([event("2026-12-01T17:00", "2026-12-01T19:00")], now, "America/Los_Angeles")
    assert (found["text"], found["hidden"]) == (says, not says)


@needs_node
@pytest.mark.parametrize(
    ("ends", "now", "says"),
    [
        ("2026-12-01T23:00", "2026-11-30T22:59", "tomorrow"),
        ("2026-12-01T23:00", "2026-12-01T12:00", "today"),
        ("2026-12-03T23:00", "2026-12-01T12:00", "now"),
        ("2026-12-03T23:00", "2026-12-03T12:00", "now"),
        ("2026-12-03T23:00", "2026-12-03T23:00", ""),
    ],
)
def test_whole_days(ends: str, now: str, says: str) -> None:
    """A whole day is today on it; of several days it is now on each."""
    (found,) = ran([event("2026-11-30T23:00", ends, days=True)], now)
    assert found["text"] == says


@needs_node
def test_days_when_clocks_change() -> None:
    """The night that has an hour more or less is one day like others."""
    spring, autumn = event("2027-03-28T16:00", "2027-03-28T17:00"), event("2026-10-25T17:00", "2026-10-25T18:00")
    assert ran([spring], "2027-03-27T22:30")[0]["text"] == "tomorrow"  # half past eleven in the evening
    assert ran([autumn], "2026-10-24T21:30")[0]["text"] == "tomorrow"
    assert ran([autumn], "2026-10-24T22:30")[0]["text"] == "today"


@needs_node
@pytest.mark.parametrize(
    ("zone", "language", "ends", "says"),
    [
        (OSLO, "en-GB", "2026-12-01T19:00", ""),
        ("Europe/Vienna", "en-GB", "2026-12-01T19:00", ""),
        ("Europe/London", "en-GB", "2026-12-01T19:00", "17:00–19:00"),
        ("Europe/London", "en-GB", "", "17:00"),
        ("America/New_York", "en-US", "2026-12-01T19:00", "12:00 – 2:00 PM"),
        ("Asia/Tokyo", "en-GB", "2026-12-01T19:00", "Wed 2 Dec, 02:00–04:00"),
        ("Asia/Tokyo", "es", "", "mié, 2 dic, 2:00"),
        ("Asia/Karachi", "en-GB", "2026-12-01T19:00", "Tue 1 Dec, 22:00 – Wed 2 Dec, 00:00"),
    ],
)
def test_the_visitors_own_clock(zone: str, language: str, ends: str, says: str) -> None:
    """The hours are said where the visitor's clock shows others, in the page's language; the day where that differs."""
    (found,) = ran(
        [{**event("2026-12-01T17:00", ends, classes="hours"), "inside": {"hidden": True}}],
        "2026-11-25T12:00",
        zone,
        language,
    )
    text = re.sub(r"\s", " ", found["title"].removesuffix(" in your time zone"))
    assert text == says
    assert found["inside"]["hidden"] is not bool(says)
    assert found["inside"]["text"] == (f"({found['title']})" if says else "")


# --- What pages give to it

CLUB = """
-- events/club.yaml --
title: Book club
start: 2026-12-01 18:00
end: 20:00
registration: {url: "https://r.example/", opens: 2026-11-28, closes: 2026-12-20}
repeats:
  every: week
  count: 6
  changes:
    2026-12-08: cancelled
-- events/party.yaml --
title: Party
start: 2026-12-03 18:00
call: {url: "https://c.example/", closes: 2026-11-29}
"""
BOARD = """
-- opportunities/mend.yaml --
title: Mend the lift
type: job
closes: 2026-11-30
apply: https://a.example/
-- members/ada.yaml --
name: Ada Okafor
offers: [{topic: A spare bed, until: 2026-12-05}, Tea]
-- members/bo.yaml --
name: Bo Lind
seeks: [{topic: A ladder, until: 2026-12-10}]
"""


def seen(page: str, now: str) -> str:
    """The page as the script leaves it at a moment: what comes and goes is there, or hidden."""
    at = moment(now)

    def shown(tag: re.Match[str]) -> str:
        since, until = (re.search(rf' data-{name}="(\d+)"', tag[0]) for name in ("from", "until"))
        if not since and not until:
            return tag[0]
        there = (not since or int(since[1]) <= at) and (not until or at < int(until[1]))
        bare = re.sub(r' hidden(?=[ >])|"hidden"', "", tag[0])
        return bare if there else f"{bare[:-1]} hidden>"

    return visible(re.sub(r"<[a-z][^>]*>", shown, page))


def words(page: str) -> str:
    """The words of a page between its head and foot."""
    main = page.partition("<main")[2].partition("<footer")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.fixture
def club(make: Make) -> Project:
    """The club and the board, on 25 November."""
    made = make(SITE + CLUB + BOARD)
    assert not made.build("2026-11-25").failed
    return made


def test_pages_that_have_nothing_for_it(club: Project) -> None:
    """Where nothing comes or goes there is no script."""
    asks = {path: "/assets/clock." in club.read(path) for path in club.output() if str(path).endswith("index.html")}
    there = ("index.html", "events/index.html", "events/club/index.html", "exchange/index.html")
    assert all(
        asks[path] for path in (*there, "members/index.html", "members/ada/index.html", "opportunities/index.html")
    )
    assert not asks["search/index.html"]


COUNTS = re.compile(r" (?:All )?\d+ (?:past )?events?| One past event| Past events")
"""How many there are is said as it was when the site was built."""


@pytest.mark.parametrize("path", ["index.html", "events/index.html"])
def test_lists_roll_over(club: Project, path: str) -> None:
    """At each moment lists say what they would say if the site were built then, also of a date that follows another."""
    page = club.read(path)
    for now in ("2026-11-25", "2026-12-02", "2026-12-04", "2026-12-16", "2026-12-23"):
        text = words(seen(page, f"{now}T00:00"))
        club.build(f"{now}T01:00+01:00")
        assert COUNTS.sub("", text) == COUNTS.sub("", words(visible(club.read(path)))), now


def test_nothing_is_left(make: Make) -> None:
    """When the last event is over the page says that none is planned, and how to hear of the next."""
    made = make(SITE + CLUB.partition("-- events/party")[2].join(("-- events/party", "")))
    made.build("2026-11-25")
    for path in ("index.html", "events/index.html"):
        page = made.read(path)
        assert "No events are planned" not in words(visible(page))
        assert "No events are planned" in words(seen(page, "2026-12-04T12:00"))
        assert "Party" not in words(seen(page, "2026-12-04T12:00"))


def test_a_repetition_that_goes_on(make: Make) -> None:
    """When all dates that a page has are over, it does not say that none is planned."""
    made = make(SITE + CLUB.partition("-- events/party")[0].replace("  count: 6\n", ""))
    made.build("2026-11-25")
    for path in ("index.html", "events/index.html"):
        text = words(seen(made.read(path), "2027-06-01T12:00"))
        assert "What comes next stands in the calendar." in text
        assert "No events are planned" not in text


def test_the_page_of_an_event(club: Project) -> None:
    """When it is over it is a past event that nobody is asked to come to; its call closes and registration opens."""
    page = club.read("events/party/index.html")
    before = words(seen(page, "2026-11-29T22:00"))
    assert "Send a proposal" in before
    assert "open until November 29" in before
    closed = words(seen(page, "2026-11-29T23:00"))
    assert "Send a proposal" not in closed
    assert "closed on November 29" in closed
    assert "Past event" not in closed
    assert "Add to calendar" in closed
    after = words(seen(page, "2026-12-03T18:00"))
    assert "Past event" in after
    assert not re.search("Add to calendar|Google", after)
    early = words(seen(club.read("events/club/index.html"), "2026-11-27T22:59"))
    opened = words(seen(club.read("events/club/index.html"), "2026-11-27T23:00"))
    assert "Registration opens on" in early
    assert not re.search(r"\bRegister\b", early)
    assert "Registration opens on" not in opened
    assert re.search(r"\bRegister\b", opened)


def test_the_page_of_a_series(club: Project) -> None:
    """The next date that takes place comes to its head, and what is over leaves its dates; the last one says so."""
    page = club.read("events/club/index.html")
    first, then = (words(seen(page, f"{now}T20:00")) for now in ("2026-11-30", "2026-12-01"))
    assert "Next date 1 Tuesday December 2026" in first
    assert "Next date 15 Tuesday December 2026" in then
    last = words(seen(page, "2027-01-06T00:00"))
    assert "Next date" not in last
    assert "Dates Tue" not in last


def test_opportunities_and_offers(club: Project) -> None:
    """What is closed leaves the board and its own page says so; offers and needs end on profiles and the exchange."""
    board, own = club.read("opportunities/index.html"), club.read("opportunities/mend/index.html")
    assert "Mend the lift" in words(seen(board, "2026-11-30T22:59"))
    closed = words(seen(board, "2026-11-30T23:00"))
    assert "Mend the lift" not in closed
    assert "Nothing is open at present." in closed
    assert "Apply" in words(seen(own, "2026-11-30T22:59"))
    assert "Apply" not in words(seen(own, "2026-11-30T23:00"))
    assert "Closed." in words(seen(own, "2026-11-30T23:00"))
    ada, exchange = club.read("members/ada/index.html"), club.read("exchange/index.html")
    assert "A spare bed" in words(seen(ada, "2026-12-05T22:59"))
    assert "A spare bed" not in words(seen(ada, "2026-12-05T23:00"))
    assert "Tea" in words(seen(ada, "2026-12-05T23:00"))
    assert "A spare bed" not in words(seen(exchange, "2026-12-05T23:00"))
    assert "A ladder" in words(seen(exchange, "2026-12-10T22:59"))
    assert "A ladder" not in words(seen(exchange, "2026-12-10T23:00"))


def test_how_long_it_is_stands_on_no_page(club: Project) -> None:
    """The words are made by the script alone: without one the place for them is hidden."""
    for path in ("index.html", "events/party/index.html"):
        page = club.read(path)
        assert re.search(r'<span class="soon" hidden data-begins="\d+" data-ends="\d+" data-zone="[^"]+"></span>', page)
        assert '<span class="yours" hidden></span>' in page
        assert 'data-yours="{time} in your time zone"' in page
