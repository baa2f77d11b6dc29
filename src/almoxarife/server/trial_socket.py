"""Closes the socket with which granian tries, before each process that serves, whether the address can be had.

On Linux it binds one for that alone and forgets it open: each process that died and was started again would leave the
main process one open file more.
"""

from __future__ import annotations

import contextlib
import socket
import sys
from typing import Any


def closing_it(granian: type[Any]) -> type[Any]:
    """Return granian's server, which closes that socket; the processes that serve bind others."""
    if sys.platform != "linux":
        return granian

    class Closing(granian):  # type: ignore[misc]
        def _init_shared_socket(self) -> None:
            from granian._granian import ListenerSpec

            self._shd, self._sso = None, None
            self._ssp = ListenerSpec(self.bind_addr, self.bind_port, self.backlog)
            # Nobody else has it by then; a granian that closes it by itself is not minded.
            with contextlib.suppress(OSError):
                socket.socket(fileno=self._ssp.build().get_fd()).close()

    return Closing
