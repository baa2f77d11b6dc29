"""Register programs that are typed into, watched and killed, one after the other, behind a proxy that knows when."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from soak.proxy import FlakyProxy
from soak.scanner import PASSWORD, REGISTER, USERNAME
from soak.writing import Stuck
from tests.desktop.monitor.screen import virtual_screen
from tests.journeys.desk import Desk
from tests.server.running import ApiServer, Http, clean_environment, free_port

# When a program is killed: some milliseconds after Enter was pressed; as soon as its outbox has the movement; when
# that has come to the proxy, which does not send it on; when the server has answered, which the program does not hear;
# or some milliseconds after it could hear it.
Moment = Literal["pressed", "kept", "arrives", "answered", "told"]
MOMENTS: tuple[Moment, ...] = ("pressed", "kept", "arrives", "answered", "told")
LIMIT_S = 60.0
# A user of his own: who logs in again and again loses the sessions that are oldest.
_WATCHER = "vigia"
# Slower than any scanner (``scanning.burst``).
_KEY_S = 0.04


class Copies:
    """Starts register programs with data folders of their own; ``output`` is where they say what went wrong."""

    def __init__(self, address: str, screen: str, output: Path) -> None:
        self._told: queue.Queue[str] = queue.Queue()
        with output.open("ab") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "soak.window_copies", address],
                env={**clean_environment(), "DISPLAY": screen},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                encoding="utf-8",
            )
        self._reading = threading.Thread(target=self._read)
        self._reading.start()

    def start(self, folder: Path) -> Copy:
        """Start a program; the one before must have ended."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{folder}\n")
        self._process.stdin.flush()
        return Copy(self._told)

    def close(self) -> None:
        """End what starts them; the last one must have ended."""
        with self._process:
            self._process.kill()
            self._reading.join()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._told.put(line.rstrip("\n"))


class Copy:
    """A register program; ``told`` is what it has shown so far, as ``soak.window_copies`` tells it."""

    def __init__(self, lines: queue.Queue[str]) -> None:
        self._lines = lines
        self._number = 0
        self.told: list[str] = []
        self.wait_for("started")

    def wait_for(self, words: str) -> None:
        """Wait until it tells something that begins so. Raises Stuck when that does not come."""
        end = time.monotonic() + LIMIT_S
        while not self.told or not self.told[-1].startswith(words):
            try:
                line = self._lines.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                raise Stuck(f"no “{words}” after {self.told}") from None
            number, _, told = line.partition(" ")
            self._number = int(number)
            self.told.append(told)

    def kill(self) -> None:
        """End it at once; one that has ended is no error."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._number, signal.SIGKILL)


class KillingProxy(FlakyProxy):
    """Passes everything on, but kills a program when its movement comes by, where that is asked for."""

    def __init__(self, port: int) -> None:
        super().__init__(port, 0, 0.0)
        self._moment: Moment | None = None
        self._kill: Callable[[], None] = lambda: None
        self.passed = threading.Event()

    def arm(self, moment: Moment | None, kill: Callable[[], None]) -> None:
        """Kill at a moment from now on, once; ``passed`` is set when an answer goes on."""
        self.passed.clear()
        self._kill, self._moment = kill, moment

    def _forward(self, request: bytes) -> bytes | None:
        is_movement = request.startswith(b"POST /inventario ")
        if is_movement and self._is_now("arrives"):
            return None
        answer = super()._forward(request)
        if is_movement and self._is_now("answered"):
            return None
        if is_movement:
            self.passed.set()
        return answer

    def _is_now(self, moment: Moment) -> bool:
        if self._moment != moment:
            return False
        self._moment = None
        self._kill()
        return True


class Workplace(NamedTuple):
    """Where somebody types: a server, the proxy before it, the screen, what starts programs, and their output."""

    http: Http
    proxy: KillingProxy
    desk: Desk
    copies: Copies
    output: Path


@contextlib.contextmanager
def workplace(folder: Path) -> Iterator[Workplace]:
    """Start an API with who types and who looks on, and get ready to start register programs."""
    folder.mkdir(parents=True, exist_ok=True)
    output = folder / "windows.log"
    with contextlib.ExitStack() as ending:
        server = ApiServer(folder / "server", free_port())
        ending.callback(server.kill)
        http = server.log_in(_WATCHER, PASSWORD, register=True)
        server.log_in(USERNAME, PASSWORD, register=True)
        proxy = KillingProxy(server.port)
        ending.callback(proxy.close)
        screen = ending.enter_context(virtual_screen(96))
        desk = Desk(screen)
        ending.callback(desk.put_away)
        copies = Copies(proxy.address, screen, output)
        ending.callback(copies.close)
        yield Workplace(http, proxy, desk, copies, output)


@contextlib.contextmanager
def running(at: Workplace, folder: Path) -> Iterator[Copy]:
    """Start a register program and log in; kill it in the end, and wait for that."""
    copy = at.copies.start(folder)
    try:
        copy.wait_for("open")
        at.desk.give_keyboard(REGISTER)
        copy.wait_for("focus TButton")
        at.desk.x11.press("s")
        copy.wait_for("screen login")
        copy.wait_for("focus TEntry")
        at.desk.x11.press(*USERNAME, "Tab", *PASSWORD, "Return")
        copy.wait_for("account ")
        copy.wait_for("focus TEntry")
        yield copy
    finally:
        copy.kill()
        copy.wait_for("ended")


def type_entry(at: Workplace, product: str, quantity: int) -> None:
    """Type an entry as fingers do, up to the Enter that registers it."""
    for key in (*product, "Return", *str(quantity)):
        at.desk.x11.press(key)
        time.sleep(_KEY_S)
