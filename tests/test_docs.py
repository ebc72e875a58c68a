"""What is documented is so: commands, settings, keys, packages, modules, files, addresses, examples and answers."""

from __future__ import annotations

import dataclasses
import re
import shlex
import tomllib
from collections.abc import Iterator
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from pyoxigraph import Quad, RdfFormat, Triple, parse
from test_layers import LAYERS
from written import PROLOGUE

from clustergraph import releases, settings
from clustergraph.cli import main
from clustergraph.importing import job, sheet
from clustergraph.importing.vocabulary import Vocabulary
from clustergraph.settings import Settings
from clustergraph.web.app import create_app

ROOT = Path(__file__).parent.parent
DOCS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in ROOT.glob("docs/*.md")}
PAGES = {"README.md": (ROOT / "README.md").read_text(encoding="utf-8"), **DOCS}
#: Folders of the project that documentation names files of.
ROOMS = (".ci/", "bench/", "data/", "docs/", "ontology/", "shapes/", "src/", "tests/")
#: The edition that is not there: guides write it.
EXAMPLE = "2026-03-04-ljubljana"
#: Addresses of the service, as the guides give them.
LOCAL = re.compile(r"http://127\.0\.0\.1:8000(/[^\s<>`)]*)")


def blocks(text: str, language: str) -> list[str]:
    """The code blocks of a language in a Markdown text."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def table(text: str, heading: str) -> list[list[str]]:
    """The rows, as lists of cells without backticks, of the first table below a heading."""
    below = text.split(f"\n{heading}\n", 1)[1]
    rows = re.search(r"(?:^\|.*\n)+", below, re.MULTILINE)
    assert rows is not None
    cells = [line.strip().strip("|").split("|") for line in rows[0].splitlines()[2:]]
    return [[cell.strip().replace("`", "") for cell in row] for row in cells]


def spans(text: str) -> set[str]:
    """What stands in backticks within a line of text, outside of blocks."""
    return set(re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)))


def pairs(names: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(names.items())


@pytest.fixture(scope="module")
def folder(real_release: releases.Release) -> Path:
    """Releases, with the release of the real data as the current one."""
    return real_release.path.parent


@pytest.fixture(scope="module")
def held(folder: Path) -> set[Triple]:
    """Every triple of the real data."""
    return {quad.triple for quad in releases.current(folder).open().stream()}


@pytest.fixture(scope="module")
def app(folder: Path) -> Flask:
    return create_app(Settings(project=ROOT, releases=folder), releases.current(folder))


def test_command_line_reference_is_what_the_commands_say() -> None:
    spec = spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    generate = module_from_spec(spec)
    spec.loader.exec_module(generate)
    assert DOCS["docs/cli.md"] == generate.cli_reference(), "run make docs"


@pytest.mark.parametrize(("page", "text"), pairs(PAGES))
def test_commands_in_examples_exist_with_their_options(page: str, text: str) -> None:
    calls = re.findall(r"^\$ \.venv/bin/clustergraph ((?:'[^']*'|[^'\n#])+)", text, re.MULTILINE)
    for words in (shlex.split(call) for call in calls):
        names = [word for word in words[:2] if re.fullmatch(r"[a-z]+", word)]
        shown = CliRunner().invoke(main, [*names[: 2 if names[0] == "releases" else 1], "--help"])
        assert shown.exit_code == 0, words
        assert all(word in shown.output for word in words if word.startswith("--")), words


@pytest.mark.parametrize(("page", "text"), pairs(PAGES))
def test_make_targets_that_are_named_exist(page: str, text: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^\$ )make ([a-z]+)", text, re.MULTILINE)) <= targets


def test_every_dependency_has_its_reason_and_no_other() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for heading, wanted in (
        ("## To run", project["dependencies"]),
        ("## To develop", project["optional-dependencies"]["dev"]),
    ):
        names = [re.split(r"[<>=!~]", requirement)[0] for requirement in wanted]
        assert [row[0] for row in table(DOCS["docs/dependencies.md"], heading)] == names


def test_every_dependency_has_its_exact_version_and_none_has_an_address() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[<>=!~]", line)[0].lower() for line in project["dependencies"]}
    lines = [line for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.!+]+", line)] == []
    assert wanted <= {line.split("==")[0].lower() for line in lines}


def test_every_setting_is_documented_with_its_default() -> None:
    code = (ROOT / "src/clustergraph/settings.py").read_text(encoding="utf-8")
    documented = {row[0]: row[1] for row in table(DOCS["docs/operations.md"], "## Settings")}
    assert set(documented) == set(re.findall(r'"(CLUSTERGRAPH_[A-Z_]+)"', code))
    for field in dataclasses.fields(settings.Settings):
        if isinstance(field.default, int | float):
            assert documented[f"CLUSTERGRAPH_{field.name.upper()}"] == str(field.default + 0)  # False is 0


def records() -> Iterator[tuple[str, type]]:
    """Section of a fact sheet, or key of a record in it -> the class of its records."""
    yield "edition", sheet.EditionRecord
    yield from sheet._SECTIONS.items()
    for _, cls in [("edition", sheet.EditionRecord), *sheet._SECTIONS.items()]:
        for field in dataclasses.fields(cls):
            if record := getattr(field.metadata["parse"], "record", None):
                yield field.name, record


@pytest.mark.parametrize(("section", "record"), list(records()))
def test_every_key_of_a_fact_sheet_is_documented(section: str, record: type) -> None:
    rows = table(DOCS["docs/sheet-format.md"], f"### `{section}`")
    wanted = {field.name: field.metadata["needed"] for field in dataclasses.fields(record)}
    assert {row[0]: row[1] == "yes" for row in rows} == wanted


def test_every_section_of_a_fact_sheet_is_documented() -> None:
    rows = table(DOCS["docs/sheet-format.md"], "## Sections")
    assert {row[0] for row in rows} == {"edition", *sheet._SECTIONS, *sheet._LISTS}


def test_every_code_of_a_fact_sheet_is_documented() -> None:
    vocabulary = Vocabulary(ROOT / "ontology" / "schemes")
    for scheme, _, codes in table(DOCS["docs/sheet-format.md"], "## Codes"):
        assert codes.split(", ") == vocabulary.codes(scheme)


def test_small_sheet_of_the_guide_imports(tmp_path: Path) -> None:
    (example,) = blocks(DOCS["docs/sheet-format.md"], "yaml")
    path = tmp_path / f"{EXAMPLE}.yaml"
    path.write_text(example, encoding="utf-8")
    outcome = job.prepare([path], ROOT, lambda question: None, date(2026, 1, 1))
    assert ROOT / "data" / "editions" / f"{EXAMPLE}.ttl" in [change.path for change in outcome.changes]


def test_every_module_has_its_place_in_the_description_of_the_layers() -> None:
    rows = table(DOCS["docs/architecture.md"], "## Layers")
    assert [set(row[1].split(", ")) for row in rows] == list(LAYERS)


@pytest.mark.parametrize(("page", "text"), pairs(PAGES))
def test_every_file_that_is_named_exists(page: str, text: str) -> None:
    links = {link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link}
    named = {name for name in spans(text) if name.startswith(ROOMS) and "<" not in name and EXAMPLE not in name}
    code = {name for name in spans(text) if name.endswith(".py") and not name.startswith(ROOMS)}
    assert [link for link in links if not (ROOT / page).parent.joinpath(link).exists()] == []
    assert [name for name in named if not any(ROOT.glob(name.rstrip("/")))] == []
    assert [name for name in code if not (ROOT / "src" / "clustergraph" / name).exists()] == []


@pytest.mark.parametrize(("page", "text"), pairs(PAGES))
def test_every_address_that_is_named_answers(page: str, text: str, app: Flask) -> None:
    client = app.test_client()
    for address in sorted(set(LOCAL.findall(text))):
        if EXAMPLE not in address:
            assert client.get(address, headers={"Accept": "*/*"}).status_code == 200, address
    for route in (name.rstrip("…") for name in spans(text) if re.fullmatch(r"/[a-z][\w/.-]*…?", name)):
        assert any(rule.rule.startswith(route) for rule in app.url_map.iter_rules()), route


@pytest.mark.parametrize(("page", "text"), pairs(PAGES))
def test_turtle_examples_are_in_the_graph(page: str, text: str, held: set[Triple]) -> None:
    stated: list[Quad] = [q for block in blocks(text, "turtle") for q in parse(PROLOGUE + block, RdfFormat.TURTLE)]
    assert [str(quad.triple) for quad in stated if quad.triple not in held] == []


def test_queries_of_the_readme_give_what_it_says(folder: Path) -> None:
    runner = CliRunner(env={"CLUSTERGRAPH_RELEASES": str(folder)})
    examples = re.findall(r"clustergraph query ('[^']*')\n(.+?)^```", PAGES["README.md"], re.MULTILINE | re.DOTALL)
    assert len(examples) == 2
    for query, answer in examples:
        asked = runner.invoke(main, ["query", *shlex.split(query)])
        assert asked.exit_code == 0, asked.output
        assert asked.stdout.replace("\r\n", "\n") == answer
