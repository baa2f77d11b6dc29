"""Details of the contract that clients rely on, and that what came beside it does not disturb them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tests.server.filling import fill
from tests.server.fixtures import StartServer
from tests.server.in_process import Caller
from tests.server.running import ApiServer

# More than the server reads at once of either.
PRODUCTS, ENTRIES = 2_100, 2_500
OLD_KEYS = ["id", "produto_id", "nome_produto", "quantidade", "registrado_por", "timestamp"]


@pytest.fixture
def client(caller: Caller) -> Caller:
    """Somebody who has logged in, with one product in the shop."""
    assert caller.post("/produtos", {"nome": "Parafuso 10mm"}).status == 201
    return caller


def enter(client: Caller, quantity: object = 5, **more: object) -> dict[str, object]:
    answer = client.post("/inventario", {"produto_id": "p1", "quantidade": quantity, **more})
    assert answer.status in (200, 201), answer
    entry: dict[str, object] = answer.json()
    return entry


def test_lists_without_known_parameters_are_whole_whatever_their_length(
    start_server: StartServer, database_url: str
) -> None:
    fill(database_url, products=PRODUCTS, entries=ENTRIES)
    client = start_server(database_url=database_url).log_in("admin", "1234")

    products = client.get("/produtos").json()
    entries = client.get("/inventario").json()

    assert [product["id"] for product in products] == [f"p{number}" for number in range(1, PRODUCTS + 1)]
    assert products[-1]["nome"] == f"Produto {PRODUCTS}"
    assert len(entries) == ENTRIES
    assert [entry["quantidade"] for entry in entries] == [n % 1_000 + 1 for n in range(ENTRIES)]
    assert all(list(entry)[: len(OLD_KEYS)] == OLD_KEYS for entry in entries)
    assert client.get("/produtos?pagina=2&limit=5").json() == products
    assert client.get("/inventario?").json() == entries


def test_the_old_monitor_sees_each_new_entry_once(client: Caller) -> None:
    """It asks for the whole list, compares its length with the last one, and shows the last new ones."""
    shown: list[str] = []
    seen = 0
    for round_of_entries in ([3], [], [1, 2], [9]):
        for quantity in round_of_entries:
            enter(client, quantity)
        entries = client.get("/inventario").json()
        if len(entries) > seen:
            shown += [
                f"{entry['registrado_por']}: {entry['quantidade']} x {entry['nome_produto']}"
                for entry in entries[-(len(entries) - seen) :]
            ]
            seen = len(entries)
    assert shown == [f"admin: {quantity} x Parafuso 10mm" for quantity in (3, 1, 2, 9)]


def test_a_timestamp_is_the_instant_of_the_entry_in_utc(client: Caller) -> None:
    before = datetime.now(UTC)
    entry = enter(client)
    after = datetime.now(UTC)

    written = datetime.strptime(str(entry["timestamp"]), "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)

    assert before - timedelta(milliseconds=1) <= written <= after + timedelta(milliseconds=1)


@pytest.mark.parametrize("sent", [50, "50", "050", " 50 ", 50.0])
def test_a_whole_quantity_goes_out_as_an_integer(client: Caller, sent: object) -> None:
    answer = client.post("/inventario", {"produto_id": "p1", "quantidade": sent})

    assert answer.status == 201
    assert b'"quantidade":50,' in answer.body
    assert b'"quantidade":50,' in client.get("/inventario").body


def test_the_same_id_again_is_the_same_entry(client: Caller) -> None:
    own = str(uuid4())
    first = client.post("/inventario", {"produto_id": "p1", "quantidade": 5, "id": own})
    again = client.post("/inventario", {"produto_id": "p1", "quantidade": "5", "id": own.upper()})
    other = client.post("/inventario", {"produto_id": "p1", "quantidade": 6, "id": own})

    assert (first.status, again.status, other.status) == (201, 200, 409)
    assert first.json()["id"] == own
    assert again.json() == first.json()
    assert (other.json()["codigo"], other.json()["campo"]) == ("id_em_conflito", "id")
    assert client.get("/inventario").json() == [first.json()]


def test_cursors_page_through_what_the_whole_list_has(client: Caller) -> None:
    whole = [enter(client, quantity) for quantity in range(1, 8)]
    assert [entry["sequencia"] for entry in whole] == [1, 2, 3, 4, 5, 6, 7]
    assert client.get("/inventario").json() == whole

    paged: list[object] = []
    while page := client.get(f"/inventario?depois_de={len(paged)}&limite=3").json():
        paged += page

    assert paged == whole
    assert client.get("/inventario?depois_de=5").json() == whole[5:]
    assert client.get("/inventario?limite=2").json() == whole[:2]
    assert client.get("/inventario?ultimos=3").json() == whole[-3:]
    assert client.get("/inventario?depois_de=7").json() == []
    assert client.get("/inventario?depois_de=8").status == 400


def test_a_search_ignores_accents_case_and_order(client: Caller) -> None:
    for name in ("Café torrado em grãos", "Café solúvel", "Grãos de bico"):
        client.post("/produtos", {"nome": name})

    def found(question: str) -> list[str]:
        return [product["nome"] for product in client.get(f"/produtos?{question}").json()]

    assert found("busca=GRAOS+cafe") == ["Café torrado em grãos"]
    assert found("busca=caf%C3%A9") == ["Café solúvel", "Café torrado em grãos"]
    assert found("busca=p1") == ["Parafuso 10mm"]
    assert found("busca=nada+disso") == []
    assert found("limite=2") == ["Parafuso 10mm", "Café torrado em grãos"]


def test_tokens_of_one_user_are_valid_side_by_side_and_end_one_by_one(client: Caller) -> None:
    sessions = [client, Caller(client.app)]
    sessions[1].log_in("admin")
    assert [session.get("/produtos").status for session in sessions] == [200, 200]

    assert sessions[0].send("POST", "/sair").status == 200

    assert [session.get("/produtos").status for session in sessions] == [401, 200]


def test_the_first_use_walk(server: ApiServer) -> None:
    register = server.log_in("admin", "1234", register=True)
    monitor = server.log_in("admin", "1234")
    product = register.post("/produtos", {"nome": "Parafuso 10mm"}).json()
    register.post("/inventario", {"produto_id": product["id"], "quantidade": "50"})

    (entry,) = monitor.get("/inventario").json()

    assert (entry["registrado_por"], entry["nome_produto"], entry["quantidade"]) == (
        "admin",
        "Parafuso 10mm",
        50,
    )
