"""A build that ends before its time, by ``kill -9``, Ctrl-C or a failing disk: the old site stands, or the new one.

With ``SITEGEN_EXCHANGE=off`` a killed build may leave no output folder, as two renames cannot be one: the next build
then brings the right site.

``SITEGEN_KILLS`` says at how many moments the command is killed with and without the exchange: 25, or more on demand.
"""

import contextlib
import errno
import itertools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import pytest

from sitegen.build import build
from sitegen.cli import main
from sitegen.publish import Place
from tests.sites import NOW, SITE, Project, at, project
from tests.test_publish import PLAIN, Whole, clean, fill, flipped, place, whole

KILLS = int(os.environ.get("SITEGEN_KILLS", "25"))
RAM = next((path for path in (Path("/dev", "shm"),) if os.access(path, os.W_OK)), None)
"""A disk that is fast enough for thousands of builds, where there is one."""

FOREIGN = {"CNAME": b"example.org\n", ".git/HEAD": b"ref", ".git/refs/heads/": b""}

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a build is ended in a fork")
exchanges = pytest.mark.parametrize("exchange", ["on", "off"])


def content(members: int, events: int, name: str) -> str:
    """Members, of whom one is there under this name only and some others have it too, and events."""
    people = "".join(
        f"-- members/m{number}.yaml --\nname: {'Somebody' if number % 5 else name} {number}\n"
        for number in range(members)
    )
    evenings = "".join(
        f"-- events/e{number}.md --\n---\ntitle: Evening {number}\nstart: 2026-{number % 12 + 1:02}-02 18:00\n"
        f"speakers: m{number % members}\n---\nBy {name}.\n"
        for number in range(events)
    )
    return f"-- members/{name}.yaml --\nname: {name.title()} Only\n{people}{evenings}"


@dataclass
class Sites:
    """One project that is made now this site, now that one."""

    project: Project
    texts: dict[str, str]
    wholes: dict[str, Whole] = field(default_factory=dict)
    """What clean builds make of each."""
    now: str = ""
    """The site that was built last."""
    foreign: Whole = field(default_factory=dict)
    """What stands in the output folder besides."""

    @property
    def output(self) -> Path:
        """The output folder."""
        return self.project.options.output

    @property
    def place(self) -> Place:
        """Where the site is published."""
        return place(self.project)

    @property
    def other(self) -> str:
        """A site that was not built last."""
        return next(name for name in self.texts if name != self.now)

    def turn(self, name: str) -> None:
        """Give the project the content of a site."""
        for other in self.texts:
            (self.project.options.content / "members" / f"{other}.yaml").unlink(missing_ok=True)
        self.project.write(self.texts[name])

    def build(self, name: str) -> None:
        """Build the site whose content is there, with the program as it is: it is what a clean build makes."""
        assert not build(self.project.options, at(NOW)).failed
        assert whole(self.output) == self.expected(name)
        self.now = name

    def expected(self, name: str) -> Whole:
        """What stands in the output folder when a site is published."""
        return {**self.wholes[name], **self.foreign}

    def delete(self) -> None:
        """Remove the output folder."""
        shutil.rmtree(self.output, ignore_errors=True)
        self.foreign = {}

    def begin(self) -> None:
        """Remove all that was built: only foreign files stand in the output folder."""
        self.delete()
        shutil.rmtree(self.place.work, ignore_errors=True)
        fill(self.output, FOREIGN)
        self.foreign = FOREIGN


def sites(members: int, events: int) -> Iterator[Sites]:
    """A project that holds one of three sites."""
    texts = {name: content(members, events, name) for name in ("ada", "ben", "cem")}
    with tempfile.TemporaryDirectory(dir=RAM) as root:
        made = Sites(project(Path(root), SITE + PLAIN), texts)
        for name in texts:
            made.turn(name)
            made.wholes[name] = clean(made.project)
        made.begin()
        made.build(name)
        yield made


@pytest.fixture(scope="module")
def many() -> Iterator[Sites]:
    """Sites of some hundred files."""
    yield from sites(150, 40)


