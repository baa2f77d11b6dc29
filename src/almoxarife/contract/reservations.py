"""Messages about reservations."""

from __future__ import annotations

from pydantic import Field

from almoxarife.contract.base import Message, Query
from almoxarife.contract.types import Exact, ProductMeant
from almoxarife.i18n import _


class ReservationRequest(Message):
    """Body of ``POST /reservas``."""

    product_id: str = Field(alias="produto_id", examples=["p1"])
    quantity: Exact = Field(alias="quantidade")
    expires_at: str = Field(
        alias="vence_em",
        description=_("RFC 3339 instant, or a day, at whose end it no longer counts."),
        examples=["2026-11-30"],
    )
    place_id: str | None = Field(None, alias="local_id", description=_("Where; the default place if absent."))
    note: str | None = Field(None, alias="observacao")


class ReservationId(Message):
    """Body of ``POST /reservas/cancelar``."""

    id: str = Field(examples=["r1"])


class ReservationQuery(Query):
    """Parameters of ``GET /reservas``."""

    product_id: ProductMeant | None = Field(None, alias="produto_id")


class ReservationRow(Message):
    """Goods that are held back for somebody until an instant."""

    id: str
    product_id: str = Field(alias="produto_id")
    product_name: str = Field(alias="nome_produto")
    place_id: str = Field(alias="local_id")
    quantity: int | float = Field(alias="quantidade")
    username: str = Field(alias="reservado_por")
    created_at: str = Field(alias="criada_em", json_schema_extra={"format": "date-time"})
    expires_at: str = Field(alias="vence_em", json_schema_extra={"format": "date-time"})
    note: str | None = Field(alias="observacao")
    stands: bool = Field(alias="vale", description=_("False once it was cancelled or used, or has expired."))
