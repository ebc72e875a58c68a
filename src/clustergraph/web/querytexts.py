"""``/queries/{name}.rq``: the queries behind the panels of pages, as anyone can run them again."""

from __future__ import annotations

from flask import Blueprint, Response, request
from pyoxigraph import NamedNode

from clustergraph import queries
from clustergraph.errors import InputError
from clustergraph.formats import Format
from clustergraph.web import conditional

blueprint = Blueprint("querytexts", __name__)
SPARQL = Format("rq", "SPARQL", "text/plain", ("application/sparql-query",), True)


@blueprint.get("/queries/<path:name>.rq")
def show(name: str) -> Response:
    """The text of a query, with the values of its variables from the address written into it."""
    query = queries.load(name)
    bindings = {variable: _term(variable, iri) for variable, iri in request.args.items()}
    return conditional.respond(SPARQL, lambda: query.with_values(bindings))


def _term(variable: str, iri: str) -> NamedNode:
    try:
        if not variable.isidentifier():
            raise ValueError(f"{variable!r} is not the name of a variable")
        return NamedNode(iri)
    except ValueError as error:
        raise InputError(f"{error}; write the full IRI of a thing, as in ?entity=https://…") from error
