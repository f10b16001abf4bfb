"""An edit of what an entry says, and of nothing by which it belongs to others: no site is linked or planned for it.

Most edits are of this kind: a text, a link, a way to be reached. They change an entry's full face and the digest of its
text, which planning never looks into but for `looked_into`; what shows these is made anew with the new ones in the
place of the old ones. Whatever else an edit changes is planned as ever.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from sitegen import fulltext, gather, state
from sitegen.clock import Interval
from sitegen.folder import Folder, digests, layout
from sitegen.kept import Part, digest, parts, restored
from sitegen.model import shown
from sitegen.plan import Output, key_of, path_of
from sitegen.privacy import keyed
from sitegen.state import Memory, Plans, Record, State
from sitegen.write import Inputs, Planned, is_there

FEW = 20
"""So many files are decoded in the hope that they can be amended; where more have changed, the site is planned."""


def amended(content: Path, inputs: Inputs, before: State, memory: Memory, now: int) -> Planned | None:
    """What there is to write after an edit; None where there is more to it.

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
    records = state.raw_records(memory)
    swaps: dict[Part, Part] = {}
    bodies: dict[bytes, str] = {}
    for path, one in zip(changed, _decoded(folder, before, changed, records, now), strict=True):
        swap = one and _swaps(*one[:2])
        if one is None or swap is None:
            return None
        old, new, texts = one
        if old.ways != new.ways and any(gather.absent((new,), read, _there(before))):
            return None
        records[folder.hide(path)] = msgspec.Raw(msgspec.msgpack.encode((new,)))
        swaps |= swap
        bodies |= texts
    plans = state.plans(memory)
    outputs = _outputs(plans, swaps, before)
    if outputs is None:
        return None
    named = {digest(old): digest(new) for old, new in swaps.items()}
    own = {named.get(each, each) for output in outputs for each in plans.kept[output.path].shows}
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
        records=msgspec.Raw(msgspec.msgpack.encode(records)),
        bodies=bodies,
        watch=before.watch,
        decoded=len(changed),
        texts=(state.texts(memory).keys() - named.keys()) | bodies.keys(),
        own=frozenset(own),
        shared=plans.shared,
        common=plans.common,
        kept=plans.kept,
    )


def _decoded(
    folder: Folder, before: State, changed: list[str], records: Mapping[bytes, msgspec.Raw], now: int
) -> Iterator[tuple[Record, Record, Mapping[bytes, str]] | None]:
    """The record of each changed file as it was and as it is, and the texts in it; None where a file is not one entry.

    Files that are translated, and translations, are the matter of several.
    """
    items = layout(folder.digests, folder.site, before.config)[0] if changed else ()
    translated = {item.base for item in items if item.base}
    by_path = {item.path: item for item in items}
    groups = [records[folder.hide(item.path)] for item in items if item.kind == "groups"]
    entries = [record.entry for raw in groups for record in state.decoded(raw)]
    for path in changed:
        item = by_path.get(path)
        found = state.decoded(records[folder.hide(path)]) if item else ()
        if not item or not item.id or item.base or path in translated or len(found) != 1:
            yield None
        else:
            new = gather.anew(folder, before.config, item, entries, before.watch, now, drafts=before.drafts)
            yield new and (found[0], *new)


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


def _outputs(plans: Plans, swaps: Mapping[Part, Part], before: State) -> tuple[Output, ...] | None:
    """The outputs that show the old parts, with the new ones; None where it is not certain that these are all."""
    olds, news = {digest(each) for each in swaps}, {digest(each) for each in swaps.values()}
    seen = {each for known in plans.kept.values() for each in known.shows}
    if not olds <= seen or news & seen or olds & {*plans.shared} or len(news) != len(swaps):
        return None
    found = []
    for path, known in plans.kept.items():
        if not olds.isdisjoint(known.shows):
            as_was = restored(path, known, plans.common, {})
            if key_of(as_was, before.program.digest) != before.outputs[path].key:
                return None
            found.append(restored(path, known, plans.common, swaps))
    return tuple(found)
