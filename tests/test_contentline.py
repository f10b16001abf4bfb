"""Lines of calendars and cards: a text stays one, and a line is no longer than it may be."""

import pytest
from hypothesis import given

from sitegen.contentline import bare, cleaned, escaped, line
from tests import nasty


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a;b,c\\d", "a\\;b\\,c\\\\d"),
        ("one\r\ntwo\rthree\nfour", "one\\ntwo\\nthree\\nfour"),
        ("one\x85two\u2028three\u2029four\x0bfive\x0csix\x1cseven", "one\\ntwo\\nthree\\nfour\\nfive\\nsix\\nseven"),
        ("\\N and \\n are letters", "\\\\N and \\\\n are letters"),
        ("nul\x00bell\x07del\x7f", "nulbelldel"),
        ('"quotes": fine', '"quotes": fine'),
    ],
)
def test_what_is_escaped(text: str, value: str) -> None:
    """What separates values, and every line end of Unicode; control characters are left out."""
    assert escaped(text) == value


def test_a_line_without_a_value_is_none() -> None:
    """What is not known is not said."""
    assert line("X", escaped("")) == line("X", bare("")) == b""


def test_an_address_is_one_line() -> None:
    """It is not escaped, as commas and semicolons belong to it, and no line end comes of it."""
    assert line("URL", bare("https://a.example/?b,c;d\r\nATTENDEE:x")) == b"URL:https://a.example/?b,c;dATTENDEE:x\r\n"


@given(nasty.TEXTS)
def test_lines_are_folded(text: str) -> None:
    """Each is at most 75 octets long, cut between letters; put together again they are what they were."""
    data = line("SUMMARY", escaped(f"a{text}"))
    parts = data.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, parts)) <= 75
    assert [part.decode() for part in parts]
    assert data.decode().replace("\r\n ", "") == f"SUMMARY:{escaped(f'a{text}')}\r\n"
    assert len(data.decode().splitlines()) == len(parts)


@given(nasty.TEXTS)
def test_cleaned_text_has_line_feeds_alone(text: str) -> None:
    """What is left is text, with line feeds for line ends."""
    assert cleaned(text).splitlines() == cleaned(text).removesuffix("\n").split("\n") or not cleaned(text)
