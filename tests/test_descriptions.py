"""Descriptions: what a thing's document holds, and what it does not."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad, Triple

from clustergraph import descriptions, iris, queries, store
from clustergraph.iris import CG, PREFIXES

A, B, FAR = (NamedNode(iris.thing("person", name)) for name in ("a", "b", "far"))
PART = NamedNode(iris.thing("mention", "e--a"))
TYPE, LABEL = NamedNode(PREFIXES["rdf"] + "type"), NamedNode(PREFIXES["rdfs"] + "label")
KNOWS, NOTE = NamedNode(PREFIXES["foaf"] + "knows"), NamedNode(PREFIXES["skos"] + "note")


def triples() -> Iterator[Triple]:
    """Two people who know each other, one further away, and a part of the first."""
    for one, name in ((A, "A"), (B, "B"), (FAR, "Far")):
        yield Triple(one, TYPE, NamedNode(PREFIXES["foaf"] + "Person"))
        yield Triple(one, LABEL, Literal(name))
        yield Triple(one, NOTE, Literal(f"a note on {name}"))
    yield Triple(A, KNOWS, B)
    yield Triple(FAR, KNOWS, B)
    yield Triple(PART, TYPE, NamedNode(CG + "Mention"))
    yield Triple(PART, NamedNode(CG + "mentions"), A)
    yield Triple(PART, NOTE, Literal("as printed"))


def described(entity: NamedNode, slug: str) -> set[Triple]:
    home = NamedNode(iris.graph("registry"))
    graph = store.in_memory(Quad(t.subject, t.predicate, t.object, home) for t in triples())
    return descriptions.describe(graph, entity, "person", slug)


def test_document_holds_the_thing_its_parts_and_the_labels_and_classes_of_its_neighbours() -> None:
    found = described(A, "a")
    for triple in triples():
        if triple.subject in (A, PART):
            assert triple in found
    assert Triple(B, LABEL, Literal("B")) in found
    assert Triple(B, NOTE, Literal("a note on B")) not in found
    assert Triple(FAR, LABEL, Literal("Far")) not in found


def test_document_holds_what_points_to_the_thing() -> None:
    found = described(B, "b")
    assert Triple(A, KNOWS, B) in found
    assert Triple(FAR, KNOWS, B) in found
    assert Triple(FAR, LABEL, Literal("Far")) in found


def test_document_describes_itself_under_an_address_that_no_host_changes() -> None:
    document = descriptions.document("person", "a")
    assert document.value == "https://w3id.org/clustergraph/data/person/a"
    assert Triple(document, NamedNode(PREFIXES["foaf"] + "primaryTopic"), A) in described(A, "a")


def test_of_very_many_neighbours_each_has_its_label_and_classes() -> None:
    home = NamedNode(iris.graph("registry"))
    others = [NamedNode(iris.thing("person", f"o{number}")) for number in range(2 * queries.AT_ONCE + 1)]
    facts = [fact for one in others for fact in (Triple(A, KNOWS, one), Triple(one, LABEL, Literal(one.value)))]
    graph = store.in_memory(Quad(t.subject, t.predicate, t.object, home) for t in facts)
    assert set(facts) <= descriptions.describe(graph, A, "person", "a")
