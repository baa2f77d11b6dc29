"""Whether the server works, and where its live feed is."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import TypeAdapter

from almoxarife.client.answers import read
from almoxarife.client.session import Session
from almoxarife.contract import health as contract

_HEALTH = TypeAdapter(contract.Health)


@dataclass(frozen=True)
class Health:
    """State (``ok``), version, and the absolute address of the live feed or None when there is none."""

    state: str
    version: str
    events_url: str | None


def health(session: Session) -> Health:
    """Ask the server how it is; needs no log-in."""
    answer = read(_HEALTH, session.request("GET", "/saude"))
    return Health(answer.state, answer.version, answer.events_url)
