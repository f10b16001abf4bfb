"""The benchmarks measure what they say: the same association each time, for both tools, and edits that are some."""

import sys
from pathlib import Path

import pytest
import yaml

from benchmarks import bench, corpus, hugo
from sitegen.theme import BUILT_IN
from tests.sites import Project, tree
from tests.sites import project as made

STATIC = BUILT_IN / "programme" / "static"


@pytest.fixture
def guild(tmp_path: Path) -> Project:
    """A small association of the corpus."""
    corpus.write(tmp_path / "guild", 30, 12, 2)
    return made(tmp_path / "guild", "")


def test_the_same_each_time(tmp_path: Path, guild: Project) -> None:
    """The same numbers give the same bytes, others do not."""
    corpus.write(tmp_path / "again", 30, 12, 2)
    corpus.write(tmp_path / "other", 30, 12, 2, seed=1)
    assert tree(tmp_path / "again") == tree(guild.root)
    assert tree(tmp_path / "other") != tree(guild.root)


def test_nothing_is_wrong_with_it(guild: Project) -> None:
    """It builds without a word, and has skills, places, groups and repetition."""
    report = guild.build()
    assert report.problems == ()
    paths = " ".join(guild.output())
    for part in (
        "members/member-000029/",
        "events/event-000011/",
        "groups/group-0001/",
        "skills/",
        "places/norway/oslo/",
    ):
        assert part in paths
    assert b"RRULE" in guild.output()["calendar.ics"]


def test_hugo_has_the_same(tmp_path: Path, guild: Project) -> None:
    """Each member, event and group is a page for Hugo, with all that its layouts ask for; private addresses are not."""
    hugo.write(guild.root, tmp_path / "hugo", STATIC)
    content = tmp_path / "hugo" / "content"
    assert len([*content.glob("members/member-*.md")]) == 30
    assert len([*content.glob("events/event-*.md")]) == 12
    assert len([*content.glob("groups/*/_index.md")]) == 2
    fronts = {path.stem: yaml.safe_load(path.read_text("utf-8").split("---\n")[1]) for path in content.glob("*/*-*.md")}
    member, event = fronts["member-000001"], fronts["event-000001"]
    assert member["skills"] == guild_field(guild, "members/member-000001.yaml", "skills").split(", ")
    assert {"title", "date", "initials", "headline", "places", "towns", "offers", "groups"} <= member.keys()
    assert {"title", "date", "zone", "until", "speakers", "calendar", "sessions"} <= event.keys()
    assert "email" not in fronts["member-000000"]
    assert yaml.safe_load((tmp_path / "hugo" / "hugo.yaml").read_text("utf-8"))["baseURL"] == "https://tides.example/"


def guild_field(guild: Project, path: str, name: str) -> str:
    """What an editor wrote in a field."""
    fields = yaml.load((guild.root / "content" / path).read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506 - only text
    return str(fields[name])


def test_every_step_changes_what_it_says(tmp_path: Path) -> None:
    """Each edit changes one file of the content or the theme of either tool, another one each time."""
    for tool in [*bench.tools_of(tmp_path, 100, 20, Path("hugo"))]:
        for step, runs, prepare in bench.steps(100, 20):
            touched = set()
            for number in range(runs):
                before = tree(tool.folder)
                prepare(tool, number)
                after = tree(tool.folder)
                changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
                assert len(changed) == (step not in ("cold", "nothing changed")), (tool.name, step)
                touched |= changed
            assert len(touched) in (0, 1 if "template" in step else runs), (tool.name, step)


@pytest.mark.skipif(sys.platform != "linux", reason="the memory is looked up as Linux shows it")
def test_what_a_run_costs(tmp_path: Path) -> None:
    """A run tells its time, its memory with that of its children, and how many files it wrote."""
    program = (
        "import pathlib, subprocess, sys, time\n"
        "pathlib.Path('out/a').write_text('x')\n"
        "subprocess.run([sys.executable, '-c', 'import time; x = bytes(80_000_000); time.sleep(0.4)'])\n"
    )
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "b").write_text("there already", "utf-8")
    tool = bench.Tool("a program", tmp_path, (sys.executable, "-c", program), "out", (), "")
    cost = bench.measured(tool)
    assert cost.files == 1
    assert cost.wall > 0.4
    assert cost.cpu > 0
    assert cost.memory > 0