@pytest.fixture(scope="module")
def few() -> Iterator[Sites]:
    """Sites of some files."""
    yield from sites(1, 0)


# At moments


def run(made: Sites, exchange: str) -> subprocess.Popen[bytes]:
    """Begin a build with the command, and wait until it is at work."""
    made.place.work.mkdir(exist_ok=True)
    lock = made.place.work / "lock"
    lock.touch()
    before = lock.stat().st_mtime_ns
    command = [sys.executable, "-m", "sitegen", "build", str(made.project.root), "--as-of", NOW, "--quiet"]
    process = subprocess.Popen(command, env={**os.environ, "SITEGEN_EXCHANGE": exchange})
    while process.poll() is None and lock.stat().st_mtime_ns == before:
        time.sleep(0.001)
    return process


@pytest.fixture(scope="module")
def seconds(many: Sites) -> dict[bool, float]:
    """How long a build is at work: a cold one (True), and one that has a site to go on from."""
    lasted = {}
    for cold in (True, False):
        if cold:
            many.begin()
        name = many.other
        many.turn(name)
        process = run(many, "on")
        began = time.monotonic()
        assert process.wait() == 0
        lasted[cold] = time.monotonic() - began
        many.build(name)
    return lasted


@exchanges
@pytest.mark.parametrize("moment", range(KILLS))
def test_killed_at_a_moment(many: Sites, seconds: dict[bool, float], moment: int, exchange: str) -> None:
    """Moments from the first to the last of a build, by turns of a cold one and of one after an edit."""
    cold = moment % 2 == 0
    new = many.other
    if cold:
        many.begin()
    before = whole(many.output)
    many.turn(new)
    process = run(many, exchange)
    time.sleep(seconds[cold] * moment / max(KILLS - 1, 1))
    process.kill()
    process.wait()
    assert is_whole(many, before, new, missing=exchange == "off")
    many.build(new)


def is_whole(made: Sites, before: Whole, new: str, *, missing: bool) -> bool:
    """The output is what it was or the new site; or it is missing, where it may be."""
    return whole(made.output) in (before, made.expected(new)) or (missing and not made.output.exists())


# At steps

UNHARMED, BROKEN = 100, 101
"""Exit codes of a build that was to end at a step that it does not have, and of one that ends with an exception."""

CHANGES = {"open", *(f"os.{name}" for name in ("chmod", "link", "mkdir", "remove", "rename", "rmdir", "utime"))}
"""What a build does to a disk, as Python tells it before it is done. The exchange of folders shows as a look-up."""


def changes(event: str, arguments: tuple[Any, ...], root: str) -> bool:
    """A step that changes something below a folder."""
    if event == "ctypes.dlsym":
        return arguments[1] in ("renameat2", "renamex_np")
    if event == "open" and not arguments[2] & (os.O_WRONLY | os.O_RDWR):
        return False
    return event in CHANGES and any(os.fsdecode(each).startswith(root) for each in arguments if isinstance(each, str))


def end(root: str, how: str, step: int) -> NoReturn:
    """Build a project, and end before a step."""
    left = step

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal left
        if left and changes(event, arguments, root):
            left -= 1
            if not left:
                if how == "kill":
                    os.kill(os.getpid(), signal.SIGKILL)
                raise {"stop": KeyboardInterrupt(), "fail": OSError(errno.EIO, "the disk fails")}[how]

    sys.addaudithook(watch)
    try:
        main(["build", root, "--as-of", NOW, "--quiet"], "sitegen")
    except SystemExit as ended:
        os._exit(UNHARMED if left else int(ended.code or 0))
    except BaseException:  # noqa: BLE001 - the test that reads it fails
        traceback.print_exc()
    os._exit(BROKEN)


def serve(root: str, said: str) -> None:
    """End builds as standard input tells: how, before which step, and whether folders are exchanged.

    Each is a process of its own, begun by a fork when all modules are there: so there is time for every step.
    """
    with contextlib.suppress(SystemExit):
        main(["check", root, "--as-of", NOW, "--quiet"], "sitegen")
    for line in sys.stdin:
        how, step, exchange = line.split()
        if process := os.fork():
            print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)  # noqa: T201 - the answer
        else:
            os.environ["SITEGEN_EXCHANGE"] = exchange
            os.dup2(os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), sys.stderr.fileno())
            end(root, how, int(step))


