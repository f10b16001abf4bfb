"""Every field of the schema, nested ones too, and how a word that is found again is planted in it."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import PlainValidator
from pydantic.fields import FieldInfo

from sitegen import common, sitefile, values
from sitegen.common import Somebody
from sitegen.kinds import BUILT_IN
from sitegen.schema import Fields
from sitegen.sitefile import SiteFile

MODELS: Mapping[str, type[Fields]] = {**{kind.name: kind.model for kind in BUILT_IN}, "site": SiteFile}
"""What editors write, by the name of the kind; ``site`` is site.yaml."""

Read = Callable[..., Any]


@dataclass(frozen=True)
class Key:
    """A key on the way to a value."""

    name: str
    about: str
    """What the field is for."""
    many: bool
    """It has a list."""
    beside: tuple[str, ...]
    """Further keys without which the mapping that it is in is not valid."""


@dataclass(frozen=True)
class Leaf:
    """A field that holds a value rather than other fields."""

    kind: str
    keys: tuple[Key, ...]
    """What leads to it."""
    shown: bool
    """Pages may show it: it and every field around it is declared so."""
    read: Read | None
    """The function that reads the value; None for anything at all."""
    person: bool
    """It is said of somebody."""

    @property
    def path(self) -> tuple[str, ...]:
        """The keys that lead to it: ``("mentoring", "as")``."""
        return tuple(key.name for key in self.keys)

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
        if self.person and self.path[-1] not in ("person", "name"):
            value = {"name": "Bo Lund", self.path[-1]: value}
        else:
            value = {self.path[-1]: [value] if self.keys[-1].many else value}
        value = {**_beside(self.keys[-1]), **value}
        for key in reversed(self.keys[:-1]):
            value = {**_beside(key), key.name: [value] if key.many else value}
        return dict(value)


def _beside(key: Key) -> dict[str, str]:
    return {name: BESIDE.get(name, "beside") for name in key.beside}


BESIDE = {"event": "series", "date": "2026-12-08"}
"""What stands in required fields where text alone will not do: `SERIES` has this date."""


def leaves(kind: str) -> Iterator[Leaf]:
    """Every field of a kind, in the order of the schema."""
    yield from _leaves(kind, MODELS[kind], (), shown=True)


def _leaves(kind: str, model: type[Fields], path: tuple[Key, ...], *, shown: bool) -> Iterator[Leaf]:
    required = {info.alias or name for name, info in model.model_fields.items() if info.is_required()}
    for name, info in model.model_fields.items():
        inner, read, many, depth = _taken_apart(info)
        others = tuple(sorted(required - {info.alias or name})) if path else ()
        keys = (*path, Key(info.alias or name, info.description or "", many, others))
        keys += tuple(Key(each, "", False, ()) for each in NAMED.get(name, ())[:depth] if inner)  # noqa: FBT003 - Key's
        seen = shown and bool(dict(info.json_schema_extra or {}).get("shown"))  # type: ignore[arg-type]
        if inner:
            yield from _leaves(kind, inner, keys, shown=seen)
        else:
            yield Leaf(kind, keys, seen, read, issubclass(model, Somebody))


NAMED = {"fields": ("members", "trade"), "vocabulary": ("groups",)}
"""Names that editors choose in a mapping of mappings: those that stand here for all of them."""


def _taken_apart(info: FieldInfo) -> tuple[type[Fields] | None, Read | None, bool, int]:
    """The fields in it, or the function that reads it; whether it is a list; and how many names lead to the fields."""
    annotation: Any = info.annotation
    marks = list(info.metadata)
    many = False
    depth = 0
    while True:
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            annotation, marks = arguments[0], [*marks, *arguments[1:]]
        elif origin in (Union, UnionType):
            annotation = next(each for each in arguments if each is not NoneType)
        elif origin is tuple:
            annotation, many = arguments[0], True
        elif origin is dict and not any(isinstance(mark, PlainValidator) for mark in marks):
            annotation, depth, marks = arguments[1], depth + 1, []
        else:
            break
    if isinstance(annotation, type) and issubclass(annotation, Fields):
        return annotation, None, many, depth
    read = next((mark.func for mark in marks if isinstance(mark, PlainValidator)), None)
    return None, read, many and not depth, depth


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
    if leaf.name not in MEANT and leaf.read not in VALUES:
        raise LookupError(f"tests/planting.py does not know how to find the value of {leaf.name}")
    value, found = MEANT.get(leaf.name) or VALUES[leaf.read]
    return _filled(value, token), found.format(token)


def _filled(value: Any, token: str) -> Any:
    if isinstance(value, dict):
        return {key.format(token): _filled(each, token) for key, each in value.items()}
    if isinstance(value, list):
        return [_filled(each, token) for each in value]
    return value.format(token)


VALUES: Mapping[Read | None, tuple[Any, str]] = {
    None: ({"note": "{}"}, "{}"),
    values.line: ("{}", "{}"),
    values.prose: ("{}", "{}"),
    common.label: ("{}", "{}"),
    values.url: ("https://{}.example/", "{}"),
    values.target: ("https://{}.example/", "{}"),
    values.site_url: ("https://{}.example/", "{}"),
    values.email: ("{}@example.com", "{}"),
    values.phone: ("+47 48 15 16 23", "48 15 16 23"),
    values.slug: ("{}", "{}"),
    values.alias: ("{}", "{}"),
    values.reference: ("{}", "{}"),
    values.uid: ("{}", "{}"),
    values.image: ("{}.png", "{}"),
    values.moment: (DAY, DAY[:4]),
    values.whole: (str(NUMBER), str(NUMBER)),
    values.word: ("{}", "{}"),
    values.number: (str(NUMBER), str(NUMBER)),
    values.file: ("/files/{}.txt", "{}"),
    values.weight: ("7", ""),
    values.host: ("{}.example", ""),
    values.amount: (str(NUMBER), ""),
    values.currency: ("SEK", ""),
    values.months: ("24 months", ""),
    values.language: ("Quokkan", "Quokkan"),
    values.duration: ("7 days", ""),
    values.zone: ("Asia/Kathmandu", ""),
    values.tag: ("nb", ""),
    values.yes_no: ("yes", ""),
    values.listed: ("yes", ""),
    common.link_map: ({"website": "https://{}.example/"}, "{}"),
    sitefile._social: ({"website": "https://{}.example/"}, "{}"),  # noqa: SLF001 - a type of the schema like the others
}
"""For each type a value, and the text by which it is found."""

MEANT: Mapping[str, tuple[Any, str]] = {
    "end": ("2031-07-05", "2031"),
    "price.amount": (str(NUMBER), "48,151,623"),
    "salary.min": (str(NUMBER), "48,151,623"),
    "salary.max": (str(NUMBER), "48,151,623"),
    "offers.until": ("2031-07-05", "2031"),
    "seeks.until": ("2031-07-05", "2031"),
    "available_for.until": ("2031-07-05", "2031"),
    "languages": ("nb", ""),
    "logo": ("{}.png", "{}"),
    "navigation.url": ("events", ""),
    "footer.url": ("https://{}.example/", "{}"),
    "directory.facets": ("skills", ""),
    "share_images": ("groups", ""),
    "synonyms": ({"{}": ["oiling"]}, ""),
    "formats": ({"qr": "no"}, ""),
    "redirects.old": ("/{}/", ""),
    "redirects.new": ("/members/", ""),
    "netlify.headers": ({"/*": {"X-Robots-Tag": "{}"}}, ""),
    "repository.url": ("https://{}.example/", "{}"),
    "registration.opens": ("2031-07-05", "2031"),
    "call.opens": ("2031-07-05", "2031"),
    "sessions.start": ("19:15", ""),
    "sessions.end": ("21:45", ""),
    "sessions.day": ("2", ""),
    "repeats.every": ("week", ""),
    "repeats.day": ("Tue and Fri", ""),
    "repeats.until": ("2026-12-31", ""),
    "repeats.count": ("5", ""),
    "repeats.except": ("2026-12-08", ""),
    "repeats.also": ("2026-12-03", ""),
    "repeats.dates": ("2026-12-01", ""),
    "repeats.changes": ({"2026-12-08": {"title": "{}"}}, "{}"),
    "rrule": ("FREQ=WEEKLY", ""),
    "instead_of.event": ("series", ""),
    "instead_of.date": ("2026-12-08", ""),
}
"""The same for fields that mean more than their type says: of an event that begins on Tuesday, 1 December 2026."""


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
