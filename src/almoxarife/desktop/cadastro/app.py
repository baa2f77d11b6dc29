"""The register program: builds its window and joins screens, presenters and server."""

from __future__ import annotations

from almoxarife import logs
from almoxarife.client.movements import new_id
from almoxarife.client.outbox.store import Outbox
from almoxarife.client.visit.store import Visit
from almoxarife.config import Settings
from almoxarife.desktop.cadastro.administration_pages import build_account, build_records, build_users
from almoxarife.desktop.cadastro.alert_pages import alert_kinds, build_alerts
from almoxarife.desktop.cadastro.alerts.view import AlertsScreen
from almoxarife.desktop.cadastro.analysis.view import AnalysisScreen
from almoxarife.desktop.cadastro.analysis_pages import build_analysis
from almoxarife.desktop.cadastro.api import Api
from almoxarife.desktop.cadastro.balances.view import BalancesScreen
from almoxarife.desktop.cadastro.calls import Calls
from almoxarife.desktop.cadastro.count_page.view import CountScreen
from almoxarife.desktop.cadastro.count_pages import build_counts
from almoxarife.desktop.cadastro.flow import Flow, Presenters
from almoxarife.desktop.cadastro.frame.view import MainFrame
from almoxarife.desktop.cadastro.label_pages import build_labels
from almoxarife.desktop.cadastro.labels.view import LabelsScreen
from almoxarife.desktop.cadastro.look_pages import build_balances, build_stock_card
from almoxarife.desktop.cadastro.movement.page import MovementPage
from almoxarife.desktop.cadastro.movement.view import MovementScreen
from almoxarife.desktop.cadastro.movement_pages import FORMS, Say, build_page
from almoxarife.desktop.cadastro.offline import OfflineWork
from almoxarife.desktop.cadastro.pages import Page, PageName
from almoxarife.desktop.cadastro.password.presenter import PasswordPresenter
from almoxarife.desktop.cadastro.password.view import AccountScreen
from almoxarife.desktop.cadastro.pending.view import PendingScreen
from almoxarife.desktop.cadastro.pending_pages import build_dispatch, build_pending
from almoxarife.desktop.cadastro.product.view import ProductScreen
from almoxarife.desktop.cadastro.product_pages import ProductPages
from almoxarife.desktop.cadastro.products.kind import products as product_kind
from almoxarife.desktop.cadastro.products.presenter import ProductsPresenter
from almoxarife.desktop.cadastro.products.view import Actions as ProductActions
from almoxarife.desktop.cadastro.products.view import ProductsScreen
from almoxarife.desktop.cadastro.purchase_pages import build_purchases
from almoxarife.desktop.cadastro.purchases.supplies import supplies
from almoxarife.desktop.cadastro.purchases.view import PurchasesScreen
from almoxarife.desktop.cadastro.record_pages import record_kinds
from almoxarife.desktop.cadastro.records.view import RecordsScreen
from almoxarife.desktop.cadastro.register.presenter import RegisterPresenter
from almoxarife.desktop.cadastro.register.view import RegisterScreen
from almoxarife.desktop.cadastro.reservations.view import ReservationsScreen
from almoxarife.desktop.cadastro.scan_pages import build_scanning
from almoxarife.desktop.cadastro.stock_card.view import StockCardScreen
from almoxarife.desktop.cadastro.undo.presenter import UndoPresenter
from almoxarife.desktop.cadastro.unknown.view import UnknownStrip
from almoxarife.desktop.cadastro.users.kind import users as user_kind
from almoxarife.desktop.cadastro.users.sessions import all_sessions, own_sessions
from almoxarife.desktop.cadastro.users.view import UsersScreen
from almoxarife.desktop.cadastro.welcome.view import WelcomeScreen
from almoxarife.desktop.kit.jobs import Jobs
from almoxarife.desktop.kit.preferences import Preferences
from almoxarife.desktop.kit.theme import Window
from almoxarife.desktop.kit.timer import TkTimer
from almoxarife.desktop.login.presenter import LoginPresenter
from almoxarife.desktop.login.view import LoginScreen
from almoxarife.desktop.trust.view import meet
from almoxarife.i18n import _

# A server that hangs holds at the most one thread for each of: health, both searches, the list, a
# log-in, an account or a product being made. One more, so that an entry never waits for them.
THREADS = 8


