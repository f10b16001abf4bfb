"""Redirects and headers, as Netlify's own programs read and apply them."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.formats import atom, ics, jsonfeed, netlify, vcf
from sitegen.model import Config, Entry, Face, Link, Redirect, Settings, VCard, VEvent, When, face
from sitegen.plan import Collection, Edition, path_of
from tests import nasty

READ = Path(__file__).parent / "netlify.mjs"
MODULES = os.environ.get("SITEGEN_NODE_MODULES", "")
NODE = shutil.which("node")
PACKAGES = ("netlify-redirect-parser", "netlify-headers-parser", "netlify-redirector")
MISSING = not NODE or not MODULES or not all((Path(MODULES) / name).is_dir() for name in PACKAGES)
by_netlify = pytest.mark.skipif(
    MISSING, reason=f"not there: npm install {' '.join(PACKAGES)}, and SITEGEN_NODE_MODULES says where"
)

ALL = frozenset({"ics", "vcf", "atom", "jsonfeed", "api", "redirects", "netlify"})
WHEN = When("2026-11-07T18:00", "", "Europe/Oslo", 1_794_070_800, 1_794_074_400)
VEVENT = face(VEvent("uid", 0, 0, WHEN, "Talk", "/events/talk/"))
VCARD = face(VCard("Ada Okafor", "Okafor", "Ada"))


def config(url: str = "https://example.org/", **fields: Any) -> Config:
    """An association."""
    return Config("Working Order", url, Settings("Europe/Oslo", url), **fields)


CONFIG = config()


def entry(url: str, vevent: Face | None = None, vcard: Face | None = None) -> Entry:
    """Something with a page; in a calendar, or with a card."""
    _, kind, name, _ = url.split("/")
    empty, link = face({}), face(Link(name, url))
    return Entry(kind, name, f"{kind}/{name}.md", "", url, name, name, link, link, empty, vevent=vevent, vcard=vcard)


def page(about: Entry, *aliases: str, **fields: Any) -> Collection:
    """The page of an entry."""
    return Collection(about.url, about.title, "any.html", about=about, aliases=aliases, language="en", **fields)


TALK, ADA = entry("/events/talk/", vevent=VEVENT), entry("/members/ada/", vcard=VCARD)


def written(*pages: Collection, formats: frozenset[str] = ALL, config: Config = CONFIG) -> dict[str, str]:
    """The two files, by name."""
    made = netlify.FORMAT.outputs(pages, Edition(config, formats=formats))
    return {each.path: each.render(each.inputs, None).decode() for each in made}  # type: ignore[arg-type]


def lines(*pages: Collection, **given: Any) -> list[str]:
    """The lines of _redirects."""
    return written(*pages, **given).get("_redirects", "").splitlines()


def rules(*pages: Collection, **given: Any) -> dict[str, dict[str, str]]:
    """The headers of each rule of _headers, read line by line."""
    found: dict[str, dict[str, str]] = {}
    headers: dict[str, str] = {}
    for line in written(*pages, **given)["_headers"].splitlines():
        if line.startswith("/"):
            assert line not in found
            headers = found[line] = {}
        else:
            name, _, value = line.removeprefix("  ").partition(": ")
            headers[name] = value
    return found


def read(files: dict[str, str], *addresses: str) -> dict[str, Any]:
    """What Netlify's programs make of the files."""
    asked = {"redirects": files.get("_redirects", ""), "headers": files["_headers"], "addresses": addresses}
    done = subprocess.run(
        [NODE or "", READ], input=json.dumps(asked), capture_output=True, text=True, check=False, timeout=120
    )
    assert not done.stderr, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["errors"] == []
    return found


# --- Old addresses

MOVED = (
    page(TALK, "/talks/2026/talk/", "/talk.html"),
    page(ADA, "/people/ada-o/", feed=(TALK,), dated=(TALK,), contacts=(ADA,), calendar="/members/ada/calendar.ics"),
    page(entry("/members/bo/")),
)


