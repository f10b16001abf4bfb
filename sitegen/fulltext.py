"""The full text of the pages: an index that Pagefind makes where site.yaml asks for it, for a search with excerpts.

Pagefind (https://pagefind.app) is a program of its own that comes with the extra ``full``. It reads the pages of a
folder and writes files whose names nobody knows before. So these are no outputs that are planned: they are made from
the pages of the twin when all of these are in it, and published, remembered and removed with them. Of a page it takes
what the theme marks with ``data-pagefind-body``, in the language that the page says it has.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec

from sitegen.model import Config
from sitegen.problems import At, Problem, Severity
from sitegen.source import digest

FOLDER = "search/pagefind/"
"""Where the files stand: below the address of the search, where no other page is."""
MARK = b"data-pagefind-body"
"""What a theme marks the part of a page with that is to be found."""
_LANGUAGE = re.compile(rb"<html[^>]*>")
_NEEDLESS = re.compile(r"pagefind-(highlight|[\w-]*ui)\.\w+")
"""Pagefind's own boxes: the theme has one."""
_UNSAID = '[aria-hidden="true"], [hidden]'
"""Parts of a page that are no text of it: initials in the place of a picture, boxes that wait for a script."""
_ENGINES = ("pagefind_bin", "pagefind_bin_extended")
_HINT = 'python -m pip install "association-sitegen[full]", or write search: quick'


def is_ours(path: str) -> bool:
    """The path of an output is that of a file of the index."""
    return path.startswith(FOLDER)


def is_here() -> bool:
    """The extra ``full`` is installed."""
    return bool(importlib.util.find_spec("pagefind")) and any(map(importlib.util.find_spec, _ENGINES))


def problems(config: Config, site_file: str) -> tuple[Problem, ...]:
    """The warning where the full text is asked for and nothing is there that would make it."""
    if config.search != "full" or is_here():
        return ()
    message = "the full text is left out: Pagefind, which searches it, is not installed"
    return (Problem(At(site_file, ("search",)), message, _HINT, Severity.WARNING),)


def searchable(page: bytes) -> bytes:
    """The digest of what Pagefind reads of a page; empty for one of which it reads nothing."""
    mark = page.find(MARK)
    if mark < 0:
        return b""
    end = page.rfind(b"</main>", mark)
    language = _LANGUAGE.search(page)
    part = page[page.rfind(b"<", 0, mark) : end if end > 0 else len(page)]
    return digest((language[0] if language else b"") + part)


def key(program: bytes, texts: Mapping[str, bytes]) -> bytes:
    """What decides the bytes of the index: the program, of which Pagefind is part, and what it reads of each page."""
    return digest(msgspec.msgpack.encode((program, sorted(texts.items()))))


def made(site: Path, room: Path) -> dict[str, bytes] | str:
    """The files of the index by their paths in the site, or what keeps Pagefind from making it.

    ``site`` is the folder with the pages, ``room`` one that is made and removed again. Neither the user's settings nor
    a file of settings beside the content have a say: the same pages give the same bytes.
    """
    shutil.rmtree(room, ignore_errors=True)
    room.mkdir(parents=True)
    index = room / "index"
    settings = {name: value for name, value in os.environ.items() if not name.upper().startswith("PAGEFIND_")}
    command = (sys.executable, "-m", "pagefind", "--site", site, "--output-path", index, "--silent")
    try:
        done = subprocess.run(  # noqa: S603 - nothing of it comes from the content
            (*command, "--exclude-selectors", _UNSAID),
            cwd=room,
            env=settings,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        if done.returncode or not (index / "pagefind.js").is_file():
            return _said(done)
        there = (each for each in sorted(index.rglob("*")) if each.is_file() and not _NEEDLESS.fullmatch(each.name))
        return {FOLDER + each.relative_to(index).as_posix(): _in_order(each.name, each.read_bytes()) for each in there}
    finally:
        shutil.rmtree(room, ignore_errors=True)


def failed(said: str, site_file: str) -> Problem:
    """The mistake where Pagefind fails."""
    message = f"Pagefind cannot make the full text: {said}"
    return Problem(At(site_file, ("search",)), message, "mend that, or write search: quick")


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = [line for line in done.stderr.decode("utf-8", "replace").splitlines() if line.strip()]
    if lines:
        return " ".join(lines[-1].split())
    return "it was stopped, perhaps for want of memory" if done.returncode < 0 else "it does not say why"


def _in_order(name: str, data: bytes) -> bytes:
    """A file as it is, but for the list of languages: that has another order each time."""
    if name != "pagefind-entry.json":
        return data
    return msgspec.json.encode(msgspec.json.decode(data), order="sorted")
