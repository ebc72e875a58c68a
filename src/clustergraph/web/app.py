"""The application: a list of registrations and nothing else."""

from __future__ import annotations

from flask import Flask

from clustergraph.pool.answering import Answering
from clustergraph.releases import Release
from clustergraph.settings import Settings
from clustergraph.web import (
    calendars,
    catalogue,
    changes,
    coding,
    completions,
    crawlers,
    data,
    downloads,
    errors,
    feeds,
    finding,
    gallery,
    graphs,
    guides,
    headers,
    health,
    histories,
    home,
    lists,
    matrix,
    metrics,
    network,
    pages,
    programs,
    querytexts,
    shapes,
    site,
    sparql,
    terms,
    things,
    validation,
)
from clustergraph.web.cache import Cache
from clustergraph.web.endpoint import Endpoint
from clustergraph.web.meters import Meters
from clustergraph.web.site import Site
from clustergraph.web.watch import Watch


def create_app(
    settings: Settings, release: Release, pool: Answering | None = None, meters: Meters | None = None
) -> Flask:
    """The service of one release.

    :param pool: answers the queries of strangers, on the same release; without one they are refused.
    :param meters: what the web processes count in; without them this one counts for itself.
    :raises ReleaseError: the release is damaged.
    """
    app = _app(site.open_site(settings, release), pool, meters)
    for module in (
        calendars,
        catalogue,
        changes,
        completions,
        crawlers,
        data,
        downloads,
        feeds,
        finding,
        gallery,
        graphs,
        guides,
        histories,
        home,
        lists,
        matrix,
        network,
        pages,
        programs,
        querytexts,
        shapes,
        terms,
        things,
        validation,
    ):
        app.register_blueprint(module.blueprint)
    return app


def create_endpoint(settings: Settings, release: Release, pool: Answering, meters: Meters | None = None) -> Flask:
    """The endpoint alone, over files that are no release of ours (see :mod:`clustergraph.rdffiles`).

    :param pool: on the same files, their default graph its own.
    """
    return _app(site.open_files(settings, release), pool, meters)


def _app(shown: Site, pool: Answering | None, meters: Meters | None) -> Flask:
    app = Flask("clustergraph.web")
    meters = meters or Meters()
    site.install(app, shown)
    metrics.install(app, meters)
    sparql.install(app, Endpoint(app.wsgi_app, shown, pool, meters))
    headers.register(app)
    errors.register(app)
    most = shown.settings.cache_bytes
    coding.register(app, Cache(most // 4, most // 16))
    for module in (sparql, health, metrics):
        app.register_blueprint(module.blueprint)
    app.wsgi_app = Watch(app.wsgi_app, meters, shown.settings)  # type: ignore[method-assign]
    return app
