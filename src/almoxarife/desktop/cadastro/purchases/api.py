"""What this program asks of the server about purchases."""

from __future__ import annotations

from almoxarife.client import movements, purchases, supplies
from almoxarife.client.movements import Entry, Filter
from almoxarife.client.purchases import Order, Suggestion, WantedOrder
from almoxarife.client.session import Session
from almoxarife.client.supplies import Supply, SupplyWish

# Goods are received soon after they came in.
ENTRIES = 500


class PurchaseCalls:
    """Calls to one server; each may take long and raise errors of ``client.errors``."""

    _session: Session

    def purchase_suggestion(self, days: int, cover_days: int, work_id: str) -> Suggestion:
        """Return what to buy now."""
        return purchases.suggestion(self._session, days, cover_days, work_id)

    def place_order(self, wanted: WantedOrder) -> Order:
        """Write down what was ordered."""
        return purchases.place(self._session, wanted)

    def purchase_orders(self, which: str, behind: str) -> list[Order]:
        """Return the next orders of which something is waited for, or of all, the newest first, behind one."""
        return purchases.orders(self._session, which, behind)

    def latest_entries(self) -> list[Entry]:
        """Return what came in lately, the newest first."""
        return movements.latest(self._session, ENTRIES, wanted=Filter(kind="entrada"))[::-1]

    def receive_order(self, order_id: str, movement_id: str) -> Order:
        """Say which entry brought goods of an order."""
        return purchases.receive(self._session, order_id, movement_id)

    def cancel_order(self, order_id: str) -> None:
        """Wait no more for what has not come of an order."""
        purchases.cancel(self._session, order_id)

    def supplies(self, after: str, limit: int) -> list[Supply]:
        """Return how the next products behind one are bought of which somebody has said it."""
        return supplies.page(self._session, after, limit)

    def put_supply(self, wish: SupplyWish) -> None:
        """Say how a product is bought."""
        supplies.put(self._session, wish)

    def remove_supply(self, supply: Supply) -> None:
        """Say no more how a product is bought."""
        supplies.remove(self._session, supply.wish.product_id)
