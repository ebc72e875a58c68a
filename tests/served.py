"""The service as its users start it: a process of its own on a port of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def health(port: int) -> dict[str, Any]:
    """What the service says of itself, once it answers."""
    deadline = time.monotonic() + 30
    while True:
        try:
            with urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
                return dict(json.load(answer))
        except URLError:
            assert time.monotonic() < deadline, "the service does not answer"
            time.sleep(0.05)


@contextmanager
def served(*arguments: str, folder: Path, **environment: str) -> Iterator[int]:
    """Run ``clustergraph serve`` in a folder, and give its port as soon as it answers."""
    port = free_port()
    command = [sys.executable, "-m", "clustergraph", "serve", "--port", str(port), *arguments]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=folder, env={**os.environ, **environment}, stderr=log)
        try:
            health(port)
            yield port
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)
