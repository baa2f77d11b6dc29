"""How a product is bought: from whom, how long it takes, and in packs of how many."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from almoxarife.errors import DomainError, InvalidField
from almoxarife.ledger.rules import QUANTITY_SCALE
from almoxarife.ledger.rules_numbers import units_of

MOST_LEAD_DAYS = 730
# What the audit list calls it.
SET = "compra.definir"
REMOVED = "compra.remover"


class SupplyNotFound(DomainError):
    """Nobody has said how the product is bought."""


class NotSupplier(DomainError):
    """The partner is a customer alone: ``name``."""


class Supply(NamedTuple):
    """A row of ``supply``, without its checksum.

    ``partner_id``: from whom it is bought first, None where nobody has said. ``lead_days``: from the order to the
    goods. ``pack``: it is bought in multiples of so many stock units, in 1/10,000; None: as many as one likes.
    """

    product_id: int
    partner_id: int | None
    lead_days: int
    pack: int | None

    def shown(self) -> dict[str, object]:
        """Return the row as the audit list keeps it."""
        return {
            "parceiro_id": f"t{self.partner_id}" if self.partner_id is not None else None,
            "prazo_dias": self.lead_days,
            "embalagem": f"{Decimal(self.pack) / QUANTITY_SCALE:f}" if self.pack is not None else None,
        }


def check_lead_days(days: int) -> int:
    """Return a lead time of 0 to 730 days. Raises InvalidField."""
    if days < 0:
        raise InvalidField(field="prazo_dias", reason="negative")
    if days > MOST_LEAD_DAYS:
        raise InvalidField(field="prazo_dias", reason="too_large", maximum=MOST_LEAD_DAYS)
    return days


def check_pack(pack: Decimal | None, decimals: int) -> int | None:
    """Return a pack in 1/10,000, with the ``decimals`` of the product's stock unit. Raises InvalidField."""
    return None if pack is None else bought(pack, decimals, "embalagem")


def bought(quantity: Decimal, decimals: int, field: str) -> int:
    """Return a quantity that is bought in 1/10,000, with the decimals of its unit. Raises InvalidField."""
    units = units_of(quantity, field=field)
    if units % finest(decimals):
        raise InvalidField(field=field, reason="too_many_decimals", maximum=decimals)
    return units


def finest(decimals: int) -> int:
    """Return the least there can be of a unit with so many decimals, in 1/10,000."""
    least: int = QUANTITY_SCALE // 10**decimals
    return least
