"""Somebody who acts, for tests of what is written in people's names."""

from __future__ import annotations

from almoxarife.features.accounts.service import Accounts
from almoxarife.identity import Identity


def registered(accounts: Accounts, username: str) -> Identity:
    """Register somebody, the first one as administrator, and return who that is."""
    accounts.register(username, "1234")
    return accounts.identify(accounts.log_in(username, "1234", from_network=False).token)
