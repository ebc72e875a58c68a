"""Addresses of persons removed at their own request: 410 in older releases too, in the words of the current one."""

from __future__ import annotations

from flask import Flask, request

from clustergraph.entities.removals import gone
from clustergraph.web.site import site


def register(app: Flask) -> None:
    """Refuse such addresses, whatever is asked of them."""
    app.before_request(_refuse)


def _refuse() -> None:
    asked = request.view_args or {}
    kind, name = asked.get("kind", ""), asked.get("slug") or asked.get("name") or ""
    for slug in (name, name.rpartition(".")[0]):
        if told := site().forgotten.told(kind, slug):
            raise gone(kind, *told)
