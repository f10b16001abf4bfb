"""Every field of the schema, nested ones too, and how a word that is found again is planted in it."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import PlainValidator
from pydantic.fields import FieldInfo

from sitegen import common, config, values
from sitegen.config import SiteFile
from sitegen.kinds import KINDS
from sitegen.schema import Fields

MODELS: Mapping[str, type[Fields]] = {**{kind.name: kind.model for kind in KINDS.values()}, "site": SiteFile}
"""What editors write, by the name of the kind; ``site`` is site.yaml."""

Read = Callable[..., Any]


@dataclass(frozen=True)
class Leaf:
    """A field that holds a value rather than other fields."""

    kind: str
    path: tuple[str, ...]
    """The keys that lead to it: ``("mentoring", "as")``."""
    lists: tuple[bool, ...]
    """Which of these keys have a list."""
    about: str
    """What the field is for."""
    shown: bool
    """Pages may show it: it and every field around it is declared so."""
    read: Read | None
    """The function that reads the value; None for anything at all."""
    required: tuple[str, ...]
    """Further keys without which its mapping is not valid."""

    @property
    def name(self) -> str:
        """The field as documents name it: ``mentoring.as``."""
        return ".".join(self.path)

    @property
    def words(self) -> tuple[str, ...]:
        """The words of which it takes one; empty where it takes others."""
        if self.read is None or self.read.__qualname__ != values.one_of().__qualname__:
            return ()
        return tuple(inspect.getclosurevars(self.read).nonlocals["words"])

    def holding(self, value: Any) -> dict[str, Any]:
        """The fields of an entry with this value in this field."""
        for depth in reversed(range(len(self.path))):
            inner = {self.path[depth]: [value] if self.lists[depth] else value}
            beside = dict.fromkeys(self.required, "beside") if depth and depth == len(self.path) - 1 else {}
            value = {**beside, **inner}
        if self.path[0] in PEOPLE and self.path[1] not in ("person", "name"):
            value[self.path[0]][0]["name"] = "Bo Lund"
        return dict(value)


PEOPLE = ("speakers", "organizers")
"""Fields of people, each of whom has a name."""


def leaves(kind: str) -> Iterator[Leaf]:
    """Every field of a kind, in the order of the schema."""
    yield from _leaves(kind, MODELS[kind], (), (), shown=True)


def _leaves(
    kind: str, model: type[Fields], path: tuple[str, ...], lists: tuple[bool, ...], *, shown: bool
) -> Iterator[Leaf]:
    required = {info.alias or name for name, info in model.model_fields.items() if info.is_required()}
    for name, info in model.model_fields.items():
        key = info.alias or name
        inner, read, many = _taken_apart(info)
        seen = shown and bool(dict(info.json_schema_extra or {}).get("shown"))  # type: ignore[arg-type]
        if inner:
            yield from _leaves(kind, inner, (*path, key), (*lists, many), shown=seen)
        else:
            others = tuple(sorted(required - {key}))
            yield Leaf(kind, (*path, key), (*lists, many), info.description or "", seen, read, others)


def _taken_apart(info: FieldInfo) -> tuple[type[Fields] | None, Read | None, bool]:
    """The fields in it, or the function that reads it; and whether it is a list."""
    annotation: Any = info.annotation
    marks = list(info.metadata)
    many = False
    while True:
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            annotation, marks = arguments[0], [*marks, *arguments[1:]]
        elif origin in (Union, UnionType):
            annotation = next(each for each in arguments if each is not NoneType)
        elif origin is tuple:
            annotation, many = arguments[0], True
        else:
            break
    if isinstance(annotation, type) and issubclass(annotation, Fields):
        return annotation, None, many
    read = next((mark.func for mark in marks if isinstance(mark, PlainValidator)), None)
    return None, read, many


TOKEN = "quokka"  # noqa: S105 - a word that stands in no template
DAY = "1931-07-05"
NUMBER = 48_151_623


def value_for(leaf: Leaf, token: str = TOKEN) -> tuple[Any, str]:
    """A value for the field, and the text by which it is found where it is shown; empty where no value has one.

    Raises LookupError for a type that is not known here: whoever adds one says how it is found.
    """
    if leaf.words:
        return leaf.words[-1], ""
    if leaf.read is not None and leaf.read.__qualname__ == values.degrees(0).__qualname__:
        return "48.151623", "48.151623"
    if leaf.read not in VALUES:
        raise LookupError(f"tests/planting.py does not know how to find the value of {leaf.name}")
    value, found = VALUES[leaf.read]
    return _filled(value, token), found.format(token)


def _filled(value: Any, token: str) -> Any:
    return {key: each.format(token) for key, each in value.items()} if isinstance(value, dict) else value.format(token)


VALUES: Mapping[Read | None, tuple[Any, str]] = {
    None: ({"note": "{}"}, "{}"),
    values.line: ("{}", "{}"),
    values.prose: ("{}", "{}"),
    common.label: ("{}", "{}"),
    values.url: ("https://{}.example/", "{}"),
    values.site_url: ("https://{}.example/", "{}"),
    values.email: ("{}@example.com", "{}"),
    values.phone: ("+47 48 15 16 23", "48 15 16 23"),
    values.slug: ("{}", "{}"),
    values.alias: ("{}", "{}"),
    values.reference: ("{}", "{}"),
    values.uid: ("{}", "{}"),
    values.image: ("{}.png", "{}"),
    values.moment: (DAY, DAY[:4]),
    values.word: ("2031-07-05", "2031"),
    values.whole: (str(NUMBER), str(NUMBER)),
    values.language: ("Quokkan", "Quokkan"),
    values.duration: ("7 days", ""),
    values.zone: ("Asia/Kathmandu", ""),
    values.tag: ("nb", ""),
    values.yes_no: ("yes", ""),
    values.listed: ("yes", ""),
    common.link_map: ({"website": "https://{}.example/"}, "{}"),
    config._social: ({"website": "https://{}.example/"}, "{}"),  # noqa: SLF001 - a type of the schema like the others
}
"""For each type a value, and the text by which it is found."""


def everything(kind: str, token: str = TOKEN) -> dict[str, Any]:
    """An entry with every field of its kind, most of which hold the token."""
    found: dict[str, Any] = {}
    for leaf in leaves(kind):
        found = merge(found, leaf.holding(value_for(leaf, token)[0]))
    return found


def merge(one: Any, other: Any) -> Any:
    """The fields of both, nested ones too; of lists of mappings the first are one."""
    if isinstance(one, dict) and isinstance(other, dict):
        return {key: merge(one.get(key), other.get(key)) for key in {**one, **other}}
    if isinstance(one, list) and isinstance(other, list):
        return [merge(one[0], other[0])]
    return one if other in (None, "beside") else other
