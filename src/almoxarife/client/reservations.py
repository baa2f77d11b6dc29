"""Goods that are held back for somebody until an instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from pydantic import TypeAdapter

from almoxarife.client.answers import read, read_instant, read_quantity
from almoxarife.client.session import Session
from almoxarife.contract.reservations import ReservationRow

_ROW = TypeAdapter(ReservationRow)
_ROWS = TypeAdapter(list[ReservationRow])


@dataclass(frozen=True)
class Reservation:
    """A reservation with its id (``r1``, …); it counts until ``expires_at``."""

    id: str
    product_id: str
    product_name: str
    place_id: str
    quantity: Decimal | int
    username: str
    expires_at: datetime
    note: str


@dataclass(frozen=True)
class Wish:
    """What is to be held back, to the end of a day; an empty ``place_id`` stands for the default place."""

    product_id: str
    quantity: Decimal | int
    until: date
    place_id: str = ""
    note: str = ""


def standing(session: Session, product_id: str = "") -> list[Reservation]:
    """Return the reservations that stand, of a product or of all, those that end first before the others."""
    query: dict[str, str | int] = {"produto_id": product_id} if product_id else {}
    return [_reservation(row) for row in read(_ROWS, session.request("GET", "/reservas", query=query))]


def make(session: Session, wish: Wish) -> Reservation:
    """Hold goods back; Refused with code ``estoque_insuficiente`` when not so many are available."""
    body: dict[str, object] = {
        "produto_id": wish.product_id,
        # As text, which is exact where a float need not be.
        "quantidade": f"{Decimal(wish.quantity):f}",
        "vence_em": wish.until.isoformat(),
    }
    if wish.place_id:
        body["local_id"] = wish.place_id
    if wish.note:
        body["observacao"] = wish.note
    return _reservation(read(_ROW, session.request("POST", "/reservas", body=body)))


def cancel(session: Session, reservation_id: str) -> None:
    """Hold goods back no more; Refused with code ``reserva_inexistente`` when they are not any more."""
    session.request("POST", "/reservas/cancelar", body={"id": reservation_id})


def _reservation(row: ReservationRow) -> Reservation:
    return Reservation(
        row.id,
        row.product_id,
        row.product_name,
        row.place_id,
        read_quantity(row.quantity),
        row.username,
        read_instant(row.expires_at),
        row.note or "",
    )
