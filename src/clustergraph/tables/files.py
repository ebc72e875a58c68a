"""The files of all tables: CSV and its description, Parquet, and the workbook."""

from __future__ import annotations

from clustergraph.store import Graph
from clustergraph.tables import csvw, parquet, workbook
from clustergraph.tables.columns import TABLES
from clustergraph.tables.rows import read

WORKBOOK = "clustergraph.xlsx"
FOLDER = "tables"


def write(graph: Graph, release: str) -> dict[str, bytes]:
    """Name below the dumps -> content of every file; equal graphs give equal bytes.

    :param release: the identifier of the release, which the workbook names.
    """
    found = [read(graph, table) for table in TABLES]
    return {
        **{f"{FOLDER}/{filled.table.name}.csv": csvw.rows(filled) for filled in found},
        **{f"{FOLDER}/{filled.table.name}.parquet": parquet.write(filled) for filled in found},
        f"{FOLDER}/{csvw.DESCRIPTION}": csvw.description(found),
        WORKBOOK: workbook.write(found, release),
    }
