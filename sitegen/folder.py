"""The content folder: its files, what stands where, and how private paths are remembered."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sitegen import privacy
from sitegen.common import IMAGES, Item
from sitegen.kinds import kinds
from sitegen.model import Config
from sitegen.problems import At, Problem, Severity, did_you_mean
from sitegen.source import File, digest

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


def digests(root: Path, files: Iterable[File], known: Callable[[str], tuple[object, bytes] | None]) -> dict[str, bytes]:
    """The digest of every file. Only one whose stamp is not the known one is read."""
    found: dict[str, bytes] = {}
    for file in files:
        before = known(file.path)
        same = before is not None and before[0] == file.stamp
        found[file.path] = before[1] if before and same else digest((root / file.path).read_bytes())
    return found


def layout(paths: Collection[str], site: str, config: Config) -> tuple[tuple[Item, ...], tuple[Problem, ...]]:
    """The items of a content folder, and what stands in it that is none. ``site`` is the path of site.yaml."""
    known = kinds()
    languages = {each.lower(): each for each in config.settings.languages}
    beside: dict[str, set[str]] = defaultdict(set)
    items: list[Item] = []
    problems: list[Problem] = []
    strange: dict[str, Problem] = {}
    for path in paths:
        folder, _, name = path.rpartition("/")
        kind, _, rest = path.partition("/")
        stem, dot, suffix = name.rpartition(".")
        if path in (site, config.logo) or (kind == "files" and rest) or _SITE_FILE.fullmatch(path):
            continue
        if not rest and stem in known and dot + suffix in TEXT:
            items.append(Item(stem, "", path))
        elif kind not in known:
            strange.setdefault(kind, _strange(kind, path, bool(rest)))
        elif name.lower().endswith(IMAGES):
            beside[folder].add(name)
        elif dot + suffix in TEXT:
            base, _, language = stem.rpartition(".")
            language = languages.get(language.lower(), "") if base else ""
            stem = base if language else stem
            own = stem == "index" and folder != kind
            ident = folder.rpartition("/")[2] if own else stem
            items.append(Item(kind, ident, path, folder=own, language=language))
        else:
            hint = "entries are .yaml or .md, pictures .jpg, .png or .webp; other files belong in files/"
            problems.append(Problem(At(path), "this file is not read", hint, Severity.WARNING))
    items, untranslated = _with_bases(items)
    problems += untranslated
    if config.logo and config.logo not in paths:
        problems.append(Problem(At(site, ("logo",)), "there is no such picture beside site.yaml", "put it there"))
    found = tuple(_with_pictures(items, beside))
    return found, (*problems, *strange.values(), *_same_ids(found))


_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?")
"""What looks like the tag of a language (BCP 47)."""
_SITE_FILE = re.compile(r"site(\.[\w-]+)?\.yaml")
"""site.yaml, and others of its kind for ``--config``."""


def _with_bases(items: Iterable[Item]) -> tuple[list[Item], list[Problem]]:
    """Every translation with the file that it translates, and those that translate none."""
    items = tuple(items)
    bases = {(item.kind, item.id): item for item in items if not item.language}
    found: list[Item] = []
    problems: list[Problem] = []
    for item in items:
        base = bases.get((item.kind, item.id))
        if not item.language:
            found.append(item)
            ident, _, tag = item.id.rpartition(".")
            if _TAG.fullmatch(tag) and (item.kind, ident) in bases:
                hint = f"if it is a translation, add {tag} to languages: in site.yaml"
                problems.append(Problem(At(item.path), "this is an entry of its own", hint, Severity.NOTE))
        elif base:
            found.append(replace(item, base=base.path))
        else:
            near = did_you_mean(item.id, [ident for kind, ident in bases if kind == item.kind])
            hint = near or "its name is that of the file in the site's own language, with the language before the dot"
            problems.append(Problem(At(item.path), "this translates nothing", hint))
    return found, problems


def _strange(name: str, path: str, is_folder: bool) -> Problem:  # noqa: FBT001 - private
    if not is_folder:
        near = did_you_mean(name.partition(".")[0], (*kinds(), "site")) if name.endswith(TEXT) else ""
        hint = near or "other files belong in files/"
        return Problem(At(path), "this file is not read", hint, Severity.WARNING)
    folders = (*kinds(), "files")
    hint = did_you_mean(name, folders) or f"the folders are {', '.join(folders)}"
    return Problem(At(name), "this folder is not read", hint, Severity.WARNING)


def _with_pictures(items: Iterable[Item], pictures: Mapping[str, Collection[str]]) -> Iterator[Item]:
    """The items, those with pictures beside them knowing of these and of one another."""
    items = tuple(items)
    owners: dict[str, set[str]] = defaultdict(set)
    for item in items:
        owners[item.path.rpartition("/")[0]].add(item.id)
    there = {folder: (frozenset(names), frozenset(owners.get(folder, ()))) for folder, names in pictures.items()}
    for item in items:
        names, ids = there.get(item.path.rpartition("/")[0], (None, None))
        own = frozenset[str]() if item.folder or ids is None else ids
        yield item if names is None else replace(item, pictures=names, owners=own)


def _same_ids(items: Iterable[Item]) -> Iterator[Problem]:
    """Every file whose id another one has, too: neither can be referred to."""
    owners: dict[tuple[str, str, str], list[Item]] = defaultdict(list)
    for item in items:
        if item.id:
            owners[item.kind, item.id, item.language].append(item)
    for same in owners.values():
        for item in same if len(same) > 1 else ():
            yield Problem(At(item.path), f"another file in {item.kind}/ has the same id", "rename one of them")
