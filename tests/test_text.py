"""Markdown becomes HTML that is safe to publish, and one line for descriptions."""

import contextlib
import re
import time
from html.parser import HTMLParser

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import text
from sitegen.text import TooComplex

GOLDEN = {
    "paragraphs and emphasis": (
        "One *two* **three**\nfour `five`\n\nsix",
        "<p>One <em>two</em> <strong>three</strong>\nfour <code>five</code></p>\n<p>six</p>",
    ),
    "headings begin below the page's": (
        "# A\n\n## B\n\n###### C",
        '<h2 id="a">A</h2>\n<h3 id="b">B</h3>\n<h6 id="c">C</h6>',
    ),
    "the highest heading counts, in a quote too": (
        "### A\n\n> ## B",
        '<h3 id="a">A</h3>\n<blockquote>\n<h2 id="b">B</h2>\n</blockquote>',
    ),
    "an HTML h1 is no second title": ("<h1>Top</h1>\n\n<h2>Next</h2>", "Top\n\n<h2>Next</h2>"),
    "lists of two kinds stay apart": (
        "- a\n- b\n\n1. c",
        "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<ol>\n<li>c</li>\n</ol>",
    ),
    "a table keeps its alignment, by a class of the theme": (
        "| a | b |\n|---|--:|\n| 1 | 2 |",
        (
            '<table>\n<thead>\n<tr>\n<th>a</th>\n<th class="align-right">b</th>\n</tr>\n</thead>\n'
            '<tbody>\n<tr>\n<td>1</td>\n<td class="align-right">2</td>\n</tr>\n</tbody>\n</table>'
        ),
    ),
    "code keeps its language": (
        "```python\nx < y\n```",
        '<pre><code class="language-python">x &lt; y\n</code></pre>',
    ),
    "no other class": (
        '<code class="language-c++ x">a</code> <b class="y">b</b>',
        '<p><code class="language-c++">a</code> <b>b</b></p>',
    ),
    "details": (
        "<details open><summary>S</summary>t</details>",
        '<details open=""><summary>S</summary>t</details>',
    ),
    "small marks": (
        '<abbr title="General Assembly">GA</abbr> <kbd>Esc</kbd>',
        '<p><abbr title="General Assembly">GA</abbr> <kbd>Esc</kbd></p>',
    ),
    "a figure": (
        '<figure><img src="a.png" alt="A"><figcaption>F</figcaption></figure>',
        '<figure><img src="a.png" alt="A" loading="lazy"><figcaption>F</figcaption></figure>',
    ),
    "links": (
        "[a](https://a.org) [b](mailto:b@b.org) [c](tel:+47) [d](../d/) <e@e.org>",
        (
            '<p><a href="https://a.org" rel="noopener">a</a> <a href="mailto:b@b.org" rel="noopener">b</a>'
            ' <a href="tel:+47" rel="noopener">c</a> <a href="../d/" rel="noopener">d</a>'
            ' <a href="mailto:e@e.org" rel="noopener">e@e.org</a></p>'
        ),
    ),
    "no table of contents": ("a [TOC]", "<p>a [TOC]</p>"),
    "no id but of a heading": ('<sup id="fn:1">a</sup> <b class="note">b</b>', "<p><sup>a</sup> <b>b</b></p>"),
    "signs": ("1 < 2 & 3 > 2", "<p>1 &lt; 2 &amp; 3 &gt; 2</p>"),
    "control characters": ("a\0b\x02klzzwxh:0\x03", "<p>abklzzwxh:0</p>"),
    "line ends of every system": ("a\r\n\r\nb\rc", "<p>a</p>\n<p>b\nc</p>"),
    "nothing": (" \n", ""),
}


@pytest.mark.parametrize(("source", "expected"), GOLDEN.values(), ids=GOLDEN)
def test_golden(source: str, expected: str) -> None:
    """Each piece of Markdown or HTML that a bio or an event needs becomes this."""
    assert text.html(source) == expected


