"""Sessions: where people are logged in, and ending that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter

from almoxarife.client.answers import read, read_instant
from almoxarife.client.session import Session
from almoxarife.contract.base import Done
from almoxarife.contract.sessions import SessionRow

_DONE = TypeAdapter(Done)
_ROWS = TypeAdapter(list[SessionRow])


@dataclass(frozen=True)
class OpenSession:
    """Where somebody is logged in; ``current``: it is the one that asks. Instants in UTC."""

    id: str
    username: str
    address: str
    program: str
    created_at: datetime
    used_at: datetime
    current: bool


def own(session: Session) -> list[OpenSession]:
    """Return where one is logged in, the newest use first."""
    return _rows(session.request("GET", "/sessoes"))


def end(session: Session, id: str) -> str:
    """End one of one's own sessions; return the API's sentence about it."""
    return _done(session.request("POST", "/sessoes/encerrar", body={"id": id}))


def end_others(session: Session) -> str:
    """End all of one's own sessions but this one; return the API's sentence about it."""
    return _done(session.request("POST", "/sessoes/encerrar_outras", repeatable=True))


def everybody(session: Session) -> list[OpenSession]:
    """Return where people are logged in, the newest use first; for administrators."""
    return _rows(session.request("GET", "/usuarios/sessoes"))


def end_of(session: Session, username: str, id: str) -> str:
    """End a session of somebody; return the API's sentence about it."""
    body = {"usuario": username, "id": id}
    # The id is the session's: once it has ended, a repetition finds nothing, and is told so.
    return _done(session.request("POST", "/usuarios/sessoes/encerrar", body=body))


def _done(answer: object) -> str:
    return read(_DONE, answer).message


def _rows(answer: object) -> list[OpenSession]:
    return [
        OpenSession(
            row.id,
            row.username,
            row.address,
            row.program,
            read_instant(row.created_at),
            read_instant(row.used_at),
            row.is_current,
        )
        for row in read(_ROWS, answer)
    ]
