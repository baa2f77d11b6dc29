"""The fields of a form besides product and quantity."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Collection, Sequence

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.lookup.view import LookupField
from almoxarife.desktop.cadastro.movement.form import Detail, MovementForm
from almoxarife.desktop.kit.field import ChoiceField, Field
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _

COLUMNS = 3
WIDTH = 16


class DetailFields:
    """Makes the fields, those that can be folded away in ``more``, and puts the ones that are shown side by side."""

    def __init__(
        self, form: MovementForm, beside: tb.Frame, always: tb.Frame, more: tb.Frame, *, screen: tk.Misc
    ) -> None:
        self._screen = screen
        self.partner: LookupField | None = None
        self.fields: dict[str, Field] = {}
        self.folded: set[str] = set()
        self._places = (always, more)
        self._widths = {detail.name: detail.width for detail in form.details}
        homes = {"beside": beside, "folded": more}
        for detail in form.details:
            self.fields[detail.name] = self._build(detail, homes.get(detail.asked, always))
            if detail.asked == "folded":
                self.folded.add(detail.name)
        for place in self._places:
            place.columnconfigure(tuple(range(COLUMNS)), weight=1, uniform="details")

    def set_options(self, name: str, labels: Sequence[str]) -> None:
        """Set what can be chosen in a field."""
        field = self.fields[name]
        assert isinstance(field, ChoiceField), f"{name} is no choice"
        field.set_options(labels)

    def show(self, names: Collection[str]) -> None:
        """Put these fields side by side, the others away."""
        for place in self._places:
            at = 0
            for name, field in self.fields.items():
                if field.master is place and name in names:
                    at = self._put(field, at, self._widths[name])
            # An empty frame keeps its last height.
            place.configure(height=1)
        for name, field in self.fields.items():
            if name not in names:
                field.grid_remove()
            elif field.master not in self._places:
                field.grid()

    def _put(self, field: Field, at: int, width: int) -> int:
        row, column = divmod(at, COLUMNS)
        if column + width > COLUMNS:
            row, column = row + 1, 0
        end = column + width
        gap = 0 if end == COLUMNS else space(field, 2)
        field.grid(row=row, column=column, columnspan=width, sticky="new", padx=(0, gap))
        return row * COLUMNS + end

    def _build(self, detail: Detail, parent: tk.Misc) -> Field:
        label = _(detail.label)
        if detail.asked == "beside":
            field = ChoiceField(parent, label, width=WIDTH - 2, bare=True)
            field.grid(row=0, column=0, padx=(0, space(field, 2)))
            return field
        if detail.kind == "choice":
            return ChoiceField(parent, label, width=WIDTH)
        if detail.kind == "partner":
            self.partner = LookupField(parent, label, screen=self._screen, width=WIDTH)
            return self.partner
        return Field(parent, label, width=WIDTH, align="right" if detail.kind == "money" else "left")
