"""An edit of what an entry says, and of nothing by which it belongs to others: no site is linked or planned for it.

Most edits are of this kind: a text, a link, a way to be reached. They change an entry's full face and the digest of its
text, which planning never looks into but for `looked_into`; what shows these is made anew with the new ones in the
place of the old ones. Whatever else an edit changes is planned as ever.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from sitegen import fulltext, gather, kept, memory
from sitegen.clock import Interval
from sitegen.folder import Folder, digests, layout
from sitegen.kept import Part, digest, parts
from sitegen.memory import Memory
from sitegen.model import shown
from sitegen.plan import Output, key_of, path_of
from sitegen.privacy import keyed
from sitegen.state import Record, State
from sitegen.write import Inputs, Planned, is_there

FEW = 20
"""So many files are decoded in the hope that they can be amended; where more have changed, the site is planned."""


def amended(content: Path, inputs: Inputs, before: State, remembered: Memory, now: int) -> Planned | None:
    """What there is to write after an edit; None where there is more to it. Raises `state.Corrupt`.

    Nothing but content files may differ from the build before (neither site.yaml, program, theme nor options), and its
    site must still hold at ``now``.
    """
    known = {file.path: before.files.get(keyed(inputs.secret, file.path)) for file in inputs.files}
    touched = [file for file in inputs.files if (was := known[file.path]) and was[0] != file.stamp]
    if len(known) != len(before.files) or None in known.values() or len(touched) > FEW:
        return None
    if not all(is_there(was, inputs.live.get(path)) for path, was in before.outputs.items()):
        return None
    anew = digests(content, touched, lambda _: None)
    read = {path: anew.get(path, was[1]) for path, was in known.items() if was}
    changed = [path for path, now_is in anew.items() if (was := known[path]) and was[1] != now_is]
    folder = Folder(content, before.site, inputs.secret, read, before.config.settings.hidden)
    records: dict[bytes, msgspec.Raw] = {}
    swaps: dict[Part, Part] = {}
    bodies: dict[bytes, str] = {}
    for path, one in zip(changed, _decoded(folder, before, remembered, changed, now), strict=True):
        swap = one and _swaps(*one[:2])
        if one is None or swap is None:
            return None
        old, new, texts = one
        if old.ways != new.ways and any(gather.absent((new,), read, _there(before))):
            return None
        records[folder.hide(path)] = msgspec.Raw(msgspec.msgpack.encode((new,)))
        swaps |= swap
        bodies |= texts
    where = _where(remembered, swaps)
    outputs = None if where is None else tuple(_outputs(remembered, before, where, swaps))
    if outputs is None or None in outputs:
        return None
    named = {digest(old): digest(new) for old, new in swaps.items()}
    return Planned(
        config=before.config,
        interval=Interval(before.since, before.until),
        counts=before.counts,
        theme=before.theme,
        outputs=tuple(filter(None, outputs)),
        keys={
            **{path: was.key for path, was in before.outputs.items() if not fulltext.is_ours(path)},
            **{each.path: key_of(each, before.program.digest) for each in outputs if each},
        },
        digests=read,
        site_file=before.site,
        drafts=before.drafts,
        problems=before.problems,
        records=records,
        bodies=bodies,
        watch=before.watch,
        zones=before.zones,
        decoded=len(changed),
        texts=bodies.keys(),
        own=frozenset(named.get(each, each) for path in where or () for each in remembered.near(path).kept[path].shows),
        entries=dict.fromkeys(named.values(), 1),
        gone=frozenset(named),
        common=before.common,
        kept={},
        memory=remembered,
        remembered=remembered,
    )


def _decoded(
    folder: Folder, before: State, remembered: Memory, changed: Iterable[str], now: int
) -> Iterator[tuple[Record, Record, Mapping[bytes, str]] | None]:
    """The record of each changed file as it was and as it is, and the texts in it; None where a file is not one entry.

    Files that are translated, and translations, are the matter of several.
    """
    items = layout(folder.digests, folder.site, before.config)[0] if changed else ()
    translated = {item.base for item in items if item.base}
    by_path = {item.path: item for item in items}
    settings = msgspec.structs.replace(before.config.settings, zones=before.zones)
    for path in changed:
        item, key = by_path.get(path), folder.hide(path)
        was = memory.record(remembered.near(key).records[key]) if item else ()
        if not item or not item.id or item.base or path in translated or len(was) != 1:
            yield None
        else:
            new = gather.anew(folder, settings, item, before.watch, now, drafts=before.drafts)
            yield new and (was[0], *new)


def _swaps(old: Record, new: Record) -> dict[Part, Part] | None:
    """The new parts by those that they take the place of; None where something else differs."""
    one, other = old.entry, new.entry
    if one is None or other is None or old.problems or new.problems or bool(one.body) != bool(other.body):
        return None
    plain = msgspec.structs.replace(new, digest=old.digest, ways=old.ways, entry=one)
    if plain != old or msgspec.structs.replace(other, full=one.full, body=one.body) != one:
        return None
    if looked_into(shown(one.full, dict)) != looked_into(shown(other.full, dict)):
        return None
    return {before: after for before, after in zip(parts(one), parts(other), strict=True) if before != after}


def looked_into(full: Mapping[str, Any]) -> tuple[Any, ...]:
    """What planning takes from a full face: who was there of those who met, and where a house is."""
    return full.get("attendance"), full.get("location")


def _there(before: State) -> set[str]:
    """The files of the site, and the addresses that lead to one."""
    return {*before.outputs, *(path_of(each.old) for each in before.config.redirects)}


def _where(remembered: Memory, swaps: Mapping[Part, Part]) -> tuple[str, ...] | None:
    """The paths of the outputs that show the old parts; None where parts are not to be told from those of others."""
    found: dict[str, None] = {}
    for old in swaps:
        where = remembered.near(digest(old)).shown.get(digest(old))
        if where is None or where.entries != 1 or not where.paths:
            return None
        found |= dict.fromkeys(where.paths)
    news = [digest(new) for new in swaps.values()]
    is_new = len({*news}) == len(news) and not any(new in remembered.near(new).shown for new in news)
    return tuple(found) if is_new else None


def _outputs(
    remembered: Memory, before: State, where: Iterable[str], swaps: Mapping[Part, Part]
) -> Iterator[Output | None]:
    """The outputs that show the old parts, with the new ones; None for one that was not kept as it was made."""
    for path in where:
        known = remembered.near(path).kept[path]
        as_was = kept.restored(path, known, before.common, {})
        is_it = key_of(as_was, before.program.digest) == before.outputs[path].key
        yield kept.restored(path, known, before.common, swaps) if is_it else None
