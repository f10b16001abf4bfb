"""Share images as files of a site: which there are, what pages say of them, and what makes them anew."""

import re
from collections.abc import Callable
from urllib.parse import urljoin

import pytest

from sitegen import unfurl
from tests.sites import OFFICE, Project
from tests.test_pictures import picture

Make = Callable[[str], Project]

GUILD = (
    OFFICE
    + "languages: [en, es]\n"
    + """
-- members/ada.yaml --
name: Ada Okafor
headline: Winds clocks
-- members/jin.yaml --
name: 山田 仁
-- members/old.yaml --
name: Old Hand
status: in-memoriam
-- members/gone.yaml --
name: Gone Away
listed: no
-- members/named.yaml --
name: Named Only
listed: name-only
-- events/agm.md --
---
title: Annual meeting
start: 2026-12-01 18:00
---
Bring flasks.
-- events/agm.es.md --
---
title: Reunión anual
---
Traigan termos.
-- news/roof.md --
---
title: The roof
date: 2026-11-01
---
"""
)
OPTED_IN = GUILD.replace("languages:", "share_images: [members, events]\nlanguages:")


def made(site: Project) -> set[str]:
    """The share images of a site."""
    return {path for path in site.output() if re.search(r"share\.(png|jpg)$", path)}


def image_of(page: str, base: str = "https://example.org/") -> str:
    """The share image that a page names, as a path of the site."""
    found: str
    (found,) = re.findall(r'<meta property="og:image" content="([^"]*)">', page)
    assert urljoin(base, found) == found, "the address is a full one"
    return found.removeprefix(base)


def test_the_site_has_one(make: Make) -> None:
    """Without being asked there is one image, and every page names it."""
    site = make(GUILD)
    site.build()
    assert made(site) == {unfurl.SITE}
    for page in ("index.html", "members/ada/index.html", "es/events/agm/index.html", "news/roof/index.html"):
        assert image_of(site.read(page)) == unfurl.SITE
    head = site.read("members/ada/index.html")
    assert '<meta property="og:image:width" content="1200">' in head
    assert '<meta property="og:image:height" content="630">' in head
    assert '<meta property="og:image:alt" content="Working Order">' in head
    assert '<meta name="twitter:card" content="summary_large_image">' in head


def test_entries_of_the_kinds_that_are_named(make: Make) -> None:
    """Members and events have their own, in each language; who is remembered or has no letters in the font has none."""
    site = make(OPTED_IN)
    site.build()
    assert made(site) == {
        "share.png", "members/ada/share.png", "events/agm/share.png", "es/events/agm/share.png",
    }  # fmt: skip
    assert image_of(site.read("members/ada/index.html")) == "members/ada/share.png"
    assert image_of(site.read("members/jin/index.html")) == "share.png"
    assert image_of(site.read("members/old/index.html")) == "share.png"
    assert image_of(site.read("es/events/agm/index.html")) == "es/events/agm/share.png"
    assert 'og:image:alt" content="Ada Okafor, Working Order"' in site.read("members/ada/index.html")
    assert site.output()["events/agm/share.png"] != site.output()["es/events/agm/share.png"]


def test_switched_off_with_what_others_are_told(make: Make) -> None:
    """`formats: {share: no}`: no image, and no page names one."""
    site = make(OPTED_IN.replace("languages:", "formats: {share: no}\nlanguages:"))
    site.build()
    assert made(site) == set()
    assert "og:image" not in site.read("members/ada/index.html")


def test_a_portrait_is_in_it_and_another_picture_stays(make: Make) -> None:
    """A member's portrait fills the plate; an event with a picture shows that."""
    site = make(OPTED_IN)
    site.put("members/ada.jpg", picture(300, 300, "JPEG"))
    site.put("events/agm.jpg", picture(300, 200, "JPEG"))
    site.build()
    assert made(site) == {"share.png", "members/ada/share.jpg"}
    assert image_of(site.read("members/ada/index.html")) == "members/ada/share.jpg"
    assert image_of(site.read("events/agm/index.html")) == "events/agm/agm.jpg"
    assert 'og:image:width" content="300"' in site.read("events/agm/index.html")


def test_what_makes_them_anew(make: Make) -> None:
    """A text makes none anew; a title does its own, the name of the association all, a photo its own."""
    site = make(OPTED_IN)
    site.put("members/ada.jpg", picture(300, 300, "JPEG"))
    site.build()
    images = made(site)

    def anew() -> set[str]:
        return {each for each in site.build().placed if each in images}

    site.write("-- events/agm.md --\n---\ntitle: Annual meeting\nstart: 2026-12-01 18:00\n---\nBring soup.\n")
    assert anew() == set()
    site.write("-- events/agm.md --\n---\ntitle: The meeting\nstart: 2026-12-01 18:00\n---\nBring soup.\n")
    assert anew() == {"events/agm/share.png"}
    site.put("members/ada.jpg", picture(300, 300, "JPEG", 3))
    assert anew() == {"members/ada/share.jpg"}
    site.write(f"-- site.yaml --\n{OPTED_IN.split('--')[2].replace('Working Order', 'Order').strip()}\n")
    assert anew() == images


def test_a_kind_that_is_none(make: Make) -> None:
    """What is no kind is told with the nearest one."""
    site = make(GUILD.replace("languages:", "share_images: [member]\nlanguages:"))
    message = site.messages()
    assert "site.yaml:5:" in message
    assert "members" in message


@pytest.mark.parametrize("name", ["members/ada.jpg", "logo.png"])
def test_a_damaged_picture_is_told_once(make: Make, name: str) -> None:
    """A portrait or logo that cannot be read is one mistake, and nothing is published."""
    site = make(OPTED_IN.replace("languages:", "logo: logo.png\nlanguages:"))
    site.put("logo.png", picture(60, 60, "PNG"))
    site.put(name, picture(60, 60, "PNG")[:40])
    assert site.messages().count("error:") == 1


def test_the_logo_as_icons(make: Make) -> None:
    """Browsers and telephones get the logo in the sizes of their icons; without one there is the theme's."""
    site = make(GUILD.replace("languages:", "logo: logo.png\nlanguages:"))
    site.put("logo.png", picture(400, 100, "PNG"))
    site.build()
    page = site.read("index.html")
    (icon,) = re.findall(r'<link rel="icon" sizes="48x48" type="image/png" href="/([^"]*)">', page)
    (touch,) = re.findall(r'<link rel="apple-touch-icon" href="/([^"]*)">', page)
    for path, side in ((icon, 48), (touch, 180)):
        data = site.output()[path]
        assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (side, side)
