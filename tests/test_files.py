"""Pictures, other files, and those of the theme: where they are published, and under which names."""

import io
import re
from collections.abc import Callable

import pytest
from PIL import Image

from sitegen.formats.files import assets
from sitegen.theme import Static
from tests.sites import SITE, Project
from tests.steps import TINY

Make = Callable[[str], Project]


def picture(form: str = "PNG") -> bytes:
    """A picture."""
    data = io.BytesIO()
    Image.new("RGB", (2, 2), "red").save(data, form)
    return data.getvalue()


def published(site: Project) -> set[str]:
    """The files of a site that are no pages, cards or calendars."""
    report = site.build()
    assert not report.failed, report.problems
    return {path for path in site.output() if not path.endswith((".html", ".vcf", ".ics"))}


def test_pictures_beside_an_entry(make: Make) -> None:
    """Those that it names, that have its name, or that are in its text are beside its page; no others are there."""
    site = make(
        TINY
        + """
-- members/ada.md --
---
name: Ada
slug: ada-okafor
---
![A lift](lift.png) ![](./loom.png)
-- members/bo.yaml --
name: Bo
photo: group.jpg
"""
    )
    for name in ("ada.png", "lift.png", "loom.png", "cy.png", "bo.png"):
        site.put(f"members/{name}", picture())
    site.put("members/group.jpg", picture("JPEG"))
    assert published(site) == {
        "members/ada-okafor/ada.png", "members/ada-okafor/lift.png", "members/ada-okafor/loom.png",
        "members/bo/group.jpg",
    }  # fmt: skip


def test_a_folder_of_an_entry(make: Make) -> None:
    """All pictures in an entry's own folder are its own; it is the same entry as a file would be."""
    site = make(TINY + "-- events/2026/agm/index.md --\n---\ntitle: AGM\nstart: 2026-12-01\nimage: hall.png\n---\n")
    for name in ("hall.png", "other.png"):
        site.put(f"events/2026/agm/{name}", picture())
    assert published(site) == {"events/agm/hall.png", "events/agm/other.png"}
    assert "events/agm/index.html" in site.output()


def test_pictures_follow_what_is_there(make: Make) -> None:
    """One that is added with the entry's name is its picture, and one that is removed is published no more."""
    site = make(TINY + "-- members/ada.yaml --\nname: Ada\n")
    assert published(site) == set()
    site.put("members/ada.png", picture())
    assert published(site) == {"members/ada/ada.png"}
    site.remove("members/ada.png")
    assert published(site) == set()


def test_files(make: Make) -> None:
    """What stands in files/ is published as it is, in its folders: text is not read as content, pictures keep all."""
    site = make(TINY)
    site.write("-- files/members/ada.yaml --\nname: [\n-- files/_draft.txt --\nx\n-- files/more/.hidden --\nx\n")
    image = picture() + b"trailing"
    site.put("files/more/photo.png", image)
    site.put("files/Räume & Pläne.pdf", b"\0\xff")
    assert published(site) == {"files/members/ada.yaml", "files/more/photo.png", "files/Räume & Pläne.pdf"}
    assert site.output()["files/more/photo.png"] == image
    assert site.output()["files/Räume & Pläne.pdf"] == b"\0\xff"


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("style.css", r"/assets/style\.[0-9a-f]{8}\.css"),
        ("fonts/a.b.woff2", r"/assets/fonts/a\.b\.[0-9a-f]{8}\.woff2"),
        ("LICENSE", r"/assets/LICENSE\.[0-9a-f]{8}"),
        ("v1.2/LICENSE", r"/assets/v1\.2/LICENSE\.[0-9a-f]{8}"),
    ],
)
def test_names_of_assets(name: str, url: str) -> None:
    """A theme's file has its content in its name, before the suffix, so that browsers may keep it for ever."""
    urls, (output,) = assets([Static(name, f"/theme/static/{name}", bytes(range(16)))], {})
    assert re.fullmatch(url, urls[name])
    assert output.path == urls[name].removeprefix("/")


def test_a_script_imports_by_the_names_that_are_published(make: Make) -> None:
    """What a script imports has its new name there; where that changes, so does the name of the script."""
    site = make(TINY)
    site.write("-- themes/tiny/templates/base.html --\n{{ site.assets['more/find.js'] }}\n")
    site.write("-- themes/tiny/static/words.js --\nexport const fold = 1;\n")
    site.write(
        "-- themes/tiny/static/more/find.js --\n"
        'import { fold } from "../words.js";\nimport "./none.js"; // import "./find.js"\n'
    )
    first = published(site)
    words, find = (next(each for each in first if name in each) for name in ("words", "find"))
    assert site.output()[find].decode() == (
        f'import {{ fold }} from "../{words.removeprefix("assets/")}";\nimport "./none.js"; // import "./{find[12:]}"\n'
    )
    site.write("-- themes/tiny/static/words.js --\nexport const fold = 2;\n")
    assert not published(site) & first
    assert site.read("index.html").strip() != f"/{find}"


def test_the_stylesheet_ends_with_the_accent(make: Make) -> None:
    """A theme with an option ``accent`` gets the hue and chroma of that colour; another colour is another file."""
    site = make(TINY)
    site.write("-- themes/tiny/theme.yaml --\nname: tiny\noptions: {accent: blue}\n")
    site.write("-- themes/tiny/static/style.css --\nmain {}\n")
    (first,) = published(site)
    assert site.output()[first] == b"main {}\n:root{--hue:260;--chroma:0.125}\n"
    site.write(f"{SITE}theme: {{name: tiny, options: {{accent: '#b00'}}}}\n")
    (second,) = (each for each in published(site) if "style" in each)
    assert second != first
    assert b"--hue:29" in site.output()[second]


def test_an_asset_that_changes_has_another_name(make: Make) -> None:
    """Templates have its address from ``site.assets``; the old name is gone."""
    site = make(TINY)
    site.write("-- themes/tiny/templates/base.html --\n{{ site.assets['style.css'] }}\n")
    site.write("-- themes/tiny/static/style.css --\nmain {}\n")
    (first,) = published(site)
    assert site.read("index.html").strip() == f"/{first}"
    assert site.output()[first] == b"main {}\n"
    site.write("-- themes/tiny/static/style.css --\nbody {}\n")
    (second,) = published(site)
    assert second != first
    assert site.read("index.html").strip() == f"/{second}"
