"""What can be told and done about sessions: the tokens of an account, and from where it logs in."""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy import Connection

from almoxarife.clock import now_us, to_rfc3339
from almoxarife.contract.sessions import SessionRow
from almoxarife.features.accounts import rules, session_store, store
from almoxarife.features.accounts.service import Accounts
from almoxarife.identity import Identity
from almoxarife.storage.database import Database

_DIGEST_BYTES = 32


class Sessions:
    """The sessions of all accounts. Outside they are known by the digest of their token, in hexadecimal digits."""

    def __init__(self, database: Database, accounts: Accounts) -> None:
        self._database = database
        self._accounts = accounts

    def is_usual(self, username: str, address: str) -> bool:
        """Tell whether the account with a name has logged in from an address not long ago.

        The same work whether or not there is such an account.
        """
        # What cannot be a name is no account's, but is looked for all the same.
        key = rules.key_of(username) or ""
        with self._database.snapshot() as connection:
            return session_store.is_usual(connection, key, address, now_us())

    def own(self, who: Identity) -> list[rules.Session]:
        """Return the caller's sessions, the newest used first."""
        with self._database.snapshot() as connection:
            return session_store.listing(connection, who.account_id, now_us())

    def listing(self, username: str | None) -> list[rules.Session]:
        """Return the sessions of one account, or of all (at most 1,000), the newest used first.

        Raises AccountNotFound.
        """
        with self._database.snapshot() as connection:
            account_id = None
            if username is not None:
                key = rules.key_of(username)
                found = None if key is None else store.find(connection, key)
                if found is None:
                    raise rules.AccountNotFound(username=username)
                account_id = found.id
            return session_store.listing(connection, account_id, now_us())

    def end(self, who: Identity, session_id: str) -> None:
        """End one of the caller's sessions. Raises SessionNotFound, for other people's too."""
        with self._database.unit_of_work() as connection:
            end_one(connection, who.account_id, session_id)
        self._accounts.forget(who.account_id)

    def end_others(self, who: Identity) -> None:
        """End the caller's sessions but the one that is used."""
        with self._database.unit_of_work() as connection:
            end_all(connection, who.account_id, kept=who.digest)
        self._accounts.forget(who.account_id)


def end_one(connection: Connection, account_id: int, session_id: str) -> None:
    """End one session of an account within ``Accounts.changing``. Raises SessionNotFound."""
    digest = b""
    with suppress(ValueError):
        digest = bytes.fromhex(session_id)
    if len(digest) != _DIGEST_BYTES or not session_store.end(connection, account_id, digest):
        raise rules.SessionNotFound()


def end_all(connection: Connection, account_id: int, *, kept: bytes = b"") -> None:
    """End all sessions of an account, but perhaps one, within ``Accounts.changing``."""
    store.drop_tokens(connection, account_id, kept=kept)


def row_of(session: rules.Session, who: Identity) -> SessionRow:
    """Return what is told of a session to somebody."""
    return SessionRow(
        id=session.digest.hex(),
        username=session.username,
        created_at=to_rfc3339(session.created_at),
        used_at=to_rfc3339(session.used_at),
        expires_at=to_rfc3339(session.expires_at),
        address=session.address,
        program=session.program,
        is_current=session.digest == who.digest,
    )
