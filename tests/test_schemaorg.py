"""What schema.org calls an entry, as it comes from its file."""

from collections.abc import Iterator
from typing import Any

import pytest

from sitegen import schemaorg
from sitegen.model import shown
from tests.steps import decoded

# --- The vocabulary

THING = {"@type", "@id", "name", "url", "description", "image", "alternateName", "sameAs"}
WORK = THING | {"author", "publisher", "inLanguage", "keywords", "dateModified", "datePublished"}
RESOURCE = WORK | {"learningResourceType", "educationalLevel", "encoding"}
ARTICLE = WORK | {"headline"}
EVENT = THING | {
    "eventStatus", "previousStartDate", "eventAttendanceMode", "location", "offers", "isAccessibleForFree",
    "maximumAttendeeCapacity", "inLanguage", "keywords", "startDate", "endDate", "performer", "organizer", "sponsor",
    "contributor",
}  # fmt: skip
PROPERTIES = {
    "Event": EVENT,
    "ExhibitionEvent": EVENT,
    "Hackathon": EVENT,
    "SocialEvent": EVENT,
    "Place": THING | {"address", "geo"},
    "VirtualLocation": THING,
    "PostalAddress": THING | {"streetAddress", "postalCode", "addressLocality", "addressRegion", "addressCountry"},
    "GeoCoordinates": THING | {"latitude", "longitude"},
    "Offer": THING | {"price", "priceCurrency"},
    "Person": THING
    | {"honorificPrefix", "honorificSuffix", "jobTitle", "worksFor", "memberOf", "address", "email", "telephone"}
    | {"knowsAbout", "knowsLanguage"},
    "Organization": THING
    | {"address", "contactPoint", "dissolutionDate", "email", "foundingDate", "keywords", "logo", "member"}
    | {"parentOrganization"},
    "OrganizationRole": {"@type", "roleName", "startDate", "endDate", "member", "memberOf"},
    "ContactPoint": THING | {"email"},
    "JobPosting": THING
    | {"title", "hiringOrganization", "jobLocation", "jobLocationType", "applicantLocationRequirements", "baseSalary"}
    | {"datePosted", "validThrough", "employmentType", "workHours", "skills", "applicationContact"},
    "Country": THING,
    "MonetaryAmount": THING | {"currency", "value"},
    "QuantitativeValue": THING | {"value", "minValue", "maxValue", "unitText"},
    "CreativeWork": RESOURCE,
    "PresentationDigitalDocument": RESOURCE,
    "PodcastEpisode": RESOURCE,
    "Book": RESOURCE,
    "Course": RESOURCE,
    "Dataset": RESOURCE,
    "MediaObject": RESOURCE | {"recordedAt", "contentUrl"},
    "Article": RESOURCE | ARTICLE,
    "ScholarlyArticle": RESOURCE | ARTICLE,
    "Report": RESOURCE | ARTICLE,
    "NewsArticle": ARTICLE,
    "WebPage": WORK,
    "CollectionPage": WORK,
    "WebSite": WORK,
    "BreadcrumbList": THING | {"itemListElement"},
    "ListItem": THING | {"position", "item"},
}
"""The terms that are used, each of them a property of its type in the vocabulary of schema.org."""


def strange(thing: Any) -> Iterator[str]:
    """The properties that their type does not have, and values that say nothing."""
    if isinstance(thing, list):
        for each in thing:
            yield from strange(each)
    elif isinstance(thing, dict) and set(thing) != {"@id"}:
        for name, value in thing.items():
            if name not in PROPERTIES[thing["@type"]]:
                yield f"{thing['@type']}.{name}"
            if value in (None, "", [], {}):
                yield f"{thing['@type']}.{name} is empty"
            yield from strange(value)


