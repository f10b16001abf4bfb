"""The types that a field gives to text: every scalar arrives as text, and says in a sentence why it cannot be read."""

import re
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, PlainValidator
from pydantic_core import PydanticCustomError

from sitegen import times
from sitegen.problems import did_you_mean
from sitegen.slugs import is_id, slugify

T = TypeVar("T")


def wrong(message: str, hint: str = "", *, requote: bool = False, echoes: bool = False) -> PydanticCustomError:
    """The error that a type raises: it becomes a located problem. No word repeats the value but where it ``echoes``."""
    context = {"message": message, "hint": hint, "requote": requote, "echoes": echoes}
    return PydanticCustomError("wrong", "{message}", context)


def is_empty(value: Any) -> bool:
    """An empty value is an absent one."""
    return value in ("", [], {}) or (isinstance(value, str) and not value.strip())


def prose(value: Any) -> str:
    """Text of any length, with its lines."""
    if isinstance(value, str):
        if _CONTROL.search(value):
            raise wrong("there is a character in this text that cannot be printed", "remove it")
        return value
    what = "a list" if isinstance(value, list) else "a mapping"
    items = tuple(value.values()) if isinstance(value, dict) else value
    meant = items in (("",), (None,)) or (isinstance(value, list) and len(value) == 1)  # YAML's {eph} and [Virtual]
    hint = "write one text; what begins with [ or { needs quotes"
    raise wrong(f"text belongs here, and this is {what}", hint, requote=meant)


_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
"""Control characters besides white space: YAML makes them of escapes in double quotes."""


def line(value: Any) -> str:
    """One line of text, at most 1,000 characters."""
    text = " ".join(prose(value).split())
    if len(text) > MAX_LINE:
        raise wrong(f"this is longer than {MAX_LINE:,} characters", "long text belongs in the body")
    return text


MAX_LINE = 1_000


def word(value: Any) -> str:
    """One line of text that has a form of its own. All forms are short: of what is too long for any, the beginning."""
    return " ".join(prose(value).split())[:MAX_WORD]


MAX_WORD = 300


def yes_no(value: Any) -> bool:
    """Yes, no, true or false; nothing else, so that nothing is published by a slip."""
    text = word(value).lower()
    if text not in _YES_NO:
        raise wrong("this is neither yes nor no", "write yes or no")
    return _YES_NO[text]


_YES_NO = {"yes": True, "true": True, "no": False, "false": False}


def whole(value: Any) -> int:
    """A number of things, up to nine digits."""
    if not re.fullmatch(r"\d{1,9}", text := word(value), re.ASCII):
        raise wrong("this is not a whole number", "write digits only, at most nine")
    return int(text)


def number(value: Any) -> str:
    """A number as it was written: digits, with a sign before and a point within."""
    text = word(value)
    if not re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,15})?", text, re.ASCII):
        raise wrong("this is not a number", "write digits, such as 12 or 12.5")
    return text


def degrees(limit: int) -> Callable[[Any], float]:
    """A latitude (limit 90) or longitude (limit 180) in degrees."""

    def read(value: Any) -> float:
        text = word(value)
        if not re.fullmatch(r"[+-]?\d{1,3}(\.\d{1,15})?", text, re.ASCII) or abs(float(text)) > limit:
            raise wrong(f"this is not a number between -{limit} and {limit}", "write decimal degrees such as 59.91")
        return float(text)

    return read


def one_of(*words: str, **also: str) -> Callable[[Any], str]:
    """One of a closed list of words; ``also`` are other spellings, with what they mean."""

    def read(value: Any) -> str:
        text = word(value).lower()
        if text not in words:
            text = text.replace(" ", "-").replace("_", "-")
            text = also.get(text.replace("-", "_"), text)
        if text not in words:
            raise wrong(f"this is not one of {', '.join(words)}", did_you_mean(text, words))
        return text

    return read


def url(value: Any) -> str:
    """An absolute http or https address."""
    text = line(value)
    if re.fullmatch(r"https?://[^\s<>\"'\\{}|^`/?#]+[^\s<>\"\\{}|^`]*", text, re.IGNORECASE):
        return text
    if re.match(r"(?!https?:)[a-z][a-z0-9+.-]*:(?!\d)", text, re.IGNORECASE):
        raise wrong("only addresses that begin with https:// or http:// are published")
    raise wrong("this is not a web address", "write it in full, with https://")


def target(value: Any) -> str:
    """An absolute address, or the path of a file of this site."""
    text = line(value)
    if re.fullmatch(r"/files/[^\s?#\\<>\"]+", text):
        return text
    if re.match(r"[a-z][a-z0-9+.-]*:", text, re.IGNORECASE):
        return url(text)
    raise wrong("this is neither a web address nor a file of this site", "write https://… or /files/…")


