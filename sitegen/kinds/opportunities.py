"""Opportunities: jobs, projects, collaborations, volunteering, funding, and calls."""

import re
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainValidator

from sitegen import i18n, schemaorg
from sitegen.common import (
    AnyBody,
    AnyTown,
    Common,
    Decoded,
    Item,
    Label,
    credits_of,
    moments,
    odd_place,
    place_line,
    reference_to,
    topics,
    towns,
    warn,
)
from sitegen.entries import Particulars, decoded
from sitegen.model import Contact, Reference, Settings, Window
from sitegen.problems import At, Problem, Severity, did_you_mean
from sitegen.schema import Fields, field, plain
from sitegen.slugs import is_id
from sitegen.source import Document
from sitegen.values import Amount, Commas, Currency, Email, Id, Line, Many, Moment, Prose, Url, one_of

NAME = "opportunities"
TYPES = ("job", "project", "collaboration", "volunteering", "funding", "call", "internship", "fellowship", "award")
"""Types that themes know; others are fine."""
Remote = Annotated[str, PlainValidator(one_of("yes", "no", "hybrid", true="yes", false="no"))]


class Apply(Fields):
    """Where to apply; all of it is public."""

    url: Url | None = field("The address of the form or notice.", shown=True)
    email: Email | None = field("A mail address that everybody may see.", shown=True)


class Salary(Fields):
    """What is paid."""

    min: Amount | None = field("The least.", shown=True)
    max: Amount | None = field("The most.", shown=True)
    currency: Currency | None = field("The currency's code (ISO 4217).", shown=True)
    per: Annotated[str, PlainValidator(one_of("hour", "day", "week", "month", "year"))] | None = field(
        "hour, day, week, month or year.", shown=True
    )


def _apply(value: Any) -> Any:
    return {"email" if "@" in value and "://" not in value else "url": value} if isinstance(value, str) else value


class Opportunity(Common):
    """Something that somebody can take part in or apply for."""

    title: Line = field("What it is called.", shown=True, default=...)
    type: Line = field("job, project, collaboration, volunteering, funding, call …", shown=True, default=...)
    organization: Line | None = field("Whose it is: the id of an organization or a name.")
    location: Many[AnyTown] = field("Where: one place or several.", shown=True, default=())
    remote: Remote | None = field("yes, no or hybrid.", shown=True)
    event: Id | None = field("The id of the event that it belongs to.")
    contact: AnyBody | None = field("A member who can introduce you, or whom to ask.")
    apply: Annotated[Apply, BeforeValidator(_apply)] | None = field("Where to apply: {url, email}.", shown=True)
    salary: Salary | None = field("What is paid: {min, max, currency, per}.", shown=True)
    posted: Moment | None = field("Since when it is open.", shown=True)
    closes: Moment | None = field("The last day, or the moment it closes.", shown=True)
    hours: Line | None = field("How much time it takes: full time, two evenings a month …", shown=True)
    skills: Commas[Label] = field("What it asks for.", shown=True, default=())
    description: Prose | None = field("What it is about, in Markdown: the body of an .md file.")


def decode(item: Item, model: Opportunity, document: Document, settings: Settings) -> Decoded:
    """The opportunity as an entry."""
    places = tuple(place_line(each, settings.language) for each in model.location)
    instants, odd_times = moments(item, model, settings.zone, ("posted", "closes"))
    window = Window("apply", instants.get("posted"), instants.get("closes"))
    apply = model.apply
    values = {"places": list(places), "skills": list(model.skills)}
    work = {} if model.organization is None else {"organization": model.organization}
    summary = model.summary or _plainly(document.body or model.description or "")
    return decoded(
        item,
        model,
        document,
        settings,
        Particulars(
            title=model.title,
            card={
                "type": model.type,
                "subtitle": "" if is_id(model.organization or "") else model.organization or "",
                "place": "; ".join(places),
                "published": model.posted or "",
                "closes": model.closes or "",
                "over": window.closes or 0,
                "mode": {"yes": "online", "hybrid": "hybrid"}.get(model.remote or "", ""),
            },
            values=values,
            facets={
                "references": tuple(_references(model)),
                "employer": model.organization if is_id(model.organization or "") else "",
                "skills": topics(model.skills, settings.synonyms),
                "where": tuple(town for each in model.location for town in towns(each, settings.language)),
                "windows": (window,) if window.opens is not None or window.closes is not None else (),
                "contact": Contact(email=apply.email or "", url=apply.url or "") if apply else None,
            },
            schema=schemaorg.of_opportunity({**plain(model), **work, "summary": summary}, settings.language),
            texts={"contact": plain(model.contact) if model.contact else {}, **work},
            published="posted",
            problems=(*odd_times, *_suspicions(item, model, window, settings)),
        ),
    )


def _plainly(text: str) -> str:
    """The words of a text in Markdown, for programs that want a sentence or two."""
    return " ".join(re.sub(r"!?\[([^\]]*)\]\([^)]*\)|[*_`#>]+(?=\S)|(?<=\S)[*_`]+", r"\1", text).split())


def _references(model: Opportunity) -> Iterator[Reference]:
    if model.organization:
        yield reference_to("organization", "organizations", model.organization, ("organization",))
    if model.event:
        yield reference_to("event", "events", model.event, ("event",))
    if model.contact:
        yield from credits_of("contact", (model.contact,))


def _suspicions(item: Item, model: Opportunity, window: Window, settings: Settings) -> Iterator[Problem]:
    if window.opens is not None and window.closes is not None and window.closes <= window.opens:
        yield warn(item.path, ("closes",), "this closes before it is posted")
    for index, each in enumerate(model.location):
        yield from odd_place(item, ("location", index), each, settings.language)
    if model.type.lower() not in TYPES:
        hint = did_you_mean(model.type, TYPES) or "it is shown as it is"
        yield Problem(At(item.path, ("type",)), "this type is not a known one", hint, Severity.NOTE)
    pay = model.salary
    if pay and (pay.min or pay.max) and not pay.currency:
        yield warn(item.path, ("salary",), "the currency is missing", "write {min: 3000, currency: EUR, per: month}")
    if pay and pay.currency and not i18n.is_currency(pay.currency):
        hint = "write its ISO 4217 code, such as EUR"
        yield warn(item.path, ("salary", "currency"), "there is no such currency", hint)
    if pay and pay.min and pay.max and float(pay.min) > float(pay.max):
        yield warn(item.path, ("salary", "max"), "this is less than the least")
