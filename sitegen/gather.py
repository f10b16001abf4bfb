"""The content folder as records: what has changed is read and decoded, everything else is remembered."""

import functools
import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from urllib.parse import unquote

import msgspec

from sitegen import media, privacy
from sitegen.common import Decoded, Item, Problems, Waiting, epoch, place_in, same_pictures
from sitegen.config import configure
from sitegen.discretion import Fresh, indiscretions, located, says_hidden, seems_called, without_the_unlisted
from sitegen.folder import Folder
from sitegen.kinds import decode, translated
from sitegen.kinds.members import recognised
from sitegen.model import Config, Entry, Settings
from sitegen.plan import leads, nearest
from sitegen.privacy import Watch
from sitegen.problems import MOST, At, Located, Position, Problem, Severity, did_you_mean
from sitegen.references import unique
from sitegen.slugs import fold, is_id
from sitegen.source import Document, digest, load, locate, maybe_private
from sitegen.spread import spread
from sitegen.state import Attendee, Record
from sitegen.times import Unreadable


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
    zones: tuple[tuple[str, str], ...]
    """The groups with a zone of their own, and these zones."""


def site_file(
    folder: Folder, known: Mapping[bytes, tuple[Record, ...]], config: Config | None
) -> tuple[Config | None, Record]:
    """The configuration, decoded where site.yaml has changed; None where it has a mistake, which its record tells."""
    key = folder.hide(folder.site)
    now = folder.digests.get(folder.site, b"")
    for record in known.get(key, ()):
        if config and record.digest == _with_logo(folder, now, config):
            return config, record
    if not now:
        hint = "it needs name, url and timezone; or is this another folder than the one with the content?"
        problem = Located(folder.site, Position(1), Severity.ERROR, "there is no site.yaml", hint)
        return None, Record(key, now, problems=(problem,))
    data = folder.read(folder.site)
    document, problems = load(folder.site, data)
    made, more = configure(folder.site, document) if document else (None, ())
    if made and made.logo in folder.digests:
        made = msgspec.structs.replace(made, logo_size=_size(folder, made.logo))
        now = _with_logo(folder, now, made)
    return made, Record(key, now, problems=tuple(locate(each, data) for each in (*problems, *more)))


def _with_logo(folder: Folder, digest_: bytes, config: Config) -> bytes:
    """The digest of all that the configuration is read from: site.yaml, and the size of the logo."""
    logo = folder.digests.get(config.logo)
    return digest(digest_ + logo) if logo else digest_


def _size(folder: Folder, path: str) -> tuple[int, int]:
    """Width and height of a picture in pixels."""
    return media.size(folder.read(path))


def gather(
    folder: Folder,
    config: Config,
    items: Iterable[Item],
    known: Mapping[bytes, tuple[Record, ...]],
    watch: Watch,
    now: int,
    *,
    drafts: bool,
    jobs: int,
) -> Gathered:
    """Every item as a record.

    ``known`` are the records that may be used again, by hidden path; ``watch`` is whom they were read with: where that
    is somebody else now, all are read anew.
    """
    kept: list[Record] = []
    fresh: list[Fresh] = []
    made: list[Record] = []
    """Of what is fresh, while others decode what comes next: it is as good as certain that `watch` is right."""
    decoded = 0
    settings = config.settings
    before = _zones(record.entry for records in known.values() for record in records)
    for is_group, some in itertools.groupby(
        sorted(items, key=lambda item: item.kind != "groups"), key=lambda item: item.kind == "groups"
    ):
        if not is_group:  # events take the zones of groups
            groups = (
                *(record.entry for record in kept),
                *(_published(each.decoded, now, drafts=drafts) for each in fresh),
            )
            settings = msgspec.structs.replace(settings, zones=_zones(groups))
        changed: list[Item] = []
        for item in some:
            remembered = known.get(folder.hide(item.path), ())
            same_zones = is_group or settings.zones == before
            if remembered and same_zones and all(_holds(record, item, folder, now) for record in remembered):
                kept += remembered
            else:
                changed.append(item)
        decoded += len(changed)
        for found in spread(_decoded, (folder, settings, now), changed, jobs, FEW):
            fresh += found
            made += (_record(folder, each, watch, now, drafts=drafts) for each in found)
    seen = [
        *(record.hidden for record in kept if record.hidden),
        *(privacy.watch(folder.secret, each.decoded.hidden) for each in fresh if each.decoded.hidden),
    ]
    watching = privacy.merged(seen)
    if watching != watch and kept:
        return gather(folder, config, items, {}, watching, now, drafts=drafts, jobs=jobs)
    if watching != watch:
        made = [_record(folder, each, watching, now, drafts=drafts) for each in fresh]
    bodies = {digest(text.encode()): text for each in fresh for text in each.decoded.bodies}
    order = {folder.hide(item.path): index for index, item in enumerate(items)}
    records = sorted((*kept, *made), key=lambda each: order[each.path])
    return Gathered(config, tuple(records), bodies, watching, decoded, _zones(record.entry for record in records))


