"""Whether a page takes longer than there is more to tell: the same ones where there is ten times as much of all."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bench import hundredfold
from bench.table import Figure
from clustergraph import releases, settings
from clustergraph.web.app import create_app

#: Of each kind that which has most to tell: pages, lists, what is shown of the whole, and what machines read.
PAGES = (
    "/page/edition/2023-03-29-kosice",
    "/page/edition/2023-03-29-kosice/record",
    "/page/organisation/european-cluster-collaboration-platform",
    "/page/country/ROU",
    "/page/region/ITI2",
    "/page/topic/digital",
    "/page/series/clusters-meet-regions",
    "/between/country/ITA/country/ROU",
    "/compare",
    "/compare?e=2023-03-29-kosice&e=2022-04-26-vilnius",
    "/ontology/Edition",
    "/vocabulary/role/speaker",
    "/",
    "/editions",
    "/people",
    "/people.csv",
    "/countries/matrix",
    "/network",
    "/search?q=cluster",
    "/search?q=clster+platfrm",
    "/void",
    "/catalogue",
    "/sitemap-1.xml",
)
#: What programs take as a whole, however much it is, likewise.
DATA = ("/data/edition/2023-03-29-kosice.ttl", "/data/country/ROU.ttl")
TENTH = hundredfold.TIMES // 10
#: How many times as long it may take: as many as there is more.
MOST = 10
AGAIN = 3


def measure(folder: Path) -> Iterator[Figure]:
    """Seconds of each page in the larger of two releases, and how many times as long as in the smaller that is.

    The first answer is left out: with it, what is shown of the whole is worked out once for a release. Nothing else
    is kept, and no server has anything else to do meanwhile.

    :param folder: holds the releases in ``releases``, and the one a hundred times as large in ``hundredfold``.
    """
    hundredfold.write(releases.current(folder / "releases"), folder / "tenfold", TENTH)
    fewer, more = (_seconds(folder / name) for name in ("tenfold", "hundredfold"))
    for path in (*PAGES, *DATA):
        yield Figure(path, more[path], "s")
        mark = MOST if path in PAGES else None
        yield Figure("  times as long as with a tenth of the data", more[path] / fewer[path], "x", mark)


def _seconds(folder: Path) -> dict[str, float]:
    """Path -> the shortest time of its answer."""
    client = create_app(
        replace(settings.load(), cache_bytes=0, releases=folder), releases.current(folder)
    ).test_client()
    found = {}
    for path in (*PAGES, *DATA):
        times = []
        for _ in range(1 + AGAIN):
            start = time.perf_counter()
            answer = client.get(path)
            times.append(time.perf_counter() - start)
            assert answer.status_code == 200, (path, answer.status)
        found[path] = min(times[1:])
    return found
