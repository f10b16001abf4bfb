"""The theme "programme": what its pages say, and at which moment."""

import base64
import re
from collections.abc import Callable

import pytest

from tests.sites import SITE, Project
from tests.visible import visible

Make = Callable[[str], Project]

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""A picture of one pixel."""

CLUB = """
-- events/club.yaml --
title: Book club
start: 2026-12-01 18:00
end: 20:00
registration: {url: "https://r.example/", opens: 2026-11-20, closes: 2026-12-20}
online: https://meet.example/club
repeats:
  every: week
  count: 4
  also: [2026-12-04 11:00]
  changes:
    2026-12-08: {end: "23:00"}
    2026-12-15: cancelled
    2026-12-22: {start: 2026-12-23, title: "Book club: Dune"}
"""


def text_of(made: Project, path: str, now: str) -> str:
    """The words of a page, built at a moment."""
    assert not made.build(now).failed
    page = re.sub(r"<[^>]+>", " ", visible(made.read(path)).partition("<main")[2].partition("<footer")[0])
    return " ".join(page.split())


def date(made: Project, anchor: str) -> str:
    """The words of one date of the club."""
    page = made.read("events/club/index.html")
    found = re.search(rf'<li id="{anchor}".*?(?=<li id="\d|</ol>)', page, re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


def main_of(made: Project, path: str) -> str:
    """What a page has between its head and foot, of a site that is built already."""
    return visible(made.read(path)).partition("<main")[2].partition("<footer")[0]


def section(made: Project, path: str, heading: str) -> str:
    """The words of the section of that heading, links as ``[words](address)``."""
    found = re.search(rf"<h2[^>]*>{re.escape(heading)}</h2>.*?</section>", main_of(made, path), re.DOTALL)
    assert found, f"{path} has no section {heading}"
    linked = re.sub(r'<a\b[^>]*? ?href="([^"]*)"[^>]*>(.*?)</a>', r"[\2](\1)", found[0], flags=re.DOTALL)
    words = " ".join(re.sub(r"<[^>]+>", " ", linked.partition("</h2>")[2]).split())
    return re.sub(r"\[ ?(.*?) ?\]", r"[\1]", words).replace(" ,", ",")


def headings(made: Project, path: str) -> list[str]:
    """The headings of a page's sections, in order."""
    return [re.sub(r"<[^>]+>", "", each) for each in re.findall(r"<h2[^>]*>(.*?)</h2>", main_of(made, path))]


def test_dates_of_a_repetition(make: Make) -> None:
    """Each says what is different on it: its hours, that it is cancelled, whence it was moved, what it is called."""
    made = make(SITE + CLUB)
    text = text_of(made, "events/club/index.html", "2026-11-25")
    assert "Every Tuesday" in text
    assert "11:00" in date(made, "2026-12-04")
    assert "11:00" in date(made, "2026-12-08")  # in the evening, on a clock of twelve hours
    assert "Cancelled" in date(made, "2026-12-15")
    assert "moved from December 22, 2026" in date(made, "2026-12-22")
    assert "Book club: Dune" in date(made, "2026-12-22")


@pytest.mark.parametrize(
    ("now", "says", "silent"),
    [
        ("2026-11-19", ("Registration opens on", "Registration closes on", "Google"), ("Register ",)),
        ("2026-11-25", ("Register ", "Join online", "Google", "Outlook", "Office 365", "Apple"), ("opens on",)),
        ("2026-12-21", ("Registration closed on", "Join online"), ("Register ",)),
        ("2027-01-01", ("Last date",), ("Register ", "Join online", "Google", "Add all dates")),
    ],
)
def test_what_one_can_do(make: Make, now: str, says: tuple[str, ...], silent: tuple[str, ...]) -> None:
    """One can register while that is open, and join and put into a calendar what is not over."""
    text = text_of(make(SITE + CLUB), "events/club/index.html", now)
    head = text.partition("Dates")[0] if "Last date" not in text else text.partition("Practical")[0]
    assert [each for each in says if each not in text] == []
    assert [each for each in silent if each in head] == []


