"""Members: profiles of people, published field by field as each of them agreed."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Annotated

from pydantic import BeforeValidator, Field, PlainValidator

from sitegen import i18n, own, schemaorg
from sitegen.common import (
    MOMENTS,
    AnyTown,
    Common,
    Decoded,
    Item,
    Label,
    Pictures,
    Problems,
    Town,
    id_note,
    initials,
    is_nameable,
    link_texts,
    make_uid,
    moments,
    odd_place,
    picture_url,
    pictures,
    place_line,
    read_links,
    reference_to,
    slug_of,
    texts,
    topics,
    towns,
    warn,
)
from sitegen.entries import root_of
from sitegen.model import Card, Contact, Entry, Link, Mentorship, Reference, Settings, VCard, Wish, ends_of_offers, face
from sitegen.problems import At, Problem
from sitegen.schema import Fields, field, plain, present, shown_values
from sitegen.slugs import fold, is_id
from sitegen.source import Data, Document, digest
from sitegen.values import (
    Commas,
    Email,
    Id,
    Image,
    Language,
    Line,
    Listed,
    Many,
    Moment,
    Phone,
    Prose,
    Whole,
    YesNo,
    as_commas,
    one_of,
)

NAME = "members"

Status = Annotated[
    str,
    PlainValidator(
        one_of(
            "active",
            "alumni",
            "honorary",
            "in-memoriam",
            "guest",
            alumnus="alumni",
            alumna="alumni",
            honourary="honorary",
            deceased="in-memoriam",
        )
    ),
]
Opened = Annotated[
    str,
    PlainValidator(
        one_of(
            "email",
            "phone",
            "attendance",
            "coordinates",
            e_mail="email",
            mail="email",
            telephone="phone",
            location="coordinates",
        )
    ),
]


class Honorific(Fields):
    """Titles around a name."""

    before: Line | None = field("Before the name: Dr.", shown=True)
    after: Line | None = field("After the name: FRSA.", shown=True)


class Employment(Fields):
    """A place of work and a time there."""

    organization: Line = field("The organization: an id or its name.", shown=True, default=...)
    role: Line | None = field("The role there.", shown=True)
    since: Moment | None = field("The first year, month or day.", shown=True)
    until: Moment | None = field("The last year, month or day.", shown=True)


class Belonging(Fields):
    """A group and a part in it."""

    group: Id = field("The id of a group.", shown=True, default=...)
    role: Line | None = field("The role there.", shown=True)
    since: Moment | None = field("The first year, month or day.", shown=True)
    until: Moment | None = field("The last year, month or day.", shown=True)


class Offer(Fields):
    """Something offered or sought."""

    topic: Line = field("What it is about.", shown=True, default=...)
    note: Line | None = field("A sentence more.", shown=True)
    until: Moment | None = field("The last day on which it holds.", shown=True)


class Mentoring(Fields):
    """Readiness to mentor or to be mentored."""

    as_: Annotated[str, PlainValidator(one_of("mentor", "mentee", "both"))] | None = Field(
        None, alias="as", description="mentor, mentee or both.", json_schema_extra={"shown": True, "private": False}
    )
    topics: Commas[Line] = field("What about.", shown=True, default=())
    capacity: Whole | None = field("How many people at a time.", shown=True)
    open: YesNo | None = field("Whether there is room now.", shown=True)
    hours: Line | None = field("How much time, and when.", shown=True)
    note: Line | None = field("A sentence more.", shown=True)


class Consent(Fields):
    """The member's agreement to be listed; for the association's own record."""

    date: Moment | None = field("When it was given.", private=True)
    note: Line | None = field("How it was given.", private=True)


def _short(key: str) -> BeforeValidator:
    return BeforeValidator(lambda value: {key: value} if isinstance(value, str) else value)


AnyEmployment = Annotated[Employment, _short("organization")]
AnyBelonging = Annotated[Belonging, _short("group")]
AnyWish = Annotated[Offer, _short("topic")]


class Member(Common):
    """A profile."""

    name: Line | None = field("The name as the member writes it.", shown=True)
    sort_name: Line | None = field('"Family, Given": what the directory sorts by and the contact card is made from.')
    honorific: Annotated[Honorific, _short("before")] | None = field("Titles before and after the name.", shown=True)
    also_known_as: Many[Line] = field("Other names and other scripts.", shown=True, default=())
    pronouns: Line | None = field("she/her, he/him, they/them …", shown=True)
    headline: Line | None = field("One line about what this person does.", shown=True)
    role: Line | None = field("The role at work.", shown=True)
    organization: Line | None = field("Where this person works: an id or a name.")
    organizations: Many[AnyEmployment] = field("Several places of work, with roles and years.", default=())
    photo: Image | None = field("A picture file beside this one; without it, the file that has the profile's name.")
    bio: Prose | None = field("About this person, in Markdown.")
    location: AnyTown | None = field('Where this person lives or works: "Oslo, Norway" or its parts.')
    languages: Commas[Language] = field("Languages, as BCP 47 tags or names.", shown=True, default=())
    skills: Commas[Label] = field("What this person knows.", shown=True, default=())
    interests: Commas[Line] = field("What this person likes to hear of.", shown=True, default=())
    groups: Annotated[tuple[AnyBelonging, ...], BeforeValidator(as_commas)] = field(
        "Groups, as ids or with role and years.", default=()
    )
    joined: Moment | None = field("Since when a member.", shown=True)
    left: Moment | None = field("Until when a member.", shown=True)
    status: Status | None = field(
        "active, alumni, honorary, in-memoriam, or guest: a speaker who is no member.", shown=True
    )
    confirmed: Moment | None = field("When the member last confirmed the profile.", private=True)
    email: Email | None = field("A mail address; published only if `public` names it.", private=True)
    phone: Phone | None = field("A telephone number; published only if `public` names it.", private=True)
    public: Commas[Opened] = field("What of email, phone, attendance and coordinates may be published.", default=())
    listed: Listed | None = field("yes; name-only: credited on talks, without a page; no: not mentioned at all.")
    consent: Annotated[Consent, _short("note")] | None = field("The member's agreement to be listed.", private=True)
    offers: Many[AnyWish] = field("What this person offers others.", shown=True, default=())
    seeks: Many[AnyWish] = field("What this person looks for.", shown=True, default=())
    ask_me_about: Many[Line] = field("What to begin a conversation with.", shown=True, default=())
    mentoring: Annotated[Mentoring, _short("as")] | None = field("Mentoring given or wished for.", shown=True)
    available_for: Many[AnyWish] = field("Talks, reviews, boards, press …", shown=True, default=())


MADE = ("subtitle", "place")
"""Values that are made from others, whose texts are looked through."""

WISHES = ("offers", "seeks", "available_for")
"""Fields of what may end on a day."""
REFERRING = ("organization", "organizations", "groups")
"""Fields that refer to others, whose texts are looked through."""
ENDED = ("offers", "seeks", "mentoring", "available_for")
"""Fields that nobody is asked about any more in memoriam."""


def is_hidden(data: Data, settings: Settings) -> bool:
    """The profile is unlisted, as far as can be told before it is read: a slip counts as the private reading."""
    word = _listed(data)
    return word not in (*_LISTED, "name-only", "name only", "name_only") if word else settings.hidden


def is_listed(data: Data, settings: Settings) -> bool:
    """The profile is to have a page: it is neither unlisted nor credited by name alone."""
    word = _listed(data)
    return word in _LISTED if word else not settings.hidden


_LISTED = ("yes", "true")


def _listed(data: Data) -> str:
    return next((str(value).strip().lower() for key, value in data.items() if key.strip().lower() == "listed"), "")


def recognised(item: Item, data: Data) -> tuple[str, ...]:
    """What somebody unlisted is recognised by elsewhere: ids and names, whatever else of the profile can be read."""
    written = [data.get(key, ()) for key in ("name", "title", "also_known_as", "sort_name")]
    ids = [data.get(key, ()) for key in ("alias", "aliases")]
    names = [each for value in written for each in (value if isinstance(value, list) else [value])]
    old = [each for value in ids for each in (value if isinstance(value, list) else [value])]
    found = (each for each in (*names, *filter(is_id, map(str, old))) if isinstance(each, str) and each.strip())
    words = (item.id.replace("-", " "),) if "-" in item.id else ()
    return (item.id, *words, *chain.from_iterable(map(_orders, found)))


def _orders(name: str) -> tuple[str, ...]:
    """A name as it was written, and with the family first or last: "Family, Given"."""
    *given, family = name.replace(",", " ").split()
    first, *rest = name.split(",") if "," in name else (name,)
    return (name, " ".join((family, *given)), " ".join((*rest, first)))


def decode(item: Item, model: Member, document: Document, settings: Settings) -> Decoded:
    """The profile as an entry; somebody unlisted gives none."""
    addresses = {key: value for key in ("email", "phone") if (value := getattr(model, key))}
    if is_hidden({"listed": model.listed or ""}, settings):
        return Decoded(private=tuple(addresses.values()))
    instants, problems = moments(item, model, settings.zone, (*MOMENTS, "joined"))
    wishes, odd_wishes = _wishes(item, model, settings.zone)
    problems = (*problems, *odd_wishes, *id_note(item), *_suspicions(item, model, settings))
    if model.listed == "name-only":
        entry = _credited(item, model, instants)
        return Decoded(entry, private=tuple(addresses.values()), problems=problems)
    in_memoriam = model.status == "in-memoriam"
    contact = {} if in_memoriam else {key: value for key, value in addresses.items() if key in model.public}
    where = _shown_place(model)
    links, odd_links = read_links(item.path, model.links or {})
    values: Data = {
        **{key: value for key, value in shown_values(model).items() if not (in_memoriam and key in ENDED)},
        **contact,
        "links": links,
        "subtitle": model.headline or ", ".join(part for part in (model.role, _named(_work(model))) if part),
        "place": place_line(where, settings.language),
        "location": plain(where) if where else {},
        "own": own.values(NAME, model, settings.own),
    }
    body = document.body.strip() or model.bio or ""
    slug, odd_slug = slug_of(item, model, settings)
    found, missing = pictures(item, body, {"photo": model.photo, "image": model.image})
    public = {key: each for key, each in values.items() if key not in (*contact, *MADE)}
    public |= {key: plain(getattr(model, key)) for key in REFERRING if present(model, key)}
    return Decoded(
        entry=_entry(item, model, values, settings, found, slug, body, instants, wishes),
        bodies=(body,),
        texts=texts(model, {**public, "links": link_texts(model.links)}, body, "bio"),
        asked=found.asked,
        private=tuple(value for key, value in addresses.items() if key not in contact),
        public=tuple(contact.values()),
        problems=(*problems, *odd_slug, *missing, *odd_links),
    )


def _credited(item: Item, model: Member, instants: Mapping[str, int]) -> Entry:
    """Somebody who is credited by name, and has no page."""
    name = model.name or ""
    nothing = face(None)
    return Entry(
        kind=NAME,
        id=item.id,
        source=item.path,
        within=item.within,
        url="",
        title=name,
        sort=fold(name),
        link=face(Link(name)),
        card=nothing,
        full=nothing,
        listing="",
        visible=instants.get("publish_date"),
        aliases=tuple(filter(is_id, model.aliases)),
        names=(name,),
        language=item.language,
    )


def _entry(
    item: Item,
    model: Member,
    values: Data,
    settings: Settings,
    found: Pictures,
    slug: str,
    body: str,
    instants: Mapping[str, int],
    wishes: tuple[Wish, ...],
) -> Entry:
    """Somebody with a page: ``values`` are all that it may show."""
    name = model.name or ""
    where = _shown_place(model)
    page = f"{root_of(NAME, settings)}{slug}/"
    photo = picture_url(page, found.own)
    family, given = _sorted_name(model)
    status = model.status or "active"
    listing = {"guest": "", "in-memoriam": "remembered"}.get(status, "listed")
    published = instants.get("publish_date", instants.get("joined"))
    card = Card(
        kind=NAME,
        title=name,
        url=page,
        subtitle=values["subtitle"],
        headline=bool(model.headline),
        role=model.role or "",
        summary=model.summary or "",
        image=photo,
        image_alt=model.image_alt or "",
        image_sizes=found.sizes,
        initials=initials(name),
        place=values["place"],
        lang=model.lang or "",
        offers=tuple(each["topic"] for each in values.get("offers", ())),
        ends=ends_of_offers(wishes),
    )
    return Entry(
        kind=NAME,
        id=item.id,
        source=item.path,
        within=item.within,
        url=page,
        title=name,
        sort=fold(f"{family} {given}"),
        link=face(Link(name, page)),
        card=face(card),
        full=face({**values, "image": photo, "image_sizes": found.sizes, "initials": card.initials}),
        body=digest(body.encode()) if body else b"",
        listing=listing,
        joined=model.joined or "",
        visible=instants.get("publish_date"),
        expires=instants.get("expires"),
        references=tuple(_references(model)),
        skills=topics(model.skills, settings.synonyms),
        languages=topics(i18n.language_name(each, settings.language) for each in model.languages),
        tags=topics(model.tags, settings.synonyms),
        pictures=found.published,
        aliases=model.aliases,
        names=(name, *model.also_known_as),
        where=towns(where, settings.language),
        organizations=topics(_employers(model)),
        attendance="attendance" in model.public,
        vcard=None if status == "in-memoriam" else face(_vcard(model, values, settings.language, page, family, given)),
        own=own.topics(NAME, model, settings.own),
        schema=face(
            schemaorg.of_member({**values, "organization": _named(_work(model)), "status": status}, settings.language)
        ),
        uid=make_uid(item, model, settings),
        published=published if listing == "listed" else None,
        updated=instants.get("updated", published),
        wishes=wishes,
        mentoring=_mentorship(model),
        contact=Contact(email=values.get("email", ""), phone=values.get("phone", "")),
        employer=_work(model) if is_id(_work(model)) else "",
        language=item.language,
    )


def required(item: Item, model: Member, settings: Settings) -> Problems:
    """A name is required, but for somebody unlisted."""
    if model.name or is_hidden({"listed": model.listed or ""}, settings):
        return ()
    return (Problem(At(item.path), "name is missing", "add name: …", private=True),)


def _suspicions(item: Item, model: Member, settings: Settings) -> Problems:
    found = [*odd_place(item, ("location",), model.location, settings.language)]
    if model.joined and model.left and model.left < model.joined[: len(model.left)]:
        found.append(warn(item.path, ("left",), "this is before the member joined"))
    found += [
        warn(item.path, ("public", index), f"there is no {name} to publish", f"add {name}: …")
        for index, name in enumerate(model.public)
        if name in ("email", "phone") and not getattr(model, name)
    ]
    return tuple(found)


def _references(model: Member) -> Iterator[Reference]:
    """Where somebody works and worked, and the groups, each with the part there."""
    if model.organization:
        yield reference_to(
            "organization", "organizations", model.organization, ("organization",), role=model.role or ""
        )
    for index, each in enumerate(model.organizations):
        path = ("organizations", index, "organization")
        yield reference_to("organizations", "organizations", each.organization, path, **_particulars(each))
    for index, one in enumerate(model.groups):
        yield reference_to("groups", "groups", one.group, ("groups", index, "group"), **_particulars(one))


def _particulars(one: Employment | Belonging) -> dict[str, str]:
    return {"role": one.role or "", "since": one.since or "", "until": one.until or ""}


def _wishes(item: Item, model: Member, zone: str) -> tuple[tuple[Wish, ...], Problems]:
    """What somebody offers, seeks and is available for, with the moment at which it ends."""
    found: list[Wish] = []
    problems: list[Problem] = []
    for part in WISHES if model.status != "in-memoriam" else ():
        for index, each in enumerate(getattr(model, part)):
            ends, odd = moments(item, each, zone, ("until",), (part, index))
            found.append(Wish(part, each.topic, each.note or "", each.until or "", ends.get("until")))
            problems += odd
    return tuple(found), tuple(problems)


def _mentorship(model: Member) -> Mentorship | None:
    """Somebody's part in mentoring: without a word on it, that of a mentor."""
    it = model.mentoring
    if it is None or model.status == "in-memoriam":
        return None
    return Mentorship(
        role=it.as_ or "mentor",
        topics=it.topics,
        open=it.open is not False,
        capacity=it.capacity,
        hours=it.hours or "",
        note=it.note or "",
    )


