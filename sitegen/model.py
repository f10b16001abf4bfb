"""The first waist: what every kind of content becomes, and what others may show of it.

All values are frozen. None of them ever holds a private value: kinds drop those when they decode a file.
"""

import hashlib
from typing import Any, TypeVar
from urllib.parse import urlsplit

import msgspec

T = TypeVar("T")


class Face(msgspec.Struct, frozen=True, array_like=True):
    """A projection of an entry that others may show: encoded once, and known by its digest."""

    digest: bytes
    data: bytes


def face(value: Any) -> Face:
    """The face that shows ``value`` (structs, mappings, lists, text, numbers)."""
    data = msgspec.msgpack.encode(value, order="deterministic")
    return Face(hashlib.blake2b(data, digest_size=16).digest(), data)


def shown(face: Face, form: type[T]) -> T:
    """What the face shows, as a ``form``."""
    return msgspec.msgpack.decode(face.data, type=form)


class Frozen(msgspec.Struct, frozen=True, omit_defaults=True):
    """The base of the values that faces carry."""


class Link(Frozen, frozen=True):
    """A title and where it leads; without a URL the title alone is shown."""

    title: str
    url: str = ""


class Counted(Frozen, frozen=True):
    """A title, where it leads, and how many entries are there."""

    title: str
    url: str
    count: int


class When(Frozen, frozen=True):
    """A time or a span of days, as it was written and as instants. Facet of whatever belongs in a calendar."""

    start: str
    """Local ISO 8601: ``2026-11-07T18:00``, a whole day ``2026-11-07``, or one not yet known: ``2026-11``, ``2026``."""
    end: str
    """Local: the moment it ends, or the last day; empty where the page shows none."""
    zone: str
    """The IANA name of the zone in which start and end are local."""
    begins: int
    """Its first moment, in seconds since 1970 (UTC)."""
    over: int
    """The first moment after it, in seconds since 1970 (UTC)."""
    status: str = "confirmed"
    """confirmed, tentative, cancelled or postponed."""

    @property
    def dated(self) -> bool:
        """The day is known."""
        return len(self.start) >= len("2026-11-07")


class Card(Frozen, frozen=True):
    """What lists show of an entry."""

    kind: str
    title: str
    url: str
    subtitle: str = ""
    summary: str = ""
    image: str = ""
    image_alt: str = ""
    initials: str = ""
    place: str = ""
    lang: str = ""
    type: str = ""
    mode: str = ""
    when: When | None = None
    offers: tuple[str, ...] = ()


class VEvent(Frozen, frozen=True):
    """The values of an iCalendar VEVENT (RFC 5545, section 3.6.1; section 5 of the content contract)."""

    uid: str
    stamp: int
    """DTSTAMP and LAST-MODIFIED, in seconds since 1970."""
    sequence: int
    when: When
    summary: str
    url: str
    """The event's page, relative to the site."""
    description: str = ""
    location: str = ""
    conference: str = ""
    geo: tuple[float, float] | None = None
    categories: tuple[str, ...] = ()


class VCard(Frozen, frozen=True):
    """The values of a vCard 3.0 (RFC 2426): only what the profile shows."""

    name: str
    family: str
    given: str
    prefix: str = ""
    suffix: str = ""
    organization: str = ""
    title: str = ""
    url: str = ""
    """The profile, relative to the site."""
    email: str = ""
    phone: str = ""
    nicknames: tuple[str, ...] = ()
    city: str = ""
    region: str = ""
    country: str = ""


class Credit(Frozen, frozen=True):
    """Somebody's part in an entry, as it was written: a reference, a name, or a name with particulars."""

    part: str
    """The field: speakers, organizers …"""
    id: str = ""
    """The id of a member, an old one or a new one; empty where the text is a name."""
    name: str = ""
    role: str = ""
    organization: str = ""
    url: str = ""
    bio: str = ""


class Person(Frozen, frozen=True):
    """A credit as it is shown: resolved, with a link where there is a page."""

    part: str
    name: str
    """Empty for somebody who is not named: "a member"."""
    url: str = ""
    role: str = ""
    organization: str = ""
    subtitle: str = ""
    """What the person's own profile says in a line."""
    bio: str = ""
    image: str = ""
    initials: str = ""


class Topic(Frozen, frozen=True):
    """A skill or tag: spellings that give one slug are one topic."""

    slug: str
    label: str


class Picture(Frozen, frozen=True):
    """A picture file beside an entry and the name under which it is published beside the entry's page."""

    path: str
    name: str


class Entry(msgspec.Struct, frozen=True):
    """One piece of content of any kind: who it is, its facets, and its faces. An absent facet is None or empty."""

    kind: str
    id: str
    source: str
    """The file, relative to the content folder."""
    within: str
    """The id under which it stands in a file of the whole kind; empty where it has a file of its own."""
    url: str
    """The page, relative to the site: ``/members/ada-okafor/``; empty for somebody who is credited by name only."""
    title: str
    sort: str
    """What lists in alphabetical order go by."""
    link: Face
    card: Face
    full: Face
    body: bytes = b""
    """The digest of the text; empty without one."""
    listing: str = "listed"
    """listed; remembered (in memoriam: named in lists, without a card); or empty (a page that no list shows)."""
    joined: str = ""
    """The ISO date since when it belongs, for "newest first"; empty where that is not known."""
    when: When | None = None
    visible: int | None = None
    """Published from this moment on (seconds since 1970)."""
    expires: int | None = None
    """Out of lists from this moment on (seconds since 1970)."""
    people: tuple[Credit, ...] = ()
    skills: tuple[Topic, ...] = ()
    tags: tuple[Topic, ...] = ()
    pictures: tuple[Picture, ...] = ()
    aliases: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Names by which text elsewhere may mean this entry."""
    vevent: Face | None = None
    vcard: Face | None = None

    @property
    def ref(self) -> str:
        """How other entries refer to it: ``members/ada-okafor``."""
        return f"{self.kind}/{self.id}"


class Settings(msgspec.Struct, frozen=True):
    """What of site.yaml bears on how a file is read."""

    zone: str
    identity: str
    """The site's uid, else its URL: what UIDs are made from."""
    hidden: bool = False
    """Members are unlisted unless they say otherwise (``directory: {default: hidden}``)."""
    language: str = "en"
    """In which countries are named (BCP 47)."""
    duration: int = 60
    """Minutes that an event lasts for a calendar when nothing else is said."""


DEFAULT_THEME = "programme"


class Config(msgspec.Struct, frozen=True):
    """The association as the program uses it."""

    name: str
    url: str
    settings: Settings
    theme: str = DEFAULT_THEME
    options: dict[str, str] = {}
    language: str = "en"
    tagline: str = ""
    description: str = ""
    email: str = ""
    social: tuple[Link, ...] = ()
    page_size: int = 50

    @property
    def base(self) -> str:
        """The path at which the site stands, without its last slash: empty at the root of a host."""
        return urlsplit(self.url).path.rstrip("/")
