"""The exchange: what people offer, seek and are available for, as far as it still holds."""

import msgspec

from sitegen.model import Card, Entry, ends_of_offers, face, shown


def current(entry: Entry, now: int) -> Entry:
    """The entry without the wishes that have ended by ``now`` (seconds since 1970)."""
    held = tuple(each for each in entry.wishes if each.ends is None or each.ends > now)
    if held == entry.wishes:
        return entry
    full = shown(entry.full, dict)
    for part in {each.part for each in entry.wishes}:
        full[part] = [
            {key: value for key in ("topic", "note", "until") if (value := getattr(each, key))}
            for each in held
            if each.part == part
        ]
    card = msgspec.structs.replace(
        shown(entry.card, Card),
        offers=tuple(each.topic for each in held if each.part == "offers"),
        ends=ends_of_offers(held),
    )
    return msgspec.structs.replace(entry, wishes=held, card=face(card), full=face(full))
