"""``make bench``: what builds of one association cost with sitegen and with Hugo, side by side in one run.

Whole processes on a RAM disk, the tools in turn: seconds of the clock and of the processors, the largest sum of the
proportional memory of all processes (PSS: what several share counts once), and the files that are written. Sitegen is
measured with the formats that Hugo writes, too, and with all of the contract but QR codes and pictures. The floor is
one process that reads all inputs and writes as many bytes in as many files.
"""

import argparse
import datetime as dt
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks import corpus, hugo
from sitegen.theme import BUILT_IN

ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "docs" / "performance.md"
FORMATS = {"as Hugo": "formats: [html, atom, sitemap]\n", "all formats": "formats: {qr: no}\n"}
"""What of sitegen is measured, by the end of its site.yaml."""
RUNS = {"cold": 2}
EDITS = 3
SAMPLE = 0.25
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process and its children cost."""

    wall: float
    cpu: float
    memory: int
    """The largest sum of PSS, in bytes."""
    files: int
    """Files that are new or were written again."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A program at work on a folder of its own."""

    name: str
    folder: Path
    command: tuple[str, ...]
    output: str
    forget: tuple[str, ...]
    """What a cold build does not find."""
    profile: str
    """The template of a member's page."""


def main() -> None:
    """Print the table; ``--write`` puts it into docs/performance.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=10_000)
    parser.add_argument("--events", type=int, default=2_000)
    parser.add_argument("--hugo", type=Path, help="the program; without it sitegen is measured alone")
    parser.add_argument("--at", type=Path, help="the disk; by default a RAM disk")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    ram = Path("/dev/shm")  # noqa: S108 - a RAM disk, where there is one
    with tempfile.TemporaryDirectory(prefix="sitegen-bench-", dir=asked.at or (ram if ram.is_dir() else None)) as root:
        tools = list(tools_of(Path(root), asked.members, asked.events, asked.hugo))
        table = "\n".join(_table(tools, asked.members, asked.events))
    print(table)
    if asked.write:
        _put(table, f"{asked.members:,} members")


def tools_of(root: Path, members: int, events: int, program: Path | None) -> Iterator[Tool]:
    """Folders with the same association."""
    for name, formats in FORMATS.items():
        folder = root / name.replace(" ", "-")
        corpus.write(folder, members, events, max(members // 100, 1))
        with (folder / "content" / "site.yaml").open("a", encoding="utf-8") as site:
            site.write(formats)
        (folder / "content" / "_theme" / "templates").mkdir(parents=True)
        shutil.copy(BUILT_IN / "programme" / "templates" / "member.html", folder / "content" / "_theme" / "templates")
        command: tuple[str, ...] = (sys.executable, "-m", "sitegen", "build", "--quiet")
        yield Tool(
            f"sitegen, {name}",
            folder,
            command,
            "output",
            ("output", ".sitegen"),
            "content/_theme/templates/member.html",
        )
    if program:
        folder = root / "hugo"
        folder.mkdir()
        hugo.write(root / "as-Hugo", folder, BUILT_IN / "programme" / "static")
        command = (str(program.absolute()), "--quiet", "--noBuildLock")
        yield Tool("Hugo", folder, command, "public", ("public", "resources"), "layouts/members/page.html")


# --- What is measured


def steps(members: int, events: int) -> Iterator[tuple[str, int, Callable[[Tool, int], None]]]:
    """What is done before each run, and how often."""

    def forgotten(tool: Tool, number: int) -> None:
        del number
        for name in tool.forget:
            shutil.rmtree(tool.folder / name, ignore_errors=True)

    def event(tool: Tool, number: int) -> None:
        _edit(tool, "events", f"event-{number * events // EDITS // 2:06}", "title: ", f"title: New{number} ")

    def template(tool: Tool, number: int) -> None:
        file = tool.folder / tool.profile
        file.write_text(file.read_text("utf-8").replace("<h2>", f'<h2 class="v{number}">', 1), "utf-8")

    def deleted(tool: Tool, number: int) -> None:
        next(tool.folder.glob(f"content/members/member-{members - 1 - number:06}.*")).unlink()

    yield "cold", RUNS["cold"], forgotten
    yield "nothing changed", EDITS, _nothing
    yield "one bio edited", EDITS, _bio(members)
    yield "one name edited", EDITS, _name(members)
    yield "one event's title edited", EDITS, event
    yield "one template edited", 2, template
    yield "one file deleted", 2, deleted


def _nothing(tool: Tool, number: int) -> None:
    del tool, number


def _bio(members: int) -> Callable[[Tool, int], None]:
    def edit(tool: Tool, number: int) -> None:
        file = _file(tool, "members", f"member-{number * members // EDITS // 2:06}")
        text = file.read_text("utf-8")
        head, bold, rest = text.partition("**")
        file.write_text(f"{head}{bold}{number} {rest}", "utf-8")

    return edit


def _name(members: int) -> Callable[[Tool, int], None]:
    def edit(tool: Tool, number: int) -> None:
        key = "title: " if tool.name == "Hugo" else "name: "
        _edit(tool, "members", f"member-{(number * members + members) // EDITS // 2:06}", key, f"{key}New{number} ")

    return edit


def _edit(tool: Tool, kind: str, name: str, old: str, new: str) -> None:
    file = _file(tool, kind, name)
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")


def _file(tool: Tool, kind: str, name: str) -> Path:
    return next(tool.folder.glob(f"content/{kind}/{name}.*"))


def measured(tool: Tool) -> Cost:
    """One run, from the start of its process to its end."""
    before = _stamps(tool.folder / tool.output)
    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    largest = [0]
    began = time.monotonic()
    with subprocess.Popen(tool.command, cwd=tool.folder, env=env, stderr=subprocess.PIPE) as process:  # noqa: S603
        over = threading.Event()
        looking = threading.Thread(target=_look, args=(process.pid, largest, over))
        looking.start()
        complaint = process.stderr.read() if process.stderr else b""
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        over.set()
        looking.join()
    if process.returncode:
        sys.exit(f"{tool.name} failed:\n{complaint.decode()}")
    after = _stamps(tool.folder / tool.output)
    files = sum(before.get(path) != stamp for path, stamp in after.items())
    return Cost(wall, used.ru_utime + used.ru_stime, largest[0], files)


def _look(process: int, largest: list[int], over: threading.Event) -> None:
    """Add up the memory of a process and its children, again and again."""
    while not over.wait(SAMPLE):
        largest[0] = max(largest[0], sum(map(_memory, _family(process))))


def _family(process: int) -> Iterator[int]:
    yield process
    for file in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = file.read_text("utf-8").split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))


def _memory(process: int) -> int:
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text("utf-8")
    except OSError:
        return 0
    found = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


def _stamps(folder: Path) -> dict[str, tuple[int, int]]:
    found = {}
    for where, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(where, name)  # noqa: PTH118 - tens of thousands of them
            info = os.stat(path)  # noqa: PTH116
            found[path] = (info.st_ino, info.st_mtime_ns)
    return found


def _floor(tool: Tool) -> float:
    """Seconds for reading all inputs, and for writing as many bytes in as many files."""
    inputs = [path for path in (tool.folder / "content").rglob("*") if path.is_file()]
    sizes = [
        (path.relative_to(tool.folder / tool.output), path.stat().st_size)
        for path in (tool.folder / tool.output).rglob("*")
        if path.is_file()
    ]
    target = tool.folder / "floor"
    began = time.monotonic()
    for path in inputs:
        path.read_bytes()
    for path, size in sizes:
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(bytes(size))
    spent = time.monotonic() - began
    shutil.rmtree(target)
    return spent


# --- What is told


def _table(tools: Sequence[Tool], members: int, events: int) -> Iterator[str]:
    """The lines of the table."""
    yield f"{members:,} members, {events:,} events, {max(members // 100, 1):,} groups; {_machine()}"
    yield ""
    yield "| | | clock, s (from – to) | processors, s | memory, MB | files written | of Hugo's clock |"
    yield "|---|---|---|---|---|---|---|"
    floors: dict[str, float] = {}
    for step, runs, prepare in steps(members, events):
        costs: dict[str, list[Cost]] = {tool.name: [] for tool in tools}
        for number in range(runs):
            for tool in tools:
                prepare(tool, number)
                costs[tool.name].append(measured(tool))
                print(".", end="", file=sys.stderr, flush=True)
        if step == "cold":
            floors = {tool.name: _floor(tool) for tool in tools}
            for tool in tools:
                measured(tool)  # the first build after a cold one makes the twin tree
        yield from _rows(step, costs)
    yield ""
    said = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in floors.items())
    yield f"The floor: reading all inputs and writing as many bytes in as many files takes one process {said}."


def _rows(step: str, costs: Mapping[str, Sequence[Cost]]) -> Iterator[str]:
    middle = {name: statistics.median(each.wall for each in found) for name, found in costs.items()}
    for name, found in costs.items():
        walls = [each.wall for each in found]
        cpu = statistics.median(each.cpu for each in found)
        memory = max(each.memory for each in found) / 1e6
        ratio = f"{middle[name] / middle['Hugo']:.3f}" if "Hugo" in middle and name != "Hugo" else ""
        files = statistics.median(each.files for each in found)
        yield (
            f"| {step} | {name} | {middle[name]:.2f} ({min(walls):.2f} – {max(walls):.2f}) | {cpu:.2f} "
            f"| {memory:.0f} | {files:,.0f} | {ratio} |"
        )


def _machine() -> str:
    """What it was measured with."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (
        f"{dt.date.today():%d %B %Y}, {cores} cores, {platform.system()} {platform.release().partition('-')[0]}, "  # noqa: DTZ011
        f"Python {platform.python_version()}, sitegen {version('association-sitegen')}, Hugo {_HUGO}"
    )


_HUGO = "0.168.0"


def _put(table: str, size: str) -> None:
    """Put the table between the marks of its size in the document."""
    text = DOCUMENT.read_text("utf-8")
    begin, end = f"<!-- bench: {size} -->\n", "<!-- end -->"
    before, mark, after = text.partition(begin)
    if not mark:
        sys.exit(f"docs/performance.md has no mark {begin}")
    DOCUMENT.write_text(f"{before}{mark}{table}\n{after[after.index(end) :]}", "utf-8")


if __name__ == "__main__":
    main()
