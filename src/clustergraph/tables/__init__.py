"""The graph as tables: CSV with a description that programs read (CSVW), and one workbook for spreadsheet programs.

A table is a query in ``sparql/tables/`` and its columns in :mod:`clustergraph.tables.columns`.
"""

from __future__ import annotations

from clustergraph.store import Graph
from clustergraph.tables import csvw, workbook
from clustergraph.tables.columns import TABLES
from clustergraph.tables.rows import read

WORKBOOK = "clustergraph.xlsx"
FOLDER = "tables"


def files(graph: Graph, release: str) -> dict[str, bytes]:
    """Name below the dumps -> content of every file; equal graphs give equal bytes.

    :param release: the identifier of the release, which the workbook names.
    """
    found = [read(graph, table) for table in TABLES]
    return {
        **{f"{FOLDER}/{filled.table.name}.csv": csvw.rows(filled) for filled in found},
        f"{FOLDER}/{csvw.DESCRIPTION}": csvw.description(found),
        WORKBOOK: workbook.write(found, release),
    }


__all__ = ["FOLDER", "TABLES", "WORKBOOK", "files"]
