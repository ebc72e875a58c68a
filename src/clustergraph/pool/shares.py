"""Shares: what each client may use of the endpoint in a minute, in seconds of query time and in errors.

Both are kept as leaky buckets: what a client uses fills its bucket, which runs empty within a minute. With several
web processes each keeps its own.
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from clustergraph.errors import TooManyError

MINUTE = 60.0
#: Clients that are remembered; the one seen longest ago goes first.
CLIENTS = 10_000


@dataclass
class Bucket:
    """What a client has used of something and not yet had back.

    :ivar size: how much it may use in a minute.
    """

    size: float
    level: float = 0.0
    moment: float = field(default_factory=time.monotonic)

    def pour(self, amount: float) -> float:
        """Add what was used just now, and give the new level."""
        now = time.monotonic()
        self.level = max(0.0, self.level - (now - self.moment) * self.size / MINUTE) + amount
        self.moment = now
        return self.level

    def wait(self) -> int:
        """Seconds until there is room again; 0 where there is."""
        over = self.pour(0) - self.size
        return 0 if over < 0 else math.floor(over * MINUTE / self.size) + 1


@dataclass(frozen=True)
class Account:
    """The buckets of one client."""

    seconds: Bucket
    errors: Bucket


class Shares:
    """The accounts of the clients seen lately. Thread-safe.

    :param seconds: seconds of query time for each client and minute.
    :param errors: errors for each client and minute.
    """

    def __init__(self, seconds: float, errors: float) -> None:
        self._sizes = (seconds, errors)
        self._lock = threading.Lock()
        self._accounts: OrderedDict[str, Account] = OrderedDict()

    def admit(self, client: str) -> None:
        """Let a client ask.

        :raises TooManyError: it has used up its share.
        """
        with self._lock:
            account = self._account(client)
            for bucket, what in ((account.seconds, "seconds of query time"), (account.errors, "refused requests")):
                if wait := bucket.wait():
                    raise TooManyError(
                        f"you have used up the {bucket.size:g} {what} that each client has in a minute; "
                        f"go on in {wait} s",
                        wait,
                    )

    def spend(self, client: str, seconds: float = 0.0, errors: int = 0) -> None:
        """Book what a client has used."""
        with self._lock:
            account = self._account(client)
            account.seconds.pour(seconds)
            account.errors.pour(errors)

    @contextmanager
    def timed(self, client: str | None) -> Iterator[None]:
        """Book on a client the time that something takes; on nobody where it is None."""
        start = time.monotonic()
        try:
            yield
        finally:
            if client is not None:
                self.spend(client, seconds=time.monotonic() - start)

    def _account(self, client: str) -> Account:
        account = self._accounts.get(client)
        if account is None:
            account = self._accounts[client] = Account(*map(Bucket, self._sizes))
        self._accounts.move_to_end(client)
        while len(self._accounts) > CLIENTS:
            self._accounts.popitem(last=False)
        return account
