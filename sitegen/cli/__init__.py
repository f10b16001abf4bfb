"""The command line: the only place that prints and exits."""

import contextlib
import errno
import functools
import gc
import os
import shlex
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Any
from zoneinfo import ZoneInfo

import click

from sitegen import __version__, clock, extensions, publish, state, times
from sitegen.build import Report, build
from sitegen.options import Options
from sitegen.problems import Located, Severity, formatted
from sitegen.spread import Lost, cores
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


content = click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".")
config = click.option(
    "-c",
    "--config",
    metavar="SITE.yaml",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The file to take for content/site.yaml.",
)
site = options_of(
    content,
    click.option(
        "-o",
        "--output",
        metavar="DIR",
        type=click.Path(path_type=Path),
        help="The folder to publish into: by default output/ in the project folder, and build/<name>/output/ here for "
        "a folder <name> that holds only content.",
    ),
    config,
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


@main.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@as_of
def init_command(folder: Path, as_of: str | None) -> None:
    """Write a small site, all of it invented, into the new or empty folder DIR, to begin with."""
    import uuid  # noqa: PLC0415 - no other command needs it

    from sitegen import init  # noqa: PLC0415

    zone = times.zone(init.ZONE)
    with explained():
        count = init.init(folder, present(as_of, zone).astimezone(zone).date(), str(uuid.uuid4()), __version__)
    here = folder.resolve() == Path.cwd().resolve()
    place = "" if here else f" {shlex.quote(os.path.relpath(folder))}"
    click.echo(
        f"Wrote {plural(count, 'file')} into {shown_path(folder)}: look at them as a site with sitegen serve{place}"
    )
    click.echo(f"and write your own in their place; begin with {os.path.relpath(folder / 'content' / 'site.yaml')}.")


@main.command("serve")
@content
@config
@as_of
@drafts
@click.option(
    "--port", type=click.IntRange(0, 65_535), default=8000, help="The port to serve at; 0 is any that is free."
)
@click.option(
    "--host",
    metavar="ADDRESS",
    default="127.0.0.1",
    help="The address to serve at: 0.0.0.0 lets others on the network look on, too.",
)
@click.option("--open", "opens", is_flag=True, help="Open the site in the browser.")
def serve_command(
    path: Path, config: Path | None, as_of: str | None, drafts: bool, port: int, host: str, opens: bool
) -> None:
    """Show the site of PATH in the browser while it is being written.

    It is built anew at every change. Mistakes are told here and on its pages, which stay those of the last good build.
    The output folder is left alone.
    """
    import tempfile  # noqa: PLC0415 - no other command needs it

    from sitegen import serve  # noqa: PLC0415

    with interrupted(), tempfile.TemporaryDirectory(prefix="sitegen-", ignore_cleanup_errors=True) as folder:
        options = Options(*places(path, Path(folder).resolve() / "output", config), drafts=drafts, preview=True)
        try:
            listening = serve.listen(host, port)
        except OSError as error:
            in_use = error.errno == errno.EADDRINUSE
            what = f"port {port} is in use" if in_use else f"{host}, port {port}, cannot be served at"
            raise Stopped(f"{what}: choose another with {'--port' if in_use else '--host or --port'}") from None
        with listening:
            seen = serve.look(options)
            preview = serve.Preview(options.output)
            serve.update(preview, made(replace(options, jobs=cores()), as_of))

            def ready() -> None:
                url = serve.address(host, listening.getsockname()[1], preview.base)
                click.echo(f"Serving at {url} until Ctrl-C.")
                if opens:
                    serve.open_browser(url)

            again = functools.partial(made_again, options, as_of)
            serve.serve(preview, listening, host, options, seen, again, ready)


@main.command("build")
@making
@click.option("--clean", is_flag=True, help="Make every file anew.")
@click.option(
    "-j",
    "--jobs",
    metavar="N",
    type=click.IntRange(1),
    default=cores,
    show_default="one for each core",
    help="How many processes share the work.",
)
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
    jobs: int,
) -> None:
    """Build the site of PATH.

    PATH is a project folder, with content/ in it, or a folder with a site.yaml; by default the current folder.
    """
    options = Options(*places(path, output, config), drafts=drafts, strict=strict, clean=clean, jobs=jobs)
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
    except (publish.Refused, extensions.Broken) as error:
        raise Stopped(str(error)) from None
    except KeyboardInterrupt:
        click.echo("\nsitegen: stopped; everything is as it was", err=True)
        sys.exit(STOPPED)
    except Lost as error:
        raise Stopped(f"{error}; everything is as it was") from None
    except OSError as error:
        what = (
            "the disk is full"
            if error.errno in (errno.ENOSPC, errno.EDQUOT)
            else (error.strerror or str(error)).lower()
        )
        where = f" ({shown_path(Path(os.fsdecode(error.filename)))})" if error.filename else ""
        raise Stopped(f"{what}{where}; everything is as it was") from None


