"""site.yaml, field by field: what an editor may write of the association and of its site."""

import re
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BeforeValidator, PlainValidator

from sitegen import own, text
from sitegen.common import link_map
from sitegen.model import DEFAULT_THEME
from sitegen.schema import Fields, field
from sitegen.values import (
    Alias,
    Commas,
    Duration,
    Email,
    Host,
    Image,
    LanguageTag,
    Line,
    Months,
    SiteUrl,
    Uid,
    Url,
    Whole,
    Word,
    YesNo,
    Zone,
    as_list,
    one_of,
    wrong,
)

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
HOME = ("events", "members", "opportunities", "news", "groups", "resources", "skills", "organizations", "join")
"""The sections that the first page may have."""


class Directory(Fields):
    """How members are listed."""

    facets: Commas[Word] = field(
        "What the directory can be narrowed by, in order: skills, places, organizations, groups, languages, tags, "
        "offers, mentoring, available_for, and own fields with a facet. Lists of members lead to those with pages.",
        default=(),
    )
    map: YesNo | None = field("Yes: the pages of places have a map, with the extra `map`.")
    page_size: Whole | None = field("How many entries a list page shows.")
    default: Annotated[str, PlainValidator(one_of("listed", "hidden"))] | None = field(
        "listed, or hidden where membership itself is sensitive: then only members who say `listed: yes` are."
    )


class Calendar(Fields):
    """How events are put in calendars."""

    week_start: Annotated[str, PlainValidator(one_of(*WEEKDAYS))] | None = field(
        "The first day of a week, monday to sunday; by default that of the site's language."
    )
    default_duration: Duration | None = field("How long an event without an end lasts in a calendar.")
    horizon: Months | None = field("How far ahead repeating events are listed: 12 months, 2 years.")


class Theme(Fields):
    """The theme and its options."""

    name: Line = field("The name of a theme.", default=DEFAULT_THEME)
    options: Annotated[dict[str, str], PlainValidator(link_map)] | None = field(
        "Options of the theme, as its theme.yaml declares them."
    )


class Way(Fields):
    """Words, and where they lead."""

    label: Line | None = field("What it is called; by default the title of the page.", shown=True)
    url: Line | None = field(
        "Where it leads: an address, a path of the site, or the name of a section or page: groups, pages/about.",
        shown=True,
    )


class OwnField(Fields):
    """A field that the association declares for itself."""

    label: Line | None = field("What pages call it; by default its name.", shown=True)
    type: Annotated[str, PlainValidator(one_of(*own.TYPES, yesno="yes-no", boolean="yes-no"))] | None = field(
        "text, list, number, yes-no, date or url; text by default."
    )
    public: YesNo | None = field("Yes: pages show it. Without it, nothing of it is published.")
    facet: YesNo | None = field("Yes: each value has a page with everybody who has it.")


class Moved(Fields):
    """An old address of the site, and where it leads."""

    old: Alias = field("The old path: /people/.", default=...)
    new: Line = field("Where it leads: a path of the site, or an address elsewhere.", default=...)
    status: Annotated[str, PlainValidator(one_of("301", "302", "307", "308"))] | None = field(
        "The HTTP status: 301 (for good) by default, or 302 (for a time)."
    )


class Netlify(Fields):
    """What the host Netlify is told besides what is usual."""

    headers: dict[str, dict[str, Line]] | None = field(
        "Further HTTP headers, by path: {/files/*: {X-Robots-Tag: noindex}}."
    )


class Markdown(Fields):
    """How texts are read."""

    extensions: Commas[Annotated[str, PlainValidator(one_of(*text.EXTENSIONS))]] = field(
        "Extensions of Python-Markdown besides those that are always on.", default=()
    )


class Repository(Fields):
    """Where the content is kept."""

    url: Url = field("The repository's address.", default=...)
    branch: Word | None = field("The branch that is edited; main by default.")
    path: Line | None = field("The content folder within the repository; content by default.")


class Called(Fields):
    """What one and several of something are called."""

    one: Line | None = field("One of them: fellow.")
    many: Line = field("Several of them, and their list: fellows.", default=...)


