"""What this program asks of the server about stock: balances and stock cards."""

from __future__ import annotations

from almoxarife.client import balances as stock
from almoxarife.client import lots, movements, places, products, reports
from almoxarife.client.balances import Balance
from almoxarife.client.lots import StockLot
from almoxarife.client.reports import Card, Explanation
from almoxarife.client.session import Session
from almoxarife.desktop.cadastro.lots.steps import Step, step
from almoxarife.desktop.cadastro.stock_card.wanted import WantedCard

# So many balances are shown; who wants others searches.
SHOWN = 200
# A search asks for the balance of each product found.
SEARCHED = 25


class StockApi:
    """Calls to one server; each may take seconds and raise errors of ``client.errors``."""

    _session: Session

    def balances(self, text: str, wanted: stock.Wanted) -> list[Balance]:
        """Return the balances of the products that a text means, of the first ones when it is empty."""
        if not text:
            return stock.page(self._session, wanted, SHOWN)
        found = products.search(self._session, text, SEARCHED, active_only=True)
        return [stock.of_product(self._session, product.id, wanted) for product in found]

    def balance(self, product_id: str, wanted: stock.Wanted) -> Balance:
        """Return the balances of a product, with its lots."""
        return stock.of_product(self._session, product_id, wanted)

    def place_names(self) -> dict[str, str]:
        """Return the names of all places by their ids."""
        return places.names(self._session)

    def every_lot(self, product_id: str) -> list[StockLot]:
        """Return the lots of a product, the newest first, those that are used up included."""
        return lots.every(self._session, product_id)[::-1]

    def lot_history(self, lot_id: str, after: int, limit: int) -> list[Step]:
        """Return the next movements of a lot after a place in the ledger, the oldest first."""
        found = movements.after(self._session, after, limit, movements.Filter(lot_id=lot_id))
        names = places.names(self._session)
        return [step(movement, names) for movement in found]

    def stock_card(self, wanted: WantedCard) -> Card:
        """Return a product's card."""
        return reports.card(self._session, wanted.product_id, **wanted.part)

    def explanation(self, wanted: WantedCard) -> Explanation:
        """Return why a balance is what it is."""
        return reports.explanation(self._session, wanted.product_id, **wanted.part)
