"""Widgets of the form that begins a count."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.count.beginning import FieldName, Filled
from almoxarife.desktop.kit.busy_button import BusyButton
from almoxarife.desktop.kit.clipboard import lines_in_clipboard
from almoxarife.desktop.kit.field import ChoiceField, Field
from almoxarife.desktop.kit.kinds import Tone
from almoxarife.desktop.kit.list_rows import ListRows
from almoxarife.desktop.kit.table import VirtualTable
from almoxarife.desktop.kit.table_column import Column
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _

WIDTH = 14


@dataclass(frozen=True)
class BeginActions:
    """What the person can do in this form."""

    submit: Callable[[Filled], None]
    enter: Callable[[Filled], None]
    add: Callable[[str], bool]
    remove: Callable[[int | None], None]
    remove_wrong: Callable[[], None]
    empty: Callable[[], None]


class BeginForm(tb.Frame):
    """Where, what, a note, the codes of a list, that list, the button, and whether the count is blind.

    Enter in the field of codes puts them into the list, and begins where there are none.
    """

    def __init__(
        self, parent: tk.Misc, *, actions: Callable[[], BeginActions], is_current: Callable[[], bool]
    ) -> None:
        super().__init__(parent)
        self._act = actions
        self._is_current = is_current
        self.columnconfigure((0, 1, 2), weight=1, uniform="field")
        self.rowconfigure(2, weight=1)
        self.where = ChoiceField(self, _("Place"), width=WIDTH)
        self.what = ChoiceField(self, _("What"), width=WIDTH)
        self.note = Field(self, _("Note"), width=WIDTH)
        for column, field in enumerate((self.where, self.what, self.note)):
            field.grid(row=0, column=column, sticky="new", padx=(space(self, 2) if column else 0, 0))
        self._build_products()
        columns = [Column(_("Code"), "9" * 14), Column(_("Product"), "m" * 12, stretch=True)]
        empty = _(
            "Without a list everything there is counted. Scan, type or paste codes to count only these."
        )
        self.list = VirtualTable(self, columns, empty_text=empty)
        self.list.grid(row=2, column=0, columnspan=3, sticky="nsew")
        self.list.tree.bind("<Delete>", lambda event: self._on_remove())
        self.list.tree.bind("<Shift-Delete>", lambda event: self._act().remove_wrong())
        below = tb.Frame(self)
        below.grid(row=3, column=0, columnspan=3, sticky="ew", pady=(space(self), 0))
        self.button = BusyButton(below, _("Begin count"), _("Beginning…"), self._on_submit)
        self.button.grid(row=0, column=0)
        self.blind = tk.BooleanVar(self, value=False)
        self.blindly = tb.Checkbutton(
            below, text=_("blind: hide what is expected from those who count"), variable=self.blind
        )
        self.blindly.grid(row=0, column=1, padx=(space(self, 2), 0))
        self.note.on_enter(self._on_submit)
        self._fields: dict[FieldName, Field] = {
            "place": self.where,
            "what": self.what,
            "note": self.note,
            "products": self.products,
        }

    @property
    def filled(self) -> Filled:
        """What stands in the form."""
        return Filled(self.where.text, self.what.text, self.products.text, self.blind.get(), self.note.text)

    def set_options(self, field: FieldName, labels: Sequence[str]) -> None:
        """Set what can be chosen."""
        chosen = self._fields[field]
        assert isinstance(chosen, ChoiceField)
        chosen.set_options(labels)

    def choose_place(self, label: str) -> None:
        """Choose a place, as if the person had."""
        self.where.text = label

    def clear(self) -> None:
        """Choose everything, and empty the other fields."""
        for field in (self.where, self.what):
            field.choose_first()
        self.blind.set(False)
        self.note.text = ""
        self.clear_products()
        for name in self._fields:
            self.show_error(name, "")

    def show_error(self, field: FieldName, text: str) -> None:
        """Say what is wrong with a field."""
        self._fields[field].show_error(text)

    def focus_field(self, field: FieldName) -> None:
        """Put the cursor into a field."""
        if self._is_current():
            self._fields[field].focus()

    def set_busy(self, busy: bool) -> None:
        """Show that a count is being begun."""
        self.button.set_busy(busy)

    def clear_products(self) -> None:
        """Empty the field for codes."""
        self.products.text = ""

    def show_list(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone]) -> None:
        """Show what is in the list."""
        self.list.show(ListRows(rows), lambda row: tones[row])
        for button in (self.remove, self.empty):
            button.state(["!disabled" if rows else "disabled"])

    def show_listed(self, text: str) -> None:
        """Say in one line what is in the list."""
        self.products.show_hint(text)

    def focus_list(self) -> None:
        """Put the keyboard into the list, its first row selected."""
        if self._is_current():
            self.list.tree.focus_set()
            self.list.select_first()

    # -- widgets

    def _build_products(self) -> None:
        self.products = Field(self, _("Only these products (codes)"), width=WIDTH)
        self.products.grid(row=1, column=0, columnspan=3, sticky="new")
        beside = tb.Frame(self.products)
        self.products.add_beside(beside)
        self.add = tb.Button(beside, text=_("To the list"), bootstyle="outline", command=self._on_add)
        self.remove = tb.Button(
            beside, text=_("Take off (Del)"), bootstyle="outline", command=self._on_remove
        )
        self.empty = tb.Button(
            beside, text=_("Empty the list"), bootstyle="ghost", command=lambda: self._act().empty()
        )
        for column, button in enumerate((self.add, self.remove, self.empty)):
            button.grid(row=0, column=column, padx=(0, space(self) if column < 2 else 0))
        self.products.on_enter(lambda: self._act().enter(self.filled))
        self.products.entry.bind("<<Paste>>", self._on_paste)

    def _on_submit(self) -> None:
        self._act().submit(self.filled)

    def _on_add(self) -> None:
        self._act().add(self.products.text)

    def _on_remove(self) -> None:
        self._act().remove(self.list.viewport.selected)

    def _on_paste(self, event: tk.Event[tk.Misc]) -> str | None:
        text = lines_in_clipboard(self)
        if not text:
            return None
        self._act().add(f"{self.products.text}\n{text}")
        return "break"
