"""How many answers a second each service gives to one client that asks again and again over one connection."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from bench.services import Launch
from bench.table import Figure

QUERIES = Path(__file__).parent / "queries"
ROUNDS = 5
#: Seconds of one service's turn in a round.
TURN = 1.0


def measure(name: str, services: Sequence[Launch]) -> Iterator[Figure]:
    """Let the services answer one query in turns, round by round, and compare the first with the others.

    :param name: of a file in ``bench/queries``.
    :param services: the one in question first.
    :raises RuntimeError: the services do not give the same rows.
    """
    query = (QUERIES / f"{name}.rq").read_text(encoding="utf-8")
    rows = {service.name: _rows(service, query) for service in services}
    if any(found != rows[services[0].name] for found in rows.values()):
        raise RuntimeError(f"{name}: not the same rows: { {name: len(found) for name, found in rows.items()} }")
    rates: dict[str, list[float]] = {service.name: [] for service in services}
    for _ in range(ROUNDS):
        for service in services:
            rates[service.name].append(_rate(service, query))
    rate = {service.name: median(rates[service.name]) for service in services}
    yield Figure(f"{name}, {len(rows[services[0].name])} rows: {services[0].name}", rate[services[0].name], "/s")
    for service in services[1:]:
        yield Figure(f"{name}: {service.name}", rate[service.name], "/s")
        yield Figure(f"{name}: ratio to {service.name}", rate[services[0].name] / rate[service.name], "x")


def _rate(service: Launch, query: str) -> float:
    with closing(HTTPConnection("127.0.0.1", service.port)) as connection:
        _ask(connection, service, query)
        answers, start = 0, time.perf_counter()
        while (passed := time.perf_counter() - start) < TURN:
            _ask(connection, service, query)
            answers += 1
        return answers / passed


def _rows(service: Launch, query: str) -> list[str]:
    with closing(HTTPConnection("127.0.0.1", service.port)) as connection:
        answer = json.loads(_ask(connection, service, query))
    return sorted(json.dumps(_plain(row), sort_keys=True) for row in answer["results"]["bindings"])


def _plain(row: dict[str, dict[str, str]]) -> dict[str, str]:
    """A row without the types of its literals: some name xsd:string, some do not."""
    return {name: term["value"] for name, term in row.items()}


def _ask(connection: HTTPConnection, service: Launch, query: str) -> bytes:
    connection.request(
        "GET", f"{service.path}?{urlencode({'query': query})}", headers={"Accept": "application/sparql-results+json"}
    )
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{service.name} answers {answer.status}: {body[:500].decode(errors='replace')}")
    return body
