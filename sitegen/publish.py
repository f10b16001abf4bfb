"""All or nothing: outputs are put into a twin of the output folder, and one exchange of the two publishes them.

Beside ``output/`` stands the folder ``.sitegen/``:

- ``twin/``: the tree that was published before, without what has changed since; or the one that is being made.
  Unchanged files are hard links;
- ``dirty``: there while the twin is being changed;
- ``state``: what the published tree was made from (the state's matter, bytes here);
- ``memory/``: what the state refers to;
- ``templates/``: the code of the templates;
- ``words/``: there while the full text is being indexed;
- ``next-change``: the next moment at which the site must change, for schedulers.
- ``next-<inode>``: the state of the tree with that inode, written just before that tree is published. It is the
  journal: who finds it knows by the inode of ``output/`` whether the exchange took place, and ends what was begun;
- ``anew-<inode>``: the same where nobody knows what the tree before holds, as its state is damaged;
- ``replaced/``: that tree, until the next such case.

Whatever moment a build is killed at, ``output/`` is one of the two trees, and the next build can go on from it. (Where
a system cannot exchange two folders, they are renamed one after the other: between the two calls there is none.)
"""

import contextlib
import ctypes
import errno
import os
import shutil
import stat
import sys
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

PATIENCE = 1.0
"""So many seconds a build waits for another one to end."""


class Refused(Exception):  # noqa: N818 - not an error of the program: the folder is not ours to replace
    """The output folder cannot be written; the message is one line for people."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a site is published, and the folder beside it where the work is done."""

    output: Path
    work: Path

    @property
    def twin(self) -> Path:
        """The tree that takes the place of the output."""
        return self.work / "twin"

    @property
    def state(self) -> Path:
        """What the output was made from."""
        return self.work / "state"

    @property
    def part(self) -> Path:
        """A state that is being written."""
        return self.work / "state.part"

    @property
    def old(self) -> Path:
        """The output, for the instant in which the twin is renamed to it."""
        return self.work / "old"

    @property
    def compiled(self) -> Path:
        """The code of the templates."""
        return self.work / "templates"

    @property
    def memory(self) -> Path:
        """What the state refers to."""
        return self.work / "memory"

    @property
    def words(self) -> Path:
        """Room for the index of the full text while it is being made."""
        return self.work / "words"

    @property
    def dirty(self) -> Path:
        """There while the twin is being changed: a build that finds it was preceded by one that was killed."""
        return self.work / "dirty"


def place_of(output: Path) -> Place:
    """The place of an output folder: ``.sitegen`` beside ``output``, ``.sitegen-<name>`` beside another name."""
    output = Path(os.path.realpath(output))
    name = ".sitegen" if output.name == "output" else f".sitegen-{output.name}"
    return Place(output, output.parent / name)


@contextlib.contextmanager
def locked(place: Place) -> Iterator[None]:
    """Only one build at a time works on a place; a second one is `Refused`.

    A killed build's lock ends with it, or with a process that it was just forking: the lock is waited for a little.
    """
    place.work.mkdir(parents=True, exist_ok=True)
    with (place.work / "lock").open("w") as lock:
        patience = time.monotonic() + PATIENCE
        while not _is_locked(lock.fileno()):
            if time.monotonic() > patience:
                raise Refused(f"another build is at work on {place.output.name}/: wait for it to end")
            time.sleep(PATIENCE / 20)
        _locks.add(lock)
        try:
            yield
        finally:
            _locks.discard(lock)


_locks: set[IO[str]] = set()
"""The locks that this process has. A process that it forks must not have them, as it may be there a little longer."""


def _without_locks() -> None:
    while _locks:
        _locks.pop().close()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_without_locks)


