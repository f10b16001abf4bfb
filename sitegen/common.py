"""What all kinds share: the fields, the settings they are read by, and the parts of an entry made from them."""

import contextlib
import dataclasses
import re
import unicodedata
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Annotated, Any, TypeGuard
from urllib.parse import quote, unquote

from pydantic import BeforeValidator, PlainValidator

from sitegen import i18n, times
from sitegen.model import Entry, Link, Picture, Reference, Settings, Sizes, Topic, Where
from sitegen.problems import MOST, At, Problem, Severity, did_you_mean, nearest
from sitegen.schema import Fields, field
from sitegen.slugs import RESERVED, fold, is_id, slugify
from sitegen.source import Data
from sitegen.values import (
    MAX_NAME,
    Alias,
    Commas,
    Image,
    LanguageTag,
    Latitude,
    Line,
    Longitude,
    Many,
    Moment,
    Slug,
    Uid,
    Url,
    YesNo,
    as_commas,
    as_list,
    is_empty,
    line,
    wrong,
)

IMAGES = (".jpg", ".jpeg", ".png", ".webp")
"""Suffixes of the pictures that are published."""
OTHER_IMAGES = (".svg", ".gif", ".avif", ".heic", ".heif", ".bmp", ".tif", ".tiff")
"""Suffixes of pictures that are not: browsers do not know them all, and an SVG may hold a program."""

Path = tuple[str | int, ...]
Problems = tuple[Problem, ...]


def unmeasured(path: str) -> tuple[int, int]:
    """The size of a picture that nobody looks at."""
    del path
    return 0, 0


@dataclass(frozen=True, slots=True)
class Item:
    """A file that holds one entry: its kind, id and path, and the names of the pictures in its folder."""

    kind: str
    id: str
    path: str
    pictures: frozenset[str] = frozenset()
    owners: frozenset[str] = dataclasses.field(default=frozenset(), compare=False)
    """The ids of the items in its folder: a picture with the name of another one is that one's alone."""
    folder: bool = False
    """It is ``<id>/index.md``: everything beside it is its own."""
    within: str = ""
    """The id under which it stands in a file of the whole kind (``members.yaml``)."""
    language: str = ""
    """The language of which it is a translation (BCP 47)."""
    base: str = ""
    """The file that it translates."""
    size: Callable[[str], tuple[int, int]] = dataclasses.field(default=unmeasured, compare=False)
    """Width and height in pixels of the picture at a path, relative to the content folder."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """An entry fresh from its file, with what is needed once and never kept."""

    entry: Entry | None = None
    """None for somebody unlisted and for what is not published."""
    bodies: tuple[str, ...] = ()
    """Every text in Markdown."""
    texts: tuple[tuple[Path, str], ...] = ()
    """Every public text and the keys that lead to it, to look for what must not stand there."""
    asked: tuple[tuple[str, bool], ...] = ()
    """Names of pictures that were looked for, and whether they were there."""
    hidden: tuple[str, ...] = ()
    """Ids and names of somebody unlisted, to be recognised elsewhere."""
    attendees: tuple[tuple[str, str, Path], ...] = ()
    """Who takes part: the date of a repetition or nothing, an id or a name, and the keys that lead there."""
    private: tuple[str, ...] = ()
    """Addresses and numbers that the member keeps private."""
    public: tuple[str, ...] = ()
    """Addresses and numbers that the member shows."""
    draft: bool = False
    discreet: bool = False
    """Messages show places alone: of a draft, and of somebody who is not listed or is credited by name alone."""
    problems: Problems = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that exists and is not published: a draft, or one whose day has not come."""

    kind: str
    id: str
    visible: int | None = None
    """Published from this moment on (seconds since 1970); None for a draft."""


def link_map(value: Any) -> dict[str, str]:
    """A mapping of names to addresses or handles; read further by `read_links`."""
    if not isinstance(value, dict):
        raise wrong("a mapping belongs here: a name and a text to a line", "such as website: https://example.org")
    return {line(key): line(each) for key, each in value.items()}


def label(value: Any) -> str:
    """A few words that have a page of their own."""
    text = line(value)
    if len(topic_slug(text).encode()) > MAX_NAME:
        raise wrong("this is too long for a topic", "write a few words; sentences belong in the text")
    return text


Label = Annotated[str, PlainValidator(label)]


