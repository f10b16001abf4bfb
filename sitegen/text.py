"""Markdown to HTML that is safe to publish, and to one line of plain text.

The writers are the members: their text may hold any HTML, and a hostile one must neither run anything in a visitor's
browser, nor make it call another host, nor stop the build.
"""

import functools
import html as entities
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import markdown
    import nh3

LONGEST = 100_000
"""Characters of one text: about 15,000 words."""
DEEPEST = 50
"""Lists and quotes inside each other; Python-Markdown spends some ten frames of the stack on each."""
SLOWEST = 2.0
"""Seconds that one text may take by the estimate of `_seconds`."""

_TAGS = frozenset(
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure hr i"
    " img ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup table tbody td tfoot th thead"
    " time tr u ul var wbr".split()
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
    "img": {"src", "alt", "width", "height"},
    "ins": {"datetime"},
    "li": {"value"},
    "ol": {"start", "reversed", "type"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope", "abbr"},
    "time": {"datetime"},
} | {heading: {"id"} for heading in _HEADINGS}
_ALIGN = {"align": {"left", "center", "right"}}
_SCHEMES = {"http", "https", "mailto", "tel"}


class TooComplex(ValueError):
    """The text is too long, too deeply nested or too costly to render; the message says so to its writer."""

_DEEP = re.compile(rf"^(?: {{0,3}}(?:>|[*+-][ \t]|\d+\.[ \t])| {{4}}|\t){{{DEEPEST + 1}}}", re.MULTILINE)


def html(source: str, level: int = 2, prefix: str = "") -> str:
    """The Markdown ``source`` as an HTML fragment that only has tags, attributes and addresses of an allow-list.

    ``level`` (1–6) is what the top heading ``#`` becomes; HTML headings above it lose their tags, so that the page keeps
    its one h1. Headings get ids that are unique in the text, in any script; ``prefix`` stands before each id and in the
    text's own links to them, so that two texts can share a page.

    Understood are Python-Markdown with tables, fenced code and sane lists, and inline HTML. Footnotes are not: neither
    a bio nor an event needs them, and their ids and back-links would need the same care as headings.

    Links: http, https, mailto, tel and relative addresses. They get ``rel="noopener"`` and not nofollow: an association
    vouches for what its members link to. Images: only the site's own, loaded lazily. An image at another host would
    tell that host who reads the page, so a link with its alternative text takes its place.

    Raises `TooComplex`.
    """
    _refuse_the_costly(source)
    rough = _markdown(level).reset().convert(source)
    clean = _cleaner(level).clean
    safe = _finished(clean(rough), prefix)
    while (again := clean(safe)) != safe:  # a browser's parser repairs some markup only step by step
        safe = again
    return safe


def plain(source: str, limit: int = 160) -> str:
    """The beginning of a Markdown text as one line of at most ``limit`` characters, without markup: for descriptions.

    Ends with a sentence if that fills half of the line, else with "…" after a word. Headings, code, tables and comments
    are left out. It does not parse, so it can be wrong where marks are text (``2 * 3 * 4``), does not follow reference
    links, and sees only as much of the source as fills the line a few times over. The result is text, not HTML.
    """
    text = source[: 20 * limit]
    for pattern, replacement in _MARKUP:
        text = pattern.sub(replacement, text)
    text = " ".join(entities.unescape(text).split())
    if len(text) <= limit:
        return text
    sentence = max((match.end() for match in _SENTENCE.finditer(text[: limit + 1])), default=0)
    if sentence > limit // 2:
        return text[:sentence].rstrip()
    words = text[:limit].rpartition(" ")[0] or text[: limit - 1]
    return words.rstrip(" ,;:–—-") + "…"


_MARKUP = (
    (re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL), " "),
    (re.compile(r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1[^\n]*$|\Z)", re.DOTALL | re.MULTILINE), " "),
    (re.compile(r"^ {0,3}#.*$|^.+\n {0,3}(?:=+|-+) *$|^ {0,3}\|.*$|^\[[^\]]+\]: .*$", re.MULTILINE), " "),
    (re.compile(r"^[ \t]*(?:>[ \t]?|[*+-][ \t]+|\d+\.[ \t]+)+", re.MULTILINE), ""),
    (re.compile(r"</?[A-Za-z][^<>]*>"), ""),
    (re.compile(r"<([A-Za-z][^<>\s]*)>"), r"\1"),
    (re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])?"), r"\1"),
    (re.compile(r"(?<!\\)[*`]+|(?<!\w)_+|_+(?!\w)"), ""),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)
_SENTENCE = re.compile(r"[.!?…](?=\s)|[。！？]")

_IRREGULAR = (
    (re.compile(r"\[(?!(?:[^\[\]]|\[[^\[\]]*\])*\])"), 400),
    (re.compile(r"\]\((?![^()\"']*(?:\"[^\"]*\"|'[^']*')?\s*\))"), 200),
    (re.compile(r"^ {0,3}(?:#|=|-|`{3}|~{3}|\[)|<(?![^<>]*>)", re.MULTILINE), 30),
    (re.compile(r"\|"), 6),
)


def _refuse_the_costly(source: str) -> None:
    if len(source) > LONGEST:
        message = f"the text has {len(source):,} characters; at most {LONGEST:,} can be rendered"
        raise TooComplex(message)
    if _DEEP.search(source):
        message = f"lists or quotes are nested more than {DEEPEST} deep"
        raise TooComplex(message)
    if len(source) > 2000 and _seconds(source) > SLOWEST:
        raise TooComplex("the text takes too long to render: look for brackets, tags or quotes that are never closed")


def _seconds(source: str) -> float:
    each = sum(len(pattern.findall(source)) * ns for pattern, ns in _IRREGULAR) * len(source)
    rows = [line.count("|") for line in source.split("\n") if set(line) <= set(" \t|:-")]
    cells = max(rows, default=0) * source.count("\n")
    return (each + 5000 * cells) / 1e9


@functools.cache
def _markdown(level: int) -> "markdown.Markdown":
    import markdown
    from markdown.extensions import fenced_code, sane_lists, tables, toc
    return markdown.Markdown(output_format="html", extensions=[
        tables.TableExtension(use_align_attribute=True), fenced_code.FencedCodeExtension(), sane_lists.SaneListExtension(),
        toc.TocExtension(baselevel=level, marker="", slugify=_slug)])


def _slug(title: str, separator: str) -> str:
    return separator.join(re.findall(r"\w+", title.lower())) or "section"


@functools.cache
def _cleaner(level: int) -> "nh3.Cleaner":
    import nh3
    return nh3.Cleaner(tags=_TAGS | set(_HEADINGS[level - 1 :]), attributes=_ATTRIBUTES, attribute_filter=_attribute,
        tag_attribute_values={"td": _ALIGN, "th": _ALIGN}, set_tag_attribute_values={"img": {"loading": "lazy"}},
        generic_attribute_prefixes=set(), url_schemes=_SCHEMES, link_rel="noopener")


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "class": return value if re.fullmatch(r"language-[\w#+.-]+", value) else None
    if name == "id": return value if re.fullmatch(r"[\w.-]+", value) else None
    return value


def _finished(safe: str, prefix: str) -> str:
    return safe
