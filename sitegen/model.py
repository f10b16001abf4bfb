"""The first waist: what every kind of content becomes, and what others may show of it.

All values are frozen. None of them ever holds a private value: kinds drop those when they decode a file.
"""

import datetime as dt
import functools
import hashlib
from collections.abc import Iterable
from typing import Any, TypeVar
from urllib.parse import urlsplit

import msgspec

T = TypeVar("T")
DAY = 86_400
"""Seconds."""


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
    events: int = 0
    """How many events are there besides."""
    others: int = 0
    """How much else is there."""


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

    @property
    def last_day(self) -> str:
        """The last of the days on which a calendar shows it: what goes on past midnight is on its first day alone."""
        if not self.end or ("T" in self.start and self.over - self.begins < DAY):
            return self.start[:10]
        if self.end.endswith("T00:00"):
            return (dt.date.fromisoformat(self.end[:10]) - dt.timedelta(days=1)).isoformat()
        return self.end[:10]


class Rule(Frozen, frozen=True):
    """When something repeats: the parts of an RRULE (RFC 5545, section 3.3.10), on the clock of the event's zone."""

    frequency: str = ""
    """DAILY, WEEKLY, MONTHLY or YEARLY; empty where all dates are listed one by one."""
    interval: int = 1
    weekdays: tuple[tuple[int, int], ...] = ()
    """Position in the month (0: every one, -1: the last) and weekday, Monday being 0."""
    days: tuple[int, ...] = ()
    """Of the month; -1 is the last."""
    months: tuple[int, ...] = ()
    more: str = ""
    """Further parts as they were written: ``BYSETPOS=-1``."""
    count: int = 0
    until: str = ""
    """The last day or time at which it may begin, local ISO 8601; empty for a rule without end."""


class Length(Frozen, frozen=True):
    """How long each date of a repetition lasts."""

    days: int = 0
    """Days of the calendar from the start to the last day, before minutes or clock count."""
    minutes: int = 0
    clock: str = ""
    """The time of day at which it ends, where that was said: ``21:00``."""
    whole: bool = False
    """It ends with the last day."""
    shown: bool = True
    """The end was said; else it is what a calendar makes of it."""


class Repetition(Frozen, frozen=True):
    """All dates of an entry that repeats. Starts are local ISO 8601, as precise as the first."""

    rule: Rule
    start: str
    zone: str
    length: Length
    skipped: tuple[str, ...] = ()
    """Starts that the rule has and the entry has not."""
    extra: tuple[str, ...] = ()
    """Starts that the rule does not have."""
    status: str = "confirmed"


class Where(Frozen, frozen=True):
    """The town in which something is or somebody lives. Facet of whatever is listed by place."""

    country: str
    """ISO 3166 code, or the name of a country that has none."""
    city: str = ""
    at: tuple[float, float] | None = None
    """Longitude and latitude, never nearer than 0.1°, where they are known."""


class Spot(Frozen, frozen=True):
    """A place for a map, and how many entries are there."""

    title: str
    url: str
    members: int = 0
    events: int = 0
    others: int = 0
    country: str = ""
    """ISO 3166 code, or a name."""
    city: str = ""
    """Empty for what is known to be in the country alone."""
    of: str = ""
    """The URL of the page of its country."""
    at: tuple[float, float] | None = None
    """Longitude and latitude as entries have them."""


class Window(Frozen, frozen=True):
    """A time in which something can be done: register, propose a talk. Seconds since 1970; None is an open end."""

    name: str
    opens: int | None
    closes: int | None


