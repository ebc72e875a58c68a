"""Watching that an engine elsewhere still holds the release that is served: anybody may publish another one there."""

from __future__ import annotations

import threading
import time

from clustergraph.errors import UnavailableError
from clustergraph.remote import published
from clustergraph.remote.endpoint import Endpoint
from clustergraph.remote.published import Published

#: Seconds for which one look holds, where not each answer has to be sure.
EVERY = 1.0


class Watch:
    """Looks at what an engine notes on itself, when somebody asks. Thread-safe.

    Publishing changes the notes before anything else, so an answer is one of the release that is served if the engine
    still says that it holds this when the answer has come.

    :param endpoint: the engine.
    :param served: what it holds as long as all is well.
    :param seconds: that a look may take.
    :ivar served: the same.
    """

    def __init__(self, endpoint: Endpoint, served: Published, seconds: float) -> None:
        self.served = served
        self._endpoint = endpoint
        self._seconds = seconds
        self._lock = threading.Lock()
        self._looked = time.monotonic()
        self._trouble: UnavailableError | None = None

    def confirm(self, every: float = 0.0) -> None:
        """See that the engine holds what is served, or held it a moment ago.

        :param every: seconds for which an earlier look holds; 0: it must not have begun before this call.
        :raises UnavailableError: it holds something else, or does not say.
        """
        earliest = time.monotonic() - every
        with self._lock:
            if self._looked < earliest:
                self._looked = time.monotonic()
                self._trouble = self._look()
            if self._trouble:
                raise UnavailableError(self._trouble.message)

    def _look(self) -> UnavailableError | None:
        try:
            found = published.read(self._endpoint, self._seconds)
        except UnavailableError as error:
            return error
        if found == self.served:
            return None
        holds = (
            f"release {found.release}" if found.whole else f"a part of release {found.release or 'that is unknown'}"
        )
        return UnavailableError(
            f"the engine behind this service holds {holds} now, and release {self.served.release} is served here; "
            "the service goes on when that is whole there, or goes over to another one when it is whole there and "
            "releases/current names it"
        )
