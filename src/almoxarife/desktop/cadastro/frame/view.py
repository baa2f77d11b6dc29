"""The window around the screens: header, navigation, status bar."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from functools import partial

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.flow import ScreenName
from almoxarife.desktop.kit.access_key import give_key
from almoxarife.desktop.kit.button_styles import HERE, PLACE
from almoxarife.desktop.kit.fitted_label import FittedLabel
from almoxarife.desktop.kit.status_bar import StatusBar
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.kit.theme import Window, space
from almoxarife.desktop.kit.theme_button import ThemeButton
from almoxarife.i18n import _

# Screens reached through the navigation, in its order.
PAGES: tuple[ScreenName, ...] = ("entry", "products")
# Width of the navigation in spacing steps.
NAVIGATION_STEPS = 17


class MainFrame:
    """Shows one screen at a time; navigation and account only while somebody is logged in."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._screens: dict[ScreenName, tk.Widget] = {}
        self._go: Callable[[ScreenName], None] = lambda name: None
        self._log_out: Callable[[], None] = lambda: None
        window.columnconfigure(1, weight=1)
        window.rowconfigure(1, weight=1)
        # The content is made first, so that Tab goes through it before navigation and header.
        self.content = tb.Frame(window)
        self.content.grid(row=1, column=1, sticky="nsew")
        self.content.columnconfigure(0, weight=1)
        self.content.rowconfigure(0, weight=1)
        self._nav, self._buttons = self._build_navigation()
        self._header = self._build_header()
        self._header.grid(row=0, column=0, columnspan=2, sticky="ew")
        self.status = StatusBar(window)
        self.status.grid(row=2, column=0, columnspan=2, sticky="ew")

    @property
    def account_text(self) -> str:
        """Who is said to be logged in."""
        return self._who.text

    def connect(self, go: Callable[[ScreenName], None], log_out: Callable[[], None]) -> None:
        """Let navigation and log-out go to the presenter."""
        self._go, self._log_out = go, log_out

    def add(self, name: ScreenName, screen: tk.Widget) -> None:
        """Take a screen, a child of ``content``."""
        self._screens[name] = screen

    def show_screen(self, name: ScreenName) -> None:
        """Show a screen in place of the present one."""
        for other in self._screens.values():
            other.grid_remove()
        self._screens[name].grid(row=0, column=0, sticky="nsew")
        for page, button in self._buttons.items():
            button.configure(style=HERE if page == name else PLACE)

    def show_account(self, text: str) -> None:
        """Show who is logged in, and the navigation; an empty text takes both away."""
        self._who.show(text)
        if text:
            # Before the log-in the forms themselves carry the name.
            self._brand.grid()
            self._account.grid()
            self._nav.grid(row=1, column=0, sticky="ns")
        else:
            self._brand.grid_remove()
            self._account.grid_remove()
            self._nav.grid_remove()

    def show_message(self, text: str, kind: MessageKind) -> None:
        """Say in the status bar what happened."""
        self.status.show_message(text, kind)

    def _build_navigation(self) -> tuple[tb.Frame, dict[ScreenName, tb.Button]]:
        nav = tb.Frame(self._window, bootstyle="@chrome", padding=space(self._window))
        # The place where one is is written bold, and wider; the column must not change with it.
        nav.columnconfigure(0, minsize=space(nav, NAVIGATION_STEPS))
        titles: dict[ScreenName, str] = {"entry": _("&Entry"), "products": _("&Products")}
        buttons: dict[ScreenName, tb.Button] = {}
        for row, page in enumerate(PAGES):
            button = tb.Button(nav, style=PLACE, command=partial(self._on_page, page))
            give_key(button, titles[page])
            button.grid(row=row, column=0, sticky="ew", pady=(0, space(nav, 0.5)), ipady=space(nav, 0.5))
            buttons[page] = button
        return nav, buttons

    def _build_header(self) -> tb.Frame:
        header = tb.Frame(
            self._window, bootstyle="@chrome", padding=(space(self._window, 2), space(self._window))
        )
        header.columnconfigure(1, weight=1)
        self._brand = tb.Label(header, text=_("Almoxarife"), font="TkHeadingFont", bootstyle="@chrome")
        self._brand.grid(row=0, column=0)
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

    def _on_page(self, page: ScreenName) -> None:
        self._go(page)
