"""Maps, drawn: everybody is on them where they belong, and of the land what is in view."""

import math
import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.cartography import NARROW, NEAR, WIDE, WIDTH, Chart, Point, chart
from sitegen.model import Spot

POINTS = st.tuples(st.floats(-180, 180), st.floats(-56, 78))
SQUARE = ((-10.0, 40.0), (30.0, 40.0), (30.0, 70.0), (-10.0, 70.0), (-10.0, 40.0))
OSLO, LISBON, SUVA, APIA = (10.7, 59.9), (-9.1, 38.7), (178.4, -18.1), (-171.8, -13.8)


def drawn(*points: Point, land: Sequence[Sequence[Point]] = (SQUARE,)) -> Chart:
    """A map of these places, each with one member."""
    return chart(((Spot(f"Town {index}", f"/{index}/", members=1), at) for index, at in enumerate(points)), land)


def vertices(made: Chart) -> list[tuple[int, int]]:
    """The points of the land, from its steps."""
    found = []
    for start, steps in re.findall(r"M(-?\d+ -?\d+)l([^z]*)z", made.land):
        x, y = map(int, start.split())
        found.append((x, y))
        numbers = [int(each) for each in steps.split()]
        for across, down in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + across, y + down
            found.append((x, y))
    return found


@given(st.lists(POINTS, min_size=1, max_size=40))
def test_everybody_is_in_view(points: list[Point]) -> None:
    """Every place is in a dot within the view, dots keep their distance, and none is counted twice."""
    made = drawn(*points)
    assert WIDTH * 0.4 < made.height <= WIDTH * WIDE + 1
    assert all(0 <= dot.x <= made.width and 0 <= dot.y <= made.height for dot in made.dots)
    assert {spot.url for dot in made.dots for spot in dot.spots} == {f"/{each}/" for each in range(len(points))}
    assert sum(dot.members for dot in made.dots) == len(points)
    apart = [
        math.hypot(one.x - other.x, one.y - other.y)
        for index, one in enumerate(made.dots)
        for other in made.dots[:index]
    ]
    assert all(each > NEAR - 2 for each in apart)


@given(st.lists(POINTS, min_size=1, max_size=5), st.lists(st.lists(POINTS, min_size=3, max_size=12), max_size=5))
def test_the_land_ends_at_the_view(points: list[Point], land: list[list[Point]]) -> None:
    """Of whatever land only what is in view, or hardly beyond, is drawn."""
    made = drawn(*points, land=land)
    assert all(-6 <= x <= made.width + 6 and -6 <= y <= made.height + 6 for x, y in vertices(made))


def test_north_is_up_and_east_is_right() -> None:
    """Oslo is above Lisbon, and to the right of it."""
    oslo, lisbon = sorted(drawn(OSLO, LISBON).dots, key=lambda dot: dot.spots[0].title)
    assert oslo.x > lisbon.x
    assert oslo.y < lisbon.y


def test_neighbours_across_the_date_line() -> None:
    """Fiji and Samoa, a day apart, are next to each other: the map is not cut between them."""
    suva, apia = sorted(drawn(SUVA, APIA).dots, key=lambda dot: dot.spots[0].title)
    assert 0 < apia.x - suva.x < WIDTH
    island = ((179.0, -20.0), (-179.0, -20.0), (-179.0, -18.0), (179.0, -18.0), (179.0, -20.0))
    across = [x for x, _ in vertices(drawn(SUVA, APIA, land=[island]))]
    assert max(across) - min(across) < WIDTH / 4, "land on both sides of the line is in one piece"


def test_the_whole_world() -> None:
    """Where people are everywhere, all of the world is shown, and where there is one only its surroundings."""
    everywhere = drawn(OSLO, (-99.1, 19.4), (139.7, 35.7), SUVA)
    assert len(everywhere.dots) == 4
    around = ((-170.0, -50.0), (170.0, -50.0), (170.0, 70.0), (-170.0, 70.0), (-170.0, -50.0))
    assert len(vertices(drawn(OSLO, (-99.1, 19.4), (139.7, 35.7), land=[around]))) >= 4
    (alone,) = drawn(OSLO).dots
    assert (alone.x, alone.y) == (WIDTH // 2, round(WIDTH * NARROW / 2))


def test_a_dot_has_the_name_of_most() -> None:
    """Places that are near each other are one dot, at the place of most people, which comes first."""
    few, many = Spot("Drammen", "/drammen/", members=1), Spot("Oslo", "/oslo/", members=8, events=2)
    (dot,) = chart([(few, (10.2, 59.7)), (many, OSLO)], ()).dots
    assert [each.title for each in dot.spots] == ["Oslo", "Drammen"]
    assert (dot.members, dot.events, dot.others) == (9, 2, 0)
    assert dot.radius > chart([(few, OSLO)], ()).dots[0].radius


@pytest.mark.parametrize("size", [1e-6, 1e-3])
def test_what_nobody_sees_is_left_out(size: float) -> None:
    """An island of less than a point is not in the file."""
    island = tuple((OSLO[0] + size * x, OSLO[1] + size * y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0)))
    assert drawn(OSLO, land=[island]).land == ""