def test_when_only_cancelled_dates_are_left(make: Make) -> None:
    """The page says so, and asks nobody to come."""
    made = make(
        SITE + CLUB.replace('2026-12-22: {start: 2026-12-23, title: "Book club: Dune"}', "2026-12-22: cancelled")
    )
    head = text_of(made, "events/club/index.html", "2026-12-14").partition("Dates")[0]
    assert "Cancelled" in head
    assert not re.search(r"Google|Join online|Register ", head)


def test_no_page_tells_how_long_it_is_until_then(make: Make) -> None:
    """What would be wrong tomorrow is not written: pages of two days differ in nothing while no date is over."""
    made = make(SITE + CLUB)
    made.build("2026-11-25")
    before = made.output()
    made.build("2026-11-30")
    assert made.output() == before


def test_a_sheet_is_a_table(make: Make) -> None:
    """A month has its weeks as rows with the days of the week as heads, and what takes place links to its date."""
    made = make(SITE + CLUB)
    made.build("2026-11-25")
    page = made.read("events/calendar/2026-12/index.html")
    assert page.count("<tr") == 1 + 5
    assert len(re.findall(r"<th[ >]", page)) == 7
    assert 'href="/events/club/#2026-12-15"' in page


# --- The frame of every page

ABROAD = """
-- site.yaml --
name: Working Order
url: https://example.org/sub/
timezone: Europe/Oslo
language: en-GB
languages: [en-GB, es]
logo: logo.png
repository: https://github.com/order/site
email: office@example.org
footer:
  - Founded in 1997.
  - {label: Terms, url: terms}
-- members/ada.yaml --
name: Ada Okafor
skills: [Looms]
joined: 2020
-- events/agm.yaml --
title: Assembly
start: 2026-12-01 18:00
venue: {name: Hall, city: Oslo, country: NO}
publish_date: 2026-10-01
-- events/agm.es.yaml --
title: Asamblea
-- news/loom.md --
---
title: A loom
date: 2026-11-02
---
It weaves.
-- pages/terms.md --
---
title: Terms
---
None.
"""


def abroad(make: Make) -> Project:
    """A site below a path, in two languages, with a mark."""
    made = make(ABROAD)
    made.put("logo.png", PNG)
    return made


def test_head_of_a_page(make: Make) -> None:
    """Programs find the page in its languages, what it is about, when it was published, and its feeds."""
    made = abroad(make)
    assert not made.build().failed
    head = made.read("events/agm/index.html").partition("</head>")[0]
    for tag, url in (("en-GB", ""), ("es", "es/"), ("x-default", "")):
        slug = "asamblea" if tag == "es" else "agm"
        assert re.search(rf'hreflang="{tag}" href="https://example.org/sub/{url}events/(agm|{slug})/"', head)
    assert '<meta property="og:locale" content="en_GB">' in head
    assert '<meta property="og:locale:alternate" content="es">' in head
    assert '<meta name="twitter:card" content="summary_large_image">' in head
    assert '"@type":"Event"' in head.partition("application/ld+json")[2]
    assert "noindex" not in head
    news = made.read("news/loom/index.html").partition("</head>")[0]
    assert '<meta property="og:type" content="article">' in news
    assert '<meta property="article:published_time" content="2026-11-02">' in news
    listed = made.read("news/index.html").partition("</head>")[0]
    assert 'type="application/atom+xml" title="News" href="/sub/news/feed.atom"' in listed
    assert 'type="application/feed+json" title="News" href="/sub/news/feed.json"' in listed
    lost = made.read("404.html").partition("</head>")[0]
    assert '<meta name="robots" content="noindex">' in lost
    assert "canonical" not in lost


