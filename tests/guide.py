"""docs/fields.md, made from docs/fields.in.md and the schema: ``make docs`` writes it.

A line ``<!-- fields: events -->`` stands for the table of the fields of a kind that no other table has,
``<!-- fields: events start end -->`` for that of these fields, and ``<!-- other kinds -->`` for a section on each kind
of which the prose has none. ``<!-- words: formats -->`` within a line stands for words that the program knows.
"""

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import pydantic
from pydantic import BeforeValidator, PlainValidator
from pydantic.fields import FieldInfo

from sitegen import common, config, navigation, own, text, values
from sitegen.common import Common, Item, Somebody
from sitegen.kinds import BUILT_IN, Kind, Translation
from sitegen.model import Settings
from sitegen.schema import Fields
from tests.planting import MODELS, NAMED, Read

FOLDER = Path(__file__).parent.parent / "docs"
DOCUMENT = FOLDER / "fields.md"
TEMPLATE = FOLDER / "fields.in.md"

KINDS: Mapping[str, Kind] = {kind.name: kind for kind in BUILT_IN}
TABLES: Mapping[str, type[Fields]] = {**MODELS, "common": Common, "people": Somebody, "translation": Translation}
"""What has tables, by the name that the prose has for it."""

WORDS: Mapping[str, Iterable[str]] = {
    "formats": config.FORMATS,
    "extensions": text.EXTENSIONS,
    "types": own.TYPES,
    "links": common.LINKS,
    "sections": navigation.OTHERS,
}
"""Words that the prose names."""

MARKER = re.compile(r"^<!-- fields: (\w+)((?: \w+)*) -->$", re.MULTILINE)


def written(prose: str | None = None) -> str:
    """The document that the prose makes, by default that of docs/fields.in.md.

    Raises LookupError where it asks for a field, a kind or words that are none.
    """
    prose = TEMPLATE.read_text("utf-8") if prose is None else prose
    reasons = unshown(prose)
    said = [(kind, tuple(names.split())) for kind, names in MARKER.findall(prose)]

    def put(match: re.Match[str]) -> str:
        kind, names = match[1], tuple(match[2].split())
        elsewhere = {name for other, those in said if other == kind for name in those}
        return table(kind, names or tuple(name for name in own_keys(kind) if name not in elsewhere), reasons)

    made = MARKER.sub(put, prose)
    made = re.sub(r"<!-- words: (\w+) -->", lambda match: ", ".join(f"`{word}`" for word in WORDS[match[1]]), made)
    others = (section(kind, reasons) for name, kind in KINDS.items() if name not in dict(said))
    return made.replace("<!-- other kinds -->\n\n", "".join(others))


def section(kind: Kind, reasons: Mapping[str, str]) -> str:
    """The section on a kind of which the prose has none."""
    about = inspect.getdoc(kind.model) or ""
    return f"## {kind.title}: `{kind.name}`\n\n{about}\n\n{table(kind.name, own_keys(kind.name), reasons)}\n\n"


def own_keys(kind: str) -> tuple[str, ...]:
    """The fields of a kind but for those that all have."""
    model = TABLES[kind]
    inherited = Common.model_fields if issubclass(model, Common) and model is not Common else {}
    return tuple(info.alias or name for name, info in model.model_fields.items() if name not in inherited)


def unshown(prose: str) -> dict[str, str]:
    """The fields that no page shows, such as ``site.uid``, with the reasons, from their table in the prose."""
    rows = re.findall(r"^\| (\w+) \| `([^`]+)` \| (.+) \|$", prose, re.MULTILINE)
    return {f"{kind}.{name}": reason for kind, name, reason in rows}


# --- Tables


@dataclass(frozen=True, slots=True)
class Row:
    """A field, on its own or within another."""

    name: str
    form: str
    required: bool
    private: bool
    about: str


def table(kind: str, names: tuple[str, ...], reasons: Mapping[str, str]) -> str:
    """The table of some fields of a kind and of all that stands within them."""
    needed = required_of(KINDS[kind]) if kind in KINDS else frozenset()
    lines = ["| field | form | what it is for |", "|---|---|---|"]
    for name in names:
        for row in rows(TABLES[kind], name):
            called = f"**`{row.name}`**" if row.required or row.name in needed else f"`{row.name}`"
            lines.append(f"| {called} | {row.form} | {row.about}{seen(kind, row, reasons)} |")
    return "\n".join(lines)


