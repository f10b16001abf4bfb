"""Groups: chapters, working groups, committees, and whoever else meets within the association."""

from typing import Annotated

from pydantic import BeforeValidator, PlainValidator

from sitegen import schemaorg
from sitegen.common import (
    AnyTown,
    Common,
    Decoded,
    Item,
    Officers,
    Problems,
    credits_of,
    odd_place,
    place_line,
    read_links,
    reference_to,
    towns,
)
from sitegen.entries import Particulars, decoded
from sitegen.model import Contact, Settings
from sitegen.occasion import AnyContact, as_url
from sitegen.problems import At, Problem, Severity, did_you_mean
from sitegen.schema import Fields, field, plain
from sitegen.source import Document
from sitegen.values import Id, Line, Moment, Prose, Url, Zone, one_of

NAME = "groups"
TYPES = (
    "chapter", "working group", "committee", "board", "special-interest group", "task force", "project group",
    "reading group", "student group",
)  # fmt: skip
"""Types that themes know; others are fine."""
Status = Annotated[
    str, PlainValidator(one_of("active", "forming", "dormant", "closed", new="forming", inactive="dormant"))
]


class Join(Fields):
    """How one becomes part of it."""

    url: Url | None = field("Where to join.", shown=True)
    note: Line | None = field("Who can, and how.", shown=True)


def _join(value: object) -> object:
    is_note = isinstance(value, str) and not value.lower().startswith("http")
    return {"note": value} if is_note else as_url(value)


class Group(Common):
    """A group."""

    title: Line = field("What it is called.", shown=True, default=...)
    type: Line | None = field("chapter, working group, committee …", shown=True)
    status: Status | None = field("active, forming, dormant or closed.", shown=True)
    leads: Officers = field("Who leads it, in order: people, or {person, role, since, until}.", default=())
    former_leads: Officers = field("Who led it before.", default=())
    since: Moment | None = field("The first year, month or day.", shown=True)
    until: Moment | None = field("The last year, month or day.", shown=True)
    location: AnyTown | None = field('Where it meets: "Oslo, Norway" or its parts.', shown=True)
    timezone: Zone | None = field("The zone of its events, where they name none (an IANA name).", shown=True)
    meets: Line | None = field("When and where it meets, in words.", shown=True)
    contact: AnyContact | None = field("Whom to ask: {name, url, email}; all of it is public.", shown=True)
    join: Annotated[Join, BeforeValidator(_join)] | None = field("How to join: {url, note}.", shown=True)
    parent: Id | None = field("The id of the group that it is part of.")
    description: Prose | None = field("What it does, in Markdown: the body of an .md file.")


def decode(item: Item, model: Group, document: Document, settings: Settings) -> Decoded:
    """The group as an entry."""
    place = place_line(model.location, settings.language)
    references = [*credits_of("leads", model.leads), *credits_of("former_leads", model.former_leads)]
    if model.parent:
        references.append(reference_to("parent", NAME, model.parent, ("parent",)))
    contact = model.contact
    links, _ = read_links(item.path, model.links or {})
    status = model.status or "active"
    values = {"place": place, "location": plain(model.location) if model.location else {}, "status": status}
    return decoded(
        item,
        model,
        document,
        settings,
        Particulars(
            title=model.title,
            card={"subtitle": model.meets or "", "place": place, "type": model.type or "", "status": status},
            values=values,
            facets={
                "references": tuple(references),
                "where": towns(model.location, settings.language),
                "status": status,
                "zone": model.timezone or "",
                "contact": Contact(contact.name or "", contact.email or "", "", contact.url or "") if contact else None,
            },
            schema=schemaorg.of_group({**plain(model), "place": place, "links": links}, settings.language),
            texts={"leads": plain(model.leads), "former_leads": plain(model.former_leads)},
            problems=(*odd_place(item, ("location",), model.location, settings.language), *_odd_type(item, model)),
        ),
    )


def _odd_type(item: Item, model: Group) -> Problems:
    if not model.type or model.type.lower() in TYPES:
        return ()
    hint = did_you_mean(model.type, TYPES) or "it is shown as it is"
    return (Problem(At(item.path, ("type",)), "this type is not a known one", hint, Severity.NOTE),)
