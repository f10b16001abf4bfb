"""All or nothing: the output folder is wholly the old or wholly the new site, and nothing foreign in it is lost."""

import contextlib
import ctypes
import errno
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import publish, state, theme
from sitegen.build import Report
from sitegen.cli import main
from sitegen.model import DEFAULT_THEME
from sitegen.problems import Severity
from sitegen.publish import Place, Refused
from tests.sites import NOW, Project, inodes, project
from tests.sites import OFFICE as SITE

PAGE = "{{ page.title }}{{ title }}{% for each in cards %}, {{ each.title }}{% endfor %}\n{{ body }}\n"
TEMPLATES = theme.BUILT_IN / DEFAULT_THEME / "templates"
PLAIN = "theme: plain\n-- themes/plain/theme.yaml --\nname: plain\n" + "".join(
    f"-- themes/plain/templates/{path.relative_to(TEMPLATES).as_posix()} --\n{PAGE}"
    for path in sorted(TEMPLATES.rglob("*.html"))
)
"""A theme with every template that the program asks for, and nothing to look at."""

OLD = f"""{SITE}{PLAIN}
-- members/ada.yaml --
name: Ada Okafor
-- members/ben.yaml --
name: Ben Sato
-- events/talk.yaml --
title: A talk
start: 2026-12-01 18:00
-- files/statutes.txt --
Be kind.
"""

Whole = dict[str, bytes]


def whole(folder: Path) -> Whole:
    """All that stands in a folder: files, links (``-> target``), and folders in which nothing stands."""
    found: Whole = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = b"-> " + os.fsencode(path.readlink())
        elif path.is_file():
            found[name] = path.read_bytes()
        elif not any(path.iterdir()):
            found[name + "/"] = b""
    return found


