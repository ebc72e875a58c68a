"""Parquet files: the tables with the types of their columns, for programs that count (Apache Parquet 2)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import accumulate

from arro3.core import Array, DataType, Table, list_array
from arro3.io import write_parquet

from clustergraph.tables.columns import NUMBER, Column
from clustergraph.tables.rows import Filled

#: Type of a column as CSVW has it -> as Parquet has it; all others are texts.
TYPES = {
    "boolean": DataType.bool(),
    "date": DataType.date32(),
    "decimal": DataType.float64(),
    "integer": DataType.int64(),
}
#: The one compression that every reader knows; a table has some hundred rows.
COMPRESSION = "snappy"


def write(filled: Filled) -> bytes:
    """A table as Parquet: an empty cell is null, one of several values a list; equal tables give equal bytes."""
    content = io.BytesIO()
    names = [column.name for column in filled.table.columns]
    found = Table.from_arrays([_column(column, filled) for column in filled.table.columns], names=names)
    write_parquet(found, content, compression=COMPRESSION, skip_arrow_metadata=True)
    return content.getvalue()


def _column(column: Column, filled: Filled) -> Array:
    cells = [row.get(column.name, []) for row in filled.rows]
    if not filled.separator(column):
        return _typed(column, [cell[0] if cell else None for cell in cells])
    ends = Array([0, *accumulate(map(len, cells))], type=DataType.int32())
    return list_array(ends, _typed(column, [value for cell in cells for value in cell]))


def _typed(column: Column, texts: Sequence[str | None]) -> Array:
    """Values in the type of their column; as the texts they are where one of them would be lost or rounded."""
    found = Array(texts, type=DataType.string())
    wanted = TYPES.get(column.datatype)
    if wanted is None or not all(NUMBER.fullmatch(text) for text in texts if text and column.datatype == "decimal"):
        return found
    typed = found.cast(wanted)
    return typed if typed.null_count == found.null_count else found
