"""The rows of a table: what its query finds, one row a thing, every value of a cell in a fixed order."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from clustergraph import queries
from clustergraph.store import Graph
from clustergraph.tables.columns import KEY, Column, Table

#: What may stand between the values of a cell; the first that none of them holds does.
SEPARATORS = (" | ", " ¦ ", " || ", "\n")

Cells = dict[str, list[str]]


@dataclass(frozen=True)
class Filled:
    """A table with its rows.

    :ivar about: what it holds, in a line.
    :ivar rows: values of each row by the name of the column; the values of a cell each once, sorted.
    """

    table: Table
    about: str
    rows: list[Cells]

    def separator(self, column: Column) -> str | None:
        """What stands between the values of the cells of a column; None where each has one value at most."""
        cells = [row[column.name] for row in self.rows if column.name in row]
        if not column.many and all(len(values) < 2 for values in cells):
            return None
        return next(
            (mark for mark in SEPARATORS[:-1] if not any(mark in value for values in cells for value in values)),
            SEPARATORS[-1],
        )

    def texts(self) -> list[list[str]]:
        """The rows with a text for each column."""
        marks = {column.name: self.separator(column) or "" for column in self.table.columns}
        return [[mark.join(row.get(name, ())) for name, mark in marks.items()] for row in self.rows]


def read(graph: Graph, table: Table) -> Filled:
    """The rows of a table, in the order of their IRIs."""
    query = queries.load(f"tables/{table.name}")
    rows: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    names = [column.name for column in table.columns]
    for solution in graph.select(query.text):
        row = rows[solution[KEY].value]
        for name in names:
            value = solution[name]
            if isinstance(value, NamedNode | Literal):
                row[name].add(value.value)
    return Filled(table, query.about, [_sorted(rows[iri]) for iri in sorted(rows)])


def _sorted(row: dict[str, set[str]]) -> Cells:
    return {name: sorted(values) for name, values in row.items()}
