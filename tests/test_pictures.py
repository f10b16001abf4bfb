"""Pictures in the sizes in which pages show them."""

import io
import re
from collections.abc import Callable
from urllib.parse import unquote

import pytest
from PIL import Image

from sitegen.model import LONGEST, Picture, Sizes
from sitegen.pictures import with_sizes
from tests.sites import OFFICE, SITE, Project
from tests.steps import TINY

Make = Callable[[str], Project]
THEMED = f"{OFFICE}theme: programme\n"


def picture(width: int, height: int, form: str = "JPEG", orientation: int = 1) -> bytes:
    """A picture of that size, the upper half of which is dark."""
    made = Image.new("RGB", (width, height), "white")
    made.paste((20, 20, 20), (0, 0, width, height // 2))
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = io.BytesIO()
    made.save(data, form, exif=exif)
    return data.getvalue()


def built(site: Project) -> dict[str, bytes]:
    """The files of a site in which nothing is wrong."""
    report = site.build()
    assert not report.failed, report.problems
    return site.output()


def tags(page: str, name: str) -> list[dict[str, str]]:
    """The attributes of all tags of that name."""
    return [dict(re.findall(r' ([\w-]+)="([^"]*)"', tag)) for tag in re.findall(rf"<{name} [^>]*>", page)]


@pytest.mark.parametrize(
    ("width", "height", "widths", "squares"),
    [
        (4000, 3000, (320, 640, 1280), (92, 184)),
        (1280, 100, (320, 640, 1280), (92,)),
        (700, 900, (320, 640, 700), (92, 184)),
        (640, 640, (320, 640), (92, 184)),
        (321, 200, (320, 321), (92, 184)),
        (320, 400, (), (92, 184)),
        (150, 93, (), (92,)),
        (92, 92, (), ()),
        (1, 1, (), ()),
        (400, LONGEST + 1, (), (92, 184)),
        (2000, LONGEST + 1, (), (92, 184)),
    ],
)
def test_sizes(width: int, height: int, widths: tuple[int, ...], squares: tuple[int, ...]) -> None:
    """No size is larger than the picture, and none is more than a page can use or than a WebP can have."""
    assert Picture("a.jpg", "a.jpg", width, height, portrait=True).sizes == Sizes(width, height, widths, squares)
    assert Picture("a.jpg", "a.jpg", width, height).sizes == Sizes(width, height, widths)


def test_sizes_that_cannot_be() -> None:
    """A damaged picture has none, and a name to which nothing can be added has the picture alone."""
    assert Picture("a.jpg", "a.jpg").sizes is None
    name = "ø" * 110 + ".jpg"
    assert Picture(name, name, 900, 900, portrait=True).sizes == Sizes(900, 900)


PICTURES = (Picture("e/a b.png", "a b.png", 800, 600), Picture("e/s.png", "s.png", 10, 20))


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("<p>no picture</p>", "<p>no picture</p>"),
        ('<img src="other.png" alt="">', '<img src="other.png" alt="">'),
        ('<img src="/files/s.png" alt="">', '<img src="/files/s.png" alt="">'),
        (
            '<img alt="s" src="s.png" loading="lazy">',
            '<img alt="s" src="s.png" loading="lazy" width="10" height="20">',
        ),
        ('<img src="s.png" width="5">', '<img src="s.png" width="5">'),
        (
            '<img alt=" src=&quot;s.png" src="./a%20b.png">',
            (
                '<picture><source type="image/webp" srcset="./a%20b.png.320.webp 320w, ./a%20b.png.640.webp 640w, '
                './a%20b.png.800.webp 800w" sizes="(min-width: 50rem) 45rem, 100vw">'
                '<img alt=" src=&quot;s.png" src="./a%20b.png" width="800" height="600"></picture>'
            ),
        ),
    ],
)
def test_pictures_in_a_text(text: str, made: str) -> None:
    """Those beside the page have a width and height, and come as large as they are needed; others stay."""
    assert with_sizes(text, PICTURES) == made


def test_a_portrait_on_every_page(make: Make) -> None:
    """The profile has it at the width that is needed and at once, lists have a square of it when they come to it."""
    site = make(f"{THEMED}-- members/ada.yaml --\nname: Ada\nimage_alt: Ada at work\n")
    site.put("members/ada.jpg", picture(1000, 800, orientation=6))  # upright it is 800 wide and 1000 high
    files = built(site)
    sizes = {
        path.partition("ada.jpg")[2]: Image.open(io.BytesIO(data)).size
        for path, data in files.items()
        if path.startswith("members/ada/ada.jpg")
    }
    assert sizes == {
        "": (800, 1000),
        ".320.webp": (320, 400),
        ".640.webp": (640, 800),
        ".800.webp": (800, 1000),
        ".92x92.webp": (92, 92),
        ".184x184.webp": (184, 184),
    }
    (image,) = tags(site.read("members/ada/index.html"), "img")[:1]
    assert image == {"src": "/members/ada/ada.jpg", "alt": "Ada at work", "width": "800", "height": "1000"}
    (source,) = tags(site.read("members/ada/index.html"), "source")
    at = "/members/ada/ada.jpg"
    assert source["srcset"] == f"{at}.320.webp 320w, {at}.640.webp 640w, {at}.800.webp 800w"
    (face,) = tags(site.read("members/index.html"), "img")
    assert (face["src"], face["width"], face["height"], face["loading"]) == (at, "46", "46", "lazy")
    (source,) = tags(site.read("members/index.html"), "source")
    assert source["srcset"] == f"{at}.92x92.webp 92w, {at}.184x184.webp 184w"
    assert f'<meta property="og:image" content="https://example.org{at}">' in site.read("members/ada/index.html")


