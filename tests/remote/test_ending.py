"""A query that takes too long is ended in the engine too, where that is started as docs/operations.md advises."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from engines import EACH, ENGINES, Remote
from pyoxigraph import Literal, NamedNode, Triple

from clustergraph import iris
from clustergraph.remote import opening
from clustergraph.remote.connection import TooSlowError
from clustergraph.remote.graphstore import GraphStore

#: Seconds after which the engines of these tests end a query.
BOUND = 2
PATIENCE = 30.0
GRAPH = iris.graph("many")
MANY = [Triple(NamedNode(f"http://e/{number}"), NamedNode("http://e/p"), Literal(number)) for number in range(300)]
#: Joins that go through 300 to the power of four combinations, and hold for none.
ALL = "?a ?p ?i . ?b ?p ?j . ?c ?p ?k . ?d ?p ?l FILTER(STRLEN(CONCAT(STR(?a), STR(?b), STR(?c), STR(?d))) < 3)"
SLOW = (
    f"SELECT * {{ {ALL} }}",
    f"SELECT (COUNT(*) AS ?n) {{ {ALL} }}",
    f"ASK {{ {ALL} }}",
    f"CONSTRUCT {{ ?a ?p ?b }} WHERE {{ {ALL} }}",
)


@pytest.fixture(scope="module", params=EACH)
def remote(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Remote]:
    """An engine that ends queries early, with some statements."""
    with ENGINES[request.param](tmp_path_factory.mktemp(request.param), BOUND) as running:
        GraphStore(running.settings(Path())).put(GRAPH, MANY)
        yield running


def ask(remote: Remote, query: str, seconds: float) -> None:
    opening.endpoint(remote.settings(Path())).ask(query, [("default-graph-uri", GRAPH)], seconds, 1_000_000)


def busy(remote: Remote) -> float:
    """Seconds of the processor that an engine has used."""
    fields = Path(f"/proc/{remote.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def becomes_idle(remote: Remote) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        before = busy(remote)
        time.sleep(0.5)
        if busy(remote) - before < 0.05:
            return True
    return False


@pytest.mark.parametrize("query", SLOW)
def test_the_engine_ends_a_query_and_a_part_of_its_answer_is_refused(remote: Remote, query: str) -> None:
    with pytest.raises(TooSlowError, match="the engine ran out of time"):
        ask(remote, query, PATIENCE)
    assert becomes_idle(remote)


@pytest.mark.parametrize("query", SLOW)
def test_a_query_that_was_given_up_ends_in_the_engine(remote: Remote, query: str) -> None:
    before = busy(remote)
    with pytest.raises(TooSlowError, match="no answer"):
        ask(remote, query, 1.0)
    assert busy(remote) - before > 0.1
    assert becomes_idle(remote)
