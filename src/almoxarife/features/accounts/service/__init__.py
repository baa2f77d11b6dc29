"""What can be done with accounts. Owns the transactions."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import NamedTuple

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from almoxarife.clock import now_us
from almoxarife.config import Registration
from almoxarife.errors import InvalidField, Unavailable
from almoxarife.features.accounts import passwords, rules, session_store, store
from almoxarife.features.accounts.token_cache import TokenCache
from almoxarife.identity import Identity, Role
from almoxarife.ledger.rules import checksum
from almoxarife.names import fold
from almoxarife.storage.database import Database

_NOWHERE = rules.Origin()


class NewToken(NamedTuple):
    """What a log-in gives: the token itself exists only here and at the client."""

    token: str
    username: str
    role: str
    expires_at: int


class NewPassword(NamedTuple):
    """A password that may be chosen, as it is kept; ``weak``: not from other machines."""

    hash: str
    weak: bool


class Accounts:
    """Registration, log-in, tokens; and what the administration of users is made of."""

    def __init__(self, database: Database, *, registration: Registration, on_network: bool) -> None:
        """``on_network``: whether other machines reach the server, which asks for better passwords."""
        self._database = database
        self._registration = registration
        self._on_network = on_network
        self._cache = TokenCache()

    def register(self, username: str, password: str) -> rules.Status:
        """Make an account and return its status; the very first one becomes administrator.

        Raises InvalidField, UsernameTaken, RegistrationClosed.
        """
        name = rules.check_username(username)
        new = self.new_password(name, password, field="password")
        try:
            with self._database.unit_of_work() as connection:
                self._database.lock_table(connection, "account")
                number = store.next_id(connection)
                first = number == 1
                if not first and self._registration == "fechado":
                    raise rules.RegistrationClosed()
                active = first or self._registration == "aberto"
                status = rules.Status.ACTIVE if active else rules.Status.PENDING
                created_at = now_us()
                store.add(
                    connection,
                    id=number,
                    username=name,
                    username_key=fold(name),
                    password_hash=new.hash,
                    weak_password=new.weak,
                    role=Role.ADMINISTRATOR if first else Role.OPERATOR,
                    status=status,
                    created_at=created_at,
                    checksum=checksum(number, name, fold(name), created_at),
                )
        except IntegrityError:
            raise rules.UsernameTaken() from None
        return status

    def log_in(
        self, username: str, password: str, *, from_network: bool, origin: rules.Origin = _NOWHERE
    ) -> NewToken:
        """Return a new token. ``from_network``: the client is on another machine.

        Raises WrongCredentials (after the same work whether or not the user exists), AccountPending,
        AccountInactive, WeakPasswordOnNetwork.
        """
        if len(password) > rules.MAX_PASSWORD:
            raise rules.WrongCredentials()
        with self._database.snapshot() as connection:
            found = _find(connection, username)
        right = passwords.matches(found.password_hash if found else passwords.DECOY_HASH, password)
        if found is None or not right:
            raise rules.WrongCredentials()
        _require_active(found)
        if from_network and (found.weak_password or self._is_common(password, found.username)):
            raise rules.WeakPasswordOnNetwork()
        token = secrets.token_urlsafe(32)
        now = now_us()
        with self._database.unit_of_work() as connection:
            # What was changed while the password was being verified: its tokens have just been revoked.
            held = store.hold(connection, found.id)
            if held.password_hash != found.password_hash:
                raise rules.WrongCredentials()
            _require_active(held)
            store.drop_ended_tokens(
                connection,
                created_before=now - rules.TOKEN_LIFETIME_US,
                used_before=now - rules.TOKEN_IDLE_US,
            )
            store.add_token(connection, digest_of(token), found.id, now, origin)
            session_store.keep_newest(connection, found.id)
            session_store.note_address(connection, found.id, origin.address, now)
        return NewToken(token, found.username, found.role, now + rules.TOKEN_IDLE_US)

    def identify(self, token: str) -> Identity:
        """Return who a token speaks for, as it was known at the most seconds ago. Raises InvalidToken."""
        digest = digest_of(token)
        known = self._cache.get(digest)
        if known is not None:
            return known
        revocations = self._cache.revocations
        identity = self.look_up([digest]).get(digest)
        if identity is None:
            raise rules.InvalidToken()
        self._cache.put(identity, revocations)
        return identity

    def look_up(self, digests: Sequence[bytes]) -> dict[bytes, Identity]:
        """Return who tokens speak for, by their digests, as it is now; those that have ended are left out.

        Being looked up counts as use of a token.
        """
        now = now_us()
        with self._database.snapshot() as connection:
            owners = store.token_owners(connection, digests)
        valid = [
            owner
            for owner in owners
            if owner.status == rules.Status.ACTIVE
            and not rules.has_ended(owner.created_at, owner.used_at, now)
        ]
        unnoted = [owner.digest for owner in valid if now - owner.used_at >= rules.TOKEN_TOUCH_US]
        if unnoted:
            # Whoever only reads goes on where nothing can be written: the disk is full, or this is a standby.
            with suppress(Unavailable), self._database.unit_of_work() as connection:
                store.touch_tokens(connection, unnoted, now)
        return {
            owner.digest: Identity(owner.account_id, owner.username, owner.role, owner.digest)
            for owner in valid
        }

    def log_out(self, identity: Identity) -> None:
        """Revoke the token that the caller used."""
        with self._database.unit_of_work() as connection:
            store.drop_token(connection, identity.digest)
        self._cache.forget_account(identity.account_id)

    def change_password(self, identity: Identity, current: str, new: str) -> None:
        """Set a new password and revoke the account's other tokens.

        Raises WrongCurrentPassword, InvalidField.
        """
        with self._database.snapshot() as connection:
            found = store.get(connection, identity.account_id)
        if len(current) > rules.MAX_PASSWORD or not passwords.matches(found.password_hash, current):
            raise rules.WrongCurrentPassword()
        chosen = self.new_password(found.username, new, field="senha_nova")
        with self._database.unit_of_work() as connection:
            if not store.replace_password(
                connection, found.id, found.password_hash, password_hash=chosen.hash, weak=chosen.weak
            ):
                # Somebody else changed it meanwhile.
                raise rules.WrongCurrentPassword()
            store.drop_tokens(connection, found.id, kept=identity.digest)
        self._cache.forget_account(found.id)

    def listing(self) -> list[rules.Account]:
        """Return every account, oldest first."""
        with self._database.snapshot() as connection:
            return store.listing(connection)

    def number_of(
        self, connection: Connection, username: str | None, *, field: str = "registrado_por"
    ) -> int | None:
        """Return the id of the account with a name, within the caller's transaction; None for no name.

        Raises InvalidField, of the field that names it, when nobody has the name.
        """
        if username is None:
            return None
        found = _find(connection, username)
        if found is None:
            raise InvalidField(field=field, reason="unknown_user")
        return found.id

    def new_password(self, username: str, password: str, *, field: str) -> NewPassword:
        """Return what is kept of a new password. Raises InvalidField.

        Before a transaction: nobody waits for the write lock while the hash is computed.
        """
        common = self._is_common(password, username)
        rules.check_new_password(password, field=field, on_network=self._on_network, common=common)
        return NewPassword(passwords.hash_password(password), rules.is_weak(password, common=common))

    @contextmanager
    def changing(self, username: str) -> Iterator[tuple[Connection, rules.Account]]:
        """Open a unit of work in which an account is changed, and nobody changes any other one meanwhile.

        What its tokens stand for is looked up anew afterwards. Raises AccountNotFound.
        """
        with self._database.unit_of_work() as connection:
            self._database.lock_table(connection, "account")
            found = _find(connection, username)
            if found is None:
                raise rules.AccountNotFound(username=username)
            yield connection, found
        self._cache.forget_account(found.id)

    def forget(self, account_id: int) -> None:
        """Look up anew what the tokens of an account stand for."""
        self._cache.forget_account(account_id)

    def set_role(self, connection: Connection, account: rules.Account, role: Role) -> rules.Account:
        """Give an account another role, within ``changing``. Raises LastAdministrator."""
        if role != Role.ADMINISTRATOR:
            _keep_an_administrator(connection, account)
        store.change(connection, account.id, role=role)
        return account._replace(role=role)

    def set_status(
        self, connection: Connection, account: rules.Account, status: rules.Status
    ) -> rules.Account:
        """Let an account in or shut it out, which ends its tokens; within ``changing``. Raises LastAdministrator."""
        if status != rules.Status.ACTIVE:
            _keep_an_administrator(connection, account)
            store.drop_tokens(connection, account.id)
        store.change(connection, account.id, status=status)
        return account._replace(status=status)

    def set_password(self, connection: Connection, account: rules.Account, new: NewPassword) -> None:
        """Set an account's password and end its tokens, within ``changing``."""
        store.change(connection, account.id, password_hash=new.hash, weak_password=new.weak)
        store.drop_tokens(connection, account.id)

    def _is_common(self, password: str, username: str) -> bool:
        # On this machine alone the list is not asked: loading it would slow the start for nothing.
        return self._on_network and passwords.is_common(password, username)


