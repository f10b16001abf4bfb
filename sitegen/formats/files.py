"""Files: pictures, the theme's static files, and ``content/files/`` as it is.

The theme's files have names that change with their content. These renderers alone read files.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping

from sitegen import colour, pictures, source
from sitegen.model import Entry, Frozen, Picture
from sitegen.plan import Collection, Edition, Format, Output, Tools
from sitegen.theme import IMPORT, Static


class Copy(Frozen, frozen=True):
    """A file and the digest of its content."""

    path: str
    digest: bytes


class Asset(Frozen, frozen=True):
    """A static file of the theme."""

    path: str
    digest: bytes
    imports: tuple[tuple[str, str], ...] = ()
    """What a script imports: as it writes it, and as it is published."""
    end: str = ""
    """What is added to it: the site's own colours."""


def outputs(collections: Iterable[Collection], edition: Edition) -> Iterator[Output]:
    """The pictures beside an entry, published beside its page; the association's logo; and ``content/files/``."""
    there = {  # words at the head of a list are those of other languages, too, where they are not translated
        (f"{url}{picture.name}".lstrip("/"), picture): entry.source
        for collection in collections
        for entry, urls in _shown(collection)
        for picture in entry.pictures
        for url in urls
    }
    for (path, picture), owner in there.items():
        yield from pictures.outputs(path, owner, picture, edition.digests)
    if (logo := edition.config.logo) in edition.digests:
        picture = Picture(logo, logo, *edition.config.logo_size)
        path = stamped(logo, edition.digests[logo])
        yield from pictures.outputs(path, "", picture, edition.digests)
        yield from pictures.icons(path, picture, edition.digests[logo])
    yield from _files(edition.digests)


def _shown(collection: Collection) -> Iterator[tuple[Entry, tuple[str, ...]]]:
    """The entries whose pictures a page shows, and where these stand: an introduction's beside its list."""
    if collection.about:
        yield collection.about, (collection.url,)
    if collection.intro:
        yield collection.intro, tuple(dict.fromkeys((collection.url, collection.intro.url)))


def stamped(name: str, digest: bytes) -> str:
    """The path of a file whose name changes with its content: ``assets/style.1f0c2d3e.css``."""
    folder, slash, file = name.rpartition("/")
    stem, _, suffix = file.rpartition(".")
    stamp = digest.hex()[:8]
    return f"assets/{folder}{slash}" + (f"{stem}.{stamp}.{suffix}" if stem else f"{file}.{stamp}")


def assets(static: Iterable[Static], options: Mapping[str, str]) -> tuple[dict[str, str], tuple[Output, ...]]:
    """The URL of each static file of the theme, by its name, and the outputs: ``/assets/style.1f0c2d3e.css``."""
    accent = colour.accent(options.get("accent", ""))
    end = {"style.css": accent.css} if accent else {}
    files = {each.name: each for each in static}
    paths = {name: stamped(name, _digest(each, end.get(name, ""))) for name, each in files.items()}
    outputs = [
        Output(
            paths[name],
            "",
            render_asset,
            Asset(
                name,
                each.digest,
                tuple((written, _from(paths[name], paths[other])) for written, other in each.imports),
                end.get(name, ""),
            ),
        )
        for name, each in files.items()
    ]
    return {name: f"/{path}" for name, path in paths.items()}, tuple(outputs)


def _digest(file: Static, end: str) -> bytes:
    return source.digest(file.digest + end.encode()) if end else file.digest


def _from(path: str, other: str) -> str:
    """The way from one file to another, as scripts write it."""
    way = posixpath.relpath(other, posixpath.dirname(path))
    return way if way.startswith("../") else f"./{way}"


def render_asset(asset: Asset, tools: Tools) -> bytes:
    """The theme's file, with the names that the files have which it imports, and the colours of the site."""
    names = dict(asset.imports)

    def renamed(found: re.Match[bytes]) -> bytes:
        written = found[2].decode("utf-8", "replace")
        return found[1] + names.get(written, written).encode()

    data = tools.asset(asset.path)
    return (IMPORT.sub(renamed, data) if names else data) + asset.end.encode()


def _files(digests: Mapping[str, bytes]) -> Iterator[Output]:
    """What stands in ``content/files/``, under ``/files/``."""
    for path, digest in digests.items():
        if path.startswith("files/"):
            yield Output(path, path, render_file, Copy(path, digest), (path,))


def render_file(copy: Copy, tools: Tools) -> bytes:
    """The file as it is."""
    return tools.read(copy.path)


FORMAT = Format("files", outputs)
