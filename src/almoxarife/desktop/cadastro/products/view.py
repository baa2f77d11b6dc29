"""Widgets of the screen that creates, lists and changes products."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass

import ttkbootstrap as tb

from almoxarife.client.products import ProductFacts
from almoxarife.desktop.cadastro.listing.label_view import LabelButton
from almoxarife.desktop.cadastro.listing.view import SearchList
from almoxarife.desktop.cadastro.record.form_view import FormPanel
from almoxarife.desktop.cadastro.record.kind import RecordKind
from almoxarife.desktop.kit.busy_button import BusyButton
from almoxarife.desktop.kit.field import Field
from almoxarife.desktop.kit.shown import is_shown
from almoxarife.desktop.kit.table import VirtualTable
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _

SEARCH_WIDTH = 26


@dataclass(frozen=True)
class Actions:
    """What the person can do on this screen."""

    create: Callable[[str], None]
    cancel: Callable[[], None]
    search: Callable[[str], None]
    use: Callable[[int], None]
    select: Callable[[int], None]
    edit: Callable[[int], None]
    details: Callable[[int], None]
    label: Callable[[int], None]
    type: Callable[[str, str], None]
    save: Callable[[], None]
    act: Callable[[str], None]
    close: Callable[[], None]


class ProductsScreen(tb.Frame):
    """A name and the button; below them a search and the products found, and the form for one of them."""

    def __init__(self, parent: tk.Misc, kind: RecordKind[ProductFacts]) -> None:
        super().__init__(parent, padding=(space(parent, 3), space(parent, 2)))
        self._actions: Actions | None = None
        self._may_change = True
        self.columnconfigure(0, weight=1)
        self.rowconfigure(2, weight=1)
        tb.Label(self, text=_("Products"), font="TkCaptionFont").grid(row=0, column=0, sticky="w")
        self.name = Field(self, _("New product"), width=44, stretch=False)
        self.name.grid(row=1, column=0, columnspan=2, sticky="ew", pady=(space(self, 2), 0))
        self.button = BusyButton(self.name, _("&Create product"), _("Creating…"), self._on_create)
        self.name.add_beside(self.button)
        self.list = SearchList(
            self,
            kind.columns,
            search=lambda text: self._act().search(text),
            select=lambda place: self._act().select(place),
            activate=lambda place: self._act().use(place),
            width=SEARCH_WIDTH,
        )
        self.details = tb.Button(
            self.list.filters, text=_("All about it (F3)"), bootstyle="outline", command=self._on_details
        )
        self.details.grid(row=0, column=0, pady=(space(self, 3), 0))
        label = LabelButton(self.list.filters, self.list, lambda place: self._act().label(place))
        label.grid(row=0, column=1, padx=(space(self), 0), pady=(space(self, 3), 0))
        self.list.grid(row=2, column=0, sticky="nsew", pady=(space(self), 0))
        self.form = FormPanel(self, kind, is_current=lambda: is_shown(self))
        self.form.grid(row=2, column=1, sticky="ns", padx=(space(self, 3), 0), pady=(space(self), 0))
        self.form.grid_remove()
        self.name.on_enter(self._on_create)
        self.name.entry.bind("<Escape>", lambda event: self._act().cancel())
        for widget in (self.table.tree, self.search.entry):
            widget.bind("<F2>", lambda event: self._on_edit())
            widget.bind("<F3>", lambda event: self._on_details())

    @property
    def search(self) -> Field:
        """The search field."""
        return self.list.search

    @property
    def table(self) -> VirtualTable:
        """The products found."""
        return self.list.table

    def connect(self, actions: Actions) -> None:
        """Let the person's actions go to the presenter."""
        self._actions = actions
        self.form.connect(change=actions.type, save=actions.save, act=actions.act, new=actions.close)

    # -- verbs of the presenter

    def set_name(self, text: str) -> None:
        """Put a text into the field for a new name."""
        self.name.text = text
        self.name.show_error("")

    def set_search(self, text: str) -> None:
        """Put a text into the search field."""
        self.list.set_search(text)

    def focus_name(self) -> None:
        """Put the cursor into the field for a new name, or into the search where none can be made."""
        if is_shown(self):
            (self.name if self._may_change else self.search).focus()

    def focus_list(self) -> None:
        """Put the cursor back into the list."""
        if is_shown(self):
            self.table.tree.focus_set()

    def show_name_error(self, text: str) -> None:
        """Say what is wrong with the new name."""
        self.name.show_error(text)

    def set_creating(self, busy: bool) -> None:
        """Show that a product is being created."""
        self.button.set_busy(busy)
        self.name.set_locked(busy)

    def allow_changes(self, allowed: bool) -> None:
        """Show what makes products, or take it away."""
        self._may_change = allowed
        (self.name.grid if allowed else self.name.grid_remove)()

    def open_form(self, is_open: bool) -> None:
        """Show the form beside the list, in place of what makes products, or take it away."""
        (self.form.grid if is_open else self.form.grid_remove)()
        # Beside the form there is no room for it.
        (self.list.filters.grid_remove if is_open else self.list.filters.grid)()
        (self.name.grid if self._may_change and not is_open else self.name.grid_remove)()

    # -- what the person does

    def _on_create(self) -> None:
        self._act().create(self.name.text)

    def _on_edit(self) -> None:
        self._on_selected(self._act().edit)

    def _on_details(self) -> None:
        self._on_selected(self._act().details)

    def _on_selected(self, action: Callable[[int], None]) -> None:
        self.table.select_first()
        selected = self.table.viewport.selected
        if selected is not None:
            action(selected)

    def _act(self) -> Actions:
        assert self._actions is not None, "connect() comes first"
        return self._actions
