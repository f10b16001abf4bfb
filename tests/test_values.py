"""What a field makes of text, type by type: what it means, and what it may not be."""

from typing import Annotated, Any, get_origin

import pytest
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from sitegen import values
from sitegen.times import Duration

VALID: list[tuple[str, Any, Any]] = [
    ("Line", "  Ada \t Okafor\n", "Ada Okafor"),
    (
        "Line",
        "one\r\ntwo\x0bthree\x0cfour\x85five\u2028six\u2029seven\u00a0eight",
        "one two three four five six seven eight",
    ),
    ("Line", "x" * 1_000, "x" * 1_000),
    ("Line", "NO", "NO"),
    ("Word", " second  Thursday\n", "second Thursday"),
    ("Word", "x" * 5_000, "x" * 300),
    ("Prose", "  One.\n\n  Two.\n", "  One.\n\n  Two.\n"),
    ("YesNo", "yes", True),
    ("YesNo", "TRUE", True),
    ("YesNo", " No ", False),
    ("YesNo", "false", False),
    ("Whole", "0", 0),
    ("Whole", "007", 7),
    ("Whole", "999999999", 999_999_999),
    ("Latitude", "59.91", 59.91),
    ("Latitude", "-90", -90.0),
    ("Latitude", "+0.000000000000001", 1e-15),
    ("Longitude", "180", 180.0),
    ("Longitude", "-122.4194", -122.4194),
    ("Url", "https://example.org", "https://example.org"),
    ("Host", "https://YouTube.com/", "youtube.com"),
    ("Host", "video.example.org:8443", "video.example.org:8443"),
    ("File", "files/oil.pdf", "/files/oil.pdf"),
    ("File", "/files/a/b.csv", "/files/a/b.csv"),
    ("Number", "-2.50", "-2.50"),
    ("Number", "012", "012"),
    ("Weight", "-10", -10),
    ("Url", "HTTP://Example.org:8080/a/b?c=d&e=%20#f", "HTTP://Example.org:8080/a/b?c=d&e=%20#f"),
    ("Url", " https://пример.example/путь ", "https://пример.example/путь"),
    ("Target", "https://example.org/talk.pdf", "https://example.org/talk.pdf"),
    ("Target", "/files/2026/talk.pdf", "/files/2026/talk.pdf"),
    ("Amount", "0", "0"),
    ("Amount", " 12.50 ", "12.50"),
    ("Amount", "999999999.9", "999999999.9"),
    ("Currency", "EUR", "EUR"),
    ("Currency", "nok", "NOK"),
    ("SiteUrl", "https://example.org", "https://example.org/"),
    ("SiteUrl", "https://example.org/guild//", "https://example.org/guild/"),
    ("Email", "ada@example.org", "ada@example.org"),
    ("Email", "mailto:ada.okafor+guild@mail.example.co", "ada.okafor+guild@mail.example.co"),
    ("Email", "ålesund@bücher.example", "ålesund@bücher.example"),
    ("Phone", "+47 22 00 00 00", "+47 22 00 00 00"),
    ("Phone", "(030) 12-34.56/7", "(030) 12-34.56/7"),
    ("Phone", "1234", "1234"),
    ("Slug", "agm-2026", "agm-2026"),
    ("Slug", "привет", "привет"),
    ("Slug", "x" * 200, "x" * 200),
    ("Alias", "ada-okafor", "ada-okafor"),
    ("Alias", "/people/ada/", "/people/ada/"),
    ("Alias", f"/{'x' * 200}/{'ö' * 100}/", f"/{'x' * 200}/{'ö' * 100}/"),
    ("Alias", "/people/ada.html", "/people/ada.html"),
    ("Alias", "/людИ/ада", "/людИ/ада"),
    ("Id", "ada-okafor", "ada-okafor"),
    ("Id", "members/ada-okafor", "ada-okafor"),
    ("Moment", "2026-11-07", "2026-11-07"),
    ("Moment", " Sat  2026-11-7 18:00 ", "2026-11-07T18:00"),
    ("Moment", "Sun 2026-11-7", "Sun 2026-11-7"),
    ("Moment", "2026-11-7 9:00 +0100", "2026-11-07T09:00+01:00"),
    ("Moment", "2027", "2027"),
    ("Duration", "90", Duration(minutes=90)),
    ("Duration", "1h30", Duration(minutes=90)),
    ("Duration", "3 days", Duration(days=3)),
    ("Months", "12", 12),
    ("Months", "6 months", 6),
    ("Months", "2 Years", 24),
    ("Months", "6 weeks", 2),
    ("Months", "1 day", 1),
    ("Months", "10 years", 120),
    ("Zone", "Europe/Oslo", "Europe/Oslo"),
    ("Zone", "UTC", "UTC"),
    ("Uid", "2fd4e1c6@example.org", "2fd4e1c6@example.org"),
    ("Uid", "urn:uuid:2fd4e1c6-7a2d", "urn:uuid:2fd4e1c6-7a2d"),
    ("Uid", "x" * 200, "x" * 200),
    ("Image", "ada.jpg", "ada.jpg"),
    ("Image", "./Ada in Oslo.png", "Ada in Oslo.png"),
    ("Language", "nb", "nb"),
    ("Language", "pt_BR", "pt-BR"),
    ("Language", "Yoruba, a little", "Yoruba, a little"),
    ("LanguageTag", "en", "en"),
    ("LanguageTag", "zh-Hant-TW", "zh-Hant-TW"),
    ("LanguageTag", "pt_BR", "pt-BR"),
    ("Listed", "yes", "yes"),
    ("Listed", "True", "yes"),
    ("Listed", "no", "no"),
    ("Listed", "false", "no"),
    ("Listed", "Name only", "name-only"),
    ("Listed", "nameonly", "name-only"),
    ("Many", "one, two", ("one, two",)),
    ("Many", ["one", "", "two", []], ("one", "two")),
    ("Many", [], ()),
    ("Commas", "one, two,,three ", ("one", "two", "three")),
    ("Commas", ["one, two", "three"], ("one, two", "three")),
    ("Commas", " , ", ()),
]

