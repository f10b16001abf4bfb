"""All or nothing: outputs are put into a twin of the output folder, and one exchange of the two publishes them.

Beside ``output/`` stands the folder ``.sitegen/``:

- ``twin/``: the tree that was published before, without what has changed since; or the one that is being made.
  Unchanged files are hard links;
- ``dirty``: there while the twin is being changed;
- ``state``: what the published tree was made from (the state's matter, bytes here);
- ``next-<inode>``: the state of the tree with that inode, written just before that tree is published. It is the
  journal: who finds it knows by the inode of ``output/`` whether the exchange took place, and ends what was begun.

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
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path


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
    def dirty(self) -> Path:
        """There while the twin is being changed: a build that finds it was preceded by one that was killed."""
        return self.work / "dirty"


def place_of(output: Path) -> Place:
    """The place of an output folder: ``.sitegen`` beside ``output``, ``.sitegen-<name>`` beside another name."""
    output = output.resolve()
    name = ".sitegen" if output.name == "output" else f".sitegen-{output.name}"
    return Place(output, output.parent / name)


@contextlib.contextmanager
def locked(place: Place) -> Iterator[None]:
    """Only one build at a time works on a place; a second one is `Refused`. A killed build's lock ends with it."""
    place.work.mkdir(parents=True, exist_ok=True)
    with (place.work / "lock").open("w") as lock:
        try:
            _lock(lock.fileno())
        except OSError:
            message = f"another build is at work on {place.output.name}/: wait for it to end"
            raise Refused(message) from None
        yield


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
    for journal in place.work.glob("next-*"):
        tree = int(journal.name.removeprefix("next-"))
        if not place.output.exists() and _inode(place.twin) == tree:
            place.twin.rename(place.output)
        if _inode(place.output) == tree:
            journal.replace(place.state)
        else:
            journal.unlink()
    if place.old.exists() and not place.output.exists():
        place.old.rename(place.output)
    if place.dirty.exists():
        shutil.rmtree(place.twin, ignore_errors=True)
        shutil.rmtree(place.old, ignore_errors=True)
        place.part.unlink(missing_ok=True)
        place.dirty.unlink()


def _inode(folder: Path) -> int | None:
    try:
        return folder.stat().st_ino
    except FileNotFoundError:
        return None


def files(root: Path) -> dict[str, tuple[int, int]]:
    """Size and mtime (nanoseconds) of every file and link below a folder, by path; empty where there is none."""
    found: dict[str, tuple[int, int]] = {}
    waiting = [("", str(root))]
    while waiting:
        prefix, folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append((f"{prefix}{entry.name}/", entry.path))
                    else:
                        info = entry.stat(follow_symlinks=False)
                        found[prefix + entry.name] = (info.st_size, info.st_mtime_ns)
        except FileNotFoundError:
            continue
    return found


def is_ours_to_make(name: str) -> bool:
    """A file that may stand in an output folder before the first build: hidden ones (.git, .gitignore) and CNAME."""
    return name.startswith(".") or name == "CNAME"


def check(place: Place, foreign: Iterable[str], planned: Container[str], *, known: bool) -> None:
    """Refuse an output folder that is protected or not ours, and to write over a file in it that is not.

    ``foreign`` are the files that no build made; ``known``: a state tells that a build made the others.
    """
    output = place.output
    if output.exists() and not output.is_dir():
        raise Refused(f"{output.name} is a file: choose another folder with -o")
    if output.is_mount():
        raise Refused(f"{output.name}/ is a mount point and cannot be replaced at once: choose a folder in it with -o")
    if not known and (strange := next((each for each in foreign if not is_ours_to_make(each)), "")):
        raise Refused(
            f"{output.name}/ is not empty and was not built here ({strange.partition('/')[0]} stands in it): "
            "empty it, or choose another folder with -o"
        )
    if taken := next((each for each in foreign if each in planned), ""):
        raise Refused(f"{output.name}/{taken} was not built here and would be written over: move it away")
    if output.exists() and not output.stat().st_mode & stat.S_IWUSR:
        raise Refused(f"{output.name}/ is read-only: make it writable, or choose another folder with -o")


@dataclass(frozen=True, slots=True)
class Placed:
    """A file in the twin: its size, and its mtime in nanoseconds."""

    size: int
    mtime: int


def prepare(place: Place, changed: Iterable[str] | None, live: Iterable[str]) -> None:
    """Make the twin equal to the published tree.

    ``changed`` are the paths in which the two may differ; None means that any may. ``live`` is every file that is
    published now.
    """
    if changed is None or not place.twin.exists():
        changed = {*live, *files(place.twin)}
    place.dirty.touch()
    place.twin.mkdir(exist_ok=True)
    different = [path for path in changed if not _same_file(place.output / path, place.twin / path)]
    for path in different:  # all of them first: a folder may take the place of a file, or a file that of a folder
        remove(place.twin, path)
    for path in different:
        source, target = place.output / path, place.twin / path
        if os.path.lexists(source):
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
    """Remove a file, if it is there, and the folders that it leaves empty."""
    target = root / path
    try:
        target.unlink()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, PermissionError):
        if os.path.lexists(target) and not target.is_dir():
            raise
        return
    for folder in target.parents:
        if folder == root or any(folder.iterdir()):
            break
        folder.rmdir()


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


def commit(place: Place, state: bytes, changed: Iterable[str]) -> None:
    """Publish the twin, and its state with it.

    ``changed`` are the paths in which the twin differs from what was published before, which is the twin afterwards:
    there they are removed, so that nothing that is published no more is kept.
    """
    place.part.write_bytes(state)
    if place.output.exists():
        place.twin.chmod(stat.S_IMODE(place.output.stat().st_mode))
    journal = place.part.replace(place.work / f"next-{_inode(place.twin)}")
    swap(place)
    journal.replace(place.state)
    for path in changed:
        remove(place.twin, path)
    place.dirty.unlink()


def keep(place: Place, state: bytes) -> None:
    """Write the state where the published tree stays as it is."""
    place.part.write_bytes(state)
    place.part.replace(place.state)
    place.dirty.unlink(missing_ok=True)  # the twin is equal to the published tree


def give_up(place: Place) -> None:
    """Leave the published tree as it is, and free the room that the twin took."""
    with contextlib.suppress(OSError):
        recover(place)


def set_aside(place: Place) -> Path:
    """Keep the tree that was published before, of which nobody knows what it holds, until the next such case."""
    aside = place.work / "replaced"
    shutil.rmtree(aside, ignore_errors=True)
    return place.twin.rename(aside)


def swap(place: Place) -> None:
    """Exchange the twin and the output; the twin takes the place of an output that is missing."""
    if not place.output.exists():
        place.twin.rename(place.output)
    elif not _exchange(place.twin, place.output):
        place.output.rename(place.old)
        place.twin.rename(place.output)
        place.old.rename(place.twin)


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
    count = sum(1 for path in outputs if os.path.lexists(place.output / path))
    for path in outputs:
        remove(place.output, path)
    shutil.rmtree(place.work, ignore_errors=True)
    return count
