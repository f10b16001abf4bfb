"""Matching: who offers or knows what somebody looks for, and who looks for what somebody offers.

A need and an offer match when they are one topic, or when all words that count of the one are among those of the other.
Only members of the directory take part: nobody in memoriam, no guests, nobody unlisted.
"""

import functools
import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from sitegen.common import topic_slug
from sitegen.model import Card, Entry, Face, Frozen, Topic, shown
from sitegen.site import Site
from sitegen.slugs import fold

SHOWN = 5
"""How many people are named with a need, and how many that look for what is offered."""
ASKING = 10
"""How many people stand together who look for the same."""
COUNTS = 4
"""Words of fewer letters say little: of, the, und, para."""


class Person(Frozen, frozen=True):
    """Somebody with what they say of a topic."""

    title: str
    url: str
    subtitle: str = ""
    place: str = ""
    lang: str = ""
    """Of the profile, where that is not the site's."""
    topic: str = ""
    """What they call it, where that is not what the other side calls it."""
    note: str = ""
    until: str = ""
    """The last day on which it holds, as it was written."""
    ends: int | None = None
    """The first moment after it, in seconds since 1970."""
    knows: bool = False
    """It is a skill, and not offered as such."""
    mutual: bool = False
    """They look for something that the other one offers."""
    capacity: int | None = None
    """How many people a mentor takes at a time."""
    hours: str = ""


class Wanted(Frozen, frozen=True):
    """What is looked for, and who has it."""

    asking: tuple[Person, ...]
    """Who looks for it: all for whom the same people have it."""
    topics: tuple[str, ...]
    people: tuple[Person, ...] = ()
    more: bool = False
    """There are more people than are named."""


class Offered(Frozen, frozen=True):
    """A topic with all who offer it, and some who look for it."""

    topic: str
    """Empty for what has none: a mentor of whatever is asked."""
    people: tuple[Person, ...]
    seekers: tuple[Person, ...] = ()
    more: bool = False
    """There are more who look for it than are named."""


@dataclass(frozen=True, slots=True)
class Market:
    """What is offered and what is wanted."""

    matches: tuple[Wanted, ...] = ()
    """Needs that somebody meets."""
    open: tuple[Wanted, ...] = ()
    """Needs that nobody meets yet."""
    offers: tuple[Offered, ...] = ()
    """By topic."""
    full: int = 0
    """How many mentors have no room at present."""


def has_exchange(site: Site) -> bool:
    """Somebody offers, seeks or is available for something."""
    return any(member.wishes for member in site.members)


def has_mentoring(site: Site) -> bool:
    """Somebody is a mentor, or would like one."""
    return any(member.mentoring for member in site.members)


# --- What means the same


def words(topic: str, synonyms: Mapping[str, str] | None = None) -> frozenset[str]:
    """The words of a topic that count, without case and accents; ``synonyms`` are the words that are meant by slugs.

    Where letters are words (Chinese, Japanese), all count.
    """
    meant = synonyms or {}
    parts = chain.from_iterable(_parts(meant[each]) if each in meant else (each,) for each in _parts(topic))
    return frozenset(each for each in parts if len(each) >= COUNTS or any(map(_is_wide, each)))


def _parts(text: str) -> list[str]:
    return "".join(letter if letter.isalnum() or _is_mark(letter) else " " for letter in fold(text)).split()


def _is_mark(letter: str) -> bool:
    """Vowel signs of Indic scripts are part of a word, though they are no letters."""
    return not letter.isascii() and unicodedata.category(letter) in ("Mn", "Mc")


def _is_wide(letter: str) -> bool:
    return not letter.isascii() and unicodedata.east_asian_width(letter) in ("W", "F")


