"""The demonstration in a browser: every type of page, small and large, light and dark, by keyboard, without scripts.

Each page that is opened is also held against what ``browser.opened`` watches for: errors of scripts, what the shipped
security policy forbids, what is missing, what is asked of others.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from sitegen import fulltext
from tests.browser import NOW, PAGES, SCHEMES, THEMES, WIDTHS, Open, found, opened
from tests.host import rules, sent, served
from tests.sites import project

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MODULES = os.environ.get("SITEGEN_NODE_MODULES", "")
AXE = Path(MODULES) / "axe-core" / "axe.min.js"
WITHOUT_AXE = pytest.mark.skipif(
    not (MODULES and AXE.is_file()) and not os.environ.get("SITEGEN_ALL_TESTS"),
    reason="axe-core is not there: npm install axe-core, and SITEGEN_NODE_MODULES says where",
)

Built = Callable[..., Path]


# --- Every type of page

LOOKS = """() => ({
  over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  headings: document.querySelectorAll("h1").length,
  images: [...document.images].filter((each) => !each.hasAttribute("alt")
    || !(each.getAttribute("width") && each.getAttribute("height"))).map((each) => each.outerHTML),
  small: [...document.querySelectorAll("button:not(.unseen), input, select, nav a, summary")]
    .filter((each) => each.checkVisibility() && !["checkbox", "radio"].includes(each.type))
    .filter((each) => each.getBoundingClientRect().height < 24)
    .map((each) => each.outerHTML),
  ground: getComputedStyle(document.documentElement).backgroundColor,
})"""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_page_stands(tab: Open, demonstration: Built, name: str, width: str) -> None:
    """A page has one heading of the first rank, fits its window, says how large its images are, and can be touched."""
    page = tab(address(demonstration(), name), width=WIDTHS[width])
    grounds = set()
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        looks = page.evaluate(LOOKS)
        grounds.add(looks.pop("ground"))
        assert looks == {"over": 0, "headings": 1, "images": [], "small": []}
    assert len(grounds) == len(SCHEMES), "light and dark are the same"


@WITHOUT_AXE
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_page_is_accessible(tab: Open, demonstration: Built, theme: str, name: str) -> None:
    """Nothing is there for axe to object to in a page of any theme, light on a desk and dark on a phone."""
    page = tab(address(demonstration(theme), name), theme)
    page.evaluate(AXE.read_text("utf-8"))
    for scheme in SCHEMES:
        width = WIDTHS["phone" if scheme == "dark" else "desk"]
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        assert not objections(page), f"{width} px, {scheme}"


def objections(page: "Page") -> list[str]:
    """What axe finds in a page: the rule, the element, how to mend it."""
    results = page.evaluate(
        "() => axe.run({resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})"
        ".then((found) => found.violations)"
    )
    return [f"{each['id']}: {node['html']}: {node['failureSummary']}" for each in results for node in each["nodes"]]


@WITHOUT_AXE
def test_axe_objects(tab: Open) -> None:
    """As these tests run it, axe finds faint text, a small target and a picture that says nothing."""
    page = tab("/")
    page.evaluate(AXE.read_text("utf-8"))
    page.evaluate("""() => {
      const faint = document.createElement("p"), image = document.createElement("img");
      faint.style.color = "#ccc";
      faint.textContent = "faint";
      document.querySelector("main").append(faint, image);
      for (const name of ["a", "b"]) {
        const button = document.createElement("button");
        button.style.cssText = "padding: 0; border: 0; font-size: 8px";
        button.textContent = name;
        document.querySelector("main").append(button);
      }
    }""")
    assert {each.partition(":")[0] for each in objections(page)} >= {"color-contrast", "image-alt", "target-size"}


def test_complaints_are_heard(browser: "Browser", hosted: Callable[[str], str]) -> None:
    """A script in the page, one of another host, an error and a file that is not there are complaints."""
    from tests.browser import opened  # noqa: PLC0415 - the others use the fixture

    complaints: list[str] = []
    with opened(browser, hosted("programme"), "/", complaints) as page:
        page.evaluate("""() => {
          const add = (made) => document.head.append(Object.assign(document.createElement("script"), made));
          add({ textContent: "1" });
          add({ src: "https://elsewhere.example/x.js" });
          add({ src: "/nothing.js" });
          setTimeout(() => { throw new Error("mine") });
          document.body.setAttribute("style", "color: red");
          return new Promise((done) => setTimeout(done, 300));
        }""")
    heard = "\n".join(complaints)
    for said in ("inline script", "elsewhere.example", "404", "mine", "inline style"):
        assert said in heard, said


def address(folder: Path, name: str) -> str:
    """The address of a page of this type."""
    path = found(folder, PAGES[name])
    assert path, f"the demonstration has no page of the type {name}"
    return path


def test_headers_of_the_host() -> None:
    """All rules of ``_headers`` that fit an address hold for it: ``*`` is anything, ``:name`` one part of a path."""
    these = rules("/*\n  X-All: a\n/:one/feed\n  X-Feed: yes\n/assets/*\n  X-All: b\n")
    assert sent("/", these) == {"X-All": "a"}
    assert sent("/news/feed", these) == {"X-All": "a", "X-Feed": "yes"}
    assert sent("/a/b/feed", these) == {"X-All": "a"}
    assert sent("/assets/x.css", these) == {"X-All": "a, b"}


# --- By keyboard


def test_skip_link(tab: Open) -> None:
    """The first stop of the keyboard is a visible link that leads past the head of the page."""
    page = tab("/members/")
    page.keyboard.press("Tab")
    first = page.locator(":focus")
    assert first.get_attribute("href") == "#main"
    box = first.bounding_box()
    assert box
    assert box["y"] >= 0
    assert box["height"] >= 24
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("path", ["/", "/members/", "/events/", "/search/", "/introductions/"])
def test_keyboard_reaches_everything_and_is_seen(tab: Open, path: str, scheme: str, width: str) -> None:
    """Tab goes through all links and controls in the order of the page, and each shows that it has the focus."""
    page = tab(path, width=WIDTHS[width], scheme=scheme)
    stops = page.evaluate("""() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
      .filter((each) => each.checkVisibility() && !each.disabled && each.tabIndex >= 0).length""")
    seen: list[dict[str, Any]] = []
    for _ in range(stops + 1):
        page.keyboard.press("Tab")
        stop = page.evaluate("""() => {
          const each = document.activeElement, style = getComputedStyle(each);
          if (each === document.body) return null;
          const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")];
          return {at: all.indexOf(each), says: each.outerHTML, main: !!each.closest("nav.main"),
            seen: each.matches(":focus-visible") && style.outlineStyle !== "none"
              && parseFloat(style.outlineWidth) >= 2};
        }""")
        if not stop or (seen and stop["at"] <= seen[-1]["at"]):
            break
        seen.append(stop)
    assert len(seen) == stops
    assert [stop["says"] for stop in seen if not stop["seen"]] == []
    assert page.locator("nav.main a").count() == sum(stop["main"] for stop in seen)
    assert [stop["main"] for stop in seen].index(True) < 10


def test_slash_leads_to_the_search(tab: Open) -> None:
    """The key / puts the cursor into the search box, in which it is a letter like any other."""
    page = tab("/members/")
    page.keyboard.press("/")
    box = page.locator("form.box input")
    assert box.evaluate("(each) => each === document.activeElement")
    assert box.input_value() == ""
    page.keyboard.press("/")
    assert box.input_value() == "/"


# --- Light and dark


def test_scheme_is_kept(tab: Open) -> None:
    """Who chooses the dark has it on the next page, too, and after another click what the system says again."""
    page = tab("/")
    button = page.get_by_role("button", name="Dark")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(ground)
    assert button.get_attribute("aria-pressed") == "false"
    button.click()
    dark = page.evaluate(ground)
    assert dark != light
    with page.expect_navigation():
        page.locator("nav.main a").first.click()
    assert page.evaluate(ground) == dark
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    assert page.evaluate(ground) == light
    page.reload()
    assert page.evaluate("[document.documentElement.dataset.scheme, localStorage.length]") == [None, 0]
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ground) == dark
    assert button.get_attribute("aria-pressed") == "true"


# --- Search


def test_search_from_any_page(tab: Open) -> None:
    """What is typed into the head of a page and sent with Enter is looked for on the page of the search."""
    page = tab("/events/")
    page.locator("form.box input").fill("harmonium")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=harmonium")
    assert page.locator("#q").input_value() == "harmonium"
    page.locator("#found li").first.wait_for()
    assert "armonium" in page.locator("#found li").first.inner_text()


@pytest.mark.parametrize("typed", ["gschw", "Bartholomaus", "BARTHOLOMÄUS gschwandtner", "gschwandtner barth"])
def test_search_finds(tab: Open, typed: str) -> None:
    """A person is found by the beginning of a word, in any case and order, with accents and without."""
    page = tab("/search/")
    page.locator("#q").fill(typed)
    first = page.locator("#found li a").first
    first.wait_for()
    assert first.get_attribute("href") == "/members/bartholomaeus-gschwandtner/"
    assert page.url.partition("?q=")[2]


def test_search_by_keyboard(tab: Open) -> None:
    """Arrows lead from the box to the answers and back; how many there are is told to those who cannot see them."""
    page = tab("/search/")
    page.locator("#q").fill("clock")
    page.locator("#found li").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement === document.querySelector('#found li a')")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "q"
    status = page.locator("#found [role=status]")
    status.filter(has_text=re.compile(r"^Found: [1-9]")).wait_for()
    page.locator("#q").fill("xyzzyq")
    status.filter(has_text="Nothing was found").wait_for()


def test_search_by_kind(tab: Open) -> None:
    """Where to look narrows the answers, and stands in the address that is shared."""
    page = tab("/search/?q=vienna")
    page.locator("#found li").first.wait_for()
    page.locator("#kind").select_option("groups")
    page.wait_for_url("**/search/?q=vienna&kind=groups")
    urls = page.locator("#found li a").evaluate_all("(all) => all.map((each) => each.getAttribute('href'))")
    assert urls
    assert all(url.startswith("/groups/") for url in urls)


# --- Without scripts


@pytest.mark.parametrize("name", ["home", "members", "search", "introductions", "event", "month"])
def test_without_scripts(tab: Open, demonstration: Built, name: str) -> None:
    """Without scripts a page shows no control that would do nothing, and has its content."""
    page = tab(address(demonstration(), name), java_script_enabled=False, now=None)
    idle = [each for each in page.locator("button").all() if each.is_visible() and not submits(each)]
    assert not idle
    assert page.locator("main a:visible").count() > 5
    assert page.locator("nav.main a:visible").count() >= 5


def submits(button: object) -> bool:
    """A button sends a form somewhere."""
    return bool(button.evaluate("(each) => each.type === 'submit' && !!each.form?.getAttribute('action')"))  # type: ignore[attr-defined]


def test_search_without_scripts(tab: Open) -> None:
    """The search has its ways for those without scripts, and the box in the head leads there."""
    page = tab("/", java_script_enabled=False, now=None)
    page.locator("form.box input").fill("clock")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=clock")
    assert not page.locator("#find").is_visible()
    ways = page.locator("main a:visible").evaluate_all("(all) => all.map((each) => each.getAttribute('href'))")
    assert {"/members/", "/events/", "/groups/", "/skills/", "/places/"} <= set(ways)


@pytest.mark.parametrize("theme", THEMES)
def test_four_clicks_from_home(demonstration: Built, theme: str) -> None:
    """Whoever and whatever there is, but for closed opportunities, is at most four clicks from home, by links alone."""
    folder = demonstration(theme)
    far = clicks(folder)
    pages = {f"/{path.parent.relative_to(folder).as_posix()}/": path for path in folder.rglob("index.html")}
    things = [
        url
        for url, path in pages.items()
        if re.match(r"/(es/)?(members|events|groups|organizations|resources|news)/.", url)
        and not re.search(r"/(archive|calendar|page)/", url)
        and not re.search(r'http-equiv="refresh"|content="noindex"', path.read_text("utf-8"))  # moved, or out of date
    ]
    assert len(things) > 200
    lost = {url: far.get(url) for url in things if far.get(url, 5) > 4}
    assert not lost


def clicks(folder: Path) -> Mapping[str, int]:
    """How many links every page is away from the home page."""
    far, waiting = {"/": 0}, ["/"]
    for page in waiting:  # grows while it is walked
        for url in _leads(folder, page):
            if url not in far:
                far[url] = far[page] + 1
                waiting.append(url)
    return far


def _leads(folder: Path, page: str) -> Iterator[str]:
    file = folder / page.lstrip("/") / "index.html" if page.endswith("/") else folder / page.lstrip("/")
    if file.suffix == ".html" and file.is_file():
        for url in re.findall(r'<a\b[^>]*\shref="([^"]*)"', file.read_text("utf-8")):
            whole = urlsplit(urljoin(f"http://here{page}", unescape(url)))
            if whole.netloc == "here":
                yield unquote(whole.path)


LONG = "".join(f"-- pages/p{number}.md --\n---\ntitle: Page {number}\n---\nAbout clocks.\n" for number in range(3))
WORDS = f"""
-- site.yaml --
name: Working Order
url: https://example.org/
timezone: Europe/Oslo
email: office@example.org
search: full
{LONG}
-- members/ada.yaml --
name: Ada Okafor
bio: She once restored the orrery of a lighthouse keeper, gear by gear.
"""


@WITHOUT_AXE
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS.values())
def test_the_full_text_is_searched(
    browser: "Browser", tmp_path: Path, scheme: Literal["light", "dark"], width: int
) -> None:
    """With the full text a word of a bio is found, with the place where it stands, and without barriers."""
    if not fulltext.is_here():
        pytest.skip("Pagefind is not there: pip install pagefind[bin]")
    made = project(tmp_path, WORDS)
    assert not made.build(NOW).failed
    complaints: list[str] = []
    with ExitStack() as stack:
        base = stack.enter_context(served(made.options.output))
        page = stack.enter_context(
            opened(browser, base, "/search/?q=orrery", complaints, width=width, scheme=scheme, now=None)
        )
        found = page.locator("#texts ol li")
        found.first.wait_for()
        assert found.count() == 1
        assert found.first.locator("a").get_attribute("href") == "/members/ada/"
        assert found.first.locator("mark").inner_text() == "orrery"
        assert "lighthouse" in found.first.inner_text()
        page.evaluate(AXE.read_text("utf-8"))
        assert not objections(page)
    assert complaints == []
