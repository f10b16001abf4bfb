"""The preview: what browsers are shown while a site is being written."""

import asyncio
import contextlib
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from sitegen import serve
from sitegen.build import build
from sitegen.problems import formatted
from tests.sites import NOW, PROGRAM, SITE, Project, at

Make = Callable[[str], Project]
MEMBER = SITE + "-- members/ada.yaml --\nname: Ada Okafor\nemail: ada@example.org\npublic: email\n"
PATIENCE = 30
"""Seconds after which something that was to come about has not: a busy machine is slow."""


@dataclass(frozen=True)
class Answer:
    """What a browser is sent."""

    status: int
    headers: dict[str, str]
    text: str


@dataclass(frozen=True)
class Shown:
    """A preview that is being served."""

    port: int
    preview: serve.Preview

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a path, just as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with contextlib.closing(connection):
            connection.request("GET", path, headers=headers)
            found = connection.getresponse()
            return Answer(found.status, dict(found.headers), found.read().decode())

    def until(self, path: str, wanted: Callable[[Answer], bool]) -> Answer:
        """The first answer that is as wanted."""
        deadline = time.monotonic() + PATIENCE
        while not wanted(found := self.get(path)):
            assert time.monotonic() < deadline, found.text
            time.sleep(0.02)
        return found


@contextlib.contextmanager
def shown(made: Project) -> Iterator[Shown]:
    """A preview of a project, served by another thread."""
    options = replace(made.options, output=made.root.parent / "preview" / "output")

    def make() -> str:
        report = build(options, at(NOW), PROGRAM)
        return "\n".join(formatted(each, each.file) for each in report.problems) if report.failed else ""

    preview = serve.Preview(options.output)
    seen = serve.look(options)
    serve.update(preview, make())
    loop = asyncio.new_event_loop()
    with contextlib.closing(loop), serve.listen("127.0.0.1", 0) as listening:
        ready = threading.Event()
        task = loop.create_task(serve.serving(preview, listening, "127.0.0.1", options, seen, make, ready.set))
        thread = threading.Thread(target=lambda: loop.run_until_complete(asyncio.wait([task])))
        thread.start()
        try:
            assert ready.wait(PATIENCE)
            yield Shown(listening.getsockname()[1], preview)
        finally:
            loop.call_soon_threadsafe(task.cancel)
            thread.join()
    assert task.cancelled(), task.exception()


def test_pages_are_served_as_hosts_do(make: Make) -> None:
    """A folder has its page and gets its slash, what is not there has the site's own page, files have their types."""
    with shown(make(MEMBER + "-- files/notes.json --\n{}\n")) as site:
        page = site.get("/members/ada/")
        assert (page.status, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        assert page.headers["Cache-Control"] == "no-store"
        assert page.text.index("Ada Okafor") < page.text.index("/livereload.js?") < page.text.index("</body>")
        moved = site.get("/members/ada?a=b")
        assert (moved.status, moved.headers["Location"]) == (302, "/members/ada/?a=b")
        missing = site.get("/members/bo/")
        assert missing.status == 404
        assert "Working Order" in missing.text
        card = site.get("/members/ada/card.vcf")
        assert (card.status, card.headers["Content-Type"]) == (200, "text/vcard; charset=utf-8")
        assert site.get("/files/notes.json?v=1", **{"If-None-Match": "*"}).headers["Cache-Control"] == "no-store"
        assert "LiveReload" in site.get("/livereload.js").text


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("calendar.ics", "text/calendar; charset=utf-8"),
        ("feed.atom", "application/atom+xml"),
        ("/site/events/feed.json", "application/feed+json"),
        ("members.json", "application/json"),
        ("style.css", "text/css; charset=utf-8"),
        ("search.js", "text/javascript; charset=utf-8"),
        ("archive.tar.gz", "application/gzip"),
        ("unknown", "application/octet-stream"),
    ],
)
def test_files_have_types(name: str, type_: str) -> None:
    """Those of their formats, whatever the machine thinks of them."""
    assert serve.type_of(name) == type_


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("", "404.html"),
        ("/a/b/", "404.html"),
        ("/es", "404.html"),
        ("/es/", "es/404.html"),
        ("//es/a/b", "es/404.html"),
    ],
)
def test_addresses_that_are_not_there_have_the_page_of_their_language(path: str, page: str, tmp_path: Path) -> None:
    """The nearest one on the way to the root."""
    for each in ("404.html", "es/404.html"):
        (tmp_path / each).parent.mkdir(exist_ok=True)
        (tmp_path / each).touch()
    assert serve.missing_page(tmp_path, path) == tmp_path.resolve() / page


