"""A page for every entry, with the people in it and with what its person takes part in."""

from collections.abc import Iterator
from itertools import groupby

from sitegen.model import Entry, Link, face
from sitegen.plan import Collection, Section
from sitegen.site import Site

TEMPLATES = {"members": "member.html", "events": "event.html"}
LISTS = {"members": Link("Members", "/members/"), "events": Link("Events", "/events/")}


def collections(site: Site) -> Iterator[Collection]:
    """One page for each entry, by source."""
    for entry in site.entries:
        yield Collection(
            url=entry.url,
            title=entry.title,
            template=TEMPLATES[entry.kind],
            about=entry,
            sections=(*_people(site, entry), *_involved(site, entry), *_topics(site, entry)),
            parents=(LISTS[entry.kind],),
            aliases=tuple(_address(entry.kind, alias) for alias in entry.aliases),
        )


def _address(kind: str, alias: str) -> str:
    """Where an old id or path stood: a page, so a folder, unless its last part has a dot (``/people/ada.html``)."""
    path = alias if alias.startswith("/") else f"/{kind}/{alias}"
    return path if path.endswith("/") or "." in path.rpartition("/")[2] else path + "/"


def _people(site: Site, entry: Entry) -> Iterator[Section]:
    for part, people in groupby(site.people.get(entry.ref, ()), key=lambda person: person.part):
        yield Section(part, tuple(face(person) for person in people))


def _involved(site: Site, entry: Entry) -> Iterator[Section]:
    parts: dict[str, list[Entry]] = {}
    for part, other in site.involved.get(entry.url, ()):
        parts.setdefault(f"{part}_at", []).append(other)
    for name, others in parts.items():
        yield Section(name, tuple(other.card for other in others), len(others))


def _topics(site: Site, entry: Entry) -> Iterator[Section]:
    """The entry's skills: a link where others are found by it too."""
    if entry.skills:
        pages = site.topics
        links = (Link(topic.label, pages.get(topic.slug, "")) for topic in entry.skills)
        yield Section("skills", tuple(face(link) for link in links))
