"""The feed's process: it listens, tells where, and lives as long as its standard input is open."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from almoxarife import logs
from almoxarife.config import Settings
from almoxarife.feed.app import MOST_WATCHERS
from almoxarife.feed.server import BACKLOG, FeedServer
from almoxarife.feed.tail import OtherLedger
from almoxarife.storage.faults import EXIT_BROKEN

# What the kernel may hold for one watcher; by itself it would let that grow to megabytes.
SEND_BUFFER_BYTES = 64 * 1024
# A file for each watcher, and some.
MOST_FILES = MOST_WATCHERS + 1_000
STOP_LIMIT_S = 5.0
# Threads that read for watchers, a page or a token at a time. Each opens a connection to the database, and keeps of it
# what it has read.
MOST_READERS = 3
_STANDARD_INPUT = 0

_logger = logging.getLogger(__name__)


def run(settings: Settings, preferred_port: int) -> int:
    """Serve the feed until standard input ends; return the exit status.

    ``preferred_port``: where it listened before, 0 at first; another one is taken when somebody else has it
    and the settings do not insist.
    """
    logs.configure()
    # Ctrl-C reaches every process of the terminal: the API, which started this one, decides when it ends.
    for name in ("SIGINT", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    os.umask(0o077)
    _allow_many_connections()
    return asyncio.run(_serve(settings, preferred_port))


def _tell(port: int) -> None:
    """Say the one word to whoever started this process: where it listens."""
    # Who was killed meanwhile hears nothing, and the end of the input tells us so. Not by way of Python's own output,
    # which would complain once more at the end.
    with contextlib.suppress(BrokenPipeError):
        os.write(sys.stdout.fileno(), f"{port}\n".encode())


async def _serve(settings: Settings, preferred_port: int) -> int:
    told_to_end = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(MOST_READERS, "reader"))
    _when_input_ends(lambda: loop.call_soon_threadsafe(told_to_end.set))
    server = FeedServer(settings)
    try:
        listening = _listen(settings, preferred_port)
        ended = await server.start(listening)
        _tell(listening.getsockname()[1])
        stop = asyncio.ensure_future(told_to_end.wait())
        reasons: list[asyncio.Future[Any]] = [stop, ended]
        await asyncio.wait(reasons, return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()
    finally:
        # Also when it could not start: a thread that goes on would keep the process.
        await server.close()
    try:
        await ended
    except OtherLedger as fault:
        _logger.critical("%s: the feed starts again with the ledger as it is now", fault)
        return EXIT_BROKEN
    return 0


def _listen(settings: Settings, preferred_port: int) -> socket.socket:
    """Return a socket that listens where the settings want it, else where it did before, else anywhere."""
    family, _type, _protocol, _name, address = socket.getaddrinfo(
        settings.host, None, type=socket.SOCK_STREAM
    )[0]
    host = str(address[0])
    try:
        listening = socket.create_server(
            (host, settings.events_port or preferred_port), family=family, backlog=BACKLOG
        )
    except OSError:
        if settings.events_port:
            raise
        listening = socket.create_server((host, 0), family=family, backlog=BACKLOG)
    # Connections take it over from the socket that listens.
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
    return listening


def _when_input_ends(act: Callable[[], object]) -> None:
    """Act when the parent closes its end of our standard input, or is gone; then end at the latest soon after."""

    def wait() -> None:
        while os.read(_STANDARD_INPUT, 1):
            pass
        act()
        time.sleep(STOP_LIMIT_S)
        os._exit(0)

    threading.Thread(target=wait, name="tether", daemon=True).start()


def _allow_many_connections() -> None:
    """Raise the bound of open files as far as this user may; Windows has none of this kind."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
