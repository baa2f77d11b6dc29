"""Widgets of the screens that register movements."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.lookup.popup_view import OfferPopup
from almoxarife.desktop.cadastro.lookup.view import Keys, LookupField
from almoxarife.desktop.cadastro.movement.details_view import DetailFields
from almoxarife.desktop.cadastro.movement.form import PRODUCT, QUANTITY, MovementForm
from almoxarife.desktop.cadastro.movement.readings.view import ReadingsPanel
from almoxarife.desktop.kit.busy_button import BusyButton
from almoxarife.desktop.kit.field import Field
from almoxarife.desktop.kit.fold import FoldButton
from almoxarife.desktop.kit.kinds import ENTRY, Tone
from almoxarife.desktop.kit.list_rows import ListRows
from almoxarife.desktop.kit.scroll_frame import ScrollFrame
from almoxarife.desktop.kit.shown import is_shown
from almoxarife.desktop.kit.table import VirtualTable
from almoxarife.desktop.kit.table_column import Column
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _

QUANTITY_WIDTH = 14
# Of the height that the last movements ask for; with less they are not shown.
LEAST_OF_LAST = 0.8


@dataclass(frozen=True)
class Actions:
    """What the person can do on this screen."""

    product: Keys
    partner: Keys | None
    type: Callable[[str, str], None]
    clear: Callable[[], None]
    submit: Callable[[], None]
    label: Callable[[int], None]


class MovementScreen(tb.Frame):
    """Product, quantity, details and the button; below them the last movements, what was scanned, or more details."""

    def __init__(self, parent: tk.Misc, form: MovementForm) -> None:
        super().__init__(parent, padding=(space(parent, 3), space(parent, 2)))
        self._actions: Actions | None = None
        self._shown: Collection[str] = ()
        self.columnconfigure(0, weight=1)
        self.rowconfigure(5, weight=1)
        tb.Label(self, text=_(form.title), font="TkCaptionFont").grid(row=0, column=0, sticky="w")
        self.product = LookupField(self, _("Product"), screen=self)
        self.product.grid(row=1, column=0, sticky="w", pady=(space(self, 2), 0))
        self.quantity = self._build_quantity(form)
        self.quantity.grid(row=2, column=0, sticky="ew")
        always = tb.Frame(self)
        always.grid(row=3, column=0, sticky="ew")
        self.fold = FoldButton(self, _("&More details"), self._on_fold)
        self.fold.give_key()
        self.fold.grid(row=4, column=0, sticky="w", pady=(0, space(self)))
        self.more = ScrollFrame(self)
        self.more.grid(row=5, column=0, sticky="nsew")
        self.more.grid_remove()
        self.details = DetailFields(form, self._units, always, self.more.body, screen=self)
        self._build_last(form).grid(row=5, column=0, sticky="nsew")
        self.readings = ReadingsPanel(self, self, self._on_readings)
        self.readings.grid(row=5, column=0, sticky="nsew")
        self.readings.grid_remove()
        for moved in (self, self.fold):
            moved.bind("<Configure>", lambda event: self._show_lower(), add=True)
        self._bind_keys()

    @property
    def popup(self) -> OfferPopup:
        """The list under the product field."""
        return self.product.popup

    @property
    def partner(self) -> LookupField | None:
        """The field of supplier or customer."""
        return self.details.partner

    def connect(self, actions: Actions) -> None:
        """Let the person's actions go to the presenter."""
        self._actions = actions
        self.product.connect(actions.product)
        if self.partner is not None and actions.partner is not None:
            self.partner.connect(actions.partner)

    # -- verbs of the presenters

    def return_to_product(self) -> None:
        """Put the cursor at the end of the product field."""
        if is_shown(self):
            self.product.return_to_end()

    def focus_field(self, field: str) -> None:
        """Put the cursor into a field, its text selected."""
        if field in self.details.folded:
            self.fold.set_open(True)
        if is_shown(self):
            self._field(field).focus()

    def reveal_details(self) -> None:
        """Show the details that are folded away."""
        self.fold.set_open(True)

    def go_on_to_quantity(self) -> None:
        """Put the cursor into the quantity field; what is being typed there already goes on."""
        if self.focus_get() is not self.quantity.entry:
            self.focus_field(QUANTITY)

    def set_text(self, field: str, text: str) -> None:
        """Put a text into a field."""
        self._field(field).text = text

    def set_options(self, field: str, labels: Sequence[str]) -> None:
        """Set what can be chosen in a field."""
        self.details.set_options(field, labels)

    def show_fields(self, fields: Collection[str]) -> None:
        """Show these details and no others."""
        self._shown = fields
        self.details.show(fields)

    def show_unit(self, text: str) -> None:
        """Say in what the quantity is counted."""
        self._unit.configure(text=text)
        (self._unit.grid if text or "unit" not in self._shown else self._unit.grid_remove)()

    def show_error(self, field: str, text: str) -> None:
        """Say what is wrong with a field."""
        self._field(field).show_error(text)

    def set_busy(self, busy: bool) -> None:
        """Show that a movement is being registered; what is typed meanwhile would be lost."""
        self.button.set_busy(busy)
        for field in (self.product, self.quantity, *self.details.fields.values()):
            field.set_locked(busy)

    def show_entries(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone]) -> None:
        """Show the last movements, newest first."""
        self.table.show(ListRows(rows), lambda row: tones[row])

    def show_empty(self, text: str) -> None:
        """Set what stands in place of the movements when there are none."""
        self.table.set_empty_text(text)

    # -- widgets

    def _build_quantity(self, form: MovementForm) -> Field:
        label = _("Quantity (+ or -)") if form.signed else _("Quantity")
        quantity = Field(self, label, width=QUANTITY_WIDTH, align="right", stretch=False)
        beside = tb.Frame(quantity)
        beside.rowconfigure(0, weight=1)
        self._units = tb.Frame(beside)
        self._units.grid(row=0, column=0)
        self._unit = tb.Label(self._units, bootstyle="secondary", width=4)
        self._unit.grid(row=0, column=0, padx=(0, space(self)))
        self.button = BusyButton(beside, _(form.action), _(form.busy), self._on_submit)
        self.button.grid(row=0, column=1, sticky="ns")
        quantity.add_beside(beside)
        return quantity

    def _build_last(self, form: MovementForm) -> tb.Frame:
        self._last = tb.Frame(self)
        self._last.columnconfigure(0, weight=1)
        self._last.rowconfigure(1, weight=1)
        tb.Label(self._last, text=_(form.last), font="TkHeadingFont").grid(
            row=0, column=0, sticky="w", pady=(0, space(self))
        )
        columns = [
            Column(_("When"), "00/00/0000 00:00"),
            Column(_("Product"), "m" * 16, stretch=True),
            Column(_("Quantity"), "999.999.999", align="right"),
            Column(_("No."), "9.999.999", align="right"),
        ]
        self.table = VirtualTable(self._last, columns)
        self.table.grid(row=1, column=0, columnspan=2, sticky="nsew")
        if ENTRY in form.kinds:
            self.label = tb.Button(
                self._last, text=_("Labels of this entry (F6)"), bootstyle="outline", command=self._on_label
            )
            self.label.grid(row=0, column=1, pady=(0, space(self)))
            for widget in (self.table.tree, self.product.entry, self.quantity.entry):
                widget.bind("<F6>", lambda event: self._on_label())
        return self._last

    def _field(self, name: str) -> Field:
        return {PRODUCT: self.product, QUANTITY: self.quantity, **self.details.fields}[name]

    # -- what the person does

    def _bind_keys(self) -> None:
        for name, field in ((QUANTITY, self.quantity), *self.details.fields.items()):
            if field is not self.partner:
                field.on_change(lambda text, name=name: self._act().type(name, text))  # type: ignore[misc]
                field.on_enter(self._on_submit)
        for widget in (self.quantity.entry, self.button, *(f.entry for f in self.details.fields.values())):
            widget.bind("<Escape>", lambda event: self._on_escape())
        self.product.entry.bind("<Escape>", lambda event: self._on_escape())

    def _on_fold(self, is_open: bool) -> None:
        self._show_lower()

    def _on_readings(self, is_open: bool) -> None:
        # What has just been scanned must be seen.
        self.fold.set_open(False)
        self._show_lower()

    def _show_lower(self) -> None:
        shown = self.more if self.fold.is_open else self.readings if self.readings.is_open else self._last
        for part in (self.more, self.readings, self._last):
            if part is not shown or (part is self._last and not self._has_room_for_last()):
                part.grid_remove()
            elif not part.winfo_manager():
                part.grid()

    def _has_room_for_last(self) -> bool:
        """Tell whether more than the heading of the last movements would be seen; in a low window they give way."""
        room = self.winfo_height() - self.fold.winfo_y() - self.fold.winfo_height()
        return not self.fold.winfo_viewable() or room >= self._last.winfo_reqheight() * LEAST_OF_LAST

    def _on_escape(self) -> None:
        for field in (self.product, self.partner):
            if field is not None and field.put_away():
                return
        self._act().clear()

    def _on_label(self) -> None:
        # The newest one, when none is selected.
        self._act().label(self.table.viewport.selected or 0)

    def _on_submit(self) -> None:
        self._act().submit()

    def _act(self) -> Actions:
        assert self._actions is not None, "connect() comes first"
        return self._actions
