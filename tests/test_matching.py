"""Matching: what means the same, who meets what somebody looks for, and who is never asked."""

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from msgspec import structs

from sitegen.common import topic_slug
from sitegen.insight import matching
from sitegen.insight.matching import SHOWN, Market, Wanted, alike, words
from sitegen.site import Site
from tests.sites import NOW
from tests.steps import linked


def site_of(text: str, now: str = NOW) -> Site:
    """The site of a string."""
    return linked(text, now)[0]


def exchange(text: str, now: str = NOW) -> Market:
    """What its members offer and look for."""
    return matching.exchange(site_of(text, now))


def mentoring(text: str) -> Market:
    """Its mentors and those who would like one."""
    return matching.mentoring(site_of(text))


def people(text: str, form: str = "name: {}\n") -> str:
    """Files of members: a line ``ada: offers: Looms`` for each, the fields separated by bars."""
    found = (line.split(": ", 1) for line in text.strip().splitlines())
    return "".join(
        f"-- members/{name}.yaml --\n{form.format(name.title())}" + fields.replace(" | ", "\n") + "\n"
        for name, fields in found
    )


def told(rows: tuple[Wanted, ...]) -> list[tuple[str, str, list[str]]]:
    """Who looks for what, and who has it; a plus stands before whoever knows it, but does not offer it."""
    return [
        (
            " ".join(each.title for each in row.asking),
            ", ".join(row.topics),
            ["+" * each.knows + each.title for each in row.people],
        )
        for row in rows
    ]


# --- What means the same


@pytest.mark.parametrize(
    ("topic", "found"),
    [
        ("The oiling of Tower Clocks", "oiling tower clocks"),
        ("Café-crème, s'il vous plaît", "cafe creme vous plait"),
        ("C++ and C#", ""),
        ("Web & 2024", "2024"),
        ("時計 修理", "時計 修理"),
        ("पुराना करघा", "पुराना करघा"),
        ("", ""),
    ],
)
def test_words(topic: str, found: str) -> None:
    """Words of four letters and more count, without case and accents, and every word where letters are words."""
    assert words(topic) == set(found.split())


def test_words_that_are_meant() -> None:
    """A word that stands for another is that one, however short it is."""
    meant = {"js": "JavaScript", "oiling": "Lubrication"}
    assert words("Oiling, and some JS", meant) == {"lubrication", "javascript", "some"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Looms", "looms", True),
        ("C++", "C plus plus", True),
        ("C++", "C#", False),
        ("Go", "Go", True),
        ("Go", "Go and see", False),
        ("Tower clocks", "A second opinion on a tower clocks' oil", True),
        ("Tower clocks", "Clocks", True),
        ("Tower clocks", "Watch towers", False),
        ("Of the", "Off it", False),
        ("時計", "時計 修理", True),
    ],
)
def test_what_means_the_same(one: str, other: str, *, same: bool) -> None:
    """One slug, or all words that count of the one among those of the other; it is the same both ways round."""
    for wanted, offered in ((one, other), (other, one)):
        found = alike({topic_slug(wanted): words(wanted)}, {topic_slug(offered): words(offered)})
        assert bool(found[topic_slug(wanted)]) is same


def test_the_very_same_comes_first() -> None:
    """Of what means the same, that which is called so comes first, the others by their slugs."""
    offered = {topic_slug(each): words(each) for each in ("Zinc looms", "Looms", "Big looms", "Gongs")}
    assert list(alike({"looms": words("Looms")}, offered)["looms"]) == ["looms", "big-looms", "zinc-looms"]


def test_like_a_trial_of_all_pairs() -> None:
    """The index finds what a comparison of every pair finds."""
    chance = random.Random(7)  # noqa: S311 - words, not secrets
    some = ["loom", "gong", "clock", "lens", "reed", "bell", "an", "of"]
    topics = [" ".join(chance.sample(some, chance.randint(1, 4))) for _ in range(120)]
    known = {topic_slug(each): words(each) for each in topics}
    found = alike(known, known)
    for slug, asked in known.items():
        pairs = {
            other for other, own in known.items() if other == slug or (own and own <= asked) or (asked and asked <= own)
        }
        assert set(found[slug]) == pairs, slug


