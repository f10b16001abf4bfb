"""The site: entries linked with each other, in order, and selected by the clock."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain

from sitegen import times
from sitegen.clock import Interval, between
from sitegen.common import initials, place_in
from sitegen.model import Card, Config, Credit, Entry, Person, Topic, shown
from sitegen.problems import Problem, Severity, did_you_mean
from sitegen.slugs import fold

Problems = tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that exists and is not published: a draft, or one whose day has not come."""

    kind: str
    id: str
    visible: int | None = None
    """Published from this moment on (seconds since 1970); None for a draft."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """The entries that share a topic."""

    topic: Topic
    entries: tuple[Entry, ...]

    @property
    def url(self) -> str:
        """Its page."""
        return f"/skills/{self.topic.slug}/"


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that is published, and how it belongs together."""

    config: Config
    entries: tuple[Entry, ...]
    """Everything with a page, by kind and id."""
    members: tuple[Entry, ...]
    """The directory, by name."""
    remembered: tuple[Entry, ...]
    """Members in memoriam, by name."""
    newest: tuple[Entry, ...]
    """Members of whom it is known when they joined, the last first."""
    upcoming: tuple[Entry, ...]
    """Events that are not over, the next first."""
    past: tuple[Entry, ...]
    """Events that are over, the last first."""
    calendar: str
    """The URL of the calendar of all events; empty where none has a day."""
    skills: tuple[Gathering, ...]
    """Members by skill, in the order of the skills."""
    topics: Mapping[str, str]
    """The URL of the page of each skill, by slug."""
    people: Mapping[str, tuple[Person, ...]]
    """The people of an entry, by its reference."""
    involved: Mapping[str, tuple[tuple[str, Entry], ...]]
    """The entries in which a person has a part, with that part, by the URL of the person's page; the last first."""
    interval: Interval
    """All this is so as long as the present is in here."""
    counts: Mapping[str, int]
    """How many entries of each kind have a page."""


def link(config: Config, entries: Iterable[Entry], waiting: Iterable[Waiting], now: int) -> tuple[Site, Problems]:
    """The site at ``now`` (seconds since 1970), and the references that lead nowhere."""
    entries, waiting = tuple(entries), tuple(waiting)
    people, problems = _resolved(entries, waiting)
    pages = tuple(entry for entry in entries if entry.url)
    current = tuple(entry for entry in pages if entry.expires is None or entry.expires > now)
    members = sorted((each for each in current if each.kind == "members"), key=lambda each: (each.sort, each.id))
    listed = tuple(each for each in members if each.listing == "listed")
    events = [(each.when, each) for each in current if each.when]
    moments = chain(
        (each.visible for each in entries if each.visible),
        (each.visible for each in waiting if each.visible),
        (each.expires for each in entries if each.expires),
        (each.when.over for each in entries if each.when),
    )
    skills = _gathered(listed)
    dated = any(each.vevent for _, each in events)
    return Site(
        config=config,
        entries=pages,
        members=listed,
        remembered=tuple(each for each in members if each.listing == "remembered"),
        newest=tuple(sorted((each for each in listed if each.joined), key=_since, reverse=True)),
        upcoming=tuple(each for when, each in sorted(events, key=_by_time) if when.over > now),
        past=tuple(each for when, each in sorted(events, key=_by_time, reverse=True) if when.over <= now),
        calendar="/calendar.ics" if dated else "",
        skills=skills,
        topics={each.topic.slug: each.url for each in skills},
        people=people,
        involved=_involved(current, people),
        interval=between(moments, now),
        counts=Counter(each.kind for each in pages),
    ), (*problems, *_same_ids(entries), *_spellings(listed))


def _same_ids(entries: tuple[Entry, ...]) -> Problems:
    """Entries in a file of the whole kind whose id another file has: neither can be referred to."""
    owners = Counter(entry.ref for entry in entries)
    return tuple(
        Problem(place_in(entry), f"another file in {entry.kind}/ has the same id", "rename one of them")
        for entry in entries
        if entry.within and owners[entry.ref] > 1
    )


def _since(entry: Entry) -> date:
    return times.read(entry.joined).date


def _by_time(event: tuple[object, Entry]) -> tuple[int, str]:
    entry = event[1]
    return (entry.when.begins if entry.when else 0, entry.id)


