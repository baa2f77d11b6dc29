"""A field of a form: its name above, and under it the place for what is wrong with it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from typing import Literal

import ttkbootstrap as tb

from almoxarife.desktop.kit.access_key import ALT
from almoxarife.desktop.kit.theme import space
from almoxarife.desktop.kit.wrapped_label import wrap_at_width

HintKind = Literal["secondary", "success"]


class Field(tb.Frame):
    """An entry with label and a line below it, which is there even when empty: a form never jumps.

    A ``bare`` one has neither; it stands beside another one that speaks for it.
    """

    def __init__(
        self,
        parent: tk.Misc,
        label: str,
        *,
        width: int = 32,
        secret: bool = False,
        align: Literal["left", "right"] = "left",
        stretch: bool = True,
        bare: bool = False,
    ) -> None:
        super().__init__(parent)
        # The last column takes what is left when the entry does not.
        self.columnconfigure(0 if stretch else 2, weight=1)
        self._hint, self._hint_kind = "", "secondary"
        self._value = tk.StringVar(self)
        self.entry: tb.Entry | tb.Combobox = self._make_entry(width, align, secret=secret)
        self.entry.grid(row=1, column=0, sticky="ew")
        # With a width of its own a long remark would keep its place from becoming narrower.
        self._below = tb.Label(self, font="TkSmallCaptionFont", justify="left", anchor="nw", width=1)
        if bare:
            return
        tb.Label(self, text=label).grid(row=0, column=0, columnspan=3, sticky="w", pady=(0, space(self, 0.5)))
        self._below.grid(row=2, column=0, columnspan=3, sticky="ew", pady=(space(self, 0.25), space(self)))
        wrap_at_width(self._below, self)

    @property
    def text(self) -> str:
        """What has been typed."""
        return self._value.get()

    @text.setter
    def text(self, text: str) -> None:
        if text != self._value.get():
            self._value.set(text)
            self.entry.selection_clear()
        self.entry.icursor("end")

    @property
    def error(self) -> str:
        """What is said to be wrong, empty when nothing is."""
        return str(self._below.cget("text")) if "invalid" in self.entry.state() else ""

    @property
    def hint(self) -> str:
        """The remark under the field while nothing is wrong."""
        return self._hint

    def show_error(self, text: str) -> None:
        """Say what is wrong, in words, by a sign and in red; an empty text takes it back."""
        if text:
            self.entry.state(["invalid"])
            self._below.configure(text=f"⚠ {text}", bootstyle="danger")
        else:
            self.entry.state(["!invalid"])
            self._below.configure(text=self._hint, bootstyle=self._hint_kind)

    def show_hint(self, text: str, kind: HintKind = "secondary") -> None:
        """Make a remark about the field, in the place of an error."""
        self._hint, self._hint_kind = text, kind
        self.show_error("")

    def add_beside(self, widget: tk.Widget) -> None:
        """Put a child of this field at the right of the entry."""
        widget.grid(row=1, column=1, sticky="ns", padx=(space(self, 2), 0))

    def focus(self) -> None:
        """Put the cursor here, the text selected, so that typing replaces it."""
        self.entry.focus_set()
        self.entry.select_range(0, "end")
        self.entry.icursor("end")

    def set_locked(self, locked: bool) -> None:
        """Take no text, or take it again."""
        self.entry.state(["readonly" if locked else "!readonly"])

    def on_change(self, action: Callable[[str], None]) -> None:
        """Call an action with the text whenever it changes."""
        when_written(self, self._value, action)

    def on_enter(self, action: Callable[[], None]) -> None:
        """Call an action when Enter is pressed here."""
        for key in ("<Return>", "<KP_Enter>"):
            self.entry.bind(key, lambda event: action())

    def _make_entry(
        self, width: int, align: Literal["left", "right"], *, secret: bool
    ) -> tb.Entry | tb.Combobox:
        return tb.Entry(
            self, textvariable=self._value, width=width, justify=align, show="•" if secret else ""
        )


def when_written(owner: tk.Misc, value: tk.StringVar, action: Callable[[str], None]) -> None:
    """Call an action with a variable's text whenever it changes, as long as its widget exists.

    Tk keeps the call, and with it the whole window, until somebody takes it back.
    """
    call = value.trace_add("write", lambda *_names: action(value.get()))
    owner.bind("<Destroy>", lambda _event: value.trace_remove("write", call), add="+")


class ChoiceField(Field):
    """A field whose text is one of a few; arrows change it, and a letter goes to the next that begins with it."""

    _labels: list[str]

    def set_options(self, options: Sequence[str]) -> None:
        """Set what can be chosen; a choice that is no longer there becomes the first one."""
        self._labels = list(options)
        self._show_options()
        if self.text not in options:
            self.text = options[0] if options else ""

    def choose_first(self) -> None:
        """Choose the first one."""
        self.text = self._labels[0] if self._labels else ""

    def set_locked(self, locked: bool) -> None:
        """Let nothing be chosen, or let it be chosen again; a disabled box could hardly be read."""
        self._locked = locked
        self._show_options()

    def focus(self) -> None:
        """Put the keyboard here."""
        self.entry.focus_set()

    def _make_entry(self, width: int, align: Literal["left", "right"], *, secret: bool) -> tb.Combobox:
        self._labels = []
        self._locked = False
        self._box = box = tb.Combobox(
            self, textvariable=self._value, width=width, justify=align, state="readonly"
        )
        box.bind("<Key>", self._on_letter)
        # The wheel over a form that scrolls must not change what was chosen.
        for wheel in ("<MouseWheel>", "<Button-4>", "<Button-5>"):
            box.bind(wheel, lambda event: "break")
        # The whole text would stay marked after a choice, as if it could be typed over.
        box.bind("<<ComboboxSelected>>", lambda event: box.selection_clear())
        return box

    def _show_options(self) -> None:
        self._box.configure(values=[] if self._locked else self._labels)

    def _on_letter(self, event: tk.Event[tk.Misc]) -> str | None:
        letter = event.char.casefold()
        # With Alt it presses a button.
        if not letter.isalnum() or int(event.state) & ALT:
            return None
        options = [] if self._locked else self._labels
        here = options.index(self.text) + 1 if self.text in options else 0
        for option in options[here:] + options[:here]:
            if option.strip().casefold().startswith(letter):
                self.text = option
                break
        return "break"
