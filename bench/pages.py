"""How long the heaviest pages take, made anew, kept, and not sent again where the client holds them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles

from bench import hundredfold, services
from bench.client import Client
from bench.querying import Effort
from bench.services import Launch
from bench.table import Figure
from clustergraph import releases

#: The edition, its record and the actor whose pages show most.
PAGES = {
    "edition": "/page/edition/2023-03-29-kosice",
    "record": "/page/edition/2023-03-29-kosice/record",
    "actor": "/page/organisation/european-cluster-collaboration-platform",
}
#: What shows the whole, or much of it: front page and list are worked out once for a release.
WHOLE = {
    "front page": "/",
    "list of editions": "/editions",
    "page of a country": "/page/country/ROU",
    "page of a region": "/page/region/ITI2",
}
#: Answers that are waited for, however long they take.
LEAST = 5
#: Milliseconds of a page made anew; answers a second of one that is kept, and of one the client holds.
COLD, WARM, HELD = 60, 800, 1_500
GZIPPED = {"Accept-Encoding": "gzip"}


def measure(folder: Path, effort: Effort) -> Iterator[Figure]:
    """The pages of the current release, from a service that keeps nothing and from one that keeps what it can.

    :param folder: holds the releases in ``releases``.
    """
    forgetful, keeping = _launches(folder / "releases")
    for name, path in PAGES.items():
        with services.started(forgetful, folder):
            times = _times(forgetful, path, GZIPPED, 200, effort)
        yield from _duration(f"heaviest page: {name}", times, COLD)
        with services.started(keeping, folder):
            tag = _tag(keeping, path)
            yield from _rate("kept", _times(keeping, path, GZIPPED, 200, effort), WARM)
            held = {**GZIPPED, "If-None-Match": tag}
            yield from _rate("held by the client (304)", _times(keeping, path, held, 304, effort), HELD)


def measure_hundredfold(folder: Path, effort: Effort) -> Iterator[Figure]:
    """The same pages in a release a hundred times as large, made for it.

    :param folder: holds the releases in ``releases``; the one made is in ``hundredfold`` beside them afterwards.
    """
    start = time.perf_counter()
    made = hundredfold.write(releases.current(folder / "releases"), folder / "hundredfold")
    yield Figure(f"making it: {made.about.triples:,} triples", time.perf_counter() - start, "s")
    # The front page is not yet worked out when a service begins, so another one says that it has begun.
    forgetful, keeping = (replace(one, first=PAGES["edition"]) for one in _launches(folder / "hundredfold"))
    with services.started(forgetful, folder):
        for name, path in WHOLE.items():
            yield Figure(f"{name}, while the service prepares overviews and lists", _once(forgetful, path), "s")
        for name, path in WHOLE.items():
            yield Figure(f"{name}, again", _once(forgetful, path), "s")
        for name, path in PAGES.items():
            yield from _duration(f"page of the same {name}", _times(forgetful, path, GZIPPED, 200, effort))
    with services.started(keeping, folder):
        for name, path in PAGES.items():
            yield from _rate(f"{name}, kept", _times(keeping, path, GZIPPED, 200, effort), WARM)


def _launches(folder: Path) -> tuple[Launch, Launch]:
    """A service that keeps no page, and one that keeps what it can."""
    keeping, forgetful = services.clustergraph(folder), services.clustergraph(folder)
    return replace(forgetful, environment={**forgetful.environment, "CLUSTERGRAPH_CACHE_BYTES": "0"}), keeping


def _duration(what: str, times: list[float], most: float | None = None) -> Iterator[Figure]:
    yield Figure(f"{what}, made anew: median", 1000 * median(times), "ms", most)
    yield Figure("  p99", 1000 * quantiles(times, n=100)[-1], "ms")


def _rate(way: str, times: list[float], least: float) -> Iterator[Figure]:
    yield Figure(f"  {way}: answers over one connection", len(times) / sum(times), "/s", least=least)
    yield Figure(f"  {way}: p99", 1000 * quantiles(times, n=100)[-1], "ms")


def _times(service: Launch, path: str, headers: dict[str, str], status: int, effort: Effort) -> list[float]:
    """Seconds of each answer over one connection, the first ones left out."""
    times: list[float] = []
    with Client(service) as client:
        for _ in range(3):
            client.get(path, headers, status)
        end = time.perf_counter() + effort.rounds * effort.turn
        while (start := time.perf_counter()) < end or len(times) < LEAST:
            client.get(path, headers, status)
            times.append(time.perf_counter() - start)
    return times


def _once(service: Launch, path: str) -> float:
    """Seconds of one answer over a connection of its own."""
    start = time.perf_counter()
    with Client(service) as client:
        client.get(path, GZIPPED)
    return time.perf_counter() - start


def _tag(service: Launch, path: str) -> str:
    """The entity tag of a page."""
    connection = HTTPConnection("127.0.0.1", service.port)
    connection.request("GET", path, headers={**GZIPPED, "Host": "127.0.0.1"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.headers["ETag"]
