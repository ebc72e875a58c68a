"""The services that are compared, each with the same graph: clustergraph, bare Oxigraph, rdflib-endpoint."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.processes import COMMANDS, await_answer, free_port, running

#: One client asks all the queries of the bench.
SHARE = {"CLUSTERGRAPH_CLIENT_QUERIES": "64", "CLUSTERGRAPH_CLIENT_SECONDS": "1000000"}


@dataclass(frozen=True)
class Launch:
    """How a SPARQL endpoint is started.

    :ivar name: of the software.
    :ivar command: the program and its arguments.
    :ivar port: where it listens, on the loopback interface.
    :ivar path: of the endpoint, up to where the query stands.
    :ivar first: the address whose first answer counts as the start.
    :ivar environment: variables it needs.
    :ivar folder: where it starts, where that matters.
    """

    name: str
    command: tuple[str, ...]
    port: int
    path: str
    first: str
    environment: dict[str, str] = field(default_factory=dict)
    folder: Path | None = None


@dataclass(frozen=True)
class Service:
    """A SPARQL endpoint that answers.

    :ivar launch: how it was started.
    :ivar pid: of its first process.
    :ivar seconds: from its start to its first answer.
    """

    launch: Launch
    pid: int
    seconds: float


def clustergraph(releases: Path) -> Launch:
    """``clustergraph serve`` on the current release of a folder; its first page counts."""
    port = free_port()
    command = (str(COMMANDS / "clustergraph"), "serve", "--port", str(port))
    return Launch(
        "clustergraph", command, port, "/sparql?query=", "/", {"CLUSTERGRAPH_RELEASES": str(releases), **SHARE}
    )


def clustergraph_of(file: Path) -> Launch:
    """``clustergraph serve`` on a file of RDF, its endpoint alone."""
    port = free_port()
    command = (str(COMMANDS / "clustergraph"), "serve", "--port", str(port), "--data", str(file))
    return Launch("clustergraph", command, port, "/sparql?query=", "/health", SHARE)


def oxigraph(dump: Path, folder: Path) -> Launch:
    """The server of Oxigraph on a store of its own, filled from a file as ours is: loaded, then put in order."""
    program, store, port = str(COMMANDS / "oxigraph"), str(folder / f"oxigraph-{dump.suffix[1:]}"), free_port()
    for step in (("load", "--file", str(dump)), ("optimize",)):
        command = (program, step[0], "--location", store, *step[1:])
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    command = (program, "serve", "--location", store, "--union-default-graph", "--bind", f"127.0.0.1:{port}")
    return Launch("oxigraph serve", command, port, "/query?query=", "/")


def rdflib_endpoint(dump: Path) -> Launch:
    """rdflib-endpoint under uvicorn, on a graph in memory read from a dump."""
    port = free_port()
    command = (sys.executable, "-m", "uvicorn", "bench.rdflib_app:app", "--no-access-log", "--port", str(port))
    return Launch("rdflib-endpoint", command, port, "/?query=", "/?query=ASK%7B%7D", {"BENCH_DUMP": str(dump)})


@contextmanager
def started(launch: Launch, folder: Path) -> Iterator[Service]:
    """A service from its first answer to the end of the block; what it prints goes to a file in a folder."""
    log = folder / f"{launch.name}.log"
    start = time.perf_counter()
    with running(launch.command, log, launch.folder, **launch.environment) as process:
        await_answer(launch.port, launch.first, log)
        yield Service(launch, process.pid, time.perf_counter() - start)
