"""The window around the screens: header with connection and account, footer with receipt and log."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import Literal

import ttkbootstrap as tb

from almoxarife.desktop.kit.fitted_label import FittedLabel
from almoxarife.desktop.kit.theme import Window, space
from almoxarife.desktop.kit.theme_button import ThemeButton
from almoxarife.desktop.monitor.live.connection import ConnectionState
from almoxarife.desktop.monitor.live.texts import Footer
from almoxarife.i18n import _

ScreenName = Literal["login", "live"]


class MonitorFrame:
    """Shows one screen at a time; connection and account only while somebody is logged in."""

    def __init__(self, window: Window, server_url: str) -> None:
        self._window = window
        self._server = _("Server {address}").format(address=server_url)
        self._screens: dict[ScreenName, tk.Widget] = {}
        self._log_out: Callable[[], None] = lambda: None
        self._switch_wall: Callable[[], None] = lambda: None
        window.columnconfigure(0, weight=1)
        window.rowconfigure(1, weight=1)
        # The content is made first, so that Tab goes through it before the header.
        self.content = tb.Frame(window)
        self.content.grid(row=1, column=0, sticky="nsew")
        self.content.columnconfigure(0, weight=1)
        self.content.rowconfigure(0, weight=1)
        self._build_header().grid(row=0, column=0, sticky="ew")
        self._build_footer().grid(row=2, column=0, sticky="ew")

    def connect(self, log_out: Callable[[], None], switch_wall: Callable[[], None]) -> None:
        """Let the log-out go to the presenter, and the full screen to the program."""
        self._log_out, self._switch_wall = log_out, switch_wall

    def add(self, name: ScreenName, screen: tk.Widget) -> None:
        """Take a screen, a child of ``content``."""
        self._screens[name] = screen

    def show_screen(self, name: ScreenName) -> None:
        """Show a screen in place of the present one."""
        for other in self._screens.values():
            other.grid_remove()
        self._screens[name].grid(row=0, column=0, sticky="nsew")

    def show_account(self, text: str) -> None:
        """Show who is logged in, and the connection; with an empty text only which server will be asked."""
        self._who.show(text)
        for part in (self._connection, self._who, self._leave):
            part.grid() if text else part.grid_remove()
        if not text:
            self._status.configure(text=self._server)

    def show_connection(self, state: ConnectionState) -> None:
        """Show whether the window is live, in words, by a sign and in colour."""
        if state.text != self._connection.cget("text"):
            style = "success" if state.live else "danger"
            self._connection.configure(text=state.text, bootstyle=f"{style} @chrome")

    def show_footer(self, footer: Footer) -> None:
        """Show last receipt, last update and where the log is."""
        self._status.configure(text=footer.status)
        self._log_place.configure(bootstyle="secondary @chrome" if footer.log_works else "danger @chrome")
        self._log_place.show(footer.log)

    def _build_header(self) -> tb.Frame:
        header = tb.Frame(
            self._window, bootstyle="@chrome", padding=(space(self._window, 2), space(self._window))
        )
        # Where there is little room, the name of who is logged in is shortened and nothing else.
        header.columnconfigure(3, weight=1)
        tb.Label(header, text=_("Almoxarife"), font="TkHeadingFont", bootstyle="@chrome").grid(
            row=0, column=0
        )
        tb.Label(header, text=_("Inventory monitor"), bootstyle="secondary @chrome").grid(
            row=0, column=1, padx=(space(header), 0)
        )
        self._connection = tb.Label(header, bootstyle="secondary @chrome")
        self._connection.grid(row=0, column=2, padx=(space(header, 3), 0))
        self._who = FittedLabel(header, anchor="e", bootstyle="secondary @chrome")
        self._who.grid(row=0, column=3, sticky="ew", padx=space(header))
        self._leave = tb.Button(
            header, text=_("Log out"), bootstyle="ghost @chrome", command=lambda: self._log_out()
        )
        self._leave.grid(row=0, column=4)
        wall = tb.Button(
            header, text="⤢", width=2, bootstyle="ghost @chrome", command=lambda: self._switch_wall()
        )
        tb.ToolTip(wall, text=_("Full screen, in large letters (F11)"))
        wall.grid(row=0, column=5)
        ThemeButton(header, self._window, bootstyle="ghost @chrome").grid(row=0, column=6)
        return header

    def _build_footer(self) -> tb.Frame:
        footer = tb.Frame(
            self._window, bootstyle="@chrome", padding=(space(self._window, 2), space(self._window, 0.75))
        )
        footer.columnconfigure(1, weight=1)
        self._status = tb.Label(footer, bootstyle="secondary @chrome")
        self._status.grid(row=0, column=0, padx=(0, space(footer, 3)))
        self._log_place = FittedLabel(footer, shorten="middle", anchor="e", bootstyle="secondary @chrome")
        self._log_place.grid(row=0, column=1, sticky="ew")
        return footer
