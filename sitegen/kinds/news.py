"""News: announcements, the newest first."""

from sitegen import schemaorg
from sitegen.common import Common, Decoded, Item, People, credits_of
from sitegen.entries import Particulars, decoded
from sitegen.model import Settings
from sitegen.schema import field, plain
from sitegen.source import Document
from sitegen.values import Line, Moment, Prose

NAME = "news"


class NewsItem(Common):
    """An announcement."""

    title: Line = field("What it says in a line.", shown=True, default=...)
    date: Moment = field("The day from which it is.", shown=True, default=...)
    authors: People = field("Who wrote it: ids of members, names, or mappings.", default=())
    description: Prose | None = field("The announcement, in Markdown: the body of an .md file.")


def decode(item: Item, model: NewsItem, document: Document, settings: Settings) -> Decoded:
    """The announcement as an entry."""
    return decoded(
        item,
        model,
        document,
        settings,
        Particulars(
            title=model.title,
            card={"published": model.date},
            facets={"references": tuple(credits_of("authors", model.authors))},
            schema=schemaorg.of_news({**plain(model), "summary": model.summary or ""}),
            texts={"authors": plain(model.authors)},
            published="date",
        ),
    )
