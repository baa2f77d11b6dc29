"""The body of a request that is read in a thread while it arrives on the loop."""

from __future__ import annotations

import asyncio
import io
from concurrent.futures import CancelledError
from typing import Any

# Who sends nothing for so long in the middle of a body is not waited for any longer.
RECEIVE_LIMIT_S = 30.0


class Body(io.RawIOBase):
    """Reads on as far as it is asked to; a body that breaks off, or stops coming, ends there."""

    def __init__(self, protocol: Any, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._protocol = protocol
        self._loop = loop
        self._pieces: Any = None
        self._piece = memoryview(b"")

    def readable(self) -> bool:
        """Tell that it is read from."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Fill a buffer with what is there, waiting for something; return 0 at the end."""
        if not self._piece:
            self._piece = memoryview(self._next())
        size = min(len(buffer), len(self._piece))
        buffer[:size] = self._piece[:size]
        self._piece = self._piece[size:]
        return size

    def _next(self) -> bytes:
        piece = asyncio.run_coroutine_threadsafe(self._receive(), self._loop)
        try:
            return piece.result(RECEIVE_LIMIT_S)
        except (Exception, CancelledError):
            # Whoever reads sees from the length that something is missing.
            piece.cancel()
            return b""

    async def _receive(self) -> bytes:
        if self._pieces is None:
            self._pieces = aiter(self._protocol)
        piece: bytes
        while True:
            try:
                piece = await anext(self._pieces)
            except StopAsyncIteration:
                return b""
            if piece:
                return piece
