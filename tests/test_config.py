"""site.yaml: what it says, and what is made of what it does not say."""

import pytest

from sitegen.config import LATER, configure
from sitegen.model import Config, Link, Settings
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


@pytest.mark.parametrize("name", LATER)
def test_what_has_no_effect_yet(name: str) -> None:
    """A field of the contract that is not built yet keeps nothing from being built, and is noted."""
    config, (problem,) = configured(f"{LEAST}{name}: [a]\n")
    assert config == right("")
    assert (problem.at.path, problem.severity) == ((name,), Severity.NOTE)
