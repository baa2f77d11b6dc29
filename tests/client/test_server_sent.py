"""Server-sent events, however they are cut into pieces."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almoxarife.client.server_sent import LONGEST_EVENT_BYTES, Reading, ServerSent
from almoxarife.client.transport import TooLong

# The examples of the standard (§9.2.6), and what our server sends.
STREAM = (
    ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n"
    "data\n\ndata\ndata\n\ndata:\n\n"
    ': almoxarife\nretry: 2000\n\nid: 129\nevent: movimento\ndata: {"nome":"Café"}\n\n:\n\n'
    "event: other\nid: 1\0\ndata: x\n\nevent: nothing\n\ndata: unfinished\n"
)
EVENTS = [
    ServerSent("message", "1", "first event"),
    ServerSent("message", "", "second event"),
    ServerSent("message", "", " third event"),
    ServerSent("message", "", ""),
    ServerSent("message", "", "\n"),
    ServerSent("message", "", ""),
    ServerSent("movimento", "129", '{"nome":"Café"}'),
    ServerSent("other", "129", "x"),
]


@given(cuts=st.lists(st.integers(0, 400)), line_end=st.sampled_from(["\n", "\r\n", "\r"]))
def test_events_are_the_same_however_they_come(cuts: list[int], line_end: str) -> None:
    text = STREAM.replace("\n", line_end).encode()
    places = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    reading = Reading()
    found = [event for begin, end in pairwise(places) for event in reading.take(text[begin:end])]
    assert found == EVENTS


@pytest.mark.parametrize("piece", [b"x" * 1_000, b"data: x\n" * 1_000, b"data\r" * 1_000])
def test_an_event_without_an_end_is_given_up(piece: bytes) -> None:
    reading = Reading()
    pieces = [piece] * 100
    with pytest.raises(TooLong):
        list(map(reading.take, pieces))


def test_heartbeats_go_on_for_ever() -> None:
    reading = Reading()
    for _ in range(LONGEST_EVENT_BYTES):
        assert reading.take(b":\n\n") == []
    for _ in range(LONGEST_EVENT_BYTES // 10):
        assert reading.take(b": a comment of some length\n") == []
