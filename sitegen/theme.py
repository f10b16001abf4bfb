"""Themes: templates and static files in folders that win over each other, and the digests of what they refer to."""

import functools
import os
import posixpath
import re
import traceback
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitegen import colour, i18n
from sitegen.model import Frozen
from sitegen.problems import At, Position, Problem, did_you_mean
from sitegen.slugs import is_id
from sitegen.source import Data, Stamp, digest, load, scan

if TYPE_CHECKING:
    import jinja2

_HERE = Path(__file__).resolve().parent
BUILT_IN = next((each for each in (_HERE / "themes", _HERE.parent / "themes") if each.is_dir()), _HERE / "themes")
"""The themes that come with the program: inside the package where it was installed, beside it in a checkout."""


class Static(Frozen, frozen=True):
    """A file that pages load: styles, scripts, pictures."""

    name: str
    path: str
    digest: bytes
    """Of the file and of all that it imports."""
    imports: tuple[tuple[str, str], ...] = ()
    """What a script imports: as it writes it, and the name of that file."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme with all that it extends: what a page is made with."""

    templates: tuple[tuple[str, str, str], ...]
    """Name, path and text of every template; ``<theme>/<name>`` names one that another theme wins over."""
    static: tuple[Static, ...]


def roots(
    name: str, options: Mapping[str, str], content: Path, themes: Path | None, site: str = "site.yaml"
) -> tuple[tuple[Path, ...], tuple[Path, ...], dict[str, str], tuple[Problem, ...]]:
    """The folders of a theme, the winning one first: ``content/_theme``, the theme, what it extends.

    Further the folders that are to be watched, as they would win over one of these if they were there; the theme's
    options; what is wrong. ``themes`` is the project's own folder of themes: it wins over what comes with the program.
    ``site`` is the path of site.yaml.
    """
    bases = [base for base in (themes, BUILT_IN) if base]
    found: list[Path] = [content / "_theme"]
    watched: list[Path] = [content / "_theme"]
    defaults: dict[str, str] = {}
    problems: list[Problem] = []
    at = At(site, ("theme",))
    while name:
        places = [base / name for base in bases] if is_id(name) else []
        watched += places
        root = next((each for each in places if (each / "theme.yaml").is_file()), None)
        if root is None or root in found:
            known = sorted({each.parent.name for base in bases for each in base.glob("*/theme.yaml")})
            hint = did_you_mean(name, known) or f"there are: {', '.join(known)}"
            problems.append(Problem(at, "there is no such theme, or it extends itself", hint))
            break
        found.append(root)
        declared, mistakes = _declared(root / "theme.yaml", content)
        problems += mistakes
        defaults = {**{str(key): str(value) for key, value in (declared.get("options") or {}).items()}, **defaults}
        name, at = str(declared.get("extends", "")), At(relative(root / "theme.yaml", content), ("extends",))
    problems += [problem for root in found for problem in _unreadable(root / "templates", content)]
    unknown = [_no_such(key, defaults, At(site, ("theme", "options", key), key=True)) for key in options]
    problems += [*filter(None, unknown), *_odd_accent(options.get("accent", ""), site)]
    return tuple(found), tuple(watched), {**defaults, **options}, tuple(problems)


def _odd_accent(accent: str, site: str) -> Iterator[Problem]:
    if accent and not colour.accent(accent):
        hint = did_you_mean(accent, colour.NAMES) or f'write "#0a7d5c" or one of {", ".join(colour.NAMES)}'
        yield Problem(At(site, ("theme", "options", "accent")), "this is no colour", hint)


def _declared(file: Path, content: Path) -> tuple[Data, tuple[Problem, ...]]:
    """theme.yaml: name, extends, options with their defaults."""
    path = relative(file, content)
    document, problems = load(path, file.read_bytes())
    data = document.data if document else {}
    odd = [_no_such(key, _FIELDS, At(path, (key,), key=True)) for key in data]
    if not isinstance(data.get("options") or {}, dict):
        return {}, (Problem(At(path, ("options",)), "options are a mapping of names to defaults"),)
    return data, (*problems, *filter(None, odd))


