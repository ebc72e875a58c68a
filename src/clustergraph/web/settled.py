"""What is made of a remote engine's answers is given only if the engine still holds the release when it is made."""

from __future__ import annotations

from functools import partial

from flask import Flask, Response

from clustergraph.errors import UnavailableError
from clustergraph.remote.graph import RemoteGraph
from clustergraph.web import errors
from clustergraph.web.site import shown_by


def register(app: Flask) -> None:
    """Have every answer of an application looked after, where a remote engine is behind it."""
    graph = shown_by(app).graph
    if isinstance(graph, RemoteGraph):
        app.after_request(partial(_settled, graph))


def _settled(graph: RemoteGraph, response: Response) -> Response:
    try:
        graph.settle()
    except UnavailableError as error:
        response.close()
        return errors.answer(error)
    return response
