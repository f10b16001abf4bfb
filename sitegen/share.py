"""What pages say to other programs: JSON-LD (W3C Recommendation of 2020) in the terms of schema.org.

An entry's `schema` face says what it is; here it gets what the whole site knows: addresses, people, times, and the way
from the first page.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import msgspec

from sitegen import times
from sitegen.model import Card, Face, Frozen, Link, Referent, When, shown
from sitegen.occasion import OFF
from sitegen.plan import Collection, Edition, absolute
from sitegen.schemaorg import RESCHEDULED, STATUS, Thing, one_or_all, said


class Shared(Frozen, frozen=True):
    """What of a collection goes into its JSON-LD."""

    url: str
    title: str
    root: str = ""
    """Before the addresses of the page's language."""
    language: str = ""
    """Of the page (BCP 47)."""
    schema: Face | None = None
    """What the page is about, in the terms of schema.org; without it the page stands for itself."""
    card: Face | None = None
    """Of the entry whose page it is."""
    referents: tuple[Referent, ...] = ()
    when: When | None = None
    parents: tuple[Link, ...] = ()
    silent: bool = False
    """Search engines are to leave the page alone."""


SHUT = ("apply-closed", "apply-early")
"""Standings of that for which one cannot apply now: programs are not told of it as of an opening."""


def shared(collection: Collection, edition: Edition) -> Shared:
    """What of the collection goes into its JSON-LD. Of somebody in memoriam it is not told where they belonged."""
    about = collection.about
    remembered = about is not None and about.listing == "remembered"
    shut = any(each in SHUT for each in collection.standing)
    return Shared(
        url=collection.url,
        title=collection.title,
        root=collection.root,
        language=collection.language or edition.config.language,
        schema=about.schema if about and not shut else None,
        card=about.card if about else None,
        referents=() if remembered else collection.referents,
        when=collection.when,
        parents=collection.parents,
        silent=collection.unlisted,
    )


def jsonld(shared: Shared, site: Mapping[str, Any]) -> str:
    """The JSON for ``<script type="application/ld+json">``; empty for a page that search engines are to leave alone.

    ``site`` is what stands on every page (`formats.html.chrome`): name, url, tagline, description, email, social, logo.
    No text in it can end the script element, or begin a comment there (HTML, section 4.12.1.3).
    """
    if shared.silent:
        return ""
    home = absolute(site["url"], f"{shared.root}/")
    if shared.url == f"{shared.root}/":
        graph = [_association(site), _website(home, shared.language, site)]
    else:
        graph = [_subject(shared, site), _breadcrumbs(shared, home, site)]
    text = msgspec.json.encode({"@context": "https://schema.org", "@graph": graph}).decode()
    for sign, escape in _ESCAPES:
        text = text.replace(sign, escape)
    return text


_ESCAPES = tuple((sign, f"\\u{ord(sign):04x}") for sign in "<>&\u2028\u2029")


# --- The first page


def _association(site: Mapping[str, Any]) -> Thing:
    return said(
        {
            **_publisher(site),
            "description": site.get("description") or site.get("tagline"),
            "logo": _address(site.get("logo") or "", site),
            "email": site.get("email"),
            "sameAs": [each["url"] for each in site.get("social", ()) if each.get("url")],
        }
    )


def _publisher(site: Mapping[str, Any]) -> Thing:
    """The association, as every page names it."""
    url = absolute(site["url"], "/")
    return {"@type": "Organization", "@id": f"{url}#organization", "name": site["name"], "url": url}


def _website(home: str, language: str, site: Mapping[str, Any]) -> Thing:
    return {
        "@type": "WebSite",
        "@id": f"{home}#website",
        "name": site["name"],
        "url": home,
        "inLanguage": language,
        "publisher": {"@id": _publisher(site)["@id"]},
    }


