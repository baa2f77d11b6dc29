"""Rules of the shop's settings: what there is to set, what it is when nobody has, what it may be."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from almoxarife.names import check_line

MAX_SHOP_NAME = 80
# What the audit list calls it.
CHANGED = "configuracao.alterar"


class CostMethod(StrEnum):
    """How stock is valued; the values are stored and go over the wire."""

    AVERAGE = "medio"
    FIFO = "peps"


class Shop(NamedTuple):
    """How this shop works; ``allows_negative``: whether more may go out of a place than is there."""

    allows_negative: bool = False
    cost_method: CostMethod = CostMethod.AVERAGE
    name: str = ""


# Attribute of Shop → the name by which it is stored and goes over the wire.
KEYS = {"allows_negative": "permite_negativo", "cost_method": "metodo_custo", "name": "loja"}


def check_shop_name(text: str) -> str:
    """Return the form in which the shop's name is kept; it may be empty. Raises InvalidField."""
    return check_line(text, "loja", MAX_SHOP_NAME, may_be_empty=True)
