"""``make bench-smoke``: what a cold build, a build of nothing and a build after one edit cost, in one run.

Times are whole processes, the median of several, on a RAM disk where there is one. Only their ratios mean anything;
one process does all the work, so that they do not depend on how many cores share a cold build.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import corpus

MEMBERS, EVENTS, RUNS = 2_000, 400, 5
LIMITS = {"nothing changed": 0.06, "one bio edited": 0.15, "one name edited": 0.15}
"""The largest allowed share of the cold time."""


def main() -> None:
    """Print the table, with a mark where a share is above its limit: a busy machine is no failure."""
    shm = Path("/dev/shm")  # noqa: S108 - a RAM disk, where there is one
    root = Path(
        tempfile.mkdtemp(prefix="sitegen-bench-", dir=shm if shm.is_dir() and os.access(shm, os.W_OK) else None)
    )
    try:
        corpus.write(root, MEMBERS, EVENTS)
        cold = statistics.median(_cold(root) for _ in range(3))
        _timed(root)  # the first build after a cold one makes the twin tree
        nothing = statistics.median(_timed(root) for _ in range(RUNS))
        bio = statistics.median(
            _edited(root, number, "bio: |\n", f"bio: |\n  Edit {number}. ") for number in range(RUNS)
        )
        name = statistics.median(_edited(root, number, "name: ", "name: X") for number in range(RUNS))
    finally:
        shutil.rmtree(root)
    print(f"{MEMBERS:,} members, {EVENTS:,} events; seconds of whole processes, median")
    print(f"{'cold':<18}{cold:8.3f} s")
    for what, seconds in zip(LIMITS, (nothing, bio, name), strict=True):
        mark = "" if seconds / cold <= LIMITS[what] else "  ABOVE"
        print(f"{what:<18}{seconds:8.3f} s  {seconds / cold:6.3f} of cold, at most {LIMITS[what]}{mark}")


def _cold(root: Path) -> float:
    for folder in ("output", ".sitegen"):
        shutil.rmtree(root / folder, ignore_errors=True)
    return _timed(root)


def _edited(root: Path, number: int, old: str, new: str) -> float:
    file = root / "content" / "members" / f"member-{number:06}.yaml"
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    return _timed(root)


def _timed(root: Path) -> float:
    command = [sys.executable, "-m", "sitegen", "build", "--quiet", "--jobs", "1", "--as-of", "2026-11-23", str(root)]
    # An installed program is compiled: what keeps a checkout from being so would be measured with every run.
    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL, env=env)  # noqa: S603 - our own program
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
