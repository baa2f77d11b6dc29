"""The SQL of sessions, which is what people call tokens, and of the addresses from which accounts log in."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from almoxarife.features.accounts.rules import (
    ADDRESS_LIFETIME_US,
    MOST_ADDRESSES,
    MOST_SESSIONS,
    TOKEN_IDLE_US,
    TOKEN_LIFETIME_US,
    Session,
)
from almoxarife.features.accounts.tables import access_token, account, account_address

_USUAL = (
    select(account_address.c.used_at)
    .join_from(account_address, account)
    .where(account.c.username_key == bindparam("key"), account_address.c.address == bindparam("address"))
)


# The newest used first; a session of one's own is never beyond this.
MOST_LISTED = 1_000
_LISTED = (
    select(
        access_token.c.digest,
        account.c.id,
        account.c.username,
        access_token.c.created_at,
        access_token.c.used_at,
        access_token.c.address,
        access_token.c.program,
    )
    .join_from(access_token, account)
    .where(
        access_token.c.created_at > bindparam("created_after"),
        access_token.c.used_at > bindparam("used_after"),
    )
    .order_by(access_token.c.used_at.desc(), access_token.c.digest)
    .limit(MOST_LISTED)
)
_LISTED_OF_ONE = _LISTED.where(account.c.id == bindparam("account_id"))


def listing(connection: Connection, account_id: int | None, now: int) -> list[Session]:
    """Return the sessions of one account, or of all, that have not ended; the newest used first."""
    parameters = {"created_after": now - TOKEN_LIFETIME_US, "used_after": now - TOKEN_IDLE_US}
    if account_id is None:
        rows = connection.execute(_LISTED, parameters)
    else:
        rows = connection.execute(_LISTED_OF_ONE, {**parameters, "account_id": account_id})
    return [Session(*row) for row in rows]


def end(connection: Connection, account_id: int, digest: bytes) -> bool:
    """End one session of an account; return whether there was such a one."""
    ended = connection.execute(
        delete(access_token).where(access_token.c.account_id == account_id, access_token.c.digest == digest)
    )
    return ended.rowcount == 1


def keep_newest(connection: Connection, account_id: int) -> None:
    """Revoke the tokens of an account that are beyond what it may have, those unused for the longest time."""
    kept = (
        select(access_token.c.digest)
        .where(access_token.c.account_id == account_id)
        .order_by(access_token.c.used_at.desc(), access_token.c.digest)
        .limit(MOST_SESSIONS)
    )
    connection.execute(
        delete(access_token).where(
            access_token.c.account_id == account_id, access_token.c.digest.not_in(kept.scalar_subquery())
        )
    )


def is_usual(connection: Connection, key: str, address: str, now: int) -> bool:
    """Tell whether the account with a folded name has logged in from an address not long ago."""
    used_at = connection.execute(_USUAL, {"key": key, "address": address}).scalar()
    return used_at is not None and now - used_at < ADDRESS_LIFETIME_US


def note_address(connection: Connection, account_id: int, address: str, now: int) -> None:
    """Write down that an account logs in from an address; what is old or beyond the bound is forgotten."""
    if not address:
        return
    mine = account_address.c.account_id == account_id
    known = connection.execute(
        update(account_address).where(mine, account_address.c.address == address).values(used_at=now)
    )
    if known.rowcount:
        return
    connection.execute(
        insert(account_address), {"account_id": account_id, "address": address, "used_at": now}
    )
    newest = (
        select(account_address.c.address)
        .where(mine, account_address.c.used_at > now - ADDRESS_LIFETIME_US)
        .order_by(account_address.c.used_at.desc(), account_address.c.address)
        .limit(MOST_ADDRESSES)
    )
    connection.execute(
        delete(account_address).where(mine, account_address.c.address.not_in(newest.scalar_subquery()))
    )
