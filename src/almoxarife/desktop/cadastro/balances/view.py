"""Widgets of the screen that shows how much there is."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.listing.view import SearchList
from almoxarife.desktop.kit.field import ChoiceField, Field
from almoxarife.desktop.kit.fitted_label import FittedLabel
from almoxarife.desktop.kit.list_rows import ListRows
from almoxarife.desktop.kit.shown import is_shown
from almoxarife.desktop.kit.table import VirtualTable
from almoxarife.desktop.kit.table_column import Column
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _

SEARCH_WIDTH, PLACE_WIDTH, DAY_WIDTH = 24, 22, 11
LIST_SHARE, DETAILS_SHARE = 3, 2


@dataclass(frozen=True)
class Actions:
    """What the person can do on this screen."""

    search: Callable[[str], None]
    select: Callable[[int], None]
    open: Callable[[int], None]
    open_detail: Callable[[int], None]
    choose_place: Callable[[str], None]
    type_day: Callable[[str], None]
    reservations: Callable[[int | None], None]
    label: Callable[[int], None]


class BalancesScreen(tb.Frame):
    """Search, place and day; the products with their balances; and where the selected one is."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent, padding=(space(parent, 3), space(parent, 2)))
        self._actions: Actions | None = None
        self.columnconfigure(0, weight=1)
        self.rowconfigure(1, weight=LIST_SHARE)
        self.rowconfigure(3, weight=DETAILS_SHARE)
        tb.Label(self, text=_("Balances"), font="TkCaptionFont").grid(row=0, column=0, sticky="w")
        number = "999.999.999"
        self.list = SearchList(
            self,
            [
                Column(_("Code"), "p99999"),
                Column(_("Product"), "m" * 12, stretch=True),
                Column(_("Balance"), number, align="right"),
                Column(_("Reserved"), "999.999", align="right", spare=1),
                Column(_("Available"), number, align="right"),
            ],
            search=lambda text: self._act().search(text),
            select=lambda row: self._act().select(row),
            activate=lambda row: self._act().open(row),
            width=SEARCH_WIDTH,
        )
        self.list.grid(row=1, column=0, columnspan=2, sticky="nsew", pady=(space(self, 2), 0))
        self._build_filters()
        for widget in (self.list.table.tree, self.list.search.entry):
            widget.bind("<F6>", lambda event: self._on_label())
        self.title = FittedLabel(self, font="TkHeadingFont")
        self.title.grid(row=2, column=0, sticky="ew", pady=space(self))
        self.reservations = tb.Button(
            self, text=_("Reservations (F3)"), bootstyle="outline", command=self._on_reservations
        )
        self.reservations.grid(row=2, column=1, pady=space(self))
        for widget in (self.list.table.tree, self.list.search.entry):
            widget.bind("<F3>", lambda event: self._on_reservations())
        self.details = VirtualTable(
            self,
            [
                Column(_("Where"), "m" * 14, stretch=True),
                Column(_("Expires on"), "00/00/0000"),
                Column(_("There"), number, align="right"),
                Column(_("With what is inside"), number, align="right"),
            ],
            empty_text=_("Select a product to see where it is."),
            on_activate=lambda row: self._act().open_detail(row),
        )
        self.details.grid(row=3, column=0, columnspan=2, sticky="nsew")

    def connect(self, actions: Actions) -> None:
        """Let the person's actions go to the presenter."""
        self._actions = actions

    def set_search(self, text: str) -> None:
        """Put a text into the search field."""
        self.list.set_search(text)

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        if is_shown(self):
            self.list.search.focus()

    def choose_first(self) -> None:
        """Select the first product, with the keyboard in the list."""
        if is_shown(self):
            self.list.choose_first()

    def set_places(self, labels: Sequence[str]) -> None:
        """Set which places can be chosen."""
        self.where.set_options(labels)

    def set_place(self, label: str) -> None:
        """Choose a place, as if the person had."""
        self.where.text = label

    def show_day_error(self, text: str) -> None:
        """Say what is wrong with the day."""
        self.day.show_error(text)

    def show_details(self, title: str, rows: Sequence[Sequence[str]]) -> None:
        """Show where the selected product is."""
        self.title.show(title or _("Where it is"))
        self.details.show(ListRows(rows))

    def _build_filters(self) -> None:
        filters = self.list.filters
        self.where = ChoiceField(filters, _("Place"), width=PLACE_WIDTH)
        self.day = Field(filters, _("At the end of"), width=DAY_WIDTH)
        filter_fields: tuple[Field, ...] = (self.where, self.day)
        for column, field in enumerate(filter_fields):
            field.grid(row=0, column=column, sticky="new", padx=(space(self, 2), 0))
        self.where.on_change(lambda text: self._act().choose_place(text))
        for key in ("<Return>", "<KP_Enter>", "<FocusOut>"):
            self.day.entry.bind(key, lambda event: self._act().type_day(self.day.text), add=True)

    def _on_label(self) -> None:
        selected = self.list.table.viewport.selected
        if selected is not None:
            self._act().label(selected)

    def _on_reservations(self) -> None:
        self._act().reservations(self.list.table.viewport.selected)

    def _act(self) -> Actions:
        assert self._actions is not None, "connect() comes first"
        return self._actions
