"""The watching process, with a small feed that can be told to make mistakes."""

from __future__ import annotations

import asyncio
import json
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bench.servers import ROOT, module

WATCHERS = 20
AFTER = 100
ENTRIES = 30


class Feed:
    """Sends the same events to everybody; ``plan`` is the list of their ids."""

    def __init__(self, plan: list[int]) -> None:
        self._plan = plan
        self._writers: list[asyncio.StreamWriter] = []
        self.port = 0
        self.sent: dict[int, float] = {}

    async def serve(self, go: threading.Event, ready: threading.Event) -> None:
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await asyncio.to_thread(go.wait, 30)
        for id in self._plan:
            self.sent.setdefault(id, time.monotonic())
            event = f"id: {id}\nevent: movimento\ndata: {{}}\n\n".encode()
            for writer in self._writers:
                writer.write(f"{len(event):x}\r\n".encode() + event + b"\r\n")
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.5)
        for writer in self._writers:
            writer.close()
        server.close()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = await reader.readuntil(b"\r\n\r\n")
        assert f"GET /eventos?depois_de={AFTER} ".encode() in asked
        assert b"Authorization: Bearer token\r\n" in asked
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        self._writers.append(writer)


@contextmanager
def running(feed: Feed) -> Iterator[threading.Event]:
    """Run a feed in a thread; yield what starts its events."""
    go, ready = threading.Event(), threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(feed.serve(go, ready)))
    thread.start()
    assert ready.wait(10)
    try:
        yield go
    finally:
        go.set()
        thread.join(10)


def watch(feed: Feed, folder: Path) -> dict[str, float]:
    """Let the watching process watch the feed; return what it saw."""
    posts = folder / "posts.json"
    with running(feed) as go:
        command = module(
            "bench.programs.watch",
            f"http://127.0.0.1:{feed.port}/eventos",
            "token",
            str(AFTER),
            str(WATCHERS),
        )
        with subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            go.set()
            last = AFTER + ENTRIES
            while last not in feed.sent:
                time.sleep(0.01)
            posts.write_text(json.dumps([[id, at, at] for id, at in sorted(feed.sent.items())]))
            said, _ = process.communicate(json.dumps({"last": last, "posts": str(posts)}) + "\n", timeout=60)
    seen: dict[str, float] = json.loads(said)
    return seen


def plan() -> list[int]:
    """Return the ids of a feed that makes no mistake."""
    return list(range(AFTER + 1, AFTER + ENTRIES + 1))


def test_what_every_watcher_receives_once_is_neither_lost_nor_twice(tmp_path: Path) -> None:
    seen = watch(Feed(plan()), tmp_path)
    assert (seen["lost"], seen["twice"], seen["cut_off"]) == (0, 0, 0)
    assert 0 <= seen["p50_ms"] <= seen["p99_ms"] <= seen["most_ms"]


@pytest.mark.parametrize(
    ("mistake", "fault"),
    [
        (lambda ids: ids.remove(AFTER + 5), "lost"),
        (lambda ids: ids.insert(5, AFTER + 2), "twice"),
    ],
    ids=["lost", "twice"],
)
def test_what_is_lost_or_comes_twice_is_counted_for_every_watcher(
    tmp_path: Path, mistake: object, fault: str
) -> None:
    ids = plan()
    assert callable(mistake)
    mistake(ids)
    assert watch(Feed(ids), tmp_path)[fault] == WATCHERS
