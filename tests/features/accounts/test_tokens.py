"""Tokens: how long they live, and that they end at once when they should."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable

import pytest
from sqlalchemy import select

from almoxarife.errors import InvalidField, Unavailable
from almoxarife.features.accounts import passwords, rules, service, store, token_cache
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.accounts.tables import access_token, account
from almoxarife.storage.database import Database

HOUR_US = 3_600_000_000
DAY_US = 24 * HOUR_US


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now_us = 1_795_487_835_123_456

    def __call__(self) -> int:
        return self.now_us


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The time of the accounts; nothing is remembered between two looks at a token."""
    clock = Clock()
    monkeypatch.setattr(service, "now_us", clock)
    monkeypatch.setattr(token_cache, "LIFE_S", 0.0)
    return clock


@pytest.fixture
def maria(accounts: Accounts) -> Accounts:
    accounts.register("maria", "1234")
    return accounts


def log_in(accounts: Accounts, password: str = "1234") -> str:
    return accounts.log_in("maria", password, from_network=False).token


def rows(database: Database) -> dict[bytes, int]:
    """Return when each stored token was last used, by digest."""
    with database.snapshot() as connection:
        found = connection.execute(select(access_token.c.digest, access_token.c.used_at)).all()
        return {bytes(digest): used_at for digest, used_at in found}


def test_only_the_digest_is_stored(maria: Accounts, database: Database) -> None:
    tokens = [log_in(maria) for _ in range(3)]
    assert {len(token) for token in tokens} == {43}
    assert rows(database).keys() == {hashlib.sha256(token.encode()).digest() for token in tokens}
    with database.snapshot() as connection:
        everything = [
            repr(tuple(row)) for table in (account, access_token) for row in connection.execute(select(table))
        ]
    assert not any(token in row for token in tokens for row in everything)


def test_several_tokens_are_valid_side_by_side(maria: Accounts) -> None:
    for token in [log_in(maria) for _ in range(3)]:
        who = maria.identify(token)
        assert (who.account_id, who.username, who.role) == (1, "maria", "administrador")


@pytest.mark.parametrize("token", ["", "x", "x" * 43, "não", "\0", "\ud800"], ids=ascii)
def test_what_is_no_token(maria: Accounts, token: str) -> None:
    log_in(maria)
    with pytest.raises(rules.InvalidToken):
        maria.identify(token)


def test_a_forgotten_token_ends_after_72_hours(maria: Accounts, clock: Clock) -> None:
    made = maria.log_in("maria", "1234", from_network=False)
    assert made.expires_at == clock.now_us + 72 * HOUR_US
    clock.now_us += 72 * HOUR_US
    with pytest.raises(rules.InvalidToken):
        maria.identify(made.token)


def test_a_used_token_lives_on_but_not_for_ever(maria: Accounts, clock: Clock) -> None:
    token = log_in(maria)
    for _ in range(30):
        clock.now_us += 71 * HOUR_US
        maria.identify(token)
    # 88 days and 18 hours have passed; the 90th day ends it.
    clock.now_us += 31 * HOUR_US
    with pytest.raises(rules.InvalidToken):
        maria.identify(token)


