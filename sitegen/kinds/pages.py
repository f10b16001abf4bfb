"""Pages: about, join, code of conduct; and the words at the head of a section."""

from typing import Annotated, Any

from pydantic import BeforeValidator

from sitegen import schemaorg
from sitegen.common import Common, Decoded, Item
from sitegen.entries import Particulars, decoded
from sitegen.model import Settings
from sitegen.schema import Fields, field, plain
from sitegen.source import Document
from sitegen.values import Line, Prose, Weight

NAME = "pages"


class Navigation(Fields):
    """The page's place in the site's navigation."""

    label: Line | None = field("What it is called there; by default the title.", shown=True)
    weight: Weight | None = field("Its place among the pages: the lowest stands first.")


def _navigation(value: Any) -> Any:
    """Yes puts the page there by its title, any other text by that."""
    if not isinstance(value, str):
        return value
    return {} if value.strip().lower() in ("yes", "true") else {"label": value}


class Page(Common):
    """A plain page."""

    title: Line = field("The heading.", shown=True, default=...)
    navigation: Annotated[Navigation, BeforeValidator(_navigation)] | None = field(
        "Puts the page into the navigation: {label, weight}."
    )
    description: Prose | None = field("The text, in Markdown: the body of an .md file.")


def decode(item: Item, model: Page, document: Document, settings: Settings) -> Decoded:
    """The page as an entry."""
    shown = model.navigation
    return decoded(
        item,
        model,
        document,
        settings,
        Particulars(
            title=model.title,
            facets={"navigation": (shown.label or model.title, shown.weight or 0) if shown else None},
            schema=schemaorg.of_page(plain(model)),
            texts={"navigation": {"label": shown.label or ""}} if shown else {},
        ),
    )
