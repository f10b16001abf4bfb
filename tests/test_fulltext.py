"""The full text: which pages are in it, when it is made, that all of it is published, and the same each time."""

import gzip
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen import fulltext, publish
from sitegen.fulltext import FOLDER, MARK
from sitegen.problems import Severity
from sitegen.source import digest
from tests.sites import Project

Make = Callable[[str], Project]

TEXT = """
-- site.yaml --
name: Working Order
url: https://example.org/guild/
timezone: Europe/Oslo
email: office@example.org
search: full
languages: [en, es]
-- members/ada.yaml --
name: Ada Okafor
bio: She mends escapements & <b>bells</b>.
-- members/bo.yaml --
name: Bo Lind
bio: He knows ropes.
-- events/agm.md --
---
title: Annual meeting
start: 2026-12-01 18:00
---
Bring thermos flasks.
-- events/agm.es.md --
---
title: Reunión anual
---
Traigan termos.
-- pages/old.md --
---
title: Old
expires: 2026-11-01
---
It was so.
"""


class Engine:
    """Stands for Pagefind: makes a file of what is marked in the pages, and knows how often it was asked."""

    def __init__(self) -> None:
        """Nothing was asked yet."""
        self.pages: list[list[str]] = []
        self.wrong = ""

    def made(self, site: Path, room: Path) -> dict[str, bytes] | str:
        """As `fulltext.made`."""
        assert room.parent == site.parent
        pages = {each.relative_to(site).as_posix(): each.read_bytes() for each in sorted(site.rglob("*.html"))}
        marked = {path: page for path, page in pages.items() if MARK in page}
        self.pages.append(list(marked))
        read = digest(b"".join(map(fulltext.searchable, marked.values()))).hex()
        return self.wrong or {f"{FOLDER}pagefind.js": b"the engine", f"{FOLDER}{read}.pf_index": read.encode()}


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    """An engine that is installed."""
    made = Engine()
    monkeypatch.setattr(fulltext, "is_here", lambda: True)
    monkeypatch.setattr(fulltext, "made", made.made)
    return made


def index(made: Project) -> dict[str, bytes]:
    """The files of the full text that are published."""
    return {path: data for path, data in made.output().items() if path.startswith(FOLDER)}


# --- What is in it


def test_what_is_read_of_a_page() -> None:
    """What is outside the marked part has no say, but for the language; of a page without one nothing is read."""
    page = b'<html lang="en"><nav>a</nav><main id="main" data-pagefind-body><p>b</p></main><footer>c</footer></html>'
    read = fulltext.searchable(page)
    assert read
    assert fulltext.searchable(page.replace(b">a<", b">d<").replace(b">c<", b">d<")) == read
    assert fulltext.searchable(page.replace(b">b<", b">d<")) != read
    assert fulltext.searchable(page.replace(b'"en"', b'"es"')) != read
    assert fulltext.searchable(page.replace(b" data-pagefind-body", b"")) == b""


def test_pages_that_are_found(make: Make, engine: Engine) -> None:
    """The pages of entries in all languages are searched; lists, and what has expired, are not."""
    made = make(TEXT)
    made.build()
    assert engine.pages == [
        ["es/events/agm/index.html", "events/agm/index.html", "members/ada/index.html", "members/bo/index.html"]
    ]
    assert 'data-pagefind-meta="kind:members"' in made.read("members/ada/index.html")


def test_the_search_page(make: Make, engine: Engine) -> None:
    """The page of the search knows where the engine is, in all languages the same; the engine may run."""
    made = make(TEXT)
    made.build()
    for path in ("search/index.html", "es/search/index.html"):
        assert 'data-engine="/guild/search/pagefind/pagefind.js" data-base="/guild/"' in made.read(path)
    assert "'wasm-unsafe-eval'" in made.read("_headers")
    assert engine.pages


