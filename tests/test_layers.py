"""pages -> queries -> data, never upwards; packages in one order, nothing in a circle; files to read at a sitting."""

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = ("data", "queries", "pages")  # each may use those before it
# Inside pages and data a package may use those before it. Names without a folder are modules at the top of the layer.
ORDER = {
    "data": (
        "literals",
        "open_errors",
        "scratch_folders",
        "database_file",
        "macros",
        "schema",
        "migrations",
        "store",
        "clock",
        "headers",
        "formats",
        "cells",
        "files",
        "derived",
        "themes",
        "samples",
        "workspace",
        "importing",
    ),
    "pages": (
        "menu",
        "streamlit_server",
        "access",
        "jobs",
        "document",
        "context",
        "content",
        "report",
        "exports",
        "sharing",
        "screen",
        "server",
    ),
}
DRAWS = ("screen", "server")  # the packages of pages that use Streamlit
INTERNALS = ROOT / "pages" / "streamlit_server.py"  # and the one file that uses what Streamlit does not promise
PUBLIC = ("streamlit.column_config", "streamlit.components.v2", "streamlit.navigation.page")  # and types it hands out
LONGEST = 250
SOURCES = sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))
named = pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))


def module(path: Path) -> str:
    """`pages/screen/draw.py` as it is imported."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module(path): path for path in SOURCES}


@cache
def imported(path: Path) -> frozenset[str]:
    """Everything that a file imports, wherever in it: what is imported late is imported too."""
    return frozenset(_imported(path))


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def used(path: Path) -> set[str]:
    """The modules of the house among them."""
    return {name if name in MODULES else name.rpartition(".")[0] for name in imported(path)} & set(MODULES)


def package(name: str) -> str:
    """`pages.exports` of `pages.exports.pdf.canvas`; a module at the top of its layer is one of its own."""
    return ".".join(name.split(".")[:2])


def circles(graph: Mapping[str, set[str]]) -> list[set[str]]:
    """Groups in which everything leads to everything (Tarjan's strongly connected components)."""
    seen: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[set[str]] = []

    def visit(node: str) -> None:
        seen[node] = low[node] = len(seen)
        stack.append(node)
        for onward in graph.get(node, ()):
            if onward not in seen:
                visit(onward)
            if onward in stack:
                low[node] = min(low[node], low[onward])
        if low[node] == seen[node]:
            group = set(stack[stack.index(node) :])
            del stack[stack.index(node) :]
            found.append(group)

    for node in graph:
        if node not in seen:
            visit(node)
    return [group for group in found if len(group) > 1]


@named
def test_a_layer_uses_nothing_above_it(path: Path) -> None:
    above = LAYERS[LAYERS.index(path.relative_to(ROOT).parts[0]) + 1 :]
    assert not {name.split(".")[0] for name in imported(path)} & set(above)


@named
def test_a_package_uses_only_those_below_it(path: Path) -> None:
    layer, own = (*module(path).split("."), "")[:2]
    order = ORDER.get(layer, ())
    if own in order:
        others = {name.split(".")[1] for name in used(path) if name.startswith(f"{layer}.")}
        assert not {other for other in others & set(order) if order.index(other) > order.index(own)}


@pytest.mark.parametrize("layer", ORDER)
def test_every_package_has_its_place_in_the_order(layer: str) -> None:
    folders = {path.name for path in (ROOT / layer).iterdir() if (path / "__init__.py").exists()}
    assert folders <= set(ORDER[layer])


def test_no_file_leads_back_to_itself() -> None:
    assert circles({name: used(path) - {name} for name, path in MODULES.items()}) == []


def test_no_package_leads_back_to_itself() -> None:
    graph: dict[str, set[str]] = {}
    for name, path in MODULES.items():
        graph.setdefault(package(name), set()).update({package(other) for other in used(path)} - {package(name)})
    assert circles(graph) == []


def test_a_circle_is_found() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [{"a", "b", "c"}]


def test_no_exporter_uses_another() -> None:
    kinds = {name: name.split(".")[2] for name in MODULES if name.startswith("pages.exports.") and name.count(".") > 2}
    assert not [(name, other) for name in kinds for other in used(MODULES[name]) if kinds.get(other, kinds[name]) != kinds[name]]


@named
def test_streamlit_stays_where_pages_are_drawn_and_served(path: Path) -> None:
    asked = {name for name in imported(path) if name.split(".")[0] == "streamlit"}
    layer, own = (*module(path).split("."), "")[:2]
    if path != INTERNALS and module(path) not in ("pages.shell", "pages.__main__") and not (layer == "pages" and own in DRAWS):
        assert not asked
    if path != INTERNALS:
        assert not {name for name in asked if name.count(".") > 1 and not name.startswith(PUBLIC)}


def test_no_page_draws_by_itself() -> None:
    assert not [path.name for path in SOURCES if path.name[:2].isdigit() and any("streamlit" in name for name in imported(path))]


def test_no_name_stands_for_two_files() -> None:
    names = Counter(path.stem for path in SOURCES if not path.stem.startswith("__"))
    assert [name for name, count in names.items() if count > 1] == []


def test_only_the_store_opens_a_database_file() -> None:
    connecting = [path for path in SOURCES if re.search(r"duckdb\.connect\([^)]", path.read_text("utf-8"))]
    assert connecting == [ROOT / "data" / "store.py"]


@pytest.mark.parametrize("path", [*SOURCES, ROOT / "dashboard.py"], ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_stays_small_enough_to_read(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST


@named
def test_a_module_says_what_it_is_for(path: Path) -> None:
    assert path.read_text("utf-8").strip() == "" or ast.get_docstring(ast.parse(path.read_text("utf-8")))
