"""The map of the site for search engines, by an XML parser and the rules of https://www.sitemaps.org/protocol.html."""

import datetime as dt
import re
import urllib.robotparser
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import pytest

from sitegen.formats import html, sitemap
from sitegen.model import Config, Entry, Link, Settings, face
from sitegen.plan import Collection, Edition, Output, path_of

MAP, XHTML = "{http://www.sitemaps.org/schemas/sitemap/0.9}", "{http://www.w3.org/1999/xhtml}"
SITE = "https://example.org/"
CHANGED = int(dt.datetime(2026, 11, 7, 17, 30, tzinfo=dt.UTC).timestamp())


def entry(url: str = "/members/ada/", updated: int | None = CHANGED) -> Entry:
    """Something with a page."""
    link = face(Link("Ada", url))
    return Entry("members", "ada", f"{url}.yaml", "", url, "Ada", "ada", link, link, face({}), updated=updated)


def page(url: str, **fields: Any) -> Collection:
    """A page."""
    return Collection(url, "Title", fields.pop("template", "any.html"), language="en", **fields)


def edition(site: str = SITE) -> Edition:
    """A site with nothing but pages."""
    return Edition(Config("Working Order", site, Settings("Europe/Oslo", site)), {"en": face({})})


def files(*pages: Collection, site: str = SITE) -> dict[str, bytes]:
    """The files, by path."""
    made = {each.path: each for each in sitemap.FORMAT.outputs(pages, edition(site))}
    return {path: rendered(output) for path, output in made.items()}


def rendered(output: Output) -> bytes:
    """The bytes of a file."""
    return output.render(output.inputs, None)  # type: ignore[arg-type]


def urls(data: bytes) -> list[ET.Element]:
    """The pages of a map, which is as the protocol wants it."""
    assert len(data) <= 52_428_800
    root = ET.fromstring(data)  # noqa: S314 - our own
    assert root.tag == f"{MAP}urlset"
    assert 1 <= len(root) <= 50_000
    for each in root:
        assert each.tag == f"{MAP}url"
        names = [child.tag for child in each]
        assert names == sorted(names, key=[f"{MAP}loc", f"{MAP}lastmod", f"{XHTML}link"].index)
        assert names.count(f"{MAP}loc") == 1
        assert names.count(f"{MAP}lastmod") <= 1
        address = loc(each)
        assert re.fullmatch(r"https://[!-~]+", address)
        assert not set("<>\"'") & set(address)
    addresses = [loc(each) for each in root]
    assert len(addresses) == len(set(addresses))
    return list(root)


def loc(element: ET.Element) -> str:
    """An address in full."""
    return element.findtext(f"{MAP}loc") or ""


def test_every_page_and_no_other() -> None:
    """The map has what is written as a page, with all its slices, but for what search engines are to leave alone."""
    many = tuple(entry(f"/members/m{number}/") for number in range(5))
    pages = (
        page("/"),
        page("/members/", entries=many, page_size=2),
        page("/members/ada/", about=entry()),
        page("/skills/größe & co/"),
        page("/about.html"),
        page("/none/", entries=(), page_size=2),
        page("/feeds/", template=""),
    )
    hidden = (page("/404.html", unlisted=True), page("/events/past/", unlisted=True, entries=many, page_size=1))
    found = [urlsplit(loc(each)).path for each in urls(files(*pages, *hidden)["sitemap.xml"])]
    there = [output.path for output in html.FORMAT.outputs(pages, edition())]
    assert [path_of(unquote(each)) for each in found] == there
    assert "members/page/3/index.html" in there


def test_when_pages_changed() -> None:
    """The page of an entry has the time of its last change in UTC; lists, and entries without one, have none."""
    pages = (page("/members/", entries=(entry(),)), page("/members/ada/", about=entry()),
             page("/members/bo/", about=entry("/members/bo/", updated=None)))  # fmt: skip
    found = {loc(each): each.findtext(f"{MAP}lastmod") for each in urls(files(*pages)["sitemap.xml"])}
    assert found == {
        f"{SITE}members/": None,
        f"{SITE}members/ada/": "2026-11-07T17:30:00Z",
        f"{SITE}members/bo/": None,
    }


def test_slices_of_an_entry_have_no_time() -> None:
    """What else stands on the page of an entry, in slices, changes with others."""
    group = page("/groups/clocks/", about=entry("/groups/clocks/"), entries=(entry(),) * 3, page_size=2)
    first, second = urls(files(group)["sitemap.xml"])
    assert first.findtext(f"{MAP}lastmod")
    assert loc(second) == f"{SITE}groups/clocks/page/2/"
    assert second.find(f"{MAP}lastmod") is None


