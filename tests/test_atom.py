"""Atom feeds, as a reader that is not ours (feedparser) understands them."""

import io
import re
import time
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import feedparser  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from msgspec import structs

from sitegen import feed
from sitegen.formats import atom
from sitegen.model import Referent
from sitegen.plan import Collection
from tests import nasty
from tests.feeds import CONFIG, SITE, UID, entry, files, page, when
from tests.sites import Project

NEWS = entry(
    "Lifts & looms",
    body="Two *old* lifts",
    updated="2026-11-02T10:30",
    tags=("Safety", "R&D"),
    card={"summary": 'Two "old" lifts', "image": "/news/lifts/lift.jpg"},
)
ABOUT = page(url="/news/lifts/", about=NEWS, referents=(Referent("authors", "Ada <Okafor>", "/members/ada/"),))

FEED = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>urn:uuid:6e8af599-ff31-57fb-96a4-551f2bf924a8</id>
<title>Working Order: News</title>
<subtitle>Lifts and looms</subtitle>
<updated>2026-11-02T10:30:00Z</updated>
<author><name>Working Order</name></author>
<link rel="self" type="application/atom+xml" href="https://example.org/news/feed.atom"/>
<link rel="alternate" type="text/html" href="https://example.org/news/"/>
<entry xml:lang="en">
<id>urn:uuid:515ce701-1140-4e0e-b2d0-e19e5510875b</id>
<title>Lifts &amp; looms</title>
<published>2026-11-01T09:00:00Z</published>
<updated>2026-11-02T10:30:00Z</updated>
<author><name>Ada &lt;Okafor&gt;</name><uri>https://example.org/members/ada/</uri></author>
<link rel="alternate" type="text/html" href="https://example.org/news/lifts/"/>
<category term="Safety"/>
<category term="R&amp;D"/>
<summary>Two "old" lifts</summary>
<content type="html">&lt;p&gt;Two &lt;em&gt;old&lt;/em&gt; lifts&lt;/p&gt;</content>
</entry>
</feed>
"""


def read(data: bytes) -> Any:
    """The feed as it is read: well-formed, and as it is, without the reader's own cleaning."""
    found = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    assert not found.bozo, found.bozo_exception
    assert found.version == "atom10"
    return found


def test_a_feed() -> None:
    """It has what RFC 4287 asks for (4.1.1, 4.1.2), and of an entry no more than its page shows."""
    (data,) = files(atom.FORMAT, page(NEWS), ABOUT).values()
    assert data.decode() == FEED


def test_as_it_is_read() -> None:
    """A reader finds the entries in the order of the page, with all that was written, and when and where first."""
    span = when("2026-11-07T18:00", "2026-11-07T20:00", status="cancelled")
    talk = entry("Talk", "/events/talk/", uid="talk@example.org", card={"when": span, "place": "Old Hall"})
    found = read(files(atom.FORMAT, page(talk, NEWS), ABOUT)["news/feed.atom"])
    first, second = found.entries
    assert (found.feed.title, found.feed.subtitle) == ("Working Order: News", "Lifts and looms")
    assert (found.feed.author, found.feed.language) == ("Working Order", "en")
    assert [each.title for each in found.entries] == ["Cancelled: Talk", "Lifts & looms"]
    assert [each.link for each in found.entries] == [
        "https://example.org/events/talk/",
        "https://example.org/news/lifts/",
    ]
    assert second.id == f"urn:uuid:{UID}"
    assert (second.author, second.author_detail.href) == ("Ada <Okafor>", "https://example.org/members/ada/")
    assert [each.term for each in second.tags] == ["Safety", "R&D"]
    assert second.summary == 'Two "old" lifts'
    assert second.content[0].type == "text/html"
    assert second.content[0].value == "<p>Two <em>old</em> lifts</p>"
    assert second.published_parsed[:5] == (2026, 11, 1, 9, 0)
    assert second.updated_parsed[:5] == found.feed.updated_parsed[:5] == (2026, 11, 2, 10, 30)
    words = first.content[0].value.replace("\u202f", " ")
    assert words == "<p><strong>Saturday, November 7, 2026, 6:00 PM–8:00 PM UTC</strong> · Old Hall</p>"
    assert "authors" not in first, "it has that of the feed"


