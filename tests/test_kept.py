"""What outputs are made from, kept."""

from collections.abc import Iterable
from dataclasses import replace

import msgspec
import pytest

from sitegen import kept
from sitegen.kept import digest, parts
from sitegen.model import Entry, Face, face
from sitegen.plan import Output, Tools, key_of
from tests.steps import config_of, entries_of, outputs

TEXT = """
-- members/ada.yaml --
name: Ada
skills: Rust
groups: oslo
bio: About *Ada*.
-- members/bo.md --
---
name: Bo
groups: oslo
---
About Bo.
-- groups/oslo.yaml --
title: Oslo
description: Who we are.
-- events/agm.md --
---
title: AGM
start: 2026-12-01
publish_date: 2026-11-01
speakers: ada
groups: oslo
---
What is on.
-- pages/events.md --
---
title: Events
---
Come.
"""
ALL = TEXT + (
    "-- site.yaml --\nname: W\nurl: https://w.example/\ntimezone: UTC\nformats: "
    "[html, atom, jsonfeed, api, ics, vcf, search, sitemap, qr, share]\n"
)
ENTRIES = {entry.ref: entry for entry in entries_of(TEXT, config_of(ALL).settings)}


def own(entries: Iterable[Entry]) -> frozenset[bytes]:
    """The digests of the parts of some entries."""
    return frozenset(digest(part) for entry in entries for part in parts(entry) if part)


def test_what_is_kept() -> None:
    """Outputs that show somebody's parts, and no other."""
    ada = {path for path, each in outputs(ALL).items() if kept.kept(each, own([ENTRIES["members/ada"]]), ())}
    assert ada == {"members/ada/index.html", "api/members.json"}
    agm = {path for path, each in outputs(ALL).items() if kept.kept(each, own([ENTRIES["events/agm"]]), ())}
    pages = {"events/agm/index.html", "api/events.json"}
    assert pages < agm
    assert {path.rpartition("/")[2] for path in agm - pages} == {"feed.atom", "feed.json"}
    words = {path for path, each in outputs(ALL).items() if kept.kept(each, own([ENTRIES["pages/events"]]), ())}
    assert words == {"events/index.html"}


def test_it_is_as_it_was() -> None:
    """What was kept of an output and is restored is the output, with the same key."""
    seen = 0
    for path, output in outputs(ALL).items():
        common = (output.inputs.chrome,) if hasattr(output.inputs, "chrome") else ()
        if known := kept.kept(output, own(ENTRIES.values()), common):
            assert kept.restored(path, known, common, {}) == output
            assert key_of(kept.restored(path, known, common, {}), b"") == key_of(output, b"")
            seen += 1
    assert seen > 8


def test_other_parts_in_the_place_of_some() -> None:
    """An output that is restored with new parts is the one that planning makes of the site that has them."""
    new = TEXT.replace("About *Ada*.", "More about her.")
    now = {entry.ref: entry for entry in entries_of(new, config_of(ALL).settings)}["members/ada"]
    pairs = zip(parts(ENTRIES["members/ada"]), parts(now), strict=True)
    swaps = {old: part for old, part in pairs if old and part}
    expected = outputs(ALL.replace(TEXT, new))
    for path, output in outputs(ALL).items():
        known = kept.kept(output, own([ENTRIES["members/ada"]]), ())
        assert (kept.restored(path, known, (), swaps) if known else output) == expected[path]


def test_what_stands_on_every_page_is_left_out() -> None:
    """It would be the most of what is kept."""
    page = outputs(ALL)["members/ada/index.html"]
    known = kept.kept(page, own(ENTRIES.values()), ())
    bare = kept.kept(page, own(ENTRIES.values()), (page.inputs.chrome,))
    assert known
    assert bare
    assert len(bare.inputs) < len(known.inputs) - 300
    assert bare.shows == known.shows


class Odd(msgspec.Struct):
    """Inputs of a format of somebody else."""

    body: bytes
    face: Face
    values: tuple[bytes, ...] = ()


def render(odd: Odd, tools: Tools) -> bytes:
    """Its renderer."""
    del tools
    return odd.body


def careless(odd, tools):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - as some are written
    """One that says nothing of what it takes."""
    del tools
    return odd.body


@pytest.mark.parametrize("noise", [b"\xc4\x10", b"\xc4\x10\xc4\x10\xc4", b"\xc4" * 15, bytes(range(256))])
def test_a_digest_among_other_bytes(noise: bytes) -> None:
    """A part is found whatever bytes stand before it."""
    part = b"\x10\xc4" * 8
    inputs = Odd(noise, face("x"), (noise, part))
    known = kept.kept(Output("a", "", render, inputs), frozenset({part}), ())
    assert known
    assert known.shows == (part,)
    other = kept.restored("a", known, (), {part: b"y" * 16})
    assert other.inputs == Odd(noise, face("x"), (noise, b"y" * 16))


def test_a_renderer_that_does_not_say_what_it_takes() -> None:
    """It works as ever; what it writes is planned at every edit."""
    part = b"p" * 16
    output = Output("a", "", render, Odd(part, face("x")))
    assert kept.kept(output, frozenset({part}), ())
    assert not kept.kept(replace(output, render=careless), frozenset({part}), ())