EXTENDED = {
    "abbr": (
        "The AGM.\n\n*[AGM]: annual <meeting>",
        ('<p>The <abbr title="annual &lt;meeting&gt;">AGM</abbr>.</p>', "<p>The AGM.</p>\n<p>*[AGM]: annual </p>"),
    ),
    "admonition": (
        '!!! tip\n    Be *early*.\n\n!!! Site-Header tip "For all"\n    Be late.',
        (
            (
                '<div class="admonition tip">\n<p class="admonition-title">Tip</p>\n<p>Be <em>early</em>.</p>\n</div>\n'
                '<div class="admonition tip">\n<p class="admonition-title">For all</p>\n<p>Be late.</p>\n</div>'
            ),
            '<p>!!! tip\n    Be <em>early</em>.</p>\n<p>!!! Site-Header tip "For all"\n    Be late.</p>',
        ),
    ),
    "def_list": (
        "Bench\n: A place to work.",
        ("<dl>\n<dt>Bench</dt>\n<dd>A place to work.</dd>\n</dl>", "<p>Bench\n: A place to work.</p>"),
    ),
    "footnotes": (
        "a[^1]\n\n[^1]: b",
        (
            (
                '<p>a<sup id="fnref:1"><a href="#fn:1" rel="noopener">1</a></sup></p>\n'
                '<div class="footnote">\n<hr>\n<ol>\n<li id="fn:1">\n'
                '<p>b&nbsp;<a href="#fnref:1" title="1" rel="noopener">↩\ufe0e</a></p>\n</li>\n</ol>\n</div>'
            ),
            '<p>a<a href="b" rel="noopener">^1</a></p>',
        ),
    ),
    "nl2br": ("a\nb", ("<p>a<br>\nb</p>", "<p>a\nb</p>")),
    "smarty": (
        '"a" -- it\'s `"b"` ...',
        ('<p>“a” – it’s <code>"b"</code> …</p>', '<p>"a" -- it\'s <code>"b"</code> ...</p>'),
    ),
}


@pytest.mark.parametrize("name", text.EXTENSIONS)
def test_an_extension(name: str) -> None:
    """What it makes of its marks, alone and with all others; where it is off, they are as they were."""
    source, (on, off) = EXTENDED[name]
    assert text.html(source, extensions=(name,)) == on
    if name != "nl2br":
        others = tuple(each for each in text.EXTENSIONS if each not in ("nl2br", "smarty"))
        assert text.html(source, extensions=(*others, name)) == on
    assert text.html(source) == off


def test_footnotes_of_several_texts() -> None:
    """The prefix stands before ids and links of footnotes, however they are called and however often they are meant."""
    made = text.html('a[^b c] d[^b c]\n\n[^b c]: e\n\n<li id="search">f</li>', prefix="bio-", extensions=("footnotes",))
    ids = re.findall(r'id="([^"]*)"', made)
    assert ids == ["bio-fnref:b-c", "bio-fnref2:b-c", "bio-fn:b-c"]
    assert sorted(re.findall(r'href="#([^"]*)"', made)) == sorted([*ids, "bio-fn:b-c"])


def test_no_words_are_lost_where_python_markdown_puts_footnotes() -> None:
    """The mark at which the extension would put footnotes in the place of a paragraph is text like any other."""
    made = text.html("Read ///Footnotes Go Here/// now[^1]\n\n[^1]: b", extensions=("footnotes",))
    assert made.startswith("<p>Read ///Footnotes Go Here/// now")


