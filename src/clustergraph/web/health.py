"""``/health``: for whoever runs the service."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from clustergraph.web.site import site

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
def health() -> Response:
    """What is being served, and that it answers."""
    about = site().release.about
    response = jsonify(
        status="ok",
        release=about.id,
        verified=True,
        created=about.created,
        triples=about.triples,
        counts=about.counts,
    )
    response.cache_control.no_store = True
    return response
