"""Markdown to HTML that is safe to publish.

The writers are the members: their text may hold any HTML, and a hostile one must neither run anything in a visitor's
browser, nor make it call another host, nor stop the build.
"""

import functools
import html as entities
import importlib
import re
import unicodedata
from collections.abc import Iterable
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
_ASIDES = "attention|caution|danger|error|hint|important|note|tip|warning"
"""What an admonition may be: the words of reStructuredText, where Python-Markdown has it from."""
_CLASSES = {
    "code": r"language-[\w#+.-]+",
    "div": rf"admonition|{_ASIDES}|footnote",
    "p": r"admonition-title",
    "td": r"align-(?:left|center|right)",
    "th": r"align-(?:left|center|right)",
}
_SCHEMES = {"http", "https", "mailto", "tel"}


EXTENSIONS = ("abbr", "admonition", "def_list", "footnotes", "nl2br", "smarty")
"""Extensions of Python-Markdown that a site may switch on.

Always on are tables, fenced_code, sane_lists and the ids of toc. Of the others, attr_list and legacy_attrs give
elements classes and ids, which are the theme's; md_in_html is for who writes HTML; codehilite wants another library and
styles of its own; meta takes the first lines for fields, which stand in the front matter; wikilinks makes up addresses;
extra and legacy_em bring nothing of their own.
"""
_OPTIONS: dict[str, dict[str, str]] = {
    "footnotes": {
        "PLACE_MARKER": "\0",  # no text has it: the paragraph with the marker would be lost
        "BACKLINK_TEXT": "↩\ufe0e",  # as text, not as an emoji
        "BACKLINK_TITLE": "{}",  # its number, which is the same in every language
    },
}
_MORE: dict[str, dict[str, set[str]]] = {
    "admonition": {"div": {"class"}, "p": {"class"}},
    "footnotes": {"div": {"class"}, "li": {"id"}, "sup": {"id"}},
}
"""Attributes that an extension writes."""


class TooComplex(ValueError):  # noqa: N818 - it is what the text is
    """The text is too long, too deeply nested or too costly to render; the message is for its writer."""


def html(source: str, level: int = 2, prefix: str = "", extensions: tuple[str, ...] = ()) -> str:
    """The Markdown ``source`` as an HTML fragment that holds only tags, attributes and addresses of an allow-list.

    ``level`` (1 to 6) is what the text's highest heading becomes, be it ``#`` or ``##``: the page skips no level. HTML
    headings above it lose their tags: the page keeps its one h1. Headings have ids, unique within the text, in any
    script; so have footnotes. ``prefix`` (letters, digits, hyphens) stands before each of them, and in the text's own
    links to them, so that several texts can share a page.

    Understood are Python-Markdown with tables, fenced code and sane lists, those of `EXTENSIONS` that are named in
    ``extensions``, and HTML within it.

    Links go to http, https, mailto, tel and relative addresses, with ``rel="noopener"`` but without nofollow: the
    association vouches for what its members link to. Images are the site's own and load lazily; one at another host
    would tell that host who reads the page, so a link with its alternative text takes its place.

    Raises `TooComplex`.
    """
    source = _normal(source)
    extensions = tuple(sorted(extensions))
    _refuse_the_costly(source, extensions)
    clean = _cleaner(level, extensions).clean
    try:
        rough = _markdown(level - _highest(source) + 1, extensions).reset().convert(source)
    except RuntimeError as error:  # of Python-Markdown's footnotes; and of whatever else recurses too deeply
        _markdown.cache_clear()  # it may think itself within a list for ever
        message = "this is nested too deeply, or a footnote stands within another"
        raise TooComplex(message) from error
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


def _refuse_the_costly(source: str, extensions: tuple[str, ...]) -> None:
    if len(source) > LONGEST:
        message = f"the text has {len(source):,} characters; more than {LONGEST:,} are too many for one"
        raise TooComplex(message)
    if _TOO_DEEP.search(source):
        message = f"lists or quotes are nested more than {DEEPEST} deep"
        raise TooComplex(message)
    if "def_list" in extensions and any(len(_SWALLOWED.findall(block)) > DEEPEST for block in source.split("\n\n")):
        message = f"more than {DEEPEST} definitions follow each other without an empty line between them"
        raise TooComplex(message)
    if _seconds(source, extensions) > SLOWEST:
        message = "this would take too long; look for brackets, tags or comments that are opened and not closed"
        raise TooComplex(message)


