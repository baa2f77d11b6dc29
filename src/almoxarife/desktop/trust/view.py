"""The window in which a person compares a server's fingerprint, before the program itself opens."""

from __future__ import annotations

import gc
import tkinter as tk
from collections.abc import Callable

import ttkbootstrap as tb

from almoxarife.client.authorities import Authorities
from almoxarife.client.introduction import Stranger, introduce
from almoxarife.config import Settings
from almoxarife.desktop.kit.access_key import give_key
from almoxarife.desktop.kit.card import Card
from almoxarife.desktop.kit.jobs import Jobs
from almoxarife.desktop.kit.preferences import Preferences
from almoxarife.desktop.kit.theme import Window, space
from almoxarife.desktop.kit.wrapped_label import WrappedLabel
from almoxarife.desktop.trust.presenter import Met, TrustPresenter
from almoxarife.i18n import _

TEXT_WIDTH = 520
# Eight groups of four digits a line: people compare by lines.
_GROUPS_A_LINE = 8
# For the thread that asked the server; by then it has nothing to do.
_THREAD_LIMIT_S = 2.0


class TrustScreen(Card):
    """What the server says of itself, and two answers."""

    def __init__(self, parent: tk.Misc, *, close: Callable[[], None]) -> None:
        super().__init__(parent, _("Is this the right server?"))
        self.close = close
        self.body.columnconfigure(0, minsize=int(tb.scale_size(self, TEXT_WIDTH)))
        self.text = WrappedLabel(self.body)
        self.text.grid(row=1, column=0, sticky="ew")
        self.fingerprint = tb.Label(self.body, font="TkFixedFont", justify="center", anchor="center")
        self.fingerprint.grid(row=2, column=0, sticky="ew", pady=space(self, 2))
        self.remark = WrappedLabel(self.body, bootstyle="secondary")
        self.remark.grid(row=3, column=0, sticky="ew")
        buttons = tb.Frame(self.body)
        buttons.grid(row=4, column=0, sticky="e", pady=(space(self, 3), 0))
        self.leave = tb.Button(buttons)
        self.again = tb.Button(buttons, bootstyle="primary")
        self.trust = tb.Button(buttons, bootstyle="primary")
        give_key(self.leave, _("&Leave"))
        give_key(self.again, _("Try &again"))
        give_key(self.trust, _("It is the same: &trust it"))
        self.leave.grid(row=0, column=0)
        for button in (self.again, self.trust):
            button.grid(row=0, column=1, padx=(space(self), 0))

    def connect(self, presenter: TrustPresenter) -> None:
        """Give the buttons their work."""
        self.leave.configure(command=presenter.leave)
        self.again.configure(command=presenter.start)
        self.trust.configure(command=presenter.trust)
        self.winfo_toplevel().bind("<Escape>", lambda event: presenter.leave())

    def show_waiting(self, text: str) -> None:
        """Say that the server is being asked."""
        self._show(text, "", "")
        self.again.grid_remove()
        self.trust.grid_remove()
        self.leave.focus_set()

    def ask(self, text: str, fingerprint: str) -> None:
        """Ask whether a server is the right one; nothing is pressed by a stray Enter."""
        groups = fingerprint.split()
        lines = [groups[start : start + _GROUPS_A_LINE] for start in range(0, len(groups), _GROUPS_A_LINE)]
        remark = _(
            "If a single digit differs, somebody else may be answering in its place: leave, and tell who looks after "
            "the server. You are asked only once."
        )
        self._show(text, "\n".join("  ".join(line) for line in lines), remark)
        self.again.grid_remove()
        self.trust.grid()
        self.leave.focus_set()

    def show_failure(self, text: str) -> None:
        """Say why the server could not be asked, and offer to try again."""
        self._show(text, "", "")
        self.trust.grid_remove()
        self.again.grid()
        self.again.focus_set()

    def _show(self, text: str, fingerprint: str, remark: str) -> None:
        self.text.show(text)
        self.fingerprint.configure(text=fingerprint)
        self.remark.show(remark)


class TrustWindow:
    """A window of its own; ``presenter.met`` tells how it ended."""

    def __init__(
        self, settings: Settings, authorities: Authorities, ask: Callable[[str], Stranger | None] = introduce
    ) -> None:
        self.window = Window(_("Almoxarife"), Preferences(settings.data_dir))
        self.jobs = Jobs(self.window, threads=1)
        self.screen = TrustScreen(self.window, close=self.close)
        self.screen.pack(fill="both", expand=True)
        self.presenter = TrustPresenter(settings.server_url, authorities, ask, self.jobs, self.screen)
        self.screen.connect(self.presenter)
        self.window.protocol("WM_DELETE_WINDOW", self.presenter.leave)

    def start(self) -> None:
        """Show the window, and ask the server who it is."""
        self.window.deiconify()
        self.presenter.start()

    def close(self) -> None:
        """End."""
        self.jobs.close()
        self.window.destroy()


def meet(settings: Settings) -> Met | None:
    """Return who vouches for the server, asking the person where need be; None when the person leaves."""
    authorities = Authorities(settings.data_dir)
    known = authorities.of(settings.server_url)
    if known is not None or authorities.path(settings.server_url) is None:
        return Met(known)
    window = TrustWindow(settings, authorities)
    window.start()
    window.window.mainloop()
    met = window.presenter.met
    if met is not None:
        # Tcl ends the program when another thread lets go of this window than the one that made it, and the next
        # window has threads that may come upon it.
        window.jobs.join(_THREAD_LIMIT_S)
        del window
        gc.collect()
    return met
