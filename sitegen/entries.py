"""An entry from the fields that all kinds share, to which a kind adds its own: what every kind's file ends with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from sitegen import own
from sitegen.common import (
    Common,
    Decoded,
    Item,
    Problems,
    id_note,
    link_texts,
    make_uid,
    moments,
    picture_url,
    pictures,
    read_links,
    slug_of,
    texts,
    topics,
)
from sitegen.model import DAY, Card, Entry, Link, Settings, VEvent, When, face, shown
from sitegen.occasion import OFF
from sitegen.schema import shown_values
from sitegen.slugs import fold
from sitegen.source import Data, Document, digest


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a kind says of an entry besides what all have."""

    title: str
    card: Mapping[str, Any] = field(default_factory=dict)
    """Values of its card, by the names of `model.Card`."""
    values: Data = field(default_factory=dict)
    """What its page shows, besides the fields that are declared ``shown``."""
    facets: Mapping[str, Any] = field(default_factory=dict)
    """Facets of the entry, by the names of `model.Entry`."""
    schema: Data = field(default_factory=dict)
    """What schema.org calls it, with ``@type``."""
    texts: Data = field(default_factory=dict)
    """Public texts that are not among the values, to be looked through."""
    published: str = ""
    """The field that says when it was published, where `publish_date` does not: ``date``, ``posted``."""
    picture: str = "image"
    """The field that names its picture."""
    problems: Problems = ()


PICTURE = ("image", "image_sizes")
"""What a page knows of its picture: values that are no texts."""


def root_of(kind: str, settings: Settings) -> str:
    """The address below which the entries of a kind stand; plain pages stand at the root."""
    return f"{settings.root}/" if kind == "pages" else f"{settings.root}/{kind}/"


KNOWN_LATE = 60
"""Days before its start by which an event counts as published where nothing else is said (contract, section 5)."""


def known_since(instants: Mapping[str, int], said: int | None, span: When | None) -> tuple[int | None, int | None]:
    """When something was published and last changed, in seconds since 1970; None where nobody says.

    ``instants`` are the common fields, ``said`` is what a field of the kind says, ``span`` is when it takes place.
    """
    late = span.begins - KNOWN_LATE * DAY if span else None
    updated = instants.get("updated", instants.get("publish_date", said if said is not None else late))
    published = instants.get("publish_date", said)
    if published is None and updated is not None:
        published = min(updated, late) if late is not None else updated
    return published, updated


def _vevent(entry: Entry, stamp: int, span: When) -> VEvent:
    """What takes place as a calendar has it, from the facets of the entry."""
    card = shown(entry.card, Card)
    return VEvent(
        uid=entry.uid,
        stamp=stamp,
        sequence=int(span.status in OFF),
        when=span,
        summary=entry.title,
        url=entry.url,
        description=card.summary,
        location=card.place,
        categories=tuple(topic.label for topic in entry.tags),
    )


def decoded(item: Item, model: Common, document: Document, settings: Settings, made: Particulars) -> Decoded:
    """The entry of a file; ``made`` is what its kind adds."""
    slug, odd_slug = slug_of(item, model, settings)
    page = f"{root_of(item.kind, settings)}{slug}/"
    body = document.body.strip() or getattr(model, "description", None) or ""
    named = {name: getattr(model, name) for name in dict.fromkeys((made.picture, "image"))}
    found, missing = pictures(item, body, named, made.facets.get("references", ()))
    links, odd_links = read_links(item.path, model.links or {})
    instants, odd_moments = moments(item, model, settings.zone)
    said, odd_said = moments(item, model, settings.zone, (made.published,)) if made.published else ({}, ())
    span = made.facets.get("when")
    published, updated = known_since(instants, said.get(made.published), span)
    image = picture_url(page, found.own)
    values = {
        **shown_values(model),
        **made.values,
        "links": links,
        "image": image,
        "image_sizes": found.sizes,
        **({"when": span} if span else {}),
        "own": own.values(item.kind, model, settings.own),
    }
    card = Card(
        kind=item.kind,
        title=made.title,
        url=page,
        summary=model.summary or "",
        image=image,
        image_alt=model.image_alt or "",
        image_sizes=found.sizes,
        lang=model.lang or "",
        when=span,
    )
    entry = Entry(
        kind=item.kind,
        id=item.id,
        source=item.path,
        within=item.within,
        url=page,
        title=made.title,
        sort=fold(made.title),
        link=face(Link(made.title, page)),
        card=face(msgspec.structs.replace(card, **made.card)),
        full=face(values),
        body=digest(body.encode()) if body else b"",
        visible=instants.get("publish_date"),
        expires=instants.get("expires"),
        tags=topics(model.tags, settings.synonyms),
        pictures=found.published,
        aliases=model.aliases,
        names=(made.title,),
        own=own.topics(item.kind, model, settings.own),
        schema=face(made.schema) if made.schema else None,
        uid=make_uid(item, model, settings),
        published=published,
        updated=updated,
        language=item.language,
    )
    entry = msgspec.structs.replace(entry, **made.facets)
    if span and span.dated and entry.vevent is None:
        entry = msgspec.structs.replace(entry, vevent=face(_vevent(entry, updated or 0, span)))
    public = {**values, **made.texts, "links": link_texts(model.links)}
    return Decoded(
        entry=entry,
        bodies=(body,),
        texts=texts(model, {key: each for key, each in public.items() if key not in PICTURE}, body, "description"),
        asked=found.asked,
        problems=(*odd_slug, *missing, *odd_links, *odd_moments, *odd_said, *id_note(item), *made.problems),
    )
