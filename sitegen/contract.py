"""What is promised of a kind's public data: its JSON Schema (draft 2020-12), from the fields that its model declares.

What the schema does not know is not given out, so that every item is valid and an unknown key is not.
"""

import inspect
from collections.abc import Iterable, Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, TypeAlias, Union, get_args, get_origin

import msgspec
from pydantic import PlainValidator
from pydantic.fields import FieldInfo

from sitegen import values
from sitegen.common import Somebody
from sitegen.model import Frozen, Own
from sitegen.schema import Fields, says

Schema: TypeAlias = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"


class Promise(Frozen, frozen=True):
    """What an item of a kind has."""

    item: str
    """The schema of an item, as JSON."""
    fields: tuple[tuple[str, str], ...]
    """The properties that are fields of its page, with the names of the fields in its face."""
    parts: tuple[tuple[str, bool], ...]
    """The properties that are references to others, and whether each is a list."""


def closed(properties: Schema, required: Iterable[str] = (), about: str = "") -> Schema:
    """An object with these properties and no others."""
    named = {"required": list(required)} if required else {}
    said = {"description": about} if about else {}
    return {**said, "type": "object", "properties": properties, **named, "additionalProperties": False}


def _array(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _said(schema: Schema, about: str) -> Schema:
    return {**schema, "description": about}


# --- Forms that many properties have

TEXT: Schema = {"type": "string"}
ADDRESS: Schema = {"type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://"}
"""An address in full. It may have letters of any script (RFC 3987), so the format ``uri`` would promise too much."""
INSTANT: Schema = {"type": "string", "format": "date-time"}
LINKS: Schema = _array(closed({"title": TEXT, "url": ADDRESS}, ["title"]))
_REFERENCE: Schema = {"$ref": "#/$defs/reference"}

REFERENCE = closed(
    {
        "name": {"type": ["string", "null"], "description": "Null for somebody who is not named here."},
        "url": _said(ADDRESS, "The page here, which is the url of an item; else a page elsewhere."),
        "role": _said(TEXT, "The part in it: panelist, chair, gold sponsor …"),
        "organization": _said(TEXT, "Where the person works, as it was written."),
        "bio": _said(TEXT, "A sentence about the person."),
        "since": _said(TEXT, "The first year, month or day (ISO 8601)."),
        "until": _said(TEXT, "The last year, month or day (ISO 8601)."),
    },
    ["name"],
    "Somebody or something that has a part in an item.",
)

WHEN: Schema = {
    "start": _said(TEXT, "Local (ISO 8601): a day with a time, a whole day, or a month or year not yet settled."),
    "end": _said(TEXT, "Local (ISO 8601): the moment it ends, or the last day; absent where the page shows none."),
    "timezone": _said(TEXT, "The IANA name of the zone in which start and end are local."),
    "status": {"enum": ["confirmed", "tentative", "cancelled", "postponed"]},
    "start_utc": _said(INSTANT, "The first moment, in UTC; absent where the day is not settled."),
    "end_utc": _said(INSTANT, "The first moment after it, in UTC; absent without an end."),
}
WHEN_REQUIRED = ("start", "timezone", "status")

SESSION = closed(
    {
        "title": TEXT,
        "url": _said(ADDRESS, "Its place on the page."),
        **{name: _said(TEXT, "Local (ISO 8601).") for name in ("start", "end")},
        **dict.fromkeys(("room", "track", "type"), TEXT),
        "lang": _said(TEXT, "The language in which it is held (BCP 47)."),
        "abstract": _said(TEXT, "What it is about, in Markdown."),
        "speakers": _array(_REFERENCE),
        "materials": LINKS,
    },
    ["title", "url"],
)

FACETS: Mapping[str, Mapping[str, Schema]] = {
    "image": {"image": _said(ADDRESS, "The picture that stands for it.")},
    "links": {"links": _said(LINKS, "Pages elsewhere.")},
    "start": {"when": closed(WHEN, WHEN_REQUIRED, "When it is; of what repeats, the first date.")},
    "repeats": {
        "rrule": _said(TEXT, "How it repeats: the value of an RRULE (RFC 5545), on the clock of its zone."),
        "dates": _said(
            _array(
                closed(
                    {
                        "url": _said(ADDRESS, "Its place on the page, or the page of what takes its place."),
                        "title": _said(TEXT, "Where it is not that of the others."),
                        **WHEN,
                    },
                    ("url", *WHEN_REQUIRED),
                )
            ),
            "All dates of what repeats, some months ahead.",
        ),
    },
    "sessions": {"sessions": _said(_array(SESSION), "What it consists of, in order.")},
}
"""What is given out in the place of fields that are not shown as they stand, by the names of the fields."""

BEFORE: Schema = {
    "id": _said(TEXT, "Unique in its kind, and kept when the title changes."),
    "kind": TEXT,
    "url": _said(ADDRESS, "Its page."),
    "title": TEXT,
    "summary": _said(TEXT, "One sentence on it."),
}
BEHIND: Schema = {
    "place": _said(TEXT, "Where it is, on one line."),
    "has_text": {"type": "boolean", "description": "The page has a text besides."},
    "uid": _said(TEXT, "What calendars and feeds know it by."),
    "published": _said(INSTANT, "Since when feeds have it."),
    "updated": _said(INSTANT, "When it was last changed in substance."),
}
_TAKEN = frozenset((*BEFORE, *BEHIND, "own"))
"""What every item has under these names, no field has."""
ALWAYS = ("id", "kind", "url", "title", "has_text")

OTHERWISE: Mapping[str, str] = {"url": "external_url"}
"""What a field is called whose name every item has for something else; JSON Feed 1.1 has the same two words."""

MADE = frozenset(("email", "phone", "location", "venue", "online", "mode"))
"""Fields that pages show as somebody allows, or as it is made from others: the face of an entry decides."""

AGREED = "attendees"
"""A field of people that is private as it stands: those are told whom the page shows."""

ONE_OF_A_KIND = frozenset(("person", "organization", "group", "event", "resource"))
"""A field that is called so, or has a key that is, means something with a page of its own."""


# --- From fields


def promise(kind: str, model: type[Fields], declared: Iterable[Own]) -> Promise:
    """What is promised of the items of a kind; ``declared`` are the association's own fields."""
    fields: dict[str, str] = {}
    parts: dict[str, bool] = {}
    properties: Schema = {**BEFORE, "kind": {"const": kind}}
    for name, info in model.model_fields.items():
        key = OTHERWISE.get(name, info.alias or name)
        form = _described(info.annotation, info.metadata)
        about = info.description or ""
        if key in _TAKEN:
            continue
        if name in FACETS and not says(info, "shown"):
            properties |= FACETS[name]
        elif says(info, "shown") or name in MADE:
            fields[key] = name
            properties[key] = _said(form, about)
        elif _refers(name, info):
            parts[key] = form.get("type") == "array"
            properties[key] = _said(_array(_REFERENCE) if parts[key] else _REFERENCE, about)
    if own := {each.name: _own(each) for each in declared if each.kind == kind and each.public}:
        properties["own"] = closed(own, (), "Fields that the association has declared for itself.")
    item = closed({**properties, **BEHIND}, ALWAYS)
    return Promise(msgspec.json.encode(item).decode(), tuple(fields.items()), tuple(parts.items()))


def document(kind: str, promised: Promise, address: str) -> Schema:
    """The schema of the file with all items of a kind; ``address`` is where the schema stands."""
    head = {
        "$schema": {"const": address},
        "kind": {"const": kind},
        "association": _said(TEXT, "Whose they are."),
        "url": _said(ADDRESS, "The site."),
        "language": _said(TEXT, "In which they are written, where they do not say another (BCP 47)."),
        "items": _said(_array({"$ref": "#/$defs/item"}), "In the order of their ids."),
    }
    about = f"Everything of the kind {kind} that has a page on the site, with what that page shows."
    return {
        "$schema": DRAFT,
        "$id": address,
        **closed(head, head, about),
        "$defs": {"item": msgspec.json.decode(promised.item), "reference": REFERENCE},
    }


def _refers(name: str, info: FieldInfo) -> bool:
    """The field means others: people, or what its name or one of its keys says."""
    inner, read = _innermost(info.annotation, info.metadata)
    if says(info, "private") and name != AGREED:
        return False
    if isinstance(inner, type) and issubclass(inner, Fields):
        return issubclass(inner, Somebody) or bool(ONE_OF_A_KIND & inner.model_fields.keys())
    return read is values.reference or name in ONE_OF_A_KIND


def _innermost(annotation: Any, marks: Iterable[Any]) -> tuple[Any, Any]:
    """What a list or an optional value is of, and the function that reads it."""
    read = next((mark.func for mark in marks if isinstance(mark, PlainValidator)), None)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _innermost(arguments[0], arguments[1:])
    if origin in (Union, UnionType, tuple):
        return _innermost(next(each for each in arguments if each is not NoneType), ())
    return annotation, read


def _described(annotation: Any, marks: Iterable[Any] = ()) -> Schema:
    """The schema of what a face has of a value; of what nothing is known, anything."""
    read = next((mark.func for mark in marks if isinstance(mark, PlainValidator)), None)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _described(arguments[0], arguments[1:])
    if origin in (Union, UnionType):
        forms = [_described(each) for each in arguments if each is not NoneType]
        return forms[0] if len(forms) == 1 else {"anyOf": forms}
    if origin in (tuple, list):
        return _array(_described(arguments[0]))
    if origin is dict:
        return {"type": "object", "additionalProperties": _described(arguments[1])}
    if isinstance(annotation, type) and issubclass(annotation, Fields):
        return closed(*_nested(annotation))
    return {**_TYPES.get(annotation, {}), **_narrower(read)}


def _nested(model: type[Fields]) -> tuple[Schema, list[str]]:
    """The properties of a mapping within a field, and those that it always has."""
    there = {info.alias or name: info for name, info in model.model_fields.items() if says(info, "shown")}
    properties = {
        key: _said(_described(info.annotation, info.metadata), info.description or "") for key, info in there.items()
    }
    return properties, [key for key, info in there.items() if info.is_required()]


_TYPES: Mapping[Any, Schema] = {
    str: TEXT,
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
}
_FORMS: Mapping[Any, Schema] = {
    values.url: ADDRESS,
    values.target: ADDRESS,
    values.file: ADDRESS,
    values.email: {"pattern": r"^[^@\s]+@[^@\s]+$"},
    values.amount: {"pattern": r"^[0-9]{1,9}(\.[0-9]{1,2})?$"},
    values.currency: {"pattern": "^[A-Z]{3}$"},
    values.tag: {"pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"},
    values.whole: {"minimum": 0},
}
"""What is so of every value that a function reads. Paths of the site are given out as addresses in full."""


def _narrower(read: Any) -> Schema:
    """What is known of every value that a function reads, beyond its type."""
    made_by = getattr(read, "__qualname__", "").partition(".<locals>")[0]
    if made_by == values.one_of.__qualname__:
        return {"enum": list(inspect.getclosurevars(read).nonlocals["words"])}
    if made_by == values.degrees.__qualname__:
        limit = inspect.getclosurevars(read).nonlocals["limit"]
        return {"minimum": -limit, "maximum": limit}
    return _FORMS.get(read, {})


def _own(field: Own) -> Schema:
    return {"title": field.label, **_OWN[field.type]}


_OWN: Mapping[str, Schema] = {
    "text": TEXT,
    "list": _array(TEXT),
    "number": {"type": "number"},
    "yes-no": {"type": "boolean"},
    "date": _said(TEXT, "A year, month, day or time (ISO 8601)."),
    "url": ADDRESS,
}
