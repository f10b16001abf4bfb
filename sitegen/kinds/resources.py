"""Resources: talks, recordings, guides, papers, templates, and whatever else can be learnt from."""

from sitegen import schemaorg
from sitegen.common import Common, Decoded, Item, People, Problems, credits_of, reference_to
from sitegen.entries import Particulars, decoded
from sitegen.model import Settings
from sitegen.problems import At, Problem, Severity, did_you_mean
from sitegen.schema import field, plain
from sitegen.source import Document
from sitegen.values import File, Id, Line, Moment, Prose, Url

NAME = "resources"
TYPES = (
    "talk", "recording", "slides", "poster", "podcast", "guide", "paper", "template", "course", "book", "article",
    "software", "dataset", "report",
)  # fmt: skip
"""Types that themes know; others are fine."""


class Resource(Common):
    """Something to read, watch, hear or use."""

    title: Line = field("What it is called.", shown=True, default=...)
    type: Line | None = field("talk, recording, slides, guide, paper, template …", shown=True)
    authors: People = field("Who made it: ids of members, names, or mappings.", default=())
    date: Moment | None = field("When it was made or held.", shown=True)
    url: Url | None = field("Where it is.", shown=True)
    file: File | None = field("A file of this site, in place of `url`: /files/guide.pdf.", shown=True)
    event: Id | None = field("The id of the event that it comes from.")
    level: Line | None = field("Whom it is for: beginners, everybody, experts …", shown=True)
    description: Prose | None = field("What it is about, in Markdown: the body of an .md file.")


def required(item: Item, model: Resource, settings: Settings) -> Problems:
    """A resource stands in one place."""
    del settings
    if model.url and model.file:
        hint = "keep one of the two; further addresses belong in links:"
        return (Problem(At(item.path, ("file",)), "there is a url and a file", hint),)
    return ()


def decode(item: Item, model: Resource, document: Document, settings: Settings) -> Decoded:
    """The resource as an entry."""
    references = [*credits_of("authors", model.authors)]
    if model.event:
        references.append(reference_to("event", "events", model.event, ("event",)))
    return decoded(
        item,
        model,
        document,
        settings,
        Particulars(
            title=model.title,
            card={"type": model.type or "", "published": model.date or ""},
            facets={"references": tuple(references)},
            schema=schemaorg.of_resource({**plain(model), "summary": model.summary or ""}),
            texts={"authors": plain(model.authors)},
            published="date",
            problems=_odd_type(item, model),
        ),
    )


def _odd_type(item: Item, model: Resource) -> Problems:
    if not model.type or model.type.lower() in TYPES:
        return ()
    hint = did_you_mean(model.type, TYPES) or "it is shown as it is"
    return (Problem(At(item.path, ("type",)), "this type is not a known one", hint, Severity.NOTE),)