def _resolved(
    entries: tuple[Entry, ...], waiting: tuple[Waiting, ...]
) -> tuple[dict[str, tuple[Person, ...]], Problems]:
    """The people of every entry, each with a page if there is one."""
    members = [entry for entry in entries if entry.kind == "members"]
    by_id = {entry.id: entry for entry in members}
    by_alias = {alias: entry for entry in members for alias in entry.aliases}
    by_name = _unique((fold(name), entry) for entry in members for name in entry.names)
    unpublished = {each.id for each in waiting if each.kind == "members"}
    problems: list[Problem] = []
    people: dict[str, tuple[Person, ...]] = {}
    for entry in entries:
        seen: Counter[str] = Counter()
        found: list[Person] = []
        for credit in entry.people:
            at = place_in(entry, credit.part, seen[credit.part], "person")
            seen[credit.part] += 1
            member = by_id.get(credit.id) or by_alias.get(credit.id) or by_name.get(fold(credit.name))
            found.append(_person(credit, member))
            if not credit.id or credit.id in by_id:
                continue
            if member:
                hint = f"the id is now {member.id}"
                problems.append(Problem(at, "this is an old id of a member", hint, Severity.NOTE))
            elif credit.id in unpublished:
                hint = "no name is shown until the profile is"
                problems.append(Problem(at, "the profile of this member is not published", hint, Severity.WARNING))
            else:
                hint = did_you_mean(credit.id, by_id) or "a person without a profile is written by name: Jane Doe"
                problems.append(Problem(at, "there is no member with this id", hint))
        if found:
            people[entry.ref] = tuple(found)
    return people, tuple(problems)


def _unique(pairs: Iterable[tuple[str, Entry]]) -> dict[str, Entry]:
    """Names that exactly one entry has."""
    owners: dict[str, dict[str, Entry]] = defaultdict(dict)
    for name, entry in pairs:
        owners[name][entry.id] = entry
    return {name: next(iter(found.values())) for name, found in owners.items() if name and len(found) == 1}


def _person(credit: Credit, member: Entry | None) -> Person:
    """The credit as it is shown."""
    name = member.title if member else credit.name
    card = shown(member.card, Card) if member and member.url else None
    return Person(
        part=credit.part,
        name=name,
        url=member.url if member else credit.url,
        role=credit.role,
        organization=credit.organization,
        subtitle=card.subtitle if card else "",
        bio=credit.bio,
        image=card.image if card else "",
        initials=initials(name),
    )


def _involved(
    entries: Iterable[Entry], people: Mapping[str, tuple[Person, ...]]
) -> dict[str, tuple[tuple[str, Entry], ...]]:
    """Where each person has a part, by the URL of the person's page."""
    found: dict[str, dict[tuple[str, str], tuple[str, Entry]]] = defaultdict(dict)
    for entry in sorted(
        (each for each in entries if each.ref in people), key=lambda each: _by_time((None, each)), reverse=True
    ):
        for person in people[entry.ref]:
            if person.url.startswith("/"):
                found[person.url].setdefault((person.part, entry.id), (person.part, entry))
    return {url: tuple(parts.values()) for url, parts in found.items()}


def _gathered(entries: Iterable[Entry]) -> tuple[Gathering, ...]:
    """The entries by skill, in the order of the labels; the most frequent spelling is the label."""
    members: dict[str, list[Entry]] = defaultdict(list)
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        for topic in entry.skills:
            members[topic.slug].append(entry)
            labels[topic.slug][topic.label] += 1
    gatherings = (
        Gathering(Topic(slug, min(labels[slug], key=lambda label: (-labels[slug][label], label))), tuple(found))
        for slug, found in members.items()
    )
    return tuple(sorted(gatherings, key=lambda each: (fold(each.topic.label), each.topic.slug)))


def _spellings(entries: Iterable[Entry]) -> Problems:
    """Two skills with one slug are one; where more than case and accents differs, somebody should look."""
    first: dict[str, str] = {}
    problems: list[Problem] = []
    for entry in entries:
        for topic in entry.skills:
            usual = first.setdefault(topic.slug, topic.label)
            if usual != topic.label and fold(usual) != fold(topic.label):
                at = place_in(entry, "skills")
                problems.append(
                    Problem(at, f"{topic.label} and {usual} are one topic here", f"write {usual}", Severity.WARNING)
                )
    return tuple(problems)
