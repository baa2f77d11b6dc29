"""What granian says of a request, in the words of WSGI."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

_SCOPE = "almoxarife.scope"


class File:
    """A file as an answer (PEP 3333, “Optional Platform-Specific File Handling”).

    Granian reads it as far as the client takes it; what it was given as bytes it would keep until then.
    """

    def __init__(self, file: Any, _block_bytes: int = 0) -> None:
        self.path: str = file.name
        self.close: Callable[[], None] = file.close
        self._file = file

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._file)


def short_environ_of(scope: Any) -> dict[str, Any]:
    """Return what is looked at of a request that is answered past Flask; whoever needs more calls ``complete``."""
    environ: dict[str, Any] = {
        _SCOPE: scope,
        "REQUEST_METHOD": scope.method,
        "PATH_INFO": scope.path,
        "QUERY_STRING": scope.query_string,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
    }
    for name, value in scope.headers.items():
        key = _KEYS.get(name) or f"HTTP_{name.upper().replace('-', '_')}"
        environ[key] = f"{environ[key]},{value}" if key in environ else value
    return environ


def complete(environ: dict[str, Any]) -> None:
    """Add what else PEP 3333 says of a request, but its body, unless it is there already."""
    scope = environ.pop(_SCOPE, None)
    if scope is None:
        return
    host, _, port = scope.server.rpartition(":")
    environ.update(
        {
            "SCRIPT_NAME": "",
            "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
            "SERVER_NAME": host,
            "SERVER_PORT": port,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": scope.scheme,
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            "wsgi.input_terminated": True,
            "wsgi.file_wrapper": File,
        }
    )


def environ_of(scope: Any) -> dict[str, Any]:
    """Return what PEP 3333 says of a request, without its body."""
    environ = short_environ_of(scope)
    complete(environ)
    return environ


_KEYS = {
    "content-type": "CONTENT_TYPE",
    "content-length": "CONTENT_LENGTH",
    "host": "HTTP_HOST",
    "authorization": "HTTP_AUTHORIZATION",
    "accept": "HTTP_ACCEPT",
    "user-agent": "HTTP_USER_AGENT",
}
