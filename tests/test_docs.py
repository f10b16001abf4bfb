"""The documentation is held against the program: an undocumented command or option fails."""

import re
import shutil
import subprocess
import tomllib
from itertools import chain
from pathlib import Path

import click
import pytest

from sitegen.cli import main
from sitegen.state import DISTRIBUTIONS
from tests.sites import project, tree

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_is_in_the_readme(name: str) -> None:
    """Each has a row in the table of commands."""
    assert re.search(rf"^\| `sitegen {name}\b", README, re.MULTILINE)


OPTIONS = {
    word: command
    for command in main.commands.values()
    for each in command.params
    if isinstance(each, click.Option)
    for word in each.opts
}


@pytest.mark.parametrize("option", sorted(OPTIONS))
def test_every_option_is_in_the_readme(option: str) -> None:
    """Each stands in the table of options, long and short."""
    assert f"`{option}" in README


def test_the_readme_names_no_other_option() -> None:
    """What the tables name is there."""
    table = README[README.index("## Commands") : README.index("Exit codes")]
    assert set(re.findall(r"`(--?[a-z-]+)", table)) <= {*OPTIONS, "-h", "--help", "--version"}


def test_links_lead_somewhere() -> None:
    """Every relative link of a document leads to a file of the repository."""
    for document in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_the_example_of_the_readme_builds(tmp_path: Path) -> None:
    """What a newcomer copies from the README is a site without a problem."""
    blocks = re.findall(r"^```(?:yaml|markdown)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    paths = ("site.yaml", "members/ada-okafor.yaml", "events/2026-11-autumn.md", "events/open-bench.yaml")
    text = "".join(f"-- {path} --\n{block}\n" for path, block in zip(paths, blocks, strict=True))
    made = project(tmp_path, text)
    assert made.messages() == ""
    made.build()
    assert "ada@tides.example" in made.read("members/ada-okafor/index.html")


def test_the_demonstration_association_has_no_problem(tmp_path: Path) -> None:
    """content/ builds without an error or a warning, also with its drafts."""
    shutil.copytree(ROOT / "content", tmp_path / "content")
    made = project(tmp_path, "")
    assert made.messages(strict=True, drafts=True) == ""
    assert len(list((ROOT / "content" / "members").glob("*.*"))) > 20


def test_the_wheel_has_the_themes_and_builds(tmp_path: Path) -> None:
    """A wheel, unpacked where no checkout is, builds a folder that holds nothing but content/."""
    wheel = tmp_path / "wheel"
    python = ROOT / ".venv" / "bin" / "python"
    if not python.exists():
        pytest.skip("the set-up of the Makefile is not there")
    build = [str(python), "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    shutil.unpack_archive(next(tmp_path.glob("*.whl")), wheel, "zip")
    made = project(tmp_path / "project", "-- site.yaml --\nname: X\nurl: https://x.example/\ntimezone: UTC\n")
    command = [str(python), "-m", "sitegen", "build", str(made.root)]
    done = subprocess.run(
        command, cwd=tmp_path, env={"PYTHONPATH": str(wheel)}, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert (wheel / "sitegen" / "themes" / "programme" / "theme.yaml").exists()
    assert "index.html" in tree(made.options.output)


def test_the_distributions_are_those_of_the_project() -> None:
    """What bears on the bytes of a site is declared, and what is declared bears on them or is named here."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = (*project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values()))
    names = {re.split(r"[>=<\[]", each)[0].replace("-", "_").lower() for each in declared}
    elsewhere = {"click", "livereload", "tornado", "watchfiles"}
    transitive = {"markupsafe", "pydantic_core", "pagefind_bin", "pagefind_bin_extended"}
    assert names - elsewhere == set(DISTRIBUTIONS) - transitive
