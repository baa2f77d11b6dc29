"""Messages about lots: many entries in one request."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from almoxarife.contract.base import Message
from almoxarife.contract.movements import EntryRow
from almoxarife.contract.types import Quantity
from almoxarife.i18n import _

MAX_LOT = 10_000
# The key of a lot's rows, in requests, answers and refusals.
ROWS = "entradas"


class LotRow(Message):
    """One entry of a lot: so many of a product came in."""

    id: str = Field(
        description=_("UUID made by the client before it sends. The same id again is the same entry."),
        json_schema_extra={"format": "uuid"},
    )
    # Told by the code where there is one; who leaves them out without it is refused by the service.
    product_id: str = Field("", alias="produto_id", examples=["p1"])
    quantity: Quantity = Field(Decimal(0), alias="quantidade")
    code: str | None = Field(
        None,
        alias="codigo",
        description=_(
            "What was scanned, in place of “produto_id”; “quantidade” is then how many times, or once."
        ),
    )
    supplier_id: str | None = Field(
        None, alias="fornecedor_id", description=_("Whose code it is, where suppliers have the same.")
    )


class LotRequest(Message):
    """Body of ``POST /inventario/lote``: entries that are registered together or not at all."""

    rows: list[LotRow] = Field(alias=ROWS, min_length=1, max_length=MAX_LOT)


class LotAnswer(Message):
    """What is stored for each row of a lot, in its order, and how many of them are new."""

    rows: list[EntryRow] = Field(alias=ROWS)
    new: int = Field(alias="novas", description=_("How many entries were written."))
    repeated: int = Field(
        alias="repetidas",
        description=_("How many rows are entries that were there already, or rows before them in the lot."),
    )