HERE = "<p>{}</p>"
HOSTILE = {
    "script": ("<script>alert(1)</script>", ""),
    "script in a paragraph": ("a <script>alert(1)</script> b", "<p>a  b</p>"),
    "onerror": ('<img src="x.png" onerror="alert(1)">', HERE.format('<img src="x.png" loading="lazy">')),
    "onclick": ('<b onclick="alert(1)">a</b>', HERE.format("<b>a</b>")),
    "javascript:": ("[a](javascript:alert(1))", HERE.format('<a rel="noopener">a</a>')),
    "javascript: by entities": ("[a](&#106;avascript&colon;alert(1))", HERE.format('<a rel="noopener">a</a>')),
    "javascript: broken up": ('<a href="java\nscript:alert(1)">a</a>', HERE.format('<a rel="noopener">a</a>')),
    "javascript: behind a control": ('<a href="\x01javascript:alert(1)">a</a>', HERE.format('<a rel="noopener">a</a>')),
    "vbscript:": ("[a](VBScript:x)", HERE.format('<a rel="noopener">a</a>')),
    "data: link": ("[a](data:text/html;base64,PHNjcmlwdD4=)", HERE.format('<a rel="noopener">a</a>')),
    "data: image": ("![a](data:image/svg+xml;base64,PHN2Zz4=)", HERE.format("a")),
    "style attribute": ('<b style="position:fixed;inset:0">a</b>', HERE.format("<b>a</b>")),
    "a title that looks like a source": (
        '<img alt="a" title=" src=" src="https://evil.example/x.png">',
        '<p><a href="https://evil.example/x.png" rel="noopener">a</a></p>',
    ),
    "style": ("<style>@import url(//evil.example)</style>", ""),
    "link": ('<link rel="stylesheet" href="//evil.example">', "<p></p>"),
    "meta refresh": ('<meta http-equiv="refresh" content="0;url=//evil.example">', "<p></p>"),
    "base": ('<base href="//evil.example">', "<p></p>"),
    "iframe": ('<iframe src="//evil.example"></iframe>', ""),
    "object": ('<object data="//evil.example"></object><embed src="//evil.example">', "<p></p>"),
    "media": ('<video poster="//evil.example"><source src="//evil.example"></video>', ""),
    "picture": ('<picture><source srcset="//evil.example"></picture>', "<p></p>"),
    "form": ('<form action="//evil.example"><input name="a"><button>b</button></form>', "b"),
    "svg": ("<svg onload=alert(1)><circle/></svg>", "<p></p>"),
    "svg script": ("<svg><script>alert(1)</script></svg>", "<p></p>"),
    "target": ('<a href="x" target="_blank" ping="//evil.example">a</a>', '<p><a href="x" rel="noopener">a</a></p>'),
    "srcset": ('<img srcset="//evil.example 2x" src="x.png">', '<p><img src="x.png" loading="lazy"></p>'),
    "an id of the page": ('<b id="search">a</b>', HERE.format("<b>a</b>")),
    "comment": ("a <!-- secret --> b", HERE.format("a  b")),
    "broken tag": ("<scr<script>ipt>alert(1)</scr</script>ipt>", None),
    "attribute that breaks out": ('![a" onerror="alert(1)](x.png)', None),
    "title that breaks out": ("[a](x '\"><img src=x onerror=alert(1)>')", None),
    "fence that breaks out": ('```"><script>alert(1)</script>\na\n```', None),
    "fence attributes": ("``` { .a onload=alert(1) #b }\na\n```", None),
    "heading that breaks out": ('# a"><img src=x onerror=alert(1)>', None),
    "placeholder": ("\x02wzxhzdk:0\x03 <b>a</b>", None),
    "mXSS: style in math": (
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
        None,
    ),
    "mXSS: form in form": (
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        None,
    ),
    "mXSS: noscript": ('<noscript><p title="</noscript><img src=x onerror=alert(1)>">', None),
    "mXSS: title in svg": ("<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>", None),
    "mXSS: annotation-xml": (
        '<math><annotation-xml encoding="text/html"><style><img src onerror=alert(1)></style></annotation-xml></math>',
        None,
    ),
    "mXSS: template": ("<template><style></template><img src=x onerror=alert(1)></style>", None),
    "mXSS: select": ("<select><style></select><img src=x onerror=alert(1)></style>", None),
    "mXSS: textarea": ("<textarea><img title='</textarea><img src=x onerror=alert(1)>'>", None),
    "mXSS: plaintext": ("<plaintext><img src=x onerror=alert(1)>", None),
    "mXSS: nested links": ("<a href=x><table><tr><td><a href=y>z<p></table>", None),
}


