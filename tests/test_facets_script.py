"""The script that narrows the directory, run by node."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.scripts import script

NODE = shutil.which("node")
needs_node = pytest.mark.skipif(
    not NODE and not os.environ.get("SITEGEN_ALL_TESTS"), reason="node runs the theme's script"
)
FACETS = [
    {"name": "skills", "label": "Skills", "values": [["bells", "Bells"], ["looms", "Looms"], ["sails", "Sails"]]},
    {"name": "places", "label": "Places", "values": [["norway", "Norway"], ["spain", "Spain"]]},
]


def person(title: str, *values: list[int], **more: Any) -> dict[str, Any]:
    """Somebody as the file has them."""
    return {"title": title, "subtitle": "", "place": "", "help": [], "names": [], "values": values, **more}


PEOPLE = [
    person("Ada Aas", [0, 1], [0], subtitle="Tunes organs"),
    person("Bø Østergård", [0], [1], place="Cádiz", help=["Rowing lessons"]),
    person("Cy O’Brien", [2], [0], names=["Cyrus Steinmetz"]),
    person("林楓雅", [], []),
]


def asked(*queries: tuple[Any, ...]) -> list[tuple[list[str], list[list[int]]]]:
    """Who is found for words and the places of values, and the counts."""
    assert NODE, "node is to be there where everything is set up"
    bare = re.sub(r"^export ", "", script("facets.js"), flags=re.MULTILINE)
    given = json.dumps({"script": bare, "facets": FACETS, "people": PEOPLE, "asked": queries})
    command = (NODE, str(Path(__file__).parent / "facets.mjs"))
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=True)
    return [(found, counts) for found, counts in json.loads(done.stdout)]


@needs_node
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["Ada Aas", "Bø Østergård", "Cy O’Brien", "林楓雅"]),
        ("ada", ["Ada Aas"]),
        ("AAS ad", ["Ada Aas"]),
        ("bo ostergard", ["Bø Østergård"]),
        ("cadiz", ["Bø Østergård"]),
        ("row", ["Bø Østergård"]),
        ("loom", ["Ada Aas"]),
        ("bell", ["Ada Aas", "Bø Østergård"]),
        ("obrien", ["Cy O’Brien"]),
        ("brien", ["Cy O’Brien"]),
        ("cyrus", ["Cy O’Brien"]),
        ("楓", ["林楓雅"]),
        ("bell spain", ["Bø Østergård"]),
        ("das", []),
    ],
)  # fmt: skip
def test_words(text: str, found: list[str]) -> None:
    """Each word begins one of what is said of somebody, whatever its case and accents, in any order."""
    assert asked((text,))[0][0] == found


@needs_node
@pytest.mark.parametrize("text", ["lomos", "loms", "loooms", "lopms", "ograns", "steinmets", "ostergrad", "rowng"])
def test_a_slip_is_forgiven(text: str) -> None:
    """One letter that is missing, too many, wrong or in the wrong place finds those whom the right word finds."""
    ((found, _),) = asked((text,))
    assert len(found) == 1


@needs_node
@pytest.mark.parametrize("text", ["lmo", "bel1s2", "sials x", "zzzz"])
def test_what_is_too_far(text: str) -> None:
    """Short words and two slips find nobody."""
    assert asked((text,))[0][0] == []


@needs_node
def test_a_slip_counts_only_where_nobody_has_the_word() -> None:
    """Whoever writes Bells right does not find Balls, nor the other way round."""
    PEOPLE.append(person("Di Balls", [], []))
    try:
        assert [found for found, _ in asked(("bells",), ("balls",))] == [["Ada Aas", "Bø Østergård"], ["Di Balls"]]
    finally:
        PEOPLE.pop()


@needs_node
def test_facets() -> None:
    """Of one facet any value is enough, of several facets each is needed; words narrow further."""
    assert [found for found, _ in asked(("", [0]), ("", [0, 2]), ("", [0], [0]), ("", [1], [1]), ("cy", [], [0]))] == [
        ["Ada Aas", "Bø Østergård"],
        ["Ada Aas", "Bø Østergård", "Cy O’Brien"],
        ["Ada Aas"],
        [],
        ["Cy O’Brien"],
    ]


@needs_node
def test_counts_follow_the_other_facets() -> None:
    """Beside a value stands how many would be found with it, the other facets and the words being as they are."""
    assert [counts for _, counts in asked(("",), ("", [0]), ("", [0], [1]), ("ada",))] == [
        [[2, 1, 1], [2, 1]],
        [[2, 1, 1], [1, 1]],
        [[1, 0, 0], [1, 1]],
        [[1, 1, 0], [1, 0]],
    ]
