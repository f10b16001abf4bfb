"""What is in a feed, whatever its format."""

import gettext
import html
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import feed, i18n, text
from sitegen.feed import Feed
from sitegen.model import Referent, Rule, When
from sitegen.plan import Collection, Edition, Output, key_of
from tests.feeds import CONFIG, UID, entry, page, seconds, when


def planned(*collections: Collection) -> list[Output]:
    """The feeds of some pages, called feed.x."""
    return list(feed.outputs(collections, Edition(CONFIG), "feed.x", lambda *_: b""))


def made(*collections: Collection) -> Feed:
    """The first feed of some pages."""
    found = planned(*collections)[0].inputs
    assert isinstance(found, Feed)
    return found


def told(body: str = "", **fields: object) -> feed.Story:
    """What is told of an entry with such a card."""
    found = made(page(entry(body=body, card=fields))).items[0]
    return feed.story(found, CONFIG.url, text.html(body) if body else "")


# --- Which there are


def test_where_feeds_are() -> None:
    """A page with something to tell has a feed beside it and wherever it stood before, and all are one."""
    group = entry(url="/groups/looms/", source="groups/looms.md")
    news = entry()
    found = planned(
        page(news, url="/"),
        page(news, url="/groups/looms/", about=group, aliases=("/groups/weavers/", "/looms.html")),
        page(url="/quiet/"),
        page(news, url="/404.html"),
    )
    assert [each.path for each in found] == ["feed.x", "groups/looms/feed.x", "groups/weavers/feed.x"]
    assert found[1].inputs == found[2].inputs
    assert [each.owner for each in found] == ["", "groups/looms.md", "groups/looms.md"]
    assert [each.origin for each in found] == [("news/lifts.md",), *[("groups/looms.md", "news/lifts.md")] * 2]


def test_key() -> None:
    """What is in a feed decides its key, be it the text of an entry alone."""
    one, same, other = (planned(page(entry(body=body)))[0] for body in ("A", "A", "B"))
    assert key_of(one, b"") == key_of(same, b"")
    assert key_of(one, b"") != key_of(other, b"")


def test_order() -> None:
    """Entries stand as the page has chosen them."""
    urls = ["/news/c/", "/news/a/", "/news/b/"]
    assert [item.url for item in made(page(*(entry(url=url) for url in urls))).items] == urls


@pytest.mark.parametrize(
    ("url", "root", "title"),
    [("/", "", "Working Order"), ("/es/", "/es", "Working Order"), ("/news/", "", "Working Order: News")],
)
def test_title(url: str, root: str, title: str) -> None:
    """A feed is called by the association and its page; that of the first page by the association alone."""
    assert made(page(entry(), url=url, root=root)).title == title


# --- Who they are


@pytest.mark.parametrize(
    ("uid", "iri"),
    [
        (UID, f"urn:uuid:{UID}"),
        (UID.upper(), f"urn:uuid:{UID}"),
        ("https://example.net/?p=12", "https://example.net/?p=12"),
        ("tag:example.org,2026:agm", "tag:example.org,2026:agm"),
        ("urn:isbn:0451450523", "urn:isbn:0451450523"),
        ("book-club@example.org", "urn:uuid:30282620-2a20-50d3-b37b-b4696ccb5ea6"),
        ("2026:agm", ""),
        ("agm:", ""),
        (f"{UID}0", ""),
        (UID.replace("-", ""), ""),
    ],
)
def test_iri(uid: str, iri: str) -> None:
    """A UUID and an IRI are kept as they are; of anything else a UUID is made, another one for another site."""
    found = feed.iri(uid, "https://example.org/")
    if iri:
        assert found == iri
    else:
        assert found.startswith("urn:uuid:")
        assert found == feed.iri(uid, "https://example.org/") != feed.iri(uid, "https://example.net/")


def test_an_entry_stays_what_it_is() -> None:
    """Another title, address, text or date leaves the id of an entry; another uid does not."""
    was = made(page(entry()))
    now = made(page(entry("Lifts again", "/news/lifts-2/", "New", updated="2026-11-09")))
    assert now.items[0].id == was.items[0].id
    assert now.items[0] != was.items[0]
    assert made(page(entry(uid="other"))).items[0].id != was.items[0].id


