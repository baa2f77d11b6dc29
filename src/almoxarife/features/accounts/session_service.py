"""What can be told and done about sessions: the tokens of an account, and from where it logs in."""

from __future__ import annotations

from almoxarife.clock import now_us
from almoxarife.features.accounts import rules, session_store
from almoxarife.storage.database import Database


class Sessions:
    """The sessions of all accounts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def is_usual(self, username: str, address: str) -> bool:
        """Tell whether the account with a name has logged in from an address not long ago.

        The same work whether or not there is such an account.
        """
        # What cannot be a name is no account's, but is looked for all the same.
        key = rules.key_of(username) or ""
        with self._database.snapshot() as connection:
            return session_store.is_usual(connection, key, address, now_us())
