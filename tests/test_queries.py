"""The project's query files: plain SPARQL that says what it answers, and runs the same with its values written in."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from clustergraph import queries, store
from clustergraph.errors import NotFoundError
from clustergraph.queries import Query

FOLDER = Path(queries.__file__).parent / "sparql"
NAMES = sorted(path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.rq"))
ANN, LIKES = NamedNode("https://e/ann"), NamedNode("https://e/likes")
QUERY = Query("q", "# What somebody likes\nSELECT ?who ?what\nWHERE {\n  ?who <https://e/likes> ?what .\n}\n")


@pytest.mark.parametrize("name", NAMES)
def test_query_file_says_first_what_it_answers(name: str) -> None:
    query = queries.load(name)
    assert query.text.startswith("# ")
    assert len(query.about) > 20


def test_values_are_written_as_terms_and_give_what_binding_gives() -> None:
    likes = [(ANN, Literal('tea" } #')), (NamedNode("https://e/bob"), Literal("rye"))]
    graph = store.in_memory(Quad(who, LIKES, what, NamedNode("https://e/g")) for who, what in likes)
    for bindings in ({"who": ANN}, {"what": Literal('tea" } #')}, {"who": ANN, "what": Literal("rye")}):
        bound = [str(row) for row in graph.select(QUERY.text, bindings)]
        assert [str(row) for row in graph.select(QUERY.with_values(bindings))] == bound


def test_no_values_leave_the_text_as_it_is() -> None:
    assert QUERY.with_values({}) == QUERY.text


@pytest.mark.parametrize(
    "rows", [[], [{"who": ANN}], [{"what": Literal('tea & "é" } #+%')}, {"what": Literal("rye")}]]
)
def test_address_that_runs_a_query_holds_it_with_its_values(rows: list[dict[str, NamedNode | Literal]]) -> None:
    assert QUERY.run_path(*rows) == "/sparql?" + urlencode({"query": QUERY.with_values(*rows)})


@pytest.mark.parametrize("name", ["nothing", "edition", "edition/nothing", "../settings", ""])
def test_unknown_query_is_not_found(name: str) -> None:
    with pytest.raises(NotFoundError):
        queries.load(name)
