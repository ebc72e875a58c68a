"""``clustergraph query``."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import click

from clustergraph import releases, settings
from clustergraph.errors import InputError
from clustergraph.formats import GRAPH_FORMATS, ROW_FORMATS
from clustergraph.pool.bounds import Bounds
from clustergraph.pool.tokens import outline
from clustergraph.pool.worker import answer

FORMATS = [fmt.name for fmt in (*ROW_FORMATS, *GRAPH_FORMATS)]
#: Only the machine bounds the answer to one's own query.
NO_LIMIT = Bounds(sys.maxsize, sys.maxsize, sys.maxsize, sys.maxsize)


@click.command("query")
@click.argument("source", metavar="FILE|TEXT|-")
@click.option("--release", default=releases.CURRENT, show_default=True, help="The release to ask, by its name.")
@click.option(
    "--format",
    "name",
    type=click.Choice(FORMATS),
    help="Format of the answer; csv for rows, ttl for graphs if not given.",
)
def command(source: str, release: str, name: str | None) -> None:
    """Ask a release a SPARQL query: a file, a text, or - for standard input.

    The prefixes of the project need no declaration. The default graph is the union of all named graphs.

    \b
    Examples:
      clustergraph query 'SELECT (COUNT(DISTINCT ?e) AS ?n) { ?e a cg:Edition }'
      clustergraph query question.rq --format json
      echo 'DESCRIBE id:series\\/clusters-meet-regions' | clustergraph query - --format jsonld
    """
    text = _text(source)
    request = {
        "query": text,
        "own_dataset": outline(text).own_dataset,
        "dataset": None,
        "formats": {"rows": name or "csv", "boolean": name or "csv", "graph": name or "ttl"},
    }
    graph = releases.get(settings.load().releases, release).open()
    # The engine does not return to Python while it evaluates: let Ctrl-C end the process at once.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _, _, content = answer(graph, request, NO_LIMIT)
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def _text(source: str) -> str:
    """The query that an argument means: what contains a brace or a blank is no file name."""
    if source == "-":
        return sys.stdin.read()
    if any(char in source for char in "{ \n"):
        return source
    try:
        return Path(source).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else error.reason
        raise InputError(f"{source}: cannot be read: {reason}; name a file with a query in UTF-8") from error