def test_nothing_else_is_served(make: Make) -> None:
    """No path leads out of the site: neither to its state nor to files of the machine."""
    made = make(MEMBER)
    with shown(made) as site:
        inside = os.path.relpath(made.root / "content" / "site.yaml", site.preview.root)
        for path in (
            "/../.sitegen/state",
            "/%2e%2e/.sitegen/state",
            "/..%2f.sitegen%2fstate",
            "/members/../../.sitegen/state",
            f"/{inside}",
            f"/{made.root}/content/site.yaml",
            "//etc/passwd",
            "/%2fetc/passwd",
            "/members%00/",
            f"/{'x' * 5000}/",
            "/calendar.ics/",
        ):
            found = site.get(path)
            assert found.status == 404, path
            assert "Working Order" in found.text
        assert site.get("//example.org/..").headers.get("Location") is None


def test_other_names_are_not_answered(make: Make) -> None:
    """A page elsewhere whose name was made to lead here (DNS rebinding) reads nothing."""
    with shown(make(MEMBER)) as site:
        for host in ("localhost", f"localhost:{site.port}", "127.0.0.1"):
            assert site.get("/members/ada/", Host=host).status == 200
        for host in ("rebound.example", "127.0.0.1.rebound.example", "localhost.rebound.example:8000", "10.0.0.1"):
            for path in ("/members/ada/", "/livereload.js", "/livereload"):
                found = site.get(path, Host=host)
                assert found.status == 403
                assert "Ada" not in found.text


def test_an_edit_is_shown_and_output_left_alone(make: Make) -> None:
    """What is saved is soon seen, new pages and pages that are gone too; the project folder has nothing new in it."""
    made = make(MEMBER)
    with shown(made) as site:
        made.write("-- members/ada.yaml --\nname: Ada Lovelace\n")
        site.until("/members/ada/", lambda found: "Ada Lovelace" in found.text)
        made.write("-- members/bo.yaml --\nname: Bo Lund\n")
        site.until("/members/bo/", lambda found: found.status == 200)
        (made.root / "content/members/bo.yaml").rename(made.root / "content/members/bea.yaml")
        site.until("/members/bea/", lambda found: found.status == 200)
        assert site.get("/members/bo/").status == 404
        made.remove("members/bea.yaml")
        site.until("/members/bea/", lambda found: found.status == 404)
        old = made.root.parent / "cy.yaml"
        old.write_text("name: Cy Abe\n")
        os.utime(old, (0, 0))
        old.rename(made.root / "content/members/cy.yaml")
        site.until("/members/cy/", lambda found: found.status == 200)
    assert {path.name for path in made.root.iterdir()} == {"content"}


def test_a_mistake_is_told_on_every_page_until_it_is_mended(make: Make) -> None:
    """The last good pages stay, with what the terminal tells; nothing in it is taken for HTML."""
    made = make(MEMBER)
    with shown(made) as site:
        made.write("-- members/ada.yaml --\nname: Ada Lovelace\n-- events/talk.yaml --\ntitle: Talk\nstart: <i>soon\n")
        found = site.until("/members/ada/", lambda found: "What is wrong" in found.text)
        assert found.status == 200
        assert "Ada Okafor" in found.text
        assert "This is the last good site." in found.text
        assert "events/talk.yaml:2:8: error: " in found.text
        assert "start: &lt;i&gt;soon" in found.text
        assert "<i>soon" not in found.text
        for path, status in (("/", 200), ("/members/bo/", 404)):
            other = site.get(path)
            assert (other.status, "events/talk.yaml:2:8" in other.text) == (status, True)
        assert "talk.yaml" not in site.get("/members/ada/card.vcf").text
        made.remove("events/talk.yaml")
        found = site.until("/members/ada/", lambda found: "What is wrong" not in found.text)
        assert "Ada Lovelace" in found.text


