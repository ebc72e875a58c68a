"""The shape of the code: imports only go down, each engine has one door, and modules and functions stay small."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

SRC = Path(__file__).parent.parent / "src"
PACKAGE = "clustergraph"

#: The layers from the bottom to the top: modules and packages directly below ``clustergraph``.
#: One may import only from layers below its own; inside a package, and here alone, modules may import each other.
LAYERS = (
    {"engine", "errors", "iris", "formats", "names", "progress"},
    {"nodes", "sorting", "sparqltext"},
    {"settings", "disk", "framing", "jsonld", "store", "turtle"},
    {
        "context",
        "dataset",
        "patches",
        "queries",
        "releases",
        "search",
        "spreadsheets",
        "statements",
        "writing",
    },
    {
        "calendars",
        "descriptions",
        "dumps",
        "examples",
        "forgotten",
        "contents",
        "mentioned",
        "ontologies",
        "parts",
        "rdffiles",
        "sources",
        "spellings",
    },
    {"changes", "versions"},
    {
        "dcat",
        "deriving",
        "entities",
        "importing",
        "linking",
        "pool",
        "staging",
        "tables",
        "validation",
    },
    {"building", "remote"},
    {"web"},
    {"cli"},
    {"__main__"},
)

#: Outside package -> the modules that may import it: its doors. Packages that are not here may be imported anywhere.
DOORS = {
    "flask": ("web",),
    "icalendar": ("calendars",),
    "gunicorn": ("web.server", "web.connections", "web.refusals"),
    "pyshacl": ("validation.shapes",),
    "prometheus_client": ("web.metrics",),
    "rapidfuzz": ("names",),
    "sqlite3": ("search",),
    "arro3": ("tables.parquet",),
    "xlsxwriter": ("tables.workbook",),
    "SPARQLWrapper": ("remote.endpoint",),
    "click": ("cli", "progress"),
}

MOST_LINES_OF_A_MODULE = 300
MOST_LINES_OF_A_FUNCTION = 50


@cache
def modules() -> dict[str, ast.Module]:
    """Dotted name below ``clustergraph`` -> its parsed code; packages by their own name."""
    found = {}
    for path in sorted((SRC / PACKAGE).rglob("*.py")):
        parts = path.relative_to(SRC / PACKAGE).with_suffix("").parts
        found[".".join(parts).removesuffix("__init__").rstrip(".")] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def imported(module: str) -> Iterator[str]:
    """The full names a module imports: ``"flask.Flask"``, ``"clustergraph.errors.InputError"``."""
    for node in ast.walk(modules()[module]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} has a relative import in line {node.lineno}"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own(name: str) -> str | None:
    """The module of ours that a name comes from, or None: ``"clustergraph.errors.InputError"`` -> ``"errors"``."""
    package, _, rest = name.partition(".")
    if package != PACKAGE:
        return None
    return rest if rest in modules() else rest.rpartition(".")[0]


@cache
def depends_on(module: str) -> frozenset[str]:
    return frozenset(found for name in imported(module) if (found := own(name)))


def layer(module: str) -> int:
    return next(number for number, names in enumerate(LAYERS) if module.partition(".")[0] in names)


def functions(module: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (n for n in ast.walk(modules()[module]) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


def all_modules() -> list[str]:
    return [name for name in modules() if name]


def test_every_module_stands_in_one_layer_and_every_layer_names_what_exists() -> None:
    named = [name for names in LAYERS for name in names]
    assert sorted(named) == sorted({module.partition(".")[0] for module in all_modules()})


@pytest.mark.parametrize("module", all_modules())
def test_imports_only_go_down(module: str) -> None:
    package = module.partition(".")[0]
    up = [
        other for other in depends_on(module) if other.partition(".")[0] != package and layer(other) >= layer(module)
    ]
    assert up == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    TopologicalSorter({module: depends_on(module) for module in all_modules()}).prepare()


@pytest.mark.parametrize("module", all_modules())
def test_no_import_stands_inside_a_function(module: str) -> None:
    inside = [
        f"line {node.lineno}"
        for function in functions(module)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert inside == []


@pytest.mark.parametrize("package", DOORS)
def test_an_outside_engine_is_imported_only_at_its_door(package: str) -> None:
    doors = DOORS[package]
    users = [module for module in all_modules() if any(name.split(".")[0] == package for name in imported(module))]
    assert [m for m in users if not any(m == door or m.startswith(f"{door}.") for door in doors)] == []


def opens_a_store(module: str) -> bool:
    named = any(isinstance(node, ast.Attribute) and node.attr == "Store" for node in ast.walk(modules()[module]))
    return named or "pyoxigraph.Store" in imported(module)


def test_the_store_is_opened_only_in_its_own_module() -> None:
    assert [module for module in all_modules() if opens_a_store(module)] == ["store"]


@pytest.mark.parametrize("module", all_modules())
def test_a_module_is_one_noun_long(module: str) -> None:
    path = SRC / PACKAGE / Path(*module.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    assert len(file.read_text(encoding="utf-8").splitlines()) <= MOST_LINES_OF_A_MODULE


@pytest.mark.parametrize("module", all_modules())
def test_a_function_is_one_thought_long(module: str) -> None:
    long = [f.name for f in functions(module) if (f.end_lineno or f.lineno) - f.lineno >= MOST_LINES_OF_A_FUNCTION]
    assert long == []


def test_no_pattern_has_a_possessive_group() -> None:
    """Python before 3.11.5, which Debian 12 has, matches them wrongly; atomic groups, (?>…), say the same."""
    found = [path.name for path in SRC.rglob("*.py") if re.search(r"[^(]\)[*+?]\+", path.read_text(encoding="utf-8"))]
    assert found == []
