"""A mapping with known keys, and who may see what."""

from typing import Annotated, Any

import pytest
from pydantic import BeforeValidator

from sitegen.problems import At, Problem, Severity
from sitegen.schema import OTHER_WORDS, Fields, field, is_private, shown_values, validated
from sitegen.values import Commas, Line, Many, Slug, Whole
from tests.planting import MODELS, leaves


class Part(Fields):
    """A mapping within another."""

    organization: Line = field("Required.", shown=True, default=...)
    note: Line | None = field("Not shown.")


class Sample(Fields):
    """A field of every sort."""

    title: Line = field("Required.", shown=True, default=...)
    start: Line | None = field("Not shown.")
    slug: Slug | None = field("Not shown.")
    capacity: Whole | None = field("A number.", shown=True)
    organizers: Many[Line] = field("A list.", shown=True, default=())
    tags: Commas[Line] = field("Another list.", shown=True, default=())
    part: Annotated[
        Part, BeforeValidator(lambda value: {"organization": value} if isinstance(value, str) else value)
    ] | (None) = field("A mapping, or the text that stands first in it.", shown=True)
    email: Line | None = field("Private.", private=True)
    consent: Part | None = field("A private mapping.", private=True)
    extra: Any = field("Anything.", private=True)


def read(**data: Any) -> tuple[Sample, tuple[Problem, ...]]:
    """The data as a sample, which it can be."""
    model, problems = validated(Sample, {"title": "A"} | data, "a.yaml")
    assert model, problems
    return model, problems


def wrong(**data: Any) -> list[Problem]:
    """What keeps the data from being a sample."""
    model, problems = validated(Sample, {"title": "A"} | data, "a.yaml")
    assert model is None
    return list(problems)


@pytest.mark.parametrize("value", ["", "  ", [], {}])
def test_an_empty_value_is_an_absent_one(value: Any) -> None:
    """A key without a value says nothing, whatever its type; so a required one without a value is missing."""
    model, _ = read(start=value, capacity=value, organizers=value, part=value, extra=value)
    assert shown_values(model) == {"title": "A"}
    assert [problem.message for problem in wrong(title=value)] == ["title is missing"]


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("name", "title"),
        ("organizer", "organizers"),
        ("organiser", "organizers"),
        ("organisers", "organizers"),
        ("tag", "tags"),
    ],
)
def test_spellings_are_one(key: str, name: str) -> None:
    """British and American spellings, singular and plural, name and title are one key."""
    model, _ = validated(Sample, {"title": "A", key: "b"} if key != "name" else {key: "b"}, "a.yaml")
    assert model
    assert getattr(model, name) in ("b", ("b",))


def test_two_spellings_of_one_key_are_not_merged() -> None:
    """Where the field is said already, the other spelling is a key too many: nothing is lost in silence."""
    assert [(each.at.path, each.severity) for each in wrong(organizers="b", organiser="c")] == [
        (("organiser",), Severity.ERROR)
    ]


@pytest.mark.parametrize(
    ("data", "path", "hint"),
    [
        ({"capcity": "1"}, ("capcity",), "capacity"),
        ({"Capacity": "1"}, ("Capacity",), "capacity"),
        ({"date": "2026"}, ("date",), "start"),
        ({"keywords": "a"}, ("keywords",), "tags"),
        ({"cost": "1"}, ("cost",), "extra"),
        ({"part": {"organization": "b", "nte": "c"}}, ("part", "nte"), "note"),
    ],
)
def test_an_unknown_key_is_an_error(data: dict[str, Any], path: tuple[str, ...], hint: str) -> None:
    """The key itself is the place; the hint is the nearest one, what other tools' words mean, or where to keep it."""
    (problem,) = wrong(**data)
    assert (problem.at, problem.severity) == (At("a.yaml", path, key=True), Severity.ERROR)
    assert path[-1] in problem.message
    assert hint in problem.hint


def test_other_words_mean_fields() -> None:
    """What the words of other tools mean here are fields, so that no hint leads to another mistake."""
    fields = {key for kind in MODELS for leaf in leaves(kind) for key in leaf.path}
    assert {each.partition(":")[0] for meant in OTHER_WORDS.values() for each in meant} <= fields


def test_every_mistake_is_told_at_once() -> None:
    """A file is mended in one go: each mistake has the keys that lead to it."""
    problems = wrong(title="", start=["b"], capacity="many", organizers=["c", {"d": "e"}], part={"note": "f"}, nope="g")
    assert [each.at.path for each in problems] == [
        (),
        ("start",),
        ("capacity",),
        ("organizers", 1),
        ("part",),
        ("nope",),
    ]


@pytest.mark.parametrize("value", ["text", ["list"]])
def test_a_mapping_is_a_mapping(value: Any) -> None:
    """Where only a mapping will do, the hint has its keys."""
    (problem,) = wrong(consent=value)
    assert problem.at.path == ("consent",)
    assert "organization, note" in problem.hint


@pytest.mark.parametrize(
    ("data", "private"),
    [
        ({"capacity": "many"}, False),
        ({"start": ["b"]}, False),
        ({"email": ["b"]}, True),
        ({"consent": {"organization": ["b"]}}, True),
        ({"nope": "b"}, True),
        ({"title": ""}, True),
    ],
)
def test_a_message_hides_what_is_private(data: dict[str, Any], *, private: bool) -> None:
    """The excerpt of a private field is masked, and so is that of a key that nobody knows."""
    (problem,) = wrong(**data)
    assert problem.private is private


@pytest.mark.parametrize(
    ("data", "discreet"),
    [
        ({"nope": "b"}, "there is no such field"),
        ({"slug": "Not A Slug"}, "a slug has lower-case letters, digits and hyphens only"),
        ({"capacity": "many"}, ""),
    ],
)
def test_other_words_for_what_repeats_the_file(data: dict[str, Any], discreet: str) -> None:
    """Where message or hint have a word of the file there is a sentence without one, for files that are private."""
    (problem,) = wrong(**data)
    assert problem.discreet == discreet


def test_a_private_mapping_hides_even_its_keys() -> None:
    """What looks like an unknown key in a private field is said to be in that field, without a word of it."""
    (problem,) = wrong(consent={"organization": "b", "secret": "c"})
    assert problem.at.path == ("consent",)
    assert "secret" not in problem.message + problem.hint


@pytest.mark.parametrize(("name", "private"), [("title", False), ("start", False), ("email", True), ("nope", True)])
def test_is_private(name: str, *, private: bool) -> None:
    """A field is private if it says so, and if it is unknown."""
    assert is_private(Sample, name) is private


def test_a_field_that_says_nothing_of_itself_is_neither_shown_nor_told() -> None:
    """Somebody who declares a field without `field` has not allowed anybody to see it."""

    class Careless(Fields):
        secret: str | None = None

    assert shown_values(Careless.model_validate({"secret": "s"})) == {}
    assert is_private(Careless, "secret")


def test_only_what_is_declared_is_shown() -> None:
    """Pages get the fields that are declared shown, all the way down, and those that were written alone."""
    everything = {
        "start": "2026",
        "capacity": "0",
        "organizers": ["b"],
        "part": {"organization": "c", "note": "d"},
        "email": "e",
        "consent": {"organization": "f"},
        "extra": {"g": "h"},
    }
    assert shown_values(read(**everything)[0]) == {
        "title": "A",
        "capacity": 0,
        "organizers": ["b"],
        "part": {"organization": "c"},
    }


def test_text_stands_for_a_mapping() -> None:
    """A field with a short form takes the text that stands first in the mapping."""
    assert read(part="b")[0].part == Part(organization="b")
