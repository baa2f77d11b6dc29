"""The register program: builds its window and joins screens, presenters and server."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from almoxarife.client.movements import new_id
from almoxarife.config import Settings
from almoxarife.desktop.cadastro.api import Api
from almoxarife.desktop.cadastro.calls import Calls
from almoxarife.desktop.cadastro.entry.last import LastEntries
from almoxarife.desktop.cadastro.entry.presenter import EntryPresenter
from almoxarife.desktop.cadastro.entry.view import Actions, EntryScreen
from almoxarife.desktop.cadastro.flow import Flow, Presenters
from almoxarife.desktop.cadastro.frame.view import MainFrame
from almoxarife.desktop.cadastro.password.presenter import PasswordPresenter
from almoxarife.desktop.cadastro.password.view import PasswordScreen
from almoxarife.desktop.cadastro.products.presenter import ProductsPresenter
from almoxarife.desktop.cadastro.products.view import ProductsScreen
from almoxarife.desktop.cadastro.register.presenter import RegisterPresenter
from almoxarife.desktop.cadastro.register.view import RegisterScreen
from almoxarife.desktop.cadastro.welcome.view import WelcomeScreen
from almoxarife.desktop.kit.jobs import Jobs
from almoxarife.desktop.kit.preferences import Preferences
from almoxarife.desktop.kit.theme import Window
from almoxarife.desktop.kit.timer import TkTimer
from almoxarife.desktop.login.presenter import LoginPresenter
from almoxarife.desktop.login.view import LoginScreen
from almoxarife.i18n import _

# A server that hangs holds at the most one thread for each of: health, both searches, the list, a
# log-in, an account or a product being made. One more, so that an entry never waits for them.
THREADS = 8


class Program:
    """The window with everything in it."""

    def __init__(self, api: Api, preferences: Preferences) -> None:
        self.window = Window(_("Almoxarife — Register"), preferences)
        self.jobs = Jobs(self.window, threads=THREADS)
        timer = TkTimer(self.window)
        self.frame = MainFrame(self.window)
        self.calls = Calls(self.jobs, timer, api.health, self.frame.status)
        self._build_screens()
        self.flow = Flow(self.frame, self.calls, api.log_out, self.welcome.start)
        self._lead(api, timer)
        self.frame.connect(self.flow.go, self.flow.log_out)
        self.calls.expired = self.flow.session_expired
        self.calls.back = self.flow.server_back
        self.window.protocol("WM_DELETE_WINDOW", self.close)

    def start(self) -> None:
        """Show the window with the first question."""
        self.calls.start()
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
        self.welcome = WelcomeScreen(
            content, has_account=lambda: self.flow.to_login(), has_none=lambda: self.flow.to_register()
        )
        self.register = RegisterScreen(content, go_back=lambda: self.flow.welcome())
        self.login = LoginScreen(content, go_back=lambda: self.flow.welcome())
        self.entry = EntryScreen(content)
        self.products = ProductsScreen(content)
        self.password = PasswordScreen(content, go_back=lambda: self.flow.to_entry())
        self.frame.add("welcome", self.welcome)
        self.frame.add("register", self.register)
        self.frame.add("login", self.login)
        self.frame.add("entry", self.entry)
        self.frame.add("products", self.products)
        self.frame.add("password", self.password)

    def _lead(self, api: Api, timer: TkTimer) -> None:
        flow, calls = self.flow, self.calls
        register = RegisterPresenter(api.register_account, calls, self.register, flow.registered)
        self.register.connect(register.submit)
        login = LoginPresenter(api.log_in, calls, self.login, flow.logged_in)
        self.login.connect(login.submit)
        password = PasswordPresenter(api.change_password, calls, self.password, flow.password_changed)
        self.password.connect(password.submit)
        last = LastEntries(
            api.latest, calls, self.entry, lambda: datetime.now(UTC), loaded=lambda rows: entry.notice(rows)
        )
        entry = self._entry_presenter(api, timer, last)
        products = ProductsPresenter(
            api,
            calls,
            timer,
            self.products,
            say=flow.say,
            created=flow.use_product,
            cancelled=flow.to_entry,
        )
        self.products.connect(
            create=products.create,
            search=products.type_search,
            use=flow.use_product,
            cancel=products.cancel,
        )
        flow.lead(Presenters(register, login, entry, last, products, password))

    def _entry_presenter(self, api: Api, timer: TkTimer, last: LastEntries) -> EntryPresenter:
        entry = EntryPresenter(
            api,
            self.calls,
            timer,
            self.entry,
            new_id=new_id,
            say=self.flow.say,
            registered=self.flow.entry_registered,
            in_doubt_settled=last.load,
            create=self.flow.create_product,
        )
        picker = entry.picker
        self.entry.connect(
            Actions(
                type_product=picker.type,
                type_quantity=entry.type_quantity,
                press_enter=picker.press_enter,
                press_tab=picker.press_tab,
                come=picker.come,
                leave=picker.leave,
                move=picker.move,
                choose=picker.choose,
                choose_creation=picker.choose_creation,
                put_away=picker.put_away,
                clear=entry.clear,
                submit=entry.submit,
            )
        )
        return entry


def run(settings: Settings) -> int:
    """Run the register program until its window is closed; return the exit status."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    program = Program(Api(settings.server_url), Preferences(settings.data_dir))
    program.start()
    program.window.mainloop()
    return 0
