"""Messages about period closing."""

from __future__ import annotations

from pydantic import Field

from almoxarife.contract.base import Message
from almoxarife.i18n import _


class PeriodRow(Message):
    """Until when the books are closed."""

    last_day: str | None = Field(
        alias="fechado_ate",
        description=_("The last closed day of the shop; null when nothing is closed."),
        json_schema_extra={"format": "date"},
    )
    open_since: str | None = Field(
        alias="aberto_desde",
        description=_("The instant from which movements may take effect; null when nothing is closed."),
        json_schema_extra={"format": "date-time"},
    )


class CloseRequest(Message):
    """Body of ``POST /periodos/fechar``."""

    until: str = Field(
        alias="ate",
        description=_("The last day to close; it must be over."),
        examples=["2026-10-31"],
        json_schema_extra={"format": "date"},
    )


class ReopenRequest(Message):
    """Body of ``POST /periodos/reabrir``."""

    reason: str = Field(alias="motivo", json_schema_extra={"minLength": 1, "maxLength": 200})
    since: str | None = Field(
        None,
        alias="desde",
        description=_("The first day to open again; without it, all of them."),
        examples=["2026-10-01"],
        json_schema_extra={"format": "date"},
    )
