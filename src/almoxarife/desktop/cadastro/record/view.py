"""Widgets of a page with a list of things that the shop keeps, and the form for one of them."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.listing.label_view import LabelButton
from almoxarife.desktop.cadastro.listing.view import SearchList
from almoxarife.desktop.cadastro.record.form_view import FormPanel
from almoxarife.desktop.cadastro.record.kind import RecordKind
from almoxarife.desktop.kit.inner_keys import bind_inside
from almoxarife.desktop.kit.shown import is_shown
from almoxarife.desktop.kit.theme import space

SEARCH_WIDTH = 24


@dataclass(frozen=True)
class Actions:
    """What the person can do on this page."""

    search: Callable[[str], None]
    select: Callable[[int], None]
    edit: Callable[[int], None]
    new: Callable[[], None]
    type: Callable[[str, str], None]
    save: Callable[[], None]
    act: Callable[[str], None]
    label: Callable[[int], None]
    refresh: Callable[[], None]
    at_end: Callable[[], None]


class RecordPanel(tb.Frame):
    """The list at the left, the form at the right; F5 asks again."""

    def __init__(self, parent: tk.Misc, kind: RecordKind[Any]) -> None:
        super().__init__(parent)
        self._actions: Actions | None = None
        # Whether this is the one shown, of several in one place.
        self.is_current: Callable[[], bool] = lambda: is_shown(self)
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self.list = SearchList(
            self,
            kind.columns,
            search=lambda text: self._act().search(text),
            select=lambda place: self._act().select(place),
            activate=lambda place: self._act().edit(place),
            at_end=lambda: self._act().at_end(),
            width=SEARCH_WIDTH,
        )
        self.list.grid(row=0, column=0, sticky="nsew")
        if kind.label is not None:
            label = LabelButton(self, self.list, lambda place: self._act().label(place))
            label.grid(row=1, column=0, sticky="w", pady=(space(self), 0))
        self.form = FormPanel(self, kind, is_current=lambda: self.is_current())
        self.form.grid(row=0, column=1, rowspan=2, sticky="ns", padx=(space(self, 3), 0))
        bind_inside(self, "<F5>", lambda: self._act().refresh())

    def connect(self, actions: Actions) -> None:
        """Let the person's actions go to the presenter."""
        self._actions = actions
        self.form.connect(change=actions.type, save=actions.save, act=actions.act, new=actions.new)

    # -- verbs of the presenter

    def allow_changes(self, allowed: bool) -> None:
        """Show the form, or only the list."""
        (self.form.grid if allowed else self.form.grid_remove)()

    def set_search(self, text: str) -> None:
        """Put a text into the search field."""
        self.list.set_search(text)

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        if self.is_current():
            self.list.search.focus()

    def _act(self) -> Actions:
        assert self._actions is not None, "connect() comes first"
        return self._actions
