"""An edit of what an entry says, and of nothing by which it belongs to others: no site is linked or planned for it.

Many edits are of this kind: of a text, of a link. They change parts of an entry that planning passes on as they
are (`kept.parts`) and never looks into, but for `looked_into`. What shows these is made anew with the new ones in the
place of the old ones. Whatever else an edit changes is planned as ever.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from sitegen import fulltext, gather, kept, memory
from sitegen.clock import Interval
from sitegen.folder import Folder, digests, layout
from sitegen.kept import Part, digest, parts, replaced
from sitegen.memory import Memory
from sitegen.model import Entry, shown
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
    found = _read(content, inputs, before)
    if found is None:
        return None
    read, changed = found
    folder = Folder(content, before.site, inputs.secret, read, before.config.settings.hidden)
    tried = tuple(_edits(folder, before, remembered, changed, now))
    edits = tuple(each for each in tried if each)
    swapped = tuple(_swaps(each, before, read) for each in edits)
    is_all = len(edits) == len(tried) and None not in swapped
    swaps = {old: new for each in swapped if each for old, new in each.items()}
    where = _where(remembered, swaps) if is_all else None
    outputs = None if where is None else _outputs(remembered, before, where, swaps)
    if where is None or outputs is None:
        return None
    named = {digest(old): digest(new) for old, new in swaps.items()}
    bodies = {key: text for each in edits for key, text in each.texts.items()}
    return Planned(
        config=before.config,
        interval=Interval(before.since, before.until),
        counts=before.counts,
        theme=before.theme,
        outputs=outputs,
        keys={
            **{path: was.key for path, was in before.outputs.items() if not fulltext.is_ours(path)},
            **{each.path: key_of(each, before.program.digest) for each in outputs},
        },
        digests=read,
        site_file=before.site,
        drafts=before.drafts,
        problems=before.problems,
        records={each.new.path: msgspec.Raw(msgspec.msgpack.encode((each.new,))) for each in edits},
        bodies=bodies,
        watch=before.watch,
        zones=before.zones,
        decoded=len(changed),
        texts=bodies.keys(),
        own=frozenset(named.get(each, each) for path in where for each in remembered.near(path).kept[path].shows),
        entries=dict.fromkeys(named.values(), 1),
        gone=frozenset(named),
        common=before.common,
        memory=remembered,
        remembered=remembered,
    )


def _read(content: Path, inputs: Inputs, before: State) -> tuple[dict[str, bytes], list[str]] | None:
    """The digest of every content file, and the paths of those with another one than before.

    None where there are other files than before, many changed, or the output folder is not as it was left.
    """
    known = {file.path: before.files.get(keyed(inputs.secret, file.path)) for file in inputs.files}
    if len(known) != len(before.files) or None in known.values():
        return None
    if not all(is_there(was, inputs.live.get(path)) for path, was in before.outputs.items()):
        return None
    touched = [file for file in inputs.files if (was := known[file.path]) and was[0] != file.stamp]
    anew = digests(content, touched, lambda _: None)
    changed = [path for path, now_is in anew.items() if (was := known[path]) and was[1] != now_is]
    read = {path: anew.get(path, was[1]) for path, was in known.items() if was}
    return None if len(changed) > FEW else (read, changed)


@dataclass(frozen=True, slots=True)
class Edit:
    """What an edit makes of a file that holds one entry."""

    old: Record
    new: Record
    texts: Mapping[bytes, str]
    """The texts in it, by their digests."""


def _edits(
    folder: Folder, before: State, remembered: Memory, changed: Iterable[str], now: int
) -> Iterator[Edit | None]:
    """The changed files one by one; None for one with several entries, and for what is translated or a translation."""
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
            yield new and Edit(was[0], *new)


def _swaps(edit: Edit, before: State, read: Mapping[str, bytes]) -> dict[Part, Part] | None:
    """The new parts by those that they take the place of; None where something else differs, or a way leads nowhere."""
    old, new = edit.old, edit.new
    one, other = old.entry, new.entry
    if one is None or other is None or old.problems or new.problems:
        return None
    if msgspec.structs.replace(new, digest=old.digest, ways=old.ways, entry=one) != old:
        return None
    if old.ways != new.ways and any(gather.absent((new,), read, _there(before))):
        return None
    pairs = tuple(zip(parts(one), parts(other), strict=True))
    if replaced(other, parts(one)) != one or any(bool(before) != bool(after) for before, after in pairs):
        return None
    if looked_into(one) != looked_into(other):
        return None
    return {before: after for before, after in pairs if before and after and before != after}


def looked_into(entry: Entry) -> tuple[Any, ...]:
    """What planning takes from parts all the same: who was there of those who met, and where a house is."""
    full = shown(entry.full, dict | None) or {}  # type: ignore[arg-type]  # none of somebody who is named alone
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
) -> tuple[Output, ...] | None:
    """The outputs that show the old parts, with the new ones; None where one was not kept as it was made."""
    found = []
    for path in where:
        known = remembered.near(path).kept[path]
        as_was = kept.restored(path, known, before.common, {})
        if key_of(as_was, before.program.digest) != before.outputs[path].key:
            return None
        found.append(kept.restored(path, known, before.common, swaps))
    return tuple(found)