def test_what_moved() -> None:
    """An old address leads to the new one, as does that of every file beside the page; beside a file there is none."""
    assert lines(*MOVED) == [
        "/talks/2026/talk/ /events/talk/ 301!",
        "/talks/2026/talk/event.ics /events/talk/event.ics 301!",
        "/talk.html /events/talk/ 301!",
        "/people/ada-o/ /members/ada/ 301!",
        "/people/ada-o/calendar.ics /members/ada/calendar.ics 301!",
        "/people/ada-o/card.vcf /members/ada/card.vcf 301!",
        "/people/ada-o/people.vcf /members/ada/people.vcf 301!",
        "/people/ada-o/feed.atom /members/ada/feed.atom 301!",
        "/people/ada-o/feed.json /members/ada/feed.json 301!",
    ]


def test_every_rule_leads_from_a_file_to_a_file() -> None:
    """What the formats write at old addresses for other hosts is what has a rule, and each rule leads to a file."""
    edition = Edition(CONFIG, formats=ALL)
    beside = [output.path for form in (ics, vcf, atom, jsonfeed) for output in form.FORMAT.outputs(MOVED, edition)]
    pages = [path_of(url) for each in MOVED for url in (each.url, *each.aliases)]
    old = {path for path in (*beside, *pages) if not path.startswith(("events/", "members/"))}
    found = [line.split() for line in lines(*MOVED)]
    assert {path_of(each) for each, _, _ in found} == old
    assert {path_of(new) for _, new, _ in found} <= {*beside, *pages} - old


@pytest.mark.parametrize(
    ("off", "name"), [("ics", ".ics"), ("vcf", ".vcf"), ("atom", "feed.atom"), ("jsonfeed", "feed.json")]
)
def test_what_is_switched_off(off: str, name: str) -> None:
    """Files of a format that is off have no rules."""
    assert lines(*MOVED, formats=ALL - {off}) == [line for line in lines(*MOVED) if name not in line]
    assert rules(*MOVED).keys() - rules(*MOVED, formats=ALL - {off}).keys() == {
        path for path in rules(*MOVED) if path.endswith(name)
    }


LISTED = Collection("/events/", "Events", "", dated=(TALK,), calendar="/calendar.ics", aliases=("/dates/",))


def test_a_calendar_that_stands_elsewhere_does_not_move() -> None:
    """The calendar of the whole site is not beside the list of events, and so never was at that list's old address."""
    assert lines(LISTED) == ["/dates/ /events/ 301!"]


def test_nothing_moved() -> None:
    """Without old addresses there is no file."""
    assert "_redirects" not in written(page(ADA))


SHOP = "https://shop.example/a%20b?c=d#e"
OWN = (
    Redirect("/blog/*", "/news/:splat"),
    Redirect("/people/", "/members/"),
    Redirect("/:year/:month/agm", "/events/agm-:year/", 302),
    Redirect("/shop", "https://shop.example/a b?c=d#e", 307),
    Redirect("/join.php", "/join/?from=old#how", 308),
)


def test_redirects_of_the_site() -> None:
    """Those for one address come before those for many, which leave alone what there is; statuses are known ones."""
    assert lines(config=config(redirects=OWN)) == [
        "/people/ /members/ 301!",
        f"/shop {SHOP} 302!",
        "/join.php /join/?from=old#how 301!",
        "/blog/* /news/:splat 301",
        "/:year/:month/agm /events/agm-:year/ 302",
    ]


BELOW = "https://example.org/order/"


def test_below_a_path() -> None:
    """Where the site stands below a path, both addresses do; those on other hosts are as they are."""
    found = lines(page(ADA, "/people/ada/"), config=config(BELOW, redirects=OWN))
    assert [tuple(line.split()[:2]) for line in found] == [
        ("/order/people/ada/", "/order/members/ada/"),
        ("/order/people/ada/card.vcf", "/order/members/ada/card.vcf"),
        ("/order/people/", "/order/members/"),
        ("/order/shop", SHOP),
        ("/order/join.php", "/order/join/?from=old#how"),
        ("/order/blog/*", "/order/news/:splat"),
        ("/order/:year/:month/agm", "/order/events/agm-:year/"),
    ]
    headers = rules(*MOVED, config=config(BELOW, headers=(("/files/*", (("X-Robots-Tag", "noindex"),)),)))
    assert {path.split("/")[1] for path in headers} == {"order"}
    assert headers.keys() >= {"/order/*", "/order/assets/*", "/order/:a/:b/card.vcf", "/order/files/*"}


