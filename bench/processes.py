"""Processes to be measured: started, awaited, weighed, and ended."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

#: The commands of the environment that runs this: clustergraph, oxigraph, uvicorn.
COMMANDS = Path(sys.executable).parent
#: Seconds after which a service that has not answered is given up.
PATIENCE = 60.0


def free_port() -> int:
    """A port of the loopback interface that nothing listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def running(
    command: Sequence[str | Path], log: Path, folder: Path | None = None, **environment: str
) -> Iterator[subprocess.Popen[bytes]]:
    """A service, ended with all its children when the block is left.

    :param log: the file that takes what it prints.
    :param folder: where it starts; None: here.
    :param environment: variables on top of the present ones.
    """
    with log.open("wb") as output:
        service = subprocess.Popen(
            command,
            cwd=folder,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **environment},
            start_new_session=True,
        )
        try:
            yield service
        finally:
            os.killpg(service.pid, signal.SIGTERM)
            service.wait(timeout=30)


def await_answer(port: int, path: str, log: Path) -> None:
    """Wait until a service gives its first answer of status 200.

    :raises RuntimeError: it gave none in time; the message holds what it printed.
    """
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return
        except (OSError, HTTPException):
            time.sleep(0.005)
        finally:
            connection.close()
    raise RuntimeError(f"no answer at {path} within {PATIENCE:g} s:\n{log.read_text()}")


def memory(pid: int) -> float:
    """Megabytes that a process and all below it hold: the sum of PSS, in which shared pages count once (Linux)."""
    return sum(_proportional_set(child) for child in _family(pid)) / 1000


def _family(pid: int) -> list[int]:
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:  # it ended while we looked
                continue
    family = [pid]
    for member in family:
        family.extend(child for child, parent in parents.items() if parent == member)
    return family


def _proportional_set(pid: int) -> float:
    """Kilobytes, as 1000 bytes."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) * 1.024 for line in lines if line.startswith("Pss:"))