def anew(
    folder: Folder, settings: Settings, item: Item, watch: Watch, now: int, *, drafts: bool
) -> tuple[Record, Mapping[bytes, str]] | None:
    """The record of a file that holds one entry, and its texts by their digests; None where it holds none or several.

    ``settings`` know the zones of groups.
    """
    if item.kind == "groups":  # these are read before zones are known
        settings = msgspec.structs.replace(settings, zones=())
    found = _decoded((folder, settings, now), item)
    if len(found) != 1:
        return None
    (fresh,) = found
    texts = {digest(text.encode()): text for text in fresh.decoded.bodies}
    return _record(folder, fresh, watch, now, drafts=drafts), texts


def _published(decoded: Decoded, now: int, *, drafts: bool) -> Entry | None:
    """The entry, unless it is a draft or its day has not come."""
    entry = decoded.entry
    is_early = entry and entry.visible and entry.visible > now
    return None if is_early or (decoded.draft and not drafts) else entry


def _zones(entries: Iterable[Entry | None]) -> tuple[tuple[str, str], ...]:
    """The groups with a zone of their own, and these zones."""
    return tuple(sorted({(each.id, each.zone) for each in entries if each and each.zone}))


def _digest(folder: Folder, item: Item, asked: Iterable[tuple[str, bool]]) -> bytes:
    """The digest of all that an item is read from: of pictures, the size is."""
    beside = item.path.rpartition("/")[0]
    pictures = (folder.digests.get(f"{beside}/{name}", b"") for name, there in asked if there)
    return digest(b"".join((folder.digests[item.path], folder.digests.get(item.base, b""), *pictures)))


def _holds(record: Record, item: Item, folder: Folder, now: int) -> bool:
    """What is remembered of a file is what reading it would give."""
    if record.digest != _digest(folder, item, record.asked):
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


FEW = 60
"""As many files are decoded in a tenth of a second: no more than other processes need to begin."""


def _decoded(shared: tuple[Folder, Settings, int], item: Item) -> list[Fresh]:
    """The entries of a file: one, or those of a whole kind by id."""
    folder, settings, now = shared
    found = _entries(folder, replace(item, size=functools.partial(_size, folder)), settings, now)
    return [replace(each, item=replace(each.item, size=item.size)) for each in found]  # it would take all files along


def _entries(folder: Folder, item: Item, settings: Settings, now: int) -> list[Fresh]:
    data = folder.read(item.path)
    document, problems = load(item.path, data)
    if document is None:
        hidden = _hidden(folder, item, settings)
        discreet = bool(hidden) or not item.id or maybe_private(data)
        return [Fresh(item, Decoded(hidden=hidden, discreet=discreet, problems=problems))]
    if item.base:
        return [Fresh(item, _translation(folder, item, document, problems, settings, now))]
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


def _translation(
    folder: Folder, item: Item, document: Document, problems: Problems, settings: Settings, now: int
) -> Decoded:
    """The entry of a file in another language; None where the file that it translates cannot be read."""
    base, _ = load(item.base, folder.read(item.base))
    if base is None:
        return Decoded(hidden=_hidden(folder, item, settings), discreet=True, problems=problems)
    decoded = _judged(translated(item, base, document, settings), base, settings, now)
    return replace(decoded, problems=(*problems, *decoded.problems))


