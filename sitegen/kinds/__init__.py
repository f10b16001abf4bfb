"""The kinds of content, one file each, and the one way from a file to an entry."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from sitegen import event, extensions, own
from sitegen.common import Common, Decoded, Item, Problems, odd_weekdays
from sitegen.kinds import events, groups, members, news, opportunities, organizations, pages, resources
from sitegen.model import Settings
from sitegen.problems import At, Problem, Severity
from sitegen.schema import Fields, field, validated
from sitegen.slugs import is_id
from sitegen.source import Data, Document
from sitegen.values import Line, Prose, Slug


def nothing(item: Item, model: Any, settings: Settings) -> Problems:
    """Nothing is required besides what the schema asks for."""
    del item, model, settings
    return ()


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind of content is: all that the rest of the program knows of it."""

    name: str
    """The folder in ``content/``, and the first part of its URLs."""
    model: type[Common]
    decode: Callable[[Item, Any, Document, Settings], Decoded]
    title: str
    """What its list is called, in English: a message of the catalogs."""
    template: str = "entry.html"
    """Of an entry's page."""
    listing: str = "list.html"
    """The template of its list; empty for a kind without one."""
    newest_first: bool = False
    """Its list goes by the day of publication; else by the alphabet."""
    required: Callable[[Item, Any, Settings], Problems] = nothing
    """What is missing, besides what the schema tells."""


BUILT_IN = (
    Kind(
        "members", members.Member, members.decode, "Members", "member.html", "members.html", required=members.required
    ),
    Kind("events", event.Event, events.decode, "Events", "event.html", "events.html", required=events.required),
    Kind("groups", groups.Group, groups.decode, "Groups", "group.html", "groups.html"),
    Kind(
        "organizations",
        organizations.Organization,
        organizations.decode,
        "Organizations",
        "organization.html",
        "organizations.html",
    ),
    Kind(
        "opportunities",
        opportunities.Opportunity,
        opportunities.decode,
        "Opportunities",
        "opportunity.html",
        "opportunities.html",
        newest_first=True,
    ),
    Kind(
        "resources",
        resources.Resource,
        resources.decode,
        "Resources",
        "resource.html",
        "resources.html",
        newest_first=True,
        required=resources.required,
    ),
    Kind("news", news.NewsItem, news.decode, "News", "news-item.html", "news.html", newest_first=True),
    Kind("pages", pages.Page, pages.decode, "Pages", "page.html", ""),
)


@functools.cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by its name: those of the program, and those that installed packages add.

    A package names its `Kind` as an entry point of the group ``sitegen.kinds``.
    """
    return {kind.name: kind for kind in (*BUILT_IN, *extensions.loaded("sitegen.kinds", Kind))}


def decode(item: Item, document: Document, settings: Settings) -> Decoded:
    """A file's entry with all the problems in it. A draft's own mistakes keep nothing from being published."""
    kind = kinds()[item.kind]
    data, notes = _with_one_text(kind, item, document)
    model, problems = validated(own.extended(kind.model, kind.name, settings.own), data, item.path)
    draft = str(data.get("draft", "no")).strip().lower() not in ("no", "false", "")
    if model is not None:
        problems = kind.required(item, model, settings)
    mistaken = model is None or problems
    if model is not None:
        notes = (*notes, *odd_weekdays(item.path, model))
    decoded = Decoded(problems=problems) if mistaken else kind.decode(item, model, document, settings)
    is_member = item.kind == members.NAME
    return replace(
        decoded,
        draft=draft,
        hidden=members.recognised(item, data) if is_member and members.is_hidden(data, settings) else (),
        discreet=draft or (is_member and not members.is_listed(data, settings)),
        problems=tuple(_as_draft(each) if draft else each for each in (*notes, *decoded.problems)),
    )


class Translation(Fields):
    """What a translation says; everything else is that of the file in the site's own language."""

    title: Line | None = field("The title.", shown=True)
    name: Line | None = field("The name.", shown=True)
    slug: Slug | None = field("The last part of its address, in place of that in the site's own language.")
    summary: Line | None = field("One sentence for lists, search results and shared links.", shown=True)
    headline: Line | None = field("One line about what somebody does.", shown=True)
    role: Line | None = field("The role at work.", shown=True)
    bio: Prose | None = field("About this person, in Markdown.", shown=True)
    description: Prose | None = field("The text, in Markdown: the body of an .md file.", shown=True)
    image_alt: Line | None = field("What the picture shows, for those who do not see it.", shown=True)


