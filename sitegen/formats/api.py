"""The public data for other programs: a JSON file for every kind that has pages, and its JSON Schema."""

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import msgspec

from sitegen import contract, recurrence, times
from sitegen.contract import Promise
from sitegen.kinds import kinds
from sitegen.model import (
    Card,
    Entry,
    Face,
    Frozen,
    Link,
    Reference,
    Referent,
    Repetition,
    Session,
    When,
    face,
    shown,
)
from sitegen.plan import Collection, Edition, Format, Output, Tools, absolute


class Person(Frozen, frozen=True):
    """Somebody or something that has a part in an entry, as others may read it."""

    part: str
    session: int
    name: str | None
    url: str = ""
    role: str = ""
    organization: str = ""
    bio: str = ""
    since: str = ""
    until: str = ""


class Facts(Frozen, frozen=True):
    """What is given out of an entry besides the fields of its page."""

    id: str
    kind: str
    url: str
    title: str
    uid: str
    updated: int | None
    published: int | None
    has_text: bool
    tags: tuple[str, ...]
    skills: tuple[str, ...]
    when: When | None
    repetition: Repetition | None
    dates: tuple[Face, ...]
    """Each a `Row`."""
    sessions: tuple[Session, ...]
    people: tuple[Person, ...]
    pages: tuple[tuple[str, Face], ...]
    """Pages that have a part in it, each with the name of the part: a `Link`."""


class Row(Frozen, frozen=True):
    """What is given out of a date of a repetition."""

    anchor: str
    when: When
    url: str = ""
    title: str = ""
    changes: dict[str, Any] | None = None


class Item(Frozen, frozen=True):
    """All that is given out of an entry."""

    full: Face
    card: Face
    facts: Face


class Data(Frozen, frozen=True):
    """All that goes into the file of a kind."""

    kind: str
    association: str
    site: str
    """The site's URL, ending with a slash."""
    language: str
    promise: Promise
    items: tuple[Item, ...]


class Description(Frozen, frozen=True):
    """All that goes into the schema of a kind."""

    kind: str
    site: str
    promise: Promise


SECTIONS: Mapping[str, str] = {"attendees": "attendees", "stands_for": "instead_of"}
"""Sections of pages that are lists of links, and the parts that these have."""


def outputs(collections: Iterable[Collection], edition: Edition) -> Iterator[Output]:
    """``/api/<kind>.json`` and ``/api/schema/<kind>.json`` for every kind with pages, in the site's own language."""
    config = edition.config
    found: dict[str, list[Collection]] = defaultdict(list)
    for each in collections:
        if each.about and each.url == each.about.url and not each.root and not each.unlisted:
            found[each.about.kind].append(each)
    for kind, pages in sorted(found.items()):
        promise = contract.promise(kind, kinds()[kind].model, config.settings.own)
        items = {page.about.id: (page.about.source, _item(page.about, page)) for page in pages if page.about}
        ordered = [items[key] for key in sorted(items)]
        data = Data(kind, config.name, config.url, config.language, promise, tuple(item for _, item in ordered))
        yield Output(f"api/{kind}.json", "", render, data, tuple(dict.fromkeys(source for source, _ in ordered)))
        yield Output(f"api/schema/{kind}.json", "", render_schema, Description(kind, config.url, promise))


def _item(entry: Entry, page: Collection) -> Item:
    sections = {each.name: each.items for each in page.sections}
    facts = Facts(
        id=entry.id,
        kind=entry.kind,
        url=page.url,
        title=entry.title,
        uid=entry.uid,
        updated=entry.updated,
        published=entry.published,
        has_text=bool(entry.body),
        tags=tuple(topic.label for topic in entry.tags),
        skills=tuple(topic.label for topic in entry.skills),
        when=entry.when,
        repetition=entry.repetition,
        dates=sections.get("dates", ()),
        sessions=entry.sessions,
        people=tuple(_person(*each) for each in zip(entry.references, page.referents, strict=True)),
        pages=tuple((part, each) for name, part in SECTIONS.items() for each in sections.get(name, ())),
    )
    return Item(entry.full, entry.card, face(facts))


def _person(reference: Reference, one: Referent) -> Person:
    """Somebody with their part; nobody whom pages alone name."""
    if not one.name or one.on_pages or (reference.id and not one.url.startswith("/")):
        return Person(one.part, one.session, None)
    particulars = (one.url, one.role, one.organization, one.bio, one.since, one.until)
    return Person(one.part, one.session, one.name, *particulars)


