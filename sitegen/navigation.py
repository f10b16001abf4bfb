"""The way around: the sections that have something, the plain pages that ask for a place, or what site.yaml says."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from sitegen.common import Waiting
from sitegen.insight import acquaintance, matching
from sitegen.kinds import kinds
from sitegen.model import Entry, Link
from sitegen.plan import leads, nearest
from sitegen.problems import At, Problem, Severity, did_you_mean
from sitegen.site import Site

MAIN = ("events", "members", "groups", "opportunities", "news", "resources")
"""The sections of the navigation, in order, when nothing else is said."""

OTHERS = ("skills", "places", "languages", "tags", "exchange", "mentoring", "introductions", "archive")
"""Sections besides the lists of kinds, each of them there where it has something."""


def sections(site: Site) -> dict[str, Link]:
    """Every section that there is, by its name."""
    found = {
        name: site.list_of(name)
        for name, kind in kinds().items()
        if kind.listing and (site.counts.get(name) or name in site.introductions)
    }
    if site.organizations:
        found["organizations"] = site.list_of("organizations")
    if site.calls:
        found["opportunities"] = site.list_of("opportunities")
    for name, title, there in (
        ("skills", site.says("Skills"), site.skills),
        ("places", site.says("Places"), site.places),
        ("languages", site.says("Languages"), site.languages),
        ("tags", site.says("Tags"), site.tags),
        ("exchange", site.says("Exchange"), "exchange" in site.introductions or matching.has_exchange(site)),
        ("mentoring", site.says("Mentoring"), "mentoring" in site.introductions or matching.has_mentoring(site)),
        (
            "introductions",
            site.says("Introductions"),
            "introductions" in site.introductions or acquaintance.has_introductions(site),
        ),
    ):
        if there:
            found[name] = Link(title, f"{site.root}/{name}/")
    for declared, there in site.own:
        if there:
            name = declared.name.replace("_", "-")
            found[name] = Link(declared.label, f"{site.root}/{name}/")
    if site.programme.past:
        found["archive"] = Link(site.says("Past events"), f"{site.root}/events/archive/")
    return found | {"search": Link(site.says("Search"), f"{site.root}/search/")}


def main(site: Site) -> tuple[Link, ...]:
    """The navigation of every page."""
    if site.config.navigation is not None:
        return tuple(_ways(site, site.config.navigation))
    there = sections(site)
    pages = sorted(_asking(site), key=lambda each: (each.navigation or ("", 0))[::-1])
    more = (name for name, kind in kinds().items() if kind.listing and name not in (*MAIN, "organizations"))
    lists = (there[name] for name in (*MAIN, *more) if name in there)
    return (*lists, *(Link(each.navigation[0], each.url) for each in pages if each.navigation))


def foot(site: Site) -> tuple[Link, ...]:
    """Words and links at the foot of every page."""
    return tuple(_ways(site, site.config.footer))


def problems(
    site: Site, path: str, waiting: Iterable[Waiting] = (), there: AbstractSet[str] | None = None
) -> Iterator[Problem]:
    """Ways in site.yaml that lead nowhere; ``path`` is its path. A section in which there is nothing is left out.

    ``there`` are all files of the site, where these are known.
    """
    yield from _unknown(site, path, waiting)
    if there is not None:
        yield from _dead(site, path, there)


def _dead(site: Site, path: str, there: AbstractSet[str]) -> Iterator[Problem]:
    """Addresses of the site at which nothing is."""
    config = site.config
    for keys, way in (
        *((("navigation", index, "url"), each.url) for index, each in enumerate(config.navigation or ())),
        *((("footer", index, "url"), each.url) for index, each in enumerate(config.footer)),
        *((("redirects", each.old), each.new) for each in config.redirects if ":" not in each.new),
    ):
        if way.startswith("/") and not leads(way, there):
            yield Problem(At(path, keys), f"there is no page {way}", nearest(way, there), Severity.WARNING)


def _unknown(site: Site, path: str, waiting: Iterable[Waiting]) -> Iterator[Problem]:
    unseen = {each.id for each in waiting if each.kind == "pages"}
    there, known = _named(site), sections_known(site)
    for field, ways in (("navigation", site.config.navigation or ()), ("footer", site.config.footer)):
        for index, way in enumerate(ways):
            name = way.url.strip("/").removeprefix("pages/")
            if not way.url or _is_address(way.url) or way.url.strip("/") in (*there, *known):
                continue
            at = At(path, (field, index, "url"))
            if name in unseen:
                hint = "it stands there as soon as it is"
                yield Problem(at, "this page is not published", hint, Severity.WARNING)
                continue
            hint = did_you_mean(name, (*there, *known)) or "write a path such as /join/ or an address"
            yield Problem(at, "there is no section or page of this name", hint)


def sections_known(site: Site) -> frozenset[str]:
    """The names of sections, whether there is anything in them or not."""
    own = (each.name.replace("_", "-") for each, _ in site.own)
    return frozenset((*(name for name, kind in kinds().items() if kind.listing), *OTHERS, *own))


def _asking(site: Site) -> Iterable[Entry]:
    return (each for each in site.entries if each.navigation and each.ref in site.current)


def _ways(site: Site, ways: Iterable[Link]) -> Iterator[Link]:
    for way in ways:
        found = _leads(site, way)
        if found:
            yield found


def _leads(site: Site, way: Link) -> Link | None:
    """A way with its title and address; None where it leads nowhere."""
    if not way.url:
        return _named(site).get(way.title, way)
    if _is_address(way.url):
        return Link(way.title or _host(way.url), way.url)
    found = _named(site).get(way.url.strip("/"))
    return Link(way.title or found.title, found.url) if found else None


def _is_address(url: str) -> bool:
    return url.lower().startswith(("http://", "https://", "/", "mailto:"))


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0] or url


def _named(site: Site) -> Mapping[str, Link]:
    pages = {each.id: Link(each.title, each.url) for each in site.entries if each.kind == "pages"}
    named = {f"pages/{ident}": link for ident, link in pages.items()}
    home = Link(site.says("Home"), f"{site.root}/")
    return {**pages, **named, **sections(site), "home": home}
