"""Wrong content: what an editor is told, where and how to mend it; and that nothing of it is published.

A file in ``tests/invalid/`` is a site in one string (`tests.sites`), and below ``-- expected --`` the messages that it
must yield: none where it is read as it is meant. What no text file can hold is here.
"""

import datetime as dt
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.cli import main
from sitegen.kinds import kinds
from tests.planting import leaves
from tests.sites import OFFICE as SITE
from tests.sites import Project, project, tree

CASES = sorted((Path(__file__).parent / "invalid").glob("*.txt"))
Make = Callable[[str], Project]


def read(case: Path) -> tuple[str, str]:
    """The site of a case and the messages that it must yield."""
    site, mark, expected = case.read_text("utf-8").partition("-- expected --\n")
    assert mark, "a case has its messages below -- expected --"
    return site if "-- site.yaml --" in site else SITE + site, expected.rstrip("\n")


def messages(made: Project) -> str:
    """The messages of a check; a file of somebody unlisted has another name in every state."""
    return re.sub(r"unlisted-[0-9a-f]{8}", "unlisted-…", made.messages())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_messages(make: Make, case: Path) -> None:
    """What is told is just what the case says: place, excerpt and cure of every mistake, all in one run."""
    site, expected = read(case)
    assert messages(make(site)) == expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_an_error_publishes_nothing(make: Make, case: Path) -> None:
    """Errors, and with --strict warnings, leave output and memory as they were to the byte; notes keep nothing back."""
    site, expected = read(case)
    made = make(SITE)
    assert not made.build().failed
    before = tree(made.root / "output"), tree(made.root / ".sitegen")
    made.write(site)
    failed = ": error: " in expected
    suspicious = failed or ": warning: " in expected
    assert made.build(strict=True).failed == suspicious
    assert made.build().failed == failed
    assert ((tree(made.root / "output"), tree(made.root / ".sitegen")) == before) == failed


MEMBER = "members/ada-okafor.yaml"
EVENT = "events/agm.yaml"
DIGITS = b"9" * 5_000
HEAD = b"title: Annual meeting\nstart: 2026-12-01 18:00\n"


@pytest.mark.parametrize(
    ("path", "data", "told"),
    [
        (MEMBER, b"name: Ada\0Okafor\n", [(1, 10, "there is a NUL character in the text")]),
        ("events/agm.md", b"---\n" + HEAD + b"---\n\nAll \0.\n", [(6, 5, "there is a NUL character in the text")]),
        (MEMBER, "name: Ada\nrole: Hôte\n".encode("latin-1"), [(2, 8, "the file is not UTF-8 text")]),
        (MEMBER, "name: Ada\n".encode("utf-16"), [(1, 1, "the file is not UTF-8 text")]),
        (MEMBER, b"name: Ada\nrole: \x1b[31mRinger\n", [(2, 7, "there is a character that YAML does not allow")]),
        (MEMBER, b'name: "Ada\\0"\n', [(1, 7, "there is a character in this text that cannot be printed")]),
        (MEMBER, "name: 🔔🔔\nrole: 🔔: x\n".encode(), [(2, 8, "this text needs quotes around it")]),
        (MEMBER, "name: 🔔\nlocation: {city: 🔔, latitude: x}\n".encode(), [(2, 31, "this is not a number")]),
        (MEMBER, b"\xef\xbb\xbfname: Ada\nshoe: 38\n", [(2, 1, "there is no field shoe")]),
        (MEMBER, b"name: Ada\r\nshoe: 38\r\n", [(2, 1, "there is no field shoe")]),
        (MEMBER, b"name: Ada\rshoe: 38\r", [(2, 1, "there is no field shoe")]),
        (MEMBER, b"x" * 2_000_001, [(1, 1, "the file is larger than 2 MB")]),
        (MEMBER, b"name: Ada\nextra: " + b"[" * 101 + b"]" * 101, [(2, 107, "nested more than 100 deep")]),
        (MEMBER, b"name: Ada\nextra: " + b"[" * 50_000, [(2, 107, "nested more than 100 deep")]),
        (MEMBER, b"name: Ada\nextra: " + b"{a: " * 50_000, [(2, 404, "nested more than 100 deep")]),
        (MEMBER, b"name: Ada\nextra:\n  " + b"- " * 50_000, [(3, 201, "nested more than 100 deep")]),
        (MEMBER, b"? " * 50_000, [(1, 201, "nested more than 100 deep")]),
        (MEMBER, b"".join(b" " * depth + b"a:\n" for depth in range(1_000)), [(101, 101, "more than 100 deep")]),
        (MEMBER, b"name: " + DIGITS, [(1, 7, "this is longer than 1,000 characters")]),
        (MEMBER, b"name: Ada\nslug: " + b"a" * 201, [(2, 7, "this is too long for a part of an address")]),
        (MEMBER, b"name: Ada\nskills: " + b"a" * 201, [(2, 9, "this is too long for a topic")]),
        (MEMBER, b"name: Ada\naliases: /" + b"a" * 201, [(2, 10, "this is too long for a part of an address")]),
        (MEMBER, b"name: Ada\nmentoring: {capacity: " + DIGITS + b"}", [(2, 23, "this is not a whole number")]),
        (MEMBER, b"name: Ada\nphone: " + DIGITS, [(2, 8, "this is not a telephone number")]),
        (EVENT, HEAD + b"venue: {latitude: " + DIGITS + b"}", [(3, 19, "this is not a number between -90 and 90")]),
        (EVENT, HEAD + b"duration: " + DIGITS, [(3, 11, "this is not a duration")]),
        (EVENT, HEAD + b"duration: P" + DIGITS + b"D", [(3, 11, "this is not a duration")]),
        (EVENT, HEAD + b"end: " + DIGITS, [(3, 6, "this is not a date")]),
        (EVENT, b"title: Annual meeting\nstart: " + DIGITS, [(2, 8, "this is not a date")]),
    ],
)
def test_bytes(make: Make, path: str, data: bytes, told: list[tuple[int, int, str]]) -> None:
    """What no editor means to write is told in a word, at the character where it stands."""
    made = make(SITE)
    made.put(path, data)
    lines = [line for line in made.messages().splitlines() if not line.startswith("    ")]
    assert len(lines) == len(told)
    for line, (row, column, words) in zip(lines, told, strict=True):
        assert line.startswith(f"{path}:{row}:{column}: error: ")
        assert words in line


