"""The pages of the exchange and of mentoring: where they are, what is on them, and who is on none of them."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from sitegen import navigation, pages
from sitegen.config import in_language
from sitegen.insight.matching import SHOWN, Offered, Person
from sitegen.model import shown
from sitegen.pages.exchange import _parted
from sitegen.plan import Collection
from sitegen.site import Site, link
from tests.sites import NOW, SITE, Project
from tests.steps import config_of, entries_of, epoch, linked

Make = Callable[[str], Project]


def member(name: str, fields: str) -> str:
    """A member's file."""
    return f"-- members/{name}.yaml --\nname: {name.title()}\n{fields}\n"


def found(text: str, now: str = NOW) -> tuple[dict[str, Collection], Site]:
    """The pages of a site, by address."""
    site, _ = linked(text, now)
    return {each.url: each for each in pages.collections((site,))}, site


def items(page: Collection, name: str) -> list[dict[str, Any]]:
    """What a page shows in a section."""
    return [shown(each, dict) for section in page.sections if section.name == name for each in section.items]


# --- Where they are


@pytest.mark.parametrize(
    ("fields", "there"),
    [
        ("offers: Looms", {"exchange"}),
        ("seeks: Looms", {"exchange"}),
        ("available_for: Talks", {"exchange"}),
        ("mentoring: mentor", {"mentoring"}),
        ("skills: Looms", set()),
        ("offers: Looms\nmentoring: mentee\nstatus: guest", set()),
        ("offers: Looms\nmentoring: mentee\nstatus: in-memoriam", set()),
        ("offers: {topic: Looms, until: 2026-11-22}", set()),
    ],
)
def test_they_are_where_anybody_is(fields: str, there: set[str]) -> None:
    """There is a page, and a section that leads there, as soon as a member has to do with it."""
    urls, site = found(member("ada", fields))
    assert {name for name in ("exchange", "mentoring") if f"/{name}/" in urls} == there
    sections = navigation.sections(site)
    assert {name: sections[name].url for name in there} == {name: f"/{name}/" for name in there}
    assert not {"exchange", "mentoring"} - there & set(sections)


@pytest.mark.parametrize("name", ["exchange", "mentoring", "introductions"])
def test_words_at_the_head(name: str) -> None:
    """A plain page of this name is at the head of the section, which is there for its sake."""
    urls, site = found(f"-- pages/{name}.md --\n---\ntitle: Ask us\n---\nAsk.\n")
    page = urls[f"/{name}/"]
    assert page.about is None
    assert page.intro
    assert page.intro.title == "Ask us"
    assert navigation.sections(site)[name].url == f"/{name}/"


def test_a_later_page_has_no_words() -> None:
    """Words, and the pictures in them, are on the first page; the others are called as it is."""
    text = f"{SITE}directory: {{page_size: 1}}\n" + member("ada", "seeks: [Looms, Gongs]")
    urls, _ = found(text + "-- pages/exchange.md --\n---\ntitle: Ask us\n---\nAsk.\n")
    assert urls["/exchange/"].intro
    assert (urls["/exchange/page/2/"].intro, urls["/exchange/page/2/"].title) == (None, "Ask us")


# --- Long lists


def test_slices() -> None:
    """Each page shows the next slice of every list, and which it is of how many."""
    text = f"{SITE}directory: {{page_size: 2}}\n" + member("ada", "seeks: [Looms, Gongs, Reeds]")
    text += "".join(member(f"m{number}", "offers: Bells") for number in range(5)) + member("bo", "offers: Looms")
    urls, _ = found(text)
    slices = {url: page for url, page in urls.items() if url.startswith("/exchange/")}
    assert list(slices) == ["/exchange/", "/exchange/page/2/", "/exchange/page/3/"]
    assert [items(page, "slice") for page in slices.values()] == [
        [{"url": "/exchange/", "number": number, "numbers": 3}] for number in (1, 2, 3)
    ]
    offers = [
        [(each["topic"], [one["title"] for one in each["people"]]) for each in items(page, "offers")]
        for page in slices.values()
    ]
    assert offers == [[("Bells", ["M0", "M1"])], [("Bells", ["M2", "M3"])], [("Bells", ["M4"]), ("Looms", ["Bo"])]]
    assert [[each["topics"] for each in items(page, "open")] for page in slices.values()] == [
        [["Gongs"], ["Reeds"]],
        [],
        [],
    ]
    assert {section.total for page in slices.values() for section in page.sections if section.name == "open"} == {2}


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_nobody_is_lost_between_slices(size: int) -> None:
    """Every slice has as many people as fit, the last what is left, in order."""
    counts = (1, 4, 2, 3)
    offers = [
        Offered(str(topic), tuple(Person(f"{topic}-{number}", "") for number in range(count)))
        for topic, count in enumerate(counts)
    ]
    parts = [[one.title for each in part for one in each.people] for part in _parted(offers, size)]
    assert [one for part in parts for one in part] == [one.title for each in offers for one in each.people]
    assert {len(part) for part in parts[:-1]} <= {size}
    assert 0 < len(parts[-1]) <= size


# --- Languages


