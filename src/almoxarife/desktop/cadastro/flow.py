"""Which screen comes after which, and who is logged in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, Protocol

from almoxarife.client.accounts import Account
from almoxarife.client.errors import SessionExpired
from almoxarife.client.outbox.rows import Kept
from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.forms import FORMS
from almoxarife.desktop.cadastro.labels.lines import Line
from almoxarife.desktop.cadastro.leaving import Leaving
from almoxarife.desktop.cadastro.movement.page import MovementPage
from almoxarife.desktop.cadastro.pages import OF_EVERYBODY, REACHED_FROM, Page, PageName, pages_of
from almoxarife.desktop.cadastro.presenters import Presenters
from almoxarife.desktop.kit.kinds import ENTRY
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _

ScreenName = Literal["welcome", "register", "login"] | PageName


class FlowView(Protocol):
    """What the flow tells the window to do."""

    def show_screen(self, name: ScreenName) -> None:
        """Show a screen in place of the present one."""

    def show_account(self, text: str) -> None:
        """Show who is logged in; an empty text: nobody."""

    def show_pages(self, pages: Sequence[PageName]) -> None:
        """Show these pages in the navigation and no others."""

    def show_message(self, text: str, kind: MessageKind) -> None:
        """Say in the status bar what happened."""


class Flow:
    """Leads from the first question to the work, and back to where it was after a session has ended."""

    def __init__(
        self, view: FlowView, jobs: Jobs, log_out: Callable[[], None], start_welcome: Callable[[], None]
    ) -> None:
        self._view = view
        self._jobs = jobs
        self._log_out = log_out
        self._start_welcome = start_welcome
        self._presenters: Presenters | None = None
        self._account: Account | None = None
        # Whose work stands in the forms; kept when the session ends, so that it can go on.
        self._owner = ""
        self._page: PageName = "entry"
        # The page that needs a product that is being created.
        self._needs_product: PageName = "entry"
        self.leaving = Leaving(
            lambda: [*self._all.there.made, *self._all.beside],
            lambda: [page for page in self._all.there.made if isinstance(page, MovementPage)],
            self.say,
        )
        self._said: MessageKind = "plain"
        # Takes a product that was created for a code, in place of the page that needed one.
        self.takes_created: Callable[[Product], bool] = lambda product: False

    def lead(self, presenters: Presenters) -> None:
        """Take the presenters; they are made after the flow because they call it."""
        self._presenters = presenters

    # -- before the log-in

    def welcome(self) -> None:
        """Show the first question."""
        self._all.register.stop()
        self._all.login.stop()
        self._view.show_account("")
        self._view.show_screen("welcome")
        self._start_welcome()

    def to_register(self) -> None:
        """Show the form for a new account."""
        self._view.show_screen("register")
        self._all.register.start()

    def to_login(self) -> None:
        """Show the log-in."""
        self._view.show_screen("login")
        self._all.login.start()

    def registered(self, username: str, answer: str) -> None:
        """Go on to the log-in with the name of a new account."""
        self._view.show_screen("login")
        self._all.login.start(username, answer)

    def logged_in(self, account: Account) -> None:
        """Go to the work; where it was, when the same person has logged in again."""
        pages = pages_of(account)
        if account.username != self._owner:
            self._owner = account.username
            self._page = pages[0]
            self._reset_pages()
        elif REACHED_FROM.get(self._page, self._page) not in (*pages, *OF_EVERYBODY):
            self._page = pages[0]
        self._account = account
        self._view.show_account(f"{account.username} · {account.role}")
        self._view.show_pages(pages)
        self.say("", "plain")
        for page in (self._all.there, *self._all.beside):
            page.begin(account)
        self.go(self._page)

    # -- at work

    def go(self, page: PageName) -> None:
        """Show a page that the person may use."""
        home = REACHED_FROM.get(page, page)
        if self._account is None or (page not in OF_EVERYBODY and home not in pages_of(self._account)):
            return
        # Made before anything changes that can be seen.
        coming = self._all.pages[page]()
        if page != self._page:
            self._present.leave()
        self._show(page)
        coming.start()

    @property
    def here(self) -> tuple[PageName, Page] | None:
        """The page that is shown; None while nobody is at work."""
        return None if self._account is None else (self._page, self._present)

    def go_home(self) -> None:
        """Go to the first page of the work."""
        if self._account is not None:
            self.go(pages_of(self._account)[0])

    def password_changed(self, answer: str) -> None:
        """Go back to the work."""
        self.go_home()
        self.say(answer, "success")

    def create_product(self, name: str) -> None:
        """Go and create a product that the present page needs."""
        self._needs_product = self._page
        products = self._all.products()
        self._show("products")
        products.create_for_movement(name)

    def give_product_up(self) -> None:
        """Go back to the page that needed a product."""
        self.go(self._needs_product)

    def use_created(self, product: Product) -> None:
        """Go back to the page that needed a product, with it."""
        if self.takes_created(product):
            self.go(self._needs_product)
        else:
            self._use(self._needs_product, product)

    def open_card(self, product: Product) -> None:
        """Go and look at the stock card of a product."""
        self.go("stock_card")
        if self._page == "stock_card":
            self._all.stock_card().open(product)

    def open_product(self, product: Product, lot: str = "") -> None:
        """Go and look at all about a product; where a lot is named, at where that has been."""
        self._all.product().open(product, lot)
        self.go("product")

    def open_reservations(self, product: Product | None) -> None:
        """Go and look at the reservations of a product, or at all."""
        self._all.reservations().open(product)
        self.go("reservations")

    def open_labels(self, lines: Sequence[Line]) -> None:
        """Go and print labels of what was selected."""
        self._all.labels().add(lines)
        self.go("labels")

    def use_product(self, product: Product) -> None:
        """Go and register an entry of a product."""
        self._use("entry", product)

    def movement_undone(self) -> None:
        """Show what the present page has to show of it."""
        self._present.resume()

    def movement_registered(self) -> None:
        """Take note that what was under way is done."""
        self.leaving.forget()

    def say(self, text: str, kind: MessageKind) -> None:
        """Say something in the status bar."""
        self.leaving.forget()
        self._said = kind
        self._view.show_message(text, kind)

    def server_back(self) -> None:
        """Ask again what could not be answered while the server was away."""
        for form in (self._all.register, self._all.login):
            form.server_back()
        if self._account is not None:
            for page in (self._all.there, *self._all.beside):
                page.resume()

    def correct(self, kept: Kept) -> bool:
        """Go and correct a movement that was refused; return False when something stands in its form."""
        kind = kept.body.get("tipo", ENTRY)
        name = next(name for name, form in FORMS.items() if kind in form.kinds)
        if self._account is None or name not in pages_of(self._account):
            return False
        page = self._all.movements[name]()
        if not page.is_free:
            return False
        self.go(name)
        page.form.correct(kept)
        return True

    # -- the end of a session

    def may_close(self) -> bool:
        """Tell whether the window may be closed; the first time not while something would be lost."""
        return self.leaving.may_close()

    def session_expired(self, error: SessionExpired) -> None:
        """Ask for a new log-in; what was typed stays."""
        if self._account is None:
            return
        username = self._account.username
        self._end_session()
        kept = _("What you typed is kept.")
        self._all.login.start(username, f"{error.message} {kept}", is_error=True)

    def log_out(self) -> None:
        """End the session because the person wants it; the first time not while something would be lost."""
        if self._account is None or not self.leaving.may_log_out():
            return
        farewell = self.leaving.farewell()
        # Whether the server heard it changes nothing here: the token is forgotten.
        self._jobs.run(self._log_out, lambda nothing: None, lambda error: None, self)
        self._end_session()
        self._owner = ""
        self._reset_pages()
        self.say("", "plain")
        self._all.login.start(message=farewell)

    def _show(self, page: PageName) -> None:
        self._page = page
        if self._said != "danger":
            # It was about the page before; what went wrong stays until it is settled.
            self.say("", "plain")
        self._view.show_screen(page)

    def _use(self, page: PageName, product: Product) -> None:
        self.go(page)
        if page == self._page and page in self._all.movements:
            self._all.movements[page]().form.use(product)

    def _reset_pages(self) -> None:
        for page in (self._all.there, *self._all.beside):
            page.reset()

    def _end_session(self) -> None:
        self._account = None
        if self._page == "password":
            self._present.leave()
            self._page = "entry"
        self._view.show_account("")
        self._view.show_screen("login")

    @property
    def _present(self) -> Page:
        return self._all.pages[self._page]()

    @property
    def _all(self) -> Presenters:
        assert self._presenters is not None, "lead() comes first"
        return self._presenters
