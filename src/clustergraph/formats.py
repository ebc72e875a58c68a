"""The one table of formats: names, media types, extensions, and what each is good for."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import QueryResultsFormat, RdfFormat


@dataclass(frozen=True)
class Format:
    """One way to write an answer.

    :ivar name: short name, used in ``?format=`` and on the command line; also the file extension.
    :ivar label: what people call it.
    :ivar media_type: the registered media type, without parameters.
    :ivar aliases: other media types clients ask for it by.
    :ivar charset: whether the Content-Type says ``charset=utf-8`` (text types do, JSON and XML types do not).
    :ivar engine: the engine's own constant, where the engine can write it.
    :ivar file_type: its code in the EU's authority table of file types, for the catalogue.
    """

    name: str
    label: str
    media_type: str
    aliases: tuple[str, ...] = ()
    charset: bool = False
    engine: RdfFormat | QueryResultsFormat | None = None
    file_type: str = ""

    @property
    def content_type(self) -> str:
        """The value of the Content-Type header."""
        return self.media_type + ("; charset=utf-8" if self.charset else "")


TURTLE = Format("ttl", "Turtle", "text/turtle", ("application/x-turtle",), True, RdfFormat.TURTLE, "RDF_TURTLE")
JSON_LD = Format(
    "jsonld", "JSON-LD", "application/ld+json", ("application/json",), False, RdfFormat.JSON_LD, "JSON_LD"
)
#: The same, but that each thing holds what belongs to it, as by a frame (JSON-LD 1.1 Framing).
JSON_LD_FRAMED = Format(
    "framed.jsonld", "JSON-LD, framed", "application/ld+json", (), False, RdfFormat.JSON_LD, "JSON_LD"
)
N_TRIPLES = Format(
    "nt", "N-Triples", "application/n-triples", ("text/plain",), True, RdfFormat.N_TRIPLES, "RDF_N_TRIPLES"
)
RDF_XML = Format("rdf", "RDF/XML", "application/rdf+xml", ("application/xml",), False, RdfFormat.RDF_XML, "RDF_XML")
N_QUADS = Format("nq", "N-Quads", "application/n-quads", (), True, RdfFormat.N_QUADS, "RDF_N_QUADS")
TRIG = Format("trig", "TriG", "application/trig", (), True, RdfFormat.TRIG, "RDF_TRIG")
HTML = Format("html", "HTML", "text/html", ("application/xhtml+xml",), True)

RESULTS_JSON = Format(
    "json", "JSON", "application/sparql-results+json", ("application/json",), False, QueryResultsFormat.JSON
)
RESULTS_XML = Format(
    "xml", "XML", "application/sparql-results+xml", ("application/xml", "text/xml"), False, QueryResultsFormat.XML
)
RESULTS_CSV = Format("csv", "CSV", "text/csv", (), True, QueryResultsFormat.CSV)
RESULTS_TSV = Format("tsv", "TSV", "text/tab-separated-values", (), True, QueryResultsFormat.TSV)

CSV = Format("csv", "CSV", "text/csv", (), True, None, "CSV")
JSON = Format("json", "JSON", "application/json", (), False, None, "JSON")
XLSX = Format(
    "xlsx",
    "Excel workbook",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    file_type="XLSX",
)
PARQUET = Format("parquet", "Parquet", "application/vnd.apache.parquet", file_type="PARQUET")
CSVW = Format("json", "CSVW description", "application/csvm+json", file_type="JSON")
BIBTEX = Format("bib", "BibTeX", "application/x-bibtex", (), True)
RDF_PATCH = Format("rdfp", "RDF Patch", "application/rdf-patch", (), True)

ATOM = Format("atom", "Atom", "application/atom+xml", (), True)
JSON_FEED = Format("json", "JSON Feed", "application/feed+json")
ICALENDAR = Format("ics", "iCalendar", "text/calendar", (), True)

#: What an entity or a CONSTRUCT answer is offered in, in order of preference.
GRAPH_FORMATS = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML)
#: What the data of one thing are offered in: its graph, and the same statements as a table.
DOCUMENT_FORMATS = (*GRAPH_FORMATS, CSV)
#: What a SELECT or ASK answer is offered in.
ROW_FORMATS = (RESULTS_JSON, RESULTS_XML, RESULTS_CSV, RESULTS_TSV)
#: What the dumps are written in.
DUMP_FORMATS = (TURTLE, JSON_LD, JSON_LD_FRAMED, N_QUADS, TRIG, N_TRIPLES, RDF_XML)
#: What a file of a release may be in.
FILE_FORMATS = (*DUMP_FORMATS, CSV, PARQUET, XLSX)


def by_name(name: str, offered: tuple[Format, ...]) -> Format | None:
    """The offered format of a short name (``"ttl"``), or None."""
    return next((fmt for fmt in offered if fmt.name == name), None)
