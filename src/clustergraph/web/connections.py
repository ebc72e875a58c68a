"""Connections: the loop of a web process, in which a slow client holds nothing but its own connection.

Gunicorn's threads read requests and write answers themselves, so sixteen clients that do neither stop all others, and
its loop waits up to two seconds for a client to close. Here the loop receives a request before a thread has it, sends
what a thread has left to be sent, and waits for nobody. Whatever a client takes too long for ends its connection.
"""

from __future__ import annotations

import select
import selectors
import socket
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from clustergraph.web.clients import address, is_trusted, share
from clustergraph.web.protocol import MAX_BODY
from clustergraph.web.refusals import FOUND, TIMEOUT, TOO_LONG, TOO_MANY
from clustergraph.web.wire import Wire

#: Connections of one client at once; a proxy that is trusted may have more.
MOST_OF_ONE = 64
#: Bytes a second of an answer that a client must take.
SLOWEST = 16_384
#: Bytes of memory that answers may hold on their way to slow clients.
MOST_HELD = 256 * 2**20
#: Seconds a client is given to close its connection after its last answer.
LINGER = 2.0
#: Milliseconds a thread stays with a connection after an answer: a program that asks again at once is answered in
#: half the time where the loop need not hand it over, there and back.
STAY = 10
Step = Callable[["Connection"], None]


class Connection(TConn):  # type: ignore[misc]
    """A client's connection.

    :ivar owner: whose it is.
    :ivar deadline: the moment at which the loop ends what it is doing with it.
    :ivar step: what that is, a method of the loop.
    :ivar keep: whether another request may follow.
    :ivar moved: bytes sent since the deadline was set.
    """

    def __init__(self, cfg: Any, wire: Wire, client: Any, server: Any, owner: str) -> None:
        super().__init__(cfg, wire, client, server)
        self.sock: Wire
        self.data_ready = True  # a thread gets it when a request is there
        self.owner = owner
        self.deadline = 0.0
        self.step: Step | None = None
        self.keep = False
        self.moved = 0


