"""pages -> queries -> data, never upwards; and the files stay small enough to read at a sitting."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BELOW = {"data": {"queries", "pages"}, "queries": {"pages"}}
LONGEST = 250
SOURCES = sorted(path for layer in ("data", "queries", "pages") for path in (ROOT / layer).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """The top-level packages a module imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_layer_uses_nothing_above_it(path: Path) -> None:
    assert not imported(path) & BELOW.get(path.relative_to(ROOT).parts[0], set())


def test_only_the_store_opens_a_database_file() -> None:
    connecting = [path for path in SOURCES if re.search(r"duckdb\.connect\([^)]", path.read_text("utf-8"))]
    assert connecting == [ROOT / "data" / "store.py"]


@pytest.mark.parametrize("path", [*SOURCES, ROOT / "dashboard.py"], ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_stays_small_enough_to_read(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_what_it_is_for(path: Path) -> None:
    assert path.read_text("utf-8").strip() == "" or ast.get_docstring(ast.parse(path.read_text("utf-8")))
