"""The original's design, built for the benchmark: Flask's development server, everything in lists in memory.

It speaks the same six routes of the wire and keeps nothing.
"""

from __future__ import annotations

import random
import sys
import time
import uuid
from typing import Any

from flask import Flask, jsonify, request

from bench.names import product_names

_Answer = tuple[Any, int]
_REFUSED: tuple[dict[str, str], int] = ({"mensagem": "Token inválido ou expirado."}, 401)


class Original:
    """Lists, and the routes over them."""

    def __init__(self, movements: int, products: int) -> None:
        choose = random.Random(3)
        self._users: dict[str, str] = {}
        self._tokens: dict[str, str] = {}
        self._products = [
            {"id": f"p{number}", "nome": name} for number, name in enumerate(product_names(products), start=1)
        ]
        self._inventory: list[dict[str, Any]] = []
        for _ in range(movements):
            self._add(f"p{choose.randint(1, products)}", choose.randint(1, 500), "medidor")

    def app(self) -> Flask:
        """Return the app."""
        app = Flask(__name__)
        app.post("/registrar_usuario_app")(self.register)
        app.post("/login")(self.log_in)
        app.get("/produtos")(self.list_products)
        app.get("/inventario")(self.list_inventory)
        app.post("/inventario")(self.register_entry)
        return app

    def register(self) -> _Answer:
        """Make an account."""
        body = request.get_json()
        self._users[body["username"]] = body["password"]
        return jsonify({"mensagem": "Usuário registrado com sucesso!"}), 201

    def log_in(self) -> _Answer:
        """Give a token."""
        body = request.get_json()
        if self._users.get(body["username"]) != body["password"]:
            return jsonify({"mensagem": "Usuário ou senha inválidos."}), 401
        token = str(uuid.uuid4())
        self._tokens[token] = body["username"]
        return jsonify({"mensagem": "Login bem-sucedido!", "token": token}), 200

    def list_products(self) -> _Answer:
        """List all products."""
        return (jsonify(self._products), 200) if self._user() else _REFUSED

    def list_inventory(self) -> _Answer:
        """List all entries, with the names of their products."""
        if self._user() is None:
            return _REFUSED
        rows = [{**entry, "nome_produto": self._name(entry["produto_id"])} for entry in self._inventory]
        return jsonify(rows), 200

    def register_entry(self) -> _Answer:
        """Add an entry."""
        who = self._user()
        if who is None:
            return _REFUSED
        body = request.get_json()
        if self._name(body["produto_id"]) is None:
            return jsonify({"mensagem": "Produto não encontrado."}), 404
        return jsonify(self._add(body["produto_id"], int(body["quantidade"]), who)), 201

    def _user(self) -> str | None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        return self._tokens.get(token) if scheme == "Bearer" else None

    def _add(self, product_id: str, quantity: int, who: str) -> dict[str, Any]:
        entry = {
            "id": str(uuid.uuid4()),
            "produto_id": product_id,
            "quantidade": quantity,
            "registrado_por": who,
            "timestamp": time.process_time(),
        }
        self._inventory.append(entry)
        return entry

    def _name(self, product_id: str) -> str | None:
        return next((product["nome"] for product in self._products if product["id"] == product_id), None)


if __name__ == "__main__":
    Original(int(sys.argv[2]), int(sys.argv[3])).app().run(port=int(sys.argv[1]))