def translated(item: Item, base: Document, document: Document, settings: Settings) -> Decoded:
    """The entry of ``base`` with the words of a translation of it, below the address of that language."""
    kind = kinds()[item.kind]
    model, problems = validated(Translation, document.data, item.path)
    problems = tuple(_same_in_all(each) if _first(each) in kind.model.model_fields else each for each in problems)
    if model is None:
        is_member = item.kind == members.NAME
        hidden = members.recognised(item, base.data) if is_member and members.is_hidden(base.data, settings) else ()
        return Decoded(hidden=hidden, discreet=is_member, problems=problems)
    words = {key: value for key in Translation.model_fields if (value := getattr(model, key)) is not None}
    for one, other in (("title", "name"), ("name", "title"), ("bio", "description"), ("description", "bio")):
        if one in words and one not in kind.model.model_fields:
            words[other] = words.pop(one)
    foreign = [key for key in words if key not in kind.model.model_fields]
    odd = [Problem(At(item.path, (key,), key=True), _NO_SUCH_WORDS, "take it out") for key in foreign]
    words = {key: value for key, value in words.items() if key not in foreign}
    data = {key: value for key, value in base.data.items() if key not in ("lang", *words)}
    body, body_key = document.body, _body_key(kind)
    if not body.strip() and body_key not in words:
        written = str(data.pop(body_key, None) or "")
        body = base.body if base.body.strip() else written
    root = f"/{item.language.lower()}"
    abroad = msgspec.structs.replace(settings, language=item.language, root=root)
    decoded = decode(item, Document({**data, **words}, body), abroad)
    said = tuple(
        each for each in decoded.problems if each.at.path and each.at.path[0] in words
    )  # the rest is the base's
    former = (str(base.data[key]) for key in ("title", "name") if key in words and key in base.data)
    entry = decoded.entry and msgspec.structs.replace(
        decoded.entry,
        aliases=tuple(filter(is_id, decoded.entry.aliases)),
        names=(*decoded.entry.names, *former),
    )
    said_here = (*words, "bio", "description") if document.body.strip() else tuple(words)
    return replace(
        decoded,
        entry=entry,
        texts=tuple(each for each in decoded.texts if each[0] and each[0][0] in said_here),
        problems=(*problems, *odd, *said),
    )


_NO_SUCH_WORDS = "the file that this translates has no such field"


def _first(problem: Problem) -> str | int:
    return problem.at.path[0] if problem.at.path else ""


def _same_in_all(problem: Problem) -> Problem:
    """What is said of a field that only the file in the site's own language has."""
    if _first(problem) in Translation.model_fields:
        return problem
    return replace(problem, hint="this is the same in every language: take it out here")


def _body_key(kind: Kind) -> str:
    """The field in place of which an .md file has its body."""
    return "bio" if "bio" in kind.model.model_fields else "description"


def _with_one_text(kind: Kind, item: Item, document: Document) -> tuple[Data, Problems]:
    """The fields, and what is to be said where an .md file has its text among them, too."""
    notes: list[Problem] = []
    data = dict(document.data)
    body_key = _body_key(kind)
    if item.path.endswith(".md") and body_key in data and (body_key == "description" or document.body.strip()):
        hint = "the text below the fields is the description; one sentence for lists is called summary"
        if body_key == "bio":
            hint = "the text below the fields is the bio"
        notes.append(
            Problem(At(item.path, (body_key,), key=True), f"there is no field {body_key} in an .md file", hint)
        )
        del data[body_key]
    return data, tuple(notes)


def _as_draft(problem: Problem) -> Problem:
    """A draft's mistakes are no more than warnings, but for one in what makes it a draft."""
    if problem.severity is not Severity.ERROR or problem.at.path == ("draft",):
        return problem
    return replace(problem, severity=Severity.WARNING)
