"""site.yaml: the association itself, and how its site is made."""

from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BeforeValidator, PlainValidator

from sitegen import i18n
from sitegen.common import link_map, read_links
from sitegen.model import DEFAULT_THEME, Config, Settings
from sitegen.problems import At, Problem, Severity
from sitegen.schema import Fields, field, validated
from sitegen.source import Document
from sitegen.values import (
    Duration,
    Email,
    LanguageTag,
    Line,
    Months,
    SiteUrl,
    Uid,
    Whole,
    Zone,
    one_of,
)

LATER = (
    "languages", "logo", "navigation", "footer", "home", "fields", "synonyms", "tiers", "formats", "search", "markdown",
    "embeds", "redirects", "netlify", "vocabulary", "repository",
)  # fmt: skip
"""Fields of the contract that are read over, with a note each, until they are built."""


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Directory(Fields):
    """How members are listed."""

    facets: Any = field("What the directory can be narrowed by.")
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


class SiteFile(Fields):
    """The fields of site.yaml."""

    name: Line = field("The name of the association.", shown=True, default=...)
    url: SiteUrl = field("The address at which the site stands.", shown=True, default=...)
    timezone: Zone = field("The association's zone (an IANA name).", shown=True, default=...)
    uid: Uid | None = field("What the UIDs of events are made from; it stays when the address changes.")
    language: LanguageTag | None = field("The language of the site (BCP 47); en by default.", shown=True)
    tagline: Line | None = field("What the association is, in a line.", shown=True)
    description: Line | None = field("What the association is, in a few sentences.", shown=True)
    theme: Annotated[Theme, BeforeValidator(_theme)] | None = field("The theme: a name, or {name, options}.")
    email: Email | None = field("The office: who asks here is introduced to members without an address.", shown=True)
    social: Annotated[dict[str, str], PlainValidator(_social)] | None = field("The association elsewhere.", shown=True)
    directory: Directory | None = field("How members are listed.")
    calendar: Calendar | None = field("How events are put in calendars.")


def configure(path: str, document: Document) -> tuple[Config | None, tuple[Problem, ...]]:
    """site.yaml as a configuration, or what is wrong with it."""
    written = {key: value for key, value in document.data.items() if key not in LATER}
    notes = tuple(
        Problem(At(path, (key,), key=True), f"{key} has no effect yet", "a later version uses it", Severity.NOTE)
        for key in document.data
        if key in LATER
    )
    model, problems = validated(SiteFile, written, path)
    if model is None:
        return None, (*notes, *problems)
    theme, directory, calendar = model.theme or Theme(), model.directory or Directory(), model.calendar or Calendar()
    social, odd = read_links(path, model.social or {}, "social")
    lasts = calendar.default_duration
    return Config(
        name=model.name,
        url=model.url,
        settings=Settings(
            zone=model.timezone,
            identity=model.uid or model.url,
            language=model.language or "en",
            hidden=directory.default == "hidden",
            duration=lasts.days * 1440 + lasts.minutes if lasts else 60,
        ),
        theme=theme.name,
        options={str(key): str(value) for key, value in (theme.options or {}).items()},
        language=model.language or "en",
        tagline=model.tagline or "",
        description=model.description or "",
        email=model.email or "",
        social=social,
        horizon=calendar.horizon or 12,
        week_start=i18n.week_start(model.language or "en")
        if calendar.week_start is None
        else WEEKDAYS.index(calendar.week_start),
        page_size=min(max(directory.page_size or 50, 1), 1000),
    ), (*notes, *odd)