def test_a_site_that_was_never_good(make: Make) -> None:
    """Where there is no page to show, what is wrong is one; the site comes when it is mended."""
    made = make(MEMBER + "-- site.yaml --\nname: X\nurl: https://x.example/\n")
    with shown(made) as site:
        found = site.get("/members/ada/")
        assert found.status == 503
        assert "There is no site yet. What is wrong:" in found.text
        assert "timezone" in found.text
        assert "/livereload.js?" in found.text
        made.write(SITE)
        site.until("/members/ada/", lambda found: found.status == 200)


def test_a_site_below_a_path(make: Make) -> None:
    """It stands where its links lead; the root leads to it; it moves when site.yaml says so."""
    made = make(MEMBER.replace("example.org/", "example.org/tide%20society/"))
    with shown(made) as site:
        for path in ("/", "/tide%20society"):
            moved = site.get(path)
            assert (moved.status, moved.headers["Location"]) == (302, "/tide%20society/")
        assert 'href="/tide%20society/members/"' in site.get("/tide%20society/").text
        assert site.get("/tide%20society/members/ada").headers["Location"] == "/tide%20society/members/ada/"
        assert site.get("/members/ada/").status == 404
        assert site.get("/tide%20societymembers/ada/").status == 404
        made.write(SITE)
        site.until("/members/ada/", lambda found: found.status == 200)


def test_open_pages_are_told_to_reload(make: Make) -> None:
    """At every build, good or not; and at once, where a page is of an earlier one than the preview shows."""
    made = make(MEMBER)

    async def waits(site: Shown, number: int, edit: str = "") -> None:
        page = await websocket_connect(f"ws://127.0.0.1:{site.port}/livereload")
        await page.write_message(json.dumps({"command": "hello", "protocols": [], "snipver": number}))
        assert json.loads(str(await page.read_message()))["command"] == "hello"
        await page.write_message(json.dumps({"command": "info", "url": "/"}))
        if edit:
            told = asyncio.ensure_future(asyncio.wait_for(page.read_message(), PATIENCE))
            made.write(edit)
            message = await told
        else:
            message = await asyncio.wait_for(page.read_message(), PATIENCE)
        assert json.loads(str(message)) == {"command": "reload", "path": "*", "liveCSS": False}
        page.close()
        assert await page.read_message() is None  # it is closed

    with shown(made) as site:
        asyncio.run(waits(site, site.preview.number, "-- members/ada.yaml --\nname: Ada King\n"))
        asyncio.run(waits(site, site.preview.number, "-- members/ada.yaml --\nnmae: Ada King\n"))
        asyncio.run(waits(site, site.preview.number - 1))


def test_pages_of_other_sites_are_told_nothing(make: Make) -> None:
    """A web socket is for pages of the preview."""

    async def asks(site: Shown) -> None:
        request = HTTPRequest(f"ws://127.0.0.1:{site.port}/livereload", headers={"Origin": "https://other.example"})
        await websocket_connect(request)

    with shown(make(MEMBER)) as site, pytest.raises(HTTPClientError, match="403"):
        asyncio.run(asks(site))


def test_what_is_watched(make: Make, tmp_path: Path) -> None:
    """The content, the themes, and a site.yaml elsewhere; not what editors hide beside the files that are open."""
    made = make(
        MEMBER + "-- themes/own/theme.yaml --\n-- content/_theme/static/x.css --\n-- members/.ada.yaml.swp --\n"
    )
    other = tmp_path / "staging.yaml"
    other.touch()
    seen = serve.look(replace(made.options, site=other))
    there = {path for path in made.root.rglob("*") if path.is_file() and path.suffix != ".swp"}
    assert set(map(Path, seen)) == there | {other}
    assert len(there) == 4


def test_several_saves_are_one_change() -> None:
    """A change counts when two looks agree; one that is taken back is none."""
    looks = iter("aabcddddedda")

    async def steps() -> int:
        count = 0
        with contextlib.suppress(RuntimeError):  # the looks are at their end
            async for _ in serve.changes(lambda: next(looks), "a", asyncio.Event(), 0):
                count += 1
        return count

    assert asyncio.run(steps()) == 1


