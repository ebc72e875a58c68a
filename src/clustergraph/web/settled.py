"""What is made of a remote engine's answers is given only if the engine still holds the release when it is made."""

from __future__ import annotations

from functools import partial

from flask import Flask, Response

from clustergraph.engine import Engine
from clustergraph.errors import UnavailableError
from clustergraph.web import errors
from clustergraph.web.site import shown_by


def register(app: Flask) -> None:
    """Have every answer of an application looked after."""
    app.after_request(partial(_settled, shown_by(app).graph))


def _settled(graph: Engine, response: Response) -> Response:
    try:
        graph.settle()
    except UnavailableError as error:
        response.close()
        return errors.answer(error)
    return response