def _theme(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


def _social(value: Any) -> dict[str, str]:
    """Links as a mapping; a list of addresses is named by their hosts."""
    if isinstance(value, dict):
        return {str(key): str(each) for key, each in value.items()}
    named: dict[str, str] = {}
    for each in map(str, value if isinstance(value, list) else [value]):
        host = urlsplit(each).netloc
        named[host if host and host not in named else each] = each
    return named


def _navigation(value: Any) -> Any:
    """A list of ways, in which a text is where one leads; or one mapping of labels to that."""
    return [{"url": each} if isinstance(each, str) else each for each in _ways(value)]


def _footer(value: Any) -> Any:
    """A list of ways, in which a text that is no address stands for itself; or one mapping of labels to addresses."""
    return [{"url" if _WAY.match(each) else "label": each} if isinstance(each, str) else each for each in _ways(value)]


_WAY = re.compile(r"/|pages/|https?:|mailto:", re.IGNORECASE)


def _ways(value: Any) -> list[Any]:
    if isinstance(value, dict) and not value.keys() <= {"label", "url"}:
        return [{"label": key, "url": each} for key, each in value.items()]
    return [_labelled(each) for each in as_list(value)]


def _labelled(value: Any) -> Any:
    """``- About us: /about/`` is a way, too."""
    if isinstance(value, dict) and len(value) == 1 and not value.keys() & {"label", "url"}:
        return {"label": next(iter(value)), "url": next(iter(value.values()))}
    return value


def _redirects(value: Any) -> Any:
    """A mapping of old paths to new ones, or a list of {old, new, status}."""
    if isinstance(value, dict) and not value.keys() & {"old", "new"}:
        return [{"old": old, **(new if isinstance(new, dict) else {"new": new})} for old, new in value.items()]
    return as_list(value)


def _mapping(value: Any) -> Any:
    if not isinstance(value, dict):
        raise wrong("a mapping belongs here: key: value")
    return value


def _own(value: Any) -> Any:
    """A field may be declared by its label alone."""
    return {
        kind: {key: {"label": each} if isinstance(each, str) else each for key, each in fields.items()}
        if isinstance(fields, dict)
        else fields
        for kind, fields in _mapping(value).items()
    }


def _formats(value: Any) -> Any:
    """A list of those that are on, or a mapping of names to yes and no."""
    if isinstance(value, dict):
        return value
    return {str(each).strip(): "yes" for each in (value.split(",") if isinstance(value, str) else as_list(value))} | {
        ONLY: "yes"
    }


ONLY = "only"
"""Marks a list of formats: all others are off."""


def _called(value: Any) -> Any:
    """Text for several of them, a list of one and several, or {one, many}."""
    if isinstance(value, list) and len(value) == len(("one", "many")):
        return {"one": value[0], "many": value[1]}
    return {"many": value} if isinstance(value, str) else value


def _repository(value: Any) -> Any:
    return {"url": value} if isinstance(value, str) else value


class SiteFile(Fields):
    """The fields of site.yaml."""

    name: Line = field("The name of the association.", shown=True, default=...)
    url: SiteUrl = field("The address at which the site stands.", shown=True, default=...)
    timezone: Zone = field("The association's zone (an IANA name).", shown=True, default=...)
    uid: Uid | None = field("What the UIDs of events are made from; it stays when the address changes.")
    language: LanguageTag | None = field("The language of the site (BCP 47); en by default.", shown=True)
    languages: Commas[LanguageTag] = field(
        "All languages of the site: `agm.es.md` is the Spanish text of `agm.md`, and stands below /es/.", default=()
    )
    tagline: Line | None = field("What the association is, in a line.", shown=True)
    description: Line | None = field("What the association is, in a few sentences.", shown=True)
    theme: Annotated[Theme, BeforeValidator(_theme)] | None = field("The theme: a name, or {name, options}.")
    logo: Image | None = field("A picture file beside site.yaml.")
    email: Email | None = field("The office: who asks here is introduced to members without an address.", shown=True)
    social: Annotated[dict[str, str], PlainValidator(_social)] | None = field("The association elsewhere.", shown=True)
    navigation: Annotated[tuple[Way, ...], BeforeValidator(_navigation)] = field(
        "The way around, in order: sections, pages, or {label, url}; by default the sections that have something.",
        default=(),
    )
    footer: Annotated[tuple[Way, ...], BeforeValidator(_footer)] = field(
        "Words and links at the foot of every page.", default=()
    )
    home: Commas[Annotated[str, PlainValidator(one_of(*HOME))]] = field(
        "The sections of the first page, in order.", default=()
    )
    directory: Directory | None = field("How members are listed.")
    calendar: Calendar | None = field("How events are put in calendars.")
    fields: Annotated[dict[str, dict[str, OwnField]], BeforeValidator(_own)] | None = field(
        "The association's own fields, by kind and name: {members: {cohort: {label, type, public, facet}}}."
    )
    synonyms: Annotated[dict[str, Commas[Line]], BeforeValidator(_mapping)] | None = field(
        "Words that mean the same in skills and tags: {JavaScript: [js, ECMAScript]}."
    )
    tiers: Commas[Line] = field("What kinds of sponsors and partners there are, the highest first.", default=())
    formats: Annotated[dict[str, YesNo], BeforeValidator(_formats)] | None = field(
        "What is written: a list of formats, or {qr: no}; by default all of them, QR codes up to 2,000 members."
    )
    markdown: Markdown | None = field("How texts are read.")
    embeds: Commas[Host] = field(
        "Hosts that recordings, forms and analytics may come from, such as youtube.com; none by default.", default=()
    )
    redirects: Annotated[tuple[Moved, ...], BeforeValidator(_redirects)] = field(
        "Old addresses and where they lead: {/people/: /members/}, or a list of {old, new, status}.", default=()
    )
    netlify: Netlify | None = field("What the host Netlify is told besides what is usual.")
    vocabulary: dict[str, Annotated[Called, BeforeValidator(_called)]] | None = field(
        "What members, groups and other kinds are called here: {groups: chapters} or {groups: [chapter, chapters]}."
    )
    repository: Annotated[Repository, BeforeValidator(_repository)] | None = field(
        "Where the content is kept, for a link to edit each page: an address, or {url, branch, path}."
    )
    search: Annotated[str, PlainValidator(one_of("quick", "full"))] | None = field(
        "quick: names, titles and what people know; full: every word of every page, too, with the extra `full`."
    )
    share_images: Commas[Word] = field(
        "The kinds whose pages have a picture of their own where others link to them: events, members.", default=()
    )


NAME_OF_A_FIELD = re.compile(r"[a-z][a-z0-9_]{0,39}")
"""What an own field may be called."""
