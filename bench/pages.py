"""How long the heaviest pages take, made anew, kept, and not sent again where the client holds them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles

from bench import services
from bench.querying import Effort
from bench.services import Launch
from bench.table import Figure

#: The edition and the actor whose pages show most, and what makes each another address of the same page.
PAGES = {
    "edition": "/page/edition/2023-03-29-kosice",
    "actor": "/page/organisation/european-cluster-collaboration-platform",
}
#: Milliseconds of a page made anew; answers a second of one that is kept, and of one the client holds.
COLD, WARM, HELD = 60, 800, 1_500
GZIPPED = {"Accept-Encoding": "gzip"}


def measure(folder: Path, effort: Effort) -> Iterator[Figure]:
    """The pages of the current release, from a service that keeps nothing and from one that keeps what it can.

    :param folder: holds the releases in ``releases``.
    """
    keeping = services.clustergraph(folder / "releases")
    forgetful = services.clustergraph(folder / "releases")
    forgetful = replace(forgetful, environment={**forgetful.environment, "CLUSTERGRAPH_CACHE_BYTES": "0"})
    for name, path in PAGES.items():
        with services.started(forgetful, folder):
            times = _times(forgetful, path, GZIPPED, 200, effort)
        yield Figure(f"heaviest page of an {name}, made anew: median", 1000 * median(times), "ms", COLD)
        yield Figure("  p99", 1000 * quantiles(times, n=100)[-1], "ms")
        with services.started(keeping, folder):
            tag = _ask(HTTPConnection("127.0.0.1", keeping.port), path, GZIPPED, 200)
            for way, headers, status, mark in (
                ("kept", GZIPPED, 200, WARM),
                ("held by the client (304)", {**GZIPPED, "If-None-Match": tag}, 304, HELD),
            ):
                times = _times(keeping, path, headers, status, effort)
                yield Figure(f"  {way}: answers over one connection", len(times) / sum(times), "/s", least=mark)
                yield Figure(f"  {way}: p99", 1000 * quantiles(times, n=100)[-1], "ms")


def _times(service: Launch, path: str, headers: dict[str, str], status: int, effort: Effort) -> list[float]:
    """Seconds of each answer over one connection, the first ones left out."""
    connection = HTTPConnection("127.0.0.1", service.port)
    for _ in range(3):
        _ask(connection, path, headers, status)
    times, end = [], time.perf_counter() + effort.rounds * effort.turn
    while (start := time.perf_counter()) < end:
        _ask(connection, path, headers, status)
        times.append(time.perf_counter() - start)
    connection.close()
    return times


def _ask(connection: HTTPConnection, path: str, headers: dict[str, str], status: int) -> str:
    """The entity tag of an answer.

    :raises RuntimeError: it has another status.
    """
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    if answer.status != status:
        raise RuntimeError(f"{path} answers {answer.status}, not {status}")
    return answer.headers["ETag"]
