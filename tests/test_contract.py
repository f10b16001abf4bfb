"""The schema of a kind's public data, from models made by hand and from those of all kinds."""

from typing import Annotated, Any

import jsonschema
import msgspec
import pytest
from pydantic import Field, PlainValidator

from sitegen import contract, times
from sitegen.common import Common, People
from sitegen.contract import DRAFT, Promise, document, promise
from sitegen.kinds import kinds
from sitegen.model import Own
from sitegen.schema import Fields, field
from sitegen.values import Amount, Commas, Currency, Id, Latitude, Line, Many, Target, Whole, YesNo, one_of


class Inner(Fields):
    """A mapping within a field."""

    needed: Line = field("Is always there.", shown=True, default=...)
    as_: Line | None = Field(
        None, alias="as", description="Has a name that is a word of Python.", json_schema_extra={"shown": True}
    )
    unshown: Line | None = field("Nobody's concern.")


class Course(Common):
    """A kind that a package might add."""

    title: Line = field("What it is called.", shown=True, default=...)
    level: Annotated[str, PlainValidator(one_of("first", "second"))] | None = field("How hard it is.", shown=True)
    seats: Whole | None = field("How many can come.", shown=True)
    free: YesNo | None = field("It costs nothing.", shown=True)
    fee: Amount | None = field("What it costs.", shown=True)
    currency: Currency | None = field("Of the fee.", shown=True)
    north: Latitude | None = field("How far north it is.", shown=True)
    slides: Target | None = field("What is shown there.", shown=True)
    terms: Many[Line] = field("When it is.", shown=True, default=())
    parts: Many[Inner] = field("What it has.", shown=True, default=())
    either: int | str | None = field("A number or a word.", shown=True)
    anything: times.Duration | None = field("Of a type that is not known.", shown=True)
    url: Line | None = field("Its own page.", shown=True)
    uid: Line | None = field("Not what calendars know it by.", shown=True)
    teachers: People = field("Who teaches.", default=())
    group: Line | None = field("Whose it is.")
    after: Commas[Id] = field("What comes before it.", default=())
    notes: Line | None = field("For the office.")
    tutor: Id | None = field("Whom to ask.", private=True)


def item_of(made: Promise) -> dict[str, Any]:
    """The schema of an item."""
    return dict(msgspec.json.decode(made.item))


COURSE = promise("courses", Course, ())
PROPERTIES = item_of(COURSE)["properties"]


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("level", {"type": "string", "enum": ["first", "second"]}),
        ("seats", {"type": "integer", "minimum": 0}),
        ("free", {"type": "boolean"}),
        ("north", {"type": "number", "minimum": -90, "maximum": 90}),
        ("terms", {"type": "array", "items": {"type": "string"}}),
        ("either", {"anyOf": [{"type": "integer"}, {"type": "string"}]}),
        ("anything", {}),
        ("teachers", {"type": "array", "items": {"$ref": "#/$defs/reference"}}),
        ("after", {"type": "array", "items": {"$ref": "#/$defs/reference"}}),
        ("group", {"$ref": "#/$defs/reference"}),
    ],
)
def test_a_field_has_the_schema_of_its_type(name: str, schema: dict[str, Any]) -> None:
    """What is given out of a field is said by its type, in the model's words."""
    about = Course.model_fields[name].description
    assert PROPERTIES[name] == {**schema, "description": about}


@pytest.mark.parametrize(
    ("name", "value", "valid"),
    [
        ("fee", "12.50", True),
        ("fee", "12,50", False),
        ("currency", "EUR", True),
        ("currency", "euro", False),
        ("slides", "https://example.org/a", True),
        ("slides", "HTTP://example.org/", True),
        ("slides", "/files/a.pdf", False),
        ("lang", "pt-BR", True),
        ("lang", "Portuguese", False),
        ("parts", [{"needed": "x", "as": "y"}], True),
        ("parts", [{"as": "y"}], False),
        ("parts", [{"needed": "x", "as_": "y"}], False),
        ("parts", [{"needed": "x", "unshown": "y"}], False),
    ],
)
def test_a_value_is_valid_or_not(name: str, value: Any, *, valid: bool) -> None:
    """The schema takes what the field's type makes of text, and nothing else."""
    assert jsonschema.Draft202012Validator(PROPERTIES[name]).is_valid(value) == valid


def test_what_nobody_shows_is_not_promised() -> None:
    """Fields that are neither shown nor references are no properties, nor is a private reference."""
    assert not {"notes", "tutor", "slug", "draft", "extra", "aliases", "publish_date"} & PROPERTIES.keys()


def test_a_name_that_is_taken_means_the_item() -> None:
    """A field with the name of what every item has is given out under another name, or not at all."""
    assert PROPERTIES["url"]["description"] == "Its page."
    assert dict(COURSE.fields)["external_url"] == "url"
    assert PROPERTIES["external_url"]["description"] == "Its own page."
    assert "uid" not in dict(COURSE.fields)
    assert PROPERTIES["uid"] == contract.BEHIND["uid"]


def test_references_are_parts() -> None:
    """What means others is given out as references, as many as the field takes."""
    assert dict(COURSE.parts) == {"teachers": True, "group": False, "after": True}


def test_the_association_has_its_own_fields() -> None:
    """Own fields that are public are properties of ``own``, each by its type; those of other kinds are not."""
    declared = (
        Own("courses", "cohort", "Cohort", public=True),
        Own("courses", "areas", "Areas", "list", public=True),
        Own("courses", "since", "Since", "number", public=True),
        Own("courses", "fee", "Fee paid", "yes-no", public=False),
        Own("members", "grade", "Grade", public=True),
    )
    own = item_of(promise("courses", Course, declared))["properties"]["own"]
    assert own["properties"] == {
        "cohort": {"title": "Cohort", "type": "string"},
        "areas": {"title": "Areas", "type": "array", "items": {"type": "string"}},
        "since": {"title": "Since", "type": "number"},
    }
    assert own["additionalProperties"] is False
    assert "own" not in PROPERTIES


EXPECTED = {
    "members": {"organization": False, "organizations": True, "groups": True},
    "events": {
        **dict.fromkeys(("speakers", "organizers", "hosts", "groups", "helpers", "sponsors", "resources"), True),
        "attendees": True,
        "instead_of": False,
    },
    "groups": {"leads": True, "former_leads": True, "parent": False},
    "organizations": {},
    "opportunities": {"organization": False, "event": False, "contact": False},
    "resources": {"authors": True, "event": False},
    "news": {"authors": True},
    "pages": {},
}


@pytest.mark.parametrize("kind", EXPECTED)
def test_the_parts_of_every_kind(kind: str) -> None:
    """The references of every kind are found by the types and names of its fields."""
    assert dict(promise(kind, kinds()[kind].model, ()).parts) == EXPECTED[kind]


@pytest.mark.parametrize("kind", kinds())
def test_a_schema_is_one(kind: str) -> None:
    """The schema of every kind is valid (JSON Schema 2020-12), has no open object, and describes every property."""
    made = document(kind, promise(kind, kinds()[kind].model, ()), f"https://example.org/api/schema/{kind}.json")
    assert made["$schema"] == DRAFT
    jsonschema.Draft202012Validator.check_schema(made)
    objects = [each for each in _walked(made) if each.get("type") == "object"]
    assert all(each["additionalProperties"] is False and "properties" in each for each in objects)
    fields = dict(promise(kind, kinds()[kind].model, ()).fields)
    assert all(made["$defs"]["item"]["properties"][name].get("description") for name in fields)


def _walked(value: Any) -> Any:
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _walked(each)
