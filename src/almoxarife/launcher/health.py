"""Ask an address whether an almoxarife answers there; quick to import, without proxies."""

from __future__ import annotations

import http.client
import json
import ssl
from urllib.parse import urlsplit

TIMEOUT_S = 1.0
LONGEST_ANSWER = 10_000


def is_almoxarife(address: str) -> bool:
    """Tell whether ``GET /saude`` at an address answers as the API does."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        connection = http.client.HTTPSConnection(host, parts.port, timeout=TIMEOUT_S, context=_anybody())
    else:
        connection = http.client.HTTPConnection(host, parts.port, timeout=TIMEOUT_S)
    try:
        connection.request("GET", "/saude")
        response = connection.getresponse()
        answer = json.loads(response.read(LONGEST_ANSWER))
    except (OSError, http.client.HTTPException, ValueError):
        return False
    finally:
        connection.close()
    return (
        response.status == http.client.OK
        and isinstance(answer, dict)
        and {"estado", "versao"} <= answer.keys()
    )


def _anybody() -> ssl.SSLContext:
    """Return what takes any certificate: no secret is sent, and nothing is believed but that somebody answers."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
