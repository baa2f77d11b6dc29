"""Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html), as they go out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from almoxarife.contract.movements import EntryRecord, encode_row

CONTENT_TYPE = "text/event-stream"
# How long a browser waits before it connects again; sent at once, so that every watcher sees that the stream is open.
OPENING = b": almoxarife\nretry: 2000\n\n"
# A comment: whoever hears nothing for longer knows that the connection is lost.
HEARTBEAT = b":\n\n"
# The end of a body of chunks (RFC 9112 §7.1).
LAST_CHUNK = b"0\r\n\r\n"
# For who may have missed alerts: how they are is asked of the API.
MISSED_ALERTS = b"event: alertas\ndata: {}\n\n"


class Event(NamedTuple):
    """A movement as every watcher gets it, encoded once."""

    sequence: int
    text: bytes


def encode(record: EntryRecord) -> Event:
    """Return the event of a movement; its JSON is the row of ``GET /inventario`` and has no line breaks."""
    text = f"id: {record.sequence}\nevent: movimento\ndata: {encode_row(record)}\n\n"
    return Event(record.sequence, text.encode())


def encode_alert(text: str) -> bytes:
    """Return the event of an alert's JSON, without an id: the last one stays that of a movement."""
    return f"event: alerta\ndata: {text}\n\n".encode()


def join(events: Iterable[Event]) -> bytes:
    """Return events one after the other."""
    return b"".join(event.text for event in events)


def parts(events: list[Event], most_bytes: int) -> Iterator[list[Event]]:
    """Yield events in parts of at most so many bytes, each at least one event."""
    part: list[Event] = []
    size = 0
    for event in events:
        if part and size + len(event.text) > most_bytes:
            yield part
            part, size = [], 0
        part.append(event)
        size += len(event.text)
    if part:
        yield part


def chunk(text: bytes) -> bytes:
    """Return a piece of a body as a chunk of HTTP/1.1 (RFC 9112 §7.1)."""
    return b"%x\r\n%b\r\n" % (len(text), text)
