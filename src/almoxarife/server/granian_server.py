"""The usual HTTP server: granian, one worker process whose threads share one group commit."""

from __future__ import annotations

import gc
import multiprocessing
import multiprocessing.connection
import os
import socket
import sys
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

from almoxarife.certificates import Certificate
from almoxarife.config import Settings
from almoxarife.server import handles
from almoxarife.server.metrics import observer_of
from almoxarife.server.rsgi import Bridge
from almoxarife.server.trial_socket import closing_it
from almoxarife.server.worker_keeper import Listening, keep

# A list that is read slowly holds its thread for as long as that takes: there must be more of them than a few dozen
# bad connections can hold. They are made when they are needed.
THREADS = 256
# Each costs a few kilobytes; whoever opens more of them at once keeps others waiting until they are cut off.
MOST_CONNECTIONS = 12_000
# For a request's head, and between two requests; who says nothing for so long is cut off.
LONGEST_SILENCE_MS = 30_000
LARGEST_HEAD_BYTES = 32_768
# A client that vanished without a word is noticed after one to two minutes.
SILENCE_BEFORE_PROBES_S = 60
LONGEST_UNREAD_MS = 60_000
PROBE_EVERY_S = 15
PROBES = 4
# Between two looks whether the server listens yet.
LISTEN_PAUSE_S = 0.2
# For requests in progress when the server is asked to stop; a stream that takes longer is cut off.
STOP_LIMIT_S = 10


def serve(
    settings: Settings, address: str, load: Callable[[Settings], Any], certificate: Certificate | None
) -> None:
    """Serve the app that ``load`` makes, at an IP address, until a signal asks for the end.

    With a ``certificate`` it speaks TLS, from 1.2 on: Windows 8 and older Pythons know no 1.3.
    Raises NeverListened when the process that serves cannot be started.
    """
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces, SSLProtocols
    from granian.http import HTTP1Settings
    from granian.log import LogLevels

    server = closing_it(Granian)(
        target="almoxarife",
        address=address,
        port=settings.port,
        interface=Interfaces.RSGI,
        # While it also looks out for HTTP/2, it waits for ever for the first byte of a connection.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(
            header_read_timeout=LONGEST_SILENCE_MS, max_buffer_size=LARGEST_HEAD_BYTES
        ),
        workers=1,
        backlog=1_024,
        backpressure=handles.allow(MOST_CONNECTIONS),
        websockets=False,
        log_level=LogLevels.error,
        workers_kill_timeout=STOP_LIMIT_S,
        ssl_cert=certificate.chain if certificate else None,
        ssl_key=certificate.key if certificate else None,
        ssl_protocol_min=SSLProtocols.tls12,
    )
    # The worker is a copy of this process: what is not looked through again stays shared between both.
    gc.collect()
    gc.freeze()
    listening = Listening()
    loader = partial(_load_in_worker, load, settings, listening)
    keep(server, partial(server.serve, target_loader=loader, wrap_loader=False), listening)


def _load_in_worker(load: Callable[[Settings], Any], settings: Settings, listening: Listening) -> Any:
    watch = threading.Thread(target=_watch, args=(settings.port, listening), name="watch", daemon=True)
    watch.start()
    app = load(settings)
    bridge = Bridge(app, threads=THREADS, observer=observer_of(app, settings), when_asked=listening.note)
    # What is there now stays for good: it need not be looked through again and again.
    gc.collect()
    gc.freeze()
    return bridge


def _watch(port: int, listening: Listening) -> None:
    """See to what the HTTP server does not: lost clients, and the end of the main process."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    pause: float | None = LISTEN_PAUSE_S
    while not multiprocessing.connection.wait([parent.sentinel], pause):
        if pause is not None and _notice_lost_clients(port):
            listening.note()
            pause = None
    # Even when SIGKILL ended it: an orphan would keep the port.
    os._exit(1)


def _notice_lost_clients(port: int) -> bool:
    """Let the kernel probe silent connections; return whether the port is listened on yet.

    Without it a request whose client lost its network half-way would hold a thread for ever. Connections take the
    setting over from the socket that listens. Windows, which shows no handle of it, does without.
    """
    import psutil

    for connection in psutil.Process().net_connections(kind="tcp"):
        if connection.status != psutil.CONN_LISTEN or connection.laddr.port != port:
            continue
        if connection.fd >= 0:
            with socket.socket(fileno=os.dup(connection.fd)) as listening:
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
                if sys.platform == "linux":
                    # An answer of which nothing is read for so long is kept no longer (tcp(7)).
                    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, LONGEST_UNREAD_MS)
                # macOS calls the first of them by another name.
                idle = getattr(socket, "TCP_KEEPIDLE", None) or getattr(socket, "TCP_KEEPALIVE", None)
                if idle is not None:
                    listening.setsockopt(socket.IPPROTO_TCP, idle, SILENCE_BEFORE_PROBES_S)
                listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, PROBE_EVERY_S)
                listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, PROBES)
        return True
    return False
