"""Fields: what an editor may write, which type the text is given, and who may see it.

A kind declares its fields as one pydantic model. A field is private unless it is declared ``shown``: what is published
is an allow-list, field by field (section 6 of the content contract).
"""

import functools
import re
from collections.abc import Mapping
from typing import Any, TypeVar

import pydantic
from pydantic import ConfigDict, ValidationInfo, model_validator
from pydantic.fields import FieldInfo

from sitegen.problems import MOST, At, Problem, did_you_mean
from sitegen.source import SPELLINGS, Data
from sitegen.values import is_empty, wrong

_SAID: tuple[tuple[str, tuple[str, ...]], ...] = (
    # When
    ("date when begin begins starts start_date start_time", ("start", "dates")),
    ("time", ("start: 2026-11-07 18:00",)),
    ("finish finishes ends end_date end_time to", ("end", "until", "new")),
    ("until", ("closes", "repeats: {until: …}", "end")),
    ("every", ("repeats: {every: …}",)),
    ("except", ("repeats: {except: …}",)),
    ("also", ("repeats: {also: …}",)),
    ("dates", ("repeats: {dates: …}",)),
    ("changes", ("repeats: {changes: …}",)),
    ("count", ("repeats: {count: …}",)),
    ("day on", ("repeats: {day: …}",)),
    ("tz time_zone", ("timezone",)),
    ("rescheduled moved previous_start", ("moved_from", "start")),
    ("recurrence recurring recurs repeat repetition frequency freq", ("every", "repeats")),
    ("from", ("since", "opens", "start", "old")),
    ("interval", ("every: 2 weeks", "repeats: {every: 2 weeks}")),
    ("weekday weekdays days byday", ("day", "repeats: {day: …}")),
    ("exceptions exclude excluded excludes exdate exdates skip skipped", ("except", "repeats: {except: …}")),
    ("additional extra_dates rdate rdates include included plus", ("also", "repeats: {also: …}")),
    ("overrides modified", ("changes", "repeats: {changes: …}")),
    ("times occurrences", ("count", "repeats: {count: …}")),
    ("cancelled canceled", ("status: cancelled", "changes: {2026-08-13: cancelled}")),
    ("postponed", ("status: postponed", "changes: {2026-08-13: postponed}")),
    ("instead replaces", ("instead_of",)),
    # Where
    ("location where", ("venue", "room")),
    ("place", ("venue", "location")),
    ("venue hall stage", ("room", "location")),
    ("city", ("venue: {city: …}", "location: {city: …}")),
    ("country", ("venue: {country: …}", "location: {country: …}")),
    ("street", ("address",)),
    ("address venue_address", ("venue: {address: …}",)),
    ("room", ("venue: {room: …}",)),
    ("venue_name", ("venue: {name: …}",)),
    ("zoom meeting_url join_url livestream stream", ("online",)),
    # Who
    ("presenters presenter lecturer panelists", ("speakers",)),
    ("organized_by organised_by chair", ("organizers", "leads")),
    ("lead leaders leader convenor convenors coordinator coordinators", ("leads",)),
    ("hosted_by", ("hosts",)),
    ("volunteers crew", ("helpers",)),
    ("members", ("directory",)),
    ("participants", ("attendees",)),
    ("chapter chapters committee", ("groups",)),
    ("sponsored_by supporters", ("sponsors",)),
    ("level", ("tier",)),
    ("company employer", ("organization",)),
    ("position job_title", ("role",)),
    ("mail email contact_email", ("email", "contact: {email: …}")),
    ("contact_name", ("contact: {name: …}",)),
    ("telephone mobile", ("phone",)),
    # What
    ("title", ("role", "name")),
    ("name", ("title",)),
    ("kind category", ("type",)),
    ("format", ("mode",)),
    ("description excerpt teaser subtitle", ("summary", "abstract")),
    ("biography", ("bio",)),
    ("abstract intro", ("summary",)),
    ("about", ("bio", "description", "abstract")),
    ("categories keywords topics", ("tags",)),
    ("photograph picture avatar", ("photo", "image")),
    ("edition", ("series",)),
    ("agenda schedule program programme timetable talks", ("sessions",)),
    ("presentation deck", ("slides",)),
    ("video video_url", ("recording",)),
    ("minutes", ("notes",)),
    ("materials handouts documents attachments downloads", ("resources",)),
    # Taking part
    ("cost fee", ("price", "amount")),
    ("costs fees prices admission", ("price",)),
    ("tickets ticket booking rsvp register signup sign_up", ("registration",)),
    ("deadline close closing", ("closes", "registration: {closes: …}")),
    ("open opening", ("opens", "registration: {opens: …}")),
    ("seats max_attendees max_participants", ("capacity",)),
    ("cfp call_for_papers call_for_speakers call_for_proposals", ("call",)),
    ("newcomers beginners", ("first_timers",)),
    # Elsewhere
    ("published", ("publish_date",)),
    ("lastmod", ("updated",)),
    ("website", ("url", "links: {website: …}")),
    ("link file href", ("url",)),
    ("url", ("links: {website: …}",)),
    *((name, (f"links: {{{name}: …}}",)) for name in ("linkedin", "github", "mastodon", "bluesky", "orcid", "twitter")),
)
OTHER_WORDS: dict[str, tuple[str, ...]] = {word: meant for words, meant in _SAID for word in words.split()}
"""Words of other tools, and what they mean here: the first whose field exists."""


