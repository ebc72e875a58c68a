"""``/metrics`` and the log of a real server with two web processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families
from test_server import free_port

from clustergraph.releases import Release

QUERY = "SELECT ?s { ?s ?p ?o } LIMIT 3"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
WAIT = 30.0


@contextmanager
def served(release: Release, log: Path, **environment: str) -> Iterator[int]:
    """The port of a server on a release, whose standard error goes to a file."""
    port = free_port()
    command = [sys.executable, "-m", "clustergraph", "serve", "--port", str(port), "--web-processes", "2"]
    settings = {"CLUSTERGRAPH_RELEASES": str(release.path.parent), "CLUSTERGRAPH_QUERY_TIMEOUT": "1", **environment}
    with log.open("wb") as output, subprocess.Popen(command, stderr=output, env=os.environ | settings) as process:
        try:
            status(port, "/health")
            yield port
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=WAIT)


def status(port: int, path: str) -> int:
    """The status of an answer, as soon as there is one."""
    until = time.monotonic() + WAIT
    while True:
        try:
            with urlopen(Request(f"http://127.0.0.1:{port}{path}"), timeout=WAIT) as reply:
                return int(reply.status)
        except URLError as error:
            if hasattr(error, "code"):
                return int(error.code)
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def asked(query: str) -> str:
    return "/sparql?" + urlencode({"query": query})


def numbers(port: int) -> dict[tuple[str, ...], float]:
    """Name and values of labels -> number."""
    with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=WAIT) as reply:
        assert reply.headers["Content-Type"].startswith("text/plain; version=")
        assert reply.headers["Cache-Control"] == "no-store"
        families = text_string_to_metric_families(reply.read().decode())
    return {(s.name.removeprefix("clustergraph_"), *s.labels.values()): s.value for f in families for s in f.samples}


def records(log: Path) -> list[dict[str, object]]:
    lines = log.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if not line.startswith("serving release")]


@pytest.fixture(scope="module")
def plain(release: Release, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[tuple[str, ...], float], Path]:
    """Numbers and log of a service that was asked all sorts of things."""
    log = tmp_path_factory.mktemp("log") / "stderr"
    with served(release, log) as port:
        paths = [asked(QUERY)] * 6 + [asked("SELECT"), asked(SLOW), "/nothing", "/"]
        assert [status(port, path) for path in paths] == [200] * 6 + [400, 503, 404, 200]
        return numbers(port), log


def test_requests_of_all_web_processes_are_counted_by_part_and_status(
    plain: tuple[dict[tuple[str, ...], float], Path],
) -> None:
    found, _ = plain
    assert found["requests_total", "sparql", "2xx"] == 6
    assert found["requests_total", "sparql", "4xx"] == 1
    assert found["requests_total", "other", "4xx"] == 1
    assert found["requests_total", "home", "2xx"] == 1
    assert found["request_seconds_count", "sparql"] == 8


def test_queries_are_counted_by_how_they_ended(plain: tuple[dict[tuple[str, ...], float], Path]) -> None:
    found, _ = plain
    assert [found["queries_total", end] for end in ("answered", "refused", "unavailable")] == [6, 1, 1]
    assert found["query_seconds_count",] == 8
    assert found["query_seconds_sum",] >= 1
    assert found["query_processes_ended_total", "deadline"] == 1
    # Each of the two processes has a cache of its own.
    assert found["cache_hits_total",] in (4, 5)
    assert found["cache_hits_total",] + found["cache_misses_total",] == 8
    assert found["cache_bytes",] > 0
    assert (found["queries_running",], found["queries_waiting",]) == (0, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is told by Linux")
def test_memory_is_told_of_web_and_query_processes(plain: tuple[dict[tuple[str, ...], float], Path]) -> None:
    found, _ = plain
    assert 10e6 < found["memory_bytes", "web"] < 1e9
    assert 1e6 < found["memory_bytes", "queries"] < 1e9


def test_every_request_has_a_record_without_its_query_and_its_client(
    plain: tuple[dict[tuple[str, ...], float], Path],
) -> None:
    _, log = plain
    found = [record for record in records(log) if record.get("route") == "/sparql"]
    assert [record["status"] for record in found] == [200] * 6 + [400, 503]
    assert all(set(record) == {"time", "method", "route", "status", "ms", "query"} for record in found)
    assert len({record["query"] for record in found}) == 3
    assert "LIMIT" not in log.read_text(encoding="utf-8")
    assert "127.0.0.1" not in json.dumps(found)


def test_what_ended_a_query_process_is_recorded_under_the_same_hash(
    plain: tuple[dict[tuple[str, ...], float], Path],
) -> None:
    _, log = plain
    (request,) = [record for record in records(log) if record.get("status") == 503]
    (warning,) = [record for record in records(log) if record.get("level") == "warning"]
    assert str(request["query"]) in str(warning["message"])
    assert "deadline" in str(warning["message"])


def test_records_hold_client_and_query_where_that_is_asked_for(release: Release, tmp_path: Path) -> None:
    log = tmp_path / "stderr"
    with served(release, log, CLUSTERGRAPH_LOG_CLIENTS="1", CLUSTERGRAPH_LOG_QUERIES="1") as port:
        assert status(port, asked(QUERY)) == 200
    (found,) = [record for record in records(log) if record.get("route") == "/sparql"]
    assert (found["client"], found["text"]) == ("127.0.0.1", QUERY)