def test_nothing_of_it_is_in_a_site_with_the_quick_search(make: Make, engine: Engine) -> None:
    """Where the search is the quick one nothing is marked, indexed or allowed."""
    made = make(TEXT.replace("search: full\n", ""))
    made.build()
    assert engine.pages == []
    assert not [path for path, data in made.output().items() if MARK in data or b"data-engine" in data]
    assert "wasm" not in made.read("_headers")


# --- When it is made


def test_only_where_searchable_text_has_changed(make: Make, engine: Engine) -> None:
    """A change of what is on every page, or of nothing, does not index anew; one of a text does."""
    made = make(TEXT)
    assert made.build().files == len(made.output())
    before = index(made)
    made.build()
    made.write(TEXT.replace("name: Working Order", "name: Working Order\ntagline: We mend\nfooter: [In words]"))
    report = made.build()
    assert report.rendered
    assert report.files == len(made.output())
    assert (len(engine.pages), index(made)) == (1, before)
    made.write("-- members/bo.yaml --\nname: Bo Lind\nbio: He knows knots.\n")
    report = made.build()
    assert len(engine.pages) == 2
    assert [path for path in report.placed if path.startswith(FOLDER)] == [
        path for path in index(made) if path not in before
    ]
    assert index(made).keys() & before.keys() == {f"{FOLDER}pagefind.js"}
    assert made.build().rendered == 0
    made.remove("members/bo.yaml")
    made.build()
    assert len(engine.pages) == 3


def test_it_is_what_a_clean_build_makes(make: Make, engine: Engine) -> None:
    """After any change the files are those of a build from nothing."""
    made = make(TEXT)
    made.build()
    made.write("-- members/ada.yaml --\nname: Ada Okafor\nbio: She mends.\n")
    made.build()
    before = index(made)
    made.build(clean=True)
    assert index(made) == before
    assert len(engine.pages) == 3


def test_a_file_that_was_lost_is_made_again(make: Make, engine: Engine) -> None:
    """A file of the index that somebody has removed or changed is there again after the next build."""
    made = make(TEXT)
    made.build()
    before = index(made)
    (made.options.output / FOLDER / "pagefind.js").unlink()
    made.build()
    assert (index(made), len(engine.pages)) == (before, 2)


def test_it_is_taken_back(make: Make, engine: Engine) -> None:
    """With the quick search again the files are gone, and their folder."""
    made = make(TEXT)
    made.build()
    assert index(made)
    made.write(TEXT.replace("search: full\n", ""))
    report = made.build()
    assert not (made.options.output / FOLDER).exists()
    assert {path for path in report.removed if path.startswith(FOLDER)}
    assert len(engine.pages) == 1


def test_a_preview_does_without(make: Make, engine: Engine) -> None:
    """A preview never waits for it: its search is the quick one."""
    made = make(TEXT)
    made.build(preview=True)
    assert (engine.pages, index(made)) == ([], {})
    assert "data-engine" not in made.read("search/index.html")


def test_a_check_does_not_make_it(make: Make, engine: Engine) -> None:
    """A check says nothing of it where all is well, and makes nothing."""
    assert make(TEXT).messages() == ""
    assert engine.pages == []


# --- What is told