def test_a_feed_stays_what_it_is() -> None:
    """A feed keeps its id whatever the title of the page, and that of an entry's page wherever it moves."""
    assert made(page(entry(), title="Announcements")).id == made(page(entry())).id
    assert made(page(entry(), url="/other/")).id != made(page(entry())).id
    looms, moved, other = (
        made(page(entry(), url=url, about=entry(url=url, uid=uid))).id
        for url, uid in (("/groups/looms/", "a"), ("/groups/weavers/", "a"), ("/groups/looms/", "b"))
    )
    assert looms == moved != other
    spanish = made(page(entry(), url="/es/groups/looms/", root="/es", about=entry(url="/es/groups/looms/", uid="a")))
    assert spanish.id != looms
    assert made(page(entry(), url="/groups/looms/past/", about=entry(url="/groups/looms/", uid="a"))).id != looms


# --- When, and by whom


def test_times() -> None:
    """What was never changed was updated when it was published; a feed is as new as the last of its entries."""
    found = made(page(entry(published="2026-11-03"), entry(published="2026-11-01", updated="2026-11-05")))
    assert [(each.published, each.updated) for each in found.items] == [
        (seconds("2026-11-03"), seconds("2026-11-03")),
        (seconds("2026-11-01"), seconds("2026-11-05")),
    ]
    assert found.updated == seconds("2026-11-05")


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (0, "1970-01-01T00:00:00Z"),
        (-1, "1969-12-31T23:59:59Z"),
        (1794070800, "2026-11-07T17:00:00Z"),
        (-59000000000, "0100-05-13T15:06:40Z"),
    ],
)
def test_stamp(moment: int, words: str) -> None:
    """Moments are told in UTC with four digits for the year (RFC 3339, section 5.6)."""
    assert feed.stamp(moment) == words


def test_authors() -> None:
    """Who has written or speaks is an author, once; whoever is not named is none, nor is who helps or takes part."""
    ada = Referent("speakers", "Ada Okafor", "/members/ada/")
    people = (
        ada,
        Referent("speakers", "Ada Okafor", "/members/ada/", session=1),
        Referent("speakers", ""),
        Referent("authors", "Jane Doe", "https://jane.example/"),
        Referent("helpers", "Bo", "/members/bo/"),
        Referent("groups", "Looms", "/groups/looms/"),
    )
    about = page(url="/news/lifts/", about=entry(), referents=people)
    for order in ((about, page(entry())), (page(entry()), about)):
        (item,) = made(*order).items
        assert [(each.title, each.url) for each in item.authors] == [
            ("Ada Okafor", "/members/ada/"),
            ("Jane Doe", "https://jane.example/"),
        ]


def test_authors_in_another_language() -> None:
    """An entry has the authors of its page in the language of the feed."""
    pages = (
        page(url="/news/lifts/", about=entry(), referents=(Referent("authors", "Queen Anne"),)),
        page(url="/es/news/lifts/", about=entry(), referents=(Referent("authors", "Reina Ana"),), root="/es"),
    )
    for url, name in (("/news/lifts/", "Queen Anne"), ("/es/news/lifts/", "Reina Ana")):
        assert [each.title for each in made(*pages, page(entry(url=url))).items[0].authors] == [name]


# --- What is told


