"""Virtuoso, where it is installed, with a database of its own that a release is published to."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from urllib.parse import quote_plus

from bench.processes import COMMANDS, free_port
from bench.services import Launch, started
from clustergraph.iris import graph

PROGRAM = "virtuoso-t"
READY = "/sparql?query=ASK%7B%7D"
#: The graph that publishing puts everything into, as the union of the others.
WHOLE = graph("all")
#: Buffers for some 160 MB; whole answers; nothing but loopback.
SETTINGS = """
[Database]
DatabaseFile = virtuoso.db
TransactionFile = virtuoso.trx
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
xa_persistent_file = virtuoso.pxa
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
ServerThreads = 20
CheckpointInterval = 0
NumberOfBuffers = 20000
MaxDirtyBuffers = 12000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 20
ServerRoot = .
KeepAliveTimeout = 10
MaxKeepAlives = 20
[SPARQL]
ResultSetMaxRows = 1000000
"""


def is_installed() -> bool:
    """Whether it is there."""
    return which(PROGRAM) is not None


@contextmanager
def serving(releases: Path, folder: Path) -> Iterator[Launch]:
    """Virtuoso holding the current release of a folder, until the block is left."""
    home = folder / "virtuoso"
    home.mkdir()
    port = free_port()
    (home / "virtuoso.ini").write_text(SETTINGS.format(port=port, sql_port=free_port()), encoding="utf-8")
    command = (PROGRAM, "-f", "-c", str(home / "virtuoso.ini"))
    launch = Launch(
        "virtuoso", command, port, f"/sparql?default-graph-uri={quote_plus(WHOLE)}&query=", READY, folder=home
    )
    with started(launch, folder):
        publish(releases, f"http://127.0.0.1:{port}/sparql")
        yield launch


def publish(releases: Path, endpoint: str) -> None:
    """Publish the current release to it as its first user, whose password every new database has."""
    environment = {
        **os.environ,
        "CLUSTERGRAPH_RELEASES": str(releases),
        "CLUSTERGRAPH_ENDPOINT_USER": "dba",
        "CLUSTERGRAPH_ENDPOINT_PASSWORD": "dba",
    }
    command = (str(COMMANDS / "clustergraph"), "publish", "--to", endpoint)
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
