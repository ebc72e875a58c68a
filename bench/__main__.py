"""Measure everything and print it."""

from __future__ import annotations

import os
import platform
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from bench import builds, querying, services
from bench.processes import memory
from bench.table import Figure, show

STARTS = 3
#: Seconds after the first answers in which a service comes to rest.
REST = 2.0


def main() -> None:
    """Measure building, serving and querying, one after the other."""
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}")
    with tempfile.TemporaryDirectory(prefix="clustergraph-bench-") as name:
        folder = Path(name)
        show("Building", builds.measure(folder))
        show("Serving", serving(folder))
        show("Querying, one connection", querying_in_turns(folder))


def serving(folder: Path) -> Iterator[Figure]:
    """How soon the service answers, and what it holds when nobody asks."""
    seconds = []
    for _ in range(STARTS):
        with services.started(services.clustergraph(folder / "releases"), folder) as service:
            seconds.append(service.seconds)
            time.sleep(REST)
            held = memory(service.pid)
    yield Figure(f"serve: start to first page, median of {STARTS}", median(seconds), "s", 1.5)
    yield Figure("memory of the idle service (PSS)", held, "MB", 250)


def querying_in_turns(folder: Path) -> Iterator[Figure]:
    """Each query of the bench, against each service."""
    dump = folder / "releases" / "current" / "dumps" / "clustergraph.nq"
    with ExitStack() as stack:
        launches = (
            services.clustergraph(folder / "releases"),
            services.oxigraph(dump, folder),
            services.rdflib_endpoint(dump),
        )
        for launch in launches:
            stack.enter_context(services.started(launch, folder))
        for query in ("person", "editions"):
            yield from querying.measure(query, launches)


if __name__ == "__main__":
    main()
