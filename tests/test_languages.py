"""Languages: what a translation says, what it takes from the file that it translates, and where it all stands."""

from collections.abc import Callable

import pytest

from sitegen.common import Item
from sitegen.kinds import Translation, translated
from sitegen.model import Card, Link, VEvent, shown
from sitegen.problems import Problem, Severity
from sitegen.source import digest, load
from tests.sites import Project, files_of
from tests.steps import TINY, config_of, decoded, outputs, sites
from tests.test_files import picture

SITE = """
-- site.yaml --
name: Working Order
url: https://example.org/
timezone: Europe/Oslo
languages: [en, es]
"""
SETTINGS = config_of(SITE).settings
Make = Callable[[str], Project]


def problems_of(text: str, kind: str = "events") -> tuple[Problem, ...]:
    """What is said of the second file of a string, which translates the first."""
    files = {path.removeprefix("content/"): body for path, body in files_of(text).items()}
    (base, original), (path, words) = files.items()
    one, other = load(base, original.encode())[0], load(path, words.encode())[0]
    assert one
    assert other
    return translated(Item(kind, "agm", path, language="es", base=base), one, other, SETTINGS).problems


# --- What a translation says

AGM = """
-- events/agm.md --
---
title: Annual meeting
summary: All are welcome.
start: 2026-12-01 18:00
venue: Old Hall, Oslo, Norway
tags: lifts
aliases: [assembly, /agm-2026/]
lang: en
---
We *meet*.
"""
ES = """
-- events/agm.es.md --
---
title: Asamblea
summary: Todos.
---
Nos *reunimos*.
"""


def test_what_is_translated() -> None:
    """Its own words, and everything else as it is in the site's own language: the time, the place, the id, the UID."""
    own, abroad = sites(SITE + AGM + ES)
    (base,), (made,) = own.entries, abroad.entries
    assert base.vevent
    assert made.vevent
    assert (made.ref, made.uid, made.when, made.tags) == (base.ref, base.uid, base.when, base.tags)
    assert (made.url, made.title, made.language) == ("/es/events/agm/", "Asamblea", "es")
    card = shown(made.card, Card)
    assert (card.title, card.summary, card.place) == ("Asamblea", "Todos.", "Old Hall, Oslo, Norway")
    assert card.lang == ""
    assert made.body == digest(b"Nos *reunimos*.")
    there, here = shown(made.vevent, VEvent), shown(base.vevent, VEvent)
    assert (there.uid, there.when, there.summary) == (here.uid, here.when, "Asamblea")


def test_countries_are_named_in_the_language() -> None:
    """What the program writes of an entry is in the language, too."""
    text = (
        SITE
        + "-- members/ada.yaml --\nname: Ada\nlocation: {city: Oslo, country: NO}\n-- members/ada.es.yaml --\nrole: X\n"
    )
    _, abroad = sites(text)
    assert shown(abroad.members[0].card, Card).place == "Oslo, Noruega"
    assert [each.url for each in abroad.places] == ["/es/places/noruega/"]


@pytest.mark.parametrize(
    ("kind", "base", "words", "shows"),
    [
        ("members", "name: Ada", "name: Àdá", {"title": "Àdá"}),
        ("members", "name: Ada", "headline: Teje", {"title": "Ada", "subtitle": "Teje"}),
        ("members", "name: Ada\norganization: Loom Ltd", "role: Tejedora", {"subtitle": "Tejedora, Loom Ltd"}),
        ("members", "name: Ada\nsummary: A", "summary: B", {"summary": "B"}),
        ("organizations", "name: The Loom", "title: El Telar", {"title": "El Telar"}),
        ("groups", "title: Oslo", "name: Capítulo", {"title": "Capítulo"}),
        ("news", "title: A\ndate: 2026-11-01", "title: B", {"title": "B", "published": "2026-11-01"}),
        ("pages", "title: About", "title: Quiénes somos", {"title": "Quiénes somos"}),
        ("resources", "title: A\ntype: guide", "title: B", {"title": "B", "type": "guide"}),
        ("opportunities", "title: A\ntype: job", "title: B", {"title": "B", "type": "job"}),
        ("events", "title: A\nstart: 2027", "image_alt: Una sala", {"image_alt": "Una sala"}),
    ],
)
def test_the_words_of_every_kind(kind: str, base: str, words: str, shows: dict[str, str]) -> None:
    """A name is a title where the kind says so, and the other way round."""
    _, abroad = sites(f"{SITE}-- {kind}/a.yaml --\n{base}\n-- {kind}/a.es.yaml --\n{words}\n")
    card = shown(next(each for each in abroad.entries).card, Card)
    assert {name: getattr(card, name) for name in shows} == shows


