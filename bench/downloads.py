"""How fast a dump is downloaded, beside a static file server, and what a page takes while slow clients hold files."""

from __future__ import annotations

import socket
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

from bench import services
from bench.processes import await_answer, free_port, running
from bench.table import Figure

FILE = "clustergraph.nq"
OURS = f"/dumps/latest/{FILE}"
#: A page that is made anew for each client.
PAGE = "/dumps/index.json"
SLOW_CLIENTS = 20
DOWNLOADS = 8
MARK = 0.7


def measure(releases: Path, folder: Path, rounds: int) -> Iterator[Figure]:
    """Ours and Python's file server in turns, then a page without and with clients that take nothing.

    :param releases: a folder of releases, the current one of which is served.
    :param folder: for what the services print.
    """
    launch, port, log = services.clustergraph(releases), free_port(), folder / "files.log"
    static = (sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--protocol", "HTTP/1.1")
    with ExitStack() as stack:
        stack.enter_context(services.started(launch, folder))
        stack.enter_context(running(static, log, releases / "current" / "dumps"))
        await_answer(port, "/SHA256SUMS", log)
        rates = [(_rate(launch.port, OURS), _rate(port, f"/{FILE}")) for _ in range(rounds)]
        ours, theirs = (median(found) for found in zip(*rates, strict=True))
        yield Figure(f"download of a dump: {launch.name}", ours, "MB/s")
        yield Figure(f"  {theirs:,.0f} MB/s http.server; ratio to it", ours / theirs, "x", least=MARK)
        yield Figure("page, nobody else", _page(launch.port) * 1000, "ms")
        for _ in range(SLOW_CLIENTS):
            stack.enter_context(_stalled(launch.port))
        yield Figure(f"page, {SLOW_CLIENTS} clients stalled in a download", _page(launch.port) * 1000, "ms")


def _rate(port: int, path: str) -> float:
    """Megabytes a second over one connection."""
    connection, size, start = HTTPConnection("127.0.0.1", port), 0, time.perf_counter()
    for _ in range(DOWNLOADS):
        connection.request("GET", path)
        answer = connection.getresponse()
        while data := answer.read(1 << 18):
            size += len(data)
    connection.close()
    return size / (time.perf_counter() - start) / 1e6


def _page(port: int) -> float:
    """The median of the seconds that a page takes."""
    connection, times = HTTPConnection("127.0.0.1", port), []
    for _ in range(20):
        start = time.perf_counter()
        connection.request("GET", PAGE)
        connection.getresponse().read()
        times.append(time.perf_counter() - start)
    connection.close()
    return median(times)


def _stalled(port: int) -> socket.socket:
    """A client that asks for a file and takes no more than its beginning."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.connect(("127.0.0.1", port))
    client.sendall(f"GET {OURS} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    client.recv(1000)
    return client
