"""References: who and what is meant by the words of an entry, and where somebody or something has a part."""

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import msgspec

from sitegen import times
from sitegen.common import Problems, Waiting, epoch, initials, picture_url, place_in, topic_slug, topics
from sitegen.model import Card, Entry, Reference, Referent, VCard, VEvent, face, shown
from sitegen.problems import At, Problem, Severity, did_you_mean
from sitegen.slugs import fold, slugify

Part: TypeAlias = tuple[str, str]
"""The reference of an entry, and the planned start of one of its dates or nothing for all of it."""


@dataclass(frozen=True, slots=True)
class Known:
    """The entries of a kind by all that they may be called in a reference."""

    ids: Mapping[str, Entry]
    old: Mapping[str, Entry]
    names: Mapping[str, Entry]
    """By folded names; organizations also by slugs and ids, as those of one slug are one."""
    waiting: frozenset[str]
    """The ids of what is not published."""

    def meant(self, reference: Reference) -> Entry | None:
        """The entry that is meant; None for somebody without a profile."""
        found = self.ids.get(reference.id) or self.old.get(reference.id) or self.names.get(fold(reference.name))
        if found is None and reference.kind == "organizations" and reference.name:
            return self.names.get(topic_slug(reference.name))
        return found


@dataclass(frozen=True, slots=True)
class Present:
    """The clock by which a part is over."""

    now: int
    """Seconds since 1970."""
    zone: str

    def is_past(self, reference: Reference) -> bool:
        """The last day, month or year of the part is over."""
        return bool(reference.until) and ends(reference.until, self.zone) <= self.now


@functools.lru_cache(maxsize=10_000)
def ends(until: str, zone: str) -> int:
    """The first moment after the last day, month or year of a part, in seconds since 1970."""
    try:
        return epoch(until, zone, after=True)
    except times.Unreadable:  # a time that no clock shows: its day is meant
        return epoch(until[:10], zone, after=True)


def moments(entries: Iterable[Entry], zone: str) -> Iterable[int]:
    """When parts come to their end."""
    return {ends(each.until, zone) for entry in entries for each in entry.references if each.until}


NOBODY = Known({}, {}, {}, frozenset())


def known(entries: Iterable[Entry], waiting: Iterable[Waiting]) -> dict[str, Known]:
    """Everybody and everything that can be referred to, by kind."""
    kinds: dict[str, list[Entry]] = defaultdict(list)
    unseen: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        kinds[entry.kind].append(entry)
    for each in waiting:
        unseen[each.kind].add(each.id)
    return {
        kind: Known(
            ids={entry.id: entry for entry in kinds[kind]},
            old={alias: entry for entry in kinds[kind] for alias in entry.aliases},
            names=unique((name, entry) for entry in kinds[kind] for name in _called(entry)),
            waiting=frozenset(unseen[kind]),
        )
        for kind in {*kinds, *unseen}
    }


def _called(entry: Entry) -> Iterable[str]:
    yield from map(fold, entry.names)
    if entry.kind == "organizations":
        yield from map(topic_slug, entry.names)
        yield from (entry.id, entry.url.rstrip("/").rpartition("/")[2])


def unique(pairs: Iterable[tuple[str, Entry]]) -> dict[str, Entry]:
    """Names that exactly one entry has."""
    owners: dict[str, dict[str, Entry]] = defaultdict(dict)
    for name, entry in pairs:
        owners[name][entry.id] = entry
    return {name: next(iter(found.values())) for name, found in owners.items() if name and len(found) == 1}


def resolved(
    entries: Iterable[Entry], everything: Mapping[str, Known], present: Present
) -> dict[Part, tuple[Referent, ...]]:
    """What the references of every entry and of every date that has its own mean, with a page if there is one."""
    return {
        (entry.ref, planned): tuple(_referent(each, _meant(each, everything), present, entry) for each in found)
        for entry in entries
        for planned, found in _by_date(entry)
        if found
    }


HOSTS = ("members", "groups", "organizations")
"""Whoever may host an event."""


def _meant(reference: Reference, everything: Mapping[str, Known]) -> Entry | None:
    """The entry that is meant; a host by name may be of several kinds."""
    kinds = HOSTS if reference.part == "hosts" and reference.name else (reference.kind,)
    found = (everything.get(kind, NOBODY).meant(msgspec.structs.replace(reference, kind=kind)) for kind in kinds)
    return next((each for each in found if each), None)


def dangling(entries: Iterable[Entry], everything: Mapping[str, Known]) -> Problems:
    """What is wrong with references."""
    return tuple(
        problem
        for entry in entries
        for _, found in _by_date(entry)
        for each in found
        for problem in _dangling(entry, each, everything)
    )


