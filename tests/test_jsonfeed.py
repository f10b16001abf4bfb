"""JSON feeds, held against what the standard says of each of their members (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from msgspec import structs

from sitegen import feed
from sitegen.formats import atom, jsonfeed
from sitegen.model import Referent
from tests import nasty
from tests.feeds import CONFIG, SITE, UID, entry, files, page, when
from tests.sites import Project

TEXT = {"type": "string", "minLength": 1}
URL = {"type": "string", "pattern": r"^https?://[\x21-\x7e]+$"}
TIME = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}
AUTHORS = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["name"],
        "properties": {"name": TEXT, "url": URL},
    },
}
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": TEXT,
        "home_page_url": URL,
        "feed_url": URL,
        "description": TEXT,
        "language": TEXT,
        "authors": AUTHORS,
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["id"],
                "oneOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
                "properties": {
                    **dict.fromkeys(("id", "title", "content_html", "content_text", "summary", "language"), TEXT),
                    **dict.fromkeys(("url", "image"), URL),
                    **dict.fromkeys(("date_published", "date_modified"), TIME),
                    "authors": AUTHORS,
                    "tags": {"type": "array", "minItems": 1, "items": TEXT},
                },
            },
        },
    },
}


def read(data: bytes) -> Any:
    """The feed as it is read."""
    found = json.loads(data)
    jsonschema.validate(found, SCHEMA)
    return found


def test_a_feed() -> None:
    """It has all that the standard has words for, and of an entry no more than its page shows."""
    news = entry(
        "Lifts & looms",
        body="The [plan](p.pdf)",
        updated="2026-11-02T10:30",
        tags=("Safety", "R&D"),
        card={"summary": "Two lifts", "image": "/news/lifts/lift.jpg", "lang": "en-GB"},
    )
    people = (Referent("authors", "Ada Okafor", "/members/ada/"), Referent("authors", "Jane Doe"))
    about = page(url="/news/lifts/", about=news, referents=people)
    (data,) = files(jsonfeed.FORMAT, page(news), about).values()
    assert read(data) == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Working Order: News",
        "home_page_url": "https://example.org/news/",
        "feed_url": "https://example.org/news/feed.json",
        "description": "Lifts and looms",
        "language": "en",
        "authors": [{"name": "Working Order"}],
        "items": [
            {
                "id": f"urn:uuid:{UID}",
                "url": "https://example.org/news/lifts/",
                "title": "Lifts & looms",
                "summary": "Two lifts",
                "content_html": '<p>The <a href="https://example.org/news/lifts/p.pdf" rel="noopener">plan</a></p>',
                "image": "https://example.org/news/lifts/lift.jpg",
                "date_published": "2026-11-01T09:00:00Z",
                "date_modified": "2026-11-02T10:30:00Z",
                "language": "en-GB",
                "authors": [{"name": "Ada Okafor", "url": "https://example.org/members/ada/"}, {"name": "Jane Doe"}],
                "tags": ["Safety", "R&D"],
            }
        ],
    }


@pytest.mark.parametrize(
    ("card", "member", "words"),
    [
        ({}, "content_text", "Lifts"),
        ({"summary": "Two lifts"}, "content_text", "Two lifts"),
        ({"when": when("2026-11-07")}, "content_html", "<p><strong>Saturday, November 7, 2026</strong></p>\n"),
    ],
)
def test_without_a_text(card: dict[str, Any], member: str, words: str) -> None:
    """Every item has a content: the summary if there is no text, and if there is none, the title."""
    (data,) = files(jsonfeed.FORMAT, page(entry(card=card))).values()
    assert read(data)["items"][0][member] == words


def test_where_it_stands() -> None:
    """The feed of the first page stands at the root; where a page stood before there is a copy of its feed."""
    found = files(
        jsonfeed.FORMAT,
        page(entry(), url="/"),
        page(entry(), url="/groups/looms/", about=entry(url="/groups/looms/"), aliases=("/weavers/", "/old.html")),
    )
    assert list(found) == ["feed.json", "groups/looms/feed.json", "weavers/feed.json"]
    assert found["groups/looms/feed.json"] == found["weavers/feed.json"]
    assert read(found["weavers/feed.json"])["feed_url"] == "https://example.org/groups/looms/feed.json"
    assert read(found["feed.json"])["title"] == "Working Order"


def test_order_and_languages() -> None:
    """Items stand as on the page; each is in its own language, the feed in that of the page."""
    pages = page(entry("B", card={"lang": "nb"}), entry("A", language="es"), url="/es/", root="/es", language="es")
    (data,) = files(jsonfeed.FORMAT, pages).values()
    found = read(data)
    assert [(each["title"], each["language"]) for each in found["items"]] == [("B", "nb"), ("A", "es")]
    assert (found["language"], found["title"]) == ("es", "Working Order")


def test_a_site(make: Callable[[str], Project]) -> None:
    """A build writes the feeds of all pages that have one, beside those in Atom."""
    project = make(SITE)
    assert not project.build().failed
    output = project.output()
    found = {path: read(data) for path, data in output.items() if path.endswith("feed.json")}
    assert [each["title"] for each in found["feed.json"]["items"]] == ["Cancelled: Talk", "Lifts"]
    assert {path.replace("json", "atom") for path in found} == {path for path in output if path.endswith(".atom")}


def test_the_same_as_in_atom() -> None:
    """A reader that changes from one format to the other knows the entries again."""
    talk = entry("Talk", "/talk/", uid="talk@example.org", card={"when": when("2026-11-07", status="cancelled")})
    (as_json,) = files(jsonfeed.FORMAT, page(talk)).values()
    (as_atom,) = files(atom.FORMAT, page(talk)).values()
    (item,) = read(as_json)["items"]
    assert item["title"] == "Cancelled: Talk"
    for each in (item["id"], item["title"], item["url"], item["date_published"]):
        assert each in as_atom.decode()


def test_the_same_bytes() -> None:
    """An item is made once, but never with what another feed says around it."""
    talk = entry(card={"when": when("2026-11-07")})
    cases = [page(talk, language=language) for language in ("en", "nb", "de")]
    together = [files(jsonfeed.FORMAT, each) for each in cases]
    for each, was in zip(cases[::-1], together[::-1], strict=True):
        jsonfeed._item.cache_clear()  # noqa: SLF001 - what is asked is whether it shows
        feed.story.cache_clear()
        assert files(jsonfeed.FORMAT, each) == was
    assert len({str(each) for each in together}) == len(cases)
    files(jsonfeed.FORMAT, page(talk, url="/", language="en"), page(talk, url="/events/", language="en"))
    assert jsonfeed._item.cache_info().misses == 1  # noqa: SLF001 - the same


@settings(deadline=None)
@given(nasty.TEXTS)
def test_any_text_is_text(text: str) -> None:
    """Whatever is written, the feed is as the standard has it, and a reader has the text as it was."""
    text = f"a{text}"
    one = entry(text, body=text, tags=(text,), card={"summary": text, "when": when("2026-11-07", status="postponed")})
    about = page(url=one.url, about=one, referents=(Referent("authors", text),))
    config = structs.replace(CONFIG, name=text, tagline=text)
    (data,) = files(jsonfeed.FORMAT, page(one, title=text), about, config=config).values()
    found = read(data)
    assert (found["title"], found["description"]) == (f"{text}: {text}", text)
    (item,) = found["items"]
    assert (item["title"], item["summary"], item["tags"]) == (f"Postponed: {text}", text, [text])
    assert item["authors"] == [{"name": text}]
