"""What schema.org calls an entry: mappings in its terms, made when a file is decoded from what pages show of it.

They lack what only the whole site knows: names, addresses, people and times, which `share` adds. Nothing is said that
was not written: a job without a place is no JobPosting, and a recording need not be a VideoObject.
"""

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any

from sitegen import i18n, times
from sitegen.common import LINKS
from sitegen.event import Event
from sitegen.model import Settings, When
from sitegen.occasion import OFF, where
from sitegen.schema import plain

Values = Mapping[str, Any]
"""What a page shows, by the names of the fields."""
Thing = dict[str, Any]
"""A thing in the terms of schema.org, with its ``@type``."""

TERMS = "https://schema.org/"
STATUS = {
    "confirmed": f"{TERMS}EventScheduled",
    "tentative": f"{TERMS}EventScheduled",
    "cancelled": f"{TERMS}EventCancelled",
    "postponed": f"{TERMS}EventPostponed",
}
"""The eventStatus of what has a date, by its status."""
RESCHEDULED = f"{TERMS}EventRescheduled"


def said(thing: Values) -> Thing:
    """The thing without what has no value; 0 is one."""
    return {name: value for name, value in thing.items() if value not in (None, "", [], (), {})}


def one_or_all(values: list[Any]) -> Any:
    """The only one of several values, else all of them."""
    return values[0] if len(values) == 1 else values


# --- Events


def of_event(model: Event, span: When, settings: Settings) -> Thing:
    """The event; the places of `share` to fill are a Place without a name and a VirtualLocation without an address."""
    venue, mode = where(model)
    moved = list(_former_starts(model, span)) if span.status not in OFF else []
    places: list[Thing] = []
    if venue and mode != "online":
        places.append(_venue(plain(venue), settings.language))
    if mode in ("online", "hybrid"):
        join = model.online.url if model.online else None
        places.append(said({"@type": "VirtualLocation", "url": join}))
    free = bool(model.price) and all(_is_free(each.amount) for each in model.price)
    return said(
        {
            "@type": _EVENTS.get((model.type or "").lower(), "Event"),
            "description": model.summary,
            "eventStatus": RESCHEDULED if model.moved_from and span.status not in OFF else STATUS[span.status],
            "previousStartDate": one_or_all(moved),
            "eventAttendanceMode": _MODES.get(mode),
            "location": one_or_all(places),
            "offers": one_or_all(list(_offers(model))),
            "isAccessibleForFree": True if free else None,
            "maximumAttendeeCapacity": model.capacity,
            "inLanguage": model.lang,
            "keywords": list(model.tags),
        }
    )


_EVENTS = {"exhibition": "ExhibitionEvent", "hackathon": "Hackathon", "social": "SocialEvent"}
"""Types that schema.org knows, and means the same by."""
_MODES = {
    "in-person": f"{TERMS}OfflineEventAttendanceMode",
    "online": f"{TERMS}OnlineEventAttendanceMode",
    "hybrid": f"{TERMS}MixedEventAttendanceMode",
}


def _former_starts(model: Event, span: When) -> Iterator[str]:
    """The starts before it was moved: days, or moments with their offsets. A month is neither."""
    zone = times.zone(span.zone)
    for text in model.moved_from:
        with contextlib.suppress(times.Unreadable):  # such a time is told of where it is the start
            written = times.read(text)
            if written.precision == "time":
                yield times.instant(written, zone).isoformat()
            elif written.precision == "day":
                yield written.date.isoformat()


def _offers(model: Event) -> Iterator[Thing]:
    """What it costs, where that is a sum with its currency."""
    form = model.registration.url if model.registration else None
    for price in model.price:
        if price.amount and price.currency:
            yield said(
                {
                    "@type": "Offer",
                    "name": price.name,
                    "price": _number(price.amount),
                    "priceCurrency": price.currency,
                    "url": form,
                }
            )


def _is_free(amount: str | None) -> bool:
    return amount is not None and not amount.strip("0.")


def _number(amount: str) -> int | float:
    value = float(amount)
    return int(value) if value.is_integer() else value


# --- Places