def _find(connection: Connection, username: str) -> rules.Account | None:
    """Return the account with a name; a text that cannot be one is not asked for, databases dislike some."""
    key = rules.key_of(username)
    return None if key is None else store.find(connection, key)


def _require_active(account: rules.Account) -> None:
    if account.status == rules.Status.PENDING:
        raise rules.AccountPending()
    if account.status != rules.Status.ACTIVE:
        raise rules.AccountInactive()


def _keep_an_administrator(connection: Connection, account: rules.Account) -> None:
    """Raise LastAdministrator when an account is the only one that may administer."""
    administers = {"role": Role.ADMINISTRATOR, "status": rules.Status.ACTIVE}
    is_one = all(getattr(account, name) == value for name, value in administers.items())
    if is_one and store.count(connection, **administers) == 1:
        raise rules.LastAdministrator(username=account.username)


def changed_rows(connection: Connection) -> Iterator[str]:
    """Yield the names of accounts whose row is not as it was written, within the caller's transaction."""
    roles, states = set(Role), set(rules.Status)
    for row in store.rows(connection):
        right = (
            checksum(row.id, row.username, row.username_key, row.created_at) == row.checksum
            and fold(row.username) == row.username_key
            and row.role in roles
            and row.status in states
        )
        if not right:
            yield row.username


def digest_of(token: str) -> bytes:
    """Return what is kept of a token: its SHA-256."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