def thing(kind: str, fields: str) -> dict[str, Any]:
    """What schema.org calls the entry with these fields; it has no term that is not in the vocabulary."""
    entry = decoded(f"-- {kind}/it.yaml --\n{fields}\n").entry
    assert entry
    found = shown(entry.schema, dict) if entry.schema else {}
    assert not list(strange(found))
    return found


# --- Events

TALK = "title: Talk\nstart: 2026-11-07 18:00\n"
SCHEDULED, CANCELLED, POSTPONED, RESCHEDULED = (
    f"https://schema.org/Event{word}" for word in ("Scheduled", "Cancelled", "Postponed", "Rescheduled")
)


@pytest.mark.parametrize(
    ("fields", "status", "before"),
    [
        ("", SCHEDULED, None),
        ("status: tentative", SCHEDULED, None),
        ("status: cancelled", CANCELLED, None),
        ("status: postponed", POSTPONED, None),
        ("moved_from: 2026-10-07 18:00", RESCHEDULED, "2026-10-07T18:00:00+02:00"),
        ("moved_from: 2026-10-07", RESCHEDULED, "2026-10-07"),
        ("moved_from: [2026-10-07, 2026-10-14 19:00]", RESCHEDULED, ["2026-10-07", "2026-10-14T19:00:00+02:00"]),
        ("moved_from: 2026-10", RESCHEDULED, None),
        ("moved_from: 2026-10-25 02:30", RESCHEDULED, None),
        ("moved_from: 2026-10-07\nstatus: cancelled", CANCELLED, None),
        ("moved_from: 2026-10-07 18:00\ntimezone: Asia/Tokyo", RESCHEDULED, "2026-10-07T18:00:00+09:00"),
    ],
)
def test_status(fields: str, status: str, before: Any) -> None:
    """Cancelled and postponed win over moved; earlier starts are days, or moments with the offset of the event's zone.

    A month is no such date, nor is a time that clocks show twice.
    """
    found = thing("events", TALK + fields)
    assert (found["eventStatus"], found.get("previousStartDate")) == (status, before)


HALL = {"@type": "Place", "name": "Old Hall, Oslo, Norway", "address": "Old Hall, Oslo, Norway"}
AFAR = {"@type": "VirtualLocation", "url": "https://meet.example/1"}


@pytest.mark.parametrize(
    ("fields", "mode", "location"),
    [
        ("", None, None),
        ("venue: Old Hall, Oslo, Norway", "Offline", HALL),
        ("online: https://meet.example/1", "Online", AFAR),
        ("online: yes", "Online", {"@type": "VirtualLocation"}),
        ("venue: online", "Online", {"@type": "VirtualLocation"}),
        ("venue: Old Hall, Oslo, Norway\nonline: https://meet.example/1", "Mixed", [HALL, AFAR]),
        ("venue: Old Hall, Oslo, Norway\nonline: https://meet.example/1\nmode: in-person", "Offline", HALL),
        ("venue: Old Hall, Oslo, Norway\nonline: https://meet.example/1\nmode: online", "Online", AFAR),
        ("venue: organizations/hall", "Offline", {"@type": "Place"}),
    ],
)
def test_places(fields: str, mode: str | None, location: Any) -> None:
    """Attendance and places say the same: a house, an address to join at, or both."""
    found = thing("events", TALK + fields)
    expected = f"https://schema.org/{mode}EventAttendanceMode" if mode else None
    assert (found.get("eventAttendanceMode"), found.get("location")) == (expected, location)


def test_a_house() -> None:
    """A venue in parts is a place with an address and coordinates; the country is a code, whatever was written."""
    parts = "name: Old Hall, room: '3', address: Main St 1, city: Oslo, region: Oslo, postcode: '0150', country: Norway"
    found = thing("events", f"{TALK}venue: {{{parts}, latitude: 59.9, longitude: 10.7, url: https://hall.example/}}")
    assert found["location"] == {
        "@type": "Place",
        "name": "Old Hall",
        "url": "https://hall.example/",
        "geo": {"@type": "GeoCoordinates", "latitude": 59.9, "longitude": 10.7},
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "Main St 1",
            "postalCode": "0150",
            "addressLocality": "Oslo",
            "addressRegion": "Oslo",
            "addressCountry": "NO",
        },
    }


