"""What the host Netlify reads: ``_redirects`` for old addresses, and ``_headers`` for what is sent with each file.

The rules of both: https://docs.netlify.com/manage/routing/redirects/redirect-options/ and
https://docs.netlify.com/manage/routing/headers/.
"""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from sitegen import embeds
from sitegen.config import HOLES
from sitegen.contentline import cleaned
from sitegen.model import Frozen
from sitegen.plan import Collection, Edition, Format, Output, Tools, href


class Lines(Frozen, frozen=True):
    """All that goes into one of the files."""

    lines: tuple[str, ...]


def outputs(collections: Iterable[Collection], edition: Edition) -> Iterator[Output]:
    """``_redirects``, where anything has moved, and ``_headers``."""
    collections = tuple(collections)
    if redirects := tuple(dict.fromkeys(_redirects(collections, edition))):
        moved = dict.fromkeys(each.about.source for each in collections if each.aliases and each.about)
        yield Output("_redirects", "", render, Lines(redirects), tuple(moved))
    yield Output("_headers", "", render, Lines(tuple(_headers(collections, edition))))


def render(made: Lines, tools: Tools) -> bytes:
    """The lines."""
    del tools
    return "".join(f"{line}\n" for line in made.lines).encode()


def _files(collection: Collection) -> Iterator[tuple[str, str]]:
    """The files that a page has besides itself: the names of their formats, and where they stand."""
    about, url = collection.about, collection.url
    if not url.endswith("/"):
        return
    if about and about.vevent:
        yield "ics", f"{url}event.ics"
    if collection.calendar and any(each.vevent for each in collection.dated):
        yield "ics", collection.calendar
    if about and about.vcard:
        yield "vcf", f"{url}card.vcf"
    if about and any(each.vcard for each in collection.contacts):
        yield "vcf", f"{url}people.vcf"
    if collection.feed:
        yield from (("atom", f"{url}feed.atom"), ("jsonfeed", f"{url}feed.json"))


# --- Old addresses


def _redirects(collections: tuple[Collection, ...], edition: Edition) -> Iterator[str]:
    """The rules. The first that fits holds: those for one address come before those for many."""
    base, moved = edition.config.base, edition.config.redirects
    for collection in collections:
        url = collection.url
        files = [at for form, at in _files(collection) if form in edition.formats and at.startswith(url)]
        for alias in collection.aliases:
            for name in ("", *(at.removeprefix(url) for at in files if alias.endswith("/"))):
                yield from _rules(f"{base}{alias}{name}", f"{base}{url}{name}", 301)
    for each in moved:
        if not HOLES.search(each.old):
            yield from _rules(base + each.old, href(base, each.new), each.status)
    for each in moved:
        if HOLES.search(each.old):
            yield f"{_pattern(base + each.old)} {_target(href(base, each.new))} {_STATUS.get(each.status, each.status)}"
    missing = sorted((f"{base}{each.url}" for each in collections if each.url.endswith("/404.html")), key=len)
    for url in reversed(missing):  # Netlify by itself finds the one at the root of the host
        if folder := _quoted(url.removesuffix("/404.html")):
            yield f"{folder}/* {folder}/404.html 404"


def _rules(old: str, new: str, status: int) -> Iterator[str]:
    """The rule that leads from an address to another, whether or not a file for other hosts stands at the old one.

    The old address is told as browsers send it. Where that is not how it is written, it is told like that, too: which
    of the two is compared depends on the server. A slash at its end makes no difference: so a rule from an address to
    the same one with a slash would lead around for ever.
    """
    if not _same(old, new) and not old.startswith("/.netlify"):
        for written in (_quoted(old), *((old,) if old.isprintable() and not re.search(r"[\s*:#]", old) else ())):
            yield f"{written} {_target(new)} {_STATUS.get(status, status)}!"


_STATUS = {307: 302, 308: 301}
"""What is said in the place of those that Netlify does not know. For pages they mean the same."""


def _same(old: str, new: str) -> bool:
    return _target(old).rstrip("/") == re.split("[?#]", _target(new))[0].rstrip("/")


def _quoted(path: str) -> str:
    """A path as browsers send it, but for ``*`` and ``:``, which mean something to Netlify.

    https://url.spec.whatwg.org/#path-percent-encode-set
    """
    return quote(path, safe="/~!$&'()+,;=@[]|")


def _target(address: str) -> str:
    """An address in ASCII."""
    return quote(address, safe="/~!$&'()+,;=@*:?#[]%")


def _pattern(path: str) -> str:
    """A path that fits many addresses. What stands at one of them stays."""
    parts = HOLES.split(path)
    return "".join(part.rstrip("/") if index % 2 else _quoted(part) for index, part in enumerate(parts))


