"""A shop that buys: suggestion, order, goods that come, and what cannot be. Figures by hand."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from uuid import uuid4

import openpyxl
import pytest

from almoxarife.clock import day_after
from almoxarife.errors import DomainError, InvalidField
from almoxarife.features.levels.service import Quantities
from almoxarife.features.partners.rules import PartnerInactive, PartnerNotFound
from almoxarife.features.products.rules import ProductInactive, ProductMerged, ProductNotFound
from almoxarife.features.replenishment.files import Format, content, text
from almoxarife.features.replenishment.rules import orders as order_rules
from almoxarife.features.replenishment.rules.supply import NotSupplier, SupplyNotFound
from almoxarife.features.replenishment.service import Asked
from almoxarife.features.replenishment.supply_service import Wish
from almoxarife.features.verification.service import verify_everything
from almoxarife.ledger.rules import DEFAULT_LOCATION, SUPPLIER_LOCATION, Kind
from almoxarife.ledger.verify import Fault, Finding
from almoxarife.storage.database import Database
from tests.databases import behind_its_back
from tests.features.analysis.study import WHO

from .buying import TODAY, Shop, furnished, opened


@pytest.fixture
def shop(database: Database) -> Shop:
    return opened(database)


def test_what_to_buy_by_hand(shop: Shop) -> None:
    furnished(shop)
    # p1: below 10 + 7 = 17, lacks 28, three packs. p4: needs 5, target 6 + 2, has 4. p3: 20 + 60 - 4 = 76.
    assert shop.bought() == {"Aurora": {1: 36, 4: 4}, "Boreal": {3: 76}, "": {2: 5}}
    # Who looks at the last 20 days sees no sale; at the last 180, one half of what the last 90 had a day.
    assert shop.bought(days=20) == {"Aurora": {4: 4}, "": {2: 5}}
    # p1: 10 + 3.5 = 13.5 > 12. p3: 10 - 4 are lacking, and 10 days at 1 a day: 16.
    assert shop.bought(days=180, cover_days=10, partner_id="t2") == {"Boreal": {3: 16}}
    assert shop.bought(partner_id="t3") == {}
    with pytest.raises(PartnerNotFound):
        shop.bought(partner_id="t9")
    found = shop.purchases.suggestion(Asked(most_rows=1))
    assert (found.more, [one.name for one in found.suppliers]) == (True, ["Aurora"])
    one = shop.items()["Aurora"][0]
    assert (one.position.stock, one.position.reserved, one.pace.consumed) == (120_000, 0, 900_000)


def test_sheet_and_texts(shop: Shop) -> None:
    furnished(shop)
    shop.study.changes.change(WHO, "p2", None, {"name": "=SOMA(A1)"})
    found = shop.purchases.suggestion(Asked())
    lines = content(found, Format.CSV).decode("utf-8-sig").splitlines()
    assert ";Fornecedor;" in lines[0]
    assert lines[1].startswith("t1;Aurora;p1;Produto 1;;UN;36;12;12;0;0;1;7;10;40;;17")
    assert ";'=SOMA(A1);" in lines[-1]
    book = openpyxl.load_workbook(io.BytesIO(content(found, Format.WORKBOOK)))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert [row[3] for row in rows[1:]] == ["Produto 1", "Produto 4", "Produto 3", "=SOMA(A1)"]
    assert [row[6] for row in rows[1:]] == [36, 4, 76, 5]
    assert book.worksheets[0]["D5"].data_type == "s"
    written = text(found, found.suppliers[0]).splitlines()
    assert written[:3] == ["Pedido de compra", "De: Loja da Esquina", "Para: Aurora"]
    assert written[6:8] == ["1. Produto 1: 36 UN = 3 × 12", "2. Produto 4: 4 UN"]
    assert content(found, Format.TEXT).decode().count("Pedido de compra\n") == 3


def test_an_order_is_waited_for_until_its_goods_come(shop: Shop) -> None:
    furnished(shop)
    order = shop.order(("p1", 24), ("p4", 4), expected_on=day_after(TODAY, 7), note="por telefone")
    # p4 is complete; of p1 there are 12 + 24 = 36, above 17.
    assert shop.bought(partner_id="t1") == {}
    [listed] = shop.orders.listing(waited_for=True, partner_id="t1", newest_first=False, after=0, limit=9)
    assert (listed.state, listed.partner_name, listed.username) == ("aberto", "Aurora", "maria")
    first = shop.arrive(1, 20)
    shop.orders.receive(WHO, order, first)
    assert shop.orders.receive(WHO, order, first.upper()).state == "aberto"
    # What has come is in stock and no longer on order: 12 + 20, and 4.
    assert shop.bought(partner_id="t1") == {}
    shop.orders.receive(WHO, order, shop.arrive(1, 4))
    whole = shop.orders.receive(WHO, order, shop.arrive(4, 5))
    assert whole.state == "recebido"
    assert [one.expected.received // 10_000 for one in whole.lines] == [24, 5]
    assert shop.orders.listing(waited_for=True, partner_id=None, newest_first=False, after=0, limit=9) == []
    assert (
        len(shop.orders.listing(waited_for=False, partner_id=None, newest_first=False, after=0, limit=9)) == 1
    )
    # The first entry was a mistake: twenty are waited for again.
    with shop.study.database.snapshot() as connection:
        row = connection.exec_driver_sql("SELECT sequence FROM purchase_receipt ORDER BY sequence").first()
        assert row is not None
    way = (DEFAULT_LOCATION, SUPPLIER_LOCATION)
    shop.study.move(Kind.REVERSAL, 1, 20, TODAY, way=way, reverses=row[0])
    [again] = shop.orders.listing(waited_for=True, partner_id=None, newest_first=False, after=0, limit=9)
    assert [one.expected.received // 10_000 for one in again.lines] == [4, 5]
    assert shop.orders.cancel(WHO, order).state == "cancelado"
    assert shop.orders.cancel(WHO, order).state == "cancelado"
    with pytest.raises(order_rules.OrderEnded):
        shop.orders.receive(WHO, order, shop.arrive(1, 1))
    actions = [(row.action, row.subject) for row in shop.audit.following(0, 99)]
    assert actions[-5:] == [
        ("pedido.fazer", "o1"),
        *[("pedido.receber", "o1")] * 3,
        ("pedido.cancelar", "o1"),
    ]
    assert verify_everything(shop.study.database).findings == ()


def test_united_products_count_together(shop: Shop) -> None:
    shop.levels.put(WHO, "p2", None, Quantities(Decimal(30)))
    shop.study.move(Kind.ENTRY, 1, 6, TODAY)
    shop.study.move(Kind.ISSUE, 1, 6, TODAY)
    shop.study.move(Kind.ENTRY, 2, 7, TODAY)
    order = shop.order(("p1", 8), partner=None)
    shop.study.changes.merge(WHO, "p1", "p2")
    # Six of the old one were used in 90 days, two in 30: up to 32.
    assert shop.bought() == {"": {2: 32 - 7 - 8}}
    assert shop.orders.receive(WHO, order, shop.arrive(2, 8)).state == "recebido"
    with pytest.raises(ProductMerged):
        shop.order(("p1", 1))


def test_the_same_order_again(shop: Shop) -> None:
    made = str(uuid4())
    assert shop.order(("p1", 2), client_id=made) == shop.order(("p1", 2), client_id=made.upper()) == "o1"
    for lines, partner in (((("p1", 3),), "t1"), ((("p1", 2),), "t2"), ((("p1", 2), ("p2", 1)), "t1")):
        with pytest.raises(order_rules.OrderIdInUse):
            shop.order(*lines, partner=partner, client_id=made)
    assert shop.order(("p1", 2)) == "o2"


def test_what_cannot_be_ordered_or_received(shop: Shop) -> None:
    order = shop.order(("p1", 2))
    other = shop.order(("p1", 2))
    shop.study.changes.deactivate(WHO, "p5")
    shop.partners.switch("t2", active=False)

    def refused(refusal: type[DomainError], *lines: tuple[str, int], **more: str) -> dict[str, object]:
        with pytest.raises(refusal) as caught:
            shop.order(*lines, **more)
        return caught.value.parameters

    assert refused(ProductNotFound, ("p1", 1), ("p9", 1))["row"] == 1
    assert refused(ProductInactive, ("p5", 1))["row"] == 0
    assert refused(InvalidField, ("p1", 1), ("p1", 2))["reason"] == "twice"
    assert refused(InvalidField, ("p1", 0))["reason"] == "not_positive"
    assert refused(InvalidField)["reason"] == "no_lines"
    assert refused(InvalidField, *[("p1", 1)] * 1_001)["reason"] == "too_many"
    assert refused(InvalidField, ("p1", 1), expected_on=day_after(TODAY, -1))["reason"] == "before_today"
    assert refused(InvalidField, ("p1", 1), expected_on="amanhã")["reason"] == "not_day"
    assert refused(InvalidField, ("p1", 1), note="x" * 201)["field"] == "observacao"
    assert refused(InvalidField, ("p1", 1), client_id="x")["reason"] == "not_uuid"
    refused(PartnerNotFound, ("p1", 1), partner="t9")
    refused(PartnerInactive, ("p1", 1), partner="t2")
    refused(NotSupplier, ("p1", 1), partner="t3")
    entry = shop.arrive(1, 1)
    shop.orders.receive(WHO, order, entry)
    issue = shop.movement_id(shop.study.move(Kind.ISSUE, 1, 1, TODAY))
    for order_id, movement, refusal in (
        ("o9", entry, order_rules.OrderNotFound),
        ("x", entry, order_rules.OrderNotFound),
        (order, str(uuid4()), order_rules.EntryNotFound),
        (order, "1", InvalidField),
        (order, issue, order_rules.NotAnEntry),
        (order, shop.arrive(2, 1), order_rules.NotOrdered),
        (other, entry, order_rules.ReceivedElsewhere),
    ):
        with pytest.raises(refusal):
            shop.orders.receive(WHO, order_id, movement)
    with pytest.raises(order_rules.OrderNotFound):
        shop.orders.cancel(WHO, "o9")
    assert (
        len(shop.orders.listing(waited_for=False, partner_id=None, newest_first=False, after=0, limit=99))
        == 2
    )


def test_how_a_product_is_bought(shop: Shop) -> None:
    listed, new = shop.supplies.put(WHO, "p1", Wish("t1", 7, Decimal(12)))
    assert (new, listed.partner_name, listed.supply.pack) == (True, "Aurora", 120_000)
    assert shop.supplies.put(WHO, "p1", Wish("t1", 7, Decimal(12)))[1] is False
    shop.supplies.put(WHO, "p2", Wish())
    shop.supplies.put(WHO, "p1", Wish("t2", 7))
    found = shop.supplies.listing(None, "t2", after=0, limit=9)
    assert [(one.supply.product_id, one.supply.pack) for one in found] == [(1, None)]
    assert [one.partner_name for one in shop.supplies.listing("p2", None, after=0, limit=9)] == [""]
    shop.study.changes.deactivate(WHO, "p5")
    for product, wish, refusal in (
        ("p9", Wish(), ProductNotFound),
        ("p5", Wish(), ProductInactive),
        ("p1", Wish("t9"), PartnerNotFound),
        ("p1", Wish("t3"), NotSupplier),
        ("p1", Wish(lead_days=-1), InvalidField),
        ("p1", Wish(lead_days=731), InvalidField),
        ("p1", Wish(pack=Decimal(0)), InvalidField),
        ("p1", Wish(pack=Decimal("0.5")), InvalidField),
    ):
        with pytest.raises(refusal):
            shop.supplies.put(WHO, product, wish)
    shop.supplies.remove(WHO, "p1")
    with pytest.raises(SupplyNotFound):
        shop.supplies.remove(WHO, "p1")
    rows = [(row.action, row.subject, json.loads(row.details)) for row in shop.audit.following(0, 9)]
    twelve = {"parceiro_id": "t1", "prazo_dias": 7, "embalagem": "12"}
    assert rows[0] == ("compra.definir", "p1", {"antes": None, "depois": twelve})
    assert rows[-1][:2] == ("compra.remover", "p1")


def test_changed_rows_are_found(shop: Shop) -> None:
    shop.supplies.put(WHO, "p1", Wish("t1", 7))
    shop.order(("p2", 2))
    shop.order(("p3", 2))
    behind_its_back(
        shop.study.database,
        "UPDATE supply SET lead_days = 1",
        "UPDATE purchase_order SET note = 'x' WHERE id = 2",
        "UPDATE purchase_line SET quantity = 1 WHERE order_id = 1",
    )
    assert verify_everything(shop.study.database).findings == tuple(
        Finding(Fault.CHANGED_NAME, detail=name) for name in ("p1", "o2", "o1")
    )
