"""Work spread over processes: what comes of it, and in which order, does not depend on how many there are."""

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future
    from concurrent.futures.process import ProcessPoolExecutor

S = TypeVar("S")
P = TypeVar("P")
R = TypeVar("R")

PORTIONS, LARGEST = 12, 100
"""So many portions each process gets, or more of at most so many parts: small ones end together and soon, large ones
are passed on with less ado."""


class Lost(OSError):  # noqa: N818 - the process is lost
    """A process was ended by somebody else, as systems do that run out of memory."""


def cores() -> int:
    """How many processes this machine runs at the same time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def method() -> str:
    """How processes begin: by fork they have everything at once, which beside threads or on other systems may fail."""
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


def spread(work: Callable[[S, P], R], shared: S, parts: Sequence[P], jobs: int, few: int) -> Iterator[R]:
    """``work(shared, part)`` of every part, in their order, in ``jobs`` processes, of which this is one.

    ``work`` is a function at the top of a module; where processes are not forked, ``shared`` and the parts are pickled.
    Fewer parts than ``few`` do not repay the start of processes, and are worked on here. What goes wrong in a process
    is raised here; `Lost` where it was ended from outside.
    """
    if jobs < 2 or len(parts) < few:  # noqa: PLR2004 - one process is this one
        yield from (work(shared, part) for part in parts)
        return
    executor, portions = _executor(work, shared, parts, jobs - 1)
    try:
        with _ended(executor):
            for done in _in_turn(
                executor, portions, lambda portion: [work(shared, part) for part in portion], jobs - 1
            ):
                yield from done
    except _broken():
        hint = "a process of the build was ended from outside, perhaps for lack of memory: --jobs 1 needs the least"
        raise Lost(hint) from None


@contextlib.contextmanager
def _ended(executor: "ProcessPoolExecutor") -> Iterator[None]:
    """Afterwards no process is left; where something went wrong here, or Ctrl-C, nobody waits for what they are at."""
    import multiprocessing  # noqa: PLC0415 - most builds change little

    others = multiprocessing.active_children()
    try:
        yield
    except BaseException:
        for process in multiprocessing.active_children():
            if process not in others:
                process.terminate()
        raise
    finally:
        executor.shutdown(cancel_futures=True)


AHEAD = 2
"""So many portions each of the others is given: one that it works on, and the next one."""


def _in_turn(
    executor: "ProcessPoolExecutor",
    portions: Sequence[Sequence[P]],
    work: Callable[[Sequence[P]], list[R]],
    others: int,
) -> Iterator[list[R]]:
    """What comes of the portions, in order. Whenever the next one is not done yet, this process does a later one."""
    given: dict[int, Future[list[R]]] = {}
    own: dict[int, list[R]] = {}
    begun = 0
    for turn in range(len(portions)):
        while turn not in own:
            while begun < len(portions) and sum(not each.done() for each in given.values()) < AHEAD * others:
                given[begun] = executor.submit(_portion, portions[begun])
                begun += 1
            if (turn in given and given[turn].done()) or begun == len(portions):
                own[turn] = given.pop(turn).result()
            else:
                own[begun] = work(portions[begun])
                begun += 1
        yield own.pop(turn)


@contextlib.contextmanager
def ahead(
    work: Callable[[S, P], R], shared: S, parts: Sequence[P], jobs: int, few: int
) -> Iterator[Callable[[], list[R]]]:
    """The same in so many processes besides this one, which goes on: what is given says what came of it, and waits.

    Where there is none besides, or nothing to do, or one was ended from outside, that is nothing: it is done later.
    """
    if jobs < 1 or len(parts) < few:
        yield list
        return
    executor, portions = _executor(work, shared, parts, jobs)

    def found() -> list[R]:
        try:
            return [each for done in waiting for each in done.result()]
        except _broken():
            return []
        finally:
            executor.shutdown(cancel_futures=True)

    with _ended(executor):
        waiting = [executor.submit(_portion, portion) for portion in portions]
        yield found


def _executor(
    work: Callable[[S, P], R], shared: S, parts: Sequence[P], jobs: int
) -> "tuple[ProcessPoolExecutor, list[Sequence[P]]]":
    import multiprocessing  # noqa: PLC0415 - most builds change little
    from concurrent.futures.process import ProcessPoolExecutor  # noqa: PLC0415

    size = min(max(1, len(parts) // (jobs * PORTIONS)), LARGEST)
    portions = [parts[start : start + size] for start in range(0, len(parts), size)]
    return ProcessPoolExecutor(jobs, multiprocessing.get_context(method()), _begin, (work, shared)), portions


def _broken() -> type[Exception]:
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415 - most builds change little

    return BrokenProcessPool


_task: tuple[Callable[[Any, Any], Any], Any]
"""What a process does, and with what."""


def _begin(work: Callable[[Any, Any], Any], shared: Any) -> None:
    """Make a process ready, and end it with the one that began it: that one alone hears of Ctrl-C."""
    global _task  # noqa: PLW0603 - a process has one task
    _task = work, shared
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    import multiprocessing  # noqa: PLC0415

    if parent := multiprocessing.parent_process():
        parent.join()
    os._exit(1)


def _portion(parts: Sequence[Any]) -> list[Any]:
    work, shared = _task
    return [work(shared, part) for part in parts]
