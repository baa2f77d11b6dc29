"""Units of measure: list and create."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import TypeAdapter

from almoxarife.client.answers import read
from almoxarife.client.session import Session
from almoxarife.contract.units import UnitRow

_ROW = TypeAdapter(UnitRow)
_ROWS = TypeAdapter(list[UnitRow])


@dataclass(frozen=True)
class Unit:
    """A unit of measure; ``decimals``: how many a quantity in it may have."""

    code: str
    name: str
    decimals: int


def listing(session: Session) -> list[Unit]:
    """Return every unit, by code."""
    return [_unit(row) for row in read(_ROWS, session.request("GET", "/unidades"))]


def create(session: Session, code: str, name: str, decimals: int) -> Unit:
    """Create a unit; Refused with code ``unidade_existente`` when its code is taken."""
    body = {"codigo": code, "nome": name, "decimais": decimals}
    return _unit(read(_ROW, session.request("POST", "/unidades", body=body)))


def _unit(row: UnitRow) -> Unit:
    return Unit(row.code, row.name, row.decimals)