class Common(Fields):
    """The fields of every kind."""

    slug: Slug | None = field("The last part of the page's address, in place of the one made from the id.")
    summary: Annotated[str, PlainValidator(line)] | None = field(
        "One sentence for lists, search results and shared links.", shown=True
    )
    image: Image | None = field("A picture file beside this one.")
    image_alt: Line | None = field("What the picture shows, for those who do not see it.", shown=True)
    image_credit: Line | None = field("Who made the picture.", shown=True)
    links: Annotated[dict[str, str], PlainValidator(link_map)] | None = field(
        "Pages elsewhere: a known name with a handle or an address, or any name with an address."
    )
    tags: Commas[Label] = field("Topics, separated by commas.", shown=True, default=())
    aliases: Many[Alias] = field(
        "Old ids and old addresses, which keep working; the first old id stays what calendars know it by.", default=()
    )
    draft: YesNo | None = field("Yes: not published.")
    publish_date: Moment | None = field("Published from this moment on.")
    updated: Moment | None = field("When it was last changed in substance.", shown=True)
    expires: Moment | None = field("The last day in lists, feeds and search; the page stays.")
    lang: LanguageTag | None = field("The language of the text, where it is not the site's (BCP 47).", shown=True)
    uid: Uid | None = field("An identifier that stays when the file is renamed.")
    extra: Any = field("Anything else the association keeps; never published.", private=True)


class Town(Fields):
    """A town, as text or in parts."""

    text: Line | None = field("The place in words.", shown=True)
    city: Line | None = field("City or town.", shown=True)
    region: Line | None = field("Region, county or state.", shown=True)
    country: Line | None = field("ISO 3166 code or name.", shown=True)
    latitude: Latitude | None = field("Decimal degrees, north positive.", shown=True)
    longitude: Longitude | None = field("Decimal degrees, east positive.", shown=True)


class Place(Town):
    """A place where people meet, as text or in parts."""

    name: Line | None = field("The name of the house.", shown=True)
    room: Line | None = field("The room or floor.", shown=True)
    address: Line | None = field("Street and number.", shown=True)
    postcode: Line | None = field("Postal code.", shown=True)
    directions: Line | None = field("How to get there.", shown=True)
    accessibility: Line | None = field("Steps, lifts, hearing loops, quiet rooms.", shown=True)
    url: Url | None = field("The venue's own page.", shown=True)


def place(value: Any) -> Any:
    """Text stands for a place in words."""
    return {"text": value} if isinstance(value, str) else value


AnyTown = Annotated[Town, BeforeValidator(place)]
AnyPlace = Annotated[Place, BeforeValidator(place)]


def place_line(where: Town | None, language: str) -> str:
    """A place on one line: "Old Pumping Hall, Noorderzijl, Netherlands"."""
    if where is None:
        return ""
    region = where.region if not where.city else None
    name = where.name if isinstance(where, Place) else None
    parts = (where.text, name, where.city, region, i18n.country_name(where.country, language))
    return ", ".join(dict.fromkeys(part for part in parts if part))


def coordinates(where: Town | None) -> tuple[float, float] | None:
    """Latitude and longitude, where both are known."""
    if where is None or where.latitude is None or where.longitude is None:
        return None
    return where.latitude, where.longitude


def towns(where: Town | None, language: str) -> tuple[Where, ...]:
    """The town of a place, where its country is known; text ends with the country, as in "Oslo, Norway"."""
    if where is None:
        return ()
    country, city = where.country, where.city
    if not country and where.text:
        *before, last = (part.strip() for part in where.text.split(","))
        country = last if i18n.is_country(last, language) else None
        # Somebody lives in a town; where people meet, the house is said first.
        city = city or (before[-1 if isinstance(where, Place) else 0] if before and country else None)
    if not country or len(topic_slug(country).encode()) > MAX_NAME:
        return ()
    found = coordinates(where)
    at = (round(found[1], 1), round(found[0], 1)) if found else None
    return (Where(i18n.country_code(country, language), city if is_nameable(city) else "", at),)


def is_nameable(text: str | None) -> TypeGuard[str]:
    """A text can name a page of its own: it is no longer than the name of a file may be."""
    return bool(text) and len(topic_slug(text or "").encode()) <= MAX_NAME


