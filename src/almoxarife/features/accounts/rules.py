"""Rules of accounts: names, passwords, roles, how long a token lives."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from almoxarife.errors import DomainError, InvalidField
from almoxarife.names import display_form, fold, has_invisible

MAX_USERNAME = 80
MAX_PASSWORD = 1_024
# 43 characters are ours; whoever sends more is not asked to be hashed.
MAX_TOKEN = 200
# On this machine alone the first-use walk's "1234" passes; across a network it does not.
MIN_PASSWORD_LOCAL = 4
MIN_PASSWORD_NETWORK = 8

_HOUR_US = 3_600 * 1_000_000
# A till that is used stays logged in over night and over a weekend; a forgotten token ends.
TOKEN_IDLE_US = 72 * _HOUR_US
TOKEN_LIFETIME_US = 90 * 24 * _HOUR_US
# The use of a token is written down at most this often: a monitor that asks every five seconds must not write.
TOKEN_TOUCH_US = _HOUR_US // 4


# An address from which an account has logged in is its usual one for so long, and of each account so many.
ADDRESS_LIFETIME_US = 90 * 24 * _HOUR_US
MOST_ADDRESSES = 20
# Sessions that an account may have side by side; the one that was not used for the longest time ends.
MOST_SESSIONS = 100
MAX_PROGRAM = 80


class Status(StrEnum):
    """Whether an account may log in; the values are stored and go over the wire."""

    ACTIVE = "ativa"
    PENDING = "pendente"
    INACTIVE = "desativada"


class Account(NamedTuple):
    """A row of ``account``."""

    id: int
    username: str
    username_key: str
    password_hash: str
    weak_password: bool
    role: str
    status: str
    created_at: int
    checksum: bytes


class Session(NamedTuple):
    """A token as people know it: whose it is, from where and with what it was begun; instants in microseconds."""

    digest: bytes
    account_id: int
    username: str
    created_at: int
    used_at: int
    address: str
    program: str

    @property
    def expires_at(self) -> int:
        """When it ends unless it is used before."""
        return min(self.used_at + TOKEN_IDLE_US, self.created_at + TOKEN_LIFETIME_US)


class SessionNotFound(DomainError):
    """The account has no such session, or it has ended."""


class UsernameTaken(DomainError):
    """An account with this name exists."""


class WrongCredentials(DomainError):
    """No such user, or not this password: the caller is not told which."""


class WrongCurrentPassword(DomainError):
    """A change of password with a current password that is not the account's."""


class AccountPending(DomainError):
    """The account waits for an administrator's approval."""


class AccountInactive(DomainError):
    """The account was deactivated by an administrator."""


class LastAdministrator(DomainError):
    """Without this account, ``username``, nobody could administer any more."""


class WeakPasswordOnNetwork(DomainError):
    """The account's password is too weak to log in from another machine."""


class RegistrationClosed(DomainError):
    """Nobody may register by himself."""


class InvalidToken(DomainError):
    """A token that is unknown, ended or revoked, or no token at all."""


class Forbidden(DomainError):
    """The account's role does not allow this: ``least`` is the one it takes, ``own`` the account's."""


class TooManyAttempts(DomainError):
    """The next attempt may come after ``retry_after_s`` seconds."""


class AccountNotFound(DomainError):
    """No account has this name: ``username``."""


def check_username(text: str) -> str:
    """Return the form in which a username is kept. Raises InvalidField."""
    name = display_form(text)
    if not fold(name):
        raise InvalidField(field="username", reason="empty")
    if len(name) > MAX_USERNAME:
        raise InvalidField(field="username", reason="too_long", maximum=MAX_USERNAME)
    # Of the text as it came: a line break is no space around a name.
    if has_invisible(text):
        raise InvalidField(field="username", reason="invisible")
    return name


def key_of(username: str) -> str | None:
    """Return the form in which a username is looked for; None for a text that cannot be one."""
    try:
        return fold(check_username(username))
    except InvalidField:
        return None


class Origin(NamedTuple):
    """Where a log-in comes from: the client's address, and the program as it calls itself."""

    address: str = ""
    program: str = ""


def check_new_password(password: str, *, field: str, on_network: bool, common: bool) -> None:
    """Refuse a password that may not be chosen. Raises InvalidField."""
    minimum = MIN_PASSWORD_NETWORK if on_network else MIN_PASSWORD_LOCAL
    if len(password) < minimum:
        raise InvalidField(field=field, reason="password_too_short", minimum=minimum)
    if len(password) > MAX_PASSWORD:
        raise InvalidField(field=field, reason="too_long", maximum=MAX_PASSWORD)
    if on_network and common:
        raise InvalidField(field=field, reason="password_common")


def is_weak(password: str, *, common: bool) -> bool:
    """Tell whether a password must not be used from another machine."""
    return common or len(password) < MIN_PASSWORD_NETWORK


def token_in(header: str) -> str:
    """Return the bearer token in the value of an ``Authorization`` header (RFC 6750). Raises InvalidToken.

    ``shown`` of the refusal tells whether the header was there at all.
    """
    if not header:
        raise InvalidToken(shown=False)
    scheme, _space, token = header.partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token or len(token) > MAX_TOKEN or " " in token:
        raise InvalidToken(shown=True)
    return token


def has_ended(created_at: int, used_at: int, now: int) -> bool:
    """Tell whether a token is too old, or has not been used for too long; instants in microseconds."""
    return now - created_at >= TOKEN_LIFETIME_US or now - used_at >= TOKEN_IDLE_US