# --- Writing


def render(data: Data, tools: Tools) -> bytes:
    """The file of a kind: one item to a line, so that versions of it can be compared."""
    del tools
    head = {
        "$schema": _schema_url(data.kind, data.site),
        "kind": data.kind,
        "association": data.association,
        "url": data.site,
        "language": data.language,
    }
    items = b",\n".join(_record(each, data.promise, data.site) for each in data.items)
    return msgspec.json.encode(head)[:-1] + b',"items":[\n' + items + b"\n]}\n"


def render_schema(description: Description, tools: Tools) -> bytes:
    """The schema of a kind's file."""
    del tools
    address = _schema_url(description.kind, description.site)
    made = contract.document(description.kind, description.promise, address)
    return msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n"


def _schema_url(kind: str, site: str) -> str:
    return absolute(site, f"/api/schema/{kind}.json")


# --- One item

Read = Callable[[Any], Any]
EMPTY: tuple[Any, ...] = (None, "", [], (), {})
"""What is not given out."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """How the face of an entry is read for an item."""

    names: tuple[str, ...]
    """Of the properties, in order."""
    fields: Mapping[str, tuple[str, Read]]
    """Fields of the page by their names: the properties that they are, and how their values are read."""
    parts: Mapping[str, bool]
    """Properties that are references, and whether each is a list."""
    own: Mapping[str, Read]
    """The association's own fields."""


@functools.lru_cache(maxsize=100)
def _reading(promise: Promise, site: str) -> _Reading:
    properties = msgspec.json.decode(promise.item)["properties"]
    own = properties.get("own", {"properties": {}})["properties"]
    return _Reading(
        names=tuple(properties),
        fields={name: (key, _reader(properties[key], site)) for key, name in promise.fields},
        parts=dict(promise.parts),
        own={name: _own_reader(each, site) for name, each in own.items()},
    )


def _reader(schema: dict[str, Any], site: str) -> Read:
    """How a value of a face is given out: what the schema has of it, with addresses in full."""
    if "properties" in schema:
        inner = {key: (key, _reader(each, site)) for key, each in schema["properties"].items()}
        inner |= {f"{key}_": each for key, each in inner.items()}  # of a field that is called like a word of Python
        return lambda value: {
            inner[name][0]: inner[name][1](each) for name, each in value.items() if name in inner and each is not None
        }
    if schema.get("type") == "array":
        each = _reader(schema["items"], site)
        return lambda values: [each(value) for value in values]
    if schema.get("type") == "string" and "enum" not in schema:
        return lambda text: _address(text, site) if text.startswith("/files/") and " " not in text else text
    return lambda value: value


def _own_reader(schema: dict[str, Any], site: str) -> Read:
    """The same of an own field, of which a face has a list of values."""
    read = _reader(schema, site)
    if schema["type"] == "array":
        return read
    if schema["type"] == "number":
        return lambda values: float(values[0]) if "." in values[0] else int(values[0])
    return lambda values: read(values[0])


@functools.lru_cache(maxsize=20_000)
def _record(item: Item, promise: Promise, site: str) -> bytes:
    """An item, made once however often the site is built by a process."""
    reading = _reading(promise, site)
    full, card, facts = shown(item.full, dict), shown(item.card, Card), shown(item.facts, Facts)
    fields = ((*reading.fields[name], each) for name, each in full.items() if name in reading.fields)
    values = {key: read(each) for key, read, each in fields if each not in EMPTY}
    values |= _made(facts, card, full, site)
    for part, people in _parts(facts, site).items():
        if part in reading.parts:
            values[part] = people if reading.parts[part] else people[0]
        elif "url" in people[0] and isinstance(values.get(part, {}), dict):  # what has a form of its own: a venue
            values[part] = {**values.get(part, {}), **{key: people[0][key] for key in ("name", "url")}}
    own = {each["name"]: each["values"] for each in full.get("own", ())}
    values["own"] = {name: read(own[name]) for name, read in reading.own.items() if name in own}
    return msgspec.json.encode({name: values[name] for name in reading.names if values.get(name) not in EMPTY})


