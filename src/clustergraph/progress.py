"""What a long task is doing, shown to a person who watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

#: Takes the name of what is done next, or of a detail of it.
Tell = Callable[[str], None]


@contextmanager
def bar(label: str, steps: tuple[str, ...]) -> Iterator[Tell]:
    """A bar on standard error that moves by one with each step; nothing where nobody watches.

    :param label: what the task is.
    :param steps: the names of its steps, in order; a word that is none of them is shown as a detail.
    """
    with click.progressbar(
        length=len(steps),
        label=label,
        item_show_func=lambda words: words or "",
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
    ) as shown:

        def tell(words: str) -> None:
            done = steps.index(words) if words in steps else shown.pos
            shown.update(done - shown.pos, current_item=words)

        yield tell
        shown.update(len(steps) - shown.pos, current_item="")


def silent(words: str) -> None:
    """Tell nobody."""
