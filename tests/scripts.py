"""The scripts of the theme, for a program that runs one text."""

import re

from sitegen.theme import BUILT_IN

STATIC = BUILT_IN / "programme" / "static"


def script(name: str, known: set[str] | None = None) -> str:
    """A script with those that it imports in their places, each once."""
    known = set() if known is None else known
    text = (STATIC / name).read_text("utf-8")
    return re.sub(r'^import .* from "\./(.+)";$', lambda found: _bare(found[1], known), text, flags=re.MULTILINE)


def _bare(name: str, known: set[str]) -> str:
    if name in known:
        return ""
    known.add(name)
    return re.sub(r"^export ", "", script(name, known), flags=re.MULTILINE)