@pytest.mark.parametrize(("source", "expected"), HOSTILE.values(), ids=HOSTILE)
def test_hostile(source: str, expected: str | None) -> None:
    """Nothing that runs or that calls another host is left; what is left can be read only one way."""
    made = text.html(source)
    assert_safe(made, extensions=())
    if expected is not None:
        assert made.strip() == expected
    assert_safe(text.html(source, extensions=text.EXTENSIONS))


@pytest.mark.parametrize(
    "address",
    [
        "http://evil.example/p.gif",
        "HTTPS://evil.example/p.gif",
        "https:evil.example/p.gif",
        "//evil.example/p.gif",
        "/\\evil.example/p.gif",
        "\\\\evil.example/p.gif",
        "///evil.example/p.gif",
        " //evil.example/p.gif",
        "/\t/evil.example/p.gif",
        "ht\ntps://evil.example/p.gif",
        "&#104;ttps://evil.example/p.gif",
    ],
)
def test_no_image_calls_another_host(address: str) -> None:
    """However an address at another host is written, a link with the alternative text takes the place of the image."""
    made = text.html(f'a <img src="{address}" alt="me"> b')
    assert "<img" not in made
    assert re.fullmatch(r'<p>a <a href="[^"]*" rel="noopener">me</a> b</p>', made)


@pytest.mark.parametrize(
    "address", ["me.jpg", "./me.jpg", "../a/me.jpg", "/files//me.jpg", "files/10:30.jpg", "a b.jpg"]
)
def test_own_images_stay(address: str) -> None:
    """A relative address is the site's own, and the image is loaded when it comes into sight."""
    made = text.html(f'<img src="{address}" alt="me">')
    assert made == f'<p><img src="{address}" alt="me" loading="lazy"></p>'


def test_images_without_words() -> None:
    """An image elsewhere that has no alternative text is named by its address, and inside a link is only its text."""
    assert text.html("![](https://a.org/b.png)") == (
        '<p><a href="https://a.org/b.png" rel="noopener">a.org/b.png</a></p>'
    )
    assert text.html("[![A](https://a.org/b.png)](https://c.org)") == (
        '<p><a href="https://c.org" rel="noopener">A</a></p>'
    )


def test_ids() -> None:
    """Headings of every script have ids, no two alike, even without a letter; HTML adds only new and whole ones."""
    titles = ["Über uns", "日本語", "مرحبا", "हिन्दी", "!!!", "?", "日本語"]
    source = "".join(f"# {title}\n\n" for title in titles) + "<h2 id='über-uns'>x</h2>\n\n<h2 id='a b'>y</h2>"
    assert re.findall(r'id="([^"]*)"', text.html(source)) == [
        "über-uns",
        "日本語",
        "مرحبا",
        "हिन्दी",
        "section",
        "section_1",
        "日本語_1",
    ]


def test_prefix() -> None:
    """The prefix stands before each id and in the text's own links to them, and in no other link."""
    made = text.html("# Über\n\n[a](#über) [b](#%C3%BCber) [c](#other) [d](/x#über)", prefix="bio-")
    assert 'id="bio-über"' in made
    assert re.findall(r'href="([^"]*)"', made) == ["#bio-über", "#bio-%C3%BCber", "#other", "/x#über"]