def _by_date(entry: Entry) -> Iterable[tuple[str, tuple[Reference, ...]]]:
    yield "", entry.references
    yield from ((override.planned, override.references) for override in entry.overrides)


ONE = {"news": "news item", "opportunities": "opportunity"}


def one(kind: str) -> str:
    """What one entry of a kind is called in a message: member, opportunity."""
    return ONE.get(kind, kind.removesuffix("s"))


def _dangling(entry: Entry, reference: Reference, everything: Mapping[str, Known]) -> Problems:
    """What is wrong with a reference."""
    at, everybody = place_in(entry, *reference.path), everything.get(reference.kind, NOBODY)
    what = one(reference.kind)
    if not reference.id:
        return _nearly_a_reference(at, reference.name, everybody) if reference.kind == "members" else ()
    if reference.id in everybody.ids:
        return ()
    if meant := everybody.old.get(reference.id):
        article = "an" if what[0] in "aeiou" else "a"
        return (Problem(at, f"this is an old id of {article} {what}", f"the id is now {meant.id}", Severity.NOTE),)
    if reference.id in everybody.waiting:
        is_member = reference.kind == "members"
        hint = "no name is shown until the profile is" if is_member else "no link is shown until it is"
        message = "the profile of this member is not published" if is_member else f"this {what} is not published"
        return (Problem(at, message, hint, Severity.WARNING),)
    others = HOSTS if reference.part == "hosts" else ()
    host = next((kind for kind in others if reference.id in everything.get(kind, NOBODY).ids), "")
    usual = _BY_NAME.get(reference.kind) or _BY_FILE % reference.kind
    hint = f"write {host}/{reference.id}" if host else did_you_mean(reference.id, everybody.ids) or usual
    return (Problem(at, f"there is no {what} with this id", hint),)


_BY_NAME = {
    "members": "a person without a profile is written by name: Jane Doe",
    "organizations": "one without a file is written by name, with a capital letter or a blank: Acme Ltd",
}
_BY_FILE = "correct it, or put a file with this name into %s/"


def _nearly_a_reference(at: At, name: str, everybody: Known) -> Problems:
    """What is said of a name that nobody has, and that is an id or several names but for its form."""
    if fold(name) in everybody.names:
        return ()
    ident = slugify(re.sub(r"\.(?:ya?ml|md)$", "", name))
    if ident in everybody.ids:
        hint = f"write {ident} for the member; else it is the name of somebody without a profile"
        return (Problem(at, "this is nearly the id of a member", hint, Severity.WARNING),)
    parts = [part.strip() for part in re.split(r",|&| and ", name)]
    if len(parts) > 1 and any(part in everybody.ids or fold(part) in everybody.names for part in parts):
        hint = f"several people are a list: [{', '.join(parts)}]"
        return (Problem(at, "this is read as the name of one person", hint, Severity.WARNING),)
    return ()


def _referent(reference: Reference, entry: Entry | None, present: Present, owner: Entry) -> Referent:
    """The reference of ``owner`` to ``entry`` as it is shown. An id of what is not published is no name."""
    name = reference.name if entry is None or (reference.name and reference.kind == "resources") else entry.title
    card = shown(entry.card, Card) if entry and entry.url else None
    past = present.is_past(reference)
    image, sizes = (card.image, card.image_sizes) if card else ("", None)
    if not image and (photo := next((each for each in owner.pictures if each.name == reference.photo), None)):
        image, sizes = picture_url(owner.url, photo.name), photo.sizes
    return Referent(
        part="former_leads" if past and reference.part == "leads" else reference.part,
        name=name,
        session=reference.session,
        # Where both are the same, the one that may be the default itself: faces leave defaults out by identity.
        kind=entry.kind if entry and entry.kind != reference.kind else reference.kind,
        url=entry.url if entry else reference.url,
        role=reference.role,
        organization=reference.organization,
        subtitle=card.subtitle if card else "",
        bio=reference.bio,
        image=image,
        image_sizes=sizes,
        initials=initials(name),
        since=reference.since,
        until=reference.until,
        past=past,
        on_pages=entry is not None and not entry.url,
    )


def backlinks(
    entries: Iterable[tuple[Part, Entry]], referents: Mapping[Part, tuple[Referent, ...]]
) -> dict[str, tuple[tuple[Referent, Entry], ...]]:
    """Where each has a part, by the URL of its page, in the order of the entries.

    Of an entry in which somebody has a part as a whole, its single dates are not told.
    """
    found: dict[str, dict[tuple[str, Part], tuple[Referent, Entry]]] = defaultdict(dict)
    for part, entry in entries:
        for each in referents.get(part, ()):
            if each.url.startswith("/"):
                found[each.url].setdefault((each.part, part), (each, entry))
    return {
        url: tuple(
            each for (name, (ref, planned)), each in parts.items() if not planned or (name, (ref, "")) not in parts
        )
        for url, parts in found.items()
    }


