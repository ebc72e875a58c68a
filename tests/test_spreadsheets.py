"""Tables for spreadsheets calculate nothing, and lose nothing."""

from __future__ import annotations

import csv

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from clustergraph import spreadsheets
from clustergraph.iris import PREFIXES, thing

ONE, OTHER = NamedNode(thing("person", "one")), NamedNode(thing("person", "other"))
LABEL, KNOWS = NamedNode(PREFIXES["rdfs"] + "label"), NamedNode(PREFIXES["foaf"] + "knows")


def read(table: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(table.decode().splitlines()))


@pytest.mark.parametrize("text", ["=1+1", "+31 6", "-cmd", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "-1-1"])
def test_what_a_spreadsheet_would_calculate_is_text(text: str) -> None:
    assert spreadsheets.neutral(text) == "'" + text


@pytest.mark.parametrize("text", ["-8.61", "+3", "-0", "350", "a=b", "", "https://example.org/?a=b"])
def test_numbers_and_plain_texts_stay_as_they_are(text: str) -> None:
    assert spreadsheets.neutral(text) == text


def test_table_has_headings_and_ends_its_lines_as_rfc_4180_asks() -> None:
    assert spreadsheets.write(("a", "b"), [("1", 'say "yes"'), ("=x", "two\nlines")]) == (
        b'a,b\r\n1,"say ""yes"""\r\n\'=x,"two\nlines"\r\n'
    )


def test_statement_names_what_it_is_about_and_what_it_leads_to() -> None:
    triples = [
        Triple(ONE, KNOWS, OTHER),
        Triple(ONE, LABEL, Literal("One", language="en")),
        Triple(OTHER, LABEL, Literal("=Other")),
    ]
    first, second, third = read(spreadsheets.statements(triples))
    assert (first["subject"], first["subject label"]) == (ONE.value, "One")
    assert (first["value"], first["value label"], first["datatype"]) == (OTHER.value, "'=Other", "")
    assert (second["value"], second["language"]) == ("One", "en")
    assert (third["value"], third["datatype"]) == ("'=Other", PREFIXES["xsd"] + "string")
