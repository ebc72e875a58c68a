"""``clustergraph serve``."""

from __future__ import annotations

from dataclasses import replace

import click

from clustergraph import releases, settings
from clustergraph.web import server


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Name or address to listen on.")
@click.option("--port", type=click.IntRange(1, 65_535), default=8000, show_default=True, help="Port to listen on.")
@click.option("--release", default=releases.CURRENT, show_default=True, help="The release to serve, by its name.")
@click.option("--web-processes", type=click.IntRange(1, 64), help="Web processes; CLUSTERGRAPH_WEB_PROCESSES or 1.")
def command(host: str, port: int, release: str, web_processes: int | None) -> None:
    """Serve a release: pages, data, SPARQL and dumps.

    Every byte of the release is checked first. The service ends with Ctrl-C or SIGTERM. It goes on serving the
    release it began with; start it again after a build or a switch.

    \b
    Examples:
      clustergraph serve
      clustergraph serve --host 0.0.0.0 --port 8080 --web-processes 2
    """
    here = settings.load()
    if web_processes:
        here = replace(here, web_processes=web_processes)
    name = releases.get(here.releases, release).id
    click.echo(f"serving release {name} on http://{f'[{host}]' if ':' in host else host}:{port}/", err=True)
    server.serve(here, host, port, name)
