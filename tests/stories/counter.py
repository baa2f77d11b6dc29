"""A shop at its counter: what happens goes over HTTP to the system, and the stock card is asked back."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from almoxarife.features.costs.rules.lines import Basis, Method
from tests.server.in_process import Caller
from tests.server.running import JSON

from .paper import CardLine, PaperShop

_BASES = {
    "nenhum": Basis.NOTHING,
    "informado": Basis.STATED,
    "estorno": Basis.NAMED,
    "devolucao": Basis.NAMED,
    "estoque": Basis.STOCK,
    "ultimo": Basis.LAST_KNOWN,
    "desconhecido": Basis.UNKNOWN,
}


class CounterShop:
    """The same as ``paper.PaperShop``, told to the real API. A movement is known by its number."""

    def __init__(self, caller: Caller, method: Method) -> None:
        self._caller = caller
        self._day = "01/01"
        self._ids: list[str] = []
        self._ask("PUT", "/configuracoes", {"metodo_custo": method.value, "permite_negativo": True})
        self._ask("POST", "/produtos", {"nome": "Café torrado", "unidade": "KG"})
        self._ask("POST", "/locais", {"nome": "Depósito"})

    def receive(
        self,
        quantity: str | int,
        unit_cost: str | None = None,
        *,
        on: str = "",
        freight: str = "0",
        tax: str = "0",
        discount: str = "0",
    ) -> int:
        costs = {}
        if unit_cost is not None:
            amounts = {"custo_unitario": unit_cost, "frete": freight, "imposto": tax, "desconto": discount}
            costs = {name: float(amount) for name, amount in amounts.items()}
        return self._add("entrada", quantity, on, **costs)

    def issue(self, quantity: str | int, *, on: str = "") -> int:
        return self._add("saida", quantity, on)

    def lose(self, quantity: str | int, *, on: str = "") -> int:
        return self._add("perda", quantity, on, motivo_id="m1")

    def adjust(self, quantity: str | int, *, on: str = "") -> int:
        return self._add("ajuste", quantity, on, motivo_id="m4")

    def transfer(self, quantity: str | int, *, on: str = "") -> int:
        return self._add("transferencia", quantity, on, para_local_id="l6")

    def return_from_customer(self, quantity: str | int, *, issue: int | None = None, on: str = "") -> int:
        return self._add("devolucao_cliente", quantity, on, **self._naming(issue))

    def return_to_supplier(self, quantity: str | int, *, entry: int | None = None, on: str = "") -> int:
        return self._add("devolucao_fornecedor", quantity, on, **self._naming(entry))

    def reverse(self, movement: int, *, on: str = "") -> int:
        return self._add("estorno", None, on, estorna=self._ids[movement - 1])

    def card(self) -> list[CardLine]:
        """Return the stock card, in the order in which things happened."""
        return [
            CardLine(
                line["sequencia"],
                line["saldo"],
                line["valor"],
                line["custo"],
                line["correcao"],
                _BASES[line["base_do_custo"]],
            )
            for line in self._ask("GET", "/kardex?produto_id=p1")["linhas"]
        ]

    def line_of(self, movement: int) -> CardLine:
        """Return a movement's line of the card."""
        return next(line for line in self.card() if line.movement == movement)

    def quantity(self, *, before: str = "") -> Decimal:
        """Return what there is now, or was when a day began."""
        return sum((row["saldo"] for row in self._ask("GET", f"/estoque/saldos{_at(before)}")), Decimal(0))

    def value(self, *, before: str = "") -> Decimal:
        """Return what that is worth."""
        return Decimal(self._ask("GET", f"/estoque/valor{_at(before)}")["valor_total"])

    def stock(self) -> tuple[Decimal | int, Decimal | int]:
        """Return how much there is now, and what it is worth."""
        return self.quantity(), self.value()

    def average(self) -> Decimal:
        """Return what a unit is worth, to four decimals."""
        return Decimal(self._ask("GET", "/kardex?produto_id=p1")["fechamento"]["custo_medio"])

    def _naming(self, movement: int | None) -> dict[str, str]:
        return {"devolve": self._ids[movement - 1]} if movement is not None else {}

    def _add(self, kind: str, quantity: str | int | None, on: str, **more: object) -> int:
        self._day = on or self._day
        day, month = self._day.split("/")
        body: dict[str, object] = {"tipo": kind, "data_efetiva": f"2026-{month}-{day}", **more}
        if quantity is not None:
            body |= {"produto_id": "p1", "quantidade": float(quantity)}
        answer = self._ask("POST", "/inventario", body)
        self._ids.append(answer["id"])
        number: int = answer["sequencia"]
        return number

    def _ask(self, method: str, path: str, body: object = None) -> Any:
        text = json.dumps(body).encode() if body is not None else None
        answer = self._caller.send(method, path, text, {"Content-Type": JSON} if text else None)
        assert answer.status in (200, 201), answer.body.decode()
        return json.loads(answer.body, parse_float=Decimal)


def _at(before: str) -> str:
    """Ask for the end of the day before another one."""
    if not before:
        return ""
    day, month = map(int, before.split("/"))
    assert day > 1
    return f"?em=2026-{month:02d}-{day - 1:02d}"


Shop = PaperShop | CounterShop
