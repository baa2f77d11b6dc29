"""A server of a few routes, in a thread, that answers, hangs, pushes, talks nonsense or is gone, as told."""

from __future__ import annotations

import contextlib
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

Mode = Literal["answers", "hangs", "nonsense"]
Reply = tuple[int, object]
HANG_LIMIT_S = 20.0
_LOOK_S = 0.02


class StandIn:
    """The ledger and the accounts; ``mode``, ``pushes`` and ``sessions`` may change at any time."""

    def __init__(self) -> None:
        self.mode: Mode = "answers"
        self.pushes = False
        self.entries: list[dict[str, object]] = []
        self.alerts: list[dict[str, object]] = []
        self.sessions: set[str] = set()
        self.log_outs = 0
        self.go_on = threading.Event()
        self._server: ThreadingHTTPServer | None = None
        self._port = 0
        self.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Listen; where it listened before, if it did."""
        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), self._handler())
        self._server.daemon_threads = True
        self._port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """Refuse connections from now on."""
        self.go_on.set()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def add(
        self,
        product: str = "Parafuso 10mm",
        quantity: int | float = 50,
        username: str = "maria",
        ago: timedelta = timedelta(0),
        ledger: str = "a",
    ) -> None:
        """Append an entry."""
        sequence = len(self.entries) + 1
        recorded_at = datetime.now(UTC) - ago
        self.entries.append(
            {
                "id": f"00000000-0000-4000-8000-{sequence:012d}",
                "produto_id": "p1",
                "nome_produto": product,
                "quantidade": quantity,
                "registrado_por": username,
                "timestamp": f"{recorded_at:%Y-%m-%dT%H:%M:%S.%f}Z",
                "sequencia": sequence,
                "recibo": hashlib.sha256(f"{ledger} {sequence}".encode()).hexdigest(),
            }
        )

    def reply(self, method: str, target: str, token: str, body: dict[str, str]) -> Reply:
        """Return status and JSON value for a request."""
        parts = urlsplit(target)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if (method, parts.path) == ("POST", "/login"):
            return self._log_in(body)
        if parts.path == "/saude":
            url = f"{self.address}/eventos" if self.pushes else None
            return 200, {"estado": "ok", "versao": "0", "eventos": url}
        if token not in self.sessions:
            return 401, {"codigo": "token_invalido", "mensagem": "Sua sessão terminou. Entre de novo."}
        if (method, parts.path) == ("POST", "/sair"):
            self.sessions.discard(token)
            self.log_outs += 1
            return 200, {"mensagem": "Até logo."}
        if parts.path == "/inventario/resumo":
            return 200, self._summary(query["desde"])
        return (200, self.alerts[::-1]) if parts.path == "/alertas" else self._list(query)

    def events(self, after: int) -> Iterator[bytes]:
        """Yield the entries after a sequence as server-sent events, as long as it pushes."""
        yield b": oi\n\n"
        told = list(self.alerts)
        while self.pushes and self._server is not None:
            for entry in self.entries[after:]:
                yield f"id: {entry['sequencia']}\nevent: movimento\ndata: {json.dumps(entry)}\n\n".encode()
                after += 1
            for row in [row for row in self.alerts if row not in told]:
                yield f"event: alerta\ndata: {json.dumps(row)}\n\n".encode()
            told = list(self.alerts)
            time.sleep(_LOOK_S)

    def _log_in(self, body: dict[str, str]) -> Reply:
        if body["password"] != "1234":
            return 401, {"codigo": "credenciais_invalidas", "mensagem": "Usuário ou senha incorretos."}
        token = f"token{len(self.sessions)}"
        self.sessions.add(token)
        answer = {"mensagem": "Bem-vindo.", "token": token}
        return 200, {
            **answer,
            "usuario": body["username"],
            "papel": "operador",
            "expira_em": "2099-01-01T00:00:00Z",
        }

    def _list(self, query: dict[str, str]) -> Reply:
        if "ultimos" in query:
            return 200, self.entries[-int(query["ultimos"]) :]
        after, limit = int(query["depois_de"]), int(query["limite"])
        if after > len(self.entries):
            return 400, {"codigo": "cursor_no_futuro", "mensagem": "O cursor está além do fim."}
        return 200, self.entries[after : after + limit]

    def _summary(self, since: str) -> dict[str, object]:
        counted: list[dict[str, Any]] = [e for e in self.entries if str(e["timestamp"]) >= since]
        return {
            "desde": since,
            "entradas": len(counted),
            "quantidade": sum(e["quantidade"] for e in counted),
            "pessoas": sorted({e["registrado_por"] for e in counted}),
            "sequencia": len(self.entries),
        }

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer("GET")

            def do_POST(self) -> None:
                self._answer("POST")

            def log_message(self, format: str, *args: object) -> None:
                pass

            def _answer(self, method: str) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                if stand_in.mode == "hangs":
                    stand_in.go_on.wait(HANG_LIMIT_S)
                token = self.headers.get("Authorization", "").removeprefix("Bearer ")
                if stand_in.mode == "nonsense":
                    status, text = 200, "<html>Wi-Fi do hotel: aceite os termos</html>"
                elif self.path.startswith("/eventos") and token in stand_in.sessions and stand_in.pushes:
                    self._push()
                    return
                else:
                    status, value = stand_in.reply(method, self.path, token, json.loads(body or b"{}"))
                    text = json.dumps(value)
                self.send_response(status)
                self.send_header("Content-Length", str(len(text.encode())))
                self.end_headers()
                self.wfile.write(text.encode())

            def _push(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.end_headers()
                with contextlib.suppress(OSError):
                    for piece in stand_in.events(int(self.path.partition("=")[2])):
                        self.wfile.write(piece)
                        self.wfile.flush()

        return Handler
