"""What outputs are made from, kept from build to build, as far as one edit can change it and nothing else.

Pages and formats put some parts of an entry into the inputs of an output as they are: its full face, what schema.org
calls it, and the digest of its text. So where an edit changes these alone, the inputs of before with the new parts in
the place of the old ones are what planning would make of the site (see `amend`).

Inputs are kept encoded. In MessagePack one value takes the place of another by taking the place of its bytes.
"""

import functools
import importlib
import re
import typing
import zlib
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

import msgspec

from sitegen.model import Entry, Face
from sitegen.plan import Output
from sitegen.state import Kept

Part = Face | bytes
"""A face, or the digest of a text."""

_DIGEST = re.compile(rb"\xc4\x10(?=(.{16}))", re.DOTALL)
"""Sixteen bytes in MessagePack."""


def digest(part: Part) -> bytes:
    """What a part is known by."""
    return part if isinstance(part, bytes) else part.digest


def parts(entry: Entry) -> tuple[Part | None, ...]:
    """What nobody looks into; None or empty for what is not there."""
    return entry.full, entry.schema, entry.body


def replaced(entry: Entry, by: tuple[Any, ...]) -> Entry:
    """The entry with other `parts`."""
    full, schema, body = by
    return msgspec.structs.replace(entry, full=full, schema=schema, body=body)


def kept(output: Output, own: AbstractSet[bytes], common: Iterable[Face]) -> Kept | None:
    """An output's inputs, if they hold some of the parts ``own``, by their digests; ``common`` faces are left out."""
    if not _form(output.render):
        return None
    data = msgspec.msgpack.encode(output.inputs)
    shows = tuple(dict.fromkeys(each for each in _DIGEST.findall(data) if each in own))
    if not shows:
        return None
    return Kept(
        render=f"{output.render.__module__}:{output.render.__qualname__}",
        owner=output.owner,
        origin=output.origin,
        shows=shows,
        inputs=zlib.compress(_swapped(data, {each: Face(each.digest, b"") for each in common}), 1),
    )


def restored(path: str, known: Kept, common: Iterable[Face], swaps: Mapping[Part, Part]) -> Output:
    """The output that was kept, with other parts in the place of some."""
    module, _, name = known.render.partition(":")
    render = getattr(importlib.import_module(module), name)
    data = _swapped(zlib.decompress(known.inputs), {Face(each.digest, b""): each for each in common} | {**swaps})
    return Output(path, known.owner, render, msgspec.msgpack.decode(data, type=_form(render)), known.origin)


def _swapped(data: bytes, swaps: Mapping[Any, Any]) -> bytes:
    for old, new in swaps.items():
        data = data.replace(msgspec.msgpack.encode(old), msgspec.msgpack.encode(new))
    return data


@functools.cache
def _form(render: Any) -> Any:
    """The type of a renderer's inputs; None where it names no struct."""
    found = next(iter(typing.get_type_hints(render).values()), None)
    return found if isinstance(found, type) and issubclass(found, msgspec.Struct) else None
