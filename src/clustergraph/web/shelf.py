"""The shelf: each release is served by an application of its own, and every request goes to the one it names.

That of the current release is always there; others are opened when they are asked for, and few are kept open.
"""

from __future__ import annotations

import gc
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from clustergraph import releases
from clustergraph.errors import ClustergraphError, NotFoundError, ReleaseError, UnavailableError
from clustergraph.releases import Release
from clustergraph.web import dated

log = logging.getLogger(__name__)

#: Releases besides the current one that are open at once, some 50 MB each; the one asked last longest ago goes first.
MOST_OPEN = 3
#: Requests that may wait for a release to be opened, and for how many seconds; pages of others need the threads.
MOST_WAITING, PATIENCE = 4, 20.0
#: Seconds between two looks at what is kept on the disk.
INTERVAL = 1.0


@dataclass(eq=False)
class Opened:
    """A release that is being served.

    :ivar app: answers requests at it.
    :ivar framework: the same without what answers programs before it; tells what is wrong with a request.
    :ivar close: ends what works for it.
    :ivar seen: what its files looked like when it was opened (:func:`releases.look`); ``looked``: when last compared.
    :ivar users: requests under way.
    :ivar retired: whether no further one comes here.
    """

    release: Release
    app: WSGIApplication
    framework: WSGIApplication
    close: Callable[[], None]
    seen: int = 0
    looked: float = 0.0
    users: int = 0
    retired: bool = False


def named(folder: Path, name: str) -> Release:
    """The kept release of a name, or why there is none, in words for visitors.

    :param folder: the folder of all releases.
    :param name: 16 hex digits.
    :raises NotFoundError: none of this name is kept.
    :raises ReleaseError: it is damaged, or of a layout that is not known here.
    """
    if not releases.ID.fullmatch(name):
        raise NotFoundError(f"{name[:40]!r} does not name a release: 16 of 0-9 and a-f; see /releases")
    try:
        return releases.get(folder, name)
    except NotFoundError as error:
        raise NotFoundError(f"release {name} is not kept here; /releases lists those that are") from error
    except ReleaseError as error:
        raise _unusable(name, error) from error


def _unusable(name: str, error: ClustergraphError) -> ReleaseError:
    log.error("release %s cannot be served: %s", name, error.message)
    return ReleaseError(
        f"release {name} is damaged, or of another version, and is not served; take another one of /releases"
    )


class Shelf:
    """Hands each request to the application of the release that its address names (PEP 3333). Thread-safe.

    :param folder: the folder of all releases.
    :param current: the release that is served where none is named.
    :param open_beside: opens another one.
    :param open_next: opens the one that ``releases/current`` names from now on; None to stay with the first.
    """

    def __init__(
        self,
        folder: Path,
        current: Opened,
        open_beside: Callable[[Release], Opened],
        open_next: Callable[[Release], Opened] | None = None,
    ) -> None:
        self._folder = folder
        self._current = current
        self._open_beside, self._open_next = open_beside, open_next
        self._others: OrderedDict[str, Opened] = OrderedDict()
        self._lock = threading.Lock()
        self._opening = threading.Lock()
        self._waiting = threading.BoundedSemaphore(MOST_WAITING)
        self._looked = time.monotonic()
        self._served = self._tried = releases.identity(current.release.path)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Have a request answered."""
        self._follow()
        try:
            name = dated.read(environ)
            with self._use(name) as opened:
                if name:
                    environ[dated.NAMED] = name
                return opened.app(environ, start_response)
        except ClustergraphError as error:
            environ[dated.REFUSED] = error
        return self._current.framework(environ, start_response)

    def close(self) -> None:
        """End what works for the releases that were opened here."""
        with self._lock:
            while self._others:
                self._retire(self._others.popitem()[1])

    @contextmanager
    def _use(self, name: str | None) -> Iterator[Opened]:
        opened = self._taken(name) or self._opened(str(name))
        try:
            yield opened
        finally:
            with self._lock:
                opened.users -= 1
                if opened.retired and not opened.users:
                    opened.close()

    def _taken(self, name: str | None) -> Opened | None:
        """The application of a release that is open and as it was."""
        with self._lock:
            found = self._current if name in (None, self._current.release.id) else self._others.get(str(name))
            if found and found is not self._current:
                if not _is_same(found):
                    self._retire(self._others.pop(str(name)))
                    return None
                self._others.move_to_end(str(name))
            if found:
                found.users += 1
            return found

    def _opened(self, name: str) -> Opened:
        """Open a release; one after the other, for it takes a second of the processor."""
        release = named(self._folder, name)
        if not self._waiting.acquire(blocking=False):
            raise UnavailableError("several releases are being opened; try again in a moment", 2)
        try:
            if not self._opening.acquire(timeout=PATIENCE):
                raise UnavailableError(f"release {name} is not open yet; try again in a moment", 2)
            try:
                return self._taken(name) or self._put(release)
            finally:
                self._opening.release()
        finally:
            self._waiting.release()

    def _put(self, release: Release) -> Opened:
        seen = releases.look(release)
        try:
            opened = self._open_beside(release)
        except ReleaseError as error:
            raise _unusable(release.id, error) from error
        opened.seen, opened.looked, opened.users = seen, time.monotonic(), 1
        with self._lock:
            self._others[release.id] = opened
            while len(self._others) > MOST_OPEN:
                self._retire(self._others.popitem(last=False)[1])
        return opened

    def _retire(self, opened: Opened) -> None:
        """Let no further request come here; the last one under way ends what works for it."""
        opened.retired = True
        if not opened.users:
            opened.close()

    def _follow(self) -> None:
        """Look now and then whether another release is current, and have it opened while this one answers."""
        now = time.monotonic()
        if self._open_next is None or now - self._looked < INTERVAL:
            return
        self._looked = now
        found = releases.identity(self._folder / releases.CURRENT)
        if found == self._served:
            self._tried = found
        elif found and found != self._tried and releases.ID.fullmatch(found[0]):  # else it is just being put there
            self._tried = found
            threading.Thread(target=self._go_over, args=(found, self._open_next), name="next", daemon=True).start()

    def _go_over(self, found: tuple[str, int, int], open_next: Callable[[Release], Opened]) -> None:
        try:
            with self._opening:
                opened = open_next(releases.get(self._folder, found[0]))
        except UnavailableError as error:
            # An engine elsewhere does not hold it yet: try again, for whoever publishes there may take their time.
            log.debug("release %s stays the one served for now: %s", self._current.release.id, error.message)
            self._tried = self._served
            return
        except ClustergraphError as error:
            log.error("release %s stays the one served: %s", self._current.release.id, error.message)
            return
        with self._lock:
            before, self._current, self._served = self._current, opened, found
            self._retire(before)
            while self._others:  # what they may tell, and what of it is kept, depends on the current one
                self._retire(self._others.popitem()[1])
        log.warning("going over from release %s to %s", before.release.id, opened.release.id)
        del before
        gc.unfreeze()  # the server has frozen what was there at its start, the first release included
        gc.collect()
        gc.freeze()


def _is_same(opened: Opened) -> bool:
    """Whether the files of a release still look as they did when it was opened, by a look in each second."""
    now = time.monotonic()
    if now - opened.looked < INTERVAL:
        return True
    opened.looked = now
    return releases.look(opened.release) == opened.seen
