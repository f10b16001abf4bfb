"""Formats: how a collection, and the entry that it is about, are written. Each gives outputs and their renderer."""

import functools
from collections.abc import Mapping

from sitegen import extensions
from sitegen.config import QR_MEMBERS
from sitegen.formats import (
    api,
    atom,
    directory,
    files,
    graph,
    html,
    ics,
    jsonfeed,
    netlify,
    posters,
    qr,
    redirects,
    search,
    sitemap,
    vcf,
)
from sitegen.model import Config
from sitegen.plan import Format

BUILT_IN = (
    html.FORMAT, files.FORMAT, ics.FORMAT, vcf.FORMAT, atom.FORMAT, jsonfeed.FORMAT, api.FORMAT, search.FORMAT,
    directory.FORMAT, graph.FORMAT, sitemap.FORMAT, redirects.FORMAT, netlify.FORMAT,
    posters.FORMAT, qr.FORMAT,
)  # fmt: skip
ALWAYS = ("html", "files")
"""Formats without which there is no site."""


@functools.cache
def formats() -> Mapping[str, Format]:
    """Every format by its name: those of the program, and those that installed packages add.

    A package names its `Format` as an entry point of the group ``sitegen.formats``.
    """
    return {each.name: each for each in (*BUILT_IN, *extensions.loaded("sitegen.formats", Format))}


def switched_on(config: Config, members: int) -> frozenset[str]:
    """The names of the formats that are written for a site of so many members."""
    usual = {name: name != "qr" or members <= QR_MEMBERS for name in formats()}
    chosen = {**usual, **config.formats, **dict.fromkeys(ALWAYS, True)}
    return frozenset(name for name, is_on in chosen.items() if is_on)