def test_every_language_has_them() -> None:
    """A language has the pages at its own address, with the profiles that it has; they are translations."""
    text = (
        f"{SITE}languages: [en, es]\n"
        + member("ada", "seeks: Looms")
        + member("bo", "offers: Looms\nmentoring: mentor")
    )
    config = config_of(text)
    entries = entries_of(text, config.settings)
    site, _ = link(config, entries, (), epoch(NOW))
    other, _ = link(in_language(config, "es"), entries, (), epoch(NOW))
    urls = {each.url: each for each in pages.collections((site, other))}
    for name in ("exchange", "mentoring"):
        assert {each.title: each.url for each in urls[f"/{name}/"].translations} == {
            "en": f"/{name}/",
            "es": f"/es/{name}/",
        }
    assert items(urls["/es/exchange/"], "matches")[0]["people"][0]["url"] == "/members/bo/"


# --- What is on them

ADA = "seeks: [{topic: Looms, note: By <May>, until: 2027-05-31}, Gongs]\noffers: Bells\nmentoring: mentee"
BO = """
offers: {topic: Big looms, note: Wide}
seeks: Bells
lang: nb
mentoring: {topics: Looms, capacity: 2, hours: Mondays}
"""
CY = "skills: Looms\nmentoring: {as: mentor, open: no}"
DEMO = member("ada", ADA) + member("bo", BO) + member("cy", CY)


def text_of(html: str) -> str:
    """What stands on a page, in one line."""
    main = re.sub(r"(?s).*<main[^>]*>(.*)</main>.*", r"\1", html)
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_the_exchange_is_written(make: Make) -> None:
    """The theme shows needs beside those who meet them, needs that nobody meets, and offers, with links to profiles."""
    project = make(SITE + DEMO)
    assert not project.build().failed
    html = project.read("exchange/index.html")
    said = text_of(html)
    for words in (
        "Looms By &lt;May&gt; Wanted by Ada until May 31, 2027 Bo Big looms Wide",
        "Looks in turn for something that Ada offers",
        "Know about it: Cy",
        "Gongs Wanted by Ada",
        "Bells Wanted by Bo Ada",
    ):
        assert words in said
    assert '<a class="name" href="/members/bo/"><bdi lang="nb">Bo</bdi></a>' in html
    assert "mailto:" not in html.partition("<main")[2].partition("</main>")[0]


def test_mentoring_is_written(make: Make) -> None:
    """The theme shows mentors with what they say, how many have no room, and those who would like one."""
    project = make(SITE + DEMO)
    assert not project.build().failed
    said = text_of(project.read("mentoring/index.html"))
    for words in (
        "Looms Bo Up to 2 people at a time · Mondays",
        "One more mentor has no room",
        "Still without a mentor",
    ):
        assert words in said


def test_later_pages_are_written(make: Make) -> None:
    """They say which page they are, and lead to the others."""
    text = SITE + "directory: {page_size: 1}\n" + DEMO
    project = make(text)
    assert not project.build().failed
    html = project.read("exchange/page/2/index.html")
    assert "<title>Exchange, page 2 · Working Order</title>" in html
    assert 'rel="prev" href="/exchange/"' in html
    assert 'href="/exchange/page/2/"' in project.read("exchange/index.html")


def test_empty_pages_are_written(make: Make) -> None:
    """Where nobody has to do with it, and there are words at the head, the page says so."""
    names = ("exchange", "mentoring", "introductions")
    project = make(SITE + "".join(f"-- pages/{name}.md --\n---\ntitle: Ask us\n---\nAsk.\n" for name in names))
    assert not project.build().failed
    said = [text_of(project.read(f"{name}/index.html")) for name in names]
    assert [each.startswith("Ask us Ask.") for each in said] == [True] * 3
    assert "Nobody offers or looks for anything" in said[0]
    assert "There are no mentors" in said[1]
    assert "Nobody here shares" in said[2]


# --- Who is on none of them

CANARY = "quokka"


@pytest.mark.parametrize(
    "gone", ["listed: no", "listed: name-only", "status: in-memoriam", "status: guest", "draft: yes"]
)
def test_who_is_not_there(make: Make, gone: str) -> None:
    """Nothing of whoever is not in the directory is on these pages; nor is an address of anybody."""
    fields = (
        f"seeks: {CANARY} Looms\noffers: {CANARY} Gongs\nskills: Bells\nmentoring: {{as: both, topics: {CANARY} Reeds}}"
    )
    ada = f"seeks: [Bells, Gongs, Looms]\noffers: Looms\nmentoring: both\nemail: {CANARY}@example.com"
    project = make(SITE + member("ada", ada) + member(CANARY, f"{fields}\n{gone}"))
    project.build()
    for name in ("exchange", "mentoring"):
        assert CANARY not in project.read(f"{name}/index.html").lower()
    assert "Know about it" not in project.read("exchange/index.html")


def test_what_has_ended_leaves_the_page(make: Make) -> None:
    """The day after its last, a need is gone, and with the last one the page."""
    project = make(SITE + member("ada", "seeks: {topic: Looms, until: 2026-12-24}"))
    project.build("2026-12-24T23:59")
    assert "Looms" in project.read("exchange/index.html")
    project.build("2026-12-25T00:00")
    assert "exchange/index.html" not in project.output()


def test_some_are_named() -> None:
    """With a need some of many are named, and so says the page."""
    text = member("ada", "seeks: Looms") + "".join(member(f"m{at}", "offers: Looms") for at in range(SHOWN + 1))
    urls, _ = found(text)
    assert (
        len(items(urls["/exchange/"], "matches")[0]["people"]),
        items(urls["/exchange/"], "matches")[0]["more"],
    ) == (
        SHOWN,
        True,
    )
