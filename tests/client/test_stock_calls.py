"""Places, reasons, lots and balances as the desktop programs reach them: their own library against a real server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest

from almoxarife.client import accounts, balances, lots, movements, places, products, reasons
from almoxarife.client.errors import Refused
from almoxarife.client.places import Place
from almoxarife.client.reasons import Reason
from almoxarife.client.session import Session
from almoxarife.clock import day_of, now_us
from tests.server.running import ApiServer, free_port

ANYWHERE_NOW = balances.Wanted()
TODAY = date.fromisoformat(day_of(now_us()))


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """The administrator of a shop with a store-room (l6), a shelf in it (l7), and another place (l8)."""
    server = ApiServer(tmp_path_factory.mktemp("loja") / "dados", free_port())
    session = Session(f"http://127.0.0.1:{server.port}")
    accounts.register(session, "admin", "1234")
    accounts.log_in(session, "admin", "1234")
    for name, inside in (("Depósito", ""), ("Prateleira", "l6"), ("Balcão", "")):
        places.create(session, name, inside)
    yield session
    server.kill()


def move(session: Session, kind: str, quantity: object, **fields: object) -> movements.Entry:
    return movements.register(session, movements.new_id(), kind, {"quantidade": quantity, **fields})


def product(session: Session, name: str, **values: object) -> str:
    return products.create(session, name, values).id


def test_places_are_a_tree_with_those_outside_named(session: Session) -> None:
    usual = next(place for place in places.tree(session) if place.default)
    assert (usual.id, usual.parent_id, usual.active) == ("l2", "", True)
    assert Place("l6", "Depósito", "Depósito") in places.tree(session)
    [shelf] = [place for place in places.tree(session) if place.id == "l7"]
    assert shelf == Place("l7", "Prateleira", "Depósito / Prateleira", "l6")
    paths = [place.path for place in places.tree(session)]
    assert paths.index("Depósito / Prateleira") == paths.index("Depósito") + 1
    assert {"l1", "l2", "l3", "l6", "l7"} <= set(places.names(session))
    assert not {"l1", "l3"} & {place.id for place in places.tree(session)}


def test_a_place_is_renamed_moved_and_put_out_of_use(session: Session) -> None:
    places.create(session, "Gaveta", "l8")
    [drawer] = [place for place in places.tree(session) if place.name == "Gaveta"]
    places.change(session, drawer.id, "Gaveta azul", "l7")
    places.set_active(session, drawer.id, False)
    [drawer] = [place for place in places.tree(session) if place.id == drawer.id]
    assert (drawer.path, drawer.active) == ("Depósito / Prateleira / Gaveta azul", False)
    places.set_active(session, drawer.id, True)
    places.change(session, drawer.id, "Gaveta azul", "")
    [drawer] = [place for place in places.tree(session) if place.id == drawer.id]
    assert (drawer.path, drawer.parent_id, drawer.active) == ("Gaveta azul", "", True)
    with pytest.raises(Refused) as inside_itself:
        places.change(session, "l6", "Depósito", "l7")
    assert (inside_itself.value.code, inside_itself.value.field) == ("local_dentro_de_si", "dentro_de")


def test_reasons_are_added_said_otherwise_and_put_out_of_use(session: Session) -> None:
    before = reasons.every(session)
    reasons.create(session, "Degustação")
    [made] = [reason for reason in reasons.every(session) if reason not in before]
    assert (made.name, made.active) == ("Degustação", True)
    reasons.change(session, made.id, "Amostra")
    reasons.set_active(session, made.id, False)
    assert Reason(made.id, "Amostra", False) in reasons.every(session)
    with pytest.raises(Refused) as twice:
        reasons.create(session, "amostra")
    assert (twice.value.status, twice.value.field) == (409, "nome")


def test_lots_in_stock_come_as_they_should_go_out(session: Session) -> None:
    id = product(session, "Iogurte", rastreio="lote")
    days = {"N": None, "B": 9, "A": 3, "V": -2, "Z": 1}
    for number, expires in days.items():
        label = {"numero": number}
        if expires is not None:
            label["validade"] = (TODAY + timedelta(days=expires)).isoformat()
        move(session, "entrada", 4, produto_id=id, lote=label)
    gone = next(lot for lot in lots.in_stock(session, id) if lot.number == "Z")
    move(session, "saida", 4, produto_id=id, lote_id=gone.id)
    found = lots.in_stock(session, id)
    assert [(lot.number, lot.expired) for lot in found] == [
        ("A", False), ("B", False), ("N", False), ("V", True),
    ]  # fmt: skip
    assert (found[0].quantity, found[0].expires_on) == (4, TODAY + timedelta(days=3))
    assert (found[2].expires_on, found[3].expires_on) == (None, TODAY - timedelta(days=2))
    # What is used up is still told of, in order of its coming.
    assert [(lot.number, lot.quantity) for lot in lots.every(session, id)][3:] == [("V", 4), ("Z", 0)]
    where = movements.after(session, 0, 10, movements.Filter(lot_id=gone.id))
    assert [(one.kind, one.quantity) for one in where] == [("entrada", 4), ("saida", -4)]


def test_balances_by_place_branch_and_lot_now_and_then(session: Session) -> None:
    id = product(session, "Farinha", unidade="KG", rastreio="lote")
    expires = TODAY + timedelta(days=30)
    label = {"numero": "F1", "validade": expires.isoformat()}
    move(session, "entrada", Decimal("2.5"), produto_id=id, local_id="l6", lote=label)
    move(session, "entrada", 4, produto_id=id, local_id="l7", lote=label)
    found = balances.of_product(session, id, ANYWHERE_NOW)
    assert (found.product_id, found.product_name) == (id, "Farinha")
    assert (found.total, found.reserved, found.available) == (Decimal("6.5"), 0, Decimal("6.5"))
    assert {(one.place_id, one.quantity, one.branch) for one in found.places} == {
        ("l6", Decimal("2.5"), Decimal("6.5")),
        ("l7", 4, 4),
    }
    assert set(found.lots) == {
        balances.OfLot("F1", expires, "l6", Decimal("2.5")),
        balances.OfLot("F1", expires, "l7", 4),
    }
    assert balances.of_product(session, id, balances.Wanted("l7")).total == 4
    then = balances.of_product(session, id, balances.Wanted(on=TODAY - timedelta(days=1)))
    assert (then.total, then.reserved, then.available, then.lots) == (0, None, None, ())


def test_balances_of_all_products_come_by_the_page(session: Session) -> None:
    ids = [product(session, f"Caneta {n}") for n in range(4)]
    # Of the last one there never was any.
    for quantity, id in enumerate(ids[:3], start=1):
        move(session, "entrada", quantity, produto_id=id, local_id="l8")
    everything = balances.page(session, ANYWHERE_NOW, 500)
    assert [(one.product_id, one.total) for one in everything[-3:]] == list(zip(ids, (1, 2, 3), strict=False))
    assert balances.page(session, ANYWHERE_NOW, 1) == everything[:1]
    assert balances.page(session, ANYWHERE_NOW, 2, after=ids[0]) == everything[-2:]
    there = balances.page(session, balances.Wanted("l8"), 500)
    assert [one.product_id for one in there] == ids[:3]
