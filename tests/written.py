"""What an editor may write in a field, drawn from the field's type, so that kinds and fields to come are covered too.

The values are few, so that those of different entries meet: names that texts mention, ids that are referred to, private
addresses in public text, days on both sides of a test's clock.
"""

import functools
import inspect
from collections.abc import Callable, Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BeforeValidator, PlainValidator
from pydantic.fields import FieldInfo

from sitegen import common, occurrences, sitefile, values
from sitegen.occasion import Change
from sitegen.schema import Fields

Strategy = st.SearchStrategy[Any]

IDS = ("ada", "bo", "cy", "dee", "eve", "flo")
NAMES = ("Ada Okafor", "Bo Ek", "Cy Ek", "Dee Ek", "Zoë Ek")
PICTURES = ("ada.png", "bo.png", "group.png")
ADDRESSES = ("ada@example.org", "bo@example.org")
NUMBERS = ("+47 22 00 00 01", "+47 22 00 00 02")
DAYS = (
    "2025-05-04",
    "2026-11-20",
    "2026-11-23 12:00",
    "2026-11-24T09:30",
    "2026-11-25",
    "2026-12-01",
    "2026-12",
    "2027",
)
DATED = tuple(day for day in DAYS if len(day) >= len("2026-11-20"))
PLANNED = ("2026-11-24", "2026-11-25", "2026-11-26")
"""Dates that a repetition may have."""

LABELS = st.sampled_from(("Rust", "rust", "C++", "Łódź & <b>co</b>", "Bo Ek"))
LINES = LABELS | st.sampled_from((*NAMES, "Book club: Dune", ADDRESSES[0], NUMBERS[0], "passcode: 1234"))
BODIES = st.sampled_from(
    ("Knows *compilers*.", "## Work\n\nWith Bo Ek.", "![The group](group.png)", "Write to ada@example.org.", "<script>")
)

TYPES: Mapping[Callable[..., Any], Strategy] = {
    values.line: LINES,
    values.prose: BODIES,
    values.yes_no: st.sampled_from(("yes", "no", "true", "False")),
    values.whole: st.sampled_from(("1", "2", "30")),
    values.url: st.sampled_from(("https://example.com/", "http://example.net/a?b=c#d")),
    values.target: st.sampled_from(("https://example.com/", "/files/statutes.txt")),
    values.amount: st.sampled_from(("0", "25", "12.50")),
    values.currency: st.sampled_from(("EUR", "nok")),
    values.site_url: st.sampled_from(("https://example.org/", "https://example.net/guild")),
    values.email: st.sampled_from(ADDRESSES),
    values.phone: st.sampled_from(NUMBERS),
    values.slug: st.sampled_from((*IDS, "elsewhere")),
    values.alias: st.sampled_from(("gone", "past", "/gone/", "/people/past/", "/gone")),
    values.reference: st.sampled_from(IDS),
    values.moment: st.sampled_from(DAYS),
    values.duration: st.sampled_from(("90", "2 hours", "1 day")),
    values.months: st.sampled_from(("1 month", "6 weeks", "2 years")),
    values.zone: st.sampled_from(("Europe/Oslo", "America/Sao_Paulo", "UTC")),
    values.word: st.sampled_from(("main", "skills")),
    values.number: st.sampled_from(("3", "-2.5")),
    values.file: st.sampled_from(("/files/statutes.txt", "files/statutes.txt")),
    values.weight: st.sampled_from(("-1", "10")),
    values.host: st.sampled_from(("youtube.com", "video.example.org")),
    values.uid: st.sampled_from(("one", "2fd4e1c6@example.org")),
    values.image: st.sampled_from(PICTURES),
    values.language: st.sampled_from(("en", "nb-NO", "Yoruba")),
    values.tag: st.sampled_from(("en", "nb", "ar")),
    values.listed: st.sampled_from(("yes", "name-only", "no")),
    common.label: LABELS,
    common.link_map: st.dictionaries(
        st.sampled_from(("website", "github", "guild")),
        st.sampled_from(("https://example.com/", "ada", "a b")),
        min_size=1,
    ),
    sitefile._social: st.just(["https://example.social/@guild"]),  # noqa: SLF001 - a type of the schema like the others
}
"""What may stand where a function reads the value."""

