"""site.yaml: what it says, and what is made of what it does not say."""

import pytest

from sitegen.config import FORMATS, configure, in_language
from sitegen.formats import formats, switched_on
from sitegen.model import Config, Link, Own, Redirect, Settings
from sitegen.problems import Problem, Severity
from sitegen.source import load

LEAST = "name: Working Order\nurl: https://example.org\ntimezone: Europe/Oslo\n"


def configured(text: str) -> tuple[Config | None, tuple[Problem, ...]]:
    """The configuration that a text makes."""
    document, problems = load("site.yaml", text.encode())
    assert document, problems
    return configure("site.yaml", document)


def right(text: str) -> Config:
    """The configuration that the least site with some lines more makes, of which nothing is to be said."""
    config, problems = configured(LEAST + text)
    assert problems == ()
    assert config
    return config


def test_the_least_site() -> None:
    """Name, address and zone are enough: all else has a default."""
    assert right("") == Config(
        name="Working Order",
        url="https://example.org/",
        settings=Settings(zone="Europe/Oslo", identity="https://example.org/", language="en", duration=60),
        theme="programme",
        language="en",
        page_size=50,
    )


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("tagline: We\n", {"tagline": "We"}),
        ("description: We repair\n", {"description": "We repair"}),
        ("email: office@example.org\n", {"email": "office@example.org"}),
        ("theme: own\n", {"theme": "own"}),
        ("theme: {name: own, options: {colour: red}}\n", {"theme": "own", "options": {"colour": "red"}}),
        ("theme: {options: {colour: red}}\n", {"options": {"colour": "red"}}),
        ("directory: {page_size: 20}\n", {"page_size": 20}),
        ("directory: {page_size: 1}\n", {"page_size": 1}),
        ("directory: {page_size: 0}\n", {"page_size": 50}),
        ("directory: {page_size: 5000}\n", {"page_size": 1000}),
        (
            "social: {mastodon: '@guild@example.social'}\n",
            {"social": (Link("Mastodon", "https://example.social/@guild"),)},
        ),
    ],
)
def test_fields_of_the_site(text: str, changed: dict[str, object]) -> None:
    """Each field changes one thing."""
    least, config = right(""), right(text)
    assert {name: getattr(config, name) for name in changed} == changed
    assert all(getattr(config, name) == getattr(least, name) for name in least.__struct_fields__ if name not in changed)


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("uid: guild-1\n", {"identity": "guild-1"}),
        ("directory: {default: hidden}\n", {"hidden": True}),
        ("directory: {default: listed}\n", {"hidden": False}),
        ("calendar: {default_duration: 2 hours}\n", {"duration": 120}),
        ("calendar: {default_duration: 1 day}\n", {"duration": 1440}),
        ("language: nb-NO\n", {"language": "nb-NO"}),
    ],
)
def test_settings_by_which_files_are_read(text: str, changed: dict[str, object]) -> None:
    """What of site.yaml bears on how entries are read: a change of any makes all be read anew, of others none."""
    least, settings = right("").settings, right(text).settings
    assert {name: getattr(settings, name) for name in changed} == changed
    assert all(
        getattr(settings, name) == getattr(least, name) for name in least.__struct_fields__ if name not in changed
    )


@pytest.mark.parametrize(
    ("url", "base"),
    [("https://example.org", ""), ("https://example.org/", ""), ("https://example.org/a/b/", "/a/b")],
)
def test_base(url: str, base: str) -> None:
    """The path at which the site stands on its host is part of its address."""
    config, _ = configured(f"name: A\nurl: {url}\ntimezone: UTC\n")
    assert config
    assert config.base == base


def test_social_addresses_in_a_list_are_named_by_their_hosts() -> None:
    """Who has only addresses may list them."""
    config, _ = configured(LEAST + "social: [https://example.social/@guild, https://example.org/us]\n")
    assert config
    assert config.social == (
        Link("example.social", "https://example.social/@guild"),
        Link("example.org", "https://example.org/us"),
    )