@pytest.mark.parametrize("tag", ["h2", "li", "sup"])
def test_no_id_hides_behind_a_title(tag: str) -> None:
    """An id is one that the text may have, whatever stands before it: none of the page's own is taken."""
    made = text.html(f'<{tag} title="a id=" lang="en" id="fn:1">b</{tag}>', prefix="p-", extensions=text.EXTENSIONS)
    assert f'<{tag} title="a id=" lang="en" id="p-fn:1">b</{tag}>' in made


@pytest.mark.parametrize("level", range(1, 7))
def test_level(level: int) -> None:
    """The top heading gets this level, those below it follow, down to 6; one text leaves no trace in the next."""
    text.html("# A\n\n[r]: x\n\n<div>", level)
    made = text.html("# A\n\n## B\n\n[r]", level)
    assert re.findall(r"<h(\d)", made) == [str(level), str(min(level + 1, 6))]
    assert 'id="a"' in made
    assert "[r]" in made


COSTLY = {
    "brackets": "[" * 100_000,
    "pairs of brackets": "[" * 50_000 + "]" * 50_000,
    "links not closed": "[a](" * 25_000,
    "links within links": "[" * 5_000 + "](b)" * 5_000,
    "images not closed": "![" * 50_000,
    "link titles not closed": '[a](b "c) ' * 10_000,
    "stars": "*" * 100_000,
    "stars and letters": "*a" * 30_000,
    "emphasis in emphasis": "*a **b " * 14_000,
    "underscores": "_a " * 33_000,
    "quotes on one line": ">" * 100_000,
    "quotes on many lines": "\n".join("> " * depth + "a" for depth in range(400)),
    "lists 500 deep": "\n".join("    " * depth + "- a" for depth in range(200)),
    "lists on one line": "- " * 50_000,
    "numbered lists on one line": "1. " * 30_000,
    "backticks": "`" * 100_000,
    "backticks of every length": " ".join("`" * length for length in range(1, 300)),
    "tags not closed": "<a " * 33_000,
    "tags in tags": "<div>" * 20_000,
    "comments not closed": "<!--" * 25_000,
    "comments in tags": "<b><!-- x -->" * 7_000,
    "CDATA": "<![CDATA[" * 11_000,
    "fences": "```a\n" * 20_000,
    "a fence and blanks": "```" + " " * 90_000 + "x",
    "headings": "#\n" * 50_000,
    "underlined headings": "a\n=\n" * 25_000,
    "a wide table": "a|" * 300 + "\n" + "-|" * 300 + "\n" + "|\n" * 40_000,
    "cells": "a|b\n-|-\n" + "`|" * 40_000,
    "references": "[x]:\n" * 20_000,
    "a long address, often": "[r]: " + "x" * 50_000 + "\n\n" + "[r]" * 15_000,
    "blanks": " " * 100_000,
    "empty lines": "\n" * 100_000,
    "NUL": "\0" * 100_000,
    "marks of Python-Markdown": "\x02klzzwxh:0\x03" * 9_000,
    "ampersands": "&" * 100_000,
    "one word": "a" * 100_000,
    "escaped brackets": "\\]: b\n!!! a\n*[" * 6_000,
    "brackets and code": "[`]` " * 20_000,
    "brackets and longer code": "[`` ` ] `` " * 9_000,
    "quoted headings": "\n>#" * 33_000,
    "paragraphs": "a\n\n" * 33_000,
    "abbreviations not closed": "*[a]\n" * 20_000,
    "abbreviations": "*[a]: b\n" * 12_000,
    "abbreviated words": "*[a]: b\n\n" + ")a" * 45_000,
    "a long abbreviation, often": "*[a]: " + "x" * 50_000 + "\n\n" + "a " * 24_000,
    "abbreviations and emphasis": "*[a]: b\n\n" + "*a* " * 24_000,
    "admonitions": "\n!!! a" * 16_000,
    "terms and definitions": "a\n: b\n" * 16_000,
    "definitions in definitions": "a\n: b\n    : c\n" * 8_000,
    "definitions": ": b\n" * 25_000,
    "one footnote, often": "[^1]" * 24_000 + "\n\n[^1]: a",
    "many footnotes": "".join(f"[^{number}]: a[^{number}]\n" for number in range(5_000)),
    "short lines": "a\n" * 50_000,
    "double quotes": '"' * 100_000,
    "quoted code": "`a`'" * 25_000,
}


