"""What can be searched for: things with a page, and every spelling by which each is found."""

from __future__ import annotations

from itertools import chain, pairwise

from pyoxigraph import Literal, NamedNode

from clustergraph import queries
from clustergraph.engine import Engine
from clustergraph.iris import kind_and_slug
from clustergraph.names import foldings, nfc
from clustergraph.search import HOWS, KINDS, Spelling, Thing


def things(graph: Engine) -> list[Thing]:
    """Everything that can be found, by IRI."""
    presence = {
        row["item"].value: int(row["editions"].value) for row in graph.select(queries.load("search/presence").text)
    }
    found: dict[str, Thing] = {}
    for row in graph.select(queries.load("search/things").text):
        item, label, detail = row["item"], row["label"], row["detail"]
        named = kind_and_slug(item.value) if isinstance(item, NamedNode) else None
        if named and named[0] in KINDS and item.value not in found:
            text = detail.value if isinstance(detail, Literal) else ""
            lang = (label.language or "").removeprefix("und")
            found[item.value] = Thing(item.value, named[0], label.value, lang, text, presence.get(item.value, 0))
    return list(found.values())


def spellings(graph: Engine) -> list[Spelling]:
    """Every spelling of everything, by IRI; of those that are found by the same words the nearest to its thing."""
    found: dict[tuple[str, str], Spelling] = {}
    rows = [(row["item"].value, row["how"].value, nfc(row["name"].value))
            for row in graph.select(queries.load("search/names").text)]  # fmt: skip
    for iri, how, text in sorted(rows, key=lambda row: (row[0], HOWS.index(row[1]), row[2])):
        if words := words_of(text):
            found.setdefault((iri, words), Spelling(iri, how, text.strip(" ,"), words))
    return list(found.values())


def words_of(text: str) -> str:
    """The words of a text in every way they may be typed, neighbours also in one: ``itvalley`` finds IT Valley."""
    ways = [way.split() for way in foldings(text)]
    in_one = [first + second for way in ways for first, second in pairwise(way)]
    return " ".join(dict.fromkeys([*chain.from_iterable(ways), *in_one]))
