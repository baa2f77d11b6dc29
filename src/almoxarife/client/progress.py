"""How far work is that the server takes long for, and that it is not wanted any more."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus

from pydantic import TypeAdapter

from almoxarife.client.answers import read
from almoxarife.client.errors import Refused
from almoxarife.client.session import Session
from almoxarife.contract import progress as wire

# Stages as the wire names them.
COSTS, SUMS, FILE = "custos", "somas", "arquivo"
_PROGRESS = TypeAdapter(wire.WorkProgress)


@dataclass(frozen=True)
class Progress:
    """How many parts of a stage are done, and of how many; 0: nobody knows."""

    stage: str
    done: int
    total: int


def look(session: Session, work_id: str) -> Progress | None:
    """Return how far a request is that was sent with an id, None when the server knows of none."""
    try:
        found = read(_PROGRESS, session.request("GET", "/andamento", query={"id": work_id}))
    except Refused as refusal:
        if refusal.status != HTTPStatus.NOT_FOUND:
            raise
        return None
    return Progress(found.stage, found.done, found.total)


def stop(session: Session, work_id: str) -> None:
    """Let a request end at the server; one that has ended is no error."""
    with suppress(Refused):
        session.request("POST", "/andamento/parar", body={"id": work_id})