def odd_place(item: Item, keys: Path, where: Town | None, language: str) -> Problems:
    """What is suspicious about a place: a country that nobody knows, half of its coordinates."""
    found = []
    if where and where.country and not i18n.is_country(where.country, language):
        near = nearest(where.country, i18n.countries(language), likeness=0.8)
        hint = f"did you mean {near.title()}?" if near else "write its ISO 3166 code or its English name"
        found.append(warn(item.path, (*keys, "country"), "no country is called this", hint))
    if where and (where.latitude is None) != (where.longitude is None):
        found.append(warn(item.path, keys, "latitude and longitude belong together"))
    return tuple(found)


class Somebody(Fields):
    """A person in an entry: a member by id, or somebody without a profile by name."""

    person: Line | None = field("The id of a member.")
    name: Line | None = field("The name of somebody without a profile.", shown=True)
    url: Url | None = field("The person's own page.", shown=True)
    role: Line | None = field("The part this person has: panelist, chair …", shown=True)
    organization: Line | None = field("Where the person works.", shown=True)
    bio: Line | None = field("A sentence about the person.", shown=True)
    photo: Image | None = field("A picture file beside this one.")


def somebody(value: Any) -> Any:
    """Text is an id or a name; ``anonymous`` is nobody in particular."""
    if isinstance(value, dict):
        written = {key for key, each in value.items() if not is_empty(each)}
        if written <= {"role", "organization", "url", "bio", "photo"}:
            raise wrong("this is nobody", "add person: with the id of a member, or name:")
    if not isinstance(value, str):
        return value
    text = line(value)
    return {"person": text} if is_id(text.removeprefix("members/")) else {"name": text}


def _people(value: Any) -> Any:
    """A list, or ids separated by commas; a name with a comma stays whole."""
    if isinstance(value, str):
        parts = as_commas(value)
        return parts if all(is_id(part) for part in parts) else [value]
    return as_list(value)


AnyBody = Annotated[Somebody, BeforeValidator(somebody)]
People = Annotated[tuple[AnyBody, ...], BeforeValidator(_people)]


def credits_of(part: str, people: tuple[Somebody, ...], within: Path = (), session: int = -1) -> Iterator[Reference]:
    """The credits of a field of people, in its order; ``within`` are the keys around the field."""
    for index, one in enumerate(people):
        kind, _, said = (one.person or "").rpartition("/")
        ident = said if is_id(said) and said != "anonymous" else ""
        yield Reference(
            part=part,
            path=(*within, part, index, "person"),
            session=session,
            kind=kind or "members",
            id=ident,
            name=one.name or ("" if ident or said == "anonymous" else said),
            role=one.role or "",
            organization=one.organization or "",
            url=one.url or "",
            bio=one.bio or "",
            photo=one.photo or "",
            since=getattr(one, "since", None) or "",
            until=getattr(one, "until", None) or "",
        )


class Officer(Somebody):
    """A person with an office, and the time in it."""

    since: Moment | None = field("The first year, month or day.", shown=True)
    until: Moment | None = field("The last year, month or day.", shown=True)


Officers = Annotated[tuple[Annotated[Officer, BeforeValidator(somebody)], ...], BeforeValidator(_people)]


def reference_to(
    part: str, kind: str, said: str, path: Path, *, role: str = "", since: str = "", until: str = ""
) -> Reference:
    """A reference to something of a kind: by its id, with or without the kind before it, or by its name."""
    ident = said.removeprefix(f"{kind}/")
    ident, name = (ident, "") if is_id(ident) else ("", said)
    return Reference(part=part, path=path, kind=kind, id=ident, name=name, role=role, since=since, until=until)


def topics(labels: Iterable[str], synonyms: Iterable[tuple[str, str]] = ()) -> tuple[Topic, ...]:
    """Each topic once, in the order written; ``synonyms`` are slugs of other words with the word that is meant."""
    meant = dict(synonyms)
    words = [meant.get(topic_slug(label), label) for label in labels]
    found = {topic_slug(label): label for label in reversed(words)}
    return tuple(Topic(slug, label) for slug, label in reversed(found.items()))


def topic_slug(label: str) -> str:
    """The slug of a topic; one of signs alone (an emoji) is named by its code points."""
    return slugify(label) or "-".join(f"u{ord(letter):x}" for letter in label if not letter.isspace())