def alike(
    wanted: Mapping[str, frozenset[str]], offered: Mapping[str, frozenset[str]]
) -> dict[str, dict[str, frozenset[str]]]:
    """For each wanted topic the offered ones that mean the same, the very same topic first; all by slugs.

    Topics come with their words. Each is compared with those alone that have its rarest word, or whose rarest word
    it has.
    """
    having: dict[str, list[str]] = defaultdict(list)
    for slug, known in offered.items():
        for word in known:
            having[word].append(slug)

    def rarest(known: Iterable[str]) -> str:
        return min(known, key=lambda word: (len(having.get(word, ())), word), default="")

    wider: dict[str, list[str]] = defaultdict(list)
    for slug, known in offered.items():
        wider[rarest(known)].append(slug)
    found = {}
    for slug, asked in wanted.items():
        same = {slug} & offered.keys()
        if asked:
            same |= {each for word in asked for each in wider.get(word, ()) if offered[each] <= asked}
            same |= {each for each in having.get(rarest(asked), ()) if asked <= offered[each]}
        found[slug] = {each: offered[each] for each in sorted(same, key=lambda each: (each != slug, each))}
    return found


# --- Who says what


class _Claim(Frozen, frozen=True):
    """What somebody says of a topic: that they offer it, know it, or look for it."""

    member: Entry
    topic: str
    note: str = ""
    until: str = ""
    ends: float = float("inf")
    """The first moment after it holds, in seconds since 1970."""
    knows: bool = False
    capacity: int | None = None
    hours: str = ""


@dataclass(frozen=True, slots=True)
class _Topics:
    """Claims by the slugs of their topics, in the order of the directory."""

    synonyms: Mapping[str, str]
    claims: dict[str, list[_Claim]] = field(default_factory=lambda: defaultdict(list))
    words: dict[str, frozenset[str]] = field(default_factory=dict)
    of: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """The slugs of each member's topics, by the member's reference."""
    spellings: dict[str, Topic] = field(default_factory=dict)

    def meant(self, topic: str) -> Topic:
        """What a spelling means: the word of the site where that is another."""
        if topic not in self.spellings:
            label = self.synonyms.get(topic_slug(topic), topic)
            self.spellings[topic] = Topic(topic_slug(label), label)
        return self.spellings[topic]

    def add(self, claim: _Claim) -> None:
        """One more claim."""
        topic = self.meant(claim.topic)
        self.claims[topic.slug].append(claim)
        self.of[claim.member.ref].add(topic.slug)
        if topic.slug not in self.words:
            self.words[topic.slug] = words(topic.label, self.synonyms)

    def label(self, slug: str) -> str:
        """What it is called: the word that is meant, else the most frequent spelling."""
        spellings = Counter(self.meant(each.topic).label for each in self.claims[slug])
        return max(spellings, key=lambda each: spellings[each])


def exchange(site: Site) -> Market:
    """What members offer, seek and are available for, and whose skills are asked for.

    What ends first comes first. Of two offers for a need the one of the very same topic comes first, then other offers,
    then skills.
    """
    synonyms = dict(site.config.settings.synonyms)
    needs, offers, skills = _Topics(synonyms), _Topics(synonyms), _Topics(synonyms)
    for member in site.members:
        for each in member.wishes:
            ends = float("inf") if each.ends is None else each.ends
            (needs if each.part == "seeks" else offers).add(_Claim(member, each.topic, each.note, each.until, ends))
        for skill in member.skills:
            skills.add(_Claim(member, skill.label, knows=True))
    offered, known = alike(needs.words, offers.words), alike(needs.words, skills.words)

    def is_mutual(one: Entry, other: Entry) -> bool:
        """The other looks for something that the one offers."""
        mine = offers.of.get(one.ref, set())
        return any(slug in offered[need] for need in needs.of.get(other.ref, ()) for slug in mine)

    groups: dict[tuple[str, tuple[tuple[str, bool], ...]], tuple[list[_Claim], list[_Claim], bool]] = {}
    for slug, claims in needs.claims.items():
        for need in claims:
            having = chain(_claims(offers, offered[slug]), _claims(skills, known[slug]))
            found, more = _some(having, {need.member.ref})
            same = tuple((each.member.ref, is_mutual(need.member, each.member)) for each in found)
            groups.setdefault((slug, same), ([], found, more))[0].append(need)
    rows = []
    labels = {slug: needs.label(slug) for slug in needs.claims}
    for (slug, answers), (claims, found, more) in groups.items():
        label = labels[slug]
        people = tuple(_person(each, label, mutual=mutual) for each, (_, mutual) in zip(found, answers, strict=True))
        claims.sort(key=lambda each: each.ends)
        for part in (claims[first : first + ASKING] for first in range(0, len(claims), ASKING)):
            wanted = Wanted(tuple(_person(each, label) for each in part), (label,), people, more)
            rows.append((part[0].ends, _folded(label), part[0].member.sort, part[0].member.id, wanted))
    ordered = [each[-1] for each in sorted(rows, key=lambda each: each[:-1])]
    met, unmet = (tuple(each for each in ordered if bool(each.people) is is_met) for is_met in (True, False))
    return Market(met, unmet, tuple(_by_topic(offers, needs, offered)))