def required_of(kind: Kind) -> frozenset[str]:
    """The fields of which an entry without any is told that they are missing, besides those of the schema."""
    empty = kind.model.model_construct(**dict.fromkeys(kind.model.model_fields))  # type: ignore[arg-type]
    settings = Settings("UTC", "https://example.org/")
    told = kind.required(Item(kind.name, "x", f"{kind.name}/x.yaml"), empty, settings)
    return frozenset(match[1] for each in told if (match := re.fullmatch(r"(\w+) is missing", each.message)))


def seen(kind: str, row: Row, reasons: Mapping[str, str]) -> str:
    """What is to be said where pages do not show it: what is private all the same may be shown if its owner agrees."""
    if kind == "site":  # all that is meant there is how the site is
        return ""
    is_unseen = bool({f"{kind}.{row.name}", f"{kind}.{row.name.partition('.')[0]}"} & reasons.keys())
    return {
        (True, True): " *Private.*",
        (True, False): " *Not on pages.*",
        (False, True): " *Private, unless agreed.*",
    }.get((is_unseen, row.private), "")


def rows(model: type[Fields], key: str, before: str = "") -> Iterator[Row]:
    """A field and those within it."""
    info = next((each for name, each in model.model_fields.items() if (each.alias or name) == key), None)
    if info is None:
        raise LookupError(f"{model.__name__} has no field {key}, which {TEMPLATE.name} asks for")
    name = before + key
    extra = info.json_schema_extra
    private = isinstance(extra, dict) and bool(extra["private"])
    required = info.is_required() and not before
    yield Row(
        name, MEANT.get(name) or form(info.annotation, tuple(info.metadata)), required, private, info.description or ""
    )
    inner, names = within(info.annotation)
    if inner:
        around = f"{'.'.join((name, *NAMED.get(name, ())[:names]))}."
        theirs = Somebody.model_fields if issubclass(inner, Somebody) and model is not Somebody else {}
        for each, one in inner.model_fields.items():
            if each not in theirs:
                yield from rows(inner, one.alias or each, around)


