"""What every request passes first and last: it is counted, timed, and recorded."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from functools import partial
from types import TracebackType
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from clustergraph.settings import Settings
from clustergraph.web import endpoint, records
from clustergraph.web.clients import client
from clustergraph.web.meters import PARTS, Meters

#: First parts of paths -> the part of the service.
NAMED = {"": "home", **{part: part for part in PARTS}}
#: Status of an answer to a query -> how the query ended.
OUTCOMES = {
    200: "answered",
    304: "unchanged",
    422: "too_costly",
    429: "too_many",
    499: "gone",
    500: "failed",
    503: "unavailable",
}


class Noted(list[bytes]):
    """The content of an answer, which is noted when it has been sent: a client need not wait for that."""

    def __init__(self, content: list[bytes], note: Callable[[], None]) -> None:
        super().__init__(content)
        self.close = note


class Watch:
    """Counts, times and records the requests of an application.

    :param app: the application.
    :param meters: what to count in.
    :param settings: ``log_clients`` and ``log_queries`` say what records hold.
    """

    def __init__(self, app: WSGIApplication, meters: Meters, settings: Settings) -> None:
        self._app = app
        self._meters = meters
        self._settings = settings

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Have a request answered (PEP 3333)."""
        start = time.perf_counter()
        status = 500

        def started(line: str, headers: list[tuple[str, str]], error: Error = None) -> Any:
            nonlocal status
            status = int(line[:3])
            return start_response(line, headers, error)

        content = self._app(environ, started)
        note = partial(self._note, environ, status, time.perf_counter() - start)
        if isinstance(content, list):
            return Noted(content, note)
        note()
        return content

    def _note(self, environ: WSGIEnvironment, status: int, seconds: float) -> None:
        path = environ["PATH_INFO"]
        part = NAMED.get(path.split("/", 2)[1] if path.startswith("/") else path, "other")
        self._meters.add(f"requests:{part}:{status // 100}xx")
        self._meters.time(f"seconds:{part}", seconds)
        digest = environ.get(endpoint.DIGEST)
        if digest:
            self._meters.add(f"queries:{OUTCOMES.get(status, 'refused')}")
            self._meters.time("query_seconds", seconds)
        records.write(
            method=environ["REQUEST_METHOD"],
            route=path,
            status=status,
            ms=round(seconds * 1000, 2),
            query=digest,
            client=client(environ, self._settings.trusted_proxies) if self._settings.log_clients else None,
            text=environ.get(endpoint.QUERY) if self._settings.log_queries else None,
        )


Error = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None] | None