@pytest.mark.parametrize("missing", ["name", "url", "timezone"])
def test_what_every_site_needs(missing: str) -> None:
    """Without one of the three there is no site."""
    config, (problem,) = configured("".join(line for line in LEAST.splitlines(keepends=True) if missing not in line))
    assert config is None
    assert (problem.message, problem.severity) == (f"{missing} is missing", Severity.ERROR)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("timezon: UTC\n", ("timezon",)),
        ("language: English\n", ("language",)),
        ("theme: [a]\n", ("theme",)),
        ("theme: {options: [a]}\n", ("theme", "options")),
        ("directory: {page_size: many}\n", ("directory", "page_size")),
        ("directory: {default: secret}\n", ("directory", "default")),
        ("calendar: {week_start: someday}\n", ("calendar", "week_start")),
        ("calendar: {horizon: 0}\n", ("calendar", "horizon")),
        ("calendar: {horizon: 11 years}\n", ("calendar", "horizon")),
        ("calendar: {default_duration: long}\n", ("calendar", "default_duration")),
    ],
)
def test_mistakes_of_the_site(text: str, path: tuple[str, ...]) -> None:
    """A mistake is told at the keys that lead to it."""
    config, (problem,) = configured(LEAST + text)
    assert config is None
    assert (problem.at.path, problem.severity) == (path, Severity.ERROR)


def test_the_search() -> None:
    """The search is the quick one unless the full one is asked for, and there is a search at all."""
    assert right("").search == right("search: quick\n").search == "quick"
    assert right("search: full\n").search == "full"
    assert right("search: full\nformats: {search: no}\n").search == "quick"


# --- Languages


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("languages: [en, es]\n", ("es",)),
        ("languages: es, en, pt-BR\n", ("es", "pt-BR")),
        ("language: nb\nlanguages: [en, nb]\n", ("en",)),
        ("language: nb\nlanguages: nb\n", ()),
        ("languages: [EN, es]\n", ("es",)),
    ],
)
def test_languages(text: str, languages: tuple[str, ...]) -> None:
    """The site's own is one of them; the others have addresses of their own."""
    assert right(text).settings.languages == languages


def test_the_sites_own_language_is_among_them() -> None:
    """Else nobody could tell which files are in which language: the line is shown as it should be."""
    config, (problem,) = configured(f"{LEAST}languages: [es, fr]\n")
    assert config is None
    assert (problem.at.path, problem.severity) == (("languages",), Severity.ERROR)
    assert problem.hint == "add it: languages: [en, es, fr]"


def test_in_language() -> None:
    """The same association in another language stands below an address of its own."""
    config = in_language(right("languages: [en, pt-BR]\n"), "pt-BR")
    assert (config.language, config.root) == ("pt-BR", "/pt-br")
    assert (config.settings.language, config.settings.root) == ("pt-BR", "/pt-br")
    assert config.name == "Working Order"


# --- Own fields


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("{members: {cohort: Cohort}}", [Own("members", "cohort", "Cohort")]),
        ("{members: {year_of_entry: {public: yes}}}", [Own("members", "year_of_entry", "year of entry", public=True)]),
        (
            "{events: {level: {label: Level, type: list, public: yes, facet: yes}}}",
            [Own("events", "level", "Level", "list", public=True, facet=True)],
        ),
        ("{groups: {size: {type: number}, open: {type: boolean}}}", [
            Own("groups", "size", "size", "number"), Own("groups", "open", "open", "yes-no"),
        ]),
    ],
)  # fmt: skip
def test_own_fields(written: str, made: list[Own]) -> None:
    """What the association declares for itself is text and private unless it says otherwise."""
    assert list(right(f"fields: {written}\n").settings.own) == made


@pytest.mark.parametrize(
    ("written", "path", "hint"),
    [
        ("{member: {cohort: x}}", ("fields", "member"), "did you mean members?"),
        ("{members: {Cohort: x}}", ("fields", "members", "Cohort"), "write lower-case letters"),
        ("{members: {2nd: x}}", ("fields", "members", "2nd"), "write lower-case letters"),
        ("{members: {email: x}}", ("fields", "members", "email"), "choose another name"),
        ("{events: {summary: x}}", ("fields", "events", "summary"), "choose another name"),
        ("{events: {venue: x}}", ("fields", "events", "venue"), "choose another name"),
        ("{members: {cohort: {type: colour}}}", ("fields", "members", "cohort", "type"), ""),
        ("{members: {cohort: {publik: yes}}}", ("fields", "members", "cohort", "publik"), "did you mean public?"),
        ("{members: cohort}", ("fields", "members"), ""),
        ("[cohort]", ("fields",), ""),
    ],
)
def test_mistakes_in_own_fields(written: str, path: tuple[str, ...], hint: str) -> None:
    """A field needs a kind, a name that nothing has yet, and a type that there is."""
    config, (problem,) = configured(f"{LEAST}fields: {written}\n")
    assert config is None
    assert (problem.at.path, problem.severity) == (path, Severity.ERROR)
    assert hint in problem.hint


