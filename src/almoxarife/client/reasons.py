"""Reasons for losses, adjustments and exceptions, from a list that the shop edits."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import TypeAdapter

from almoxarife.client.answers import read
from almoxarife.client.session import Session
from almoxarife.contract.reasons import ReasonRow

_ROWS = TypeAdapter(list[ReasonRow])


@dataclass(frozen=True)
class Reason:
    """A reason: its id (``m1``, …) and what it says."""

    id: str
    name: str
    active: bool = True


def every(session: Session) -> list[Reason]:
    """Return all reasons, those no longer in use included."""
    return [Reason(row.id, row.name, row.active) for row in read(_ROWS, session.request("GET", "/motivos"))]


def create(session: Session, name: str) -> None:
    """Add a reason."""
    session.request("POST", "/motivos", body={"nome": name})


def change(session: Session, reason_id: str, name: str) -> None:
    """Say a reason otherwise."""
    session.request("POST", "/motivos/alterar", body={"id": reason_id, "nome": name})


def set_active(session: Session, reason_id: str, active: bool) -> None:
    """Let a reason be given, or no more."""
    session.request("POST", "/motivos/alterar", body={"id": reason_id, "ativo": active})
