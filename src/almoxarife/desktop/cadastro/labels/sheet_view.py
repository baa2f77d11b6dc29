"""Widgets of the sheet that labels are printed on, and what makes it."""

from __future__ import annotations

import operator
import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from tkinter.filedialog import asksaveasfilename

import ttkbootstrap as tb
from PIL import Image, ImageTk

from almoxarife.desktop.cadastro.labels.sheet import FIRST, FORMAT, SYMBOL
from almoxarife.desktop.cadastro.labels.shift import SHIFT_X, SHIFT_Y
from almoxarife.desktop.kit.access_key import give_key
from almoxarife.desktop.kit.field import ChoiceField, Field
from almoxarife.desktop.kit.fitted_label import FittedLabel
from almoxarife.desktop.kit.theme import space
from almoxarife.desktop.kit.wrapped_label import WrappedLabel
from almoxarife.i18n import _, format_quantity

FORMAT_WIDTH, FIRST_WIDTH, SHIFT_WIDTH, SYMBOL_WIDTH = 29, 10, 6, 16
# A resized window is drawn anew when it has come to rest.
REST_MS = 200


@dataclass(frozen=True)
class SheetActions:
    """What the person can do here; ``switch`` gets whether price and shop are shown."""

    type: Callable[[str, str], None]
    switch: Callable[[bool, bool], None]
    refresh: Callable[[], None]
    save: Callable[[str], None]
    show: Callable[[], None]
    print_out: Callable[[], None]
    cancel: Callable[[], None]