@pytest.mark.parametrize(
    ("base", "words", "text"),
    [
        ("a.md --\n---\ntitle: A\n---\nOne.\n", "a.es.md --\n---\ntitle: B\n---\nUno.\n", "Uno."),
        ("a.md --\n---\ntitle: A\n---\nOne.\n", "a.es.md --\n---\ntitle: B\n---\n", "One."),
        ("a.md --\n---\ntitle: A\n---\nOne.\n", "a.es.yaml --\ntitle: B\n", "One."),
        ("a.md --\n---\ntitle: A\n---\nOne.\n", "a.es.yaml --\ntitle: B\ndescription: Uno.\n", "Uno."),
        ("a.yaml --\ntitle: A\ndescription: One.\n", "a.es.yaml --\ntitle: B\n", "One."),
        ("a.yaml --\ntitle: A\ndescription: One.\n", "a.es.yaml --\nbio: Uno.\n", "Uno."),
        ("a.yaml --\ntitle: A\ndescription: One.\n", "a.es.md --\n---\ntitle: B\n---\nUno.\n", "Uno."),
        ("a.yaml --\ntitle: A\ndescription: One.\n", "a.es.md --\n---\ntitle: B\n---\n", "One."),
        ("a.yaml --\ntitle: A\n", "a.es.md --\n---\ntitle: B\n---\nUno.\n", "Uno."),
    ],
)
def test_the_text(base: str, words: str, text: str) -> None:
    """It is the translation's own, in whatever form it stands; where it has none, that of the other file."""
    _, abroad = sites(f"{SITE}-- pages/{base}-- pages/{words}")
    assert abroad.entries[0].body == digest(text.encode())


@pytest.mark.parametrize(
    ("fields", "path", "message"),
    [
        ("start: 2026-12-02\n", ("start",), "there is no field start"),
        ("venue: Sala\n", ("venue",), "there is no field venue"),
        ("draft: yes\n", ("draft",), "there is no field draft"),
        ("titel: X\n", ("titel",), "there is no field titel"),
        ("headline: X\n", ("headline",), "the file that this translates has no such field"),
        ("role: X\n", ("role",), "the file that this translates has no such field"),
        ("title: [x]\n", ("title",), "text belongs here, and this is a list"),
        ("slug: Ásamblea\n", ("slug",), "a slug has lower-case letters, digits and hyphens only"),
        ("slug: calendar\n", ("slug",), "the address calendar is the site's own"),
        ("slug: es\n", ("slug",), "the address es is the site's own"),
    ],
)
def test_what_a_translation_cannot_say(fields: str, path: tuple[str, ...], message: str) -> None:
    """A time or a place is the same in every language: such a field is an error at its place."""
    (problem,) = problems_of(f"{AGM}-- events/agm.es.yaml --\n{fields}")
    assert (problem.at.file, problem.at.path, problem.message) == ("events/agm.es.yaml", path, message)
    assert problem.severity is Severity.ERROR


def test_what_is_wrong_in_the_other_file_is_told_there() -> None:
    """Nobody reads the same message twice."""
    base = "-- events/agm.yaml --\ntitle: A\nstart: 2026-03-29 02:30\ntype: meetng\n"
    assert problems_of(f"{base}-- events/agm.es.yaml --\ntitle: B\n") == ()


def test_the_fields_of_a_translation() -> None:
    """Those of the content contract, and no others."""
    assert set(Translation.model_fields) == {
        *("title", "name", "slug", "summary", "headline", "role", "bio", "description", "image_alt"),
    }


def test_a_name_in_the_other_language_is_known() -> None:
    """Who is meant by a name does not depend on the language in which it is written."""
    text = f"""{SITE}
-- organizations/loom.yaml --
name: The Loom
-- organizations/loom.es.yaml --
name: El Telar
-- members/ada.yaml --
name: Ada Okafor
organization: The Loom
"""
    for site, name in zip(sites(text), ("The Loom", "El Telar"), strict=True):
        assert site.organizations == ()
        assert [each.name for each in site.referents["members/ada", ""]] == [name]
        assert shown(site.members[0].card, Card).subtitle == "The Loom"


# --- Where it all stands

WHOLE = (
    SITE
    + AGM
    + ES
    + """
-- events/tea.yaml --
title: Tea
start: 2025-05-04
-- members/ada.yaml --
name: Ada Okafor
skills: Rust
-- members/ada.es.yaml --
slug: ada-es
role: Tejedora
-- members/bo.yaml --
name: Bo Ek
-- pages/about.yaml --
title: About
navigation: yes
-- pages/about.es.yaml --
title: Quiénes somos
-- pages/events.yaml --
title: What is on
-- pages/events.es.yaml --
title: Qué hay
"""
)


