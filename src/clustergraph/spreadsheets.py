"""Tables for spreadsheets: CSV (RFC 4180) in which no cell is taken for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from pyoxigraph import Literal, NamedNode, Triple

from clustergraph.iris import PREFIXES

#: What spreadsheet programs take for the start of a formula or of a command, their wide forms included.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
#: The columns of a table of triples.
STATEMENT = ("subject", "subject label", "property", "value", "value label", "datatype", "language")


def neutral(text: str) -> str:
    """A text that a spreadsheet shows as it is: an apostrophe stands before what it would calculate.

    Numbers stay numbers, also below zero.
    """
    return f"'{text}" if text.startswith(FORMULA) and not NUMBER.fullmatch(text) else text


def write(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table as CSV, in UTF-8, with a line of headings and CRLF at the end of each line.

    :param columns: the headings.
    :param rows: a text for each column.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def statements(triples: Sequence[Triple]) -> bytes:
    """Triples as a table, one a line, with the labels that the triples themselves give to what they name."""
    label = NamedNode(PREFIXES["rdfs"] + "label")
    labels = {
        str(t.subject): t.object.value for t in triples if t.predicate == label and isinstance(t.object, Literal)
    }
    return write(STATEMENT, (_statement(triple, labels) for triple in triples))


def _statement(triple: Triple, labels: dict[str, str]) -> tuple[str, ...]:
    subject, value = triple.subject, triple.object
    start = (_text(subject), labels.get(str(subject), ""), triple.predicate.value)
    if isinstance(value, Literal):
        return *start, value.value, "", value.datatype.value, value.language or ""
    return *start, _text(value), labels.get(str(value), ""), "", ""


def _text(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)
