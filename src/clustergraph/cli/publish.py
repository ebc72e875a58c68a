"""``clustergraph publish``."""

from __future__ import annotations

from dataclasses import replace

import click

from clustergraph import releases, settings
from clustergraph.progress import bar
from clustergraph.remote import opening
from clustergraph.remote.graphstore import GraphStore
from clustergraph.remote.publishing import Publisher
from clustergraph.settings import engine_address


@click.command("publish")
@click.option("--to", "endpoint", metavar="ENDPOINT", help="The SPARQL endpoint; CLUSTERGRAPH_ENDPOINT if not given.")
@click.option(
    "--graph-store", metavar="URL", help="Its Graph Store; CLUSTERGRAPH_GRAPH_STORE, or where the engine has it."
)
@click.option("--release", default=releases.CURRENT, show_default=True, help="The release to publish, by its name.")
def command(endpoint: str | None, graph_store: str | None, release: str) -> None:
    """Load a release into another engine, graph by graph.

    The engine is any that speaks the SPARQL 1.1 Protocol and the Graph Store Protocol. Every graph is written,
    counted there, and noted; graphs of an older release that this one does not have are removed. Run again after a
    failure, the command goes on where it stopped; run again after success, it counts and changes nothing.

    User and password come from CLUSTERGRAPH_ENDPOINT_USER and CLUSTERGRAPH_ENDPOINT_PASSWORD; Basic and Digest
    authentication are understood. Where Oxigraph and Virtuoso have their Graph Store is known.

    \b
    Examples:
      clustergraph publish --to http://localhost:7878/query
      clustergraph publish --to http://localhost:3030/cmr/query --graph-store http://localhost:3030/cmr/data
    """
    here = settings.load()
    here = replace(
        here,
        endpoint=engine_address("--to", endpoint or here.endpoint),
        graph_store=engine_address("--graph-store", graph_store or here.graph_store),
    )
    if not here.endpoint:
        raise click.UsageError("name an endpoint with --to, or in CLUSTERGRAPH_ENDPOINT")
    found = releases.get(here.releases, release)
    graph = found.open()
    here = replace(here, graph_store=opening.graph_store(here))
    with bar("publishing", tuple(graph.graph_names())) as tell:
        done = Publisher(found.id, graph, opening.endpoint(here, here.endpoint), GraphStore(here), tell).publish()
    click.echo(
        f"release {found.id}: {len(graph):,} statements at {here.endpoint}; graphs written {done.written}, "
        f"there already {done.kept}, removed {done.removed}"
    )