def test_picture_of_a_page(make: Make) -> None:
    """Shared links show a picture by its whole address, and it is a large one where the page has one of its own."""
    made = abroad(make)
    made.put("events/agm.png", PNG)
    made.write("-- events/agm.yaml --\ntitle: Assembly\nstart: 2026-12-01\nimage_alt: A hall\n")
    assert not made.build().failed
    head = made.read("events/agm/index.html").partition("</head>")[0]
    assert re.search(r'<meta property="og:image" content="https://example.org/sub/events/agm/agm[^"]*.png">', head)
    assert '<meta property="og:image:alt" content="A hall">' in head
    assert "summary_large_image" in head
    plain = made.read("members/ada/index.html").partition("</head>")[0]
    assert '<meta property="og:image" content="https://example.org/sub/share.png">' in plain
    assert "summary_large_image" in plain, "the picture of the site"


def test_share_is_switched_off(make: Make) -> None:
    """Without the format ``share`` no page says anything to programs that share links."""
    made = make(SITE + "formats: {share: no}\n" + CLUB)
    assert not made.build().failed
    assert "og:" not in made.read("events/club/index.html")
    assert "ld+json" not in made.read("events/club/index.html")


def test_other_languages(make: Make) -> None:
    """The way to another language leads to the same page where that exists, else to the first page."""
    made = abroad(make)
    assert not made.build().failed
    there = made.read("events/agm/index.html").partition("<main")[0]
    assert re.search(r'<b aria-current="true">English</b>', there)
    assert re.search(r'<a href="/sub/es/events/[^"]+" hreflang="es" lang="es">', there)
    assert re.search(r'<a href="/sub/es/" hreflang="es" lang="es">', made.read("news/loom/index.html"))
    assert 'href="/sub/es/events/"' in made.read("es/index.html")


def test_mast_and_foot(make: Make) -> None:
    """The head has the association's mark, the sections and the search, the foot the rest and its own words."""
    made = abroad(make)
    assert not made.build().failed
    page = made.read("events/agm/index.html")
    mast = page.partition("<body>")[2].partition("<main")[0]
    assert '<form class="box" action="/sub/search/" role="search">' in mast
    assert re.search(r'<img src="/sub/assets/logo[^"]*" alt=""', mast)
    assert re.findall(r'href="([^"]*)"', mast.partition('class="main"')[2]) == [
        "/sub/events/", "/sub/members/", "/sub/news/"
    ]  # fmt: skip
    foot = page.partition("<footer")[2]
    assert "<p>Founded in 1997.</p>" in foot
    assert '<a href="/sub/terms/">Terms</a>' in foot
    assert '<a href="/sub/skills/">Skills</a>' in foot
    assert '<a href="/sub/places/">Places</a>' in foot
    assert '<a href="/sub/members/">' not in foot
    assert 'href="https://github.com/order/site/edit/main/content/events/agm.yaml">Edit this page</a>' in foot
    assert "Edit this page" not in made.read("index.html")
    assert "Edit this page" not in made.read("404.html")


def test_words_at_the_head_of_a_list(make: Make) -> None:
    """A page named like a section gives its list a heading and words, on the first of its pages alone."""
    made = make(
        SITE
        + "directory: {page_size: 1}\n"
        + """
-- members/ada.yaml --
name: Ada Okafor
-- members/bo.yaml --
name: Bo Lind
-- pages/members.md --
---
title: Who we are
summary: All of us.
---
Ask *anybody*.
"""
    )
    assert "Who we are All of us. Ask anybody ." in text_of(made, "members/index.html", "2026-11-25")
    assert "<title>Who we are · Working Order</title>" in made.read("members/index.html")
    second = text_of(made, "members/page/2/index.html", "2026-11-25")
    assert "Who we are" in second
    assert "All of us." not in second


# --- The first page


