"""Registration: who is let in, as what, and with which password."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from almoxarife.config import Registration
from almoxarife.errors import InvalidField
from almoxarife.features.accounts import passwords, rules
from almoxarife.features.accounts.rules import Status
from almoxarife.features.accounts.service import Accounts
from almoxarife.identity import Role
from almoxarife.storage.database import Database
from tests.databases import only_sqlite

STRONG = "parafuso-amarelo-42"


def server(
    database: Database, registration: Registration = "aberto", *, on_network: bool = False
) -> Accounts:
    return Accounts(database, registration=registration, on_network=on_network)


def test_the_first_use_walk(accounts: Accounts) -> None:
    assert accounts.register("admin", "1234") == Status.ACTIVE
    token = accounts.log_in("admin", "1234", from_network=False)
    assert (token.username, token.role) == ("admin", "administrador")
    assert accounts.identify(token.token).username == "admin"


def test_the_first_one_is_administrator_and_the_others_are_not(accounts: Accounts) -> None:
    for name in ("maria", "joão", "zé"):
        accounts.register(name, "1234")
    assert [(one.id, one.username, one.role) for one in accounts.listing()] == [
        (1, "maria", Role.ADMINISTRATOR),
        (2, "joão", Role.OPERATOR),
        (3, "zé", Role.OPERATOR),
    ]


def test_only_one_is_first_when_four_register_at_once(database: Database) -> None:
    barrier = Barrier(4)

    def register(number: int) -> None:
        accounts = server(database, "aprovacao")
        barrier.wait()
        accounts.register(f"pessoa {number}", "1234")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(register, range(4)))
    made = server(database).listing()
    assert sorted(one.role for one in made) == [Role.ADMINISTRATOR] + [Role.OPERATOR] * 3
    # The administrator may log in at once: somebody must be able to approve the others.
    assert {one.status for one in made if one.role == Role.ADMINISTRATOR} == {Status.ACTIVE}
    assert {one.status for one in made if one.role == Role.OPERATOR} == {Status.PENDING}


def test_only_one_gets_a_name_when_four_want_it_at_once(database: Database) -> None:
    barrier = Barrier(4)

    def register(_number: int) -> bool:
        accounts = server(database)
        barrier.wait()
        try:
            accounts.register("maria", "1234")
        except rules.UsernameTaken:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(register, range(4))) == [False, False, False, True]


@pytest.mark.parametrize("twin", ["João", "JOÃO", "joa\u0303o", " joão ", "\uff2a\uff2f\u00c3\uff2f"])
def test_a_name_is_taken_however_it_is_typed(accounts: Accounts, twin: str) -> None:
    accounts.register("João", "1234")
    with pytest.raises(rules.UsernameTaken):
        accounts.register(twin, "12345")
    assert accounts.log_in(twin, "1234", from_network=False).username == "João"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "empty"),
        (" \t", "empty"),
        ("x" * 81, "too_long"),
        ("ma\u200bria", "invisible"),
        ("a\0", "invisible"),
    ],
    ids=ascii,
)
def test_names_that_cannot_be(name: str, reason: str) -> None:
    with pytest.raises(InvalidField) as refusal:
        rules.check_username(name)
    assert (refusal.value.parameters["field"], refusal.value.parameters["reason"]) == ("username", reason)


def test_who_has_to_wait(database: Database) -> None:
    accounts = server(database, "aprovacao")
    assert accounts.register("maria", "1234") == Status.ACTIVE
    assert accounts.register("João", "1234") == Status.PENDING
    with pytest.raises(rules.AccountPending):
        accounts.log_in("joão", "1234", from_network=False)
    # Who does not know the password does not learn that the account waits.
    with pytest.raises(rules.WrongCredentials):
        accounts.log_in("joão", "4321", from_network=False)


def test_closed_registration_lets_the_first_one_in(database: Database) -> None:
    accounts = server(database, "fechado")
    assert accounts.register("maria", "1234") == Status.ACTIVE
    for name in ("joão", "maria"):
        # Nor is it told which names there are.
        with pytest.raises(rules.RegistrationClosed):
            accounts.register(name, "1234")


@only_sqlite
@pytest.mark.parametrize(
    ("password", "on_network", "reason"),
    [
        ("123", False, "password_too_short"),
        ("", False, "password_too_short"),
        ("x" * 1_025, False, "too_long"),
        ("1234567", True, "password_too_short"),
        ("12345678", True, "password_common"),
        ("87654321", True, "password_common"),
        ("78901234", True, "password_common"),
        ("abcdefghi", True, "password_common"),
        ("12341234", True, "password_common"),
        ("abcabcab", True, "password_common"),
        ("PASSWORD", True, "password_common"),
        ("Almoxarifado", True, "password_common"),
        ("flamengo", True, "password_common"),
        ("aaaaaaaab", True, "password_common"),
        ("JoaoSilva99", True, "password_common"),
        ("x" * 1_025, True, "too_long"),
    ],
)
def test_passwords_that_may_not_be_chosen(
    database: Database, password: str, on_network: bool, reason: str
) -> None:
    with pytest.raises(InvalidField) as refusal:
        server(database, on_network=on_network).register("JoãoSilva", password)
    assert (refusal.value.parameters["field"], refusal.value.parameters["reason"]) == ("password", reason)


@pytest.mark.parametrize(
    "password",
    [
        STRONG,
        "açúcar é doce",
        "😀😀😀🔧🔩🪛🧰🪚",
        pytest.param("x1y2z" * 204, id="long"),
        "nul\0 inside",
        "half \ud800 pair",
    ],
    ids=ascii,
)
def test_passwords_of_any_characters(database: Database, password: str) -> None:
    accounts = server(database, on_network=True)
    accounts.register("maria", password)
    accounts.log_in("maria", password, from_network=True)
    for other in (password + " ", password[:-1], password.swapcase() + "x"):
        with pytest.raises(rules.WrongCredentials):
            accounts.log_in("maria", other, from_network=True)


def test_a_weak_password_opens_from_this_machine_only(database: Database) -> None:
    server(database).register("admin", "1234")
    server(database).register("maria", "password")
    accounts = server(database, "aprovacao", on_network=True)
    for name, password in (("admin", "1234"), ("maria", "password")):
        with pytest.raises(rules.WeakPasswordOnNetwork):
            accounts.log_in(name, password, from_network=True)
        identity = accounts.identify(accounts.log_in(name, password, from_network=False).token)
        accounts.change_password(identity, password, STRONG)
        assert accounts.log_in(name, STRONG, from_network=True).username == name


def test_a_password_is_stored_as_an_argon2id_hash_of_its_own(accounts: Accounts) -> None:
    accounts.register("maria", "1234")
    accounts.register("joão", "1234")
    hashes = [one.password_hash for one in accounts.listing()]
    assert all(one.startswith("$argon2id$v=19$m=19456,t=2,p=1$") for one in hashes)
    assert hashes[0] != hashes[1]
    assert passwords.matches(hashes[0], "1234")


def test_a_damaged_hash_opens_to_nobody() -> None:
    for damaged in ("", "1234", "$argon2id$v=19$m=19456,t=2,p=1$", "$argon2id$" + "x" * 80):
        assert not passwords.matches(damaged, "1234")