class Loop(ThreadWorker):  # type: ignore[misc]
    """A web process of gunicorn whose threads never wait for a client.

    ``app.patience`` is how many seconds a client has to send a request, and to take each part of an answer;
    ``app.trusted_proxies`` are the addresses that may have any number of connections.
    """

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._open: dict[Connection, None] = {}
        self._owners: Counter[str] = Counter()
        self._at_work = 0

    # What gunicorn calls

    def init_process(self) -> None:
        """Prepare this process, which runs until it ends."""
        # Gunicorn looks each setting up in a table, twenty times a request; as attributes they are found at once.
        self.cfg.__dict__.update({name: setting.get() for name, setting in self.cfg.settings.items()})
        super().init_process()

    def accept(self, listener: socket.socket) -> None:
        """Accept a connection and wait for its first request."""
        try:
            accepted, peer = listener.accept()
        except OSError as error:
            self.log.debug("no connection accepted: %s", error)
            return
        found = address(peer[0])
        owner = share(found)
        if self._owners[owner] >= MOST_OF_ONE and not (found and is_trusted(found, self.app.trusted_proxies)):
            _turn_away(accepted)
            return
        self.nr_conns += 1
        self._owners[owner] += 1
        conn = Connection(self.cfg, Wire(accepted, MAX_BODY), peer, listener.getsockname(), owner)
        self._open[conn] = None
        self._await_request(conn)
        if self.nr_conns >= self.worker_connections:
            self._make_room()

    def enqueue_req(self, conn: Connection) -> None:
        """Hand a request to the threads."""
        self._at_work += 1
        super().enqueue_req(conn)

    def handle(self, conn: Connection) -> bool:
        """Answer a request, in a thread, and those that follow on its heels."""
        while kept := bool(super().handle(conn)):
            if not self._asks_again(conn):
                break
        return kept

    def handle_request(self, req: Any, conn: Connection) -> bool:
        """Answer a request, in a thread; after one that was not received wholly the connection ends."""
        if not conn.sock.whole:
            req.force_close()
        kept = bool(super().handle_request(req, conn))
        conn.sock.flush()
        return kept

    def handle_error(self, req: Any, client: Wire, addr: Any, exc: Exception) -> None:
        """Say what is wrong with a request that cannot be read; no record holds its words."""
        if refusal := FOUND.get(type(exc)):
            self.log.warning("refused a request that cannot be read: %s", type(exc).__name__)
            client.sendall(refusal)
        else:
            super().handle_error(req, client, addr, exc)

    def finish_request(self, conn: Connection, fs: Future[bool]) -> None:
        """Send what a thread has left to be sent."""
        self._at_work -= 1
        conn.keep = not fs.cancelled() and not fs.exception() and fs.result() and conn.sock.whole
        self._try(conn, self._deliver)

    def _asks_again(self, conn: Connection) -> bool:
        """Whether a connection has another whole request within a moment, and a thread can be spared for it."""
        wire = conn.sock
        if not self.alive or self._at_work >= self.cfg.threads or wire.has_unsent or not wire.whole:
            return False
        if not wire.has_received:
            coming = select.poll()
            coming.register(wire, select.POLLIN)
            if not coming.poll(STAY):
                return False
            wire.receive()
        return wire.is_ready()

    def murder_pending(self) -> None:
        """End what takes too long."""
        now = time.monotonic()
        for conn in [conn for conn in self._open if conn.step and conn.deadline <= now]:
            self._try(conn, self._expire)

    def _cap_keepalive(self, deadline: float) -> None:
        for conn in self._open:
            if conn.step == self._begin:
                conn.deadline = min(conn.deadline, deadline)

    # Steps: what is done when a client has sent something, or takes something

    def _begin(self, conn: Connection) -> None:
        """The first bytes of a request have come."""
        self._watch(conn, selectors.EVENT_READ, self._receive, self.app.patience)
        self._receive(conn)

    def _receive(self, conn: Connection) -> None:
        more = conn.sock.receive()
        ready = conn.sock.is_ready()
        if not more and not ready and conn.sock.has_received:
            conn.sock.give_up()
            ready = True
        if ready:
            self._unwatch(conn)
            self.enqueue_req(conn)
        elif conn.sock.is_too_long:
            self._refuse(conn, TOO_LONG)
        elif not more:
            self._drop(conn)

    def _send(self, conn: Connection) -> None:
        conn.moved += conn.sock.flush()
        if not conn.sock.has_unsent:
            self._deliver(conn)
        elif conn.moved >= SLOWEST * self.app.patience:
            self._watch(conn, selectors.EVENT_WRITE, self._send, self.app.patience)

    def _discard(self, conn: Connection) -> None:
        if not conn.sock.discard():
            self._drop(conn)

    # What comes next

    def _await_request(self, conn: Connection) -> None:
        self._watch(conn, selectors.EVENT_READ, self._begin, self.cfg.keepalive)
        if conn.sock.has_received:  # it came along with the one before
            self._begin(conn)

    def _deliver(self, conn: Connection) -> None:
        if conn.sock.has_unsent:
            self._watch(conn, selectors.EVENT_WRITE, self._send, self.app.patience)
            self._bound_memory()
        elif conn.keep:
            self._await_request(conn)
        else:
            self._linger(conn)

    def _linger(self, conn: Connection) -> None:
        """End our side, and wait for the client's, so that no answer is lost on its way (RFC 9112, section 9.6)."""
        conn.sock.end()
        self._watch(conn, selectors.EVENT_READ, self._discard, LINGER)

    def _expire(self, conn: Connection) -> None:
        if conn.step == self._receive:
            self.log.warning("closed a connection whose request was not whole within %g s", self.app.patience)
            self._refuse(conn, TIMEOUT)
            return
        if conn.step == self._send:
            self.log.warning("closed a connection that took less than %d bytes a second of its answer", SLOWEST)
        self._drop(conn)

    def _refuse(self, conn: Connection, answer: bytes) -> None:
        """Answer a request that no thread will see, and end the connection."""
        conn.sock.sendall(answer)
        conn.keep = False
        self._deliver(conn)

    def _bound_memory(self) -> None:
        """End connections of the client that has most left to take, where all together hold too much memory."""
        held: Counter[str] = Counter()
        sending = [conn for conn in self._open if conn.step == self._send]
        for conn in sending:
            held[conn.owner] += conn.sock.held
        if held.total() > MOST_HELD:
            greedy = held.most_common(1)[0][0]
            self.log.warning("closed a connection: answers on their way to slow clients hold too much memory")
            self._drop(next(conn for conn in sending if conn.owner == greedy))

    def _make_room(self) -> None:
        """End the connection that has waited longest for its client to send something."""
        idle = [conn for conn in self._open if conn.step and conn.step != self._send]
        if idle:
            self._drop(min(idle, key=lambda conn: conn.deadline))

    def _try(self, conn: Connection, step: Step, _: object = None) -> None:
        """Take a step; a connection that breaks over it is closed."""
        try:
            step(conn)
        except OSError as error:
            self.log.debug("connection lost: %s", error)
            self._drop(conn)

    def _watch(self, conn: Connection, event: int, step: Step, seconds: float) -> None:
        self._unwatch(conn)
        conn.step = step
        conn.deadline = time.monotonic() + seconds
        conn.moved = 0
        self.poller.register(conn.sock, event, partial(self._try, conn, step))

    def _unwatch(self, conn: Connection) -> None:
        if conn.step:
            conn.step = None
            self.poller.unregister(conn.sock)

    def _drop(self, conn: Connection) -> None:
        self._unwatch(conn)
        conn.sock.close()
        del self._open[conn]
        self.nr_conns -= 1
        self._owners[conn.owner] -= 1
        if not self._owners[conn.owner]:
            del self._owners[conn.owner]


def _turn_away(connection: socket.socket) -> None:
    with suppress(OSError), connection:
        connection.setblocking(False)
        connection.send(TOO_MANY)
