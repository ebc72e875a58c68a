"""The application: a list of registrations and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from flask import Flask

from clustergraph.pool import Pool, Standby
from clustergraph.pool.answering import Answering
from clustergraph.releases import Release
from clustergraph.remote import opening
from clustergraph.settings import Settings
from clustergraph.web import (
    between,
    calendars,
    catalogue,
    changes,
    coding,
    compare,
    completions,
    crawlers,
    data,
    dated,
    downloads,
    errors,
    feeds,
    finding,
    following,
    forgetting,
    gallery,
    graphs,
    guides,
    headers,
    health,
    histories,
    home,
    ldes,
    lists,
    matrix,
    metrics,
    network,
    ontology,
    pages,
    programs,
    querytexts,
    releases,
    settled,
    shapes,
    site,
    sparql,
    terms,
    things,
    validation,
)
from clustergraph.web.cache import Cache
from clustergraph.web.endpoint import Endpoint
from clustergraph.web.kept import Kept
from clustergraph.web.meters import Meters
from clustergraph.web.shelf import Opened, Shelf
from clustergraph.web.site import Site
from clustergraph.web.watch import Watch

#: What a release that is asked for by its name may keep of its answers, as a part of what the current one may.
PART = 8


def create_app(
    settings: Settings,
    release: Release,
    pool: Answering | None = None,
    meters: Meters | None = None,
    follow: bool = False,
) -> Flask:
    """The service of one release, and at their names of all that are kept beside it.

    :param pool: answers the queries of strangers, on the same release; without one they are refused.
    :param meters: what the web processes count in; without them this one counts for itself.
    :param follow: whether to go over to the release that becomes the current one.
    :raises ReleaseError: the release is damaged.
    """
    meters = meters or Meters()
    app = _released(settings, release, pool, meters)
    opener = Opener(settings, pool, meters)
    first = opened(app, release, pool)
    shelf = Shelf(settings.releases, first, opener.beside, opener.next if follow else None)
    app.wsgi_app = Watch(shelf, meters, settings)  # type: ignore[method-assign]
    return app


@dataclass(frozen=True)
class Opener:
    """Opens releases while the service runs.

    :ivar pool: that of the first release; the pools of all others take turns with it.
    """

    settings: Settings
    pool: Answering | None
    meters: Meters

    def beside(self, release: Release) -> Opened:
        """A release that is asked for by its name: by the embedded engine, whatever answers at the current one."""
        settings = replace(self.settings, endpoint="", cache_bytes=self.settings.cache_bytes // PART)
        pool = Standby(lambda: self._pool(settings, release), self.pool) if self.pool else None
        # Its own meters: what is kept and fresh here is not what is kept and fresh at the current release.
        return opened(_released(settings, release, pool, Meters()), release, pool)

    def next(self, release: Release) -> Opened:
        """The release that is current from now on.

        :raises UnavailableError: the remote engine that is to answer does not hold it, or not wholly, or no longer.
        """
        pool = self._answering(release) if self.pool else None
        app = _released(self.settings, release, pool, self.meters)
        shown = site.shown_by(app)
        shown.prepare()
        shown.graph.settle()
        return opened(app, release, pool)

    def _answering(self, release: Release) -> Answering:
        if self.settings.endpoint:
            return opening.open_forwarder(self.settings, release, self.pool)
        return self._pool(self.settings, release)

    def _pool(self, settings: Settings, release: Release) -> Pool:
        return Pool(release.path / "store", settings, ended=self.meters.ended, beside=self.pool)


def opened(app: Flask, release: Release, pool: Answering | None) -> Opened:
    """A release that is served by an application and a pool."""
    return Opened(release, app.wsgi_app, partial(Flask.wsgi_app, app), pool.close if pool else lambda: None)


def _released(settings: Settings, release: Release, pool: Answering | None, meters: Meters) -> Flask:
    app = _app(site.open_site(settings, release), pool, meters)
    dated.register(app)
    forgetting.register(app)
    settled.register(app)
    for module in (
        between,
        calendars,
        catalogue,
        changes,
        compare,
        completions,
        crawlers,
        data,
        downloads,
        feeds,
        finding,
        following,
        gallery,
        graphs,
        guides,
        histories,
        home,
        ldes,
        lists,
        matrix,
        network,
        ontology,
        pages,
        programs,
        querytexts,
        releases,
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
    meters = meters or Meters()
    app = _app(site.open_files(settings, release), pool, meters)
    app.wsgi_app = Watch(app.wsgi_app, meters, settings)  # type: ignore[method-assign]
    return app


def _app(shown: Site, pool: Answering | None, meters: Meters) -> Flask:
    app = Flask("clustergraph.web")
    site.install(app, shown)
    metrics.install(app, meters)
    most = shown.settings.cache_bytes
    cache: Cache[Any] = Cache(most, most // 4)
    pages = Kept(app.wsgi_app, cache, most // 4, meters)
    sparql.install(app, Endpoint(pages, shown, pool, meters, cache))
    headers.register(app)
    errors.register(app)
    coding.register(app)
    for module in (sparql, health, metrics):
        app.register_blueprint(module.blueprint)
    return app