def _is_locked(descriptor: int) -> bool:
    """Take the lock, unless somebody has it."""
    try:
        _lock(descriptor)
    except OSError:
        return False
    return True


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def recover(place: Place) -> None:
    """End what a killed build began: forward where its tree is published or the output is missing, else back."""
    journals = (*place.work.glob("next-[0-9]*"), *place.work.glob("anew-[0-9]*"))
    for journal in journals:
        if not place.output.exists() and _is_for(journal, place.twin):
            place.twin.rename(place.output)
    if place.old.exists() and not place.output.exists():
        place.old.rename(place.output)
    for journal in journals:
        if _is_for(journal, place.output):
            _end(place, journal)
        else:
            journal.unlink()
    if place.old.exists():  # somebody made another output folder meanwhile
        set_aside(place, place.old)
    if place.dirty.exists():
        shutil.rmtree(place.twin, ignore_errors=True)
        shutil.rmtree(place.words, ignore_errors=True)
        place.part.unlink(missing_ok=True)
        place.dirty.unlink()


def _is_for(journal: Path, tree: Path) -> bool:
    return journal.name.partition("-")[2] == str(_inode(tree))


def _end(place: Place, journal: Path) -> None:
    """The tree of a journal is published: the one before is the twin now, or set aside, and its state counts."""
    if place.old.exists():
        place.old.rename(place.twin)
    if journal.name.startswith("anew-"):
        set_aside(place)
    journal.replace(place.state)


def _inode(folder: Path) -> int | None:
    try:
        return folder.stat().st_ino
    except FileNotFoundError:
        return None


def files(root: Path) -> dict[str, tuple[int, int]]:
    """Size and mtime (nanoseconds) of every file and link below a folder, by path; empty where there is none.

    A folder in which nothing stands is one of them, with a slash at the end: there are some in every ``.git``.
    """
    found: dict[str, tuple[int, int]] = {}
    waiting = [("", str(root))]
    while waiting:
        prefix, folder = waiting.pop()
        empty = bool(prefix)
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    empty = False
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append((f"{prefix}{entry.name}/", entry.path))
                    else:
                        info = entry.stat(follow_symlinks=False)
                        found[prefix + entry.name] = (info.st_size, info.st_mtime_ns)
        except (FileNotFoundError, NotADirectoryError):
            continue
        if empty:
            found[prefix] = (0, 0)
    return found


def stand(root: Path, known: Iterable[tuple[str, int, int]]) -> bool:
    """All these files stand below a folder as they were left: paths, sizes, and mtimes in nanoseconds."""
    above = f"{root}/"
    try:
        return all(
            (info := os.lstat(above + path)).st_mtime_ns == mtime and info.st_size == size
            for path, size, mtime in known
        )
    except OSError:
        return False


def is_ours_to_make(name: str) -> bool:
    """A file that may stand in an output folder before the first build: hidden ones (.git, .gitignore) and CNAME."""
    return name.startswith(".") or name == "CNAME"


def check(place: Place, foreign: Collection[str], planned: Collection[str], *, known: bool) -> None:
    """Refuse an output folder that is protected or not ours, and to write over a file in it that is not.

    ``foreign`` are the files that no build made; ``known``: a state tells that a build made the others.
    """
    output = place.output
    if output.exists() and not output.is_dir():
        raise Refused(f"{output.name} is a file: choose another folder with -o")
    if output.is_mount():
        raise Refused(_mounted(output))
    if odd := next((each for each in foreign if not _is_text(each)), ""):
        raise Refused(f"the name of {output.name}/{os.fsencode(odd).decode(errors='replace')} is not UTF-8: rename it")
    if not known and (strange := next((each for each in foreign if not is_ours_to_make(each)), "")):
        raise Refused(
            f"{output.name}/ is not empty and was not built here ({strange.partition('/')[0]} stands in it): "
            "empty it, or choose another folder with -o"
        )
    if taken := _in_the_way(foreign, planned):
        raise Refused(f"{output.name}/{taken} was not built here and would be written over: move it away")
    if output.exists() and not output.stat().st_mode & stat.S_IWUSR:
        raise Refused(f"{output.name}/ is read-only: make it writable, or choose another folder with -o")