@pytest.mark.parametrize(
    ("span", "language", "words"),
    [
        (when("2026-11-07T18:00", "2026-11-07T20:00"), "en-GB", "Saturday, 7 November 2026, 18:00–20:00 UTC"),
        (when("2026-11-07T18:00", "2026-11-07T20:00"), "nb", "lørdag 7. november 2026, 18:00–20:00 UTC"),
        (when("2026-11-07T18:00"), "en-GB", "Saturday, 7 November 2026, 18:00 UTC"),
        (when("2026-07-07T18:00", zone="Europe/Oslo"), "en-GB", "Tuesday, 7 July 2026, 18:00 CEST"),
        (when("2026-11-07T22:00", "2026-11-08T01:00"), "en-GB", "Saturday, 7 November 2026, 22:00–01:00 UTC"),
        (
            when("2026-11-07T18:00", "2026-11-09T12:00"),
            "en-GB",
            "Saturday, 7 November 2026, 18:00 – Monday, 9 November 2026, 12:00 UTC",
        ),
        (when("2026-11-07"), "en-GB", "Saturday, 7 November 2026"),
        (when("2026-11-07", "2026-11-07"), "en-GB", "Saturday, 7 November 2026"),
        (when("2026-11-07", "2026-11-08"), "de", "Samstag, 7. November 2026 – Sonntag, 8. November 2026"),
        (when("2026-11"), "en-GB", "November 2026"),
        (when("2026-11", "2026-12"), "en-GB", "November 2026 – December 2026"),
        (when("2026"), "en-GB", "2026"),
    ],
)
def test_when_in_words(span: When, language: str, words: str) -> None:
    """The day with its weekday, the hours with their zone, in the order of the language; what is not known is not."""
    assert feed.in_words(span, language).replace("\u202f", " ") == words


def test_when_and_where_come_first() -> None:
    """The text of what is on some day begins with the day and the place, escaped."""
    span = when("2026-11-07")
    day = "<p><strong>Saturday, November 7, 2026</strong>"
    assert told("Bring tea.", when=span, place="B & B").content == f"{day} · B &amp; B</p>\n<p>Bring tea.</p>"
    assert told("", when=span, summary="On <lifts>").content == f"{day}</p>\n<p>On &lt;lifts&gt;</p>\n"
    assert told("", when=span).content == f"{day}</p>\n"
    assert told("", when=span, place="Hall", mode="hybrid").content == f"{day} · Hall · Also online</p>\n"
    assert told("", when=span, mode="online", rule=Rule("WEEKLY")).content == f"{day} · Online · Repeats</p>\n"
    undated = "<p><strong>November 2026</strong> · Date to be announced</p>\n"
    assert told("", when=when("2026-11")).content == undated


def test_what_has_no_day() -> None:
    """The text alone is told, and nothing where there is none."""
    assert told("Bring tea.", place="Oslo").content == "<p>Bring tea.</p>"
    assert told(place="Oslo", summary="On lifts").content == ""


@pytest.mark.parametrize(
    ("status", "title"),
    [
        ("confirmed", "100% <Lifts>"),
        ("tentative", "100% <Lifts>"),
        ("cancelled", "Cancelled: 100% <Lifts>"),
        ("postponed", "Postponed: 100% <Lifts>"),
    ],
)
def test_what_is_off(status: str, title: str) -> None:
    """That something does not take place stands before its title."""
    (item,) = made(page(entry("100% <Lifts>", card={"when": when("2026-11-07", status=status)}))).items
    assert feed.story(item, CONFIG.url, "").title == title


