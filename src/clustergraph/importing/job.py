"""One import: sheets in, changed files out, all of them or none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from clustergraph import turtle
from clustergraph.errors import InputError
from clustergraph.importing import agents, checks, claims, figures, programme, sheet, sourcing, withheld
from clustergraph.importing.decisions import Decisions
from clustergraph.importing.draft import Draft
from clustergraph.importing.matching import Matcher
from clustergraph.importing.naming import Decider, Naming
from clustergraph.importing.registry import Registry
from clustergraph.importing.terms import Graph, Literal, URIRef
from clustergraph.importing.vocabulary import Vocabulary


@dataclass(frozen=True)
class Change:
    """What an import does to one file.

    :ivar path: the file.
    :ivar content: its new content.
    :ivar added: statements that are new in it.
    :ivar removed: statements that no longer stand in it.
    """

    path: Path
    content: bytes
    added: int
    removed: int


@dataclass(frozen=True)
class Outcome:
    """What an import found.

    :ivar changes: files that change; empty where the sheets say nothing new.
    :ivar minted: people and organisations that are new.
    :ivar printed_only: entity -> printed forms that were not taken as names of it.
    """

    changes: tuple[Change, ...]
    minted: tuple[URIRef, ...]
    printed_only: dict[URIRef, list[str]]


def prepare(
    paths: list[Path], project: Path, decide: Decider, today: date, step: Callable[[str], None] = lambda _: None
) -> Outcome:
    """Work out what importing some sheets changes; nothing is written.

    :param paths: fact sheets; the order does not matter.
    :param project: the folder with ``data/`` and ``ontology/``.
    :param decide: answers for names that are not sure.
    :param today: the date that new decisions carry.
    :param step: told what is being done, for progress.
    :raises InputError: a sheet is wrong; :raises UndecidedError: names need a decision.
    """
    sheets = _sheets(paths, step)
    vocabulary = Vocabulary(project / "ontology" / "schemes")
    registry = Registry(project / "data" / "registry")
    decisions = Decisions(project / "data" / "decisions")
    drafts = [Draft(item, registry, vocabulary) for item in sheets]
    for draft in drafts:
        checks.check(draft.sheet, vocabulary, registry)
        withheld.refuse(draft.sheet, decisions)
    organisations = Matcher("organisation", registry.files["organisations"], decisions)
    people = Matcher("person", registry.files["people"], decisions)
    naming = Naming(decisions, organisations, people, decide, today)
    for draft in drafts:
        sourcing.write(draft)
    step("resolving names")
    naming.resolve(drafts)
    for draft in drafts:
        step(f"writing {draft.sheet.slug}")
        _write(draft, organisations)
    return Outcome(tuple(_changes(project, drafts, registry, decisions)), tuple(naming.minted), naming.printed_only)


def _sheets(paths: list[Path], step: Callable[[str], None]) -> list[sheet.Sheet]:
    found: dict[str, sheet.Sheet] = {}
    for path in sorted(paths, key=lambda path: path.name):
        step(f"reading {path.name}")
        if path.stem in found:
            raise InputError(f"{path}: a sheet of the edition {path.stem!r} was given already; give one")
        found[path.stem] = sheet.read(path)
    return list(found.values())


def _write(draft: Draft, organisations: Matcher) -> None:
    programme.write(draft)
    agents.write(draft)
    figures.write(draft, organisations)
    claims.write(draft)
    sourcing.link_publishers(draft, organisations)


def _changes(project: Path, drafts: list[Draft], registry: Registry, decisions: Decisions) -> list[Change]:
    graphs = {project / "data" / "registry" / f"{name}.ttl": graph for name, graph in registry.files.items()}
    graphs[decisions.path] = decisions.graph
    for draft in drafts:
        path = project / "data" / "editions" / f"{draft.sheet.slug}.ttl"
        graphs[path] = _with_languages(draft.graph, turtle.read(path))
    return [found for path, graph in graphs.items() if (found := change(path, graph))]


def change(path: Path, graph: Graph) -> Change | None:
    """What it does to a file to hold a graph; None where it holds it already."""
    if not len(graph) and not path.exists():
        return None
    content = turtle.write(graph)
    if path.exists() and path.read_bytes() == content:
        return None
    before = turtle.read(path)
    return Change(path, content, len(graph - before), len(before - graph))


def _with_languages(graph: Graph, before: Graph) -> Graph:
    """Keep the language that an editor gave to words of the sheet."""
    for subject, predicate, value in list(graph):
        if isinstance(value, Literal) and value.language == "und":
            for other in before.objects(subject, predicate):
                if isinstance(other, Literal) and other.language not in (None, "und") and str(other) == str(value):
                    graph.remove((subject, predicate, value))
                    graph.add((subject, predicate, other))
    return graph


def carry_out(outcome: Outcome) -> None:
    """Write the changed files, each wholly or not at all."""
    save(outcome.changes)


def save(changes: tuple[Change, ...]) -> None:
    """Write changed files, each wholly or not at all."""
    turtle.save({each.path: each.content for each in changes})