@pytest.mark.parametrize("extensions", [(), text.EXTENSIONS], ids=["none", "all"])
@pytest.mark.parametrize("source", COSTLY.values(), ids=COSTLY)
def test_costly(source: str, extensions: tuple[str, ...]) -> None:
    """No text stops a build: in a few seconds of work it is rendered or refused, and the next text is as it was."""
    started = time.process_time()
    with contextlib.suppress(TooComplex):
        assert_safe(text.html(source, extensions=extensions), settled=False)
    assert time.process_time() - started < 5
    assert text.html("a *b*", extensions=extensions) == "<p>a <em>b</em></p>"


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("a" * 100_001, "100,001 characters"),
        ("> " * 51 + "a", "nested more than 50"),
        ("[" * 10_000, "not closed"),
        ("a\n: b\n" * 52, "more than 50 definitions"),
        ("[^1]: > [^2]: a\n\n[^3]: b", "footnote stands within another"),
        ("[a]#`<a href=x><li>" * 150 + "<details>- <li></p><dd>" * 150 + "<a href=x><table><td>`- " * 150, "overlap"),
    ],
)
def test_refused(source: str, told: str) -> None:
    """Who wrote a text that is not rendered is told why; the next text is as it would be without it."""
    with pytest.raises(TooComplex, match=told):
        text.html(source, extensions=text.EXTENSIONS)
    assert text.html("- a", extensions=text.EXTENSIONS) == "<ul>\n<li>a</li>\n</ul>"


def test_prose_is_not_refused() -> None:
    """A long document with what documents have is far from every limit."""
    words = "Some words and a [link](https://a.org/b), *more* words, **others**, `code` and so on. " * 8
    chapter = (
        "## Chapter\n\n[sic; x < y, see [here](https://a.org/b_(c)). " + words + "\n\n"
        "- one [![badge](b.png)](c)\n    - two\n        1. three\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
        "<p>HTML<br></p>\n\n```sh\n# a comment\nif [[ $a < $b ]]; then x[0]=1; fi\n```\n\n"
    )
    chapter += 'Bench\n: A place for "work".\n\n!!! note\n    It\'s -- open.[^{0}]\n\n[^{0}]: Mostly.\n\n'
    chapter += "*[HTML]: a language\n\n"
    source = "".join(chapter.replace("{0}", str(number)) for number in range(60))
    assert len(source) > 40_000
    for extensions in ((), text.EXTENSIONS):
        assert text.html(source, extensions=extensions).count(">Chapter</h") == 60


EXTENDING = ["[^1]", "\n[^1]: ", "[^a b]", "*[a]: ", "*[b]", "\n: ", ": ", "!!! note\n", '!!! a tip "b"', "...", "--"]
MARKS = r"""[ ] ( ) [a](b) ![ ]( * ** _ ` ``` > # - 1. | --- < </ <a <!-- --> & &lt; &# \ " ' = : //a.b/c.png"""
NAMES = "a b p div table tr td pre code ul li h1 h3 svg math style title script select template form summary"
PIECES = [
    *MARKS.split(),
    *(f"<{slash}{name}>" for name in NAMES.split() for slash in ("", "/")),
    *EXTENDING,
    *('<li id="fn:1">', '<p class="a admonition-title">', '<div class="footnote site">', '<a href="#fn:"a">'),
    *("<img src=x>", "<img src=//a alt=b>", "<a href=#a>", "<h2 id=a>", "\n", "\n\n", "    ", " ", "a", "ü", "日"),
]


