"""A build that knows the one before gives what a clean build gives, and does no more than it must."""

import datetime as dt
import io
import itertools
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest import mock

import pydantic
import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test
from PIL import Image

from sitegen import publish, source, state
from sitegen.build import Report, build
from sitegen.common import Item
from sitegen.config import SiteFile, configure
from sitegen.gather import layout
from sitegen.kinds import KINDS, decode
from sitegen.model import Settings
from sitegen.problems import Severity, formatted
from sitegen.schema import Fields
from sitegen.source import Document
from sitegen.state import Program
from tests import written
from tests.sites import PROGRAM, Project, project, tree

PACKAGE = Path(publish.__file__).parent
TEMPLATES = sorted(
    {
        name
        for file in (*PACKAGE.glob("pages/*.py"), *PACKAGE.glob("formats/*.py"))
        for name in re.findall(r'"([\w-]+\.html)"', file.read_text("utf-8"))
    }
)
"""The templates that pages ask for."""

THEME = """
-- themes/tiny/theme.yaml --
name: tiny
options:
  colour: black
-- themes/tiny/static/style.css --
main { color: black }
-- themes/tiny/templates/base.html --
{{ page.url }} {{ page.title }} {{ page.kind }} {{ page.number }}/{{ page.numbers }} of {{ page.total }} {{ page.parents }}
{{ about }}
{{ body }}
{% for card in cards %}{{ card }}
{% endfor %}
{% for name, section in sections.items() %}{{ name }}: {{ section }}
{% endfor %}
{% block site %}{{ site }}{% endblock %}
-- themes/tiny/templates/remark.html --
{% if page.number > 1 %}more{% endif %}
-- themes/child/theme.yaml --
name: child
extends: tiny
-- themes/child/templates/remark.html --
{{ site.options.colour }} {% include "tiny/remark.html" %}
"""
"""A theme that shows everything that a template is given, and one that extends it."""

LISTS = ("members.html", "events.html")
for name in TEMPLATES:
    remark = '{% block site %}{{ super() }}{% include "remark.html" %}{% endblock %}' if name in LISTS else ""
    text = '{% extends "base.html" %}' + remark
    THEME += f"-- themes/tiny/templates/{name} --\n" + ("{{ site }} {{ title }} {{ url }}" if name == "redirect.html" else text) + "\n"

PEOPLE = """
-- site.yaml --
name: Working Order
url: https://example.org/
timezone: Europe/Oslo
theme: tiny
directory: {page_size: 2}
-- members/ada.yaml --
name: Ada Okafor
skills: [Rust, C++]
email: ada@example.org
public: email
-- members/bo.md --
---
name: Bo Ek
skills: rust
---
Builds compilers.
-- members/cy.yaml --
name: Cy Ek
joined: 2026-11-20
-- members/dee.yaml --
name: Dee Ek
"""

SITES = {
    "a page of members is full": PEOPLE + """
-- events/tea.yaml --
title: Tea
start: 2026-11-25
""",
    "events begin and end": PEOPLE + """
-- members/eve.yaml --
name: Zoë Ek
-- events/agm.md --
---
title: Annual meeting
start: 2026-11-23 11:00
end: "12:30"
speakers: [ada, Bo Ek]
aliases: [past]
---
All are welcome.
-- events/tea.yaml --
title: Tea
start: 2026-11-24 09:30
publish_date: 2026-11-22
expires: 2026-11-25
organizers: cy
-- events/hack.yaml --
title: Hack night
start: 2025-05-04
speakers: [dee]
""",
    "not everybody is shown": PEOPLE + """
-- members/eve.yaml --
name: Zoë Ek
listed: no
email: bo@example.org
-- members/flo.yaml --
name: Flo Ek
listed: name-only
-- events/agm.md --
---
title: Annual meeting
start: 2026-12-01
speakers: [flo, eve, Zoë Ek, bo]
---
With Zoë Ek.
-- events/draft.yaml --
title: Draft
start: 2026-12-01
draft: yes
-- events/tea.yaml --
title: Tea
start: 2026-12-02
publish_date: 2026-11-24 09:30
""",
    "there are pictures and files": PEOPLE + """
-- events/agm/index.md --
---
title: Annual meeting
start: 2026-11-25
image: group.png
---
![The group](group.png)
-- files/statutes.txt --
One member, one vote.
-- files/more/minutes.txt --
All agreed.
""",
}  # fmt: skip


def picture(colour: str) -> bytes:
    """A picture file."""
    data = io.BytesIO()
    Image.new("RGB", (2, 2), colour).save(data, "PNG")
    return data.getvalue()


def as_file(path: str, values: Mapping[str, Any], body: str) -> bytes:
    """The text of an entry's file: a field to a line."""
    lines = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items())
    return (f"---\n{lines}---\n{body}" if path.endswith(".md") else lines).encode()


def moment(text: str) -> int:
    """A time in UTC as seconds since 1970."""
    return int(dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC).timestamp())