def _made(facts: Facts, card: Card, full: Mapping[str, Any], site: str) -> dict[str, Any]:
    """The properties that are no fields as they stand."""
    repetition = facts.repetition
    return {
        "id": facts.id,
        "kind": facts.kind,
        "url": _address(facts.url, site),
        "title": facts.title,
        "summary": card.summary or full.get("summary"),
        "image": _address(card.image, site),
        "links": [{**each, "url": _address(each["url"], site)} for each in full.get("links", ())],
        "tags": facts.tags or full.get("tags"),
        "skills": facts.skills or full.get("skills"),
        "when": _when(facts.when) if facts.when else None,
        "rrule": _rrule(repetition) if repetition and repetition.rule.frequency else "",
        "dates": [_date(shown(each, Row), facts.url, site) for each in facts.dates],
        "sessions": [_session(facts, index, site) for index in range(len(facts.sessions))],
        "place": card.place,
        "has_text": facts.has_text,
        "uid": facts.uid,
        "published": _utc(facts.published),
        "updated": _utc(facts.updated),
    }


def _parts(facts: Facts, site: str) -> dict[str, list[dict[str, Any]]]:
    """Everybody and everything that has a part in the entry, each once in a part."""
    found: dict[str, dict[tuple[str | int, ...], dict[str, Any]]] = defaultdict(dict)
    for index, one in enumerate(facts.people):
        key = (one.url, one.name, one.since, one.until) if one.name else (index,)
        found[one.part].setdefault(key, _reference(one, site))
    for part, page in facts.pages:
        link = shown(page, Link)
        found[part][link.url,] = {"name": link.title, "url": _address(link.url, site)}
    return {part: list(people.values()) for part, people in found.items()}


def _reference(one: Person, site: str) -> dict[str, Any]:
    said = ("role", one.role), ("organization", one.organization), ("bio", one.bio)
    years = ("since", one.since), ("until", one.until)
    told = {key: each for key, each in (("url", _address(one.url, site)), *said, *years) if each}
    return {"name": one.name, **told}


def _session(facts: Facts, index: int, site: str) -> dict[str, Any]:
    session = facts.sessions[index]
    names = ("title", "start", "end", "room", "track", "type", "lang", "abstract")
    materials = [
        {"title": each.title, **({"url": _address(each.url, site)} if each.url else {})} for each in session.materials
    ]
    made = {
        "url": _address(f"{facts.url}#{session.anchor}", site),
        **{name: getattr(session, name) for name in names},
        "speakers": [_reference(one, site) for one in facts.people if one.session == index],
        "materials": materials,
    }
    return {name: each for name, each in made.items() if each not in EMPTY}


def _date(row: Row, page: str, site: str) -> dict[str, Any]:
    title = row.title or (row.changes or {}).get("title", "")
    said = {"title": title} if title else {}
    return {"url": _address(row.url or f"{page}#{row.anchor}", site), **said, **_when(row.when)}


def _when(when: When) -> dict[str, Any]:
    made = {
        "start": when.start,
        "end": when.end,
        "timezone": when.zone,
        "status": when.status,
        "start_utc": _utc(when.begins) if when.dated else "",
        "end_utc": _utc(when.over) if when.dated and when.end else "",
    }
    return {key: each for key, each in made.items() if each}


def _rrule(repetition: Repetition) -> str:
    """The rule; the last start in UTC where the first has a time (RFC 5545, section 3.3.10)."""
    until = repetition.rule.until
    if "T" not in until:
        return recurrence.rrule(repetition.rule, until.replace("-", ""))
    last = dt.datetime.fromisoformat(until).replace(tzinfo=times.zone(repetition.zone))
    later = max(last.replace(fold=fold).astimezone(dt.UTC) for fold in (0, 1))  # of two that clocks show alike
    return recurrence.rrule(repetition.rule, f"{later:%Y%m%dT%H%M%SZ}")


def _utc(moment: int | None) -> str:
    """A moment as RFC 3339 has it; empty without one."""
    return "" if moment is None else f"{dt.datetime.fromtimestamp(moment, dt.UTC).replace(tzinfo=None).isoformat()}Z"


@functools.lru_cache(maxsize=50_000)
def _address(url: str, site: str) -> str:
    """A URL in full; those that do not begin with a slash are elsewhere."""
    if not url.startswith("/"):
        return url
    page, sign, anchor = url.partition("#")
    return absolute(site, page) + sign + quote(anchor)


FORMAT = Format("api", outputs)