def test_the_pages_of_a_language() -> None:
    """All lists, and the page of each entry that has words in it; what has none stands in the site's own alone."""
    found = {path.removeprefix("es/") for path in outputs(WHOLE) if path.startswith("es/")}
    assert {path for path in found if not path.startswith("events/calendar/")} == {
        "index.html", "404.html", "search/index.html", "about/index.html", "calendar.ics",
        "members/index.html", "members/ada-es/index.html", "members/ada-es/card.vcf",
        "events/index.html", "events/archive/index.html", "events/archive/2025/index.html",
        "events/agm/index.html", "events/agm/event.ics", "events/assembly/index.html", "events/assembly/event.ics",
        "skills/index.html", "skills/rust/index.html",
        "tags/index.html", "tags/lifts/index.html", "tags/lifts/calendar.ics",
        "places/index.html", "places/noruega/index.html", "places/noruega/calendar.ics",
        "places/noruega/oslo/index.html", "places/noruega/oslo/calendar.ics",
    }  # fmt: skip
    own = outputs(WHOLE)
    assert {"agm-2026/index.html", "events/assembly/index.html"} < own.keys()
    assert "es/agm-2026/index.html" not in own


def test_lists_lead_to_pages_in_the_language() -> None:
    """Where there is none, they lead to the page in the site's own language."""
    found = outputs(WHOLE)
    cards = [shown(each, Card) for each in found["es/members/index.html"].inputs.cards]
    assert [(each.title, each.url) for each in cards] == [
        ("Bo Ek", "/members/bo/"),
        ("Ada Okafor", "/es/members/ada-es/"),
    ]
    cards = [shown(each, Card) for each in found["es/events/index.html"].inputs.cards]
    assert [(each.title, each.url) for each in cards] == [("Asamblea", "/es/events/agm/")]


def test_pages_know_their_translations() -> None:
    """Each page names itself in all its languages, the site's own first; one that is in one alone says so, too."""
    found = outputs(WHOLE)
    both = (Link("en", "/members/ada/"), Link("es", "/es/members/ada-es/"))
    assert found["members/ada/index.html"].inputs.translations == both
    assert found["es/members/ada-es/index.html"].inputs.translations == both
    assert found["members/bo/index.html"].inputs.translations == (Link("en", "/members/bo/"),)
    assert found["events/index.html"].inputs.translations == (Link("en", "/events/"), Link("es", "/es/events/"))
    assert [found[path].inputs.language for path in ("events/index.html", "es/events/index.html")] == ["en", "es"]


def test_the_way_around_in_a_language() -> None:
    """Titles are those of the language, and so are addresses, as far as there are such pages."""
    chrome = shown(outputs(WHOLE)["es/index.html"].inputs.chrome, dict)
    assert [each["url"] for each in chrome["navigation"]] == ["/es/events/", "/es/members/", "/es/about/"]
    assert chrome["navigation"][-1]["title"] == "Quiénes somos"
    assert (chrome["root"], chrome["language"], chrome["calendar"]) == ("/es", "es", "/es/calendar.ics")
    assert [(each["title"], each["url"]) for each in chrome["languages"]] == [("en", "/"), ("es", "/es/")]


def test_an_introduction_in_a_language() -> None:
    """The words at the head of a section are translated like any others."""
    intro = outputs(WHOLE)["es/events/index.html"].inputs.intro
    assert intro
    assert shown(intro, dict)["title"] == "Qué hay"


def test_one_language() -> None:
    """A site without others has no other addresses, and no page says anything of translations."""
    found = outputs(SITE.replace("languages: [en, es]\n", "") + AGM + "-- members/ada.es.yaml --\nname: Ada\n")
    assert "members/ada-es/index.html" in found  # a dot in a name has no meaning
    assert not any(path.startswith("es/") for path in found)
    assert found["events/index.html"].inputs.translations == ()


@pytest.mark.parametrize("text", ["-- pages/es.yaml --\ntitle: Es\n", "-- members/es.yaml --\nname: Es\n"])
def test_the_address_of_a_language_is_reserved(text: str) -> None:
    """Nothing else stands where another language does; without languages it is a name like others."""
    (problem,) = decoded(text, SETTINGS).problems
    assert problem.message == "the address es is the site's own"
    assert decoded(text).problems == ()


def test_templates_speak_the_language(make: Make) -> None:
    """The dates and words of a page are in its language, by the same templates."""
    site = make(f"{TINY}languages: [en, es]\n{AGM}{ES}")
    site.write("-- themes/tiny/templates/event.html --\n{{ page.language }}: {{ about.when.start | date }}\n")
    assert not site.build().failed
    assert site.read("events/agm/index.html").strip() == "en: December 1, 2026"
    assert site.read("es/events/agm/index.html").strip() == "es: 1 de diciembre de 2026"


# --- What is not to be published


