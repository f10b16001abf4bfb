"""``make lighthouse``: what Lighthouse says of the demonstration on a phone with a slow line, the median of five runs.

Home, directory, a profile and an event, served with the shipped headers and packed as hosts do. It needs Chromium, and
the npm package lighthouse in the folder that SITEGEN_NODE_MODULES names.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.browser import CONTENT, PAGES, built, chromium, found
from tests.host import served

RUNS = 5
FULL = 0.98
"""An audit with less costs points."""
TYPES = ("home", "members", "member", "event")
ASKED = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
"""The categories, and what each is to have at least."""


def main() -> None:
    """Print the table of the medians, what a page weighs, and which audits keep it from a full score."""
    program = Path(os.environ.get("SITEGEN_NODE_MODULES", "build/lighthouse/node_modules")) / ".bin" / "lighthouse"
    if not program.exists() or not chromium():
        sys.exit("lighthouse and Chromium are needed: npm install lighthouse, apt-get install chromium")
    with tempfile.TemporaryDirectory() as work:
        output = built(Path(work), CONTENT)
        print(
            f"{'':<9}"
            + "".join(f"{name:>16}" for name in ASKED)
            + "     LCP ms    CLS   TBT ms  kB page  kB script  kB all"
        )
        with served(output) as base:
            for name in TYPES:
                path = found(output, PAGES[name])
                results = [_run(program, base + path) for _ in range(RUNS)]
                print(_row(name, results), *_short(results), sep="\n")


def _run(program: Path, url: str) -> Mapping[str, Any]:
    """One report. Without a mark of its own, Lighthouse takes a phone, a slow line and a slow processor."""
    flags = "--headless=new --no-sandbox --disable-dev-shm-usage"
    command = [str(program), url, "--quiet", "--output=json", f"--chrome-flags={flags}"]
    command.append(f"--only-categories={','.join(ASKED)}")
    there = {**os.environ, "CHROME_PATH": chromium()}
    done = subprocess.run(command, check=False, capture_output=True, env=there)  # noqa: S603
    if done.returncode:
        sys.exit(f"lighthouse did not get through:\n{done.stderr.decode()}")
    made: Mapping[str, Any] = json.loads(done.stdout)
    return made


def _row(name: str, results: list[Mapping[str, Any]]) -> str:
    """A line of the table, with a mark at what is below what is asked."""
    cells = []
    for category, least in ASKED.items():
        score = round(100 * statistics.median(each["categories"][category]["score"] for each in results))
        cells.append(f"{f'{score}' if score >= least else f'{score} BELOW':>16}")
    audits = ("largest-contentful-paint", "cumulative-layout-shift", "total-blocking-time")
    lcp, cls, tbt = (statistics.median(each["audits"][audit]["numericValue"] for each in results) for audit in audits)
    sizes = [_sizes(each) for each in results]
    page, script, whole = (statistics.median(size[part] for size in sizes) / 1000 for part in ("page", "script", "all"))
    return f"{name:<9}{''.join(cells)}{lcp:>11.0f}{cls:>7.3f}{tbt:>9.0f}{page:>9.1f}{script:>11.1f}{whole:>8.1f}"


def _sizes(result: Mapping[str, Any]) -> Mapping[str, float]:
    """Bytes as they were sent: scripts, all but pictures, everything."""
    items = result["audits"]["network-requests"]["details"]["items"]
    sent = [(item.get("resourceType"), item.get("transferSize", 0)) for item in items]
    return {
        "page": sum(size for kind, size in sent if kind != "Image"),
        "script": sum(size for kind, size in sent if kind == "Script"),
        "all": sum(size for _, size in sent),
    }


def _short(results: list[Mapping[str, Any]]) -> list[str]:
    """The audits that cost points in any run, with their weights."""
    found_: dict[str, str] = {}
    for result in results:
        for category, entry in result["categories"].items():
            for ref in entry["auditRefs"]:
                audit = result["audits"][ref["id"]]
                if ref["weight"] and audit["score"] is not None and audit["score"] < FULL:
                    found_[ref["id"]] = (
                        f"  {category}: {audit['title']} ({audit['score']}) {audit.get('displayValue', '')}"
                    )
    return list(found_.values())


if __name__ == "__main__":
    main()
