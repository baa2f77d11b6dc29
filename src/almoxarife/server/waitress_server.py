"""The other HTTP server: waitress, pure Python, for a machine on which granian has trouble."""

from __future__ import annotations

import select
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

from almoxarife.certificates import Certificate
from almoxarife.config import Settings
from almoxarife.server import handles
from almoxarife.server.metrics import observer_of
from almoxarife.server.unread import MOST_BYTES

THREADS = 32
STOP_LIMIT_S = 10
LONGEST_IDLE_S = 60
# It looks at each in turn: more would make everybody slow.
MOST_CONNECTIONS = 2_000 if hasattr(select, "poll") else 500
LARGEST_HEAD_BYTES = 32_768
_POLL_S = 0.05


def serve(
    settings: Settings, address: str, load: Callable[[Settings], Any], certificate: Certificate | None
) -> None:
    """Serve the app that ``load`` makes, at an IP address, until a signal asks for the end.

    It cannot encrypt: the settings see to it that there is no ``certificate``.
    """
    assert certificate is None
    from waitress.server import create_server

    stop = threading.Event()

    def request_stop(*_signal: object) -> None:
        stop.set()

    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), request_stop)
    app = load(settings)
    server = create_server(
        observer_of(app, settings).observed(app),
        host=address,
        port=settings.port,
        threads=THREADS,
        ident="almoxarife",
        channel_timeout=LONGEST_IDLE_S,
        connection_limit=handles.allow(MOST_CONNECTIONS),
        # The other way knows no handle beyond 1,024.
        asyncore_use_poll=hasattr(select, "poll"),
        max_request_header_size=LARGEST_HEAD_BYTES,
        # Nothing is believed of what they say; but that they are there tells of who stands between.
        clear_untrusted_proxy_headers=False,
        # More than the app's own bound, so that the app words the refusal.
        max_request_body_size=MOST_BYTES,
    )
    loop = threading.Thread(target=server.run, daemon=True)
    loop.start()
    # In short pieces: Windows wakes a waiting main thread for no signal.
    while not stop.wait(0.5) and loop.is_alive():
        pass
    _finish(server)


def _finish(server: Any) -> None:
    """Take no new connection, and wait until the requests in progress are answered to the last byte."""
    closed = threading.Event()

    def close() -> None:
        # In the thread of the loop, which alone may touch its sockets.
        server.del_channel()
        server.socket.close()
        closed.set()

    server.trigger.pull_trigger(close)
    deadline = time.monotonic() + STOP_LIMIT_S
    closed.wait(STOP_LIMIT_S)
    while time.monotonic() < deadline and any(map(_is_busy, list(server.active_channels.values()))):
        time.sleep(_POLL_S)


def _is_busy(channel: Any) -> bool:
    return bool(channel.requests or channel.request is not None or channel.total_outbufs_len)
