"""The site: who is listed, and until when all this is so."""

import pytest
from msgspec import structs

from sitegen.clock import Interval
from sitegen.common import Waiting
from sitegen.problems import Severity
from sitegen.site import Site, link
from tests.steps import config_of, entries_of, epoch, linked

PEOPLE = """
-- members/ada.yaml --
name: Ada Okafor
-- members/bo.yaml --
name: Bo Ek
"""


# --- What is to come

EVENTS = """
-- events/talk.yaml --
title: Talk
start: 2026-11-23 11:00
end: 12:00
-- events/day.yaml --
title: Day
start: 2026-11-23
-- events/agm.yaml --
title: AGM
start: 2026-11-24 18:00
-- events/some-day.yaml --
title: Some day
start: 2026-11
-- events/old.yaml --
title: Old
start: 2026-11-20
"""


def ids(site: Site) -> tuple[list[str], list[str]]:
    """The events to come, and those that are over."""
    return [each.id for each in site.programme.upcoming], [each.id for each in site.programme.past]


@pytest.mark.parametrize(
    ("now", "upcoming", "past"),
    [
        ("2026-11-23T11:59:59+01:00", ["some-day", "day", "talk", "agm"], ["old"]),
        ("2026-11-23T12:00:00+01:00", ["some-day", "day", "agm"], ["talk", "old"]),
        ("2026-11-23T23:59:59+01:00", ["some-day", "day", "agm"], ["talk", "old"]),
        ("2026-11-24T00:00:00+01:00", ["some-day", "agm"], ["talk", "day", "old"]),
        ("2026-12-01T00:00:00+01:00", [], ["agm", "talk", "day", "old", "some-day"]),
    ],
)
def test_what_is_to_come(now: str, upcoming: list[str], past: list[str]) -> None:
    """An event is to come until the moment at which it is over; the next comes first, and the last of those past."""
    assert ids(linked(EVENTS, now)[0]) == (upcoming, past)


@pytest.mark.parametrize(
    ("now", "listed"),
    [("2026-11-30T23:59:59+01:00", True), ("2026-12-01T00:00:00+01:00", False)],
)
def test_what_has_expired(now: str, *, listed: bool) -> None:
    """After its last day it is in no list any more; its page stays."""
    site, _ = linked(
        """
-- members/ada.yaml --
name: Ada
skills: Rust
joined: 2026-01-01
expires: 2026-11-30
-- events/agm.yaml --
title: AGM
start: 2027-01-01
expires: 2026-11-30
""",
        now,
    )
    lists = (site.programme.upcoming, site.members, site.newest, site.skills)
    assert [bool(each) for each in lists] == [listed] * 4
    assert [each.ref for each in site.entries] == ["events/agm", "members/ada"]


@pytest.mark.parametrize(
    ("now", "since", "until"),
    [
        ("2026-11-20T00:00+01:00", "2026-11-01T00:00+01:00", "2026-11-21T00:00+01:00"),
        ("2026-11-23T11:59:59+01:00", "2026-11-21T00:00+01:00", "2026-11-23T12:00+01:00"),
        ("2026-11-23T12:00:00+01:00", "2026-11-23T12:00+01:00", "2026-11-24T00:00+01:00"),
        ("2027-01-01T00:00+01:00", "2027-01-01T00:00+01:00", "2027-02-01T00:00+01:00"),
    ],
)
def test_until_when_it_is_so(now: str, since: str | None, until: str | None) -> None:
    """The answer is true from the last moment at which something was over, or a month began, to the next one."""
    interval = linked(EVENTS, now)[0].interval
    assert (interval.since, interval.until) == tuple(None if each is None else epoch(each) for each in (since, until))


def test_every_moment_counts() -> None:
    """What is to be published, and what expires, bound the answer as well."""
    text = "-- members/ada.yaml --\nname: Ada\npublish_date: 2026-11-22\nexpires: 2026-11-25\n"
    waiting = (Waiting("members", "bo", epoch("2026-11-24")), Waiting("members", "cy"))
    site, _ = link(config_of(text), entries_of(text), waiting, epoch("2026-11-23"))
    assert site.interval == Interval(epoch("2026-11-22"), epoch("2026-11-24"))
    site, _ = link(config_of(text), entries_of(text), (), epoch("2026-11-23"))
    assert site.interval == Interval(epoch("2026-11-22"), epoch("2026-11-26"))


# --- The directory


def test_the_directory() -> None:
    """Members stand by family name, the dead apart, guests not at all; each kind is counted by its pages."""
    site, _ = linked(
        """
-- members/a.yaml --
name: Zoë Ek
-- members/b.yaml --
name: Ada Okafor
-- members/c.yaml --
name: Ådne Ek
-- members/d.yaml --
name: Dee Dahl
status: in-memoriam
-- members/e.yaml --
name: Eve Dahl
status: guest
-- members/f.yaml --
name: Flo Dahl
listed: name-only
-- events/x.yaml --
title: X
start: 2027
"""
    )
    assert [each.id for each in site.members] == ["c", "a", "b"]
    assert [each.id for each in site.remembered] == ["d"]
    assert site.counts == {"members": 5, "events": 1}


def test_the_newest_members() -> None:
    """Who joined last comes first, however the day was written; of whom that is not known there is nothing to say."""
    site, _ = linked(
        """
-- members/a.yaml --
name: A
joined: 2026-11-20
-- members/b.yaml --
name: B
joined: 2026-11-3
-- members/c.yaml --
name: C
-- members/d.yaml --
name: D
joined: 2026
-- members/e.yaml --
name: E
joined: Sat 2026-11-07
-- members/f.yaml --
name: F
joined: 2025-12
"""
    )
    assert [each.id for each in site.newest] == ["a", "e", "b", "d", "f"]


def test_two_entries_of_one_id() -> None:
    """One in a file of the whole kind that has a file of its own, too, can be referred to by nobody: an error."""
    ada, bo = entries_of(PEOPLE)
    within = structs.replace(ada, source="members.yaml", within="ada")
    other = structs.replace(bo, source="members.yaml", within="bo")
    site, (problem,) = link(config_of(""), (ada, within, other), (), epoch("2026-11-23"))
    assert site.entries == (ada, other)
    assert (problem.at.file, problem.at.path, problem.severity) == ("members.yaml", ("ada",), Severity.ERROR)