def test_every_address_leads_to_a_picture(make: Make) -> None:
    """Below a path, in a language, with odd names, in a text, at a head and in lists: all of it is there and sized."""
    site = make(
        SITE.replace("example.org/", "example.org/sub/")
        + "email: office@example.org\nlogo: our logo.png\nlanguages: [en, es]\n"
        "-- members/ada.yaml --\nname: Ada\nphoto: Ada, at & work.png\n"
        "-- members/ada.es.yaml --\nheadline: Hola\n"
        "-- members/bo.yaml --\nname: Bo\nheadline: Small picture\n"
        "-- organizations/acme.yaml --\nname: Acme\nlogo: acme.webp\ntier: gold\n"
        "-- events/agm/index.md --\n---\ntitle: AGM\nstart: 2026-12-01\nimage: hall.jpg\nspeakers: ada\n"
        "hosts: organizations/acme\n---\n![A lift](<größe 1.jpg>)\n"
        "-- events/agm/index.es.md --\n---\ntitle: Asamblea\n---\n![Otra](hall.jpg)\n"
        "-- pages/events.md --\n---\ntitle: Come\n---\n![Hall](wide.jpg)\n"
        "-- news/2026.md --\n---\ntitle: News\ndate: 2026-11-01\nauthors: [{name: Jane Doe, photo: jane.jpg}]\n---\nx\n"
    )
    site.put("members/Ada, at & work.png", picture(700, 900, "PNG"))
    site.put("members/bo.png", picture(40, 40, "PNG"))
    site.put("organizations/acme.webp", picture(500, 200, "WEBP"))
    site.put("our logo.png", picture(400, 100, "PNG"))
    for name in ("events/agm/hall.jpg", "events/agm/größe 1.jpg", "pages/wide.jpg", "news/jane.jpg"):
        site.put(name, picture(700, 400))
    files = built(site)
    seen = set()
    for path, data in files.items():
        if not path.endswith(".html"):
            continue
        here = "/sub/" + path.removesuffix("index.html")
        for tag in tags(data.decode(), "img"):
            assert {"alt", "height", "src", "width"} <= tag.keys() or tag["src"].endswith("qr.svg"), (path, tag)
            seen.add((here, tag["src"]))
        for tag in tags(data.decode(), "source"):
            assert tag["type"] == "image/webp"
            for each in tag["srcset"].split(", "):
                address, width = each.split()
                seen.add((here, address))
                assert address.endswith((f".{width[:-1]}.webp", f"x{width[:-1]}.webp"))
    assert len({address for _, address in seen}) > 25
    for here, address in seen:
        where = address if address.startswith("/") else here + address.removeprefix("./")
        assert _unquoted(where.removeprefix("/sub/")) in files, (here, address)


def _unquoted(address: str) -> str:
    return unquote(address.replace("&amp;", "&"))


def test_another_picture_of_another_size(make: Make) -> None:
    """Where only the file of a picture changes, pages, sizes and logo follow, and what has not changed stays."""
    site = make(f"{THEMED}logo: logo.png\n-- members/ada.yaml --\nname: Ada\n-- members/bo.yaml --\nname: Bo\n")
    site.put("members/ada.jpg", picture(800, 1000))
    site.put("logo.png", picture(100, 100, "PNG"))
    built(site)
    site.put("members/ada.jpg", picture(400, 500))
    site.put("logo.png", picture(200, 100, "PNG"))
    report = site.build()
    assert report.decoded == 1
    incremental = site.output()
    assert 'width="400" height="500"' in site.read("members/ada/index.html")
    assert 'width="200" height="100"' in site.read("index.html")
    assert "members/ada/ada.jpg.640.webp" not in incremental
    assert site.build(clean=True).failed is False
    assert site.output() == incremental
    assert site.build().rendered == 0


def test_damaged_pictures_are_told_once(make: Make) -> None:
    """A picture that is cut off is one mistake, however many sizes of it are wanted."""
    site = make(f"{THEMED}-- members/ada.yaml --\nname: Ada\n")
    site.put("members/ada.jpg", picture(800, 1000)[:-1500])
    assert site.messages().count("the picture is cut off or damaged") == 1
    site.put("members/ada.jpg", b"x")
    assert "members/ada.jpg:1:1: error: this is not a PNG, JPEG or WebP picture" in site.messages()


