"""What there is to write: collections, which pages choose, and outputs, which are known by their keys."""

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import quote

import msgspec

from sitegen.model import Entry, Face, Frozen, Link
from sitegen.problems import At, Problem


class Section(Frozen, frozen=True):
    """Faces that a page shows under one heading."""

    name: str
    items: tuple[Face, ...]
    total: int = 0
    """How many there are, where not all are shown."""


@dataclass(frozen=True, slots=True)
class Collection:
    """A page's content: entries in order, what it is about, and where it stands. Formats encode it by facets alone."""

    url: str
    """Relative to the site, ending with a slash but for files such as ``/404.html``."""
    title: str
    template: str
    entries: tuple[Entry, ...] = ()
    about: Entry | None = None
    """The entry whose page it is."""
    sections: tuple[Section, ...] = ()
    parents: tuple[Link, ...] = ()
    """The way from the home page, without it."""
    page_size: int = 0
    """How many entries a page shows; 0 for all."""
    calendar: str = ""
    """The URL of its own calendar; empty without one."""
    calendar_name: str = ""
    dated: tuple[Entry, ...] = ()
    """What is in that calendar."""
    contacts: tuple[Entry, ...] = ()
    """Whose cards it gives away together."""
    standing: tuple[str, ...] = ()
    """What is so of the entry at present: see `programme.Programme`."""
    aliases: tuple[str, ...] = ()
    """Old URLs of the page."""


class Tools(Protocol):
    """What a renderer may use besides its inputs; all of it is covered by the key."""

    def template(self, name: str) -> Any:
        """A compiled template of the theme."""

    def text(self, digest: bytes) -> str:
        """The safe HTML of a text."""

    def read(self, path: str) -> bytes:
        """A file of the content folder. Only for renderers of pictures and plain files."""

    def asset(self, name: str) -> bytes:
        """A static file of the theme, by its name."""


Render = Callable[[Any, Tools], bytes]


@dataclass(frozen=True, slots=True)
class Output:
    """A file to write: ``render(inputs)`` gives its bytes, and nothing else does."""

    path: str
    """Relative to the output folder, with ``/``."""
    owner: str
    """The file whose page, card or picture it is, relative to the content folder; empty for what is the site's own."""
    render: Render
    """A function at the top of a module, so that another process can find it."""
    inputs: Any
    """Faces and scalars, in frozen structs and tuples."""
    origin: tuple[str, ...] = ()
    """The files it is made from, relative to the content folder."""


def path_of(url: str) -> str:
    """The file that a host serves at a URL of the site."""
    return (url + "index.html" if url.endswith("/") else url).lstrip("/")


def href(base: str, url: str) -> str:
    """A URL as a page links to it: one of the site begins at the site's own path on its host."""
    return base + url if url.startswith("/") else url


def absolute(site: str, url: str) -> str:
    """A URL of the site in full, in ASCII (RFC 3986); ``site`` is the site's URL, ending with a slash."""
    return site.rstrip("/") + quote(url, safe="/%~")


def key_of(output: Output, program: bytes) -> bytes:
    """The digest of what decides the output's bytes: its renderer, the program, and its inputs' digests."""
    renderer = f"{output.render.__module__}.{output.render.__qualname__}"
    data = msgspec.msgpack.encode((program, renderer, _digested(output.inputs)))
    return hashlib.blake2b(data, digest_size=16).digest()


def _digested(value: Any) -> Any:
    """The value with the digest of a face in the place of each."""
    if isinstance(value, Face):
        return value.digest
    if isinstance(value, tuple):
        return [_digested(each) for each in value]
    if isinstance(value, msgspec.Struct):
        return [_digested(each) for each in msgspec.structs.astuple(value)]
    return value


def collisions(outputs: Iterable[Output]) -> tuple[Problem, ...]:
    """Two outputs of one path, and a file that stands where a folder is needed: one problem for each pair of owners.

    Paths are compared as by a file system that tells neither case nor forms of accents apart.
    """
    problems: dict[tuple[str, str], Problem] = {}
    taken: dict[str, Output] = {}
    for output in sorted(outputs, key=lambda each: not each.path.endswith(".html")):  # of a pair, the page is told
        if (first := taken.setdefault(_same(output.path), output)) is not output:
            problems.setdefault((first.owner, output.owner), _collision(first, output))
    folders = {folder: output for path, output in taken.items() for folder in _folders(path)}
    for folder in taken.keys() & folders.keys():
        first, output = folders[folder], taken[folder]
        problems.setdefault((first.owner, output.owner), _collision(first, output))
    return tuple(problems.values())


def _same(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def _folders(path: str) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        yield path


def _collision(first: Output, output: Output) -> Problem:
    """The problem is told where something can be done: in a file rather than in the site's own pages."""
    if not output.owner:
        first, output = output, first
    address = "/" + output.path.removesuffix("index.html")
    message = f"its address {address} belongs to {first.owner or 'a page of the site'} already"
    is_file = output.owner.startswith("files/")
    return Problem(
        At(output.owner), message, "rename it" if is_file else "choose another with slug: …, or remove the alias"
    )