def offer(price: float, currency: str, **more: str) -> dict[str, Any]:
    """An offer."""
    return {"@type": "Offer", "price": price, "priceCurrency": currency, **more}


@pytest.mark.parametrize(
    ("price", "offers", "free"),
    [
        ("free", None, True),
        ("[{name: All, amount: 0, currency: EUR}]", offer(0, "EUR", name="All"), True),
        ("[{amount: 0, currency: EUR}, {amount: 12.50, currency: EUR}]", [offer(0, "EUR"), offer(12.5, "EUR")], None),
        ("[{name: Members}, {amount: 10, currency: NOK}]", offer(10, "NOK"), None),
        ("[{amount: 10}]", None, None),
        ("What you can afford", None, None),
    ],
)
def test_prices(price: str, offers: Any, free: Any) -> None:
    """Sums with a currency are offers; an event is free if nobody pays; words alone are neither."""
    found = thing("events", f"{TALK}price: {price}")
    assert (found.get("offers"), found.get("isAccessibleForFree")) == (offers, free)


def test_where_offers_are_taken() -> None:
    """An offer leads to the form."""
    found = thing("events", f"{TALK}price: [{{amount: 10, currency: EUR}}]\nregistration: https://example.org/form")
    assert found["offers"]["url"] == "https://example.org/form"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Social", "SocialEvent"),
        ("hackathon", "Hackathon"),
        ("conference", "Event"),
        ("seance", "Event"),
        ("", "Event"),
    ],
)
def test_types_of_events(written: str, expected: str) -> None:
    """Only a type of which schema.org means the same is told."""
    assert thing("events", f"{TALK}type: {written}")["@type"] == expected


def test_what_an_event_is_about() -> None:
    """Summary, tags, room and language; the language is told only where it was said."""
    found = thing("events", f"{TALK}summary: A talk.\ntags: pumps, valves\ncapacity: 40\nlang: nb")
    expected = ("A talk.", ["pumps", "valves"], 40, "nb")
    names = ("description", "keywords", "maximumAttendeeCapacity", "inLanguage")
    assert tuple(found[name] for name in names) == expected
    assert set(thing("events", TALK)) == {"@type", "eventStatus"}


# --- People


def test_a_person() -> None:
    """A profile's titles, work, town, skills, languages and pages elsewhere."""
    found = thing(
        "members",
        """
name: Ada Okafor
honorific: {before: Dr., after: FRSA}
also_known_as: A. Okafor
headline: Makes pumps quiet.
role: Engineer
organization: Quiet Pumps
location: Oslo, Norway
skills: [pumps, valves]
languages: [en, nb]
links: {website: https://ada.example, mastodon: ada@social.example, My best talk: https://talks.example/1}
""",
    )
    assert found == {
        "@type": "Person",
        "honorificPrefix": "Dr.",
        "honorificSuffix": "FRSA",
        "alternateName": ["A. Okafor"],
        "description": "Makes pumps quiet.",
        "jobTitle": "Engineer",
        "worksFor": {"@type": "Organization", "name": "Quiet Pumps"},
        "address": {"@type": "PostalAddress", "addressLocality": "Oslo", "addressCountry": "NO"},
        "knowsAbout": ["pumps", "valves"],
        "knowsLanguage": ["en", "nb"],
        "sameAs": ["https://ada.example", "https://social.example/@ada"],
    }


CONTACT = "name: Ada\nemail: ada@example.org\nphone: +47 22 00 00 00\n"


