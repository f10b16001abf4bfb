"""Work that is spread over processes: the same comes of it, whatever happens to one of them."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen import gather, publish, spread, write
from sitegen.spread import Lost
from tests.sites import OFFICE, Project, project

Make = Callable[[str], Project]


def doubled(shared: int, part: int) -> tuple[int, int]:
    """A result, and the process in which it was found."""
    return shared * part, os.getpid()


def failing(shared: str, part: int) -> int:
    """One of the parts goes wrong."""
    if part == 7:
        raise ValueError(shared)
    return part


def dying(shared: None, part: int) -> int:
    """A process is ended by the system."""
    del shared
    if part == 3:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(60)
    return part


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_the_same_comes_of_it(jobs: int) -> None:
    """Results come in the order of the parts, whatever the number of processes, of which this is one."""
    results, processes = zip(*spread.spread(doubled, 2, range(100), jobs, few=1), strict=True)
    assert list(results) == list(range(0, 200, 2))
    assert len({*processes}) <= jobs
    assert len({*processes} - {os.getpid()}) >= (jobs > 1)


def test_little_work_stays_here() -> None:
    """Processes need time to begin: fewer parts than are worth it are done in this one."""
    assert {process for _, process in spread.spread(doubled, 2, range(9), 4, few=10)} == {os.getpid()}


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_goes_wrong_is_raised(jobs: int) -> None:
    """An error in a process is an error here."""
    with pytest.raises(ValueError, match="it does"):
        list(spread.spread(failing, "it does", range(40), jobs, few=1))


def test_a_process_that_is_gone_is_told() -> None:
    """Where a process is ended from outside, as for lack of memory, that is said, and what helps."""
    with pytest.raises(Lost, match="--jobs 1"):
        list(spread.spread(dying, None, range(40), 2, few=1))


def test_what_nobody_takes_is_not_done() -> None:
    """Whoever stops after the first result waits for no more than what is being done."""
    results = spread.spread(doubled, 2, range(100), 2, few=1)
    assert next(results)[0] == 0
    results.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize(("jobs", "few"), [(1, 1), (2, 1), (0, 1), (2, 101)])
def test_work_beside_this_process(jobs: int, few: int) -> None:
    """What others have done meanwhile is there when it is asked for; where there are none, it is left to be done."""
    with spread.ahead(doubled, 2, range(100), jobs, few) as found:
        done = found()
    if jobs and few == 1:
        assert [result for result, _ in done] == list(range(0, 200, 2))
        assert os.getpid() not in {process for _, process in done}
    else:
        assert done == []
    assert multiprocessing.active_children() == []
    assert threading.active_count() == 1


def test_what_goes_wrong_beside_this_process() -> None:
    """An error there is one here; where a process is ended from outside, what it would have done is left to be done."""
    with spread.ahead(failing, "it does", range(40), 1, 1) as found, pytest.raises(ValueError, match="it does"):
        found()
    with spread.ahead(dying, None, range(40), 2, 1) as found:
        assert found() == []
    with pytest.raises(KeyError), spread.ahead(doubled, 2, range(1000), 2, 1):
        raise KeyError
    assert multiprocessing.active_children() == []


def test_texts_are_made_while_the_site_is_planned(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """With several processes the one that plans makes no text, but for one that is too complex, of which it tells."""
    here: list[str] = []
    of = write.html_of

    def counted(extensions: tuple[str, ...], body: str) -> str:
        here.append(body)
        return of(extensions, body)

    monkeypatch.setattr(write, "html_of", counted)
    people = [f"-- members/m{n}.yaml --\nname: M{n}\nbio: Of *{n}*.\n" for n in range(gather.FEW)]
    site = make(OFFICE + "".join(people))
    assert not site.build(jobs=2).failed
    assert here == []
    site.write("-- members/m1.yaml --\nname: M1\nbio: Of *me*.\n")
    assert site.build(jobs=2).decoded == 1
    assert here == ["Of *me*."]
    other = make(OFFICE + "".join(people) + "-- members/deep.yaml --\nname: Deep\nbio: " + '"' + "> " * 60 + 'x"\n')
    (told,) = (each for each in other.build(jobs=2).problems if "nested" in each.message)
    assert told.file == "members/deep.yaml"


SLOW = """
import sys, time
from sitegen import spread

