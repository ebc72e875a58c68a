"""Linking: which edition a sheet means by its "next" and "previous" event."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple

from clustergraph import iris, mentioned, queries, store
from clustergraph.dataset import Dataset
from clustergraph.engine import Solution
from clustergraph.iris import CG
from clustergraph.mentioned import Mention

TO_EVENT = NamedNode(CG + "toEvent")
#: Query files that find the edition an event relation means, in the order in which they are believed.
RULES = ("link/by-date", "link/by-announced-date", "link/by-city")


@dataclass(frozen=True)
class Unresolved:
    """An event relation that could not be tied to an event. Nothing of it is lost; it only has no target.

    :ivar relation: its IRI.
    :ivar reason: why.
    :ivar remedy: what would help.
    """

    relation: str
    reason: str
    remedy: str


def link(dataset: Dataset) -> list[Unresolved]:
    """Tie each event relation that means an edition to it, and describe the editions known only by mention.

    :param dataset: gains ``cg:toEvent`` on the relations, and a graph for each edition known only by mention.
    :returns: the relations that remain without a target.
    """
    graph = dataset.graph()
    known = {row["edition"] for row in graph.select(queries.load("link/editions").text)}
    mentions: dict[NamedNode, list[Mention]] = defaultdict(list)
    unresolved: list[Unresolved] = []
    for relation in graph.select(queries.load("link/open-relations").text):
        found = _editions_meant(graph, relation)
        said = None if found else _mention(graph, relation)
        if len(found) == 1:
            dataset.derive([_target(relation, found[0])])
        elif said and said.edition not in known:
            mentions[said.edition].append(said)
        else:
            unresolved.append(_unresolved(relation, found, said))
    for edition, all_said in mentions.items():
        dataset.derive(mentioned.describe(graph, all_said), iris.graph(f"edition/{all_said[0].slug}"))
        dataset.derive(_target(said.relation, edition) for said in all_said)
    return unresolved


def _editions_meant(graph: store.Graph, relation: Solution) -> list[NamedNode]:
    """The editions that the first rule with an answer finds; none for a relation that does not mean an edition."""
    for rule in RULES if _means_edition(relation) else ():
        rows = graph.select(queries.load(rule).text, {"relation": relation["relation"]})
        if rows:
            return [row["edition"] for row in rows]
    return []


def _means_edition(relation: Solution) -> bool:
    return bool(relation["edition_meant"].value == "true")


def _mention(graph: store.Graph, relation: Solution) -> Mention | None:
    return mentioned.mention(graph, relation) if _means_edition(relation) else None


def _target(relation: Solution, edition: NamedNode) -> Triple:
    return Triple(relation["relation"], TO_EVENT, edition)


def _unresolved(relation: Solution, found: list[NamedNode], said: Mention | None) -> Unresolved:
    iri = relation["relation"].value
    if found:
        names = ", ".join(edition.value for edition in found)
        return Unresolved(iri, f"The event may be any of {names}.", "State its first day.")
    if said:
        return Unresolved(
            iri, f"The event would be {said.edition.value}, which is elsewhere.", "Mend its country or day."
        )
    if _means_edition(relation):
        remedy = "State its first day, country and city, or decide the city in data/decisions/."
        return Unresolved(iri, "The event is an edition, but no edition fits.", remedy)
    remedy = "Describe the event in data/registry/events.ttl and name it with cg:toEvent."
    return Unresolved(iri, "The relation names no event.", remedy)