def within(annotation: Any) -> tuple[type[Fields] | None, int]:
    """The fields in a value, and how many names that editors choose lead to them."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is dict:
        inner, names = within(arguments[1])
        return inner, names + 1
    if origin in (Annotated, Union, UnionType, tuple):
        return within(next(each for each in arguments if each is not NoneType))
    return (annotation, 0) if isinstance(annotation, type) and issubclass(annotation, Fields) else (None, 0)


# --- Forms: what may be written, told from the types

FORMS: Mapping[Read, str] = {
    values.line: "text",
    values.word: "word",
    values.prose: "text, Markdown",
    common.label: "a few words",
    values.yes_no: "yes or no",
    values.whole: "whole number",
    values.weight: "whole number",
    values.number: "number",
    values.amount: "amount",
    values.currency: "three letters",
    values.url: "web address",
    values.site_url: "web address",
    values.target: "web address or path",
    values.file: "path",
    values.host: "host",
    values.email: "mail address",
    values.phone: "telephone number",
    values.slug: "slug",
    values.alias: "id or path",
    values.reference: "id",
    values.moment: "date",
    values.duration: "duration",
    values.months: "months, weeks or years",
    values.zone: "time zone",
    values.uid: "one word",
    values.image: "file name",
    values.language: "language",
    values.tag: "language tag",
    values.listed: "yes, name-only or no",
    common.link_map: "{name: text}",
}
"""What the functions read that give text its type."""

MEANT: Mapping[str, str] = {
    "links": "{name: address}",
    "social": "{name: address}",
    "person": "id",
    "hosts": "list: person, `groups/…` or `organizations/…`",
    "end": "date or time",
    "rrule": "rule",
    "repeats.every": "how often",
    "repeats.day": "list: which days",
    "repeats.changes": "{date: word of `status`, or mapping}",
    "sessions.start": "time or date",
    "sessions.end": "time or date",
    "sessions.day": "date or number",
}
"""Fields of whose values more is known than their types tell."""

PROBES: Mapping[str, Any] = {
    "id": "ada-okafor",
    "web address": "https://example.org/",
    "path": "/files/a.pdf",
    "mail address": "ada@example.org",
    "yes or no": "yes",
    "free": "free",
    "text": "Some words",
}
"""What stands for a mapping is tried out with one text of each form."""


def form(annotation: Any, marks: tuple[Any, ...] = (), of: Read | None = None) -> str:
    """What may be written where a value has this type; ``of`` reads the list that it is in.

    Raises LookupError for a type that has no name here.
    """
    plain = next((mark.func for mark in marks if isinstance(mark, PlainValidator)), None)
    before = next((mark.func for mark in marks if isinstance(mark, BeforeValidator)), None)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if plain:
        return form_of_text(plain)
    if origin in (Annotated, Union, UnionType):
        more = arguments[1:] if origin is Annotated else ()
        return form(next(each for each in arguments if each is not NoneType), (*more, *marks), of)
    if origin is tuple:
        return f"{'list or commas' if splits(before) else 'list'}: {form(arguments[0], of=before)}"
    if origin is dict:
        return f"{{name: {form(arguments[1])}}}"
    if isinstance(annotation, type) and issubclass(annotation, Fields):
        shorter = ", ".join(short(annotation, of, before))
        return "person" if issubclass(annotation, Somebody) else f"{shorter} or mapping" if shorter else "mapping"
    return {str: "text", Any: "anything"}[annotation]


def form_of_text(read: Read) -> str:
    """What a function reads."""
    if words := words_of(read):
        return f"{', '.join(words[:-1])} or {words[-1]}"
    if getattr(read, "__qualname__", "") == values.degrees(0).__qualname__:
        return "degrees"
    if read not in FORMS:
        raise LookupError(f"tests/guide.py has no name for what {read} reads")
    return FORMS[read]


def words_of(read: Read | None) -> tuple[str, ...]:
    """The words of which a function reads one; empty where it reads others."""
    if getattr(read, "__qualname__", "") != values.one_of().__qualname__:
        return ()
    return tuple(inspect.getclosurevars(read).nonlocals["words"])  # type: ignore[arg-type]


def splits(read: Read | None) -> bool:
    """Commas separate the values of a list, also where they have blanks in them."""
    return read is not None and tried(read, "Some words, others") == ["Some words", "others"]


def short(model: type[Fields], *reads: Read | None) -> Iterator[str]:
    """The forms of text that stand for a mapping, but for those that go without saying where any text or id does."""
    keys = {name: meant for name, probe in PROBES.items() if (meant := key_of(model, reads, probe))}
    for name, key in keys.items():
        broader = {"id": ("text",), "text": ()}.get(name, ("id", "text"))
        if key not in [keys.get(each) for each in broader]:
            yield name
    for name, info in model.model_fields.items():
        words = next((words_of(mark.func) for mark in marks_of(info) if isinstance(mark, PlainValidator)), ())
        if words and not keys and key_of(model, reads, words[0]):
            yield f"word of `{info.alias or name}`"


def key_of(model: type[Fields], reads: tuple[Read | None, ...], probe: str) -> str:
    """The key that a text stands for in a mapping; empty where it cannot stand for one."""
    made: Any = probe
    for read in filter(None, reads):
        made = tried(read, made)
        made = made[0] if isinstance(made, list) and made else made
    try:
        return ", ".join(model.model_validate(made).model_fields_set) if isinstance(made, dict) else ""
    except pydantic.ValidationError:
        return ""


def tried(read: Read, value: Any) -> Any:
    """What a function makes of a value; None where it refuses it."""
    try:
        return read(value)
    except ValueError:
        return None


def marks_of(info: FieldInfo) -> tuple[Any, ...]:
    """What is said of a field's type, an optional one's too."""
    found = tuple(info.metadata)
    for each in get_args(info.annotation):
        found += get_args(each)[1:] if get_origin(each) is Annotated else ()
    return found


if __name__ == "__main__":
    DOCUMENT.write_text(written(), "utf-8")
