"""Waiting for a worker's answer, for as long as somebody waits for it."""

from __future__ import annotations

import select
import socket
import time

from clustergraph.errors import ClientGoneError

#: Seconds a client that has closed its sending side alone may still wait: most who do that are gone altogether.
HALF_CLOSED = 1.0
#: What poll(2) says of a connection whose other end sends no more; a system without it tells of broken ones alone.
NO_MORE = getattr(select, "POLLRDHUP", 0)


def wait(channel: socket.socket, until: float, client: int | None = None) -> None:
    """Wait for an answer to begin.

    :param until: the moment of :func:`time.monotonic` to wait for.
    :param client: the descriptor of the connection to whoever waits, or None where that cannot be told.
    :raises ClientGoneError: the client has closed its connection.
    :raises TimeoutError: nothing came in time.
    """
    watched, deadline, half_closed = select.poll(), until, False
    watched.register(channel, select.POLLIN)
    if client is not None:
        watched.register(client, NO_MORE)
    while not half_closed or deadline > time.monotonic():
        ready = dict(watched.poll(max(deadline - time.monotonic(), 0) * 1000))
        if channel.fileno() in ready:
            return
        if client is None or not ready:
            break
        half_closed = ready[client] == NO_MORE
        if not half_closed:
            raise _gone()
        watched.unregister(client)
        deadline = min(until, time.monotonic() + HALF_CLOSED)
    raise _gone() if half_closed else TimeoutError


def _gone() -> ClientGoneError:
    return ClientGoneError("the client closed its connection before the answer")
