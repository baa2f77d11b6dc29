"""Calls about movements of every kind: what is sent, and what is read from the answer."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from almoxarife.client import movements
from almoxarife.client.errors import BadAnswer
from almoxarife.client.session import Session

from .hostile import HostileServer, answer, sent
from .test_calls import ROW

ISSUE = {
    **ROW,
    "quantidade": -24,
    "tipo": "saida",
    "sinal": -1,
    "de": "l2",
    "para": "l3",
    "data_efetiva": "2026-11-23T03:00:00.000000Z",
    "lote": {"id": "v1", "numero": "A1", "validade": "2026-12-01"},
    "estornado_por": "0b9c5f3e-3d6f-4a43-8f0e-6b7a3c1d2e50",
    "motivo": {"id": "m1", "nome": "Quebra"},
    "observacao": "balcão",
    "parceiro": {"id": "t1", "nome": "Dona Lia"},
    "documento": "NF 7",
    "unidade": "CX",
    "quantidade_digitada": 2.5,
    "devolve": "0b9c5f3e-3d6f-4a43-8f0e-6b7a3c1d2e51",
}


def test_a_movement_of_any_kind(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(201, ISSUE)]
    fields = {
        "produto_id": "p1",
        "quantidade": Decimal("2.5"),
        "custo_unitario": Decimal("1.10"),
        "lote": None,
    }
    entry = movements.register(session, ROW["id"], "saida", {**fields, "frete": Decimal(3), "devolve": "x"})  # type: ignore[arg-type]
    assert sent(server) == (
        "POST /inventario",
        {
            "id": ROW["id"],
            "tipo": "saida",
            "produto_id": "p1",
            "quantidade": 2.5,
            "custo_unitario": "1.10",
            "frete": 3,
            "devolve": "x",
        },
    )
    assert (entry.kind, entry.sign, entry.quantity, entry.source, entry.target) == (
        "saida", -1, -24, "l2", "l3",
    )  # fmt: skip
    assert entry.effective_at == datetime(2026, 11, 23, 3, tzinfo=UTC)
    assert entry.lot == movements.LotOfEntry("v1", "A1", "2026-12-01")
    assert (entry.reverses, entry.reversed_by) == (None, ISSUE["estornado_por"])
    assert (entry.reason, entry.note, entry.partner, entry.document) == (
        "Quebra",
        "balcão",
        "Dona Lia",
        "NF 7",
    )
    assert entry.returns == ISSUE["devolve"]
    assert (entry.unit, entry.typed_quantity) == ("CX", Decimal("2.5"))


def test_a_reversal(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(201, ROW)]
    movements.reverse(session, "id", "other")
    assert sent(server)[1] == {"id": "id", "tipo": "estorno", "estorna": "other"}


def test_a_plain_entry_says_nothing_and_is_one(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(200, [ROW])]
    [entry] = movements.latest(session, 1)
    assert (entry.kind, entry.sign, entry.source, entry.target, entry.effective_at) == (
        "entrada", 1, "l1", "l2", None,
    )  # fmt: skip


def test_lists_are_narrowed(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(200, []), answer(200, [])]
    wanted = movements.Filter("maria", "saida", "l6", "p1", "v1")
    movements.latest(session, 5, wanted=wanted)
    query = "registrado_por=maria&tipo=saida&local=l6&produto=p1&lote=v1"
    assert sent(server)[0] == f"GET /inventario?ultimos=5&{query}"
    movements.after(session, 7, 100, wanted)
    assert sent(server)[0] == f"GET /inventario?depois_de=7&limite=100&{query}"


@pytest.mark.parametrize("change", [{"sinal": "x"}, {"lote": "A1"}, {"data_efetiva": "ontem"}])
def test_another_shape_is_refused(server: HostileServer, session: Session, change: dict[str, object]) -> None:
    server.behaviours = [answer(200, [{**ISSUE, **change}])]
    with pytest.raises(BadAnswer):
        movements.latest(session, 1)
