"""A build that knows the one before gives what a clean build gives, and does no more than it must."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, find, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, run_state_machine_as_test

from sitegen import publish, source, state
from sitegen.build import Report, build
from sitegen.kinds import Translation, kinds
from sitegen.problems import formatted
from sitegen.schema import Fields, validated
from sitegen.sitefile import SiteFile
from sitegen.state import Program
from tests import written
from tests.editor import PEOPLE, SITES, THEME, Editor, files, picture, seconds, text_of
from tests.sites import NOW, Project, at, project

Make = Callable[[str], Project]

RAM = Path("/dev/shm")  # noqa: S108 - folders in it are made by tempfile
"""Where there is such a disk, thousands of small builds take a fifth of the time."""


class Incremental(Editor):
    """An editor who builds after every step, and compares."""

    far = False
    """The build that knows nothing is one of the last second for which the other is said to be right."""
    made_from: tuple[Any, ...] = ()
    """Content and call of the last build that succeeded."""
    builder: Program | None = None
    """The program that made it."""

    @initialize(far=st.booleans())
    def compare(self, far: bool) -> None:  # noqa: FBT001 - drawn by its type
        """Compare with what is built now, or later."""
        self.far = far

    @invariant()
    def incremental_equals_clean(self) -> None:
        """A build that knows the one before publishes what a clean one does, and replaces just what differs."""
        if self.held:
            self.held -= 1
            return
        was, memory = self.published, self.memory()
        report = self.project.build(self.clock(), self.program, drafts=self.drafts, clean=self.anew)
        clean = self.built_elsewhere(report.until)
        self.seen = max((self.root / path).stat().st_ctime_ns for path in self.files)
        note(f"-> +{report.placed} -{report.removed} {messages(report)}")
        assert messages(report) == messages(clean)
        if clean.failed:
            assert self.look() == was
            assert self.memory() == memory
            self.failures += 1
            return
        now = self.look()
        assert contents(now) == contents(self.look("elsewhere/output"))
        assert set(report.placed) == {path for path, data in contents(now).items() if data != contents(was).get(path)}
        assert set(report.removed) == was.keys() - now.keys()
        assert {path: now[path] for path in now if path not in report.placed}.items() <= was.items()
        assert report.new == len(now.keys() - was.keys())
        assert (report.until, report.files, report.counts) == (clean.until, clean.files, clean.counts)
        made_from = (dict(self.files), self.now, self.drafts)
        if self.anew or self.program != self.builder:
            assert (report.decoded, report.rendered) == (len(self.items()), report.files)
        elif made_from == self.made_from:
            assert report.rendered == len(report.placed)
        self.made_from, self.builder, self.published, self.good = made_from, self.program, now, dict(self.files)
        self.until, self.anew, self.failures = report.until or self.until, False, 0

    def built_elsewhere(self, until: int | None) -> Report:
        """The report of a build that knows nothing."""
        shutil.rmtree(self.root / "elsewhere", ignore_errors=True)
        options = replace(self.project.options, output=self.root / "elsewhere" / "output", drafts=self.drafts)
        return build(options, at(text_of(until - 1) if until and self.far else self.clock()), self.program)

    def memory(self) -> bytes:
        """What the program remembers."""
        file = publish.place_of(self.project.options.output).state
        return file.read_bytes() if file.exists() else b""


def contents(found: Mapping[str, tuple[bytes, int]]) -> dict[str, bytes]:
    """The bytes alone."""
    return {path: data for path, (data, _) in found.items()}


def messages(report: Report) -> list[str]:
    """The problems as they are printed."""
    return [formatted(problem, problem.file) for problem in report.problems]


@pytest.mark.parametrize("name", SITES)
def test_incremental_equals_clean(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is edited, in whatever order: every build gives what a clean one gives, and replaces no other files.

    The sequences are the same in every run, so that a failure tells of the change at hand; ``SITEGEN_SEQUENCES=5000``
    looks for new ones.
    """
    monkeypatch.setattr(state, "new_secret", lambda: bytes(16))  # messages name files of the unlisted by it
    folder = RAM if os.access(RAM, os.W_OK) else tmp_path
    more = os.environ.get("SITEGEN_SEQUENCES")
    run_state_machine_as_test(
        lambda: Incremental(folder, SITES[name]),  # type: ignore[arg-type]
        settings=settings(
            max_examples=int(more or 200) // len(SITES),
            stateful_step_count=2 + 8,  # two begin
            deadline=None,
            derandomize=not more,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


MODELS: tuple[type[Fields], ...] = (*(kind.model for kind in kinds().values()), SiteFile, Translation)
FIELDS = [(model, name) for model in MODELS for name in written.fields(model)]


@pytest.mark.parametrize(("model", "name"), FIELDS, ids=lambda value: getattr(value, "__name__", value))
def test_every_field_is_edited(model: type[Fields], name: str) -> None:
    """There is a strategy for the type of every field, and it finds something that the field accepts."""

    def is_accepted(value: Any) -> bool:
        _, problems = validated(model, {name: value}, "a.yaml")
        return not any(problem.at.path[:1] == (name,) for problem in problems)

    assert find(written.fields(model)[name], is_accepted)


# What an edit costs


def laid_out(site: Project, text: str) -> Project:
    """A project with the files of a string, not yet built."""
    for path, data in files(THEME + text).items():
        site.put(path, data)
    return site


def begun(make: Make, text: str) -> Project:
    """A project that was built once."""
    site = laid_out(make(""), text)
    assert messages(site.build()) == []
    return site


@pytest.mark.parametrize("theme", ["tiny", "programme"])
def test_a_text_costs_its_page(make: Make, theme: str) -> None:
    """An edit of a bio decodes one file and renders its page, and nothing else."""
    site = begun(make, SITES["events"].replace("theme: tiny", f"theme: {theme}"))
    site.write("-- members/bo.md --\n---\nname: Bo Ek\nskills: rust\n---\nBuilds linkers.\n")
    report = site.build()
    assert (report.decoded, report.rendered, report.placed) == (1, 1, ("members/bo/index.html",))


@pytest.mark.parametrize("theme", ["tiny", "programme"])
def test_a_name_costs_the_files_that_show_it(make: Make, theme: str) -> None:
    """An edit of a name that leaves the order as it was renders the files that show the name, and nothing else."""
    site = begun(make, SITES["events"].replace("theme: tiny", f"theme: {theme}"))
    showing = {path for path, data in site.output().items() if b"Bo Ek" in data}
    assert showing > {"members/bo/card.vcf", "members/index.html", "skills/rust/index.html", "events/agm/index.html"}
    for path in ("content/members/bo.md", "content/events/agm.md"):
        site.put(path, (site.root / path).read_bytes().replace(b"Bo Ek", b"Bob Ek"))
    report = site.build()
    assert (report.decoded, report.rendered, {*report.placed}) == (2, len(showing), showing)


# What an edit changes


def few(make: Make, text: str) -> Project:
    """A project that was built once, of pages, pictures, calendars, cards and old addresses alone."""
    return begun(make, text.replace("theme: tiny\n", "theme: tiny\nformats: [ics, vcf, redirects]\n"))


def changes(site: Project, now: str = NOW) -> list[str]:
    """What the next build writes and removes, and what it complains of."""
    report = site.build(now)
    written, removed = (f"+ {path}" for path in report.placed), (f"- {path}" for path in report.removed)
    return sorted((*written, *removed, *messages(report)))


def test_a_rename_leaves_nothing_behind(make: Make) -> None:
    """The name of a file is an id and a slug: the page moves with what stands beside it, and lists link to it there."""
    site = few(make, PEOPLE)
    (site.root / "content/members/bo.md").rename(site.root / "content/members/bob.md")
    assert changes(site) == [
        "+ members/bob/card.vcf",
        "+ members/bob/index.html",
        "+ members/index.html",
        "+ skills/rust/index.html",
        "- members/bo/card.vcf",
        "- members/bo/index.html",
    ]


def test_two_members_swap_addresses(make: Make) -> None:
    """A page is known by what it shows, not by its URL alone."""
    site = few(make, PEOPLE)
    site.write("-- members/cy.yaml --\nname: Cy Ek\njoined: 2026-11-20\nslug: dee\n")
    site.write("-- members/dee.yaml --\nname: Dee Ek\nslug: cy\n")
    assert changes(site) == [
        "+ index.html",
        "+ members/cy/card.vcf",
        "+ members/cy/index.html",
        "+ members/dee/card.vcf",
        "+ members/dee/index.html",
        "+ members/index.html",
        "+ members/page/2/index.html",
    ]
    assert "Dee Ek" in site.read("members/cy/index.html")


def test_an_event_is_over(make: Make) -> None:
    """Time alone moves an event into the archive, when it ends and no sooner; its page asks nobody to come any more.

    Its speakers have met there.
    """
    site = few(make, SITES["events"] + "-- events/old.yaml --\ntitle: Old\nstart: 2025-06-01\nspeakers: [bo, cy]\n")
    assert changes(site, "2026-11-23T12:29:59+01:00") == []
    assert changes(site, "2026-11-23T12:30+01:00") == [
        "+ events/agm/index.html",
        "+ events/archive/2025/index.html",
        "+ events/archive/2026/index.html",
        "+ events/archive/index.html",
        "+ events/index.html",
        "+ index.html",
        "+ introductions/index.html",
        "+ members/ada/index.html",
        "+ members/bo/index.html",
    ]


def test_a_date_of_a_repetition_is_over(make: Make) -> None:
    """Its page and the lists that show the next date change, and no calendar does."""
    site = few(make, SITES["programme"])
    site.build("2026-11-28T05:59+01:00")
    assert changes(site, "2026-11-28T10:00+01:00") == [
        "+ events/archive/2026/index.html",
        "+ events/archive/index.html",
        "+ events/hour/index.html",
        "+ events/index.html",
        "+ events/page/2/index.html",
        "+ index.html",
    ]


def test_a_month_begins(make: Make) -> None:
    """The horizon moves on: a new sheet of the calendar, more dates on the pages of what has no end, another link."""
    site = few(make, SITES["programme"])
    site.build("2026-12-31T23:30+01:00")
    assert changes(site, "2027-01-01T00:00+01:00") == [
        "+ events/calendar/2027-12/index.html",
        "+ events/calendar/2028-01/index.html",
        "+ events/club/index.html",
        "+ events/hour/index.html",
        "+ events/index.html",
        "+ events/page/2/index.html",
    ]


def test_a_draft_is_published(make: Make) -> None:
    """A draft that is none any more gets its page, and stands in every list at once."""
    supper = "-- events/supper.yaml --\ntitle: Supper\nstart: 2026-11-27\n"
    site = few(make, SITES["events"] + supper + "draft: yes\n")
    site.write(supper)
    assert changes(site) == [
        "+ calendar.ics",
        "+ events/calendar/2026-11/index.html",
        "+ events/index.html",
        "+ events/page/2/index.html",
        "+ events/supper/event.ics",
        "+ events/supper/index.html",
        "+ index.html",
    ]


def test_every_format_follows(make: Make) -> None:
    """What is published stands at once in feeds, data, search and the map of the site, and so does what ends."""
    supper = "-- events/supper.yaml --\ntitle: Supper\nstart: 2026-11-27\n"
    site = begun(make, SITES["events"] + supper + "draft: yes\n")
    site.write(supper)
    lists = ["api/events.json", "events/feed.atom", "events/feed.json", "feed.atom", "feed.json", "search/records.json"]
    assert {f"+ {path}" for path in (*lists, "sitemap.xml")} < {*changes(site)}
    site.write(supper + "expires: 2026-11-23\n")
    assert {f"+ {path}" for path in (*lists, "sitemap.xml")} < {*changes(site, "2026-11-24")}


# Announcements, offers and opportunities come and go


def test_news_of_tomorrow(make: Make) -> None:
    """The list has it, and on its day, and no sooner, feeds have it, too."""
    site = begun(make, PEOPLE + "-- news/moved.yaml --\ntitle: Moved\ndate: 2026-11-24\n")
    assert "news/feed.atom" not in site.output()
    assert changes(site, "2026-11-23T23:59:59+01:00") == []
    made = changes(site, "2026-11-24T00:00+01:00")
    assert {"+ feed.atom", "+ feed.json", "+ news/feed.atom", "+ news/feed.json"} <= {*made}
    assert changes(site, "2026-11-25") == []


def test_an_event_is_known_late(make: Make) -> None:
    """Feeds have an event from sixty days before it on, where nothing else is said; pages have it at once."""
    site = begun(make, PEOPLE + "-- events/far.yaml --\ntitle: Far\nstart: 2027-02-01\n")
    assert "events/feed.atom" not in site.output()
    before = site.build("2026-12-02T23:59:59+01:00")
    assert before.until == seconds("2026-12-02T23:00")
    assert {"+ events/feed.atom", "+ feed.atom"} <= {*changes(site, "2026-12-03T00:00+01:00")}


def test_an_offer_ends(make: Make) -> None:
    """What holds until a day is gone from profile, lists and data on the next one."""
    ada = "-- members/ada.yaml --\nname: Ada Okafor\noffers: [{topic: Quokkas, until: 2026-11-23}, A lift]\n"
    site = begun(make, PEOPLE + ada)
    there = {path for path, data in site.output().items() if b"Quokkas" in data}
    assert {"members/ada/index.html", "api/members.json", "exchange/index.html"} <= there
    assert changes(site, "2026-11-23T23:59:59+01:00") == []
    assert {f"+ {path}" for path in there} <= {*changes(site, "2026-11-24")}
    assert not [path for path, data in site.output().items() if b"Quokkas" in data]


def test_an_opportunity_closes(make: Make) -> None:
    """After its last day it is off the board and out of feeds; its page stays, and says so."""
    job = "-- opportunities/job.yaml --\ntitle: Quokka keeper\ntype: job\nposted: 2026-11-20\ncloses: 2026-11-23\n"
    site = begun(make, PEOPLE + job)
    told = {"opportunities/index.html", "opportunities/feed.atom", "feed.json", "index.html"}
    assert told < {path for path, data in site.output().items() if b"Quokka" in data}
    changes(site, "2026-11-24")
    left = {path for path, data in site.output().items() if b"Quokka" in data}
    assert not left & told
    assert "opportunities/job/index.html" in left


def test_a_picture_changes(make: Make) -> None:
    """The first picture of a member is shown wherever the member is; a new one under its name is one file."""
    site = few(make, PEOPLE)
    site.put("members/dee.png", picture("red"))
    assert changes(site) == ["+ members/dee/dee.png", "+ members/dee/index.html", "+ members/page/2/index.html"]
    site.put("members/dee.png", picture("blue"))
    assert changes(site) == ["+ members/dee/dee.png"]


def test_a_tag_is_added(make: Make) -> None:
    """Tags stand on the page of an event and in its calendars; a new one has a page and a calendar of its own."""
    hack = "-- events/hack.yaml --\ntitle: Hack night\nstart: 2025-05-04\n"
    site = few(make, SITES["events"] + "-- events/old.yaml --\ntitle: Old\nstart: 2025-06-01\ntags: tea\n" + hack)
    site.write(hack + "tags: code\n")
    assert changes(site) == [
        "+ calendar.ics",
        "+ events/hack/event.ics",
        "+ events/hack/index.html",
        "+ tags/code/calendar.ics",
        "+ tags/code/index.html",
        "+ tags/index.html",
    ]


def test_a_member_is_listed_no_more(make: Make) -> None:
    """Whoever is not listed is gone from every page, with the topics and addresses that nobody else has."""
    site = few(make, SITES["events"])
    site.write("-- members/ada.yaml --\nname: Ada Okafor\nlisted: no\n")
    assert changes(site) == [
        "+ events/agm/index.html",
        "+ events/agm/people.vcf",
        "+ events/past/people.vcf",
        "+ index.html",
        "+ members/index.html",
        "+ members/page/2/index.html",
        "+ skills/index.html",
        "+ skills/rust/index.html",
        "- members/ada/calendar.ics",
        "- members/ada/card.vcf",
        "- members/ada/index.html",
        "- members/page/3/index.html",
        "- skills/c-plus-plus/index.html",
    ]
    assert not [path for path, data in site.output().items() if b"Okafor" in data]


def test_a_page_is_full(make: Make) -> None:
    """One member more than two pages hold makes a third page, and that member's leaving removes it."""
    site = few(make, PEOPLE)
    everywhere = ["+ index.html", "+ members/index.html", "+ members/page/2/index.html"]
    site.write("-- members/zoe.yaml --\nname: Zoë Ørn\n")
    third = ["members/page/3/index.html", "members/zoe/card.vcf", "members/zoe/index.html"]
    assert changes(site) == [*everywhere, *(f"+ {path}" for path in third)]
    site.remove("members/zoe.yaml")
    assert changes(site) == [*everywhere, *(f"- {path}" for path in third)]


def test_a_part_of_the_theme_is_edited(make: Make) -> None:
    """A page is as old as all that its template includes; where no byte of a page changes, no file is replaced."""
    site = few(make, PEOPLE)
    site.write("-- themes/tiny/templates/remark.html --\n{% if page.number > 1 %}further{% endif %}\n")
    assert changes(site) == ["+ members/page/2/index.html"]
    site.write("-- themes/tiny/templates/remark.html --\n{% if page.number > 1 %}further{% endif %}{# seen #}\n")
    report = site.build()
    assert (report.rendered, report.placed) == (2, ())


def test_a_mistake_is_taken_back(make: Make) -> None:
    """Nothing is published while there is a mistake, and nothing needs to be when it is gone."""
    site = few(make, PEOPLE)
    before = site.output()
    site.write("-- members/dee.yaml --\nname: Dee Ek\nskills: Rust\ndraft: perhaps\n")
    assert [line.partition(" error: ")[2].partition("\n")[0] for line in changes(site)] == [
        "this is neither yes nor no"
    ]
    assert site.output() == before
    site.write("-- members/dee.yaml --\nname: Dee Ek\n")
    assert changes(site) == []


# A build with nothing to do

EVERYTHING = (
    SITES["files"].replace("events/agm/", "events/summit/")
    + SITES["events"]
    + SITES["discretion"]
    + """
-- members/odd.yaml --
name: Odd Ek
skills: ruST!
links: {guild: https://example.com/}
"""
).replace("theme: tiny\n", "")
"""All that the sites have and some warnings, in the theme that comes with the program."""

HEAVY = {"PIL", "babel", "icalendar", "jinja2", "markdown", "nh3", "pydantic", "yaml"}
"""What it takes to read, to render and to write."""

WATCHED = """
import json, os, sys
opened = set()
sys.addaudithook(lambda event, args: opened.add(args[0]) if event == "open" and isinstance(args[0], str) else None)
from sitegen.cli import main
try:
    main()
finally:
    print(json.dumps([sorted(opened), sorted(sys.modules)]))
"""


@dataclass(frozen=True)
class Seen:
    """What a build in a process of its own did."""

    told: str
    opened: set[str]
    """Files of the project."""
    imported: set[str]


def watched(site: Project, now: str) -> Seen:
    """A build as it is started from the command line."""
    done = run(WATCHED, site, now)
    opened, imported = json.loads(done.stdout.splitlines()[-1])
    inside = {os.path.relpath(path, site.root) for path in opened if Path(path).is_relative_to(site.root)}
    return Seen(done.stderr, inside, {*imported})


def run(program: str, site: Project, now: str, environment: Mapping[str, str] = {}) -> Any:
    """A build by a program that is called as sitegen is, from the root folder."""
    call = [sys.executable, "-c", program, "build", str(site.root), "--as-of", now]
    told = {**os.environ, "PYTHONHASHSEED": "0", **environment}
    done = subprocess.run(call, cwd="/", env=told, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done


def rest(site: Project) -> None:
    """Wait until the time stamps of the files are old enough to be trusted."""
    newest = max(path.stat().st_ctime_ns for path in site.root.rglob("*"))
    while time.time_ns() <= newest + source.RACY:
        time.sleep(0.001)


def stats(folder: Path) -> dict[Path, tuple[int, ...]]:
    """What a stat call tells of a folder and of everything in it, but for when it was read."""
    infos = {path: path.lstat() for path in (folder, *folder.rglob("*"))}
    return {
        path: (info.st_ino, info.st_mode, info.st_size, info.st_mtime_ns, info.st_ctime_ns)
        for path, info in infos.items()
    }


def test_a_build_with_nothing_to_do(make: Make) -> None:
    """A build in which nothing changed imports little, opens no file but its own, touches nothing, and warns again.

    So does one on the next day, until the moment at which the site must change; that build reads no more than it must.
    """
    site = laid_out(make(""), EVERYTHING)
    rest(site)
    first = watched(site, NOW)
    assert " warning: " in first.told
    assert " note: " in first.told
    assert first.imported > HEAVY
    assert first.opened > {"content/site.yaml", "content/members/ada.yaml"}
    before = stats(site.options.output)
    for now in (NOW, "2026-11-24", "2026-11-24T09:29:59+01:00"):
        again = watched(site, now)
        assert again.told == first.told
        assert not again.imported & {*HEAVY, "dateutil"}
        assert again.opened == {".sitegen/lock", ".sitegen/next-change", ".sitegen/state"}
        assert stats(site.options.output) == before
    later = watched(site, "2026-11-24T09:30+01:00")
    assert {path for path in later.opened if path.startswith("content/")} == {
        "content/events/tea.yaml",  # published from now on
        "content/members/odd.yaml",  # to show the line that is warned of
    }
    assert (site.options.output / "events/tea/index.html").exists()


# The same bytes everywhere

WHOLE = EVERYTHING + SITES["association"].replace("theme: tiny\n", "")
"""Every kind, another language, and the association's own fields besides."""

PLAIN = """
from sitegen.cli import main
main()
"""
BACKWARDS = (
    """
import os
scandir, listdir = os.scandir, os.listdir

class Backwards:
    def __init__(self, folder="."):
        with scandir(folder) as entries:
            self.entries = reversed(sorted(entries, key=lambda entry: entry.name))
    def __iter__(self):
        return self.entries
    def __next__(self):
        return next(self.entries)
    def __enter__(self):
        return self
    def __exit__(self, *_):
        pass

os.scandir, os.listdir = Backwards, lambda folder=".": sorted(listdir(folder), reverse=True)
"""
    + PLAIN
)
"""Folders are listed from Z to A."""


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A site as it is built here."""
    site = laid_out(project(tmp_path_factory.mktemp("reference"), ""), WHOLE)
    run(PLAIN, site, NOW)
    return site.output()


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1"},
        {"TZ": "Pacific/Auckland"},
        {"TZ": "America/Los_Angeles", "LC_ALL": "C", "LANGUAGE": "de"},
        {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
        {"COLUMNS": "20", "HOME": "/", "USER": "nobody", "NO_COLOR": "1"},
    ],
    ids=" ".join,
)
def test_same_bytes_in_any_environment(reference: dict[str, bytes], make: Make, environment: Mapping[str, str]) -> None:
    """Neither zone nor language of the machine stands in a page, nor the order of a set."""
    site = laid_out(make(""), WHOLE)
    run(PLAIN, site, NOW, environment)
    assert site.output() == reference


@pytest.mark.parametrize("program", [PLAIN, BACKWARDS], ids=["forwards", "backwards"])
def test_same_bytes_in_any_place(reference: dict[str, bytes], tmp_path: Path, program: str) -> None:
    """Neither where a project stands nor how its file system orders files is seen in a page."""
    site = project(tmp_path / "where it is" / "ŝtato", "")
    for path, data in reversed(files(THEME + WHOLE).items()):
        site.put(path, data)
    run(program, site, NOW)
    assert site.output() == reference