def file(value: Any) -> str:
    """The path of a file of this site."""
    text = line(value)
    text = text if text.startswith("/") else f"/{text}"
    if not re.fullmatch(r"/files/[^\s?#\\<>\"]+", text):
        raise wrong("this is not a file of this site", "put it into content/files/ and write /files/…")
    return text


def weight(value: Any) -> int:
    """A place in an order: a whole number, which may be below zero."""
    text = word(value)
    if not re.fullmatch(r"[+-]?\d{1,6}", text, re.ASCII):
        raise wrong("this is not a whole number", "write such as 10; the lowest stands first")
    return int(text)


def amount(value: Any) -> str:
    """A sum of money, without its currency: digits, and at most two behind a point."""
    text = word(value)
    if not re.fullmatch(r"\d{1,9}(?:\.\d{1,2})?", text, re.ASCII):
        raise wrong("this is not an amount", "write digits, such as 25 or 12.50; the currency has a field of its own")
    return text


def currency(value: Any) -> str:
    """The code of a currency (ISO 4217)."""
    text = word(value).upper()
    if not re.fullmatch(r"[A-Z]{3}", text):
        raise wrong("this is not the code of a currency", "write three letters, such as EUR")
    return text


def host(value: Any) -> str:
    """The name of a host, such as ``video.example.org``."""
    text = word(value).lower().removeprefix("https://").removeprefix("http://").rstrip("/")
    if not re.fullmatch(r"(?:[a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}(?::\d{1,5})?", text, re.ASCII):
        raise wrong("this is not the name of a host", "write such as youtube.com")
    return text


def site_url(value: Any) -> str:
    """The address at which the site stands, ending with a slash."""
    text = url(value)
    if "?" in text or "#" in text:
        raise wrong("the address of the site has neither ? nor #", "write such as https://example.org/")
    return text.rstrip("/") + "/"


def email(value: Any) -> str:
    """A mail address (RFC 5321, without its rarities)."""
    text = word(value).removeprefix("mailto:")
    if len(text) > _MAX_EMAIL or not re.fullmatch(r"[^@\s<>\"',;:()\[\]\\]+@(?:[\w-]+\.)+[\w-]{2,}", text):
        raise wrong("this is not a mail address", "write such as name@example.org")
    return text


_MAX_EMAIL = 254


def phone(value: Any) -> str:
    """A telephone number: digits, with blanks, brackets, dots or hyphens between them."""
    text = word(value)
    if not re.fullmatch(r"\+?[\d ()./\u2011-]{4,30}", text, re.ASCII) or sum(map(str.isdigit, text)) < _MIN_PHONE:
        raise wrong("this is not a telephone number", "write such as +47 22 00 00 00")
    return text


_MIN_PHONE = 4


def slug(value: Any) -> str:
    """The last part of a page's address."""
    text = line(value)
    if len(text.encode()) > MAX_NAME:
        raise wrong("this is too long for a part of an address", f"write at most {MAX_NAME} letters")
    if not text or slugify(text) != text:
        cure = slugify(text)
        hint = f"write {cure}" if cure else ""
        raise wrong("a slug has lower-case letters, digits and hyphens only", hint, echoes=True)
    return text


MAX_NAME = 200
"""The longest name of a file or folder, in bytes, that every file system takes."""


def alias(value: Any) -> str:
    """An old id, or an old address on this site that begins with a slash."""
    text = line(value)
    if max(len(part.encode()) for part in text.split("/")) > MAX_NAME:
        raise wrong("this is too long for a part of an address", f"write at most {MAX_NAME} letters between slashes")
    if text.startswith("/"):
        if not re.fullmatch(r"/(?:[^\s/?#%\\<>\"]+/?)*", text) or "/../" in f"{text}/" or "/./" in f"{text}/":
            raise wrong("this is not a path on this site", "write such as /people/ada/ or an old id")
        return text
    if not is_id(text):
        raise wrong("this is neither an old id nor an old path", "write such as ada-okafor or /people/ada/")
    return text


def reference(value: Any) -> str:
    """The id of something whose kind the field fixes; the kind may stand before it."""
    text = line(value)
    ident = text.rpartition("/")[2]
    if not is_id(ident):
        hint = f"write {slugify(ident)}" if slugify(ident) else "write such as ada-okafor"
        raise wrong("an id has lower-case letters, digits and hyphens only", hint, echoes=True)
    return ident


def moment(value: Any) -> str:
    """A date, or a date with a time, as ISO 8601 text; a weekday that contradicts it stays, to be told of."""
    text = word(value)
    try:
        written = times.read(text)
    except times.Unreadable as error:
        raise wrong(error.message, error.hint) from None
    return text if written.contradicts else times.iso(written)


