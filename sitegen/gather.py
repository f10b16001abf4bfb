"""The content folder as records: what has changed is read and decoded, everything else is remembered."""

import functools
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote

import msgspec

from sitegen import privacy
from sitegen.common import IMAGES, Decoded, Item, epoch, place_in, same_pictures
from sitegen.config import configure
from sitegen.kinds import COMING, KINDS, decode
from sitegen.kinds.members import is_hidden
from sitegen.model import Config, Credit, Entry, Settings
from sitegen.people import unique
from sitegen.privacy import Watch
from sitegen.problems import MOST, At, Located, Position, Problem, Severity, did_you_mean, masked
from sitegen.slugs import fold, is_id
from sitegen.source import Document, File, digest, load, locate, maybe_private
from sitegen.state import Attendee, Record
from sitegen.times import Unreadable

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
    hidden: bool = False
    """Members are unlisted unless they say otherwise (``directory: {default: hidden}``)."""

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
    """In the order of their files, whichever of them were read."""
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
    """The configuration, decoded where site.yaml has changed; None where it has a mistake, which its record tells."""
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
        if path == site or (kind == "files" and rest) or _SITE_FILE.fullmatch(path):
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
    owners: dict[str, set[str]] = defaultdict(set)
    for item in items:
        owners[item.path.rpartition("/")[0]].add(item.id)
    there = {folder: (frozenset(beside[folder]), frozenset(ids)) for folder, ids in owners.items()}
    found = tuple(_with_pictures(item, *there[item.path.rpartition("/")[0]]) for item in items)
    return found, (*problems, *strange.values(), *_same_ids(found))


_SITE_FILE = re.compile(r"site(\.[\w-]+)?\.yaml")
"""site.yaml, and others of its kind for ``--config``."""


def _strange(name: str, path: str, is_folder: bool) -> Problem:  # noqa: FBT001 - private
    if not is_folder:
        hint = did_you_mean(name.partition(".")[0], (*KINDS, "site")) or "other files belong in files/"
        return Problem(At(path), "this file is not read", hint, Severity.WARNING)
    if name in COMING:
        hint = "a later version of sitegen publishes them"
        return Problem(At(name), f"{name} are not published yet", hint, Severity.WARNING)
    hint = did_you_mean(name, (*KINDS, *COMING, "files")) or f"the folders are {', '.join((*KINDS, 'files'))}"
    return Problem(At(name), "this folder is not read", hint, Severity.WARNING)


def _with_pictures(item: Item, pictures: frozenset[str], owners: frozenset[str]) -> Item:
    return replace(item, pictures=pictures, owners=frozenset() if item.folder else owners)


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
    """Every item as a record.

    ``known`` are the records that may be used again, by hidden path; ``watch`` is whom they were read with: where that
    is somebody else now, all are read anew.
    """
    kept: list[Record] = []
    fresh: list[Fresh] = []
    decoded = 0
    for item in items:
        remembered = known.get(folder.hide(item.path), ())
        if remembered and all(_holds(record, item, folder, now) for record in remembered):
            kept += remembered
        else:
            fresh += _decoded(folder, item, config.settings, now)
            decoded += 1
    seen = [
        *(record.hidden for record in kept if record.hidden),
        *(privacy.watch(folder.secret, each.decoded.hidden) for each in fresh if each.decoded.hidden),
    ]
    watching = privacy.merged(seen)
    if watching != watch and kept:
        return gather(folder, config, items, {}, watching, now, drafts=drafts)
    made = [_record(folder, each, watching, now, drafts=drafts) for each in fresh]
    bodies = {digest(text.encode()): text for each in fresh for text in each.decoded.bodies}
    order = {folder.hide(item.path): index for index, item in enumerate(items)}
    records = sorted((*kept, *made), key=lambda each: order[each.path])
    return Gathered(config, tuple(records), bodies, watching, decoded)


def _holds(record: Record, item: Item, folder: Folder, now: int) -> bool:
    """What is remembered of a file is what reading it would give."""
    if record.digest != folder.digests[item.path]:
        return False
    if record.waiting:
        item = replace(item, pictures=_veiled(folder.secret, item.pictures))
        return same_pictures(item, record.asked) and (record.waiting[2] is None or record.waiting[2] > now)
    is_early = record.entry and record.entry.visible and record.entry.visible > now  # the clock went back
    return not is_early and same_pictures(item, record.asked)


