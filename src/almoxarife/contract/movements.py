"""Messages about movements, and the fast encoder of their rows."""

from __future__ import annotations

from json.encoder import encode_basestring
from typing import Annotated, NamedTuple

from pydantic import Field

from almoxarife.clock import to_rfc3339
from almoxarife.contract.base import Message, Query
from almoxarife.contract.types import MAX_PAGE, MAX_SEQUENCE, Quantity, WholeNumber
from almoxarife.i18n import _

# Quantities are whole numbers of 1/10,000 of a unit wherever they are stored.
QUANTITY_SCALE = 10_000


class EntryRequest(Message):
    """Body of ``POST /inventario``: so many of a product came in."""

    id: str | None = Field(
        None,
        description=_("UUID made by the client before it sends. The same id again is the same entry."),
        json_schema_extra={"format": "uuid"},
    )
    product_id: str = Field(alias="produto_id", examples=["p1"])
    quantity: Quantity = Field(alias="quantidade")


class EntryRow(Message):
    """An entry as every list and acknowledgement shows it."""

    id: str = Field(json_schema_extra={"format": "uuid"})
    product_id: str = Field(alias="produto_id")
    product_name: str = Field(alias="nome_produto")
    quantity: int | float = Field(alias="quantidade")
    username: str = Field(alias="registrado_por")
    recorded_at: str = Field(alias="timestamp", json_schema_extra={"format": "date-time"})
    sequence: int = Field(
        alias="sequencia", description=_("Position in the ledger: 1, 2, 3, … without gaps.")
    )
    receipt: str = Field(
        alias="recibo", description=_("Hash of the ledger up to this entry; keep the last one as a receipt.")
    )


PageSize = Annotated[WholeNumber, Field(ge=1, le=MAX_PAGE)]


class EntryQuery(Query):
    """Parameters of ``GET /inventario``."""

    after: Annotated[WholeNumber, Field(ge=0, le=MAX_SEQUENCE)] | None = Field(
        None,
        alias="depois_de",
        description=_("Cursor: only what comes after this “sequencia”, oldest first."),
    )
    limit: PageSize | None = Field(None, alias="limite", description=_("How many at the most."))
    latest: PageSize | None = Field(None, alias="ultimos", description=_("The newest so many, oldest first."))
    username: str | None = Field(
        None, alias="registrado_por", max_length=200, description=_("Only what this user registered.")
    )


class SummaryQuery(Query):
    """Parameters of ``GET /inventario/resumo``."""

    since: str = Field(
        alias="desde",
        description=_("RFC 3339 instant from which to count."),
        json_schema_extra={"format": "date-time"},
    )


class Summary(Message):
    """Totals of the entries recorded since an instant, up to ``sequencia``."""

    since: str = Field(alias="desde", json_schema_extra={"format": "date-time"})
    entries: int = Field(alias="entradas")
    quantity: int | float = Field(alias="quantidade")
    people: list[str] = Field(alias="pessoas")
    sequence: int = Field(alias="sequencia")


class EntryRecord(NamedTuple):
    """A stored entry on its way to the wire: raw id and hash, quantity in 1/10,000, instant in microseconds."""

    sequence: int
    id: bytes
    product_id: int
    product_name: str
    quantity: int
    username: str
    recorded_at: int
    hash: bytes


def decimal_text(quantity: int) -> str:
    """Return a quantity of 1/10,000 units as exact JSON number text, an integer whenever it is whole."""
    whole, rest = divmod(abs(quantity), QUANTITY_SCALE)
    sign = "-" if quantity < 0 else ""
    return f"{sign}{whole}.{rest:04d}".rstrip("0") if rest else f"{sign}{whole}"


def uuid_text(raw: bytes) -> str:
    """Return the usual form of a UUID of 16 bytes."""
    digits = raw.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def encode_row(record: EntryRecord) -> str:
    """Return the JSON of an ``EntryRow``; written out because lists of a million rows pass through here."""
    return (
        f'{{"id":"{uuid_text(record.id)}","produto_id":"p{record.product_id}",'
        f'"nome_produto":{encode_basestring(record.product_name)},'
        f'"quantidade":{decimal_text(record.quantity)},'
        f'"registrado_por":{encode_basestring(record.username)},'
        f'"timestamp":"{to_rfc3339(record.recorded_at)}",'
        f'"sequencia":{record.sequence},"recibo":"{record.hash.hex()}"}}'
    )