def test_no_step_is_quadratic() -> None:
    """Ten times as many topics take about ten times as many comparisons."""
    compared = 0

    class Counting(frozenset[str]):
        """Words that count how often they are compared."""

        __slots__ = ()

        def __le__(self, other: object) -> bool:
            nonlocal compared
            compared += 1
            return super().__le__(other)  # type: ignore[operator]

    def count(size: int) -> int:
        nonlocal compared
        chance, compared = random.Random(1), 0  # noqa: S311 - words, not secrets
        common = ["help", "with", "advice", "about", "repair"]
        some = [f"word{number}" for number in range(size)]
        topics = {
            str(number): Counting((chance.choice(common), *chance.choices(some, k=2))) for number in range(2 * size)
        }
        found = alike(dict(list(topics.items())[:size]), dict(list(topics.items())[size:]))
        assert len(found) == size
        return compared

    small, large = count(300), count(3_000)
    assert 0 < small < 300 * 20
    assert large < small * 20


# --- The exchange


def test_needs_and_offers() -> None:
    """A need stands with those who offer it; what nobody offers stands alone; every offer stands with who needs it."""
    found = exchange(people("ada: seeks: [Looms, Gongs]\nbo: offers: looms\ncy: offers: Big looms\ndee: seeks: Looms"))
    assert told(found.matches) == [("Ada Dee", "Looms", ["Bo", "Cy"])]
    assert told(found.open) == [("Ada", "Gongs", [])]
    assert [(each.topic, [one.title for one in each.people]) for each in found.offers] == [
        ("Big looms", ["Cy"]),
        ("looms", ["Bo"]),
    ]
    assert [[one.title for one in each.seekers] for each in found.offers] == [["Ada", "Dee"], ["Ada", "Dee"]]


def test_what_is_shown_of_it() -> None:
    """A person has note, day and the words for the topic where these differ; the profile is the contact."""
    one, other = "{topic: Looms, note: Small ones, until: 2026-12-24}", "{topic: Big LOOMS, note: Wide ones}"
    row = exchange(people(f"ada: seeks: {one} | email: a@example.com\nbo: offers: {other} | headline: Weaver")).matches[
        0
    ]
    assert (row.asking[0].note, row.asking[0].until, row.asking[0].url) == ("Small ones", "2026-12-24", "/members/ada/")
    answer = row.people[0]
    assert (answer.topic, answer.note, answer.subtitle, answer.url) == (
        "Big LOOMS",
        "Wide ones",
        "Weaver",
        "/members/bo/",
    )


def test_whoever_knows_it_comes_second() -> None:
    """A skill counts behind every offer; who offers what they know stands there once, as offering it."""
    text = (
        "ada: seeks: Looms\nbo: skills: Looms\ncy: available_for: Advice on looms\ndee: skills: looms | offers: Looms"
    )
    found = exchange(people(text))
    assert told(found.matches) == [("Ada", "Looms", ["Dee", "Cy", "+Bo"])]
    assert [each.topic for each in found.offers] == ["Advice on looms", "Looms"]


def test_nobody_answers_themselves() -> None:
    """What somebody looks for and offers or knows themselves is no match, and they do not ask themselves."""
    found = exchange(people("ada: seeks: Looms | offers: Looms | skills: Looms"))
    assert (told(found.matches), told(found.open)) == ([], [("Ada", "Looms", [])])
    assert found.offers[0].seekers == ()


def test_two_who_help_each_other() -> None:
    """Of whoever looks for what the other one offers, it is said."""
    text = "ada: seeks: Looms | offers: Gongs\nbo: offers: Looms | seeks: Old gongs\ncy: offers: Looms | seeks: Lenses"
    found = exchange(people(text))
    assert [(each.title, each.mutual) for each in found.matches[0].people] == [("Bo", True), ("Cy", False)]


