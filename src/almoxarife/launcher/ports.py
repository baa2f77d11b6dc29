"""Whether a port can be listened on, and if not, who has it."""

from __future__ import annotations

import errno
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import psutil

from almoxarife.config import Settings
from almoxarife.i18n import _
from almoxarife.launcher import health

COMMAND_LENGTH = 120
# Windows says "access denied" for a port that another program holds for itself alone.
_IN_USE = {errno.EADDRINUSE, 10048} | ({errno.EACCES, 10013} if sys.platform == "win32" else set())


@dataclass(frozen=True)
class Holder:
    """A program that listens on a port; ``command`` is its command line, shortened."""

    name: str
    pid: int
    command: str


def refusal(settings: Settings) -> str | None:
    """Return why API or feed cannot listen where the settings say, as a sentence; None when they can."""
    reason = _refusal(settings, settings.port, "--porta")
    if reason is None and settings.events_port is not None:
        reason = _refusal(settings, settings.events_port, "--porta-eventos")
    return reason


def _refusal(settings: Settings, port: int, option: str) -> str | None:
    error = _try_to_listen(settings.host, port)
    if error is None:
        return None
    if isinstance(error, socket.gaierror) or error.errno in (errno.EADDRNOTAVAIL, 10049):
        return _("The address {host} does not belong to this computer; choose another with --host.").format(
            host=settings.host
        )
    if error.errno in _IN_USE:
        return _in_use(settings, port, option)
    if error.errno == errno.EACCES:
        return _(
            "Only the system administrator may use port {port}; choose one from 1024 on with {option}."
        ).format(port=port, option=option)
    return _("The API cannot listen on {host}, port {port}: {reason}.").format(
        host=settings.host, port=port, reason=error.strerror
    )


def holder_of(host: str, port: int) -> Holder | None:
    """Return the program that listens on a port of an address; None when the system does not tell."""
    address = _resolve(host, port)[1][0]
    everywhere = {"0.0.0.0", "::"}
    for ip, listening_port, pid in _listeners():
        if listening_port == port and pid and (ip == address or ip in everywhere or address in everywhere):
            try:
                process = psutil.Process(pid)
                return Holder(process.name(), pid, _shorten(" ".join(process.cmdline()) or process.name()))
            except psutil.Error:
                continue
    return None


def _in_use(settings: Settings, port: int, option: str) -> str:
    holder = holder_of(settings.host, port)
    if holder is None:
        who = _("a program of another user, or of the system")
    else:
        who = _("{name}, process {pid}, command: {command}").format(
            name=holder.name, pid=holder.pid, command=holder.command
        )
    if port == settings.port and health.is_almoxarife(settings.address):
        return _("Almoxarife is already running at {address} ({who}).").format(
            address=settings.address, who=who
        )
    return _(
        "Port {port} is in use ({who}). Close that program, or choose another port with {option}."
    ).format(port=port, who=who, option=option)


def _resolve(host: str, port: int) -> tuple[socket.AddressFamily, tuple[str, int]]:
    family, _type, _protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    return family, (str(address[0]), port)


def _try_to_listen(host: str, port: int) -> OSError | None:
    try:
        family, address = _resolve(host, port)
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if sys.platform == "win32":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
            else:
                # As servers do: connections that are still closing do not count as use.
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()
    except OSError as error:
        return error
    return None


def _listeners() -> Iterator[tuple[str, int, int | None]]:
    """Yield address, port and process of everything that listens, as far as this user may see."""
    try:
        connections = psutil.net_connections(kind="tcp")
    except psutil.AccessDenied:
        # macOS shows the whole table only to root, but each of a user's own processes to that user.
        yield from _listeners_of_own_processes()
        return
    for connection in connections:
        if connection.status == psutil.CONN_LISTEN and connection.laddr:
            yield connection.laddr.ip, connection.laddr.port, connection.pid


def _listeners_of_own_processes() -> Iterator[tuple[str, int, int | None]]:
    for process in psutil.process_iter():
        try:
            for connection in process.net_connections(kind="tcp"):
                if connection.status == psutil.CONN_LISTEN and connection.laddr:
                    yield connection.laddr.ip, connection.laddr.port, process.pid
        except psutil.Error:
            continue


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= COMMAND_LENGTH else line[: COMMAND_LENGTH - 1] + "…"
