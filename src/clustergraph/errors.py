"""One tree of errors, and the one table that maps it to HTTP statuses and exit codes.

ClustergraphError
├── InputError            something handed in is wrong: a sheet, a Turtle file, an option   400, exit 2
│   ├── QueryError        a SPARQL query that cannot be parsed or is not allowed            400, exit 2
│   └── UndecidedError    names the importer may not decide alone                           400, exit 3
├── ForbiddenError        understood, and refused (update, SERVICE)                         403, exit 2
├── MovedError            a thing that has another address now                              301, exit 2
├── NotFoundError         no such thing, release, file                                      404, exit 2
│   └── UnknownThingError no such thing in the graph                                        404, exit 2
├── NotAcceptableError    no format on offer that the client accepts                        406, exit 2
├── GoneError             a thing that was removed                                          410, exit 2
├── TooLargeError         a request over its bound                                          413, exit 2
├── UnsupportedMediaError a body of a media type that is not taken                          415, exit 2
├── TooCostlyError        an answer over its bound of bytes or memory                       422, exit 2
├── TooManyError          a client over its share of the service                        429, exit 5
├── ClientGoneError       nobody waits for the answer any more                          499, exit 5
├── ValidationError       the data break a rule                                             500, exit 1
├── ReleaseError          a release that is damaged, or cannot be written                   500, exit 4
└── UnavailableError      no answer within the deadline, or too busy                        503, exit 5
"""

from __future__ import annotations


class ClustergraphError(Exception):
    """Anything clustergraph refuses, in words for the person who can mend it.

    :param message: what is wrong, where (file, key, line, value), and what to do about it.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InputError(ClustergraphError):
    """Something handed in is wrong."""


class QueryError(InputError):
    """A SPARQL query that cannot be parsed.

    :param line: the line of the query where reading stopped, from 1; None where the engine does not say.
    :param column: the column in that line, from 1.
    """

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class UndecidedError(InputError):
    """Names that need an editor's decision before the import can go on."""


class ForbiddenError(ClustergraphError):
    """A request that was understood and is refused."""


class NotFoundError(ClustergraphError):
    """Something asked for by name does not exist."""


class UnknownThingError(NotFoundError):
    """The graph describes no thing of an address.

    :param kind: the kind asked for, and ``slug`` the rest of its address.
    """

    def __init__(self, kind: str, slug: str) -> None:
        super().__init__(f"there is no {kind} {slug!r} in this release")
        self.kind = kind
        self.slug = slug


class MovedError(ClustergraphError):
    """A thing that has another address now.

    :param old: kind and slug asked for.
    :param new: kind and slug of the new address.
    """

    def __init__(self, message: str, old: tuple[str, str], new: tuple[str, str]) -> None:
        super().__init__(message)
        self.old = old
        self.new = new


class GoneError(ClustergraphError):
    """A thing that was removed.

    :param path: where it can still be read, or empty.
    """

    def __init__(self, message: str, path: str = "") -> None:
        super().__init__(message)
        self.path = path


class NotAcceptableError(ClustergraphError):
    """No format on offer is acceptable to the client.

    :param variants: where each one on offer is had whatever the client accepts: address, name, media type.
    """

    def __init__(self, message: str, variants: tuple[tuple[str, str, str], ...] = ()) -> None:
        super().__init__(message)
        self.variants = variants


class TooLargeError(ClustergraphError):
    """A request larger than its bound."""


class UnsupportedMediaError(ClustergraphError):
    """A request body of a media type that is not taken here."""


class TooCostlyError(ClustergraphError):
    """An answer that would be larger or costlier than its bound."""


class TooManyError(ClustergraphError):
    """A client that has used up its share of the service.

    :param retry_after: seconds after which it has some again.
    """

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class ClientGoneError(ClustergraphError):
    """The client closed its connection before the answer; the status is the one nginx gave this case a name by."""


class ValidationError(ClustergraphError):
    """The data break at least one rule of severity violation."""


class ReleaseError(ClustergraphError):
    """A release is damaged, missing a file, or could not be written."""


class UnavailableError(ClustergraphError):
    """No answer within the deadline, or no worker free.

    :param retry_after: seconds after which another try may do better.
    """

    def __init__(self, message: str, retry_after: int = 5) -> None:
        super().__init__(message)
        self.retry_after = retry_after


#: class -> (HTTP status, exit code); the nearest ancestor in the table counts.
TABLE: dict[type[ClustergraphError], tuple[int, int]] = {
    ClustergraphError: (500, 1),
    InputError: (400, 2),
    UndecidedError: (400, 3),
    ForbiddenError: (403, 2),
    MovedError: (301, 2),
    NotFoundError: (404, 2),
    NotAcceptableError: (406, 2),
    GoneError: (410, 2),
    TooLargeError: (413, 2),
    UnsupportedMediaError: (415, 2),
    TooCostlyError: (422, 2),
    TooManyError: (429, 5),
    ClientGoneError: (499, 5),
    ValidationError: (500, 1),
    ReleaseError: (500, 4),
    UnavailableError: (503, 5),
}


def _row(error: ClustergraphError) -> tuple[int, int]:
    return next(TABLE[cls] for cls in type(error).__mro__ if cls in TABLE)


def status_of(error: ClustergraphError) -> int:
    """The HTTP status that answers an error (RFC 9110)."""
    return _row(error)[0]


def exit_code_of(error: ClustergraphError) -> int:
    """The exit code of the command line for an error."""
    return _row(error)[1]
