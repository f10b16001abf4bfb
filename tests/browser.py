"""Debian's Chromium for tests, the demonstration as a host serves it, and what a page must not make a browser say.

The interface of Playwright keeps an event loop in the thread that it was started in. So a browser lives for one module
of tests: those of other modules may want a loop of their own.
"""

import datetime as dt
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from sitegen.problems import formatted
from sitegen.theme import BUILT_IN
from tests.host import served
from tests.sites import project

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CONTENT = Path(__file__).parent.parent / "content"
NOW = "2026-11-25T12:00+01:00"
"""When the demonstration is built, and what the clocks of its visitors show."""
THEMES = sorted(file.parent.name for file in BUILT_IN.glob("*/theme.yaml"))
WIDTHS = {"phone": 390, "desk": 1280}
SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
SLUG = r"[^/]+"
PAGES: Mapping[str, str] = {
    "home": r"index\.html",
    "members": r"members/index\.html",
    "member": rf"members/{SLUG}/index\.html",
    "events": r"events/index\.html",
    "event": rf"events/(?!archive/|calendar/|page/){SLUG}/index\.html",
    "month": r"events/calendar/\d{4}-\d{2}/index\.html",
    "archive": r"events/archive/index\.html",
    "year": r"events/archive/\d{4}/index\.html",
    "groups": r"groups/index\.html",
    "group": rf"groups/{SLUG}/index\.html",
    "organizations": r"organizations/index\.html",
    "organization": rf"organizations/{SLUG}/index\.html",
    "opportunities": r"opportunities/index\.html",
    "opportunity": rf"opportunities/(?!page/){SLUG}/index\.html",
    "resources": r"resources/index\.html",
    "resource": rf"resources/(?!page/){SLUG}/index\.html",
    "news": r"news/index\.html",
    "news-item": rf"news/(?!page/){SLUG}/index\.html",
    "skills": r"skills/index\.html",
    "skill": rf"skills/{SLUG}/index\.html",
    "tags": r"tags/index\.html",
    "tag": rf"tags/{SLUG}/index\.html",
    "places": r"places/index\.html",
    "country": rf"places/{SLUG}/index\.html",
    "town": rf"places/{SLUG}/{SLUG}/index\.html",
    "exchange": r"exchange/index\.html",
    "mentoring": r"mentoring/index\.html",
    "introductions": r"introductions/index\.html",
    "search": r"search/index\.html",
    "languages": r"languages/index\.html",
    "language": rf"languages/{SLUG}/index\.html",
    "own": r"trade/index\.html",
    "own-value": rf"trade/{SLUG}/index\.html",
    "page": r"about/index\.html",
    "not-found": r"404\.html",
    "home-es": r"es/index\.html",
    "events-es": r"es/events/index\.html",
}
"""What the addresses of each type of page look like."""


def found(folder: Path, pattern: str) -> str:
    """The address of a page whose file looks like this: the one with most on it, as there most can go wrong."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.html")}
    fitting = [path for path in files if re.fullmatch(pattern, path)]
    best = max(fitting, key=lambda path: (files[path].stat().st_size, path), default="")
    return best and f"/{best.removesuffix('index.html')}"


def chromium() -> str:
    """Where the browser is; empty where there is none."""
    named = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
    usual = ("/usr/bin/chromium", "/usr/lib/chromium/chromium", "/snap/bin/chromium")
    return next(filter(None, map(shutil.which, (*named, *usual))), "")


@contextmanager
def running() -> Iterator["Browser"]:
    """A browser. Raises ImportError where Playwright is not there, FileNotFoundError where there is no Chromium."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not there on every machine, and slow to import

    if not (program := chromium()):
        raise FileNotFoundError("chromium")
    # Root has no sandbox, and the memory that containers share is small.
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*flags, "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """A browser for the tests of a module."""
    with ExitStack() as stack:
        try:
            started = stack.enter_context(running())
        except ImportError:
            pytest.skip("playwright is not there: pip install playwright")
        except FileNotFoundError:
            pytest.skip("there is no Chromium: apt-get install chromium")
        yield started


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The demonstration with a theme, built once for all tests of a process."""
    made: dict[str, Path] = {}

    def with_theme(theme: str = "programme") -> Path:
        if theme not in made:
            made[theme] = built(tmp_path_factory.mktemp(theme), CONTENT, theme)
        return made[theme]

    return with_theme


def built(root: Path, content: Path, theme: str = "programme") -> Path:
    """The site of a content folder, built from a copy in a project folder: its output. Exits with what is wrong."""
    shutil.copytree(content, root / "content", dirs_exist_ok=True)
    site = root / "content" / "site.yaml"
    site.write_text(themed(site.read_text("utf-8"), theme), "utf-8")
    made = project(root, "")
    report = made.build(NOW)
    if report.failed:
        raise SystemExit("\n".join(formatted(problem, problem.file) for problem in report.problems))
    return made.options.output


def themed(site: str, theme: str) -> str:
    """A site.yaml with another theme."""
    if theme == "programme":
        return site
    bare = re.sub(r"^theme:.*\n(?:[ \t]+.*\n)*", "", site, flags=re.MULTILINE)
    return f"{bare.rstrip()}\ntheme: {theme}\n"


@pytest.fixture(scope="module")
def hosted(demonstration: Callable[[str], Path]) -> Iterator[Callable[[str], str]]:
    """The address of the demonstration with a theme."""
    with ExitStack() as stack:
        known: dict[str, str] = {}

        def at(theme: str = "programme") -> str:
            if theme not in known:
                known[theme] = stack.enter_context(served(demonstration(theme)))
            return known[theme]

        yield at


Open = Callable[..., "Page"]


@pytest.fixture
def tab(browser: "Browser", hosted: Callable[[str], str]) -> Iterator[Open]:
    """Opens pages of the demonstration; when the test has ended, none of them may have made the browser complain."""
    complaints: list[str] = []
    with ExitStack() as stack:

        def open_(path: str, theme: str = "programme", **options: Any) -> "Page":
            return stack.enter_context(opened(browser, hosted(theme), path, complaints, **options))

        yield open_
        assert not complaints


@contextmanager
def opened(
    browser: "Browser",
    base: str,
    path: str,
    complaints: list[str],
    *,
    width: int = 1280,
    scheme: Literal["light", "dark"] = "light",
    now: str | None = NOW,
    **options: Any,
) -> Iterator["Page"]:
    """A page in a window of its own, whose visitor's clock shows ``now`` and stands still.

    What the browser complains of is put into ``complaints``: errors of scripts, what the security policy forbids, what
    was not found, and whatever is asked of another host.
    """
    phone = width < 600
    context = browser.new_context(
        viewport={"width": width, "height": 844 if phone else 900},
        color_scheme=scheme,
        is_mobile=phone,
        has_touch=phone,
        **options,
    )
    page = context.new_page()
    page.on("console", lambda said: complaints.append(f"{page.url}: {said.text}") if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))

    def elsewhere(route: Any) -> None:
        complaints.append(f"{page.url}: asks for {route.request.url}")
        route.abort()

    page.route(lambda url: not url.startswith((base, "data:", "blob:")), elsewhere)
    if now:
        page.clock.set_fixed_time(dt.datetime.fromisoformat(now))
    page.goto(base + path)
    yield page
    context.close()