class Card(Frozen, frozen=True):
    """What lists show of an entry."""

    kind: str
    title: str
    url: str
    subtitle: str = ""
    headline: bool = False
    """The subtitle is what a person says of themselves, and not made from role and organization."""
    role: str = ""
    summary: str = ""
    image: str = ""
    image_alt: str = ""
    image_sizes: "Sizes | None" = None
    initials: str = ""
    place: str = ""
    lang: str = ""
    type: str = ""
    mode: str = ""
    when: When | None = None
    offers: tuple[str, ...] = ()
    ends: tuple[int, ...] = ()
    """For each of these the first moment after it, in seconds since 1970, 0 without one; empty where none ends."""
    rule: Rule | None = None
    """How it repeats."""
    dates: int = 0
    """How many of its dates stand behind the card, where these are several."""
    status: str = ""
    """Of a group: active, forming, dormant or closed."""
    published: str = ""
    """The day from which it is, as it was written, where lists show that: of news, of a resource."""
    closes: str = ""
    """The last day on which one can apply, as it was written."""
    over: int = 0
    """The first moment after it, in seconds since 1970."""


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
    contact: str = ""
    """Whom to ask, in words."""
    organizer: str = ""
    """A mail address that is public."""
    related: str = ""
    """The UID of the series in which it takes the place of a date."""
    repetition: Repetition | None = None
    planned: str = ""
    """RECURRENCE-ID: the local start that its series has for this date."""
    changes: "tuple[VEvent, ...]" = ()
    """The dates of the series that differ from it."""


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


class Reference(Frozen, frozen=True):
    """Somebody's or something's part in an entry, as it was written: an id, a name, or a name with particulars."""

    part: str
    """The field: speakers, groups, organization …"""
    path: tuple[str | int, ...] = ()
    """The keys that lead to it in the file."""
    session: int = -1
    """Which session of the entry it is in, from 0; -1 for the whole of it."""
    kind: str = "members"
    """Of what is meant."""
    id: str = ""
    """An old id or a new one; empty where the text is a name."""
    name: str = ""
    role: str = ""
    organization: str = ""
    url: str = ""
    bio: str = ""
    photo: str = ""
    """The name of a picture file beside the entry's."""
    since: str = ""
    """ISO 8601: a year, month or day."""
    until: str = ""


class Referent(Frozen, frozen=True):
    """What a reference means, as it is shown: with a link where there is a page."""

    part: str
    name: str
    """Empty for somebody who is not named: "a member"."""
    url: str = ""
    role: str = ""
    organization: str = ""
    subtitle: str = ""
    """What its own page says of it in a line."""
    bio: str = ""
    image: str = ""
    image_sizes: "Sizes | None" = None
    initials: str = ""
    session: int = -1
    """Which session of the entry, from 0; -1 for the whole of it."""
    kind: str = "members"
    since: str = ""
    until: str = ""
    past: bool = False
    """Its last day is over."""
    on_pages: bool = False
    """It is named on pages alone, and in no other file: ``listed: name-only`` (section 6 of the contract)."""


class Wish(Frozen, frozen=True):
    """What somebody offers, seeks, or is available for."""

    part: str
    """The field: offers, seeks, available_for."""
    topic: str
    note: str = ""
    until: str = ""
    """The last day on which it holds, as it was written."""
    ends: int | None = None
    """The first moment after it, in seconds since 1970."""


def ends_of_offers(wishes: Iterable[Wish]) -> tuple[int, ...]:
    """The moments at which offers end, as a card has them."""
    ends = tuple(each.ends or 0 for each in wishes if each.part == "offers")
    return ends if any(ends) else ()


class Mentorship(Frozen, frozen=True):
    """Somebody's readiness to be a mentor, or wish for one. Facet of members."""

    role: str = "mentor"
    """mentor, mentee or both."""
    topics: tuple[str, ...] = ()
    open: bool = True
    """There is room at present."""
    capacity: int | None = None
    """How many people at a time."""
    hours: str = ""
    note: str = ""


class Contact(Frozen, frozen=True):
    """How somebody can be reached, all of it public. Facet of whoever answers."""

    name: str = ""
    email: str = ""
    phone: str = ""
    url: str = ""


class Topic(Frozen, frozen=True):
    """What entries have in common, such as a skill, a tag or a town: spellings that give one slug are one topic."""

    slug: str
    label: str


class Sizes(Frozen, frozen=True):
    """How large a picture is, in pixels, and the sizes in which it is there besides, for small screens and for lists.

    What has the address ``ada.jpg`` is there as ``ada.jpg.320.webp``, 320 pixels wide, and as ``ada.jpg.92x92.webp``.
    """

    width: int
    height: int
    widths: tuple[int, ...] = ()
    """Of the whole picture as WebP, ascending; the last is its own, unless that is more than any page needs."""
    squares: tuple[int, ...] = ()
    """The sides of the squares that are cut out of a portrait."""


