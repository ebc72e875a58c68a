"""CSV files and the description of them all, by which programs know types, keys, and what a cell says.

See Metadata Vocabulary for Tabular Data, W3C Recommendation of 17 December 2015.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from clustergraph import spreadsheets
from clustergraph.descriptions import LICENCE
from clustergraph.iris import expand
from clustergraph.tables.columns import KEY, Column
from clustergraph.tables.rows import Filled

#: A processor that has the address of a table looks for this name beside it (Model for Tabular Data, section 5.3).
DESCRIPTION = "csv-metadata.json"


def rows(filled: Filled) -> bytes:
    """A table as CSV."""
    return spreadsheets.write([column.name for column in filled.table.columns], filled.texts())


def description(found: Sequence[Filled]) -> bytes:
    """The group of all tables, as JSON-LD in the form that CSVW gives it."""
    group = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": "Clusters meet Regions as tables",
        "dc:license": {"@id": LICENCE.value},
        "dc:description": "A cell that would begin like a formula has an apostrophe before it.",
        "dialect": {"header": True, "encoding": "utf-8"},
        "tables": [_table(filled) for filled in found],
    }
    return (json.dumps(group, ensure_ascii=False, indent=1) + "\n").encode()


def _table(filled: Filled) -> dict[str, Any]:
    return {
        "url": f"{filled.table.name}.csv",
        "dc:description": filled.about,
        "tableSchema": {
            "columns": [_column(column, filled) for column in filled.table.columns],
            "primaryKey": KEY,
            "foreignKeys": _foreign_keys(filled),
            "aboutUrl": f"{{+{KEY}}}",
        },
    }


def _column(column: Column, filled: Filled) -> dict[str, Any]:
    separator = filled.separator(column)
    found: dict[str, Any] = {"name": column.name, "titles": column.name, "datatype": column.datatype}
    if separator:
        found["separator"] = separator
    if column.name == KEY:
        found["required"] = True
    if not column.says:
        # The identifier, and names of what other columns name: no statements of their own on the thing of the row.
        return {**found, "suppressOutput": True}
    return {**found, "propertyUrl": expand(column.says)}


def _foreign_keys(filled: Filled) -> list[dict[str, Any]]:
    """The columns whose cells name a row of another table; cells of several values cannot be keys."""
    return [
        {"columnReference": column.name, "reference": {"resource": f"{column.table}.csv", "columnReference": KEY}}
        for column in filled.table.columns
        if column.table and not filled.separator(column)
    ]
