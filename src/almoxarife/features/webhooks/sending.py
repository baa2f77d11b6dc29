"""One request to a webhook's address, bounded in time, to an address that was looked at and no other.

The name is looked up once, every address it stands for is checked, and the connection goes to one of these: between
the look and the connection the name cannot come to mean something else. A redirection is an answer, not followed.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from typing import TypeAlias

from almoxarife.features.webhooks.rules import (
    DELIVERY,
    SIGNATURE,
    BadAddress,
    Outcome,
    OwnNetwork,
    Target,
    UnknownHost,
    check_addresses,
    signature,
    target_of,
)

CONNECT_TIMEOUT_S = 5.0
# The whole request with its answer.
EXCHANGE_LIMIT_S = 15.0

Resolve: TypeAlias = Callable[[Target], list[str]]


def resolve(target: Target) -> list[str]:
    """Return the addresses that a host stands for. Raises UnknownHost."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise UnknownHost(host=target.host) from None
    return list(dict.fromkeys(str(address[0]) for *_kind, address in found))


def post(
    url: str, secret: str, delivery: str, body: bytes, *, allowed: Sequence[str], resolve: Resolve = resolve
) -> Outcome:
    """Send a body to an address, signed; return what became of it."""
    try:
        target = target_of(url)
        addresses = resolve(target)
        check_addresses(target.host, addresses, allowed)
    except OwnNetwork:
        return Outcome(trouble="rede_interna")
    except (BadAddress, UnknownHost):
        return Outcome(trouble="sem_endereco")
    instant = int(time.time())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "almoxarife",
        DELIVERY: delivery,
        SIGNATURE: signature(secret, instant, body),
    }
    connection = _Connection(target, addresses)
    watchdog = threading.Timer(EXCHANGE_LIMIT_S, connection.give_up)
    watchdog.start()
    try:
        connection.request("POST", target.path, body, headers)
        return Outcome(status=connection.getresponse().status)
    except ssl.SSLError:
        return Outcome(trouble="certificado")
    except TimeoutError:
        return Outcome(trouble="sem_resposta")
    except (OSError, http.client.HTTPException):
        return Outcome(trouble="sem_resposta" if connection.given_up else "sem_conexao")
    finally:
        watchdog.cancel()
        connection.close()


class _Connection(http.client.HTTPConnection):
    """Connects to the first of some addresses that answers; the name is only said, not looked up."""

    def __init__(self, target: Target, addresses: Sequence[str]) -> None:
        super().__init__(target.host, target.port, timeout=CONNECT_TIMEOUT_S)
        # What the header Host leaves out.
        self.default_port = 443 if target.secure else 80
        self._target = target
        self._addresses = addresses
        self.given_up = False

    def connect(self) -> None:
        """Connect. Raises OSError."""
        trouble: OSError = OSError("no address")
        for address in self._addresses:
            try:
                plain = socket.create_connection((address, self._target.port), CONNECT_TIMEOUT_S)
            except OSError as fault:
                trouble = fault
                continue
            self.sock = plain
            if self._target.secure:
                self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self._target.host)
            self.sock.settimeout(EXCHANGE_LIMIT_S)
            return
        raise trouble

    def give_up(self) -> None:
        """Break the connection off, from another thread: an answer that comes a byte now and then is none."""
        self.given_up = True
        with contextlib.suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)
