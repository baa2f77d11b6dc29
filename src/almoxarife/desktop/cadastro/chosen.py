"""The product that a page is about."""

from __future__ import annotations

from dataclasses import dataclass

from almoxarife.client.products import Product


@dataclass
class Chosen:
    """Which product several parts of one page are about; None while there is none.

    ``lot``: the number of the lot, or single thing, that is to be shown first; empty for none.
    """

    product: Product | None = None
    lot: str = ""

    @property
    def id(self) -> str:
        """Return its code."""
        assert self.product is not None, "a product comes first"
        return self.product.id
