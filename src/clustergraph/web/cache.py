"""A cache: values by key, bounded in bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Cache(Generic[Value]):
    """Keeps values while there is room; the one used longest ago goes first. Thread-safe.

    :param most: bytes of all values together; 0 keeps nothing.
    :param each: bytes of one value; a larger one is not kept.
    """

    def __init__(self, most: int, each: int) -> None:
        self._most = most
        self._each = each
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._bytes = 0

    @property
    def bytes(self) -> int:
        """Bytes of all values together."""
        return self._bytes

    def get(self, key: Hashable) -> Value | None:
        """The value of a key, or None."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, value: Value, size: int) -> None:
        """Keep a value, in place of the one the key has.

        :param size: its bytes, those of the key included.
        """
        if size > min(self._each, self._most):
            return
        with self._lock:
            self._bytes += size - self._kept.pop(key, (None, 0))[1]
            self._kept[key] = (value, size)
            while self._bytes > self._most:
                _, (_, least) = self._kept.popitem(last=False)
                self._bytes -= least