def test_synonyms() -> None:
    """Words that the site takes for one are one, alone and among others; the site's word is what lists have."""
    head = (
        "-- site.yaml --\nname: X\nurl: https://example.org/\ntimezone: Europe/Oslo\nsynonyms: {Lubrication: oiling}\n"
    )
    found = exchange(head + people("ada: seeks: Oiling\nbo: offers: Lubrication\ncy: offers: Oiling a clock"))
    assert told(found.matches) == [("Ada", "Lubrication", ["Bo", "Cy"])]
    assert found.matches[0].asking[0].topic == "Oiling"
    assert [each.topic for each in found.offers] == ["Lubrication", "Oiling a clock"]


ONE_NEED = """
ada: seeks: [Looms, Gongs]
bo: seeks: {topic: looms, until: 2027-01-31, note: Two}
cy: seeks: Looms | offers: Looms
dee: offers: Looms
eve: seeks: Gongs
"""


def test_needs_that_are_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who looks for the same, and can ask the same people, stands together, by the day; but not too many of them."""
    found = exchange(people(ONE_NEED))
    assert told(found.matches) == [("Bo Ada", "Looms", ["Cy", "Dee"]), ("Cy", "Looms", ["Dee"])]
    assert told(found.open) == [("Ada Eve", "Gongs", [])]
    assert [(each.note, each.until) for each in found.matches[0].asking] == [("Two", "2027-01-31"), ("", "")]
    monkeypatch.setattr(matching, "ASKING", 1)
    assert told(exchange(people(ONE_NEED)).open) == [("Ada", "Gongs", []), ("Eve", "Gongs", [])]


def test_what_ends_first_comes_first() -> None:
    """Needs stand by the day on which they end, those without one last, by topic."""
    text = "ada: seeks: [Bells, Axles, {topic: Cogs, until: 2027-01-31}]\nbo: seeks: {topic: Dials, until: 2026-12-24}"
    assert [row.topics[0] for row in exchange(people(text)).open] == ["Dials", "Cogs", "Axles", "Bells"]


def test_what_has_ended() -> None:
    """Needs and offers count up to and with their last day."""
    text = people("ada: seeks: {topic: Looms, until: 2026-12-24}\nbo: offers: {topic: Looms, until: 2026-12-23}")
    assert told(exchange(text, "2026-12-23T23:00").matches) == [("Ada", "Looms", ["Bo"])]
    assert told(exchange(text, "2026-12-24T23:00").open) == [("Ada", "Looms", [])]
    assert exchange(text, "2026-12-25T00:00") == Market()


def test_many_who_offer_it() -> None:
    """Some are named, and it is said that there are more; by topic all are named."""
    some = "\n".join(f"m{number}: offers: Looms" for number in range(SHOWN + 2))
    found = exchange(people(f"ada: seeks: Looms\n{some}"))
    assert (len(found.matches[0].people), found.matches[0].more) == (SHOWN, True)
    assert len(found.offers[0].people) == SHOWN + 2
    few = exchange(people("ada: seeks: Looms\n" + "\n".join(some.splitlines()[:SHOWN])))
    assert (len(few.matches[0].people), few.matches[0].more) == (SHOWN, False)


GONE = (
    *("status: in-memoriam", "status: guest", "listed: no", "listed: name-only"),
    "expires: 2026-11-22",
)


@pytest.mark.parametrize("gone", GONE)
def test_who_is_never_asked(gone: str) -> None:
    """Nobody in memoriam, no guest, nobody unlisted or credited by name, and nobody whose profile has expired."""
    wishes = "offers: Looms | seeks: Gongs | skills: Bells | mentoring: both"
    site = site_of(people(f"ada: seeks: [Looms, Bells]\nbo: {wishes} | {gone}"))
    found = matching.exchange(site)
    assert (told(found.matches), found.offers) == ([], ())
    assert told(found.open) == [("Ada", "Bells", []), ("Ada", "Looms", [])]
    assert matching.mentoring(site) == Market()
    assert (matching.has_exchange(site), matching.has_mentoring(site)) == (True, False)


@pytest.mark.parametrize("count", [100, 1_000])
def test_steps_for_each_need(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """Where everybody looks for what everybody offers, hardly more people are looked at than are named."""
    ada = site_of(people("ada: seeks: Looms | offers: Looms | skills: Looms"))
    members = tuple(structs.replace(ada.members[0], id=f"m{number}") for number in range(count))
    looked = 0

    def counted(topics: Any, slugs: Any) -> Iterator[Any]:
        nonlocal looked
        for each in claims(topics, slugs):
            looked += 1
            yield each

    claims = matching._claims  # noqa: SLF001 - what is counted
    monkeypatch.setattr(matching, "_claims", counted)
    found = matching.exchange(replace(ada, lists={"members": members}))
    assert sum(len(row.asking) for row in found.matches) == count
    assert {(len(row.people), row.more) for row in found.matches} == {(SHOWN, True)}
    assert count < looked <= count * (SHOWN + 3)


# --- Mentoring


def test_mentors_by_topic() -> None:
    """Mentors stand by their topics with all they say; one without any stands last, for whatever is asked."""
    text = """