def test_translations() -> None:
    """A page names itself and its translations, each of them the same ones; one without translations names none."""
    both = (Link("en-GB", "/about/"), Link("es", "/es/quiénes/"))
    pages = (
        page("/about/", translations=both),
        page("/es/quiénes/", translations=both, entries=(entry(),) * 2, page_size=1),
        page("/join/", translations=(Link("en-GB", "/join/"),)),
    )
    found = {
        loc(each): {(link.get("hreflang"), link.get("href")) for link in each.iter(f"{XHTML}link")}
        for each in urls(files(*pages)["sitemap.xml"])
    }
    alike = {("en-GB", f"{SITE}about/"), ("es", f"{SITE}es/qui%C3%A9nes/")}
    assert found == {
        f"{SITE}about/": alike,
        f"{SITE}es/qui%C3%A9nes/": alike,
        f"{SITE}es/qui%C3%A9nes/page/2/": set(),
        f"{SITE}join/": set(),
    }
    links = (link for each in urls(files(*pages)["sitemap.xml"]) for link in each.iter(f"{XHTML}link"))
    assert {link.get("rel") for link in links} == {"alternate"}


HOSTILE = ["/a&b<c>\"d'e/", "/%3Cx%3E/", "/]]>/", "/\x00\x0b\ufffe/", "/a\n<url>/", "/👩‍🔧/", "/a?b#c/"]


def test_hostile_addresses() -> None:
    """Whatever signs an address has, the map can be read and has it as it is."""
    found = [unquote(urlsplit(loc(each)).path) for each in urls(files(*map(page, HOSTILE))["sitemap.xml"])]
    assert found == [unquote(url) for url in HOSTILE]


@pytest.mark.parametrize("site", ["https://example.org/order/", "https://example.org/a&b/"])
def test_below_a_path(site: str) -> None:
    """A site below a path has its map there, and all addresses begin with the site's own."""
    made = files(page("/"), page("/join/"), site=site)
    assert [loc(each) for each in urls(made["sitemap.xml"])] == [site, f"{site}join/"]
    assert f"Sitemap: {site}sitemap.xml\n" in made["robots.txt"].decode()


def test_robots() -> None:
    """Robots may read all of it, and learn where the map is."""
    reader = urllib.robotparser.RobotFileParser()
    reader.parse(files(page("/"))["robots.txt"].decode().splitlines())
    assert reader.can_fetch("*", f"{SITE}members/ada/")
    assert reader.site_maps() == [f"{SITE}sitemap.xml"]


def test_more_pages_than_a_map_holds() -> None:
    """50,000 pages are one map; one more, and sitemap.xml lists two, which have every page once and in order."""
    pages = [page(f"/m{number}/") for number in range(50_000)]
    assert len(urls(files(*pages)["sitemap.xml"])) == 50_000
    made = files(*pages, page("/last/"))
    assert made.keys() == {"sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "robots.txt"}
    index = ET.fromstring(made["sitemap.xml"])  # noqa: S314 - our own
    assert index.tag == f"{MAP}sitemapindex"
    assert [(each.tag, loc(each)) for each in index] == [
        (f"{MAP}sitemap", f"{SITE}sitemap-1.xml"),
        (f"{MAP}sitemap", f"{SITE}sitemap-2.xml"),
    ]
    found = [loc(each) for number in (1, 2) for each in urls(made[f"sitemap-{number}.xml"])]
    assert found == [f"{SITE}m{number}/" for number in range(50_000)] + [f"{SITE}last/"]
    assert "sitemap-1" not in made["robots.txt"].decode()


def test_more_bytes_than_a_map_holds() -> None:
    """No map is larger than 50 MB, whatever an address is made of."""
    languages = [Link("de", f"/{'ö' * 1_000_000}{number}/") for number in range(4)]
    made = files(*(page(f"/{'ö' * 500_000}{number}/", translations=tuple(languages)) for number in range(2)))
    maps = [data for path, data in made.items() if path.startswith("sitemap-")]
    assert [len(urls(data)) for data in maps] == [1, 1]
    assert sum(map(len, maps)) > 52_428_800


def test_a_site_without_pages() -> None:
    """There is a map even then."""
    assert ET.fromstring(files()["sitemap.xml"]).tag == f"{MAP}urlset"  # noqa: S314 - our own
