"""The application: a list of registrations and nothing else."""

from __future__ import annotations

from flask import Flask

from clustergraph.pool import Pool
from clustergraph.releases import Release
from clustergraph.settings import Settings
from clustergraph.web import (
    data,
    downloads,
    errors,
    headers,
    health,
    home,
    lists,
    pages,
    querytexts,
    site,
    sparql,
    terms,
    things,
)


def create_app(settings: Settings, release: Release, pool: Pool | None = None) -> Flask:
    """The service of one release.

    :param pool: answers the queries of strangers, on the same release; without one they are refused.
    :raises ReleaseError: the release is damaged.
    """
    app = Flask("clustergraph.web")
    site.install(app, site.open_site(settings, release))
    if pool:
        sparql.install(app, pool)
    headers.register(app)
    errors.register(app)
    for module in (home, lists, things, pages, data, terms, downloads, querytexts, sparql, health):
        app.register_blueprint(module.blueprint)
    return app