@settings(deadline=None, max_examples=300)
@given(
    st.text() | st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=40).map("".join),
    st.just(()) | st.just(text.EXTENSIONS) | st.sets(st.sampled_from(text.EXTENSIONS)).map(tuple),
)
def test_any_text_is_safe(source: str, extensions: tuple[str, ...]) -> None:
    """Whatever is written, only allowed tags and attributes come out, and sanitising them again changes nothing."""
    try:
        made = text.html(source, prefix="p-", extensions=extensions)
    except TooComplex:
        return
    ids = assert_safe(made, extensions=extensions)
    assert len(ids) == len(set(ids))
    assert all(each.startswith("p-") for each in ids)


ALLOWED = {
    "a": {"href", "rel"},
    "code": {"class"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"datetime"},
    "details": {"open"},
    "img": {"src", "alt", "width", "height", "loading"},
    "ins": {"datetime"},
    "li": {"value"},
    "ol": {"reversed", "start", "type"},
    "td": {"class", "colspan", "rowspan"},
    "th": {"class", "colspan", "rowspan", "scope"},
    "time": {"datetime"},
} | {f"h{level}": {"id"} for level in range(2, 7)}
PLAIN_TAGS = (
    "abbr b bdi bdo blockquote br caption cite dd dfn div dl dt em figcaption figure hr i kbd mark p pre q rp rt ruby s"
    " samp small span strong sub summary sup table tbody tfoot thead tr u ul var"
)
ALLOWED |= {tag: set() for tag in PLAIN_TAGS.split()}
SCHEMES = {"http", "https", "mailto", "tel"}


WITH_ALL = ALLOWED | {"li": {"value", "id"}, "sup": {"id"}, "div": {"class"}, "p": {"class"}}
"""What is allowed where extensions are on."""
CLASSES = {"admonition", "admonition-title", "footnote", "attention", "caution", "danger", "error", "hint"}
CLASSES |= {"important", "note", "tip", "warning"}


class Judge(HTMLParser):
    """Fails at the first thing that must not be published."""

    allowed = ALLOWED

    def __init__(self) -> None:
        """Nothing is read yet."""
        super().__init__()
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Tags, attributes and addresses by allow-list."""
        assert tag in ALLOWED
        for name, value in attrs:
            self.ids += [value or ""] if name == "id" else []
            assert name in self.allowed[tag] | {"dir", "lang", "title"}
            if name == "class" and tag in ("div", "p"):
                assert set((value or "").split()) <= CLASSES
            elif name == "class":
                assert re.fullmatch(r"language-\S+|align-(left|center|right)", value or "")
            scheme = re.match(r"[\0- ]*([a-z][a-z0-9+.-]*):", re.sub(r"[\t\n\r]", "", value or ""), re.IGNORECASE)
            if name == "href":
                assert scheme is None or scheme[1].lower() in SCHEMES
            if name == "src":
                assert scheme is None
                assert not re.match(r"\s*[/\\]\s*[/\\]", value or "")

    def handle_comment(self, data: str) -> None:
        """None."""
        pytest.fail(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        """None."""
        pytest.fail(f"a declaration: {decl}")

    def handle_pi(self, data: str) -> None:
        """None."""
        pytest.fail(f"an instruction: {data}")


def assert_safe(made: str, *, settled: bool = True, extensions: tuple[str, ...] = text.EXTENSIONS) -> list[str]:
    """It holds only what is allowed, and sanitised once more it stays as it is. The ids in it are returned."""
    judge = Judge()
    judge.allowed = WITH_ALL if extensions else ALLOWED
    judge.feed(made)
    judge.close()
    if settled:
        attributes = {tag: names - {"rel"} for tag, names in judge.allowed.items()}
        attributes["*"] = {"dir", "lang", "title"}
        assert nh3.clean(made, set(ALLOWED), attributes=attributes, url_schemes=SCHEMES, link_rel="noopener") == made
    return judge.ids