@functools.lru_cache(maxsize=8)
def _veiled(secret: bytes, names: frozenset[str]) -> frozenset[str]:
    """The names of pictures as they are remembered of what is not published."""
    return frozenset(privacy.keyed(secret, name).hex() for name in names)


def _decoded(folder: Folder, item: Item, settings: Settings, now: int) -> list[Fresh]:
    """The entries of a file: one, or those of a whole kind by id."""
    data = folder.read(item.path)
    document, problems = load(item.path, data)
    if document is None:
        hidden = (item.id,) if item.kind == "members" and _seems_hidden(data, settings) else ()
        discreet = bool(hidden) or not item.id or maybe_private(data)
        return [Fresh(item, Decoded(hidden=hidden, discreet=discreet, problems=problems))]
    if item.id:
        decoded = _judged(decode(item, document, settings), document, settings, now)
        return [Fresh(item, replace(decoded, problems=(*problems, *decoded.problems)))]
    found = [Fresh(item, Decoded(discreet=True, problems=problems))]
    for ident, fields in document.data.items():
        one = replace(item, id=str(ident), within=str(ident))
        if isinstance(fields, dict):
            decoded = _judged(decode(one, Document(fields), settings), Document(fields), settings, now)
        else:
            problem = Problem(At(item.path), "fields belong below this id", "indent them: key: value")
            decoded = Decoded(discreet=True, problems=(problem,))
        found.append(Fresh(one, decoded))
    return found


def _judged(decoded: Decoded, document: Document, settings: Settings, now: int) -> Decoded:
    """The same, and as discreet as a draft where its day has not come."""
    try:
        written = str(document.data.get("publish_date") or "")
        return replace(decoded, discreet=True) if written and epoch(written, settings.zone) > now else decoded
    except Unreadable:
        return replace(decoded, discreet=True)


def _record(folder: Folder, fresh: Fresh, watch: Watch, now: int, *, drafts: bool) -> Record:
    """What is remembered of an entry: nothing private, and of what is not published its place alone."""
    item, decoded = fresh.item, fresh.decoded
    entry = decoded.entry
    waiting: tuple[str, str, int | None] | None = None
    mistaken = decoded.entry is None and item.id != ""  # it is there all the same
    if (mistaken or (decoded.draft and not drafts)) and not decoded.hidden:
        entry = None
        waiting = (item.kind, item.id, None)
    texts = decoded.texts if entry else ()
    problems = sorted(
        (*decoded.problems, *_indiscretions(folder.secret, item.path, texts, watch)), key=lambda each: each.severity
    )
    if entry:
        entry = _without_the_unlisted(folder.secret, watch, entry)
    asked = decoded.asked
    if entry and entry.visible and entry.visible > now:
        waiting = (entry.kind, entry.id, entry.visible)
        entry = None
    if waiting:
        asked = tuple((privacy.keyed(folder.secret, name).hex(), there) for name, there in asked)
    return Record(
        path=folder.hide(item.path),
        digest=folder.digests[item.path],
        entry=entry,
        asked=asked,
        waiting=waiting,
        hidden=privacy.watch(folder.secret, decoded.hidden) if decoded.hidden else None,
        mentions=privacy.mentions(folder.secret, texts) if entry else (),
        private=tuple(privacy.address(folder.secret, each) for each in decoded.private),
        public=tuple(privacy.address(folder.secret, each) for each in decoded.public),
        attendees=tuple(_attendee(folder.secret, *each) for each in decoded.attendees) if entry else (),
        files=tuple((path, unquote(name)) for path, text in texts for name in _FILE.findall(text)) if entry else (),
        problems=tuple(located(folder, each, fresh) for each in problems[:MOST]),
    )


_FILE = re.compile(r"(?<![\w/.-])/(files/[^\s)>\"'#?\\]+)")
"""The address of a file of the site in a text."""