ada: mentoring: {as: mentor, topics: [Looms, Gongs], capacity: 2, hours: Mondays, note: Bring wool}
bo: mentoring: mentor
cy: mentoring: {as: both, topics: looms}
dee: mentoring: {topics: Bells}
"""
    found = mentoring(people(text))
    assert [(each.topic, [one.title for one in each.people]) for each in found.offers] == [
        ("Bells", ["Dee"]),
        ("Gongs", ["Ada"]),
        ("Looms", ["Ada", "Cy"]),
        ("", ["Bo"]),
    ]
    ada = found.offers[1].people[0]
    assert (ada.capacity, ada.hours, ada.note) == (2, "Mondays", "Bring wool")


@pytest.mark.parametrize("full", ["open: no", "capacity: 0"])
def test_mentors_without_room(full: str) -> None:
    """They are counted, and neither named nor matched."""
    found = mentoring(
        people(f"ada: mentoring: {{as: mentor, topics: Looms, {full}}}\nbo: mentoring: {{as: mentee, topics: Looms}}")
    )
    assert (found.full, found.offers, told(found.matches)) == (1, (), [])
    assert told(found.open) == [("Bo", "Looms", [])]


def test_those_who_would_like_a_mentor() -> None:
    """They stand with mentors of the same topics, each once; who is both is not their own mentor."""
    text = """
ada: mentoring: {as: mentee, topics: [Looms, Gongs], note: From scratch}
bo: mentoring: {as: mentor, topics: [Big looms, Gongs]}
cy: mentoring: {as: both, topics: Bells}
dee: mentoring: mentee
eve: mentoring: {as: mentee, topics: Bells, open: no}
"""
    found = mentoring(people(text))
    assert told(found.matches) == [("Ada", "Looms, Gongs", ["Bo"])]
    assert (found.matches[0].asking[0].note, found.matches[0].people[0].topic) == ("From scratch", "Big looms")
    assert told(found.open) == [("Cy", "Bells", []), ("Dee", "", [])]
    assert [(each.topic, [one.title for one in each.seekers]) for each in found.offers] == [
        ("Bells", []),
        ("Big looms", ["Ada"]),
        ("Gongs", ["Ada"]),
    ]


def test_where_nobody_has_a_wish() -> None:
    """An association of people who neither offer nor seek has neither."""
    site = site_of(people("ada: skills: Looms"))
    assert (matching.has_exchange(site), matching.has_mentoring(site)) == (False, False)
    assert (matching.exchange(site), matching.mentoring(site)) == (Market(), Market())
