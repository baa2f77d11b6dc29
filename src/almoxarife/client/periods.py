"""Periods: until when the books are closed, closing them and opening them again."""

from __future__ import annotations

from datetime import date

from pydantic import TypeAdapter

from almoxarife.client.answers import read, read_day
from almoxarife.client.session import Session
from almoxarife.contract.periods import PeriodRow

_ROW = TypeAdapter(PeriodRow)


def closed_until(session: Session) -> date | None:
    """Return the last closed day of the shop, None when nothing is closed."""
    return _last_day(session.request("GET", "/periodos"))


def close(session: Session, last_day: date) -> date | None:
    """Close everything up to the end of a day; Refused with ``periodo_ja_fechado`` when it is closed already."""
    return _last_day(session.request("POST", "/periodos/fechar", body={"ate": last_day.isoformat()}))


def reopen(session: Session, since: date | None, reason: str) -> date | None:
    """Open a day and all after it again, or everything; Refused with ``periodo_nao_fechado`` when it is open."""
    body = {"motivo": reason, "desde": since.isoformat() if since else None}
    return _last_day(session.request("POST", "/periodos/reabrir", body=body))


def _last_day(answer: object) -> date | None:
    return read_day(read(_ROW, answer).last_day)
