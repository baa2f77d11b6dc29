"""Messages about how the shop works."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from almoxarife.contract.base import Message
from almoxarife.i18n import _

MethodName = Literal["medio", "peps"]
_SCALE_MASKS = _(
    "What stands where on the labels of scales: 2 and other fixed digits, C number of the product, P weight or V "
    "price with a comma before its decimals, I check digit of these, D check digit. Up to four, with spaces between."
)


class SettingsRow(Message):
    """The shop's settings."""

    allows_negative: bool = Field(alias="permite_negativo")
    cost_method: MethodName = Field(alias="metodo_custo")
    name: str = Field(alias="loja")
    scale_masks: str = Field("", alias="mascara_balanca", description=_SCALE_MASKS)
    expiry_warning_days: int = Field(alias="dias_aviso_validade")


class SettingsChange(Message):
    """Body of ``PUT /configuracoes``; what is left out stays as it is."""

    allows_negative: bool | None = Field(
        None,
        alias="permite_negativo",
        description=_("Whether more may go out of a place than is there."),
    )
    cost_method: MethodName | None = Field(
        None,
        alias="metodo_custo",
        description=_("How stock is valued: moving weighted average, or first in, first out."),
    )
    name: str | None = Field(
        None, alias="loja", description=_("The shop's name."), json_schema_extra={"maxLength": 80}
    )
    scale_masks: str | None = Field(
        None,
        alias="mascara_balanca",
        description=_SCALE_MASKS,
        json_schema_extra={"maxLength": 80, "examples": ["2CCCCCCPP,PPPD"]},
    )
    expiry_warning_days: int | None = Field(
        None,
        alias="dias_aviso_validade",
        description=_("How many days before it expires a lot is warned of."),
        json_schema_extra={"minimum": 0, "maximum": 365},
    )