def test_pages_for_addresses_that_are_not_there() -> None:
    """Each language has its own, the innermost first. What stands at the root of the host Netlify finds by itself."""
    pages = [Collection(url, "", "not-found.html", unlisted=True) for url in ("/404.html", "/es/404.html")]
    assert lines(*pages) == ["/es/* /es/404.html 404"]
    assert lines(*pages, config=config(BELOW)) == [
        "/order/es/* /order/es/404.html 404",
        "/order/* /order/404.html 404",
    ]


ROUND = [
    ("/members/ada", "/members/ada/"),
    ("/join/", "/join?x=y"),
    ("/join/", "/join/#how"),
    ("/größe/", "/gr%C3%B6%C3%9Fe"),
    ("/.netlify/functions/x", "/members/"),
]


@pytest.mark.parametrize(("old", "new"), ROUND)
def test_no_rule_leads_around(old: str, new: str) -> None:
    """A rule whose addresses differ by a slash alone would never end; and Netlify redirects nothing of its own."""
    assert lines(config=config(redirects=(Redirect(old, new),))) == []


ADDRESSES = [
    ("/people/ada-o/", "/members/ada/", True),
    ("/people/ada-o", "/members/ada/", True),
    ("/people/ada-o/card.vcf", "/members/ada/card.vcf", True),
    ("/people/ada-o/x", "", False),
    ("/talk.html", "/events/talk/", True),
    ("/caf%C3%A9/", "/members/m%C3%BC/", True),
    ("/caf%C3%A9", "/members/m%C3%BC/", True),
    ("/a+b,c=d&e@f/", "/members/m%C3%BC/", True),
    ("/[x]|y/", "/members/m%C3%BC/", True),
    ("/join.php", "/join/?from=old#how", True),
    ("/shop/", SHOP, True),
    ("/blog/", "/news/", False),
    ("/blog/2020/lifts/", "/news/2020/lifts/", False),
    ("/2020/05/agm/", "/events/agm-2020/", False),
    ("/starfish/", "", False),
    ("/1/", "", False),
    ("/members/ada/", "", False),
]


@by_netlify
def test_where_addresses_lead() -> None:
    """Netlify leads old addresses to new ones, with a slash and without, whether it decodes what was sent or not."""
    odd = page(entry("/members/mü/"), "/café/", "/a+b,c=d&e@f/", "/[x]|y/", "/star*/", "/:x/")
    files = written(*MOVED, odd, config=config(redirects=OWN))
    found = read(files, *(address for address, _, _ in ADDRESSES))
    assert len(found["redirects"]) == len(files["_redirects"].splitlines())
    for (address, new, is_forced), answer in zip(ADDRESSES, found["answers"], strict=True):
        led = {(to, force) for to, _, force in filter(None, answer["led"])}
        assert led == ({(new, is_forced)} if new else set()), address


SIGNS = "*:!&=+@$,;'()[]{}|^`~-é\u3042👩\ufeff\x00\x1f3"
BROWSERS = "/~!$&'()*+,;=:@[]|"
"""What browsers leave as it is in a path (https://url.spec.whatwg.org/#path-percent-encode-set)."""


@by_netlify
def test_hostile_aliases() -> None:
    """Whatever signs an old address has, Netlify leads it where it belongs, and reads nothing else from its rule.

    Two signs that mean something to Netlify are told in ASCII alone, and fit what browsers never send.
    """
    aliases = [f"/old/{first}{second}/" for first in SIGNS for second in SIGNS]
    pages = [page(entry(f"/members/m{number}/"), alias) for number, alias in enumerate(aliases)]
    found = read(written(*pages), *(quote(alias, safe=BROWSERS) for alias in aliases))
    assert all(re.fullmatch(r"/members/m\d+/", to) and force for _, to, _, force in found["redirects"])
    for number, (alias, answer) in enumerate(zip(aliases, found["answers"], strict=True)):
        led = {to for to, _, _ in filter(None, answer["led"])}
        assert led == (set() if re.search(r"[*:]", alias) else {f"/members/m{number}/"}), alias


