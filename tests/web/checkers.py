"""What pages are checked with: the Nu HTML checker and axe-core, as `.ci/checkers` fetches them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from serving import ROOT

PACKAGES = ROOT / "build/checkers/node_modules"
AXE = PACKAGES / "axe-core/axe.min.js"
NU = PACKAGES / "vnu-jar/build/dist/vnu.jar"
needs_checkers = pytest.mark.skipif(
    not (AXE.is_file() and NU.is_file()), reason=f"the checkers are not fetched; run .ci/checkers {sys.prefix}"
)


def markup_findings(pages: Iterable[Path]) -> Iterator[str]:
    """What the Nu HTML checker says of pages, style sheets and drawings, each with the file and the line."""
    # Its parsers call themselves for each element inside another: the stack has to be larger than usual.
    command = [
        "java",
        "-Xss4m",
        "-jar",
        str(NU),
        "--also-check-css",
        "--also-check-svg",
        "--format",
        "json",
        "--stdout",
    ]
    ran = subprocess.run([*command, *map(str, pages)], capture_output=True, text=True, timeout=300, check=False)
    for found in json.loads(ran.stdout)["messages"]:
        yield f"{Path(found['url']).name}:{found.get('lastLine')}: {found['message']} {found.get('extract', '')}"
