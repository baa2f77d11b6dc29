"""The SQL of accounts and tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select, update

from almoxarife.features.accounts.rules import Account, Origin
from almoxarife.features.accounts.tables import access_token, account
from almoxarife.storage.prepared import Prepared
from almoxarife.storage.reading import in_order


class TokenOwner(NamedTuple):
    """A token by its digest, whose it is, and when it was made and last used."""

    digest: bytes
    account_id: int
    username: str
    role: str
    status: str
    created_at: int
    used_at: int


# SQLite's default bound is 32,766 variables a statement.
_KEYS_PER_STATEMENT = 500

_BY_KEY = select(account).where(account.c.username_key == bindparam("key"))
_BY_ID = select(account).where(account.c.id == bindparam("account_id"))
# One log-in at a time holds an account, and whoever changes it waits; rows that name it may be written meanwhile.
# SQLite has one writer anyway.
_HELD = _BY_ID.with_for_update(key_share=True)
_ROWS = Prepared(
    select(account)
    .where(account.c.id > bindparam("after"))
    .order_by(account.c.id)
    .limit(bindparam("how_many"))
)
_NEXT_ID = select(func.coalesce(func.max(account.c.id), 0) + 1)
_COUNT = (
    select(func.count())
    .select_from(account)
    .where(account.c.role == bindparam("role"), account.c.status == bindparam("status"))
)
_OWNERS = (
    select(
        access_token.c.digest,
        account.c.id,
        account.c.username,
        account.c.role,
        account.c.status,
        access_token.c.created_at,
        access_token.c.used_at,
    )
    .join_from(access_token, account)
    .where(access_token.c.digest.in_(bindparam("digests", expanding=True)))
)
_TOUCH = (
    update(access_token)
    .where(access_token.c.digest.in_(bindparam("digests", expanding=True)))
    .values(used_at=bindparam("now"))
)


def next_id(connection: Connection) -> int:
    """Return the id of the next account, 1 for the first one; the table must be locked."""
    number: int = connection.execute(_NEXT_ID).scalar_one()
    return number


def find(connection: Connection, key: str) -> Account | None:
    """Return the account whose folded name is ``key``."""
    row = connection.execute(_BY_KEY, {"key": key}).one_or_none()
    return Account(*row) if row else None


def get(connection: Connection, account_id: int) -> Account:
    """Return the account with an id that is known to exist."""
    return Account(*connection.execute(_BY_ID, {"account_id": account_id}).one())


def hold(connection: Connection, account_id: int) -> Account:
    """Return an account as it is now, and keep others from changing it until this unit of work ends."""
    return Account(*connection.execute(_HELD, {"account_id": account_id}).one())


def add(connection: Connection, **values: object) -> None:
    """Add an account. Raises IntegrityError when the folded name is taken."""
    connection.execute(insert(account), values)


def replace_password(
    connection: Connection, account_id: int, old_hash: str, *, password_hash: str, weak: bool
) -> bool:
    """Replace an account's password hash if it is still the old one; return whether it was."""
    replaced = connection.execute(
        update(account)
        .where(account.c.id == account_id, account.c.password_hash == old_hash)
        .values(password_hash=password_hash, weak_password=weak)
    )
    return replaced.rowcount == 1


def change(connection: Connection, account_id: int, **values: object) -> None:
    """Set columns of an account."""
    connection.execute(update(account).where(account.c.id == account_id).values(values))


def count(connection: Connection, *, role: str, status: str) -> int:
    """Return how many accounts there are of a role and a status."""
    number: int = connection.execute(_COUNT, {"role": role, "status": status}).scalar_one()
    return number


def listing(connection: Connection) -> list[Account]:
    """Return every account, oldest first."""
    return [Account(*row) for row in connection.execute(select(account).order_by(account.c.id))]


def rows(connection: Connection) -> Iterator[Account]:
    """Yield every account, oldest first. Raises UnreadableRow."""
    for page in in_order(connection, _ROWS):
        yield from map(Account._make, page)


def add_token(connection: Connection, digest: bytes, account_id: int, now: int, origin: Origin) -> None:
    """Keep the digest of a new token, and where it was made."""
    connection.execute(
        insert(access_token),
        {
            "digest": digest,
            "account_id": account_id,
            "created_at": now,
            "used_at": now,
            **origin._asdict(),
        },
    )


def token_owners(connection: Connection, digests: Sequence[bytes]) -> list[TokenOwner]:
    """Return whose the tokens with these digests are; those that there are not are left out."""
    found: list[TokenOwner] = []
    for start in range(0, len(digests), _KEYS_PER_STATEMENT):
        part = digests[start : start + _KEYS_PER_STATEMENT]
        found += map(TokenOwner._make, connection.execute(_OWNERS, {"digests": part}))
    return found


def touch_tokens(connection: Connection, digests: Sequence[bytes], now: int) -> None:
    """Write down that tokens were used."""
    for start in range(0, len(digests), _KEYS_PER_STATEMENT):
        part = digests[start : start + _KEYS_PER_STATEMENT]
        connection.execute(_TOUCH, {"digests": part, "now": now})


def drop_token(connection: Connection, digest: bytes) -> None:
    """Revoke one token."""
    connection.execute(delete(access_token).where(access_token.c.digest == digest))


def drop_tokens(connection: Connection, account_id: int, *, kept: bytes = b"") -> None:
    """Revoke every token of an account, but perhaps one."""
    connection.execute(
        delete(access_token).where(access_token.c.account_id == account_id, access_token.c.digest != kept)
    )


def drop_ended_tokens(connection: Connection, *, created_before: int, used_before: int) -> None:
    """Forget tokens that can never be used again."""
    connection.execute(
        delete(access_token).where(
            or_(access_token.c.created_at < created_before, access_token.c.used_at < used_before)
        )
    )