def test_a_facet_that_is_private() -> None:
    """Pages by a value would tell it: there are none, and a warning says why."""
    config, (problem,) = configured(f"{LEAST}fields: {{members: {{cohort: {{facet: yes}}}}}}\n")
    assert config
    assert config.settings.own == (Own("members", "cohort", "cohort"),)
    assert (problem.at.path, problem.severity) == (("fields", "members", "cohort", "facet"), Severity.WARNING)


# --- Words


def test_synonyms() -> None:
    """Other words for a topic are known by their slugs."""
    settings = right("synonyms: {JavaScript: [js, ECMA Script], C++: cpp}\n").settings
    assert settings.synonyms == (("js", "JavaScript"), ("ecma-script", "JavaScript"), ("cpp", "C++"))


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("{groups: chapters}", {"groups": ("", "chapters")}),
        ("{groups: [chapter, chapters]}", {"groups": ("chapter", "chapters")}),
        ("{members: {one: fellow, many: fellows}}", {"members": ("fellow", "fellows")}),
    ],
)
def test_vocabulary(written: str, made: dict[str, tuple[str, str]]) -> None:
    """What one and several of a kind are called."""
    assert right(f"vocabulary: {written}\n").vocabulary == made


def test_a_word_for_nothing() -> None:
    """A kind that there is not cannot be called anything."""
    config, (problem,) = configured(f"{LEAST}vocabulary: {{group: chapters}}\n")
    assert config is None
    assert (problem.at.path, problem.hint) == (("vocabulary", "group"), "did you mean groups?")


# --- The way around


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("navigation: [groups, {label: Us, url: about}]\n", {"navigation": (Link("", "groups"), Link("Us", "about"))}),
        ("navigation: {Us: about}\n", {"navigation": (Link("Us", "about"),)}),
        ("footer: [The guild, {label: Us, url: about}]\n", {"footer": (Link("The guild"), Link("Us", "about"))}),
        ("home: [news, join, events]\n", {"home": ("news", "join", "events")}),
        ("home: news\n", {"home": ("news",)}),
        ("tiers: [Gold, Silver]\n", {"tiers": ("Gold", "Silver")}),
        ("directory: {facets: 'skills, place, groups'}\n", {"facets": ("skills", "places", "groups")}),
        ("embeds: https://YouTube.com/\n", {"embeds": ("youtube.com",)}),
        ("markdown: {extensions: footnotes}\n", {"extensions": ("footnotes",)}),
        ("redirects: {/people/: /members/}\n", {"redirects": (Redirect("/people/", "/members/"),)}),
        (
            "redirects: [{old: /a/, new: https://b.example/, status: 302}, {old: /c, new: /d/}]\n",
            {"redirects": (Redirect("/a/", "https://b.example/", 302), Redirect("/c", "/d/"))},
        ),
        ("redirects: {/a/: {new: /b/, status: 307}}\n", {"redirects": (Redirect("/a/", "/b/", 307),)}),
        (
            "netlify: {headers: {/files/*: {X-Robots-Tag: noindex}}}\n",
            {"headers": (("/files/*", (("X-Robots-Tag", "noindex"),)),)},
        ),
    ],
)
def test_more_fields_of_the_site(text: str, changed: dict[str, object]) -> None:
    """Each field changes one thing, in whatever form it is written."""
    test_fields_of_the_site(text, changed)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("home: [news, evnts]\n", ("home", 1)),
        ("redirects: {people/: /members/}\n", ("redirects", 0, "old")),
        ("redirects: {/people/: members}\n", ("redirects", 0, "new")),
        ("redirects: {/people/: 'javascript:x'}\n", ("redirects", 0, "new")),
        ("redirects: [{old: /a/}]\n", ("redirects", 0)),
        ("redirects: {/a/: {new: /b/, status: 200}}\n", ("redirects", 0, "status")),
        ("markdown: {extensions: [footnots]}\n", ("markdown", "extensions", 0)),
        ("embeds: ['*']\n", ("embeds", 0)),
        ("synonyms: [a]\n", ("synonyms",)),
        ("vocabulary: {groups: {one: chapter}}\n", ("vocabulary", "groups")),
        ("repository: guild/site\n", ("repository", "url")),
        ("search: deep\n", ("search",)),
    ],
)
def test_more_mistakes_of_the_site(text: str, path: tuple[str, ...]) -> None:
    """A mistake is told at the keys that lead to it."""
    config, (problem,) = configured(LEAST + text)
    assert config is None
    assert (problem.at.path, problem.severity) == (path, Severity.ERROR)


