"""Messages between processes, however they come through their channel."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from clustergraph.pool import messages

HEAD = {"query": "ASK { ?s ?p 'ș' }", "dataset": None}


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def recorded(body: bytes) -> bytes:
    """A message as it travels."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        messages.send(ours, HEAD, body)
        return theirs.recv(100_000)


@pytest.mark.parametrize("size", [0, 1, messages.AT_ONCE, messages.AT_ONCE + 1, 5_000_000])
def test_a_message_arrives_as_it_was_sent(ends: tuple[socket.socket, socket.socket], size: int) -> None:
    body = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    sender = threading.Thread(target=messages.send, args=(ends[0], HEAD, body, 10.0))
    sender.start()
    assert messages.receive(ends[1], time.monotonic() + 10) == (HEAD, body)
    sender.join()


@pytest.mark.parametrize("until", [None, 10.0])
def test_a_message_that_comes_byte_by_byte_is_one_all_the_same(
    ends: tuple[socket.socket, socket.socket], until: float | None
) -> None:
    def trickle() -> None:
        for byte in recorded(b"body"):
            ends[0].send(bytes([byte]))
            time.sleep(0.0005)

    sender = threading.Thread(target=trickle)
    sender.start()
    assert messages.receive(ends[1], until and time.monotonic() + until) == (HEAD, b"body")
    sender.join()


def test_what_follows_a_message_is_left_where_nothing_is_to_be_read_ahead(
    ends: tuple[socket.socket, socket.socket],
) -> None:
    messages.send(ends[0], HEAD)
    ends[0].send(b"more")
    messages.receive(ends[1], ahead=messages.LENGTHS.size)
    assert ends[1].recv(10) == b"more"


@pytest.mark.parametrize("length", [0, 5, 40])
def test_a_message_that_is_not_whole_in_time_is_none(ends: tuple[socket.socket, socket.socket], length: int) -> None:
    ends[0].send(recorded(b"body")[:length]) if length else None
    with pytest.raises(TimeoutError):
        messages.receive(ends[1], time.monotonic() + 0.05)


def test_an_end_that_is_closed_is_told(ends: tuple[socket.socket, socket.socket]) -> None:
    ends[0].close()
    with pytest.raises(EOFError):
        messages.receive(ends[1], time.monotonic() + 1)
    with pytest.raises(EOFError):
        messages.send(ends[1], HEAD)


def test_who_takes_nothing_is_waited_for_no_longer_than_told(ends: tuple[socket.socket, socket.socket]) -> None:
    with pytest.raises(TimeoutError):
        messages.send(ends[0], HEAD, b"x" * 5_000_000, seconds=0.05)