@pytest.mark.parametrize(
    "fields",
    ["draft: yes", "listed: no", "listed: name-only", "publish_date: 2027-01-01", "listed: perhaps", "nmae: x"],
)
@pytest.mark.parametrize(
    "words", ["headline: Quokka", "headline: Quokka\nbirthday: quokka", "slug: quokka\nbio: Quokka."]
)
def test_a_translation_publishes_nobody(make: Make, fields: str, words: str) -> None:
    """Whoever has no page in the site's own language has none in another, and their words are nowhere."""
    site = make(
        f"{TINY}languages: [en, es]\n"
        f"-- members/ada.yaml --\nname: Ada Okafor\n{fields}\n-- members/ada.es.yaml --\n{words}\n"
    )
    site.build()
    told = site.messages()
    published = {path: data for path, data in site.output().items() if b"uokka" in data or "quokka" in path}
    assert published == {}
    assert not (site.root / ".sitegen" / "state").exists() or b"uokka" not in site.remembered()
    assert "Quokka" not in told


BROKEN = {
    "an unknown field": "-- members/quokka.es.yaml --\nname: Quokka Son\nbirthday: today\n",
    "a value of no form": "-- members/quokka.es.yaml --\nslug: Ä b\n",
    "no YAML": "-- members/quokka.es.yaml --\nname: [\n",
    "twice": "-- members/quokka.es.yaml --\nname: Q\n-- members/quokka.es.md --\n---\nname: Q\n---\n",
    "a text": "-- members/quokka.es.md --\n---\nname: [\n---\nQuokka Søn.\n",
}


@pytest.mark.parametrize("words", BROKEN)
@pytest.mark.parametrize(
    "base", ["name: Quokka Søn\nlisted: no\n", "{name: Quokka Søn, listed: no}\n", "listed: no\nname: [\n"]
)
def test_the_words_of_somebody_unlisted(make: Make, base: str, words: str) -> None:
    """Neither the id nor the name in the file of another language is told or remembered, whatever is wrong with it."""
    site = make(f"{TINY}languages: [en, es]\n-- members/quokka.yaml --\n{base}{BROKEN[words]}")
    told = site.messages()
    assert " error: " in told
    assert "uokka" not in told


def test_a_private_address_in_a_translation(make: Make) -> None:
    """Its words are public text like any others."""
    site = make(
        f"{TINY}languages: [en, es]\n-- members/ada.yaml --\nname: Ada\nemail: ada@example.com\n"
        "-- events/agm.yaml --\ntitle: AGM\nstart: 2026-12-01\n-- events/agm.es.yaml --\nsummary: ada@example.com\n"
    )
    assert "events/agm.es.yaml:1:10: error: a member keeps this address or number private" in site.messages()


# --- What changes


def same_as_clean(site: Project) -> set[str]:
    """The files that a build replaces, of which a clean one makes the same."""
    report = site.build()
    assert not report.failed, report.problems
    before = site.output()
    site.build(clean=True)
    assert site.output() == before
    return {path for path in (*report.placed, *report.removed) if not path.endswith((".json", ".xml"))}


def test_edits(make: Make) -> None:
    """Whichever of the two files changes, both are read again, and what shows them is made anew."""
    site = make(f"{TINY}languages: [en, es]\n{AGM}{ES}")
    same_as_clean(site)
    site.write(ES.replace("Asamblea", "Reunión"))
    assert same_as_clean(site) == {
        "es/index.html", "es/events/index.html", "es/events/agm/index.html", "es/events/agm/event.ics",
        "es/calendar.ics", "es/events/calendar/2026-12/index.html", "es/tags/lifts/index.html",
        "es/tags/lifts/calendar.ics", "es/places/noruega/index.html", "es/places/noruega/calendar.ics",
        "es/places/noruega/oslo/index.html", "es/places/noruega/oslo/calendar.ics", "es/events/assembly/event.ics",
    }  # fmt: skip
    site.write(AGM.replace("18:00", "19:00"))
    assert {"events/agm/event.ics", "es/events/agm/event.ics"} <= same_as_clean(site)
    site.remove("events/agm.es.md")
    assert {"es/events/agm/index.html", "es/calendar.ics"} <= same_as_clean(site)
    assert "es/events/agm/index.html" not in site.output()
    site.write(ES)
    assert "es/events/agm/index.html" in same_as_clean(site)
    site.remove("events/agm.md")
    assert site.build().failed
    assert "this translates nothing" in site.messages()


def test_a_picture_of_a_translation(make: Make) -> None:
    """The picture of an entry stands beside its page in every language."""
    site = make(f"{TINY}languages: [en, es]\n-- members/ada.yaml --\nname: Ada\n-- members/ada.es.yaml --\nrole: X\n")
    site.put("members/ada.png", picture())
    assert {"members/ada/ada.png", "es/members/ada/ada.png"} <= same_as_clean(site)