def slug_of(item: Item, model: Common, settings: Settings) -> tuple[str, Problems]:
    """The page's slug: ``slug``, else made from the id."""
    reserved = RESERVED | {each.lower() for each in settings.languages}
    slug = model.slug or topic_slug(item.id)
    problems = [
        Problem(
            At(item.path, ("aliases", index)),
            "this address is the site's own",
            "take it out, or let your host lead on from there",
        )
        for index, alias in enumerate(model.aliases)
        if reserved & set(alias.strip("/").split("/")[:2])
    ]
    if slug in reserved:
        at = At(item.path, ("slug",) if model.slug else ())
        problems.append(Problem(at, f"the address {slug} is the site's own", "choose another with slug: …"))
    return slug, tuple(problems)


def id_note(item: Item) -> Problems:
    """Text that is not shaped like an id cannot be referred to."""
    if is_id(item.id) or not slugify(item.id).isascii():
        return ()
    suffix = "" if item.folder or item.within else PurePosixPath(item.path).suffix
    hint = f"rename it: {slugify(item.id)}{suffix}" if slugify(item.id) else "rename it, such as ada-okafor.yaml"
    message = "an id has lower-case letters, digits and hyphens: nothing can refer to this one"
    return (Problem(At(item.path), message, hint, Severity.WARNING),)


def epoch(text: str, zone: str, *, after: bool = False) -> int:
    """The first moment of a date or time in a zone, or with ``after`` the first one after it, in seconds since 1970."""
    written, tz = times.read(text), times.zone(zone)
    return int((times.after(written, tz) if after else times.instant(written, tz)).timestamp())


MOMENTS = ("publish_date", "updated", "expires")


def moments(
    item: Item, model: Fields, zone: str, names: tuple[str, ...] = MOMENTS, within: Path = ()
) -> tuple[dict[str, int], Problems]:
    """Fields that are moments, in seconds since 1970, those that name a last day after it.

    A time that no clock shows is a problem. ``within`` are the keys around the fields.
    """
    found: dict[str, int] = {}
    problems: list[Problem] = []
    for name in names:
        text = getattr(model, name)
        try:
            if text:
                found[name] = epoch(text, zone, after=name in ("expires", "closes", "until"))
        except times.Unreadable as error:
            problems.append(unreadable(At(item.path, (*within, name)), error))
    return found, tuple(problems)


def unreadable(at: At, error: times.Unreadable) -> Problem:
    """A time that is none: the hint may name others like it."""
    return Problem(at, error.message, error.hint, discreet=error.message)


def make_uid(item: Item, model: Common, settings: Settings) -> str:
    """The identifier that calendars and feeds keep: ``uid``, else a UUIDv5 (RFC 9562) of site, kind and id.

    The id is the first that it had: the first old one in ``aliases``. Else a renamed file would be another event to
    everybody who has subscribed.
    """
    site = uuid.uuid5(uuid.NAMESPACE_URL, settings.identity)
    first = next(filter(is_id, model.aliases), item.id)
    return model.uid or str(uuid.uuid5(site, f"{item.kind}/{first}"))


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures of an entry."""

    own: str
    """The name of the one that stands for it; empty without one."""
    published: tuple[Picture, ...]
    asked: tuple[tuple[str, bool], ...]
    """Every name that mattered, and whether such a file was there."""

    @property
    def sizes(self) -> Sizes | None:
        """Of the one that stands for it."""
        return next((each.sizes for each in self.published if each.name == self.own), None)


def has_picture(item: Item, name: str) -> bool:
    """A picture of that name is beside the item, and is not another's own."""
    stem = name.rpartition(".")[0]
    return name in item.pictures and (stem == item.id or stem not in item.owners)


