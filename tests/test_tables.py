"""Tables: every thing in one row, cells that say what the graph says, for CSVW readers and for LibreOffice."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy
import pandas
import pytest
from csvw import TableGroup
from fastparquet import ParquetFile
from project import ROOT
from pyoxigraph import Literal as Text
from pyoxigraph import NamedNode, Quad

from clustergraph import deriving, linking, sources, store
from clustergraph.iris import PREFIXES, expand, graph, thing
from clustergraph.tables import files as tables
from clustergraph.tables import parquet
from clustergraph.tables.columns import TABLES, Table
from clustergraph.tables.rows import SEPARATORS, Filled

RELEASE = "0123456789abcdef"
DESCRIPTION = "tables/csv-metadata.json"
CLASSES = {
    "editions": ("cg:Edition",), "sessions": ("cg:Session",), "people": ("foaf:Person",),
    "organisations": ("org:Organization", "cg:Project"), "participations": ("cg:Participation",),
    "statistics": ("cg:Statistic",), "affiliations": ("cg:Affiliation",), "mentions": ("cg:Mention",),
    "documents": ("cg:Document",), "sources": ("cg:Source",), "regions": ("cg:Region",), "countries": ("cg:Country",),
}  # fmt: skip
HARMFUL = '=HYPERLINK("http://e.example","open")'
#: How LibreOffice is told that a table is in UTF-8, with commas.
UTF_8 = "--infilter=CSV:44,34,76,1"
#: All sheets, in UTF-8, with commas, every cell as it is shown.
ALL_SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


@pytest.fixture(scope="module")
def whole() -> store.Graph:
    """The graph of the real data, and a person whose name means harm to spreadsheet programs."""
    dataset = sources.read(ROOT)
    linking.link(dataset)
    deriving.derive(dataset)
    one, name = NamedNode(thing("person", "harmful")), graph("registry")
    facts = {
        "rdf:type": NamedNode(PREFIXES["foaf"] + "Person"),
        "foaf:name": Text(HARMFUL),
        "rdfs:label": Text(HARMFUL),
    }
    facts["skos:altLabel"] = Text("Борис Ωμέγα Łőrincz")
    more = [Quad(one, NamedNode(expand(curie)), value, NamedNode(name)) for curie, value in facts.items()]
    return store.in_memory([*dataset.graph().stream(), *more])


@pytest.fixture(scope="module")
def files(whole: store.Graph) -> dict[str, bytes]:
    return tables.write(whole, RELEASE)


@pytest.fixture(scope="module")
def folder(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    (folder / "tables").mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def rows(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"tables/{name}.csv"].decode(), newline="")))


@pytest.mark.parametrize("name", CLASSES)
def test_everything_of_a_class_has_one_row(whole: store.Graph, files: dict[str, bytes], name: str) -> None:
    classes = {NamedNode(expand(curie)) for curie in CLASSES[name]}
    type_of = NamedNode(PREFIXES["rdf"] + "type")
    things = {quad.subject.value for quad in whole.stream() if quad.predicate == type_of and quad.object in classes}  # type: ignore[union-attr]
    assert [row["iri"] for row in rows(files, name)] == sorted(things)


def test_the_row_of_an_edition_says_what_its_record_says(files: dict[str, bytes]) -> None:
    (row,) = [row for row in rows(files, "editions") if row["iri"].endswith("/2025-07-01-cluj-napoca")]
    assert row["city"] == "Cluj-Napoca"
    assert row["start_date"] == "2025-07-01"
    assert row["region"] == "http://data.europa.eu/nuts/code/RO11"
    assert row["country_name"] == "Romania"


def test_a_participation_is_of_a_person_or_of_an_organisation(files: dict[str, bytes]) -> None:
    assert all(bool(row["person"]) != bool(row["organisation"]) for row in rows(files, "participations"))


def test_a_cell_that_begins_like_a_formula_is_a_text(files: dict[str, bytes]) -> None:
    (row,) = [row for row in rows(files, "people") if row["iri"].endswith("/harmful")]
    assert row["name"] == "'" + HARMFUL
    with zipfile.ZipFile(io.BytesIO(files["clustergraph.xlsx"])) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/")]
        assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)
        assert HARMFUL.replace('"', "&quot;") in book.read("xl/sharedStrings.xml").decode().replace('"', "&quot;")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_reader_of_csvw_finds_types_keys_and_references_in_order(folder: Path) -> None:
    group = TableGroup.from_file(folder / DESCRIPTION)
    read = {table.url.string: list(table.iterdicts(strict=True)) for table in group.tables}
    assert read.keys() == {f"{table.name}.csv" for table in TABLES}
    for table in group.tables:
        assert table.check_primary_key()
    assert group.check_referential_integrity()


def test_a_cell_says_by_its_description_what_the_graph_says(whole: store.Graph, files: dict[str, bytes]) -> None:
    said = {(q.subject.value, q.predicate.value, getattr(q.object, "value", "")) for q in whole.stream()}  # type: ignore[union-attr]
    found = 0
    for table in json.loads(files[DESCRIPTION])["tables"]:
        columns = [column for column in table["tableSchema"]["columns"] if "propertyUrl" in column]
        for row in rows(files, table["url"].removesuffix(".csv")):
            for column in columns:
                for value in values(row, column):
                    found += 1
                    assert (row["iri"], column["propertyUrl"], value) in said
    assert found > 10_000


def values(row: dict[str, str], column: dict[str, Any]) -> list[str]:
    cell = row[column["name"]].removeprefix("'") if row[column["name"]].startswith("'=") else row[column["name"]]
    separator = column.get("separator")
    return [value for value in (cell.split(separator) if separator else [cell]) if value]


def test_values_that_hold_a_separator_are_parted_by_another_one() -> None:
    one, name = NamedNode(thing("person", "one")), NamedNode(graph("registry"))
    facts = [("rdf:type", NamedNode(PREFIXES["foaf"] + "Person"))]
    facts += [("skos:altLabel", Text(text)) for text in ("a | b", "c")]  # type: ignore[list-item]
    made = store.in_memory(Quad(one, NamedNode(expand(curie)), value, name) for curie, value in facts)
    found = tables.write(made, RELEASE)
    assert rows(found, "people")[0]["other_names"] == f"a | b{SEPARATORS[1]}c"
    assert f'"separator": "{SEPARATORS[1]}"' in found[DESCRIPTION].decode()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_parquet_read_by_another_library_holds_what_the_csv_does(files: dict[str, bytes], table: Table) -> None:
    content = ParquetFile(io.BytesIO(files[f"tables/{table.name}.parquet"]))
    described = {each["url"]: each["tableSchema"]["columns"] for each in json.loads(files[DESCRIPTION])["tables"]}
    found = content.to_pandas()
    assert list(found) == [column.name for column in table.columns]
    for column in described[f"{table.name}.csv"]:
        expected = [values(row, column) for row in rows(files, table.name)]
        assert [cell_values(cell) for cell in found[column["name"]]] == [
            [READ_AS.get(column["datatype"], str)(value) for value in cell] for cell in expected
        ]


#: Type in the description -> how its values are read from Parquet.
READ_AS: dict[str, Callable[[str], object]] = {
    "integer": int, "decimal": float, "boolean": "true".__eq__, "date": pandas.Timestamp,
}  # fmt: skip


def cell_values(cell: Any) -> list[Any]:
    return list(cell) if isinstance(cell, list | numpy.ndarray) else [] if pandas.isna(cell) else [cell]


def test_a_column_of_parquet_stays_text_where_a_value_does_not_fit_its_type() -> None:
    (table,) = [each for each in TABLES if each.name == "statistics"]
    long = "1234567890.1234567890"
    filled = Filled(table, "figures", [{"iri": ["https://one.example"], "value": [long], "least": ["2.5"]}])
    found = ParquetFile(io.BytesIO(parquet.write(filled))).to_pandas()
    assert (found["value"][0], found["least"][0]) == (long, 2.5)


def test_equal_graphs_give_equal_bytes(whole: store.Graph, files: dict[str, bytes]) -> None:
    assert tables.write(store.in_memory(reversed(list(whole.stream()))), RELEASE) == files


@pytest.mark.needs_command("libreoffice")
def test_libreoffice_opens_workbook_and_csv_with_every_name_intact(
    folder: Path, files: dict[str, bytes], tmp_path: Path
) -> None:
    shutil.copy(folder / "clustergraph.xlsx", tmp_path)
    opened = [tmp_path / "clustergraph.xlsx"]
    for name in ("people", "organisations", "editions"):
        opened += [tmp_path / f"table-{name}.csv"]
        opened[-1].write_bytes(files[f"tables/{name}.csv"])
    (tmp_path / "shown").mkdir()
    converted(tmp_path, *opened)
    for name in ("people", "organisations", "editions"):
        shown = (tmp_path / "shown" / f"clustergraph-{name}.csv").read_text(encoding="utf-8-sig")
        expected = [[cell.removeprefix("'") if cell.startswith("'=") else cell for cell in row.values()]
                    for row in rows(files, name)]  # fmt: skip
        assert list(csv.reader(io.StringIO(shown, newline="")))[1:] == expected
        (table,) = (tmp_path / "shown").glob(f"table-{name}*.csv")
        assert names(table.read_text(encoding="utf-8-sig")) == names(files[f"tables/{name}.csv"].decode())
    text = files["tables/organisations.csv"].decode() + files["tables/people.csv"].decode()
    assert set("șțłőřüБΩ") <= set(text)


def converted(folder: Path, *found: Path) -> None:
    """Files as LibreOffice shows them, as CSV in a folder; its profile stands there too."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    for file in found:
        read = [UTF_8] if file.suffix == ".csv" else []
        command = ["libreoffice", profile, "--headless", *read, "--convert-to", ALL_SHEETS]
        to = ["--outdir", str(folder / "shown"), str(file)]
        subprocess.run([*command, *to], check=True, capture_output=True, timeout=120)


def names(text: str) -> list[list[str]]:
    """The first two columns of a table: addresses and names; a program for sheets writes dates its own way."""
    return [row[:2] for row in csv.reader(io.StringIO(text, newline=""))]
