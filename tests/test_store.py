"""The embedded engine, on the disk and in memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad

from clustergraph import store
from clustergraph.errors import QueryError

A, B = NamedNode("https://e/a"), NamedNode("https://e/b")
QUADS = {Quad(A, A, B, NamedNode("https://e/g")), Quad(A, A, A, DefaultGraph())}
WITHIN = "SELECT ?s { ?s ?p ?o }"


@pytest.mark.parametrize(("union", "rows"), [(True, 2), (False, 1)])
def test_a_small_graph_is_copied_into_memory_and_answers_the_same(tmp_path: Path, union: bool, rows: int) -> None:
    store.write(QUADS, tmp_path / "store")
    disk = store.open_read_only(tmp_path / "store", union)
    near = store.near(disk)
    assert near is not disk
    assert set(near.stream()) == QUADS
    assert len(near.select(WITHIN)) == len(disk.select(WITHIN)) == rows


def test_a_copy_in_memory_is_read_from_the_dump_where_there_is_one(tmp_path: Path) -> None:
    store.write(QUADS, tmp_path / "store")
    disk, dump = store.open_read_only(tmp_path / "store"), tmp_path / "dump.nq"
    dump.write_text(f"{A} {A} {B} <https://e/ș> .\n", encoding="utf-8")
    assert set(store.near(disk, dump).stream()) == {Quad(A, A, B, NamedNode("https://e/ș"))}


def test_a_large_graph_stays_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "HELD_IN_MEMORY", 1)
    store.write(QUADS, tmp_path / "store")
    disk = store.open_read_only(tmp_path / "store")
    assert store.near(disk) is disk


def test_several_queries_are_answered_in_their_order_or_not_at_all() -> None:
    graph = store.in_memory(QUADS)
    answers = graph.select_all([("SELECT ?o { ?s ?p ?o }", {"s": subject}) for subject in (B, A, B, A)])
    assert [len(rows) for rows in answers] == [0, 2, 0, 2]
    with pytest.raises(QueryError):
        list(graph.select_all([(WITHIN, {}), ("SELECT", {})]))