def test_where_it_stands() -> None:
    """The feed of the first page stands at the root; where a page stood before there is a copy of its feed."""
    about = entry(url="/groups/looms/")
    found = files(
        atom.FORMAT,
        page(NEWS, url="/"),
        page(NEWS, url="/groups/looms/", about=about, aliases=("/weavers/", "/old.html")),
    )
    assert list(found) == ["feed.atom", "groups/looms/feed.atom", "weavers/feed.atom"]
    assert found["groups/looms/feed.atom"] == found["weavers/feed.atom"]
    for path, own in (("feed.atom", "feed.atom"), ("weavers/feed.atom", "groups/looms/feed.atom")):
        links = {each.rel: each.href for each in read(found[path]).feed.links}
        assert links == {
            "self": f"https://example.org/{own}",
            "alternate": f"https://example.org/{own.removesuffix('feed.atom')}",
        }


def test_below_the_root_of_a_host() -> None:
    """All addresses begin with that of the site, and are in ASCII."""
    config = structs.replace(CONFIG, url="https://example.org/guild/")
    news = entry(url="/news/größe/", body="[a](/files/a.pdf) [b](b.pdf)")
    (data,) = files(atom.FORMAT, page(news), config=config).values()
    found = read(data)
    (one,) = found.entries
    assert one.link == "https://example.org/guild/news/gr%C3%B6%C3%9Fe/"
    assert re.findall(r'href="([^"]*)', one.content[0].value) == [
        "https://example.org/guild/files/a.pdf",
        "https://example.org/guild/news/gr%C3%B6%C3%9Fe/b.pdf",
    ]
    assert {each.href for each in found.feed.links} == {
        "https://example.org/guild/news/feed.atom",
        "https://example.org/guild/news/",
    }


def test_languages() -> None:
    """The feed is in the language of its page, and an entry in its own."""
    pages = (page(entry(card={"lang": "nb"}), entry(language="es"), url="/es/news/", root="/es", language="es"),)
    (data,) = files(atom.FORMAT, *pages).values()
    found = read(data)
    assert found.feed.language == "es"
    assert [each.title_detail.language for each in found.entries] == ["nb", "es"]


def test_what_there_is_to_say() -> None:
    """Where there is nothing to say of it, an entry has neither text nor summary."""
    (data,) = files(atom.FORMAT, page(entry())).values()
    (one,) = read(data).entries
    assert {"content", "summary", "tags", "authors"} & set(one) == set()


def test_a_site(make: Callable[[str], Project]) -> None:
    """A build writes the feeds of all pages that have one, in each language, and where a group stood before."""
    project = make(SITE)
    assert not project.build().failed
    found = {path: read(data) for path, data in project.output().items() if path.endswith(".atom")}
    titles = {path: [each.title for each in feed.entries] for path, feed in found.items()}
    assert titles["feed.atom"] == ["Cancelled: Talk", "Lifts"]
    assert titles["news/feed.atom"] == ["Lifts"]
    assert titles["es/news/feed.atom"] == ["Ascensores"]
    assert titles["groups/looms/feed.atom"] == titles["groups/weavers/feed.atom"] == ["Cancelled: Talk"]
    (lifts,) = found["news/feed.atom"].entries
    (ascensores,) = found["es/news/feed.atom"].entries
    assert [each.name for each in lifts.authors] == ["Ada Okafor", "Jane Doe"]
    assert lifts.content[0].value == "<p>The <em>old</em> ones.</p>"
    assert lifts.id == ascensores.id, "they are one entry in two languages"
    assert found["news/feed.atom"].feed.id != found["es/news/feed.atom"].feed.id


# --- The same bytes


@pytest.fixture
def _anew() -> None:
    """Nothing is remembered of other tests."""
    atom._entry.cache_clear()  # noqa: SLF001 - what is asked is whether it shows
    feed.story.cache_clear()


