"""A map of places, drawn: a projection, the land within the view, and a dot for whoever is near each other."""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from sitegen.model import Frozen, Spot

Point = tuple[float, float]
"""Longitude and latitude in degrees; or, on the map, units to the right and down."""

WIDTH = 960
"""Of the view, in units of the drawing."""
NARROW, WIDE = 0.45, 0.7
"""The least and the most that the view is high, as a share of its width."""
CLOSEST = 20.0
"""Degrees from the left to the right of the view that shows the least: what is known of a place is no more exact."""
WORLD = 130.0
"""What is spread over more degrees than these is shown on a map of the whole world."""
_MERIDIAN = 11.0
"""In the middle of the map of the world: its edge cuts the Bering Strait, and no land."""
NEAR = 36
"""Units that dots are apart at least; nearer ones are one dot."""
_BEYOND = 4
"""Units outside of the view that are drawn, too, so that no line runs along its edge."""


class Dot(Frozen, frozen=True):
    """Places that are near each other."""

    x: int
    y: int
    radius: int
    spots: tuple[Spot, ...]
    """The one with the most people first."""
    members: int
    events: int
    others: int


class Chart(Frozen, frozen=True):
    """A map, in units of the drawing."""

    width: int
    height: int
    land: str
    """The land as the data of an SVG path (SVG 2, section 9.3)."""
    dots: tuple[Dot, ...]


def chart(spots: Iterable[tuple[Spot, Point]], outlines: Iterable[Sequence[Point]]) -> Chart:
    """The map of at least one place, each with its longitude and latitude; ``outlines`` are the edges of the land."""
    located = list(spots)
    middle, spread = _meridian([longitude for _, (longitude, _) in located])
    is_world = spread > WORLD
    middle = _MERIDIAN if is_world else middle
    latitudes = [latitude for _, (_, latitude) in located]
    parallel = (min(latitudes) + max(latitudes)) / 2

    def project(point: Point) -> Point:
        return _equal_earth(*point) if is_world else _plate(*point, parallel)

    placed = [(spot, project((_relative(x, middle), y))) for spot, (x, y) in located]
    left, top, right, bottom = _view([point for _, point in placed], is_world=is_world)
    scale = WIDTH / (right - left)
    height = round((bottom - top) * scale)

    def on_map(point: Point) -> Point:
        return (point[0] - left) * scale, (point[1] - top) * scale

    rings = (_clipped([on_map(project(each)) for each in _whole(ring, middle)], height) for ring in outlines)
    dots = _dots((spot, on_map(point)) for spot, point in placed)
    return Chart(WIDTH, height, "".join(filter(None, map(_path, rings))), tuple(dots))


def _meridian(longitudes: Sequence[float]) -> tuple[float, float]:
    """The middle of the smallest arc with all longitudes, and how wide that is, in degrees."""
    ordered = sorted({each % 360 for each in longitudes})
    gaps = [(after - before, after) for before, after in zip(ordered, (*ordered[1:], ordered[0] + 360), strict=True)]
    gap, first = max(gaps)
    return (first + (360 - gap) / 2) % 360, 360 - gap


def _relative(longitude: float, middle: float) -> float:
    """Degrees from the middle, from -180 to 180."""
    return (longitude - middle + 180) % 360 - 180


def _whole(ring: Sequence[Point], middle: float) -> Iterator[Point]:
    """A ring as degrees from the middle, unbroken where it crosses the edge of the map."""
    before = _relative(ring[0][0], middle)
    for longitude, latitude in ring:
        before += (_relative(longitude, middle) - before + 180) % 360 - 180
        yield before, latitude


def _plate(x: float, y: float, parallel: float) -> Point:
    """Degrees on a plane, of the right proportion at one parallel: for a part of the world (Snyder 1987)."""
    return x * math.cos(math.radians(parallel)), -y


_A = (1.340264, -0.081106, 0.000893, 0.003796)
"""The coefficients of the Equal Earth projection (Šavrič, Patterson and Jenny 2018), by powers of θ: 1, 3, 7, 9."""