WIDTHS = (320, 640, 1280)
"""Pixels: a phone, a phone with a fine screen or a column of text, and that column on a fine screen."""
SQUARES = (92, 184)
"""Pixels: a face in a list, on fine screens."""
LONGEST = 16_383
"""Pixels of a side that a WebP can have."""
MAX_NAMED = 200
"""Bytes of a name to which sizes can be added: that of a file has at most 255."""


class Picture(Frozen, frozen=True):
    """A picture file beside an entry and the name under which it is published beside the entry's page."""

    path: str
    name: str
    width: int = 0
    """In pixels, as it is seen; 0 where that is not known, as the file is damaged."""
    height: int = 0
    portrait: bool = False
    """It shows somebody: squares are cut out of it for lists."""

    @property
    def sizes(self) -> Sizes | None:
        """How large it is and in which sizes it is published: never in larger ones than its own."""
        if not (self.width and self.height):
            return None
        whole = (*(each for each in WIDTHS if each < min(self.width, WIDTHS[-1])), min(self.width, WIDTHS[-1]))
        is_long = self.height * WIDTHS[0] > LONGEST * self.width or self.height > LONGEST
        if self.width <= WIDTHS[0] or is_long or len(self.name.encode()) > MAX_NAMED:
            whole = ()
        cut = tuple(each for each in SQUARES if each < min(self.width, self.height))
        is_cut = self.portrait and len(self.name.encode()) <= MAX_NAMED
        return Sizes(self.width, self.height, whole, cut if is_cut else ())


class Session(Frozen, frozen=True):
    """A part of an event: a talk, a workshop, a break. Times are local to the event."""

    anchor: str
    """The fragment of its address on the event's page."""
    title: str
    start: str = ""
    """ISO 8601 with a time of day; empty where that is not known."""
    end: str = ""
    room: str = ""
    track: str = ""
    type: str = ""
    lang: str = ""
    abstract: str = ""
    materials: tuple[Link, ...] = ()
    """Slides, recording, notes: the title is the field's name."""


class Override(Frozen, frozen=True):
    """A date of a repetition that differs from the others."""

    planned: str
    """The local start that the repetition has for it."""
    when: When
    card: Face
    full: Face
    """What is shown of this date alone."""
    vevent: Face
    """It alone, as a calendar shows it that does not have the series."""
    body: bytes = b""
    """The digest of its own text."""
    references: tuple[Reference, ...] = ()
    sessions: tuple[Session, ...] = ()
    windows: tuple[Window, ...] = ()


class Entry(msgspec.Struct, frozen=True, dict=True):
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
    references: tuple[Reference, ...] = ()
    """Everybody and everything that has a part in it."""
    skills: tuple[Topic, ...] = ()
    languages: tuple[Topic, ...] = ()
    """Which languages somebody speaks."""
    tags: tuple[Topic, ...] = ()
    pictures: tuple[Picture, ...] = ()
    aliases: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Names by which text elsewhere may mean this entry."""
    where: tuple[Where, ...] = ()
    organizations: tuple[Topic, ...] = ()
    """Organizations to which it belongs, as plain text."""
    own: tuple[tuple[str, tuple[Topic, ...]], ...] = ()
    """The values of the association's own fields by which lists can be narrowed, by the names of the fields."""
    series: Topic | None = None
    sessions: tuple[Session, ...] = ()
    windows: tuple[Window, ...] = ()
    repetition: Repetition | None = None
    overrides: tuple[Override, ...] = ()
    """The dates of the repetition that differ, in order."""
    instead_of: tuple[str, str] | None = None
    """The id of the entry and the date (ISO 8601) whose place it takes."""
    attendance: bool = False
    """The member shows at which events they are."""
    vevent: Face | None = None
    vcard: Face | None = None
    schema: Face | None = None
    """What schema.org calls it: a mapping with @type. `share` adds addresses, people and times."""
    uid: str = ""
    """What calendars and feeds know it by."""
    published: int | None = None
    """Feeds have it from this moment on (seconds since 1970); None: they never do."""
    updated: int | None = None
    """When it was last changed in substance (seconds since 1970)."""
    wishes: tuple[Wish, ...] = ()
    mentoring: Mentorship | None = None
    contact: Contact | None = None
    zone: str = ""
    """The zone of its events, where they name none: of a group."""
    tier: str = ""
    """What kind of sponsor or partner it is: of an organization."""
    status: str = ""
    """active, forming, dormant or closed: of a group."""
    employer: str = ""
    """The id of the organization that belongs on its cards."""
    navigation: tuple[str, int] | None = None
    """Label and weight in the site's navigation."""
    language: str = ""
    """The language of which it is a translation; empty for what stands in the site's own."""

    @property
    def bodies(self) -> tuple[bytes, ...]:
        """The digests of all its texts."""
        return tuple(filter(None, (self.body, *(each.body for each in self.overrides))))

    @functools.cached_property
    def ref(self) -> str:
        """How other entries refer to it: ``members/ada-okafor``."""
        return f"{self.kind}/{self.id}"


