"""What this program asks of the server about one product beside its form, and about reservations."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from almoxarife.client import codes, levels, products, reservations
from almoxarife.client.codes import Code, NewCode, Reading
from almoxarife.client.levels import Level, LevelWish
from almoxarife.client.products import Change, ProductFacts, Units
from almoxarife.client.reservations import Reservation, Wish
from almoxarife.client.session import Session


class ProductApi:
    """Calls to one server; each may take seconds and raise errors of ``client.errors``."""

    _session: Session

    def facts(self, product_id: str) -> ProductFacts:
        """Return all about a product."""
        return products.get(self._session, product_id)

    def units_of(self, product_id: str) -> Units:
        """Return the units in which a product can be typed."""
        return products.units(self._session, product_id)

    def set_units(self, product_id: str, version: int, factors: Mapping[str, Decimal | int]) -> None:
        """Let these be all units in which a product can be typed beside its own."""
        products.set_units(self._session, product_id, version, factors)

    def set_own_fields(self, product_id: str, version: int, fields: Mapping[str, str]) -> None:
        """Let these be all fields of a product's own."""
        products.change(self._session, product_id, version, {"campos": dict(fields)})

    def changes_of(self, product_id: str) -> list[Change]:
        """Return who changed what of a product, oldest first."""
        return products.changes(self._session, product_id)

    def read_scan(self, text: str, supplier_id: str = "") -> Reading:
        """Return what a scan stands for, among the goods of a supplier unless the id is empty."""
        return codes.read_scan(self._session, text, supplier_id)

    def codes_of(self, product_id: str) -> list[Code]:
        """Return the codes that stand for a product."""
        return codes.of_product(self._session, product_id)

    def attach_code(self, product_id: str, new: NewCode) -> Code:
        """Give a product a code; the same id again is the same code."""
        return codes.attach(self._session, product_id, new)

    def retire_code(self, code_id: str) -> None:
        """Take a code away."""
        codes.retire(self._session, code_id)

    def levels_of(self, product_id: str) -> list[Level]:
        """Return how much of a product there should be, in the whole shop and at its places."""
        return levels.of_product(self._session, product_id)

    def set_levels(self, wish: LevelWish) -> None:
        """Say how much of a product there should be somewhere."""
        levels.put(self._session, wish)

    def remove_levels(self, product_id: str, place_id: str) -> None:
        """Say no more how much of a product there should be somewhere, in the whole shop when the id is empty."""
        levels.remove(self._session, product_id, place_id)

    def picture(self, product_id: str) -> bytes | None:
        """Return the picture of a product, None where it has none."""
        return products.picture(self._session, product_id)

    def put_picture(self, product_id: str, content: bytes) -> None:
        """Give a product a picture."""
        products.put_picture(self._session, product_id, content)

    def remove_picture(self, product_id: str) -> None:
        """Take the picture of a product away."""
        products.remove_picture(self._session, product_id)

    def merge(self, product_id: str, into_id: str) -> ProductFacts:
        """Let another product take the place of one; return the one that stays."""
        return products.merge(self._session, product_id, into_id)

    def reservations(self) -> list[Reservation]:
        """Return every reservation that stands."""
        return reservations.standing(self._session)

    def reserve(self, wish: Wish) -> None:
        """Hold goods back."""
        reservations.make(self._session, wish)

    def cancel_reservation(self, reservation_id: str) -> None:
        """Hold goods back no more."""
        reservations.cancel(self._session, reservation_id)