def mentoring(site: Site) -> Market:
    """Mentors who have room, by topic, and those who would like one."""
    synonyms = dict(site.config.settings.synonyms)
    people = [(member, member.mentoring) for member in site.members if member.mentoring]
    mentors = [(member, it) for member, it in people if it.role != "mentee"]
    mentees = [(member, it) for member, it in people if it.role == "both" or (it.role == "mentee" and it.open)]
    free = [(member, it) for member, it in mentors if it.open and it.capacity != 0]
    taught, wished = _Topics(synonyms), _Topics(synonyms)
    for member, it in free:
        for topic in it.topics or ("",):
            taught.add(_Claim(member, topic, it.note, capacity=it.capacity, hours=it.hours))
    for member, it in mentees:
        for topic in it.topics:
            wished.add(_Claim(member, topic))
    offered = alike(wished.words, taught.words)
    met: list[Wanted] = []
    unmet: list[Wanted] = []
    for member, it in mentees:
        having = chain.from_iterable(_claims(taught, offered[wished.meant(topic).slug]) for topic in it.topics)
        found, more = _some(having, {member.ref})
        who = _person(_Claim(member, "", it.note if it.open else ""), "")  # else it says why there is no room
        (met if found else unmet).append(Wanted((who,), it.topics, tuple(_person(each, "") for each in found), more))
    return Market(tuple(met), tuple(unmet), tuple(_by_topic(taught, wished, offered)), len(mentors) - len(free))


def _claims(topics: _Topics, slugs: Iterable[str]) -> Iterator[_Claim]:
    return chain.from_iterable(topics.claims[slug] for slug in slugs)


def _some(claims: Iterable[_Claim], without: set[str]) -> tuple[list[_Claim], bool]:
    """The claims of the first people, each once, and whether there are more; no further claim is looked at."""
    found: dict[str, _Claim] = {}
    for each in claims:
        if each.member.ref not in without:
            found.setdefault(each.member.ref, each)
        if len(found) > SHOWN:
            break
    return list(found.values())[:SHOWN], len(found) > SHOWN


def _by_topic(
    offers: _Topics, needs: _Topics, offered: Mapping[str, Mapping[str, frozenset[str]]]
) -> Iterator[Offered]:
    """Everything that is offered, by topic, with those who look for it and do not offer it themselves."""
    asking: dict[str, list[str]] = defaultdict(list)
    for need, found in offered.items():
        for slug in found:
            asking[slug].append(need)
    labels = {slug: offers.label(slug) for slug in offers.claims}
    for slug in sorted(labels, key=lambda each: (not labels[each], _folded(labels[each]), each)):
        own: dict[str, _Claim] = {}
        for each in offers.claims[slug]:
            own.setdefault(each.member.ref, each)
        seekers, more = _some(_claims(needs, asking[slug]), set(own))
        yield Offered(
            labels[slug],
            tuple(_person(each, labels[slug]) for each in own.values()),
            tuple(_person(each, labels[slug]) for each in seekers),
            more,
        )


def _person(claim: _Claim, topic: str, *, mutual: bool = False) -> Person:
    """Somebody with a claim, shown where a topic is called ``topic``."""
    card = _card(claim.member.card)
    return Person(
        title=card.title,
        url=card.url,
        subtitle=card.subtitle,
        place=card.place,
        lang=card.lang,
        topic=claim.topic if _folded(claim.topic) != _folded(topic) else "",
        note=claim.note,
        until=claim.until,
        ends=None if math.isinf(claim.ends) else int(claim.ends),
        knows=claim.knows,
        mutual=mutual,
        capacity=claim.capacity,
        hours=claim.hours,
    )


@functools.lru_cache(maxsize=20_000)
def _card(face: Face) -> Card:
    return shown(face, Card)


_folded = functools.lru_cache(maxsize=50_000)(fold)
