"""Many watchers of the live feed in one process, made so that watching costs little beside what is watched.

Prints ``ready`` when all are connected. Then reads one line, JSON with the last sequence that each must receive and the
file of acknowledgements; waits until all have it, and prints what they saw. Every watcher gets the same bytes most of
the time: what they mean is worked out once.
"""

from __future__ import annotations

import json
import resource
import select
import socket
import sys
import time
from array import array
from pathlib import Path
from urllib.parse import urlsplit

from bench.events import Head, Stream

# More would be allocated anew, page by page, for each of the small pieces that come.
_PIECE_BYTES = 1 << 14
_CONNECT_LIMIT_S = 30.0
_AT_A_TIME = 100
_MOST_AT_ONCE = 1_024
_LAST_LIMIT_S = 30.0
_MOST_KNOWN = 4_096
_TICKS_PER_MS = 10


class Watcher:
    """One connection, the last sequence that it received, and its stream while that is within an event."""

    __slots__ = ("connection", "last", "stream")

    def __init__(self, connection: socket.socket, last: int) -> None:
        self.connection = connection
        self.last = last
        self.stream: Stream | None = None


class Watch:
    """All watchers and what they saw."""

    def __init__(self, address: str, token: str, after: int) -> None:
        parts = urlsplit(address)
        assert parts.hostname is not None
        self._where = (parts.hostname, parts.port or 80)
        self._request = (
            f"GET {parts.path or '/'}?depois_de={after} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
            f"Authorization: Bearer {token}\r\nAccept: text/event-stream\r\n\r\n"
        ).encode()
        self._after = after
        self._chunked = False
        self._poll = select.epoll()
        self._watchers: dict[int, Watcher] = {}
        self._known: dict[bytes, list[int]] = {}
        self._times, self._firsts, self._lasts = array("d"), array("q"), array("q")
        self.lost = self.twice = self.cut_off = 0

    def connect(self, how_many: int) -> None:
        """Connect so many watchers and wait until each is answered."""
        while len(self._watchers) < how_many:
            group = [
                socket.create_connection(self._where, timeout=_CONNECT_LIMIT_S)
                for _ in range(min(_AT_A_TIME, how_many - len(self._watchers)))
            ]
            for connection in group:
                connection.sendall(self._request)
            for connection in group:
                self._begin(connection)

    def until_told(self) -> None:
        """Receive until there is a line to read."""
        stdin = sys.stdin.fileno()
        self._poll.register(stdin, select.EPOLLIN)
        while True:
            for descriptor, _event in self._poll.poll(-1, _MOST_AT_ONCE):
                if descriptor == stdin:
                    self._poll.unregister(stdin)
                    return
                self._receive(descriptor)

    def until_all_have(self, last: int) -> None:
        """Receive until every watcher has a sequence, or time is up."""
        deadline = time.monotonic() + _LAST_LIMIT_S
        while self.missed(last) and time.monotonic() < deadline:
            for descriptor, _event in self._poll.poll(1.0, _MOST_AT_ONCE):
                self._receive(descriptor)

    def missed(self, last: int) -> int:
        """Return how many deliveries are still missing up to a sequence."""
        return sum(max(0, last - watcher.last) for watcher in self._watchers.values())

    def latencies_ms(self, acknowledged: dict[int, float]) -> list[float]:
        """Return p50, p99 and maximum of the time from an acknowledgement to each delivery; 0 for one before it."""
        ticks: dict[int, int] = {}
        for at, first, last in zip(self._times, self._firsts, self._lasts, strict=True):
            for sequence in range(first, last + 1):
                tick = max(0, int((at - acknowledged[sequence]) * 1e3 * _TICKS_PER_MS))
                ticks[tick] = ticks.get(tick, 0) + 1
        total, seen, found = sum(ticks.values()), 0, []
        shares = [0.5, 0.99, 1.0]
        for tick in sorted(ticks):
            seen += ticks[tick]
            while shares and seen >= shares[0] * total:
                found.append(tick / _TICKS_PER_MS)
                shares.pop(0)
        return found

    def _begin(self, connection: socket.socket) -> None:
        head, rest = Head(), None
        while rest is None:
            data = connection.recv(_PIECE_BYTES)
            if not data:
                raise ConnectionError("the feed closed the connection before it answered")
            rest = head.feed(data)
        self._chunked = head.chunked
        connection.setblocking(False)
        watcher = self._watchers[connection.fileno()] = Watcher(connection, self._after)
        self._poll.register(connection.fileno(), select.EPOLLIN)
        if rest:
            self._take(watcher, rest)

    def _receive(self, descriptor: int) -> None:
        watcher = self._watchers[descriptor]
        try:
            data = watcher.connection.recv(_PIECE_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self._take(watcher, data)
            return
        self.cut_off += 1
        self._poll.unregister(descriptor)

    def _take(self, watcher: Watcher, data: bytes) -> None:
        now = time.monotonic()
        ids = self._known.get(data) if watcher.stream is None else None
        if ids is None:
            ids = self._take_apart(watcher, data)
        if not ids:
            return
        if ids[0] != watcher.last + 1 or ids[-1] - ids[0] != len(ids) - 1:
            self._count_faults(watcher, ids)
        watcher.last = max(watcher.last, ids[-1])
        self._times.append(now)
        self._firsts.append(ids[0])
        self._lasts.append(ids[-1])

    def _take_apart(self, watcher: Watcher, data: bytes) -> list[int]:
        fresh = watcher.stream is None
        stream = watcher.stream or Stream(chunked=self._chunked)
        ids = stream.feed(data)
        watcher.stream = None if stream.is_between_events else stream
        if fresh and watcher.stream is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[data] = ids
        return ids

    def _count_faults(self, watcher: Watcher, ids: list[int]) -> None:
        last = watcher.last
        for id in ids:
            self.twice += id <= last
            self.lost += max(0, id - last - 1)
            last = max(last, id)


def main(address: str, token: str, after: int, watchers: int) -> None:
    """Watch, as the module says."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    watch = Watch(address, token, after)
    watch.connect(watchers)
    print("ready", flush=True)
    begin, cpu = time.monotonic(), time.process_time()
    watch.until_told()
    order = json.loads(sys.stdin.readline())
    watch.until_all_have(order["last"])
    busy = (time.process_time() - cpu) / (time.monotonic() - begin)
    posts = json.loads(Path(order["posts"]).read_text())
    p50, p99, most = watch.latencies_ms({sequence: at for sequence, _sent, at in posts})
    print(
        json.dumps(
            {
                "p50_ms": p50,
                "p99_ms": p99,
                "most_ms": most,
                "lost": watch.lost + watch.missed(order["last"]),
                "twice": watch.twice,
                "cut_off": watch.cut_off,
                "busy": busy,
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