MEANT: Mapping[tuple[str, str], Strategy] = {
    ("Event", "end"): st.sampled_from(("21:00", "2026-11-24 12:00", "2026-11-26", "2027-01-01")),
    ("Event", "rrule"): st.sampled_from(("FREQ=DAILY", "FREQ=DAILY;INTERVAL=2;COUNT=3", "FREQ=MONTHLY;BYMONTHDAY=24")),
    ("Change", "start"): st.sampled_from(("9:00", "2026-11-23 13:00", "2026-11-27")),
    ("Change", "end"): st.sampled_from(("21:00", "2026-12-03")),
    ("Part", "start"): st.sampled_from(("9:00", "10:30", "2026-11-24 11:00")),
    ("Part", "end"): st.sampled_from(("12:00", "23:30")),
    ("Part", "day"): st.sampled_from(("1", "2", "2026-11-24")),
    ("Repeats", "every"): st.sampled_from(("day", "day", "day", "2 days", "weekly", "month", "yearly")),
    ("Repeats", "day"): st.sampled_from(("Tue", "Mon and Tue", "24", "last Monday", "fourth Tuesday of November")),
    ("Repeats", "until"): st.sampled_from(("2026-11-27", "2026-12", "2027")),
    ("Repeats", "count"): st.sampled_from(("2", "5")),
    ("Repeats", "except"): st.lists(st.sampled_from((*PLANNED, "2026-12")), min_size=1, max_size=2),
    ("Repeats", "also"): st.sampled_from(("2026-11-28", "2026-11-28 18:00")),
    ("Repeats", "dates"): st.sets(st.sampled_from(DATED), min_size=1).map(sorted),
    ("InsteadOf", "date"): st.sampled_from(PLANNED),
    ("Somebody", "person"): st.sampled_from((*IDS, "anonymous")),
    ("Directory", "page_size"): st.sampled_from(("1", "2", "3")),
    ("SiteFile", "languages"): st.sampled_from(("en", "en, nb", ["en", "es"])),
    ("SiteFile", "logo"): st.just("group.png"),
    ("SiteFile", "navigation"): st.lists(st.sampled_from(("events", "members", "https://example.com/")), min_size=1),
    ("SiteFile", "footer"): st.lists(st.sampled_from(("Made by us", "https://example.com/")), min_size=1),
    ("SiteFile", "fields"): st.just({"members": {"trade": {"label": "Trade", "public": "yes", "facet": "yes"}}}),
    ("SiteFile", "synonyms"): st.just({"C++": ["rust"]}),
    ("SiteFile", "formats"): st.sampled_from((["html", "atom"], {"qr": "no", "ics": "no"}, {"api": "no"})),
    ("SiteFile", "redirects"): st.sampled_from(
        ({"/old/": "/members/"}, [{"old": "/gone/", "new": "/", "status": "302"}])
    ),
    ("SiteFile", "netlify"): st.just({"headers": {"/files/*": {"X-Robots-Tag": "noindex"}}}),
    ("SiteFile", "vocabulary"): st.sampled_from(({"members": "fellows"}, {"groups": ["chapter", "chapters"]})),
    ("Directory", "facets"): st.sampled_from(("skills", ["skills", "groups"])),
    ("SiteFile", "theme"): st.sampled_from(
        (
            "tiny",
            "child",
            {"name": "tiny", "options": {"colour": "red"}},
            {"name": "child", "options": {"colour": "blue"}},
        )
    ),
}
"""Fields that mean more than their type says, by model and name."""


@functools.cache
def fields(model: type[Fields]) -> Mapping[str, Strategy]:
    """What may stand in each field of a model, by the key that an editor writes."""
    found = {}
    for name, info in model.model_fields.items():
        key = info.alias or name
        meant = MEANT.get((model.__name__, key))
        found[key] = field(info) if meant is None else meant
    return found


