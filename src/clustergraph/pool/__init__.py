"""Killable processes that answer strangers' SPARQL queries.

The web process holds a :class:`Pool`. It starts the *nursery*, a small process that has the release open and one
thread; the nursery forks *workers*, each of which answers one query at a time over its own channel. A worker that
takes too long or too much dies, and only it.
"""

from clustergraph.pool.messages import Answer, QueryRequest
from clustergraph.pool.pool import Pool
from clustergraph.pool.standby import Standby

__all__ = ["Answer", "Pool", "QueryRequest", "Standby"]
