"""What validation found, ready for people: each finding with what it is about, where it stands and who says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from clustergraph import queries
from clustergraph.engine import Engine
from clustergraph.entities import values
from clustergraph.entities.panels import bound
from clustergraph.entities.values import Value
from clustergraph.iris import page_path, shorten
from clustergraph.validation import rdf
from clustergraph.validation.report import Finding, Report

#: Severity -> what the list of its findings is called, and what it asks of an editor.
HEADINGS = {
    "violation": ("Violations", "These break the model: a build with any of them is refused."),
    "warning": ("Warnings", "Something is missing or does not fit together: look at these first."),
    "info": ("Infos", "Worth a look when there is time; often nothing needs to be done."),
}


@dataclass(frozen=True)
class Item:
    """A finding, with its context.

    :ivar anchor: fragment by which it is found on the page of all findings.
    :ivar thing: what it is about.
    :ivar page: the thing on whose page that is shown: an edition for what is stated at it, else the thing itself.
    :ivar path: the property it is about, or None.
    :ivar value: the value at fault, or None.
    :ivar sources: the sources of the thing.
    """

    finding: Finding
    anchor: str
    thing: Value
    page: Value
    path: Value | None
    value: Value | None
    sources: list[Value]


@dataclass(frozen=True)
class Group:
    """Findings that share something: a rule, a page, a source."""

    of: Value
    items: list[Item]


def items(graph: Engine, report: Report) -> list[Item]:
    """Every finding of a report, in its order.

    :param graph: the graph that was validated; one query is asked for each thing and each property.
    """
    known: dict[str, _Known] = {}
    return [_item(graph, finding, known) for finding in report.findings]


def by_rule(found: Iterable[Item]) -> list[Group]:
    """The findings of each rule."""
    return _grouped(found, lambda item: [Value(item.finding.rule, f"/shapes#{item.finding.rule}")])


def by_page(found: Iterable[Item]) -> list[Group]:
    """The findings of each thing with a page, most first."""
    return _most_first(_grouped(found, lambda item: [item.page]))


def by_source(found: Iterable[Item]) -> list[Group]:
    """The findings on what each source states, most first."""
    return _most_first(_grouped(found, lambda item: item.sources))


def of_page(report: Report, path: str) -> list[Finding]:
    """The findings about what a page shows, in their order."""
    return [finding for finding in report.findings if (page_path(finding.focus) or "").partition("#")[0] == path]


def href(finding: Finding) -> str:
    """Where a finding stands on the page of all findings."""
    return f"/validation#{rdf.fragment(finding)}"


@dataclass(frozen=True)
class _Known:
    thing: Value
    page: Value
    sources: list[Value]


def _item(graph: Engine, finding: Finding, known: dict[str, _Known]) -> Item:
    about = _known(graph, finding.focus, known)
    return Item(
        finding=finding,
        anchor=rdf.fragment(finding),
        thing=about.thing,
        page=about.page,
        path=_property(graph, finding.path, known),
        value=values.of(rdf.term(finding.value)) if finding.value and not finding.value.startswith("_:") else None,
        sources=about.sources,
    )


def _property(graph: Engine, path: str, known: dict[str, _Known]) -> Value | None:
    if not path or "|" in path:
        return Value(" or ".join(map(shorten, path.split("|")))) if path else None
    found = _known(graph, path, known).thing
    return Value(found.text if found.lang else shorten(path), page_path(path) or "", found.lang)


def _known(graph: Engine, iri: str, known: dict[str, _Known]) -> _Known:
    if iri not in known:
        known[iri] = _ask(graph, iri)
    return known[iri]


def _ask(graph: Engine, iri: str) -> _Known:
    if iri.startswith("_:"):
        return _Known(Value(iri), Value(iri), [])
    node = NamedNode(iri)
    thing, edition, sources = values.of(node), None, []
    for row in graph.select(queries.load("validation/thing").text, {"entity": node}):
        if label := bound(row, "label") or bound(row, "about"):
            thing = values.of(node, label)
        elif stated_at := bound(row, "edition"):
            edition = values.of(stated_at, bound(row, "editionLabel"))
        elif source := bound(row, "source"):
            sources.append(values.of(source, bound(row, "sourceLabel")))
    return _Known(thing, edition or thing, sources)


def _grouped(found: Iterable[Item], key: Callable[[Item], list[Value]]) -> list[Group]:
    groups: dict[tuple[str, str], Group] = {}
    for item in found:
        for value in key(item):
            groups.setdefault((value.text, value.href), Group(value, [])).items.append(item)
    return list(groups.values())


def _most_first(groups: list[Group]) -> list[Group]:
    return sorted(groups, key=lambda group: (-len(group.items), group.of.text))