def _venue(place: Values, language: str) -> Thing:
    """A house, with its address on the street."""
    text = place.get("text")
    point = {name: place.get(name) for name in ("latitude", "longitude")}
    known = None not in point.values()
    return said(
        {
            "@type": "Place",
            "name": place.get("name") or text,
            "address": _address(place, language) or text,
            "geo": {"@type": "GeoCoordinates", **point} if known else None,
            "url": place.get("url"),
        }
    )


def _town(place: Values, language: str) -> Thing | str:
    """A town and its country, no nearer than that; the words themselves where they end with no country."""
    if address := _address({name: place.get(name) for name in ("city", "region", "country")}, language):
        return address
    text = str(place.get("text", ""))
    city, _, country = (part.strip() for part in text.rpartition(","))
    if not i18n.is_country(country, language):
        return text
    return _address({"city": city.partition(",")[0], "country": country}, language)


def _address(place: Values, language: str) -> Thing:
    """A PostalAddress; empty where nothing of it is known."""
    country = place.get("country")
    parts = said(
        {
            "streetAddress": place.get("address"),
            "postalCode": place.get("postcode"),
            "addressLocality": place.get("city"),
            "addressRegion": place.get("region"),
            "addressCountry": i18n.country_code(country, language) if country else None,
        }
    )
    return {"@type": "PostalAddress", **parts} if parts else {}


# --- People and organizations


def of_member(values: Values, language: str = "en") -> Thing:
    """The person; ``values`` are what the profile shows. Where they live is told by the town, never by coordinates.

    ``language`` is that of the site, in which countries may be written.
    """
    remembered = values.get("status") == "in-memoriam"
    titles = values.get("honorific", {})
    work = values.get("organization")
    return said(
        {
            "@type": "Person",
            "description": values.get("summary") or values.get("headline"),
            "honorificPrefix": titles.get("before"),
            "honorificSuffix": titles.get("after"),
            "alternateName": values.get("also_known_as"),
            "jobTitle": values.get("role"),
            "worksFor": {"@type": "Organization", "name": work} if work and not remembered else None,
            "address": _town(values.get("location", {}), language),
            "knowsAbout": values.get("skills"),
            "knowsLanguage": values.get("languages"),
            "email": None if remembered else values.get("email"),
            "telephone": None if remembered else values.get("phone"),
            "sameAs": _elsewhere(values),
        }
    )


def of_organization(values: Values, language: str = "en") -> Thing:
    """An employer, partner or sponsor. ``since`` is when it began to support the association, so no foundingDate."""
    return said(
        {
            "@type": "Organization",
            "description": values.get("summary"),
            "alternateName": values.get("also_known_as"),
            "address": _town(values.get("location", {}), language),
            "sameAs": _elsewhere(values),
            "keywords": values.get("tags"),
        }
    )


def of_group(values: Values, language: str = "en") -> Thing:
    """A group within the association."""
    contact = said({name: values.get("contact", {}).get(name) for name in ("name", "email", "url")})
    return said(
        {
            "@type": "Organization",
            "description": values.get("summary"),
            "foundingDate": _date(values.get("since")),
            "dissolutionDate": _date(values.get("until")),
            "address": _town(values.get("location", {}), language),
            "contactPoint": {"@type": "ContactPoint", **contact} if contact else None,
            "sameAs": _elsewhere(values),
            "keywords": values.get("tags"),
        }
    )


_PROFILES = frozenset(label for label, _ in LINKS.values())
"""Links that lead to the same person or organization elsewhere; what has another name may be about anything."""


def _elsewhere(values: Values) -> list[str]:
    """Addresses that are somebody's or something's own; ``links`` are those of the page."""
    links = (link.url for link in values.get("links", ()) if link.title in _PROFILES)
    return list(dict.fromkeys(url for url in (values.get("url"), *links) if url))


# --- Opportunities


