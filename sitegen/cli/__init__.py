"""The command line: the only place that prints and exits."""

import contextlib
import errno
import functools
import gc
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from sitegen import __version__, clock, publish, state, times
from sitegen.build import Options, Report, build
from sitegen.problems import Located, Severity, formatted
from sitegen.write import Progress

WRONG, USAGE, STOPPED = 1, 2, 130
"""Exit codes besides 0: wrong content or a failing disk; a command that is not understood; Ctrl-C (128 + SIGINT)."""

GARBAGE = (200_000, 50, 100)
"""How rarely Python looks for cycles: a build makes many values that live to its end. It saves a fifth of the time."""
PATIENCE = 1.0
"""Seconds after which a terminal is told what is going on."""

Command = Callable[..., Any]


def options_of(*options: Command) -> Command:
    """Several click options as one decorator, in the order in which the help names them."""
    return lambda function: functools.reduce(lambda made, option: option(made), reversed(options), function)


site = options_of(
    click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path), default="."),
    click.option(
        "-o",
        "--output",
        metavar="DIR",
        type=click.Path(path_type=Path),
        help="The folder to publish into: by default output/ in the project folder, and build/<name>/output/ here for "
        "a folder <name> that holds only content.",
    ),
    click.option(
        "-c",
        "--config",
        metavar="SITE.yaml",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="The file to take for content/site.yaml.",
    ),
)
"""Which site is meant."""

as_of = click.option(
    "--as-of",
    metavar="DATE",
    help="The present that the site is made for: a date (its first moment in the site's zone) or an instant.",
)
drafts = click.option("--drafts", is_flag=True, help="Publish drafts too.")
making = options_of(
    site,
    as_of,
    drafts,
    click.option("--strict", is_flag=True, help="Take warnings for errors."),
    click.option("-q", "--quiet", is_flag=True, help="Print errors and warnings only."),
    click.option("-v", "--verbose", is_flag=True, help="Name every file that is written or removed."),
)
"""How it is made."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sitegen")
def main() -> None:
    """Make an association's member directory and events site from YAML and Markdown."""
    gc.set_threshold(*GARBAGE)


@main.command("build")
@making
@click.option("--clean", is_flag=True, help="Make every file anew.")
def build_command(
    path: Path,
    output: Path | None,
    config: Path | None,
    as_of: str | None,
    drafts: bool,
    strict: bool,
    quiet: bool,
    verbose: bool,
    clean: bool,
) -> None:
    """Build the site of PATH.

    PATH is a project folder, with content/ in it, or a folder with a site.yaml; by default the current folder.
    """
    options = Options(*places(path, output, config), drafts=drafts, strict=strict, clean=clean)
    began = time.monotonic()
    report = run(options, as_of, quiet=quiet)
    if verbose:
        for sign, paths in (("+", report.placed), ("-", report.removed)):
            for each in sorted(paths):
                click.echo(f"{sign} {each}")
    if not quiet and not report.failed:
        click.echo(summary(report, shown_path(options.output), time.monotonic() - began))
        if report.until is not None:
            click.echo(f"It changes by itself on {moment(report.until, report.zone)}: build it again then.")
    sys.exit(WRONG if report.failed else 0)


