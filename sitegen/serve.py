"""A preview: the last good site, built anew at every change, with what is wrong on its pages.

The browser's side is livereload's: its script, and its protocol on a web socket. Its own watcher is not used, as it
takes no notice of a change within three seconds of another one, nor of a file that arrives with an old time.
"""

import asyncio
import contextlib
import functools
import gc
import html
import json
import mimetypes
import os
import re
import socket
import threading
import time
import webbrowser
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler  # type: ignore[import-untyped]  # it has no types
from tornado import web
from tornado.httpserver import HTTPServer
from tornado.websocket import WebSocketHandler
from watchfiles import Change, awatch

from sitegen import publish, state
from sitegen.options import Options

T = TypeVar("T")
STEP = 30
"""Milliseconds without a further change after which a change is over."""
Seen = Mapping[str, tuple[int, int]]
"""Size and mtime (nanoseconds) of every file that a site is made from."""

PAUSE = 0.2
"""Seconds between two looks at the folders."""
LEISURE = 20
"""A pause is at least so many times as long as a look takes: a large site leaves the machine to others."""


@dataclass(slots=True)
class Preview:
    """What is shown at present; every build changes it."""

    root: Path
    """The folder of the last good site; before the first one there is none."""
    base: str = ""
    """The path at which that site stands on its host, without the last slash."""
    wrong: str = ""
    """Why the build after it failed, as the terminal tells it; empty where none did."""
    number: int = field(default_factory=lambda: int(time.time()))
    """Of the build that is shown: a page of another one, be it of an earlier preview, is told to reload."""


def update(preview: Preview, wrong: str) -> None:
    """Show what a build left: the site that it made, or the one before and what is ``wrong``."""
    good = state.load(publish.place_of(preview.root).state)
    preview.base = good.config.base if good else ""
    preview.wrong = wrong
    preview.number += 1


def look(options: Options) -> Seen:
    """The files that the site is made from, but for hidden ones, which editors keep beside those that are open."""
    seen: dict[str, tuple[int, int]] = {}
    for folder in filter(None, (options.content, options.themes)):
        with contextlib.suppress(OSError):  # what cannot be looked into the build complains of
            files = publish.files(folder).items()
            seen |= {f"{folder}/{path}": info for path, info in files if "/." not in f"/{path}"}
    with contextlib.suppress(OSError):
        info = options.site.stat()
        seen[str(options.site)] = (info.st_size, info.st_mtime_ns)
    return seen


async def changes(look: Callable[[], T], known: T, told: asyncio.Event, pause: float = PAUSE) -> AsyncIterator[None]:
    """A step for every change of what is seen: at once where the system has ``told`` of one, when it is over.

    Not every system tells of everything, so what two looks see alike is a change, too. Several saves are one.
    """
    before, spent = known, 0.0
    while True:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(told.wait(), max(pause, LEISURE * spent))
        is_told = told.is_set()
        told.clear()
        if is_told:
            yield
        began = time.monotonic()
        seen = look()
        spent = time.monotonic() - began
        if not is_told and seen == before and seen != known:
            yield
        known = seen if is_told or seen == before else known
        before = seen


async def tell(folders: Iterable[Path], told: asyncio.Event) -> None:
    """Say so whenever the system tells of a change below a folder and of no further one for a moment.

    Where it has no more watches to give, or there is no such folder, nothing is said.
    """
    there = [folder for folder in folders if folder.is_dir()]
    with contextlib.suppress(OSError, RuntimeError):
        async for _ in awatch(*there, watch_filter=_is_ours, debounce=400, step=STEP):
            told.set()


def _is_ours(change: Change, path: str) -> bool:
    """Not what editors keep beside the files that are open."""
    del change
    return not Path(path).name.startswith(".")