def test_a_change_that_the_system_tells_of() -> None:
    """It is followed at once, and is no change for the looks any more; what it does not tell of they find."""
    looks = iter("bbbcc")

    async def steps() -> list[str]:
        told, seen = asyncio.Event(), list[str]()
        told.set()
        with contextlib.suppress(RuntimeError):  # the looks are at their end
            async for _ in serve.changes(lambda: next(looks), "a", told, 0):
                seen.append("looked" if seen else "told")
        return seen

    assert asyncio.run(steps()) == ["told", "looked"]


def test_the_system_tells_of_changes(tmp_path: Path) -> None:
    """Of every file that is written, moved or removed below the folders; not of hidden ones."""
    (tmp_path / "members").mkdir()

    async def heard(change: Callable[[], object], patience: float = PATIENCE) -> bool:
        told = asyncio.Event()
        telling = asyncio.create_task(serve.tell([tmp_path, tmp_path / "none"], told))
        while not told.is_set():  # it takes a moment to begin
            (tmp_path / "probe").write_text("x", "utf-8")
            await asyncio.sleep(0.1)
        await asyncio.sleep(0.5)
        told.clear()
        change()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(told.wait(), patience)
        telling.cancel()
        await asyncio.wait([telling])
        return told.is_set()

    file = tmp_path / "members" / "ada.yaml"
    assert asyncio.run(heard(lambda: file.write_text("name: Ada", "utf-8")))
    assert asyncio.run(heard(lambda: file.rename(tmp_path / "bo.yaml")))
    assert asyncio.run(heard((tmp_path / "bo.yaml").unlink))
    assert not asyncio.run(heard(lambda: (tmp_path / ".ada.yaml.swp").write_text("x", "utf-8"), 0.5))


@pytest.mark.parametrize(
    ("host", "asked", "answered"),
    [
        ("127.0.0.1", "192.168.1.5", False),
        ("0.0.0.0", "192.168.1.5", True),  # noqa: S104 - what is tested
        ("0.0.0.0", "evil.example", False),  # noqa: S104
        ("::", "[fe80::1]", True),
        ("::1", "[::1]", True),
        ("Studio.local", "studio.local", True),
        ("studio.local", "studioxlocal", False),
    ],
)
def test_names(host: str, asked: str, answered: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """The name that was asked for is answered to; on all addresses, every number."""
    assert bool(re.fullmatch(serve.names(host), asked)) is answered


HEARING = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.executable, (sys.executable, "-m", "sitegen", "serve", *sys.argv[1:]))
"""
"""Runs the command as a terminal does: what a shell starts in the background does not hear Ctrl-C."""


@contextlib.contextmanager
def started(root: Path, room: Path) -> Iterator[subprocess.Popen[str]]:
    """The command, with a folder of its own for temporary files."""
    room.mkdir()
    command = [sys.executable, "-c", HEARING, str(root), "--port", "0", "--as-of", NOW]
    environment = {**os.environ, "TMPDIR": str(room)}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()  # where it has not ended, the test has failed


def test_a_preview_is_gone_when_it_ends(make: Make, tmp_path: Path) -> None:
    """Ctrl-C and a closed terminal end it in order; what it made is in neither the project folder nor anywhere else."""
    made = make(MEMBER)
    rooms = {tmp_path / "interrupt": signal.SIGINT, tmp_path / "terminate": signal.SIGTERM}
    with contextlib.ExitStack() as stack:
        processes = [stack.enter_context(started(made.root, room)) for room in rooms]
        for process, (room, number) in zip(processes, rooms.items(), strict=True):
            assert process.stdout
            assert process.stderr
            built, serving = process.stdout.readline(), process.stdout.readline()
            assert re.fullmatch(r"Built 1 member: \d+ files in the preview \(\d+ new\), [\d.]+ s\.\n", built)
            port = re.fullmatch(r"Serving at http://127\.0\.0\.1:(\d+)/ until Ctrl-C\.\n", serving)
            assert port
            assert list(room.iterdir())
            assert Shown(int(port[1]), serve.Preview(room)).get("/members/ada/").status == 200
            process.send_signal(number)
            assert process.wait(PATIENCE) == 0
            assert process.stderr.read() == ""
            assert not list(room.iterdir())
    assert {path.name for path in made.root.iterdir()} == {"content"}
