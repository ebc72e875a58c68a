"""Panels laid out as a table, or as tags: rows, grouped where the panel says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from clustergraph.engine import Solution
from clustergraph.entities.marks import Marks, Named
from clustergraph.entities.panels import MOST, Column, Gathered, Panel, anchor, gather
from clustergraph.entities.values import Value, between


class Row(NamedTuple):
    """A row of a table.

    :ivar anchor: fragment by which the row is found on this page, or empty.
    :ivar cells: the values of each column that is shown, in the order of the columns.
    :ivar marks: the sources of the row.
    """

    anchor: str
    cells: list[list[Value]]
    marks: Named


@dataclass(frozen=True)
class Group:
    """Rows under one heading.

    :ivar heading: what they share, or None where the table is not grouped.
    :ivar note: what stands beside the heading, or None.
    """

    heading: Value | None
    note: Value | None
    rows: list[Row]


@dataclass(frozen=True)
class Table:
    """What a table shows.

    :ivar columns: the columns in which at least one row has a value.
    :ivar count: how many rows there are, shown or not.
    :ivar sourced: whether any row names a source.
    """

    columns: list[Column]
    groups: list[Group]
    sourced: bool
    count: int

    @property
    def left(self) -> int:
        """How many rows are not shown."""
        return self.count - sum(len(group.rows) for group in self.groups)

    def headed(self, row: Row) -> list[tuple[Column, list[Value]]]:
        """The cells of a row, each with its column."""
        return list(zip(self.columns, row.cells, strict=True))


def table(panel: Panel, rows: list[Solution], marks: Marks) -> Table:
    """The table of a panel: its first rows where there are very many, without columns in which nothing stands."""
    variables = {column.variable: column.until for column in panel.columns}
    grouping = {variable: "" for variable in (panel.group, panel.group_note) if variable}
    gathered = gather(rows, panel.key, {**grouping, **variables})
    found = gathered[:MOST]
    columns = [column for column in panel.columns if any(column.variable in one.terms for one in found)]
    groups: dict[Value | None, Group] = {}
    for one in found:
        heading = one.first(panel.group)
        group = groups.setdefault(heading, Group(heading, one.first(panel.group_note), []))
        group.rows.append(_row(one, columns, marks, panel.home))
    sourced = any(row.marks for group in groups.values() for row in group.rows)
    return Table(columns, list(groups.values()), sourced, len(gathered))


def _row(one: Gathered, columns: list[Column], marks: Marks, home: bool) -> Row:
    return Row(
        anchor=anchor(one.key) if home else "",
        cells=[_cell(one, column) for column in columns],
        marks=marks.of(one.sources),
    )


def _cell(one: Gathered, column: Column) -> list[Value]:
    values, other = one.of(column.variable), one.first(column.other) if column.other else None
    return [between(value, other) for value in values] if other else values
