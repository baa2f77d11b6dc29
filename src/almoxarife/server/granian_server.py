"""The usual HTTP server: granian, one worker process whose threads share one group commit."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

from almoxarife.config import Settings

# Requests beyond these wait in the server; one that streams a list holds its thread.
THREADS = 32
# For requests in progress when the server is asked to stop; a stream that takes longer is cut off.
STOP_LIMIT_S = 10
RESPAWN_AFTER_S = 1.0


def serve(settings: Settings, address: str, load: Callable[[Settings], Any]) -> None:
    """Serve the app that ``load`` makes, at an IP address, until a signal asks for the end."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        target="almoxarife",
        address=address,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        backlog=1_024,
        websockets=False,
        log_level=LogLevels.error,
        # A worker that stopped because the disk failed begins anew on what is really there.
        respawn_failed_workers=True,
        respawn_interval=RESPAWN_AFTER_S,
        workers_kill_timeout=STOP_LIMIT_S,
    )
    server.serve(target_loader=partial(_load_in_worker, load, settings), wrap_loader=False)


def _load_in_worker(load: Callable[[Settings], Any], settings: Settings) -> Any:
    threading.Thread(target=_end_with_parent, name="end-with-parent", daemon=True).start()
    return load(settings)


def _end_with_parent() -> None:
    """End this worker when the main process is gone, even by SIGKILL: an orphan would keep the port."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)
