"""Stories of a shop: what it is warned of, once, and what becomes of it by itself; on both databases."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection

from almoxarife.features.alerts import following_service, store
from almoxarife.features.alerts.condition_service import RuleWish
from almoxarife.features.alerts.rules import AlertKind, AlertNotFound, AlertResolved, Filter, Situation
from almoxarife.features.locations.rules import PlaceNotFound
from almoxarife.features.products.change_service import ProductChanges
from tests.databases import only_postgresql

from .shop import LARGE, AlertShop

DAY_US = 86_400_000_000


def milk(shop: AlertShop, number: str, day: str, quantity: int) -> int:
    """Let milk come in."""
    return shop.move("entrada", quantity, produto_id="p2", lote={"numero": number, "validade": day})


def places_told(shop: AlertShop, place_id: str) -> list[str]:
    """Return the places of all alerts about a place and what is inside it."""
    return [one.place_name for one in shop.alerts.listing(None, place_id, Filter(), 9)]


def test_stock_falls_below_its_minimum_and_comes_back(shop: AlertShop) -> None:
    assert shop.follow() == []
    shop.level(20, 60)
    # Nobody has moved anything, but somebody has said what there should be.
    assert shop.follow() == ["sem_estoque"]
    shop.move("entrada", 30)
    assert shop.follow() == []
    shop.move("saida", 11)
    assert shop.follow() == ["abaixo_minimo"]
    # Still the same cause: raised once, whatever is moved, and after a restart.
    shop.move("saida", 5)
    assert shop.follow() == shop.follow(shop.new_follower()) == ["abaixo_minimo"]
    [alert] = shop.listed(situation=Situation.OPEN)
    seen = shop.alerts.acknowledge(shop.maria, f"a{alert.alert.number}", " Pedido feito ")
    assert (seen.alert.note, seen.acknowledged_by) == ("Pedido feito", "Maria")
    assert shop.follow() == ["abaixo_minimo reconhecido"]
    # Of two who acknowledge the first is kept.
    assert shop.alerts.acknowledge(shop.maria, f"a{alert.alert.number}", "Outra").alert.note == "Pedido feito"
    shop.move("saida", 14)
    assert shop.follow() == ["sem_estoque"]
    shop.move("entrada", 20)
    assert shop.follow() == []
    assert [(one.alert.cause.kind.value, one.alert.situation.value) for one in shop.listed()] == [
        ("sem_estoque", "resolvido"),
        ("abaixo_minimo", "resolvido"),
        ("sem_estoque", "resolvido"),
    ]
    with pytest.raises(AlertResolved):
        shop.alerts.acknowledge(shop.maria, "a3", None)
    with pytest.raises(AlertNotFound):
        shop.alerts.acknowledge(shop.maria, "a9", None)


def test_places_count_with_what_is_inside_them(shop: AlertShop) -> None:
    shop.move("entrada", 10)
    shop.level(10, place="l2")
    shop.level(5, maximum=8, place="l6")
    assert shop.follow() == ["sem_estoque Prateleira"]
    shop.move("transferencia", 9, local_id="l2", para_local_id="l6")
    assert shop.follow() == ["acima_maximo Prateleira"]
    shop.move("transferencia", 5, local_id="l6", para_local_id="l2")
    assert shop.follow() == ["abaixo_minimo Prateleira"]
    # The shelf is in the default place.
    assert places_told(shop, "l2") == places_told(shop, "l6") == ["Prateleira"] * 3
    for outside in ("l1", "l7"):
        with pytest.raises(PlaceNotFound):
            places_told(shop, outside)
    shop.locations.change("l6", to_root=True)
    # What is on the shelf is no longer in the default place.
    assert sorted(shop.follow()) == ["abaixo_minimo Estoque", "abaixo_minimo Prateleira"]
    assert places_told(shop, "l2") == ["Estoque"]
    shop.move("saida", 6, local_id="l2")
    shop.move("saida", 4, local_id="l6")
    assert len(shop.follow()) == 2
    ProductChanges(shop.database, shop.products).deactivate(shop.maria, "p1")
    assert shop.follow() == []


def test_lots_expire_by_the_calendar(shop: AlertShop, monkeypatch: pytest.MonkeyPatch) -> None:
    milk(shop, "A", "2099-06-30", 5)
    milk(shop, "B", "2099-07-15", 5)

    def day(text: str) -> list[str]:
        monkeypatch.setattr(following_service, "day_of", lambda _now: text)
        return shop.follow()

    assert day("2099-05-30") == []
    assert day("2099-05-31") == ["vencendo A"]
    assert day("2099-06-30") == ["vencendo A", "vencendo B"]
    assert day("2099-07-01") == ["vencendo B", "vencido A"]
    shop.settings.change(shop.maria, expiry_warning_days=7)
    assert day("2099-07-01") == ["vencido A"]
    shop.move("perda", 5, produto_id="p2", lote_id="v1", motivo_id="m1")
    assert day("2099-07-01") == []


def test_a_shop_that_may_owe_goods(shop: AlertShop) -> None:
    shop.settings.change(shop.maria, allows_negative=True)
    shop.move("saida", 3, local_id="l6")
    assert shop.follow() == ["negativo Prateleira"]
    shop.move("entrada", 3, local_id="l6")
    assert shop.follow() == []


def test_large_movements(shop: AlertShop) -> None:
    shop.move("entrada", 500)
    shop.follow()
    shop.rules.create(shop.maria, None, LARGE)
    shop.move("saida", 50)
    assert shop.follow() == []
    shop.move("saida", 51)
    shop.move("saida", 60)
    assert shop.follow() == ["movimento_grande"]
    [alert] = shop.listed()
    # One alert per product while nobody has looked: it tells of the last one, and how many there were.
    assert (alert.alert.occurrences, alert.alert.cause.quantity, alert.moved_by) == (2, 600_000, "Maria")
    shop.move("saida", 70)
    shop.follow()
    assert [one.alert.occurrences for one in shop.listed()] == [3]
    # What has happened is over when somebody has seen it.
    assert shop.alerts.acknowledge(shop.maria, "a1", None).alert.situation == Situation.RESOLVED
    last = shop.move("saida", 80)
    assert shop.follow() == ["movimento_grande"]
    taken_back = str(UUID(bytes=shop.movements.following(last - 1, 1)[0].id))
    shop.move("estorno", 80, estorna=taken_back)
    assert shop.follow() == []


def test_more_than_three_times_the_mean(shop: AlertShop) -> None:
    wish = RuleWish("Três vezes", "movimento_grande", "saida", "p1", factor=Decimal(3))
    shop.rules.create(shop.maria, None, wish)
    shop.move("entrada", 500)
    for _ in range(4):
        shop.move("saida", 10)
    shop.move("saida", 100)
    # Of four that came before nothing can be said.
    assert shop.follow() == []
    # (4 × 10 + 100) / 5 = 28, of which 84 is three times.
    shop.move("saida", 84)
    assert shop.follow() == []
    # (140 + 84) / 6 = 37.3…, of which 112 is three times.
    shop.move("saida", 112)
    assert shop.follow() == []
    # (140 + 84 + 112) / 7 = 48, of which 144 is three times.
    shop.move("saida", 145)
    assert shop.follow() == ["movimento_grande"]
    assert shop.listed()[0].alert.cause.threshold == 1_440_000


def test_outside_hours(shop: AlertShop, monkeypatch: pytest.MonkeyPatch) -> None:
    always = RuleWish("De noite", "fora_do_horario", begins="00:00", ends="24:00")
    shop.rules.create(shop.maria, None, always)
    shop.move("entrada", 5)
    milk(shop, "A", "2199-06-30", 5)
    # One alert per person, not per product.
    assert shop.follow() == ["fora_do_horario"]
    assert shop.listed()[0].alert.occurrences == 2


def test_nothing_is_lost_or_doubled_when_it_is_killed(
    shop: AlertShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.rules.create(shop.maria, None, LARGE)
    shop.level(1_000)
    shop.move("entrada", 500)
    shop.move("saida", 60)

    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(store, "keep", killed)
        with pytest.raises(KeyboardInterrupt):
            shop.follow()
    assert shop.listed() == []
    assert sorted(shop.follow(shop.new_follower())) == ["abaixo_minimo", "movimento_grande"]
    # It died right after its transaction: who comes next goes on behind it.
    assert len(shop.follow(shop.new_follower())) == 2
    assert [one.alert.occurrences for one in shop.listed()] == [1, 1]
    assert [one.alert.revision for one in shop.alerts.changed(0, 9)] == [1, 2]
    assert len(shop.alerts.changed(1, 9)) == 1


def test_somebody_acknowledges_while_it_looks(shop: AlertShop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.level(20)
    shop.follow()
    shop.move("entrada", 5)
    lock, calls = store.lock, []

    def late(connection: Connection) -> store.State:
        calls.append(connection)
        state = lock(connection)
        return state._replace(revision=state.revision + 1) if len(calls) == 1 else state

    monkeypatch.setattr(store, "lock", late)
    # The first attempt finds that something has changed, writes nothing, and looks again.
    assert shop.follow() == ["abaixo_minimo"]
    assert (len(calls), len(shop.listed())) == (2, 2)


@only_postgresql
def test_one_of_two_servers_looks(shop: AlertShop) -> None:
    shop.level(20)
    with shop.database.snapshot() as other:
        assert store.may_lead(other)
        assert shop.follow() == []
    assert shop.follow() == ["sem_estoque"]


def test_alerts_are_filtered_and_counted(shop: AlertShop) -> None:
    shop.level(20)
    shop.level(20, product="p2")
    shop.move("entrada", 5)
    shop.follow()
    assert [one.alert.cause.kind for one in shop.listed(kind=AlertKind.BELOW_MINIMUM)] == ["abaixo_minimo"]
    assert len(shop.alerts.listing("p2", None, Filter(), 9)) == 1
    assert len(shop.listed(before=2)) == 1
    assert shop.alerts.count() == 2
    shop.alerts.acknowledge(shop.maria, "a1", None)
    assert shop.alerts.count() == 1
    assert [one.alert.number for one in shop.listed(situation=Situation.ACKNOWLEDGED)] == [1]
