"""A service on a port, clients of it at addresses of their own, and what can be seen of it from outside."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from served import served

ROOT = Path(__file__).parent.parent.parent
#: Seconds a query may take here, the others that everything must have ended in, and those others wait at most.
DEADLINE = 2
MARGIN = 2
PROMPT = 1.0
ASK = "ASK {}"
HEAD = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"


@dataclass(frozen=True)
class Reply:
    status: int
    text: str
    retry_after: str | None
    seconds: float


@dataclass(frozen=True)
class Client:
    """A client at an address of the loopback network."""

    port: int
    address: str

    def ask(self, query: str, **headers: str) -> Reply:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30, source_address=(self.address, 0))
        start = time.monotonic()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        body = urlencode({"query": query})
        try:
            connection.request(
                "POST", "/sparql", body, {"Content-Type": "application/x-www-form-urlencoded", **named}
            )
            answer = connection.getresponse()
            text = answer.read().decode()
            return Reply(answer.status, text, answer.headers["Retry-After"], time.monotonic() - start)
        finally:
            connection.close()

    def connect(self, buffer: int | None = None) -> socket.socket:
        """A connection to send bytes on.

        :param buffer: bytes that the client's side takes without reading them.
        """
        connection = socket.socket()
        if buffer:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        connection.settimeout(30)
        connection.bind((self.address, 0))
        connection.connect(("127.0.0.1", self.port))
        return connection


@dataclass(frozen=True)
class Service:
    port: int
    pid: int
    log: Path

    def client(self, address: str) -> Client:
        return Client(self.port, address)

    def says(self, text: str) -> int:
        """How often its log says something."""
        return self.log.read_text(encoding="utf-8").count(text)

    def memory(self) -> int:
        """Megabytes of its processes, what they share counted once."""
        return sum(_proportional(pid) for pid in self.processes()) // 1024

    def processes(self) -> list[int]:
        found = [self.pid]
        for pid in found:
            found += _children(pid)
        return found


def _proportional(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _children(pid: int) -> list[int]:
    try:
        return [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except FileNotFoundError:
        return []


@contextmanager
def service(folder: Path, **environment: str) -> Iterator[Service]:
    """The service over the committed data, with a short deadline."""
    files = [f"--data={path}" for path in sorted((ROOT / "data").rglob("*.ttl"))]
    chosen = {"CLUSTERGRAPH_QUERY_TIMEOUT": str(DEADLINE), "CLUSTERGRAPH_QUERY_MEMORY": "128", **environment}
    before = set(_children(os.getpid()))
    with served(*files, folder=folder, **chosen) as port:
        (pid,) = set(_children(os.getpid())) - before
        yield Service(port, pid, folder / "log")


@contextmanager
def others_are_answered(service: Service) -> Iterator[list[float]]:
    """Have another client ask all the while; it is answered, and promptly."""
    client, seconds, end = service.client("127.0.0.99"), list[float](), threading.Event()
    statuses = set()

    def ask() -> None:
        while not (seconds and end.wait(0.05)):
            reply = client.ask(ASK)
            seconds.append(reply.seconds)
            statuses.add(reply.status)

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        yield seconds
    finally:
        end.set()
        asking.join()
    assert statuses == {200}
    assert max(seconds) < PROMPT