def test_a_byte_order_mark_is_no_part_of_the_text(make: Make) -> None:
    """What some editors put at the beginning of a file does no harm."""
    made = make(SITE)
    made.put(MEMBER, b"\xef\xbb\xbfname: Ada Okafor\n")
    made.put("events/agm.md", b"\xef\xbb\xbf---\r\n" + HEAD.replace(b"\n", b"\r\n") + b"---\r\nAll are welcome.\r\n")
    assert made.messages() == ""


def place(made: Project, path: str) -> Path:
    """A place in the content folder, with its folder."""
    found = made.options.content / path
    found.parent.mkdir(parents=True, exist_ok=True)
    return found


def link(target: str) -> Callable[[Path], None]:
    """Makes a symbolic link to ``target``."""
    return lambda path: path.symlink_to(target)


@pytest.mark.parametrize(
    ("path", "put", "told"),
    [
        (MEMBER, link("/etc/passwd"), "this link leads out of the site"),
        (MEMBER, link("../../secret.yaml"), "this link leads out of the site"),
        ("members/all", link("../../.."), "this link leads out of the site"),
        (MEMBER, link("ada-okafor.yaml"), "this link leads nowhere"),
        (MEMBER, link("nobody.yaml"), "this link leads nowhere"),
        ("members/all", link("."), "links to folders are not followed"),
        (MEMBER, Path.mkdir, "this is a folder where a file should be"),
        (MEMBER, os.mkfifo, "this is neither a file nor a folder"),
    ],
)
def test_files_that_are_none(make: Make, path: str, put: Callable[[Path], None], told: str) -> None:
    """A link that leads out of the site, in a circle or nowhere, a folder or a pipe for a file: an error."""
    made = make(SITE)
    (made.root / "secret.yaml").write_text("name: Secret\n", "utf-8")
    put(place(made, path))
    assert made.messages().startswith(f"{path}:1:1: error: {told}\n")
    assert made.build().failed


def test_a_link_to_a_file_of_the_site_is_that_file(make: Make) -> None:
    """Two names for one file are two entries."""
    made = make(SITE + "-- members/ada-okafor.yaml --\nname: Ada Okafor\n")
    place(made, "members/ada.yaml").symlink_to("ada-okafor.yaml")
    assert made.messages() == ""
    assert made.build().counts["members"] == 2


@pytest.mark.parametrize("name", [b"ada\xff.yaml", b"ada\n.yaml", b"ada\x1b[2J.yaml"])
def test_a_name_that_cannot_be_printed(make: Make, name: bytes) -> None:
    """A file's name is printed, so it must be text; what is printed of it does nothing to a terminal."""
    made = make(SITE)
    folder = place(made, "members/x").parent
    Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text("name: Ada Okafor\n", "utf-8")
    told = made.messages()
    assert re.match(
        r"members/ada�\S*\.yaml:1:1: error: there is a character in this name that cannot be printed\n", told
    )
    assert told.replace("\n", "").isprintable()


