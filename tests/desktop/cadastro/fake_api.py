"""A server in memory that answers, hangs, loses answers or refuses, as told."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from almoxarife.client.accounts import Account
from almoxarife.client.errors import ClientError, Refused, SessionExpired, Unreachable
from almoxarife.client.health import Health
from almoxarife.client.movements import Entry
from almoxarife.client.outbox.rows import Receipt
from almoxarife.client.products import Product
from almoxarife.names import fold, search_form

from .fake_alerts import FakeAlerts
from .fake_analysis import FakeAnalyses
from .fake_labels import FakeLabels
from .fake_levels import FakeLevels
from .fake_purchases import FakePurchases
from .fake_shop import FakeShop
from .fake_webhooks import FakeWebhooks

NOON = datetime(2026, 11, 24, 12, 0, 0).astimezone()
AWAY = "O servidor em http://127.0.0.1:5000 não responde. Verifique se ele está ligado e se a rede funciona."


class FakeApi(FakeAlerts, FakeAnalyses, FakeLabels, FakeLevels, FakePurchases, FakeWebhooks, FakeShop):
    """What the register program asks of the server, answered from lists."""

    def __init__(self) -> None:
        FakeAlerts.__init__(self, self._answer)
        FakeAnalyses.__init__(self, self._answer)
        FakeLabels.__init__(self, self._answer)
        FakeLevels.__init__(self, self._answer)
        FakePurchases.__init__(self, self._answer)
        FakeShop.__init__(self, self._answer)
        FakeWebhooks.__init__(self, self._answer, self._lose)
        self.passwords = {"maria": "segredo"}
        self.entries: list[Entry] = []
        # What was registered beside product and quantity, in order.
        self.details: list[dict[str, object]] = []
        self.username = ""
        # Of whoever logs in, in place of what the order of registration gives.
        self.role = ""
        # Raised in place of every answer, and in place of those of one call.
        self.trouble: ClientError | None = None
        self.trouble_of: dict[str, ClientError] = {}
        # Calls whose work is done but whose answer never comes.
        self.loses_answers_of: set[str] = set()
        self.calls: list[str] = []
        self.open = threading.Event()
        self.open.set()
        self.now = NOON
        self.away = Unreachable(AWAY)

    # -- what a test does to it

    def go_away(self) -> None:
        self.trouble = self.away

    def end_session(self) -> None:
        self.trouble = SessionExpired(
            "Sua sessão terminou. Entre de novo.", status=401, code="token_invalido"
        )

    def come_back(self) -> None:
        self.trouble = None

    def hang(self) -> None:
        """Let calls wait until ``go_on``."""
        self.open.clear()

    def go_on(self) -> None:
        self.open.set()

    def add_products(self, *names: str) -> list[Product]:
        made = [
            Product(f"p{number}", name) for number, name in enumerate(names, start=len(self.products) + 1)
        ]
        self.products += made
        return made

    # -- what the program asks

    def log_in(self, username: str, password: str) -> Account:
        self._answer("log_in")
        if self.passwords.get(username) != password:
            raise Refused(
                "Usuário ou senha incorretos. Confira e tente de novo.",
                status=401,
                code="credenciais_invalidas",
            )
        self.username = username
        first = username == next(iter(self.passwords))
        return Account(username, self.role or ("administrador" if first else "operador"))

    @property
    def lets_somebody_in(self) -> bool:
        return False

    def come_in(self) -> Account:
        raise AssertionError("nobody works without this server")

    def log_out(self) -> None:
        self._answer("log_out")

    def register_account(self, username: str, password: str) -> str:
        self._answer("register_account")
        if username in self.passwords:
            raise Refused(
                "Já existe um usuário com esse nome. Escolha outro.",
                status=409,
                code="usuario_existente",
                field="username",
            )
        self.passwords[username] = password
        return "Usuário criado. Agora entre com ele."

    def change_password(self, current: str, new: str) -> str:
        self._answer("change_password")
        if self.passwords[self.username] != current:
            raise Refused("A senha atual não é essa.", status=401, code="credenciais_invalidas")
        self.passwords[self.username] = new
        return "Senha alterada."

    def health(self) -> Health:
        self._answer("health")
        return Health("ok", "0.1.0", None)

    def search(self, text: str, limit: int) -> list[Product]:
        self._answer("search")
        words = search_form(text).split()
        by_id = [product for product in self.products if product.id in words]
        by_name = [
            product for product in self.products if all(word in search_form(product.name) for word in words)
        ]
        return [*by_id, *(product for product in by_name if product not in by_id)][:limit]

    def create(self, name: str) -> Product:
        self._answer("create")
        if any(fold(product.name) == fold(name) for product in self.products):
            raise Refused(
                f"Já existe o produto “{name}”.", status=409, code="produto_existente", field="nome"
            )
        (product,) = self.add_products(name)
        self._lose("create")
        return product

    def post(self, username: str, body: Mapping[str, object]) -> dict[str, object]:
        """Do ``POST /inventario`` and return the server's row."""
        assert username == self.username, "nobody registers in another's name"
        details = dict(body)
        id, kind = str(details.pop("id")), details.pop("tipo", "entrada")
        if kind == "estorno":
            return row_of(self.reverse(id, str(body["estorna"])))
        product_id, quantity = str(details.pop("produto_id")), details.pop("quantidade")
        assert isinstance(quantity, (int, float))
        exact = quantity if isinstance(quantity, int) else Decimal(repr(quantity))
        if kind != "entrada":
            details = {"tipo": kind, **details}
        return row_of(self.register(id, product_id, exact, details))

    def register(
        self, id: str, product_id: str, quantity: Decimal | int, details: Mapping[str, object]
    ) -> Entry:
        self._answer("register")
        self.details.append(dict(details))
        names = {product.id: product.name for product in self.products}
        if product_id not in names:
            raise Refused(
                "Esse produto não existe mais.", status=404, code="produto_inexistente", field="produto_id"
            )
        if quantity != int(quantity) and product_id not in self.shop_facts:
            sentence = "Use um número inteiro, sem vírgula."
            raise Refused(sentence, status=400, code="campo_invalido", field="quantidade")
        entry = next((entry for entry in self.entries if entry.id == id), None)
        if entry is None:
            entry = self.make_entry(id, Product(product_id, names[product_id]), quantity, self.username)
            returns = details.get("devolve")
            entry = replace(
                entry, kind=str(details.get("tipo", "entrada")), returns=str(returns) if returns else None
            )
            self.entries.append(entry)
        elif (entry.product_id, entry.quantity) != (product_id, quantity):
            raise Refused("Esse id é de outra entrada.", status=409, code="id_em_conflito", field="id")
        self._lose("register")
        return entry

    def remember_products(self) -> None:
        self._answer("remember_products")

    def answer_alone_while(self, away: Callable[[], bool]) -> None:
        """This one does not know what to answer alone."""

    def receipt_at(self, sequence: int) -> Receipt | None:
        self._answer("receipt_at")
        found = [entry for entry in self.entries if entry.sequence == sequence]
        return Receipt(sequence, found[0].receipt) if found else None

    def reverse(self, id: str, movement_id: str) -> Entry:
        self._answer("reverse")
        entry = next((entry for entry in self.entries if entry.id == id), None)
        if entry is None:
            (place,) = [n for n, one in enumerate(self.entries) if one.id == movement_id]
            before = self.entries[place]
            if before.reversed_by:
                raise Refused("Este movimento já foi estornado.", status=409, code="ja_estornado")
            product = Product(before.product_id, before.product_name)
            entry = self.make_entry(id, product, -before.quantity, self.username)
            entry = replace(entry, kind="estorno", reverses=movement_id)
            self.entries[place] = replace(before, reversed_by=id)
            self.entries.append(entry)
        self._lose("reverse")
        return entry

    def latest(self, n: int, username: str) -> list[Entry]:
        self._answer("latest")
        return [entry for entry in self.entries if entry.username == username][-n:]

    def last_of_product(self, product_id: str, kind: str) -> list[Entry]:
        self._answer("last_of_product")
        return [e for e in self.entries[::-1] if (e.product_id, e.kind) == (product_id, kind)]

    def make_entry(self, id: str, product: Product, quantity: Decimal | int, username: str) -> Entry:
        sequence = len(self.entries) + 1
        return Entry(
            id=id,
            product_id=product.id,
            product_name=product.name,
            quantity=quantity,
            username=username,
            recorded_at=self.now.astimezone(UTC),
            sequence=sequence,
            receipt=hashlib.sha256(str(sequence).encode()).hexdigest(),
        )

    def _answer(self, call: str) -> None:
        self.calls.append(call)
        self.open.wait(20)
        trouble = self.trouble_of.get(call) or self.trouble
        if trouble is not None:
            raise trouble

    def _lose(self, call: str) -> None:
        if call in self.loses_answers_of:
            raise Unreachable(AWAY)


def row_of(entry: Entry) -> dict[str, object]:
    """Return an entry as the wire has it."""
    row: dict[str, object] = {
        "id": entry.id,
        "produto_id": entry.product_id,
        "nome_produto": entry.product_name,
        "quantidade": entry.quantity if isinstance(entry.quantity, int) else float(entry.quantity),
        "registrado_por": entry.username,
        "timestamp": f"{entry.recorded_at:%Y-%m-%dT%H:%M:%S.%f}Z",
        "sequencia": entry.sequence,
        "recibo": entry.receipt,
        "tipo": entry.kind,
        "sinal": entry.sign,
        "de": entry.source,
        "para": entry.target,
        "estorna": entry.reverses,
        "devolve": entry.returns,
    }
    return {name: value for name, value in row.items() if value is not None}