def absent(records: Iterable[Record], there: Collection[str]) -> Iterator[Problem]:
    """Files of the site that texts lead to, and that are not there; ``there`` are all files of the content folder."""
    files = [path for path in there if path.startswith("files/")]
    for record in records:
        for path, name in record.files:
            if record.entry and name not in there:
                hint = did_you_mean(name, files) or "put it there, or correct the address"
                at = place_in(record.entry, *path)
                yield Problem(at, "there is no such file in files/", hint, Severity.WARNING, discreet="no such file")


def _attendee(secret: bytes, planned: str, said: str, path: privacy.KeyPath) -> Attendee:
    """Somebody who takes part: nobody knows yet whether that may be shown, so nobody is named."""
    return Attendee(planned, privacy.keyed(secret, said if is_id(said) else fold(said)), is_id(said), path)


def attending(
    secret: bytes, records: Iterable[Record], watch: Watch
) -> tuple[dict[tuple[str, str], tuple[str, ...]], tuple[Problem, ...]]:
    """The members who take part in something and show it, by entry and date; and who is nobody."""
    records = tuple(records)
    members = [record.entry for record in records if record.entry and record.entry.kind == "members"]
    names = unique((fold(name), each) for each in members for name in each.names)
    ids = {old: each for each in members for old in each.aliases} | {each.id: each for each in members}
    called = {
        is_id_: {privacy.keyed(secret, name): entry for name, entry in known.items()}
        for is_id_, known in ((True, ids), (False, names))
    }
    unseen = watch.ids | {privacy.keyed(secret, each.waiting[1]) for each in records if each.waiting}
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    problems: list[Problem] = []
    for record in records:
        for each in record.attendees if record.entry else ():
            member = called[each.is_id].get(each.digest)
            if member and member.attendance and record.entry:
                key = (record.entry.ref, each.planned)
                found[key] = tuple(dict.fromkeys((*found.get(key, ()), member.ref)))
            elif record.entry and not member and each.digest not in unseen:
                problems.append(_nobody(place_in(record.entry, *each.path), each))
    return found, tuple(problems)


def _nobody(at: At, attendee: Attendee) -> Problem:
    if attendee.is_id:
        hint = "correct the id; only members whose public: names attendance are shown"
        return Problem(at, "there is no member with this id", hint, private=True)
    hint = "only members whose public: names attendance are shown"
    return Problem(at, "nobody with a profile has this name: it is not shown", hint, Severity.NOTE, private=True)


def _discreet(secret: bytes, watch: Watch, credit: Credit) -> Credit:
    """A credit of somebody unlisted names nobody: "a member" is shown."""
    if privacy.is_watched(secret, watch, credit.id) or privacy.is_watched(secret, watch, credit.name):
        return Credit(part=credit.part, path=credit.path, session=credit.session)
    return credit


def _without_the_unlisted(secret: bytes, watch: Watch, entry: Entry) -> Entry:
    """The entry, and each of its dates, with the credits of somebody unlisted naming nobody."""

    def discreet(people: Iterable[Credit]) -> tuple[Credit, ...]:
        return tuple(_discreet(secret, watch, each) for each in people)

    overrides = (msgspec.structs.replace(each, people=discreet(each.people)) for each in entry.overrides)
    return msgspec.structs.replace(entry, people=discreet(entry.people), overrides=tuple(overrides))


def _indiscretions(
    secret: bytes, file: str, texts: Iterable[tuple[privacy.KeyPath, str]], watch: Watch
) -> Iterator[Problem]:
    """Texts that name somebody unlisted or give a passcode away: the place, no excerpt."""
    texts = tuple(texts)
    ids = (path for path, text in texts if is_id(text) and privacy.is_watched(secret, watch, text))
    for path in dict.fromkeys((*privacy.named(secret, watch, texts), *ids)):
        if any(step in _CREDITS for step in path):
            message, hint = "this is somebody who is not listed", "pages show: a member; write anonymous to say so here"
        else:
            message, hint = "this text names somebody who is not listed, and everybody can read it", _ASK
        yield Problem(At(file, path), message, hint, Severity.WARNING, private=True)
    for path in privacy.passcodes(texts):
        hint = "whoever reads the page can join: send it to those who have registered"
        yield Problem(At(file, path), "this text gives a passcode away", hint, Severity.WARNING, private=True)