def test_the_words_of_the_feed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Around an entry are the words of the feed's language, whatever language it is in itself."""

    class German(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            return {"Cancelled: %(title)s": "%(title)s (abgesagt)", "Also online": "Auch online"}.get(message, "")

    catalogs = {"de": German(), "en": gettext.NullTranslations()}
    monkeypatch.setattr(i18n, "translations", catalogs.__getitem__)
    card = {"when": when("2026-11-07", status="cancelled"), "mode": "hybrid", "lang": "nb"}
    items = [made(page(entry(card=card), language=language)).items[0] for language in ("de", "en")]
    german, english = (feed.story(item, CONFIG.url, "") for item in items)
    assert (german.title, english.title) == ("Lifts (abgesagt)", "Cancelled: Lifts")
    assert german.content == "<p><strong>Samstag, 7. November 2026</strong> · Auch online</p>\n"
    assert english.content == "<p><strong>Saturday, November 7, 2026</strong> · Also online</p>\n"
    assert german.language == english.language == "nb"


@pytest.mark.parametrize(("lang", "translation", "language"), [("nb", "es", "nb"), ("", "es", "es"), ("", "", "en")])
def test_language(lang: str, translation: str, language: str) -> None:
    """An entry is in its own language, else that of which it is a translation, else the site's."""
    (item,) = made(page(entry(card={"lang": lang}, language=translation), language="es", root="/es")).items
    assert feed.story(item, CONFIG.url, "").language == language


def test_summary_and_image() -> None:
    """What a person does stands for a summary; a picture is told by its full address."""
    assert told(subtitle="Engineer, Acme").summary == "Engineer, Acme"
    assert told(subtitle="Engineer, Acme", summary="Lifts").summary == "Lifts"
    assert told(image="/news/lifts/a%20b.jpg").image == "https://example.org/news/lifts/a%20b.jpg"
    assert told().image == ""


# --- Addresses

PAGE = "https://example.org/guild/news/lifts/"
SITE = "https://example.org/guild/"


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("[a](/files/x.pdf)", f'href="{SITE}files/x.pdf"'),
        ("[a](x.pdf)", f'href="{PAGE}x.pdf"'),
        ("[a](../looms/)", 'href="https://example.org/guild/news/looms/"'),
        ("[a](?q=1&r=2#s)", f'href="{PAGE}?q=1&amp;r=2#s"'),
        ("[a](#top)", f'href="{PAGE}#top"'),
        ("# Top\n\n[a](#top)", f'href="{PAGE}#text-top"'),
        ("[a](//example.net/x)", 'href="https://example.net/x"'),
        ("[a](https://example.net/?a=1&b=2)", 'href="https://example.net/?a=1&amp;b=2"'),
        ("[a](mailto:ada@example.org)", 'href="mailto:ada@example.org"'),
        ("[a](tel:+4712345678)", 'href="tel:+4712345678"'),
        ("![a](lift.jpg)", f'src="{PAGE}lift.jpg"'),
        ("![a](/files/lift.jpg)", f'src="{SITE}files/lift.jpg"'),
        ('<a href=" /files/x.pdf">a</a>', f'href="{SITE}files/x.pdf"'),
        ('<a href="/\'&quot;&lt;">a</a>', f'href="{SITE}&#x27;&quot;&lt;"'),
        ("[a](//[b)", 'href="//[b"'),
    ],
)
def test_addresses(markdown: str, expected: str) -> None:
    """Every address is told in full: one with a slash first is of the site, which may stand below its host."""
    safe = text.html(markdown, level=3, prefix="text-")
    found = feed.in_full(safe, PAGE, SITE)
    assert expected in found
    assert found.count("=") == safe.count("=")


@pytest.mark.parametrize(
    "markdown",
    [
        '`<a href="/x">`',
        'The attribute href="/x" of a link',
        '<a title="x href=" href="https://example.net/">a</a>',
        "<b title=' src=\"/x\" '>a</b>",
    ],
)
def test_what_is_no_address(markdown: str) -> None:
    """Text and the values of other attributes stay as they are, even where they look like an address."""
    safe = text.html(markdown, level=3, prefix="text-")
    assert feed.in_full(safe, PAGE, SITE) == safe


class Tags(HTMLParser):
    """The tags and the text of HTML."""

    def __init__(self, source: str) -> None:
        """Read it."""
        super().__init__()
        self.found: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag."""
        self.found.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        """Text."""
        self.found.append((data, []))


PIECES = [
    "<a ",
    "<img ",
    "<b ",
    "href=",
    "src=",
    "title=",
    "alt=",
    '"',
    "'",
    ">",
    "</a>",
    " ",
    "/x",
    "y",
    "&quot;",
    "#",
    "`",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_nothing_else_changes(source: str) -> None:
    """A parser of HTML finds the same in the text as before, but for addresses, which are all in full."""
    safe = text.html(source)
    before, after = Tags(safe).found, Tags(feed.in_full(safe, PAGE, SITE)).found
    assert len(before) == len(after)
    for (tag, attributes), (same_tag, now) in zip(before, after, strict=True):
        assert tag == same_tag
        assert [name for name, _ in attributes] == [name for name, _ in now]
        for (name, value), (_, new) in zip(attributes, now, strict=True):
            if name in ("href", "src"):
                assert (new or "").startswith("https://example.org/guild/"), html.escape(source)
            else:
                assert value == new
