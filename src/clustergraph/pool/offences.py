"""Offences: queries that ended the worker they ran in, remembered for a while so that they end no other."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

from clustergraph.errors import ClustergraphError, UnavailableError

#: Seconds a query is remembered.
MEMORY = 600
#: Most queries that are remembered; the oldest goes first.
SIZE = 1_000


@dataclass(frozen=True)
class Offence:
    """What a query did: the error it was answered with, and the moment of :func:`time.monotonic`."""

    error: ClustergraphError
    moment: float


class Offences:
    """The offences of the last minutes. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: OrderedDict[bytes, Offence] = OrderedDict()

    def remember(self, key: bytes, error: ClustergraphError) -> None:
        """Remember a query by a hash of it."""
        with self._lock:
            self._known[key] = Offence(error, time.monotonic())
            self._known.move_to_end(key)
            while len(self._known) > SIZE:
                self._known.popitem(last=False)

    def refuse(self, key: bytes) -> None:
        """Raise for a query that is remembered what it was answered with, and say when it may be tried again."""
        with self._lock:
            found = self._known.get(key)
            left = MEMORY - (time.monotonic() - found.moment) if found else 0
            if left <= 0:
                self._known.pop(key, None)
                return
        if found:
            raise _again(found.error, int(left) + 1)


def _again(error: ClustergraphError, left: int) -> ClustergraphError:
    minutes = -(-left // 60)
    message = f"{error.message}. This query was tried lately and is not tried again for {minutes} min"
    return UnavailableError(message, left) if isinstance(error, UnavailableError) else type(error)(message)