def fill(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put files, and folders whose names end with a slash, into a folder."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if name.endswith("/"):
            (folder / name).mkdir()
        else:
            (folder / name).write_bytes(data)


def clean(site: Project) -> Whole:
    """The site as a clean build makes it elsewhere."""
    with tempfile.TemporaryDirectory() as elsewhere:
        site.build(output=Path(elsewhere) / "output")
        return whole(Path(elsewhere) / "output")


def edit(site: Project) -> None:
    """Make it another site: one page changes, one comes, one goes."""
    site.write("-- members/ada.yaml --\nname: Ada Nwosu\n-- members/cem.yaml --\nname: Cem Aydin\n")
    site.remove("members/ben.yaml")


def place(site: Project) -> Place:
    """Where it is published."""
    return publish.place_of(site.options.output)


def published(site: Project) -> tuple[Whole, Mapping[str, int], bytes]:
    """All that a build which fails must leave alone: the files, that they are the same files, and the state."""
    output = site.options.output
    return whole(output), inodes(output), place(site).state.read_bytes()


def command(site: Project, *arguments: str) -> tuple[int, str]:
    """The exit code of ``sitegen build``, and what it says of trouble."""
    arguments = ("build", str(site.root), "--as-of", NOW, *arguments)
    result = CliRunner(catch_exceptions=False).invoke(main, arguments)
    return result.exit_code, result.stderr


def refusal(site: Project, *arguments: str) -> str:
    """The one line with which a build is refused."""
    code, said = command(site, *arguments)
    (line,) = said.splitlines()
    assert code == 1
    return line


def warnings(report: Report) -> list[str]:
    """What a build that went well warns of."""
    assert not report.failed
    return [problem.message for problem in report.problems if problem.severity is Severity.WARNING]


@pytest.fixture
def site(make: Callable[[str], Project]) -> Project:
    """A small site, built."""
    made = make(OLD)
    assert not made.build().failed
    return made


@pytest.fixture
def here(tmp_path: Path) -> Place:
    """A place in which nothing stands, with its work folder."""
    made = publish.place_of(tmp_path / "output")
    made.work.mkdir()
    return made


@pytest.fixture
def mount() -> Iterator[Callable[..., None]]:
    """Mount something on a folder for as long as the test lasts."""
    tools = [shutil.which(name) for name in ("mount", "umount")]
    if os.name != "posix" or os.geteuid() != 0 or not all(tools):
        pytest.skip("only root can mount a file system")
    with contextlib.ExitStack() as mounted:

        def mount(point: Path, *how: str) -> None:
            done = subprocess.run([str(tools[0]), *how, str(point)], capture_output=True, text=True, check=False)
            if done.returncode:
                pytest.skip(f"nothing can be mounted here: {done.stderr}")
            mounted.callback(subprocess.run, [str(tools[1]), "--lazy", str(point)], check=True)

        yield mount


def remount(point: Path, how: str) -> None:
    """Change how a folder is mounted."""
    subprocess.run([str(shutil.which("mount")), "-o", f"remount,{how}", str(point)], check=True)


# The functions of publish


@pytest.mark.parametrize(
    ("output", "work"),
    [
        ("output", ".sitegen"),
        ("out/", ".sitegen-out"),
        ("a/../b", ".sitegen-b"),
        ("mitt nettsted ö", ".sitegen-mitt nettsted ö"),
        ("deep/er/output", "deep/er/.sitegen"),
        ("link", "target/.sitegen-folder"),
        ("dangling", "target/.sitegen-nowhere"),
    ],
)
def test_the_work_folder_stands_beside_the_output(tmp_path: Path, output: str, work: str) -> None:
    """Every output folder has its own, on the same disk: beside what a link leads to."""
    (tmp_path / "target" / "folder").mkdir(parents=True)
    (tmp_path / "link").symlink_to("target/folder")
    (tmp_path / "dangling").symlink_to("target/nowhere")
    assert publish.place_of(tmp_path / output).work == tmp_path / work


def test_files(tmp_path: Path) -> None:
    """Files, links (not what they lead to) and empty folders are found; a missing folder and a file hold none."""
    fill(tmp_path, {"here/a": b"1", "here/b/.c": b"22", "here/d/e/": b"", "there/f": b""})
    (tmp_path / "here" / "link").symlink_to("../there")
    found = publish.files(tmp_path / "here")
    assert {path: size for path, (size, _) in found.items()} == {"a": 1, "b/.c": 2, "d/e/": 0, "link": 8}
    assert found["b/.c"][1] == (tmp_path / "here" / "b" / ".c").stat().st_mtime_ns
    assert publish.files(tmp_path / "nowhere") == publish.files(tmp_path / "here" / "a") == {}


@pytest.mark.parametrize(
    ("foreign", "planned", "refused"),
    [
        ((), ("a",), ""),
        (("CNAME", ".git/HEAD", ".git/refs/"), ("a",), ""),
        (("b/c",), ("a",), "b stands in it"),
        (("b/",), ("a",), "b stands in it"),
    ],
)
def test_an_unknown_folder_is_not_ours(here: Place, foreign: tuple[str, ...], planned: set[str], refused: str) -> None:
    """Without a state, nothing may stand in the folder but what is put there before the first build."""
    here.output.mkdir()
    if refused:
        with pytest.raises(Refused, match=refused):
            publish.check(here, foreign, planned, known=False)
    else:
        publish.check(here, foreign, planned, known=False)


@pytest.mark.parametrize(
    ("foreign", "taken"),
    [
        ("notes.txt", False),
        ("members/notes.txt", False),
        ("members/ada/", False),
        ("mem", False),
        ("index.html", True),
        ("members", True),
        ("members/ada", True),
        ("index.html/", True),
        ("index.html/notes.txt", True),
        ("members/ada/index.html/notes/", True),
    ],
)
def test_a_foreign_file_is_never_in_the_way(here: Place, foreign: str, taken: bool) -> None:  # noqa: FBT001 - a table
    """A file that no build made is not written over, whether the site needs a file there, a folder, or a file above."""
    here.output.mkdir()
    planned = ("index.html", "members/ada/index.html")
    if taken:
        with pytest.raises(Refused, match=f"^output/{foreign} was not built here and would be written over"):
            publish.check(here, (foreign,), planned, known=True)
    else:
        publish.check(here, (foreign,), planned, known=True)


PATHS = ("a", "b", "a/b", "a/c", "a/b/c", "d/e/f")
FOREIGN = {"CNAME": b"example.org", ".git/refs/heads/": b"", ".git/HEAD": b"ref"}


def _fits(files: Mapping[str, bytes]) -> bool:
    return not any(other.startswith(path + "/") for path in files for other in files)


a_tree = st.dictionaries(st.sampled_from(PATHS), st.binary(max_size=1), min_size=1).filter(_fits)


@settings(deadline=None)
@given(a_tree, a_tree)
def test_prepare_makes_the_twin_equal(output: Whole, twin: Whole) -> None:
    """Whatever the twin held, it holds what is published, and the files are the same ones."""
    with tempfile.TemporaryDirectory() as folder:
        at = publish.place_of(Path(folder, "output"))
        fill(at.output, {**output, **FOREIGN})
        fill(at.twin, twin)
        publish.prepare(at, None, publish.files(at.output))
        assert whole(at.twin) == whole(at.output) == {**output, **FOREIGN}
        assert inodes(at.twin) == inodes(at.output)


@settings(deadline=None, max_examples=50)
@given(st.lists(a_tree, min_size=2, max_size=4), st.sampled_from(["", "off"]), st.booleans())
def test_any_sequence_of_sites_is_published(sites: list[Whole], exchange: str, links: bool) -> None:  # noqa: FBT001
    """Each is there as it should be after it was made from the one before; files become folders and folders files."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITEGEN_EXCHANGE", exchange)
        if not links:
            patch.setattr(os, "link", _no_links)
        at = publish.place_of(Path(folder, "output"))
        at.work.mkdir()
        fill(at.output, FOREIGN)
        before, changed = Whole(), None
        for site in sites:
            publish.prepare(at, changed, publish.files(at.output))
            gone = before.keys() - site.keys()
            placed = {path for path, data in site.items() if before.get(path) != data}
            for path in gone:
                publish.remove(at.twin, path)
            for path in placed:
                publish.put(at, path, site[path])
            publish.commit(at, repr(site).encode(), {*gone, *placed})
            assert whole(at.output) == {**site, **FOREIGN}
            assert whole(at.twin).items() <= {**site, **FOREIGN}.items()  # nothing is kept that is published no more
            assert at.state.read_bytes() == repr(site).encode()
            assert {path.name for path in at.work.iterdir()} <= {"state", "twin"}
            before, changed = site, {*gone, *placed, *FOREIGN}


def _no_links(*_: Any, **__: Any) -> None:
    raise OSError(errno.EPERM, "no links here")


def test_put_leaves_the_published_file_alone(here: Place) -> None:
    """A file that both trees share is replaced in the twin, not written to."""
    fill(here.output, {"a": b"old"})
    publish.prepare(here, None, publish.files(here.output))
    placed = publish.put(here, "a", b"newer")
    assert (whole(here.output), whole(here.twin)) == ({"a": b"old"}, {"a": b"newer"})
    assert (placed.size, placed.mtime) == publish.files(here.twin)["a"]


@pytest.mark.parametrize("path", ["link/a", "link/b/a"])
def test_no_link_is_followed_to_remove_a_file(tmp_path: Path, path: str) -> None:
    """A link in a tree is foreign, and so is all that it leads to."""
    fill(tmp_path, {"there/a": b"", "there/b/a": b"", "here/": b""})
    (tmp_path / "here" / "link").symlink_to("../there")
    publish.remove(tmp_path / "here", path)
    assert whole(tmp_path / "there") == {"a": b"", "b/a": b""}


@pytest.mark.parametrize("exchange", ["", "off"])
def test_commit_keeps_the_folders_mode(here: Place, monkeypatch: pytest.MonkeyPatch, exchange: str) -> None:
    """Who may read the output folder is its owner's matter, not ours."""
    monkeypatch.setenv("SITEGEN_EXCHANGE", exchange)
    fill(here.output, {"a": b"old"})
    here.output.chmod(0o2750)
    publish.prepare(here, None, publish.files(here.output))
    publish.commit(here, b"", ())
    assert stat.S_IMODE(here.output.stat().st_mode) == 0o2750


@pytest.mark.parametrize("number", [errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, None])
def test_folders_are_renamed_where_they_cannot_be_exchanged(
    here: Place, monkeypatch: pytest.MonkeyPatch, number: int | None
) -> None:
    """An old kernel, a file system or a C library without the call: the site is published all the same."""
    _exchange_that_fails(monkeypatch, number)
    fill(here.output, {"a": b"old"})
    publish.prepare(here, None, publish.files(here.output))
    publish.put(here, "a", b"new")
    publish.commit(here, b"state", ())
    assert (whole(here.output), whole(here.twin)) == ({"a": b"new"}, {"a": b"old"})


def _exchange_that_fails(monkeypatch: pytest.MonkeyPatch, number: int | None) -> None:
    """Let the system's exchange of folders fail with an error number; with None there is no such call."""

    class Library:
        def __init__(self, *_: Any, **__: Any) -> None:
            if number is not None:
                self.renameat2 = self.renamex_np = self.fail

        def fail(self, *_: Any) -> int:
            ctypes.set_errno(number or 0)
            return -1

    monkeypatch.setattr(ctypes, "CDLL", Library)


@pytest.mark.parametrize(("number", "error"), [(errno.EBUSY, Refused), (errno.EIO, OSError)])
def test_an_exchange_that_fails_leaves_everything(
    site: Project, monkeypatch: pytest.MonkeyPatch, number: int, error: type[Exception]
) -> None:
    """The output stands as it was, and the next build publishes what this one could not."""
    before = published(site)
    edit(site)
    with monkeypatch.context() as patch:
        _exchange_that_fails(patch, number)
        with pytest.raises(error):
            site.build()
    assert published(site) == before
    site.build()
    assert whole(site.options.output) == clean(site)


def test_a_second_rename_that_fails_is_taken_back(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """With renames for an exchange, the old site is back at once where the new one cannot take its place."""
    monkeypatch.setenv("SITEGEN_EXCHANGE", "off")
    before, rename = published(site), Path.rename
    edit(site)
    with monkeypatch.context() as patch:

        def fail(self: Path, target: Path) -> Path:
            if self == place(site).twin:
                raise OSError(errno.EIO, "the disk fails")
            return rename(self, target)

        patch.setattr(Path, "rename", fail)
        with pytest.raises(OSError, match="the disk fails"):
            site.build()
        assert published(site) == before
    site.build()
    assert whole(site.options.output) == clean(site)


def test_forget_counts_what_it_removes(site: Project) -> None:
    """Only the files that a build made, and that are still there; folders that they leave empty go with them."""
    fill(site.options.output, {"CNAME": b"mine", "members/ada/notes.txt": b"mine"})
    outputs = clean(site)
    (site.options.output / "404.html").unlink()
    assert publish.forget(place(site), outputs) == len(outputs) - 1
    assert whole(site.options.output) == {"CNAME": b"mine", "members/ada/notes.txt": b"mine"}
    assert not place(site).work.exists()


# What people do to a project


BROKEN = {
    "read": "-- members/ada.yaml --\nname: [\n",
    "link": "-- members/ada.md --\n---\nname: Another Ada\n---\n",
    "plan": "-- members/cem.yaml --\nname: Cem Aydin\nslug: ada\n",
    "render": "-- themes/plain/templates/member.html --\n{{ page.title }}{{ 1 // 0 }}\n",
    "theme": "-- site.yaml --\nname: Working Order\nurl: https://example.org/\ntimezone: Europe/Oslo\ntheme: plane\n",
}


def beside(site: Project) -> set[str]:
    """What stands beside the output, but for the code of templates, which may be kept whatever happens.

    The memory has no files but those that the state names.
    """
    known = state.load(place(site).state)
    memory = {file.name for file in place(site).memory.iterdir()} if place(site).memory.exists() else set()
    assert memory == {name.hex() for name in (known.memory if known else ()) if name}
    return {path.name for path in place(site).work.iterdir()} - {"templates"}


@pytest.mark.parametrize("phase", BROKEN)
@pytest.mark.parametrize("anew", [False, True])
def test_a_failed_build_leaves_everything(site: Project, phase: str, anew: bool) -> None:  # noqa: FBT001
    """Whatever phase finds the mistake: the files, their inodes and the state stay, and no room is taken."""
    before = published(site)
    edit(site)
    site.write(BROKEN[phase])
    assert site.build(clean=anew).failed
    assert published(site) == before
    assert beside(site) == {"lock", "memory", "next-change", "state"}


@pytest.mark.parametrize("phase", BROKEN)
def test_a_failed_first_build_leaves_nothing(make: Callable[[str], Project], phase: str) -> None:
    """No output folder is made, and the next build finds a clean place."""
    site = make(OLD)
    site.write(BROKEN[phase])
    assert site.build().failed
    assert not site.options.output.exists()
    assert beside(site) == {"lock"}


def test_foreign_files_are_carried_over(make: Callable[[str], Project]) -> None:
    """CNAME, .gitignore and a whole .git, with its empty folders, modes and times, from the first build on."""
    site = make(OLD)
    output = site.options.output
    foreign = {"CNAME": b"example.org\n", ".gitignore": b"*.tmp\n", ".nojekyll": b"", **FOREIGN}
    fill(output, foreign)
    (output / ".git" / "HEAD").chmod(0o444)
    kept = publish.files(output)
    for change in (lambda _: None, edit, lambda site: site.remove("events"), lambda site: site.write(OLD)):
        change(site)
        site.build()
        assert whole(output) == {**clean(site), **foreign}
        assert {path: info for path, info in publish.files(output).items() if path in foreign} == kept
        assert stat.S_IMODE((output / ".git" / "HEAD").stat().st_mode) == 0o444


def test_files_added_later_are_carried_over(site: Project) -> None:
    """Beside our files, among them, and links; what is changed stays changed, and what is removed stays removed."""
    output = site.options.output
    fill(output, {"notes.txt": b"1", "members/ada/draft/notes.txt": b"2", "empty/": b""})
    (output / "members" / "link").symlink_to("/nowhere")
    foreign = {"notes.txt": b"1", "members/ada/draft/notes.txt": b"2", "empty/": b"", "members/link": b"-> /nowhere"}
    edit(site)
    site.build()
    assert whole(output) == {**clean(site), **foreign}
    (output / "notes.txt").write_bytes(b"changed")
    shutil.rmtree(output / "members" / "ada" / "draft")
    (output / "empty").rmdir()
    site.write(OLD)
    site.build()
    expected = {**clean(site), "notes.txt": b"changed", "members/link": b"-> /nowhere"}
    assert whole(output) == expected
    for name in ("Dee", "Eve"):
        site.write(f"-- members/dee.yaml --\nname: {name}\n")
        site.build()
        assert whole(output) == {**clean(site), "notes.txt": b"changed", "members/link": b"-> /nowhere"}


def test_a_foreign_file_that_another_took_the_place_of(site: Project) -> None:
    """It is the other that is carried over, even if its size and time are the same."""
    file = site.options.output / "notes.txt"
    for number, data in enumerate((b"1", b"2")):
        fill(site.options.output, {"notes.new": data})
        os.utime(site.options.output / "notes.new", (0, 0))
        (site.options.output / "notes.new").replace(file)
        site.write(f"-- members/dee.yaml --\nname: Dee {number}\n")
        site.build()
        assert file.read_bytes() == data


@pytest.mark.parametrize("foreign", ["members/cem", "members/cem/index.html", "members/cem/index.html/notes.txt"])
def test_a_foreign_file_where_the_new_site_needs_room(site: Project, foreign: str) -> None:
    """The build is refused with the file's name; moved away, the site is built."""
    fill(site.options.output, {foreign: b"mine"})
    before = published(site)
    edit(site)
    assert refusal(site) == f"sitegen: output/{foreign} was not built here and would be written over: move it away"
    assert published(site) == before
    first = site.options.output / "members" / "cem"
    first.unlink() if first.is_file() else shutil.rmtree(first)
    site.build()
    assert whole(site.options.output) == clean(site)


@pytest.mark.parametrize("name", [b"caf\xe9.txt", b".caf\xe9/menu.txt"])
def test_a_foreign_name_that_is_no_text(site: Project, name: bytes) -> None:
    """Some file systems take any bytes for a name; no state can hold it, so it is told."""
    file = Path(os.fsdecode(os.fsencode(site.options.output) + b"/" + name))
    try:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"mine")
    except OSError:
        pytest.skip("this file system takes only text for a name")
    before = published(site)
    edit(site)
    shown = name.decode(errors="replace")
    assert refusal(site) == f"sitegen: the name of output/{shown} is not UTF-8: rename it"
    assert published(site) == before


def _link(file: Path) -> None:
    file.rename(file.with_name("other"))
    file.symlink_to("other")


TAMPERED: dict[str, Callable[[Path], object]] = {
    "emptied": lambda file: file.write_bytes(b""),
    "of the same size": lambda file: file.write_bytes(b"x" * file.stat().st_size),
    "touched": lambda file: os.utime(file, (0, 0)),
    "removed": lambda file: file.unlink(),
    "folder removed": lambda file: shutil.rmtree(file.parent),
    "a link": _link,
    "moved": lambda file: file.rename(file.parent.parent.parent / "elsewhere"),
}


@pytest.mark.parametrize("how", TAMPERED)
@pytest.mark.parametrize("edited", [False, True])
def test_output_files_that_were_tampered_with(site: Project, how: str, edited: bool) -> None:  # noqa: FBT001
    """The next build puts them right, whether or not anything else has changed, and so does the one after it."""
    output = site.options.output
    TAMPERED[how](output / "members" / "ada" / "index.html")
    if edited:
        edit(site)
    strange = {path: data for path, data in whole(output).items() if path in ("members/ada/other", "elsewhere")}
    site.build()
    assert whole(output) == {**clean(site), **strange}
    site.write("-- members/dee.yaml --\nname: Dee\n")
    site.build()
    assert whole(output) == {**clean(site), **strange}


def test_an_output_file_that_became_a_link_is_not_written_through(site: Project, tmp_path: Path) -> None:
    """The file takes the link's place; what the link leads to is somebody's."""
    mine, page = tmp_path / "mine.html", site.options.output / "index.html"
    mine.write_bytes(b"mine")
    page.unlink()
    page.symlink_to(mine)
    site.build()
    assert mine.read_bytes() == b"mine"
    assert whole(site.options.output) == clean(site)


@pytest.mark.parametrize("inside", ["", "notes.txt"])
def test_an_output_file_that_became_a_folder(site: Project, inside: str) -> None:
    """The build is refused, however often; without the folder the file is there again."""
    page = site.options.output / "404.html"
    page.unlink()
    page.mkdir()
    if inside:
        (page / inside).write_bytes(b"mine")
    before = published(site)
    for _ in range(2):
        expected = f"sitegen: output/404.html/{inside} was not built here and would be written over: move it away"
        assert refusal(site) == expected
        assert published(site) == before
    shutil.rmtree(page)
    site.build()
    assert whole(site.options.output) == clean(site)


@pytest.mark.parametrize("removed", [False, True])
def test_a_folder_of_the_output_that_became_a_link(site: Project, tmp_path: Path, removed: bool) -> None:  # noqa: FBT001
    """Nothing is written, and nothing removed, where the link leads: not by a build, and not by ``clean``."""
    folder, mine = site.options.output / "members" / "ben", tmp_path / "mine"
    folder.rename(mine)
    folder.symlink_to(mine)
    kept = whole(mine)
    if removed:
        site.remove("members/ben.yaml")
        for _ in range(2):
            site.build(clean=True)
            assert whole(site.options.output) == {**clean(site), "members/ben": b"-> " + os.fsencode(mine)}
    else:
        expected = "sitegen: output/members/ben was not built here and would be written over: move it away"
        assert refusal(site) == expected
    publish.forget(place(site), dict.fromkeys([*clean(site), "members/ben/index.html"]))
    assert whole(mine) == kept
    assert whole(site.options.output) == {"members/ben": b"-> " + os.fsencode(mine)}


def test_an_output_that_is_deleted_or_emptied_is_built_anew(site: Project) -> None:
    """As often as it happens, with and without an edit; files removed with it do not come back."""
    output = site.options.output
    fill(output, {"CNAME": b"mine"})
    site.build(clean=True)
    shutil.rmtree(output)
    site.build()
    assert whole(output) == clean(site)
    shutil.rmtree(output)
    output.mkdir()
    edit(site)
    site.build()
    assert whole(output) == clean(site)


def test_an_output_that_became_a_file(site: Project) -> None:
    """It is told in one line, and the file stays."""
    shutil.rmtree(site.options.output)
    site.options.output.write_bytes(b"mine")
    assert refusal(site) == "sitegen: output is a file: choose another folder with -o"
    assert site.options.output.read_bytes() == b"mine"


def test_an_output_that_became_a_link_to_a_foreign_folder(site: Project, tmp_path: Path) -> None:
    """A folder with something in it is refused, and left alone; an empty one gets the site, and the link stays."""
    output, www = site.options.output, tmp_path / "www"
    shutil.rmtree(output)
    fill(www, {"index.html": b"mine"})
    output.symlink_to(www)
    assert "www/ is not empty and was not built here (index.html stands in it)" in refusal(site)
    assert whole(www) == {"index.html": b"mine"}
    (www / "index.html").unlink()
    site.build()
    assert output.is_symlink()
    assert whole(www) == clean(site)


def test_an_output_that_was_moved_and_linked(site: Project, tmp_path: Path) -> None:
    """Nobody remembers a site at its new place: it is refused, and stays as it is."""
    output, www = site.options.output, tmp_path / "www"
    before = whole(output)
    output.rename(www)
    output.symlink_to(www)
    edit(site)
    assert "www/ is not empty and was not built here" in refusal(site)
    assert whole(www) == before


def test_an_output_that_is_a_link_to_itself(site: Project) -> None:
    """A line, not a traceback."""
    shutil.rmtree(site.options.output)
    site.options.output.symlink_to("output")
    with pytest.raises(OSError, match="symbolic links"):
        site.build()


@pytest.mark.parametrize(
    ("output", "folder"),
    [
        ("out put/mitt nettsted ö", "out put/mitt nettsted ö"),
        ("out/", "out"),
        ("./not there/../out", "out"),
        ("link", "linked"),
        ("dangling", "made/by/us"),
        ("deep/er/still", "deep/er/still"),
        ("-o", "-o"),
    ],
)
def test_output_goes_where_it_is_told_to(
    make: Callable[[str], Project], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, output: str, folder: str
) -> None:
    """Relative to where one stands, with blanks and accents, through links: the first build and the next."""
    site = make(OLD)
    (tmp_path / "link").symlink_to("linked")
    (tmp_path / "dangling").symlink_to("made/by/us")
    fill(tmp_path / folder, {"CNAME": b"mine"})
    monkeypatch.chdir(tmp_path)
    for change in (lambda _: None, edit):
        change(site)
        assert command(site, "-o", output) == (0, "")
        assert whole(tmp_path / folder) == {**clean(site), "CNAME": b"mine"}
    assert not site.options.output.exists()


def test_a_memory_that_is_deleted_is_not_guessed(site: Project) -> None:
    """Without .sitegen the output could be anybody's: it is refused and stays; emptied, it is built anew."""
    output, foreign = site.options.output, {"CNAME": b"mine", ".git/refs/heads/": b""}
    shutil.rmtree(place(site).work)
    fill(output, foreign)
    before = whole(output)
    assert "output/ is not empty and was not built here" in refusal(site)
    assert whole(output) == before
    for path in output.iterdir():
        if path.name not in ("CNAME", ".git"):
            path.unlink() if path.is_file() else shutil.rmtree(path)
    site.build()
    assert whole(output) == {**clean(site), **foreign}


def cut(data: bytes, tenth: int) -> bytes:
    """The first tenths of the bytes."""
    return data[: len(data) * tenth // 10]


def flipped(data: bytes, tenth: int) -> bytes:
    """The bytes with one bit another."""
    at = (len(data) - 1) * tenth // 10
    return data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :]


@pytest.mark.parametrize("tenth", range(10))
@pytest.mark.parametrize("damage", [cut, flipped])
def test_a_damaged_state_means_a_clean_build(site: Project, damage: Callable[[bytes, int], bytes], tenth: int) -> None:
    """It is told; the right site is built, with none of what the old one knew; the former tree is kept as it was.

    Members who left in the meantime are gone, also where a twin still had their pages.
    """
    output, state = site.options.output, place(site).state
    site.write("-- members/dee.yaml --\nname: Dee\n")
    site.build()
    fill(output, {"CNAME": b"mine", "notes.txt": b"mine"})
    former = whole(output)
    state.write_bytes(damage(state.read_bytes(), tenth))
    edit(site)
    assert warnings(site.build()) == ["the memory of the last build is damaged"]
    assert whole(output) == {**clean(site), "CNAME": b"mine"}
    assert whole(place(site).work / "replaced") == former
    site.write(OLD)
    assert warnings(site.build()) == []
    assert whole(output) == {**clean(site), "CNAME": b"mine"}


def test_a_damaged_state_of_a_deleted_output(site: Project) -> None:
    """There is nothing to be kept; the site is built."""
    place(site).state.write_bytes(b"")
    shutil.rmtree(site.options.output)
    assert warnings(site.build()) == ["the memory of the last build is damaged"]
    assert whole(site.options.output) == clean(site)


def _half(at: Place) -> None:
    for path in sorted(at.twin.rglob("*.html"))[::2]:
        path.unlink()


def _empty(at: Place) -> None:
    shutil.rmtree(at.twin)
    at.twin.mkdir()


def _replace(at: Place) -> None:
    (at.twin / "404.html").unlink()
    (at.twin / "404.html").write_bytes(b"another")


def _kill(at: Place) -> None:
    at.dirty.touch()
    at.part.write_bytes(b"half a state")
    shutil.rmtree(at.twin, ignore_errors=True)
    fill(at.twin, {"members/strange/index.html": b""})


TWINS: dict[str, Callable[[Place], object]] = {
    "deleted": lambda at: shutil.rmtree(at.twin),
    "half deleted": _half,
    "a folder deleted": lambda at: shutil.rmtree(at.twin / "events"),
    "emptied": _empty,
    "with other files": lambda at: fill(at.twin, {"members/strange/index.html": b"", "empty/": b""}),
    "with a changed file": lambda at: (at.twin / "404.html").write_bytes(b"changed"),
    "with another file of a name": _replace,
    "of a killed build": _kill,
    "with a journal of another tree": lambda at: (at.work / "next-1").write_bytes(b"another state"),
    "with a journal of no tree": lambda at: (at.work / "next-0").write_bytes(b"another state"),
}


@pytest.mark.parametrize("what", TWINS)
def test_a_twin_that_was_tampered_with(site: Project, what: str) -> None:
    """What others do to the work folder between two builds never reaches the site, and no leftover stays."""
    edit(site)
    site.build()
    TWINS[what](place(site))
    for name in ("Dee", "Eve"):
        site.write(f"-- members/dee.yaml --\nname: {name}\n")
        assert warnings(site.build()) == []
        assert whole(site.options.output) == clean(site)
    assert beside(site) == {"lock", "memory", "next-change", "state", "twin"}


def _stop(*_: Any, **__: Any) -> None:
    raise KeyboardInterrupt


def _rename_once(at: Place) -> None:
    at.output.rename(at.old)
    raise KeyboardInterrupt


def killed(site: Project, step: str, instead: Callable[..., None] = _stop) -> None:
    """Build, and end in a step of `publish` as ``kill -9`` does: nothing is tidied up."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publish, step, instead)
        patch.setattr(publish, "give_up", lambda _: None)
        with pytest.raises(KeyboardInterrupt):
            site.build()


def test_a_tree_that_is_complete_is_published_by_the_next_build(make: Callable[[str], Project]) -> None:
    """Where there is no output folder, a build that was killed in its last moment is not done again."""
    site = make(OLD)
    killed(site, "swap")
    assert not site.options.output.exists()
    assert site.build().rendered == 0
    assert whole(site.options.output) == clean(site)


def test_a_killed_build_leaves_nothing_behind(site: Project) -> None:
    """The next build tidies up first, even one that comes to nothing."""
    _kill(place(site))
    site.write(BROKEN["read"])
    assert site.build().failed
    assert beside(site) == {"lock", "memory", "next-change", "state"}


def test_an_output_folder_that_somebody_made_meanwhile(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two renames there is none: who makes one then loses neither it nor what stood in the old one."""
    output = site.options.output
    fill(output, {"CNAME": b"mine"})
    former = whole(output)
    edit(site)
    monkeypatch.setenv("SITEGEN_EXCHANGE", "off")
    killed(site, "_rename", _rename_once)
    fill(output, {".gitignore": b"theirs"})
    site.build()
    assert whole(output) == {**clean(site), ".gitignore": b"theirs"}
    assert whole(place(site).work / "replaced") == former


def test_a_twin_of_a_killed_build_is_forgotten_with_its_edit(site: Project) -> None:
    """Who takes back the edit that a killed build was about never sees it published, whatever is built next."""
    site.write("-- members/cem.yaml --\nname: Cem Aydin\n")
    killed(site, "commit")
    site.remove("members/cem.yaml")
    site.put("members/ada.yaml", b"name: Ada Okafor\n")  # the same bytes with another time
    site.build()
    site.write("-- members/dee.yaml --\nname: Dee\n")
    site.build()
    assert whole(site.options.output) == clean(site)


@pytest.mark.parametrize("error", [OSError(errno.EPERM, "not permitted"), NotImplementedError()])
def test_where_files_cannot_be_linked_they_are_copied(
    site: Project, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """The sites are the same, build after build, with foreign files and links; nothing is made anew for it."""
    output = site.options.output
    fill(output, {"CNAME": b"mine", ".git/refs/": b""})
    (output / "link").symlink_to("nowhere")
    foreign = {"CNAME": b"mine", ".git/refs/": b"", "link": b"-> nowhere"}

    def link(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(os, "link", link)
    for change in (edit, lambda site: site.write(OLD), edit):
        change(site)
        assert 0 < site.build().rendered < len(clean(site))
        assert whole(output) == {**clean(site), **foreign}
        assert site.build().rendered == 0


def test_files_that_stay_are_the_same_files(site: Project) -> None:
    """What has not changed is not written again: it keeps its inode."""
    before = inodes(site.options.output)
    site.write("-- members/ada.yaml --\nname: Ada Nwosu\n")
    report = site.build()
    after = inodes(site.options.output)
    assert {path for path in after if before.get(path) != after[path]} == set(report.placed)
    assert 0 < len(report.placed) < len(after)


def test_a_read_only_output_is_left_alone(site: Project) -> None:
    """Also where one could write to it, as root can."""
    output = site.options.output
    before = published(site)
    edit(site)
    output.chmod(0o555)
    try:
        assert refusal(site) == ("sitegen: output/ is read-only: make it writable, or choose another folder with -o")
        assert published(site) == before
    finally:
        output.chmod(0o755)
    site.build()
    assert whole(output) == clean(site)


# A preview, whose folder is nobody else's


def test_a_preview_looks_through_no_folder(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is as it was left, and the twin is made ready after each build for the next one, whatever becomes of that."""
    edit(site)
    site.build(preview=True)
    assert inodes(place(site).twin) == inodes(site.options.output)
    looks: list[Path] = []
    look = publish.files
    monkeypatch.setattr(publish, "files", lambda root: looks.append(root) or look(root))  # type: ignore[func-returns-value]
    for text in ("-- members/ada.yaml --\nname: Ada\nbio: More.\n", "-- members/eve.yaml --\nname: Eve\n"):
        site.write(text)
        assert site.build(preview=True).placed
        assert looks == []
        assert inodes(place(site).twin) == inodes(site.options.output)
        assert whole(site.options.output) == clean(site)
        looks.clear()
    before, template = published(site), site.root / "themes" / "plain" / "templates" / "member.html"
    right = template.read_text("utf-8")
    site.write(BROKEN["render"])
    assert site.build(preview=True).failed
    assert published(site) == before
    template.write_text(right, "utf-8")
    site.write("-- members/eve.yaml --\nname: Eva\n")
    assert not site.build(preview=True).failed
    site.remove("members/eve.yaml")
    assert "members/eve/index.html" in site.build(preview=True).removed
    assert not (place(site).twin / "members" / "eve").exists()
    assert whole(site.options.output) == clean(site)


# Two builds at once


def test_one_build_at_a_time(site: Project) -> None:
    """The second is refused in one line; when the first has ended, it is welcome."""
    edit(site)
    before = published(site)
    with publish.locked(place(site)):
        assert refusal(site) == "sitegen: another build is at work on output/: wait for it to end"
        assert published(site) == before
    site.build()
    assert whole(site.options.output) == clean(site)


def test_a_lock_is_waited_for(site: Project) -> None:
    """A build that ends within the moment in which the next one begins is no reason to refuse that one."""
    edit(site)
    held = contextlib.ExitStack()
    held.enter_context(publish.locked(place(site)))
    threading.Timer(0.2, held.close).start()
    site.build()
    assert whole(site.options.output) == clean(site)


def test_builds_that_begin_together(make: Callable[[str], Project]) -> None:
    """Each makes the site or says that another is at work; the site is right, and stays so."""
    site = make(OLD)
    run = [sys.executable, "-m", "sitegen", "build", str(site.root), "--as-of", NOW]
    builds = [subprocess.Popen(run, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) for _ in range(4)]
    ends = [(build.communicate()[1], build.returncode) for build in builds]
    assert ("", 0) in ends
    assert set(ends) <= {("", 0), ("sitegen: another build is at work on output/: wait for it to end\n", 1)}
    assert whole(site.options.output) == clean(site)
    edit(site)
    site.build()
    assert whole(site.options.output) == clean(site)


# Disks


def used(folder: Path) -> int:
    """How many blocks of the disk are taken."""
    info = os.statvfs(folder)
    return info.f_blocks - info.f_bfree


def members(count: int, name: str = "Member") -> str:
    """Many members."""
    return "".join(f"-- members/m{number}.yaml --\nname: {name} {number}\n" for number in range(count))


def test_a_full_disk_in_the_first_build(tmp_path: Path, mount: Callable[..., None]) -> None:
    """One line, no output folder, and nothing left that takes room; with room the site is built."""
    site = _on_a_small_disk(tmp_path, mount)
    site.write(members(40))
    with _filled(site.root, leave=50):
        before = used(site.root)
        assert "the disk is full" in refusal(site)
        assert not site.options.output.exists()
        assert used(site.root) <= before
    assert command(site) == (0, "")
    assert whole(site.options.output) == clean(site)


@pytest.mark.parametrize("room", [0, 2, 20])
def test_a_full_disk_in_a_later_build(tmp_path: Path, mount: Callable[..., None], room: int) -> None:
    """One line; output and state stay byte for byte, and nothing is left that takes room."""
    site = _on_a_small_disk(tmp_path, mount)
    site.write(members(40))
    assert command(site) == (0, "")
    site.write(members(40, "Person"))
    before = published(site)
    with _filled(site.root, leave=room):
        taken = used(site.root)
        assert "the disk is full" in refusal(site)
        assert published(site) == before
        assert used(site.root) <= taken
    assert command(site) == (0, "")
    assert whole(site.options.output) == clean(site)


def test_a_full_disk_where_only_the_state_changes(tmp_path: Path, mount: Callable[..., None]) -> None:
    """Files that are touched change no page, but what is remembered of them: that, too, leaves nothing behind."""
    site = _on_a_small_disk(tmp_path, mount)
    site.write(members(40))
    assert command(site) == (0, "")
    site.write(members(40))
    before = published(site)
    with _filled(site.root, leave=1):
        taken = used(site.root)
        assert "the disk is full" in refusal(site)
        assert published(site) == before
        assert used(site.root) <= taken


def _on_a_small_disk(tmp_path: Path, mount: Callable[..., None]) -> Project:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount(disk, "-t", "tmpfs", "-o", "size=2m", "tmpfs")
    return project(disk, OLD)


class _filled:  # noqa: N801 - used as a function
    """Fill the disk of a folder, but for some blocks."""

    def __init__(self, folder: Path, leave: int) -> None:
        self.file, self.leave = folder / "filler", leave

    def __enter__(self) -> None:
        info = os.statvfs(self.file.parent)
        self.file.write_bytes(b"x" * info.f_bsize * (info.f_bfree - self.leave))

    def __exit__(self, *_: object) -> None:
        self.file.unlink()


def test_an_output_on_a_disk_of_its_own(site: Project, mount: Callable[..., None]) -> None:
    """A mount point cannot be exchanged: it is refused, and a folder in it is a way out."""
    output = site.options.output
    mount(output, "-t", "tmpfs", "-o", "size=1m", "tmpfs")
    assert "output/ is a mount point" in refusal(site)
    assert whole(output) == {}
    assert command(site, "-o", str(output / "www")) == (0, "")
    assert whole(output / "www") == clean(site)


@pytest.mark.parametrize("exchange", ["", "off"])
@pytest.mark.parametrize("how", ["rw", "ro"])
def test_an_output_that_is_bound_to_itself(
    site: Project, mount: Callable[..., None], monkeypatch: pytest.MonkeyPatch, exchange: str, how: str
) -> None:
    """A mount point of the same disk looks like any folder until it is exchanged: the same line, nothing changed."""
    monkeypatch.setenv("SITEGEN_EXCHANGE", exchange)
    output = site.options.output
    mount(output, "--bind", str(output))
    remount(output, f"bind,{how}")
    before = published(site)
    edit(site)
    assert "output/ is a mount point" in refusal(site)
    assert published(site) == before


def test_a_read_only_disk(tmp_path: Path, mount: Callable[..., None]) -> None:
    """One line, and everything is as it was."""
    site = _on_a_small_disk(tmp_path, mount)
    site.build()
    edit(site)
    before = published(site)
    remount(tmp_path / "disk", "ro")
    assert "read-only file system" in refusal(site)
    assert published(site) == before


# --- What schedulers are told


def test_the_next_change_is_told(make: Callable[[str], Project]) -> None:
    """The next moment at which the site must change stands in a file, and goes with the last one that there is."""
    site = make("-- site.yaml --\nname: X\nurl: https://example.org/\ntimezone: Europe/Oslo\n")
    site.build("2026-11-23")
    file = place(site).work / "next-change"
    assert not file.exists()
    site.write("-- events/talk.yaml --\ntitle: Talk\nstart: 2026-12-24 18:00\n")
    for now, change in (
        ("2026-11-23", "2026-11-30T23:00:00Z"),  # a month begins
        ("2026-12-01", "2026-12-24T18:00:00Z"),  # the event is over
        ("2026-12-25", "2026-12-31T23:00:00Z"),
    ):
        site.build(now)
        assert file.read_text() == f"{change}\n"
    file.unlink()
    site.build("2026-12-25")
    assert file.exists()
    site.remove("events/talk.yaml")
    site.build("2026-12-25")
    assert not file.exists()


def test_a_failed_build_tells_nothing(make: Callable[[str], Project]) -> None:
    """What is told is of the site that is published."""
    site = make(OLD + "-- events/talk.yaml --\ntitle: Talk\nstart: 2026-12-24 18:00\n")
    site.build()
    before = (place(site).work / "next-change").read_bytes()
    site.write("-- events/talk.yaml --\ntitle: Talk\nstart: soon\n")
    assert site.build("2027-03-01").failed
    assert (place(site).work / "next-change").read_bytes() == before


@pytest.mark.parametrize("strict", [False, True])
def test_a_state_of_another_version(make: Callable[[str], Project], *, strict: bool) -> None:
    """After an update of the program everything is built anew, with a note: --strict does not stand in the way."""
    site = make(OLD)
    site.build()
    state = place(site).state
    state.write_bytes(state.read_bytes().replace(b"sitegen-state-", b"sitegen-state-9", 1))
    report = site.build(strict=strict)
    assert [(each.severity.name, each.message) for each in report.problems] == [
        ("NOTE", "the memory of the last build is of another version of sitegen")
    ]
    assert whole(site.options.output) == clean(site)
