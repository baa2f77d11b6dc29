"""Streams of events, taken apart however they are cut."""

from __future__ import annotations

import pytest

from bench.events import BrokenStream, Head, Stream

EVENTS = (
    b": begin\n\n"
    b'id: 7\nevent: movimento\ndata: {"nome_produto":"P\xc3\xa3o de A\xc3\xa7\xc3\xbacar"}\n\n'
    b"id: 8\nevent: movimento\ndata: {}\n\n"
    b": heartbeat\n\n"
    b"id: 9\r\nevent: movimento\r\ndata: {}\r\n\r\n"
)


def chunked(content: bytes, size: int) -> bytes:
    """Return a content in chunks of a size."""
    pieces = [content[start : start + size] for start in range(0, len(content), size)]
    return b"".join(f"{len(piece):x}\r\n".encode() + piece + b"\r\n" for piece in pieces)


@pytest.mark.parametrize("piece", [1, 2, 3, 7, 64, 1_000])
@pytest.mark.parametrize("chunk", [0, 5, 64, 1_000])
def test_every_event_is_found_once_however_it_is_cut(piece: int, chunk: int) -> None:
    data = chunked(EVENTS, chunk) if chunk else EVENTS
    stream = Stream(chunked=bool(chunk))
    ids = [id for start in range(0, len(data), piece) for id in stream.feed(data[start : start + piece])]
    assert ids == [7, 8, 9]
    assert stream.is_between_events


def test_a_stream_within_an_event_says_so() -> None:
    stream = Stream(chunked=False)
    assert stream.feed(b"id: 7\nevent: mov") == []
    assert not stream.is_between_events


def test_a_head_is_read_to_its_end_and_hands_on_what_follows() -> None:
    head = Head()
    assert head.feed(b"HTTP/1.1 200 OK\r\nTransfer-Enc") is None
    assert head.feed(b"oding: chunked\r\n\r\n4\r\n") == b"4\r\n"
    assert head.chunked


def test_a_refusal_is_no_stream() -> None:
    with pytest.raises(BrokenStream, match="401"):
        Head().feed(b"HTTP/1.1 401 Unauthorized\r\n\r\n")