def duration(value: Any) -> times.Duration:
    """How long something lasts."""
    try:
        return times.read_duration(word(value))
    except times.Unreadable as error:
        raise wrong(error.message, error.hint) from None


def months(value: Any) -> int:
    """A number of months, up to ten years of them; days and weeks are so many months begun."""
    match = re.fullmatch(r"(\d{1,4})(?: ?(days?|weeks?|months?|years?))?", word(value).lower(), re.ASCII)
    unit = (match[2] or "months").rstrip("s") if match else ""
    found = -(-int(match[1]) * {"day": 1, "week": 7, "month": 30, "year": 360}[unit] // 30) if match else 0
    if found not in range(1, _MOST_MONTHS + 1):
        raise wrong("this is not a time between one month and ten years", "write such as 12 months")
    return found


_MOST_MONTHS = 120


def zone(value: Any) -> str:
    """The IANA name of a time zone."""
    name = word(value)
    try:
        return times.zone(name).key
    except times.Unreadable as error:
        raise wrong(error.message, error.hint) from None


def uid(value: Any) -> str:
    """An identifier that calendars keep: one word."""
    text = word(value)
    if not re.fullmatch(r"[\w.:@/+-]{1,200}", text, re.ASCII):
        raise wrong("a uid is one word of letters, digits and . : @ / + -", "a UUID is best: sitegen keeps it as it is")
    return text


def image(value: Any) -> str:
    """The name of a picture file beside this one."""
    text = line(value)
    if re.match(r"(?:https?:)?//", text):
        raise wrong("a picture is a file beside this one, not an address", "save it here and write its name")
    if "/" in text.removeprefix("./") or "\\" in text or text.startswith("_"):
        raise wrong("a picture is a file beside this one, in the same folder", "write its name alone")
    return text.removeprefix("./")


def language(value: Any) -> str:
    """A BCP 47 tag (``pt-BR``) or the name of a language."""
    text = line(value)
    return text if not re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*", text) else text.replace("_", "-")


def tag(value: Any) -> str:
    """A BCP 47 language tag (RFC 5646)."""
    text = word(value).replace("_", "-")
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", text):
        raise wrong("this is not a language tag", "write such as en, nb or pt-BR")
    return text


def listed(value: Any) -> str:
    """Who may see that somebody is a member: yes, name-only, no."""
    text = word(value).lower()
    if re.sub(r"[\s_-]", "", text) == "nameonly":
        return "name-only"
    if text not in _YES_NO:
        raise wrong("this is none of yes, name-only, no", "write yes, name-only or no")
    return "yes" if _YES_NO[text] else "no"


def as_list(value: Any) -> Any:
    """One value as a list of one; empty ones are absent."""
    return [each for each in value if not is_empty(each)] if isinstance(value, list) else [value]


def as_commas(value: Any) -> Any:
    """As `as_list`, and a comma separates."""
    return [each.strip() for each in value.split(",") if each.strip()] if isinstance(value, str) else as_list(value)


Many = Annotated[tuple[T, ...], BeforeValidator(as_list)]
Commas = Annotated[tuple[T, ...], BeforeValidator(as_commas)]

Line = Annotated[str, PlainValidator(line)]
Word = Annotated[str, PlainValidator(word)]
Prose = Annotated[str, PlainValidator(prose)]
YesNo = Annotated[bool, PlainValidator(yes_no)]
Whole = Annotated[int, PlainValidator(whole)]
Number = Annotated[str, PlainValidator(number)]
Latitude = Annotated[float, PlainValidator(degrees(90))]
Longitude = Annotated[float, PlainValidator(degrees(180))]
Url = Annotated[str, PlainValidator(url)]
Target = Annotated[str, PlainValidator(target)]
File = Annotated[str, PlainValidator(file)]
Weight = Annotated[int, PlainValidator(weight)]
Amount = Annotated[str, PlainValidator(amount)]
Currency = Annotated[str, PlainValidator(currency)]
SiteUrl = Annotated[str, PlainValidator(site_url)]
Host = Annotated[str, PlainValidator(host)]
Email = Annotated[str, PlainValidator(email)]
Phone = Annotated[str, PlainValidator(phone)]
Slug = Annotated[str, PlainValidator(slug)]
Alias = Annotated[str, PlainValidator(alias)]
Id = Annotated[str, PlainValidator(reference)]
Moment = Annotated[str, PlainValidator(moment)]
Duration = Annotated[times.Duration, PlainValidator(duration)]
Months = Annotated[int, PlainValidator(months)]
Zone = Annotated[str, PlainValidator(zone)]
Uid = Annotated[str, PlainValidator(uid)]
Image = Annotated[str, PlainValidator(image)]
Language = Annotated[str, PlainValidator(language)]
LanguageTag = Annotated[str, PlainValidator(tag)]
Listed = Annotated[str, PlainValidator(listed)]
