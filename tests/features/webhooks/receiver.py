"""A receiver of webhooks: a real HTTP server that answers as it is told to, and keeps what came."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Receiver:
    """``answers``: what it answers next, then 204; 0: it hangs up, -1: it says nothing for a while."""

    def __init__(self) -> None:
        self.answers: list[int] = []
        self.got: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.bodies: list[bytes] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = outer.answers.pop(0) if outer.answers else 204
                outer.bodies.append(body)
                outer.headers.append(dict(self.headers.items()))
                if status == 204:
                    outer.got.append(json.loads(body))
                if status == -1:
                    time.sleep(3)
                if status > 0:
                    self.send_response(status)
                    self.send_header("Location", outer.url)
                    self.send_header("Content-Length", "0")
                    self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/avisos?loja=1"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}).start()

    def close(self) -> None:
        """End it."""
        self._server.shutdown()
        self._server.server_close()

    def assert_signed(self, secret: str) -> None:
        """See that everything that came was signed, as the documents tell receivers to."""
        for headers, body in zip(self.headers, self.bodies, strict=True):
            parts = dict(part.split("=") for part in headers["Almoxarife-Assinatura"].split(","))
            assert abs(int(parts["t"]) - time.time()) < 60
            expected = hmac.new(secret.encode(), parts["t"].encode() + b"." + body, hashlib.sha256)
            assert hmac.compare_digest(expected.hexdigest(), parts["v1"])
            assert headers["Almoxarife-Entrega"] == json.loads(body)["entrega"]
