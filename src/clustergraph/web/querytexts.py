"""``/queries/{name}.rq``: the queries behind the panels of pages, as anyone can run them again."""

from __future__ import annotations

from itertools import product
from math import prod

from flask import Blueprint, Response, request
from pyoxigraph import NamedNode

from clustergraph import queries
from clustergraph.engine import Bindings
from clustergraph.errors import InputError
from clustergraph.formats import Format
from clustergraph.web import conditional, parameters

blueprint = Blueprint("querytexts", __name__)
SPARQL = Format("rq", "SPARQL", "text/plain", ("application/sparql-query",), True)


@blueprint.get("/queries/<path:name>.rq")
def show(name: str) -> Response:
    """The text of a query, with the values of its variables from the address written into it."""
    query = queries.load(name)
    rows = _rows()
    return conditional.respond(SPARQL, lambda: query.with_values(*rows))


def _rows() -> list[Bindings]:
    """The values in the address: where a variable stands more than once, each value with all others."""
    lists = dict(request.args.lists())
    if prod(map(len, lists.values())) > parameters.MOST:
        raise InputError(f"these are more than {parameters.MOST} combinations of values; give fewer")
    terms = [[_term(variable, iri) for iri in found] for variable, found in lists.items()]
    return [dict(zip(lists, row, strict=True)) for row in product(*terms)]


def _term(variable: str, iri: str) -> NamedNode:
    try:
        if not variable.isidentifier():
            raise ValueError(f"{variable!r} is not the name of a variable")
        return NamedNode(iri)
    except ValueError as error:
        raise InputError(f"{error}; write the full IRI of a thing, as in ?entity=https://…") from error
