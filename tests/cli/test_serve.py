from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

from project import Project

from clustergraph import releases


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def health(port: int) -> dict[str, str]:
    """What the service says of itself, once it answers."""
    deadline = time.monotonic() + 30
    while True:
        try:
            with urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
                return dict(json.load(answer))
        except URLError:
            assert time.monotonic() < deadline, "the service does not answer"
            time.sleep(0.05)


def test_a_release_is_served_until_told_to_end(built: Project) -> None:
    port = free_port()
    command = [sys.executable, "-m", "clustergraph", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=built.environment(), stderr=subprocess.PIPE, text=True) as process:
        assert health(port)["release"] == releases.current(built.releases).id
        process.send_signal(signal.SIGTERM)
        assert process.stderr
        assert f"on http://127.0.0.1:{port}/\n" in process.stderr.read()
    assert process.returncode == 0


def test_a_damaged_release_is_not_served(built: Project) -> None:
    file = max((built.releases / "current" / "store").iterdir(), key=lambda path: path.stat().st_size)
    whole = file.read_bytes()
    file.write_bytes(whole[:100] + bytes([whole[100] ^ 1]) + whole[101:])
    done = built.run("serve", "--port", str(free_port()))
    assert done.returncode == 4
    assert f"store/{file.name} has changed; switch to another release or build again" in done.stderr


def test_a_port_in_use_is_named(built: Project) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = built.run("serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert "is in use" in done.stderr


def test_without_a_release_there_is_nothing_to_serve(project: Project) -> None:
    done = project.run("serve")
    assert done.returncode == 2
    assert "make one with clustergraph build" in done.stderr
