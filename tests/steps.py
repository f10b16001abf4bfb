"""The steps of a build one by one and without a disk: a string of files is decoded, linked and planned."""

import re
from dataclasses import replace
from pathlib import Path

import msgspec

from sitegen import build, pages, times, whole
from sitegen.common import Decoded, Problems
from sitegen.config import FORMATS, configure, in_language
from sitegen.folder import layout
from sitegen.kinds import decode, translated
from sitegen.model import Config, Entry, Settings
from sitegen.plan import Output
from sitegen.problems import Severity
from sitegen.site import Site, link
from sitegen.source import digest, load
from sitegen.state import ThemeRecord
from tests.sites import NOW, SITE, at, files_of

SETTINGS = Settings("Europe/Oslo", "https://example.org/")
"""Those of `tests.sites.SITE`."""

PACKAGE = Path(build.__file__).parent
TEMPLATES = {
    name
    for file in (*PACKAGE.glob("pages/*.py"), *PACKAGE.glob("formats/*.py"), *PACKAGE.glob("kinds/*.py"))
    for name in re.findall(r'"([\w-]+\.html)"', file.read_text("utf-8"))
}
"""The templates that pages ask for."""

TINY = (
    "-- themes/tiny/theme.yaml --\nname: tiny\n"
    + "".join(f"-- themes/tiny/templates/{name} --\n{{% include 'base.html' %}}\n" for name in sorted(TEMPLATES))
    + """
-- themes/tiny/templates/base.html --
{{ site.name }} {{ page.title }}{% for card in cards %} {{ card.title }}{% endfor %} {{ about.summary }} {{ body }}
{% for name, section in (sections | default({})).items() %}{{ name }}: {{ section["items"] }}
{% endfor %}
-- site.yaml --
name: Working Order
url: https://example.org/
timezone: Europe/Oslo
email: office@example.org
theme: tiny
formats: [ics, vcf, redirects]
"""
)
"""A site of few formats with a theme whose looks are nobody's concern, to be put before other files."""


def epoch(text: str) -> int:
    """A time, by the clocks of Oslo unless it has an offset, in seconds since 1970."""
    return int(at(text)(times.zone("Europe/Oslo")).timestamp())


def decoded(text: str, settings: Settings = SETTINGS) -> Decoded:
    """The entry of the first file of the string; what else there is are its pictures."""
    files = {path.removeprefix("content/"): body for path, body in files_of(text).items()}
    items = layout(files, "site.yaml", Config("", "", settings))[0]
    item = next(item for item in items if item.path == next(iter(files)))
    document, problems = load(item.path, files[item.path].encode())
    assert document
    found = decode(item, document, settings)
    return replace(found, problems=(*problems, *found.problems))


def entry_of(text: str, settings: Settings = SETTINGS) -> Entry:
    """The entry of the first file of the string: nothing keeps it from being published."""
    found = decoded(text, settings)
    assert not [each for each in found.problems if each.severity is Severity.ERROR], found.problems
    assert found.entry
    return found.entry


def config_of(text: str) -> Config:
    """The configuration that the string's site.yaml, or else the least one, makes."""
    document, problems = load("site.yaml", files_of(SITE + text)["content/site.yaml"].encode())
    assert document
    made, more = configure("site.yaml", document)
    assert made, (*problems, *more)
    return made


def entries_of(text: str, settings: Settings = SETTINGS, language: str = "") -> tuple[Entry, ...]:
    """The entries of every file of the string, which has no errors, as a build orders them; or their translations."""
    files = {path.removeprefix("content/"): body for path, body in files_of(text).items()}
    made = []
    for item in layout(files, "site.yaml", Config("", "", settings))[0]:
        if item.language != language:
            continue
        document, problems = load(item.path, files[item.path].encode())
        base, _ = load(item.base, files[item.base].encode()) if item.base else (None, ())
        assert document, problems
        found = translated(item, base, document, settings) if base else decode(item, document, settings)
        assert not [each for each in found.problems if each.severity is Severity.ERROR], found.problems
        made += [found.entry] if found.entry else []
    return tuple(sorted(made, key=lambda entry: entry.ref))


def sites(text: str, now: str = NOW) -> tuple[Site, ...]:
    """The site of a string of files in all its languages, its own first."""
    config = config_of(text)
    entries = entries_of(text, config.settings)
    found = [link(config, entries, (), epoch(now))[0]]
    for language in config.settings.languages:
        words = {each.ref: each for each in entries_of(text, config.settings, language)}
        abroad = (words.get(each.ref, each) for each in entries)
        found.append(link(in_language(config, language), abroad, (), epoch(now))[0])
    return tuple(found)


def linked(text: str, now: str = NOW) -> tuple[Site, Problems]:
    """The site of a string of files, and what is wrong with its references."""
    config = config_of(text)
    return link(config, entries_of(text, config.settings), (), epoch(now))


FEW = dict.fromkeys(FORMATS, False) | {"ics": True, "vcf": True, "redirects": True}
"""The formats of `planned`, where a site says nothing else."""


def planned(text: str, now: str = NOW) -> tuple[Output, ...]:
    """Every file that the site of a string asks for, even if two want one path; pages have templates of no theme.

    Formats are pages, calendars, cards and redirects, unless site.yaml says others.
    """
    own, *abroad = sites(text, now)
    config = msgspec.structs.replace(own.config, formats=own.config.formats or FEW)
    everywhere = (replace(own, config=config), *abroad)
    files = {path.removeprefix("content/"): body for path, body in files_of(text).items()}
    digests = {path: digest(body.encode()) for path, body in files.items()}
    edition, assets = whole.edited(everywhere, ThemeRecord(), digests, "site.yaml")
    return (*assets, *whole.written(pages.collections(everywhere), edition))


def outputs(text: str, now: str = NOW) -> dict[str, Output]:
    """Every file that the site of a string has, by path."""
    found = planned(text, now)
    assert len({output.path for output in found}) == len(found), "two outputs of one path"
    return {output.path: output for output in found}
