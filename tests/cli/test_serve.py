from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from project import Project
from served import free_port, health, served

from clustergraph import releases
from clustergraph.releases import Release


def test_a_release_is_served_until_told_to_end(built: Project) -> None:
    port = free_port()
    command = [sys.executable, "-m", "clustergraph", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=built.environment(), stderr=subprocess.PIPE, text=True) as process:
        assert health(port)["release"] == releases.current(built.releases).id
        process.send_signal(signal.SIGTERM)
        assert process.stderr
        assert f"on http://127.0.0.1:{port}/\n" in process.stderr.read()
    assert process.returncode == 0


def test_a_running_service_follows_the_current_release_and_a_named_one_stays(
    two: tuple[Project, Release, Release],
) -> None:
    project, older, newer = two[0], two[1].id, two[2].id
    assert project.run("releases", "switch", older).returncode == 0
    with (
        served(folder=project.path, **project.environment()) as port,
        served("--release", older, folder=project.path, **project.environment()) as staying,
    ):
        assert health(port)["release"] == older
        assert project.run("releases", "switch", newer).returncode == 0
        until = time.monotonic() + 30
        while health(port)["release"] != newer:
            assert time.monotonic() < until, "the service does not go over"
            time.sleep(0.1)
        assert count(port, "?s ?p 'New Kiln, ș'") == count(staying, "?s ?p 'Old Kiln'") == 1
        assert health(staying)["release"] == older


def test_a_damaged_release_is_not_served(built: Project) -> None:
    file = max((built.releases / "current" / "store").iterdir(), key=lambda path: path.stat().st_size)
    whole = file.read_bytes()
    file.write_bytes(whole[:100] + bytes([whole[100] ^ 1]) + whole[101:])
    done = built.start("serve", "--port", str(free_port()))
    assert done.returncode == 4
    assert f"store/{file.name} has changed; switch to another release or build again" in done.stderr


def test_a_port_in_use_is_named(built: Project) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = built.start("serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert "is in use" in done.stderr


def test_without_a_release_there_is_nothing_to_serve(project: Project) -> None:
    done = project.run("serve")
    assert done.returncode == 2
    assert "make one with clustergraph build" in done.stderr


def count(port: int, pattern: str) -> int:
    """How often a pattern matches."""
    asked = urlencode({"query": f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}", "format": "csv"})
    with urlopen(f"http://127.0.0.1:{port}/sparql?{asked}", timeout=5) as answer:
        return int(answer.read().split()[1])


def test_files_of_any_content_are_served_with_a_default_graph_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<http://e/s> <http://e/p> 1, 2 .", encoding="utf-8")
    (tmp_path / "b.nq").write_text("<http://e/s> <http://e/p> <http://e/o> <http://e/g#1> .", encoding="utf-8")
    port, scratch = free_port(), tmp_path / "scratch"
    scratch.mkdir()
    files = ["--data", "a.ttl", "--data", "b.nq", "--graph", "http://e/?g=2=a.ttl"]
    command = [sys.executable, "-m", "clustergraph", "serve", "--port", str(port), *files]
    here = {**os.environ, "TMPDIR": str(scratch)}
    with subprocess.Popen(command, cwd=tmp_path, env=here, stderr=subprocess.PIPE, text=True) as process:
        assert (health(port)["triples"], health(port)["verified"]) == (5, False)
        assert count(port, "?s ?p ?o") == 2
        assert count(port, "GRAPH ?g { ?s ?p ?o }") == 3
        assert count(port, "GRAPH <http://e/?g=2> { ?s ?p ?o }") == 2
        with urlopen(f"http://127.0.0.1:{port}/sparql", timeout=5) as answer:
            described = answer.read().decode()
        assert "sd:UnionDefaultGraph" not in described
        assert "sparql#default> a sd:Graph ;\n\tvoid:triples 2 ." in described
        assert "sd:name <http://e/g#1>" in described
        process.send_signal(signal.SIGTERM)
        asked = time.monotonic()
        assert process.wait(timeout=30) == 0
        assert time.monotonic() - asked < 5
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--data", "a.ttl", "--host", "0.0.0.0"], "serve this machine alone, and 0.0.0.0 is not"),
        (["--graph", "a.ttl"], "is not IRI=FILE"),
        (["--data", "a.ttl", "--release", "0123456789abcdef"], "--release does not go with --data"),
        (["--data", "a.ttl"], "a.ttl: cannot be read: No such file"),
    ],
)
def test_files_that_cannot_be_served_are_refused(project: Project, arguments: list[str], reason: str) -> None:
    done = project.run("serve", "--port", str(free_port()), *arguments)
    assert (done.returncode, reason in done.stderr) == (2, True)