@pytest.mark.parametrize(
    ("public", "told"),
    [
        ("[]", set()),
        ("email", {"email"}),
        ("phone", {"telephone"}),
        ("[email, phone, attendance, coordinates]", {"email", "telephone"}),
        ("[email, phone]\nstatus: in-memoriam", set()),
    ],
)
def test_contact(public: str, told: set[str]) -> None:
    """Address and number are told as far as the profile shows them, in memoriam not at all."""
    assert set(thing("members", f"{CONTACT}public: {public}")) == {"@type", *told}


def test_nothing_private_of_a_person() -> None:
    """What the profile does not show is not told, nor what tells more than the town, whoever shows it."""
    hidden = "consent: {date: 2026-01-02}\nconfirmed: 2026-01-02\nextra: {secret: x}\ndraft: no\nlisted: yes\n"
    near = "location: {city: Oslo, country: NO, latitude: 59.91273, longitude: 10.74609}\npublic: coordinates\n"
    assert thing("members", f"name: Ada\npronouns: she/her\njoined: 2019\n{hidden}{near}") == {
        "@type": "Person",
        "address": {"@type": "PostalAddress", "addressLocality": "Oslo", "addressCountry": "NO"},
    }


def test_in_memoriam() -> None:
    """In memoriam nobody works anywhere or can be reached, whatever is given; an id is no name of an organization."""
    assert "worksFor" not in thing("members", "name: Ada\norganization: Quiet Pumps\nstatus: in-memoriam")
    assert "worksFor" not in thing("members", "name: Ada\norganization: quiet-pumps")
    given = {"email": "ada@example.org", "phone": "+47 22 00 00 00", "organization": "Quiet Pumps"}
    assert schemaorg.of_member({**given, "status": "in-memoriam"}) == {"@type": "Person"}


@pytest.mark.parametrize(
    ("location", "address"),
    [
        ("Oslo, Norway", {"addressLocality": "Oslo", "addressCountry": "NO"}),
        ("Sagene, Oslo, Norway", {"addressLocality": "Sagene", "addressCountry": "NO"}),
        ("Norway", {"addressCountry": "NO"}),
        ("Oslo", "Oslo"),
        ("Somewhere, else", "Somewhere, else"),
        ("{country: Norway}", {"addressCountry": "NO"}),
        ("{city: Oslo, country: Utopia}", {"addressLocality": "Oslo", "addressCountry": "Utopia"}),
        ("{latitude: 59.9, longitude: 10.7}", None),
    ],
)
def test_towns(location: str, address: Any) -> None:
    """Town and country in parts, where the words end with a country; else the words."""
    expected = {"@type": "PostalAddress", **address} if isinstance(address, dict) else address
    assert thing("members", f"name: Ada\nlocation: {location}").get("address") == expected


def test_countries_in_the_site_s_language() -> None:
    """A country may be written as the site's language has it."""
    found = schemaorg.of_member({"location": {"text": "Oslo, Norge"}}, "nb")
    assert found["address"] == {"@type": "PostalAddress", "addressLocality": "Oslo", "addressCountry": "NO"}


# --- Organizations and groups


def test_an_organization() -> None:
    """Names, place and site; since when it supports the association is not when it was founded."""
    found = thing(
        "organizations",
        "name: Quiet Pumps\nalso_known_as: QP\nurl: https://pumps.example/\nsince: 2019\ntier: Gold\n"
        "links: {github: pumps}\n"
        "location: Oslo, Norway\nsummary: Pumps that nobody hears.\ntags: pumps",
    )
    assert found == {
        "@type": "Organization",
        "alternateName": ["QP"],
        "sameAs": ["https://pumps.example/", "https://github.com/pumps"],
        "address": {"@type": "PostalAddress", "addressLocality": "Oslo", "addressCountry": "NO"},
        "description": "Pumps that nobody hears.",
        "keywords": ["pumps"],
    }


