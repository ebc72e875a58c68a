"""One address in every format it is given in."""

from __future__ import annotations

from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, Triple, parse

from clustergraph.formats import GRAPH_FORMATS


def graph_in_every_format(client: FlaskClient, path: str) -> set[Triple]:
    """The graph of a document: a page for people and, negotiated or by its ending, one graph for programs."""
    page = client.get(path, headers={"Accept": "text/html"})
    assert page.content_type == "text/html; charset=utf-8"
    assert "Accept" in page.vary
    graphs: list[set[Triple]] = []
    for fmt in GRAPH_FORMATS:
        negotiated = client.get(path, headers={"Accept": fmt.media_type})
        assert negotiated.content_type == fmt.content_type
        assert "Accept" in negotiated.vary
        assert client.get(f"{path}.{fmt.name}").data == negotiated.data
        assert isinstance(fmt.engine, RdfFormat)
        graphs.append({quad.triple for quad in parse(negotiated.data, format=fmt.engine)})
    assert all(found == graphs[0] for found in graphs)
    return graphs[0]
