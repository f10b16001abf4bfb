"""The kinds of content, one file each, and the one way from a file to an entry."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sitegen import event
from sitegen.common import Common, Decoded, Item, Problems, odd_weekdays
from sitegen.kinds import events, members
from sitegen.model import Settings
from sitegen.problems import At, Problem, Severity
from sitegen.schema import validated
from sitegen.source import Data, Document


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind of content is: all that the rest of the program knows of it."""

    name: str
    """The folder in ``content/``, and the first part of its URLs."""
    model: type[Common]
    required: Callable[[Item, Any, Settings], Problems]
    decode: Callable[[Item, Any, Document, Settings], Decoded]


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(members.NAME, members.Member, members.required, members.decode),
        Kind(event.NAME, event.Event, events.required, events.decode),
    )
}

COMING = ("groups", "organizations", "opportunities", "resources", "news", "pages")
"""Kinds that references may name and whose folders are passed over, with a warning each, until they are built."""


def decode(item: Item, document: Document, settings: Settings) -> Decoded:
    """A file's entry with all the problems in it. A draft's own mistakes keep nothing from being published."""
    kind = KINDS[item.kind]
    data, notes = _with_one_text(kind, item, document)
    model, problems = validated(kind.model, data, item.path)
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


def _with_one_text(kind: Kind, item: Item, document: Document) -> tuple[Data, Problems]:
    """The fields, and what is to be said where an .md file has its text among them, too."""
    notes: list[Problem] = []
    data = dict(document.data)
    body_key = "bio" if "bio" in kind.model.model_fields else "description"
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