INVALID: list[tuple[str, Any, str]] = [
    ("Line", ["a"], "text belongs here, and this is a list"),
    ("Line", {"a": "b"}, "text belongs here, and this is a mapping"),
    ("Line", "x" * 1_001, "longer than 1,000 characters"),
    ("Line", "zero\0", "cannot be printed"),
    ("Line", "bell\x07", "cannot be printed"),
    ("Line", "delete\x7f", "cannot be printed"),
    ("Word", ["a"], "text belongs here"),
    ("Word", "bell\x07", "cannot be printed"),
    ("Prose", "one\n\x1b[31m", "cannot be printed"),
    ("Prose", ["a"], "text belongs here"),
    ("YesNo", "y", "neither yes nor no"),
    ("YesNo", "1", "neither yes nor no"),
    ("YesNo", "on", "neither yes nor no"),
    ("YesNo", "", "neither yes nor no"),
    ("YesNo", ["yes"], "text belongs here"),
    ("Whole", "-1", "not a whole number"),
    ("Whole", "1.5", "not a whole number"),
    ("Whole", "1 000", "not a whole number"),
    ("Whole", "0x10", "not a whole number"),
    ("Whole", "٣", "not a whole number"),
    ("Whole", "1000000000", "not a whole number"),
    ("Whole", "9" * 5_000, "not a whole number"),
    ("Latitude", "90.1", "between -90 and 90"),
    ("Latitude", "59,91", "between -90 and 90"),
    ("Latitude", "59°", "between -90 and 90"),
    ("Latitude", "nan", "between -90 and 90"),
    ("Latitude", "1e1", "between -90 and 90"),
    ("Longitude", "-180.5", "between -180 and 180"),
    ("Longitude", "inf", "between -180 and 180"),
    ("Url", "example.org", "not a web address"),
    ("Host", "youtube", "not the name of a host"),
    ("Host", "https://youtube.com/watch", "not the name of a host"),
    ("File", "https://example.org/a.pdf", "not a file of this site"),
    ("File", "/about/", "not a file of this site"),
    ("Number", "1e9", "not a number"),
    ("Weight", "1.5", "not a whole number"),
    ("Url", "localhost:8000", "not a web address"),
    ("Url", "//example.org/", "not a web address"),
    ("Url", "/about/", "not a web address"),
    ("Url", "https://", "not a web address"),
    ("Url", "javascript:alert(1)", "only addresses that begin with"),
    ("Url", "data:text/html,x", "only addresses that begin with"),
    ("Url", "mailto:ada@example.org", "only addresses that begin with"),
    ("Url", "ftp://example.org/", "only addresses that begin with"),
    ("Url", 'https://example.org/"onload="', "not a web address"),
    ("Url", "https://example.org/<b>", "not a web address"),
    ("Url", "https://example.org/a b", "not a web address"),
    ("Url", "https://exam\\ple.org/", "not a web address"),
    ("Target", "talk.pdf", "neither a web address nor a file"),
    ("Target", "files/talk.pdf", "neither a web address nor a file"),
    ("Target", "/files/", "neither a web address nor a file"),
    ("Target", "/files/my talk.pdf", "neither a web address nor a file"),
    ("Target", "/members/ada/", "neither a web address nor a file"),
    ("Target", "javascript:alert(1)", "only addresses that begin with"),
    ("Amount", "12,50", "not an amount"),
    ("Amount", "1.000", "not an amount"),
    ("Amount", "-5", "not an amount"),
    ("Amount", "€25", "not an amount"),
    ("Amount", "25 EUR", "not an amount"),
    ("Amount", "1000000000", "not an amount"),
    ("Currency", "€", "not the code of a currency"),
    ("Currency", "euro", "not the code of a currency"),
    ("SiteUrl", "https://example.org/?a", "neither ? nor #"),
    ("SiteUrl", "https://example.org/#a", "neither ? nor #"),
    ("SiteUrl", "example.org", "not a web address"),
    ("Email", "ada", "not a mail address"),
    ("Email", "ada@localhost", "not a mail address"),
    ("Email", "ada@@example.org", "not a mail address"),
    ("Email", "Ada <ada@example.org>", "not a mail address"),
    ("Email", "ada@example.org, bo@example.org", "not a mail address"),
    ("Email", "ada@example.org;x", "not a mail address"),
    ("Email", "ada@" + "x" * 250 + ".org", "not a mail address"),
    ("Phone", "123", "not a telephone number"),
    ("Phone", "(---) ..", "not a telephone number"),
    ("Phone", "call me", "not a telephone number"),
    ("Phone", "22 00 00 00;ext=1", "not a telephone number"),
    ("Phone", "++47 22 00 00 00", "not a telephone number"),
    ("Slug", "Annual Meeting", "lower-case letters, digits and hyphens only"),
    ("Slug", "я" * 101, "too long for a part of an address"),
    ("Slug", "a/b", "lower-case letters, digits and hyphens only"),
    ("Slug", "zoë", "lower-case letters, digits and hyphens only"),
    ("Slug", "..", "lower-case letters, digits and hyphens only"),
    ("Slug", "-a", "lower-case letters, digits and hyphens only"),
    ("Alias", "Ada Okafor", "neither an old id nor an old path"),
    ("Alias", "people/ada/", "neither an old id nor an old path"),
    ("Alias", f"/a/{'ö' * 101}/", "too long for a part of an address"),
    ("Alias", "/../etc", "not a path on this site"),
    ("Alias", "/a/../b", "not a path on this site"),
    ("Alias", "/a/..", "not a path on this site"),
    ("Alias", "/a/./b", "not a path on this site"),
    ("Alias", "//example.org/", "not a path on this site"),
    ("Alias", "/a?b", "not a path on this site"),
    ("Alias", "/a#b", "not a path on this site"),
    ("Alias", "/a%2fb", "not a path on this site"),
    ("Alias", "/a\\b", "not a path on this site"),
    ("Id", "Ada Okafor", "lower-case letters, digits and hyphens only"),
    ("Id", "members/", "lower-case letters, digits and hyphens only"),
    ("Moment", "soon", "not a date"),
    ("Moment", "7.11.2026", "a date begins with its year"),
    ("Moment", "2026-02-30", "no such day"),
    ("Duration", "a while", "not a duration"),
    ("Duration", "0", "longer than nothing"),
    ("Months", "0", "between one month and ten years"),
    ("Months", "121", "between one month and ten years"),
    ("Months", "a year", "between one month and ten years"),
    ("Months", "1.5 years", "between one month and ten years"),
    ("Zone", "Europe/Osslo", "no such time zone"),
    ("Zone", "UTC+1", "an offset is not a time zone"),
    ("Zone", "../Oslo", "no such time zone"),
    ("Uid", "two words", "one word"),
    ("Uid", "a;b", "one word"),
    ("Uid", "é", "one word"),
    ("Uid", "x" * 201, "one word"),
    ("Image", "https://example.org/ada.jpg", "not an address"),
    ("Image", "//example.org/ada.jpg", "not an address"),
    ("Image", "pictures/ada.jpg", "in the same folder"),
    ("Image", "../ada.jpg", "in the same folder"),
    ("Image", "a\\b.jpg", "in the same folder"),
    ("Image", "_ada.jpg", "in the same folder"),
    ("Language", ["nb"], "text belongs here"),
    ("LanguageTag", "English", "not a language tag"),
    ("LanguageTag", "e", "not a language tag"),
    ("LanguageTag", "en-", "not a language tag"),
    ("LanguageTag", "nb/NO", "not a language tag"),
    ("Listed", "maybe", "none of yes, name-only, no"),
    ("Listed", "yes please", "none of yes, name-only, no"),
    ("Many", [["a"]], "text belongs here"),
    ("Commas", {"a": "b"}, "text belongs here"),
]

