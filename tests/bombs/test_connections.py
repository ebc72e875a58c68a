"""Clients that are slow, silent or gone hold nothing but their own connection, and that not for long."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from bombs.service import DEADLINE, HEAD, MARGIN, Service, others_are_answered

WHOLE = HEAD + b"Content-Length: 6\r\n\r\nASK {}"
ENDLESS = b"SELECT (COUNT(*) AS ?n%d) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
#: Some 10 MB of answer: more than the system holds on its way.
LONG = b"SELECT * { ?a ?b ?c BIND('%s' AS ?d) } LIMIT 20000" % (b"x" * 200)
#: Seconds after which the service closes a connection without a request, and one that goes on after its last word.
KEEP_ALIVE = 5
LINGER = 2
#: Connections of one attacker: more than there are threads.
MANY = 50


def posted(query: bytes, head: bytes = HEAD) -> bytes:
    return head + b"Content-Length: %d\r\n\r\n" % len(query) + query


def read(connection: socket.socket) -> bytes:
    """What comes until the service closes the connection."""
    received = b""
    while True:
        try:
            data = connection.recv(65_536)
        except ConnectionResetError:
            return received
        if not data:
            return received
        received += data


@contextmanager
def connections(service: Service, address: str, number: int = MANY) -> Iterator[list[socket.socket]]:
    with ExitStack() as stack:
        yield [stack.enter_context(service.client(address).connect()) for _ in range(number)]


@pytest.mark.parametrize(
    ("part", "status"),
    [
        (b"", b""),
        (b"POST /spar", b"408"),
        (HEAD, b"408"),
        (HEAD + b"Content-Length: 1000\r\n\r\nASK {}", b"408"),
    ],
)
def test_a_request_that_stays_unfinished_is_ended_while_others_are_answered(
    shared: Service, part: bytes, status: bytes
) -> None:
    start = time.monotonic()
    with connections(shared, "127.0.3.1") as many, others_are_answered(shared):
        for connection in many:
            connection.sendall(part)
        answers = [read(connection) for connection in many]
    assert {answer[9:12] for answer in answers} == {status}
    patience = DEADLINE if part else KEEP_ALIVE
    assert time.monotonic() - start < patience + MARGIN
    assert not part or shared.says("whose request was not whole within 2 s") >= MANY


def test_a_request_that_comes_byte_by_byte_is_ended_at_the_same_time(shared: Service) -> None:
    start = time.monotonic()
    with connections(shared, "127.0.3.2", 20) as many, others_are_answered(shared):
        try:
            for byte in HEAD + b"X: " + b"x" * 1000:
                for connection in many:
                    connection.send(bytes([byte]))
                time.sleep(0.1)
        except (BrokenPipeError, ConnectionResetError):
            pass
    assert time.monotonic() - start < DEADLINE + MARGIN + LINGER


def test_an_answer_that_nobody_takes_is_ended_while_others_are_answered(shared: Service) -> None:
    with ExitStack() as stack, others_are_answered(shared):
        many = [stack.enter_context(shared.client("127.0.3.3").connect(buffer=4096)) for _ in range(4)]
        for connection in many:
            connection.sendall(posted(LONG))
            assert connection.recv(12) == b"HTTP/1.1 200"
        start = time.monotonic()
        while shared.says("took less than") < len(many):
            assert time.monotonic() - start < DEADLINE + MARGIN
            time.sleep(0.1)
        answers = [read(connection) for connection in many]
    lengths = [int(answer.partition(b"Content-Length: ")[2].split()[0]) for answer in answers]
    assert all(len(answer) < length for answer, length in zip(answers, lengths, strict=True))  # cut, and it shows


def test_an_answer_that_is_taken_slowly_but_steadily_is_sent_whole(shared: Service) -> None:
    with shared.client("127.0.3.4").connect(buffer=65_536) as connection:
        connection.sendall(posted(LONG, HEAD + b"Connection: close\r\n"))
        received = bytearray()
        while data := connection.recv(65_536):
            received += data
            time.sleep(0.01)
    head, _, body = bytes(received).partition(b"\r\n\r\n")
    assert len(body) == int(head.partition(b"Content-Length: ")[2].split()[0]) > 8_000_000


def test_a_body_shorter_than_announced_is_refused(shared: Service) -> None:
    with others_are_answered(shared), shared.client("127.0.3.5").connect() as connection:
        connection.sendall(HEAD + b"Content-Length: 1000\r\n\r\nASK {}")
        connection.shutdown(socket.SHUT_WR)
        answer = read(connection)
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"ended after 6 of 1,000 bytes" in answer


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"411"),
        (HEAD + b"Content-Length: 2000000\r\n\r\n", b"413"),
        (HEAD + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", b"400"),
    ],
)
def test_a_body_too_long_or_of_unknown_length_is_refused_before_it_is_sent(
    shared: Service, head: bytes, status: bytes
) -> None:
    with others_are_answered(shared), shared.client("127.0.3.6").connect() as connection:
        connection.sendall(head)
        start = time.monotonic()
        try:
            while time.monotonic() < start + 10:
                connection.sendall(b"FFFF\r\n" + b"x" * 65_535 + b"\r\n")
        except (BrokenPipeError, ConnectionResetError):
            pass
        assert time.monotonic() - start < DEADLINE + MARGIN
    with shared.client("127.0.3.6").connect() as connection:
        connection.sendall(head)
        assert connection.recv(65_536)[9:12] == status


@pytest.mark.parametrize(
    ("request_line", "status", "words"),
    [
        ("GET /search?q=ș HTTP/1.1", b"400 Bad Request", "%C8%99 for ș"),
        ("GET /search?q=two words HTTP/1.1", b"400 Bad Request", "percent-encoded"),
        ("nothing", b"400 Bad Request", "cannot be read"),
        (f"GET /search?q={'x' * 9_000} HTTP/1.1", b"414 URI Too Long", "by POST"),
        ("GET / HTTP/1.1\r\nA header: x", b"400 Bad Request", "headers as RFC 9112 has them"),
    ],
)
def test_a_request_that_cannot_be_read_is_told_why_and_its_words_stand_in_no_record(
    shared: Service, request_line: str, status: bytes, words: str
) -> None:
    with shared.client("127.0.3.12").connect() as connection:
        connection.sendall(request_line.encode() + b"\r\nHost: x\r\n\r\n")
        head, _, body = read(connection).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 " + status)
    assert b"charset=utf-8" in head
    assert words in body.decode()
    assert shared.says("search?q=") == 0


def test_a_head_without_an_end_is_refused(shared: Service) -> None:
    with others_are_answered(shared), shared.client("127.0.3.7").connect() as connection:
        connection.sendall(HEAD + b"X: " + b"x" * 100_000)
        assert read(connection)[9:12] == b"431"


def test_clients_that_never_close_do_not_hold_up_the_loop(shared: Service) -> None:
    with connections(shared, "127.0.3.8") as many, others_are_answered(shared) as seconds:
        for connection in many:
            connection.sendall(WHOLE.replace(b"Host: x", b"Host: x\r\nConnection: close"))
        time.sleep(2)
    assert sorted(seconds)[len(seconds) // 2] < 0.5


def test_more_connections_than_one_client_may_have_are_refused(shared: Service) -> None:
    client = shared.client("127.0.3.9")
    with connections(shared, client.address, 64), others_are_answered(shared), client.connect() as one_more:
        assert read(one_more).startswith(b"HTTP/1.1 429 ")


def test_requests_sent_at_once_are_answered_one_by_one(shared: Service) -> None:
    with shared.client("127.0.3.10").connect() as connection:
        connection.sendall(WHOLE + WHOLE + posted(b"ASK { ?s ?p ?o }", HEAD + b"Connection: close\r\n"))
        assert read(connection).count(b'"boolean":true') == 3


def test_a_client_that_waits_to_be_told_is_told_to_continue(shared: Service) -> None:
    with shared.client("127.0.3.11").connect() as connection:
        connection.sendall(HEAD + b"Connection: close\r\nExpect: 100-continue\r\nContent-Length: 6\r\n\r\n")
        assert connection.recv(65_536) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(b"ASK {}")
        assert b'"boolean":true' in read(connection)


def test_a_client_that_goes_away_frees_its_worker(shared: Service) -> None:
    before = shared.says("ended its worker: its client is gone")
    with others_are_answered(shared):
        for number in range(10):  # one after the other they would take 20 s
            with shared.client("127.0.3.12").connect() as connection:
                connection.sendall(posted(ENDLESS % number))
                time.sleep(0.05)
        start = time.monotonic()
        while shared.says("ended its worker: its client is gone") == before:
            assert time.monotonic() - start < DEADLINE
            time.sleep(0.01)


def test_a_client_that_ends_its_side_alone_gets_its_answer(shared: Service) -> None:
    with shared.client("127.0.3.13").connect() as connection:
        connection.sendall(posted(b"SELECT * { ?a ?b ?c } LIMIT 1000", HEAD + b"Connection: close\r\n"))
        connection.shutdown(socket.SHUT_WR)
        assert read(connection).startswith(b"HTTP/1.1 200 ")
