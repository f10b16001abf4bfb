"""QR codes (ISO/IEC 18004): the address of whoever has a contact card, to be scanned from badges and screens."""

import io
from collections.abc import Iterable, Iterator

from sitegen.model import Frozen
from sitegen.plan import Collection, Edition, Format, Output, Tools, absolute

MASK = 7
"""One pattern for all codes: readers undo any of the eight, and to choose the most even one takes most of the time."""
LIGHT, DARK = "#fff", "#000"
"""Readers need light behind dark, whatever colours the page has."""


class Code(Frozen, frozen=True):
    """All that goes into a QR code."""

    address: str


def outputs(collections: Iterable[Collection], edition: Edition) -> Iterator[Output]:
    """``qr.svg`` beside the page of an entry that has a contact card."""
    for collection in collections:
        about = collection.about
        if about and about.vcard and collection.url.endswith("/"):
            code = Code(absolute(edition.config.url, collection.url))
            yield Output(f"{collection.url}qr.svg".lstrip("/"), about.source, render, code, (about.source,))


def render(code: Code, tools: Tools) -> bytes:
    """The code as SVG of any size: error correction M or better, with the quiet zone of four modules."""
    import segno  # noqa: PLC0415 - not needed when nothing changed

    del tools
    file = io.BytesIO()
    made = segno.make(code.address, error="M", micro=False, mask=MASK)
    made.save(
        file,
        kind="svg",
        border=4,
        dark=DARK,
        light=LIGHT,
        omitsize=True,
        xmldecl=False,
        svgclass=None,
        lineclass=None,
        title=code.address,
    )
    return file.getvalue()


FORMAT = Format("qr", outputs)
