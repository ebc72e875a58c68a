"""Statements written by the program itself: what a catalogue, a feed or a service says of the data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from clustergraph.iris import expand

Value = NamedNode | Literal
#: What a property has: a value, several, or None where there is nothing to say.
Values = Value | Iterable[Value] | None


def about(subject: str, types: str, values: Mapping[str, Values]) -> Iterator[Triple]:
    """The statements on one thing.

    :param subject: its IRI.
    :param types: its classes as prefixed names between blanks, ``"dcat:Dataset void:Dataset"``.
    :param values: property as a prefixed name -> what it has.
    """
    node = NamedNode(subject)
    for name in types.split():
        yield Triple(node, named("rdf:type"), named(name))
    for name, value in values.items():
        for each in _each(value):
            yield Triple(node, named(name), each)


def named(curie: str) -> NamedNode:
    """The term of a prefixed name: ``named("dcat:Dataset")``."""
    return NamedNode(expand(curie))


def english(text: str) -> Literal:
    """A text of ours, which is in English."""
    return Literal(text, language="en")


def typed(text: str, datatype: str) -> Literal:
    """A literal of a datatype of XML Schema: ``typed("2025-07-01", "date")``."""
    return Literal(text, datatype=named(f"xsd:{datatype}"))


def _each(values: Values) -> Iterable[Value]:
    if values is None:
        return ()
    return (values,) if isinstance(values, NamedNode | Literal) else values