@main.command("check")
@making
def check_command(
    path: Path,
    output: Path | None,
    config: Path | None,
    as_of: str | None,
    drafts: bool,
    strict: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Tell what a build of PATH would complain of; write nothing."""
    del verbose
    options = Options(*places(path, output, config), drafts=drafts, strict=strict, dry=True)
    report = run(options, as_of, quiet=quiet)
    if not quiet and not report.failed:
        click.echo(f"{entries(report)}: {tally(report.problems) or 'no problems'}.")
    sys.exit(WRONG if report.failed else 0)


@main.command("why")
@click.argument("file", metavar="OUTPUT")
@site
@as_of
@drafts
def why_command(
    file: str, path: Path, output: Path | None, config: Path | None, as_of: str | None, drafts: bool
) -> None:
    """Tell what a file of the site is made from, and why the next build would make it anew or not.

    OUTPUT is a file in the output folder or an address on the site: members/ada-okafor/, /calendar.ics.
    """
    from sitegen.why import why  # noqa: PLC0415 - no other command needs it

    options = Options(*places(path, output, config), drafts=drafts, dry=True)
    with explained():
        lines, known = why(options, functools.partial(present, as_of), file)
    click.echo("\n".join(lines), err=not known)
    sys.exit(0 if known else WRONG)


@main.command("clean")
@site
def clean_command(path: Path, output: Path | None, config: Path | None) -> None:
    """Remove what was built: the site's files and the memory of the builds. Files of others stay."""
    place = publish.place_of(Options(*places(path, output, config)).output)
    if not place.work.exists():
        click.echo("There is nothing to clean.")
        return
    with explained(), publish.locked(place):
        publish.recover(place)
        try:
            before = state.load(place.state)
        except state.Corrupt:
            raise Stopped(
                f"the memory of the last build is damaged, so nobody knows which files of {place.output.name}/ are the "
                "site's: build once more, or remove the folder yourself"
            ) from None
        count = publish.forget(place, before.outputs if before else {})
    click.echo(f"Removed {plural(count, 'file')} from {shown_path(place.output)}.")


class Stopped(click.ClickException):
    """One line on what keeps the program from going on."""

    exit_code = WRONG

    def show(self, file: Any = None) -> None:
        """Print it to standard error."""
        click.echo(f"sitegen: {self.message}", file=file, err=True)


@contextlib.contextmanager
def explained() -> Iterator[None]:
    """What keeps a build from being done, as one line and an exit code."""
    try:
        yield
    except publish.Refused as error:
        raise Stopped(str(error)) from None
    except KeyboardInterrupt:
        click.echo("\nsitegen: stopped; everything is as it was", err=True)
        sys.exit(STOPPED)
    except OSError as error:
        what = (
            "the disk is full"
            if error.errno in (errno.ENOSPC, errno.EDQUOT)
            else (error.strerror or str(error)).lower()
        )
        where = f" ({shown_path(Path(os.fsdecode(error.filename)))})" if error.filename else ""
        raise Stopped(f"{what}{where}; everything is as it was") from None


def run(options: Options, as_of: str | None, *, quiet: bool) -> Report:
    """Build, and print the problems."""
    with explained(), progressing() as progress:
        report = build(options, functools.partial(present, as_of), progress=progress)
    for problem in report.problems:
        if not (quiet and problem.severity is Severity.NOTE):
            click.echo(formatted(problem, os.path.relpath(options.content / problem.file)), err=True)
    if report.failed:
        click.echo(f"{tally(report.problems)}: nothing was published.", err=True)
    return report


def present(as_of: str | None, zone: ZoneInfo) -> datetime:
    """The present that the site is made for; what cannot be read is a usage error."""
    try:
        return clock.now(as_of, os.environ, zone)
    except times.Unreadable as error:
        message = f"{error.message}; {error.hint}" if error.hint else error.message
        where = "'--as-of'" if as_of is not None else "SOURCE_DATE_EPOCH"
        raise click.BadParameter(message, param_hint=where) from None


def places(path: Path, output: Path | None, config: Path | None) -> tuple[Path, Path, Path, Path | None]:
    """Content, output, site.yaml and the project's themes, for what was said on the command line."""
    path = path.resolve()
    if (path / "content").is_dir() and not (path / "site.yaml").exists():
        content, home, themes = path / "content", path, path / "themes"
    elif (path / "site.yaml").exists() or config:
        content, home, themes = path, Path.cwd() / "build" / path.name, None
    else:
        hint = "a project folder has content/ in it, a content folder site.yaml"
        raise click.BadParameter(f"there is no site in {shown_path(path)}: {hint}", param_hint="'PATH'")
    target = output.absolute() if output else home / "output"
    if any(part.startswith(".sitegen") for part in target.parts):
        raise click.BadParameter("a folder .sitegen is the program's own", param_hint="'--output'")
    if content.is_relative_to(target.resolve()):
        raise click.BadParameter("the content would be written over", param_hint="'--output'")
    if target.resolve().is_relative_to(content):
        message = f"the site would be built into its own content, {shown_path(target)}: choose another folder"
        raise click.BadParameter(message, param_hint="'--output'")
    return content, target, config.resolve() if config else content / "site.yaml", themes


def shown_path(path: Path) -> str:
    """A folder or file as it is called from here; a folder ends with a slash."""
    name = os.path.relpath(path)
    return name if os.path.isfile(path) else f"{name}/"  # noqa: PTH113 - a name may be too long to be looked for


@contextlib.contextmanager
def progressing() -> Iterator[Progress]:
    """What a build tells, on one line of a terminal, once it has taken a while."""
    began = time.monotonic()
    told = ""

    def progress(what: str, number: int, total: int) -> None:
        nonlocal told
        if not sys.stderr.isatty() or time.monotonic() - began < PATIENCE:
            return
        line = f"{what} … {100 * number // total} %" if total else f"{what} …"
        if line != told:
            click.echo(f"\r\033[K{line}", err=True, nl=False)
            told = line

    try:
        yield progress
    finally:
        if told:
            click.echo("\r\033[K", err=True, nl=False)


def summary(report: Report, output: str, seconds: float) -> str:
    """What a build did, in a sentence or two."""
    counts = {"new": report.new, "changed": len(report.placed) - report.new, "removed": len(report.removed)}
    parts = [f"{count:,} {word}" for word, count in counts.items() if count]
    done = f"Built {entries(report)}: {plural(report.files, 'file')} in {output}"
    if not parts:
        done = f"Nothing to do: {output} is up to date with {entries(report)}"
    problems = f" {tally(report.problems)}." if report.problems else ""
    details = f" ({', '.join(parts)})" if parts else ""
    return f"{done}{details}, {seconds:.1f} s.{problems}"


def moment(epoch: int, zone: str) -> str:
    """A moment as clocks in a zone show it: "2026-11-30 at 18:30 (Europe/Vienna)"."""
    return f"{datetime.fromtimestamp(epoch, times.zone(zone)):%Y-%m-%d at %H:%M} ({zone})"


def entries(report: Report) -> str:
    """How many entries of each kind are published: "27 members and 24 events"."""
    words = [plural(count, kind.removesuffix("s")) for kind, count in sorted(report.counts.items(), reverse=True)]
    return " and ".join(words) or "an empty site"


def tally(problems: Iterable[Located]) -> str:
    """How many errors, warnings and notes there are."""
    counts = Counter(problem.severity for problem in problems)
    return ", ".join(plural(counts[each], each.name.lower()) for each in Severity if counts[each])


def plural(count: int, word: str) -> str:
    """A number of things."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"
