from __future__ import annotations

import os
import pty
import subprocess
import sys
from hashlib import sha256

from project import Project

from clustergraph import releases


def test_a_build_says_which_release_it_made(project: Project) -> None:
    done = project.start("build", "--times")
    assert done.returncode == 0
    current = releases.current(project.releases)
    assert done.stdout == f"release {current.id} holds {current.about.triples:,} triples and is now current\n"
    for words in ("validate", " s\n", "0 violation"):
        assert words in done.stderr


def test_the_same_build_again_says_so(built: Project) -> None:
    done = built.run("build")
    assert done.stdout == f"release {releases.current(built.releases).id} was there already and is now current\n"


def test_a_build_without_switching_says_so_by_saying_nothing(project: Project) -> None:
    done = project.run("build", "--no-switch")
    assert done.returncode == 0
    assert "current" not in done.stdout
    assert not (project.releases / "current").exists()


def test_a_violation_ends_with_1_and_the_report(built: Project) -> None:
    built.replace("data/editions/2031-05-06-aveiro.ttl", 'schema:endDate "2031-05-07"', 'schema:endDate "2031-05-05"')
    done = built.run("build")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("error: violation ")
    assert "Traceback" not in done.stderr


def test_who_watches_sees_a_bar(project: Project) -> None:
    screen, terminal = pty.openpty()
    command = [sys.executable, "-m", "clustergraph", "build"]
    done = subprocess.run(
        command, env=project.environment(TERM="xterm"), stderr=terminal, stdout=subprocess.PIPE, check=False
    )
    shown = os.read(screen, 65_536).decode()
    assert done.returncode == 0
    assert "building" in shown
    assert "100%" in shown
    os.close(screen)
    os.close(terminal)


def test_an_address_that_vanishes_is_warned_of_until_a_decision_says_so(built: Project) -> None:
    edition = built.path / "data/editions/2031-05-06-aveiro.ttl"
    head, _, rest = edition.read_text(encoding="utf-8").partition("session:2031-05-06-aveiro--visit\n")
    edition.write_text(head + rest.partition("\n.\n")[2], encoding="utf-8")
    before = releases.current(built.releases).id
    done = built.run("build")
    iri = "https://w3id.org/clustergraph/id/session/2031-05-06-aveiro--visit"
    warning = next(line for line in done.stderr.splitlines() if line.startswith("warning: "))
    assert iri in warning
    digest = sha256(iri.encode()).hexdigest()
    assert digest in warning
    built.run("releases", "switch", before)
    decision = f'cg:removedHash "{digest}" ; dct:date "2031-06-02"^^xsd:date ; dct:description "It was a slip."@en'
    built.write("data/decisions/removals.ttl", f"decision:removal-visit a cg:Removal ; {decision} .")
    done = built.run("build")
    assert done.returncode == 0
    assert "warning: " not in done.stderr
