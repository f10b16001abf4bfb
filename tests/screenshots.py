"""``make screenshots``: every type of page on a phone and on a desk, light and dark, as pictures to be looked at.

Of the demonstration, of a site with one member and no events, and of every folder that is given (one that holds a
``site.yaml``). They come into ``build/screenshots/<site>/``, and beside them sheets that show many at once.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw

from tests.browser import CONTENT, PAGES, SCHEMES, WIDTHS, built, found, opened, running
from tests.host import served
from tests.sites import project

OUT = Path(__file__).parent.parent / "build" / "screenshots"
ALONE = """
-- site.yaml --
name: Working Order
url: https://example.org/
timezone: Europe/Oslo
email: office@example.org
-- members/ada-okafor.yaml --
name: Ada Okafor
"""
COLUMNS, ROOM = 6, 8
"""Pictures beside each other on a sheet, and the pixels between them."""
THUMB, TALL = 320, 640
"""Their width there, and how much of a long page is shown."""


def main(folders: list[str]) -> None:
    """Take the pictures of all sites, and say where they are and what the browser complained of."""
    with tempfile.TemporaryDirectory() as alone:
        sites = {"demonstration": CONTENT, "one-member": project(Path(alone), ALONE).options.content, **_given(folders)}
        for name, content in sites.items():
            with tempfile.TemporaryDirectory() as work:
                complaints = _taken(built(Path(work), content), OUT / name)
            taken = len(list((OUT / name).glob("*.png")))
            sheets = [_sheet(OUT / name, kind) for kind in _kinds()]
            print(f"{name}: {taken} pictures", *sheets, *complaints, sep="\n")  # noqa: T201 - what it is for


def _given(folders: list[str]) -> dict[str, Path]:
    """The content folders of the projects that are named, or of content folders themselves."""
    found_: dict[str, Path] = {}
    for folder in map(Path, folders):
        content = folder if (folder / "site.yaml").is_file() else folder / "content"
        if not (content / "site.yaml").is_file():
            sys.exit(f"There is no site.yaml in {folder}.")
        found_[folder.resolve().name] = content
    return found_


def _kinds() -> Iterator[str]:
    yield from (f"{width}-{scheme}" for width in WIDTHS for scheme in SCHEMES)


def _taken(output: Path, folder: Path) -> list[str]:
    """Pictures of every type of page that a site has: what the browser complained of."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    complaints: list[str] = []
    with running() as browser, served(output) as base:
        for name, path in ((name, found(output, pattern)) for name, pattern in PAGES.items()):
            for width, pixels in WIDTHS.items() if path else ():
                with opened(browser, base, path, complaints, width=pixels) as page:
                    for scheme in SCHEMES:
                        page.emulate_media(color_scheme=scheme)
                        page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
    return complaints


def _sheet(folder: Path, kind: str) -> Path:
    """One picture of all types of page at one width and scheme, each below its name."""
    files = [file for name in PAGES if (file := folder / f"{name}-{kind}.png").is_file()]
    rows = -(-len(files) // COLUMNS)
    step, line = THUMB + ROOM, TALL + 20
    sheet = Image.new("RGB", (COLUMNS * step + ROOM, rows * line + ROOM), "#888")
    draw = ImageDraw.Draw(sheet)
    for index, file in enumerate(files):
        left, top = ROOM + index % COLUMNS * step, ROOM + index // COLUMNS * line
        with Image.open(file) as picture:
            high = min(picture.height, TALL * picture.width // THUMB)
            part = picture.crop((0, 0, picture.width, high)).resize((THUMB, high * THUMB // picture.width))
        sheet.paste(part, (left, top + 14))
        draw.text((left, top), file.stem.removesuffix(f"-{kind}"), fill="white")
    path = folder / f"_sheet-{kind}.png"
    sheet.save(path)
    return path


if __name__ == "__main__":
    main(sys.argv[1:])
