"""Kinds and formats that installed packages add: docs/extending.md, built and run as it stands there."""

import csv
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from sitegen import extensions
from tests.sites import NOW, Project, project

GUIDE = (Path(__file__).parent.parent / "docs" / "extending.md").read_text("utf-8")

SITE = """
-- site.yaml --
name: Working Order
url: https://example.org/
timezone: Europe/Oslo
email: office@example.org
-- members/ada-okafor.yaml --
name: Ada Okafor
"""


def blocks(language: str) -> list[str]:
    """The examples of the guide in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)


def install(folder: Path) -> None:
    """The package of the guide, as an installer would leave it in a folder of packages."""
    declared = tomllib.loads("".join(blocks("toml")))["project"]
    info = folder / f"{declared['name'].replace('-', '_')}-{declared['version']}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {declared['name']}\nVersion: {declared['version']}\n")
    points = "".join(
        f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in named.items())
        for group, named in declared["entry-points"].items()
    )
    (info / "entry_points.txt").write_text(points)
    (folder / "association_courses.py").write_text("\n".join(blocks("python")), "utf-8")


def sitegen(made: Project, packages: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The program, run with the packages of a folder."""
    command = [sys.executable, "-m", "sitegen", *arguments, str(made.root), "--as-of", NOW]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join((str(packages), str(Path(__file__).parent.parent)))}
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A site with the package and the course of the guide."""
    folder = tmp_path_factory.mktemp("extended")
    install(folder / "packages")
    made = project(folder / "site", SITE + "-- courses/escapements.md --\n" + blocks("markdown")[0])
    done = sitegen(made, folder / "packages", "build")
    assert (done.returncode, done.stderr) == (0, "")
    return made


@pytest.mark.parametrize(
    "path",
    [
        "courses/index.html",
        "courses/escapements/index.html",
        "events/index.html",
        "members/ada-okafor/index.html",
        "tags/clocks/index.html",
        "calendar.ics",
        "courses/escapements/event.ics",
        "tags/clocks/calendar.ics",
        "events/calendar/2027-03/index.html",
        "feed.atom",
        "feed.json",
        "tags/clocks/feed.atom",
        "courses/feed.atom",
        "api/courses.json",
        "sitemap.xml",
        "search/records.json",
    ],
)
def test_an_added_kind_is_everywhere(built: Project, path: str) -> None:
    """A kind with a time, tags and a day of publication is in pages, calendars, feeds, API, sitemap and search."""
    assert "scapements" in built.read(path)


def test_an_added_kind_has_a_schema(built: Project) -> None:
    """Its own public fields are described, and what the API has of it is valid."""
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(built.read("api/schema/courses.json"))
    jsonschema.validate(json.loads(built.read("api/courses.json")), schema)
    assert '"level"' in built.read("api/schema/courses.json")


def test_an_added_kind_is_checked(tmp_path: Path) -> None:
    """What is wrong in a file of an added kind is told like anything else."""
    install(tmp_path / "packages")
    wrong = "-- courses/x.yaml --\ntitle: X\nstart: soon\nlevels: all\nteachers: [ada]\n"
    done = sitegen(project(tmp_path / "site", SITE + wrong), tmp_path / "packages", "check")
    assert done.returncode == 1
    assert "there is no field levels" in done.stderr
    assert "courses/x.yaml:2:8" in done.stderr


def test_an_added_format_encodes_every_list(built: Project) -> None:
    """Every page that lists entries has the file of an added format beside it."""
    lists = {"members", "events", "courses"}
    assert {path.split("/")[0] for path in built.output() if path.endswith("list.csv")} >= lists
    rows = list(csv.reader(built.read("courses/list.csv").splitlines()))
    assert rows[1] == ["Escapements for beginners", "https://example.org/courses/escapements/"]


def test_an_added_format_can_be_switched_off(tmp_path: Path) -> None:
    """``formats:`` in site.yaml knows it by the name of its entry point."""
    install(tmp_path / "packages")
    made = project(tmp_path / "site", SITE.replace("email:", "formats: {csv: no}\nemail:"))
    done = sitegen(made, tmp_path / "packages", "build")
    assert (done.returncode, done.stderr) == (0, "")
    assert not [path for path in made.output() if path.endswith(".csv")]


def test_a_change_of_the_package_is_a_change_of_the_program(tmp_path: Path) -> None:
    """What an edited package makes is made anew; without an edit nothing is done."""
    install(tmp_path / "packages")
    made = project(tmp_path / "site", SITE)
    sitegen(made, tmp_path / "packages", "build")
    assert "Nothing to do" in sitegen(made, tmp_path / "packages", "build").stdout
    module = tmp_path / "packages" / "association_courses.py"
    module.write_text(module.read_text("utf-8").replace('("title", "url")', '("name", "url")'), "utf-8")
    sitegen(made, tmp_path / "packages", "build")
    assert made.read("members/list.csv").startswith("name,url")


def test_without_the_package_its_folder_is_unknown(tmp_path: Path) -> None:
    """When the package is gone its entries leave the site, and the folder is told."""
    install(tmp_path / "packages")
    made = project(tmp_path / "site", SITE + "-- courses/escapements.md --\n" + blocks("markdown")[0])
    sitegen(made, tmp_path / "packages", "build")
    done = sitegen(made, tmp_path / "nothing", "build")
    assert "this folder is not read" in done.stderr
    assert "courses/index.html" not in made.output()


def test_a_broken_package_is_told_in_a_line(tmp_path: Path) -> None:
    """What cannot be loaded stops the program with the name of the entry point, not with a traceback."""
    install(tmp_path / "packages")
    (tmp_path / "packages" / "association_courses.py").write_text("import nothing_of_that_name\n")
    done = sitegen(project(tmp_path / "site", SITE), tmp_path / "packages", "build")
    assert done.returncode == 1
    assert "association_courses:COURSES" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_no_kind_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry point that is something else is broken."""
    monkeypatch.setattr(extensions, "_points", lambda _: (("x", "json:dumps"),))
    with pytest.raises(extensions.Broken, match="json:dumps"):
        extensions.loaded("sitegen.kinds", dict)