class Program:
    """The window with everything in it."""

    def __init__(self, api: Api, preferences: Preferences, outbox: Outbox) -> None:
        self.api = api
        self.outbox = outbox
        self._preferences = preferences
        self.window = Window(_("Almoxarife — Register"), preferences)
        self.jobs = Jobs(self.window, threads=THREADS)
        timer = TkTimer(self.window)
        self.frame = MainFrame(self.window)
        self.calls = Calls(self.jobs, timer, api.health, self.frame.status)
        self._build_screens()
        self.flow = Flow(self.frame, self.calls, api.log_out, self.welcome.start)
        self.dispatch = build_dispatch(
            outbox, api, self.jobs, self.calls, timer, self.frame.status, self.flow
        )
        self.offline = OfflineWork(self.flow, self.frame, api, self.calls, timer)
        self._lead(timer)
        self.frame.connect(self.flow.go, self.flow.log_out)
        api.answer_alone_while(lambda: self.calls.connected is False)
        self.window.protocol("WM_DELETE_WINDOW", self.close)

    def start(self) -> None:
        """Show the window with the first question."""
        self.calls.start()
        self.dispatch.count()
        self.flow.welcome()
        self.window.deiconify()
        self.window.focus_force()
        self.welcome.start()

    def close(self) -> None:
        """End; calls under way are left to themselves, but not an entry without a word."""
        if not self.flow.may_close():
            return
        self.jobs.close()
        self.window.destroy()

    def _build_screens(self) -> None:
        content = self.frame.content
        self.unknown = UnknownStrip(content)
        self.welcome = WelcomeScreen(
            content, has_account=lambda: self.flow.to_login(), has_none=lambda: self.flow.to_register()
        )
        self.register = RegisterScreen(content, go_back=lambda: self.flow.welcome())
        self.login = LoginScreen(content, go_back=lambda: self.flow.welcome())
        self.movements = {name: MovementScreen(content, form) for name, form in FORMS.items()}
        self.product_kind = product_kind(self.api)
        self.products = ProductsScreen(content, self.product_kind)
        self.product_pages = ProductPages(self.api)
        self.product = ProductScreen(content, self.product_pages.kinds)
        self.reservations = ReservationsScreen(content, self.product_pages.reservation_kind)
        self.balances = BalancesScreen(content)
        self.stock_card = StockCardScreen(content)
        self.counts = CountScreen(content)
        self.record_kinds = record_kinds(self.api)
        self.records = RecordsScreen(content, self.record_kinds)
        self.user_kind = user_kind(self.api)
        self.labels = LabelsScreen(content)
        self.session_kinds = own_sessions(self.api), all_sessions(self.api)
        self.users = UsersScreen(content, self.user_kind, self.session_kinds[1])
        self.pending = PendingScreen(content)
        self.account = AccountScreen(content, self.session_kinds[0], go_back=lambda: self.flow.go_home())
        self.password = self.account.password
        self.analysis = AnalysisScreen(content)
        self.alerts = AlertsScreen(content, alert_kinds(self.api))
        self.purchases = PurchasesScreen(content, supplies(self.api))
        self.frame.add("welcome", self.welcome)
        self.frame.add("register", self.register)
        self.frame.add("login", self.login)
        for name, screen in self.movements.items():
            self.frame.add(name, screen)
        self.frame.add("products", self.products)
        self.frame.add("product", self.product)
        self.frame.add("reservations", self.reservations)
        self.frame.add("balances", self.balances)
        self.frame.add("stock_card", self.stock_card)
        self.frame.add("count", self.counts)
        self.frame.add("records", self.records)
        self.frame.add("users", self.users)
        self.frame.add("labels", self.labels)
        self.frame.add("pending", self.pending)
        self.frame.add("password", self.account)
        self.frame.add("analysis", self.analysis)
        self.frame.add("alerts", self.alerts)
        self.frame.add("purchases", self.purchases)

    @property
    def entry(self) -> MovementScreen:
        """The screen for what comes in, the first one of the work."""
        return self.movements["entry"]

    def _lead(self, timer: TkTimer) -> None:
        flow, calls, api = self.flow, self.calls, self.api
        register = RegisterPresenter(api.register_account, calls, self.register, flow.registered)
        self.register.connect(register.submit)
        login = LoginPresenter(api.log_in, calls, self.login, self.offline.logged_in, self.offline.advice)
        self.login.connect(login.submit)
        password = PasswordPresenter(api.change_password, calls, self.password, flow.password_changed)
        self.password.connect(password.submit)
        scanning = build_scanning(self.unknown, api, calls, timer, flow)
        movements = self._movement_pages(timer, scanning.say)
        products = self._products_presenter(timer)
        stock_card = build_stock_card(self.stock_card, api, calls, timer)
        product = self.product_pages.lead_product(self.product, calls, timer, flow)
        reservations = self.product_pages.lead_reservations(self.reservations, calls, timer, flow)
        labels = build_labels(self.labels, api, calls, timer, flow, self._preferences)
        pages: dict[PageName, Page] = {
            **movements,
            "products": products,
            "product": product,
            "reservations": reservations,
            "stock_card": stock_card,
            "count": build_counts(self.counts, api, self.outbox.scans, self.jobs, calls, timer, flow),
            "records": build_records(
                self.record_kinds, self.records, api, calls, timer, flow, self.frame.show_shop
            ),
            "labels": labels,
            "users": build_users(self.user_kind, self.session_kinds[1], self.users, api, calls, timer, flow),
            "pending": build_pending(
                self.pending, movements, self.outbox, self.dispatch, api, self.jobs, flow
            ),
            "password": build_account(password, self.session_kinds[0], self.account, calls, timer, flow),
            **self._pages_to_look_at(timer),
        }
        flow.lead(
            Presenters(
                register,
                login,
                password,
                pages,
                self._undo_presenter(timer),
                scanning,
                movements,
                products,
                stock_card,
                product,
                reservations,
                labels,
            )
        )

    def _pages_to_look_at(self, timer: TkTimer) -> dict[PageName, Page]:
        flow, calls, api = self.flow, self.calls, self.api
        return {
            "balances": build_balances(self.balances, api, calls, timer, flow),
            "analysis": build_analysis(self.analysis, api, calls, timer, flow),
            "alerts": build_alerts(self.alerts, api, calls, timer, flow),
            "purchases": build_purchases(self.purchases, api, calls, timer, flow),
        }

    def _movement_pages(self, timer: TkTimer, say_scanned: Say) -> dict[PageName, MovementPage]:
        return {
            name: build_page(
                form,
                self.movements[name],
                self.api,
                self.dispatch,
                self.calls,
                timer,
                self.flow,
                say_scanned,
            )
            for name, form in FORMS.items()
        }

    def _products_presenter(self, timer: TkTimer) -> ProductsPresenter:
        flow = self.flow
        products = ProductsPresenter(
            self.product_kind,
            self.api.create,
            self.calls,
            timer,
            self.products,
            say=flow.say,
            created=flow.use_created,
            cancelled=flow.give_product_up,
            use=flow.use_product,
            details=flow.open_product,
            label=flow.open_labels,
        )
        self.products.connect(
            ProductActions(
                create=products.create,
                cancel=products.cancel,
                search=products.listing.type,
                use=products.use,
                select=products.select,
                edit=products.edit,
                details=products.open_details,
                label=products.open_label,
                type=products.form.type,
                save=products.form.save,
                act=products.form.act,
                close=products.close_form,
            )
        )
        return products

    def _undo_presenter(self, timer: TkTimer) -> UndoPresenter:
        flow = self.flow
        undo = UndoPresenter(
            self.api,
            self.dispatch,
            self.calls,
            timer,
            self.frame,
            new_id=new_id,
            say=flow.say,
            undone=flow.movement_undone,
        )
        self.frame.connect_undo(undo.press, undo.confirm, undo.cancel)
        return undo


def run(settings: Settings) -> int:
    """Run the register program until its window is closed; return the exit status."""
    logs.configure()
    met = meet(settings)
    if met is None:
        return 0
    outbox = Outbox(settings.data_dir, settings.server_url)
    visit = Visit(settings.data_dir, settings.server_url)
    program = Program(Api(settings.server_url, visit, met.authority), Preferences(settings.data_dir), outbox)
    program.start()
    program.window.mainloop()
    outbox.close()
    visit.close()
    return 0
