"""Users: the accounts, as an administrator sees and changes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter

from almoxarife.client.answers import read, read_instant
from almoxarife.client.session import Session
from almoxarife.contract.users import UserRow

_ROW = TypeAdapter(UserRow)
_ROWS = TypeAdapter(list[UserRow])


@dataclass(frozen=True)
class User:
    """An account: ``role`` and ``status`` as the wire names them, ``created_at`` in UTC."""

    username: str
    role: str
    status: str
    created_at: datetime


def listing(session: Session) -> list[User]:
    """Return every account, oldest first."""
    return [_user(row) for row in read(_ROWS, session.request("GET", "/usuarios"))]


def approve(session: Session, username: str) -> User:
    """Let a waiting account log in."""
    return _change(session, "/usuarios/aprovar", username)


def set_role(session: Session, username: str, role: str) -> User:
    """Give an account another role; Refused with ``ultimo_administrador`` when nobody else administers."""
    return _change(session, "/usuarios/papel", username, papel=role)


def deactivate(session: Session, username: str) -> User:
    """Shut an account out; Refused with ``ultimo_administrador`` when nobody else administers."""
    return _change(session, "/usuarios/desativar", username)


def reactivate(session: Session, username: str) -> User:
    """Let a deactivated account log in again."""
    return _change(session, "/usuarios/reativar", username)


def reset_password(session: Session, username: str, new: str) -> User:
    """Set the password of somebody else, whose sessions end."""
    return _change(session, "/usuarios/senha", username, senha_nova=new)


def _change(session: Session, path: str, username: str, **further: str) -> User:
    # What is so already is done again without harm.
    answer = session.request("POST", path, body={"usuario": username, **further}, repeatable=True)
    return _user(read(_ROW, answer))


def _user(row: UserRow) -> User:
    return User(row.username, row.role, row.status, read_instant(row.created_at))
