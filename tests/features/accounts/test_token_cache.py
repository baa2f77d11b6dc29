"""What is remembered of tokens: briefly, boundedly, and never past a revocation."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from almoxarife.features.accounts import passwords, token_cache
from almoxarife.features.accounts.token_cache import TokenCache
from almoxarife.identity import Identity

MARIA = Identity(1, "maria", "administrador", b"a" * 32)
JOAO = Identity(2, "joão", "operador", b"b" * 32)


def test_an_identity_is_remembered_for_five_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    cache = TokenCache()
    assert cache.get(MARIA.digest) is None
    cache.put(MARIA, cache.revocations)
    now[0] = 104.9
    assert cache.get(MARIA.digest) == MARIA
    now[0] = 105.0
    assert cache.get(MARIA.digest) is None


def test_a_revoked_account_is_forgotten_and_no_other() -> None:
    cache = TokenCache()
    second = MARIA._replace(digest=b"c" * 32)
    for identity in (MARIA, JOAO, second):
        cache.put(identity, cache.revocations)
    cache.forget_account(1)
    assert [cache.get(identity.digest) for identity in (MARIA, JOAO, second)] == [None, JOAO, None]


def test_what_was_looked_up_before_a_revocation_is_not_remembered() -> None:
    cache = TokenCache()
    revocations = cache.revocations
    # Between the look in the database and this moment somebody logged out.
    cache.forget_account(1)
    cache.put(MARIA, revocations)
    assert cache.get(MARIA.digest) is None
    cache.put(MARIA, cache.revocations)
    assert cache.get(MARIA.digest) == MARIA


def test_it_never_grows_past_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(token_cache, "MOST", 10)
    cache = TokenCache()
    for number in range(95):
        identity = JOAO._replace(digest=number.to_bytes(32))
        cache.put(identity, cache.revocations)
        assert cache.get(identity.digest) == identity
    assert len(cache._known) <= 10


def test_at_most_two_hashes_are_computed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A burst of log-ins must not take every processor from the entries."""
    running, most, lock = 0, 0, threading.Lock()

    class SlowHasher:
        def hash(self, _password: bytes) -> str:
            nonlocal running, most
            with lock:
                running += 1
                most = max(most, running)
            time.sleep(0.01)
            with lock:
                running -= 1
            return "hash"

        def verify(self, _password_hash: str, password: bytes) -> bool:
            return self.hash(password) == "hash"

    monkeypatch.setattr(passwords, "_hasher", SlowHasher())
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(passwords.hash_password, ["1234"] * 10))
        list(pool.map(passwords.matches, ["hash"] * 10, ["1234"] * 10))
    assert most == 2
