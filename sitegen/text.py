"""Markdown to HTML that is safe to publish.

The writers are the members: their text may hold any HTML, and a hostile one must neither run anything in a visitor's
browser, nor make it call another host, nor stop the build.
"""

import functools
import html as entities
import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    import markdown
    import nh3

LONGEST = 100_000
"""Characters that one text may have: about 15,000 words."""
DEEPEST = 50
"""Lists and quotes that may stand inside each other: Python-Markdown recurses into each."""
SLOWEST = 2.0
"""Seconds that one text may take by the estimate of `_seconds`; a page of prose takes 0.01."""

_TAGS = (
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure hr"
    " i img ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup table tbody td tfoot th"
    " thead time tr u ul var wbr"
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ATTRIBUTES = {
    "*": {"dir", "lang", "title"},
    "a": {"href"},
    "code": {"class"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"datetime"},
    "details": {"open"},
    "img": {"alt", "height", "src", "width"},
    "ins": {"datetime"},
    "li": {"value"},
    "ol": {"reversed", "start", "type"},
    "td": {"class", "colspan", "rowspan"},
    "th": {"class", "colspan", "rowspan", "scope"},
    "time": {"datetime"},
} | {heading: {"id"} for heading in _HEADINGS}
_CLASSES = {"code": r"language-[\w#+.-]+", "td": r"align-(?:left|center|right)", "th": r"align-(?:left|center|right)"}
_SCHEMES = {"http", "https", "mailto", "tel"}


class TooComplex(ValueError):  # noqa: N818 - it is what the text is
    """The text is too long, too deeply nested or too costly to render; the message is for its writer."""


def html(source: str, level: int = 2, prefix: str = "") -> str:
    """The Markdown ``source`` as an HTML fragment that holds only tags, attributes and addresses of an allow-list.

    ``level`` (1 to 6) is what the text's highest heading becomes, be it ``#`` or ``##``: the page skips no level. HTML
    headings above it lose their tags: the page keeps its one h1. Headings have ids, unique within the text, in any
    script. ``prefix`` (letters, digits, hyphens) stands before each of them, and in the text's own links to them, so
    that several texts can share a page.

    Understood are Python-Markdown with tables, fenced code and sane lists, and HTML within it. Footnotes are not: a bio
    or an event needs none, and their ids and links back would have to be kept apart like those of headings.

    Links go to http, https, mailto, tel and relative addresses, with ``rel="noopener"`` but without nofollow: the
    association vouches for what its members link to. Images are the site's own and load lazily; one at another host
    would tell that host who reads the page, so a link with its alternative text takes its place.

    Raises `TooComplex`.
    """
    source = _normal(source)
    _refuse_the_costly(source)
    clean = _cleaner(level).clean
    rough = _markdown(level - _highest(source) + 1).reset().convert(source)
    safe = _own_images(_own_ids(clean(_ALIGNED.sub(r'<\1 class="align-\2"', rough)), prefix))
    # HTML that is nested as it must not be can read differently once it is written and read again: here it is settled
    # what a browser will read.
    for _ in range(10):
        before, safe = safe, clean(safe)
        if safe == before:
            return safe
    message = "HTML tags overlap; close each one before the one around it"
    raise TooComplex(message)


def _highest(source: str) -> int:
    """The level of the highest heading, as it is written; one with a line of === below it is of the first."""
    levels = [len(marks) for marks in re.findall(r"^[ >*+\d.-]*(#{1,6})(?![#\n])", source, re.MULTILINE)]
    return 1 if re.search(r"^=+ *$", source, re.MULTILINE) else min(levels, default=1)


_ALIGNED = re.compile(r'<(t[dh]) align="(left|center|right)"')
"""What Python-Markdown aligns cells by, which HTML has no more: themes align by the class."""


def _normal(source: str) -> str:
    """Line ends and tabs as Markdown has them, and no control characters: inside Python-Markdown they are marks."""
    source = source.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    return re.sub(r"[\x00-\x09\x0b-\x1f\x7f]", "", source)


def _refuse_the_costly(source: str) -> None:
    if len(source) > LONGEST:
        message = f"the text has {len(source):,} characters; more than {LONGEST:,} are too many for one"
        raise TooComplex(message)
    if _TOO_DEEP.search(source):
        message = f"lists or quotes are nested more than {DEEPEST} deep"
        raise TooComplex(message)
    if _seconds(source) > SLOWEST:
        message = "this would take too long; look for brackets, tags or comments that are opened and not closed"
        raise TooComplex(message)


_TOO_DEEP = re.compile(
    rf"^(?: {{0,3}}(?:>|[*+-] |\d+\. )| {{4}}){{{DEEPEST + 1}}}|^[`~]{{3,}} {{200}}",  # the last: cubic in fenced_code
    re.MULTILINE,
)
_SLOW_IN_PARAGRAPH = (
    (re.compile(r"\[(?!(?:[^\[\]]|\[[^\[\]]*\])*\])"), 400),  # not closed, or with brackets two deep in it
    (re.compile(r"\]\((?![^()\"']*+(?:\"[^\"]*\"|'[^']*')?\s*\))"), 200),  # an address that is not closed plainly
)
_SLOW = (
    (re.compile(r"<(?![^<>]*>)"), 30),
    (re.compile(r"\n {0,3}(?:[#=-]|`{3}|~{3}|\[)"), 30),  # headings, fences, references
    (re.compile(r"[*_]{4}"), 24),
    (re.compile(r"\|"), 6),
    (re.compile(r"</?[A-Za-z]"), 2),
)
"""What makes Python-Markdown look through the paragraph or the text again: nanoseconds per match and character."""


def _seconds(source: str) -> float:
    """How long Python-Markdown might take at worst: it is quadratic in many things, and prose has few of them.

    Measured, and found by a search through texts made of repeated marks. An estimate from the text alone, so that the
    same text is refused on every machine.
    """

    def again(slow: tuple[tuple[re.Pattern[str], int], ...], part: str) -> float:
        # Escapes and code are replaced by placeholders, which are longer.
        size = len(part) + 7 * (part.count("\\") + part.count("`"))
        return sum(cost * len(pattern.findall(part)) for pattern, cost in slow) * size

    nanoseconds = again(_SLOW, source) + sum(again(_SLOW_IN_PARAGRAPH, block) for block in source.split("\n\n"))
    if comments := source.count("<!--"):
        nanoseconds += 0.3 * comments * len(re.findall(r"<[A-Za-z]", source)) * len(source)
    columns = max((line.count("|") for line in source.split("\n") if not line.strip(" |:-")), default=0)
    nanoseconds += 5000 * columns * source.count("\n")  # cells: short rows are filled up
    address = max(map(len, re.findall(r"^ {0,3}\[[^\[\]]*\]:\s*(.*)", source, re.MULTILINE)), default=0)
    nanoseconds += 100 * address * source.count("[")  # a reference repeats its address
    return nanoseconds / 1e9


@functools.cache
def _markdown(level: int) -> "markdown.Markdown":
    # Made once, as that takes 400 µs. Extensions by name would load importlib.metadata.
    import markdown  # noqa: PLC0415 - not needed when nothing changed
    from markdown.extensions import fenced_code, sane_lists, tables, toc  # noqa: PLC0415

    return markdown.Markdown(
        output_format="html",
        extensions=[
            tables.TableExtension(use_align_attribute=True),
            fenced_code.FencedCodeExtension(),
            sane_lists.SaneListExtension(),
            toc.TocExtension(baselevel=level, marker="", slugify=_slug),
        ],
    )


def _slug(title: str, separator: str) -> str:
    """The id of a heading: its letters, digits and vowel signs of any script."""
    words = "".join(
        letter if letter.isalnum() or unicodedata.category(letter)[0] == "M" else " " for letter in title.lower()
    )
    return separator.join(words.split()) or "section"


@functools.cache
def _cleaner(level: int) -> "nh3.Cleaner":
    import nh3  # noqa: PLC0415 - not needed when nothing changed

    return nh3.Cleaner(
        tags={*_TAGS.split(), *_HEADINGS[level - 1 :]},
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        set_tag_attribute_values={"img": {"loading": "lazy"}},
        url_schemes=_SCHEMES,
        link_rel="noopener",
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    allowed = {"class": _CLASSES.get(tag), "id": r"[^\s\"&'<>]+"}.get(name)
    return value if allowed is None or re.fullmatch(allowed, value) else None


# The two steps below work on what the sanitiser wrote, where every tag is complete and every < > " in a value escaped.


def _own_ids(safe: str, prefix: str) -> str:
    """Each id once, and the prefix before it and in links to it."""
    ids: set[str] = set()

    def heading(match: re.Match[str]) -> str:
        start, name = match.groups()
        if name in ids:
            return start
        ids.add(name)
        return f'{start} id="{prefix}{name}"'

    def link(match: re.Match[str]) -> str:
        return f'{match[1]}"#{prefix}{match[2]}"' if unquote(match[2]) in ids else match[0]

    safe = re.sub(r'(<h[1-6]\b[^>]*?) id="([^"]*)"', heading, safe)
    return re.sub(r'(<a [^>]*?href=)"#([^"]*)"', link, safe) if ids else safe


def _own_images(safe: str) -> str:
    """A link, or inside a link the bare text, in the place of each image that is not the site's own."""
    if "<img" not in safe:
        return safe

    def linked(match: re.Match[str]) -> str:
        return re.sub(r"<img[^>]*>", lambda image: _image(image[0], inside_link=match[0][1] == "a"), match[0])

    return re.sub(r"<a [^>]*>.*?</a>|<img[^>]*>", linked, safe, flags=re.DOTALL)


def _image(tag: str, *, inside_link: bool) -> str:
    values = dict(re.findall(r' (src|alt)="([^"]*)"', tag))
    source, alt = values.get("src", ""), values.get("alt", "")
    # Read as a browser does: it drops line ends and tabs, and takes \ for /.
    read = re.sub(r"[\x00-\x20]", "", entities.unescape(source)).replace("\\", "/")
    if not source or not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", read):
        return tag if source else alt
    label = alt or source.partition("//")[2] or source
    return label if inside_link else f'<a href="{source}">{label}</a>'
