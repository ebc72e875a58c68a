"""The web process's side of the nursery: starting it, hiring workers from it, ending them."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
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

    def is_alive(self) -> bool:
        """Whether an idle worker is still there."""
        self.channel.setblocking(False)
        try:
            self.channel.recv(1)
        except BlockingIOError:
            return True
        except ConnectionError:
            return False
        return False  # end of file; an idle worker says nothing


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
        self._control.settimeout(PATIENCE)
        messages.send(self._control, request)
        reply, _ = messages.receive(self._control, time.monotonic() + PATIENCE)
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

    def take(self) -> Hired:
        """An idle worker, else a fresh one.

        :raises UnavailableError: none can be had.
        """
        while self._idle:
            hired = self._idle.pop()
            if hired.is_alive():
                return hired
            self.employer.end(hired)
        return self.employer.hire()

    def put_back(self, hired: Hired) -> None:
        """Keep a worker that is idle again."""
        self._idle.append(hired)

    def close(self) -> None:
        """End all workers and their employer."""
        while self._idle:
            self._idle.pop().channel.close()
        self.employer.close()