def _mounted(output: Path) -> str:
    return f"{output.name}/ is a mount point and cannot be replaced at once: choose a folder in it with -o"


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _in_the_way(foreign: Collection[str], planned: Collection[str]) -> str:
    """A file that stands where a planned file or a folder of one is to be, or in a folder where a planned file is."""
    folders = {folder for path in planned for folder in _folders(path)} if foreign else set()
    for path in foreign:
        name = path.rstrip("/")
        if name in planned or path in folders or any(folder in planned for folder in _folders(name)):
            return path
    return ""


def _folders(path: str) -> Iterator[str]:
    """The folders that a path leads through, the innermost first."""
    while path := path.rstrip("/").rpartition("/")[0]:
        yield path


@dataclass(frozen=True, slots=True)
class Placed:
    """A file in the twin: its size, and its mtime in nanoseconds."""

    size: int
    mtime: int


def prepare(
    place: Place, changed: Collection[str] | None, live: Mapping[str, tuple[int, int]], *, alone: bool = False
) -> None:
    """Make the twin equal to the published tree.

    ``changed`` are the paths in which the two may differ; None means that any may. ``live`` is every file that is
    published now, with its size and mtime: what others did to the twin is found by that, unless nobody else is there.
    """
    if alone and changed is not None and place.twin.exists():
        there = {path: info for path, info in live.items() if path not in changed}
    else:
        there = files(place.twin)
    if changed is None or not place.twin.exists():
        changed = {*live, *there}
    else:
        changed = {*changed, *(path for path, _ in live.items() ^ there.items())}
    place.dirty.touch()
    place.twin.mkdir(exist_ok=True)
    different = [path for path in changed if path not in live or not _same_file(place.output / path, place.twin / path)]
    for path in there.keys() & set(different):  # all first: a folder may take the place of a file, or the reverse
        remove(place.twin, path)
    for path in different:
        source, target = place.output / path, place.twin / path
        if path in live and path.endswith("/"):
            target.mkdir(parents=True, exist_ok=True)
        elif path in live and os.path.lexists(source):
            target.parent.mkdir(parents=True, exist_ok=True)
            _share(source, target)


def _same_file(one: Path, other: Path) -> bool:
    try:
        return os.path.samestat(one.lstat(), other.lstat())
    except (FileNotFoundError, NotADirectoryError):
        return False


def _share(source: Path, target: Path) -> None:
    """One file under two names; a copy where the file system cannot."""
    try:
        os.link(source, target, follow_symlinks=False)
    except (OSError, NotImplementedError) as error:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        shutil.copy2(source, target, follow_symlinks=False)


def remove(root: Path, path: str) -> None:
    """Remove a file or an empty folder, if it is there, and the folders that it leaves empty. No link is followed."""
    target = root / path
    folders = [root / folder for folder in _folders(path)]
    if any(folder.is_symlink() for folder in folders):
        return
    try:
        if path.endswith("/"):
            target.rmdir()
        else:
            target.unlink()
        for folder in folders:
            folder.rmdir()
    except (FileNotFoundError, NotADirectoryError):
        pass  # it is not there
    except OSError as error:
        full = error.errno in (errno.ENOTEMPTY, errno.EEXIST)
        folder_of_that_name = error.errno in (errno.EISDIR, errno.EPERM) and target.is_dir()
        if not full and not folder_of_that_name:
            raise


def put(place: Place, path: str, data: bytes) -> Placed:
    """Write a file into the twin. It is a new one, never the bytes of one that the published tree shares."""
    target = place.twin / path
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        target.unlink()
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as file:
        file.write(data)
    info = target.stat()
    return Placed(info.st_size, info.st_mtime_ns)


