"""The content folder as items: what each path means, and what is read."""

from pathlib import Path

import pytest

from sitegen.common import Item
from sitegen.folder import digests, layout
from sitegen.model import Config, Settings
from sitegen.problems import Problem, Severity
from sitegen.source import File, Stamp, digest

KINDS = ("members", "events", "groups", "organizations", "opportunities", "resources", "news", "pages")


def item(path: str, kind: str, ident: str, *pictures: str, folder: bool = False) -> Item:
    """An item with the pictures of its folder."""
    return Item(kind, ident, path, frozenset(pictures), folder=folder)


def laid_out(paths: list[str], *languages: str, logo: str = "") -> tuple[tuple[Item, ...], tuple[Problem, ...]]:
    """What a content folder with some paths holds, for a site with further languages and a logo."""
    settings = Settings("Europe/Oslo", "https://example.org/", languages=languages)
    return layout(paths, "site.yaml", Config("", "", settings, logo=logo))


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
        *(
            ([f"{kind}/a.md", f"{kind}.yaml"], [item(f"{kind}/a.md", kind, "a"), item(f"{kind}.yaml", kind, "")])
            for kind in KINDS
        ),
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
    assert laid_out(paths) == (tuple(items), ())


@pytest.mark.parametrize(
    ("path", "place", "severity", "hint"),
    [
        ("members/ada.txt", "members/ada.txt", Severity.WARNING, "files/"),
        ("members/ada", "members/ada", Severity.WARNING, "files/"),
        ("member/ada.yaml", "member", Severity.WARNING, "did you mean members?"),
        ("xyz/ada.yaml", "xyz", Severity.WARNING, f"the folders are {', '.join(KINDS)}, files"),
        ("new/a.md", "new", Severity.WARNING, "did you mean news?"),
        ("sit.yaml", "sit.yaml", Severity.WARNING, "did you mean site?"),
        ("notes.txt", "notes.txt", Severity.WARNING, "files/"),
        ("new.yaml", "new.yaml", Severity.WARNING, "did you mean news?"),
        ("files", "files", Severity.WARNING, "files/"),
    ],
)
def test_what_is_not_read(path: str, place: str, severity: Severity, hint: str) -> None:
    """No file is passed over in silence: a warning says where it could stand, or which folder is meant."""
    items, (problem,) = laid_out([path])
    assert items == ()
    assert (problem.at.file, problem.severity) == (place, severity)
    assert hint in problem.hint


def test_a_folder_that_is_not_read_is_told_once() -> None:
    """However many files are in it."""
    (problem,) = laid_out(["member/a.yaml", "member/b/c.yaml"])[1]
    assert problem.at.file == "member"


@pytest.mark.parametrize("other", ["events/agm.yaml", "events/2026/agm.md", "events/agm/index.md"])
def test_two_files_of_one_id(other: str) -> None:
    """An id is unique in its kind, whatever folders the files are in: each of the two is told."""
    found = laid_out(["events/agm.md", other, "members/agm.yaml"])[1]
    assert [(each.at.file, each.severity) for each in found] == [
        ("events/agm.md", Severity.ERROR),
        (other, Severity.ERROR),
    ]


# --- Languages


def test_a_translation() -> None:
    """With languages a dot in a name parts the language from the id; case does not matter."""
    found, problems = laid_out(["events/agm.es.md", "events/agm.md", "events/2026/agm.pt-br.yaml"], "es", "pt-BR")
    assert problems == ()
    assert [(each.id, each.language, each.base) for each in found] == [
        ("agm", "es", "events/agm.md"),
        ("agm", "", ""),
        ("agm", "pt-BR", "events/agm.md"),
    ]


def test_a_translation_in_a_folder_of_its_own() -> None:
    """What is beside ``index.md`` in another language translates that; the pictures are of both."""
    found, problems = laid_out(["events/agm/index.md", "events/agm/index.es.md", "events/agm/hall.png"], "es")
    assert problems == ()
    assert [(each.id, each.folder, each.language, each.pictures) for each in found] == [
        ("agm", True, "", frozenset({"hall.png"})),
        ("agm", True, "es", frozenset({"hall.png"})),
    ]


@pytest.mark.parametrize("path", ["events/agm.nb.md", "events/agm.v2.md"])
def test_a_dot_without_a_language(path: str) -> None:
    """What stands before the suffix and is no language of the site is part of the id."""
    (found,), problems = laid_out([path], "es")
    assert (found.id, found.language, problems) == (path[7:-3], "", ())


@pytest.mark.parametrize("languages", [(), ("es",)])
def test_what_may_be_a_translation(languages: tuple[str, ...]) -> None:
    """Where a file has the name of another one and a tag that site.yaml does not know, a note says how it would be."""
    found, (problem,) = laid_out(["events/agm.md", "events/agm.nb.md", "events/agm.v2.md"], *languages)
    assert [each.id for each in found] == ["agm", "agm.nb", "agm.v2"]
    assert (problem.at.file, problem.severity) == ("events/agm.nb.md", Severity.NOTE)
    assert problem.hint == "if it is a translation, add nb to languages: in site.yaml"


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("events/agn.es.md", "did you mean agm?"),
        ("members/agm.es.md", "its name is that of the file in the site's own language"),
        ("events/lecture.es.md", "its name is that of the file in the site's own language"),
    ],
)
def test_a_translation_of_nothing(path: str, hint: str) -> None:
    """It would be lost: an error with the nearest file of its kind."""
    found, (problem,) = laid_out(["events/agm.md", path], "es")
    assert [each.path for each in found] == ["events/agm.md"]
    assert (problem.at.file, problem.severity, problem.message) == (path, Severity.ERROR, "this translates nothing")
    assert hint in problem.hint


def test_two_translations_into_one_language() -> None:
    """Neither is more right than the other: each of the two is told. The same in two languages is no mistake."""
    paths = ["events/agm.md", "events/agm.es.md", "events/2026/agm.es.yaml", "events/agm.nb.md"]
    found = laid_out(paths, "es", "nb")[1]
    assert [each.at.file for each in found] == paths[1:3]


# --- Files


def test_the_logo() -> None:
    """It stands beside site.yaml, and is no file that is passed over; without it, an error says where it belongs."""
    assert laid_out(["logo.png"], logo="logo.png") == ((), ())
    _, (problem,) = laid_out([], logo="logo.png")
    assert (problem.at.file, problem.at.path, problem.severity) == ("site.yaml", ("logo",), Severity.ERROR)


def test_only_what_may_have_changed_is_read(tmp_path: Path) -> None:
    """A file with the stamp that is known has the digest that is known; any other is read."""
    (tmp_path / "a.yaml").write_bytes(b"a")
    old, new = Stamp(1, 2, 3, 4), Stamp(1, 2, 3, 5)

    def found(known: tuple[Stamp, bytes] | None) -> bytes:
        return digests(tmp_path, [File("a.yaml", old)], lambda path: known if path == "a.yaml" else None)["a.yaml"]

    assert found((old, b"remembered")) == b"remembered"
    assert found((new, b"remembered")) == digest(b"a")
    assert found(None) == digest(b"a")