@pytest.mark.usefixtures("_anew")
def test_an_entry_in_several_feeds() -> None:
    """An entry is made once, but not told in the words or below the address of another feed."""
    span = when("2026-11-07", status="cancelled")
    talk = entry(card={"when": span}, body="[a](/a)")
    english, norwegian = (page(talk, language=language) for language in ("en", "nb"))
    elsewhere = structs.replace(CONFIG, url="https://example.net/")
    cases: list[tuple[Collection, Any]] = [(english, CONFIG), (norwegian, CONFIG), (english, elsewhere)]
    together = [files(atom.FORMAT, each, config=config) for each, config in cases]
    assert atom._entry.cache_info().misses == len(cases)  # noqa: SLF001 - the same
    files(atom.FORMAT, page(talk, url="/"), page(talk, url="/events/"))
    assert atom._entry.cache_info().misses == len(cases)  # noqa: SLF001 - the same
    alone = []
    for each, config in reversed(cases):
        atom._entry.cache_clear()  # noqa: SLF001 - the same
        feed.story.cache_clear()
        alone.append(files(atom.FORMAT, each, config=config))
    assert together == alone[::-1]
    assert len({str(each) for each in together}) == len(cases)


@pytest.mark.usefixtures("_anew")
def test_the_zone_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A feed is the same to the byte wherever it is built."""
    was = files(atom.FORMAT, page(NEWS))
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        atom._entry.cache_clear()  # noqa: SLF001 - it is made again
        feed.story.cache_clear()
        assert files(atom.FORMAT, page(NEWS)) == was
    finally:
        monkeypatch.undo()
        time.tzset()


# --- Text that would be something else


def readable(text: str) -> str:
    """What XML can hold of a text, with line feeds for the line ends that XML has (XML 1.0, sections 2.2 and 2.11)."""
    return re.sub("\r\n?", "\n", re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text))


def hostile(text: str) -> bytes:
    """A feed with a text wherever there can be one."""
    one = entry(
        text,
        body=text,
        tags=(text,),
        card={"summary": text, "when": when("2026-11-07", status="postponed"), "place": text},
    )
    about = page(url=one.url, about=one, referents=(Referent("authors", text),))
    config = structs.replace(CONFIG, name=text, tagline=text)
    (data,) = files(atom.FORMAT, page(one, NEWS, title=text), about, config=config).values()
    return data


def tags(data: bytes) -> list[str]:
    """The elements of a document."""
    return [each.tag for each in ET.fromstring(data).iter()]  # noqa: S314 - we wrote it


@settings(deadline=None)
@given(nasty.TEXTS)
def test_any_text_is_text(text: str) -> None:
    """Whatever is written, the feed is well-formed, has no element more or less, and a reader has the text."""
    text = f"a{text}"
    data = hostile(text)
    found = read(data)
    assert tags(data) == tags(hostile("a"))
    root = ET.fromstring(data)  # noqa: S314 - the same
    atoms = {"": "http://www.w3.org/2005/Atom"}
    assert root.findtext("title", None, atoms) == readable(f"{text}: {text}")
    assert root.findtext("entry/title", None, atoms) == readable(f"Postponed: {text}")
    assert root.findtext("entry/author/name", None, atoms) == readable(text)
    assert len(found.entries) == 2


@pytest.mark.parametrize(
    "text",
    [
        "</title><script>alert(1)</script>",
        "]]>",
        "<![CDATA[x]]>",
        "<!-- -->",
        "&nbsp;&#0;&bogus;",
        "\x00\x08\x0b\x1f\ufffe\uffff",
        "\x85\u2028\u2029",
        "<?xml?>",
        "'\"",
    ],
)
def test_hostile_texts(text: str) -> None:
    """What means something in XML, or must not be in it, is text or left out."""
    found = read(hostile(f"a{text}"))
    assert found.entries[0].tags[0].term.split() == readable(f"a{text}").split()
    assert "<script" not in found.entries[0].content[0].value
