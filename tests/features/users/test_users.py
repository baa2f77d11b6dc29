"""The administration of users: roles, who may log in, forgotten passwords; each act in the audit list."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from almoxarife.errors import InvalidField
from almoxarife.features.accounts import passwords
from almoxarife.features.accounts.rules import (
    AccountInactive,
    AccountNotFound,
    AccountPending,
    InvalidToken,
    LastAdministrator,
    Status,
    WrongCredentials,
)
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.audit.service import Audit
from almoxarife.features.users.rules import OwnPassword, WrongStatus
from almoxarife.features.users.service import Users
from almoxarife.identity import Identity, Role
from almoxarife.storage.database import Database
from tests.features.people import registered


@pytest.fixture
def audit(database: Database, accounts: Accounts) -> Audit:
    return Audit(database, accounts)


@pytest.fixture
def users(accounts: Accounts, audit: Audit) -> Users:
    return Users(accounts, audit)


@pytest.fixture
def maria(accounts: Accounts) -> Identity:
    """The administrator."""
    return registered(accounts, "Maria")


def token(accounts: Accounts, username: str, password: str = "1234") -> str:
    return accounts.log_in(username, password, from_network=False).token


def acts(audit: Audit) -> list[tuple[str, str, str, dict[str, str]]]:
    return [
        (row.username, row.action, row.subject, json.loads(row.details)) for row in audit.following(0, 99)
    ]


def test_a_role_changes_at_once(accounts: Accounts, users: Users, audit: Audit, maria: Identity) -> None:
    registered(accounts, "João")
    shown = token(accounts, "joão")
    assert accounts.identify(shown).role == Role.OPERATOR
    changed = users.set_role(maria, "JOÃO", Role.MANAGER)
    assert (changed.username, changed.role) == ("João", Role.MANAGER)
    assert accounts.identify(shown).role == Role.MANAGER
    assert users.set_role(maria, "joão", Role.MANAGER) == changed
    assert acts(audit) == [("Maria", "usuario.papel", "João", {"antes": "operador", "depois": "gerente"})]


def test_a_deactivated_account_is_out_until_it_is_let_in_again(
    accounts: Accounts, users: Users, audit: Audit, maria: Identity
) -> None:
    registered(accounts, "João")
    shown = token(accounts, "joão")
    accounts.identify(shown)
    assert users.deactivate(maria, "joão").status == Status.INACTIVE
    assert users.deactivate(maria, "joão").status == Status.INACTIVE
    with pytest.raises(InvalidToken):
        accounts.identify(shown)
    with pytest.raises(AccountInactive):
        token(accounts, "joão")
    # Who does not know the password does not learn that the account is deactivated.
    with pytest.raises(WrongCredentials):
        token(accounts, "joão", "4321")
    with pytest.raises(WrongStatus) as refusal:
        users.approve(maria, "joão")
    assert refusal.value.parameters == {"username": "João", "status": Status.INACTIVE}

    assert users.reactivate(maria, "joão").status == Status.ACTIVE
    assert users.reactivate(maria, "joão").status == Status.ACTIVE
    with pytest.raises(InvalidToken):
        accounts.identify(shown)
    assert accounts.identify(token(accounts, "joão")).role == Role.OPERATOR
    assert acts(audit) == [
        ("Maria", "usuario.desativar", "João", {}),
        ("Maria", "usuario.reativar", "João", {}),
    ]


def test_approval(database: Database, audit: Audit) -> None:
    accounts = Accounts(database, registration="aprovacao", on_network=False)
    users = Users(accounts, audit)
    maria = registered(accounts, "Maria")
    accounts.register("João", "1234")
    accounts.register("Ana", "1234")
    with pytest.raises(WrongStatus):
        users.reactivate(maria, "joão")
    assert users.approve(maria, "JOÃO").status == Status.ACTIVE
    assert users.approve(maria, "joão").status == Status.ACTIVE
    assert token(accounts, "joão")
    # Somebody who asked for an account and is not to have one.
    users.deactivate(maria, "ana")
    with pytest.raises(AccountInactive):
        token(accounts, "ana")
    assert [act[1:3] for act in acts(audit)] == [("usuario.aprovar", "João"), ("usuario.desativar", "Ana")]


def test_a_forgotten_password(accounts: Accounts, users: Users, audit: Audit, maria: Identity) -> None:
    registered(accounts, "João")
    shown = token(accounts, "joão")
    accounts.identify(shown)
    users.reset_password(maria, "joão", "outra senha")
    with pytest.raises(InvalidToken):
        accounts.identify(shown)
    with pytest.raises(WrongCredentials):
        token(accounts, "joão")
    assert token(accounts, "joão", "outra senha")
    with pytest.raises(InvalidField) as refusal:
        users.reset_password(maria, "joão", "123")
    assert refusal.value.parameters["field"] == "senha_nova"
    assert acts(audit) == [("Maria", "usuario.senha", "João", {})]


def test_a_reset_password_must_be_good_enough_for_the_network(database: Database, audit: Audit) -> None:
    accounts = Accounts(database, registration="aberto", on_network=True)
    for name in ("maria", "joão"):
        accounts.register(name, "parafuso-amarelo-42")
    maria = accounts.identify(
        accounts.log_in("maria", "parafuso-amarelo-42", from_network=True).token,
    )
    users = Users(accounts, audit)
    for bad in ("1234", "password"):
        with pytest.raises(InvalidField):
            users.reset_password(maria, "joão", bad)
    users.reset_password(maria, "joão", "parafuso-verde-43")
    assert accounts.log_in("joão", "parafuso-verde-43", from_network=True).username == "joão"


def test_ones_own_password_takes_the_present_one(users: Users, audit: Audit, maria: Identity) -> None:
    with pytest.raises(OwnPassword):
        users.reset_password(maria, "maria", "outra senha")
    assert acts(audit) == []


def test_somebody_must_be_left_to_administer(
    accounts: Accounts, users: Users, audit: Audit, maria: Identity
) -> None:
    registered(accounts, "João")
    registered(accounts, "Ana")
    with pytest.raises(LastAdministrator) as refusal:
        users.set_role(maria, "maria", Role.MANAGER)
    assert refusal.value.parameters == {"username": "Maria"}
    with pytest.raises(LastAdministrator):
        users.deactivate(maria, "maria")
    # An administrator who may not log in administers nothing.
    users.set_role(maria, "joão", Role.ADMINISTRATOR)
    users.deactivate(maria, "joão")
    with pytest.raises(LastAdministrator):
        users.deactivate(maria, "maria")
    users.set_role(maria, "joão", Role.OPERATOR)
    users.set_role(maria, "ana", Role.ADMINISTRATOR)
    assert users.set_role(maria, "maria", Role.READER).role == Role.READER
    assert [one.role for one in users.listing()] == [Role.READER, Role.OPERATOR, Role.ADMINISTRATOR]
    assert [act[1:3] for act in acts(audit)][-1] == ("usuario.papel", "Maria")


def test_two_administrators_who_demote_each_other_at_once(
    accounts: Accounts, users: Users, maria: Identity
) -> None:
    joao = registered(accounts, "João")
    users.set_role(maria, "joão", Role.ADMINISTRATOR)
    barrier = Barrier(2)

    def demote(who: Identity, whom: str) -> bool:
        barrier.wait()
        try:
            users.set_role(who, whom, Role.OPERATOR)
        except LastAdministrator:
            return False
        return True

    for _ in range(5):
        with ThreadPoolExecutor(2) as pool:
            done = list(pool.map(demote, (maria, joao), ("joão", "maria")))
        assert sorted(done) == [False, True]
        left = [one.username for one in users.listing() if one.role == Role.ADMINISTRATOR]
        assert len(left) == 1
        users.set_role(maria, "joão" if left == ["Maria"] else "maria", Role.ADMINISTRATOR)


def test_nobody_of_that_name(users: Users, audit: Audit, maria: Identity) -> None:
    for nobody in ("zé", "", "a\0b"):
        for act in (users.approve, users.deactivate, users.reactivate):
            with pytest.raises(AccountNotFound):
                act(maria, nobody)
        with pytest.raises(AccountNotFound):
            users.set_role(maria, nobody, Role.READER)
        with pytest.raises(AccountNotFound):
            users.reset_password(maria, nobody, "outra senha")
    assert acts(audit) == []


def test_who_is_shut_out_while_his_password_is_verified(
    accounts: Accounts, users: Users, maria: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered(accounts, "João")
    matches = passwords.matches

    def slow(stored: str, password: str) -> bool:
        users.deactivate(maria, "joão")
        return matches(stored, password)

    monkeypatch.setattr(passwords, "matches", slow)
    with pytest.raises(AccountInactive):
        token(accounts, "joão")


def test_a_waiting_account_may_be_given_a_role_before_it_is_approved(
    database: Database, audit: Audit
) -> None:
    accounts = Accounts(database, registration="aprovacao", on_network=False)
    users = Users(accounts, audit)
    maria = registered(accounts, "Maria")
    accounts.register("João", "1234")
    users.set_role(maria, "joão", Role.READER)
    with pytest.raises(AccountPending):
        token(accounts, "joão")
    users.approve(maria, "joão")
    assert accounts.identify(token(accounts, "joão")).role == Role.READER