def test_a_name_with_blanks(make: Make) -> None:
    """A file whose name is not shaped like an id is published; that nothing can refer to it is said with a cure."""
    made = make(SITE)
    made.put("members/Ada Okafor.yaml", b"name: Ada Okafor\n")
    place_and_message, cure = made.messages().splitlines()
    assert place_and_message.startswith("members/Ada Okafor.yaml:1:1: warning: an id has ")
    assert cure == "    = rename it: ada-okafor.yaml"
    made.build()
    assert "members/ada-okafor/index.html" in made.output()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"name: a\n" + b"".join(b"k%d: y\n" % number for number in range(5_000)), "there is no field k0"),
        (b"name: a\n" + b"k: y\n" * 5_000, "this key stands here a second time"),
        (b"name: a\nlinks:\n" + b"".join(b"  k%d: y\n" % number for number in range(5_000)), "this is no address"),
        (b"name: a\naliases: [" + b"/x y/, " * 5_000 + b"]\n", "this is not a path on this site"),
    ],
)
def test_of_very_many_mistakes_some_are_told(make: Make, text: bytes, told: str) -> None:
    """A file full of mistakes is something else than an entry: a hundred of them are told, and soon."""
    made = make(SITE)
    made.put(MEMBER, text)
    found = made.messages()
    assert told in found
    assert sum(line.startswith(MEMBER) for line in found.splitlines()) == 100


def test_there_is_no_site(make: Make) -> None:
    """Without site.yaml one line says so: what else stands in the folder cannot be judged."""
    made = make("-- members/ada-okafor.yaml --\nnmae: Ada\n")
    assert [line for line in made.messages().splitlines() if not line.startswith("    ")] == [
        "site.yaml:1:1: error: there is no site.yaml"
    ]


def test_site_as_a_folder(make: Make) -> None:
    """A folder that is called site.yaml is told besides."""
    made = make("-- site.yaml/x.txt --\n")
    assert "site.yaml:1:1: error: this is a folder where a file should be" in made.messages()


WRONG = [case for case in CASES if ": error: " in read(case)[1]]


@pytest.mark.parametrize("command", ["build", "check"])
@pytest.mark.parametrize("case", WRONG, ids=lambda case: case.stem)
def test_the_command_line_exits_with_1(make: Make, case: Path, command: str) -> None:
    """Errors go to standard error, one after the other with what is to be done; the exit code is 1."""
    site, expected = read(case)
    made = make(site)
    arguments = [command, str(made.root), "--as-of", "2026-11-23T12:00+01:00"]
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.count(": error: ") == expected.count(": error: ")
    assert result.stderr.endswith("nothing was published.\n")
    assert not (made.root / "output").exists()


@pytest.mark.parametrize("data", [b"[" * 50_000, b"\xff\xfe", b"name: \0", b"a: &a [*a]"])
def test_a_process_ends_without_a_traceback(make: Make, data: bytes) -> None:
    """What could end the interpreter itself (a C parser's recursion) ends in a message and exit code 1."""
    made = make(SITE)
    made.put(MEMBER, data)
    done = subprocess.run(
        [sys.executable, "-m", "sitegen", "build", made.root], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "ada-okafor.yaml:" in done.stderr
    assert "Traceback" not in done.stderr


# --- Whatever is written, it is read or refused in a moment.

KEYS = sorted({key for kind in kinds() for leaf in leaves(kind) for key in leaf.path} | {"shoe_size", "<<", "=", "~"})
SIGNS = (
    ": ", ":", "- ", "-", "? ", "[", "]", "{", "}", ",", "'", '"', "#", " #", "&a ", "*a", "!", "!!", "|", ">", "%",
    "`", "\\", "\n", "\n\n", "\n  ", "\n    ", "\t", "---", "\n---\n", "...", "\u2028", "\x85", "\ufeff", "\x07", "é",
    "@", "🔔", "﷽",
)  # fmt: skip
WORDS = (
    "yes", "no", "name-only", "online", "en", "ada-okafor", "~", "null", "#14", "59.91", "-1e309", "0x10", "9999999999",
    "2026-12-01", "2026-12-01 18:00", "2026-10-25 02:30", "2026", "18:00", "90 min", "P9999999D", "Europe/Oslo",
    "weekly", "month", "2 weeks", "Tuesday", "second Thursday", "last day", "15", "29 February", "cancelled", "free",
    "FREQ=WEEKLY", "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1", "FREQ=YEARLY;COUNT=99999", "FREQ=MONTHLY;BYDAY=-1FR",
    "https://example.org/", "ada@example.org", "+47 22 00 00 00", "/members/ada/", "../../x", "Book club: Dune",
    "[Virtual] AGM",
)  # fmt: skip

a_scalar = st.sampled_from(WORDS) | st.text(max_size=8)
a_value = st.recursive(
    a_scalar,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | a_scalar, inner, max_size=3),
    max_leaves=6,
)