_TOO_DEEP = re.compile(
    rf"^(?: {{0,3}}(?:>|[*+-] |\d+\. )| {{4}}){{{DEEPEST + 1}}}|^[`~]{{3,}} {{200}}",  # the last: cubic in fenced_code
    re.MULTILINE,
)
_SWALLOWED = re.compile(r"\n[ >]*[^ :>\n][^\n]*\n[ >]*: ")
"""A term right below a definition, which is read as part of that: each stands in the one before it."""
_SLOW_IN_PARAGRAPH = (
    (re.compile(r"\[(?!(?:[^\[\]]|\[[^\[\]]*\])*\])"), 400),  # not closed, or with brackets two deep in it
    (re.compile(r"\]\((?![^()\"']*+(?:\"[^\"]*\"|'[^']*')?\s*\))"), 200),  # an address that is not closed plainly
)
_STASHED = re.compile(r"\\[^\w\s]|(?<!`)(`++).+?(?<!`)\1(?!`)", re.DOTALL)
"""Escapes and code, whose brackets are no links'."""
_SLOW = (
    (re.compile(r"<(?![^<>]*>)"), 30),
    (re.compile(r"\n[ >]*(?:[#=-]|`{3}|~{3}|\[)"), 30),  # headings, fences, references
    (re.compile(r"[*_]{4}"), 24),
    (re.compile(r"\|"), 6),
    (re.compile(r"</?[A-Za-z]"), 2),
)
"""What makes Python-Markdown look through the paragraph or the text again: nanoseconds per match and character."""
_SLOW_WITH = {
    "abbr": (re.compile(r"\*\["), 35),
    "admonition": (re.compile(r"!!!"), 5),
    "def_list": (re.compile(r"^[ >]*: ", re.MULTILINE), 25),
    "nl2br": (re.compile(r"\n"), 3),
    "smarty": (re.compile(r"[\"']|--|\.\.\."), 3),
}
"""The same in a paragraph, where an extension is on."""


def _seconds(source: str, extensions: tuple[str, ...]) -> float:
    """How long Python-Markdown might take at worst: it is quadratic in many things, and prose has few of them.

    Measured, and found by a search through texts made of repeated marks. An estimate from the text alone, so that the
    same text is refused on every machine.
    """

    def again(slow: Iterable[tuple[re.Pattern[str], int]], part: str, meant: str) -> float:
        # Escapes and code are replaced by placeholders, which are longer.
        size = len(part) + 7 * (part.count("\\") + part.count("`"))
        return sum(cost * len(pattern.findall(meant)) for pattern, cost in slow) * size

    blocks = source.split("\n\n")
    slow = [_SLOW_WITH[each] for each in extensions if each in _SLOW_WITH]
    nanoseconds = again(_SLOW, source, source) + sum(again(slow, block, block) for block in blocks)
    nanoseconds += sum(again(_SLOW_IN_PARAGRAPH, block, _STASHED.sub("", block)) for block in blocks)
    if comments := source.count("<!--"):
        nanoseconds += 0.3 * comments * len(re.findall(r"<[A-Za-z]", source)) * len(source)
    columns = max((line.count("|") for line in source.split("\n") if not line.strip(" |:-")), default=0)
    nanoseconds += 5000 * columns * source.count("\n")  # cells: short rows are filled up
    address = max(map(len, re.findall(r"^ {0,3}\[[^\[\]]*\]:\s*(.*)", source, re.MULTILINE)), default=0)
    nanoseconds += 100 * address * source.count("[")  # a reference repeats its address
    if "footnotes" in extensions:
        nanoseconds += 500 * source.count("[^") ** 2
    meanings = re.findall(r"\] ?: *\n? *(.*)", source) if "abbr" in extensions and "*[" in source else []
    nanoseconds += 100 * max(map(len, meanings), default=0) * len(source.split())  # an abbreviation repeats its meaning
    if meanings or "smarty" in extensions:  # which look for the place of an element among all beside it
        beside = re.compile(r"[*_`\]>\n]|\w+" if meanings else r"[*_`\]>\n]")
        nanoseconds += 15 * sum(each**2 for each in (source.count("\n"), *(len(beside.findall(b)) for b in blocks)))
    return nanoseconds / 1e9


