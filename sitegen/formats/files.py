"""Files: pictures without their metadata, the theme's static files, and ``content/files/`` as it is.

The theme's files have names that change with their content. These renderers alone read files.
"""

from collections.abc import Iterable, Iterator, Mapping

from sitegen import media
from sitegen.model import Entry, Frozen
from sitegen.plan import Collection, Edition, Format, Output, Tools


class Copy(Frozen, frozen=True):
    """A file and the digest of its content."""

    path: str
    digest: bytes


def outputs(collections: Iterable[Collection], edition: Edition) -> Iterator[Output]:
    """The pictures beside an entry, published beside its page; the association's logo; and ``content/files/``."""
    for collection in collections:
        for entry, urls in _shown(collection):
            for picture in entry.pictures:
                for url in urls:
                    yield _picture(f"{url}{picture.name}".lstrip("/"), entry.source, picture.path, edition)
    if (logo := edition.config.logo) in edition.digests:
        yield _picture(stamped(logo, edition.digests[logo]), "", logo, edition)
    yield from _files(edition.digests)


def _shown(collection: Collection) -> Iterator[tuple[Entry, tuple[str, ...]]]:
    """The entries whose pictures a page shows, and where these stand: an introduction's beside its list."""
    if collection.about:
        yield collection.about, (collection.url,)
    if collection.intro:
        yield collection.intro, tuple(dict.fromkeys((collection.url, collection.intro.url)))


def _picture(path: str, owner: str, source: str, edition: Edition) -> Output:
    return Output(path, owner, render_picture, Copy(source, edition.digests[source]), (source,))


def render_picture(copy: Copy, tools: Tools) -> bytes:
    """The picture without EXIF, XMP, comments and whatever else its file says; raises `media.Unusable`."""
    return media.clean(tools.read(copy.path))


def stamped(name: str, digest: bytes) -> str:
    """The path of a file whose name changes with its content: ``assets/style.1f0c2d3e.css``."""
    folder, slash, file = name.rpartition("/")
    stem, _, suffix = file.rpartition(".")
    stamp = digest.hex()[:8]
    return f"assets/{folder}{slash}" + (f"{stem}.{stamp}.{suffix}" if stem else f"{file}.{stamp}")


def assets(static: Iterable[tuple[str, str, bytes]]) -> tuple[dict[str, str], tuple[Output, ...]]:
    """The URL of each static file of the theme, by its name, and the outputs: ``/assets/style.1f0c2d3e.css``."""
    urls: dict[str, str] = {}
    outputs: list[Output] = []
    for name, _, digest in static:
        path = stamped(name, digest)
        urls[name] = "/" + path
        outputs.append(Output(path, "", render_asset, Copy(name, digest)))
    return urls, tuple(outputs)


def render_asset(copy: Copy, tools: Tools) -> bytes:
    """The theme's file as it is."""
    return tools.asset(copy.path)


def _files(digests: Mapping[str, bytes]) -> Iterator[Output]:
    """What stands in ``content/files/``, under ``/files/``."""
    for path, digest in digests.items():
        if path.startswith("files/"):
            yield Output(path, path, render_file, Copy(path, digest), (path,))


def render_file(copy: Copy, tools: Tools) -> bytes:
    """The file as it is."""
    return tools.read(copy.path)


FORMAT = Format("files", outputs)