def _hidden(folder: Folder, item: Item, settings: Settings) -> tuple[str, ...]:
    """The ids and names of somebody unlisted, as far as can be told where a file cannot be read."""
    path = item.base or item.path
    data = folder.read(path)
    is_hidden = item.kind == "members" and says_hidden(path, data, settings)
    return recognised(item, seems_called(data)) if is_hidden else ()


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
    waiting: tuple[str, str, int | None, tuple[bytes, ...]] | None = None
    old = tuple(privacy.keyed(folder.secret, f"{item.kind}/{each}") for each in entry.aliases) if entry else ()
    mistaken = decoded.entry is None and item.id != ""  # it is there all the same
    if (mistaken or (decoded.draft and not drafts)) and not decoded.hidden:
        entry = None
        waiting = (item.kind, item.id, None, old)
    texts = decoded.texts if entry else ()
    named = (*texts, ((), item.id.replace("-", " "))) if entry and item.kind != "members" else texts
    odd = tuple(indiscretions(folder.secret, item.path, named, watch))
    problems = sorted((*decoded.problems, *odd), key=lambda each: each.severity)
    if entry:
        entry = without_the_unlisted(folder.secret, watch, entry)
    asked = decoded.asked
    if entry and decoded.entry and len(entry.pictures) < len(decoded.entry.pictures):
        # What is left out are pictures of somebody unlisted, which may have their names.
        gone = {each.name for each in decoded.entry.pictures} - {each.name for each in entry.pictures}
        asked = tuple((name, there) for name, there in asked if name not in gone)
    if entry and entry.visible and entry.visible > now:
        waiting = (entry.kind, entry.id, entry.visible, old)
        entry = None
    if waiting:
        asked = tuple((privacy.keyed(folder.secret, name).hex(), there) for name, there in asked)
    return Record(
        path=folder.hide(item.path),
        digest=_digest(folder, item, asked),
        entry=entry,
        asked=asked,
        waiting=waiting,
        hidden=privacy.watch(folder.secret, decoded.hidden) if decoded.hidden else None,
        mentions=privacy.mentions(folder.secret, texts) if entry else (),
        private=tuple(privacy.address(folder.secret, each) for each in decoded.private),
        public=tuple(privacy.address(folder.secret, each) for each in decoded.public),
        attendees=tuple(_attendee(folder.secret, *each) for each in decoded.attendees) if entry else (),
        ways=tuple((path, unquote(way)) for path, text in texts for way in _ways(text)) if entry else (),
        problems=tuple(located(folder, each, watch, fresh) for each in problems[:MOST]),
    )


_FILE = re.compile(r"(?<![\w/.-])(/files/[^\s)>\"'#?\\]+)")
"""The address of a file of the site in a text."""
_LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(<?((?!/files/)/(?!/)[^\s)>\"'#?\\]*|[\w./-]+\.(?:md|ya?ml)(?=[\s)>#?]))")
"""A link of Markdown to a page of the site, or to a file that makes a page."""


def _ways(text: str) -> Iterator[str]:
    """Where a text leads within the site."""
    files = _FILE.findall(text) if "/files/" in text else ()
    links = _LINK.findall(_CODE.sub("", text)) if "](" in text else ()
    yield from dict.fromkeys((*files, *links))


_CODE = re.compile(r"(`{1,4})(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
"""What a text only quotes."""


def waiting(secret: bytes, records: Iterable[Record], entries: Iterable[Entry]) -> tuple[Waiting, ...]:
    """What exists and is not published: by its id, and by old ids as far as somebody refers to them."""
    found = tuple(each.waiting for each in records if each.waiting)
    old = {digest for *_, digests in found for digest in digests}
    named = {(each.kind, each.id) for entry in entries for each in entry.references} if old else set()
    return (
        *(Waiting(kind, ident, visible) for kind, ident, visible, _ in found),
        *(Waiting(kind, ident) for kind, ident in named if privacy.keyed(secret, f"{kind}/{ident}") in old),
    )


def absent(records: Iterable[Record], there: Collection[str], site: AbstractSet[str]) -> Iterator[Problem]:
    """Where texts lead within the site, and nothing is.

    ``there`` are all files of the content folder, ``site`` those of the site.
    """
    files = [f"/{path}" for path in there if path.startswith("files/")]
    for record in records:
        for path, way in record.ways:
            if record.entry is None:
                continue
            at = place_in(record.entry, *path)
            if way.startswith("/files/"):
                if way.removeprefix("/") not in there:
                    hint = did_you_mean(way, files) or "put it there, or correct the address"
                    yield Problem(at, f"there is no file {way}", hint, Severity.WARNING, discreet="no such file")
            elif not way.startswith("/"):
                hint = "write the address of its page, such as /events/agm/"
                message, discreet = f"{way} is no address of the site", "a file is no address of the site"
                yield Problem(at, message, hint, Severity.WARNING, discreet=discreet)
            elif not leads(way, site):
                problem = Problem(at, f"there is no page {way}", nearest(way, site), Severity.WARNING)
                yield replace(problem, discreet="no such page")


def _attendee(secret: bytes, planned: str, said: str, path: privacy.KeyPath) -> Attendee:
    """Somebody who takes part: nobody knows yet whether that may be shown, so nobody is named."""
    return Attendee(planned, privacy.keyed(secret, said if is_id(said) else fold(said)), is_id(said), path)


def entries_in(records: Iterable[Record], language: str = "") -> list[Entry]:
    """The entries that are published, those of translations by their language, in order."""
    found = (record.entry for record in records if record.entry and record.entry.language == language)
    return sorted(found, key=lambda entry: entry.ref)


def attending(
    secret: bytes, records: Iterable[Record], watch: Watch
) -> tuple[dict[tuple[str, str], tuple[str, ...]], tuple[Problem, ...]]:
    """The members who take part in something and show it, by entry and date; and who is nobody."""
    records = tuple(records)
    members = [entry for entry in entries_in(records) if entry.kind == "members"]
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
        for each in record.attendees if record.entry and not record.entry.language else ():
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