TYPES: dict[str, Any] = {name: each for name, each in vars(values).items() if get_origin(each) is Annotated}
READERS = {name: TypeAdapter(each[values.Line] if name in ("Many", "Commas") else each) for name, each in TYPES.items()}


@pytest.mark.parametrize("table", [VALID, INVALID])
def test_every_type_has_examples(table: list[tuple[str, Any, Any]]) -> None:
    """No type is without a line in the tables below."""
    assert {name for name, *_ in table} == TYPES.keys()


@pytest.mark.parametrize(("name", "text", "meant"), VALID)
def test_valid(name: str, text: Any, meant: Any) -> None:
    """The text means this, and blanks around it mean nothing."""
    found = READERS[name].validate_python(text)
    assert (type(found), found) == (type(meant), meant)


@pytest.mark.parametrize(("name", "text", "told"), INVALID)
def test_invalid(name: str, text: Any, told: str) -> None:
    """The text is refused with a sentence that says why."""
    with pytest.raises(ValidationError) as raised:
        READERS[name].validate_python(text)
    (error,) = raised.value.errors()
    assert error["type"] == "wrong"
    assert told in error["msg"]


@pytest.mark.parametrize("name", sorted(TYPES.keys() - {"Prose", "Line", "Word", "Many", "Commas", "Language"}))
def test_no_sentence_repeats_the_text(name: str) -> None:
    """What is wrong may be private: what is said repeats no word of it, or says that it does."""
    with pytest.raises(ValidationError) as raised:
        READERS[name].validate_python("//Secret, of course?")
    said = raised.value.errors()[0]["ctx"]
    assert "secret" not in f"{said['message']} {said['hint']}".lower() or said["echoes"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("in-person", "in-person"),
        ("In Person", "in-person"),
        ("in_person", "in-person"),
        ("offline", "in-person"),
        ("on site", "in-person"),
        ("online", "online"),
    ],
)
def test_one_of(text: str, meant: str) -> None:
    """A word of a closed list is known in any case, with any sign between its parts, and by its other names."""
    assert values.one_of("in-person", "online", offline="in-person", on_site="in-person")(text) == meant


@pytest.mark.parametrize(("text", "hint"), [("onlin", "did you mean online?"), ("somewhere", ""), ("", "")])
def test_one_of_nothing_else(text: str, hint: str) -> None:
    """Another word is refused, with the nearest one as the hint and the whole list as the message."""
    with pytest.raises(PydanticCustomError, match="this is not one of in-person, online") as raised:
        values.one_of("in-person", "online")(text)
    assert raised.value.context
    assert raised.value.context["hint"] == hint


@pytest.mark.parametrize(
    ("value", "empty"),
    [("", True), (" \n", True), ([], True), ({}, True), ("no", False), ("0", False), ([""], False), ({"a": ""}, False)],
)
def test_is_empty(value: Any, *, empty: bool) -> None:
    """An empty value is an absent one, and "no" and "0" are values."""
    assert values.is_empty(value) is empty