def _unreadable(folder: Path, content: Path) -> Iterator[Problem]:
    for file in scan(folder)[0]:
        try:
            (folder / file.path).read_bytes().decode()
        except UnicodeDecodeError as error:
            at = At(
                relative(folder / file.path, content), position=Position(error.object.count(b"\n", 0, error.start) + 1)
            )
            yield Problem(at, "the file is not UTF-8 text", "save it with the encoding UTF-8", private=True)


def _no_such(key: str, known: Collection[str], at: At) -> Problem | None:
    return None if key in known else Problem(at, f"there is no option or field {key}", did_you_mean(key, known))


_FIELDS = ("name", "extends", "options")


def relative(file: Path, content: Path) -> str:
    """A file's path as messages show it: relative to the content folder."""
    return os.path.relpath(file, content).replace(os.sep, "/")


def text_of(problem: Problem, content: Path) -> bytes | None:
    """The file that a problem is in, if there is one."""
    file = content / problem.at.file
    return file.read_bytes() if file.is_file() else None


def stamps(folders: Iterable[Path]) -> tuple[tuple[str, Stamp], ...]:
    """The stat of every file of a theme: while these are the same, so is the theme."""
    return tuple((str(folder / file.path), file.stamp) for folder in folders for file in scan(folder)[0])


def read(folders: Iterable[Path]) -> Theme:
    """The theme in these folders, the winning one first."""
    templates: dict[str, tuple[str, str]] = {}
    static: dict[str, Path] = {}
    for folder in folders:
        for file in scan(folder / "templates")[0]:
            path = folder / "templates" / file.path
            text = path.read_text("utf-8-sig", "replace")
            templates.setdefault(file.path, (str(path), text))
            templates.setdefault(f"{folder.name}/{file.path}", (str(path), text))
        for file in scan(folder / "static")[0]:
            static.setdefault(file.path, folder / "static" / file.path)
    return Theme(tuple((name, *found) for name, found in sorted(templates.items())), tuple(_static(static)))


IMPORT = re.compile(rb"""(\b(?:from|import)\s*\(?\s*["'])(\.{1,2}/[^"']+)""")
"""What a script imports from beside itself: the words before the address, and the address."""


def _static(paths: Mapping[str, Path]) -> Iterator[Static]:
    """The static files of a theme, by their names."""
    data = {name: path.read_bytes() for name, path in paths.items()}
    imports = {name: tuple(_imports(name, each, paths)) for name, each in data.items()}
    for name, path in sorted(paths.items()):
        reached, waiting = {name}, [name]
        while waiting:
            further = {other for _, other in imports[waiting.pop()]} - reached
            reached |= further
            waiting += further
        whole = b"".join(digest(data[each]) for each in sorted(reached))
        yield Static(name, str(path), digest(data[name] if len(reached) == 1 else whole), imports[name])


def _imports(name: str, data: bytes, known: Collection[str]) -> Iterator[tuple[str, str]]:
    if name.endswith(".js"):
        for _, address in IMPORT.findall(data):
            written = address.decode("utf-8", "replace")
            other = posixpath.normpath(posixpath.join(posixpath.dirname(name), written))
            if other in known:
                yield written, other


def environment(theme: Theme, language: str, kept: tuple[Path, bytes] | None = None) -> "jinja2.Environment":
    """The templates, compiled as they are asked for; everything that they put out is escaped.

    ``kept`` is the folder where their code is kept from build to build, and the digest of the program.
    """
    from sitegen.bytecode import Kept  # noqa: PLC0415 - not needed when nothing changed

    made = unkept(theme, language)
    made.bytecode_cache = Kept(*kept, language) if kept else None
    return made


