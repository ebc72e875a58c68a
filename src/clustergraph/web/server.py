"""The production server: gunicorn, started from code, with the application made in each web process."""

from __future__ import annotations

import errno
import gc
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from wsgiref.types import WSGIApplication

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from clustergraph import rdffiles, releases
from clustergraph.errors import InputError
from clustergraph.pool import Pool
from clustergraph.pool.answering import Answering
from clustergraph.pool.turns import QUEUE_LENGTH
from clustergraph.rdffiles import RdfFile
from clustergraph.releases import Release
from clustergraph.remote import opening
from clustergraph.settings import Settings
from clustergraph.web import site
from clustergraph.web.app import create_app, create_endpoint
from clustergraph.web.connections import Loop
from clustergraph.web.meters import Meters
from clustergraph.web.records import LOGGING
from clustergraph.web.refusals import LONGEST_LINE

#: Requests one web process answers at a time, besides those that wait for a query: none waits behind a stranger's.
THREADS = 16
#: Connections of one web process; each takes a file descriptor or two, of which a process often has 1,024.
CONNECTIONS = 400
#: Seconds that requests under way may still take when the service is told to end.
GRACE = 10
#: Objects after which the collector seeks those that refer to themselves: a page makes very many others.
YOUNG = 20_000
#: Seconds for which a thread has the interpreter while another waits for it. Python's own 5 ms would keep the threads
#: of the engine from going on to the next query of a page while this one is laid out.
TURN = 0.001


class Log(Logger):  # type: ignore[misc]
    """Gunicorn's log without its lines on requests, each of which has a record of ours."""

    def access(self, *_: Any) -> None:
        """Nothing, and at once."""


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn with its options given by us and nothing read from files or the command line.

    :param make: makes the application; called in each web process, before it starts a thread.
    :ivar patience: seconds a client has to send a request, and to take each part of an answer; the loop asks for it.
    :ivar trusted_proxies: addresses that may have any number of connections.
    """

    def __init__(self, make: Callable[[Meters], Flask], options: dict[str, Any], settings: Settings) -> None:
        self._make = make
        self._meters = Meters(settings.web_processes)
        self._options = {**options, "pre_fork": _give_row, "post_fork": self._take_row}
        self.patience = min(max(settings.query_timeout, 1.0), 30.0)
        self.trusted_proxies = settings.trusted_proxies
        super().__init__()

    def load_config(self) -> None:
        """Take over the options."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> WSGIApplication:
        """What answers in this web process; nothing here holds on to the release it starts with."""
        answering = self._make(self._meters).wsgi_app
        gc.freeze()  # what is there from the start is there to stay, and need not be looked through again and again
        gc.set_threshold(YOUNG)
        sys.setswitchinterval(TURN)
        return answering

    def _take_row(self, _: Any, worker: Any) -> None:
        self._meters.take(worker.row)


def _give_row(arbiter: Any, worker: Any) -> None:
    """Give a web process that is about to be forked a row of the meters that no other has."""
    taken = {other.row for other in arbiter.WORKERS.values()}
    worker.row = next(row for row in count() if row not in taken)


def serve(settings: Settings, host: str, port: int, name: str = releases.CURRENT) -> None:
    """Serve a release until told to end (SIGTERM, SIGINT); with ``"current"``, whichever that is at the time.

    :param host: name or address to listen on.
    :param port: from 1 to 65535.
    :param name: the release, 16 hex digits or ``"current"``.
    :raises NotFoundError: there is no such release.
    :raises ReleaseError: it is damaged.
    :raises UnavailableError: the remote engine that is to answer does not hold it.
    :raises InputError: the address is taken, or is none of this machine.
    """
    _check_free(host, port)
    release = releases.get(settings.releases, name)
    releases.verify(release)
    if settings.endpoint:
        opening.published_release(settings, release)
    Server(partial(_application, settings, name), _options(settings, host, port), settings).run()


def serve_files(settings: Settings, host: str, port: int, files: Sequence[RdfFile]) -> None:
    """Serve the SPARQL endpoint over files until told to end, as :func:`serve` does.

    :raises InputError: a file cannot be read, or the address is taken, or is none of this machine.
    :raises TooLargeError: the files are too large.
    """
    _check_free(host, port)
    with _own_folder() as folder:
        # Not in this process: writing starts threads of the engine, and without them, as forking leaves them, the web
        # processes would not come to their end.
        with ProcessPoolExecutor(1, get_context("spawn")) as elsewhere:
            release = elsewhere.submit(rdffiles.write, files, folder).result()
        Server(partial(_endpoint, settings, release), _options(settings, host, port), settings).run()


def _application(settings: Settings, name: str, meters: Meters) -> Flask:
    """The application with its pool of query processes, which live as long as the web process at most.

    Where the current release is served, the application follows the link to it; behind a remote engine, as soon as
    that holds what the link names.
    """
    pool: Answering
    release = releases.get(settings.releases, name)
    if settings.endpoint:
        pool = opening.open_forwarder(settings, release)
    else:
        pool = Pool(release.path / "store", settings, ended=meters.ended)
    app = create_app(settings, release, pool, meters, follow=name == releases.CURRENT)
    site.prepare(app)
    return app


def _endpoint(settings: Settings, release: Release, meters: Meters) -> Flask:
    """The same of files that are no release of ours."""
    pool = Pool(release.path / "store", settings, union=False, ended=meters.ended)
    return create_endpoint(settings, release, pool, meters)


@contextmanager
def _own_folder() -> Iterator[Path]:
    """A temporary folder, deleted by the process that made it: the web processes it forks come by here, too."""
    maker, folder = os.getpid(), Path(tempfile.mkdtemp(prefix="clustergraph-"))
    try:
        yield folder
    finally:
        if os.getpid() == maker:
            shutil.rmtree(folder, ignore_errors=True)


def _options(settings: Settings, host: str, port: int) -> dict[str, Any]:
    return {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "worker_class": Loop,
        "workers": settings.web_processes,
        "worker_connections": CONNECTIONS,
        "threads": THREADS + settings.query_workers * (1 + QUEUE_LENGTH),
        "graceful_timeout": GRACE,
        "timeout": int(settings.query_timeout) + 30,
        "keepalive": 5,
        "logger_class": Log,
        "logconfig_dict": LOGGING,
        "limit_request_line": LONGEST_LINE,
        "proc_name": "clustergraph",
        "control_socket_disable": True,
    }


def _check_free(host: str, port: int) -> None:
    """Refuse an address that cannot be listened on; gunicorn itself would try again and again."""
    try:
        info = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        with socket.socket(info[0], info[1]) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(info[4])
    except OSError as error:
        raise InputError(_reason(error, host, port)) from error


def _reason(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is in use; end what uses it, or choose another one: make serve PORT={port + 1}"
    if error.errno == errno.EACCES:
        return f"port {port} needs special rights; choose one from 1024: make serve PORT=8000"
    return f"{host}:{port} cannot be listened on: {error.strerror or error}; give an address of this machine"