class Own(msgspec.Struct, frozen=True):
    """A field that the association has declared for itself."""

    kind: str
    name: str
    label: str
    type: str = "text"
    """text, list, number, yes-no, date or url."""
    public: bool = False
    facet: bool = False
    """Lists can be narrowed by it: each value has a page."""


class Settings(msgspec.Struct, frozen=True):
    """What of site.yaml bears on how a file is read."""

    zone: str
    identity: str
    """The site's uid, else its URL: what UIDs are made from."""
    root: str = ""
    """Before the addresses of entries: ``/es`` for translations."""
    languages: tuple[str, ...] = ()
    """In which there are translations besides the site's own language (BCP 47)."""
    own: tuple[Own, ...] = ()
    synonyms: tuple[tuple[str, str], ...] = ()
    """The slug of another word for a topic, and the word that the site uses."""
    zones: tuple[tuple[str, str], ...] = ()
    """The ids of groups with a zone of their own, and these zones."""
    hidden: bool = False
    """Members are unlisted unless they say otherwise (``directory: {default: hidden}``)."""
    language: str = "en"
    """In which countries are named (BCP 47)."""
    duration: int = 60
    """Minutes that an event lasts for a calendar when nothing else is said."""


DEFAULT_THEME = "programme"


class Redirect(Frozen, frozen=True):
    """An old address of the site, and where that leads now."""

    old: str
    new: str
    status: int = 301


class Config(msgspec.Struct, frozen=True):
    """The association as the program uses it."""

    name: str
    url: str
    settings: Settings
    theme: str = DEFAULT_THEME
    options: dict[str, str] = {}
    language: str = "en"
    root: str = ""
    """Before the addresses of all pages of a language that is not the site's own: ``/es``."""
    tagline: str = ""
    description: str = ""
    email: str = ""
    social: tuple[Link, ...] = ()
    page_size: int = 50
    facets: tuple[str, ...] = ()
    """What the directory can be narrowed by, in order."""
    horizon: int = 12
    """Months after the present one in which the dates of repetitions are listed."""
    week_start: int = 0
    """The first day of a week, Monday being 0."""
    logo: str = ""
    """The name of a picture file beside site.yaml."""
    logo_size: tuple[int, int] = (0, 0)
    """Its width and height in pixels, where these are known."""
    navigation: tuple[Link, ...] | None = None
    """The way around; None for what there is. A link without a title has that of its page."""
    footer: tuple[Link, ...] = ()
    """Words at the foot of every page, those with an address as links."""
    home: tuple[str, ...] = ()
    """The sections of the first page, in order; empty for the usual ones."""
    tiers: tuple[str, ...] = ()
    """What sponsors and partners are called, the highest first."""
    formats: dict[str, bool] = {}
    """Formats that are switched on or off."""
    extensions: tuple[str, ...] = ()
    """Of Markdown, besides those that are always on."""
    embeds: tuple[str, ...] = ()
    """Hosts that recordings, forms and analytics may come from."""
    redirects: tuple[Redirect, ...] = ()
    headers: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    """Headers that hosts are to send, by path."""
    vocabulary: dict[str, tuple[str, str]] = {}
    """What to call one and several of a kind."""
    repository: str = ""
    """The address at which a file is edited, up to the file's path; empty without one."""
    map: bool = False
    """The pages of places have a map."""
    search: str = "quick"
    """quick, or full: the text of all pages, too."""
    share_images: tuple[str, ...] = ()
    """The kinds whose entries have a share image of their own."""

    @property
    def base(self) -> str:
        """The path at which the site stands, without its last slash: empty at the root of a host."""
        return urlsplit(self.url).path.rstrip("/")
