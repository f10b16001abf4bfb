"""Discretion: who is not to be named, what must not stand in public text, and what messages may say of it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import msgspec

from sitegen import privacy
from sitegen.common import Decoded, Item, place_in
from sitegen.folder import TEXT, Folder
from sitegen.kinds.members import is_hidden
from sitegen.model import Config, Entry, Reference, Settings
from sitegen.privacy import Watch
from sitegen.problems import At, Located, Problem, Severity, masked
from sitegen.slugs import is_id
from sitegen.source import load, locate
from sitegen.state import Record


@dataclass(frozen=True, slots=True)
class Fresh:
    """An entry that was just decoded, and where it stands."""

    item: Item
    decoded: Decoded


def _discreet(secret: bytes, watch: Watch, credit: Reference) -> Reference:
    """A credit of somebody unlisted names nobody: "a member" is shown."""
    if credit.kind == "members" and any(privacy.is_watched(secret, watch, each) for each in (credit.id, credit.name)):
        return Reference(part=credit.part, path=credit.path, session=credit.session)
    return credit


def without_the_unlisted(secret: bytes, watch: Watch, entry: Entry) -> Entry:
    """The entry, and each of its dates, with the credits of somebody unlisted naming nobody."""

    def discreet(people: Iterable[Reference]) -> tuple[Reference, ...]:
        return tuple(_discreet(secret, watch, each) for each in people)

    overrides = tuple(msgspec.structs.replace(each, references=discreet(each.references)) for each in entry.overrides)
    made = msgspec.structs.replace(entry, references=discreet(entry.references), overrides=overrides)
    gone = _portraits(entry) - _portraits(made)
    return msgspec.structs.replace(made, pictures=tuple(each for each in entry.pictures if each.name not in gone))


def _portraits(entry: Entry) -> set[str]:
    """The names of the pictures of people who have a part in it."""
    credits_ = (entry.references, *(each.references for each in entry.overrides))
    return {each.photo for found in credits_ for each in found if each.photo}


def indiscretions(
    secret: bytes, file: str, texts: Iterable[tuple[privacy.KeyPath, str]], watch: Watch
) -> Iterator[Problem]:
    """Texts that name somebody unlisted or give a passcode away: the place, no excerpt."""
    texts = tuple(texts)
    credited = _CREDITS | {"contact"} if file.startswith("opportunities") else _CREDITS
    credits_ = {path for path, text in texts if credited & {*path} and privacy.is_watched(secret, watch, text)}
    ids = (path for path, text in texts if any(privacy.is_watched(secret, watch, each) for each in _ids(text)))
    for path in dict.fromkeys((*privacy.named(secret, watch, texts), *ids)):
        if path in credits_:
            message, hint = "this is somebody who is not listed", "pages show: a member; write anonymous to say so here"
        else:
            message, hint = "this text names somebody who is not listed, and everybody can read it", _ASK
        yield Problem(At(file, path), message, hint, Severity.WARNING, private=True)
    for path in privacy.passcodes(texts):
        hint = "whoever reads the page can join: send it to those who have registered"
        yield Problem(At(file, path), "this text gives a passcode away", hint, Severity.WARNING, private=True)


def _ids(text: str) -> Iterator[str]:
    """The ids of members in a text: it is one, or has the address of their page."""
    if is_id(text):
        yield text
    yield from _PAGE.findall(text)


_PAGE = re.compile(r"/members/([a-z\d]+(?:-[a-z\d]+)*)")
_CREDITS = frozenset(("speakers", "organizers", "hosts", "helpers", "leads", "former_leads", "authors"))
"""Fields of people: whoever is not listed is "a member" there. The contact of an event is text that stays."""
_ASK = "ask whether that is agreed, or take the name out"


def located(folder: Folder, problem: Problem, watch: Watch = Watch(), fresh: Fresh | None = None) -> Located:  # noqa: B008
    """The problem with its place; of what is not published the place alone, of somebody unlisted under another name.

    Where what it shows would name somebody unlisted, it shows nothing.
    """
    data = folder.read(problem.at.file)
    if fresh and fresh.item.within and problem.at.position is None:
        problem = replace(problem, at=replace(problem.at, path=(fresh.item.within, *problem.at.path)))
    if not (fresh.decoded.discreet if fresh else _is_somebody_unlisted(folder, problem.at.file)):
        found = locate(problem, data)
        if not privacy.betrays(folder.secret, watch, f"{found.message}\n{found.hint}\n{found.excerpt}"):
            return found
        is_told = privacy.betrays(folder.secret, watch, found.message)
        discreet = problem.discreet or ("the name of somebody who is not listed stands here" if is_told else "")
        return msgspec.structs.replace(locate(masked(replace(problem, hint="", discreet=discreet)), data), excerpt="")
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
    stem = path.rpartition(".")[0]
    whole = stem.rpartition(".")[0] if "." in stem.rpartition("/")[2] else stem  # of a translation: ada.es.yaml
    stems = (stem, whole, *((beside, f"{beside}/index") if "/" in rest else ()))
    owners = (path, *(stem + suffix for stem in stems for suffix in TEXT))
    settings = Settings(zone="", identity="", hidden=folder.hidden)
    known = (each for each in owners if each in folder.digests and each.endswith(TEXT))
    return any(says_hidden(each, folder.read(each), settings) for each in known)


def says_hidden(path: str, data: bytes, settings: Settings) -> bool:
    """A profile is unlisted, even if nothing else of it can be read."""
    document, _ = load(path, data)
    return is_hidden(document.data, settings) if document else _seems_hidden(data, settings)


def _seems_hidden(data: bytes, settings: Settings) -> bool:
    """What cannot be read is the profile of somebody unlisted, as far as can be told."""
    found = _LISTED.search(data)
    return is_hidden({"listed": found[1].decode("utf-8", "replace")} if found else {}, settings)


def seems_called(data: bytes) -> dict[str, list[str]]:
    """The names and old ids in a profile that cannot be read, as far as can be told."""
    found = {}
    for key, words in _CALLED.findall(data):
        parts = re.split(r"[\[\]{}\"'\n#]|^\s*-|,|:\s", words.decode("utf-8", "replace"), flags=re.MULTILINE)
        found[key.decode()] = [each.strip() for each in (*parts, *words.decode("utf-8", "replace").splitlines())]
    return found


_CALLED = re.compile(
    rb"^(name|title|also_known_as|sort_name|alias|aliases)[ \t]*:((?:[^\n]*)(?:\n(?:[ \t]|- )[^\n]*)*)", re.MULTILINE
)
_LISTED = re.compile(rb"^[\s{,'\"]*listed['\"]?[ \t]*:[ \t]*['\"]?([^'\"#\r\n,}]*)", re.MULTILINE | re.IGNORECASE)


def site_revealed(folder: Folder, config: Config, records: Iterable[Record], watch: Watch) -> Iterator[Problem]:
    """What must not stand in the texts of site.yaml; the office's own address may."""
    social = {link.title: f"{link.title} {link.url}" for link in config.social}
    values = {"name": config.name, "tagline": config.tagline, "description": config.description}
    texts: list[tuple[privacy.KeyPath, str]] = [((key,), text) for key, text in values.items()]
    texts += [(("social", title), text) for title, text in social.items()]
    for field, ways in (("navigation", config.navigation or ()), ("footer", config.footer)):
        texts += [((field, index, "label"), way.title) for index, way in enumerate(ways)]
        texts += [((field, index, "url"), way.url) for index, way in enumerate(ways)]
    for each in config.redirects:
        texts += [(("redirects", each.old), f"{each.old} {each.new}")]
        texts += [(("redirects", each.old), part) for part in re.split("[/?#]", f"{each.old}/{each.new}") if part]
        texts += [(("redirects", each.old), part.replace("-", " ")) for part in (each.old, each.new)]
    texts += [(("vocabulary", kind), " ".join(dict.fromkeys(words))) for kind, words in config.vocabulary.items()]
    texts += [(("netlify", "headers", at), f"{name}: {value}") for at, named in config.headers for name, value in named]
    private = _private(records) - {privacy.address(folder.secret, config.email)}
    for mention in privacy.mentions(folder.secret, texts):
        if mention.address in private:
            hint = "remove it; or the member says in the profile that it is public, such as public: email"
            yield Problem(
                At(folder.site, mention.path), "a member keeps this address or number private", hint, private=True
            )
    yield from indiscretions(folder.secret, folder.site, texts, watch)


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
