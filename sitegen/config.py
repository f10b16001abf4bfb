"""The association as the program uses it: what site.yaml makes of it, and what is wrong there."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

import msgspec

from sitegen import extensions, i18n
from sitegen.common import Common, read_links, topic_slug
from sitegen.kinds import kinds
from sitegen.model import Config, Link, Own, Redirect, Settings
from sitegen.problems import At, Problem, Severity, did_you_mean
from sitegen.schema import validated
from sitegen.sitefile import NAME_OF_A_FIELD, ONLY, WEEKDAYS, Calendar, Directory, Repository, SiteFile, Theme
from sitegen.source import Document

FORMATS = (
    "ics", "vcf", "atom", "jsonfeed", "api", "search", "directory", "graph", "sitemap", "redirects", "netlify", "share",
    "qr",
)  # fmt: skip
"""Formats that can be switched off: pages, pictures and files are always written."""
_ALWAYS = ("html", "files")
QR_MEMBERS = 2_000
"""QR codes are made without being asked for up to so many members (section 3 of the contract): they cost most."""
HOLES = re.compile(r"(?<=/)(:[A-Za-z]\w*(?=/|$)|\*/?$)", re.ASCII)
"""``/:year/`` and ``/*`` at the end: what makes one redirect fit many addresses, from which only a host can lead on."""
ALSO_CALLED = {
    "calendar": ("ics",), "calendars": ("ics",), "icalendar": ("ics",), "vcard": ("vcf",), "cards": ("vcf",),
    "feed": ("atom", "jsonfeed"), "feeds": ("atom", "jsonfeed"), "rss": ("atom", "jsonfeed"), "json": ("jsonfeed",),
    "json-feed": ("jsonfeed",), "headers": ("netlify",), "hosting": ("redirects", "netlify"), "robots": ("sitemap",),
    "qr-codes": ("qr",), "json-ld": ("share",), "opengraph": ("share",),
}  # fmt: skip
"""Other names of formats."""


def configure(path: str, document: Document) -> tuple[Config | None, tuple[Problem, ...]]:
    """site.yaml as a configuration, or what is wrong with it."""
    model, problems = validated(SiteFile, document.data, path)
    if model is None:
        return None, problems
    theme, directory, calendar = model.theme or Theme(), model.directory or Directory(), model.calendar or Calendar()
    language = model.language or "en"
    languages, odd_languages = _languages(path, model, language)
    declared, odd_fields = _own_fields(path, model)
    social, odd_links = read_links(path, model.social or {}, "social")
    formats, odd_formats = _formats(path, model)
    vocabulary, odd_words = _vocabulary(path, model)
    odd_images = tuple(_odd_share_images(path, model))
    odd_facets = tuple(_odd_facets(path, directory, declared))
    odd_hosting = (*_odd_redirects(path, model), *_odd_headers(path, model))
    found = (
        *odd_languages,
        *odd_fields,
        *odd_links,
        *odd_formats,
        *odd_words,
        *odd_hosting,
        *odd_facets,
        *odd_images,
    )
    if any(each.severity is Severity.ERROR for each in found):
        return None, found
    lasts = calendar.default_duration
    return Config(
        name=model.name,
        url=model.url,
        settings=Settings(
            zone=model.timezone,
            identity=model.uid or model.url,
            language=language,
            languages=languages,
            hidden=directory.default == "hidden",
            duration=lasts.days * 1440 + lasts.minutes if lasts else 60,
            own=declared,
            synonyms=tuple(
                (topic_slug(other), word) for word, others in (model.synonyms or {}).items() for other in others
            ),
        ),
        theme=theme.name,
        options={str(key): str(value) for key, value in (theme.options or {}).items()},
        language=language,
        tagline=model.tagline or "",
        description=model.description or "",
        email=model.email or "",
        social=social,
        horizon=calendar.horizon or 12,
        week_start=i18n.week_start(language) if calendar.week_start is None else WEEKDAYS.index(calendar.week_start),
        page_size=min(max(directory.page_size or 50, 1), 1000),
        facets=_facets(directory),
        logo=model.logo or "",
        navigation=tuple(Link(each.label or "", each.url or "") for each in model.navigation) or None,
        footer=tuple(Link(each.label or "", each.url or "") for each in model.footer),
        home=model.home,
        tiers=model.tiers,
        formats=formats,
        extensions=model.markdown.extensions if model.markdown else (),
        embeds=model.embeds,
        redirects=tuple(Redirect(each.old, each.new, int(each.status or "301")) for each in model.redirects),
        headers=tuple((at, tuple(named.items())) for at, named in _headers(model)),
        vocabulary=vocabulary,
        repository=_edited_at(model.repository) if model.repository else "",
        share_images=model.share_images,
        map=bool(directory.map),
        search="full" if model.search == "full" and formats.get("search", True) else "quick",
    ), found


def in_language(config: Config, language: str) -> Config:
    """The same association in another of its languages, whose pages stand below an address of their own."""
    settings = msgspec.structs.replace(config.settings, language=language, root=root_of(language))
    return msgspec.structs.replace(config, language=language, root=root_of(language), settings=settings)


def root_of(language: str) -> str:
    """Before the addresses of a language that is not the site's own: ``/pt-br``."""
    return f"/{language.lower()}"


def _languages(path: str, model: SiteFile, language: str) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """The languages besides the site's own."""
    named = {each.lower(): each for each in model.languages}
    if not named:
        return (), ()
    if language.lower() not in named:
        hint = f"add it: languages: [{', '.join((language, *named.values()))}]"
        return (), (
            Problem(At(path, ("languages",)), f"the site's own language, {language}, is not among these", hint),
        )
    return tuple(each for key, each in named.items() if key != language.lower()), ()


def _own_fields(path: str, model: SiteFile) -> tuple[tuple[Own, ...], tuple[Problem, ...]]:
    found: list[Own] = []
    problems: list[Problem] = []
    for kind, fields in (model.fields or {}).items():
        at = At(path, ("fields", kind), key=True)
        if kind not in kinds():
            hint = did_you_mean(kind, kinds()) or f"the kinds are {', '.join(kinds())}"
            problems.append(Problem(at, "there is no such kind", hint))
            continue
        for name, said in fields.items():
            at = At(path, ("fields", kind, name), key=True)
            if not NAME_OF_A_FIELD.fullmatch(name):
                hint = "write lower-case letters, digits and underscores: trade, year_of_entry"
                problems.append(Problem(at, "a field cannot be called this", hint))
            elif name in kinds()[kind].model.model_fields or hasattr(Common, name):
                hint = "choose another name, or use that field"
                problems.append(Problem(at, f"{kind} have a field {name} already", hint))
            else:
                label = said.label or name.replace("_", " ")
                is_public, is_facet = bool(said.public), bool(said.facet)
                found.append(Own(kind, name, label, said.type or "text", is_public, is_facet and is_public))
                if is_facet and not is_public:
                    at = At(path, ("fields", kind, name, "facet"))
                    hint = "add public: yes, if everybody may see it"
                    message = "lists cannot be narrowed by what is not public"
                    problems.append(Problem(at, message, hint, Severity.WARNING))
    return tuple(found), tuple(problems)


FACETS = (
    "skills", "places", "organizations", "groups", "languages", "tags", "offers", "mentoring", "available_for",
)  # fmt: skip
"""What the directory can be narrowed by, besides own fields."""


def _facets(directory: Directory) -> tuple[str, ...]:
    """The facets that are named, each by its plural, as skills are."""
    return tuple(f"{each}s" if f"{each}s" in FACETS else each for each in directory.facets)


def _odd_facets(path: str, directory: Directory, declared: Iterable[Own]) -> Iterator[Problem]:
    known = (*FACETS, *(each.name for each in declared if each.facet))
    for index, each in enumerate(_facets(directory)):
        if each not in known:
            hint = did_you_mean(each, known) or f"there are {', '.join(known)}"
            at = At(path, ("directory", "facets", index))
            yield Problem(at, "the directory cannot be narrowed by this", hint, Severity.WARNING)


def known_formats() -> tuple[str, ...]:
    """The names of all formats that can be switched, those of installed packages too."""
    return (*FORMATS, *extensions.names("sitegen.formats"))


def _formats(path: str, model: SiteFile) -> tuple[dict[str, bool], tuple[Problem, ...]]:
    """What is said of each format; what is not said is as usual."""
    written = dict(model.formats or {})
    known = known_formats()
    problems: list[Problem] = []
    found = dict.fromkeys(known, False) if written.pop(ONLY, False) else {}
    for name, is_on in written.items():
        meant = ALSO_CALLED.get(name.lower(), (name.lower(),))
        if meant[0] not in (*known, *_ALWAYS):
            hint = did_you_mean(name, known) or f"the formats are {', '.join(known)}"
            problems.append(Problem(At(path, ("formats", name), key=True), "there is no such format", hint))
        found |= {each: is_on for each in meant if each in known}
    return found, tuple(problems)


def _vocabulary(path: str, model: SiteFile) -> tuple[dict[str, tuple[str, str]], tuple[Problem, ...]]:
    found: dict[str, tuple[str, str]] = {}
    problems: list[Problem] = []
    for name, said in (model.vocabulary or {}).items():
        if name not in kinds():
            hint = did_you_mean(name, kinds()) or f"the kinds are {', '.join(kinds())}"
            problems.append(Problem(At(path, ("vocabulary", name), key=True), "there is no such kind", hint))
        found[name] = (said.one or "", said.many)
    return found, tuple(problems)


def _odd_share_images(path: str, model: SiteFile) -> Iterator[Problem]:
    for index, each in enumerate(model.share_images):
        if each not in kinds():
            hint = did_you_mean(each, kinds()) or f"the kinds are {', '.join(kinds())}"
            yield Problem(At(path, ("share_images", index)), "there is no such kind", hint)


def _headers(model: SiteFile) -> Iterable[tuple[str, dict[str, str]]]:
    return ((model.netlify.headers if model.netlify else None) or {}).items()


def _odd_redirects(path: str, model: SiteFile) -> Iterator[Problem]:
    for index, each in enumerate(model.redirects):
        is_path = each.new.startswith("/") and not each.new.startswith("//")
        if not (is_path or urlsplit(each.new).scheme in ("http", "https")):
            hint = "write a path of the site such as /members/, or an address with https://"
            yield Problem(At(path, ("redirects", index, "new")), "this leads nowhere", hint)
        at = At(path, ("redirects", index, "old"))
        if not each.old.startswith("/"):
            yield Problem(at, "an old address begins with a slash", f"write /{each.old}/")
        elif each.old.strip("/") == each.new.strip("/"):
            yield Problem(at, "this leads to itself", "write where it leads now, or remove it")
        elif each.old.startswith("/.netlify"):
            yield Problem(at, "addresses below /.netlify are the host's own", "remove it")


def _odd_headers(path: str, model: SiteFile) -> Iterator[Problem]:
    for folder, named in _headers(model):
        at = At(path, ("netlify", "headers", folder), key=True)
        if not folder.startswith("/"):
            yield Problem(at, "a path begins with a slash", f"write /{folder}")
        for name in named:
            if not re.fullmatch(r"[A-Za-z][\w-]*", name, re.ASCII):
                hint = "write its name, such as X-Robots-Tag"
                yield Problem(At(path, (*at.path, name), key=True), "no HTTP header is called this", hint)


_EDITORS = (
    ("gitlab", "{url}/-/edit/{branch}/{path}"),
    ("codeberg.org", "{url}/_edit/{branch}/{path}"),
    ("gitea", "{url}/_edit/{branch}/{path}"),
    ("forgejo", "{url}/_edit/{branch}/{path}"),
    ("bitbucket.org", "{url}/src/{branch}/{path}"),
    ("", "{url}/edit/{branch}/{path}"),
)
"""How the hosts of repositories, told by their names, address the editing of a file; the last is GitHub's way."""


def _edited_at(repository: Repository) -> str:
    """The address at which a file of the content folder is edited, up to its path."""
    host = urlsplit(repository.url).netloc.lower()
    pattern = next(pattern for name, pattern in _EDITORS if name in host)
    folder = (repository.path or "content").strip("/")
    url = repository.url.rstrip("/").removesuffix(".git")
    made = pattern.format(url=url, branch=repository.branch or "main", path=folder)
    return made.rstrip("/.") + "/"
