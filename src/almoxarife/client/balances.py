"""How much there is, where and of which lot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pydantic import TypeAdapter

from almoxarife.client.answers import read, read_day, read_quantity
from almoxarife.client.session import Session
from almoxarife.contract.balances import BalanceRow

_ROWS = TypeAdapter(list[BalanceRow])


@dataclass(frozen=True)
class AtPlace:
    """How much is at a place itself, and in it with everything inside."""

    place_id: str
    quantity: Decimal | int
    branch: Decimal | int


@dataclass(frozen=True)
class OfLot:
    """How much of a lot is at a place."""

    number: str
    expires_on: date | None
    place_id: str
    quantity: Decimal | int


@dataclass(frozen=True)
class Balance:
    """What there is of a product; ``reserved`` and ``available`` only of now, ``lots`` only of one product now."""

    product_id: str
    product_name: str
    total: Decimal | int
    reserved: Decimal | int | None = None
    available: Decimal | int | None = None
    places: tuple[AtPlace, ...] = ()
    lots: tuple[OfLot, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """Which balances: of one place with all inside it, and at the end of a day; empty for everywhere and now."""

    place_id: str = ""
    on: date | None = None


def page(session: Session, wanted: Wanted, limit: int, after: str = "") -> list[Balance]:
    """Return the next balances, by product, after one of them."""
    query: dict[str, str | int] = {"limite": limit, **_query(wanted)}
    if after:
        query["depois_de"] = after
    return _fetch(session, query)


def of_product(session: Session, product_id: str, wanted: Wanted) -> Balance:
    """Return the balances of a product, with its lots."""
    return _fetch(session, {"produto_id": product_id, **_query(wanted)})[0]


def _query(wanted: Wanted) -> dict[str, str]:
    query = {"local_id": wanted.place_id} if wanted.place_id else {}
    return query if wanted.on is None else {**query, "em": wanted.on.isoformat()}


def _fetch(session: Session, query: dict[str, str | int]) -> list[Balance]:
    return [_balance(row) for row in read(_ROWS, session.request("GET", "/saldos", query=query))]


def _balance(row: BalanceRow) -> Balance:
    def maybe(number: int | float | None) -> Decimal | int | None:
        return None if number is None else read_quantity(number)

    places = (
        AtPlace(one.place_id, read_quantity(one.quantity), read_quantity(one.branch)) for one in row.places
    )
    lots = (
        OfLot(one.number, read_day(one.expires_on), one.place_id, read_quantity(one.quantity))
        for one in row.lots or []
    )
    return Balance(
        row.product_id,
        row.product_name,
        read_quantity(row.total),
        maybe(row.reserved),
        maybe(row.available),
        tuple(places),
        tuple(lots),
    )
