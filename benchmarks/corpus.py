"""A seeded association of any size: the same numbers give the same bytes."""

import random
from pathlib import Path

GIVEN = (
    "Ada",
    "Björn",
    "Chiara",
    "Dilnoza",
    "Emeka",
    "Fatima",
    "Goran",
    "Hanneke",
    "Ines",
    "Jakub",
    "Kirsi",
    "Luís",
    "Mei",
)
FAMILY = (
    "Okafor",
    "Lindqvist",
    "Ferrari",
    "Karimova",
    "Nwosu",
    "Haddad",
    "Petrović",
    "de Vries",
    "Sousa",
    "Nowak",
    "Laine",
)
WORDS = (
    "we keep the records of a harbour and its tides while somebody asks how the old gauges were read and which of them "
    "still work after the flood because a good answer needs both the ledger and the person who wrote it"
).split()
TOWNS = ("Oslo, Norway", "Porto, Portugal", "Kraków, Poland", "Leeds, United Kingdom", "Lyon, France", "Accra, Ghana")
_HOW = (
    "tidal brass paper coastal electric written printed wooden digital historic tower river polar civic marine".split()
)
_WHAT = (
    "gauges charts ledgers pumps clocks archives bridges surveys lenses dredging lights sluices weather mapping logs "
    "cranes bells currents levels knots signals beacons ropes sextants engines moorings docks wharves ferries anchors "
    "buoys harbours"
).split()
SKILLS = tuple(f"{how} {what}" for what in _WHAT for how in _HOW)[:400]
TAGS = tuple(f"{what} and {other}" for what in _WHAT for other in _WHAT if what < other)[:200]
ZONES = ("Europe/Oslo", "Europe/Lisbon", "America/New_York", "Asia/Tokyo")


def write(root: Path, members: int, events: int, groups: int = 0, seed: int = 2026) -> None:
    """Write a project folder with so many members, events and groups."""
    draw = random.Random(seed)  # noqa: S311 - a benchmark needs the same numbers, not secret ones
    content = root / "content"
    for folder in ("members", "events", "groups"):
        (content / folder).mkdir(parents=True)
    (content / "site.yaml").write_text(
        "name: Tide Gauge Society\nurl: https://tides.example/\nuid: 3f1b9a52-0f6e-4d0b-8a53-0d3a2f2f8d11\n"
        "timezone: Europe/Oslo\ntagline: People who know how high the water stood\nemail: office@tides.example\n",
        "utf-8",
    )
    for number in range(members):
        (content / "members" / f"member-{number:06}.yaml").write_text(_member(draw, number, groups), "utf-8")
    for number in range(events):
        (content / "events" / f"event-{number:06}.md").write_text(_event(draw, number, members), "utf-8")

    for number in range(groups):
        (content / "groups" / f"group-{number:04}.md").write_text(_group(draw, number, members), "utf-8")


def _long_tail(draw: random.Random, values: tuple[str, ...], count: int) -> str:
    """A few of the values, the first ones much more often than the last."""
    return ", ".join({values[int(len(values) * draw.random() ** 3)] for _ in range(count)})


def _text(draw: random.Random, words: int) -> str:
    return " ".join(draw.choice(WORDS) for _ in range(words)).capitalize()


def _member(draw: random.Random, number: int, groups: int) -> str:
    name = f"{draw.choice(GIVEN)} {draw.choice(FAMILY)} {number}"
    return "\n".join(
        (
            f"name: {name}",
            f"headline: {_text(draw, 6)}",
            f"role: {draw.choice(('Hydrographer', 'Archivist', 'Engineer'))}",
            f"organization: {draw.choice(FAMILY)} Institute",
            f"location: {draw.choice(TOWNS)}",
            "languages: en, nb",
            f"skills: {_long_tail(draw, SKILLS, 5)}",
            f"interests: {_long_tail(draw, TAGS, 3)}",
            f"tags: {_long_tail(draw, TAGS, 2)}",
            f"joined: {draw.randint(2001, 2026)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}",
            "links:",
            f"  website: https://people.example/{number}",
            f"  orcid: 0000-0002-{number % 10_000:04}-1234",
            f"email: member{number}@tides.example",
            *(["public: email"] if number % 3 else []),
            "offers:",
            f"  - topic: {_long_tail(draw, SKILLS, 1)}",
            f"    note: {_text(draw, 8)}",
            f"seeks: {_long_tail(draw, SKILLS, 1)}",
            *([f"groups: [group-{int(groups * draw.random() ** 2):04}]"] if groups else []),
            f"ask_me_about: {_text(draw, 3)}",
            "bio: |",
            f"  {_text(draw, 60)}, **{_text(draw, 3)}**.",
            "",
            f"  {_text(draw, 37)}: [the ledger](https://people.example/{number}/ledger).",
            "",
        )
    )


def _group(draw: random.Random, number: int, members: int) -> str:
    leads = f"leads: [member-{draw.randrange(members):06}]" if members else "status: forming"
    return f"---\ntitle: {_text(draw, 2)} {number}\n{leads}\nsummary: {_text(draw, 10)}\n---\n{_text(draw, 60)}.\n"


def _event(draw: random.Random, number: int, members: int) -> str:
    day = f"{draw.randint(2018, 2027)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
    speakers = ", ".join(f"member-{draw.randrange(members):06}" for _ in range(draw.randint(1, 4))) if members else ""
    return "\n".join(
        (
            "---",
            f"title: {_text(draw, 5)} {number}",
            f"start: {day} {draw.randint(8, 20)}:30",
            "duration: 2 hours",
            f"timezone: {draw.choice(ZONES)}",
            f"venue: {draw.choice(FAMILY)} Hall, {draw.choice(TOWNS)}",
            *(["online: https://meet.example/" + str(number)] if number % 4 == 0 else []),
            f"speakers: [{speakers}]",
            f"tags: {_long_tail(draw, TAGS, 3)}",
            *_repeats(number),
            *_sessions(draw, number),
            f"summary: {_text(draw, 12)}",
            "registration:",
            f"  url: https://tides.example/register/{number}",
            "---",
            f"## {_text(draw, 3)}",
            "",
            *(f"{_text(draw, 45)}.\n" for _ in range(3)),
            f"- {_text(draw, 20)}",
            f"- {_text(draw, 20)}",
            "",
            f"> {_text(draw, 40)}",
            "",
        )
    )


def _repeats(number: int) -> list[str]:
    """Every twentieth event is held again every three weeks, for three years or without an end."""
    if number % 20:
        return []
    return ["repeats:", "  every: 3 weeks", *(["  count: 52"] if number % 40 else [])]


def _sessions(draw: random.Random, number: int) -> list[str]:
    """Every tenth event has a programme."""
    if number % 10 != 1:
        return []
    return ["sessions:", *(f"  - {{title: {_text(draw, 4)}, duration: 15, room: Hall}}" for _ in range(8))]
