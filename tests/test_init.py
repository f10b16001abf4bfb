"""The site that `sitegen init` writes, to begin with."""

import datetime as dt
from pathlib import Path

import pytest
import yaml
from hatchling.builders.wheel import WheelBuilder

from sitegen import init
from sitegen.publish import Refused
from tests.sites import Project, project, tree

ROOT = Path(__file__).parent.parent
TODAY = dt.date(2026, 11, 25)
NOON = "T12:00Z"


def begun(root: Path, today: dt.date = TODAY) -> Project:
    """A project that was begun on a day."""
    init.init(root, today, "an-uid", "1.2.3")
    return project(root, "")


@pytest.mark.parametrize("today", ["2026-11-25", "2027-01-05", "2027-02-20", "2028-02-29"])
def test_it_is_a_site_without_a_problem(today: str, tmp_path: Path) -> None:
    """There is nothing to complain of, not even with --strict, whatever day it is."""
    made = begun(tmp_path / "site", dt.date.fromisoformat(today))
    assert made.messages(today + NOON, strict=True, drafts=True) == ""


def test_it_shows_what_there_is(tmp_path: Path) -> None:
    """Three members, one with a picture; two events, one of which repeats; a group, news and a page, in a theme."""
    made = begun(tmp_path / "site")
    report = made.build(f"{TODAY}{NOON}")
    assert report.counts == {"members": 3, "events": 2, "groups": 1, "news": 1, "pages": 1}
    output = made.output()
    assert output["members/ines-marlow/ines-marlow.png"].startswith(b"\x89PNG")
    assert b"RRULE:FREQ=MONTHLY" in output["events/open-press/event.ics"]
    assert b"ines@letterpress.example" in output["members/ines-marlow/index.html"]
    assert not [path for path, data in output.items() if b"tobias@letterpress.example" in data]
    assert "about/index.html" in output
    assert set(tree(made.root)) >= {"README.md", "netlify.toml", ".gitignore"}
    assert yaml.safe_load((made.root / "content/site.yaml").read_text("utf-8"))["uid"] == "an-uid"
    assert "association-sitegen==1.2.3 " in (made.root / "netlify.toml").read_text("utf-8")


def test_what_it_has_in_comments_is_right(tmp_path: Path) -> None:
    """Fields that are there to be tried are read without a problem when the # before them is taken away."""
    made = begun(tmp_path / "site")
    for name in ("site.yaml", "events/open-press.yaml"):
        file = made.root / "content" / name
        text = file.read_text("utf-8")
        for field in ("social", "directory", "calendar", "except", "changes"):
            text = text.replace(f"# {field}:", f"{field}:")
        assert text != file.read_text("utf-8")
        file.write_text(text, "utf-8")
    assert made.messages(f"{TODAY}{NOON}", strict=True) == ""


def test_dates_are_to_come() -> None:
    """The talk is on the first Thursday that is three weeks ahead, the evenings begin with a second Tuesday."""
    for days in range(0, 1500, 5):
        today = dt.date(2026, 1, 1) + dt.timedelta(days=days)
        files = init.starter(today, "an-uid", "1.2.3")
        talk = next(yaml.safe_load_all(files["content/events/type-by-candlelight.md"]))["start"]
        evening = yaml.safe_load(files["content/events/open-press.yaml"])["start"]
        talk, evening = (dt.datetime.fromisoformat(each).date() for each in (talk, evening))
        assert talk.weekday() == 3
        assert 21 <= (talk - today).days < 28
        assert (evening.weekday(), (evening.day - 1) // 7) == (1, 1)
        assert 7 <= (evening - today).days < 45


@pytest.mark.parametrize("name", ["notes.txt", ".gitignore", "content/site.yaml", ".git/config.txt"])
def test_a_folder_that_is_not_empty_is_left_alone(name: str, tmp_path: Path) -> None:
    """Nothing is written where something stands; a fresh clone has nothing in it but .git."""
    file = tmp_path / "site" / name
    file.parent.mkdir(parents=True)
    file.write_text("mine")
    if name.startswith(".git/"):
        assert begun(tmp_path / "site").messages(f"{TODAY}{NOON}") == ""
        assert file.read_text() == "mine"
        return
    with pytest.raises(Refused, match="is not empty"):
        init.init(tmp_path / "site", TODAY, "an-uid", "1.2.3")
    assert tree(tmp_path / "site") == {name: b"mine"}


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    """A file of that name is left alone."""
    (tmp_path / "site").write_text("mine")
    with pytest.raises(Refused, match="is a file"):
        init.init(tmp_path / "site", TODAY, "an-uid", "1.2.3")
    assert (tmp_path / "site").read_text() == "mine"


def test_all_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a file cannot be written, neither those before it nor the folders that were made for them stay."""
    monkeypatch.setattr(init, "starter", lambda *_: {"a/b/c": b"", "a/d": b"", "a": b"a folder stands there"})
    with pytest.raises(OSError, match="a"):
        init.init(tmp_path / "new" / "site", TODAY, "an-uid", "1.2.3")
    assert not list(tmp_path.iterdir())


def test_the_wheel_has_its_files() -> None:
    """Whoever installs the program has them."""
    inside = {str(file.distribution_path) for file in WheelBuilder(str(ROOT)).recurse_included_files()}
    files = {path.relative_to(ROOT).as_posix() for path in init.STARTER.rglob("*") if path.is_file()}
    assert len(files) > 10
    assert files <= inside
