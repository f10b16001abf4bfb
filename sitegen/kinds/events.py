"""Events: what takes place, when, where, and by whom; once, or again and again."""

import msgspec

from sitegen import overrides, own, schemaorg, times
from sitegen.agenda import sessions
from sitegen.common import (
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
    towns,
    warn,
)
from sitegen.entries import known_since, root_of
from sitegen.event import NAME, Context, Event, attendees, card, people_texts, references_in, suspicions
from sitegen.model import Contact, Entry, Length, Link, Repetition, Settings, When, face
from sitegen.occasion import Occasion, values_of, when, where, windows
from sitegen.occurrences import Repeats, repetition
from sitegen.problems import At, Problem
from sitegen.slugs import fold
from sitegen.source import Document, digest


def required(item: Item, model: Event, settings: Settings) -> Problems:
    """An event has a title and a start."""
    del settings
    return tuple(
        Problem(At(item.path), f"{name} is missing", f"add {name}: …", private=True)
        for name in ("title", "start")
        if not getattr(model, name)
    )


def decode(item: Item, model: Event, document: Document, settings: Settings) -> Decoded:
    """The event as an entry."""
    slug, odd_slug = slug_of(item, model, settings)
    page = f"{root_of(NAME, settings)}{slug}/"
    body = document.body.strip() or model.description or ""
    span, odd_times = when(item, model, settings)
    people = tuple(references_in(model))
    found, missing = pictures(item, body, {"image": model.image}, people)
    links, odd_links = read_links(item.path, model.links or {})
    instants, odd_moments = moments(item, model, settings.zone)
    problems = (*odd_slug, *odd_times, *missing, *odd_links, *odd_moments, *id_note(item))
    if span is None:
        return Decoded(problems=problems)
    repeated, odd_dates = _repetition(item, model, span)
    agenda, odd_sessions = sessions(item, model, span)
    open_times, odd_windows = windows(item, model, None if model.repeats or model.rrule else span, settings)
    problems = (
        *problems,
        *odd_dates,
        *odd_sessions,
        *odd_windows,
        *suspicions(item, model, span, settings),
        *_odd_moves(item, model),
    )
    if repeated is None and (model.repeats or model.rrule):
        return Decoded(problems=problems)
    published, updated = known_since(instants, None, span)
    stamp = updated or 0
    context = Context(item, model, settings, page, stamp)
    changed = overrides.changes(context, repeated) if repeated else overrides.Changes()
    if more := tuple(each for date in changed.overrides for each in date.references if each.photo):
        found, absent = pictures(item, body, {"image": model.image}, (*people, *more))
        problems = (*problems, *(each for each in absent if each not in missing))
    image = picture_url(page, found.own)
    venue, _ = where(model)
    contact = model.contact
    values = {**values_of(model), "own": own.values(NAME, model, settings.own)}
    shown = msgspec.structs.replace(card(context, model, span, image), image_sizes=found.sizes)
    if repeated:
        shown = msgspec.structs.replace(shown, rule=repeated.rule)
    entry = Entry(
        kind=NAME,
        id=item.id,
        source=item.path,
        within=item.within,
        url=page,
        title=shown.title,
        sort=fold(shown.title),
        link=face(Link(shown.title, page)),
        card=face(shown),
        full=face(
            {
                **values,
                "when": span,
                "links": links,
                "image": image,
                "image_sizes": found.sizes,
                "place": shown.place,
                "rule": shown.rule,
            }
        ),
        body=digest(body.encode()) if body else b"",
        when=span,
        visible=instants.get("publish_date"),
        expires=instants.get("expires"),
        references=people,
        tags=topics(model.tags, settings.synonyms),
        pictures=found.published,
        aliases=model.aliases,
        where=towns(venue, settings.language),
        series=next(iter(topics((model.series,))), None) if model.series else None,
        sessions=agenda,
        windows=open_times,
        repetition=repeated,
        overrides=changed.overrides,
        instead_of=(model.instead_of.event, times.iso(times.read(model.instead_of.date))) if model.instead_of else None,
        vevent=face(overrides.whole(context, span, repeated, changed)) if span.dated else None,
        own=own.topics(NAME, model, settings.own),
        schema=face(schemaorg.of_event(model, span, settings)),
        uid=make_uid(item, model, settings),
        published=published,
        updated=stamp,
        contact=Contact(contact.name or "", contact.email or "", "", contact.url or "") if contact else None,
        language=item.language,
    )
    return Decoded(
        entry=entry,
        bodies=(body, *changed.bodies),
        texts=texts(
            model,
            {**values, **people_texts(model), "links": link_texts(model.links), **changed.texts},
            body,
            "description",
        ),
        asked=found.asked,
        attendees=(*attendees(model, ""), *changed.attendees),
        problems=(*problems, *changed.problems),
    )


def _repetition(item: Item, model: Event, span: When) -> tuple[Repetition | None, Problems]:
    if not (model.repeats or model.rrule):
        return None, ()
    if model.instead_of:
        hint = "take one of the two out"
        return None, (Problem(At(item.path, ("instead_of",)), "what repeats cannot take the place of one date", hint),)
    return repetition(item, model.repeats or Repeats(), model.rrule or "", span, _length(model, span))


def _odd_moves(item: Item, model: Event) -> Problems:
    """An event was moved from another start than its own."""
    if model.start not in model.moved_from:
        return ()
    at = ("moved_from", model.moved_from.index(model.start))
    return (warn(item.path, at, "this is the start itself", "write the start that it had before"),)


def _length(model: Occasion, span: When) -> Length:
    """How long each date lasts, from how long the first does."""
    timed = "T" in span.start
    if not span.end:
        minutes = (span.over - span.begins) // 60
        return Length(minutes=minutes, shown=False) if timed else Length(whole=True, shown=False)
    if timed and model.duration:
        return Length(days=model.duration.days, minutes=model.duration.minutes)
    first, last = (times.read(each[:10], times.ANY_YEAR).date for each in (span.start, span.end))
    clock = span.end.partition("T")[2]
    return Length(days=(last - first).days, clock=clock, whole=not clock)
