"""Stock cards and the value of the stock over HTTP, alike on both databases: what is answered and refused."""

from __future__ import annotations

import pytest

from .in_process import Caller


@pytest.fixture
def shop(caller: Caller) -> Caller:
    """A shop that has bought, moved and sold screws."""
    caller.post("/produtos", {"nome": 'Parafuso "10mm"'})
    caller.post("/locais", {"nome": "Prateleira", "dentro_de": "l2"})
    for body in (
        {"quantidade": 10, "custo_unitario": 5, "frete": "3.00", "documento": "NF 7"},
        {"quantidade": 4, "tipo": "transferencia", "para_local_id": "l6"},
        {"quantidade": 3, "tipo": "saida", "observacao": "balcão"},
    ):
        answer = caller.post("/inventario", {"produto_id": "p1", **body})
        assert answer.status == 201, answer.body
    return caller


def test_a_card_closes_line_by_line(shop: Caller) -> None:
    card = shop.get("/kardex?produto_id=p1").json()
    assert card["abertura"] == {"saldo": 0, "valor": 0, "custo_medio": 0}
    assert card["fechamento"] == {"saldo": 7, "valor": 37.1, "custo_medio": 5.3}
    entry, transfer, issue = card["linhas"]
    assert {name: entry[name] for name in ("tipo", "quantidade", "saldo", "custo", "documento")} == {
        "tipo": "entrada",
        "quantidade": 10,
        "saldo": 10,
        "custo": 53,
        "documento": "NF 7",
    }
    assert (transfer["tipo"], transfer["quantidade"], transfer["movimentado"]) == ("transferencia", 0, 4)
    assert (issue["custo"], issue["custo_unitario"], issue["observacao"]) == (-15.9, 5.3, "balcão")
    assert (issue["registrado_por"], issue["estorna"], issue["estornado_por"]) == ("admin", None, None)


def test_a_card_of_a_place_and_of_a_page(shop: Caller) -> None:
    shelf = shop.get("/kardex?produto_id=p1&local_id=l6").json()
    assert (shelf["local_id"], shelf["fechamento"]["saldo"]) == ("l6", 4)
    # The shelf is in the stock, which therefore has all of it.
    assert shop.get("/kardex?produto_id=p1&local_id=l2").json()["fechamento"]["saldo"] == 7
    page = shop.get("/kardex?produto_id=p1&limite=2").json()
    assert (page["continua"], len(page["linhas"])) == (True, 2)
    rest = shop.get("/kardex?produto_id=p1&depois_de=2").json()
    assert (rest["continua"], rest["abertura"]["saldo"], len(rest["linhas"])) == (False, 10, 1)


def test_an_explanation(shop: Caller) -> None:
    told = shop.get("/kardex/explicacao?produto_id=p1&limite=1").json()
    assert told["resumo"][-1] == "Portanto há 7, no valor de R$ 37,10: R$ 5,30 cada."
    assert told["passos"][0] == "2 movimentos antes: 10, no valor de R$ 53,00."
    assert told["passos"][1].endswith(
        "nº 3, saída: 10 − 3 = 7. Valor: R$ 53,00 − R$ 15,90 = R$ 37,10 "  # noqa: RUF001
        "(3 × R$ 5,30, o custo do estoque naquele momento)."
    )


def test_balances_and_value(shop: Caller) -> None:
    row = {"produto_id": "p1", "nome_produto": 'Parafuso "10mm"', "saldo": 7}
    assert shop.get("/estoque/saldos").json() == [row]
    assert shop.get("/estoque/valor").json() == {
        "metodo": "medio",
        "valor_total": 37.1,
        "produtos": [{**row, "valor": 37.1, "custo_medio": 5.3}],
    }
    assert shop.get("/estoque/saldos?em=2020-01-01").json() == []
    assert shop.get("/estoque/valor?em=2020-01-01").json()["valor_total"] == 0
    assert shop.get("/estoque/valor?local_id=l6").json()["valor_total"] == 21.2


def test_another_method_values_everything_anew(shop: Caller) -> None:
    shop.post("/inventario", {"produto_id": "p1", "quantidade": 7, "custo_unitario": 8})
    shop.post("/inventario", {"produto_id": "p1", "quantidade": 7, "tipo": "saida", "local_id": "l2"})
    assert shop.get("/estoque/valor").json()["valor_total"] == 46.55  # 37,10 and 56,00 are 93,10 for 14
    changed = shop.send(
        "PUT", "/configuracoes", b'{"metodo_custo": "peps"}', {"Content-Type": "application/json"}
    )
    assert changed.status == 200
    assert shop.get("/estoque/valor").json()["valor_total"] == 56
    assert shop.get("/kardex?produto_id=p1").json()["metodo"] == "peps"


@pytest.mark.parametrize(
    ("path", "status", "code", "field"),
    [
        ("/kardex", 400, "campo_invalido", "produto_id"),
        ("/kardex?produto_id=p9", 404, "produto_inexistente", "produto_id"),
        ("/kardex?produto_id=p1&local_id=l9", 404, "local_inexistente", "local_id"),
        ("/kardex?produto_id=p1&local_id=l1", 404, "local_inexistente", "local_id"),
        ("/kardex?produto_id=p1&de=ontem", 400, "campo_invalido", "de"),
        ("/kardex?produto_id=p1&de=2026-02-01&ate=2026-01-01", 400, "campo_invalido", "ate"),
        ("/kardex?produto_id=p1&limite=0", 400, "campo_invalido", "limite"),
        ("/kardex?produto_id=p1&limite=10001", 400, "campo_invalido", "limite"),
        ("/kardex?produto_id=p1&depois_de=-1", 400, "campo_invalido", "depois_de"),
        ("/kardex/explicacao?produto_id=p1&limite=1001", 400, "campo_invalido", "limite"),
        ("/estoque/saldos?em=32", 400, "campo_invalido", "em"),
        ("/estoque/valor?em=2026-13-01", 400, "campo_invalido", "em"),
        ("/estoque/valor?local_id=x", 404, "local_inexistente", "local_id"),
    ],
)
def test_what_cannot_be_asked_is_refused(shop: Caller, path: str, status: int, code: str, field: str) -> None:
    problem = shop.get(path).json()
    assert (problem["status"], problem["codigo"], problem["campo"]) == (status, code, field)
