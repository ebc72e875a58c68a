from __future__ import annotations

from pathlib import Path

import pytest

from clustergraph.errors import InputError
from clustergraph.validation import checks
from clustergraph.validation.report import SEVERITIES

HEADER = "# checks: a\n# severity: warning\n# message: b\n# remedy: c\nSELECT ?focus { ?focus a ?class }"
FOLDER = Path(checks.__file__).parents[1] / "sparql" / "checks"


def test_every_query_of_the_folder_is_a_check() -> None:
    assert [check.name for check in checks.load_all()] == sorted(file.stem for file in FOLDER.iterdir())


@pytest.mark.parametrize("check", checks.load_all(), ids=lambda check: check.name)
def test_a_check_says_what_holds_what_is_wrong_and_what_to_do(check: checks.Check) -> None:
    assert check.severity in SEVERITIES
    assert check.about[0].islower()
    assert check.message.endswith(".")
    assert check.remedy.endswith(".")
    assert check.text.startswith("# checks: ")


@pytest.mark.parametrize("key", ["checks", "severity", "message", "remedy"])
def test_a_query_without_a_line_of_the_header_is_refused(key: str) -> None:
    text = "\n".join(line for line in HEADER.splitlines() if not line.startswith(f"# {key}:"))
    with pytest.raises(InputError, match=f"'# {key}: …'"):
        checks.read("some-rule", text)


def test_a_severity_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InputError, match="'fatal'"):
        checks.read("some-rule", HEADER.replace("warning", "fatal"))
