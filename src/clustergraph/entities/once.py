"""What is worked out once, however many ask for it at the same time."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from threading import Lock
from typing import TypeVar

T = TypeVar("T")


def once(make: Callable[[], T]) -> Callable[[], T]:
    """What makes a thing when it is first asked for, and gives that thing to everybody after.

    Who asks while it is being made waits for it. Where making it fails, the next one tries again.
    """
    lock, made = Lock(), cache(make)

    def get() -> T:
        with lock:
            return made()

    return get
