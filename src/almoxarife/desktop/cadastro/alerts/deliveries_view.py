"""Widgets of the tab with what a webhook was told."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.listing.growing_view import ShowsRows
from almoxarife.desktop.kit.busy_button import BusyButton
from almoxarife.desktop.kit.field import ChoiceField
from almoxarife.desktop.kit.growing_table import GrowingTable
from almoxarife.desktop.kit.inner_keys import bind_inside
from almoxarife.desktop.kit.table_column import Column
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _

WEBHOOK_WIDTH, SITUATION_WIDTH = 28, 16


@dataclass(frozen=True)
class Actions:
    """What the person can do on this tab."""

    choose: Callable[[str], None]
    choose_situation: Callable[[str], None]
    at_end: Callable[[], None]
    try_now: Callable[[], None]
    refresh: Callable[[], None]


class DeliveriesPanel(ShowsRows, tb.Frame):
    """Whose deliveries, the list, and below it the verbs; F5 asks again, F6 tries now."""

    def __init__(self, parent: tk.Misc, *, is_current: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._actions: Actions | None = None
        self._is_current = is_current
        self.columnconfigure(0, weight=1)
        self.rowconfigure(1, weight=1)
        self._build_filters().grid(row=0, column=0, sticky="ew")
        self.table = GrowingTable(self, _columns(), at_end=lambda: self._act().at_end())
        self.table.grid(row=1, column=0, sticky="nsew")
        self.show_in(self.table, self.situation.show_hint)
        self._build_verbs().grid(row=2, column=0, sticky="e", pady=(space(self), 0))
        bind_inside(self, "<F5>", lambda: self._act().refresh())
        bind_inside(self, "<F6>", lambda: self._act().try_now())

    def connect(self, actions: Actions) -> None:
        """Let the person's actions go to the presenter."""
        self._actions = actions

    # -- verbs of the presenter

    def set_webhooks(self, labels: Sequence[str]) -> None:
        """Set whose deliveries can be shown."""
        self.webhook.set_options(labels)

    def set_situations(self, labels: Sequence[str]) -> None:
        """Set by what the list can be narrowed."""
        self.situation.set_options(labels)

    def show_state(self, text: str) -> None:
        """Say how the webhook is."""
        self.webhook.show_hint(text)

    def allow_trying(self, allowed: bool) -> None:
        """Let it be tried again at once, or not."""
        self.button.state(["!disabled" if allowed else "disabled"])

    def set_busy(self, busy: bool) -> None:
        """Show that something is under way."""
        self.button.set_busy(busy)

    def focus(self) -> None:
        """Put the keyboard where the webhook is chosen."""
        if self._is_current():
            self.webhook.focus()

    # -- widgets

    def _build_filters(self) -> tb.Frame:
        filters = tb.Frame(self)
        filters.columnconfigure(0, weight=1)
        self.webhook = ChoiceField(filters, _("Webhook"), width=WEBHOOK_WIDTH)
        self.webhook.grid(row=0, column=0, sticky="new")
        self.webhook.on_change(lambda label: self._act().choose(label))
        self.situation = ChoiceField(filters, _("Deliveries"), width=SITUATION_WIDTH)
        self.situation.grid(row=0, column=1, sticky="new", padx=(space(self, 2), 0))
        self.situation.on_change(lambda label: self._act().choose_situation(label))
        return filters

    def _build_verbs(self) -> tb.Frame:
        verbs = tb.Frame(self)
        self.again = tb.Button(
            verbs, text=_("Ask again (F5)"), bootstyle="outline", command=lambda: self._act().refresh()
        )
        self.again.grid(row=0, column=0)
        self.button = BusyButton(verbs, _("Try now (F6)"), _("Sending…"), lambda: self._act().try_now())
        self.button.grid(row=0, column=1, padx=(space(self), 0))
        return verbs

    def _act(self) -> Actions:
        assert self._actions is not None, "connect() comes first"
        return self._actions


def _columns() -> list[Column]:
    instant = "00/00 00:00:00"
    return [
        Column(_("No."), "99.999", align="right"),
        Column(_("Event"), "movimentos", spare=2),
        Column(_("Since"), instant, spare=1),
        Column(_("Situation"), "entregue"),
        Column(_("Tries"), "999", align="right"),
        Column(_("Last try"), instant),
        Column(_("Last answer"), "m" * 7, stretch=True),
    ]
