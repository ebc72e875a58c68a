from __future__ import annotations

import socket
import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from clustergraph.errors import ClientGoneError
from clustergraph.pool import waiting
from clustergraph.pool.waiting import wait


@dataclass(frozen=True)
class Ends:
    """Both ends of a worker's channel, and of a client's connection."""

    channel: socket.socket
    worker: socket.socket
    connection: socket.socket
    client: socket.socket


@pytest.fixture
def ends() -> Iterator[Ends]:
    channel, worker = socket.socketpair()
    listener = socket.create_server(("127.0.0.1", 0))
    client = socket.create_connection(listener.getsockname())
    connection, _ = listener.accept()
    with channel, worker, listener, client, connection:
        yield Ends(channel, worker, connection, client)


def waited(ends: Ends, seconds: float) -> float:
    start = time.monotonic()
    wait(ends.channel, start + seconds, ends.connection.fileno())
    return time.monotonic() - start


def test_an_answer_ends_the_wait(ends: Ends) -> None:
    ends.worker.send(b"x")
    assert waited(ends, 5) < 1


def test_a_worker_that_ends_does_so_too(ends: Ends) -> None:
    ends.worker.close()
    assert waited(ends, 5) < 1


@pytest.mark.parametrize("seconds", [0.1, 0.0, -1.0])
def test_no_answer_in_time_is_a_deadline_passed(ends: Ends, seconds: float) -> None:
    with pytest.raises(TimeoutError):
        waited(ends, seconds)
    with pytest.raises(TimeoutError):
        wait(ends.channel, time.monotonic() + seconds, None)


def test_what_a_client_sends_meanwhile_changes_nothing(ends: Ends) -> None:
    ends.client.send(b"the next request")
    with pytest.raises(TimeoutError):
        waited(ends, 0.2)


def test_a_client_that_breaks_its_connection_is_gone_at_once(ends: Ends) -> None:
    ends.client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    ends.client.close()
    start = time.monotonic()
    with pytest.raises(ClientGoneError):
        waited(ends, 5)
    assert time.monotonic() - start < 0.5


def test_a_client_that_closes_is_gone_a_little_later_and_may_have_its_answer_till_then(
    ends: Ends, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "HALF_CLOSED", 0.2)
    ends.client.shutdown(socket.SHUT_WR)
    start = time.monotonic()
    with pytest.raises(ClientGoneError):
        waited(ends, 5)
    assert 0.15 < time.monotonic() - start < 1
    ends.worker.send(b"x")
    assert waited(ends, 5) < 1