# --- Formats


@pytest.mark.parametrize(
    ("written", "on", "off"),
    [
        ("{qr: yes}", {"qr"}, set()),
        ("{qr: no, netlify: no}", set(), {"qr", "netlify"}),
        ("{feeds: no}", set(), {"atom", "jsonfeed"}),
        ("{Calendars: no}", set(), {"ics"}),
        ("{json: no}", set(), {"jsonfeed"}),
        ("[ics, vcf]", {"ics", "vcf"}, set(FORMATS) - {"ics", "vcf"}),
        ("ics, feed", {"ics", "atom", "jsonfeed"}, set(FORMATS) - {"ics", "atom", "jsonfeed"}),
        ("[html, ics]", {"ics"}, set(FORMATS) - {"ics"}),
    ],
)
def test_formats(written: str, on: set[str], off: set[str]) -> None:
    """A mapping switches some on and off, a list is all there are; several names mean the same."""
    made = right(f"formats: {written}\n").formats
    assert {name for name, is_on in made.items() if is_on} == on
    assert {name for name, is_on in made.items() if not is_on} == off


@pytest.mark.parametrize("written", ["[ics, sitemp]", "{sitemp: no}"])
def test_a_format_that_there_is_not(written: str) -> None:
    """It is an error with the nearest one."""
    config, (problem,) = configured(f"{LEAST}formats: {written}\n")
    assert config is None
    assert (problem.at.path, problem.message) == (("formats", "sitemp"), "there is no such format")
    assert problem.hint == "did you mean sitemap?"


def test_all_formats_are_known_by_name() -> None:
    """site.yaml can switch each format that there is, and no others."""
    assert {*FORMATS, "html", "files"} == {*formats()}


@pytest.mark.parametrize(("members", "on"), [(2_000, True), (2_001, False)])
def test_qr_codes_of_many_members(members: int, *, on: bool) -> None:
    """They are made by themselves for up to 2,000 members, as they cost most; a word in site.yaml says otherwise."""
    assert ("qr" in switched_on(right(""), members)) is on
    assert "qr" in switched_on(right("formats: {qr: yes}\n"), 5_000)
    assert "qr" not in switched_on(right("formats: {qr: no}\n"), 1)
    assert {"html", "files"} <= switched_on(right("formats: [ics]\n"), 1)


# --- Where a file is edited


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://github.com/guild/site", "https://github.com/guild/site/edit/main/content/"),
        ("https://github.com/guild/site.git", "https://github.com/guild/site/edit/main/content/"),
        ("https://gitlab.com/guild/site/", "https://gitlab.com/guild/site/-/edit/main/content/"),
        ("https://codeberg.org/guild/site", "https://codeberg.org/guild/site/_edit/main/content/"),
        (
            "{url: https://git.example/guild/site, branch: trunk, path: docs/content}",
            "https://git.example/guild/site/edit/trunk/docs/content/",
        ),
        ("{url: https://github.com/guild/site, path: .}", "https://github.com/guild/site/edit/main/"),
    ],
)
def test_repository(written: str, address: str) -> None:
    """The address at which a file is edited, up to its path: each host has its own way."""
    assert right(f"repository: {written}\n").repository == address


def test_facets_that_are_none() -> None:
    """A facet is one of the program's, or an own field that has one; the nearest is named."""
    own = "fields: {members: {cohort: {public: yes, facet: yes}, locker: {public: yes}}}\n"
    config, problems = configured(LEAST + own + "directory: {facets: [cohort, locker, skils]}\n")
    assert config
    assert [(each.at.path[-1], each.severity, each.hint[:24]) for each in problems] == [
        (1, Severity.WARNING, "there are skills, places"),
        (2, Severity.WARNING, "did you mean skills?"),
    ]
