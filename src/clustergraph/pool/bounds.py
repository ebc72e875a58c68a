"""Bounds of a query and of its answer. An answer over a bound is refused as a whole, never cut."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any

from clustergraph.errors import TooCostlyError
from clustergraph.formats import RESULTS_CSV, RESULTS_JSON, RESULTS_TSV, Format

ADVICE = "ask for less with LIMIT or a FILTER, count with COUNT, or take the whole graph from /dumps/"


@dataclass(frozen=True)
class Bounds:
    """What a query may take.

    :ivar memory: megabytes above what a fresh worker has.
    :ivar cpu: seconds of processor time.
    :ivar size: bytes of an answer.
    :ivar rows: rows or triples of an answer.
    """

    memory: int
    cpu: int
    size: int
    rows: int

    def check(self, size: int, rows: int) -> None:
        """Raise TooCostlyError where an answer is over a bound."""
        if size > self.size:
            raise TooCostlyError(f"the answer is longer than {self.size:,} bytes; {ADVICE}")
        if rows > self.rows:
            raise TooCostlyError(f"the answer has more than {self.rows:,} rows; {ADVICE}")


class BoundedBuffer(io.BytesIO):
    """A buffer that refuses to grow over the bound."""

    def __init__(self, bounds: Bounds) -> None:
        super().__init__()
        self._bounds = bounds

    def write(self, data: Any) -> int:
        """Append; raises TooCostlyError where that would exceed the bound."""
        self._bounds.check(self.tell() + len(data), 0)
        return super().write(data)


#: What stands between two rows, or ends each row, in what the engine writes.
MARKS = {RESULTS_JSON: b"},{", RESULTS_CSV: b"\n", RESULTS_TSV: b"\n"}
#: A string in JSON, and in CSV (where a quote within is doubled), which may hold the same.
STRINGS = {RESULTS_JSON: re.compile(rb'"(?>(?:[^"\\]|\\.)*)"'), RESULTS_CSV: re.compile(rb'"[^"]*+"')}


def rows_at_most(content: bytes, fmt: Format) -> int:
    """A number that the rows of an answer do not exceed: quick, and seldom more than they are."""
    return content.count(MARKS.get(fmt, b"<result>")) + 1


def rows(content: bytes, fmt: Format) -> int:
    """How many rows an answer of the engine has; its heading in CSV and TSV does not count."""
    strings = STRINGS.get(fmt)
    plain = strings.sub(b"", content) if strings else content
    ends = plain.count(MARKS.get(fmt, b"<result>"))
    if fmt is not RESULTS_JSON:
        return ends - (fmt in (RESULTS_CSV, RESULTS_TSV))
    return ends + (b"[{" in plain)
