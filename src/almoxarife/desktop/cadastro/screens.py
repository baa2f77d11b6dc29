"""The screens of the pages of the work, each made when it is first needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, TypeVar

from almoxarife.desktop.cadastro.alert_pages import alert_kinds
from almoxarife.desktop.cadastro.alerts.view import AlertsScreen
from almoxarife.desktop.cadastro.analysis.view import AnalysisScreen
from almoxarife.desktop.cadastro.api import Api
from almoxarife.desktop.cadastro.balances.view import BalancesScreen
from almoxarife.desktop.cadastro.count_page.view import CountScreen
from almoxarife.desktop.cadastro.forms import FORMS
from almoxarife.desktop.cadastro.frame.view import MainFrame
from almoxarife.desktop.cadastro.labels.view import LabelsScreen
from almoxarife.desktop.cadastro.late import Late
from almoxarife.desktop.cadastro.movement.view import MovementScreen
from almoxarife.desktop.cadastro.pages import PageName
from almoxarife.desktop.cadastro.password.view import AccountScreen, PasswordScreen
from almoxarife.desktop.cadastro.pending.view import PendingScreen
from almoxarife.desktop.cadastro.product.view import ProductScreen
from almoxarife.desktop.cadastro.product_pages import ProductPages
from almoxarife.desktop.cadastro.products.kind import products as product_kind
from almoxarife.desktop.cadastro.products.view import ProductsScreen
from almoxarife.desktop.cadastro.purchases.supplies import supplies
from almoxarife.desktop.cadastro.purchases.view import PurchasesScreen
from almoxarife.desktop.cadastro.record_pages import record_kinds
from almoxarife.desktop.cadastro.records.view import RecordsScreen
from almoxarife.desktop.cadastro.reservations.view import ReservationsScreen
from almoxarife.desktop.cadastro.stock_card.view import StockCardScreen
from almoxarife.desktop.cadastro.users.kind import users as user_kind
from almoxarife.desktop.cadastro.users.sessions import all_sessions, own_sessions
from almoxarife.desktop.cadastro.users.view import UsersScreen

S = TypeVar("S", bound=Any)


class Screens:
    """The screens by name; whoever asks for one first makes it, inside the window but not shown."""

    def __init__(self, frame: MainFrame, api: Api, go_home: Callable[[], None]) -> None:
        self.frame = frame
        self.api = api
        self._go_home = go_home
        self.movements: Mapping[PageName, MovementScreen] = Late(self._make_movement)
        self.product_kind = product_kind(api)
        self.product_pages = ProductPages(api)
        self.record_kinds = record_kinds(api)
        self.user_kind = user_kind(api)
        self.own_sessions, self.all_sessions = own_sessions(api), all_sessions(api)

    @property
    def entry(self) -> MovementScreen:
        """What comes in; the first one of the work."""
        return self.movements["entry"]

    @cached_property
    def products(self) -> ProductsScreen:
        """All products, and new ones."""
        return self._take("products", ProductsScreen(self.frame.content, self.product_kind))

    @cached_property
    def product(self) -> ProductScreen:
        """All about one product."""
        return self._take("product", ProductScreen(self.frame.content, self.product_pages.kinds))

    @cached_property
    def reservations(self) -> ReservationsScreen:
        """What is reserved."""
        kind = self.product_pages.reservation_kind
        return self._take("reservations", ReservationsScreen(self.frame.content, kind))

    @cached_property
    def balances(self) -> BalancesScreen:
        """What there is."""
        return self._take("balances", BalancesScreen(self.frame.content))

    @cached_property
    def stock_card(self) -> StockCardScreen:
        """How the balance of a product came about."""
        return self._take("stock_card", StockCardScreen(self.frame.content))

    @cached_property
    def counts(self) -> CountScreen:
        """Counts of the shelves."""
        return self._take("count", CountScreen(self.frame.content))

    @cached_property
    def records(self) -> RecordsScreen:
        """What the shop keeps."""
        return self._take("records", RecordsScreen(self.frame.content, self.record_kinds))

    @cached_property
    def users(self) -> UsersScreen:
        """Who may log in, and who did what."""
        return self._take("users", UsersScreen(self.frame.content, self.user_kind, self.all_sessions))

    @cached_property
    def labels(self) -> LabelsScreen:
        """What is printed."""
        return self._take("labels", LabelsScreen(self.frame.content))

    @cached_property
    def pending(self) -> PendingScreen:
        """What waits on this computer."""
        return self._take("pending", PendingScreen(self.frame.content))

    @cached_property
    def account(self) -> AccountScreen:
        """One's own account."""
        return self._take(
            "password", AccountScreen(self.frame.content, self.own_sessions, go_back=self._go_home)
        )

    @property
    def password(self) -> PasswordScreen:
        """The form that changes one's own password."""
        return self.account.password

    @cached_property
    def analysis(self) -> AnalysisScreen:
        """What the movements tell."""
        return self._take("analysis", AnalysisScreen(self.frame.content))

    @cached_property
    def alerts(self) -> AlertsScreen:
        """What somebody should look at."""
        return self._take("alerts", AlertsScreen(self.frame.content, alert_kinds(self.api)))

    @cached_property
    def purchases(self) -> PurchasesScreen:
        """What to buy."""
        return self._take("purchases", PurchasesScreen(self.frame.content, supplies(self.api)))

    def _make_movement(self, name: PageName) -> MovementScreen:
        return self._take(name, MovementScreen(self.frame.content, FORMS[name]))

    def _take(self, name: PageName, screen: S) -> S:
        self.frame.add(name, screen)
        return screen