_CREDITS = frozenset(("speakers", "organizers", "hosts", "helpers"))
"""Fields of people: whoever is not listed is "a member" there."""
_ASK = "ask whether that is agreed, or take the name out"


def located(folder: Folder, problem: Problem, fresh: Fresh | None = None) -> Located:
    """The problem with its place; of what is not published the place alone, of somebody unlisted under another name."""
    data = folder.read(problem.at.file)
    if fresh and fresh.item.within and problem.at.position is None:
        problem = replace(problem, at=replace(problem.at, path=(fresh.item.within, *problem.at.path)))
    if not (fresh.decoded.discreet if fresh else _is_somebody_unlisted(folder, problem.at.file)):
        return locate(problem, data)
    found = msgspec.structs.replace(locate(masked(problem), data), excerpt="")
    if (fresh and not fresh.decoded.hidden) or not problem.at.file.startswith("members/"):
        return found
    name = f"members/unlisted-{folder.hide(problem.at.file).hex()[:8]}"
    return msgspec.structs.replace(found, file=name)


def _is_somebody_unlisted(folder: Folder, path: str) -> bool:
    """The file is the profile of somebody unlisted, or stands with it: it has its name, or is in its folder."""
    kind, _, rest = path.partition("/")
    if kind != "members":
        return False
    beside = f"{kind}/{rest.rpartition('/')[0]}"
    stems = (path.rpartition(".")[0], *((beside, f"{beside}/index") if "/" in rest else ()))
    owners = (path, *(stem + suffix for stem in stems for suffix in TEXT))
    settings = Settings(zone="", identity="", hidden=folder.hidden)
    known = (each for each in owners if each in folder.digests and each.endswith(TEXT))
    return any(_says_hidden(each, folder.read(each), settings) for each in known)


def _says_hidden(path: str, data: bytes, settings: Settings) -> bool:
    """A profile is unlisted, even if nothing else of it can be read."""
    document, _ = load(path, data)
    return is_hidden(document.data, settings) if document else _seems_hidden(data, settings)


def _seems_hidden(data: bytes, settings: Settings) -> bool:
    """What cannot be read is the profile of somebody unlisted, as far as can be told."""
    found = _LISTED.search(data)
    return is_hidden({"listed": found[1].decode("utf-8", "replace")} if found else {}, settings)


_LISTED = re.compile(rb"^[\s{,'\"]*listed['\"]?[ \t]*:[ \t]*['\"]?([^'\"#\r\n,}]*)", re.MULTILINE | re.IGNORECASE)


def site_revealed(folder: Folder, config: Config, gathered: Gathered) -> Iterator[Problem]:
    """What must not stand in the texts of site.yaml; the office's own address may."""
    social = {link.title: f"{link.title} {link.url}" for link in config.social}
    values = {"name": config.name, "tagline": config.tagline, "description": config.description}
    texts: list[tuple[privacy.KeyPath, str]] = [((key,), text) for key, text in values.items()]
    texts += [(("social", title), text) for title, text in social.items()]
    private = _private(gathered.records) - {privacy.address(folder.secret, config.email)}
    for mention in privacy.mentions(folder.secret, texts):
        if mention.address in private:
            hint = "remove it; or the member says in the profile that it is public, such as public: email"
            yield Problem(
                At(folder.site, mention.path), "a member keeps this address or number private", hint, private=True
            )
    yield from _indiscretions(folder.secret, folder.site, texts, gathered.watch)


def _private(records: Iterable[Record]) -> set[bytes]:
    """Addresses that somebody keeps private and nobody publishes."""
    records = tuple(records)
    public = {address for record in records if record.entry for address in record.public}
    return {address for record in records for address in record.private} - public


def revealed(records: Iterable[Record]) -> Iterator[Problem]:
    """Addresses and numbers that a member keeps private and that stand in public text all the same."""
    records = tuple(records)
    private = _private(records)
    for record in records:
        entry = record.entry
        for mention in record.mentions if entry else ():
            if entry and mention.address in private:
                hint = "remove it; or the member says in the profile that it is public, such as public: email"
                message = "a member keeps this address or number private"
                yield Problem(place_in(entry, *mention.path), message, hint, private=True)
