"""What the committed data hold, for the tests that compare them with what the fact sheets state."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pyoxigraph import QuerySolutions, Triple

from clustergraph import iris, sources
from clustergraph.store import Graph, in_memory

PROJECT = Path(__file__).parent.parent
EDITION = iris.thing("edition", "")


@cache
def graph() -> Graph:
    """The data and vocabularies as committed, before a build derives anything."""
    return sources.read(PROJECT).graph()


@cache
def imported() -> Graph:
    """The same without what editors have added to the fact sheets."""
    added = {
        triple
        for path in (PROJECT / sources.ADDITIONS).glob("*.ttl")
        for triple in sources.triples(PROJECT, path.relative_to(PROJECT))
    }
    return in_memory(quad for quad in sources.read(PROJECT).quads() if quad.triple not in added)


def rows(query: Path) -> Iterator[dict[str, str]]:
    """The rows of a query file over :func:`imported`, as texts; editions by their slugs."""
    answer = imported().answer(query.read_text(encoding="utf-8"))
    assert isinstance(answer, QuerySolutions)
    names = [variable.value for variable in answer.variables]
    for solution in answer:
        bound = zip(names, solution, strict=True)
        yield {name: term.value.removeprefix(EDITION) for name, term in bound if not isinstance(term, Triple | None)}
