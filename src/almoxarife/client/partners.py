"""Partners: suppliers and customers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from pydantic import TypeAdapter

from almoxarife.client.answers import read, read_instant
from almoxarife.client.session import Session
from almoxarife.contract.partners import DEFAULT_PARTNERS, MAX_PARTNER_SEARCH, PartnerRow

_ROW = TypeAdapter(PartnerRow)
_ROWS = TypeAdapter(list[PartnerRow])


@dataclass(frozen=True)
class Partner:
    """A supplier, a customer or both (``kind``); ``version`` guards changes against those of others."""

    id: str
    kind: str
    name: str
    document: str | None
    email: str
    phone: str
    notes: str
    active: bool
    created_at: datetime
    version: int


def search(
    session: Session,
    text: str = "",
    *,
    kind: str | None = None,
    active: bool | None = None,
    after: str | None = None,
    limit: int = DEFAULT_PARTNERS,
) -> list[Partner]:
    """Return partners whom a text means, in order of creation; ``kind``: ``fornecedor`` or ``cliente``."""
    query: dict[str, str | int] = {"limite": limit}
    if text:
        query["busca"] = text[:MAX_PARTNER_SEARCH]
    if kind is not None:
        query["tipo"] = kind
    if active is not None:
        query["situacao"] = "ativos" if active else "inativos"
    if after is not None:
        query["depois_de"] = after
    return [_partner(row) for row in read(_ROWS, session.request("GET", "/parceiros", query=query))]


def create(session: Session, wanted: Mapping[str, object]) -> Partner:
    """Create a partner, as the wire names things: ``tipo`` and ``nome``, ``documento`` and others where known."""
    return _partner(read(_ROW, session.request("POST", "/parceiros", body=wanted)))


def get(session: Session, partner_id: str) -> Partner:
    """Return a partner."""
    return _partner(read(_ROW, session.request("GET", _address(partner_id))))


def change(session: Session, partner_id: str, version: int, changes: Mapping[str, object]) -> Partner:
    """Change a partner; Refused with code ``versao_desatualizada`` when somebody else did."""
    answer = session.request("PATCH", _address(partner_id), body=changes, if_match=f'"{version}"')
    return _partner(read(_ROW, answer))


def deactivate(session: Session, partner_id: str) -> Partner:
    """Let a partner be used no more."""
    return _partner(read(_ROW, session.request("POST", _address(partner_id, "/desativar"), repeatable=True)))


def reactivate(session: Session, partner_id: str) -> Partner:
    """Let a partner be used again."""
    return _partner(read(_ROW, session.request("POST", _address(partner_id, "/reativar"), repeatable=True)))


def _address(partner_id: str, rest: str = "") -> str:
    return f"/parceiros/{quote(partner_id, safe='')}{rest}"


def _partner(row: PartnerRow) -> Partner:
    return Partner(
        row.id,
        row.kind,
        row.name,
        row.document,
        row.email,
        row.phone,
        row.notes,
        row.active,
        read_instant(row.created_at),
        row.version,
    )
