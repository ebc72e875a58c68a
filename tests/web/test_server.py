"""The server: answers soon after its start, says plainly what it cannot do, ends when it is told to."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from clustergraph.errors import InputError, NotFoundError, ReleaseError
from clustergraph.releases import Release
from clustergraph.settings import Settings
from clustergraph.web.server import serve

START = """
import sys
from pathlib import Path
from clustergraph.settings import Settings
from clustergraph.web.server import serve
serve(Settings(project=Path(sys.argv[1]), releases=Path(sys.argv[1])), "127.0.0.1", int(sys.argv[2]))
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A server of the current release of a folder."""
    command = [sys.executable, "-c", START, str(folder), str(port)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def answer(port: int, path: str, within: float) -> bytes:
    """The answer of a server that is about to start."""
    until = time.monotonic() + within
    while True:
        try:
            with urlopen(f"http://127.0.0.1:{port}{path}", timeout=within) as response:
                return bytes(response.read())
        except URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)


def test_server_answers_pages_and_queries_and_ends_when_told(release: Release) -> None:
    port = free_port()
    with served(release.path.parent, port) as process:
        health = json.loads(answer(port, "/health", within=20))
        assert health["release"] == release.id
        assert b"Clusters meet Regions" in answer(port, "/", within=5)
        assert b'"boolean":true' in answer(port, "/sparql?query=ASK%7B%3Fs+%3Fp+%3Fo%7D", within=5)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=15) == 0


def test_port_in_use_is_said_with_the_remedy(release: Release) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match=f"port {port} is in use.*PORT="):
            serve(Settings(project=release.path, releases=release.path.parent), "127.0.0.1", port)


def test_address_of_another_machine_is_refused(release: Release) -> None:
    with pytest.raises(InputError, match="cannot be listened on"):
        serve(Settings(project=release.path, releases=release.path.parent), "203.0.113.1", free_port())


def test_nothing_is_served_without_a_release(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="clustergraph build"):
        serve(Settings(project=tmp_path, releases=tmp_path), "127.0.0.1", free_port())


def test_damaged_release_is_not_served(tmp_path: Path, release: Release) -> None:
    damaged = tmp_path / release.id
    shutil.copytree(release.path, damaged)
    (tmp_path / "current").symlink_to(release.id)
    content = bytearray((damaged / "dumps" / "clustergraph.nq").read_bytes())
    content[100] ^= 1
    (damaged / "dumps" / "clustergraph.nq").write_bytes(content)
    with pytest.raises(ReleaseError, match=r"clustergraph\.nq has changed"):
        serve(Settings(project=tmp_path, releases=tmp_path), "127.0.0.1", free_port())
