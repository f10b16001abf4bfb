"""The command line: what it says, and how it ends."""

import os
import queue
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sitegen.build import Report
from sitegen.cli import entries, made_again, main
from sitegen.extensions import Broken
from sitegen.serve import Preview
from tests.sites import SITE, Project, tree

MEMBER = (
    SITE
    + """email: office@example.org
-- members/ada.yaml --
name: Ada Okafor
"""
)
Make = Callable[[str], Project]


def run(*words: str | Path) -> Result:
    """Run the program as the shell would."""
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def test_a_build_says_what_it_did(make: Make) -> None:
    """A volunteer reads how many entries and files there are, and what is new; nothing goes to standard error."""
    made = make(MEMBER)
    result = run("build", made.root, "--as-of", "2026-11-23")
    assert result.exit_code == 0
    assert result.stdout.startswith("Built 1 member: ")
    assert " new)" in result.stdout
    assert result.stderr == ""


def test_a_second_build_says_that_there_was_nothing_to_do(make: Make) -> None:
    """Where nothing changed, that is said."""
    made = make(MEMBER)
    run("build", made.root, "--as-of", "2026-11-23")
    result = run("build", made.root, "--as-of", "2026-11-23")
    assert result.stdout.startswith("Nothing to do: ")


def test_a_build_says_when_the_site_changes_by_itself(make: Make) -> None:
    """The next moment at which it must be built again is told by the association's clocks, even if nothing was done."""
    made = make(SITE + "-- events/talk.yaml --\ntitle: Talk\nstart: 2026-11-24 18:00\nend: 20:00\n")
    for _ in range(2):
        told = run("build", made.root, "--as-of", "2026-11-23").stdout
        assert "It changes by itself on 2026-11-24 at 20:00 (Europe/Oslo): build it again then.\n" in told
    assert run("build", made.root, "--as-of", "2026-11-23", "--quiet").stdout == ""


def test_quiet_is_quiet_and_verbose_names_files(make: Make) -> None:
    """-q prints nothing where nothing is wrong; -v names each file with + or -."""
    made = make(MEMBER)
    assert run("build", made.root, "-q").output == ""
    made.write("-- members/bo.yaml --\nname: Bo Lund\n")
    made.remove("members/ada.yaml")
    lines = run("build", made.root, "-v").stdout.splitlines()
    assert "+ members/bo/index.html" in lines
    assert "- members/ada/index.html" in lines


def test_problems_go_to_standard_error(make: Make) -> None:
    """An error ends with exit code 1, the count, and the promise that nothing was published."""
    made = make(MEMBER + "-- members/bo.yaml --\nnmae: Bo Lund\n")
    result = run("build", made.root)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "members/bo.yaml:1:1: error: there is no field nmae" in result.stderr
    assert result.stderr.endswith("nothing was published.\n")
    assert not made.options.output.exists()


def test_strict_makes_warnings_errors(make: Make) -> None:
    """A warning lets a build through, and with --strict it does not."""
    made = make(MEMBER + "-- members/notes.txt --\nx\n")
    assert run("build", made.root).exit_code == 0
    assert run("build", made.root, "--strict").exit_code == 1


def test_check_writes_nothing(make: Make) -> None:
    """A check tells the same problems and leaves the folder as it is."""
    made = make(MEMBER + "-- members/notes.txt --\nx\n")
    before = tree(made.root)
    result = run("check", made.root)
    assert result.exit_code == 0
    assert "notes.txt" in result.stderr
    assert "1 warning" in result.stdout
    assert tree(made.root) == before
    assert not (made.root / ".sitegen").exists()


def test_clean_removes_what_was_built_alone(make: Make) -> None:
    """Files of others stay in the output folder; the memory goes."""
    made = make(MEMBER)
    run("build", made.root)
    (made.options.output / "CNAME").write_text("example.org")
    result = run("clean", made.root)
    assert result.exit_code == 0
    assert tree(made.options.output) == {"CNAME": b"example.org"}
    assert not (made.root / ".sitegen").exists()
    assert run("clean", made.root).stdout == "There is nothing to clean.\n"


