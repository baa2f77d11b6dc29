"""What this program asks of the server, as its presenters name it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from pathlib import Path

from almoxarife.client import accounts, health, lots, movements, partners, places, products, reasons
from almoxarife.client.accounts import Account
from almoxarife.client.errors import Refused, SessionExpired
from almoxarife.client.health import Health
from almoxarife.client.lots import StockLot
from almoxarife.client.movements import Entry
from almoxarife.client.outbox.rows import Receipt
from almoxarife.client.partners import Partner
from almoxarife.client.places import Place
from almoxarife.client.products import Product
from almoxarife.client.reasons import Reason
from almoxarife.client.session import Session
from almoxarife.client.visit.session import RememberingSession
from almoxarife.client.visit.store import Visit
from almoxarife.desktop.cadastro.administration_api import AdministrationApi
from almoxarife.desktop.cadastro.alerts.api import AlertCalls
from almoxarife.desktop.cadastro.analysis.api import AnalysisCalls
from almoxarife.desktop.cadastro.count_api import CountApi
from almoxarife.desktop.cadastro.labels.api import LabelsApi
from almoxarife.desktop.cadastro.product_api import ProductApi
from almoxarife.desktop.cadastro.purchases.api import PurchaseCalls
from almoxarife.desktop.cadastro.shop_api import ShopApi
from almoxarife.desktop.cadastro.stock_api import StockApi
from almoxarife.desktop.cadastro.users.api import UsersApi
from almoxarife.i18n import _

# What comes back has mostly gone not long ago.
LAST_OF_PRODUCT = 30
PROGRAM = "almoxarife-cadastro"


class Api(
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

    def __init__(self, server_url: str, visit: Visit, authority: Path | None = None) -> None:
        """``authority``: who alone may vouch for the server; None for those of the system."""
        self._session = RememberingSession(server_url, visit, authority=authority, program=PROGRAM)
        self._newest_log_in = object()
        # By the name of who is logged in.
        self._tokens: dict[str, str] = {}

    def log_in(self, username: str, password: str) -> Account:
        """Log in; of several log-ins under way only the newest one counts."""
        this = self._newest_log_in = object()
        # One that was given up and is answered late must not put its token in place of a newer one.
        attempt = Session(self._session.server_url, authority=self._session.authority, program=PROGRAM)
        account = accounts.log_in(attempt, username, password)
        if self._newest_log_in is this:
            self._session.token = attempt.token
            self._tokens = {account.username: attempt.token or ""}
        return account

    def log_out(self) -> None:
        """Log out."""
        token = self._session.token
        self._tokens = {username: own for username, own in self._tokens.items() if own != token}
        accounts.log_out(self._session)

    def register_account(self, username: str, password: str) -> str:
        """Create an account."""
        return accounts.register(self._session, username, password)

    def change_password(self, current: str, new: str) -> str:
        """Change the password."""
        return accounts.change_password(self._session, current, new)

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
            if token is None:
                raise SessionExpired(
                    _("Your session has ended. Log in again."), status=HTTPStatus.UNAUTHORIZED
                )
            try:
                return movements.post(self._session, body, token)
            except SessionExpired:
                # The same person may have logged in again meanwhile.
                if self._tokens.get(username) == token:
                    raise

    def remember_products(self) -> None:
        """Take the list of products along for when the server is away."""
        self._session.remember_products()

    def answer_alone_while(self, away: Callable[[], bool]) -> None:
        """Answer from the last visit, without asking the server first, while that is away."""
        self._session.away = away

    def receipt_at(self, sequence: int) -> Receipt | None:
        """Return the receipt at a place of the ledger, None when the ledger is shorter."""
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
