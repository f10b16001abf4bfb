"""The content folder as files, files as data, and the places in them."""

import os
import re
from pathlib import Path

import pytest

from sitegen import source
from sitegen.problems import MASK, At, Position, Problem, Severity
from sitegen.source import MAX_BYTES, MAX_DEPTH, Document, load, locate, quoted, scan

# --- The folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file of every sort in it, inside another one."""
    root = tmp_path / "content"
    for name in ("site.yaml", "members/b.yaml", "members/a.yaml", "members/a/c.md", "_theme/x.html", ".git/config"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x: y\n", "utf-8")
    (tmp_path / "outside.yaml").write_text("x: y\n", "utf-8")
    return root


def names(root: Path) -> list[str]:
    """The paths of the files that a scan finds."""
    return [file.path for file in scan(root)[0]]


def told(root: Path) -> list[str]:
    """What a scan finds wrong: file and message."""
    return [f"{problem.at.file}: {problem.message}" for problem in scan(root)[1]]


def test_scan_passes_over_names_with_a_mark(folder: Path) -> None:
    """Every file is found; what begins with _ or . is none of the content."""
    (folder / "members" / "_draft.yaml").write_text("x: y\n", "utf-8")
    (folder / "members" / ".a.yaml.swp").write_text("x: y\n", "utf-8")
    assert sorted(names(folder)) == ["members/a.yaml", "members/a/c.md", "members/b.yaml", "site.yaml"]
    assert told(folder) == []


def test_scan_notes_the_index_of_another_tool(folder: Path) -> None:
    """Hugo's _index.md is passed over, too, and its editor is told where its words belong."""
    (folder / "members" / "_index.md").write_text("x", "utf-8")
    (problem,) = scan(folder)[1]
    assert (problem.at.file, problem.severity) == ("members/_index.md", Severity.NOTE)
    assert "members/_index.md" not in names(folder)


def test_scan_finds_nothing_in_no_folder(tmp_path: Path) -> None:
    """A folder that is not there, or is a file, is empty."""
    (tmp_path / "file").write_text("x", "utf-8")
    assert scan(tmp_path / "none") == ((), ())
    assert scan(tmp_path / "file") == ((), ())


@pytest.mark.parametrize(
    ("target", "found", "message"),
    [
        ("b.yaml", True, ""),
        ("../../outside.yaml", False, "members/link.yaml: this link leads out of the site"),
        ("none.yaml", False, "members/link.yaml: this link leads nowhere"),
        ("link.yaml", False, "members/link.yaml: this link leads nowhere"),
        ("a", False, "members/link.yaml: links to folders are not followed"),
    ],
)
def test_scan_follows_links_to_files_inside(folder: Path, target: str, message: str, *, found: bool) -> None:
    """A link to a file of the folder counts as that file; any other is told and not followed."""
    (folder / "members" / "link.yaml").symlink_to(target)
    assert ("members/link.yaml" in names(folder)) is found
    assert told(folder) == ([message] if message else [])


def test_scan_of_a_linked_folder(folder: Path, tmp_path: Path) -> None:
    """The content folder itself may be a link."""
    (tmp_path / "linked").symlink_to(folder)
    assert names(tmp_path / "linked") == names(folder)


def test_scan_tells_what_is_no_file(folder: Path) -> None:
    """A folder with the name of a file, a pipe, and a name that cannot be printed are told; none is read."""
    (folder / "events.md").mkdir()
    (folder / "events.md" / "inside.md").write_text("x", "utf-8")
    os.mkfifo(folder / "members" / "pipe.yaml")
    (folder / "members" / "a\nb.yaml").write_text("x: y\n", "utf-8")
    (folder / os.fsdecode(b"\xff.yaml")).write_text("x: y\n", "utf-8")
    assert told(folder) == [
        "events.md: this is a folder where a file should be",
        "members/a\ufffdb.yaml: there is a character in this name that cannot be printed",
        "members/pipe.yaml: this is neither a file nor a folder",
        "\ufffd.yaml: there is a character in this name that cannot be printed",
    ]
    assert len(names(folder)) == 4


# --- Stamps


@pytest.fixture
def settled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file whose last edit counts as long ago."""
    monkeypatch.setattr(source, "RACY", 0)
    return folder / "members" / "b.yaml"


def test_a_file_that_nobody_touches_keeps_its_stamp(settled: Path) -> None:
    """Two looks at one file agree."""
    assert source.stamp(settled.stat()) == source.stamp(settled.stat())


def test_an_edit_that_hides_changes_the_stamp(settled: Path) -> None:
    """Size and time of the text can be as they were: the time of the change is not."""
    before = settled.stat()
    stamp = source.stamp(before)
    while settled.stat().st_ctime_ns == before.st_ctime_ns:
        settled.write_text("x: z\n", "utf-8")
        os.utime(settled, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert settled.stat().st_size == before.st_size
    assert settled.stat().st_mtime_ns == before.st_mtime_ns
    assert source.stamp(settled.stat()) != stamp


def test_another_file_in_its_place_changes_the_stamp(settled: Path) -> None:
    """A file that was written elsewhere and moved here is another one, whatever its times are."""
    stamp = source.stamp(settled.stat())
    other = settled.with_name("other")
    other.write_text("x: z\n", "utf-8")
    os.utime(other, ns=(settled.stat().st_atime_ns, settled.stat().st_mtime_ns))
    other.replace(settled)
    assert source.stamp(settled.stat()) != stamp


@pytest.mark.parametrize("ahead", [0, 3600 * 10**9])
def test_a_file_that_was_just_edited_has_a_stamp_like_no_other(folder: Path, ahead: int) -> None:
    """An edit in the same tick of the clock could not be told from this one, so the file is read again."""
    file = folder / "members" / "b.yaml"
    os.utime(file, ns=(0, file.stat().st_mtime_ns + ahead))
    assert source.stamp(file.stat()) != source.stamp(file.stat())


# --- A file as data


@pytest.mark.parametrize(
    ("path", "text", "document"),
    [
        ("a.yaml", "title: A\n", Document({"title": "A"})),
        ("a.yaml", "---\ntitle: A\n...\n", Document({"title": "A"})),
        ("a.yaml", "", Document({})),
        ("a.yaml", "# nothing yet\n", Document({})),
        ("a.md", "---\ntitle: A\n---\nText\n", Document({"title": "A"}, "Text\n", 4)),
        ("a.md", "---\ntitle: A\n...\n\nText\n", Document({"title": "A"}, "\nText\n", 4)),
        ("a.md", "--- \ntitle: A\n---\t\nText", Document({"title": "A"}, "Text", 4)),
        ("a.md", "---\n---\nText", Document({}, "Text", 3)),
        ("a.md", "---\ntitle: A\n---", Document({"title": "A"}, "", 4)),
        ("a.md", "---\ntitle: A\n---\nOne\n---\nTwo\n", Document({"title": "A"}, "One\n---\nTwo\n", 4)),
        ("a.md", "---\ntext: |\n  ---\nlang: en\n---\n", Document({"text": "---\n", "lang": "en"}, "", 6)),
    ],
)
def test_load(path: str, text: str, document: Document) -> None:
    """A .yaml file is a mapping; an .md file has one between lines of --- or ..., and what follows is its body."""
    assert load(path, text.encode()) == (document, ())


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("NO", "NO"),
        ("12:30", "12:30"),
        ("012345", "012345"),
        ("+4930123", "+4930123"),
        ("0x174", "0x174"),
        ("1e3", "1e3"),
        ("null", "null"),
        ("~", "~"),
        ("2026-11-07", "2026-11-07"),
        ("!!int 7", "7"),
        ("'it''s'", "it's"),
        ('"\\u00e9\\t"', "é\t"),
        ("", ""),
        ("[NO, 1.50]", ["NO", "1.50"]),
        ("{off: 012}", {"off": "012"}),
        ("&a [x, y]\nb: *a", ["x", "y"]),
    ],
)
def test_every_scalar_is_text(written: str, text: object) -> None:
    """YAML makes nothing of a value but the text that the editor typed."""
    document, problems = load("a.yaml", f"a: {written}\n".encode())
    assert problems == ()
    assert document
    assert document.data["a"] == text


def test_a_merge_key_is_no_dialect_of_ours() -> None:
    """<< is a key like any other, which no kind has."""
    document, _ = load("a.yaml", b"a: &a {b: c}\nd:\n  <<: *a\n")
    assert document
    assert document.data["d"] == {"<<": {"b": "c"}}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_marks(end: str, mark: str) -> None:
    """A file from any system is the same text."""
    text = mark + "---\ntitle: A\nlist: [a,\n  b]\n---\nOne\n\nTwo\n".replace("\n", end)
    assert load("a.md", text.encode()) == (Document({"title": "A", "list": ["a", "b"]}, "One\n\nTwo\n", 6), ())


@pytest.mark.parametrize(
    ("path", "data", "line", "column", "message"),
    [
        ("a.yaml", b"name: Zo\xeb\n", 1, 9, "the file is not UTF-8 text"),
        ("a.yaml", "name: Zoë\n".encode("utf-16"), 1, 1, "the file is not UTF-8 text"),
        ("a.yaml", b"a: b\nc: \xc3\xab\0\n", 2, 5, "there is a NUL character in the text"),
        ("a.yaml", b"a: b\nc: \x07\n", 2, 4, "there is a character that YAML does not allow"),
        ("a.md", b"Text\n", 1, 1, "the front matter is missing"),
        ("a.md", b"", 1, 1, "the front matter is missing"),
        ("a.md", b"---\ntitle: A\n", 1, 1, "the front matter is never closed"),
        ("a.yaml", b"- a\n- b\n", 1, 1, "fields belong here, one to a line: key: value"),
        ("a.yaml", b"text\n", 1, 1, "fields belong here, one to a line: key: value"),
        ("a.yaml", b"a: 1\nb: 2\na: 3\n", 3, 1, "this key stands here a second time"),
        ("a.md", b"---\nv:\n  city: A\n  city: B\n---\n", 4, 3, "this key stands here a second time"),
        ("a.yaml", b"a: 1\n---\nb: 2\n", 2, 1, "a second line of --- stands here: one file holds one entry"),
        ("a.yaml", b"a: &x [*x]\n", 1, 4, "this is repeated within itself"),
        ("a.yaml", b"a: *x\n", 1, 4, "text that begins with * needs quotes"),
        ("a.yaml", b"[a]: b\n", 1, 1, "a key is a word, not a list or mapping"),
    ],
)
def test_a_file_is_wholly_read_or_not_at_all(path: str, data: bytes, line: int, column: int, message: str) -> None:
    """What keeps a file from being read is told at its place, and nothing of the file is used."""
    document, (problem,) = load(path, data)
    assert document is None
    assert (problem.message, problem.severity) == (message, Severity.ERROR)
    assert locate(problem, data).position == Position(line, column)


def test_a_file_has_a_largest_size() -> None:
    """A file of two megabytes is read, one of a byte more is not."""
    data = b"a: b\n# " + b"x" * MAX_BYTES
    assert load("a.yaml", data[:MAX_BYTES])[0]
    assert "larger than 2 MB" in load("a.yaml", data[: MAX_BYTES + 1])[1][0].message


def nested(form: str, depth: int) -> bytes:
    """A file whose values are so many levels deep."""
    if form == "indented":
        return "".join(f"{' ' * level}a:\n" for level in range(depth)).encode()
    begin, end = {"lists": ("[", "]"), "dashes": ("\n- ", ""), "keys": ("{? ", "}")}[form]
    return f"a: {begin}{begin.lstrip() * (depth - 2)}b{end * (depth - 1)}\n".encode()


@pytest.mark.parametrize(
    ("form", "deepest"), [("indented", 1_900), ("lists", 900_000), ("dashes", 900_000), ("keys", 400_000)]
)
def test_nesting_has_a_limit(form: str, deepest: int) -> None:
    """A hundred levels are read, one more is an error, and as many as a file can hold do not end the program."""
    message = f"lists and mappings are nested more than {MAX_DEPTH} deep"
    for depth, told in ((MAX_DEPTH, False), (MAX_DEPTH + 1, True), (deepest, True)):
        assert (message in [problem.message for problem in load("a.yaml", nested(form, depth))[1]]) is told


def test_aliases_have_a_limit() -> None:
    """A short file whose aliases make a billion values is told, and not written out."""
    rows = "".join(f"l{level}: &l{level} [{', '.join([f'*l{level - 1}'] * 10)}]\n" for level in range(1, 10))
    document, (problem,) = load("a.yaml", f"l0: &l0 x\n{rows}".encode())
    assert document is None
    assert "aliases" in problem.message


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("title: Book club: Dune", 'write: title: "Book club: Dune"'),
        ("title: [Virtual] AGM", 'write: title: "[Virtual] AGM"'),
        ("name: @ada", 'write: name: "@ada"'),
        ("summary: 50% off: now", 'write: summary: "50% off: now"'),
        ('headline: "Dune": a novel', 'write: headline: "\\"Dune\\": a novel"'),
        ("title: 'Tis the season: carols", 'write: title: "Tis the season: carols"'),
    ],
)
def test_the_line_as_it_should_be(text: str, hint: str) -> None:
    """A title that cannot be typed without quotes is shown with them."""
    document, (problem,) = load("a.yaml", f"start: 2026-11-07\n{text}\n".encode())
    assert document is None
    assert problem.hint == hint
    assert problem.at.position
    assert problem.at.position.line == 2


@pytest.mark.parametrize("private", ["draft: yes", "listed: no", "public: email", "publish_date: 2027-01-01"])
def test_nothing_is_shown_of_a_broken_file_that_may_be_private(private: str) -> None:
    """Where a file says that it is not for everybody, a mistake in it is told without a word of it."""
    text = f"{private}\ntitle: Plans: secret\n".encode()
    _, (problem,) = load("a.yaml", text)
    found = locate(problem, text)
    assert "secret" not in found.message + found.hint + found.excerpt
    assert found.position.line == 2


@pytest.mark.parametrize(
    ("text", "column", "hint"),
    [
        ("title: Meetup #14", 15, 'write: title: "Meetup #14"'),
        ("name: Ada  #1", 12, 'write: name: "Ada  #1"'),
        ("title: Meetup # the fourteenth", 0, ""),
        ('title: "Meetup #14"', 0, ""),
        ("title: Meetup#14", 0, ""),
        ("start: 2026-11-07 #1", 0, ""),
    ],
)
def test_text_that_yaml_cuts_short(text: str, column: int, hint: str) -> None:
    """Meetup #14 is Meetup to YAML: a warning shows the line as it should be. A comment is a comment."""
    document, problems = load("a.md", f"---\nlang: en\n{text}\n---\n".encode())
    assert document
    assert [(each.severity, each.at.position, each.hint) for each in problems] == (
        [(Severity.WARNING, Position(3, column), hint)] if hint else []
    )


@pytest.mark.parametrize("text", ["Book club: Dune", 'a "quoted" word', "back\\slash", "'single'", "# 14", "", "[x"])
def test_quoted(text: str) -> None:
    """Text in quotes is read as just this text."""
    document, _ = load("a.yaml", f"title: {quoted(text)}\n".encode())
    assert document
    assert document.data["title"] == text.strip("'")


# --- The places in a file

FLAT = """\
# a comment
title: Annual meeting
start: 2026-11-07
tags: [clocks, öl, 'the third']
venue: {name: Old Hall, city: Ærø,
  country: NO}
speakers:
  - ada-okafor
  - person: bo-ek
    role: chair
  - {person: cy-ek, role: none}
empty:
organiser: dee
summary: >
  A text
  of lines.
"""


@pytest.mark.parametrize(
    ("path", "key", "line", "column", "excerpt"),
    [
        (("title",), False, 2, 8, "title: Annual meeting"),
        (("title",), True, 2, 1, "title: Annual meeting"),
        (("tags",), False, 4, 7, f"tags: {MASK}"),
        (("tags", 1), False, 4, 16, "- öl"),
        (("tags", 2), False, 4, 20, "- 'the third'"),
        (("venue",), False, 5, 8, f"venue: {MASK}"),
        (("venue", "city"), False, 5, 31, "city: Ærø"),
        (("venue", "country"), False, 6, 12, "country: NO"),
        (("venue", "country"), True, 6, 3, "country: NO"),
        (("speakers",), False, 8, 3, f"speakers: {MASK}"),
        (("speakers", 0), False, 8, 5, "- ada-okafor"),
        (("speakers", 1, "role"), False, 10, 11, "role: chair"),
        (("speakers", 2, "role"), False, 11, 27, "role: none"),
        (("empty",), False, 12, 1, "empty: "),
        (("summary",), False, 14, 10, "summary: >"),
        (("summary", 1), False, 16, 1, "summary: >"),
        (("speakers", 7), False, 8, 3, f"speakers: {MASK}"),
        (("venue", "none"), False, 5, 8, f"venue: {MASK}"),
        (("title", 0), False, 2, 8, "title: Annual meeting"),
        (("title", 0, "person"), False, 2, 8, "title: Annual meeting"),
        (("name",), False, 2, 8, "title: Annual meeting"),
        (("organizers", 0), False, 13, 12, "organiser: dee"),
    ],
)
def test_locate(path: tuple[str | int, ...], line: int, column: int, excerpt: str, *, key: bool) -> None:
    """Keys lead to their value or to the nearest that is there, by any spelling; the excerpt is that value alone."""
    found = locate(Problem(At("a.yaml", path, key=key), "m"), FLAT.encode())
    assert (found.position, found.excerpt) == (Position(line, column), excerpt)


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        (("title",), 2, 8),
        (("venue", "city"), 4, 9),
        (("bio", 1), 7, 1),
        (("none",), 2, 1),
        ((), 1, 1),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_locate_in_front_matter(path: tuple[str, ...], line: int, column: int, end: str) -> None:
    """Lines are those of the file, whose first is the --- above the fields; so are those of a text, wherever it is."""
    text = "\ufeff---\ntitle: A\nvenue:\n  city: B\n---\nOne\nTwo\n".replace("\n", end)
    assert locate(Problem(At("a.md", path), "m"), text.encode()).position == Position(line, column)


def test_locate_masks_what_is_private() -> None:
    """Of a private value an excerpt shows the key alone, and nothing of what is on the same line."""
    data = b"listed: no\nemail: ada@example.org\nconsent: {note: by post, date: 2026-13-01}\n"
    for path in (("email",), ("consent", "date")):
        found = locate(Problem(At("a.yaml", path), "m", private=True), data)
        assert found.excerpt == f"{path[-1]}: {MASK}"


def test_locate_shows_the_line_as_it_should_be() -> None:
    """Where quotes would mend what YAML took for a list, the hint is the whole line with them."""
    data = b"start: 2026-11-07\ntitle: [Virtual]\n"
    found = locate(Problem(At("a.yaml", ("title",)), "text belongs here", "quotes", requote=True), data)
    assert found.hint == 'write: title: "[Virtual]"'


def test_locate_cuts_long_excerpts() -> None:
    """A line of any length is shown by its beginning."""
    found = locate(Problem(At("a.yaml", ("title",)), "m"), b"title: " + b"x" * 10_000)
    assert re.fullmatch(r"title: x+…", found.excerpt)
    assert len(found.excerpt) <= source.MAX_EXCERPT


@pytest.mark.parametrize("data", [None, b"", b"\xff", b"title: [", b"text"])
def test_locate_in_a_file_that_is_not_what_it_was(data: bytes | None) -> None:
    """A problem of a file that is gone, or that was broken since, is told at its beginning."""
    assert locate(Problem(At("a.yaml", ("title",)), "m"), data).position == Position(1)
