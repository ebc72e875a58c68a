"""The application: a list of registrations and nothing else."""

from __future__ import annotations

from flask import Flask

from clustergraph.pool.answering import Answering
from clustergraph.releases import Release
from clustergraph.settings import Settings
from clustergraph.web import (
    completions,
    crawlers,
    data,
    downloads,
    errors,
    gallery,
    headers,
    health,
    home,
    lists,
    pages,
    programs,
    querytexts,
    search,
    site,
    sparql,
    terms,
    things,
)
from clustergraph.web.site import Site


def create_app(settings: Settings, release: Release, pool: Answering | None = None) -> Flask:
    """The service of one release.

    :param pool: answers the queries of strangers, on the same release; without one they are refused.
    :raises ReleaseError: the release is damaged.
    """
    app = _app(site.open_site(settings, release), pool)
    for module in (
        home, lists, search, things, pages, data, terms, downloads, querytexts, gallery, completions, programs,
        crawlers,
    ):  # fmt: skip
        app.register_blueprint(module.blueprint)
    return app


def create_endpoint(settings: Settings, release: Release, pool: Answering) -> Flask:
    """The endpoint alone, over files that are no release of ours (see :mod:`clustergraph.rdffiles`).

    :param pool: on the same files, their default graph its own.
    """
    return _app(site.open_files(settings, release), pool)


def _app(shown: Site, pool: Answering | None) -> Flask:
    app = Flask("clustergraph.web")
    site.install(app, shown)
    if pool:
        sparql.install(app, pool)
    headers.register(app)
    errors.register(app)
    for module in (sparql, health):
        app.register_blueprint(module.blueprint)
    return app
