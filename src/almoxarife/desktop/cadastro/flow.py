"""Which screen comes after which, and who is logged in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from almoxarife.client.accounts import Account
from almoxarife.client.errors import SessionExpired
from almoxarife.client.movements import Entry
from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.entry.last import LastEntries
from almoxarife.desktop.cadastro.entry.presenter import EntryPresenter
from almoxarife.desktop.cadastro.password.presenter import PasswordPresenter
from almoxarife.desktop.cadastro.products.presenter import ProductsPresenter
from almoxarife.desktop.cadastro.register.presenter import RegisterPresenter
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs, LoginPresenter
from almoxarife.i18n import _

ScreenName = Literal["welcome", "register", "login", "entry", "products", "password"]


class FlowView(Protocol):
    """What the flow tells the window to do."""

    def show_screen(self, name: ScreenName) -> None:
        """Show a screen in place of the present one."""

    def show_account(self, text: str) -> None:
        """Show who is logged in; an empty text: nobody."""

    def show_message(self, text: str, kind: MessageKind) -> None:
        """Say in the status bar what happened."""


@dataclass
class Presenters:
    """The presenters of the screens."""

    register: RegisterPresenter
    login: LoginPresenter
    entry: EntryPresenter
    last: LastEntries
    products: ProductsPresenter
    password: PasswordPresenter


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
        self._page: ScreenName = "entry"
        self._warned = False
        self._said: MessageKind = "plain"

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
        if account.username != self._owner:
            self._owner = account.username
            self._page = "entry"
            self._all.entry.reset()
            self._all.products.reset()
        self._account = account
        self._view.show_account(f"{account.username} · {account.role}")
        self.say("", "plain")
        self._all.last.start(account.username)
        self.go(self._page)

    # -- at work

    def go(self, page: ScreenName) -> None:
        """Show a page."""
        if self._account is None:
            return
        if self._page == "password":
            self._all.password.stop()
        if page != "products":
            self._all.products.leave()
        self._page = page
        if self._said == "success":
            # It was about the page before; what went wrong stays until it is settled.
            self.say("", "plain")
        self._view.show_screen(page)
        if page == "entry":
            self._all.entry.start()
        elif page == "products":
            self._all.products.start()
        else:
            self._all.password.start()

    def to_entry(self) -> None:
        """Go back to the work."""
        self.go("entry")

    def password_changed(self, answer: str) -> None:
        """Go back to the work."""
        self.go("entry")
        self.say(answer, "success")

    def create_product(self, name: str) -> None:
        """Go and create a product that an entry needs."""
        self._page = "products"
        self._view.show_screen("products")
        self._all.products.start(name)

    def use_product(self, product: Product) -> None:
        """Go and register an entry of a product."""
        self.go("entry")
        self._all.entry.use(product)

    def entry_registered(self, entry: Entry) -> None:
        """Show a new entry in the list."""
        self._warned = False
        self._all.last.add(entry)

    def say(self, text: str, kind: MessageKind) -> None:
        """Say something in the status bar."""
        self._said = kind
        self._view.show_message(text, kind)

    def server_back(self) -> None:
        """Ask again what could not be answered while the server was away."""
        for form in (self._all.register, self._all.login, self._all.password):
            form.server_back()
        if self._account is not None:
            self._all.last.load()
            self._all.entry.picker.resume()
            self._all.products.resume()

    # -- the end of a session

    def may_close(self) -> bool:
        """Tell whether the window may be closed; the first time not while an entry is being registered."""
        if not self._all.entry.busy or self._warned:
            return True
        self._warned = True
        self.say(_("An entry is being registered. Close again to leave without waiting for it."), "danger")
        return False

    def session_expired(self, error: SessionExpired) -> None:
        """Ask for a new log-in; what was typed stays."""
        if self._account is None:
            return
        username = self._account.username
        self._end_session()
        kept = _("What you typed is kept.")
        self._all.login.start(username, f"{error.message} {kept}", is_error=True)

    def log_out(self) -> None:
        """End the session because the person wants it."""
        if self._account is None:
            return
        # Whether the server heard it changes nothing here: the token is forgotten.
        self._jobs.run(self._log_out, lambda nothing: None, lambda error: None, self)
        self._end_session()
        self._owner = ""
        self._all.entry.reset()
        self._all.products.reset()
        self.say("", "plain")
        self._all.login.start()

    def _end_session(self) -> None:
        self._account = None
        if self._page == "password":
            self._all.password.stop()
            self._page = "entry"
        self._view.show_account("")
        self._view.show_screen("login")

    @property
    def _all(self) -> Presenters:
        assert self._presenters is not None, "lead() comes first"
        return self._presenters
