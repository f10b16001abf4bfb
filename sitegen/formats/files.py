"""Files: pictures without their metadata, the theme's static files, and ``content/files/`` as it is.

The theme's files have names that change with their content. These renderers alone read files.
"""

from collections.abc import Iterable, Iterator, Mapping

from sitegen import media
from sitegen.model import Frozen
from sitegen.plan import Collection, Output, Tools


class Copy(Frozen, frozen=True):
    """A file and the digest of its content."""

    path: str
    digest: bytes


def pictures(collection: Collection, digests: Mapping[str, bytes]) -> Iterator[Output]:
    """The pictures beside an entry, published beside its page."""
    about = collection.about
    for picture in about.pictures if about else ():
        path = f"{collection.url}{picture.name}".lstrip("/")
        yield Output(
            path,
            about.source if about else "",
            render_picture,
            Copy(picture.path, digests[picture.path]),
            (picture.path,),
        )


def render_picture(copy: Copy, tools: Tools) -> bytes:
    """The picture without EXIF, XMP, comments and whatever else its file says; raises `media.Unusable`."""
    return media.clean(tools.read(copy.path))


def assets(static: Iterable[tuple[str, str, bytes]]) -> tuple[dict[str, str], tuple[Output, ...]]:
    """The URL of each static file of the theme, by its name, and the outputs: ``/assets/style.1f0c2d3e.css``."""
    urls: dict[str, str] = {}
    outputs: list[Output] = []
    for name, _, digest in static:
        folder, slash, file = name.rpartition("/")
        stem, _, suffix = file.rpartition(".")
        stamp = digest.hex()[:8]
        stamped = f"assets/{folder}{slash}" + (f"{stem}.{stamp}.{suffix}" if stem else f"{file}.{stamp}")
        urls[name] = "/" + stamped
        outputs.append(Output(stamped, "", render_asset, Copy(name, digest)))
    return urls, tuple(outputs)


def render_asset(copy: Copy, tools: Tools) -> bytes:
    """The theme's file as it is."""
    return tools.asset(copy.path)


def files(digests: Mapping[str, bytes]) -> Iterator[Output]:
    """What stands in ``content/files/``, under ``/files/``."""
    for path, digest in digests.items():
        if path.startswith("files/"):
            yield Output(path, path, render_file, Copy(path, digest), (path,))


def render_file(copy: Copy, tools: Tools) -> bytes:
    """The file as it is."""
    return tools.read(copy.path)
