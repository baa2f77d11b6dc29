"""A network that fails as a seed tells: it drops before and after, delays, doubles and reorders requests."""

from __future__ import annotations

import contextlib
import random
import socket
import threading
import time
from collections import Counter
from typing import Literal

Fault = Literal["none", "drop_before", "drop_after", "delay", "double", "reorder"]
FAULTS: tuple[Fault, ...] = ("drop_before", "drop_after", "delay", "double", "reorder")
LONGEST_DELAY_S = 0.2
# Of what was reordered: long enough for several requests to overtake it.
LATE_S = (0.1, 0.6)
_SILENCE_S = 30.0


class FlakyProxy:
    """Stands before an API on this machine; only what is written meets faults, ``share`` of it."""

    def __init__(self, port: int, seed: int, share: float) -> None:
        self._target = ("127.0.0.1", port)
        self._dice = random.Random(seed)
        self._share = share
        self._lock = threading.Lock()
        self._late: list[threading.Thread] = []
        self.met: Counter[Fault] = Counter()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._serving = threading.Thread(target=self._serve, daemon=True)
        self._serving.start()

    @property
    def address(self) -> str:
        """Where clients find it."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def close(self) -> None:
        """Let what is late arrive, and end."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._serving.join()
        for thread in self._late:
            thread.join()

    def _serve(self) -> None:
        while True:
            try:
                client, _address = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._converse, args=(client,), daemon=True).start()

    def _converse(self, client: socket.socket) -> None:
        client.settimeout(_SILENCE_S)
        with client, contextlib.suppress(OSError):
            while (request := _read_message(client)) is not None:
                fault, delay_s = self._choose(request)
                if fault == "reorder":
                    self._send_late(request, delay_s)
                if fault in ("drop_before", "reorder"):
                    return
                if fault == "delay":
                    time.sleep(delay_s)
                answer = self._forward(request)
                if fault == "double":
                    answer = self._forward(request)
                if fault == "drop_after" or answer is None:
                    return
                client.sendall(answer)

    def _choose(self, request: bytes) -> tuple[Fault, float]:
        if not request.startswith(b"POST /inventario"):
            return "none", 0.0
        with self._lock:
            fault: Fault = self._dice.choice(FAULTS) if self._dice.random() < self._share else "none"
            self.met[fault] += 1
            delay_s = (
                self._dice.uniform(*LATE_S) if fault == "reorder" else self._dice.uniform(0, LONGEST_DELAY_S)
            )
        return fault, delay_s

    def _send_late(self, request: bytes, delay_s: float) -> None:
        def send() -> None:
            time.sleep(delay_s)
            self._forward(request)

        thread = threading.Thread(target=send)
        thread.start()
        with self._lock:
            self._late = [one for one in self._late if one.is_alive()] + [thread]

    def _forward(self, request: bytes) -> bytes | None:
        try:
            with socket.create_connection(self._target, timeout=_SILENCE_S) as server:
                server.sendall(request)
                return _read_message(server)
        except OSError:
            return None


def _read_message(connection: socket.socket) -> bytes | None:
    """Return a whole request or answer, None when the other side has gone."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65_536)
        if not piece:
            return None
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            length = int(value)
    while len(body) < length:
        piece = connection.recv(65_536)
        if not piece:
            return None
        body += piece
    return head + b"\r\n\r\n" + body
