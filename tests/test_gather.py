"""The content folder as items: what each path means, and what is read."""

from pathlib import Path

import pytest

from sitegen.common import Item
from sitegen.gather import digests, layout
from sitegen.problems import Severity
from sitegen.source import File, Stamp, digest


def item(path: str, kind: str, ident: str, *pictures: str, folder: bool = False) -> Item:
    """An item with the pictures of its folder."""
    return Item(kind, ident, path, frozenset(pictures), folder=folder)


@pytest.mark.parametrize(
    ("paths", "items"),
    [
        (["members/ada.yaml"], [item("members/ada.yaml", "members", "ada")]),
        (["members/ada.yml"], [item("members/ada.yml", "members", "ada")]),
        (["members/ada.md"], [item("members/ada.md", "members", "ada")]),
        (["members/a/b/ada.yaml"], [item("members/a/b/ada.yaml", "members", "ada")]),
        (["events/agm/index.md"], [item("events/agm/index.md", "events", "agm", folder=True)]),
        (["events/2026/agm/index.yaml"], [item("events/2026/agm/index.yaml", "events", "agm", folder=True)]),
        (["events/index.md"], [item("events/index.md", "events", "index")]),
        (["events/agm.es.md"], [item("events/agm.es.md", "events", "agm.es")]),
        (["members.yaml"], [item("members.yaml", "members", "")]),
        (
            ["members/a/ada.yaml", "members/a/ada.JPG", "members/a/x.webp", "members/bo.png", "members/bo.yaml"],
            [
                item("members/a/ada.yaml", "members", "ada", "ada.JPG", "x.webp"),
                item("members/bo.yaml", "members", "bo", "bo.png"),
            ],
        ),
        (["site.yaml", "site.test.yaml", "files/ada.yaml", "files/more/a.exe"], []),
    ],
)
def test_layout(paths: list[str], items: list[Item]) -> None:
    """The first folder is the kind, the last name the id; folders between them are only for order."""
    assert layout(paths, "site.yaml") == (tuple(items), ())


@pytest.mark.parametrize(
    ("path", "place", "severity", "hint"),
    [
        ("members/ada.txt", "members/ada.txt", Severity.WARNING, "files/"),
        ("members/ada", "members/ada", Severity.WARNING, "files/"),
        ("member/ada.yaml", "member", Severity.WARNING, "did you mean members?"),
        ("xyz/ada.yaml", "xyz", Severity.WARNING, "the folders are members, events, files"),
        ("news/a.md", "news", Severity.WARNING, "later version"),
        ("sit.yaml", "sit.yaml", Severity.WARNING, "did you mean site?"),
        ("notes.txt", "notes.txt", Severity.WARNING, "files/"),
        ("files", "files", Severity.WARNING, "files/"),
    ],
)
def test_what_is_not_read(path: str, place: str, severity: Severity, hint: str) -> None:
    """No file is passed over in silence: a warning says where it could stand, or which folder is meant."""
    items, (problem,) = layout([path], "site.yaml")
    assert items == ()
    assert (problem.at.file, problem.severity) == (place, severity)
    assert hint in problem.hint


def test_a_folder_that_is_not_read_is_told_once() -> None:
    """However many files are in it."""
    (problem,) = layout(["member/a.yaml", "member/b/c.yaml"], "site.yaml")[1]
    assert problem.at.file == "member"


@pytest.mark.parametrize("other", ["events/agm.yaml", "events/2026/agm.md", "events/agm/index.md"])
def test_two_files_of_one_id(other: str) -> None:
    """An id is unique in its kind, whatever folders the files are in: each of the two is told."""
    found = layout(["events/agm.md", other, "members/agm.yaml"], "site.yaml")[1]
    assert [(each.at.file, each.severity) for each in found] == [
        ("events/agm.md", Severity.ERROR),
        (other, Severity.ERROR),
    ]


def test_only_what_may_have_changed_is_read(tmp_path: Path) -> None:
    """A file with the stamp that is known has the digest that is known; any other is read."""
    (tmp_path / "a.yaml").write_bytes(b"a")
    old, new = Stamp(1, 2, 3, 4), Stamp(1, 2, 3, 5)

    def found(known: tuple[Stamp, bytes] | None) -> bytes:
        return digests(tmp_path, [File("a.yaml", old)], lambda path: known if path == "a.yaml" else None)["a.yaml"]

    assert found((old, b"remembered")) == b"remembered"
    assert found((new, b"remembered")) == digest(b"a")
    assert found(None) == digest(b"a")
