"""Widgets of the tab on which people count."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.count.begin_view import BeginActions, BeginForm
from almoxarife.desktop.cadastro.count.panel_view import CountPanel
from almoxarife.desktop.cadastro.count.typed import FieldName
from almoxarife.desktop.cadastro.lookup.view import Keys, LookupField
from almoxarife.desktop.kit.busy_button import BusyButton
from almoxarife.desktop.kit.clipboard import lines_in_clipboard
from almoxarife.desktop.kit.field import ChoiceField, Field
from almoxarife.desktop.kit.kinds import Tone
from almoxarife.desktop.kit.list_rows import ListRows
from almoxarife.desktop.kit.table import VirtualTable
from almoxarife.desktop.kit.table_column import Column
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _

PRODUCT_WIDTH, QUANTITY_WIDTH, PLACE_WIDTH, LOT_WIDTH = 30, 14, 18, 12


@dataclass(frozen=True)
class Actions:
    """What the person can do on this tab."""

    choose: Callable[[str], None]
    beginning: BeginActions
    product: Keys
    set_scanning: Callable[[bool], None]
    choose_place: Callable[[str], None]
    submit: Callable[[str, str], None]
    paste: Callable[[str], None]
    count_again: Callable[[int], None]
    void: Callable[[int | None], None]
    close: Callable[[], None]
    confirm: Callable[[], None]
    cancel: Callable[[], None]


class CountingPanel(CountPanel):
    """Which count, the form for a new one or for counting, and the newest lines."""

    def __init__(self, parent: tk.Misc, *, is_current: Callable[[], bool]) -> None:
        super().__init__(parent, is_current=is_current, actions=self._act)
        self._actions: Actions | None = None
        self.rowconfigure(2, weight=1)
        self._build_buttons()
        self.beginning = BeginForm(self, actions=lambda: self._act().beginning, is_current=is_current)
        # It has a list of its own in place of that of the lines.
        self.beginning.grid(row=1, column=0, rowspan=2, sticky="nsew")
        self.form = self._build_form()
        self.form.grid(row=1, column=0, sticky="ew")
        self.form.grid_remove()
        columns = [
            Column(_("Time"), "00:00:00"),
            Column(_("Product"), "m" * 10, stretch=True),
            Column(_("Quantity"), "9.999.999", align="right"),
            Column(_("Expected"), "9.999.999", align="right", spare=3),
            Column(_("Place"), "m" * 8, spare=2),
            Column(_("Who"), "m" * 6, spare=1),
        ]
        self.table = VirtualTable(self, columns, on_activate=lambda row: self._act().count_again(row))
        self.table.grid(row=2, column=0, sticky="nsew")
        self.table.tree.bind("<Delete>", lambda event: self._on_void())
        self.place_question(3)

    def connect(self, actions: Actions) -> None:
        """Let the person's actions go to the presenter."""
        self._actions = actions
        self.product.connect(actions.product)

    # -- verbs of the presenter

    def set_places(self, labels: Sequence[str], chosen: str) -> None:
        """Set at which places can be counted; what the person had chosen stays if it is among them."""
        kept = self.where.text
        self.where.set_options(labels)
        self.where.text = kept if kept in labels else chosen

    def set_place(self, label: str) -> None:
        """Choose a place, as if the person had."""
        self.where.text = label

    def show_counting(self, shown: bool, *, may_close: bool) -> None:
        """Show the form with which to count, or the one for a new count."""
        left = self.beginning if shown else self.form
        focused = self.focus_get()
        # A field of a page that was just left, when this one is not drawn yet, is as good as none.
        lost = focused is None or not focused.winfo_viewable() or str(focused).startswith(f"{left}.")
        (self.form.grid if shown else self.form.grid_remove)()
        (self.beginning.grid_remove if shown else self.beginning.grid)()
        # The form of a new count needs the room.
        (self.table.grid if shown else self.table.grid_remove)()
        for button in (self.void, self.close):
            (button.grid if may_close else button.grid_remove)()
        if lost:
            # What is hidden must not keep it.
            if shown:
                self.focus_product()
            else:
                self.beginning.focus_field("place")

    def set_text(self, field: FieldName, text: str) -> None:
        """Put a text into a field."""
        self._fields[field].text = text

    def show_error(self, field: FieldName, text: str) -> None:
        """Say what is wrong with a field."""
        self._fields[field].show_error(text)

    def focus_product(self) -> None:
        """Put the cursor where the next scan belongs."""
        if self._is_current():
            self.product.focus()

    def focus_field(self, field: FieldName) -> None:
        """Put the cursor into a field."""
        if self._is_current():
            self._fields[field].focus()

    def show_lines(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone]) -> None:
        """Show the newest lines, or what is to be counted anew."""
        self.table.show(ListRows(rows), lambda row: tones[row])

    def set_busy(self, busy: bool) -> None:
        """Show that something is being counted."""
        self.button.set_busy(busy)

    def ring(self) -> None:
        """Ring the bell."""
        self.bell()

    # -- widgets

    def _build_buttons(self) -> None:
        beside = tb.Frame(self.count)
        self.count.add_beside(beside)
        self.void = tb.Button(
            beside, text=_("Take line back (Del)"), bootstyle="outline", command=self._on_void
        )
        self.void.grid(row=0, column=0, padx=(0, space(self)))
        self.close = tb.Button(
            beside, text=_("Close count…"), bootstyle="outline", command=lambda: self._act().close()
        )
        self.close.grid(row=0, column=1)

    def _build_form(self) -> tb.Frame:
        form = tb.Frame(self)
        form.columnconfigure(1, weight=1)
        self.product = LookupField(form, _("Product"), screen=self, width=PRODUCT_WIDTH)
        self.product.grid(row=0, column=0, columnspan=3, sticky="ew")
        self.scanning = tk.BooleanVar(self, value=False)
        self.scanner = tb.Checkbutton(
            self.product,
            text=_("Scanner: Enter counts 1"),
            variable=self.scanning,
            command=lambda: self._act().set_scanning(self.scanning.get()),
        )
        self.product.add_beside(self.scanner)
        self.quantity = Field(form, _("Quantity"), width=QUANTITY_WIDTH, align="right")
        self.where = ChoiceField(form, _("Place"), width=PLACE_WIDTH)
        self.lot = Field(form, _("Lot or serial number"), width=LOT_WIDTH, stretch=False)
        for column, field in enumerate((self.quantity, self.where, self.lot)):
            left = (space(self, 2), 0) if column else 0
            field.grid(row=1, column=column, sticky="new", padx=left)
        self.button = BusyButton(self.lot, _("Count it"), _("Counting…"), self._on_submit)
        self.lot.add_beside(self.button)
        self.product.entry.bind("<<Paste>>", self._on_paste)
        self.where.on_change(lambda path: self._act().choose_place(path))
        self.quantity.on_enter(self._on_submit)
        self.lot.on_enter(self._on_submit)
        self._fields: dict[FieldName, Field] = {
            "quantity": self.quantity,
            "place": self.where,
            "lot": self.lot,
        }
        for entry in (self.quantity.entry, self.lot.entry):
            entry.bind("<Escape>", lambda event: self.focus_product())
        return form

    def _on_submit(self) -> None:
        self._act().submit(self.quantity.text, self.lot.text)

    def _on_paste(self, event: tk.Event[tk.Misc]) -> str | None:
        text = lines_in_clipboard(self)
        if not text:
            return None
        self._act().paste(text)
        return "break"

    def _on_void(self) -> None:
        self._act().void(self.table.viewport.selected)

    def _act(self) -> Actions:
        assert self._actions is not None, "connect() comes first"
        return self._actions