WHOLE = """
-- site.yaml --
name: Working Order
url: https://example.org/
timezone: Europe/Oslo
email: office@example.org
description: People who repair.
tiers: [gold, silver]
embeds: [tube.example]
fields:
  members: {trade: {label: Trade, public: yes, facet: yes}, kept: {label: Kept since, type: date, public: yes}}
  events: {bring: {label: Please bring, public: yes}}
-- members/ada.yaml --
name: Ada Okafor
joined: 2020
organization: acme
organizations: [{organization: acme, role: Owner, since: 2009}, {organization: Museum, role: Guard, until: 2008}]
groups: [{group: clocks, role: Lead, since: 2021}]
skills: [Looms]
email: ada@example.net
public: email
trade: Weaver
kept: 1999-05
-- members/bo.yaml --
name: Bo Lind
organization: Museum
groups: clocks
skills: [Looms]
trade: Weaver
tags: oil
-- members/cy.yaml --
name: Cy Moe
groups: looms
-- members/di.yaml --
name: Di Fox
-- groups/clocks.md --
---
title: Tower clocks
meets: Mondays
leads: [ada, {person: di, since: 2020}]
former_leads: [{person: bo, since: 2015, until: 2019}]
---
-- groups/looms.md --
---
title: Looms
contact: {email: looms@example.org}
---
-- groups/old.md --
---
title: Old group
status: closed
---
-- organizations/acme.yaml --
name: Acme
tier: silver
location: Oslo, Norway
-- organizations/felt.yaml --
name: Felt and Cord
tier: gold
-- opportunities/oiler.md --
---
title: Somebody to oil
type: volunteering
organization: acme
contact: ada
closes: 2026-12-31
tags: oil
event: talk
---
-- resources/tables.md --
---
title: Oil tables
type: guide
date: 2026-05-01
authors: ada
event: talk
tags: oil
url: https://x.example/
---
-- news/first.md --
---
title: First news
date: 2026-11-01
authors: ada
summary: It began.
---
-- news/second.md --
---
title: Second news
date: 2026-11-02
tags: oil
---
-- events/talk.yaml --
title: A talk
start: 2026-12-01 18:00
venue: organizations/acme
groups: clocks
hosts: [groups/looms, organizations/felt]
speakers: ada
sponsors: [{organization: Rope Ltd}, {organization: acme, tier: silver}, {organization: felt, tier: Gold}]
resources: [tables, {title: A film, url: "https://f.example/", type: film}]
bring: A screw
tags: oil
-- events/next.yaml --
title: Another
start: 2026-12-02
groups: clocks
repeats:
  every: week
  count: 3
  changes:
    2026-12-09:
      groups: looms
      sponsors: [{organization: felt, tier: gold}]
      resources: [tables]
      venue: organizations/acme
"""
"""A site that has something of everything."""


def test_first_page(make: Make) -> None:
    """It has what comes next and the ways to people, then whatever there is, each with a way to all of it."""
    made = make(WHOLE)
    text = text_of(made, "index.html", "2026-11-25")
    assert headings(made, "index.html") == [
        "Next event", "Who do you need?", "Coming up", "News", "Opportunities", "New members", "Groups", "Resources",
        "With the support of", "Join in",
    ]  # fmt: skip
    assert "A talk" in text.partition("Who do you need?")[0]
    assert "4 members, by name" in text
    assert section(made, "index.html", "News").endswith("[First news](/news/first/)")
    assert "Somebody to oil" in section(made, "index.html", "Opportunities")
    assert "until December 31, 2026" in section(made, "index.html", "Opportunities")
    assert "[Tower clocks](/groups/clocks/) Mondays" in section(made, "index.html", "Groups")
    assert "Old group" not in section(made, "index.html", "Groups")
    assert "May 2026 [Oil tables](/resources/tables/) guide" in section(made, "index.html", "Resources")
    supporters = section(made, "index.html", "With the support of")
    assert re.search(r"gold \[Felt and Cord\].* silver \[Acme\]", supporters)
    assert "People who repair. [Write to us](mailto:office@example.org)" in section(made, "index.html", "Join in")