def listen(host: str, port: int) -> socket.socket:
    """A socket that browsers can reach; port 0 is any that is free. Raises `OSError`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, port), family=family, backlog=128)
    listening.setblocking(False)  # noqa: FBT003 - the socket module's own
    return listening


EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - recognised where somebody asks for it
"""Hosts that stand for every address of the machine."""


def address(host: str, port: int, base: str) -> str:
    """Where the browser finds the preview."""
    name = "127.0.0.1" if host in EVERYWHERE else f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}{base}/"


def names(host: str) -> str:
    """The names under which the preview answers, as a pattern.

    A page elsewhere whose own name is made to lead to this machine ("DNS rebinding") asks under that name; a number is
    nobody's name, so all of them are fine where others on the network are to look on.
    """
    known = {"127.0.0.1", "localhost", "[::1]", f"[{host}]" if ":" in host else host.lower()}
    numbers = (r"[0-9.]+", r"\[[0-9a-f:.]+\]") if host in EVERYWHERE else ()
    return f"(?:{'|'.join((*map(re.escape, sorted(known)), *numbers))})"


def open_browser(url: str) -> None:
    """Show an address in the browser, however long that takes to start."""
    threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()


def serve(
    preview: Preview,
    listening: socket.socket,
    host: str,
    options: Options,
    seen: Seen,
    make: Callable[[], str],
    ready: Callable[[], None],
) -> None:
    """Serve the preview until `KeyboardInterrupt`: see `serving`."""
    asyncio.run(serving(preview, listening, host, options, seen, make, ready))


async def serving(
    preview: Preview,
    listening: socket.socket,
    host: str,
    options: Options,
    seen: Seen,
    make: Callable[[], str],
    ready: Callable[[], None],
) -> None:
    """Serve the preview until the task is cancelled; ``ready`` is told that it is served.

    Whenever the files are others than those that were ``seen``, ``make`` builds the site and returns what is wrong. It
    keeps requests waiting meanwhile, so no page is half of one build and half of the next.
    """
    server = HTTPServer(application(preview, host))
    server.add_socket(listening)
    told = asyncio.Event()
    telling = asyncio.create_task(tell(filter(None, (options.content, options.themes)), told))
    ready()
    try:
        async for _ in changes(functools.partial(look, options), seen, told):
            update(preview, make())
            for page in tuple(LiveReloadHandler.waiters):
                page.send_message(RELOAD)
            gc.collect()  # a build has it done too rarely for a process that makes many
    finally:
        telling.cancel()
        server.stop()
        await server.close_all_connections()


def application(preview: Preview, host: str) -> web.Application:
    """What is answered at which address."""
    made = web.Application(default_handler_class=Stranger, log_function=lambda _: None)
    made.add_handlers(
        names(host),
        [
            ("/livereload", OpenPage, {"preview": preview}),
            ("/livereload.js", LiveReloadJSHandler),
            ("(.*)", SiteFile, {"preview": preview}),
        ],
    )
    return made


class Stranger(web.RequestHandler):
    """An answer to whoever asks under another name."""

    def prepare(self) -> None:
        """Nothing is shown."""
        self.set_status(403)
        self.finish("sitegen: the preview answers to the address that the terminal tells, and to no other name\n")


RELOAD = {"command": "reload", "path": "*", "liveCSS": False}


class OpenPage(LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """A page in a browser, which waits to be told to reload."""

    check_origin = WebSocketHandler.check_origin  # livereload's own lets pages of all sites in

    def initialize(self, preview: Preview) -> None:
        """Taken from the routes."""
        self.preview = preview

    def on_message(self, message: str) -> None:
        """Greet a page; it says of which build it is, and may have missed one while it was loaded."""
        super().on_message(message)
        said = json.loads(message)
        if said["command"] == "hello" and said.get("snipver") != self.preview.number:
            self.send_message(RELOAD)


class SiteFile(web.StaticFileHandler):
    """A file of the site as a host serves it; pages have what the preview adds to them. Nothing is kept by browsers."""

    def initialize(self, preview: Preview) -> None:  # type: ignore[override]  # what the routes give
        """Taken from the routes."""
        super().initialize(str(preview.root))
        self.preview = preview

    async def get(self, path: str, include_body: bool = True) -> None:  # noqa: FBT001, FBT002 - tornado's
        """Answer: a file, the way to it, or the page for addresses that are not there."""
        root, base = self.preview.root, self.preview.base
        inner = path.removeprefix(unquote(base)) if path.startswith(f"{unquote(base)}/") else ""
        file = file_of(root, inner)
        if not root.is_dir():
            self.page(503, PAGE.format("There is no site yet.").encode())
        elif file and file.suffix == ".html":
            self.page(200, file.read_bytes())
        elif file:
            await super().get(file.relative_to(root.resolve()).as_posix(), include_body)
        elif base and path in ("/", unquote(base)):
            self.redirect(f"{base}/")
        elif inner and file_of(root, f"{inner}/"):
            self.redirect(f"{self.request.path}/{'?' if self.request.query else ''}{self.request.query}")
        else:
            missing = missing_page(root, inner)
            self.page(404, missing.read_bytes() if missing else PAGE.format("There is no such page.").encode())

    def page(self, status: int, data: bytes) -> None:
        """Answer with a page."""
        self.set_status(status)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(shown(data, self.preview))

    def set_default_headers(self) -> None:
        """What every answer has."""
        self.set_header("Cache-Control", "no-store")

    def get_content_type(self) -> str:
        """By the name of the file."""
        return type_of(self.absolute_path or "")

    def compute_etag(self) -> None:
        """None: tornado remembers it by the path alone."""

    def should_return_304(self) -> bool:
        """Never."""
        return False

    def get_cache_time(self, *_: object) -> int:
        """Seconds: tornado's are ten years where an address has ``?v=``."""
        return 0


