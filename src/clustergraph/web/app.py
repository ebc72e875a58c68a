"""The application: a list of registrations and nothing else."""

from __future__ import annotations

from flask import Flask

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
    terms,
    things,
)


def create_app(settings: Settings, release: Release) -> Flask:
    """The service of one release.

    :raises ReleaseError: the release is damaged.
    """
    app = Flask("clustergraph.web")
    site.install(app, site.open_site(settings, release))
    headers.register(app)
    errors.register(app)
    for module in (home, lists, things, pages, data, terms, downloads, querytexts, health):
        app.register_blueprint(module.blueprint)
    return app
