"""A shop with a shelf, and what tests ask of its movements."""

from __future__ import annotations

from .in_process import Caller
from .running import Answer


def furnish(caller: Caller) -> Caller:
    """Make two products, a shelf (l6), a customer (t1), and 100 pieces of the first product."""
    assert caller.post("/produtos", {"nome": "Parafuso 10mm"}).status == 201
    assert caller.post("/produtos", {"nome": "Tinta branca"}).status == 201
    assert caller.post("/locais", {"nome": "Prateleira", "dentro_de": "l2"}).status == 201
    assert caller.post("/parceiros", {"tipo": "cliente", "nome": "Dona Lia"}).status == 201
    assert caller.post("/inventario", {"produto_id": "p1", "quantidade": 100}).status == 201
    return caller


def move(caller: Caller, kind: str, quantity: object = 1, **more: object) -> Answer:
    """Ask for a movement of the first product, unless another is named."""
    return caller.post("/inventario", {"tipo": kind, "produto_id": "p1", "quantidade": quantity, **more})


def refused(answer: Answer) -> tuple[int, str, str | None]:
    """Return status, code and field of a refusal."""
    problem = answer.json()
    return answer.status, problem["codigo"], problem.get("campo")


def rows(caller: Caller, query: str = "") -> list[dict[str, object]]:
    """Return the rows of a list of movements."""
    found: list[dict[str, object]] = caller.get(f"/inventario{query}").json()
    return found
