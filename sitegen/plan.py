"""What there is to write: collections, which pages choose, and outputs, which are known by their keys."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import quote

import msgspec

from sitegen.model import Config, Entry, Face, Frozen, Link, Referent, When
from sitegen.problems import At, Problem, Severity, did_you_mean


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
    feed: tuple[Entry, ...] = ()
    """What is in its feed, the newest first; a page without it has none."""
    referents: tuple[Referent, ...] = ()
    """Everybody and everything that has a part in what it is about."""
    when: When | None = None
    """The nearest date of what it is about."""
    intro: Entry | None = None
    """The words at the head of a list: ``pages/events.md``."""
    unlisted: bool = False
    """No search, sitemap or feed has it: what has expired, and the page for addresses that are not there."""
    directory: Face | None = None
    """By what its members can be narrowed: `insight.facets.Directory`."""
    graph: Face | None = None
    """Who has what in common with whom: see `insight.acquaintance.Graph`."""
    language: str = ""
    """Of the page (BCP 47)."""
    root: str = ""
    """Before the addresses of its language: ``/es``; empty for the site's own."""
    translations: tuple[Link, ...] = ()
    """The same page in all its languages, this one too: tags and URLs, the site's own language first."""

    @property
    def folders(self) -> tuple[str, ...]:
        """The URLs of folders in which its files stand: its own, and those where it stood before."""
        return tuple(url for url in (self.url, *self.aliases) if url.endswith("/"))


@dataclass(frozen=True, slots=True)
class Edition:
    """What formats know besides the collections: the association, the theme, and the files of the content folder."""

    config: Config
    """In the site's own language."""
    chromes: Mapping[str, Face] = field(default_factory=dict)
    """What stands on every page, by language: see `formats.html.chrome`."""
    themes: Mapping[str, bytes] = field(default_factory=dict)
    """The digest of every template with all that it refers to."""
    digests: Mapping[str, bytes] = field(default_factory=dict)
    """The digest of every content file, by path."""
    formats: frozenset[str] = frozenset()
    """The names of those that are switched on."""
    site_file: str = "site.yaml"
    """The path of site.yaml, relative to the content folder."""


@dataclass(frozen=True, slots=True)
class Format:
    """How collections are written: all that the rest of the program knows of it."""

    name: str
    """As it is switched on and off in site.yaml."""
    outputs: "Callable[[tuple[Collection, ...], Edition], Iterable[Output]]"
    """The files for all collections of the site, in all its languages."""


class Tools(Protocol):
    """What a renderer may use besides its inputs; all of it is covered by the key."""

    @property
    def parts(self) -> dict[Any, Any]:
        """What many pages have alike, as it was made for the first of them."""

    def template(self, name: str, language: str) -> Any:
        """A compiled template of the theme, with the words of a language (BCP 47)."""

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


def slices(collection: Collection) -> tuple[int, int]:
    """How many pages a collection has, at least one, and how many entries stand on each but the last."""
    size = collection.page_size or max(len(collection.entries), 1)
    return max(-(-len(collection.entries) // size), 1), size


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
    """The digest of what decides the output's bytes: its renderer, the program, and its inputs."""
    renderer = f"{output.render.__module__}.{output.render.__qualname__}"
    data = msgspec.msgpack.encode((program, renderer, output.inputs))
    return hashlib.blake2b(data, digest_size=16).digest()


def leads(way: str, there: AbstractSet[str]) -> bool:
    """An address of the site leads to one of these files."""
    path = re.split(r"[?#]", way.removeprefix("/"))[0]
    return any(each in there for each in (path_of(f"/{path}"), f"{path}/index.html", f"{path}.html"))


def nearest(way: str, there: AbstractSet[str]) -> str:
    """The hint for an address that leads nowhere: the page of the same section that is called most like it."""
    section, slash, _ = way.lstrip("/").partition("/")
    is_section = not way.lstrip("/")[len(section) + len(slash) :]
    pages = (address_of(each) for each in there if each.endswith("index.html"))
    near = [each for each in pages if (each.count("/") < 3 if is_section else each.startswith(f"/{section}/"))]  # noqa: PLR2004
    return (did_you_mean(way, near) if len(near) <= FEW else "") or "correct the address"


FEW = 500
"""So many pages are compared with an address that leads nowhere: each takes some microseconds."""


def address_of(path: str) -> str:
    """The address of a file of the site: a page's is that of its folder."""
    return re.sub(r"(^|/)index\.html$", "/", f"/{path}")


def collisions(outputs: Iterable[Output], site_file: str = "site.yaml") -> tuple[Problem, ...]:
    """Two outputs of one path, and a file that stands where a folder is needed: one problem for each pair of owners.

    Paths are compared as by a file system that tells neither case nor forms of accents apart.
    """
    problems: dict[tuple[str, str], Problem] = {}
    taken: dict[str, Output] = {}
    for output in sorted(outputs, key=lambda each: not each.path.endswith(".html")):  # of a pair, the page is told
        if (first := taken.setdefault(_same(output.path), output)) is not output:
            problems.setdefault((first.owner, output.owner), _collision(first, output, site_file))
    folders = {folder: output for path, output in taken.items() for folder in _folders(path)}
    for folder in taken.keys() & folders.keys():
        first, output = folders[folder], taken[folder]
        problems.setdefault((first.owner, output.owner), _collision(first, output, site_file))
    return tuple(problems.values())


CROWDED = 45_000
"""So many files and folders in one are close to what Netlify takes: 54,000."""


def crowded(paths: Sequence[str], site_file: str = "site.yaml") -> Iterator[Problem]:
    """Folders of the site that are too full for a host, the fullest first."""
    if len(paths) < CROWDED:
        return
    folders = {folder for path in paths for folder in _folders(path)}
    inside = Counter(path.rpartition("/")[0] for path in (*paths, *folders))
    for folder, count in inside.most_common():
        if count < CROWDED:
            return
        message = f"/{folder} has {count:,} files and folders in it: Netlify takes no site with more than 54,000 in one"
        yield Problem(
            At(site_file), message, "choose a host without such a limit, or divide the site", Severity.WARNING
        )


def _same(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def _folders(path: str) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        yield path


def _collision(first: Output, output: Output, site_file: str) -> Problem:
    """The problem is told where something can be done: in a file rather than in the site's own pages."""
    if not output.owner:
        first, output = output, first
    address = address_of(output.path)
    message = f"its address {address} belongs to {first.owner or 'a page of the site'} already"
    is_file = output.owner.startswith("files/")
    if output.owner == site_file:
        message = f"{address} is a living address: it belongs to {first.owner or 'a page of the site'}"
        return Problem(At(output.owner, ("redirects",), key=True), message, "take it out of redirects:")
    return Problem(
        At(output.owner), message, "rename it" if is_file else "choose another with slug: …, or remove the alias"
    )
