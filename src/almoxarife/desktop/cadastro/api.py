"""What this program asks of the server, as its presenters name it."""

from __future__ import annotations

from almoxarife.client import accounts, health, movements, products
from almoxarife.client.accounts import Account
from almoxarife.client.health import Health
from almoxarife.client.movements import Entry
from almoxarife.client.products import Product
from almoxarife.client.session import Session


class Api:
    """Calls to one server; each may take seconds and raise errors of ``client.errors``."""

    def __init__(self, server_url: str) -> None:
        self._session = Session(server_url)
        self._newest_log_in = object()

    def log_in(self, username: str, password: str) -> Account:
        """Log in; of several log-ins under way only the newest one counts."""
        this = self._newest_log_in = object()
        # One that was given up and is answered late must not put its token in place of a newer one.
        attempt = Session(self._session.server_url)
        account = accounts.log_in(attempt, username, password)
        if self._newest_log_in is this:
            self._session.token = attempt.token
        return account

    def log_out(self) -> None:
        """Log out."""
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
        return products.search(self._session, text, limit)

    def create(self, name: str) -> Product:
        """Create a product."""
        return products.create(self._session, name)

    def register(self, id: str, product_id: str, quantity: int) -> Entry:
        """Register an entry."""
        return movements.register_entry(self._session, id, product_id, quantity)

    def latest(self, n: int, username: str) -> list[Entry]:
        """Return a user's newest entries."""
        return movements.latest(self._session, n, username)
