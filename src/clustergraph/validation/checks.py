"""The rules that look at more than one thing: violation queries, run on the engine. A row is a failure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pyoxigraph import NamedNode

from clustergraph import queries
from clustergraph.engine import Solution
from clustergraph.errors import InputError
from clustergraph.store import Graph
from clustergraph.validation.report import SEVERITIES, Finding

#: One line of a query's header: ``# severity: warning``.
HEADER = re.compile(r"^# (checks|severity|message|remedy): (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Check:
    """One violation query and what its header says.

    :ivar name: the name of the file, without ending.
    :ivar about: what holds in good data.
    :ivar severity: one of :data:`~clustergraph.validation.report.SEVERITIES`.
    :ivar message: what is wrong where a row comes back.
    :ivar remedy: what to do about it.
    :ivar text: SPARQL that selects ``?focus`` and, where they help, ``?path`` and ``?value``.
    """

    name: str
    about: str
    severity: str
    message: str
    remedy: str
    text: str

    def try_on(self, graph: Graph) -> list[Finding]:
        """One finding a row."""
        return [self._finding(row) for row in graph.select(self.text)]

    def _finding(self, row: Solution) -> Finding:
        focus, path, value = (_bound(row, name) for name in ("focus", "path", "value"))
        return Finding(
            severity=self.severity,
            rule=self.name,
            focus=focus.value if isinstance(focus, NamedNode) else str(focus),
            path=path.value if isinstance(path, NamedNode) else "",
            value="" if value is None else str(value),
            message=self.message,
            remedy=self.remedy,
            component="SPARQLConstraintComponent",
        )


@cache
def load_all() -> tuple[Check, ...]:
    """The checks, by name.

    :raises InputError: a query has no proper header.
    """
    folder = files("clustergraph").joinpath("sparql", "checks")
    names = sorted(file.name.removesuffix(".rq") for file in folder.iterdir() if file.name.endswith(".rq"))
    return tuple(read(name, queries.load(f"checks/{name}").text) for name in names)


def read(name: str, text: str) -> Check:
    """A check from its query.

    :raises InputError: a line of the header is missing, or names no severity.
    """
    said = dict(HEADER.findall(text))
    missing = {"checks", "severity", "message", "remedy"} - set(said)
    if missing or said["severity"] not in SEVERITIES:
        wrong = f"has no line '# {min(missing)}: …'" if missing else f"has the severity {said['severity']!r}"
        raise InputError(f"sparql/checks/{name}.rq {wrong}; severities are {', '.join(SEVERITIES)}")
    return Check(name, said["checks"], said["severity"], said["message"], said["remedy"], text)


def _bound(row: Solution, name: str) -> object:
    try:
        return row[name]
    except KeyError:
        return None