def pictures(
    item: Item, body: str, named: Mapping[str, str | None], people: Iterable[Reference] = ()
) -> tuple[Pictures, Problems]:
    """The pictures of an entry, and which are missing.

    ``named`` are the fields that name one, the first that is set being the entry's own; without any it is the file that
    has the item's name. It is a portrait where one of the fields is ``photo``. A body shows the files beside it, and
    ``people`` may have portraits there; everything in an item's own folder is published.
    """
    set_ = {key: name for key, name in named.items() if name}
    photos = {(*one.path[:-1], "photo"): one.photo for one in people if one.photo}
    fields: dict[Path, str] = {**{(key,): name for key, name in set_.items()}, **photos}
    own = tuple(set_.values()) or tuple(item.id + form for suffix in IMAGES for form in (suffix, suffix.upper()))
    in_body = [name for name in map(unquote, _BODY_IMAGE.findall(body)) if name.lower().endswith(_ANY_IMAGE)]
    asked = dict.fromkeys((*own, *photos.values(), *in_body, *(sorted(item.pictures) if item.folder else ())))
    there = [name for name in asked if has_picture(item, name)]
    folder = item.path.rpartition("/")[0]
    near = [name for name in item.pictures if item.folder or name.startswith(item.id)]  # others' names may be private
    missing: Problems = ()
    for keys, name in fields.items():
        if name not in there:
            message = "there is no such picture beside this file"
            cure = "put it into the same folder, or leave this field out"
            if name.lower().endswith(OTHER_IMAGES):
                message, cure = "pictures are PNG, JPEG or WebP files", "save it as one of these"
            missing += (Problem(At(item.path, keys), message, did_you_mean(name, near) or cure, discreet=message),)
    for name in dict.fromkeys(in_body):
        if name not in there:
            message, cure = f"the text shows {name}, and there is no such picture", "put it beside this file"
            if name.lower().endswith(OTHER_IMAGES):
                message, cure = (
                    f"the text shows {name}; pictures are PNG, JPEG or WebP files",
                    "save it as one of these",
                )
            hint, discreet = did_you_mean(name, near) or cure, "the text shows a picture that is not there"
            missing += (Problem(At(item.path), message, hint, Severity.WARNING, discreet=discreet),)
    chosen = next((name for name in own if name in there), "")
    portraits = {*photos.values(), *((chosen,) if "photo" in named else ())}

    def picture(name: str) -> Picture:
        return Picture(f"{folder}/{name}", name, *item.size(f"{folder}/{name}"), portrait=name in portraits)

    return Pictures(
        own=chosen,
        published=tuple(map(picture, sorted(there))),
        asked=tuple((name, name in there) for name in asked),
    ), missing


def same_pictures(item: Item, asked: Iterable[tuple[str, bool]]) -> bool:
    """The pictures that mattered to an entry are there, or not there, as they were."""
    before = dict(asked)
    if item.folder and not item.pictures <= before.keys():
        return False
    return all(has_picture(item, name) == there for name, there in before.items())


_ANY_IMAGE = (*IMAGES, *OTHER_IMAGES)
_BODY_IMAGE = re.compile(r"!\[[^\]]{0,1000}\]\(\s*<?(?:\./)?([^)\s<>\"/\\]+)>?")


def picture_url(page: str, name: str) -> str:
    """Where a picture is published: beside its page."""
    return page + quote(name) if name else ""


LINKS: dict[str, tuple[str, str]] = {
    "website": ("Website", ""),
    "blog": ("Blog", ""),
    "linkedin": ("LinkedIn", "https://www.linkedin.com/in/{}"),
    "github": ("GitHub", "https://github.com/{}"),
    "gitlab": ("GitLab", "https://gitlab.com/{}"),
    "codeberg": ("Codeberg", "https://codeberg.org/{}"),
    "mastodon": ("Mastodon", "https://{1}/@{0}"),
    "bluesky": ("Bluesky", "https://bsky.app/profile/{}"),
    "twitter": ("Twitter", "https://twitter.com/{}"),
    "x": ("X", "https://x.com/{}"),
    "orcid": ("ORCID", "https://orcid.org/{}"),
    "scholar": ("Google Scholar", "https://scholar.google.com/citations?user={}"),
    "researchgate": ("ResearchGate", "https://www.researchgate.net/profile/{}"),
    "instagram": ("Instagram", "https://www.instagram.com/{}"),
    "facebook": ("Facebook", "https://www.facebook.com/{}"),
    "youtube": ("YouTube", "https://www.youtube.com/@{}"),
    "vimeo": ("Vimeo", "https://vimeo.com/{}"),
    "keybase": ("Keybase", "https://keybase.io/{}"),
    "matrix": ("Matrix", "https://matrix.to/#/@{}"),
    "meetup": ("Meetup", "https://www.meetup.com/{}"),
}
"""Links by name: the label, and the address that a handle makes; a name that is not here needs a whole address."""