def test_a_group() -> None:
    """When it began and ended, where it meets, and whom to ask."""
    fields = "title: Chapter\nsince: 2019-05\nuntil: 2024\nlocation: Oslo, Norway\nmeets: On Fridays\nleads: ada\n"
    fields += "links: {mastodon: https://m.example/@desk}\n"
    found = thing("groups", f"{fields}contact: {{name: The desk, email: desk@example.org}}")
    assert found == {
        "@type": "Organization",
        "foundingDate": "2019-05",
        "dissolutionDate": "2024",
        "address": {"@type": "PostalAddress", "addressLocality": "Oslo", "addressCountry": "NO"},
        "contactPoint": {"@type": "ContactPoint", "name": "The desk", "email": "desk@example.org"},
        "sameAs": ["https://m.example/@desk"],
    }


# --- Opportunities

JOB = "title: Engineer\ntype: job\nsummary: Build pumps.\norganization: Quiet Pumps\nlocation: Oslo, Norway\n"


def test_a_job() -> None:
    """A posting with all that programs ask for."""
    found = thing("opportunities", f"{JOB}posted: 2026-11-01\nskills: pumps\napply: jobs@example.org")
    assert found == {
        "@type": "JobPosting",
        "title": "Engineer",
        "description": "Build pumps.",
        "hiringOrganization": {"@type": "Organization", "name": "Quiet Pumps"},
        "jobLocation": {
            "@type": "Place",
            "address": {"@type": "PostalAddress", "addressLocality": "Oslo", "addressCountry": "NO"},
        },
        "datePosted": "2026-11-01",
        "skills": ["pumps"],
        "applicationContact": {"@type": "ContactPoint", "email": "jobs@example.org"},
    }


def test_a_job_that_has_a_text_alone() -> None:
    """Without a summary the words of the text are the description, without the signs of Markdown."""
    text = "description: 'Build **pumps** with [us](https://a.example/), a*b.'\n"
    assert thing("opportunities", JOB.replace("summary: Build pumps.\n", text))["description"] == (
        "Build pumps with us, ab."
    )


@pytest.mark.parametrize("field", ["summary", "organization", "location", "type"])
def test_what_is_no_job_posting(field: str) -> None:
    """A job without summary, organization or place is none, nor is anything but a job."""
    fields = "".join(f"{line}\n" for line in JOB.splitlines() if not line.startswith(f"{field}:"))
    assert thing("opportunities", fields + ("type: volunteering" if field == "type" else "")) == {}


@pytest.mark.parametrize(
    ("salary", "expected"),
    [
        ("{min: 30, currency: EUR, per: hour}", {"minValue": 30, "unitText": "HOUR"}),
        ("{max: 4000.50, currency: EUR, per: month}", {"maxValue": 4000.5, "unitText": "MONTH"}),
        ("{min: 0, max: 50, currency: EUR}", {"minValue": 0, "maxValue": 50}),
        ("{min: 50, max: 50, currency: EUR, per: year}", {"value": 50, "unitText": "YEAR"}),
        ("{min: 3000, per: month}", None),
        ("{currency: EUR}", None),
    ],
)
def test_salaries(salary: str, expected: Any) -> None:
    """A sum or a span of sums in a currency."""
    pay = thing("opportunities", f"{JOB}salary: {salary}").get("baseSalary")
    value = {"@type": "QuantitativeValue", **expected} if expected else None
    assert pay == (value and {"@type": "MonetaryAmount", "currency": "EUR", "value": value})


@pytest.mark.parametrize(
    ("remote", "expected"),
    [("yes", ("TELECOMMUTE", {"@type": "Country", "name": "NO"})), ("hybrid", (None, None)), ("no", (None, None))],
)
def test_work_from_afar(remote: str, expected: Any) -> None:
    """Only who need never come works from afar, in the country of the place."""
    found = thing("opportunities", f"{JOB}remote: {remote}")
    assert (found.get("jobLocationType"), found.get("applicantLocationRequirements")) == expected


