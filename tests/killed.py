"""Run the command line and send it a signal when it is about to do something.

``killed.py SIGNAL EVENT TEXT NUMBER ARGUMENTS…``: before the NUMBER-th audit event EVENT whose details hold TEXT.
"""

from __future__ import annotations

import os
import signal
import sys
from itertools import count

from clustergraph.cli import main

name_of_signal, event, text, number, *arguments = sys.argv[1:]
seen = count(1)


def watch(name: str, details: tuple[object, ...]) -> None:
    if name == event and text in str(details) and next(seen) == int(number):
        os.kill(os.getpid(), signal.Signals[name_of_signal])


sys.addaudithook(watch)
main(arguments)
