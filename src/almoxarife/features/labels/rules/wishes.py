"""Rules of what is asked for: how many labels, of what, at which price."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from almoxarife.errors import DomainError, InvalidField
from almoxarife.names import search_form

MOST_LABELS = 5_000
_SCALE = 10_000
# Own fields of a product in which its price is looked for, as they are searched.
_PRICE_FIELDS = ("preco", "preco de venda")
_CURRENCY = re.compile(r"^R\$\s*")
_THOUSANDS = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+(,[0-9]{1,4})?")
_AMOUNT = re.compile(r"[0-9]{1,12}([.,][0-9]{1,4})?")


class TooManyLabels(DomainError):
    """More labels are asked for than one request may have: ``wanted`` and ``maximum``."""


class NoSuchMovement(DomainError):
    """No movement has the sequence ``movement_id``."""


class Wish(NamedTuple):
    """Labels of one thing, as a client names it: exactly one of the first four."""

    product_id: str | None = None
    place_id: str | None = None
    lot_id: str | None = None
    movement: int | None = None
    copies: int | None = None
    code: str | None = None
    price: Decimal | None = None


def check_one(wish: Wish) -> None:
    """Refuse a wish that names no thing, or several. Raises InvalidField."""
    named = {
        "produto_id": wish.product_id,
        "local_id": wish.place_id,
        "lote_id": wish.lot_id,
        "movimento": wish.movement,
    }
    found = [field for field, value in named.items() if value is not None]
    if not found:
        raise InvalidField(field="produto_id", reason="missing")
    if len(found) > 1:
        raise InvalidField(field=found[1], reason="not_together", other=found[0])


def check_total(labels: int) -> None:
    """Refuse more labels than one request may have. Raises TooManyLabels."""
    if labels > MOST_LABELS:
        raise TooManyLabels(wanted=labels, maximum=MOST_LABELS)


def labels_of(quantity: int) -> int:
    """Return how many labels a quantity in 1/10,000 takes: one for each unit, and for a part of one.

    >>> labels_of(-25_000)
    3
    """
    return max(1, -(-abs(quantity) // _SCALE))


def price_field(fields: Mapping[str, str]) -> str:
    """Return what a product's own fields say of its price, "" for nothing."""
    for name, value in fields.items():
        if search_form(name) in _PRICE_FIELDS:
            return value
    return ""


def read_price(text: str) -> Decimal | None:
    """Return the amount in a price as people write it, None where it is none: ``R$ 1.234,50``, ``12.5``.

    >>> read_price("R$ 1.234,50")
    Decimal('1234.50')
    """
    plain = _CURRENCY.sub("", text.strip())
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(".", "")
    elif not _AMOUNT.fullmatch(plain):
        return None
    return Decimal(plain.replace(",", "."))
