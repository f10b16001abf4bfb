"""Plain pages: what becomes of each field, where they stand, and the words at the head of sections."""

import pytest

from sitegen.model import Card, shown
from sitegen.plan import collisions
from sitegen.problems import Severity
from tests.steps import decoded, entry_of, linked, outputs, planned

ABOUT = "-- pages/about.md --\n---\ntitle: About us\n---\nWho we *are*.\n"


def test_a_page() -> None:
    """A title is what it needs; it stands at the root, and in no list, feed or navigation by itself."""
    entry = entry_of(ABOUT)
    assert (entry.ref, entry.url, entry.title) == ("pages/about", "/about/", "About us")
    assert shown(entry.card, Card) == Card("pages", "About us", "/about/")
    assert (entry.navigation, entry.published) == (None, None)
    assert entry.body
    found = outputs(ABOUT)
    assert "about/index.html" in found
    assert not any(path.startswith("pages/") for path in found)
    assert found["about/index.html"].inputs.parents == ()


@pytest.mark.parametrize(
    ("navigation", "made"),
    [
        ("yes", ("About us", 0)),
        ("Who we are", ("Who we are", 0)),
        ("{label: Us, weight: -2}", ("Us", -2)),
        ("{weight: 3}", ("About us", 3)),
        ("{label: Us}", ("Us", 0)),
    ],
)
def test_its_place_in_the_navigation(navigation: str, made: tuple[str, int]) -> None:
    """It asks for one with a word, or with a label and a weight."""
    entry = entry_of(f"-- pages/about.yaml --\ntitle: About us\nnavigation: {navigation}\n")
    assert entry.navigation == made


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ("navigation: {weight: first}", ("navigation", "weight")),
        ("navigation: [a, b]", ("navigation",)),
        ("navigation: {lable: Us}", ("navigation", "lable")),
        ("menu: yes", ("menu",)),
    ],
)
def test_mistakes(fields: str, path: tuple[str, ...]) -> None:
    """What would be lost is an error at its place."""
    (problem,) = decoded(f"-- pages/about.yaml --\ntitle: About us\n{fields}\n").problems
    assert (problem.at.path, problem.severity) == (path, Severity.ERROR)


@pytest.mark.parametrize("slug", ["calendar", "archive", "page"])
def test_addresses_that_are_the_sites_own(slug: str) -> None:
    """A page of such a name would stand where the site's own pages do."""
    (problem,) = decoded(f"-- pages/{slug}.yaml --\ntitle: A\n").problems
    assert problem.message == f"the address {slug} is the site's own"


@pytest.mark.parametrize(
    "text",
    [
        "-- pages/a.yaml --\ntitle: A\nslug: members\n",
        "-- pages/files.yaml --\ntitle: A\n-- files/index.html --\nx\n",
        "-- pages/a.yaml --\ntitle: A\naliases: /events/\n",
    ],
)
def test_a_page_where_something_else_is(text: str) -> None:
    """Nobody's page stands in the place of a section."""
    assert len(collisions(planned(text))) == 1


def test_an_old_id_of_a_page() -> None:
    """It leads on from the root, where the page stood."""
    assert "who/index.html" in outputs("-- pages/about.yaml --\ntitle: A\naliases: who\n")


# --- The words at the head of a section

INTRODUCED = ("members", "events", "groups", "organizations", "opportunities", "resources", "news")


@pytest.mark.parametrize("kind", INTRODUCED)
def test_an_introduction(kind: str) -> None:
    """A page that is named like a section is its introduction: it has no page of its own, and the section is there."""
    text = f"-- pages/{kind}.md --\n---\ntitle: What we do\n---\nWords.\n"
    found = outputs(text)
    inputs = found[f"{kind}/index.html"].inputs
    assert inputs.intro
    assert shown(inputs.intro, dict)["title"] == "What we do"
    assert inputs.intro_body == entry_of(text).body
    assert inputs.source == f"pages/{kind}.md"
    assert f"pages/{kind}.md" in found[f"{kind}/index.html"].origin
    site, problems = linked(text)
    assert site.counts == {}
    assert problems == ()


@pytest.mark.parametrize("name", ["home", "index"])
def test_the_words_of_the_first_page(name: str) -> None:
    """They stand in pages/home.md or pages/index.md."""
    found = outputs(f"-- pages/{name}.md --\n---\ntitle: Welcome\n---\nWords.\n")
    intro = found["index.html"].inputs.intro
    assert intro
    assert shown(intro, dict)["title"] == "Welcome"
    assert f"{name}/index.html" not in found


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("skills", "-- members/ada.yaml --\nname: A\nskills: Rust\n"),
        ("tags", "-- members/ada.yaml --\nname: A\ntags: Rust\n"),
        ("places", "-- members/ada.yaml --\nname: A\nlocation: Oslo, Norway\n"),
    ],
)
def test_the_words_of_topics(name: str, text: str) -> None:
    """Skills, tags and places have them as soon as there are any; before that there is no such page."""
    intro = f"-- pages/{name}.md --\n---\ntitle: Words\n---\n"
    assert outputs(intro + text)[f"{name}/index.html"].inputs.intro
    assert f"{name}/index.html" not in outputs(intro)


def test_a_list_of_several_pages_is_introduced_on_each() -> None:
    """The words belong to the list: the theme says on which slices they stand."""
    site = "-- site.yaml --\nname: W\nurl: https://a.example/\ntimezone: UTC\ndirectory: {page_size: 1}\n"
    people = "-- members/a.yaml --\nname: A\n-- members/b.yaml --\nname: B\n"
    found = outputs(f"{site}{people}-- pages/members.yaml --\ntitle: Us\n")
    assert all(found[f"members/{each}index.html"].inputs.intro for each in ("", "page/2/"))


def test_an_introduction_that_expires() -> None:
    """Words that hold until a day are gone after it."""
    text = "-- pages/events.yaml --\ntitle: Words\nexpires: 2026-11-23\n"
    assert outputs(text, "2026-11-23")["events/index.html"].inputs.intro
    assert outputs(text, "2026-11-24")["events/index.html"].inputs.intro is None
