"""Takes apart what a watcher of the live feed receives: chunks of HTTP, and in them server-sent events."""

from __future__ import annotations


class BrokenStream(Exception):
    """What came is no stream of events."""


class Head:
    """The head of the answer (RFC 9112 §4): collects it, then says what it was."""

    def __init__(self) -> None:
        self._bytes = b""
        self.chunked = False

    def feed(self, data: bytes) -> bytes | None:
        """Take what came; return what follows the head, None while it is not complete. Raises BrokenStream."""
        self._bytes += data
        head, end, rest = self._bytes.partition(b"\r\n\r\n")
        if not end:
            return None
        status, _, fields = head.lower().partition(b"\r\n")
        if status.split()[1:2] != [b"200"]:
            raise BrokenStream(status.decode("latin-1"))
        self.chunked = b"transfer-encoding: chunked" in fields
        return rest


class Stream:
    """The body: yields the ids of whole events, in order."""

    def __init__(self, *, chunked: bool) -> None:
        self._chunked = chunked
        self._raw = b""
        self._text = b""

    @property
    def is_between_events(self) -> bool:
        """Whether everything that came was whole: no chunk and no event has begun."""
        return not self._raw and not self._text

    def feed(self, data: bytes) -> list[int]:
        """Take what came; return the ids of the events that are complete with it."""
        self._text += self._unwrapped(data) if self._chunked else data
        # Lines may end with CR LF, LF or CR (HTML Standard §9.2.5); nobody sends the last one.
        whole, end, rest = self._text.replace(b"\r\n", b"\n").rpartition(b"\n\n")
        if not end:
            return []
        self._text = rest
        return [
            int(line[3:])
            for event in whole.split(b"\n\n")
            for line in event.split(b"\n")
            if line.startswith(b"id:")
        ]

    def _unwrapped(self, data: bytes) -> bytes:
        """Return the content of the chunks (RFC 9112 §7.1) that are complete with what came."""
        self._raw += data
        content = b""
        while True:
            size, end, rest = self._raw.partition(b"\r\n")
            if not end:
                return content
            length = int(size.partition(b";")[0], 16)
            if len(rest) < length + 2:
                return content
            content += rest[:length]
            self._raw = rest[length + 2 :]
