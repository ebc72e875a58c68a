from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from clustergraph.web.wire import LONGEST_HEAD, Wire

GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\n"
#: Longest body that is received.
LONGEST = 100


@pytest.fixture
def ends() -> Iterator[tuple[Wire, socket.socket]]:
    ours, client = socket.socketpair()
    client.settimeout(5)
    wire = Wire(ours, LONGEST)
    with client:
        yield wire, client
        wire.close()


def test_a_request_is_ready_when_all_of_it_is_there(ends: tuple[Wire, socket.socket]) -> None:
    wire, client = ends
    for byte in POST + b"ASK {":
        client.send(bytes([byte]))
        assert wire.receive()
        assert not wire.is_ready()
    client.send(b"}")
    assert wire.receive()
    assert wire.is_ready()
    assert wire.whole
    assert wire.recv(1000) == POST + b"ASK {}"
    assert wire.recv(1000) == b""


def test_a_thread_reads_one_request_and_not_into_the_next(ends: tuple[Wire, socket.socket]) -> None:
    wire, client = ends
    client.sendall(POST + b"ASK {}" + GET + b"GET ")
    wire.receive()
    assert wire.is_ready()
    assert wire.recv(10) + wire.recv(1000) + wire.recv(1000) == POST + b"ASK {}"
    assert wire.is_ready()
    assert wire.recv(1000) == GET
    assert not wire.is_ready()
    assert wire.has_received


@pytest.mark.parametrize(
    "head",
    [
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"POST / HTTP/1.1\r\ncontent-length:101\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 6\r\ntransfer-encoding: gzip\r\n\r\n",
    ],
)
def test_a_body_that_is_too_long_or_has_no_length_is_not_received(
    ends: tuple[Wire, socket.socket], head: bytes
) -> None:
    wire, client = ends
    client.sendall(head + b"begin")
    wire.receive()
    assert wire.is_ready()
    assert not wire.whole
    assert wire.recv(1000) == head
    assert wire.recv(1000) == b""


def test_a_head_without_an_end_is_too_long(ends: tuple[Wire, socket.socket]) -> None:
    wire, client = ends
    for _ in range(LONGEST_HEAD // 1024 + 1):
        assert not wire.is_too_long
        client.sendall(b"x" * 1024)
        wire.receive()
    assert wire.is_too_long


def test_of_a_request_that_breaks_off_a_thread_reads_what_there_is(ends: tuple[Wire, socket.socket]) -> None:
    wire, client = ends
    client.sendall(POST + b"ASK")
    client.shutdown(socket.SHUT_WR)
    assert wire.receive()
    assert not wire.receive()
    wire.give_up()
    assert wire.recv(1000) == POST + b"ASK"
    assert not wire.whole


def test_a_client_that_waits_to_be_told_is_told_once(ends: tuple[Wire, socket.socket]) -> None:
    wire, client = ends
    client.sendall(POST.replace(b"Host: x", b"Expect: 100-Continue"))
    wire.receive()
    assert not wire.is_ready()
    assert not wire.is_ready()
    assert client.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
    client.sendall(b"ASK {}")
    wire.receive()
    assert wire.is_ready()
    client.setblocking(False)
    with pytest.raises(BlockingIOError):
        client.recv(1000)


def test_sending_never_waits_and_the_rest_follows_in_order(ends: tuple[Wire, socket.socket], tmp_path: Path) -> None:
    wire, client = ends
    path = tmp_path / "dump"
    path.write_bytes(os.urandom(2_000_000))
    with path.open("rb") as file:
        wire.sendall(b"head")
        wire.sendfile(file, 1_000, 1_500_000)
        wire.sendall(b"x" * 1_000_000)
    assert wire.has_unsent
    assert wire.held == 1_000_000  # a file takes no memory
    received = bytearray()
    while wire.has_unsent:
        received += client.recv(100_000)
        wire.flush()
    wire.end()
    while data := client.recv(100_000):
        received += data
    assert bytes(received) == b"head" + path.read_bytes()[1_000:1_501_000] + b"x" * 1_000_000


def test_nothing_stays_open_of_an_answer_that_is_given_up(tmp_path: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))
    ours, client = socket.socketpair()
    wire = Wire(ours, LONGEST)
    path = tmp_path / "dump"
    path.write_bytes(bytes(5_000_000))
    with path.open("rb") as file, client:
        wire.sendfile(file, 0, 5_000_000)
        wire.close()
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_file_that_has_become_shorter_breaks_the_connection(
    ends: tuple[Wire, socket.socket], tmp_path: Path
) -> None:
    wire, _ = ends
    path = tmp_path / "dump"
    path.write_bytes(b"short")
    with path.open("rb") as file, pytest.raises(OSError, match="shorter"):
        wire.sendfile(file, 0, 100)