OTHERS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(OTHERS, st.text("*:/ab", max_size=9), nasty.TEXTS)
def test_a_rule_is_a_line_of_three_words(alias: str, old: str, new: str) -> None:
    """No text brings a rule, a word or a comment of its own, and no alias fits more than one address."""
    moved = (Redirect(f"/{old}", f"/{new}"), Redirect("/shop/", f"https://shop.example/{new}"))
    for line in written(page(ADA, f"/x/{alias}/"), config=config(redirects=moved))["_redirects"].split("\n")[:-1]:
        first, second, third = re.split(r"[\s\ufeff]+", line)
        assert first.startswith("/")
        assert re.match(r"/|https://shop\.example/", second)
        assert second.isascii()
        assert third == "301!" or (third == "301" and re.search(r"/(:|\*$)", first))
        assert third == "301" or not re.search(r"[*:#]", first)


# --- Headers


def test_what_is_sent_with_everything() -> None:
    """Pages load nothing from elsewhere and run nothing that stands in them; and other sites learn little of them."""
    found = rules()
    assert found["/*"] == {
        "Content-Security-Policy": (
            "default-src 'self'; base-uri 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'self'; "
            "frame-src 'self'; img-src 'self'; media-src 'self'; object-src 'none'; script-src 'self'"
        ),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
    }
    assert found["/assets/*"] == {"Cache-Control": "public, max-age=31536000, immutable"}


def test_the_engine_of_the_full_search_may_run() -> None:
    """WebAssembly is allowed where the search is a full one, and nothing else is; elsewhere it is not."""
    usual, full = netlify.policy(()), netlify.policy((), full=True)
    assert full == usual.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
    assert "unsafe" not in usual


def directives(*allowed: str) -> dict[str, set[str]]:
    """The sources of each directive of the policy that allows these hosts."""
    parts = (part.split() for part in netlify.policy(allowed).split("; "))
    return {name: set(sources) for name, *sources in parts}


def test_hosts_of_players() -> None:
    """Of well-known places of recordings frames show the player, and that is all."""
    policy = directives("youtube.com", "vimeo.com", "archive.org")
    assert policy.pop("frame-src") == {
        "'self'", "https://www.youtube-nocookie.com", "https://player.vimeo.com", "https://archive.org",
    }  # fmt: skip
    assert policy.items() <= directives().items()


def test_hosts_of_anything() -> None:
    """Of another host, and of those below it, may be frames, forms, pictures, recordings and scripts, and no more."""
    policy = directives("forms.example", "youtube.com")
    own = {"'self'", "https://forms.example", "https://*.forms.example"}
    assert {name for name, sources in policy.items() if own <= sources} == {
        "connect-src", "form-action", "frame-src", "img-src", "media-src", "script-src",
    }  # fmt: skip
    assert policy["script-src"] == own
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == {"'self'"}


OSLO = Collection("/places/no/oslo/", "Oslo", "", dated=(TALK,), calendar="/places/no/oslo/calendar.ics")
SENT = [
    ("/events/talk/event.ics", "text/calendar; charset=utf-8", "*"),
    ("/calendar.ics", "text/calendar; charset=utf-8", "*"),
    ("/members/ada/calendar.ics", "text/calendar; charset=utf-8", "*"),
    ("/places/no/oslo/calendar.ics", "text/calendar; charset=utf-8", "*"),
    ("/members/ada/card.vcf", "text/vcard; charset=utf-8", None),
    ("/members/ada/people.vcf", "text/vcard; charset=utf-8", None),
    ("/members/ada/feed.atom", "application/atom+xml; charset=utf-8", "*"),
    ("/members/ada/feed.json", "application/feed+json; charset=utf-8", "*"),
    ("/api/members.json", None, "*"),
    ("/api/schema/events.json", None, "*"),
    ("/assets/style.1f0c2d3e.css", None, None),
    ("/", None, None),
    ("/members/ada/", None, None),
    ("/events/event.icse/", None, None),
]


@by_netlify
def test_media_types() -> None:
    """Calendars, cards and feeds are sent as what they are. Scripts of other sites may read all but cards."""
    found = read(written(*MOVED, OSLO, LISTED), *(address for address, _, _ in SENT))
    for (address, kind, origins), answer in zip(SENT, found["answers"], strict=True):
        names = [name for name, _ in answer["sent"]]
        assert len(names) == len(set(names)), "it is nowhere said which of two rules would hold"
        sent = dict(answer["sent"])
        assert sent.get("Content-Type") == kind, address
        assert sent.get("Access-Control-Allow-Origin") == origins, address
        assert sent["X-Content-Type-Options"] == "nosniff", address


