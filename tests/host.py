"""A folder as a host serves it: with the headers of its ``_headers``, packed, with its page for what is not there."""

import gzip
import mimetypes
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

TYPES = {
    ".atom": "application/atom+xml",
    ".ics": "text/calendar",
    ".js": "text/javascript",
    ".vcf": "text/vcard",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
"""What Python does not know on every machine."""
PACKED = re.compile(r"text/|application/(json|xml|.*\+xml|.*\+json|javascript)|image/svg")

Rule = tuple[re.Pattern[str], tuple[tuple[str, str], ...]]


def rules(text: str) -> tuple[Rule, ...]:
    """The rules of ``_headers``: the addresses that each fits, and the headers that are sent with them.

    https://docs.netlify.com/manage/routing/headers/
    """
    made: list[tuple[re.Pattern[str], list[tuple[str, str]]]] = []
    for line in text.splitlines():
        if line.startswith("/"):
            parts = re.split(r"(\*|:\w+)", line.strip())
            fits = "".join(".*" if part == "*" else "[^/]+" if part[:1] == ":" else re.escape(part) for part in parts)
            made.append((re.compile(fits), []))
        elif line.strip():
            name, _, value = line.strip().partition(":")
            made[-1][1].append((name, value.strip()))
    return tuple((pattern, tuple(headers)) for pattern, headers in made)


def sent(path: str, these: tuple[Rule, ...]) -> dict[str, str]:
    """The headers for an address: those of all rules that fit, where a name comes twice the values together."""
    found: dict[str, str] = {}
    for pattern, headers in these:
        if pattern.fullmatch(path):
            for name, value in headers:
                found[name] = f"{found[name]}, {value}" if name in found else value
    return found


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder on a free port of this machine: its address, without a slash at the end."""
    shipped = folder / "_headers"
    these = rules(shipped.read_text("utf-8")) if shipped.is_file() else ()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, folder, these))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Handler(BaseHTTPRequestHandler):
    """Answers one connection after the other."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body are two packets: the second would wait for the first

    def __init__(self, folder: Path, these: tuple[Rule, ...], *args: object) -> None:
        """Know the folder and its rules."""
        self.folder, self.rules = folder, these
        super().__init__(*args)  # type: ignore[arg-type]

    def handle(self) -> None:
        """Answer, until the browser has gone."""
        with suppress(ConnectionError):
            super().handle()

    def do_GET(self) -> None:
        """Answer with the file, or the page for what is not there."""
        path = unquote(urlsplit(self.path).path)
        file = self.folder / path.lstrip("/")
        if ".." in Path(path).parts:
            file = self.folder / "404.html"
        if file.is_dir() and not path.endswith("/"):
            self._answer(301, b"", {"Location": f"{urlsplit(self.path).path}/"})
            return
        if path.endswith("/"):
            file /= "index.html"
        status = 200 if file.is_file() else 404
        if status == 404:
            file = self.folder / "404.html"
        kind = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        text = kind.startswith("text/")
        headers = {"Content-Type": f"{kind}; charset=utf-8" if text else kind, **sent(path, self.rules)}
        data = file.read_bytes() if file.is_file() else b"nothing here"
        if PACKED.match(kind) and "gzip" in self.headers.get("Accept-Encoding", ""):
            data, headers["Content-Encoding"] = gzip.compress(data, 9, mtime=0), "gzip"
        self._answer(status, data, headers)

    do_HEAD = do_GET  # noqa: N815 - the name that the class asks for

    def _answer(self, status: int, data: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Print nothing."""