@functools.lru_cache(maxsize=8)
def unkept(theme: Theme, language: str) -> "jinja2.Environment":
    """The same without a folder; one for all builds of a process."""
    import jinja2  # noqa: PLC0415 - not needed when nothing changed

    from sitegen.templates import Environment  # noqa: PLC0415

    sources = {name: (text, path, lambda: True) for name, path, text in theme.templates}
    made = Environment(
        loader=jinja2.FunctionLoader(sources.get),
        autoescape=True,
        undefined=jinja2.ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        extensions=["jinja2.ext.i18n"],
    )
    made.words = i18n.translations(language).gettext
    made.install_gettext_translations(i18n.translations(language), newstyle=True)  # type: ignore[attr-defined]
    for name in ("date", "time", "zone", "language_name", "country_name", "money"):
        made.filters[name] = functools.partial(_spoken, getattr(i18n, name), language)
    made.filters["endonym"] = lambda tag: i18n.language_name(tag, tag)
    made.globals["direction"] = i18n.direction
    made.globals["weekday"] = functools.partial(i18n.weekday, language=language)
    made.globals["_"] = made.globals["gettext"]
    return made


def _spoken(speak: Callable[..., str], language: str, value: str, *arguments: Any) -> str:
    """A filter of `i18n` in the language of the site: ``{{ value | date("yMMMM") }}``."""
    return speak(value, language, *arguments) if value else ""


@functools.lru_cache(maxsize=8)
def closures(theme: Theme) -> Mapping[str, bytes]:
    """For every template the digest of its text and of all that it includes, extends and imports.

    Where a name is dynamic it is the digest of the whole theme. A template with a mistake refers to nothing: that it
    cannot be used is told when it is.
    """
    import jinja2  # noqa: PLC0415 - not needed when nothing changed
    from jinja2 import meta  # noqa: PLC0415

    parser = environment(theme, "en")
    whole = digest("".join(f"{name}\0{text}\0" for name, _, text in theme.templates).encode())
    texts = {name: text for name, _, text in theme.templates}

    @functools.cache  # most have two names
    def referred(text: str) -> frozenset[str | None]:
        try:
            return frozenset(meta.find_referenced_templates(parser.parse(text)))
        except jinja2.TemplateSyntaxError:
            return frozenset()

    def reach(name: str) -> bytes:
        reached: set[str] = set()
        waiting = [name]
        while waiting:
            each = waiting.pop()
            if each in reached or each not in texts:
                continue
            reached.add(each)
            further = referred(texts[each])
            if None in further:
                return whole
            waiting += filter(None, further)
        return digest("".join(f"{each}\0{texts[each]}\0" for each in sorted(reached)).encode())

    return {name: reach(name) for name in texts}


def mistake(error: Exception, theme: Theme, content: Path, site: str = "site.yaml") -> Problem:
    """What a template could not do, at its place: Jinja puts the template's own lines into the traceback."""
    import jinja2  # noqa: PLC0415 - this is a template's error

    paths = {path for _, path, _ in theme.templates}
    lines = [
        (each.filename, each.lineno) for each in traceback.extract_tb(error.__traceback__) if each.filename in paths
    ]
    if isinstance(error, jinja2.TemplateSyntaxError) and error.filename:
        lines.append((error.filename, error.lineno))
    file, line = lines[-1] if lines else ("", 0)
    at = At(relative(Path(file), content), position=Position(line or 1)) if lines else At(site, ("theme",))
    if isinstance(error, jinja2.TemplateNotFound):
        hint = did_you_mean(str(error.name), [name for name, _, _ in theme.templates])
        return Problem(at, f"the theme has no template {error.name}", hint)
    if not lines:
        raise error  # no template's fault: a bug of ours
    what = str(error).splitlines()[0] if str(error) else type(error).__name__
    return Problem(at, f"the template cannot be used: {what}")