def field(info: FieldInfo) -> Strategy:
    """What may stand in a field."""
    return _annotated(info.annotation, tuple(info.metadata))


def _annotated(annotation: Any, marks: tuple[Any, ...]) -> Strategy:
    for mark in marks:
        if isinstance(mark, PlainValidator):
            return _read_by(mark.func)
    if before := [mark.func for mark in marks if isinstance(mark, BeforeValidator)]:
        return _with_short_forms(annotation, before[0])
    return _typed(annotation)


def _typed(annotation: Any) -> Strategy:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _annotated(arguments[0], arguments[1:])
    if origin in (Union, UnionType):
        return st.one_of(*(_typed(each) for each in arguments if each is not NoneType))
    if origin is tuple:
        return st.lists(_typed(arguments[0]), min_size=1, max_size=3)
    if annotation is occurrences.Repeats:
        return _mapping(annotation) | _daily()
    if isinstance(annotation, type) and issubclass(annotation, Fields):
        return _mapping(annotation)
    if annotation is Any:
        return LINES
    raise LookupError(f"tests/written.py has no strategy for the type {annotation}")


def _read_by(function: Callable[..., Any]) -> Strategy:
    """What a function reads; one that closes over words or a limit says itself what that is."""
    if function is occurrences.read_changes:
        return st.dictionaries(st.sampled_from(PLANNED), _change(), min_size=1, max_size=2)
    if function in TYPES:
        return TYPES[function]
    known = inspect.getclosurevars(function).nonlocals
    if function.__qualname__ == values.one_of().__qualname__:
        return st.sampled_from((*known["words"], *(word.replace("_", "-") for word in known["also"])))
    if function.__qualname__ == values.degrees(0).__qualname__:
        return st.sampled_from(("0", "-12.345", str(known["limit"])))
    raise LookupError(f"tests/written.py has no strategy for values that {function.__qualname__} reads")


def _daily() -> Strategy:
    """A repetition that has most of the dates which are left out, added or changed."""
    known = fields(occurrences.Repeats)
    return st.fixed_dictionaries(
        {"every": st.just("day")}, optional={key: known[key] for key in ("until", "except", "also", "changes")}
    )


def _change() -> Strategy:
    """What differs on a date: a word on its status, or one or two fields."""
    others = fields(Change)
    some = st.lists(st.sampled_from(list(others)), unique=True, min_size=1, max_size=2)
    words = st.sampled_from(("cancelled", "postponed", "tentative"))
    return words | some.flatmap(lambda keys: st.fixed_dictionaries({key: others[key] for key in keys}))


def _with_short_forms(annotation: Any, read: Callable[..., Any]) -> Strategy:
    """A list is also written as one value or with commas, and a mapping as the text that stands first in it."""
    whole = _typed(annotation)
    if get_origin(annotation) is tuple:
        return st.one_of(whole, whole.map(_first if read is values.as_list else _short))
    if isinstance(annotation, type) and issubclass(annotation, Fields):
        first = tuple(fields(annotation).values())[:2]
        return st.one_of(whole, st.one_of(*first).filter(lambda value: isinstance(value, str)))
    return whole


def _first(items: list[Any]) -> Any:
    return items[0]


def _short(items: list[Any]) -> Any:
    return ", ".join(items) if all(isinstance(each, str) for each in items) else items[0]


def _mapping(model: type[Fields]) -> Strategy:
    """A mapping with what is required and at most three other keys."""
    required = {info.alias or name for name, info in model.model_fields.items() if info.is_required()}
    others = [key for key in fields(model) if key not in required]
    some = st.lists(st.sampled_from(others), unique=True, min_size=not required, max_size=3)
    chosen = some if others else st.just([])
    return chosen.flatmap(
        lambda keys: st.fixed_dictionaries({key: fields(model)[key] for key in (*sorted(required), *keys)})
    )
