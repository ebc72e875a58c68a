"""``/sparql/copy/…``: a query as a command or a program that asks it again, ready to copy and run."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Sequence

from flask import Blueprint, Response, request

from clustergraph.errors import InputError, QueryError
from clustergraph.sparqltext import form
from clustergraph.web import dated, protocol
from clustergraph.web.site import address

blueprint = Blueprint("programs", __name__)
#: The last lines of a program in Python, by the form of the query.
ENDINGS = {
    "SELECT": (
        'for row in service.queryAndConvert()["results"]["bindings"]:',
        '    print({name: term["value"] for name, term in row.items()})',
    ),
    "ASK": ('print(service.queryAndConvert()["boolean"])',),
    "CONSTRUCT": ("print(service.queryAndConvert().decode())",),
    "DESCRIBE": ("print(service.queryAndConvert().decode())",),
}
GRAPHS = ("CONSTRUCT", "DESCRIBE")

Dataset = Sequence[tuple[str, str]]


def curl(query: str, endpoint: str, dataset: Dataset) -> str:
    """A command of curl for the shell: rows come as CSV, graphs as Turtle.

    :param endpoint: the public address of the endpoint.
    :param dataset: parameters that name graphs, and their IRIs.
    """
    sent = [shlex.quote(f"{name}={value}") for name, value in (("query", query), *dataset)]
    parts = [f"curl {shlex.quote(endpoint)}", "--header 'Accept: text/csv, text/turtle'"]
    return " \\\n  ".join([*parts, *(f"--data-urlencode {field}" for field in sent)]) + "\n"


def python(query: str, endpoint: str, dataset: Dataset) -> str:
    """A program for Python with SPARQLWrapper that prints the answer; parameters as for :func:`curl`.

    :raises QueryError: the query is of no form there is.
    """
    return "\n".join([*_question(query, endpoint, dataset), *ENDINGS[form(query)], ""])


def _question(query: str, endpoint: str, dataset: Dataset) -> Iterator[str]:
    answer = "TURTLE" if form(query) in GRAPHS else "JSON"
    text = query.rstrip().replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    yield f"from SPARQLWrapper import {', '.join(sorted((answer, 'POST')))}, SPARQLWrapper"
    yield ""
    yield f"service = SPARQLWrapper({endpoint!r})"
    yield "service.setMethod(POST)"
    yield "service.setOnlyConneg(True)"
    yield f"service.setReturnFormat({answer})"
    for name, iri in dataset:
        yield f"service.addParameter({name!r}, {iri!r})"
    yield f'service.setQuery("""\n{text}\n""")'


LANGUAGES: dict[str, tuple[str, Callable[[str, str, Dataset], str]]] = {
    "curl": ("curl", curl),
    "python": ("Python", python),
}


def of(query: str, dataset: Dataset) -> list[tuple[str, str]]:
    """All there is for a query: what people call the language, and the text; nothing for what is no query."""
    endpoint = dated.here(address("/sparql"))
    try:
        return [(label, write(query, endpoint, dataset)) for label, write in LANGUAGES.values()]
    except QueryError:
        return []


@blueprint.route(f"/sparql/copy/<any({', '.join(LANGUAGES)}):language>", methods=["GET", "POST"])
def show(language: str) -> Response:
    """The text of a program for the query and the dataset that are sent as to the endpoint itself."""
    call = protocol.read(request.environ)
    if call.query is None:
        raise InputError("the request has no query; send the one to copy as the parameter 'query'")
    dataset = [("default-graph-uri", iri) for iri in call.default_graphs]
    dataset += [("named-graph-uri", iri) for iri in call.named_graphs]
    _, write = LANGUAGES[language]
    return Response(
        write(call.query, dated.here(address("/sparql")), dataset), content_type="text/plain; charset=utf-8"
    )
