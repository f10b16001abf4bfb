"""A build that knows the one before gives what a clean build gives, and does no more than it must."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, find, note, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from sitegen import publish, source, state
from sitegen.build import Report, build
from sitegen.config import SiteFile
from sitegen.kinds import KINDS
from sitegen.problems import formatted
from sitegen.schema import Fields, validated
from tests import written
from tests.editor import PEOPLE, SITES, THEME, Editor, picture
from tests.sites import NOW, Project, at

Make = Callable[[str], Project]

RAM = Path("/dev/shm")  # noqa: S108 - folders in it are made by tempfile
"""Where there is such a disk, thousands of small builds take a fifth of the time."""


class Incremental(Editor):
    """An editor who builds after every step, and compares."""

    made_from: tuple[Any, ...] = ()
    """Content and call of the last build that succeeded."""

    @invariant()
    def incremental_equals_clean(self) -> None:
        """A build that knows the one before publishes what a clean one does, and replaces just what differs."""
        if self.held:
            self.held -= 1
            return
        was, memory = self.published, self.memory()
        report = self.project.build(self.clock(), self.program, drafts=self.drafts, clean=self.anew)
        clean = self.built_elsewhere()
        self.seen = max((self.root / path).stat().st_ctime_ns for path in self.files)
        assert messages(report) == messages(clean)
        note(f"-> +{report.placed} -{report.removed} {messages(report)}")
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
        made_from = (dict(self.files), self.now, self.program, self.drafts)
        if made_from == self.made_from and not self.anew:
            assert (report.decoded, report.rendered) == (0, len(report.placed))
        self.made_from, self.published, self.good, self.failures = made_from, now, dict(self.files), 0
        self.until, self.anew = report.until or self.until, False

    def built_elsewhere(self) -> Report:
        """The report of a build that knows nothing."""
        shutil.rmtree(self.root / "elsewhere", ignore_errors=True)
        options = replace(self.project.options, output=self.root / "elsewhere" / "output", drafts=self.drafts)
        return build(options, at(self.clock()), self.program)

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
        lambda: Incremental(folder, SITES[name]),  # type: ignore[arg-type, return-value]
        settings=settings(
            max_examples=int(more or 200) // len(SITES),
            stateful_step_count=8,
            deadline=None,
            derandomize=not more,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


FIELDS = [
    pytest.param(model, name, id=f"{model.__name__}-{name}")
    for model in (*(kind.model for kind in KINDS.values()), SiteFile)
    for name in model.keys()  # noqa: SIM118 - a method of ours
]


@pytest.mark.parametrize(("model", "name"), FIELDS)
def test_every_field_is_edited(model: type[Fields], name: str) -> None:
    """There is a strategy for the type of every field, and it finds something that the field accepts."""

    def is_accepted(value: Any) -> bool:
        _, problems = validated(model, {name: value}, "a.yaml")
        return not any(problem.at.path[:1] == (name,) for problem in problems)

    assert find(written.fields(model)[name], is_accepted)


# What an edit costs


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
    assert showing > {"members/bo/card.vcf", "members/page/2/index.html", "skills/rust/index.html", "events/agm/index.html"}
    for path in ("content/members/bo.md", "content/events/agm.md"):
        site.put(path, (site.root / path).read_bytes().replace(b"Bo Ek", b"Bob Ek"))
    report = site.build()
    assert (report.decoded, report.rendered, {*report.placed}) == (2, len(showing), showing)


def begun(make: Make, text: str) -> Project:
    """A project that was built once."""
    site = make(THEME + text)
    assert messages(site.build()) == []
    return site