def test_rules_stay_few() -> None:
    """It is the depth of folders that makes rules, and not the number of pages."""
    many = [page(entry(f"/members/m{number}/", vcard=VCARD)) for number in range(50)]
    assert rules(*many).keys() == rules(page(ADA)).keys()


WRITTEN = (
    ("/files/*", (("X-Robots-Tag", "noindex"),)),
    ("/*", (("x-content-type-options", "none"), ("X-Frame-Options", "DENY"), ("cache-control", "no-store"))),
    ("/assets/*", (("Cache-Control", "max-age=60"),)),
    ("/api/*", (("access-control-allow-origin", "https://app.example"),)),
)


def test_headers_of_the_site() -> None:
    """A header of site.yaml takes the place of the same one for the same path, and one for all paths that of any."""
    made = written(config=config(headers=WRITTEN))["_headers"]
    ours, own = made[: made.index("/files/*")], made[made.index("/files/*") :]
    assert own == (
        "/files/*\n  X-Robots-Tag: noindex\n"
        "/*\n  X-Content-Type-Options: none\n  X-Frame-Options: DENY\n  Cache-Control: no-store\n"
        "/assets/*\n  Cache-Control: max-age=60\n"
        "/api/*\n  Access-Control-Allow-Origin: https://app.example\n"
    )
    assert ours.startswith("/*\n  Content-Security-Policy: ")
    assert "Referrer-Policy" in ours
    assert not [word for word in ("nosniff", "/assets/*", "Cache-Control", "/api/*") if word in ours]


@by_netlify
def test_headers_of_the_site_hold() -> None:
    """Netlify reads them, and of two that fit the later one of site.yaml is the last."""
    found = read(written(config=config(headers=WRITTEN)), "/assets/style.css", "/api/x.json", "/files/x.pdf", "/")
    style, data, file, first = (dict(answer["sent"]) for answer in found["answers"])
    assert style == {**first, "Cache-Control": "max-age=60"}
    assert data == {**first, "Access-Control-Allow-Origin": "https://app.example"}
    assert file == {**first, "X-Robots-Tag": "noindex"}
    assert (first["X-Content-Type-Options"], first["X-Frame-Options"]) == ("none", "DENY")


HOSTILE = (
    ("/a b\n/*", (("X-One", "1\r\n  Set-Cookie: a=b\n/*\n  X-Two: 2"), ("X-Three", "\u2028/*\x85\x1e# no\x00"))),
    ("/ä*#", (("X-Four", "vier ü, # / :"), ("X-Five", "a,b"))),
    ("no/slash", (("X-Six", "6"),)),
    ("/names/", (("X Seven", "7"), ("", "8"), ("#Nine", "9"), ("/Ten", "10"), ("X-El\n/*\n  X", "11"), ("X:12", "12"))),
    ("/empty/", (("X-Thirteen", " \n\t\x00 "),)),
)  # fmt: skip


@by_netlify
def test_hostile_headers() -> None:
    """No value brings a rule or a header of its own; what is no path, no name or empty is left out."""
    found = read(written(config=config(headers=HOSTILE)))
    usual = read(written())
    assert found["headers"][: len(usual["headers"])] == usual["headers"]
    assert found["headers"][len(usual["headers"]) :] == [
        ["/a%20b%0A/*", {"X-One": "1 Set-Cookie: a=b /* X-Two: 2", "X-Three": "/* # no"}],
        ["/%C3%A4*%23", {"X-Four": "vier ü, # / :", "X-Five": "a, b"}],
    ]


@given(nasty.TEXTS, nasty.TEXTS, nasty.TEXTS)
def test_a_header_is_a_line(path: str, name: str, value: str) -> None:
    """Whatever the texts, each line is a path, or two blanks, a name and a value."""
    headers = ((f"/{path}", (("X-One", value), (name, value))),)
    for line in written(config=config(headers=headers))["_headers"].split("\n")[:-1]:
        assert re.fullmatch(r"/[!-~]*|  [A-Za-z][\w-]*: \S(?:.*\S)?", line, re.ASCII)
        assert len(line.splitlines()) == 1
