"""What a page weighs with everything it loads, compressed as it is sent."""

from __future__ import annotations

import gzip
import re
from collections import defaultdict

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode
from test_browser import PATHS

from clustergraph import iris
from clustergraph.store import Graph

#: In bytes.
MOST = 120_000
LOADED = re.compile(r"""<(?:link rel="(?:stylesheet|icon)"|script|img|use)[^>]*?\b(?:href|src)="([^"#]+)""")
#: They come with an editor and with a drawing that scripts make.
APART = ("/sparql", "/network")
#: In how many statements each thing stands, at either end.
SAID = """SELECT ?thing (COUNT(*) AS ?said) WHERE {
  { ?thing ?p ?o } UNION { ?s ?q ?thing } FILTER(isIRI(?thing))
} GROUP BY ?thing"""


def weight(client: FlaskClient, path: str) -> int:
    """The bytes of a page with all it loads, each compressed by itself."""
    page = client.get(path, headers={"Accept": "text/html"}).data
    loaded = {address.partition("?")[0] for address in LOADED.findall(page.decode())}
    assert any(address.endswith("style.css") for address in loaded)
    return sum(len(gzip.compress(part)) for part in [page, *(client.get(address).data for address in sorted(loaded))])


@pytest.fixture(scope="module")
def heaviest(graph: Graph) -> list[str]:
    """The pages of each kind of which most is said: three a kind."""
    kinds: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in graph.select(SAID):
        thing = row["thing"]
        path = iris.page_path(thing.value) if isinstance(thing, NamedNode) else None
        if path and path.startswith("/page/") and "#" not in path:
            kinds[path.split("/")[2]].append((int(row["said"].value), path))
    return [path for pages in kinds.values() for _, path in sorted(pages)[-3:]]


def test_every_kind_of_page_weighs_at_most_what_is_promised(client: FlaskClient, heaviest: list[str]) -> None:
    kinds = {path.split("/")[2] for path in heaviest}
    assert {*iris.KINDS, "region", "country", "topic", "policy"} == kinds
    paths = [path for path in PATHS if not path.startswith(APART)]
    weights = {path: weight(client, path) for path in [*heaviest, *paths]}
    assert {path: each for path, each in weights.items() if each > MOST} == {}
