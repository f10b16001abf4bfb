"""The demonstration association, built whole, and read by programs that are not ours."""

import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import feedparser  # type: ignore[import-untyped]
import icalendar
import jsonschema
import pytest
import vobject  # type: ignore[import-untyped]
import yaml

from tests.planting import MODELS, leaves
from tests.sites import project

CONTENT = Path(__file__).parent.parent / "content"
NOW = "2026-11-25T12:00+01:00"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """Every file of the site, by path."""
    folder = tmp_path_factory.mktemp("demonstration")
    shutil.copytree(CONTENT, folder / "content")
    made = project(folder, "")
    report = made.build(NOW)
    assert not report.failed, report.problems
    return made.output()


def named(built: Mapping[str, bytes], pattern: str) -> dict[str, bytes]:
    """The files whose paths match."""
    found = {path: data for path, data in built.items() if re.fullmatch(pattern, path)}
    assert found, f"no file is like {pattern}"
    return found


# --- Addresses


@pytest.mark.parametrize(
    "pattern",
    [
        r"index\.html",
        r"404\.html",
        r"(members|events|groups|organizations|opportunities|resources|news)/index\.html",
        r"(members|events|groups|organizations|opportunities|resources|news)/[^/]+/index\.html",
        r"members/[^/]+/(card\.vcf|qr\.svg|calendar\.ics)",
        r"events/[^/]+/(event\.ics|people\.vcf)",
        r"events/archive/\d{4}/index\.html",
        r"events/calendar/\d{4}-\d{2}/index\.html",
        r"(skills|tags|places)/[^/]+/index\.html",
        r"places/[^/]+/[^/]+/index\.html",
        r"(groups|tags|places)/[^/]+/calendar\.ics",
        r"calendar\.ics",
        r"(about|join|search|exchange|mentoring|introductions)/index\.html",
        r"((events|news|opportunities|members|groups/[^/]+)/)?feed\.(atom|json)",
        r"api/(members|events|groups|organizations|opportunities|resources|news)\.json",
        r"api/schema/(members|events)\.json",
        r"es/index\.html",
        r"es/(members|events|news|groups)/[^/]+/index\.html",
        r"es/(events/)?feed\.atom",
        r"sitemap\.xml|robots\.txt|_redirects|_headers",
    ],
)
def test_every_address_of_the_contract(built: Mapping[str, bytes], pattern: str) -> None:
    """What section 7 of the content contract promises is there."""
    named(built, pattern)


# --- Links


