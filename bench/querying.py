"""How many answers a second each service gives, to queries never asked before and to the same again and again."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote_plus
from urllib.request import Request, urlopen

from bench.client import Client, fresh
from bench.services import Launch
from bench.table import Figure

QUERIES = Path(__file__).parent / "queries"
CLIENTS = 8
#: Way of asking -> what makes a query of the next request.
WAYS: dict[str, Callable[[str], str]] = {"fresh": fresh, "repeated": str}
#: Service -> query -> way of asking -> the ratio to it that the first service should reach.
MARKS = {
    "oxigraph serve": {
        "lookup": {"fresh": 0.12, "repeated": 0.35},
        "join": {"fresh": 0.4, "repeated": 1.2},
    },
    "rdflib-endpoint": {"lookup": {"fresh": 5.0}, "join": {"fresh": 5.0}},
    "virtuoso": {"lookup": {"fresh": 1.0}, "join": {"fresh": 1.0}},
}
LARGE_MARK = 0.8


@dataclass(frozen=True)
class Effort:
    """How thoroughly to measure: rounds in which the services take turns, and seconds of each turn."""

    rounds: int
    turn: float


def load(name: str) -> str:
    """The text of a query of the bench."""
    return (QUERIES / f"{name}.rq").read_text(encoding="utf-8")


def rates(name: str, services: Sequence[Launch], effort: Effort) -> Iterator[Figure]:
    """Let the services answer a query in turns over one connection each, and compare the first with the others.

    :param name: of a query.
    :param services: the one in question first.
    :raises RuntimeError: the services do not give the same rows.
    """
    query = load(name)
    count = _same_rows(name, query, services)
    for way, make in WAYS.items():
        found = _in_turns(services, effort, partial(_rate, query, make, effort.turn))
        ours = found[services[0].name]
        yield Figure(f"{name}, {count} row{'s' * (count > 1)}, {way}: {services[0].name}", ours, "/s")
        for service in services[1:]:
            mark = MARKS[service.name][name].get(way)
            yield Figure(
                f"  {found[service.name]:,.0f}/s {service.name}; ratio to it",
                ours / found[service.name],
                "x",
                least=mark,
            )


def large(services: Sequence[Launch], effort: Effort) -> Iterator[Figure]:
    """How many megabytes a second of a large answer, fresh each time, each service gives over one connection."""
    found = _in_turns(services, effort, partial(_throughput, load("large"), 2 * effort.turn))
    ours = found[services[0].name]
    yield Figure(f"answers of 10 MB, fresh: {services[0].name}", ours, "MB/s")
    for service in services[1:]:
        ratio = ours / found[service.name]
        yield Figure(f"  {found[service.name]:,.0f} MB/s {service.name}; ratio to it", ratio, "x", least=LARGE_MARK)


def crowd(name: str, services: Sequence[Launch], effort: Effort) -> Iterator[Figure]:
    """What the slowest answer in a hundred takes where eight clients ask at once, each a fresh query at a time."""
    for service in services:
        with ThreadPoolExecutor(CLIENTS) as threads:
            turns = [threads.submit(_times, service, load(name), 3 * effort.turn) for _ in range(CLIENTS)]
            times = [seconds for turn in turns for seconds in turn.result()]
        slowest = quantiles(times, n=100)[-1]
        rate = len(times) / (3 * effort.turn)
        yield Figure(f"{name}, fresh, {CLIENTS} clients: p99 of {service.name}, {rate:,.0f}/s", slowest * 1000, "ms")


def _in_turns(services: Sequence[Launch], effort: Effort, measure: Callable[[Launch], float]) -> dict[str, float]:
    """Name of the service -> the median of what is measured of it round by round."""
    found: dict[str, list[float]] = {service.name: [] for service in services}
    for _ in range(effort.rounds):
        for service in services:
            found[service.name].append(measure(service))
    return {name: median(values) for name, values in found.items()}


def _rate(query: str, make: Callable[[str], str], seconds: float, service: Launch) -> float:
    with Client(service) as client:
        client.ask(query)
        answers, start = 0, time.perf_counter()
        while (passed := time.perf_counter() - start) < seconds:
            client.ask(make(query))
            answers += 1
        return answers / passed


def _throughput(query: str, seconds: float, service: Launch) -> float:
    with Client(service) as client:
        size, start = 0, time.perf_counter()
        while (passed := time.perf_counter() - start) < seconds:
            size += client.ask(fresh(query))
        return size / passed / 1e6


def _times(service: Launch, query: str, seconds: float) -> list[float]:
    times, end = [], time.perf_counter() + seconds
    with Client(service) as client:
        while (start := time.perf_counter()) < end:
            client.ask(fresh(query))
            times.append(time.perf_counter() - start)
    return times


def _same_rows(name: str, query: str, services: Sequence[Launch]) -> int:
    rows = {service.name: _rows(service, query) for service in services}
    if any(found != rows[services[0].name] for found in rows.values()):
        raise RuntimeError(f"{name}: not the same rows: { {name: len(found) for name, found in rows.items()} }")
    return len(rows[services[0].name])


def _rows(service: Launch, query: str) -> list[str]:
    address = f"http://127.0.0.1:{service.port}{service.path}{quote_plus(query)}"
    with urlopen(Request(address, headers={"Accept": "application/sparql-results+json"})) as answer:
        rows = json.load(answer)["results"]["bindings"]
    # Without the types of literals: some engines name xsd:string, some do not.
    return sorted(json.dumps({name: term["value"] for name, term in row.items()}, sort_keys=True) for row in rows)
