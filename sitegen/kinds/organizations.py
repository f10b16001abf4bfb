"""Organizations: employers, partners and sponsors with a page of their own."""

from sitegen import schemaorg
from sitegen.common import AnyTown, Common, Decoded, Item, odd_place, place_line, read_links, towns
from sitegen.entries import Particulars, decoded
from sitegen.model import Settings
from sitegen.schema import field, plain
from sitegen.source import Document
from sitegen.values import Image, Line, Many, Moment, Prose, Url

NAME = "organizations"


class Organization(Common):
    """An organization."""

    name: Line = field("The name by which it is shown.", shown=True, default=...)
    also_known_as: Many[Line] = field(
        "Other names: where people write one of them, this organization is meant.", shown=True, default=()
    )
    url: Url | None = field("Its own site.", shown=True)
    logo: Image | None = field("A picture file beside this one.")
    tier: Line | None = field("What kind of sponsor or partner it is: one of the `tiers` in site.yaml.", shown=True)
    since: Moment | None = field("Since when it has supported the association.", shown=True)
    until: Moment | None = field("Until when it did.", shown=True)
    location: AnyTown | None = field('Where it is: "Oslo, Norway" or its parts.', shown=True)
    description: Prose | None = field("What it does, in Markdown.")


def decode(item: Item, model: Organization, document: Document, settings: Settings) -> Decoded:
    """The organization as an entry."""
    place = place_line(model.location, settings.language)
    values = {"place": place, "location": plain(model.location) if model.location else {}}
    links, _ = read_links(item.path, model.links or {})
    return decoded(
        item,
        model,
        document,
        settings,
        Particulars(
            title=model.name,
            card={"place": place, "type": model.tier or ""},
            values=values,
            facets={
                "names": (model.name, *model.also_known_as),
                "where": towns(model.location, settings.language),
                "tier": model.tier or "",
            },
            schema=schemaorg.of_organization({**plain(model), "place": place, "links": links}, settings.language),
            picture="logo",
            problems=odd_place(item, ("location",), model.location, settings.language),
        ),
    )
