"""Meeting a server for the first time: who vouches for it, and what a person has to compare."""

from __future__ import annotations

import http.client
import socket
import ssl
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from almoxarife.client.answers import bad_answer
from almoxarife.client.errors import Unreachable, WrongServer
from almoxarife.client.vouching import context_of
from almoxarife.fingerprint import fingerprint_of
from almoxarife.i18n import _

TIMEOUT_S = 5.0
_LONGEST_ANSWER = 64 * 1024
_ADDRESS = "/certificado"


@dataclass(frozen=True)
class Stranger:
    """A server for which nobody vouches that this computer knows: its authority, and what to compare it by."""

    pem: str
    fingerprint: str


def introduce(server_url: str) -> Stranger | None:
    """Ask a server that encrypts who it is; None when the system's own authorities vouch for it.

    No secret is sent. Raises Unreachable, BadAnswer, and WrongServer when the authority that it names is not its own.
    """
    parts = urlsplit(server_url)
    host, port = parts.hostname or "", parts.port or 443
    try:
        if _is_vouched_for(host, port, context_of(None)):
            return None
        pem = _authority_of(host, port)
        try:
            stranger = Stranger(pem, fingerprint_of(pem))
            vouched = _is_vouched_for(host, port, context_of(pem))
        except ValueError:
            raise bad_answer() from None
    except (OSError, http.client.HTTPException) as error:
        message = _("The server at {address} does not answer. Check that it is on and the network works.")
        raise Unreachable(message.format(address=server_url)) from error
    if not vouched:
        raise wrong_server(server_url, None)
    return stranger


def wrong_server(server_url: str, authority: Path | None) -> WrongServer:
    """Return the error for a server that is not the one that is known; ``authority`` is what it is known by."""
    if authority is None:
        message = _(
            "Who answers at {address} cannot prove to be that server. Its certificate has another name or has ended."
        )
        return WrongServer(message.format(address=server_url))
    message = _(
        "Who answers at {address} is not the server that this computer knows. Do not type your password. If the "
        "server was set up anew, ask who looks after it, delete {file} and open the program again."
    )
    return WrongServer(message.format(address=server_url, file=authority))


def _is_vouched_for(host: str, port: int, context: ssl.SSLContext) -> bool:
    with socket.create_connection((host, port), TIMEOUT_S) as connection:
        try:
            with context.wrap_socket(connection, server_hostname=host):
                return True
        except ssl.SSLCertVerificationError:
            return False


def _authority_of(host: str, port: int) -> str:
    """Return the authority that a server names. Nothing that it says here is believed; see ``introduce``."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    connection = http.client.HTTPSConnection(host, port, timeout=TIMEOUT_S, context=context)
    try:
        connection.request("GET", _ADDRESS)
        answer = connection.getresponse()
        text = answer.read(_LONGEST_ANSWER).decode("ascii", "replace")
    finally:
        connection.close()
    if answer.status != HTTPStatus.OK:
        raise bad_answer()
    return text
