"""``/metrics``: the numbers of all web processes in the text format of Prometheus, for whoever runs the service."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

from flask import Blueprint, Flask, Response, current_app
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from clustergraph.web.meters import CLASSES, ENDS, OUTCOMES, PARTS, STATUSES, Meters

blueprint = Blueprint("metrics", __name__)

_KEY = "clustergraph.metrics"


def install(app: Flask, meters: Meters) -> None:
    """Keep the meters with the application."""
    registry = CollectorRegistry()
    registry.register(Numbers(meters))
    app.extensions[_KEY] = registry


@blueprint.get("/metrics")
def metrics() -> Response:
    """All numbers; nothing caches them."""
    registry = cast(CollectorRegistry, current_app.extensions[_KEY])
    response = Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
    response.cache_control.no_store = True
    return response


class Numbers(Collector):
    """Meters as Prometheus takes them.

    :param meters: what was counted.
    """

    def __init__(self, meters: Meters) -> None:
        self._meters = meters

    def collect(self) -> Iterable[Metric]:
        """Every number, under its name and labels."""
        yield self._counter("requests", "Requests answered.", ("part", "status"), _pairs(PARTS, STATUSES))
        yield self._times("seconds", "request_seconds", "Seconds until an answer was ready.", "part", PARTS)
        yield self._counter("queries", "Queries at /sparql, by how they ended.", ("outcome",), _singles(OUTCOMES))
        yield self._times("query_seconds", "query_seconds", "Seconds until a query was answered or refused.")
        yield self._counter(
            "ended",
            "Processes ended while they worked on a query.",
            ("cause",),
            _singles(ENDS),
            "query_processes_ended",
        )
        yield self._counter("kept", "Queries answered from the cache.", (), [()], "cache_hits")
        yield self._counter("fresh", "Queries that a process had to answer.", (), [()], "cache_misses")
        yield self._counter("pages_kept", "Pages and data from the cache.", (), [()], "page_cache_hits")
        yield self._counter("pages_fresh", "Pages and data made anew.", (), [()], "page_cache_misses")
        for name, about in (("cache_bytes", "Bytes of answers kept."), ("running", "Queries that run."),
                            ("waiting", "Queries that wait for a process.")):  # fmt: skip
            called = name if name == "cache_bytes" else f"queries_{name}"
            yield GaugeMetricFamily(f"clustergraph_{called}", about, value=self._meters.total(name))
        yield self._memory()

    def _counter(
        self, name: str, about: str, labels: tuple[str, ...], values: Iterable[tuple[str, ...]], called: str = ""
    ) -> Metric:
        family = CounterMetricFamily(f"clustergraph_{called or name}", about, labels=labels)
        for each in values:
            family.add_metric(each, self._meters.total(":".join((name, *each))))
        return family

    def _times(self, name: str, called: str, about: str, label: str = "", values: tuple[str, ...] = ("",)) -> Metric:
        family = HistogramMetricFamily(f"clustergraph_{called}", about, labels=(label,) if label else ())
        for value in values:
            full = f"{name}:{value}" if value else name
            counts, total = [], 0.0
            for at_most in CLASSES:
                total += self._meters.total(f"{full}:{at_most}")
                counts.append((at_most, total))
            family.add_metric((value,) if label else (), counts, self._meters.total(f"{full}:sum"))
        return family

    def _memory(self) -> Metric:
        """What the web processes hold, and the processes they have started for queries."""
        family = GaugeMetricFamily("clustergraph_memory_bytes", "Memory held, shared pages in parts.", labels=("of",))
        web = [int(pid) for pid in self._meters.each("pid") if pid]
        family.add_metric(("web",), sum(map(held, web)))
        family.add_metric(("queries",), sum(held(child) for pid in web for child in below(pid)))
        return family


def _pairs(first: Iterable[str], second: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [(one, other) for one in first for other in second]


def _singles(names: Iterable[str]) -> list[tuple[str, ...]]:
    return [(name,) for name in names]


def held(pid: int) -> int:
    """Bytes of memory of a process, in which shared pages count in parts (PSS); 0 where it is gone or not told."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def below(pid: int) -> Iterator[int]:
    """The processes that a process has started, and those that these have."""
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found = [int(word) for word in children.read_text(encoding="ascii").split()]
        except OSError:  # the thread has ended meanwhile
            continue
        for child in found:
            yield child
            yield from below(child)