def file_of(root: Path, path: str) -> Path | None:
    """The file that a host serves at a path of the site, index.html for a folder; None where there is none in it."""
    if "\0" in path:
        return None
    root = root.resolve()
    file = Path(os.path.realpath(root / path.removeprefix("/")))
    if path.endswith("/"):
        file /= "index.html"
    is_file = os.path.isfile(file)  # noqa: PTH113 - a name may be too long to be looked for
    return file if is_file and file.is_relative_to(root) else None


def missing_page(root: Path, path: str) -> Path | None:
    """The page for an address that is not there: 404.html of the innermost folder that has one, so of its language.

    Only the outermost folders are looked at: nobody makes the preview busy with an address of a thousand of them.
    """
    parts = path.rpartition("/")[0].lstrip("/").split("/", DEEPEST)[:DEEPEST]
    folders = ("/".join(("", *parts[:count])) for count in range(len(parts), -1, -1))
    return next(filter(None, (file_of(root, f"{folder}/404.html") for folder in folders)), None)


DEEPEST = 8
"""How many folders deep a site with its languages may stand below its host."""


_TYPES = mimetypes.MimeTypes()
"""Those that Python knows; what a machine adds to them, or has wrong, counts for nothing."""
for _suffix, _type in {
    ".atom": "application/atom+xml",
    ".avif": "image/avif",
    ".ics": "text/calendar",
    ".js": "text/javascript",
    ".vcf": "text/vcard",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}.items():
    _TYPES.add_type(_type, _suffix)


def type_of(name: str) -> str:
    """The media type of a file; texts are UTF-8."""
    if name.endswith("/feed.json"):
        return "application/feed+json"
    found, encoding = _TYPES.guess_type(name)
    if encoding or found is None:
        return "application/gzip" if encoding == "gzip" else "application/octet-stream"
    return f"{found}; charset=utf-8" if found.startswith("text/") else found


PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>sitegen serve</title></head>
<body><p>{}</p></body>
</html>
"""
SCRIPT = '<script src="/livereload.js?snipver={}&amp;maxdelay=2000" defer></script>\n'
PANEL = """<details open role="alert" lang="en" dir="ltr" style="all: initial; display: block; position: fixed; \
inset: auto 0 0; z-index: 2147483647; box-sizing: border-box; max-height: 75vh; overflow: auto; padding: 12px 16px; \
border-top: 4px solid #b3261e; background: #fff; color: #1b1b1b; font: 14px/1.5 ui-monospace, Menlo, monospace">
<summary style="all: revert; cursor: pointer; color: #b3261e; font: inherit">{}</summary>
<pre style="all: revert; margin: 8px 0 0; white-space: pre-wrap; color: inherit; font: inherit">{}</pre>
</details>
"""


def shown(page: bytes, preview: Preview) -> bytes:
    """A page with what the preview adds at its end: the script that reloads it, and what is wrong."""
    extra = SCRIPT.format(preview.number)
    if preview.wrong:
        what = "This is the last good site." if preview.root.is_dir() else "There is no site yet."
        extra += PANEL.format(f"{what} What is wrong:", html.escape(preview.wrong))
    before, end, after = page.rpartition(b"</body>")
    return b"".join((before, extra.encode(), end, after)) if end else page + extra.encode()