def read_links(path: str, written: Mapping[str, str], field: str = "links") -> tuple[tuple[Link, ...], Problems]:
    """The links of an entry in the order written. One that leads nowhere is left out, with a warning."""
    found: list[Link] = []
    problems: list[Problem] = []
    for name, text in written.items():
        label, template = LINKS.get(fold(name).replace(" ", ""), (name, ""))
        at = At(path, (field, name))
        if label == name and name not in LINKS and len(problems) < MOST:
            hint = did_you_mean(name, LINKS) or "it is shown under this name"
            problems.append(
                Problem(At(path, (field, name), key=True), "this link is not a known one", hint, Severity.NOTE)
            )
        if address := _address(text, template):
            found.append(Link(label, address))
            if not template and not text.lower().startswith("http"):
                problems.append(Problem(at, "this address has no https://", "it is read with https://", Severity.NOTE))
        else:
            hint = (
                "write the address in full, with https://"
                if not template
                else "write the address in full, or the handle"
            )
            problems.append(Problem(at, "this is no address: the link is left out", hint, Severity.WARNING))
    return tuple(found), tuple(problems)


def _address(text: str, template: str) -> str:
    """The address of a link, from an address or a handle; empty where it is neither."""
    if re.fullmatch(r"https?://[^\s<>\"'\\{}|^`/?#]+[^\s<>\"\\{}|^`]*", text, re.IGNORECASE):
        return text
    if not template:
        return f"https://{text}" if re.fullmatch(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?:/[^\s<>\"\\]*)?", text) else ""
    parts = text.removeprefix("@").split("@")
    if len(parts) != (2 if "{1}" in template else 1) or not all(
        re.fullmatch(r"(?:[\w.:/+-]|%[0-9A-F]{2})+", part) for part in parts
    ):
        return ""
    return template.format(*(quote(part, safe="/:+%") for part in parts))


def place_in(entry: Entry, *keys: str | int) -> At:
    """The place of an entry's value: its file, and the keys that lead to it there."""
    return At(entry.source, (entry.within, *keys) if entry.within else keys)


def initials(name: str) -> str:
    """One or two letters that stand for a missing picture: "AO"; a name in an unspaced script gives its first sign."""
    words = [word for word in re.split(r"[\s-]+", name) if word[0:1].isalpha()]
    if not words:
        return name.strip()[:1]
    first, last = words[0][0], words[-1][0] if len(words) > 1 else ""
    return unicodedata.normalize("NFC", (first + last).upper()) if first.isascii() or last else first.upper()


def texts(model: Common, values: Data, body: str, body_key: str) -> tuple[tuple[Path, str], ...]:
    """Every public text with the keys that lead to it, and of the body each paragraph with the number of its line.

    ``values`` are what pages show. Addresses of pages are public too.
    """
    addresses = {
        "slug": re.sub("-", " ", model.slug or ""),
        "aliases": [re.sub("[-/]", " ", each) for each in model.aliases],
    }
    values = {**values, **addresses, "uid": model.uid}
    return (*_texts(values, ()), *(((body_key, line), text) for line, text in _paragraphs(body)))


def link_texts(links: Mapping[str, str] | None) -> dict[str, str]:
    """The names and addresses of links, as texts."""
    return {name: f"{name} {address}" for name, address in (links or {}).items()}


def _paragraphs(body: str) -> Iterator[tuple[int, str]]:
    """The paragraphs of a text, each with the number of its first line, from 0."""
    line = 0
    for part in re.split(r"(\n[ \t]*\n)", body):
        if part.strip():
            yield line + len(part) - len(part.lstrip("\n")), part
        line += part.count("\n")


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _texts(each, (*path, key))
    elif isinstance(value, list | tuple):
        for index, each in enumerate(value):
            yield from _texts(each, (*path, index))


def odd_weekdays(path: str, model: Fields, within: Path = ()) -> Iterator[Problem]:
    """Dates whose weekday is another, in whatever field; start and end have their own words."""
    fields = type(model).model_fields
    for name in (each for each in fields if each in model.model_fields_set):
        value = getattr(model, name)
        for index, each in enumerate(value if isinstance(value, tuple) else (value,)):
            keys: Path = (*within, fields[name].alias or name, *((index,) if isinstance(value, tuple) else ()))
            if isinstance(each, Fields):
                yield from odd_weekdays(path, each, keys)
            elif isinstance(each, str) and name not in ("start", "end") and _WEEKDAY.match(each):
                with contextlib.suppress(times.Unreadable):
                    written = times.read(each)
                    if written.contradicts:
                        yield warn(path, keys, "this date is another day of the week", f"it is a {written.date:%A}")


_WEEKDAY = re.compile(r"[A-Za-z]{3,9}\.?,? \d{4}-")


def warn(path: str, keys: Path, message: str, hint: str = "", *, key: bool = False) -> Problem:
    """A warning about a value."""
    return Problem(At(path, keys, key=key), message, hint, Severity.WARNING)