def of_opportunity(values: Values, language: str = "en") -> Thing:
    """A JobPosting: of a job with a summary, an organization and a place. Of all else schema.org has no word: empty.

    An organization that is referred to by its id is named by `share`, which leaves the posting out where it cannot.
    """
    towns = [town for each in values.get("location", ()) if (town := _town(each, language))]
    work, summary = values.get("organization"), values.get("summary")
    if str(values.get("type", "")).lower() != "job" or not (work and summary and towns):
        return {}
    afar = values.get("remote") == "yes"
    countries = [town["addressCountry"] for town in towns if isinstance(town, dict) and "addressCountry" in town]
    apply = said({name: values.get("apply", {}).get(name) for name in ("email", "url")})
    hours = str(values.get("hours", ""))
    employment = _EMPLOYMENT.get(hours.lower().replace("-", " "))
    return said(
        {
            "@type": "JobPosting",
            "title": values.get("title"),
            "description": summary,
            "hiringOrganization": {"@type": "Organization", "name": work},
            "jobLocation": one_or_all([{"@type": "Place", "address": town} for town in towns]),
            "jobLocationType": "TELECOMMUTE" if afar else None,
            "applicantLocationRequirements": one_or_all(
                [{"@type": "Country", "name": country} for country in dict.fromkeys(countries) if afar]
            ),
            "baseSalary": _salary(values.get("salary", {})),
            "datePosted": _day(values.get("posted")),
            "validThrough": _deadline(values.get("closes")),
            "employmentType": employment,
            "workHours": None if employment else hours,
            "skills": values.get("skills"),
            "applicationContact": {"@type": "ContactPoint", **apply} if apply else None,
        }
    )


_EMPLOYMENT = {"full time": "FULL_TIME", "part time": "PART_TIME"}


def _salary(pay: Values) -> Thing:
    """A MonetaryAmount, where amount and currency are said."""
    least, most = (_number(pay[name]) if name in pay else None for name in ("min", "max"))
    if not pay.get("currency") or (least is None and most is None):
        return {}
    sums = {"value": least} if least == most else {"minValue": least, "maxValue": most}
    span = said({**sums, "unitText": str(pay.get("per", "")).upper()})
    return {"@type": "MonetaryAmount", "currency": pay["currency"], "value": {"@type": "QuantitativeValue", **span}}


def _deadline(text: str | None) -> str:
    """The moment at which something closes, on local clocks: with its last day, where that is all that is said."""
    if not text or not (day := _day(text)):
        return ""
    written = times.read(text)
    return times.iso(written) if written.precision == "time" else f"{day}T23:59:59"


# --- Texts and works


def of_resource(values: Values) -> Thing:
    """A work. What search engines take for less than a Course or a Dataset without a description is a CreativeWork."""
    word = str(values.get("type", ""))
    kind = _WORKS.get(word.lower(), "CreativeWork")
    if kind in _DESCRIBED and not values.get("summary"):
        kind = "CreativeWork"
    file = values.get("file")
    return said(
        {
            "@type": kind,
            **_work(values),
            "headline": values.get("title") if kind in _ARTICLES else None,
            "datePublished": _day(values.get("date")),
            "learningResourceType": word,
            "educationalLevel": values.get("level"),
            "encoding": {"@type": "MediaObject", "contentUrl": file} if file else None,
            "sameAs": values.get("url"),
        }
    )


_WORKS = {
    "slides": "PresentationDigitalDocument",
    "podcast": "PodcastEpisode",
    "paper": "ScholarlyArticle",
    "article": "Article",
    "report": "Report",
    "book": "Book",
    "course": "Course",
    "dataset": "Dataset",
    "recording": "MediaObject",
}
"""Types of schema.org by those of resources; a recording may be seen or heard."""
_ARTICLES = ("Article", "ScholarlyArticle", "Report")
_DESCRIBED = ("Course", "Dataset")


def of_news(values: Values) -> Thing:
    """An announcement."""
    return said(
        {
            "@type": "NewsArticle",
            **_work(values),
            "headline": values.get("title"),
            "datePublished": _day(values.get("date")),
        }
    )


def of_page(values: Values) -> Thing:
    """A plain page."""
    return said({"@type": "WebPage", **_work(values)})


def _work(values: Values) -> Thing:
    return {
        "description": values.get("summary"),
        "dateModified": _day(values.get("updated")),
        "inLanguage": values.get("lang"),
        "keywords": values.get("tags"),
    }


def _day(text: str | None) -> str:
    """The day of a date or time; empty where no day is said."""
    written = times.read(text) if text else None
    return written.date.isoformat() if written and written.precision in ("day", "time") else ""


def _date(text: str | None) -> str:
    """A day, month or year."""
    return times.iso(times.read(text))[: len("2026-11-07")] if text else ""
