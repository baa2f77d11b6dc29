"""What a shop keeps of each product beside its form, and its reservations, in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from almoxarife.client.errors import Refused
from almoxarife.client.products import Change, ProductFacts, Units
from almoxarife.client.reservations import Reservation, Wish
from almoxarife.clock import shop_zone

from .fake_counts import FakeCounts
from .fake_dates import MADE

__all__ = ["MADE", "FakeCatalogue", "facts"]


def facts(
    product_id: str, name: str, unit: str = "UN", decimals: int = 0, tracking: str = "nenhum"
) -> ProductFacts:
    """Return a product of which nothing else is known."""
    return ProductFacts(
        id=product_id,
        name=name,
        unit=unit,
        decimals=decimals,
        tracking=tracking,
        category_id=None,
        notes="",
        fields={},
        active=True,
        merged_into=None,
        merged=(),
        created_at=MADE,
        version=1,
    )


class FakeCatalogue(FakeCounts):
    """Answers from lists; each change makes a new version of its product, and an old one is refused."""

    def __init__(self, answer: Callable[[str], None]) -> None:
        super().__init__(answer)
        # Products that are not named here are plain ones.
        self.shop_facts: dict[str, ProductFacts] = {}
        # What one of another unit is in the stock unit, by product.
        self.factors: dict[str, dict[str, Decimal | int]] = {}
        self.shop_changes: dict[str, list[Change]] = {}
        self.shop_pictures: dict[str, bytes] = {}
        self.shop_reservations: list[Reservation] = []
        # Who has been let take whose place.
        self.merged: list[tuple[str, str]] = []

    def facts(self, product_id: str) -> ProductFacts:
        self._answer("facts")
        return self.facts_of(product_id)

    def facts_of(self, product_id: str) -> ProductFacts:
        names = {product.id: product.name for product in self.products}
        return self.shop_facts.get(product_id) or facts(product_id, names[product_id])

    def units_of(self, product_id: str) -> Units:
        self._answer("units_of")
        product = self.facts_of(product_id)
        return Units(product.unit, product.decimals, product.version, self.factors.get(product_id, {}))

    def set_units(self, product_id: str, version: int, factors: Mapping[str, Decimal | int]) -> None:
        self._answer("set_units")
        product = self._next_version(product_id, version)
        if product.unit in factors:
            sentence = f"{product.unit} já tem o seu lugar."
            raise Refused(sentence, status=409, code="unidade_repetida", field="conversoes")
        self.factors[product_id] = dict(factors)

    def set_own_fields(self, product_id: str, version: int, fields: Mapping[str, str]) -> None:
        self._answer("set_own_fields")
        self.shop_facts[product_id] = replace(self._next_version(product_id, version), fields=dict(fields))

    def changes_of(self, product_id: str) -> list[Change]:
        self._answer("changes_of")
        return self.shop_changes.get(product_id, [])

    def picture(self, product_id: str) -> bytes | None:
        self._answer("picture")
        return self.shop_pictures.get(product_id)

    def put_picture(self, product_id: str, content: bytes) -> None:
        self._answer("put_picture")
        self.shop_pictures[product_id] = content

    def remove_picture(self, product_id: str) -> None:
        self._answer("remove_picture")
        del self.shop_pictures[product_id]

    def merge(self, product_id: str, into_id: str) -> ProductFacts:
        self._answer("merge")
        self.merged.append((product_id, into_id))
        return self.facts_of(into_id)

    def reservations(self) -> list[Reservation]:
        self._answer("reservations")
        return self.shop_reservations

    def reserve(self, wish: Wish) -> None:
        self._answer("reserve")
        end = datetime.combine(wish.until + timedelta(days=1), datetime.min.time(), shop_zone())
        self.shop_reservations.append(
            Reservation(
                f"r{len(self.shop_reservations) + 1}",
                wish.product_id,
                self.facts_of(wish.product_id).name,
                wish.place_id,
                wish.quantity,
                "maria",
                end,
                wish.note,
            )
        )

    def cancel_reservation(self, reservation_id: str) -> None:
        self._answer("cancel_reservation")
        self.shop_reservations = [one for one in self.shop_reservations if one.id != reservation_id]

    def _next_version(self, product_id: str, version: int) -> ProductFacts:
        product = self.facts_of(product_id)
        if product.version != version:
            raise Refused("Outra pessoa alterou isto.", status=409, code="versao_desatualizada")
        self.shop_facts[product_id] = replace(product, version=version + 1)
        return self.shop_facts[product_id]
