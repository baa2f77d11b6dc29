"""``/metricas``: what the server counts, for Prometheus, and for this computer alone.

The format is Prometheus's text exposition format, version 0.0.4
(https://prometheus.io/docs/instrumenting/exposition_formats/).
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from flask import Flask

from almoxarife.clock import MICROSECONDS
from almoxarife.config import Settings, is_loopback
from almoxarife.errors import Unavailable
from almoxarife.features.health.service import Pulse
from almoxarife.routing.services import provided
from almoxarife.server.watching import Observer

PATH = "/metricas"
_TYPE = "text/plain; version=0.0.4; charset=utf-8"
# Upper bounds in seconds.
_BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
# Set by what stands between us and somebody elsewhere.
_FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP")
# What a client may invent must not make us keep ever more.
_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})


class Metrics:
    """Counts requests, and shows what it knows to this computer."""

    def __init__(self, pulse: Pulse) -> None:
        self._pulse = pulse
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, int]] = Counter()
        self._in_bound = [0] * (len(_BOUNDS) + 1)
        self._seconds = 0.0

    def add(self, method: str, status: int, seconds: float) -> None:
        """One more request was answered."""
        with self._lock:
            self._requests[method if method in _METHODS else "other", status] += 1
            self._in_bound[bisect_left(_BOUNDS, seconds)] += 1
            self._seconds += seconds

    def shown(self, app: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
        """Return a WSGI app that shows what was counted, and hands every other request to another one.

        For who asks from elsewhere, or through something that stands between, there is nothing at the address.
        """

        def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            if environ["PATH_INFO"] != PATH or environ["REQUEST_METHOD"] != "GET" or not _is_here(environ):
                return app(environ, start_response)
            body = self.text().encode()
            headers = [("Content-Type", _TYPE), ("Content-Length", str(len(body)))]
            start_response("200 OK", [*headers, ("Cache-Control", "no-store")])
            return [body]

        return answer

    def text(self) -> str:
        """Return everything there is to know."""
        return "".join(f"{line}\n" for line in (*self._of_requests(), *self._of_database(), *_of_process()))

    def _of_requests(self) -> Iterator[str]:
        with self._lock:
            requests, in_bound, seconds = dict(self._requests), list(self._in_bound), self._seconds
        yield from _head("almoxarife_requests_total", "counter", "Requests answered.")
        for (method, status), count in sorted(requests.items()):
            yield f'almoxarife_requests_total{{method="{method}",status="{status}"}} {count}'
        name = "almoxarife_request_seconds"
        yield from _head(name, "histogram", "Time until an answer was ready.")
        total = 0
        for bound, count in zip((*_BOUNDS, "+Inf"), in_bound, strict=True):
            total += count
            yield f'{name}_bucket{{le="{bound}"}} {total}'
        yield f"{name}_sum {seconds:.6f}"
        yield f"{name}_count {total}"

    def _of_database(self) -> Iterator[str]:
        try:
            sequence: int | None = self._pulse.sequence()
        except Unavailable:
            sequence = None
        around = self._pulse.surroundings()
        copied = around.last_copy_at / MICROSECONDS if around.last_copy_at is not None else None
        feed = int(self._pulse.feed_port() is not None)
        yield from _gauge(
            "almoxarife_database_up", "Whether the database answers.", int(sequence is not None)
        )
        yield from _gauge("almoxarife_ledger_sequence", "Number of the last movement.", sequence)
        yield from _gauge("almoxarife_feed_up", "Whether the live feed listens.", feed)
        yield from _gauge(
            "almoxarife_last_copy_timestamp_seconds", "When the last good copy was made.", copied
        )
        yield from _gauge("almoxarife_free_bytes", "Bytes free on the database's disk.", around.free_bytes)


def observer_of(app: Flask, settings: Settings) -> Observer:
    """Return who sees every request to an app; with ``metrics``, let the app show what was counted."""
    slow_s = settings.slow_ms / 1_000
    if not settings.metrics:
        return Observer(slow_s=slow_s)
    metrics = Metrics(provided(app, Pulse))
    app.wsgi_app = metrics.shown(app.wsgi_app)  # type: ignore[method-assign]
    return Observer(slow_s=slow_s, counts=metrics)


def _of_process() -> Iterator[str]:
    import psutil

    process = psutil.Process()
    used = process.cpu_times()
    yield from _head("process_cpu_seconds_total", "counter", "Processor time.")
    yield f"process_cpu_seconds_total {used.user + used.system:.3f}"
    yield from _gauge("process_resident_memory_bytes", "Resident memory.", process.memory_info().rss)
    yield from _gauge("process_start_time_seconds", "When the process began.", process.create_time())
    yield from _gauge("process_threads", "Threads.", process.num_threads())
    if hasattr(process, "num_fds"):
        yield from _gauge("process_open_fds", "Open files and connections.", process.num_fds())


def _is_here(environ: dict[str, Any]) -> bool:
    return is_loopback(environ["REMOTE_ADDR"]) and not any(name in environ for name in _FORWARDED)


def _head(name: str, kind: str, words: str) -> Iterator[str]:
    yield f"# HELP {name} {words}"
    yield f"# TYPE {name} {kind}"


def _gauge(name: str, words: str, value: float | None) -> Iterator[str]:
    if value is not None:
        yield from _head(name, "gauge", words)
        yield f"{name} {value}"
