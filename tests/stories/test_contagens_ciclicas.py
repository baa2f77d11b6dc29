"""Counting a part of the stock: by category, list, class and lot; the agenda; accuracy; several people at once."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

from tests.server.in_process import Caller

from .test_contagens import balance, begin, close, code, confirm, count, enter, items, person, sell, shop


def test_de_uma_categoria_e_de_uma_lista(balcao: Caller) -> None:
    """What is outside is refused, and a place under an open count is not counted twice."""
    shop(balcao)
    top = balcao.post("/categorias", {"nome": "Casa"}).json()["id"]
    below = balcao.post("/categorias", {"nome": "Luz", "pai_id": top}).json()["id"]
    lamp = balcao.post("/produtos", {"nome": "Soquete", "categoria_id": below}).json()["id"]
    enter(balcao, lamp, 4)
    contagem = begin(balcao, categoria_id=top)
    told = balcao.get(f"/contagens/{contagem}").json()
    assert (told["categoria_id"], told["categoria"], told["produtos"]) == (top, "Casa", 1)
    outside = balcao.post(f"/contagens/{contagem}/linhas", {"produto_id": "p1", "quantidade": 1})
    assert code(outside) == (409, "produto_fora_da_contagem", "produto_id")
    again = balcao.post("/contagens", {"produtos": ["p1", lamp]})
    assert code(again) == (409, "contagem_sobreposta", "local_id")
    listed = begin(balcao, produtos=["p1", "p2"])
    count(balcao, listed, "p1", 20)
    close(balcao, listed)
    assert items(balcao, listed, "faltantes") == [("p2", None, 8, -8)]
    assert balcao.post(f"/contagens/{contagem}/cancelar", {}).status == 200
    # What has ended is in nobody's way.
    assert balcao.post("/contagens", {"produtos": [lamp]}).status == 201
    both = balcao.post("/contagens", {"produtos": ["p1"], "classe": "A"})
    assert code(both) == (400, "campo_invalido", "classe")
    unknown = balcao.post("/contagens", {"produtos": ["p2", "p99"]})
    assert code(unknown) == (404, "produto_inexistente", "produtos")


def test_de_um_local_com_o_que_esta_dentro(balcao: Caller) -> None:
    shop(balcao)
    shelf = balcao.post("/locais", {"nome": "Prateleira", "dentro_de": "l2"}).json()["id"]
    other = balcao.post("/locais", {"nome": "Vitrine"}).json()["id"]
    enter(balcao, "p1", 3, local_id=shelf)
    contagem = begin(balcao)
    count(balcao, contagem, "p1", 20)
    count(balcao, contagem, "p1", 2, local_id=shelf)
    body = {"produto_id": "p1", "quantidade": 1, "local_id": other}
    outside = balcao.post(f"/contagens/{contagem}/linhas", body)
    assert code(outside) == (409, "local_fora_da_contagem", "local_id")
    close(balcao, contagem)
    assert items(balcao, contagem, "divergentes") == [("p1", 2, 3, -1)]
    confirm(balcao, contagem)
    # That of the shelf alone changed.
    assert balance(balcao, "p1") == 22


def test_cada_lote_por_si(balcao: Caller) -> None:
    assert balcao.post("/produtos", {"nome": "Leite", "rastreio": "lote"}).status == 201
    for lot, quantity in (("A", 10), ("B", 6)):
        enter(balcao, "p1", quantity, lote={"numero": lot})
    contagem = begin(balcao)
    nameless = balcao.post(f"/contagens/{contagem}/linhas", {"produto_id": "p1", "quantidade": 1})
    assert code(nameless) == (400, "lote_obrigatorio", "lote")
    count(balcao, contagem, "p1", 9, lote={"numero": "A"})
    # A lot that nobody has entered yet.
    assert count(balcao, contagem, "p1", 2, lote={"numero": "C"})["esperado"] == 0
    close(balcao, contagem)
    rows = balcao.get(f"/contagens/{contagem}/itens").json()
    assert [(row["lote"], row["contado"], row["diferenca"], row["situacao"]) for row in rows] == [
        ("A", 9, -1, "divergente"),
        ("B", None, -6, "faltante"),
        ("C", 2, 2, "inesperado"),
    ]
    confirm(balcao, contagem, zerar=[{"produto_id": "p1", "local_id": "l2", "lote": "B"}])
    assert balance(balcao, "p1") == 11
    lots = {row["numero"]: row["quantidade"] for row in balcao.get("/lotes?produto_id=p1").json()}
    assert (lots["A"], lots["C"], lots.get("B", 0)) == (9, 2, 0)


def seen_twice(balcao: Caller, number: str) -> list[bool]:
    return [line["serie_repetida"] for line in balcao.get(f"/contagens/{number}/linhas").json()]


def test_a_mesma_serie_duas_vezes(balcao: Caller) -> None:
    assert balcao.post("/produtos", {"nome": "Furadeira", "rastreio": "serie"}).status == 201
    for serial in ("F1", "F2"):
        enter(balcao, "p1", 1, serie=serial)
    contagem = begin(balcao)
    assert count(balcao, contagem, "p1", 1, serie="F1")["serie_repetida"] is False
    again = count(balcao, contagem, "p1", 1, serie="F1")
    assert (again["serie_repetida"], again["total"]) == (True, 1)
    # Whoever looks at the lines is told, and of the earlier one, too.
    assert seen_twice(balcao, contagem) == [True, True]
    assert balcao.get(f"/contagens/{contagem}").json()["progresso"]["series_repetidas"] == 1
    void = {"substitui": again["id"], "anula": True}
    assert balcao.post(f"/contagens/{contagem}/linhas", void).status == 201
    assert seen_twice(balcao, contagem) == [False, False, False]
    shelf = balcao.post("/locais", {"nome": "Vitrine", "dentro_de": "l2"}).json()["id"]
    # One thing cannot be in two places.
    assert count(balcao, contagem, "p1", 1, serie="F1", local_id=shelf)["serie_repetida"] is True
    assert seen_twice(balcao, contagem) == [True, False, False, True]
    two = balcao.post(f"/contagens/{contagem}/linhas", {"produto_id": "p1", "quantidade": 2, "serie": "F2"})
    assert code(two) == (400, "serie_unica", "quantidade")
    close(balcao, contagem)
    rows = balcao.get(f"/contagens/{contagem}/itens?situacao=series_repetidas").json()
    assert [(row["local"], row["lote"], row["diferenca"]) for row in rows] == [
        ("Estoque", "F1", 0),
        ("Vitrine", "F1", 1),
    ]
    assert items(balcao, contagem, "faltantes") == [("p1", None, 1, -1)]
    refused = balcao.post(f"/contagens/{contagem}/confirmar", {})
    assert code(refused) == (409, "serie_contada_em_outro_lugar", "itens")
    item = {"produto_id": "p1", "local_id": shelf}
    review = {"decisao": "recontar", "itens": [{**item, "lote": "F1"}]}
    assert balcao.post(f"/contagens/{contagem}/revisoes", review).status == 200
    joao = person(balcao, "joao")
    count(joao, contagem, "p1", 0, serie="F1", local_id=shelf, recontagem=True)
    assert items(balcao, contagem, "series_repetidas") == []
    confirm(balcao, contagem, zerar_faltantes=True)
    assert balance(balcao, "p1") == 1


def test_classe_agenda_e_acuracidade(balcao: Caller) -> None:
    """Issues of 90,00 and 10,00: the screws are A, the lamps B, and what never went out is C."""
    shop(balcao)
    assert balcao.post("/produtos", {"nome": "Tomada"}).json()["id"] == "p3"
    enter(balcao, "p3", 1)
    sell(balcao, "p1", 18)
    sell(balcao, "p2", 2)
    agenda = balcao.get("/contagens/agenda").json()
    assert (agenda["intervalos"], agenda["vencidos"]) == ({"A": 30, "B": 90, "C": 180}, 3)
    assert [(row["produto_id"], row["classe"], row["contado_em"]) for row in agenda["itens"]] == [
        ("p1", "A", None),
        ("p2", "B", None),
        ("p3", "C", None),
    ]
    contagem = begin(balcao, classe="A")
    count(balcao, contagem, "p1", 1)
    close(balcao, contagem)
    confirm(balcao, contagem)
    assert [row["produto_id"] for row in balcao.get("/contagens/agenda?vencidas=true").json()["itens"]] == [
        "p2",
        "p3",
    ]
    assert put(balcao, {"A": 1, "B": 2, "C": 3}).json() == {"A": 1, "B": 2, "C": 3}
    after = balcao.get("/contagens/agenda").json()
    assert (after["itens"][-1]["produto_id"], after["itens"][-1]["dias_de_atraso"]) == ("p1", -1)
    assert code(put(balcao, {"A": 0, "B": 2, "C": 3}))[:2] == (400, "campo_invalido")
    second = begin(balcao, produtos=["p2"])
    count(balcao, second, "p2", 6)
    close(balcao, second)
    confirm(balcao, second)
    # 1 of 2 expected, then 6 of 6: one item of two; 7 of 8 pieces.
    told = balcao.get("/contagens/acuracidade").json()
    assert (told["total"]["itens"], told["total"]["certos"]) == (2, 1)
    assert told["total"]["acuracidade_quantidade"] == 87.5
    assert [(row["id"], row["acuracidade_itens"]) for row in told["contagens"]] == [
        (second, 100.0),
        (contagem, 0.0),
    ]
    [month] = told["meses"]
    assert (month["contagens"], month["acuracidade_itens"]) == (2, 50.0)


def test_varios_contam_ao_mesmo_tempo_enquanto_se_vende(balcao: Caller) -> None:
    """Four count 5 lines of 1 each while 4 pieces are sold: each line is there once, and nothing differs."""
    shop(balcao)
    people = [person(balcao, name) for name in ("ana", "bia", "caio", "davi")]
    contagem = begin(balcao, produtos=["p1"])

    def work(who: Caller) -> None:
        for _line in range(5):
            body = {"id": str(uuid4()), "produto_id": "p1", "quantidade": 1}
            # A lost answer: the same line again.
            first = who.post(f"/contagens/{contagem}/linhas", body)
            again = who.post(f"/contagens/{contagem}/linhas", body)
            assert (first.status, again.status) == (201, 200), (first.body, again.body)
        sell(who, "p1", 1)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, people))
    lines = balcao.get(f"/contagens/{contagem}/linhas").json()
    assert [line["numero"] for line in lines] == list(range(1, 21))
    close(balcao, contagem)
    [row] = balcao.get(f"/contagens/{contagem}/itens").json()
    assert (row["contado"], row["diferenca"]) == (20, 0)
    assert set(row["contado_por"]) == {"ana", "bia", "caio", "davi"}


def test_dois_confirmam_ao_mesmo_tempo(balcao: Caller) -> None:
    shop(balcao)
    other = person(balcao, "gil", "gerente")
    contagem = begin(balcao)
    count(balcao, contagem, "p1", 18)
    close(balcao, contagem)

    def work(who: Caller) -> Any:
        return who.post(f"/contagens/{contagem}/confirmar", {"id": str(uuid4())})

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(work, (balcao, other)))
    assert sorted(answer.status for answer in answers) == [200, 409]
    assert balance(balcao, "p1") == 18


def put(balcao: Caller, value: object) -> Any:
    body = json.dumps(value).encode()
    return balcao.send("PUT", "/contagens/agenda", body, {"Content-Type": "application/json"})