def test_why_explains_a_file_by_path_and_by_address(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path on disk, a path in the site and an address name the same file."""
    made = make(MEMBER)
    run("build", made.root)
    monkeypatch.chdir(made.root)
    answers = {
        run("why", name).stdout
        for name in (
            "output/members/ada/index.html",
            "members/ada/",
            "/members/ada",
            "https://example.org/members/ada/",
        )
    }
    assert len(answers) == 1
    assert answers.pop().startswith("members/ada/index.html: up to date\n")
    assert run("why", "members/adda/").exit_code == 1


def test_a_content_folder_is_built_elsewhere(make: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Looking at another site never replaces one's own: it goes to build/<name>/ in the current folder."""
    made = make(MEMBER)
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    result = run("build", made.root / "content")
    assert result.exit_code == 0
    assert "build/content/output/" in result.stdout
    assert (here / "build/content/output/members/ada/index.html").exists()
    assert (here / "build/content/.sitegen").exists()
    assert {path.name for path in made.root.iterdir()} == {"content"}


def test_from_within_the_content(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who stands in the content folder of a project builds the project."""
    made = make(MEMBER)
    monkeypatch.chdir(made.root / "content")
    assert run("check").exit_code == 0
    assert run("build").exit_code == 0
    assert (made.root / "output" / "index.html").exists()


def test_another_output_and_another_site_file(make: Make, tmp_path: Path) -> None:
    """-o and -c are taken at their word, and the memory stands beside the output."""
    made = make(MEMBER)
    other = tmp_path / "staging.yaml"
    other.write_text("name: Staging\nurl: https://staging.example/\ntimezone: UTC\n")
    result = run("build", made.root, "-o", tmp_path / "public", "-c", other)
    assert result.exit_code == 0
    assert "Staging" in (tmp_path / "public" / "index.html").read_text("utf-8")
    assert (tmp_path / ".sitegen-public").exists()
    assert run("build", made.root, "-o", tmp_path / "public", "-c", other).stdout.startswith("Nothing to do")
    other.write_text(other.read_text() + "redirects: {/members/: /x/}\n")
    assert "/staging.yaml:4:1: error: /members/ is a living address" in run("check", made.root, "-c", other).stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("build", "nowhere"), "does not exist"),
        (("build", "--as-of", "yesterday"), "--as-of"),
        (("build", "--as-of", "2026-11"), "the day is missing"),
        (("build", "-o", "content"), "written over"),
        (("build", "--colour"), "No such option"),
        (("bulid",), "No such command"),
    ],
)
def test_a_command_that_is_not_understood(
    words: tuple[str, ...], said: str, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 2, and what is wrong."""
    monkeypatch.chdir(make(MEMBER).root)
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_folder_without_a_site_is_a_usage_error(tmp_path: Path) -> None:
    """Neither content/ nor site.yaml: it is said what a project looks like."""
    result = run("build", tmp_path)
    assert result.exit_code == 2
    assert "content/" in result.stderr


def test_a_content_folder_without_site_yaml(tmp_path: Path) -> None:
    """The one file that a site needs is asked for, and what it needs."""
    (tmp_path / "content").mkdir()
    result = run("build", tmp_path)
    assert result.exit_code == 1
    assert "site.yaml:1:1: error: there is no site.yaml" in result.stderr


def test_a_folder_that_is_not_ours_is_refused(make: Make) -> None:
    """A non-empty output folder that no build made is left alone, with one line."""
    made = make(MEMBER)
    made.options.output.mkdir()
    (made.options.output / "thesis.txt").write_text("years of work")
    result = run("build", made.root)
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "thesis.txt" in result.stderr
    assert tree(made.options.output) == {"thesis.txt": b"years of work"}


def test_paths_in_messages_are_relative_to_the_current_folder(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor can open the place from where the command was typed."""
    made = make(MEMBER + "-- members/bo.yaml --\nnmae: Bo\n")
    monkeypatch.chdir(made.root / "content" / "members")
    assert "bo.yaml:1:1: error" in run("check", made.root).stderr.splitlines()[0][:20]


def test_an_installed_package_that_is_broken(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line for whoever installed it."""

    def build(*_: Any, **__: Any) -> Report:
        raise Broken("courses:KIND cannot be loaded")

    monkeypatch.setattr("sitegen.cli.build", build)
    result = run("build", make(MEMBER).root)
    assert (result.exit_code, result.stderr) == (1, "sitegen: courses:KIND cannot be loaded\n")


def test_entries_are_counted_by_kind() -> None:
    """In the order of the contract, in plain English; what packages add comes last."""
    counts = {"pages": 1, "courses": 1, "news": 2, "opportunities": 1, "events": 24, "members": 1027}
    told = "1,027 members, 24 events, 1 opportunity, 2 news items, 1 page and 1 course"
    assert entries(Report(counts=counts)) == told
    assert entries(Report(counts={"news": 1})) == "1 news item"
    assert entries(Report()) == "an empty site"


def test_init_says_what_to_do_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two lines: what was written, and how to go on; the commands can be typed as they stand."""
    monkeypatch.chdir(tmp_path)
    result = run("init", "our site", "--as-of", "2026-11-23")
    assert result.exit_code == 0
    assert result.stdout.count("\n") == 2
    assert "sitegen serve 'our site'\n" in result.stdout
    assert result.stdout.endswith(" our site/content/site.yaml.\n")
    monkeypatch.chdir("our site")
    assert run("build", "--strict", "--as-of", "2026-11-23").exit_code == 0
    assert "start: 2026-12-17 18:30" in Path("content/events/type-by-candlelight.md").read_text("utf-8")


def test_init_in_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dot is the folder where one is."""
    monkeypatch.chdir(tmp_path)
    assert "sitegen serve\n" in run("init", ".").stdout


def test_init_refuses_a_folder_that_is_not_empty(make: Make) -> None:
    """One line, exit code 1, and nothing is written."""
    made = make(MEMBER)
    before = tree(made.root)
    result = run("init", made.root)
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "content stands in it" in result.stderr
    assert tree(made.root) == before


def test_serve_at_a_port_in_use(make: Make) -> None:
    """One line says which option helps."""
    made = make(MEMBER)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = run("serve", made.root, "--port", str(port))
    assert result.exit_code == 1
    assert result.stderr == f"sitegen: port {port} is in use: choose another with --port\n"
    assert result.stdout == ""


def test_serve_at_an_address_that_is_not_there(make: Make) -> None:
    """Somebody else's address, or none at all: one line."""
    for host in ("192.0.2.1", "nowhere.invalid"):
        result = run("serve", make(MEMBER).root, "--port", "0", "--host", host)
        assert result.exit_code == 1
        assert result.stderr == f"sitegen: {host}, port 0, cannot be served at: choose another with --host or --port\n"


def test_serve_opens_the_browser(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """--open shows the address that the terminal tells, once the site is there; --drafts are in it."""
    opened, pages = queue.Queue[str](), list[Path]()

    def serve(preview: Preview, *more: Any) -> None:
        pages.extend(preview.root.glob("members/*/index.html"))
        more[-1]()

    monkeypatch.setattr("webbrowser.open", opened.put)
    monkeypatch.setattr("sitegen.serve.serve", serve)
    made = make(MEMBER.replace("example.org/", "example.org/club/") + "draft: yes\n")
    result = run("serve", made.root, "--port", "0", "--open", "--drafts")
    assert result.exit_code == 0
    url = opened.get(timeout=60)
    assert url.startswith("http://127.0.0.1:")
    assert url.endswith("/club/")
    assert f"Serving at {url} until Ctrl-C.\n" in result.stdout
    assert [page.parent.name for page in pages] == ["ada"]
    assert not pages[0].exists()


def test_serve_goes_on_whatever_keeps_it_from_building(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """What would end a build is told on pages, too: here a moment that the clocks of another zone never show."""
    made = make(MEMBER.replace("Europe/Oslo", "UTC"))
    assert made_again(made.options, "2026-03-29T02:30") == ""
    made.write(SITE)
    assert "--as-of" in made_again(made.options, "2026-03-29T02:30")
    assert "--as-of" in capsys.readouterr().err


def test_version_and_module() -> None:
    """``python -m sitegen --version`` is the same program."""
    command = [sys.executable, "-m", "sitegen", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "LC_ALL": "C"})
    assert done.stdout == run("--version").stdout
