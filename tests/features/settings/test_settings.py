"""How the shop works: what it is when nobody has said, who changed it, and how soon it is felt."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from almoxarife.errors import InvalidField
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.audit.service import Audit
from almoxarife.features.settings import service
from almoxarife.features.settings.rules import CostMethod, Shop
from almoxarife.features.settings.service import ShopSettings
from almoxarife.identity import Identity
from almoxarife.storage.database import Database
from tests.features.people import registered


@pytest.fixture
def audit(database: Database, accounts: Accounts) -> Audit:
    return Audit(database, accounts)


@pytest.fixture
def settings(database: Database, audit: Audit) -> ShopSettings:
    return ShopSettings(database, audit)


@pytest.fixture
def maria(accounts: Accounts) -> Identity:
    return registered(accounts, "Maria")


def known(settings: ShopSettings, database: Database) -> Shop:
    with database.snapshot() as connection:
        return settings.get(connection)


def test_a_shop_that_nobody_has_set_up(settings: ShopSettings, database: Database) -> None:
    assert settings.now() == known(settings, database) == Shop(False, CostMethod.AVERAGE, "")


def test_what_is_set_is_kept_and_listed(
    settings: ShopSettings, database: Database, audit: Audit, maria: Identity
) -> None:
    changed = settings.change(maria, allows_negative=True, name="  Armazém da Zé ")
    assert changed == settings.now() == Shop(True, CostMethod.AVERAGE, "Armazém da Zé")
    assert settings.change(maria, cost_method=CostMethod.FIFO).cost_method == CostMethod.FIFO
    # What is so already is not listed once more.
    assert settings.change(maria, allows_negative=True, cost_method=CostMethod.FIFO) == settings.now()
    settings.change(maria, allows_negative=False, name="")
    assert ShopSettings(database, audit).now() == Shop(False, CostMethod.FIFO, "")
    assert [(row.action, row.subject, json.loads(row.details)) for row in audit.following(0, 9)] == [
        ("configuracao.alterar", "permite_negativo", {"antes": False, "depois": True}),
        ("configuracao.alterar", "loja", {"antes": "", "depois": "Armazém da Zé"}),
        ("configuracao.alterar", "metodo_custo", {"antes": "medio", "depois": "peps"}),
        ("configuracao.alterar", "permite_negativo", {"antes": True, "depois": False}),
        ("configuracao.alterar", "loja", {"antes": "Armazém da Zé", "depois": ""}),
    ]


@pytest.mark.parametrize(("name", "reason"), [("x" * 81, "too_long"), ("Lo\u200bja", "invisible")])
def test_a_name_that_cannot_be_changes_nothing(
    settings: ShopSettings, audit: Audit, maria: Identity, name: str, reason: str
) -> None:
    with pytest.raises(InvalidField) as refusal:
        settings.change(maria, allows_negative=True, name=name)
    assert (refusal.value.parameters["field"], refusal.value.parameters["reason"]) == ("loja", reason)
    assert settings.now() == Shop()
    assert audit.following(0, 9) == []


def test_a_change_is_felt_here_at_once_and_elsewhere_within_seconds(
    settings: ShopSettings, database: Database, audit: Audit, maria: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = ShopSettings(database, audit)
    assert not known(settings, database).allows_negative
    assert not known(elsewhere, database).allows_negative
    settings.change(maria, allows_negative=True)
    assert known(settings, database).allows_negative
    assert not known(elsewhere, database).allows_negative
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + service.LIFE_S)
    assert known(elsewhere, database).allows_negative


def test_what_was_read_before_a_change_is_not_remembered(
    settings: ShopSettings, database: Database, maria: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = service._read

    def slow(connection: object) -> Shop:
        shop = read(connection)  # type: ignore[arg-type]
        monkeypatch.setattr(service, "_read", read)
        with ThreadPoolExecutor(1) as other:
            other.submit(settings.change, maria, allows_negative=True).result()
        return shop

    monkeypatch.setattr(service, "_read", slow)
    assert not known(settings, database).allows_negative
    assert known(settings, database).allows_negative
