"""Counting the shelves, with figures worked out by hand: at the counter of a shop that sells meanwhile."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tests.server.in_process import Caller


def shop(balcao: Caller) -> None:
    """20 screws (p1) and 8 lamps (p2) in Estoque (l2)."""
    for name, quantity in (("Parafuso 10mm", 20), ("Lâmpada", 8)):
        product = balcao.post("/produtos", {"nome": name}).json()["id"]
        enter(balcao, product, quantity, custo_unitario=5)


def enter(balcao: Caller, product: str, quantity: int, **more: object) -> None:
    body = {"tipo": "entrada", "produto_id": product, "quantidade": quantity, **more}
    assert balcao.post("/inventario", body).status == 201


def sell(balcao: Caller, product: str, quantity: int) -> None:
    body = {"tipo": "saida", "produto_id": product, "quantidade": quantity}
    assert balcao.post("/inventario", body).status == 201


def begin(balcao: Caller, **what: object) -> str:
    answer = balcao.post("/contagens", {"local_id": "l2", **what})
    assert answer.status == 201, answer.body
    made: str = answer.json()["id"]
    return made


def count(balcao: Caller, number: str, product: str, quantity: int, **more: object) -> Any:
    answer = balcao.post(
        f"/contagens/{number}/linhas", {"produto_id": product, "quantidade": quantity, **more}
    )
    assert answer.status == 201, answer.body
    return answer.json()


def close(balcao: Caller, number: str) -> None:
    assert balcao.post(f"/contagens/{number}/encerrar", {}).json()["situacao"] == "em_revisao"


def confirm(balcao: Caller, number: str, **more: object) -> Any:
    answer = balcao.post(f"/contagens/{number}/confirmar", more)
    assert answer.status == 200, answer.body
    return answer.json()


def items(balcao: Caller, number: str, wanted: str = "todos") -> list[tuple[object, ...]]:
    """Return product, counted, expected and difference of some items."""
    rows = balcao.get(f"/contagens/{number}/itens?situacao={wanted}").json()
    return [(row["produto_id"], row["contado"], row["esperado"], row["diferenca"]) for row in rows]


def balance(balcao: Caller, product: str) -> object:
    rows = balcao.get("/saldos?local=l2").json()
    return next((row["total"] for row in rows if row["produto_id"] == product), 0)


def person(balcao: Caller, name: str, role: str = "operador") -> Caller:
    """Return somebody else at the counter."""
    other = Caller(balcao.app)
    assert other.register(name).status == 201
    assert balcao.post("/usuarios/papel", {"usuario": name, "papel": role}).status == 200
    other.log_in(name)
    return other


def code(answer: Any) -> tuple[int, str, str | None]:
    return answer.status, answer.json()["codigo"], answer.json().get("campo")


def test_achados_18_onde_se_esperavam_20(balcao: Caller) -> None:
    shop(balcao)
    contagem = begin(balcao)
    assert count(balcao, contagem, "p1", 18)["esperado"] == 20
    count(balcao, contagem, "p2", 8)
    close(balcao, contagem)
    assert items(balcao, contagem, "divergentes") == [("p1", 18, 20, -2)]
    assert items(balcao, contagem, "certos") == [("p2", 8, 8, 0)]
    done = confirm(balcao, contagem)
    [sequence] = done["ajustes"]
    [row] = balcao.get(f"/inventario?depois_de={sequence - 1}&limite=1").json()
    assert (row["tipo"], row["quantidade"], row["documento"]) == ("ajuste", -2, f"contagem {contagem}")
    assert row["motivo"] == {"id": "m4", "nome": "Contagem"}
    assert (balance(balcao, "p1"), balance(balcao, "p2")) == (18, 8)
    # One item of two; 2 of 28 pieces; 10,00 of 140,00.
    right = done["acuracidade"]
    assert (right["itens"], right["certos"], right["acuracidade_itens"]) == (2, 1, 50)
    assert (right["acuracidade_quantidade"], right["acuracidade_valor"]) == (92.86, 92.86)
    assert right["valor_divergente"] == 10


def test_o_que_se_move_entre_duas_linhas_nao_faz_diferenca(balcao: Caller) -> None:
    shop(balcao)
    contagem = begin(balcao)
    count(balcao, contagem, "p1", 20)
    sell(balcao, "p1", 3)  # after it was counted
    sell(balcao, "p2", 2)  # before it is counted
    assert count(balcao, contagem, "p2", 6)["esperado"] == 6
    close(balcao, contagem)
    sell(balcao, "p2", 1)
    assert items(balcao, contagem, "divergentes") == []
    assert confirm(balcao, contagem)["ajustes"] == []
    assert (balance(balcao, "p1"), balance(balcao, "p2")) == (17, 5)


def test_uma_venda_entre_dois_pontos_da_mesma_prateleira(balcao: Caller) -> None:
    """Sold from where it was not counted yet, or from where it was: neither is a difference, and both are told."""
    shop(balcao)
    contagem = begin(balcao)
    count(balcao, contagem, "p1", 12)
    count(balcao, contagem, "p2", 5)
    sell(balcao, "p1", 3)
    sell(balcao, "p2", 2)
    count(balcao, contagem, "p1", 5)  # the other spot had 8, and has 5
    count(balcao, contagem, "p2", 3)  # the other spot has its 3; of the first one 2 are gone
    close(balcao, contagem)
    assert items(balcao, contagem, "movidos") == [("p1", 17, 17, 0), ("p2", 8, 8, 0)]
    assert confirm(balcao, contagem)["ajustes"] == []
    assert (balance(balcao, "p1"), balance(balcao, "p2")) == (17, 6)


def test_falta_apesar_do_que_se_moveu(balcao: Caller) -> None:
    """No order of events explains 15 of 20 with 3 sold meanwhile: 2 are missing at least."""
    shop(balcao)
    contagem = begin(balcao)
    count(balcao, contagem, "p1", 10)
    sell(balcao, "p1", 3)
    count(balcao, contagem, "p1", 5)
    close(balcao, contagem)
    assert items(balcao, contagem, "divergentes") == [("p1", 15, 17, -2)]
    sell(balcao, "p1", 4)
    confirm(balcao, contagem)
    # 20 - 3 - 4 - 2.
    assert balance(balcao, "p1") == 11


def test_dois_contadores_na_mesma_prateleira(balcao: Caller) -> None:
    shop(balcao)
    maria, joao = person(balcao, "maria"), person(balcao, "joao")
    contagem = begin(balcao)
    count(maria, contagem, "p1", 12)
    assert count(joao, contagem, "p1", 7)["total"] == 19
    close(balcao, contagem)
    [row] = balcao.get(f"/contagens/{contagem}/itens?situacao=divergentes").json()
    assert (row["contado"], row["diferenca"], row["contado_por"]) == (19, -1, ["maria", "joao"])
    lines = balcao.get(f"/contagens/{contagem}/linhas").json()
    assert [(line["contado_por"], line["quantidade"]) for line in lines] == [("maria", 12), ("joao", 7)]
    confirm(balcao, contagem)
    assert (balance(balcao, "p1"), balance(balcao, "p2")) == (19, 8)


def test_algo_que_ninguem_esperava_e_algo_que_ninguem_achou(balcao: Caller) -> None:
    shop(balcao)
    assert balcao.post("/produtos", {"nome": "Tomada"}).json()["id"] == "p3"
    contagem = begin(balcao)
    count(balcao, contagem, "p1", 20)
    count(balcao, contagem, "p3", 5)
    body = {"texto": "7891000000000", "quantidade": 2}
    assert balcao.post(f"/contagens/{contagem}/linhas", body).json()["texto"] == "7891000000000"
    close(balcao, contagem)
    assert items(balcao, contagem, "inesperados") == [("p3", 5, 0, 5)]
    assert items(balcao, contagem, "faltantes") == [("p2", None, 8, -8)]
    [unknown] = balcao.get(f"/contagens/{contagem}/linhas?desconhecidas=true").json()
    pending = balcao.post(f"/contagens/{contagem}/confirmar", {})
    assert code(pending) == (409, "desconhecidos_pendentes", "ignorar_desconhecidos")
    # It was two more sockets: a manager says so.
    count(balcao, contagem, "p3", 2, substitui=unknown["id"])
    # A lamp came in after the shelf was closed: it is not missing, and stays.
    enter(balcao, "p2", 1)
    done = confirm(balcao, contagem, zerar=[{"produto_id": "p2", "local_id": "l2"}])
    assert len(done["ajustes"]) == 2
    assert (balance(balcao, "p2"), balance(balcao, "p3")) == (1, 7)


def test_faltantes_ficam_se_ninguem_diz_que_acabaram(balcao: Caller) -> None:
    shop(balcao)
    contagem = begin(balcao)
    count(balcao, contagem, "p1", 20)
    close(balcao, contagem)
    assert confirm(balcao, contagem)["ajustes"] == []
    assert balance(balcao, "p2") == 8
    contagem = begin(balcao)
    close(balcao, contagem)
    assert len(confirm(balcao, contagem, zerar_faltantes=True)["ajustes"]) == 2
    assert (balance(balcao, "p1"), balance(balcao, "p2")) == (0, 0)
    # Years later the count still tells what it took out, though nobody counted it.
    enter(balcao, "p1", 7)
    assert items(balcao, contagem, "divergentes") == [("p1", 0, 20, -20), ("p2", 0, 8, -8)]
    [ended, first] = balcao.get("/contagens?situacao=terminada").json()
    assert (ended["id"], ended["situacao"], ended["acuracidade"]["itens"]) == (contagem, "confirmada", 2)
    assert balcao.get("/contagens?situacao=em_andamento").json() == []
    assert items(balcao, first["id"], "todos") == [("p1", 20, 20, 0)]


def test_contagem_cega_com_recontagem_por_outra_pessoa(balcao: Caller) -> None:
    shop(balcao)
    maria, joao = person(balcao, "maria"), person(balcao, "joao")
    contagem = begin(balcao, cega=True)
    assert count(maria, contagem, "p1", 17)["esperado"] is None
    count(maria, contagem, "p2", 8)
    # Not even who decides is told before counting is closed.
    assert items(balcao, contagem) == [("p1", 17, None, None), ("p2", 8, None, None)]
    close(maria, contagem)
    hidden = maria.get(f"/contagens/{contagem}/itens?situacao=divergentes")
    assert code(hidden) == (403, "contagem_cega", "situacao")
    assert maria.get(f"/contagens/{contagem}").json()["progresso"]["divergentes"] is None
    assert items(balcao, contagem, "divergentes") == [("p1", 17, 20, -3)]
    review = {"decisao": "recontar", "todas_divergencias": True}
    assert code(maria.post(f"/contagens/{contagem}/revisoes", review))[:2] == (403, "proibido")
    assert balcao.post(f"/contagens/{contagem}/revisoes", review).json() == {"itens": 1}
    assert items(joao, contagem, "recontar") == [("p1", 17, None, None)]
    pending = balcao.post(f"/contagens/{contagem}/confirmar", {})
    assert code(pending) == (409, "recontagem_pendente", "itens")
    again = {"produto_id": "p1", "quantidade": 19, "recontagem": True}
    same = maria.post(f"/contagens/{contagem}/linhas", again)
    assert code(same) == (409, "recontagem_por_outra_pessoa", "recontagem")
    other = joao.post(f"/contagens/{contagem}/linhas", {**again, "produto_id": "p2"})
    assert code(other) == (409, "recontagem_nao_pedida", "recontagem")
    assert joao.post(f"/contagens/{contagem}/linhas", again).json()["rodada"] == 1
    assert items(balcao, contagem, "divergentes") == [("p1", 19, 20, -1)]
    accept = {"decisao": "aceitar", "itens": [{"produto_id": "p1", "local_id": "l2"}]}
    assert balcao.post(f"/contagens/{contagem}/revisoes", accept).json() == {"itens": 1}
    # What a manager has reviewed is shown to everybody.
    assert items(maria, contagem) == [("p1", 19, 20, -1), ("p2", 8, None, None)]
    confirm(balcao, contagem)
    assert balance(balcao, "p1") == 19


def test_confirmada_duas_vezes(balcao: Caller) -> None:
    shop(balcao)
    contagem = begin(balcao)
    count(balcao, contagem, "p1", 18)
    early = balcao.post(f"/contagens/{contagem}/confirmar", {})
    assert code(early) == (409, "contagem_aberta", "contagem_id")
    close(balcao, contagem)
    late = balcao.post(f"/contagens/{contagem}/linhas", {"produto_id": "p1", "quantidade": 1})
    assert code(late) == (409, "contagem_fechada", "contagem_id")
    decision = {"id": str(uuid4())}
    first = confirm(balcao, contagem, **decision)
    # The same again, because an answer was lost, changes nothing.
    assert confirm(balcao, contagem, **decision)["ajustes"] == first["ajustes"]
    other = balcao.post(f"/contagens/{contagem}/confirmar", {**decision, "zerar_faltantes": True})
    assert code(other) == (409, "id_de_outro_registro", "id")
    twice = balcao.post(f"/contagens/{contagem}/confirmar", {})
    assert code(twice) == (409, "contagem_confirmada", "contagem_id")
    assert balance(balcao, "p1") == 18


def test_vendido_depois_de_contado_falta_menos_do_que_resta(balcao: Caller) -> None:
    shop(balcao)
    contagem = begin(balcao)
    count(balcao, contagem, "p2", 9)
    count(balcao, contagem, "p1", 15)
    close(balcao, contagem)
    sell(balcao, "p1", 17)
    refused = balcao.post(f"/contagens/{contagem}/confirmar", {})
    assert code(refused) == (409, "ajuste_sem_saldo", "itens")
    assert "Parafuso 10mm" in refused.json()["mensagem"]
    # Nothing was written, of the other item neither.
    assert (balance(balcao, "p1"), balance(balcao, "p2")) == (3, 8)
    assert balcao.get(f"/contagens/{contagem}").json()["situacao"] == "em_revisao"
