"""``/health``: for whoever runs the service."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from clustergraph.web.site import site
from clustergraph.web.sparql import installed

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
def health() -> Response:
    """What is being served, and that it answers; 503 with the reason where a remote engine does not."""
    if pool := installed().pool:
        pool.check()
    about = site().release.about
    response = jsonify(
        status="ok",
        release=about.id,
        verified=site().verified,
        created=about.created,
        triples=about.triples,
        counts=about.counts,
        query_network_blocked=_network_blocked(),
    )
    response.cache_control.no_store = True
    return response


def _network_blocked() -> bool | None:
    """Whether the processes that answer strangers' queries can open no connection; None where there are none."""
    pool = installed().pool
    return pool.network_blocked if pool else None