def field(description: str, *, shown: bool = False, private: bool = False, default: Any = None) -> Any:
    """A field: what it is for; whether pages may show it; whether a message may not even show it to the editor."""
    return pydantic.Field(default, description=description, json_schema_extra={"shown": shown, "private": private})


class Fields(pydantic.BaseModel):
    """A mapping with known keys. Empty values are absent ones; spellings are folded; other keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _known_keys(cls, data: Any, info: ValidationInfo) -> Any:
        if not isinstance(data, dict):
            raise wrong("a mapping belongs here: key: value", _known(cls.keys()))
        read: Data = {}
        for key, value in data.items():
            if not is_empty(value):
                read[cls._key(key, (data, read), info)] = value
        return read

    @classmethod
    @functools.cache
    def keys(cls) -> tuple[str, ...]:
        """The keys as an editor writes them."""
        return tuple(info.alias or name for name, info in cls.model_fields.items())

    @classmethod
    def _key(cls, key: str, taken: tuple[Data, Data], info: ValidationInfo) -> str:
        known = cls.keys()
        meant = next((each for each in (key, *SPELLINGS.get(key, ())) if each in known), None)
        if meant and (meant == key or not any(meant in each for each in taken)):
            return meant
        (info.context or {}).setdefault("known", {})[key] = known
        return key


F = TypeVar("F", bound=Fields)


def validated(model: type[F], data: Data, path: str) -> tuple[F | None, tuple[Problem, ...]]:
    """``data`` as a ``model``, or what is wrong with it, up to `MOST` problems. ``path`` is the file."""
    known: dict[str, tuple[str, ...]] = {}
    try:
        return model.model_validate(data, context={"known": known}), ()
    except pydantic.ValidationError as failed:
        errors = failed.errors(include_url=False, include_input=False)[:MOST]
        return None, tuple(_problem(model, path, dict(error), known) for error in errors)


def _problem(
    model: type[Fields],
    path: str,
    error: Mapping[str, Any],
    known: Mapping[str, tuple[str, ...]],
) -> Problem:
    keys = tuple(error["loc"])
    context = error.get("ctx", {})
    hidden = not keys or is_private(model, str(keys[0]))
    if error["type"] == "extra_forbidden":
        key = str(keys[-1])
        if hidden and len(keys) > 1:  # what stands in a private field is private, even if it looks like a key
            return Problem(At(path, keys[:1], key=True), NO_FIELD, _known(known[key]), private=True)
        message = f"there is no field {key}" if re.fullmatch(r"[\w-]{1,40}", key) else NO_FIELD
        rest = _ELSEWHERE if "extra" in known[key] else _known(known[key])
        hint = _meant(key, known[key]) or rest
        return Problem(At(path, keys, key=True), message, hint, private=True, discreet=NO_FIELD)
    if error["type"] == "missing":
        return Problem(At(path, keys[:-1]), f"{keys[-1]} is missing", f"add {keys[-1]}: …", private=True)
    usual = "a mapping belongs here: key: value" if error["type"] == "dict_type" else error["msg"].lower()
    message = context["message"] if error["type"] == "wrong" else usual
    return Problem(
        At(path, keys),
        message,
        context.get("hint", ""),
        private=hidden,
        requote=context.get("requote", False),
        discreet=message if context.get("echoes") else "",
    )


NO_FIELD = "there is no such field"
_ELSEWHERE = "remove it; what the association keeps for itself may stand below extra:"


def _meant(key: str, known: tuple[str, ...]) -> str:
    """A hint at the field that an unknown key means; empty where nobody can tell."""
    if key.lower() in known:
        return f"write {key.lower()}, in small letters"
    for other in OTHER_WORDS.get(key.lower(), ()):
        name, colon, _ = other.partition(":")
        if name in known:
            return f"write {other}" if colon else f"the field is called {other} here"
    return "" if key.lower() in OTHER_WORDS else did_you_mean(key, known)


def _known(fields: tuple[str, ...]) -> str:
    return f"the fields are {', '.join(fields)}"


def is_private(model: type[Fields], name: str) -> bool:
    """The field's value may not even stand in a message; an unknown field's neither."""
    info = next((info for key, info in model.model_fields.items() if name in (key, info.alias)), None)
    return info is None or says(info, "private", unsaid=True)


def says(info: FieldInfo, mark: str, *, unsaid: bool = False) -> bool:
    """The field is declared ``shown`` or ``private``; ``unsaid`` is the answer where it is declared without `field`."""
    extra = info.json_schema_extra
    return bool(extra.get(mark, unsaid)) if isinstance(extra, dict) else unsaid


def shown_values(value: Fields) -> Data:
    """The values of the fields that pages may show, nested ones as mappings; absent ones left out."""
    return {name: plain(getattr(value, name)) for name in _shown(type(value)) if present(value, name)}


@functools.cache
def _shown(model: type[Fields]) -> tuple[str, ...]:
    return tuple(name for name, info in model.model_fields.items() if says(info, "shown"))


def present(value: Fields, name: str) -> bool:
    """The field was written and is not empty."""
    return getattr(value, name) is not None and getattr(value, name) != ()


def plain(value: Any) -> Any:
    """Models as mappings of what they show, all the way down."""
    if isinstance(value, Fields):
        return shown_values(value)
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    return value
