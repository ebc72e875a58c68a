"""What is worked out once, however many ask for it at the same time."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from threading import Lock
from typing import TypeVar

from clustergraph.engine import Engine

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


def once_of(graph: Engine, make: Callable[[], T]) -> Callable[[], T]:
    """The same of what is made of a graph: it is kept only where all of it was of one release.

    What was read while another one was being published would else be shown for as long as the service runs.
    """

    def settled() -> T:
        made = make()
        graph.settle()
        return made

    return once(settled)