def test_several_places() -> None:
    """Every place is told, every country once."""
    places = JOB.replace("Oslo, Norway", "['Oslo, Norway', {city: Bergen, country: NO}]")
    found = thing("opportunities", f"{places}remote: yes")
    assert [each["address"]["addressLocality"] for each in found["jobLocation"]] == ["Oslo", "Bergen"]
    assert found["applicantLocationRequirements"] == {"@type": "Country", "name": "NO"}


@pytest.mark.parametrize(
    ("closes", "expected"),
    [
        ("2026-12-01", "2026-12-01T23:59:59"),
        ("2026-12-01 17:00", "2026-12-01T17:00"),
        ("2026-12-01 17:00+01:00", "2026-12-01T17:00+01:00"),
        ("2026-12", None),
    ],
)
def test_deadlines(closes: str, expected: str | None) -> None:
    """A last day counts to its end."""
    assert thing("opportunities", f"{JOB}closes: {closes}").get("validThrough") == expected


@pytest.mark.parametrize(
    ("hours", "expected"),
    [("full time", ("FULL_TIME", None)), ("Part-time", ("PART_TIME", None)), ("20 a week", (None, "20 a week"))],
)
def test_hours(hours: str, expected: Any) -> None:
    """What is a known kind of employment is one, anything else stays in words."""
    found = thing("opportunities", f"{JOB}hours: {hours}")
    assert (found.get("employmentType"), found.get("workHours")) == expected


# --- Works


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("type: slides", "PresentationDigitalDocument"),
        ("type: Paper", "ScholarlyArticle"),
        ("type: recording", "MediaObject"),
        ("type: podcast", "PodcastEpisode"),
        ("type: book", "Book"),
        ("type: guide", "CreativeWork"),
        ("type: course", "CreativeWork"),
        ("type: course\nsummary: How to.", "Course"),
        ("type: dataset\nsummary: Numbers.", "Dataset"),
        ("level: all", "CreativeWork"),
    ],
)
def test_types_of_resources(fields: str, expected: str) -> None:
    """A resource is what schema.org means by the word; without a description no course and no dataset."""
    assert thing("resources", f"title: It\n{fields}")["@type"] == expected


def test_a_resource() -> None:
    """Where it is, from when, for whom; of an article the title is its headline."""
    found = thing(
        "resources", "title: On pumps\ntype: paper\ndate: 2026-05-01\nfile: /files/pumps.pdf\nlevel: experts\nlang: nb"
    )
    assert found == {
        "@type": "ScholarlyArticle",
        "headline": "On pumps",
        "datePublished": "2026-05-01",
        "encoding": {"@type": "MediaObject", "contentUrl": "/files/pumps.pdf"},
        "learningResourceType": "paper",
        "educationalLevel": "experts",
        "inLanguage": "nb",
    }
    assert thing("resources", "title: It\nurl: https://video.example/1")["sameAs"] == "https://video.example/1"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-05-01", "2026-05-01"),
        ("2026-05-01 10:00", "2026-05-01"),
        ("Mon 2026-05-01", "2026-05-01"),
        ("2026-05", None),
    ],
)
def test_days(written: str, expected: str | None) -> None:
    """Programs are told days: a time loses its hour, a month is none, and of a wrong weekday the date counts."""
    found = thing("news", f"title: It\ndate: {written}\nupdated: 2026-06-01")
    assert (found.get("datePublished"), found["dateModified"]) == (expected, "2026-06-01")


def test_news_and_pages() -> None:
    """An announcement has a headline; a page has what every text has."""
    common = "title: It\nsummary: Once more.\ntags: pumps\nupdated: 2026-06-01\nlang: nb"
    text = {"description": "Once more.", "keywords": ["pumps"], "dateModified": "2026-06-01", "inLanguage": "nb"}
    assert thing("pages", common) == {"@type": "WebPage", **text}
    news = thing("news", f"{common}\ndate: 2026-05-01")
    assert news == {"@type": "NewsArticle", "headline": "It", "datePublished": "2026-05-01", **text}
