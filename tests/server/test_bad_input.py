"""Every bad request of the corpus: refused as told, nothing changed, and the next good one is served."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import func, select

from almoxarife.features.accounts.tables import account
from almoxarife.features.health.service import Pulse
from almoxarife.features.products.tables import product
from almoxarife.ledger.tables import ledger_head, movement
from almoxarife.routing.services import service

from .bad_values import UUID
from .corpus import GOOD, LARGEST, Case, cases
from .in_process import Caller, open_app
from .refusing import check_refusal

_addresses = (f"192.0.2.{number % 250}" for number in count(1))


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Caller]:
    """An administrator in a shop with one product and one entry, for all cases together."""
    folder = tmp_path_factory.mktemp("corpus")
    shutil.copy(sqlite_template, folder / "almoxarife.db")
    with open_app(folder) as app:
        caller = Caller(app)
        caller.register("admin")
        caller.log_in("admin")
        caller.post("/produtos", {"nome": "Parafuso 10mm"})
        assert good_entry(caller) == 201
        yield caller


def good_entry(caller: Caller) -> int:
    return caller.post("/inventario", {**GOOD["/inventario"], "id": UUID}).status


def state(caller: Caller) -> list[object]:
    """Everything that a request could have changed: ledger and its end, products, accounts."""
    with caller.app.app_context():
        database = service(Pulse)._database
    with database.snapshot() as connection:
        head = connection.execute(select(ledger_head)).one()
        counts = [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (movement, product, account)
        ]
    return [*head, *counts]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_it_is_refused_as_told_and_changes_nothing(shop: Caller, case: Case) -> None:
    before = state(shop)
    # Many requests from one address would be slowed down.
    shop.address = next(_addresses)

    answer = shop.send(case.method, case.path, case.body, case.headers)

    check_refusal(case, answer)
    assert state(shop) == before
    assert good_entry(shop) == 200


@pytest.mark.parametrize(
    "quantity", ["1", "999999999", '"999999999"', "1.0", "1e0", "0.1e1", "100e-2", '"0001"', '" 7 "']
)
def test_quantities_at_the_edge_are_taken(caller: Caller, quantity: str) -> None:
    caller.post("/produtos", {"nome": "Prego"})

    body = f'{{"produto_id": "p1", "quantidade": {quantity}}}'.encode()
    answer = caller.send("POST", "/inventario", body, {"Content-Type": "application/json; charset=utf-8"})

    assert answer.status == 201


def test_a_body_of_exactly_1_mib_is_read(caller: Caller) -> None:
    body = b'{"nome": "Prego"}'.ljust(LARGEST)
    assert caller.send("POST", "/produtos", body, {"Content-Type": "application/json"}).status == 201


def test_unknown_keys_and_parameters_are_harmless(caller: Caller) -> None:
    body = {"nome": "Prego", "id": "p7", "preço": 1.5, "papel": "administrador", "": None, "\0": 1}
    assert caller.post("/produtos", body).json() == {"id": "p1", "nome": "Prego"}
    assert caller.get("/produtos?nada=%00&%00=1&x=%ff&limite_=x").json() == [{"id": "p1", "nome": "Prego"}]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Açúcar", "Ac\u0327u\u0301car"),
        ("Ac\u0327u\u0301car", "AÇÚCAR"),
        ("Straße", "STRASSE"),
        ("ABC 10", "\uff21\uff22\uff23 \uff11\uff10"),
        ("Parafuso 10mm", "  parafuso   10MM "),
        ("Parafuso\u00a010mm", "Parafuso 10mm"),
        ("ﬁta isolante", "FITA ISOLANTE"),
        ("Σίσυφος", "ΣΊΣΥΦΟΣ"),
    ],
)
def test_twins_are_one_name(caller: Caller, first: str, second: str) -> None:
    assert caller.post("/produtos", {"nome": first}).status == 201
    refused = caller.post("/produtos", {"nome": second})
    assert (refused.status, refused.json()["campo"]) == (409, "nome")
    assert caller.register(first).status == 201
    assert caller.register(second).status == 409


def test_what_only_looks_alike_to_some_stays_apart(caller: Caller) -> None:
    """Accents tell Brazilian words apart; so do the two Turkish letters i, which Unicode does not fold together."""
    for name in ("Coco", "Cocô", "\u0131sparta", "Isparta", "Parafuso 10 mm", "Parafuso 10mm"):
        assert caller.post("/produtos", {"nome": name}).status == 201


def test_names_at_the_edge_are_taken_as_they_are(caller: Caller) -> None:
    names = [
        "x",
        "x" * 200,
        "e\u0301" * 200,
        "👩🏽 tesoura",
        "=1+1",
        "'; DROP TABLE product; --",
        "<script>",
        "../../x",
        "%s {0}",
        "\\u0000",
    ]
    for name in names:
        assert caller.post("/produtos", {"nome": name}).status == 201
    listed = [product["nome"] for product in caller.get("/produtos").json()]
    assert listed == [name.replace("e\u0301", "é") for name in names]
