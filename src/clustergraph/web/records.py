"""Records: what happens in the service, one JSON object a line on standard error, for programs that collect logs."""

from __future__ import annotations

import json
import logging
import os
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

STDERR = 2


def line(**facts: Any) -> str:
    """A record of something that happens now; facts that are None are left out."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return json.dumps({"time": now, **{name: fact for name, fact in facts.items() if fact is not None}})


def write(**facts: Any) -> None:
    """Write a record, in one piece: several processes share the log."""
    with suppress(OSError):  # nobody takes the log; answers go on
        os.write(STDERR, (line(**facts) + "\n").encode())


class Formatter(logging.Formatter):
    """What modules and gunicorn log, as records."""

    def format(self, record: logging.LogRecord) -> str:
        """The record of a message, with the traceback of an error."""
        trace = self.formatException(record.exc_info) if record.exc_info else None
        return line(
            level=record.levelname.lower(),
            logger=record.name,
            message=record.getMessage(),
            process=record.process,
            traceback=trace,
        )


#: For :func:`logging.config.dictConfig`: everything from INFO upwards to standard error.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"record": {"()": Formatter}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "record"}},
    "root": {"level": "INFO", "handlers": ["stderr"]},
    "loggers": {"gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True}},
}
