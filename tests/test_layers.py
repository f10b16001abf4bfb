"""The picture in docs/architecture.md, held against the imports."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "sitegen"


def rows() -> dict[str, int]:
    """The row of every module and package, from the table of the document."""
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    table = re.findall(r"^\| (\d+) \| ([^|]*) \|", text, re.MULTILINE)
    return {name: int(number) for number, names in table for name in re.findall(r"`(\w+)`", names)}


def place(module: str) -> str:
    """The name under which a module stands in the table: ``formats`` for ``sitegen.formats.ics``."""
    return module.removeprefix("sitegen.").partition(".")[0]


def imports(file: Path) -> Iterator[str]:
    """The modules of the package that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("sitegen."))
        elif isinstance(node, ast.ImportFrom) and node.module == "sitegen":
            yield from (f"sitegen.{alias.name}" for alias in node.names if alias.name != "__version__")
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sitegen."):
            yield str(node.module)


def module_of(file: Path) -> str:
    """The dotted name of a file's module."""
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def test_every_module_has_a_row() -> None:
    """The table names what there is, no less and no more."""
    there = {path.stem for path in PACKAGE.glob("*.py")} | {path.name for path in PACKAGE.iterdir() if path.is_dir()}
    there -= {"__init__", "__main__", "__pycache__", "locale", "starter"}
    assert set(rows()) == there


def test_imports_go_down() -> None:
    """A module imports from rows below its own, and from its own package alone in its row."""
    level = rows()
    wrong = []
    for file in PACKAGE.rglob("*.py"):
        module = module_of(file)
        if module in ("sitegen", "sitegen.__main__"):
            continue
        for imported in imports(file):
            within = place(imported) == place(module) and file.name == "__init__.py"
            if not within and level[place(imported)] <= level[place(module)]:
                wrong.append(f"{module} imports {imported}")
    assert not wrong


def test_siblings_are_strangers() -> None:
    """Kinds do not import each other, nor do pages or formats: each is one file."""
    for package in ("kinds", "pages", "formats"):
        for file in (PACKAGE / package).glob("[!_]*.py"):
            assert not [each for each in imports(file) if each.startswith(f"sitegen.{package}")], file
