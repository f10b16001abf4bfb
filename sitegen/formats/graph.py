"""Who has what in common with whom, for the search of chains that runs in the browser.

`VERSION` tells the form of the file: ``people`` are titles and URLs; ``ties`` are titles, URLs and the places of those
people, from 0, who have this in common, of whom the first ``events`` are events and the others groups.
"""

from collections.abc import Iterable, Iterator

import msgspec

from sitegen.insight.acquaintance import Graph
from sitegen.model import Face, Frozen, shown
from sitegen.plan import Collection, Edition, Format, Output, Tools, href

VERSION = 1


class Chart(Frozen, frozen=True):
    """All that goes into a file."""

    base: str
    """The path at which the site stands."""
    graph: Face


def outputs(collections: Iterable[Collection], edition: Edition) -> Iterator[Output]:
    """``graph.json`` beside a page that has a graph: ``/introductions/graph.json``."""
    for collection in collections:
        if collection.graph:
            chart = Chart(edition.config.base, collection.graph)
            yield Output(f"{collection.url}graph.json".lstrip("/"), "", render, chart)


def render(chart: Chart, tools: Tools) -> bytes:
    """The graph, a person or a tie to a line."""
    del tools
    graph = shown(chart.graph, Graph)
    people = [(each.title, href(chart.base, each.url)) for each in graph.people]
    ties = [(tie.title, href(chart.base, tie.url), places) for tie, places in graph.ties]
    head = msgspec.json.encode({"v": VERSION, "events": graph.events})
    return head[:-1] + b',"people":[\n' + _lines(people) + b'\n],"ties":[\n' + _lines(ties) + b"\n]}\n"


def _lines(rows: Iterable[tuple[object, ...]]) -> bytes:
    return b",\n".join(map(msgspec.json.encode, rows))


FORMAT = Format("graph", outputs)