@functools.cache
def _markdown(level: int, extensions: tuple[str, ...]) -> "markdown.Markdown":
    # Made once, as that takes 400 µs. Extensions by name would load importlib.metadata.
    import markdown  # noqa: PLC0415 - not needed when nothing changed
    from markdown.extensions import fenced_code, sane_lists, tables, toc  # noqa: PLC0415

    chosen = (importlib.import_module(f"markdown.extensions.{name}") for name in extensions)
    return markdown.Markdown(
        output_format="html",
        extensions=[
            tables.TableExtension(use_align_attribute=True),
            fenced_code.FencedCodeExtension(),
            sane_lists.SaneListExtension(),
            toc.TocExtension(baselevel=level, marker="", slugify=_slug),
            *(module.makeExtension(**_OPTIONS.get(name, {})) for name, module in zip(extensions, chosen, strict=True)),
        ],
    )


def _slug(title: str, separator: str) -> str:
    """The id of a heading: its letters, digits and vowel signs of any script."""
    words = "".join(
        letter if letter.isalnum() or unicodedata.category(letter)[0] == "M" else " " for letter in title.lower()
    )
    return separator.join(words.split()) or "section"


@functools.cache
def _cleaner(level: int, extensions: tuple[str, ...]) -> "nh3.Cleaner":
    import nh3  # noqa: PLC0415 - not needed when nothing changed

    attributes = {tag: set(names) for tag, names in _ATTRIBUTES.items()}
    for extension in extensions:
        for tag, names in _MORE.get(extension, {}).items():
            attributes.setdefault(tag, set()).update(names)
    return nh3.Cleaner(
        tags={*_TAGS.split(), *_HEADINGS[level - 1 :]},
        attributes=attributes,
        attribute_filter=_attribute,
        set_tag_attribute_values={"img": {"loading": "lazy"}},
        url_schemes=_SCHEMES,
        link_rel="noopener",
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name in ("id", "href") and (note := _NOTE.fullmatch(value)):
        return note[1] + re.sub(r"[\s\"&'<>]+", "-", note[2])
    if name == "class":
        return " ".join(word for word in value.split() if re.fullmatch(_CLASSES[tag], word)) or None
    if name == "id":
        return value if tag in _HEADINGS and re.fullmatch(r"[^\s\"&'<>]+", value) else None
    return value


_NOTE = re.compile(r"(#?[\w-]*fn(?:ref\d*)?:)(.+)", re.DOTALL)
"""The id of a footnote or of a reference to one, and links to them; an editor may call it by words with blanks."""


# The two steps below work on what the sanitiser wrote, where every tag is complete and every < > " in a value escaped.


def _own_ids(safe: str, prefix: str) -> str:
    """Each id once, and the prefix before it and in links to it."""
    ids: set[str] = set()

    def place(match: re.Match[str]) -> str:
        start, name = match.groups()
        if name in ids:
            return start
        ids.add(name)
        return f'{start} id="{prefix}{name}"'

    def link(match: re.Match[str]) -> str:
        return f'{match[1]}"#{prefix}{match[2]}"' if unquote(match[2]) in ids else match[0]

    before = r'(?: [\w-]+="[^"]*")*?'  # one attribute after another: a title may hold what looks like an id
    safe = re.sub(rf'(<(?:h[1-6]|li|sup){before}) id="([^"]*)"', place, safe)
    return re.sub(rf'(<a{before} href=)"#([^"]*)"', link, safe) if ids else safe


def _own_images(safe: str) -> str:
    """A link, or inside a link the bare text, in the place of each image that is not the site's own."""
    if "<img" not in safe:
        return safe

    def linked(match: re.Match[str]) -> str:
        return re.sub(r"<img[^>]*>", lambda image: _image(image[0], inside_link=match[0][1] == "a"), match[0])

    return re.sub(r"<a [^>]*>.*?</a>|<img[^>]*>", linked, safe, flags=re.DOTALL)


def _image(tag: str, *, inside_link: bool) -> str:
    values = dict(re.findall(r' ([\w-]+)="([^"]*)"', tag))  # one after another: a title may hold what looks like a src
    source, alt = values.get("src", ""), values.get("alt", "")
    # Read as a browser does: it drops line ends and tabs, and takes \ for /.
    read = re.sub(r"[\x00-\x20]", "", entities.unescape(source)).replace("\\", "/")
    if not source or not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", read):
        return tag if source else alt
    label = alt or source.partition("//")[2] or source
    return label if inside_link else f'<a href="{source}">{label}</a>'