def test_order_of_the_first_page(make: Make) -> None:
    """site.yaml says which sections it has, in which order."""
    made = make(WHOLE.replace("tiers:", "home: [news, groups, events]\ntiers:"))
    assert not made.build("2026-11-25").failed
    assert headings(made, "index.html") == ["News", "Groups", "Next event", "Coming up"]


def test_first_page_of_a_site_with_nothing(make: Make) -> None:
    """It says what is missing and whom to write to, and has no section without anything in it."""
    made = make(SITE + "email: office@example.org\n")
    text = text_of(made, "index.html", "2026-11-25")
    assert headings(made, "index.html") == ["Next event", "Members", "Join in"]
    assert "No events are planned. If you would like to hold one, write to us: office@example.org" in text
    assert "Nobody is listed yet. To be the first, write to us: office@example.org" in text


def test_words_of_the_first_page(make: Make) -> None:
    """What stands in pages/home.md is at its head; the line of site.yaml stays the heading."""
    made = make(SITE + "tagline: We repair.\n-- pages/home.md --\n---\ntitle: Welcome\n---\nCome in.\n")
    assert "We repair. Come in. Next event" in text_of(made, "index.html", "2026-11-25")
    assert "<title>Working Order</title>" in made.read("index.html")


# --- People


def test_profile(make: Make) -> None:
    """It shows where somebody belongs, works and has worked, what they lead, wrote and answer for, and own fields."""
    made = make(WHOLE)
    ada = text_of(made, "members/ada/index.html", "2026-11-25")
    assert "Acme" in ada
    work = section(made, "members/ada/index.html", "Work")
    assert work == "[Acme](/organizations/acme/) Owner, since 2009 Museum Guard, until 2008"
    assert section(made, "members/ada/index.html", "Groups") == "[Tower clocks](/groups/clocks/) Lead, since 2021"
    wrote = section(made, "members/ada/index.html", "Wrote")
    assert wrote == "Nov 1, 2026 [First news](/news/first/) May 1, 2026 [Oil tables](/resources/tables/) guide"
    openings = section(made, "members/ada/index.html", "Ask me about these openings")
    assert openings == "[Somebody to oil](/opportunities/oiler/) volunteering, until December 31, 2026"
    contact = section(made, "members/ada/index.html", "Contact")
    assert "Mail [ada@example.net](mailto:ada@example.net)" in contact
    assert "Trade [Weaver](/trade/weaver/)" in contact
    assert "Kept since May 1999" in contact
    assert "Follow [Subscribe to Ada Okafor’s events](webcal://example.org/members/ada/calendar.ics)" in contact
    assert "[Feed](/members/ada/feed.atom)" in contact
    assert 'src="/members/ada/qr.svg" alt="QR code with the address of this page"' in main_of(
        made, "members/ada/index.html"
    )
    assert section(made, "members/di/index.html", "Groups") == "[Tower clocks](/groups/clocks/) Lead, since 2020"
    bo = section(made, "members/bo/index.html", "Groups")
    assert bo == "[Tower clocks](/groups/clocks/) [Tower clocks](/groups/clocks/) Former lead, 2015 – 2019"


@pytest.mark.parametrize(
    ("member", "says", "leads"),
    [
        ("ada", "Write a message", "mailto:ada@example.net"),
        ("bo", "Ask Ada Okafor to introduce you", "mailto:ada@example.net?subject=Introduction%3A%20Bo%20Lind"),
        ("cy", "Ask Looms to introduce you", "mailto:looms@example.org?subject=Introduction%3A%20Cy%20Moe"),
        ("di", "Ask the office to introduce you", "mailto:office@example.org?subject=Introduction%3A%20Di%20Fox"),
    ],
)
def test_everybody_can_be_reached(make: Make, member: str, says: str, leads: str) -> None:
    """By their own address, else through a lead of one of their groups, else the group, else the office."""
    made = make(WHOLE)
    assert says in text_of(made, f"members/{member}/index.html", "2026-11-25")
    page = main_of(made, f"members/{member}/index.html")
    found = re.search(rf'<a class="button go" href="([^"]*)">{says}', page)
    assert found
    assert found[1].startswith(leads)
    contact = section(made, f"members/{member}/index.html", "Contact")
    assert ("Introductions" in contact) == (member != "ada")
    if member == "bo":
        assert "[Ada Okafor](/members/ada/), who leads Tower clocks" in contact