# --- What an entry takes from what it refers to


def completed(entry: Entry, everything: Mapping[str, Known], present: Present) -> Entry:
    """The entry with the names that its cards take from organizations: an employer, the house where an event is.

    It is without the portraits of those who are credited by name alone.
    """
    entry = _without_portraits(entry, everything)
    organizations = everything.get("organizations", NOBODY)
    works = [each for each in entry.references if each.part in WORK and not present.is_past(each)]
    if entry.kind == "members" and any(each.until for each in works):  # it is known here alone that they work there yet
        entry = _working(entry, works)
    if entry.employer and (employer := organizations.ids.get(entry.employer) or organizations.old.get(entry.employer)):
        entry = _employed(entry, employer.title)
    houses = {
        planned: house
        for planned, found in _by_date(entry)
        for each in found
        if each.part == "venue" and (house := organizations.meant(each))
    }
    return _housed(entry, houses) if houses else entry


def _without_portraits(entry: Entry, everything: Mapping[str, Known]) -> Entry:
    """The entry without the pictures of people who are to be credited by name alone."""
    credits_ = [each for _, found in _by_date(entry) for each in found if each.photo]
    gone = {each.photo for each in credits_ if (meant := _meant(each, everything)) and not meant.url}
    if not gone:
        return entry
    return msgspec.structs.replace(entry, pictures=tuple(each for each in entry.pictures if each.name not in gone))


WORK = ("organization", "organizations")
"""The fields in which members say where they work."""


def _working(entry: Entry, works: list[Reference]) -> Entry:
    """The entry of somebody who works in these places, the first of them being the one on cards."""
    first, *_ = works
    named = topics(dict.fromkeys(each.name for each in works if each.name))
    entry = msgspec.structs.replace(entry, employer=first.id, organizations=named)
    return entry if first.id else _employed(entry, first.name)


def _employed(entry: Entry, name: str) -> Entry:
    card = shown(entry.card, Card)
    if card.url:
        subtitle = ", ".join(filter(None, (card.role, name))) if not card.headline else card.subtitle
        entry = msgspec.structs.replace(entry, card=face(msgspec.structs.replace(card, subtitle=subtitle)))
    if entry.vcard:
        vcard = msgspec.structs.replace(shown(entry.vcard, VCard), organization=name)
        entry = msgspec.structs.replace(entry, vcard=face(vcard))
    return entry


def _housed(entry: Entry, houses: Mapping[str, Entry]) -> Entry:
    """The entry with the houses in which its dates are, by their planned starts; one that has none is where all are."""
    places = {planned: _address_of(house) for planned, house in houses.items()}
    points = {planned: _point_of(house) for planned, house in houses.items()}
    card = shown(entry.card, Card)
    vevent = shown(entry.vevent, VEvent) if entry.vevent else None
    online = {each.planned for each in entry.overrides if shown(each.card, Card).mode == "online"}

    def at(planned: str, said: str, usual: str) -> str:
        is_usual = said == usual and planned not in online
        return places.get(planned) or (places.get("", said) if is_usual else said)

    def located(planned: str, made: VEvent, usual: str) -> VEvent:
        location = at(planned, made.location, usual)
        house = next((points[each] for each in (planned, "") if places.get(each) == location), None)
        return msgspec.structs.replace(made, location=location, geo=house or made.geo)

    overrides = []
    for each in entry.overrides:
        alone = shown(each.card, Card)
        alone = msgspec.structs.replace(alone, place=at(each.planned, alone.place, card.place))
        full = shown(each.full, dict)
        if each.planned in places:
            full["place"] = alone.place
        own = located(each.planned, shown(each.vevent, VEvent), vevent.location if vevent else "")
        overrides.append(msgspec.structs.replace(each, card=face(alone), full=face(full), vevent=face(own)))
    if "" in places:
        entry = msgspec.structs.replace(
            entry,
            card=face(msgspec.structs.replace(card, place=places[""])),
            full=face({**shown(entry.full, dict), "place": places[""]}),
            where=entry.where or houses[""].where,
        )
    if vevent:
        changes = tuple(located(each.planned, each, vevent.location) for each in vevent.changes)
        entry = msgspec.structs.replace(
            entry, vevent=face(msgspec.structs.replace(located("", vevent, vevent.location), changes=changes))
        )
    return msgspec.structs.replace(entry, overrides=tuple(overrides))


def _address_of(house: Entry) -> str:
    return ", ".join(filter(None, (house.title, shown(house.card, Card).place)))


def _point_of(house: Entry) -> tuple[float, float] | None:
    where = shown(house.full, dict).get("location") or {}
    return (where["latitude"], where["longitude"]) if {"latitude", "longitude"} <= where.keys() else None