SPEAKER = """
-- events/agm.md --
---
title: AGM
start: 2026-12-01
speakers:
  - {name: Jane Doe, photo: jane.jpg}
sessions:
  - title: Talk
    speakers: [{name: Joe Bloggs, photo: joe.jpg}]
---
"""


def test_the_face_of_a_speaker_without_a_profile(make: Make) -> None:
    """It is published beside the event's page, cut for lists, and shown beside the name there."""
    site = make(THEMED + SPEAKER)
    site.put("events/jane.jpg", picture(400, 500))
    site.put("events/joe.jpg", picture(50, 50))
    files = built(site)
    assert "events/agm/jane.jpg.92x92.webp" in files
    assert {tag["src"] for tag in tags(site.read("events/agm/index.html"), "img")} == {
        "/events/agm/jane.jpg", "/events/agm/joe.jpg",
    }  # fmt: skip
    assert "/events/agm/jane.jpg.184x184.webp 184w" in site.read("events/agm/index.html")


def test_the_face_of_a_speaker_of_one_date(make: Make) -> None:
    """A date that differs may have a speaker with a picture, too."""
    site = make(
        THEMED + "-- events/bench.yaml --\ntitle: Bench\nstart: 2026-12-10 18:30\nrepeats:\n  every: week\n  count: 3\n"
        "  changes:\n    2026-12-17: {speakers: [{name: Jane Doe, photo: jane.jpg}]}\n"
    )
    message = "there is no such picture beside this file"
    assert f"events/bench.yaml:7:53: error: {message}" in site.messages()
    site.put("events/jane.jpg", picture(400, 500))
    assert "events/bench/jane.jpg" in built(site)


def test_a_face_that_is_not_there_is_told(make: Make) -> None:
    """As other pictures are: at the name of the file."""
    site = make(THEMED + SPEAKER)
    site.put("events/joe.jpg", picture(50, 50))
    assert "events/agm.md:5:29: error: there is no such picture beside this file" in site.messages()


def test_a_member_is_shown_with_their_own_picture(make: Make) -> None:
    """Whoever has a profile is shown as there; without a picture there, as in the event."""
    members = "-- members/jane-doe.yaml --\nname: Jane Doe\n-- members/joe-bloggs.yaml --\nname: Joe Bloggs\n"
    site = make(THEMED + SPEAKER + members)
    for name in ("events/jane.jpg", "events/joe.jpg", "members/jane-doe.jpg"):
        site.put(name, picture(400, 500))
    built(site)
    assert {tag["src"] for tag in tags(site.read("events/agm/index.html"), "img")} == {
        "/members/jane-doe/jane-doe.jpg", "/events/agm/joe.jpg",
    }  # fmt: skip


@pytest.mark.parametrize("listed", ["no", "name-only"])
def test_no_face_of_somebody_who_is_not_to_be_shown(make: Make, listed: str) -> None:
    """Of somebody unlisted or credited by name alone nothing is published, and the state knows no name of a file."""
    site = make(f"{THEMED}{SPEAKER}-- members/jane-doe.yaml --\nname: Jane Doe\nlisted: {listed}\n")
    site.put("events/jane.jpg", picture(400, 500))
    site.put("events/joe.jpg", picture(400, 500))
    files = built(site)
    assert "events/agm/joe.jpg" in files
    assert not [path for path in files if "jane" in path]
    assert not [path for path, data in files.items() if b"jane.jpg" in data]
    assert (b"jane.jpg" in site.remembered()) is (listed == "name-only")  # whose name pages have
    assert site.build().decoded == 0
    site.write("-- members/jane-doe.yaml --\nname: Jane Doe\n")
    assert "events/agm/jane.jpg" in built(site)


@pytest.mark.parametrize("name", ["ada.svg", "ada.GIF", "ada.heic"])
def test_other_pictures_are_refused_in_words(make: Make, name: str) -> None:
    """Where a field or a text names a picture of another kind, the kinds are said rather than that it is not there."""
    site = make(f"{TINY}-- members/ada.md --\n---\nname: Ada\nphoto: {name}\n---\n![me]({name})\n")
    site.put(f"members/{name}", b"<svg/>")
    said = site.messages()
    assert "members/ada.md:3:8: error: pictures are PNG, JPEG or WebP files" in said
    assert f"warning: the text shows {name}; pictures are PNG, JPEG or WebP files" in said
    assert said.count("save it as one of these") == 2


def test_a_logo_that_is_a_drawing_is_refused_in_words(make: Make) -> None:
    """An SVG could hold a program: as a logo, too, it is told what pictures are."""
    site = make(f"{TINY}logo: logo.svg\n")
    site.put("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert "logo.svg:1:1: error: this is not a PNG, JPEG or WebP picture" in site.messages()
