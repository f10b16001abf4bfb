"""People: who is meant by the credits of an entry, and in what somebody takes part."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from sitegen.common import Problems, Waiting, initials, place_in
from sitegen.model import Card, Credit, Entry, Person, shown
from sitegen.problems import At, Problem, Severity, did_you_mean
from sitegen.slugs import fold, slugify

Part: TypeAlias = tuple[str, str]
"""The reference of an entry, and the planned start of one of its dates or nothing for all of it."""


@dataclass(frozen=True, slots=True)
class Known:
    """The members by all that they may be called in a credit."""

    ids: Mapping[str, Entry]
    old: Mapping[str, Entry]
    names: Mapping[str, Entry]
    waiting: frozenset[str]
    """The ids of profiles that are not published."""

    def member(self, credit: Credit) -> Entry | None:
        """The member who is meant; None for somebody without a profile."""
        return self.ids.get(credit.id) or self.old.get(credit.id) or self.names.get(fold(credit.name))


def known(entries: Iterable[Entry], waiting: Iterable[Waiting]) -> Known:
    """Everybody with a profile."""
    members = [entry for entry in entries if entry.kind == "members"]
    return Known(
        ids={entry.id: entry for entry in members},
        old={alias: entry for entry in members for alias in entry.aliases},
        names=unique((fold(name), entry) for entry in members for name in entry.names),
        waiting=frozenset(each.id for each in waiting if each.kind == "members"),
    )


def unique(pairs: Iterable[tuple[str, Entry]]) -> dict[str, Entry]:
    """Names that exactly one entry has."""
    owners: dict[str, dict[str, Entry]] = defaultdict(dict)
    for name, entry in pairs:
        owners[name][entry.id] = entry
    return {name: next(iter(found.values())) for name, found in owners.items() if name and len(found) == 1}


def resolved(
    entries: tuple[Entry, ...], waiting: tuple[Waiting, ...]
) -> tuple[dict[Part, tuple[Person, ...]], Problems]:
    """The people of every entry and of every date that has its own, each with a page if there is one."""
    everybody = known(entries, waiting)
    problems: list[Problem] = []
    people: dict[Part, tuple[Person, ...]] = {}
    for entry in entries:
        dates = ((override.planned, override.people) for override in entry.overrides)
        for planned, found in (("", entry.people), *dates):
            for credit in found:
                problems += _dangling(entry, credit, everybody)
            if found:
                people[entry.ref, planned] = tuple(_person(credit, everybody.member(credit)) for credit in found)
    return people, tuple(problems)


def _dangling(entry: Entry, credit: Credit, everybody: Known) -> Problems:
    """What is wrong with a reference."""
    at = place_in(entry, *credit.path)
    if not credit.id:
        return _nearly_a_reference(at, credit.name, everybody)
    if credit.id in everybody.ids:
        return ()
    if member := everybody.old.get(credit.id):
        return (Problem(at, "this is an old id of a member", f"the id is now {member.id}", Severity.NOTE),)
    if credit.id in everybody.waiting:
        hint = "no name is shown until the profile is"
        return (Problem(at, "the profile of this member is not published", hint, Severity.WARNING),)
    hint = did_you_mean(credit.id, everybody.ids) or "a person without a profile is written by name: Jane Doe"
    return (Problem(at, "there is no member with this id", hint),)


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


def _person(credit: Credit, member: Entry | None) -> Person:
    """The credit as it is shown."""
    name = member.title if member else credit.name
    card = shown(member.card, Card) if member and member.url else None
    return Person(
        part=credit.part,
        name=name,
        session=credit.session,
        url=member.url if member else credit.url,
        role=credit.role,
        organization=credit.organization,
        subtitle=card.subtitle if card else "",
        bio=credit.bio,
        image=card.image if card else "",
        initials=initials(name),
    )


def involved(
    entries: Iterable[tuple[Part, Entry]], people: Mapping[Part, tuple[Person, ...]]
) -> dict[str, tuple[tuple[str, Entry], ...]]:
    """Where each person has a part, by the URL of the person's page, in the order of the entries.

    Of an entry in which somebody has a part as a whole, its single dates are not told.
    """
    found: dict[str, dict[tuple[str, Part], tuple[str, Entry]]] = defaultdict(dict)
    for part, entry in entries:
        for person in people.get(part, ()):
            if person.url.startswith("/"):
                found[person.url].setdefault((person.part, part), (person.part, entry))
    return {
        url: tuple(
            each for (name, (ref, planned)), each in parts.items() if not planned or (name, (ref, "")) not in parts
        )
        for url, parts in found.items()
    }