@contextlib.contextmanager
def interrupted() -> Iterator[None]:
    """What goes on until Ctrl-C, or until whoever started it ends it or closes the terminal; then all is tidied up."""
    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]  # Windows has no HUP
    plain = [number for number in numbers if signal.getsignal(number) is signal.SIG_DFL]  # nohup has it ignored
    for number in plain:
        signal.signal(number, interrupt)
    try:
        yield
    except KeyboardInterrupt:
        click.echo()
    finally:
        for number in plain:
            signal.signal(number, signal.SIG_DFL)


def interrupt(number: int, frame: FrameType | None) -> None:
    """Do what Ctrl-C does now, be that an exception or a task that ends in order."""
    del number
    handler = signal.getsignal(signal.SIGINT)
    (handler if callable(handler) else signal.default_int_handler)(signal.SIGINT, frame)


def made(options: Options, as_of: str | None) -> str:
    """Build for a preview, and print what a build prints; the problems again where it failed."""
    began = time.monotonic()
    failed = "the last good site is shown" if options.output.exists() else "there is no site to show yet"
    report = run(options, as_of, quiet=False, failed=failed)
    if report.failed:
        return "\n".join((*told(options, report), tally(report.problems)))
    click.echo(summary(report, "the preview", time.monotonic() - began))
    return ""


def made_again(options: Options, as_of: str | None) -> str:
    """Build for a preview that goes on whatever keeps the site from being built."""
    try:
        return made(options, as_of)
    except click.ClickException as error:
        error.show()
        return error.format_message()


def run(options: Options, as_of: str | None, *, quiet: bool, failed: str = "nothing was published") -> Report:
    """Build, and print the problems; ``failed`` is what becomes of a site with errors."""
    with explained(), progressing() as progress:
        report = build(options, functools.partial(present, as_of), progress=progress)
    for text in told(options, report, quiet=quiet):
        click.echo(text, err=True)
    if report.failed:
        click.echo(f"{tally(report.problems)}: {failed}.", err=True)
    return report


def told(options: Options, report: Report, *, quiet: bool = False) -> Iterator[str]:
    """The problems as they are printed, by paths from here."""
    for problem in report.problems:
        if not (quiet and problem.severity is Severity.NOTE):
            yield formatted(problem, os.path.relpath(options.content / problem.file))


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
    if path == Path.cwd() and path.name == "content" and not output:  # whoever stands in it means the project
        path = path.parent
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


ONE_OF = {
    "members": "member", "events": "event", "groups": "group", "organizations": "organization",
    "opportunities": "opportunity", "resources": "resource", "news": "news item", "pages": "page",
}  # fmt: skip
"""What one entry of a kind is called, in the order in which they are told; other kinds follow."""


def entries(report: Report) -> str:
    """How many entries of each kind are published: "27 members, 24 events and 1 group"."""
    order = list(ONE_OF)
    kinds = sorted(report.counts, key=lambda kind: (order.index(kind) if kind in ONE_OF else len(order), kind))
    words = [counted(report.counts[kind], kind) for kind in kinds]
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:]))) or "an empty site"


def counted(count: int, kind: str) -> str:
    """A number of entries of a kind."""
    one = ONE_OF.get(kind, kind.removesuffix("s"))
    return plural(count, one) if count == 1 or kind == "news" else f"{count:,} {kind}"


def tally(problems: Iterable[Located]) -> str:
    """How many errors, warnings and notes there are."""
    counts = Counter(problem.severity for problem in problems)
    return ", ".join(plural(counts[each], each.name.lower()) for each in Severity if counts[each])


def plural(count: int, word: str) -> str:
    """A number of things."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"