# --- Headers


def _headers(collections: tuple[Collection, ...], edition: Edition) -> Iterator[str]:
    """The rules. All that fit an address hold, so none of ours has a header of another one that fits the same.

    Those of site.yaml come last. A header there takes the place of ours for the same path, and if it is for ``/*``, of
    ours for any path.
    """
    base = edition.config.base
    ours = tuple(_usual(collections, edition))
    names = {name.lower(): name for _, headers in ours for name in headers}
    own = tuple(
        (f"{base}{path}", {names.setdefault(name.lower(), name): value for name, value in headers})
        for path, headers in edition.config.headers
        if path.startswith("/")
    )
    for path, headers in ours:
        taken = {name for at, others in own if at in (path, f"{base}/*") for name in others}
        yield from _rule(path, {name: value for name, value in headers.items() if name not in taken})
    for path, headers in own:
        yield from _rule(path, headers)


def _rule(path: str, headers: dict[str, str]) -> Iterator[str]:
    """The lines of a rule: nothing of what could not be read again, and no line that a value would begin."""
    values = {name: " ".join(cleaned(value).split()) for name, value in headers.items() if _NAME.fullmatch(name)}
    lines = [f"  {name}: {value}" for name, value in values.items() if value]
    if lines:
        yield from (quote(path, safe="/~!$&'()+,;=@*:%"), *lines)


_NAME = re.compile(r"[A-Za-z][\w-]*", re.ASCII)


def _usual(collections: tuple[Collection, ...], edition: Edition) -> Iterator[tuple[str, dict[str, str]]]:
    """What is sent unless site.yaml says otherwise."""
    config, on = edition.config, edition.formats
    yield (
        f"{config.base}/*",
        {
            "Content-Security-Policy": policy(config.embeds, full=config.search == "full"),
            "Cross-Origin-Opener-Policy": "same-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
            "Referrer-Policy": "strict-origin-when-cross-origin",  # without any, players of YouTube refuse to play
            "X-Content-Type-Options": "nosniff",
        },
    )
    # The names of these change with their content.
    yield f"{config.base}/assets/*", {"Cache-Control": "public, max-age=31536000, immutable"}
    if "api" in on:
        yield f"{config.base}/api/*", dict(_OPEN)
    for path in sorted({_anywhere(at) for each in collections for form, at in _files(each) if form in on}):
        suffix = path.rpartition(".")[2]
        yield f"{config.base}{path}", {"Content-Type": _TYPES[suffix], **({} if suffix == "vcf" else _OPEN)}


def _anywhere(path: str) -> str:
    """A rule for the files of a name that are as deep in folders: ``/:a/:b/event.ics``.

    ``/*/event.ics`` would be shorter, but it is nowhere said that anything behind ``*`` is looked at; if it were not,
    every page would be sent as a calendar.
    """
    *folders, name = path.strip("/").split("/")
    return "".join(f"/:{chr(ord('a') + depth)}" for depth in range(len(folders))) + f"/{name}"


_OPEN = {"Access-Control-Allow-Origin": "*"}
"""Scripts on other sites may read it."""
_TYPES = {
    "ics": "text/calendar; charset=utf-8",
    "vcf": "text/vcard; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}
"""Media types by suffix: RFC 5545, RFC 6350, RFC 4287, JSON Feed 1.1. Netlify knows those of all other files."""


def policy(allowed: Iterable[str], *, full: bool = False) -> str:
    """The Content-Security-Policy of a site that allows these hosts: what a page may load, show and send, and where to.

    Everything is the site's own; nothing stands in pages that would run. Of well-known places of recordings only the
    player is shown, in a frame. Any other host may be one of forms or of analytics: of these and the hosts below them
    a page may show frames, pictures and recordings, may run scripts, and may send to them. The engine of a ``full``
    search is WebAssembly, which is not run without leave; it can do no more than the script that loads it.
    """
    allowed = tuple(allowed)
    rest = _sources(host for host in allowed if not embeds.is_player(host))
    directives = {
        "default-src": "'self'",
        "base-uri": "'self'",
        "connect-src": rest,
        "form-action": rest,
        "frame-ancestors": "'self'",
        "frame-src": _sources(allowed),
        "img-src": rest,
        "media-src": rest,
        "object-src": "'none'",
        "script-src": f"{rest} 'wasm-unsafe-eval'" if full else rest,
    }
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())


def _sources(allowed: Iterable[str]) -> str:
    return " ".join(("'self'", *(f"https://{host}" for host in embeds.hosts(allowed))))


FORMAT = Format("netlify", outputs)
