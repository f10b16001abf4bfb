"""Pages as files: what templates get to make them."""

from collections.abc import Callable
from typing import Any

from sitegen.formats import html
from sitegen.model import Card, face
from tests.sites import OFFICE, Project


class Kept:
    """Stands for a template and for the tools: keeps the view, and puts nothing out."""

    def __init__(self) -> None:
        """Nothing was made yet."""
        self.parts: dict[Any, Any] = {}
        self.view: dict[str, Any] = {}

    def template(self, name: str, language: str) -> "Kept":
        """Itself."""
        del name, language
        return self

    def render(self, view: dict[str, Any]) -> str:
        """Keep the view."""
        self.view = view
        return ""


def page(name: str) -> html.Page:
    """A page of an association of that name, with one card."""
    chrome = face({"base": "/guild", "root": "", "name": name, "embeds": ()})
    given: dict[str, Any] = dict.fromkeys(html.Page.__struct_fields__, "")
    given |= {
        "chrome": chrome,
        "cards": (face(Card("members", "Ada", "/members/ada/")),),
        "sections": (),
        "shared": None,
    }
    given |= {"about": None, "intro": None, "pictures": (), "body": b"", "translations": ()}
    return html.Page(**given)


def test_once_is_once() -> None:
    """A macro is called once for the same words, and again for others and for another association."""
    made: list[tuple[Any, ...]] = []

    def macro(href: Callable[[str], str], card: Card, level: int) -> str:
        made.append((href(card.url), level))
        return f"{card.title} {level}"

    tools = Kept()
    for _ in range(2):
        html.render(page("Guild"), tools)  # type: ignore[arg-type]
        once, (card,) = tools.view["once"], tools.view["cards"]
        assert (once(macro, card, 2), once(macro, card, 3), once(macro, card, 2)) == ("Ada 2", "Ada 3", "Ada 2")
    assert made == [("/guild/members/ada/", 2), ("/guild/members/ada/", 3)]
    html.render(page("Other"), tools)  # type: ignore[arg-type]
    tools.view["once"](macro, card, 2)
    assert len(made) == 3


def test_lists_show_what_is_so_now(make: Callable[[str], Project]) -> None:
    """Rows that are made once follow an edit on all pages that have them."""
    ada = "-- members/ada.yaml --\nname: Ada Okafor\nskills: [clocks, bells]\nheadline: {}\n"
    site = make(OFFICE + ada.format("Winds"))
    site.build()
    site.write(ada.format("Oils"))
    site.build()
    for path in ("members/index.html", "skills/clocks/index.html", "skills/bells/index.html"):
        assert "Oils" in site.read(path)
        assert "Winds" not in site.read(path)
