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

import click

from bench import builds, downloads, growth, pages, querying, services, synthetic, virtuoso
from bench.processes import memory
from bench.querying import Effort
from bench.table import Figure, show

#: Seconds after the first answers in which a service comes to rest.
REST = 2.0
THOROUGH, QUICK = Effort(rounds=5, turn=1.0), Effort(rounds=2, turn=0.5)


@click.command()
@click.option("--quick", is_flag=True, help="In a minute and a half, less sure, without what takes minutes.")
def main(quick: bool) -> None:
    """Measure building, serving and querying, one after the other; write to a temporary folder only."""
    effort = QUICK if quick else THOROUGH
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}")
    with tempfile.TemporaryDirectory(prefix="clustergraph-bench-") as name:
        folder = Path(name)
        show("Building", builds.measure(folder, 1 if quick else 3))
        show("Serving", serving(folder, 1 if quick else 3))
        show("Downloading", downloads.measure(folder / "releases", folder, 1 if quick else 3))
        show("Pages", pages.measure(folder, effort))
        if not quick:
            show("Pages of a release a hundred times as large", pages.measure_hundredfold(folder, effort))
            show("Pages made anew where there is ten times as much of all", growth.measure(folder))
        show("Querying the real graph", querying_release(folder, effort))
        show("Querying a made-up graph of a million triples", querying_million(folder, effort))


def serving(folder: Path, starts: int) -> Iterator[Figure]:
    """How soon the service answers, and what it holds when nobody asks."""
    seconds = []
    for _ in range(starts):
        with services.started(services.clustergraph(folder / "releases"), folder) as service:
            seconds.append(service.seconds)
            time.sleep(REST)
            held = memory(service.pid)
    yield Figure(f"serve: start to first page, median of {starts}", median(seconds), "s", 1.5)
    yield Figure("memory of the idle service (PSS)", held, "MB", 250)


def querying_release(folder: Path, effort: Effort) -> Iterator[Figure]:
    """The real graph, in all services there are."""
    dump = folder / "releases" / "current" / "dumps" / "clustergraph.nq"
    with ExitStack() as stack:
        launches = [
            services.clustergraph(folder / "releases"),
            services.oxigraph(dump, folder),
            services.rdflib_endpoint(dump),
        ]
        for launch in launches:
            stack.enter_context(services.started(launch, folder))
        if virtuoso.is_installed():
            launches.append(stack.enter_context(virtuoso.serving(folder / "releases", folder)))
        for name in ("lookup", "join"):
            yield from querying.rates(name, launches, effort)
        yield from querying.crowd("join", launches[:2], effort)


def querying_million(folder: Path, effort: Effort) -> Iterator[Figure]:
    """The made-up graph, in our service and in bare Oxigraph; the others would take minutes to load it."""
    file = folder / "million.nt"
    synthetic.write(file)
    with ExitStack() as stack:
        launches = [services.clustergraph_of(file), services.oxigraph(file, folder)]
        for launch in launches:
            stack.enter_context(services.started(launch, folder))
        for name in ("lookup", "join"):
            yield from querying.rates(name, launches, effort)
        yield from querying.large(launches, effort)
        yield from querying.crowd("join", launches, effort)


if __name__ == "__main__":
    main()
