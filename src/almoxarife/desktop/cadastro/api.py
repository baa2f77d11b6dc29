"""What this program asks of the server, as its presenters name it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus

from almoxarife.client import health, lots, movements, partners, places, products, reasons
from almoxarife.client.errors import Refused, SessionExpired
from almoxarife.client.health import Health
from almoxarife.client.lots import StockLot
from almoxarife.client.movements import Entry
from almoxarife.client.outbox.rows import Receipt
from almoxarife.client.partners import Partner
from almoxarife.client.places import Place
from almoxarife.client.products import Product
from almoxarife.client.reasons import Reason
from almoxarife.client.visit.session import RememberingSession
from almoxarife.desktop.cadastro.administration_api import AdministrationApi
from almoxarife.desktop.cadastro.alerts.api import AlertCalls
from almoxarife.desktop.cadastro.analysis.api import AnalysisCalls
from almoxarife.desktop.cadastro.count_api import CountApi
from almoxarife.desktop.cadastro.labels.api import LabelsApi
from almoxarife.desktop.cadastro.log_in_api import LogInApi
from almoxarife.desktop.cadastro.product_api import ProductApi
from almoxarife.desktop.cadastro.purchases.api import PurchaseCalls
from almoxarife.desktop.cadastro.shop_api import ShopApi
from almoxarife.desktop.cadastro.stock_api import StockApi
from almoxarife.desktop.cadastro.users.api import UsersApi
from almoxarife.i18n import _

# What comes back has mostly gone not long ago.
LAST_OF_PRODUCT = 30


class Api(
    LogInApi,
    ShopApi,
    StockApi,
    ProductApi,
    UsersApi,
    AdministrationApi,
    LabelsApi,
    CountApi,
    AnalysisCalls,
    AlertCalls,
    PurchaseCalls,
):
    """Calls to one server; each may take seconds and raise errors of ``client.errors``."""

    _session: RememberingSession

    def health(self) -> Health:
        """Ask the server how it is."""
        return health.health(self._session)

    def search(self, text: str, limit: int) -> list[Product]:
        """Return products that a text means."""
        return products.search(self._session, text, limit, active_only=True)

    def create(self, name: str) -> Product:
        """Create a product."""
        return products.create(self._session, name)

    def post(self, username: str, body: Mapping[str, object]) -> dict[str, object]:
        """Post a movement in a user's name, and in nobody else's; return the server's row of it."""
        while True:
            token = self._tokens.get(username)
            if token is None and self._waiting is not None and self._waiting[0] == username:
                self.come_in()
                continue
            if token is None:
                raise SessionExpired(
                    _("Your session has ended. Log in again."), status=HTTPStatus.UNAUTHORIZED
                )
            try:
                row = movements.post(self._session, body, token)
            except SessionExpired:
                # The same person may have logged in again meanwhile.
                if self._tokens.get(username) == token:
                    raise
            else:
                self._passes.touch(username)
                return row

    def remember_products(self) -> None:
        """Take the list of products along for when the server is away."""
        self._session.remember_products()

    def answer_alone_while(self, away: Callable[[], bool]) -> None:
        """Answer from the last visit, without asking the server first, while that is away."""
        self._session.away = away

    def receipt_at(self, sequence: int) -> Receipt | None:
        """Return the receipt at a place of the ledger, None when the ledger is shorter."""
        if self._waiting is not None:
            self.come_in()
        try:
            rows = movements.after(self._session, sequence - 1, 1)
        except Refused as refusal:
            if refusal.code == "cursor_no_futuro":
                return None
            raise
        return Receipt(rows[0].sequence, rows[0].receipt) if rows else None

    def latest(self, n: int, username: str) -> list[Entry]:
        """Return a user's newest movements."""
        return movements.latest(self._session, n, username)

    def places(self) -> list[Place]:
        """Return the places in use, in the order of the tree."""
        return [place for place in places.tree(self._session) if place.active]

    def reasons(self) -> list[Reason]:
        """Return the reasons in use."""
        return [reason for reason in reasons.every(self._session) if reason.active]

    def lots(self, product_id: str) -> list[StockLot]:
        """Return the lots of a product that are in stock, first expired first."""
        return lots.in_stock(self._session, product_id)

    def last_of_product(self, product_id: str, kind: str) -> list[Entry]:
        """Return the last movements of a product of one kind, the newest first."""
        wanted = movements.Filter(kind=kind, product_id=product_id)
        return movements.latest(self._session, LAST_OF_PRODUCT, wanted=wanted)[::-1]

    def partners(self, text: str, limit: int) -> list[Partner]:
        """Return suppliers and customers that a text means."""
        return partners.search(self._session, text, active=True, limit=limit)
