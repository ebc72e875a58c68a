"""The nursery: a small process with one thread and the release open, that forks workers and buries them.

Forking is safe and quick here as it is not in a web process with threads. Started as a module with its end of a
socket pair; it ends, and takes its workers along, when the other end closes.

Requests and replies are messages of :mod:`clustergraph.pool.messages`: ``{"do": "hire"}`` is answered with the
worker's id and, over the same socket, the other end of its channel; ``{"do": "end", "worker": id}`` with the signal
that ended it.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sys
from pathlib import Path
from typing import NoReturn

from clustergraph.errors import ReleaseError
from clustergraph.pool import messages, sandbox, worker
from clustergraph.pool.bounds import Bounds
from clustergraph.store import Graph, near, open_read_only


class Nursery:
    """Forks and ends workers as the web process asks.

    :param control: the channel to the web process.
    :param graph: the open release.
    :param bounds: what a query may take.
    """

    def __init__(self, control: socket.socket, graph: Graph, bounds: Bounds) -> None:
        self._control = control
        self._graph = graph
        self._bounds = bounds
        self._workers: set[int] = set()

    def serve(self) -> None:
        """Do what is asked until the other end closes; then end all workers."""
        with contextlib.suppress(EOFError):
            while True:
                request, _ = messages.receive(self._control)
                if request["do"] == "hire":
                    self._hire()
                else:
                    messages.send(self._control, {"signal": self._end(request["worker"])})
        for pid in tuple(self._workers):
            self._end(pid)

    def _hire(self) -> None:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            nursery = os.getpid()
            pid = os.fork()
            if pid == 0:
                self._control.close()
                theirs.close()
                self._work(ours, nursery)
            self._workers.add(pid)
            messages.send(self._control, {"worker": pid})
            socket.send_fds(self._control, [b"."], [theirs.fileno()])

    def _work(self, channel: socket.socket, nursery: int) -> NoReturn:
        """What a worker does from its fork to its end."""
        try:
            sandbox.die_with_parent()
            if os.getppid() == nursery:  # else it was gone before the kernel knew of the wish
                sandbox.forget_errors()
                sandbox.bound_memory(self._bounds.memory)
                worker.run(channel, self._graph, self._bounds)
        finally:
            os._exit(0)

    def _end(self, pid: int) -> int:
        """End a worker, unless it has ended already, and say by which signal it went (0: by itself)."""
        os.kill(pid, signal.SIGKILL)  # not yet waited for, so the id is still its own
        _, status = os.waitpid(pid, 0)
        self._workers.discard(pid)
        return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def main(descriptor: str, options: str) -> None:
    """Open a release and serve; the first message says whether the network is blocked, or what went wrong.

    :param options: in JSON: ``store``, the release's engine folder; ``union``, see :class:`clustergraph.store.Graph`;
        ``network``, whether workers may open connections; ``bounds``.
    """
    control, given = socket.socket(fileno=int(descriptor)), json.loads(options)
    blocked = not given["network"] and sandbox.block_network()
    sandbox.deepen_stack()
    try:
        graph = open_read_only(Path(given["store"]), given["union"])
    except ReleaseError as error:
        messages.send(control, {"error": error.message})
        return
    messages.send(control, {"network_blocked": blocked})
    # All workers share the copy by copy-on-write; that it is made takes a moment in which the web process goes on.
    graph = near(graph)
    Nursery(control, graph, Bounds(**given["bounds"])).serve()


if __name__ == "__main__":
    main(*sys.argv[1:])
