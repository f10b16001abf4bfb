"""Share images: the picture that other programs show of the site, and those of entries."""

from collections.abc import Iterable, Iterator

from sitegen import poster, unfurl
from sitegen.plan import Collection, Edition, Format, Output, Tools
from sitegen.poster import Poster


def outputs(collections: Iterable[Collection], edition: Edition) -> Iterator[Output]:
    """The image of the site, and those of entries."""
    made = unfurl.of_site(edition)
    yield Output(unfurl.SITE, "", render, made, (made.path,) if made.path else ())
    for each in collections:
        if each.about and (found := unfurl.of_entry(each, edition)):
            url, own = found
            yield Output(url.lstrip("/"), each.about.source, render, own, (each.about.source,))


def render(made: Poster, tools: Tools) -> bytes:
    """The image; raises `media.Unusable`."""
    photo, logo = (tools.read(path) if path else b"" for path in (made.photo, made.logo))
    return poster.draw(made, photo, logo)


FORMAT = Format("share", outputs)