def test_no_code_and_no_card_where_they_are_not_made(make: Make) -> None:
    """A page links to files and languages that there are, and to no others."""
    made = make(WHOLE.replace("embeds:", "formats: {qr: no, vcf: no, ics: no, atom: no}\nembeds:"))
    assert not made.build("2026-11-25").failed
    for path in ("index.html", "members/ada/index.html", "tags/oil/index.html", "events/index.html"):
        assert "hreflang" not in made.read(path)
        assert not re.search(r"qr\.svg|\.vcf|\.ics|feed\.", made.read(path)), path


# --- Events


def test_event_with_everything(make: Make) -> None:
    """Groups, hosts, sponsors by their tiers, what there is to read, the house, and what came of it."""
    made = make(WHOLE)
    text = text_of(made, "events/talk/index.html", "2026-11-25")
    assert "Acme" in text.partition("About")[0]
    practical = section(made, "events/talk/index.html", "Practical")
    assert "Place [Acme](/organizations/acme/)" in practical
    assert "Group [Tower clocks](/groups/clocks/)" in practical
    assert "Please bring A screw" in practical
    assert section(made, "events/talk/index.html", "Sponsors") == (
        "Gold [Felt and Cord](/organizations/felt/) silver [Acme](/organizations/acme/) With thanks Rope Ltd"
    )
    assert section(made, "events/talk/index.html", "Hosts") == (
        "[Looms](/groups/looms/) [Felt and Cord](/organizations/felt/)"
    )
    assert section(made, "events/talk/index.html", "To read and watch") == (
        "[Oil tables](/resources/tables/) [A film](https://f.example/) film"
    )
    assert "[Oil tables](/resources/tables/) guide" in section(made, "events/talk/index.html", "From this event")
    assert "[Somebody to oil]" in section(made, "events/talk/index.html", "Opportunities")


def test_what_differs_on_one_date(make: Make) -> None:
    """A date has groups, sponsors, things to read and a house of its own."""
    made = make(WHOLE)
    assert not made.build("2026-11-25").failed
    page = made.read("events/next/index.html")
    found = re.search(r'<li id="2026-12-09".*?(?=<li id="\d)', page, re.DOTALL)
    assert found
    for href in ("/groups/looms/", "/organizations/felt/", "/resources/tables/", "/organizations/acme/"):
        assert f'href="{href}"' in found[0], href
    assert "gold" in found[0]


@pytest.mark.parametrize(
    ("recording", "shows", "button"),
    [
        ("https://tube.example/w/1", r'<iframe class="film" src="https://tube\.example/', "Watch the recording"),
        (
            "/files/talk.mp4",
            r'<video class="film" src="/files/talk\.mp4" controls preload="none">',
            "Watch the recording",
        ),
        ("/files/talk.mp3", r'<audio class="sound" src="/files/talk\.mp3" controls', "Listen to the recording"),
        ("https://elsewhere.example/1", "", "Watch the recording"),
    ],
)
def test_recording(make: Make, recording: str, shows: str, button: str) -> None:
    """It plays on the page from hosts that the site allows and from its own files; else there is a link to it."""
    made = make(WHOLE.replace("bring: A screw", f'recording: "{recording}"'))
    made.put("files/talk.mp4", b"film")
    made.put("files/talk.mp3", b"sound")
    text = text_of(made, "events/talk/index.html", "2027-01-25")
    page = main_of(made, "events/talk/index.html")
    assert button in text
    assert bool(re.search(shows, page)) if shows else not re.search("<iframe|<video|<audio", page)
    assert f'href="{recording}"' in page
    if "iframe" in shows:
        frame = re.search(r"<iframe[^>]*>", page)
        assert frame
        assert 'title="Recording: A talk" loading="lazy" allow="fullscreen" referrerpolicy=' in frame[0]


