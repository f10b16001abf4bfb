"""Unfurled links: which picture other programs show of the site, and of a page of its own."""

from urllib.parse import unquote

from sitegen import poster
from sitegen.model import Card, shown
from sitegen.plan import Collection, Edition
from sitegen.poster import Poster

SITE = "share.png"
"""The path of the share image of the whole site."""


def of_site(edition: Edition) -> Poster:
    """What the image of the site shows."""
    config = edition.config
    logo = config.logo if config.logo in edition.digests else ""
    return Poster(
        site=config.name,
        title=config.name,
        language=config.language,
        accent=config.options.get("accent", ""),
        lines=(config.tagline,),
        logo=logo,
        digests=(edition.digests[logo],) if logo else (),
    )


def of_entry(collection: Collection, edition: Edition) -> tuple[str, Poster] | None:
    """The address of the image of an entry, and what it shows; None where site.yaml wants none of its kind.

    Nor has one what has a picture that is no portrait, or a title for which the font has no letters.
    """
    config, about = edition.config, collection.about
    if about is None or about.kind not in config.share_images or about.listing == "remembered":
        return None
    if not poster.can_draw(about.title):
        return None
    card = shown(about.card, Card)
    picture = next(
        (each for each in about.pictures if each.portrait and unquote(card.image) == f"{about.url}{each.name}"), None
    )
    if card.image and picture is None:
        return None
    photo = picture.path if picture else ""
    logo = config.logo if config.logo in edition.digests and not (photo or card.initials or collection.when) else ""
    made = Poster(
        site=config.name,
        title=about.title,
        language=collection.language or config.language,
        accent=config.options.get("accent", ""),
        lines=tuple(filter(None, (card.subtitle, card.place))) or (card.summary,),
        when=collection.when,
        photo=photo,
        logo=logo,
        digests=tuple(edition.digests[each] for each in (photo, logo) if each),
        initials=card.initials,
    )
    return f"{collection.url}share{poster.suffix(made)}", made
