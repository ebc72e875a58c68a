"""Real engines for tests, each on loopback with a database of its own in a temporary folder."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event, Thread
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from served import free_port

from clustergraph.settings import Settings

PATIENCE = 60.0
#: Seconds after which an engine ends a query.
BOUND = 30
#: Seconds in which an engine that has ended by a fault of its own answers again.
PATIENCE_WITH_FAULTS = 10.0
#: How often it is started again; Virtuoso 7.2.5 now and then ends while it answers many queries.
MOST_STARTS = 5
#: Small buffers, no checkpoints, nothing but loopback, and fewer rows in an answer than the graph has.
VIRTUOSO_INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
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
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
ThreadsPerQuery = 1
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 10
ServerRoot = .
[SPARQL]
ResultSetMaxRows = 20000
MaxQueryExecutionTime = {seconds}
"""


@dataclass(frozen=True)
class Remote:
    """An engine that answers.

    :ivar endpoint: address of its endpoint.
    :ivar graph_store: address of its Graph Store.
    :ivar user: who may write, or empty where everybody may.
    :ivar pid: its process, as long as that has not ended by a fault.
    """

    name: str
    endpoint: str
    graph_store: str
    user: str = ""
    password: str = ""
    pid: int = 0

    def environment(self) -> dict[str, str]:
        """What the command line must know to write there."""
        return {
            "CLUSTERGRAPH_ENDPOINT": self.endpoint,
            "CLUSTERGRAPH_ENDPOINT_USER": self.user,
            "CLUSTERGRAPH_ENDPOINT_PASSWORD": self.password,
        }

    def settings(self, releases: Path) -> Settings:
        """Settings for asking and writing there, which let one client ask as much as it likes."""
        return Settings(
            project=releases,
            releases=releases,
            client_seconds=1_000_000,
            client_errors=1_000_000,
            endpoint=self.endpoint,
            graph_store=self.graph_store,
            endpoint_user=self.user,
            endpoint_password=self.password,
        )


@contextmanager
def oxigraph(folder: Path, seconds: int = BOUND) -> Iterator[Remote]:
    """The server of Oxigraph, whose default graph is empty, and which lets everybody write."""
    port = free_port()
    program = Path(sys.executable).parent / "oxigraph"
    bound = ("--timeout-s", str(seconds))
    command = (str(program), "serve", "--location", str(folder / "store"), "--bind", f"127.0.0.1:{port}", *bound)
    base = f"http://127.0.0.1:{port}"
    with _running(command, folder, f"{base}/query") as pid:
        yield Remote("oxigraph", f"{base}/query", f"{base}/store", pid=pid)


@contextmanager
def virtuoso(folder: Path, seconds: int = BOUND) -> Iterator[Remote]:
    """Virtuoso, whose default graph is everything it holds, and which asks for Digest credentials to write."""
    port = free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO_INI.format(port=port, sql_port=free_port(), seconds=seconds))
    base = f"http://127.0.0.1:{port}"
    with _running(("virtuoso-t", "-f", "-c", "virtuoso.ini"), folder, f"{base}/sparql") as pid:
        # The user and password of every new database.
        yield Remote("virtuoso", f"{base}/sparql", f"{base}/sparql-graph-crud-auth", "dba", "dba", pid)


ENGINES = {"oxigraph": oxigraph, "virtuoso": virtuoso}
#: The same as parameters of tests.
EACH = [
    pytest.param(name, marks=[pytest.mark.needs_command("virtuoso-t")] * (name == "virtuoso")) for name in ENGINES
]


@contextmanager
def _running(command: Sequence[str], folder: Path, endpoint: str) -> Iterator[int]:
    stopping = Event()
    with (folder / "log").open("ab") as log:
        start = partial(subprocess.Popen, command, cwd=folder, stdout=log, stderr=subprocess.STDOUT)
        started = [start()]
        guard = Thread(target=_guard, args=(started, start, folder, stopping))
        try:
            _await(started[0], endpoint, folder / "log")
            guard.start()
            yield started[0].pid
        finally:
            stopping.set()
            if guard.ident:
                guard.join()
            _end(started[-1])


def _guard(
    started: list[subprocess.Popen[bytes]],
    start: Callable[[], subprocess.Popen[bytes]],
    folder: Path,
    stopping: Event,
) -> None:
    """Start an engine again that has ended: it has its data on the disk."""
    while not stopping.wait(0.1):
        if started[-1].poll() is not None and len(started) < MOST_STARTS:
            for lock in folder.glob("*.lck"):
                lock.unlink()
            started.append(start())


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _await(process: subprocess.Popen[bytes], endpoint: str, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(f"{endpoint}?query=ASK%7B%7D", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.05)
    raise AssertionError(f"the engine does not answer:\n{log.read_text(errors='replace')}")
