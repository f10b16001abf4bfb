"""The association's own fields: declared in site.yaml, then written like any other and shown where they are public."""

import functools
from typing import Any, TypeVar

import pydantic

from sitegen.common import Common, Label, topic_slug
from sitegen.model import Own, Topic
from sitegen.schema import Fields, field, present
from sitegen.values import Commas, Moment, Number, Url, YesNo

F = TypeVar("F", bound=Fields)

TYPES: dict[str, Any] = {
    "text": Label,
    "list": Commas[Label],
    "number": Number,
    "yes-no": YesNo,
    "date": Moment,
    "url": Url,
}
"""What the text of an own field is read as."""


@functools.lru_cache(maxsize=64)
def extended(model: type[F], kind: str, declared: tuple[Own, ...]) -> type[F]:
    """The fields of a kind with those that the association has declared for it."""
    own = [each for each in declared if each.kind == kind]
    if not own:
        return model
    fields: dict[str, Any] = {
        each.name: (
            TYPES[each.type] if each.type == "list" else TYPES[each.type] | None,
            field(each.label, shown=each.public, private=not each.public, default=() if each.type == "list" else None),
        )
        for each in own
    }
    return pydantic.create_model(model.__name__, __base__=model, __doc__=model.__doc__, **fields)


def values(kind: str, model: Common, declared: tuple[Own, ...]) -> list[dict[str, Any]]:
    """What a page shows of them: name, label, type and values of each that is public and not empty."""
    found = []
    for each in declared:
        if each.kind == kind and each.public and present(model, each.name):
            value = getattr(model, each.name)
            made = list(value) if isinstance(value, tuple) else [value]
            found.append({"name": each.name, "label": each.label, "type": each.type, "values": made})
    return found


def topics(kind: str, model: Common, declared: tuple[Own, ...]) -> tuple[tuple[str, tuple[Topic, ...]], ...]:
    """The values by which lists can be narrowed, by the names of the fields."""
    found = []
    for each in values(kind, model, tuple(own for own in declared if own.facet)):
        words = [_WORDS.get(value, str(value)) for value in each["values"]]
        found.append((each["name"], tuple(Topic(topic_slug(word), word) for word in words)))
    return tuple(found)


_WORDS: dict[Any, str] = {True: "yes", False: "no"}