class Links(HTMLParser):
    """The addresses that a page names, and its anchors."""

    def __init__(self, page: str) -> None:
        """Read a page."""
        super().__init__()
        self.urls: list[str] = []
        self.anchors: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the addresses of an element."""
        values = dict(attrs)
        if ident := values.get("id"):
            self.anchors.add(ident)
        if tag in ("a", "link", "img", "script", "iframe", "source", "video", "audio", "form", "object"):
            self.urls += [value for key in ("href", "src", "action", "data", "poster") if (value := values.get(key))]


def own(url: str, page: str, site: str) -> tuple[str, str] | None:
    """Path and fragment of an address of the site itself; None for one of another."""
    whole = urlsplit(urljoin(site + page, url))
    if whole.netloc != urlsplit(site).netloc or whole.scheme not in ("http", "https", "webcal"):
        return None
    path = unquote(whole.path).lstrip("/")
    return (path + "index.html" if path == "" or path.endswith("/") else path), unquote(whole.fragment)


def lacks(pages: Mapping[str, Links], path: str, anchor: str) -> bool:
    """There is no such anchor on a page."""
    return bool(anchor) and path in pages and anchor not in pages[path].anchors


def test_no_link_is_broken(built: Mapping[str, bytes]) -> None:
    """Every address of the site that a page names is a file of it, and every fragment an anchor there."""
    assert not broken_links(built)
    assert sum(path.endswith(".html") for path in built) > 300


def test_no_link_is_broken_without_formats(tmp_path: Path) -> None:
    """Pages offer no calendar, card, feed or code that is switched off."""
    shutil.copytree(CONTENT, tmp_path / "content")
    with (tmp_path / "content" / "site.yaml").open("a") as file:
        file.write("\nformats: [html]\n")
    made = project(tmp_path, "")
    assert not made.build(NOW).failed
    found = made.output()
    assert not [path for path in found if path.endswith((".ics", ".vcf", ".atom", "feed.json"))]
    assert not broken_links(found)


def broken_links(built: Mapping[str, bytes]) -> set[tuple[str, str]]:
    """Addresses within the site that lead nowhere, with the pages that name them."""
    site = yaml.safe_load((CONTENT / "site.yaml").read_text("utf-8"))["url"]
    pages = {path: Links(data.decode()) for path, data in built.items() if path.endswith(".html")}
    broken = set()
    for path, page in pages.items():
        for url in page.urls:
            found = own(url, path.removesuffix("index.html"), site)
            if found and (found[0] not in built or lacks(pages, *found)):
                broken.add((path, url))
    return broken


# --- Other programs


def test_feeds_are_read(built: Mapping[str, bytes]) -> None:
    """A library for feeds reads every Atom feed without a complaint, with ids and times."""
    for path, data in named(built, r".*feed\.atom").items():
        read = feedparser.parse(data)
        assert not read.bozo, (path, read.get("bozo_exception"))
        assert read.entries, path
        assert all(each.id and each.updated_parsed and each.link for each in read.entries), path


def test_json_feeds_have_what_the_standard_asks_for(built: Mapping[str, bytes]) -> None:
    """JSON Feed 1.1: version, title, and items with id and content."""
    for path, data in named(built, r".*feed\.json").items():
        read = json.loads(data)
        assert read["version"] == "https://jsonfeed.org/version/1.1", path
        assert read["title"], path
        assert all(item["id"] and {"content_html", "content_text"} & item.keys() for item in read["items"]), path


def test_calendars_are_read(built: Mapping[str, bytes]) -> None:
    """Two libraries for calendars read every calendar, with the same events."""
    for path, data in named(built, r".*\.ics").items():
        uids = [str(event["UID"]) for event in icalendar.Calendar.from_ical(data).walk("VEVENT")]
        read = vobject.readOne(data.decode())
        assert sorted(uids) == sorted(event.uid.value for event in read.vevent_list), path


def test_cards_are_read(built: Mapping[str, bytes]) -> None:
    """A library for contact cards reads every card, with a name and an address of the site."""
    for path, data in named(built, r".*\.vcf").items():
        for card in vobject.readComponents(data.decode()):
            assert all((card.fn.value, card.n.value, card.url.value)), path


def test_the_data_are_as_their_schemas_say(built: Mapping[str, bytes]) -> None:
    """Every file of the API is valid by the schema that it names."""
    for path, data in named(built, r"api/[^/]+\.json").items():
        schema = json.loads(built[f"api/schema/{path.removeprefix('api/')}"])
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.Draft202012Validator(schema).validate(json.loads(data))


# --- The association itself


def entries(kind: str) -> Iterator[dict[str, Any]]:
    """The fields of every entry of a kind, in the site's own language."""
    for file in (CONTENT / kind).rglob("*"):
        if file.suffix in (".yaml", ".md") and not file.stem.endswith(".es"):
            head = file.read_text("utf-8").split("\n---\n")[0].removeprefix("---\n")
            yield yaml.load(head, yaml.BaseLoader) or {}  # noqa: S506 - it makes nothing but text


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        ("members", 60),
        ("events", 45),
        ("groups", 8),
        ("organizations", 6),
        ("opportunities", 6),
        ("resources", 8),
        ("news", 6),
        ("pages", 4),
    ],
)
def test_it_is_whole(kind: str, least: int) -> None:
    """There is enough of every kind."""
    assert len(list(entries(kind))) >= least


def keys(value: Any, path: tuple[str, ...] = ()) -> Iterable[tuple[str, ...]]:
    """The paths of all keys in a value."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield (*path, key)
            yield from keys(each, (*path, key))
    elif isinstance(value, list):
        for each in value:
            yield from keys(each, path)


@pytest.mark.parametrize("kind", sorted(MODELS.keys() - {"site"}))
def test_every_field_is_shown_once(kind: str) -> None:
    """Every field of a kind, but for those of all kinds, stands somewhere in the demonstration."""
    used = {path[0] for each in entries(kind) for path in keys(each)}
    common = {leaf.path[0] for leaf in leaves("news")} - {"date", "authors", "description"}
    names = {"title": "name", "name": "title"}
    missing = {
        leaf.path[0]
        for leaf in leaves(kind)
        if leaf.path[0] not in used and names.get(leaf.path[0]) not in used and leaf.path[0] not in common
    }
    assert missing <= {"description", "bio"}


def test_every_common_field_is_shown_once() -> None:
    """The fields of all kinds stand somewhere."""
    kinds = MODELS.keys() - {"site"}
    used = {path[0] for kind in kinds for each in entries(kind) for path in keys(each)}
    common = {leaf.path[0] for leaf in leaves("news")} - {"description"}
    assert common <= used