@dataclass
class Ender:
    """Ends builds of a project before a step."""

    process: subprocess.Popen[str]
    said: Path

    def __call__(self, how: str, step: int, exchange: str) -> tuple[int, str]:
        """The exit code of the build, and what it said."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{how} {step} {exchange}\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline()), self.said.read_text("utf-8")


@pytest.fixture(scope="module")
def ender(few: Sites) -> Iterator[Ender]:
    """Ends builds of the small sites."""
    said = few.project.root / "said"
    code = "import sys; from tests.test_kill import serve; serve(*sys.argv[1:])"
    run = [sys.executable, "-c", code, str(few.project.root), str(said)]
    root = Path(__file__).parent.parent
    with subprocess.Popen(run, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        yield Ender(process, said)


def _damage(made: Sites) -> None:
    made.place.state.write_bytes(flipped(made.place.state.read_bytes(), 5))
    fill(made.output, {"notes.txt": b"mine"})


SCENES: dict[str, Callable[[Sites], object]] = {
    "after an edit": lambda _: None,
    "for the first time": Sites.begin,
    "without a twin": lambda made: shutil.rmtree(made.place.twin, ignore_errors=True),
    "without an output": Sites.delete,
    "with a damaged state": _damage,
}


def steps(made: Sites, ender: Ender, how: str, exchange: str, scene: str) -> Iterator[tuple[Whole, str, int, str]]:
    """Builds that end before each of their steps: what stood there, the site that was to be, and how it ended."""
    made.begin()
    made.turn(made.now)
    made.build(made.now)
    for step in itertools.count(1):
        SCENES[scene](made)
        before, new = whole(made.output), made.other
        made.turn(new)
        code, said = ender(how, step, exchange)
        if code == UNHARMED:
            made.build(new)
            assert step > 20
            return
        assert code != BROKEN, said
        assert is_whole(made, before, new, missing=how == "kill" and exchange == "off")
        yield before, new, code, said


@exchanges
@pytest.mark.parametrize("scene", SCENES)
def test_killed_at_every_step(few: Sites, ender: Ender, scene: str, exchange: str) -> None:
    """The next build ends what was begun. A tree of which nobody knows what it held is kept beside the output."""
    for before, new, code, _ in steps(few, ender, "kill", exchange, scene):
        assert code == -signal.SIGKILL
        few.build(new)
        assert scene != "with a damaged state" or whole(few.place.work / "replaced") == before


@exchanges
def test_killed_at_every_step_of_an_edit_that_is_taken_back(few: Sites, ender: Ender, exchange: str) -> None:
    """What the killed build made is forgotten: nothing of it shows in the old site, nor in a third one."""
    old = few.now
    for _, new, _, _ in steps(few, ender, "kill", exchange, "after an edit"):
        few.turn(old)
        few.build(old)
        old = next(name for name in few.texts if name not in (old, new))
        few.turn(old)
        few.build(old)


@exchanges
@pytest.mark.parametrize("scene", ["after an edit", "with a damaged state"])
def test_stopped_at_every_step(few: Sites, ender: Ender, scene: str, exchange: str) -> None:
    """Ctrl-C is no accident: the exit code tells, and one line that is not a traceback."""
    for _, new, code, said in steps(few, ender, "stop", exchange, scene):
        assert (code, said) == (130, "\nsitegen: stopped; everything is as it was\n")
        few.build(new)


@exchanges
@pytest.mark.parametrize("scene", ["after an edit", "with a damaged state"])
def test_a_disk_that_fails_at_every_step(few: Sites, ender: Ender, scene: str, exchange: str) -> None:
    """One line tells, and everything is as it was; or the program could do without, and the site is published."""
    for before, new, code, said in steps(few, ender, "fail", exchange, scene):
        if code:
            assert (code, said) == (1, "sitegen: the disk fails; everything is as it was\n")
        assert whole(few.output) == (before if code else few.expected(new))
        few.build(new)