def slow(shared, part):
    os.write(1, b"%d\\n" % os.getpid())
    time.sleep(0.02)
    return part

if __name__ == "__main__":
    list(spread.spread(slow, None, range(100000), 2, few=1))
"""


def alive(process: int) -> bool:
    """There is such a process, and it is no mere remembrance of one."""
    try:
        return Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them")
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_processes_end_with_the_one_that_began_them(tmp_path: Path, sign: signal.Signals) -> None:
    """Killed or interrupted, a build leaves no process behind that would go on with it."""
    program = tmp_path / "slow.py"
    program.write_text(f"import os{SLOW}", "utf-8")
    with subprocess.Popen([sys.executable, str(program)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as running:
        assert running.stdout
        workers = {int(running.stdout.readline()) for _ in range(4)}
        running.send_signal(sign)
        running.wait(10)
        until = time.monotonic() + 10
        while any(map(alive, workers)) and time.monotonic() < until:
            time.sleep(0.02)
        assert not [each for each in workers if alive(each)]


MEMBERS = "".join(
    f"-- members/m{number}.yaml --\nname: Member {number}\nskills: [clocks, skill {number % 4}]\nbio: No. *{number}*.\n"
    for number in range(9)
)
GUILD = f"""{OFFICE}languages: [en, es]
{MEMBERS}
-- members/hidden.yaml --
name: Quokka Vole
listed: no
-- groups/g.yaml --
title: Bench
timezone: Asia/Tokyo
-- events/e.md --
---
title: Meeting
start: 2026-12-01 18:00
groups: g
speakers: [m1, hidden]
---
See [here](/files/no.pdf).
-- events/e.es.md --
---
title: Reunión
---
Hola.
"""


def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever little there is to do is spread."""
    monkeypatch.setattr(write, "FEW", 1)
    monkeypatch.setattr(gather, "FEW", 1)


def test_a_site_is_the_same_with_any_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes, problems and what is remembered do not depend on how many processes shared the work, nor on the order."""
    one, several = project(tmp_path / "one", GUILD), project(tmp_path / "several", GUILD)
    alone = one.build()
    few(monkeypatch)
    shared = several.build(jobs=3)
    assert several.output() == one.output()
    assert shared.problems == alone.problems
    assert (shared.decoded, shared.rendered) == (alone.decoded, alone.rendered)
    assert b"Quokka" not in b"".join(several.output().values())
    assert several.build(jobs=3).rendered == 0, "and nothing is left to do"
    for site, jobs in ((one, 1), (several, 3)):
        site.write("-- members/m3.yaml --\nname: Member 3\nbio: Changed.\n-- members/m4.yaml --\nname: Four\n")
        site.build(jobs=jobs)
    assert several.output() == one.output()


def test_mistakes_are_told_as_ever(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong in content and in a template has its place, and nothing is published."""
    few(monkeypatch)
    wrong = make(GUILD.replace("name: Member 5", "nam: Member 5"))
    report = wrong.build(jobs=2)
    assert report.failed
    assert [problem.file for problem in report.problems if "nam" in problem.message] == ["members/m5.yaml"]
    broken = make(GUILD + "-- content/_theme/templates/member.html --\n{{ 1 / 0 }}\n")
    report = broken.build(jobs=2)
    assert report.failed
    assert {each.file for each in report.problems if "division" in each.message} == {"_theme/templates/member.html"}
    assert not broken.options.output.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them")
def test_a_lock_ends_with_the_build(tmp_path: Path) -> None:
    """Processes that outlive a killed build by a moment do not keep the next one from its work."""
    place = publish.place_of(tmp_path / "output")
    hears, says = os.pipe()
    with publish.locked(place):
        child = os.fork()
        if not child:
            os.write(says, b"here")
            time.sleep(60)
            os._exit(0)
        assert os.read(hears, 4) == b"here"
    try:
        with publish.locked(place):
            pass
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
