"""Pictures: without their metadata, and in the sizes in which pages show them."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote, unquote

from sitegen import media
from sitegen.model import Frozen, Picture, Sizes
from sitegen.plan import Output, Tools


class Whole(Frozen, frozen=True):
    """A picture file and the digest of its content."""

    path: str
    digest: bytes


class Smaller(Frozen, frozen=True):
    """A picture file, the digest of its content, and the size in which it is wanted."""

    path: str
    digest: bytes
    width: int
    square: bool = False


def outputs(path: str, owner: str, picture: Picture, digests: Mapping[str, bytes]) -> Iterator[Output]:
    """The picture at ``path`` of the site, and beside it the sizes in which it is there besides."""
    source, digest = picture.path, digests[picture.path]
    yield Output(path, owner, render_whole, Whole(source, digest), (source,))
    sizes = picture.sizes or Sizes(0, 0)
    for width in sizes.widths:
        yield Output(f"{path}.{width}.webp", owner, render_smaller, Smaller(source, digest, width), (source,))
    for side in sizes.squares:
        yield Output(
            f"{path}.{side}x{side}.webp", owner, render_smaller, Smaller(source, digest, side, square=True), (source,)
        )


ICONS = (48, 180)
"""Sides of the icons that browsers and telephones show for a site, in pixels."""


def icons(path: str, picture: Picture, digest: bytes) -> Iterator[Output]:
    """The logo at ``path`` of the site as icons beside it."""
    for side in ICONS:
        made = Smaller(picture.path, digest, side, square=True)
        yield Output(f"{path}.{side}.png", "", render_icon, made, (picture.path,))


def render_icon(picture: Smaller, tools: Tools) -> bytes:
    """The picture, whole, as a square PNG; raises `media.Unusable`."""
    return media.icon(tools.read(picture.path), picture.width)


def render_whole(picture: Whole, tools: Tools) -> bytes:
    """The picture without EXIF, XMP, comments and whatever else its file says; raises `media.Unusable`."""
    return media.clean(tools.read(picture.path))


def render_smaller(picture: Smaller, tools: Tools) -> bytes:
    """The picture as a WebP of that width; raises `media.Unusable`."""
    return media.scaled(tools.read(picture.path), picture.width, square=picture.square)


COLUMN = "(min-width: 50rem) 45rem, 100vw"
"""How wide pictures in a text are: as wide as the column, on a phone as the screen."""


def with_sizes(text: str, pictures: Iterable[Picture]) -> str:
    """Safe HTML in which the pictures beside the page have their sizes, and come in the one that a screen needs."""
    known = {each.name: each.sizes for each in pictures if each.sizes} if "<img" in text else {}

    def sized(tag: re.Match[str]) -> str:
        source = _SOURCE.search(tag[0])
        address = quote(html.unescape(source[1]), safe="/%") if source else ""  # blanks and commas have a meaning
        sizes = known.get(unquote(address).removeprefix("./"))
        if sizes is None:
            return tag[0]
        end = "" if _SAID.search(tag[0]) else f' width="{sizes.width}" height="{sizes.height}"'
        image = f"{tag[0][:-1].rstrip(' /')}{end}>"
        if not sizes.widths:
            return image
        wanted = ", ".join(f"{address}.{width}.webp {width}w" for width in sizes.widths)
        return f'<picture><source type="image/webp" srcset="{wanted}" sizes="{COLUMN}">{image}</picture>'

    return _IMAGE.sub(sized, text) if known else text


_IMAGE = re.compile(r"<img [^>]*>")
_SOURCE = re.compile(r'''^<img(?: [\w-]+="[^"]*")*? src="([^"]*)"''')
_SAID = re.compile(r'''^<img(?: [\w-]+="[^"]*")*? (?:width|height)="''')
