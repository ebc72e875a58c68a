"""The bare engine: a test of the suite evaluated in this process, with nothing of ours around it."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store

from w3c.answers import Answer, of_engine
from w3c.suite import Case, Suite


def evaluate(suite: Suite, case: Case) -> Answer:
    """The answer of a test's query on its data.

    :raises SyntaxError: the engine cannot parse the query.
    :raises RuntimeError: the engine lacks a function it calls.
    """
    store = Store()
    _load(store, suite, case.default, named=False)
    _load(store, suite, case.named, named=True)
    if not case.default and not case.named:  # the query names its data with FROM
        folder = case.query.rpartition("/")[0] + "/"
        _load(store, suite, (address for address in suite.graphs if address.startswith(folder)), named=True)
    return of_engine(store.query(case.text, base_iri=case.query))


def _load(store: Store, suite: Suite, addresses: Iterable[str], named: bool) -> None:
    for address in addresses:
        file = suite.file(address)
        graph = NamedNode(address) if named else DefaultGraph()
        fmt = RdfFormat.from_extension(file.suffix[1:])
        store.load(path=str(file), format=fmt, base_iri=address, to_graph=graph)
