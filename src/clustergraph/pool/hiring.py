"""The web process's side of the nursery: starting it, hiring workers from it, ending them."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from clustergraph.errors import ReleaseError, UnavailableError
from clustergraph.pool import messages
from clustergraph.pool.bounds import Bounds

#: Seconds the nursery is given to open a release, or to fork a worker.
PATIENCE = 30.0


@dataclass(frozen=True)
class Hired:
    """A worker of ours.

    :ivar worker: its process id.
    :ivar channel: what queries go to it by.
    """

    worker: int
    channel: socket.socket


class Employer:
    """Starts a nursery, and another one should that end; hires workers from it and ends them. Thread-safe.

    :param store: the engine folder of a release.
    :param bounds: what a query may take.
    :param union: see :class:`clustergraph.store.Graph`.
    :param network: whether its workers may open connections.
    :raises ReleaseError: the release cannot be opened.
    """

    def __init__(self, store: Path, bounds: Bounds, union: bool = True, network: bool = False) -> None:
        self._options = json.dumps(
            {"store": str(store), "union": union, "network": network, "bounds": asdict(bounds)}
        )
        self._lock = threading.Lock()
        self._start()

    def _start(self) -> None:
        self._control, theirs = socket.socketpair()
        command = (sys.executable, "-P", "-m", "clustergraph.pool.nursery", str(theirs.fileno()), self._options)
        with theirs:
            # A session of its own: the terminal's Ctrl-C is for the web process, whose end ends the nursery.
            self._process = subprocess.Popen(command, pass_fds=(theirs.fileno(),), start_new_session=True)
        try:
            hello, _ = messages.receive(self._control, time.monotonic() + PATIENCE)
        except (EOFError, TimeoutError) as error:
            self._stop()
            raise UnavailableError("the process that answers queries did not start; see the log") from error
        if "error" in hello:
            self._stop()
            raise ReleaseError(hello["error"])
        self.network_blocked: bool = hello["network_blocked"]

    def _stop(self) -> None:
        self._control.close()
        try:
            self._process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def hire(self) -> Hired:
        """A fresh worker.

        :raises UnavailableError: none can be had.
        """
        with self._lock:
            try:
                return self._hire()
            except (EOFError, OSError):
                self._stop()
                self._start()
            try:
                return self._hire()
            except (EOFError, OSError) as error:
                raise UnavailableError("no process can be started to answer queries; try again later") from error

    def _hire(self) -> Hired:
        reply = self._request({"do": "hire"})
        _, descriptors, _, _ = socket.recv_fds(self._control, 1, 1)
        if not descriptors:
            raise EOFError
        return Hired(reply["worker"], socket.socket(fileno=descriptors[0]))

    def end(self, hired: Hired) -> int:
        """End a worker at once and say by which signal it went: 0 where by itself, or with its nursery."""
        with self._lock:
            hired.channel.close()
            try:
                return int(self._request({"do": "end", "worker": hired.worker})["signal"])
            except (EOFError, OSError):
                return 0

    def _request(self, request: dict[str, Any]) -> dict[str, Any]:
        messages.send(self._control, request, seconds=PATIENCE)
        # A worker's channel comes behind the message.
        reply, _ = messages.receive(self._control, time.monotonic() + PATIENCE, messages.LENGTHS.size)
        return reply

    def close(self) -> None:
        """End the nursery, and with it all workers."""
        with self._lock:
            self._stop()


class Crew:
    """Workers of one employer: idle ones are kept and asked again. Thread-safe."""

    def __init__(self, employer: Employer) -> None:
        self.employer = employer
        self._idle: list[Hired] = []

    def take(self, request: Mapping[str, Any], seconds: float) -> Hired:
        """An idle worker, else a fresh one, that has been sent a request.

        :param seconds: it may take to take it.
        :raises UnavailableError: none can be had, or it does not take the request.
        """
        while hired := self._idle_one():
            with suppress(EOFError):  # it has ended since
                self._send(hired, request, seconds)
                return hired
        hired = self.employer.hire()
        try:
            self._send(hired, request, seconds)
        except EOFError as error:
            raise UnavailableError("no process can be started to answer queries; try again later") from error
        return hired

    def _idle_one(self) -> Hired | None:
        with suppress(IndexError):
            return self._idle.pop()
        return None

    def _send(self, hired: Hired, request: Mapping[str, Any], seconds: float) -> None:
        try:
            messages.send(hired.channel, request, seconds=seconds)
        except TimeoutError as error:
            self.employer.end(hired)
            raise UnavailableError("the process that was to work on the query hangs; try again") from error
        except BaseException:
            self.employer.end(hired)
            raise

    def put_back(self, hired: Hired) -> None:
        """Keep a worker that is idle again."""
        self._idle.append(hired)

    def close(self) -> None:
        """End all workers and their employer."""
        while self._idle:
            self._idle.pop().channel.close()
        self.employer.close()
