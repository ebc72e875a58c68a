"""What a request to the endpoint wants: a query, and a format for each kind of answer."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from clustergraph.errors import NotAcceptableError
from clustergraph.formats import GRAPH_FORMATS, HTML, RESULTS_JSON, ROW_FORMATS, TURTLE, Format, by_name
from clustergraph.pool.messages import Kind
from clustergraph.web.negotiation import negotiate, offer

#: The last is for browsers, which name it; everything else gets what the engine writes.
OFFERED: Mapping[Kind, tuple[Format, ...]] = MappingProxyType(
    {"rows": (*ROW_FORMATS, HTML), "boolean": (*ROW_FORMATS, HTML), "graph": (*GRAPH_FORMATS, HTML)}
)
#: What a page is made from.
BEHIND_PAGE: Mapping[Kind, Format] = MappingProxyType(
    {"rows": RESULTS_JSON, "boolean": RESULTS_JSON, "graph": TURTLE}
)

Wanted = Mapping[Kind, Format | None]


@lru_cache(maxsize=256)
def wanted(name: str | None, accept: str | None) -> Wanted:
    """The format for each kind of answer, None where the client accepts none.

    :param name: a short name or a media type, as the parameter ``format`` gives it; it goes before Accept.
    :param accept: the Accept header.
    :raises NotAcceptableError: the client accepts no format for any kind of answer.
    """
    found = MappingProxyType({kind: _format(name, accept, offered) for kind, offered in OFFERED.items()})
    if not any(found.values()):
        raise NotAcceptableError(f"answers are on offer as {offer((*ROW_FORMATS, *GRAPH_FORMATS, HTML))}")
    return found


def written(formats: Wanted) -> Wanted:
    """What the engine is to write, where a page is made from its answer."""
    return {kind: BEHIND_PAGE[kind] if fmt is HTML else fmt for kind, fmt in formats.items()}


def _format(name: str | None, accept: str | None, offered: tuple[Format, ...]) -> Format | None:
    if name and "/" not in name:
        return by_name(name, offered)
    try:
        return negotiate(name or accept, offered)
    except NotAcceptableError:
        return None