def keys_of(kind: str) -> dict[str, Any]:
    """The keys of a kind, each with the keys that may stand below it."""
    tree: dict[str, Any] = {}
    for leaf in leaves(kind):
        below = tree
        for key in leaf.path:
            below = below.setdefault(key, {})
    return tree


def roughly(keys: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A mapping with some of these keys, and values of any form."""
    some = st.lists(st.sampled_from(sorted(keys)), unique=True, max_size=5)
    return some.flatmap(lambda names: st.fixed_dictionaries({name: rough(name, keys[name]) for name in names}))


def rough(key: str, below: dict[str, Any]) -> st.SearchStrategy[Any]:
    """A value of any form; where keys may stand below it mostly these."""
    if key == "changes":
        return st.dictionaries(st.sampled_from(DAYS), st.deferred(lambda: a_change), max_size=3)
    if not below:
        return a_value
    return roughly(below) | st.lists(roughly(below) | a_scalar, max_size=3) | a_scalar


DAYS = ("2026-12-01", "2026-12-08", "2026-12-15 18:00", "2027-01")
EVENT_KEYS = keys_of("events")
a_change = a_scalar | roughly({key: below for key, below in EVENT_KEYS.items() if key != "repeats"})
an_event = roughly(EVENT_KEYS).map(
    lambda fields: json.dumps({"title": "Annual meeting", "start": "2026-12-01 18:00"} | fields)
)
a_member = roughly(keys_of("members")).map(lambda fields: json.dumps({"name": "Ada Okafor"} | fields))
some_fields = st.dictionaries(st.sampled_from(KEYS), a_value, max_size=8).map(json.dumps)
"""Known fields with values of any form: JSON is YAML."""
some_text = st.lists(
    st.sampled_from(SIGNS) | st.sampled_from(WORDS) | st.sampled_from([f"\n{key}: " for key in KEYS]), max_size=40
).map("".join)
"""What looks like YAML at first sight."""
anything = st.binary(max_size=200) | some_text.map(str.encode) | some_fields.map(str.encode)
in_a_moment = settings(deadline=dt.timedelta(seconds=10), max_examples=150)


@in_a_moment
@given(anything, anything)
def test_anything_is_read_or_refused(member: bytes, event: bytes) -> None:
    """Whatever bytes stand in the files of a member and of an event: there are messages or a site, no exception."""
    with tempfile.TemporaryDirectory() as folder:
        made = project(Path(folder), SITE)
        made.put("members/ada-okafor.yaml", member)
        made.put("events/agm.md", event)
        assert isinstance(made.messages(), str)


@in_a_moment
@given(some_fields | a_member, some_fields | an_event, st.text(max_size=60) | some_text)
def test_any_fields_are_built_or_refused(member: str, event: str, body: str) -> None:
    """Whatever fields there are, with whatever values: a build publishes them or says what is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        made = project(Path(folder), SITE)
        made.put("members/ada-okafor.yaml", b"name: Ada Okafor\n" if member == "{}" else member.encode())
        made.put("events/agm.md", f"---\n{event}\n---\n{body}".encode("utf-8", "replace"))
        report = made.build()
        assert report.failed == (not made.options.output.exists())


LEAST = {
    "groups": {"title": "Tower clocks"},
    "organizations": {"name": "Slow Clocks"},
    "opportunities": {"title": "Clockmaker", "type": "job"},
    "resources": {"title": "Which oil"},
    "news": {"title": "We have moved", "date": "2026-11-01"},
    "pages": {"title": "About"},
}
"""What an entry of each other kind needs."""
an_entry = st.sampled_from(sorted(LEAST)).flatmap(
    lambda kind: st.tuples(
        st.just(kind), some_fields | roughly(keys_of(kind)).map(lambda fields: json.dumps(LEAST[kind] | fields))
    )
)
some_words = some_fields | roughly(
    {key: {} for key in ("title", "name", "slug", "summary", "role", "bio", "description", "headline", "image_alt")}
).map(json.dumps)


@in_a_moment
@given(an_entry, some_words, st.text(max_size=60) | some_text)
def test_any_entry_and_its_translation(entry: tuple[str, str], words: str, body: str) -> None:
    """So it is for every kind, and for whatever stands in the file of another language."""
    kind, fields = entry
    with tempfile.TemporaryDirectory() as folder:
        made = project(Path(folder), f"{SITE}languages: [en, es]\n")
        made.put(f"{kind}/one.md", f"---\n{fields}\n---\n{body}".encode("utf-8", "replace"))
        made.put(f"{kind}/one.es.yaml", words.encode())
        report = made.build()
        assert report.failed == (not made.options.output.exists())
