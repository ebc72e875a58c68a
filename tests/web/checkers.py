"""What pages and programs are checked with: the Nu HTML checker, axe-core and Microsoft's parser of Power Query.

`.ci/checkers` fetches them.
"""

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
POWER_QUERY = PACKAGES / "@microsoft/powerquery-parser/package.json"
needs_checkers = pytest.mark.skipif(
    not all(file.is_file() for file in (AXE, NU, POWER_QUERY)),
    reason=f"the checkers are not fetched; run .ci/checkers {sys.prefix}",
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


#: Reads a program from its standard input, and says what is wrong with it: an empty line where nothing is.
PARSE = """
const { DefaultSettings, TaskUtils } = require("@microsoft/powerquery-parser");
const text = require("node:fs").readFileSync(0, "utf-8");
TaskUtils.tryLexParse(DefaultSettings, text).then((task) => {
  console.log(TaskUtils.isParseStageOk(task) ? "" : task.error.message);
});
"""


def power_query_finding(program: str) -> str:
    """What Microsoft's own parser says of a program in Power Query's language; empty where nothing is wrong."""
    command = ["node", "--eval", PARSE]
    ran = subprocess.run(
        command, input=program, cwd=PACKAGES.parent, capture_output=True, text=True, timeout=60, check=True
    )
    return ran.stdout.strip()
