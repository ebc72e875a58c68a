"""``clustergraph serve``."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path

import click

from clustergraph import releases, settings
from clustergraph.errors import InputError
from clustergraph.rdffiles import RdfFile
from clustergraph.settings import Settings
from clustergraph.web import server


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Name or address to listen on.")
@click.option("--port", type=click.IntRange(1, 65_535), default=8000, show_default=True, help="Port to listen on.")
@click.option("--release", default=releases.CURRENT, show_default=True, help="The release to serve, by its name.")
@click.option("--web-processes", type=click.IntRange(1, 64), help="Web processes; CLUSTERGRAPH_WEB_PROCESSES or 1.")
@click.option("--data", multiple=True, metavar="FILE", help="For trying: serve this RDF file instead of a release.")
@click.option("--graph", multiple=True, metavar="IRI=FILE", help="The same, the file as a named graph.")
def command(
    host: str, port: int, release: str, web_processes: int | None, data: tuple[str, ...], graph: tuple[str, ...]
) -> None:
    """Serve a release: pages, data, SPARQL and dumps.

    Every byte of the release is checked first. The service ends with Ctrl-C or SIGTERM. After a build or a switch it
    goes over to the release that is current then, by itself; with --release, or with an engine elsewhere, it goes on
    serving the one it began with. Others that are kept can be asked for by ?release=… on any address.

    With --data or --graph, RDF files of any content are served instead, for tests and for trying: only /sparql and
    /health, only to this machine. Then the default graph is not the union of the named graphs; it holds what --data
    files state outside of named graphs.

    \b
    Examples:
      clustergraph serve
      clustergraph serve --host 0.0.0.0 --port 8080 --web-processes 2
      clustergraph serve --data people.ttl --graph http://example.org/places=places.nt
    """
    here = settings.load()
    if web_processes:
        here = replace(here, web_processes=web_processes)
    if data or graph:
        if release != releases.CURRENT:
            raise InputError("--release does not go with --data and --graph; leave it out")
        _serve_files(here, host, port, [*(RdfFile(Path(path)) for path in data), *map(_named, graph)])
        return
    name = releases.get(here.releases, release).id
    click.echo(f"serving release {name} on {_address(host, port)}", err=True)
    server.serve(here, host, port, release)


def _serve_files(here: Settings, host: str, port: int, files: list[RdfFile]) -> None:
    if not _is_loopback(host):
        raise InputError(f"--data and --graph serve this machine alone, and {host} is not; leave --host out")
    click.echo(f"serving {len(files)} file{'' if len(files) == 1 else 's'} on {_address(host, port)}sparql", err=True)
    server.serve_files(here, host, port, files)


def _address(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _named(value: str) -> RdfFile:
    iri, _, path = value.rpartition("=")
    if not iri or not path:
        raise InputError(f"--graph {value!r} is not IRI=FILE, e.g. --graph http://example.org/places=places.ttl")
    return RdfFile(Path(path), iri)
