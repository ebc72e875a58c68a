"""What the web process asks of whatever answers strangers' queries: processes here, or an engine elsewhere."""

from __future__ import annotations

from typing import Protocol

from clustergraph.pool.messages import Answer, QueryRequest
from clustergraph.pool.shares import Shares
from clustergraph.pool.turns import Turns


class Answering(Protocol):
    """Answers strangers' queries, each wholly or with a reason. Thread-safe.

    :ivar turns: which query runs and which waits.
    :ivar shares: what each client has used; who asks for a client has it admitted first.
    """

    turns: Turns
    shares: Shares

    @property
    def network_blocked(self) -> bool | None:
        """Whether the processes that answer can open no connection; None where they are not ours."""

    def answer(self, request: QueryRequest, client: str | None = None, connection: int | None = None, /) -> Answer:
        """The whole answer of a query.

        :param client: who asks, so that nobody has all workers; None for a caller that may.
        :param connection: the descriptor of the connection to the client.
        :raises ClustergraphError: why there is none.
        """

    def check(self) -> None:
        """See that there is something to answer.

        :raises UnavailableError: there is not, and why.
        """

    def close(self) -> None:
        """End what answers."""
