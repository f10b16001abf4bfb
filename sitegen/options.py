"""What a build is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sitegen import theme, times
from sitegen.model import Config

Clock = Callable[[ZoneInfo], datetime]
"""Tells the present in a zone."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a build is asked for. Paths are absolute."""

    content: Path
    output: Path
    site: Path
    """site.yaml, or the file that stands for it."""
    themes: Path | None = None
    """The project's own themes."""
    drafts: bool = False
    strict: bool = False
    clean: bool = False
    """Nothing is remembered of the builds before."""
    dry: bool = False
    """Everything is done but nothing is written."""
    preview: bool = False
    """The output folder is the preview's alone, and the search is quick: nobody waits for the full text."""
    jobs: int = 1
    """How many processes share the work."""


def site_path(options: Options) -> str:
    """site.yaml, relative to the content folder."""
    return theme.relative(options.site, options.content)


def bases(options: Options) -> tuple[str, ...]:
    """The project's own folders that a theme may be in."""
    return tuple(map(str, (options.content, options.themes or "")))


def moment(clock: Clock, config: Config) -> int:
    """The present in the association's zone, in seconds since 1970."""
    return int(clock(times.zone(config.settings.zone)).timestamp())