def commit(place: Place, state: bytes, changed: Iterable[str] | None) -> None:
    """Publish the twin, and its state with it.

    ``changed`` are the paths in which the twin differs from what was published before, which is the twin afterwards:
    there they are removed, so that nothing that is published no more is kept. None means that any may; where there is a
    state all the same, which is damaged, that tree is set aside.
    """
    part = _written(place, state)
    if place.output.exists():
        place.twin.chmod(stat.S_IMODE(place.output.stat().st_mode))
    kind = "anew" if changed is None and place.state.exists() else "next"
    journal = part.replace(place.work / f"{kind}-{_inode(place.twin)}")
    swap(place)
    with contextlib.suppress(OSError):  # the site is published: what cannot be done now is for `recover`
        _end(place, journal)
        for path in changed or ():
            remove(place.twin, path)
        place.dirty.unlink()


def keep(place: Place, state: bytes) -> None:
    """Write the state where the published tree stays as it is."""
    _written(place, state).replace(place.state)
    place.dirty.unlink(missing_ok=True)  # the twin is equal to the published tree


def _written(place: Place, state: bytes) -> Path:
    """The state in a file beside the one that counts; nothing is left of it where the disk is full."""
    try:
        place.part.write_bytes(state)
    except OSError:
        place.part.unlink(missing_ok=True)
        raise
    return place.part


def announce(place: Place, change: int | None) -> None:
    """Tell schedulers the next moment at which the site must change (seconds since 1970), in ISO 8601.

    The file is removed where there is no such moment, and left alone where it tells it already.
    """
    file = place.work / "next-change"
    with contextlib.suppress(OSError):  # the site is published: what cannot be told now the next build tells
        if change is None:
            file.unlink(missing_ok=True)
            return
        text = f"{datetime.fromtimestamp(change, UTC):%Y-%m-%dT%H:%M:%SZ}\n"
        if not file.is_file() or file.read_text("ascii", "replace") != text:
            file.write_text(text, "ascii")


def give_up(place: Place) -> None:
    """Leave the published tree as it is, and free the room that the twin and the code of the templates took."""
    with contextlib.suppress(OSError):
        recover(place)
    shutil.rmtree(place.compiled, ignore_errors=True)


def set_aside(place: Place, tree: Path | None = None) -> None:
    """Keep a tree that was published before, of which nobody knows what it holds, until the next such case."""
    tree, aside = tree or place.twin, place.work / "replaced"
    if tree.exists():
        shutil.rmtree(aside, ignore_errors=True)
        tree.rename(aside)


def swap(place: Place) -> None:
    """Exchange the twin and the output; or move the output to `Place.old`, if it is there, and the twin to it."""
    try:
        if not place.output.exists():
            place.twin.rename(place.output)
        elif not _exchange(place.twin, place.output):
            _rename(place)
    except OSError as error:
        if error.errno == errno.EBUSY:  # a folder of the same disk that is mounted there looks like any other
            raise Refused(_mounted(place.output)) from None
        raise


def _rename(place: Place) -> None:
    """Two calls, with no output between them; if the second fails, the first is taken back."""
    place.output.rename(place.old)
    try:
        place.twin.rename(place.output)
    except OSError:
        place.old.rename(place.output)
        raise


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one call; False where the system has none (``SITEGEN_EXCHANGE=off`` says so too)."""
    if os.environ.get("SITEGEN_EXCHANGE") == "off":
        return False
    call, swap = ("renamex_np", 2) if sys.platform == "darwin" else ("renameat2", 2)
    try:
        function = getattr(ctypes.CDLL(None, use_errno=True), call)
    except (AttributeError, OSError, TypeError):
        return False
    here = () if sys.platform == "darwin" else (-100,)  # AT_FDCWD: paths are as for any other call
    if function(*here, os.fsencode(one), *here, os.fsencode(other), swap) == 0:
        return True
    if (number := ctypes.get_errno()) in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(number, os.strerror(number), str(other))


def forget(place: Place, outputs: Mapping[str, object]) -> int:
    """Remove what a build made: the files that the state lists, and the work folder. Returns how many files it were."""
    there = files(place.output)
    ours = [path for path in outputs if path in there]
    for path in ours:
        remove(place.output, path)
    shutil.rmtree(place.work, ignore_errors=True)
    return len(ours)
