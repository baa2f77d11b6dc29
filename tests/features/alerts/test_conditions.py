"""The rules by which movements raise alerts: made once, put in the place of others, switched; on both databases."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from almoxarife.features.alerts.condition_rules import (
    RuleExists,
    RuleNotFound,
    RuleSwitchedOff,
    TooManyRules,
)
from almoxarife.features.verification.service import verify_everything
from almoxarife.ledger.verify import Fault, Finding
from tests.databases import behind_its_back

from .shop import LARGE, AlertShop


def test_rules_are_made_once_and_switched(shop: AlertShop) -> None:
    uuid = "5f0c1a3e-8c1e-4a5e-9b2f-1d2c3b4a5f60"
    made, new = shop.rules.create(shop.maria, uuid, LARGE)
    assert new
    assert shop.rules.create(shop.maria, uuid, LARGE) == (made, False)
    with pytest.raises(RuleExists):
        shop.rules.create(shop.maria, uuid, LARGE._replace(quantity=Decimal(51)))
    assert shop.rules.switch(shop.maria, uuid, active=False).condition.active == 0
    shop.move("entrada", 500)
    shop.move("saida", 100)
    assert shop.follow() == []
    for unknown in ("x", "5f0c1a3e-8c1e-4a5e-9b2f-1d2c3b4a5f61"):
        with pytest.raises(RuleNotFound):
            shop.rules.switch(shop.maria, unknown, active=True)
    assert [(row.action, row.subject) for row in shop.audit.following(0, 9)] == [
        ("regra.criar", uuid),
        ("regra.situacao", uuid),
    ]
    assert verify_everything(shop.database).findings == ()
    behind_its_back(shop.database, "UPDATE alert_rule SET quantity = 1")
    assert verify_everything(shop.database).findings == (Finding(Fault.CHANGED_NAME, detail=uuid),)


def test_there_are_only_so_many_rules(shop: AlertShop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("almoxarife.features.alerts.condition_rules.MOST_RULES", 1)
    shop.rules.create(shop.maria, None, LARGE)
    with pytest.raises(TooManyRules):
        shop.rules.create(shop.maria, None, LARGE)
    # One that takes the place of another needs no room of its own.
    [only] = shop.rules.listing()
    shop.rules.create(shop.maria, None, LARGE, str(UUID(bytes=only.condition.id)))
    assert [one.condition.active for one in shop.rules.listing()] == [0, 1]


def test_a_rule_takes_the_place_of_another_or_nothing_happens(
    shop: AlertShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = (f"5f0c1a3e-8c1e-4a5e-9b2f-1d2c3b4a5f6{digit}" for digit in "12")
    wider = LARGE._replace(quantity=Decimal(60))
    shop.rules.create(shop.maria, old, LARGE)

    def active() -> list[tuple[int | None, int]]:
        return [(one.condition.quantity, one.condition.active) for one in shop.rules.listing()]

    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("almoxarife.features.alerts.condition_store.add", killed)
        with pytest.raises(KeyboardInterrupt):
            shop.rules.create(shop.maria, new, wider, old)
    assert active() == [(500_000, 1)]
    with pytest.raises(RuleNotFound):
        shop.rules.create(shop.maria, new, wider, new)
    made, is_new = shop.rules.create(shop.maria, new, wider, old)
    assert (is_new, active()) == (True, [(500_000, 0), (600_000, 1)])
    # The same again, because an answer was lost, changes nothing.
    assert shop.rules.create(shop.maria, new, wider, old) == (made, False)
    assert [(row.action, row.subject) for row in shop.audit.following(0, 9)] == [
        ("regra.criar", old),
        ("regra.situacao", old),
        ("regra.criar", new),
    ]
    # Of two who change the same rule the second one hears of the first.
    with pytest.raises(RuleSwitchedOff):
        shop.rules.create(shop.maria, None, LARGE, old)
    shop.rules.switch(shop.maria, old, active=True)
    with pytest.raises(RuleExists):
        shop.rules.create(shop.maria, new, wider, old)
