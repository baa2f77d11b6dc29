"""Start everything, watch over it, end everything."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

from almoxarife import certificates
from almoxarife.client.authorities import Authorities
from almoxarife.config import Settings
from almoxarife.i18n import _
from almoxarife.launcher import ports, windows_job
from almoxarife.launcher.processes import Program
from almoxarife.launcher.system import Event, StopRequest, System

CommandOf = Callable[[str], list[str]]


def run(settings: Settings) -> int:
    """Start the API and, where there is a screen, both windows; return 0 at their end, 1 on failure."""
    return launch(settings, almoxarife_command)


def almoxarife_command(name: str) -> list[str]:
    """Return the command line that runs a command of almoxarife tied to this process."""
    if sys.platform == "win32":
        return [sys.executable, "-m", "almoxarife", name]
    return [sys.executable, "-m", "almoxarife.launcher.tether", name]


def launch(settings: Settings, command_of: CommandOf) -> int:
    """Do what ``run`` does with the programs that ``command_of`` names."""
    refusal = ports.refusal(settings)
    if refusal:
        say(refusal)
        return 1
    os.umask(0o077)
    logs = settings.data_dir / "logs"
    try:
        logs.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        say(_("The folder {folder} cannot be made: {reason}.").format(folder=logs, reason=error.strerror))
        return 1
    certificate = certificates.prepare(settings)
    for address in certificates.elsewhere(settings):
        say(_("From other computers: {address}").format(address=address))
    if certificate is not None:
        # The windows that are started here need not ask whether this computer is to be trusted.
        Authorities(settings.data_dir).keep(settings.address, certificate.authority)
        say(_("Fingerprint of this server: {fingerprint}").format(fingerprint=certificate.fingerprint))
    windows_job.end_children_with_this_process()
    environment = {**settings.environment(), "ALMOXARIFE_SERVIDOR": settings.address}
    programs = {
        name: Program(command_of(name), environment, logs / f"saida-{name}.log")
        for name in ("api", "monitor", "cadastro")
    }
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    with _stop_signals(events):
        return System(settings.address, programs.pop("api"), programs, events, say).run()


def say(text: str) -> None:
    """Print a line for the person at the terminal; a terminal that has been closed does not stop anything."""
    try:
        print(text, flush=True)
    except OSError:
        # What Python could not write it would try again at exit, and fail with a traceback.
        sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115


@contextlib.contextmanager
def _stop_signals(events: queue.SimpleQueue[Event]) -> Iterator[None]:
    """Turn Ctrl-C, a request to end and a closed terminal into events."""

    def request_stop(_number: int, _frame: FrameType | None) -> None:
        events.put(StopRequest())

    names = ["SIGINT", "SIGTERM", "SIGBREAK"]
    # Who starts this with nohup wants it to outlive the terminal.
    if sys.platform != "win32" and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        names.append("SIGHUP")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = {number: signal.signal(number, request_stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
