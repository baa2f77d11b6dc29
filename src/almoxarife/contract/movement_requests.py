"""The message that registers a movement of any kind."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from almoxarife.contract.base import Message
from almoxarife.contract.kinds import KIND_WORDS
from almoxarife.contract.types import Exact, SignedQuantity
from almoxarife.i18n import _


class LotInput(Message):
    """A lot as its label shows it."""

    number: str = Field(alias="numero", examples=["A-123"])
    made_on: str | None = Field(None, alias="fabricacao", json_schema_extra={"format": "date"})
    expires_on: str | None = Field(None, alias="validade", json_schema_extra={"format": "date"})


class EntryRequest(Message, defer_build=False):
    """Body of ``POST /inventario``: so many of a product came in, or went out, or were moved.

    ``product_id`` and ``quantity`` are only left out of a reversal, and where a ``code`` tells them.
    """

    id: str | None = Field(
        None,
        description=_("UUID made by the client before it sends. The same id again is the same entry."),
        json_schema_extra={"format": "uuid"},
    )
    product_id: str = Field("", alias="produto_id", examples=["p1"])
    quantity: SignedQuantity = Field(
        Decimal(0), alias="quantidade", description=_("More than zero; of an adjustment also less.")
    )
    kind: str | None = Field(
        None,
        alias="tipo",
        description=_("Kind of movement; an entry if absent."),
        json_schema_extra={"enum": [*KIND_WORDS, None]},
    )
    unit: str | None = Field(
        None, alias="unidade", description=_("Unit of the quantity; the stock unit if absent.")
    )
    place_id: str | None = Field(
        None, alias="local_id", description=_("Where it goes in or out; the default place if absent.")
    )
    target_id: str | None = Field(None, alias="para_local_id", description=_("Where a transfer goes."))
    lot: LotInput | None = Field(None, alias="lote", description=_("The lot as its label shows it."))
    lot_id: str | None = Field(None, alias="lote_id", examples=["v1"])
    serial: str | None = Field(None, alias="serie", description=_("The serial number of a single thing."))
    partner_id: str | None = Field(None, alias="parceiro_id", examples=["t1"])
    reason_id: str | None = Field(None, alias="motivo_id", examples=["m1"])
    note: str | None = Field(None, alias="observacao")
    document: str | None = Field(None, alias="documento", description=_("Number of the invoice or order."))
    effective_at: str | None = Field(
        None,
        alias="data_efetiva",
        description=_("When it happened: an RFC 3339 instant or a day; now if absent."),
    )
    unit_cost: Exact | None = Field(None, alias="custo_unitario", description=_("Of one stock unit."))
    freight: Exact | None = Field(None, alias="frete")
    tax: Exact | None = Field(None, alias="imposto")
    discount: Exact | None = Field(None, alias="desconto")
    reverses: str | None = Field(
        None,
        alias="estorna",
        description=_("Id of the movement that a reversal takes back."),
        json_schema_extra={"format": "uuid"},
    )
    reservation_id: str | None = Field(
        None, alias="reserva_id", description=_("The reservation whose goods go out.")
    )
    returns: str | None = Field(
        None,
        alias="devolve",
        description=_("Id of the movement whose goods come back."),
        json_schema_extra={"format": "uuid"},
    )
    code: str | None = Field(
        None,
        alias="codigo",
        description=_(
            "What was scanned, in place of “produto_id”; “quantidade” is then how many times, or once."
        ),
        examples=["7891000001080"],
    )
    supplier_id: str | None = Field(
        None,
        alias="fornecedor_id",
        description=_("Whose code it is, where suppliers have the same."),
    )


# A body with nothing else is that of the first version's programs.
PLAIN_FIELDS = frozenset({"id", "product_id", "quantity"})