class SheetPanel(tb.Frame):
    """Format, position, kind of code, what is left out; the first sheet; and the buttons."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent)
        self._sheet: Image.Image | None = None
        self._image: ImageTk.PhotoImage | None = None
        self._rest: str | None = None
        self._actions: SheetActions | None = None
        # A test answers in place of the person.
        self.ask_for_file: Callable[[], str] = self._ask_for_file
        self.columnconfigure(0, weight=1)
        self.rowconfigure(3, weight=1)
        self.format = ChoiceField(self, _("Sheet or roll"), width=FORMAT_WIDTH)
        self.format.grid(row=0, column=0, sticky="ew")
        self._build_how().grid(row=1, column=0, sticky="ew")
        self._build_preview().grid(row=3, column=0, sticky="nsew", pady=space(self))
        self._summary = FittedLabel(self, font="TkHeadingFont")
        self._summary.grid(row=4, column=0, sticky="ew", pady=(0, space(self)))
        self._build_buttons().grid(row=5, column=0, sticky="ew")
        self._build_progress().grid(row=5, column=0, sticky="ew")
        self.progress.grid_remove()
        # How far it is stands where the sum stands else.
        self._count = FittedLabel(self, font="TkHeadingFont")
        self._count.grid(row=4, column=0, sticky="ew", pady=(0, space(self)))
        self._count.grid_remove()

    @property
    def fields(self) -> dict[str, Field]:
        """The fields by their names."""
        return {
            FORMAT: self.format,
            FIRST: self.first,
            SYMBOL: self.symbol,
            SHIFT_X: self.shift_x,
            SHIFT_Y: self.shift_y,
        }

    @property
    def summary(self) -> str:
        """What is said of labels and sheets."""
        return self._summary.text

    @property
    def remark(self) -> str:
        """What stands in place of the first sheet."""
        return self._remark.text

    @property
    def has_preview(self) -> bool:
        """Whether the first sheet is shown."""
        return self._image is not None

    @property
    def preview_size(self) -> tuple[int, int]:
        """How many pixels there are for the preview."""
        margin = 2 * space(self)
        return (
            max(1, self._ground.winfo_width() - margin),
            max(1, self._ground.winfo_height() - margin),
        )

    def connect(self, actions: SheetActions) -> None:
        """Let the person's actions go to the presenter."""
        self._actions = actions
        for name, field in self.fields.items():
            field.on_change(lambda text, name=name: actions.type(name, text))  # type: ignore[misc]

    def set_options(self, field: str, labels: Sequence[str]) -> None:
        """Set what can be chosen in a field."""
        {FORMAT: self.format, SYMBOL: self.symbol}[field].set_options(labels)

    def show_preview(self, picture: Image.Image | None, remark: str) -> None:
        """Show the first sheet, or say why there is none."""
        self._sheet = picture
        self._draw()
        (self._picture.grid if picture is not None else self._picture.grid_remove)()
        self._remark.show(remark)
        (self._remark.grid if picture is None else self._remark.grid_remove)()

    def show_summary(self, text: str) -> None:
        """Say how many labels and sheets there are."""
        self._summary.show(text)

    def show_progress(self, labels: int, total: int) -> None:
        """Show how many labels are drawn in place of the buttons; a total of 0 ends it."""
        was_busy = bool(self.progress.winfo_manager())
        (self.buttons.grid_remove if total else self.buttons.grid)()
        (self._summary.grid_remove if total else self._summary.grid)()
        for part in (self.progress, self._count):
            (part.grid if total else part.grid_remove)()
        for field in self.fields.values():
            field.set_locked(total > 0)
        for box in (self.price, self.shop):
            box.state(["disabled" if total else "!disabled"])
        if total:
            self._bar.configure(maximum=total, value=labels)
            text = _("{labels} of {total} labels")
            self._count.show(text.format(labels=format_quantity(labels), total=format_quantity(total)))
            if not was_busy:
                self.stop.focus_set()

    def _build_how(self) -> tb.Frame:
        how = tb.Frame(self)
        how.columnconfigure((1, 2), weight=1)
        self.first = Field(how, _("First free place"), width=FIRST_WIDTH, align="right")
        self.shift_x = Field(how, _("Move → mm"), width=SHIFT_WIDTH, align="right")
        self.shift_y = Field(how, _("Move ↓ mm"), width=SHIFT_WIDTH, align="right")
        for column, field in enumerate((self.first, self.shift_x, self.shift_y)):
            field.grid(row=0, column=column, sticky="new", padx=(space(self) if column else 0, 0))
        self.symbol = ChoiceField(how, _("Kind of code"), width=SYMBOL_WIDTH)
        self.symbol.grid(row=1, column=0, columnspan=2, sticky="new")
        self._build_switches(how).grid(row=1, column=2, sticky="w", padx=(space(self), 0))
        return how

    def _build_switches(self, parent: tk.Misc) -> tb.Frame:
        switches = tb.Frame(parent)
        self._prices, self._shops = tk.BooleanVar(self, value=True), tk.BooleanVar(self, value=True)
        self.price = tb.Checkbutton(switches, text=_("Price"), variable=self._prices, command=self._on_switch)
        self.shop = tb.Checkbutton(switches, text=_("Shop"), variable=self._shops, command=self._on_switch)
        self.price.grid(row=0, column=0, sticky="w")
        self.shop.grid(row=1, column=0, sticky="w", pady=(space(self, 0.5), 0))
        return switches

    def _build_preview(self) -> tb.Frame:
        self._ground = tb.Frame(self, bootstyle="@chrome", padding=space(self, 0.5))
        self._ground.columnconfigure(0, weight=1)
        self._ground.rowconfigure(0, weight=1)
        # The picture must not push the room that it was made for apart.
        self._ground.grid_propagate(False)
        self._picture = tb.Label(self._ground, bootstyle="@chrome", anchor="center")
        self._picture.grid(row=0, column=0)
        self._remark = WrappedLabel(self._ground, bootstyle="secondary @chrome")
        self._remark.configure(anchor="center", justify="center")
        self._remark.grid(row=0, column=0, sticky="ew")
        self._ground.bind("<Configure>", lambda event: self._on_resize())
        self._ground.bind("<Destroy>", lambda event: self._forget_rest())
        return self._ground

    def _build_buttons(self) -> tb.Frame:
        self.buttons = tb.Frame(self)
        self.print = tb.Button(self.buttons, bootstyle="primary", command=lambda: self._act().print_out())
        give_key(self.print, _("Pri&nt"))
        self.open = tb.Button(self.buttons, bootstyle="outline", command=lambda: self._act().show())
        give_key(self.open, _("&Open"))
        self.save = tb.Button(self.buttons, bootstyle="outline", command=self._on_save)
        give_key(self.save, _("Sa&ve as PDF…"))
        for column, button in enumerate((self.print, self.open, self.save)):
            button.grid(row=0, column=column, padx=(0, space(self)))
        return self.buttons

    def _build_progress(self) -> tb.Frame:
        self.progress = tb.Frame(self)
        self.progress.columnconfigure(0, weight=1)
        self._bar = tb.Progressbar(self.progress, mode="determinate")
        self._bar.grid(row=0, column=0, sticky="ew")
        self.stop = tb.Button(
            self.progress, text=_("Stop (Esc)"), bootstyle="outline", command=lambda: self._act().cancel()
        )
        self.stop.grid(row=0, column=1, padx=(space(self), 0))
        self.stop.bind("<Escape>", lambda event: self._act().cancel())
        return self.progress

    def _on_switch(self) -> None:
        self._act().switch(self._prices.get(), self._shops.get())

    def _on_save(self) -> None:
        self._act().save(self.ask_for_file())

    def _draw(self) -> None:
        """Draw the sheet no larger than its place, which may have become smaller since it was asked for."""
        fitted = self._sheet
        if fitted is not None and any(map(operator.gt, fitted.size, self.preview_size)):
            fitted = fitted.copy()
            fitted.thumbnail(self.preview_size)
        self._image = None if fitted is None else ImageTk.PhotoImage(fitted, master=self)
        self._picture.configure(image=self._image or "")

    def _on_resize(self) -> None:
        self._draw()
        self._forget_rest()
        self._rest = self.after(REST_MS, self._on_rest)

    def _on_rest(self) -> None:
        self._rest = None
        if self._ground.winfo_viewable():
            self._act().refresh()

    def _forget_rest(self) -> None:
        if self._rest is not None:
            self.after_cancel(self._rest)
            self._rest = None

    def _ask_for_file(self) -> str:
        # Closed without a choice, the dialog may give an empty tuple.
        return str(
            asksaveasfilename(
                parent=self,
                title=_("Save labels"),
                initialfile=_("labels.pdf"),
                defaultextension=".pdf",
                filetypes=[("PDF", "*.pdf")],
            )
            or ""
        )

    def _act(self) -> SheetActions:
        assert self._actions is not None, "connect() comes first"
        return self._actions