# --- Topics


def test_topic_with_everything(make: Make) -> None:
    """It has events, people, and every other kind under the name of its list."""
    made = make(WHOLE)
    text_of(made, "tags/oil/index.html", "2026-11-25")
    assert headings(made, "tags/oil/index.html") == ["Events", "Members", "Opportunities", "News", "Resources"]
    assert "[Somebody to oil](/opportunities/oiler/)" in section(made, "tags/oil/index.html", "Opportunities")
    assert "[Second news](/news/second/) November 2, 2026" in section(made, "tags/oil/index.html", "News")
    assert "[Oil tables](/resources/tables/)" in section(made, "tags/oil/index.html", "Resources")
    assert "[Feed](/tags/oil/feed.atom)" in re.sub(
        r'<a href="([^"]*)">(.*?)</a>', r"[\2](\1)", main_of(made, "tags/oil/index.html")
    )


def test_lists_of_topics(make: Make) -> None:
    """They say how many of what there are, and lead to the other ways to look."""
    made = make(WHOLE)
    assert "oil 1 member, 1 event, 3 more" in text_of(made, "tags/index.html", "2026-11-25")
    assert "Members by name Members by place Organizations Tags Introductions Trade Looms 2" in " ".join(
        text_of(made, "skills/index.html", "2026-11-25").split()
    )
    assert "Trade Members by name" in text_of(made, "trade/index.html", "2026-11-25")
    made.write(WHOLE.replace("tiers:", "directory: {facets: [trade, tags]}\ntiers:"))
    assert "Members by name Trade Tags" in " ".join(text_of(made, "skills/index.html", "2026-11-25").split())
    assert "Weaver 2" in text_of(made, "trade/index.html", "2026-11-25")


# --- The association's own words


def test_vocabulary(make: Make) -> None:
    """What the association calls members and groups stands in headings and counts."""
    made = make(WHOLE.replace("tiers:", "vocabulary: {members: [fellow, fellows], groups: benches}\ntiers:"))
    home = text_of(made, "index.html", "2026-11-25")
    assert "4 fellows, by name" in home
    assert "New fellows" in home
    assert "Benches" in home
    assert "4 fellows Fellows by skill" not in home
    assert "Fellows by skill" in home
    listed = text_of(made, "members/index.html", "2026-11-25")
    assert "Fellows 4 fellows" in listed
    assert "Start anew Fellows by skill" in listed
    assert section(made, "members/ada/index.html", "Benches")
    assert "oil 1 fellow, 1 event" in text_of(made, "tags/index.html", "2026-11-25")
    for path in (
        "index.html",
        "members/index.html",
        "members/ada/index.html",
        "tags/index.html",
        "tags/oil/index.html",
    ):
        assert not re.search(r"\b[Mm]embers\b", re.sub(r"<[^>]+>", " ", main_of(made, path))), path


def test_a_site_without_the_other_kinds(make: Make) -> None:
    """Members and events alone are a whole site: nothing is said of what it does not have."""
    made = make(SITE + CLUB + "-- members/ada.yaml --\nname: Ada Okafor\njoined: 2020\n")
    text = text_of(made, "index.html", "2026-11-25")
    assert headings(made, "index.html") == ["Next event", "Who do you need?", "New members", "Join in"]
    assert "None" not in text
    assert "Groups" not in text_of(made, "members/ada/index.html", "2026-11-25")
    assert not re.search("Sponsor|Group|From this event", text_of(made, "events/club/index.html", "2026-11-25"))
