"""Who a token speaks for, remembered for a few seconds.

A look in the database costs a third of a whole request. A revocation in this
process is felt at once; one made by another node within ``LIFE_S`` seconds.
"""

from __future__ import annotations

import threading
import time

from almoxarife.identity import Identity

LIFE_S = 5.0
MOST = 10_000


class TokenCache:
    """A bounded map from token digest to identity; safe to share between threads."""

    def __init__(self) -> None:
        self._known: dict[bytes, tuple[float, Identity]] = {}
        self._lock = threading.Lock()
        self._revocations = 0

    @property
    def revocations(self) -> int:
        """How many revocations there were; read it before the look in the database, hand it to ``put``."""
        return self._revocations

    def get(self, digest: bytes) -> Identity | None:
        """Return the identity if it was put in less than ``LIFE_S`` seconds ago."""
        entry = self._known.get(digest)
        if entry is None or time.monotonic() >= entry[0]:
            return None
        return entry[1]

    def put(self, identity: Identity, revocations: int) -> None:
        """Remember an identity, unless something was revoked since it was looked up."""
        with self._lock:
            if revocations != self._revocations:
                return
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[identity.digest] = (time.monotonic() + LIFE_S, identity)

    def forget_account(self, account_id: int) -> None:
        """Drop every token of an account, at once."""
        with self._lock:
            self._revocations += 1
            for digest in [d for d, (_, who) in self._known.items() if who.account_id == account_id]:
                del self._known[digest]
