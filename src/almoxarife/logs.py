"""The log: a JSON object a line, so that nothing which a client sends can look like a line of its own."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable
from datetime import UTC, datetime


class JsonLines(logging.Formatter):
    """Writes ``time``, ``level``, ``logger``, ``message``, and where there is one ``request_id`` and ``exception``."""

    def __init__(self, request_id: Callable[[], str | None] = lambda: None) -> None:
        """``request_id`` returns the id of the request that is being answered in this thread."""
        super().__init__()
        self._request_id = request_id

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, all ASCII."""
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        request_id = getattr(record, "request_id", None) or self._request_id()
        if request_id is not None:
            entry["request_id"] = request_id
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry)


def configure(request_id: Callable[[], str | None] = lambda: None) -> None:
    """Let this process write warnings and worse to its error output."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(request_id))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
