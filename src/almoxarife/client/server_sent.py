"""Reading server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html)."""

from __future__ import annotations

import re
from typing import NamedTuple

from almoxarife.client.transport import TooLong

# Our server's events have a few hundred bytes.
LONGEST_EVENT_BYTES = 64 * 1024
_LINE_END = re.compile(rb"\r\n|\n|\r")


class ServerSent(NamedTuple):
    """An event: its kind (``message`` when it has none), the last id there was, and its data."""

    kind: str
    id: str
    data: str


class Reading:
    """Takes the bytes of a stream as they come, and gives events as they are complete.

    Comments and unknown fields are left out, however many there are.
    """

    def __init__(self) -> None:
        self._rest = b""
        self._id = ""
        self._kind = ""
        self._data: list[str] = []
        self._size = 0

    def take(self, piece: bytes) -> list[ServerSent]:
        """Return the events that a piece completes. Raises TooLong."""
        text = self._rest + piece
        events: list[ServerSent] = []
        begin = 0
        for end in _LINE_END.finditer(text):
            if end[0] == b"\r" and end.end() == len(text):
                # It may be half a line end.
                break
            event = self._line(text[begin : end.start()].decode("utf-8", "replace"))
            if event is not None:
                events.append(event)
            begin = end.end()
        self._rest = text[begin:]
        if self._size + len(self._rest) > LONGEST_EVENT_BYTES:
            raise TooLong
        return events

    def _line(self, line: str) -> ServerSent | None:
        if not line:
            return self._event()
        name, _colon, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._data.append(value)
            self._size += len(value) + 1
        elif name == "event":
            self._kind = value
        elif name == "id" and "\0" not in value:
            self._id = value
        return None

    def _event(self) -> ServerSent | None:
        kind, data = self._kind or "message", self._data
        self._kind, self._data, self._size = "", [], 0
        return ServerSent(kind, self._id, "\n".join(data)) if data else None
