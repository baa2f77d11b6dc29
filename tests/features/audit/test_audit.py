"""The audit list: written with what is done, never changed, read from a cursor on."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from almoxarife.errors import InvalidField
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.audit.service import Audit, Wanted, first_changed_row
from almoxarife.features.audit.tables import audit as table
from almoxarife.features.verification.service import verify_everything
from almoxarife.identity import Identity
from almoxarife.ledger.verify import Fault, Finding
from almoxarife.storage.database import Database
from tests.databases import behind_its_back, only_postgresql, only_sqlite
from tests.features.people import registered


@pytest.fixture
def audit(database: Database, accounts: Accounts) -> Audit:
    return Audit(database, accounts)


@pytest.fixture
def maria(accounts: Accounts) -> Identity:
    return registered(accounts, "Maria")


@pytest.fixture
def joao(maria: Identity, accounts: Accounts) -> Identity:
    return registered(accounts, "João")


@pytest.fixture
def three(database: Database, audit: Audit, maria: Identity, joao: Identity) -> Database:
    """A list of three acts in two transactions."""
    with database.unit_of_work() as connection:
        audit.write(connection, maria, "usuario.papel", "João", {"depois": "gerente", "antes": "operador"})
        audit.write(connection, maria, "usuario.senha", "João")
    with database.unit_of_work() as connection:
        audit.write(connection, joao, "periodo.fechar", "2026-10-31")
    return database


def behind(database: Database, statement: str) -> None:
    """Change the list as somebody may who owns the database."""
    triggers = ("rows", "values") if database.is_sqlite else ()
    behind_its_back(database, *(f"DROP TRIGGER audit_keeps_{kept}" for kept in triggers), statement)


def test_what_is_written_is_read(three: Database, audit: Audit) -> None:
    rows = audit.following(0, 10)
    assert [(row.id, row.username, row.action, row.subject) for row in rows] == [
        (1, "Maria", "usuario.papel", "João"),
        (2, "Maria", "usuario.senha", "João"),
        (3, "João", "periodo.fechar", "2026-10-31"),
    ]
    assert [json.loads(row.details) for row in rows] == [{"antes": "operador", "depois": "gerente"}, {}, {}]
    assert rows[0].at <= rows[1].at <= rows[2].at


def test_pages_and_filters(three: Database, audit: Audit) -> None:
    def ids(username: str | None = None, action: str | None = None) -> list[int]:
        return [row.id for row in audit.following(0, 10, Wanted(username, action))]

    assert [row.id for row in audit.following(1, 1)] == [2]
    assert audit.following(3, 10) == []
    assert [row.id for row in audit.latest(2)] == [2, 3]
    assert ids(username="MARIA") == [1, 2]
    assert ids(username="maria", action="usuario.senha") == [2]
    assert [row.id for row in audit.latest(1, Wanted(username="maria"))] == [2]
    assert [row.id for row in audit.latest(2, Wanted(before=3))] == [1, 2]
    assert [row.id for row in audit.latest(9, Wanted(action="usuario.papel", before=1))] == []
    assert [row.id for row in audit.following(1, 9, Wanted(before=3))] == [2]
    assert ids(action="usuario") == []
    with pytest.raises(InvalidField) as refusal:
        ids(username="ninguém")
    assert refusal.value.parameters == {"field": "usuario", "reason": "unknown_user"}


def test_an_act_that_fails_leaves_no_trace(database: Database, audit: Audit, maria: Identity) -> None:
    def act_and_fail() -> None:
        with database.unit_of_work() as connection:
            audit.write(connection, maria, "usuario.papel", "João")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act_and_fail()
    assert audit.following(0, 10) == []


def test_details_are_what_json_can_hold(database: Database, audit: Audit, maria: Identity) -> None:
    with pytest.raises(TypeError), database.unit_of_work() as connection:
        audit.write(connection, maria, "usuario.papel", "João", {"quando": object()})


def test_update_and_delete_are_refused(three: Database) -> None:
    for statement in (update(table).values(subject="Ana"), delete(table).where(table.c.id == 3)):
        with pytest.raises(IntegrityError, match="append-only"), three.unit_of_work() as connection:
            connection.execute(statement)
    with three.snapshot() as connection:
        assert first_changed_row(connection) is None


@only_sqlite
def test_insert_or_replace_is_refused(three: Database) -> None:
    with three.snapshot() as connection:
        row = dict(connection.execute(select(table).where(table.c.id == 2)).one()._mapping)
    with pytest.raises(IntegrityError, match="append-only"), three.unit_of_work() as connection:
        connection.execute(insert(table).prefix_with("OR REPLACE"), {**row, "subject": "Ana"})


@only_postgresql
def test_truncate_is_refused(three: Database) -> None:
    with pytest.raises(IntegrityError, match="append-only"), three.unit_of_work() as connection:
        connection.execute(text("TRUNCATE audit"))


@pytest.mark.parametrize(
    ("statement", "row"),
    [
        ("UPDATE audit SET subject = 'Ana' WHERE id = 2", 2),
        ("UPDATE audit SET details = '{}' WHERE id = 1", 1),
        ("UPDATE audit SET account_id = 2 WHERE id = 1", 1),
        ("UPDATE audit SET at = at + 1 WHERE id = 3", 3),
        ("DELETE FROM audit WHERE id = 2", 2),
        ("DELETE FROM audit WHERE id = 1", 1),
        ("UPDATE audit SET checksum = (SELECT checksum FROM audit WHERE id = 1) WHERE id = 3", 3),
    ],
)
def test_the_first_row_that_was_changed_is_found(three: Database, statement: str, row: int) -> None:
    assert verify_everything(three).findings == ()
    behind(three, statement)
    assert verify_everything(three).findings == (Finding(Fault.CHANGED_AUDIT, row=row),)
