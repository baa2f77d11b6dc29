"""Widgets of the tab with the lots and serial numbers of a product."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.listing.growing_view import ShowsRows
from almoxarife.desktop.cadastro.listing.view import SearchList
from almoxarife.desktop.kit.fitted_label import FittedLabel
from almoxarife.desktop.kit.growing_table import GrowingTable
from almoxarife.desktop.kit.inner_keys import bind_inside
from almoxarife.desktop.kit.table_column import Column
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _

LIST_SHARE, HISTORY_SHARE = 1, 1


@dataclass(frozen=True)
class Actions:
    """What the person can do on this tab."""

    search: Callable[[str], None]
    select: Callable[[int], None]
    at_end: Callable[[], None]
    refresh: Callable[[], None]


class LotsPanel(tb.Frame):
    """The lots, and below them where the selected one has been; F5 asks again."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent)
        self._actions: Actions | None = None
        # Set by the owner: whether the tab is shown, and may take the keyboard.
        self.is_current: Callable[[], bool] = lambda: True
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=LIST_SHARE)
        self.rowconfigure(2, weight=HISTORY_SHARE)
        self.list = SearchList(
            self,
            [
                Column(_("Lot or serial number"), "m" * 10, stretch=True),
                Column(_("Expires on"), _("{day}, expired").format(day="00/00/0000")),
                Column(_("Balance"), "9.999.999", align="right"),
            ],
            search=lambda text: self._act().search(text),
            select=lambda row: self._act().select(row),
        )
        self.list.grid(row=0, column=0, sticky="nsew")
        self._title = FittedLabel(self, font="TkHeadingFont")
        self._title.grid(row=1, column=0, sticky="ew", pady=space(self, 0.5))
        self.table = GrowingTable(
            self,
            [
                Column(_("Date"), "00/00/00 00:00"),
                Column(_("Kind"), _("transfer")),
                Column(_("Quantity"), "+99.999", align="right"),
                Column(_("From"), "m" * 7, stretch=True),
                Column(_("To"), "m" * 7, stretch=True),
                Column(_("Who"), "m" * 6, spare=1),
                Column(_("No."), "999.999", align="right", spare=2),
            ],
            at_end=lambda: self._act().at_end(),
        )
        self.table.grid(row=2, column=0, sticky="nsew")
        self.history = History(self.table, self._say_how_much)
        self._about = self._how_much = ""
        bind_inside(self, "<F5>", lambda: self._act().refresh())

    @property
    def title(self) -> str:
        """What is said above the movements."""
        return self._title.text

    def connect(self, actions: Actions) -> None:
        """Let the person's actions go to the presenter."""
        self._actions = actions

    # -- verbs of the presenter

    def set_search(self, text: str) -> None:
        """Put a text into the search field."""
        self.list.set_search(text)

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        if self.is_current():
            self.list.search.focus()

    def select_row(self, row: int) -> None:
        """Select a lot."""
        self.list.table.viewport.select(row)
        self.list.table.refresh()

    def focus_list(self) -> None:
        """Put the keyboard into the list."""
        if self.is_current():
            self.list.table.tree.focus_set()

    def show_title(self, text: str) -> None:
        """Say of which lot the movements are."""
        self._about = text
        self._show_title()

    def _say_how_much(self, text: str) -> None:
        self._how_much = text
        self._show_title()

    def _show_title(self) -> None:
        self._title.show(" · ".join(filter(None, (self._about, self._how_much))))

    def _act(self) -> Actions:
        assert self._actions is not None, "connect() comes first"
        return self._actions


class History(ShowsRows):
    """The movements of a lot as the presenter knows them."""

    def __init__(self, table: GrowingTable, say_how_much: Callable[[str], None]) -> None:
        self.show_in(table, say_how_much)
