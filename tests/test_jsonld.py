from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from clustergraph import jsonld
from clustergraph.errors import InputError
from clustergraph.iris import CG, PREFIXES, country, thing

CONTEXT = jsonld.Context(
    {
        "@version": 1.1,
        **PREFIXES,
        "Edition": "cg:Edition",
        "statedAt": {"@id": "cg:statedAt", "@type": "@id"},
        "statedNumber": {"@id": "cg:statedNumber", "@type": "xsd:integer"},
        "schema:startDate": {"@id": "schema:startDate", "@type": "xsd:date"},
        "dct:title": {"@id": "dct:title", "@container": "@language"},
        "dct:alternative": {"@id": "dct:alternative", "@container": ["@language", "@set"]},
        "writtenAs": {"@id": "cg:writtenAs", "@container": "@set"},
    }
)
AVEIRO = NamedNode(thing("edition", "2031-05-06-aveiro"))


def iri(name: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def typed(text: str, kind: str) -> Literal:
    return Literal(text, datatype=NamedNode(PREFIXES["xsd"] + kind))


def node(*facts: tuple[str, NamedNode | Literal]) -> dict[str, Any]:
    """The only node of the document; what is read back from it must be what went in."""
    triples = [Triple(AVEIRO, iri(name), value) for name, value in facts]
    content = jsonld.write(triples, CONTEXT)
    assert {quad.triple for quad in parse(content, format=RdfFormat.JSON_LD)} == set(triples)
    (found,) = json.loads(content)["@graph"]
    assert found.pop("@id") == "id:edition/2031-05-06-aveiro"
    return dict(found)


@pytest.mark.parametrize(
    ("name", "value", "key", "written"),
    [
        ("rdf:type", iri("cg:Edition"), "@type", ["Edition"]),
        ("rdf:type", iri("schema:Event"), "@type", ["schema:Event"]),
        # A property whose values are things.
        ("cg:statedAt", AVEIRO, "statedAt", "id:edition/2031-05-06-aveiro"),
        # A value that its definition does not expect is written out, not lost.
        ("cg:statedAt", Literal("Aveiro"), "statedAt", {"@value": "Aveiro"}),
        ("cg:statedNumber", Literal(24), "statedNumber", 24),
        ("cg:statedNumber", typed("024", "integer"), "statedNumber", "024"),
        ("cg:nutsLevel", Literal(2), "cg:nutsLevel", 2),
        ("cg:nutsLevel", typed("two", "integer"), "cg:nutsLevel", {"@type": "xsd:integer", "@value": "two"}),
        ("cg:nutsLevel", Literal(10**20), "cg:nutsLevel", {"@type": "xsd:integer", "@value": str(10**20)}),
        ("cg:euMember", Literal(True), "cg:euMember", True),
        ("cg:euMember", typed("1", "boolean"), "cg:euMember", {"@type": "xsd:boolean", "@value": "1"}),
        # A decimal would come back as a double if it were a JSON number.
        ("geo:lat", typed("46.77", "decimal"), "geo:lat", {"@type": "xsd:decimal", "@value": "46.77"}),
        ("schema:startDate", typed("2031-05-06", "date"), "schema:startDate", "2031-05-06"),
        ("schema:startDate", typed("2031", "gYear"), "schema:startDate", {"@type": "xsd:gYear", "@value": "2031"}),
        ("dct:title", Literal("Bem-vindo", language="pt"), "dct:title", {"pt": "Bem-vindo"}),
        ("dct:alternative", Literal("CMR", language="und"), "dct:alternative", {"und": ["CMR"]}),
        # A language map has no room for a text without a language.
        ("dct:title", Literal("Welcome"), PREFIXES["dct"] + "title", "Welcome"),
        ("dct:title", AVEIRO, PREFIXES["dct"] + "title", {"@id": "id:edition/2031-05-06-aveiro"}),
        ("cg:writtenAs", Literal("Ana"), "writtenAs", ["Ana"]),
        ("skos:note", Literal("text"), "skos:note", "text"),
        ("skos:note", Literal("text", language="en"), "skos:note", {"@language": "en", "@value": "text"}),
        ("skos:note", NamedNode(country("PRT")), "skos:note", {"@id": "country:PRT"}),
        ("skos:note", NamedNode("https://example.org/x"), "skos:note", {"@id": "https://example.org/x"}),
    ],
)  # fmt: skip
def test_a_value_is_written_as_its_property_asks_and_reads_back(
    name: str, value: NamedNode | Literal, key: str, written: Any
) -> None:
    found = node((name, value))
    assert found == {key: written if key != "@type" else written[0]}


def test_several_values_make_a_list() -> None:
    assert node(("skos:note", Literal("a")), ("skos:note", Literal("b"))) == {"skos:note": ["a", "b"]}
    found = node(("dct:title", Literal("a", language="en")), ("dct:title", Literal("b", language="en")))
    assert found == {"dct:title": {"en": ["a", "b"]}}


def test_a_document_needs_nothing_from_elsewhere() -> None:
    content = jsonld.write([Triple(AVEIRO, NamedNode(CG + "statedNumber"), Literal(1))], CONTEXT)
    assert json.loads(content)["@context"] == CONTEXT.definitions


def test_an_iri_that_reads_like_a_shortened_one_is_refused() -> None:
    with pytest.raises(InputError, match="begins like a prefix"):
        CONTEXT.short("geo:40.64,-8.65")


def test_a_blank_node_is_refused() -> None:
    with pytest.raises(InputError, match="IRIs and literals only"):
        jsonld.write([Triple(BlankNode("b"), iri("skos:note"), Literal("x"))], CONTEXT)


@pytest.mark.parametrize("content", [None, "no JSON", "{}", "[]"])
def test_a_file_that_is_no_context_is_named(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "context.jsonld"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"context\.jsonld: not a JSON-LD context"):
        jsonld.load_context(path)
