"""Documents that are no thing's: a page for people and a graph for programs at one address."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from flask import Response
from pyoxigraph import Triple

from clustergraph import writing
from clustergraph.formats import GRAPH_FORMATS, HTML, Format
from clustergraph.web import conditional
from clustergraph.web.site import site


def answer(ending: str, page: Callable[[], str], triples: Callable[[], Iterable[Triple]], also: str = "") -> Response:
    """The document in the format of an ending, or without one in what the client accepts.

    :param ending: a short name of :data:`clustergraph.formats.GRAPH_FORMATS`, ``html``, or empty.
    :param page: makes the page.
    :param triples: gives what the document says, for programs.
    :param also: what the document depends on besides the release being served.
    :raises NotFoundError: there is no such format here.
    :raises NotAcceptableError: the client accepts nothing on offer.
    """

    def body(fmt: Format) -> str | bytes:
        return page() if fmt is HTML else writing.write(triples(), fmt, site().context)

    return conditional.document(ending, GRAPH_FORMATS, body, also)