def _named(work: str) -> str:
    """A name; the id of an organization is none, and gives way to its name when the site is put together."""
    return "" if is_id(work) else work


def _work(model: Member) -> str:
    """The name or id of where somebody works now."""
    return next(_works(model), "")


def _works(model: Member) -> Iterator[str]:
    current = (each.organization for each in model.organizations if not each.until)
    yield from (each.removeprefix("organizations/") for each in (model.organization, *current) if each)


def _employers(model: Member) -> tuple[str, ...]:
    """Where somebody works now, in words; ids are those of organizations with a file of their own."""
    return tuple(each for each in dict.fromkeys(_works(model)) if is_nameable(each) and not is_id(each))


def _shown_place(model: Member) -> Town | None:
    """The location with its coordinates as the member allows: rounded to 0.1° unless ``public`` names them."""
    where = model.location
    if where is None or "coordinates" in model.public:
        return where
    rounded = {key: round(value, 1) for key in ("latitude", "longitude") if (value := getattr(where, key)) is not None}
    return where.model_copy(update=rounded)


def _sorted_name(model: Member) -> tuple[str, str]:
    """Family and given name: from ``sort_name``, else the last word of the name and the words before it."""
    if model.sort_name:
        family, _, given = model.sort_name.partition(",")
        return family.strip(), given.strip()
    given, _, family = (model.name or "").rpartition(" ")
    return family, given


def _vcard(model: Member, values: Data, language: str, page: str, family: str, given: str) -> VCard:
    titles = model.honorific or Honorific()
    where = values["location"]
    return VCard(
        name=model.name or "",
        family=family,
        given=given,
        prefix=titles.before or "",
        suffix=titles.after or "",
        organization=_named(_work(model)),
        title=model.role or model.headline or "",
        url=page,
        email=values.get("email", ""),
        phone=values.get("phone", ""),
        nicknames=model.also_known_as,
        city=where.get("city") or where.get("text", ""),
        region=where.get("region", ""),
        country=i18n.country_name(where.get("country"), language),
    )
