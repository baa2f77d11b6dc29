"""The window around the screens: header, navigation, status bar."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.flow import ScreenName
from almoxarife.desktop.cadastro.frame.navigation_view import Navigation
from almoxarife.desktop.cadastro.pages import PageName
from almoxarife.desktop.kit.access_key import give_key
from almoxarife.desktop.kit.fitted_label import FittedLabel
from almoxarife.desktop.kit.question import Question
from almoxarife.desktop.kit.status_bar import StatusBar
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.kit.theme import Window, space
from almoxarife.desktop.kit.theme_button import ThemeButton
from almoxarife.i18n import _


class MainFrame:
    """Shows one screen at a time; navigation and account only while somebody is logged in."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._screens: dict[ScreenName, tk.Widget] = {}
        self._go: Callable[[PageName], None] = lambda name: None
        self._log_out: Callable[[], None] = lambda: None
        self._confirm: Callable[[], None] = lambda: None
        self._cancel: Callable[[], None] = lambda: None
        window.columnconfigure(1, weight=1)
        window.rowconfigure(1, weight=1)
        # The content is made first, so that Tab goes through it before navigation and header.
        self.content = tb.Frame(window)
        self.content.grid(row=1, column=1, sticky="nsew")
        self.content.columnconfigure(0, weight=1)
        self.content.rowconfigure(0, weight=1)
        self.navigation = Navigation(window, self._on_page)
        self._header = self._build_header()
        self._header.grid(row=0, column=0, columnspan=2, sticky="ew")
        self.question = Question(
            window,
            yes_text=_("Reverse (F8)"),
            no_text=_("Leave it (Esc)"),
            yes=lambda: self._confirm(),
            no=lambda: self._cancel(),
        )
        self.question.grid(row=2, column=0, columnspan=2, sticky="ew")
        self.question.grid_remove()
        self.status = StatusBar(window)
        self.status.grid(row=3, column=0, columnspan=2, sticky="ew")
        self.status.pending.configure(command=partial(self._on_page, "pending"))
        window.bind("<F4>", lambda event: self._on_page("pending"), add=True)

    @property
    def account_text(self) -> str:
        """Who is said to be logged in."""
        return self._who.text

    def connect(self, go: Callable[[PageName], None], log_out: Callable[[], None]) -> None:
        """Let navigation and log-out go to the presenter."""
        self._go, self._log_out = go, log_out

    def connect_undo(
        self, press: Callable[[], None], confirm: Callable[[], None], cancel: Callable[[], None]
    ) -> None:
        """Let F8, and the answers to what it asks, go to the presenter."""
        self._confirm, self._cancel = confirm, cancel
        self._window.bind("<F8>", lambda event: press(), add=True)

    def ask(self, text: str) -> None:
        """Ask whether to take a movement back."""
        self.question.ask(text)

    def stop_asking(self) -> None:
        """Ask no more."""
        self.question.stop()

    def add(self, name: ScreenName, screen: tk.Widget) -> None:
        """Take a screen, a child of ``content``."""
        self._screens[name] = screen

    def show_screen(self, name: ScreenName) -> None:
        """Show a screen in place of the present one."""
        for other in self._screens.values():
            other.grid_remove()
        self._screens[name].grid(row=0, column=0, sticky="nsew")
        self.navigation.show_here(name)

    @property
    def shown(self) -> list[ScreenName]:
        """The screens that take up the place of one."""
        return [name for name, screen in self._screens.items() if screen.winfo_manager()]

    def show_account(self, text: str) -> None:
        """Show who is logged in, and the navigation; an empty text takes both away."""
        self._who.show(text)
        if text:
            # Before the log-in the forms themselves carry the name.
            self._brand.grid()
            self._account.grid()
            self.navigation.grid(row=1, column=0, sticky="ns")
        else:
            self._brand.grid_remove()
            self._account.grid_remove()
            self.navigation.grid_remove()

    def show_shop(self, name: str) -> None:
        """Show the shop's name; the program's own when it has none."""
        self._brand.show(name or _("Almoxarife"))

    @property
    def shop_text(self) -> str:
        """Whose program it is said to be."""
        return self._brand.text

    def show_pages(self, pages: Sequence[PageName]) -> None:
        """Show these pages in the navigation and no others."""
        self.navigation.show_pages(pages)

    def show_message(self, text: str, kind: MessageKind) -> None:
        """Say in the status bar what happened."""
        self.status.show_message(text, kind)

    def _build_header(self) -> tb.Frame:
        header = tb.Frame(
            self._window, bootstyle="@chrome", padding=(space(self._window, 2), space(self._window))
        )
        header.columnconfigure((0, 1), weight=1)
        self._brand = FittedLabel(header, font="TkHeadingFont", bootstyle="@chrome")
        self._brand.grid(row=0, column=0, sticky="ew")
        self.show_shop("")
        self._who = FittedLabel(header, bootstyle="secondary @chrome", anchor="e")
        self._who.grid(row=0, column=1, sticky="ew", padx=space(header))
        self._account = tb.Frame(header, bootstyle="@chrome")
        self._account.grid(row=0, column=2)
        change = tb.Button(
            self._account, bootstyle="ghost @chrome", command=partial(self._on_page, "password")
        )
        give_key(change, _("Ch&ange password"))
        change.grid(row=0, column=0)
        # No letter of its own: a session must not end by a slip of the finger.
        tb.Button(
            self._account, text=_("Log out"), bootstyle="ghost @chrome", command=lambda: self._log_out()
        ).grid(row=0, column=1)
        ThemeButton(header, self._window, bootstyle="ghost @chrome").grid(row=0, column=3)
        return header

    def _on_page(self, page: PageName) -> None:
        self._go(page)
