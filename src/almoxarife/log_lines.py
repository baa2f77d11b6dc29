"""Lines of a log that nobody can forge: what comes from outside makes no new line, and hides none."""

from __future__ import annotations

import logging
import sys

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
# Lines of a traceback stand apart from those that begin with an instant.
_INDENT = "    "


class LineFormatter(logging.Formatter):
    """Writes each record as one line; what is printed of an exception follows, indented."""

    def __init__(self) -> None:
        super().__init__(_FORMAT)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name for it
        """Return the line of a record."""
        return visible(super().formatMessage(record))

    def formatException(self, ei: object) -> str:  # noqa: N802 - logging's name for it
        """Return the lines of an exception."""
        text = super().formatException(ei)  # type: ignore[arg-type]
        return "\n".join(_INDENT + visible(line) for line in text.split("\n"))


def visible(text: str) -> str:
    """Return a text in which line breaks, controls and what else cannot be seen are written as escapes."""
    if text.isprintable():
        return text
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in text
    )


def write_to_stderr() -> None:
    """Let warnings and what is worse go to the standard error stream, in such lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(LineFormatter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
