"""Links that put an event into a calendar on the web."""

from urllib.parse import parse_qs, urlsplit

from sitegen.model import VEvent, When
from sitegen.webcal import links

TALK = When("2026-11-07T18:00", "2026-11-07T20:00", "Europe/Oslo", 1794070800, 1794078000)
CAMP = When("2026-11-07", "2026-11-09", "Europe/Oslo", 1794006000, 1794265200)


def queries(when: When) -> dict[str, dict[str, str]]:
    """What each calendar is asked to put down."""
    event = VEvent("u", 0, 0, when, "Talk & tea: 50 %", "/events/talk/", "On lifts.", "Old Hall, Oslo")
    found = {
        link.title: parse_qs(urlsplit(link.url).query) for link in links(event, when, "https://a.example/events/talk/")
    }
    return {title: {name: value for name, (value,) in query.items()} for title, query in found.items()}


def test_a_time() -> None:
    """It is an instant, whatever the calendar's own zone; title, place and the way back are in it."""
    found = queries(TALK)
    assert found["Google"]["dates"] == "20261107T170000Z/20261107T190000Z"
    assert (found["Outlook"]["startdt"], found["Outlook"]["enddt"]) == ("2026-11-07T17:00:00Z", "2026-11-07T19:00:00Z")
    assert found["Outlook"] == found["Office 365"]
    assert (found["Google"]["text"], found["Google"]["location"]) == ("Talk & tea: 50 %", "Old Hall, Oslo")
    assert found["Google"]["details"] == "On lifts.\n\nhttps://a.example/events/talk/"


def test_whole_days() -> None:
    """They have no time, and end the day after the last."""
    found = queries(CAMP)
    assert found["Google"]["dates"] == "20261107/20261110"
    assert (found["Outlook"]["startdt"], found["Outlook"]["enddt"]) == ("2026-11-07", "2026-11-10")
    assert found["Outlook"]["allday"] == "true"
