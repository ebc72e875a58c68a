"""Opening a remote engine that holds a published release."""

from __future__ import annotations

from urllib.parse import urljoin

from clustergraph.errors import InputError, UnavailableError
from clustergraph.pool.answering import Answering
from clustergraph.releases import Release
from clustergraph.remote import published
from clustergraph.remote.connection import Connection
from clustergraph.remote.endpoint import Endpoint
from clustergraph.remote.forwarding import Forwarder
from clustergraph.remote.graph import RemoteGraph
from clustergraph.remote.published import Published
from clustergraph.remote.watching import Watch
from clustergraph.settings import Settings

#: What messages to people call the engine: its address is not theirs to know.
NAME = "the engine behind this service"

#: Engine, as its answers name it -> its Graph Store, relative to its endpoint.
GRAPH_STORES = {"Oxigraph": "store", "Virtuoso": "sparql-graph-crud-auth"}


def endpoint(settings: Settings, name: str = NAME) -> Endpoint:
    """The endpoint that the settings name.

    :param name: what messages call it.
    """
    return Endpoint(settings.endpoint, Connection(settings, name))


def graph_store(settings: Settings) -> str:
    """The address of the Graph Store of the endpoint: the one in the settings, or the engine's usual one.

    :raises InputError: none is given, and this engine is not known.
    """
    if settings.graph_store:
        return settings.graph_store
    reply = endpoint(settings, settings.endpoint).ask("ASK {}", [], settings.query_timeout, published.LIMIT)
    engine = reply.headers.get("Server", "without a name").partition("/")[0]
    if engine not in GRAPH_STORES:
        raise InputError(
            f"where an engine {engine} has its Graph Store is not known; name it with --graph-store or in "
            "CLUSTERGRAPH_GRAPH_STORE"
        )
    return urljoin(settings.endpoint, GRAPH_STORES[engine])


def published_release(settings: Settings, release: Release) -> Published:
    """What the endpoint holds, if that is the whole of a release.

    :raises UnavailableError: it holds another one, or a part of it, or does not answer.
    """
    found = published.read(endpoint(settings, settings.endpoint), settings.query_timeout)
    if found.release != release.id or not found.whole:
        holds = f"a part of release {found.release}" if not found.whole else f"release {found.release}"
        raise UnavailableError(
            f"{settings.endpoint} holds {holds if found.release else 'no release'}, and {release.id} is to be served;"
            f" run clustergraph publish --to {settings.endpoint} --release {release.id}"
        )
    return found


def open_forwarder(settings: Settings, release: Release, beside: Answering | None = None) -> Forwarder:
    """What sends strangers' queries on to the endpoint.

    :param beside: what answers at another release; see :class:`Forwarder`.
    :raises UnavailableError: as :func:`published_release`.
    """
    return Forwarder(endpoint(settings), _watch(settings, release), settings, beside)


def open_graph(settings: Settings, release: Release) -> RemoteGraph:
    """The graph of a release, as it is published in the endpoint.

    :raises UnavailableError: as :func:`published_release`.
    """
    return RemoteGraph(endpoint(settings), _watch(settings, release), settings.query_timeout, settings.query_bytes)


def _watch(settings: Settings, release: Release) -> Watch:
    return Watch(endpoint(settings), published_release(settings, release), settings.query_timeout)