START = moment("2026-11-23T11:00")
MOMENTS = (*range(moment("2026-11-19"), moment("2026-12-04"), 6 * 3600), moment("2027-01-02"))
COLOURS = ("red", "green", "blue")
ITEM_FILES = tuple(f"content/{kind}/{name}" for kind in KINDS for name in written.PICTURES)
FILES = tuple(f"content/files/{name}" for name in ("statutes.txt", "more", "more/minutes.txt", "members"))
STATES: Mapping[str, tuple[Any, ...]] = {
    "listed": ("yes", "name-only", "no", None),
    "draft": ("yes", "no", None),
    "status": ("in-memoriam", "guest", "alumni", "cancelled", None),
    "publish_date": (*written.DAYS, None),
    "expires": (*written.DAYS, None),
    "aliases": (["gone"], ["/gone/", "past"], ["/people/gone"], None),
    "speakers": (["ada", "Bo Ek"], ["eve", "Zoë Ek"], "cy, dee", None),
    "skills": ("Rust", "rust, C++", ["C++"], None),
    "name": written.NAMES,
}
"""Fields on which it depends what else shows an entry, and what to set them to."""

Data = st.DataObject
Edit = Callable[[Any, Data], None]


def edit(function: Edit) -> Edit:
    """A step that changes something, unless there are mistakes to be taken back first."""
    return precondition(lambda machine: machine.failures < 2)(rule(data=st.data())(function))


@dataclass(frozen=True)
class Entry:
    """An entry as it stands in a file."""

    item: Item
    values: Mapping[str, Any]
    body: str


class Editor(RuleBasedStateMachine):
    """Somebody who edits a site, and builds it after every step."""

    def __init__(self, folder: Path, text: str) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(dir=folder))
        self.project = project(self.root, "")
        self.text = text
        self.files: dict[str, bytes] = {}
        """What stands on the disk."""
        self.good: dict[str, bytes] = {}
        """What stood there when a build last succeeded."""
        self.published: dict[str, tuple[bytes, int]] = {}
        """Bytes and inode of every published file."""
        self.memory = b""
        self.now = START
        self.until: int | None = None
        self.program = PROGRAM
        self.drafts = False
        self.failures = 0
        """How many builds in a row have failed."""
        self.waiting = 0
        """How many steps are not followed by a build."""
        self.seen = 0
        """The newest ctime that a build may have seen."""
        self.racy = mock.patch.object(source, "RACY", 0)

    def teardown(self) -> None:
        """Forget the folder."""
        self.racy.stop()
        shutil.rmtree(self.root)

    # What editors do with files

    def put(self, path: str, data: bytes) -> None:
        """Write a file in place. Its time stamp tells that it did, as it would had the editor taken a second."""
        file = self.root / path
        for other in [each for each in self.files if each.startswith(path + "/") or path.startswith(each + "/")]:
            self.drop(other)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        self.settle(file)
        self.files[path] = data

    def settle(self, file: Path) -> None:
        """Wait until the clock of the file system has moved on since the last build."""
        while file.stat().st_ctime_ns <= self.seen:
            file.chmod(0o644)

    def drop(self, path: str) -> None:
        """Remove a file, and the folders that it leaves empty."""
        publish.remove(self.root, path)
        del self.files[path]

    def move(self, old: str, new: str) -> None:
        """Rename a file."""
        if new not in self.files:
            (self.root / new).parent.mkdir(parents=True, exist_ok=True)
            (self.root / old).rename(self.root / new)
            self.settle(self.root / new)
            self.files[new] = self.files.pop(old)

    def restore(self, files: Mapping[str, bytes]) -> None:
        """Make the folder what it was."""
        for path in [each for each in self.files if each not in files]:
            self.drop(path)
        for path, data in files.items():
            if self.files.get(path) != data:
                self.put(path, data)

    def items(self) -> list[Item]:
        """The files that hold entries."""
        paths = (path.removeprefix("content/") for path in self.files if path.startswith("content/"))
        return list(layout((path for path in paths if not path.startswith("_")), "site.yaml")[0])

    def entries(self, kinds: Iterable[str] = KINDS) -> list[Entry]:
        """The entries of files that can be read."""
        found = []
        for item in self.items():
            document, _ = source.load(item.path, self.files[f"content/{item.path}"])
            if document is None or item.kind not in kinds:
                continue
            if item.id:
                found.append(Entry(item, document.data, document.body))
            else:
                for ident, values in document.data.items():
                    found.append(Entry(replace(item, id=ident, within=ident), values, ""))
        return found

    def store(self, entry: Entry, **values: Any) -> None:
        """Write an entry with other values; None takes a field away."""
        path = f"content/{entry.item.path}"
        made: Mapping[str, Any] = {
            key: value for key, value in {**entry.values, **values}.items() if value is not None
        }
        if entry.item.within:
            document, _ = source.load(entry.item.path, self.files[path])
            made = {**(document.data if document else {}), entry.item.within: made}
        self.put(path, as_file(path, made, entry.body))
        note(f"{path}: {entry.item.within} {values}")

    # The steps

    @initialize(trusting=st.booleans())
    def begin(self, trusting: bool) -> None:  # noqa: FBT001 - drawn
        """The site as it is first built: by time stamps that are trusted at once, or that never are."""
        self.racy = mock.patch.object(source, "RACY", 0 if trusting else 10**18)
        self.racy.start()
        self.restore({path: text.encode() for path, text in files_of(THEME + self.text).items()})
