"""What every view needs of the running service, kept with the application."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from threading import Timer
from typing import cast

from flask import Flask, current_app, request
from jinja2 import Environment

from clustergraph import changes, contents, dumps, forgotten, ontologies, releases, search, store, versions
from clustergraph.changes import Difference, Differences
from clustergraph.dumps import Dump
from clustergraph.engine import Engine
from clustergraph.entities import panels, values
from clustergraph.entities.listings import Listings
from clustergraph.entities.overviews import Overviews
from clustergraph.entities.remembering import Remembering
from clustergraph.errors import ClustergraphError, ReleaseError
from clustergraph.forgotten import Forgotten, Hidden
from clustergraph.jsonld import Context
from clustergraph.releases import Release
from clustergraph.remote import opening
from clustergraph.settings import Settings
from clustergraph.store import open_read_only
from clustergraph.validation import report, rulebook
from clustergraph.validation.report import Report
from clustergraph.validation.rulebook import Rulebook
from clustergraph.versions import Batch

#: Pages of the main navigation: path and label.
NAVIGATION = (
    ("/editions", "Editions"),
    ("/sessions", "Sessions"),
    ("/people", "People"),
    ("/organisations", "Organisations"),
    ("/countries", "Countries"),
    ("/regions", "Regions"),
    ("/topics", "Topics"),
    ("/documents", "Documents"),
    ("/sources", "Sources"),
    ("/network", "Network"),
    ("/sparql", "Query"),
)
Links = tuple[tuple[str, str], ...]
Batching = Callable[[Path | None, Path], tuple[Batch, ...]]
#: The foot of every page: groups of links, each a path and a label.
FOOTER: tuple[tuple[str, Links], ...] = (
    (
        "Explore",
        (
            ("/events", "Related events"),
            ("/places", "Places"),
            ("/search", "Search"),
            ("/between", "Between two"),
            ("/compare", "Compare editions"),
        ),
    ),
    (
        "Data",
        (
            ("/sparql", "SPARQL"),
            ("/sparql/examples", "Example queries"),
            ("/dumps/", "Downloads"),
            ("/releases", "Releases"),
            ("/feeds", "Feeds"),
            ("/catalogue", "Catalogue"),
            ("/developers", "For developers"),
            ("/addresses", "Permanent addresses"),
            ("/ontology", "Ontology"),
            ("/vocabulary/", "Vocabularies"),
            ("/shapes", "Rules"),
            ("/validation", "Validation"),
        ),
    ),
    (
        "About",
        (
            ("/about", "About"),
            ("/about#corrections", "Corrections"),
            ("/cite", "Cite"),
            ("/privacy", "Privacy"),
            ("/accessibility", "Accessibility"),
        ),
    ),
)
#: Endings of the package's files that shape an answer.
SHAPING = frozenset((".py", ".rq", ".html", ".css", ".js", ".svg", ".xml", ".txt", ".sh", ".R", ".mjs", ".pq"))
#: The outlines of the maps, where they were bundled; without them a map shows its points alone.
OUTLINES = "vendor/europe.svg"
#: Seconds after the start in which the first page has the processor for itself.
REST = 1.0
#: Values, cells and sources that are kept as rendered: names stand on many pages, and often on one.
MOST_SHOWN = 4_096
_KEY = "clustergraph"


@dataclass(frozen=True)
class Site:
    """The service of one release.

    :ivar release: the release that is served.
    :ivar graph: its graph, read-only, in the embedded engine or a remote one.
    :ivar listings: its lists of things.
    :ivar context: the JSON-LD context that data documents carry.
    :ivar tag: changes with the release and with the program; entity tags are made of it.
    :ivar verified: whether every byte of the release was compared with its checksums.
    :ivar navigation: the main navigation: paths and labels.
    :ivar footer: the foot of every page: groups of links.
    :ivar index: finds things by any of their names; None where there is no release of ours to search.
    :ivar ontology_version: the version of the ontology in a canonical dump.
    :ivar things: how many things of each kind a canonical dump describes.
    :ivar batches: by which pages the versions of things in a kept release are told, for two canonical dumps.
    """

    settings: Settings
    release: Release
    graph: Remembering
    listings: Listings
    context: Context
    tag: str
    verified: bool = True
    navigation: Links = NAVIGATION
    footer: tuple[tuple[str, Links], ...] = FOOTER
    index: search.Index | None = None
    ontology_version: Callable[[Path], str] = field(default_factory=lambda: lru_cache(64)(ontologies.version))
    things: Callable[[Path], Mapping[str, int]] = field(default_factory=lambda: lru_cache(64)(contents.things))
    batches: Batching = field(default_factory=lambda: lru_cache(versions.MOST_KEPT)(versions.batches))

    @cached_property
    def forgotten(self) -> Forgotten:
        """The persons removed at their own request, as this release and the current one know them."""
        folders = {self.release.path}
        with suppress(ClustergraphError):
            folders.add(releases.current(self.settings.releases).path)
        return forgotten.known(sorted(folder / releases.CANONICAL for folder in folders))

    def hidden(self, *folders: Path) -> Hidden:
        """What must not be told of releases, by their folders."""
        return forgotten.hidden(self.forgotten, [folder / releases.CANONICAL for folder in folders])

    @cached_property
    def differences(self) -> Differences:
        """What changed between kept releases."""
        return Differences(self.hidden)

    @cached_property
    def rules(self) -> Rulebook:
        """The rules that the release was validated by."""
        return rulebook.read(self.release.path / releases.RULES)

    @cached_property
    def report(self) -> Report:
        """What validation found in it."""
        return report.of(self.release)

    @cached_property
    def dumps(self) -> dict[str, Dump]:
        """Its files to download, by their paths: a release never changes."""
        return dumps.listed(self.release.dumps)

    def kept(self) -> list[Release]:
        """The releases that are kept now, the newest first."""
        return releases.all_in(self.settings.releases)

    def news(self) -> Difference | None:
        """What is new in the release being served; None where no earlier one is kept."""
        older = changes.before(self.release, self.kept())
        return self.differences.between(older, self.release) if older else None

    def prepare(self) -> None:
        """Work out what the first visitors would have to wait for, what most of them see first."""
        self.overviews.prepare()
        self.listings.prepare()
        self.news()
        if len(self.graph) > store.HELD_IN_MEMORY:  # of a smaller one nobody waits for long
            self.graph.prepare()

    @cached_property
    def overviews(self) -> Overviews:
        """What is shown of the whole release: the matrix of countries and the network of actors."""
        return Overviews(self.graph)


def open_site(settings: Settings, release: Release) -> Site:
    """The site of a release, after a check of every byte of it.

    :raises ReleaseError: the release is damaged, or has not all that this version needs.
    :raises UnavailableError: the remote engine that is to answer does not hold it.
    """
    graph = Remembering(_graph(settings, release))
    try:
        index = search.Index(release.path / search.INDEX)
        tag = _tag(release.id, release.path / releases.RULES, release.path / releases.REPORT)
        return Site(settings, release, graph, Listings(graph), release.context(), tag, index=index)
    except OSError as error:
        raise ReleaseError(f"release {release.id} cannot be opened: {error}; build again") from error


def _graph(settings: Settings, release: Release) -> Engine:
    if settings.endpoint:
        releases.verify(release)  # its dumps are served
        return opening.open_graph(settings, release)
    return store.near(release.open(), release.path / releases.CANONICAL)


def open_files(settings: Settings, release: Release) -> Site:
    """The site of files that are no release of ours (see :mod:`clustergraph.rdffiles`): it can be queried alone."""
    graph = Remembering(open_read_only(release.path / "store", union=False))
    return Site(settings, release, graph, Listings(graph), Context({}), _tag(release.id), False, NAVIGATION[-1:], ())


def _tag(release_id: str, *carried: Path) -> str:
    """A hash of the release, of what it carries beside its graph, and of all in the package that shapes an answer."""
    digest = sha256(f"{release_id} {version('clustergraph')}".encode())
    package = Path(str(files("clustergraph")))
    for file in (*carried, *sorted(path for path in package.rglob("*") if path.suffix in SHAPING)):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def install(app: Flask, site: Site) -> None:
    """Keep the site with the application, and give templates what stands on every page."""
    app.extensions[_KEY] = site
    # Addresses of style sheets change with their content, so that clients may keep them for a year.
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 31_536_000
    app.jinja_env.filters.update(_shown(app.jinja_env))
    app.jinja_env.globals.update(
        navigation=site.navigation,
        footer=site.footer,
        release_id=site.release.id,
        release_made=site.release.about.created,
        release_made_in_words=values.day(site.release.about.created[:10]),
        asset_tag=site.tag[:12],
        searchable=site.index is not None,
        longest_search=search.LONGEST,
        most_shown=panels.MOST,
        outlines=(Path(app.static_folder or "") / OUTLINES).is_file() and OUTLINES,
    )


def _shown(templates: Environment) -> dict[str, Callable[..., str]]:
    """The filters that render what stands on pages again and again, the same content once."""
    macros = templates.get_template("shown.html").module
    value, several, in_line, sources, sign = (
        lru_cache(MOST_SHOWN)(getattr(macros, name)) for name in ("value", "several", "in_line", "sources", "sign")
    )
    return {
        "value": value,
        "values": lambda cell: value(cell[0]) if len(cell) == 1 else several(tuple(cell)),
        "in_line": lambda cell: value(cell[0]) if len(cell) == 1 else in_line(tuple(cell)),
        "sources": sources,
        "sign": sign,
    }


def prepare(app: Flask) -> None:
    """Work out in the background what the first visitors would have to wait for."""
    later = Timer(REST, shown_by(app).prepare)
    later.daemon = True
    later.start()


def shown_by(app: Flask) -> Site:
    """The site of an application."""
    return cast(Site, app.extensions[_KEY])


def site() -> Site:
    """The site of the application that answers the current request: each release has one of its own."""
    return shown_by(current_app)


def address(path: str) -> str:
    """The public address of a path of this service: by the configured base, else by the host asked."""
    return (site().settings.base_url or request.host_url.rstrip("/")) + path
