"""The window around the screens: header, navigation, status bar."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.flow import ScreenName
from almoxarife.desktop.kit.status_bar import StatusBar
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.kit.theme import Window, space
from almoxarife.desktop.kit.theme_button import ThemeButton
from almoxarife.i18n import _

# Screens reached through the navigation, in its order; the letter is pressed with Alt.
PAGES: tuple[ScreenName, ...] = ("entry", "products")


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
            button.configure(bootstyle="secondary" if page == name else "ghost @chrome")

    def show_account(self, text: str) -> None:
        """Show who is logged in, and the navigation; an empty text takes both away."""
        self._who.configure(text=text)
        if text:
            self._account.grid()
            self._nav.grid(row=1, column=0, sticky="ns")
        else:
            self._account.grid_remove()
            self._nav.grid_remove()

    def show_message(self, text: str, kind: MessageKind) -> None:
        """Say in the status bar what happened."""
        self.status.show_message(text, kind)

    def _build_navigation(self) -> tuple[tb.Frame, dict[ScreenName, tb.Button]]:
        nav = tb.Frame(self._window, bootstyle="@chrome", padding=space(self._window))
        titles: dict[ScreenName, str] = {"entry": _("Entry"), "products": _("Products")}
        buttons: dict[ScreenName, tb.Button] = {}
        for row, page in enumerate(PAGES):
            button = tb.Button(
                nav,
                text=titles[page],
                underline=0,
                width=14,
                bootstyle="ghost @chrome",
                command=lambda page=page: self._go(page),
            )
            button.grid(row=row, column=0, sticky="ew", pady=(0, space(nav, 0.5)), ipady=space(nav, 0.5))
            letter = titles[page][0].lower()
            self._window.bind(f"<Alt-{letter}>", lambda event, page=page: self._on_letter(page), add=True)  # type: ignore[misc]
            buttons[page] = button
        return nav, buttons

    def _build_header(self) -> tb.Frame:
        header = tb.Frame(
            self._window, bootstyle="@chrome", padding=(space(self._window, 2), space(self._window))
        )
        header.columnconfigure(1, weight=1)
        tb.Label(header, text=_("Almoxarife"), font="TkHeadingFont", bootstyle="@chrome").grid(
            row=0, column=0
        )
        self._account = tb.Frame(header, bootstyle="@chrome")
        self._account.grid(row=0, column=2)
        self._who = tb.Label(self._account, bootstyle="secondary @chrome")
        self._who.grid(row=0, column=0, padx=space(header))
        tb.Button(
            self._account,
            text=_("Change password"),
            bootstyle="ghost @chrome",
            command=lambda: self._go("password"),
        ).grid(row=0, column=1)
        tb.Button(
            self._account, text=_("Log out"), bootstyle="ghost @chrome", command=lambda: self._log_out()
        ).grid(row=0, column=2)
        ThemeButton(header, self._window, bootstyle="ghost @chrome").grid(row=0, column=3)
        return header

    def _on_letter(self, page: ScreenName) -> str | None:
        if not self._nav.winfo_ismapped():
            return None
        self._go(page)
        return "break"
