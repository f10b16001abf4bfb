"""What of a page is seen without a script."""

from html.parser import HTMLParser

VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
"""Elements without an end (HTML, section 13.1.2)."""


def visible(html: str) -> str:
    """The page without the elements that are hidden, and else as it is."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "".join(reader.seen)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.seen: list[str] = []
        self.inside = 0
        """How many elements are open from the hidden one on."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.inside or "hidden" in dict(attrs):
            self.inside += tag not in VOID
        else:
            self.seen.append(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - of the base
        if not self.inside and "hidden" not in dict(attrs):
            self.seen.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if self.inside:
            self.inside -= 1
        else:
            self.seen.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._see(data)

    def handle_entityref(self, name: str) -> None:
        self._see(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._see(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self._see(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self._see(f"<!{decl}>")

    def _see(self, text: str) -> None:
        if not self.inside:
            self.seen.append(text)
