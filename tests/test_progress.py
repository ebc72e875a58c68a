from __future__ import annotations

import pytest

from clustergraph.progress import bar


def test_nothing_is_shown_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    with bar("building", ("read", "write")) as tell:
        tell("read")
        tell("a detail")
        tell("write")
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == ""