def _breadcrumbs(shared: Shared, home: str, site: Mapping[str, Any]) -> Thing:
    """The way from the first page to this one."""
    way = [(site["name"], home), *((each.title, _address(each.url, site)) for each in shared.parents)]
    way.append((shared.title, _address(shared.url, site)))
    steps = [
        {"@type": "ListItem", "position": position, "name": name, "item": address}
        for position, (name, address) in enumerate(way, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def _address(url: str, site: Mapping[str, Any]) -> str:
    """An address in full; elsewhere, as it is."""
    return absolute(site["url"], url) if url.startswith("/") else url


# --- What a page is about


def _subject(shared: Shared, site: Mapping[str, Any]) -> Thing:
    """The thing that the page is about, or the page itself."""
    card = shown(shared.card, Card) if shared.card else None
    thing = shown(shared.schema, dict) if shared.schema else {}
    parts = _parts(thing, shared.referents, site)
    if not thing or (thing["@type"] == "JobPosting" and "hiringOrganization" not in parts):
        thing = {"@type": "WebPage" if card else "CollectionPage", "description": card.summary if card else ""}
    url = _address(shared.url, site)
    made = {
        **thing,
        **parts,
        "@id": url,
        "url": url,
        "name": shared.title,
        "image": _address(card.image, site) if card else "",
    }
    if thing["@type"] in _PAGES:
        made.setdefault("inLanguage", shared.language)
    if thing["@type"] == "NewsArticle":
        made["publisher"] = _publisher(site)
    if file := thing.get("encoding"):
        made["encoding"] = {**file, "contentUrl": _address(file["contentUrl"], site)}
    if "eventStatus" in thing:
        made |= _occasion(thing, shared, url, card.place if card else "", site)
    return said(made)


_PAGES = ("WebPage", "CollectionPage", "NewsArticle")
"""Types of what is written on the page itself, in its language."""


def _occasion(event: Thing, shared: Shared, page: str, place: str, site: Mapping[str, Any]) -> Thing:
    """Status, times and places of an event; of one that repeats, status and times are those of its nearest date."""
    when = shared.when
    found: Thing = {"location": _places(event, shared.referents, page, place, site)}
    if when:
        found |= _times(when)
    if when and (when.status in OFF or event["eventStatus"] != RESCHEDULED):
        found |= {"eventStatus": STATUS[when.status], "previousStartDate": None}
    return found


def _times(when: When) -> Thing:
    """``startDate`` and ``endDate``: moments with their offset, or days; nothing while the day is not known."""
    if not when.dated:
        return {}
    if "T" not in when.start:
        return {"startDate": when.start, "endDate": when.end}
    zone = times.zone(when.zone)
    start, end = (dt.datetime.fromtimestamp(moment, zone).isoformat() for moment in (when.begins, when.over))
    return {"startDate": start, "endDate": end if when.end else ""}


def _places(event: Thing, referents: tuple[Referent, ...], page: str, line: str, site: Mapping[str, Any]) -> Any:
    """Where it is: ``line`` is the place as lists show it. What is only online is at the event's page."""
    written = event.get("location", [])
    house = next((each for each in referents if each.part == "venue" and each.name and each.url), None)
    places: list[Thing] = []
    for place in written if isinstance(written, list) else [written]:
        if place["@type"] == "VirtualLocation":
            places.append({"url": page, **place})
        elif house:
            street = place["address"] if isinstance(place.get("address"), dict) else line
            places.append({**place, "name": house.name, "address": street, "url": _address(house.url, site)})
        elif len(place) > 1:  # of an organization that is not published nothing is known
            places.append(place)
    return one_or_all(places)


# --- People and organizations


_AUTHORS = {"authors": "author"}
_OF_EVENTS = {
    "speakers": "performer",
    "organizers": "organizer",
    "hosts": "organizer",
    "groups": "organizer",
    "helpers": "contributor",
    "sponsors": "sponsor",
}
_OF: dict[str, dict[str, str]] = {
    "Person": {"organization": "worksFor", "organizations": "worksFor", "groups": "memberOf"},
    "Organization": {"leads": "member", "parent": "parentOrganization"},
    "JobPosting": {"organization": "hiringOrganization"},
    "MediaObject": {**_AUTHORS, "event": "recordedAt"},
}
"""What the parts of an entry are to schema.org, by the type of the entry."""
_TYPES = {"members": "Person", "organizations": "Organization", "groups": "Organization"}
_ROLES = ("member", "memberOf")
"""What is told with an office and its time: by an OrganizationRole in between, which has the same property again."""


def _parts(thing: Thing, referents: tuple[Referent, ...], site: Mapping[str, Any]) -> Thing:
    """Who and what has a part, each once; what is not named, and where somebody no longer works, is left out."""
    meant = _OF_EVENTS if "eventStatus" in thing else _OF.get(thing.get("@type", ""), _AUTHORS)
    found: dict[str, dict[tuple[str, str], Thing]] = {}
    for each in referents:
        part = meant.get(each.part)
        if part and each.name and not each.on_pages and not (part == "worksFor" and each.past):
            found.setdefault(part, {}).setdefault((each.url, each.name), _in_role(part, each, site))
    return {part: one_or_all([*each.values()]) for part, each in found.items()}


def _in_role(part: str, one: Referent, site: Mapping[str, Any]) -> Thing:
    """Somebody, with the office where that is told."""
    somebody = _somebody(one, site)
    if part not in _ROLES or not (one.role or one.since or one.until):
        return somebody
    office = {"roleName": one.role, "startDate": one.since, "endDate": one.until}
    return said({"@type": "OrganizationRole", **office, part: somebody})


def _somebody(one: Referent, site: Mapping[str, Any]) -> Thing:
    """Who or what it is, with its page where it has one. An event is its page alone: more would ask for its times."""
    address = _address(one.url, site)
    own = address if one.url.startswith("/") else ""
    if one.kind == "events":
        return said({"@id": own})
    work = {"@type": "Organization", "name": one.organization} if one.organization else None
    kind = _TYPES.get(one.kind, "Thing")
    return said({"@type": kind, "@id": own, "name": one.name, "url": address, "worksFor": work})
