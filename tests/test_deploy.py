"""What is given for running the service: a systemd unit, a container file, and that it needs no privileges."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from configparser import ConfigParser
from fnmatch import fnmatch
from pathlib import Path

import pytest
from served import free_port, health

DEPLOY = Path(__file__).parent.parent / "docs" / "deploy"
UNIT, CONTAINER = DEPLOY / "clustergraph.service", DEPLOY / "Containerfile"
NOBODY = 65_534


@pytest.fixture(scope="module")
def service() -> dict[str, str]:
    """The section of the unit that says how it runs; of a key that stands twice, the last."""
    parser = ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(UNIT, encoding="utf-8")
    return dict(parser["Service"])


@pytest.fixture(scope="module")
def instructions() -> list[str]:
    """The instructions of the container file, each on one line."""
    text = re.sub(r"\\\n\s*", "", CONTAINER.read_text(encoding="utf-8"))
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@pytest.mark.needs_command("systemd-analyze")
def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    # Its program is not where the unit says, here: any other one stands in.
    text = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", UNIT.read_text(encoding="utf-8"), flags=re.MULTILINE)
    copy = tmp_path / UNIT.name
    copy.write_text(text, encoding="utf-8")
    checked = subprocess.run(["systemd-analyze", "verify", str(copy)], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_the_unit_gives_the_service_no_privileges(service: dict[str, str]) -> None:
    for key in (
        "DynamicUser",
        "NoNewPrivileges",
        "ProtectHome",
        "PrivateTmp",
        "PrivateDevices",
        "RestrictNamespaces",
    ):
        assert service[key] == "yes"
    assert (service["ProtectSystem"], service["CapabilityBoundingSet"]) == ("strict", "")


def test_the_unit_leaves_the_filter_of_query_processes_possible(service: dict[str, str]) -> None:
    assert service["SystemCallFilter"] == "@system-service"  # it holds prctl, seccomp and setrlimit
    assert "MemoryDenyWriteExecute" not in service  # it would keep Python's ctypes from calling prctl
    assert service["OOMPolicy"] == "continue"  # a process that ends for lack of memory must not end the service


def test_the_unit_serves_this_machine_alone(service: dict[str, str]) -> None:
    assert "serve --host 127.0.0.1" in service["ExecStart"]


def test_the_container_runs_as_a_user_without_privileges(instructions: list[str]) -> None:
    user = next(line.split()[1] for line in reversed(instructions) if line.startswith("USER "))
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", user)
    last = max(number for number, line in enumerate(instructions) if line.startswith("FROM "))
    assert [line.split()[0] for line in instructions[last:] if line.startswith(("RUN", "ADD"))] == []


def test_the_container_is_made_from_images_of_a_named_version(instructions: list[str]) -> None:
    images = [line.split()[1] for line in instructions if line.startswith("FROM ")]
    assert len(images) == 2
    assert all(re.fullmatch(r"docker\.io/library/python:3\.\d+-slim-[a-z]+", image) for image in images)


def test_the_container_is_made_from_what_git_holds_and_takes_no_node_along(instructions: list[str]) -> None:
    def names(file: str) -> set[str]:
        lines = (DEPLOY.parent.parent / file).read_text(encoding="utf-8").splitlines()
        return {line.strip("/").removeprefix("**/") for line in lines if line and not line.startswith("#")}

    left_out = names(".dockerignore")
    missing = {name for name in names(".gitignore") if not any(fnmatch(name, pattern) for pattern in left_out)}
    assert missing == set()
    made = next(line for line in instructions if line.startswith("RUN "))
    assert ".ci/bundle /tmp/node" in made  # not into the environment that the second image takes over
    assert ".venv/bin/clustergraph build" in made


def test_the_container_says_its_port_and_how_to_see_that_it_is_well(instructions: list[str]) -> None:
    assert "EXPOSE 8000" in instructions
    assert any(line.startswith("HEALTHCHECK ") and "/health" in line for line in instructions)
    assert instructions[-2:] == ['ENTRYPOINT [".venv/bin/clustergraph"]', 'CMD ["serve", "--host", "0.0.0.0"]']


@pytest.mark.skipif(sys.platform != "linux", reason="users and capabilities as Linux has them")
def test_the_service_runs_without_privileges_and_its_queries_without_network(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = tmp_path_factory.mktemp("data") / "one.ttl"
    data.write_text("<https://example.org/a> <https://example.org/b> 1 .", encoding="utf-8")
    port = free_port()
    command = [sys.executable, "-m", "clustergraph", "serve", "--port", str(port), "--data", str(data)]
    with subprocess.Popen([*_unprivileged(), *command], cwd="/", env={**os.environ, "TMPDIR": "/tmp"}) as process:
        try:
            assert health(port)["query_network_blocked"] is True
            status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
        finally:
            process.terminate()
    user = re.search(r"^Uid:\s+(\d+)", status, re.MULTILINE)
    assert user is not None
    assert int(user[1]) == (os.getuid() or NOBODY)


def _unprivileged() -> list[str]:
    """What makes the service another user's, where the tests are root's: it may read all files then, and no more."""
    if os.getuid():
        return []
    setpriv = shutil.which("setpriv")
    assert setpriv is not None, "util-linux is not installed; apt-get install util-linux"
    reading = ["--inh-caps=-all,+dac_read_search", "--ambient-caps=-all,+dac_read_search"]
    bounded = ["--bounding-set=-all,+dac_read_search", "--no-new-privs", "--clear-groups"]
    return [setpriv, f"--reuid={NOBODY}", f"--regid={NOBODY}", *bounded, *reading]
