"""Partners: who has which document, who is found by what, and who is used no more."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from almoxarife.errors import InvalidField, StaleVersion
from almoxarife.features.partners.rules import (
    DocumentInUse,
    InvalidDocument,
    PartnerInactive,
    PartnerNotFound,
)
from almoxarife.features.partners.service import Partners
from almoxarife.features.partners.store import Partner
from almoxarife.features.verification.service import verify_everything
from almoxarife.ledger.verify import Fault, Finding
from almoxarife.storage.database import Database
from tests.databases import behind_its_back

AURORA = {"kind": "fornecedor", "name": "Distribuidora Aurora Ltda.", "document": "12.abc.345/01de-35"}
ANA = {"kind": "cliente", "name": "Ana Júlia", "document": "529.982.247-25", "phone": "(11) 5555-0101"}
BOTH = {"kind": "ambos", "name": "Oficina 529", "email": "oficina@example.com", "notes": "Fecha\r\nsábado"}


@pytest.fixture
def partners(database: Database) -> Partners:
    """Aurora (t1), a supplier; Ana (t2), a customer; a workshop (t3), both."""
    partners = Partners(database)
    for one in (AURORA, ANA, BOTH):
        partners.create(one)
    return partners


def names(found: list[Partner]) -> list[str]:
    return [one.name for one in found]


def test_what_is_kept(partners: Partners, database: Database) -> None:
    aurora, workshop = partners.get("t1"), partners.get("t3")
    assert (aurora.document, aurora.kind, aurora.version, aurora.active) == (
        "12ABC34501DE35",
        "fornecedor",
        1,
        1,
    )
    assert (workshop.document, workshop.email, workshop.notes) == (
        None,
        "oficina@example.com",
        "Fecha\nsábado",
    )
    assert verify_everything(database).findings == ()


def test_a_document_has_one_owner(partners: Partners) -> None:
    with pytest.raises(DocumentInUse) as refusal:
        partners.create({"kind": "cliente", "name": "Outra", "document": "12ABC34501DE35"})
    assert refusal.value.parameters == {
        "document": "12.ABC.345/01DE-35",
        "name": "Distribuidora Aurora Ltda.",
        "partner_id": "t1",
    }
    with pytest.raises(DocumentInUse):
        partners.change("t3", None, {"document": "52998224725"})
    # One's own is no other's, and what is given up is free.
    assert partners.change("t2", None, {"document": "529.982.247-25"}).version == 1
    partners.change("t2", None, {"document": None})
    assert partners.change("t3", None, {"document": "52998224725"}).document == "52998224725"


@pytest.mark.parametrize(
    ("text", "options", "found"),
    [
        ("", {}, [AURORA, ANA, BOTH]),
        ("aurora distrib", {}, [AURORA]),
        ("JULIA", {}, [ANA]),
        ("529", {}, [ANA, BOTH]),
        ("529.982", {}, [ANA]),
        ("12.abc", {}, [AURORA]),
        ("t2", {}, [ANA]),
        ("", {"kind": "fornecedor"}, [AURORA, BOTH]),
        ("", {"kind": "cliente"}, [ANA, BOTH]),
        ("", {"after": 1}, [ANA, BOTH]),
        ("", {"active": False}, []),
        ("%", {}, []),
        ("_", {}, []),
        ("ninguém", {}, []),
        ("a\0", {}, []),
        ("\ud800", {}, []),
    ],
    ids=ascii,
)
def test_who_is_found(
    partners: Partners, text: str, options: dict[str, Any], found: list[dict[str, str]]
) -> None:
    assert names(partners.search(text, 50, **options)) == [one["name"] for one in found]


def test_who_is_used_no_more(partners: Partners, database: Database) -> None:
    assert partners.switch("t1", active=False).version == 2
    assert partners.switch("t1", active=False).version == 2
    assert names(partners.search("", 50, active=False)) == [AURORA["name"]]
    with database.snapshot() as connection:
        with pytest.raises(PartnerInactive):
            partners.require_usable(connection, "t1")
        assert partners.require_usable(connection, "t2") == 2
        assert partners.names(connection, {1, 9}) == {1: AURORA["name"]}
    assert partners.switch("t1", active=True).active == 1


def test_a_change_is_made_to_what_was_seen(partners: Partners) -> None:
    assert partners.change("t1", frozenset({1}), {"name": "Aurora"}).version == 2
    with pytest.raises(StaleVersion):
        partners.change("t1", frozenset({1}), {"phone": "1"})
    assert names(partners.search("distribuidora", 50)) == []


@pytest.mark.parametrize("unknown", ["t9", "t0", "p1", "", "\0", "t" + "9" * 30])
def test_who_is_not_there(partners: Partners, unknown: str) -> None:
    with pytest.raises(PartnerNotFound):
        partners.get(unknown)
    with pytest.raises(PartnerNotFound):
        partners.switch(unknown, active=False)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": "amigo"}, "tipo"),
        ({"name": " "}, "nome"),
        ({"name": "x" * 121}, "nome"),
        ({"name": "a\nb"}, "nome"),
        ({"email": "x" * 121}, "email"),
        ({"phone": "a\0"}, "telefone"),
        ({"notes": "x" * 2_001}, "observacoes"),
        ({"notes": "x\n" * 100_000}, "observacoes"),
        ({"notes": "a\u202eb"}, "observacoes"),
    ],
)
def test_what_cannot_be_kept(partners: Partners, changed: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidField) as refusal:
        partners.create({**BOTH, **changed})
    assert refusal.value.parameters["field"] == field
    with pytest.raises(InvalidField):
        partners.change("t1", None, changed)
    with pytest.raises(InvalidDocument):
        partners.create({**BOTH, "document": "123"})
    assert len(partners.search("", 50)) == 3


def test_two_who_claim_one_document_at_once(database: Database) -> None:
    servers = [Partners(database), Partners(database)]

    def claim(server: Partners) -> list[bool]:
        done = []
        for number in range(20):
            try:
                server.create({"kind": "cliente", "name": "X", "document": _cpf(number)})
            except DocumentInUse:
                done.append(False)
            else:
                done.append(True)
        return done

    with ThreadPoolExecutor(2) as pool:
        left, right = pool.map(claim, servers)
    assert all(a != b for a, b in zip(left, right, strict=True))


def _cpf(number: int) -> str:
    digits = [int(digit) for digit in f"{number + 100:09d}"]
    for _place in range(2):
        rest = sum(d * w for d, w in zip(digits, range(len(digits) + 1, 1, -1), strict=True)) % 11
        digits.append(0 if rest < 2 else 11 - rest)
    return "".join(map(str, digits))


def test_a_changed_partner_is_found(partners: Partners, database: Database) -> None:
    behind_its_back(database, "UPDATE partner SET document = '11144477735' WHERE id = 2")
    assert verify_everything(database).findings == (Finding(Fault.CHANGED_NAME, detail="t2"),)