def _equal_earth(x: float, y: float) -> Point:
    """The whole world, areas kept, in units in which a degree of the equator in the middle is about one."""
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(y)))
    slope = _A[0] + 3 * _A[1] * theta**2 + 7 * _A[2] * theta**6 + 9 * _A[3] * theta**8
    across = 2 * math.sqrt(3) * math.radians(x) * math.cos(theta) / (3 * slope)
    up = _A[0] * theta + _A[1] * theta**3 + _A[2] * theta**7 + _A[3] * theta**9
    return math.degrees(across), -math.degrees(up)


def _view(points: Sequence[Point], *, is_world: bool) -> tuple[float, float, float, float]:
    """What is shown: left, top, right, bottom in projected units."""
    if is_world:
        right = _equal_earth(180, 0)[0]
        return -right, _equal_earth(0, 80)[1], right, _equal_earth(0, -57)[1]
    across, down = [x for x, _ in points], [y for _, y in points]
    wide, high = max(across) - min(across), max(down) - min(down)
    width = max(wide * 1.3, high * 1.3 / WIDE, CLOSEST)
    height = min(max(high * 1.3, width * NARROW), width * WIDE)
    x, y = (min(across) + max(across)) / 2, (min(down) + max(down)) / 2
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _clipped(ring: list[Point], height: float) -> list[Point]:
    """The part of a ring that is in the view and a little around it (Sutherland and Hodgman 1974)."""
    edges = ((0, -_BEYOND, 1), (0, WIDTH + _BEYOND, -1), (1, -_BEYOND, 1), (1, height + _BEYOND, -1))
    for axis, limit, sign in edges:
        if not ring:
            break
        kept: list[Point] = []
        for start, end in zip((ring[-1], *ring[:-1]), ring, strict=True):
            inside = sign * (end[axis] - limit) >= 0
            if inside is not (sign * (start[axis] - limit) >= 0):
                share = (limit - start[axis]) / (end[axis] - start[axis])
                kept.append((start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])))
            if inside:
                kept.append(end)
        ring = kept
    return ring


def _path(ring: Sequence[Point]) -> str:
    """A ring in whole units and relative steps; nothing of what is smaller than a few."""
    points = [(round(x), round(y)) for x, y in ring]
    steps = [(x - a, y - b) for (a, b), (x, y) in pairwise(points) if (a, b) != (x, y)]
    area = sum(a * y - x * b for (a, b), (x, y) in zip(points, (*points[1:], *points[:1]), strict=True)) / 2
    if abs(area) < 3:  # noqa: PLR2004 - nobody sees it
        return ""
    return f"M{points[0][0]} {points[0][1]}l" + " ".join(f"{x} {y}" for x, y in _straight(steps)) + "z"


def _straight(steps: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The same with steps in one direction as one."""
    last: tuple[int, int] | None = None
    for step in steps:
        if last and last[0] * step[1] == last[1] * step[0] and last[0] * step[0] + last[1] * step[1] > 0:
            last = (last[0] + step[0], last[1] + step[1])
            continue
        if last:
            yield last
        last = step
    if last:
        yield last


def _dots(spots: Iterable[tuple[Spot, Point]]) -> Iterator[Dot]:
    """A dot where most people are, for them and for all who are near; its area is that of their number."""
    heaps: list[tuple[Point, list[Spot]]] = []
    for spot, (x, y) in sorted(spots, key=lambda each: (-_count(each[0]), each[0].url)):
        near = next((found for (a, b), found in heaps if math.hypot(x - a, y - b) < NEAR), None)
        if near is None:
            heaps.append(((x, y), [spot]))
        else:
            near.append(spot)
    for (x, y), found in heaps:
        parts = (sum(getattr(each, part) for each in found) for part in ("members", "events", "others"))
        radius = min(round(8 + 4 * math.sqrt(sum(map(_count, found)) - 1)), NEAR // 2)
        yield Dot(round(x), round(y), radius, tuple(found), *parts)


def _count(spot: Spot) -> int:
    return spot.members + spot.events + spot.others
