"""Widgets of the form for a sheet or roll of one's own."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.labels import measures as names
from almoxarife.desktop.kit.access_key import give_key
from almoxarife.desktop.kit.field import ChoiceField, Field
from almoxarife.desktop.kit.theme import space
from almoxarife.desktop.kit.wrapped_label import WrappedLabel
from almoxarife.i18n import N_, _

WIDTH = 8
_ROWS: tuple[tuple[tuple[str, str], ...], ...] = (
    (
        (names.PAGE_WIDTH, N_("Sheet's width")),
        (names.PAGE_HEIGHT, N_("Sheet's height")),
    ),
    (
        (names.COLUMNS, N_("Columns")),
        (names.ROWS, N_("Rows")),
        (names.WIDTH, N_("Label's width")),
        (names.HEIGHT, N_("Label's height")),
    ),
    (
        (names.LEFT, N_("Left margin")),
        (names.TOP, N_("Upper margin")),
        (names.GAP_X, N_("Between columns")),
        (names.GAP_Y, N_("Between rows")),
    ),
)
_COLUMNS = 4


@dataclass(frozen=True)
class MeasuresActions:
    """What the person can do here."""

    open: Callable[[], None]
    type: Callable[[str, str], None]
    submit: Callable[[], None]
    leave: Callable[[], None]


class MeasuresForm(tb.Frame):
    """All measures of a sheet; Enter uses them, Esc goes back. ``swap`` shows or hides it in place of the rest."""

    def __init__(self, parent: tk.Misc, swap: Callable[[bool], None]) -> None:
        super().__init__(parent)
        self._swap = swap
        self.columnconfigure(tuple(range(_COLUMNS)), weight=1, uniform="measures")
        title = tb.Label(self, text=_("Measures of your own, in mm"), font="TkHeadingFont")
        title.grid(row=0, column=0, columnspan=_COLUMNS, sticky="w")
        remark = WrappedLabel(self, bootstyle="secondary")
        remark.show(
            _(
                "Measure from the edges of the sheet, and between one label and the next. A comma takes decimals: 66,7."
            )
        )
        remark.grid(
            row=1, column=0, columnspan=_COLUMNS, sticky="ew", pady=(space(self, 0.5), space(self, 2))
        )
        self.kind = ChoiceField(self, _("Printed on"), width=WIDTH)
        self.kind.grid(row=2, column=0, columnspan=2, sticky="new")
        self.fields: dict[str, Field] = {names.KIND: self.kind}
        for row, fields in enumerate(_ROWS, start=2):
            for column, (name, label) in enumerate(fields, start=_COLUMNS - len(fields)):
                field = Field(self, _(label), width=WIDTH, align="right")
                field.grid(row=row, column=column, sticky="new", padx=(space(self) if column else 0, 0))
                self.fields[name] = field
        self._build_buttons().grid(row=len(_ROWS) + 2, column=0, columnspan=_COLUMNS, sticky="w")

    def connect(self, actions: MeasuresActions) -> None:
        """Let the person's actions go to the presenter."""
        self.use.configure(command=actions.submit)
        self.back.configure(command=actions.leave)
        for name, field in self.fields.items():
            field.on_change(lambda text, name=name: actions.type(name, text))  # type: ignore[misc]
            field.on_enter(actions.submit)
        self.use.bind("<Return>", lambda event: actions.submit())
        for widget in (*(field.entry for field in self.fields.values()), self.use, self.back):
            widget.bind("<Escape>", lambda event: actions.leave())

    def open(self, kinds: Sequence[str], texts: Mapping[str, str]) -> None:
        """Show the form in place of the rest."""
        self.kind.set_options(kinds)
        for name, text in texts.items():
            self.fields[name].text = text
        self._swap(True)
        # The list from which it was opened takes the keyboard once more before it is gone.
        self.after_idle(self.kind.focus)

    def close(self) -> None:
        """Show the rest again."""
        self._swap(False)

    def show_error(self, field: str, text: str) -> None:
        """Say what is wrong with a field."""
        self.fields[field].show_error(text)

    def show_fields(self, fields: Sequence[str], *, shown: bool) -> None:
        """Show some fields, or hide them."""
        for name in fields:
            field = self.fields[name]
            (field.grid if shown else field.grid_remove)()

    def focus_field(self, field: str) -> None:
        """Put the cursor into a field."""
        self.fields[field].focus()

    def _build_buttons(self) -> tb.Frame:
        buttons = tb.Frame(self)
        self.use = tb.Button(buttons, text=_("Use these measures"), bootstyle="primary")
        self.use.grid(row=0, column=0)
        self.back = tb.Button(buttons, bootstyle="ghost")
        give_key(self.back, _("&Back (Esc)"))
        self.back.grid(row=0, column=1, padx=(space(self), 0))
        return buttons
