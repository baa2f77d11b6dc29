"""Widgets of the screen that prints labels."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import ttkbootstrap as tb
from PIL import Image

from almoxarife.desktop.cadastro.labels.chosen import COPIES, PRICE
from almoxarife.desktop.cadastro.labels.measures_view import MeasuresActions, MeasuresForm
from almoxarife.desktop.cadastro.labels.sheet_view import SheetActions, SheetPanel
from almoxarife.desktop.cadastro.lookup.view import Keys, LookupField
from almoxarife.desktop.kit.field import Field
from almoxarife.desktop.kit.list_rows import ListRows
from almoxarife.desktop.kit.shown import is_shown
from almoxarife.desktop.kit.table import VirtualTable
from almoxarife.desktop.kit.table_column import Column
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _

FIND_WIDTH, COPIES_WIDTH, PRICE_WIDTH = 24, 8, 9


@dataclass(frozen=True)
class Actions:
    """What the person can do on this screen."""

    find: Keys
    select: Callable[[int], None]
    move: Callable[[int], None]
    type_line: Callable[[str, str], None]
    lots: Callable[[], None]
    remove: Callable[[], None]
    clear: Callable[[], None]
    sheet: SheetActions
    measures: MeasuresActions


class LabelsScreen(tb.Frame):
    """At the left what is to be labelled, at the right the sheet and the buttons that make it."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent, padding=(space(parent, 3), space(parent, 2)))
        self._actions: Actions | None = None
        self.columnconfigure(0, weight=1)
        self.rowconfigure(2, weight=1)
        tb.Label(self, text=_("Labels"), font="TkCaptionFont").grid(row=0, column=0, sticky="w")
        self.find = LookupField(self, _("Product or place"), screen=self, width=FIND_WIDTH)
        self.find.grid(row=1, column=0, sticky="ew", pady=(space(self, 2), 0))
        self.table = self._build_table()
        self.table.grid(row=2, column=0, sticky="nsew")
        line = self._build_line()
        line.grid(row=3, column=0, sticky="ew", pady=(space(self), 0))
        # Above the format, where it takes nothing from the preview.
        self.change = tb.Button(
            self, text=_("Measures…"), bootstyle="outline", command=lambda: self._act().measures.open()
        )
        self.change.grid(row=0, column=1, sticky="e")
        self.change.grid_remove()
        self.sheet = SheetPanel(self)
        self.sheet.grid(
            row=1, column=1, rowspan=3, sticky="nsew", padx=(space(self, 2), 0), pady=(space(self, 2), 0)
        )
        self._usual = (self.find, self.table, line, self.sheet)
        self.measures = MeasuresForm(self, self._swap)
        self.measures.grid(row=1, column=0, rowspan=3, columnspan=2, sticky="nsew", pady=(space(self, 2), 0))
        self.measures.grid_remove()
        self._bind_keys()

    def connect(self, actions: Actions) -> None:
        """Let the person's actions go to the presenter."""
        self._actions = actions
        self.find.connect(actions.find)
        self.sheet.connect(actions.sheet)
        self.measures.connect(actions.measures)

    # -- verbs of the presenter

    @property
    def preview_size(self) -> tuple[int, int]:
        """How many pixels there are for the preview."""
        return self.sheet.preview_size

    def focus_find(self) -> None:
        """Put the cursor into the field that finds."""
        if is_shown(self):
            self.find.focus()

    def show_lines(self, rows: Sequence[Sequence[str]], selected: int | None) -> None:
        """Show the lines, one of them selected."""
        self.table.show(ListRows(rows))
        if selected is not None:
            self.table.viewport.select(selected)
        self.table.refresh()

    def show_line(self, copies: str, price: str, *, has_line: bool, has_price: bool, has_lots: bool) -> None:
        """Put what can be changed of the selected line into the fields."""
        for field, text, usable in ((self.copies, copies, has_line), (self.price, price, has_price)):
            field.set_locked(False)
            field.text = text
            field.set_locked(not usable)
        self.lots.state(["!disabled" if has_lots else "disabled"])
        self.remove.state(["!disabled" if has_line else "disabled"])

    def set_options(self, field: str, labels: Sequence[str]) -> None:
        """Set what can be chosen of the sheet."""
        self.sheet.set_options(field, labels)

    def set_text(self, field: str, text: str) -> None:
        """Put a text into a field of the sheet."""
        self.sheet.fields[field].text = text

    def show_measures_button(self, *, shown: bool) -> None:
        """Offer to change the measures of one's own sheet, or do not."""
        (self.change.grid if shown else self.change.grid_remove)()

    def focus_format(self) -> None:
        """Put the keyboard on the format."""
        if is_shown(self):
            self.sheet.format.focus()

    def show_error(self, field: str, text: str) -> None:
        """Say what is wrong with a field."""
        {COPIES: self.copies, PRICE: self.price, **self.sheet.fields}[field].show_error(text)

    def show_preview(self, picture: Image.Image | None, remark: str) -> None:
        """Show the first sheet, or say why there is none."""
        self.sheet.show_preview(picture, remark)

    def show_summary(self, text: str) -> None:
        """Say how many labels and sheets there are."""
        self.sheet.show_summary(text)

    def show_progress(self, labels: int, total: int) -> None:
        """Show how many labels are drawn; nothing can be changed meanwhile."""
        self.sheet.show_progress(labels, total)
        self.find.set_locked(total > 0)
        self.change.state(["disabled" if total else "!disabled"])
        if total:
            self.show_line(self.copies.text, self.price.text, has_line=False, has_price=False, has_lots=False)
        else:
            selected = self.table.viewport.selected
            if selected is not None:
                self._act().select(selected)

    # -- widgets

    def _build_table(self) -> VirtualTable:
        return VirtualTable(
            self,
            [
                Column(_("Label of"), "m" * 8, stretch=True),
                Column(_("Code"), "Mov. nº 9.999", spare=1),
                Column(_("Price"), "9.999,99", align="right", spare=2),
                Column(_("Copies"), "9.999", align="right"),
            ],
            empty_text=_("Nothing chosen yet. Search above, or scan."),
            on_select=lambda place: self._act().select(place),
        )

    def _build_line(self) -> tb.Frame:
        line = tb.Frame(self)
        line.columnconfigure(2, weight=1)
        self.copies = Field(line, _("Copies"), width=COPIES_WIDTH, align="right")
        self.copies.grid(row=0, column=0, sticky="nw")
        self.price = Field(line, _("Price (R$)"), width=PRICE_WIDTH, align="right")
        self.price.grid(row=0, column=1, sticky="nw", padx=(space(self), 0))
        buttons = tb.Frame(line)
        buttons.grid(row=1, column=0, columnspan=3, sticky="w")
        self.lots = tb.Button(buttons, text=_("Its lots (F7)"), bootstyle="outline", command=self._on_lots)
        self.remove = tb.Button(
            buttons, text=_("Take out (Del)"), bootstyle="outline", command=self._on_remove
        )
        self.clear = tb.Button(
            buttons, text=_("Empty"), bootstyle="outline", command=lambda: self._act().clear()
        )
        for column, button in enumerate((self.lots, self.remove, self.clear)):
            button.grid(row=0, column=column, padx=(0, space(self, 0.5)))
        return line

    def _bind_keys(self) -> None:
        for name, field in ((COPIES, self.copies), (PRICE, self.price)):
            field.on_change(lambda text, name=name: self._act().type_line(name, text))  # type: ignore[misc]
            field.on_enter(self.focus_find)
            for key, steps in (("<Down>", 1), ("<Up>", -1)):
                field.entry.bind(key, lambda event, steps=steps: self._act().move(steps))  # type: ignore[misc]
        self.table.tree.bind("<Delete>", lambda event: self._on_remove())
        self.table.tree.bind("<Return>", lambda event: self.copies.focus())
        for widget in (self.find.entry, self.table.tree, self.copies.entry, self.price.entry):
            widget.bind("<F7>", lambda event: self._on_lots())
            widget.bind("<Control-Delete>", lambda event: self._on_remove())
        for widget in (self.table.tree, self.copies.entry, self.price.entry):
            widget.bind("<Escape>", lambda event: self.focus_find())
        self.find.entry.bind("<Escape>", lambda event: self.find.put_away())

    def _swap(self, measures: bool) -> None:
        """Show the form for measures in place of everything else, or take it back."""
        for part in self._usual:
            (part.grid_remove if measures else part.grid)()
        self.change.state(["disabled" if measures else "!disabled"])
        (self.measures.grid if measures else self.measures.grid_remove)()

    def _on_lots(self) -> None:
        self._act().lots()

    def _on_remove(self) -> str:
        self._act().remove()
        # The field itself would take a word out.
        return "break"

    def _act(self) -> Actions:
        assert self._actions is not None, "connect() comes first"
        return self._actions
