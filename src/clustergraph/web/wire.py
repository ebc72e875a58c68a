"""A wire: a client's connection as a thread of the server sees it.

What the thread reads is there already, and what it writes is left to be sent on: it never waits for a client. The
loop of the server receives and sends, as the client can. It is in the place of the socket that gunicorn knows.
"""

from __future__ import annotations

import os
import re
import socket
from collections import deque
from typing import IO

BLOCK = 65_536
#: Bytes in which the head of a request must end.
LONGEST_HEAD = 65_536
END_OF_HEAD = b"\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,18})[ \t]*\r\n", re.IGNORECASE)
CODED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
EXPECTS = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*\r\n", re.IGNORECASE)


class FilePart:
    """A part of a file that is still to be sent."""

    def __init__(self, file: IO[bytes], offset: int, count: int) -> None:
        self._descriptor = os.dup(file.fileno())  # the thread closes its own
        self._offset = offset
        self.left = count

    def send(self, connection: socket.socket) -> int:
        """Send what the connection takes, and say how many bytes that was."""
        sent = os.sendfile(connection.fileno(), self._descriptor, self._offset, self.left)
        if not sent:
            raise OSError("the file is shorter than it was")
        self._offset += sent
        self.left -= sent
        return sent

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._descriptor)


class BytesPart:
    """Bytes that are still to be sent."""

    def __init__(self, data: bytes) -> None:
        self._view = memoryview(data)

    def append(self, data: bytes) -> None:
        """Take more to be sent."""
        self._view = memoryview(bytes(self._view) + data)

    @property
    def left(self) -> int:
        """How many bytes there are still."""
        return len(self._view)

    def send(self, connection: socket.socket) -> int:
        """Send what the connection takes, and say how many bytes that was."""
        sent = connection.send(self._view)
        self._view = self._view[sent:]
        return sent

    def close(self) -> None:
        """Let go of the bytes."""
        self._view = memoryview(b"")


class Wire:
    """A connection that never waits.

    :param connection: the client's; it is set not to block.
    :param longest: bytes of a body that are received before a request is answered; a longer one is not received.
    :ivar whole: whether the request that is answered was received with its body, so that another one may follow.
    """

    def __init__(self, connection: socket.socket, longest: int) -> None:
        connection.setblocking(False)
        self._connection = connection
        self._longest = longest
        self._inbox = bytearray()
        self._outbox: deque[FilePart | BytesPart] = deque()
        self._searched = 0  # bytes in which the end of the head was looked for in vain
        self._extent = 0  # bytes of the request that a thread may read; 0 as long as its head is not there
        self.whole = False

    # The loop's side

    def receive(self) -> bool:
        """Take in what has come; False where the client sends no more."""
        try:
            data = self._connection.recv(BLOCK)
        except BlockingIOError:
            return True
        self._inbox += data
        return bool(data)

    @property
    def has_received(self) -> bool:
        """Whether something has come that nobody has read."""
        return bool(self._inbox)

    def is_ready(self) -> bool:
        """Whether a request is there, as far as it will be received, so that a thread can read it."""
        if not self._extent:
            self._measure()
        return 0 < self._extent <= len(self._inbox)

    @property
    def is_too_long(self) -> bool:
        """Whether the head of a request goes on and on."""
        return not self._extent and len(self._inbox) > LONGEST_HEAD

    def _measure(self) -> None:
        """Find out how long the request is (RFC 9112, section 6.3)."""
        end = self._inbox.find(END_OF_HEAD, max(0, self._searched - len(END_OF_HEAD)))
        self._searched = len(self._inbox)
        if end < 0:
            return
        head = bytes(self._inbox[: end + 2])
        length = LENGTH.search(head)
        body = int(length[1]) if length else 0
        self.whole = body <= self._longest and not CODED.search(head)
        self._extent = end + len(END_OF_HEAD) + (body if self.whole else 0)
        if self._extent > len(self._inbox) and EXPECTS.search(head):
            self.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
            self.flush()

    def give_up(self) -> None:
        """Have a thread read what there is of a request that will never be whole."""
        self.whole = False
        self._extent = len(self._inbox)

    def discard(self) -> bool:
        """Take in what has come and forget it; False where the client sends no more."""
        more = self.receive()
        self._inbox.clear()
        return more

    def flush(self) -> int:
        """Send what the client takes now, and say how many bytes that was."""
        total = 0
        while self._outbox:
            part = self._outbox[0]
            try:
                total += part.send(self._connection)
            except BlockingIOError:
                break
            if not part.left:
                self._outbox.popleft().close()
        return total

    @property
    def has_unsent(self) -> bool:
        """Whether something is still to be sent."""
        return bool(self._outbox)

    @property
    def held(self) -> int:
        """How many bytes of memory what is still to be sent takes."""
        return sum(part.left for part in self._outbox if isinstance(part, BytesPart))

    def end(self) -> None:
        """Say that nothing more will be sent."""
        self._connection.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        """Close the connection and forget what was to be sent."""
        while self._outbox:
            self._outbox.popleft().close()
        self._connection.close()

    # The thread's side: what gunicorn asks of a socket. One thread at a time has a connection, and while it has, the
    # loop does not touch it.

    def fileno(self) -> int:
        """The descriptor of the connection."""
        return self._connection.fileno()

    def recv(self, size: int) -> bytes:
        """What has come of the request; nothing at its end."""
        data = bytes(self._inbox[: min(size, self._extent)])
        del self._inbox[: len(data)]
        self._extent -= len(data)
        self._searched = 0
        return data

    def sendall(self, data: bytes) -> None:
        """Send what the client takes now, and leave the rest to the loop.

        The head of an answer waits for what follows: in one packet with it, it wakes the client once.
        """
        last = self._outbox[-1] if self._outbox else None
        if isinstance(last, BytesPart) and last.left + len(data) <= BLOCK:
            last.append(data)
        elif data:
            self._outbox.append(BytesPart(data))
        if not data.endswith(END_OF_HEAD):
            self.flush()

    send = sendall

    def sendfile(self, file: IO[bytes], offset: int, count: int) -> None:
        """Send a part of a file in the same way."""
        if count:
            self._outbox.append(FilePart(file, offset, count))
            self.flush()

    def setblocking(self, flag: bool) -> None:
        """Nothing: a wire never blocks."""

    def settimeout(self, value: float | None) -> None:
        """Nothing: a wire never waits."""

    def gettimeout(self) -> float:
        """As of a socket that does not block."""
        return 0.0

    def shutdown(self, how: int) -> None:
        """Nothing: the loop ends a connection when all is sent."""
