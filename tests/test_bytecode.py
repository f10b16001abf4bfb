"""Compiled templates, kept from one build to the next."""

from collections.abc import Callable
from pathlib import Path

import jinja2
import pytest

from sitegen import theme
from sitegen.bytecode import Kept
from sitegen.state import Program
from tests.sites import PROGRAM, SITE, Project

MEMBER = """
-- members/ada.yaml --
name: Ada
"""


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The names of the templates that are compiled from here on."""
    names: list[str | None] = []
    compile_template = jinja2.Environment.compile

    def noting(self: jinja2.Environment, source: str, name: str | None = None, filename: str | None = None) -> object:
        names.append(name)
        return compile_template(self, source, name, filename)

    monkeypatch.setattr(jinja2.Environment, "compile", noting)
    return names


def rebuilt(project: Project, name: str, program: Program = PROGRAM) -> None:
    """Build with a changed member, in a process that knows no template yet."""
    theme.unkept.cache_clear()
    project.write(MEMBER.replace("Ada", name))
    project.build(program=program)
    assert name in project.read("members/ada/index.html")


def test_nothing_is_compiled_twice(make: Callable[[str], Project], compiled: list[str | None]) -> None:
    """A build compiles what is new: everything at first, then nothing, then the template that was edited."""
    project = make(
        SITE + MEMBER + '-- content/_theme/templates/member.html --\n{% extends "base.html" %}{{ page.title }}'
    )
    rebuilt(project, "Ada")
    assert "base.html" in compiled
    compiled.clear()
    rebuilt(project, "Bea")
    assert compiled == []
    project.write("-- content/_theme/templates/member.html --\n{{ page.title }}: ")
    rebuilt(project, "Cleo")
    assert compiled == ["member.html"]
    assert project.read("members/ada/index.html") == "Cleo: "


def test_another_program_compiles_anew(make: Callable[[str], Project], compiled: list[str | None]) -> None:
    """The code depends on the program's settings, so that of another program is not used."""
    project = make(SITE + MEMBER)
    rebuilt(project, "Ada")
    compiled.clear()
    rebuilt(project, "Bea", Program(b"another"))
    assert "base.html" in compiled


@pytest.mark.parametrize("damaged", [b"", b"j2", b"j2\x05\x00" + bytes(90), None])
def test_what_is_damaged_is_compiled_again(make: Callable[[str], Project], damaged: bytes | None) -> None:
    """A file of code that is cut off, empty or garbage after its head is as good as none."""
    project = make(SITE + MEMBER)
    rebuilt(project, "Ada")
    for file in (project.root / ".sitegen" / "templates").iterdir():
        file.write_bytes(file.read_bytes()[:60] + b"\xff" * 9 if damaged is None else damaged)
    rebuilt(project, "Bea")


def test_a_folder_that_cannot_be_written_is_no_mistake(tmp_path: Path) -> None:
    """Where no code can be kept, templates work all the same."""
    (tmp_path / "file").touch()
    templates = jinja2.DictLoader({"a.html": "{{ 1 + 1 }}"})
    environment = jinja2.Environment(  # noqa: S701 - no HTML
        loader=templates, bytecode_cache=Kept(tmp_path / "file" / "templates", b"", "en")
    )
    assert environment.get_template("a.html").render() == "2"
