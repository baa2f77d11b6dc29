"""Widgets of the strip of alerts."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

import ttkbootstrap as tb

from almoxarife.desktop.kit.field import ChoiceField
from almoxarife.desktop.kit.notice import Notice
from almoxarife.desktop.kit.theme import space
from almoxarife.desktop.monitor.alerts.presenter import NoticeKind
from almoxarife.i18n import _

KIND_WIDTH = 17


class AlertBar(tb.Frame):
    """An open alert on a coloured ground; beside it which kinds are shown, and whether it sounds.

    It is gridded by its owner, and takes no room while there is none.
    """

    def __init__(
        self,
        parent: tk.Misc,
        *,
        kind: Callable[[str], None],
        show_next: Callable[[], None],
        sound: Callable[[bool], None],
    ) -> None:
        super().__init__(parent)
        self.columnconfigure(0, weight=1)
        self.notice = Notice(self, dismiss_text=_("Next"), dismissed=show_next)
        self.notice.grid(row=0, column=0, sticky="ew")
        self.kind = ChoiceField(self, "", width=KIND_WIDTH, bare=True)
        self.kind.grid(row=0, column=1, padx=space(self))
        self.kind.on_change(kind)
        self.sounds = tk.BooleanVar(self, value=True)
        self.sound = tb.Checkbutton(
            self, text=_("Sound"), variable=self.sounds, command=lambda: sound(self.sounds.get())
        )
        self.sound.grid(row=0, column=2)

    def set_kinds(self, labels: Sequence[str]) -> None:
        """Set by which kinds the alerts can be narrowed."""
        self.kind.set_options(labels)

    def show_alert(self, text: str, kind: NoticeKind, *, more: bool) -> None:
        """Show an alert, and whether there are others."""
        if not text:
            self.grid_remove()
            return
        self.notice.show(text, kind, button=more)
        self.grid()

    def ring(self) -> None:
        """Sound, unless the person wants it quiet."""
        if self.sounds.get():
            self.bell()
