"""The register program: builds its window and joins screens, presenters and server."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from almoxarife import logs
from almoxarife.client.movements import new_id
from almoxarife.client.outbox.store import Outbox
from almoxarife.client.visit.store import Visit
from almoxarife.config import Settings
from almoxarife.desktop.cadastro.administration_pages import build_account, build_records, build_users
from almoxarife.desktop.cadastro.alert_pages import build_alerts
from almoxarife.desktop.cadastro.analysis_pages import build_analysis
from almoxarife.desktop.cadastro.api import Api
from almoxarife.desktop.cadastro.calls import Calls
from almoxarife.desktop.cadastro.count.left import LeftScans
from almoxarife.desktop.cadastro.count_pages import COUNTING, build_counts
from almoxarife.desktop.cadastro.flow import Flow
from almoxarife.desktop.cadastro.forms import FORMS
from almoxarife.desktop.cadastro.frame.view import MainFrame
from almoxarife.desktop.cadastro.label_pages import build_labels
from almoxarife.desktop.cadastro.late import LatePages
from almoxarife.desktop.cadastro.look_pages import build_balances, build_stock_card
from almoxarife.desktop.cadastro.movement.page import MovementPage
from almoxarife.desktop.cadastro.movement_pages import Say, build_page
from almoxarife.desktop.cadastro.offline import OfflineWork
from almoxarife.desktop.cadastro.pages import Page, PageName
from almoxarife.desktop.cadastro.pending.in_background import InBackground
from almoxarife.desktop.cadastro.pending_pages import build_dispatch, build_pending
from almoxarife.desktop.cadastro.presenters import Presenters
from almoxarife.desktop.cadastro.product_pages import build_products
from almoxarife.desktop.cadastro.purchase_pages import build_purchases
from almoxarife.desktop.cadastro.register.presenter import RegisterPresenter
from almoxarife.desktop.cadastro.register.view import RegisterScreen
from almoxarife.desktop.cadastro.scan_pages import build_scanning
from almoxarife.desktop.cadastro.screens import Screens
from almoxarife.desktop.cadastro.shop.name import ShopName
from almoxarife.desktop.cadastro.tabs.presenter import TabsPresenter
from almoxarife.desktop.cadastro.undo.presenter import UndoPresenter
from almoxarife.desktop.cadastro.unknown.view import UnknownStrip
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


class Program(Screens):
    """The window with everything in it."""

    def __init__(self, api: Api, preferences: Preferences, outbox: Outbox) -> None:
        self.outbox = outbox
        self._preferences = preferences
        self.window = Window(_("Almoxarife — Register"), preferences)
        super().__init__(MainFrame(self.window), api, go_home=lambda: self.flow.go_home())
        self.jobs = Jobs(self.window, threads=THREADS)
        timer = TkTimer(self.window)
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
        """Build the screens before the work; those of the work are made when they are first needed."""
        content = self.frame.content
        self.unknown = UnknownStrip(content)
        self.welcome = WelcomeScreen(
            content, has_account=lambda: self.flow.to_login(), has_none=lambda: self.flow.to_register()
        )
        self.register = RegisterScreen(content, go_back=lambda: self.flow.welcome())
        self.login = LoginScreen(content, go_back=lambda: self.flow.welcome())
        self.frame.add("welcome", self.welcome)
        self.frame.add("register", self.register)
        self.frame.add("login", self.login)

    def _lead(self, timer: TkTimer) -> None:
        flow, calls, api = self.flow, self.calls, self.api
        register = RegisterPresenter(api.register_account, calls, self.register, flow.registered)
        self.register.connect(register.submit)
        login = LoginPresenter(api.log_in, calls, self.login, self.offline.logged_in, self.offline.advice)
        self.login.connect(login.submit)
        scanning = build_scanning(self.unknown, api, calls, timer, flow)
        pages = LatePages()
        self.dispatch.registered = pages.registered
        movements = self._movement_pages(pages, timer, scanning.say)
        products = pages.add(
            lambda: build_products(self.product_kind, self.products, api, calls, timer, flow)
        )
        product = pages.add(lambda: self.product_pages.lead_product(self.product, calls, timer, flow))
        reservations = pages.add(
            lambda: self.product_pages.lead_reservations(self.reservations, calls, timer, flow)
        )
        stock_card = pages.add(lambda: build_stock_card(self.stock_card, api, calls, timer))
        labels = pages.add(lambda: build_labels(self.labels, api, calls, timer, flow, self._preferences))
        counts = pages.add(
            lambda: build_counts(self.counts, api, self.outbox.scans, self.jobs, calls, timer, flow)
        )
        by_name: dict[PageName, Callable[[], Page]] = {
            **movements,
            "products": products,
            "product": product,
            "reservations": reservations,
            "stock_card": stock_card,
            "labels": labels,
            "count": counts,
            **self._pages_by_name_alone(pages, timer),
        }
        flow.lead(
            Presenters(
                register,
                login,
                by_name,
                pages,
                [*self._background(counts), self._undo_presenter(timer), scanning],
                movements,
                products,
                stock_card,
                product,
                reservations,
                labels,
            )
        )

    def _background(self, counts: Callable[[], TabsPresenter]) -> list[Page]:
        """Return what goes on whichever page is shown."""
        return [
            InBackground(self.dispatch, self.jobs, self.api.remember_products),
            LeftScans(self.outbox.scans, self.jobs, lambda: counts().prepare(COUNTING)),
            ShopName(self.api.shop, self.calls, self.frame.show_shop),
        ]

    def _pages_by_name_alone(self, pages: LatePages, timer: TkTimer) -> dict[PageName, Callable[[], Page]]:
        """Return the pages of which the flow knows no more than what a page is."""
        flow, calls, api = self.flow, self.calls, self.api
        return {
            "records": pages.add(
                lambda: build_records(
                    self.record_kinds, self.records, api, calls, timer, flow, self.frame.show_shop
                )
            ),
            "users": pages.add(
                lambda: build_users(self.user_kind, self.all_sessions, self.users, api, calls, timer, flow)
            ),
            "pending": pages.add(
                lambda: build_pending(self.pending, self.outbox, self.dispatch, self.jobs, flow)
            ),
            "password": pages.add(
                lambda: build_account(self.own_sessions, self.account, api, calls, timer, flow)
            ),
            "balances": pages.add(lambda: build_balances(self.balances, api, calls, timer, flow)),
            "analysis": pages.add(lambda: build_analysis(self.analysis, api, calls, timer, flow)),
            "alerts": pages.add(lambda: build_alerts(self.alerts, api, calls, timer, flow)),
            "purchases": pages.add(lambda: build_purchases(self.purchases, api, calls, timer, flow)),
        }

    def _movement_pages(
        self, pages: LatePages, timer: TkTimer, say_scanned: Say
    ) -> dict[PageName, Callable[[], MovementPage]]:
        def build(name: PageName) -> MovementPage:
            return build_page(
                FORMS[name],
                self.movements[name],
                self.api,
                self.dispatch,
                self.calls,
                timer,
                self.flow,
                say_scanned,
            )

        return {name: pages.add(partial(build, name)) for name in FORMS}

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