def test_it_is_not_installed(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Pagefind is not installed a warning says what to do, and the site is published without."""
    monkeypatch.setattr(fulltext, "is_here", lambda: False)
    made = make(TEXT)
    assert made.messages(preview=True) == ""
    assert made.messages() == (
        "site.yaml:5:9: warning: the full text is left out: Pagefind, which searches it, is not installed\n"
        "    | search: full\n"
        '    = python -m pip install "association-sitegen[full]", or write search: quick'
    )
    assert made.build(strict=True).failed
    assert not made.build().failed
    assert index(made) == {}


def test_it_was_installed_and_is_not_now(make: Make, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an engine has made that is gone is not published any more once something changes: it would not be right."""
    made = make(TEXT)
    made.build()
    monkeypatch.setattr(fulltext, "is_here", lambda: False)
    made.write("-- members/bo.yaml --\nname: Bo Lind\nbio: He knows knots.\n")
    made.build()
    assert (index(made), len(engine.pages)) == ({}, 1)


def test_it_fails(make: Make, engine: Engine) -> None:
    """Where Pagefind fails nothing is published, and the message says why and where it was asked for."""
    made = make(TEXT)
    made.build()
    before = made.output()
    engine.wrong = "no room"
    made.write("-- members/bo.yaml --\nname: Bo Lind\nbio: He knows knots.\n")
    report = made.build()
    [problem] = [each for each in report.problems if each.severity is Severity.ERROR]
    assert (problem.file, problem.position.line, problem.message) == (
        "site.yaml",
        5,
        "Pagefind cannot make the full text: no room",
    )
    assert made.output() == before
    engine.wrong = ""
    made.build()
    assert len(index(made)) == 2


def test_a_file_in_its_way(make: Make, engine: Engine) -> None:
    """A file that somebody has put where one of the index is to be is not written over."""
    made = make(TEXT.replace("search: full\n", ""))
    made.build()
    made.write(TEXT)
    mine = made.options.output / FOLDER / "pagefind.js"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    with pytest.raises(publish.Refused, match="was not built here"):
        made.build()
    assert mine.read_text() == "mine"
    assert engine.pages


# --- Pagefind itself

needs_pagefind = pytest.mark.skipif(
    not fulltext.is_here(), reason='Pagefind makes the full text: pip install "association-sitegen[full]"'
)


@needs_pagefind
def test_what_pagefind_makes(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has the text of marked pages, each language apart, and nothing of the frame; no setting has a say."""
    monkeypatch.setenv("PAGEFIND_OUTPUT_PATH", "elsewhere")
    made = make(TEXT)
    made.build()
    files = index(made)
    assert {path.removeprefix(FOLDER) for path in files if path.count("/") == 2 and "pf_meta" not in path} == {
        *("pagefind.js", "pagefind-worker.js", "pagefind-entry.json"),
        *("wasm.en.pagefind", "wasm.es.pagefind", "wasm.unknown.pagefind"),
    }
    texts = [gzip.decompress(data).partition(b"{") for path, data in files.items() if path.endswith(".pf_fragment")]
    pages = {each["url"]: each for _, brace, text in texts for each in [json.loads(brace + text)]}
    assert pages.keys() == {"/members/ada/", "/members/bo/", "/events/agm/", "/es/events/agm/"}
    assert "escapements & bells" in pages["/members/ada/"]["content"]
    assert pages["/members/ada/"]["meta"].items() >= {"kind": "members", "title": "Ada Okafor"}.items()
    assert "office@example.org" not in pages["/events/agm/"]["content"]
    languages = json.loads(files[f"{FOLDER}pagefind-entry.json"])["languages"]
    assert {name: each["page_count"] for name, each in languages.items()} == {"en": 3, "es": 1}
    assert not publish.place_of(made.options.output).words.exists()


@needs_pagefind
def test_pagefind_makes_the_same_each_time(make: Make) -> None:
    """Same pages, same bytes: the languages, whose order Pagefind leaves to chance, are put in order."""
    made = make(TEXT)
    made.build()
    before = index(made)
    for _ in range(5):
        made.build(clean=True)
        assert index(made) == before


@needs_pagefind
def test_pagefind_fails(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What Pagefind says when it fails is passed on."""
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    script = tmp_path / "python"
    script.write_text("#!/bin/sh\necho first >&2\necho '  no   room ' >&2\nexit 3\n")
    script.chmod(0o755)
    report = make(TEXT).build()
    assert [each.message for each in report.problems] == ["Pagefind cannot make the full text: no room"]
    script.write_text("#!/bin/sh\nkill -9 $$\n")
    report = make(TEXT).build()
    assert "want of memory" in report.problems[0].message
