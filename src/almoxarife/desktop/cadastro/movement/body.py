"""What is posted of a movement."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from almoxarife.client import movements
from almoxarife.client.outbox.rows import Outgoing
from almoxarife.client.products import Product
from almoxarife.desktop.kit.kinds import ENTRY, REVERSAL


def outgoing(id: str, product: Product, quantity: Decimal | int, details: Mapping[str, object]) -> Outgoing:
    """Return a movement to be registered, an entry unless the details say otherwise."""
    if not details and isinstance(quantity, int):
        # As the first version's programs post it.
        return Outgoing(movements.entry_body(id, product.id, quantity), product.name)
    fields = {"produto_id": product.id, "quantidade": quantity, **details}
    return Outgoing(movements.body_of(id, str(fields.pop("tipo", ENTRY)), fields), product.name)


def reversal(id: str, of: movements.Entry) -> Outgoing:
    """Return the movement that takes another one back."""
    return Outgoing(movements.body_of(id, REVERSAL, {"estorna": of.id}), of.product_name)
