"""The content folder as records: what has changed is read and decoded, everything else is remembered."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from sitegen import privacy
from sitegen.common import IMAGES, Decoded, Item, place_in, same_pictures
from sitegen.config import configure
from sitegen.kinds import COMING, KINDS, decode
from sitegen.model import Config, Credit, Settings
from sitegen.privacy import Watch
from sitegen.problems import At, Located, Position, Problem, Severity, did_you_mean, masked
from sitegen.source import Document, File, digest, load, locate
from sitegen.state import Record

TEXT = (".yaml", ".yml", ".md")
"""Suffixes of files that hold entries."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The content folder as it is, and how private paths are remembered."""

    root: Path
    site: str
    """The path of site.yaml, relative to the root."""
    secret: bytes
    digests: Mapping[str, bytes]
    """The digest of every file, by path."""

    def read(self, path: str) -> bytes:
        """The bytes of a file; none where it is gone or a folder."""
        try:
            return (self.root / path).read_bytes()
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            return b""

    def hide(self, path: str) -> bytes:
        """How the state knows a path."""
        return privacy.keyed(self.secret, path)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything that the content folder holds."""

    config: Config
    records: tuple[Record, ...]
    bodies: Mapping[bytes, str]
    """The texts that were read, by their digests."""
    watch: Watch
    decoded: int
    """How many files were decoded."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """An entry that was just decoded, and where it stands."""

    item: Item
    decoded: Decoded


def digests(root: Path, files: Iterable[File], known: Callable[[str], tuple[object, bytes] | None]) -> dict[str, bytes]:
    """The digest of every file. Only one whose stamp is not the known one is read."""
    found: dict[str, bytes] = {}
    for file in files:
        before = known(file.path)
        same = before is not None and before[0] == file.stamp
        found[file.path] = before[1] if before and same else digest((root / file.path).read_bytes())
    return found


def site_file(
    folder: Folder, known: Mapping[bytes, tuple[Record, ...]], config: Config | None
) -> tuple[Config | None, Record]:
    """The configuration, decoded where site.yaml has changed; None where it has a mistake. Its record has the problems."""
    key = folder.hide(folder.site)
    now = folder.digests.get(folder.site, b"")
    for record in known.get(key, ()):
        if config and record.digest == now:
            return config, record
    if not now:
        hint = "it needs name, url and timezone; or is this another folder than the one with the content?"
        problem = Located(folder.site, Position(1), Severity.ERROR, "there is no site.yaml", hint)
        return None, Record(key, now, problems=(problem,))
    data = folder.read(folder.site)
    document, problems = load(folder.site, data)
    made, more = configure(folder.site, document) if document else (None, ())
    return made, Record(key, now, problems=tuple(locate(each, data) for each in (*problems, *more)))


def layout(paths: Iterable[str], site: str) -> tuple[tuple[Item, ...], tuple[Problem, ...]]:
    """The items of a content folder, and what stands in it that is none."""
    beside: dict[str, set[str]] = defaultdict(set)
    items: list[Item] = []
    problems: list[Problem] = []
    strange: dict[str, Problem] = {}
    for path in paths:
        folder, _, name = path.rpartition("/")
        kind, _, rest = path.partition("/")
        stem, dot, suffix = name.rpartition(".")
        if path == site or (kind == "files" and rest):
            continue
        if not rest and stem in KINDS and dot + suffix in TEXT:
            items.append(Item(stem, "", path))
        elif kind not in KINDS:
            strange.setdefault(kind, _strange(kind, path, bool(rest)))
        elif name.lower().endswith(IMAGES):
            beside[folder].add(name)
        elif dot + suffix in TEXT:
            own = stem == "index" and folder != kind
            items.append(Item(kind, folder.rpartition("/")[2] if own else stem, path, folder=own))
        else:
            hint = "entries are .yaml or .md, pictures .jpg, .png or .webp; other files belong in files/"
            problems.append(Problem(At(path), "this file is not read", hint, Severity.WARNING))
    found = tuple(replace(item, pictures=frozenset(beside[item.path.rpartition("/")[0]])) for item in items)
    return found, (*problems, *strange.values(), *_same_ids(found))


def _strange(name: str, path: str, is_folder: bool) -> Problem:  # noqa: FBT001 - private
    if not is_folder:
        hint = did_you_mean(name.partition(".")[0], (*KINDS, "site")) or "other files belong in files/"
        return Problem(At(path), "this file is not read", hint, Severity.WARNING)
    if name in COMING:
        hint = "a later version of sitegen publishes them"
        return Problem(At(name), f"{name} are not published yet", hint, Severity.WARNING)
    hint = did_you_mean(name, (*KINDS, *COMING, "files")) or f"the folders are {', '.join((*KINDS, 'files'))}"
    return Problem(At(name), "this folder is not read", hint, Severity.WARNING)


def _same_ids(items: Iterable[Item]) -> Iterator[Problem]:
    """Every file whose id another one has, too: neither can be referred to."""
    owners: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in items:
        if item.id:
            owners[item.kind, item.id].append(item)
    for same in owners.values():
        for item in same if len(same) > 1 else ():
            yield Problem(At(item.path), f"another file in {item.kind}/ has the same id", "rename one of them")


def gather(
    folder: Folder,
    config: Config,
    items: Iterable[Item],
    known: Mapping[bytes, tuple[Record, ...]],
    watch: Watch,
    now: int,
    *,
    drafts: bool,
) -> Gathered:
    """Every item as a record. ``known`` are the records that may be used again, by hidden path; ``watch`` is whom they
    were read with: where that is somebody else now, all are read anew.
    """
    kept: list[Record] = []
    fresh: list[Fresh] = []
    decoded = 0
    for item in items:
        remembered = known.get(folder.hide(item.path), ())
        if remembered and all(_holds(record, item, folder, now) for record in remembered):
            kept += remembered
        else:
            fresh += _decoded(folder, item, config.settings)
            decoded += 1
    seen = [
        *(record.hidden for record in kept if record.hidden),
        *(privacy.watch(folder.secret, each.decoded.hidden) for each in fresh if each.decoded.hidden),
    ]
    watching = privacy.merged(seen)
    if watching != watch and kept:
        return gather(folder, config, items, {}, watching, now, drafts=drafts)
    made = [_record(folder, each, watching, now, drafts=drafts) for each in fresh]
    bodies = {
        record.entry.body: each.decoded.body
        for each, record in zip(fresh, made, strict=True)
        if record.entry and record.entry.body
    }
    return Gathered(config, (*(_waits(each, now) for each in kept), *made), bodies, watching, decoded)


def _holds(record: Record, item: Item, folder: Folder, now: int) -> bool:
    """What is remembered of a file is what reading it would give."""
    if record.digest != folder.digests[item.path] or not same_pictures(item, record.asked):
        return False
    return record.waiting is None or record.waiting[2] is None or record.waiting[2] > now


def _decoded(folder: Folder, item: Item, settings: Settings) -> list[Fresh]:
    """The entries of a file: one, or those of a whole kind by id."""
    document, problems = load(item.path, folder.read(item.path))
    if document is None:
        return [Fresh(item, Decoded(problems=problems))]
    if item.id:
        decoded = decode(item, document, settings)
        return [Fresh(item, replace(decoded, problems=(*problems, *decoded.problems)))]
    found = [Fresh(item, Decoded(problems=problems))]
    for ident, data in document.data.items():
        one = replace(item, id=str(ident), within=str(ident))
        if isinstance(data, dict):
            decoded = decode(one, Document(data), settings)
        else:
            problem = Problem(At(item.path), "fields belong below this id", "indent them: key: value", private=True)
            decoded = Decoded(problems=(problem,))
        found.append(Fresh(one, decoded))
    return found


def _record(folder: Folder, fresh: Fresh, watch: Watch, now: int, *, drafts: bool) -> Record:
    """What is remembered of an entry: nothing private, and of what is not published its place alone."""
    item, decoded = fresh.item, fresh.decoded
    entry = decoded.entry
    waiting = None
    if decoded.draft and not drafts:
        entry, waiting = None, (item.kind, item.id, None)
    texts = decoded.texts if entry else ()
    problems = [*decoded.problems, *_indiscretions(folder.secret, item, texts, watch)]
    if entry:
        entry = msgspec.structs.replace(
            entry, people=tuple(_discreet(folder.secret, watch, each) for each in entry.people)
        )
    record = Record(
        path=folder.hide(item.path),
        digest=folder.digests[item.path],
        entry=entry,
        asked=decoded.asked,
        waiting=waiting,
        hidden=privacy.watch(folder.secret, decoded.hidden) if decoded.hidden else None,
        mentions=privacy.mentions(folder.secret, texts),
        private=tuple(privacy.address(folder.secret, each) for each in decoded.private),
        public=tuple(privacy.address(folder.secret, each) for each in decoded.public),
        problems=tuple(located(folder, each, fresh) for each in problems),
    )
    return _waits(record, now)


def _waits(record: Record, now: int) -> Record:
    """The record of an entry whose day has not come: its place alone."""
    entry = record.entry
    if entry is None or entry.visible is None or entry.visible <= now:
        return record
    return Record(
        path=record.path,
        digest=record.digest,
        waiting=(entry.kind, entry.id, entry.visible),
        problems=tuple(msgspec.structs.replace(each, excerpt="") for each in record.problems),
    )


def _discreet(secret: bytes, watch: Watch, credit: Credit) -> Credit:
    """A credit of somebody unlisted names nobody: "a member" is shown."""
    if privacy.is_watched(secret, watch, credit.id) or privacy.is_watched(secret, watch, credit.name):
        return Credit(part=credit.part)
    return credit


def _indiscretions(
    secret: bytes, item: Item, texts: Iterable[tuple[privacy.KeyPath, str]], watch: Watch
) -> Iterator[Problem]:
    """Texts that name somebody unlisted or give a passcode away: the place, no excerpt."""
    texts = tuple(texts)
    for path in privacy.named(secret, watch, texts):
        hint = "ask whether that is agreed; write anonymous for a person who is not to be named"
        yield Problem(
            At(item.path, path), "this text names somebody who is not listed", hint, Severity.WARNING, private=True
        )
    for path in privacy.passcodes(texts):
        hint = "whoever reads the page can join: send it to those who have registered"
        yield Problem(At(item.path, path), "this text gives a passcode away", hint, Severity.WARNING, private=True)


def located(folder: Folder, problem: Problem, fresh: Fresh | None = None) -> Located:
    """The problem with its place. A file of somebody unlisted is named by a digest."""
    data = folder.read(problem.at.file)
    if fresh and fresh.item.within and problem.at.position is None:
        problem = replace(problem, at=replace(problem.at, path=(fresh.item.within, *problem.at.path)))
    unlisted = bool(fresh and fresh.decoded.hidden) or _UNLISTED.search(data)
    found = locate(masked(problem) if unlisted else problem, data)
    if not unlisted or not problem.at.file.startswith("members/"):
        return found
    name = f"members/unlisted-{folder.hide(problem.at.file).hex()[:8]}"
    return msgspec.structs.replace(found, file=name)


_UNLISTED = re.compile(rb"^listed\s*:\s*['\"]?(?:no|false)\b", re.MULTILINE | re.IGNORECASE)
"""A file says that its member is not listed, even if nothing else of it can be read."""


def revealed(records: Iterable[Record]) -> Iterator[Problem]:
    """Addresses and numbers that a member keeps private and that stand in public text all the same."""
    records = tuple(records)
    public = {address for record in records for address in record.public}
    private = {address for record in records for address in record.private} - public
    for record in records:
        entry = record.entry
        for mention in record.mentions if entry else ():
            if entry and mention.address in private:
                hint = "remove it, or let the member name it in public:"
                message = "a member keeps this address or number private"
                yield Problem(place_in(entry, *mention.path), message, hint, private=True)
