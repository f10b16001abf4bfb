"""``python -m benchmarks.finding [MEMBERS]``: how soon the directory and the search answer, in Chromium.

A seeded association of so many members (5,000), on a RAM disk where there is one. The first answer is with what is
fetched for it; then the median of twenty, from the event to the list with its layout.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import corpus
from tests.browser import chromium
from tests.host import served

TYPED = "ma mar marit o os oslo ti tide b be ber e er in ins instr s sa l lo".split()
ANSWER = """async ([list, act, value]) => {
  const shown = document.querySelector(list), before = performance.now();
  const changed = new Promise((done) => {
    new MutationObserver((_, observer) => (observer.disconnect(), done(true))).observe(shown, { childList: true });
    setTimeout(done, 5000, false); // nobody is found, as before: nothing changes
  });
  const box = document.querySelector(act);
  if (box.type === "checkbox") box.click();
  else {
    box.value = value;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (!await changed) return null;
  document.body.offsetHeight;
  return performance.now() - before;
}"""


def main() -> None:
    """Print the table, in milliseconds."""
    members = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    shm = Path("/dev/shm")  # noqa: S108 - a RAM disk, where there is one
    root = Path(
        tempfile.mkdtemp(prefix="sitegen-bench-", dir=shm if shm.is_dir() and os.access(shm, os.W_OK) else None)
    )
    try:
        corpus.write(root, members, 50)
        subprocess.run([sys.executable, "-m", "sitegen", "build", "--quiet", str(root)], check=True)  # noqa: S603
        with served(root / "output") as base:
            _measure(base, members)
    finally:
        shutil.rmtree(root)


def _measure(base: str, members: int) -> None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not needed where the work ends before

    with sync_playwright() as play:
        page = play.chromium.launch(executable_path=chromium(), args=["--no-sandbox"]).new_page()
        print(f"{members:,} members; milliseconds{'first':>12}{'median':>9}{'longest':>9}")
        for what, address, rows, box in (
            ("directory, words", "/members/", ".directory .rows", "#narrow-q"),
            ("search, words", "/search/", "#found .rows", "#q"),
        ):
            page.goto(base + address)
            _tell(what, [page.evaluate(ANSWER, [rows, box, value]) for value in ("a", *TYPED)])
        page.goto(base + "/members/")
        page.locator(".narrow details details summary").first.click()
        page.wait_for_selector(".narrow fieldset input")
        taken = []
        for place in (1, 2, 1, 3, 2, 4, 3, 5, 4, 6) * 2:
            box = f".narrow fieldset label:nth-of-type({place}) input"
            taken.append(page.evaluate(ANSWER, [".directory .rows", box, ""]))
        _tell("directory, values", taken)


def _tell(what: str, taken: list[float | None]) -> None:
    first, *rest = (each for each in taken if each is not None)
    print(f"{what:<26}{first:>12.0f}{statistics.median(rest):>9.0f}{max(rest):>9.0f}")


if __name__ == "__main__":
    main()