def test_a_monitor_that_asks_every_five_seconds_hardly_writes(
    maria: Accounts, clock: Clock, database: Database
) -> None:
    token = log_in(maria)
    made = clock.now_us
    seen = set()
    for _ in range(31):
        clock.now_us += 60_000_000
        maria.identify(token)
        seen |= set(rows(database).values())
    assert seen == {made, made + HOUR_US // 4, made + HOUR_US // 2}


def test_who_reads_goes_on_where_nothing_can_be_written(
    maria: Accounts, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = log_in(maria)
    clock.now_us += HOUR_US

    def full(*_arguments: object) -> None:
        raise Unavailable(retry_after_s=2)

    monkeypatch.setattr(store, "touch_tokens", full)
    assert maria.identify(token).username == "maria"


def test_many_tokens_are_looked_up_at_once(maria: Accounts, clock: Clock, database: Database) -> None:
    old, ended = service.digest_of(log_in(maria)), service.digest_of(log_in(maria))
    maria.log_out(maria.look_up([ended])[ended])
    clock.now_us += 71 * HOUR_US
    tokens = [service.digest_of(log_in(maria)) for _ in range(3)]
    unknown = [number.to_bytes(32) for number in range(1_200)]

    assert set(maria.look_up([ended, *unknown, *tokens, old])) == {old, *tokens}
    assert rows(database)[old] == clock.now_us, "being looked up is use"
    clock.now_us += 71 * HOUR_US
    assert old in maria.look_up([old])


def test_ended_tokens_are_swept_out_at_the_next_log_in(
    maria: Accounts, clock: Clock, database: Database
) -> None:
    log_in(maria)
    clock.now_us += 73 * HOUR_US
    log_in(maria)
    assert len(rows(database)) == 1


def test_log_out_ends_the_token_that_was_used_at_once(maria: Accounts) -> None:
    used, other = log_in(maria), log_in(maria)
    identity = maria.identify(used)
    maria.identify(other)
    maria.log_out(identity)
    with pytest.raises(rules.InvalidToken):
        maria.identify(used)
    assert maria.identify(other).username == "maria"
    # Twice is no mistake.
    maria.log_out(identity)


def test_a_new_password_ends_all_other_tokens_at_once(maria: Accounts) -> None:
    used, other = log_in(maria), log_in(maria)
    maria.identify(other)
    maria.change_password(maria.identify(used), "1234", "4321")
    assert maria.identify(used).username == "maria"
    with pytest.raises(rules.InvalidToken):
        maria.identify(other)
    with pytest.raises(rules.WrongCredentials):
        log_in(maria, "1234")
    log_in(maria, "4321")


def test_a_new_password_needs_the_current_one(maria: Accounts) -> None:
    used, other = log_in(maria), log_in(maria)
    identity = maria.identify(used)
    for wrong in ("4321", "", "x" * 100_000):
        with pytest.raises(rules.WrongCurrentPassword):
            maria.change_password(identity, wrong, "54321")
    with pytest.raises(InvalidField) as refusal:
        maria.change_password(identity, "1234", "123")
    assert refusal.value.parameters["field"] == "senha_nova"
    assert maria.identify(other).username == "maria"


def test_another_nodes_revocation_is_felt_when_what_is_remembered_ends(
    maria: Accounts, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = maria, Accounts(database, registration="aberto", on_network=False)
    token = log_in(here)
    here.identify(token)
    there.log_out(there.identify(token))
    assert here.identify(token).username == "maria"
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + token_cache.LIFE_S)
    with pytest.raises(rules.InvalidToken):
        here.identify(token)


def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[], None]) -> None:
    """Do something once, right after the next password was found to be right."""
    matches = passwords.matches

    def then(password_hash: str, password: str) -> bool:
        right = matches(password_hash, password)
        monkeypatch.setattr(passwords, "matches", matches)
        act()
        return right

    monkeypatch.setattr(passwords, "matches", then)


def test_the_old_password_makes_no_token_beside_its_change(
    maria: Accounts, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = maria.identify(log_in(maria))
    meanwhile(monkeypatch, lambda: maria.change_password(identity, "1234", "4321"))
    with pytest.raises(rules.WrongCredentials):
        log_in(maria, "1234")
    assert rows(database).keys() == {identity.digest}


def test_of_two_changes_of_one_password_the_second_is_refused(
    maria: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = maria.identify(log_in(maria))
    meanwhile(monkeypatch, lambda: maria.change_password(identity, "1234", "first one"))
    with pytest.raises(rules.WrongCurrentPassword):
        maria.change_password(identity, "1234", "second one")
    log_in(maria, "first one")


@pytest.mark.parametrize("name", ["maria", "nobody", "", "a\0b", "\ud800", "x" * 10_000], ids=ascii)
def test_a_wrong_user_costs_what_a_wrong_password_costs(
    maria: Accounts, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    verified: list[str] = []
    matches = passwords.matches

    def count(password_hash: str, password: str) -> bool:
        verified.append(password_hash)
        return matches(password_hash, password)

    monkeypatch.setattr(passwords, "matches", count)
    with pytest.raises(rules.WrongCredentials) as refusal:
        maria.log_in(name, "wrong", from_network=False)
    # The same one hash with the same parameters, and the same answer.
    assert [one.rsplit("$", 2)[0] for one in verified] == ["$argon2id$v=19$m=19456,t=2,p=1"]
    assert refusal.value.parameters == {}


def test_the_decoy_is_no_other_than_a_real_hash(maria: Accounts) -> None:
    real = maria.listing()[0].password_hash
    assert [len(part) for part in passwords.DECOY_HASH.split("$")] == [len(part) for part in real.split("$")]
    assert not passwords.matches(passwords.DECOY_HASH, "")


def test_the_number_behind_a_name(maria: Accounts, database: Database) -> None:
    with database.snapshot() as connection:
        assert maria.number_of(connection, "MARIA") == 1
        assert maria.number_of(connection, None) is None
        for nobody in ("zé", "", "a\0"):
            with pytest.raises(InvalidField) as refusal:
                maria.number_of(connection, nobody)
            assert refusal.value.parameters == {"field": "registrado_por", "reason": "unknown_user"}
