"""The workbook: all tables in one XLSX file, in which every text is a text, whatever it begins with."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from clustergraph.errors import TooLargeError
from clustergraph.iris import ROOT
from clustergraph.tables.columns import NUMBER, Column
from clustergraph.tables.rows import Filled

#: The time that the file says it was made at: always the same, so that equal graphs give equal bytes.
MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
#: What a cell and a sheet can hold (Excel specifications and limits).
LONGEST_CELL, MOST_ROWS = 32_767, 1_048_576
#: The first day that spreadsheet programs count as they should.
FIRST_DAY = "1900-03-01"
DAY = re.compile(r"\d{4}-\d\d-\d\d")
TEXT_IS_TEXT = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def write(found: Sequence[Filled], release: str) -> bytes:
    """A workbook with a sheet that says what it is, and one for each table.

    :param release: the identifier of the release.
    :raises TooLargeError: a table has more rows than a sheet.
    """
    content = io.BytesIO()
    with Workbook(content, TEXT_IS_TEXT) as book:
        book.set_properties({"title": "Clusters meet Regions", "created": MADE})
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        _cover(book.add_worksheet("about"), found, release, bold)
        for filled in found:
            _sheet(book.add_worksheet(filled.table.name), filled, bold, day)
    return content.getvalue()


def _cover(sheet: Worksheet, found: Sequence[Filled], release: str, bold: Format) -> None:
    lines = [
        ("Clusters meet Regions as tables", ""),
        ("Release", release),
        ("Where it comes from", f"{ROOT}dumps/{release}/"),
        ("Licence", "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"),
        ("Cells with several values", "hold them one after the other, with a bar between them"),
        ("", ""),
        *((filled.table.name, filled.about) for filled in found),
    ]
    for number, (name, text) in enumerate(lines):
        sheet.write_string(number, 0, name, bold)
        sheet.write_string(number, 1, text)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 100)


def _sheet(sheet: Worksheet, filled: Filled, bold: Format, day: Format) -> None:
    if len(filled.rows) >= MOST_ROWS:
        raise TooLargeError(f"the table {filled.table.name} has more rows than a sheet of a workbook; take the CSV")
    columns = filled.table.columns
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.name, bold)
        sheet.set_column(place, place, column.width)
    for number, row in enumerate(filled.texts(), start=1):
        for place, (column, text) in enumerate(zip(columns, row, strict=True)):
            _cell(sheet, (number, place), column, text, day)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(filled.rows), len(columns) - 1)


def _cell(sheet: Worksheet, place: tuple[int, int], column: Column, text: str, day: Format) -> None:
    """A number as a number and a day as a day, so that they can be counted with; everything else as a text."""
    if not text:
        return
    if column.datatype in ("integer", "decimal") and NUMBER.fullmatch(text):
        sheet.write_number(*place, float(text))
    elif column.datatype == "date" and DAY.fullmatch(text) and text >= FIRST_DAY:
        sheet.write_datetime(*place, datetime.combine(date.fromisoformat(text), time()), day)
    else:
        sheet.write_string(*place, text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…")
