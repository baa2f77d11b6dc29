"""What this program asks of the server about what the shop keeps: places, partners, the catalogue."""

from __future__ import annotations

from almoxarife.client import categories, partners, places, products, reasons, units
from almoxarife.client.categories import Category
from almoxarife.client.partners import Partner
from almoxarife.client.places import Place
from almoxarife.client.products import ProductFacts
from almoxarife.client.reasons import Reason
from almoxarife.client.session import Session
from almoxarife.client.units import Unit
from almoxarife.contract.partners import MAX_PARTNERS


class ShopApi:
    """Calls to one server; each may take seconds and raise errors of ``client.errors``."""

    _session: Session

    def every_place(self) -> list[Place]:
        """Return the shop's places, those no longer in use included, in the order of the tree."""
        return places.tree(self._session)

    def create_place(self, name: str, parent_id: str) -> None:
        """Add a place."""
        places.create(self._session, name, parent_id)

    def change_place(self, place: Place, name: str, parent_id: str) -> None:
        """Rename a place, or put it into another one."""
        places.change(self._session, place.id, name, parent_id)

    def set_place_active(self, place: Place, active: bool) -> None:
        """Let a place be used, or no more."""
        places.set_active(self._session, place.id, active)

    def every_partner(self, text: str) -> list[Partner]:
        """Return the partners that a text means, those no longer in use included."""
        return partners.search(self._session, text, limit=MAX_PARTNERS)

    def create_partner(self, values: dict[str, object]) -> None:
        """Add a partner."""
        partners.create(self._session, values)

    def change_partner(self, partner: Partner, values: dict[str, object]) -> None:
        """Change a partner."""
        partners.change(self._session, partner.id, partner.version, values)

    def set_partner_active(self, partner: Partner, active: bool) -> None:
        """Let a partner be used, or no more."""
        (partners.reactivate if active else partners.deactivate)(self._session, partner.id)

    def categories(self) -> list[Category]:
        """Return the tree of categories."""
        return categories.listing(self._session)

    def create_category(self, name: str, parent_id: str) -> None:
        """Add a category."""
        categories.create(self._session, name, parent_id or None)

    def change_category(self, category: Category, name: str, parent_id: str) -> None:
        """Rename a category, or put it below another one."""
        changes = {"nome": name, "pai_id": parent_id or None}
        categories.change(self._session, category.id, category.version, changes)

    def units(self) -> list[Unit]:
        """Return every unit of measure."""
        return units.listing(self._session)

    def create_unit(self, code: str, name: str, decimals: int) -> None:
        """Add a unit of measure."""
        units.create(self._session, code, name, decimals)

    def every_reason(self) -> list[Reason]:
        """Return the reasons, those no longer in use included."""
        return reasons.every(self._session)

    def create_reason(self, name: str) -> None:
        """Add a reason."""
        reasons.create(self._session, name)

    def change_reason(self, reason: Reason, name: str) -> None:
        """Say a reason otherwise."""
        reasons.change(self._session, reason.id, name)

    def set_reason_active(self, reason: Reason, active: bool) -> None:
        """Let a reason be given, or no more."""
        reasons.set_active(self._session, reason.id, active)

    def search_facts(self, text: str, limit: int) -> list[ProductFacts]:
        """Return products that a text means, those no longer in use included, with all about each."""
        return products.page(self._session, text=text, limit=limit)

    def change_product(self, product: ProductFacts, values: dict[str, object]) -> None:
        """Change a product."""
        products.change(self._session, product.id, product.version, values)

    def set_product_active(self, product: ProductFacts, active: bool) -> None:
        """Let a product be used, or no more."""
        (products.reactivate if active else products.deactivate)(self._session, product.id)
