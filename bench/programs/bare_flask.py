"""The floor: a Flask route that returns 150 bytes of JSON, on granian with one worker and one blocking thread."""

from __future__ import annotations

import sys
from typing import Any

from flask import Flask

_ANSWER = {"id": "0" * 36, "produto_id": "p12345", "nome": "x" * 72}


def load(_target: str = "") -> Flask:
    """Return the app."""
    app = Flask(__name__)

    @app.get("/")
    def answer() -> dict[str, Any]:
        return _ANSWER

    return app


def main(port: int) -> None:
    """Serve until a signal asks for the end."""
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels

    server = Granian(
        target="bench.programs.bare_flask",
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        workers=1,
        blocking_threads=1,
        websockets=False,
        log_level=LogLevels.error,
    )
    server.serve(target_loader=load, wrap_loader=False)


if __name__ == "__main__":
    main(int(sys.argv[1]))
