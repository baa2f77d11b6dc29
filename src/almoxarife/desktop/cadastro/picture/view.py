"""Widgets for the picture of a product."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter.filedialog import askopenfilename

import ttkbootstrap as tb
from PIL import ImageTk

from almoxarife.desktop.cadastro.picture.reading import SUFFIXES, Picture
from almoxarife.desktop.kit.busy_button import BusyButton
from almoxarife.desktop.kit.form_message import FormMessage
from almoxarife.desktop.kit.theme import space
from almoxarife.desktop.kit.wrapped_label import WrappedLabel
from almoxarife.i18n import _


class PicturePanel(tb.Frame):
    """The buttons and what there is to say at the top, the picture below."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent, padding=space(parent, 2))
        self._put: Callable[[str], None] = lambda path: None
        self._remove: Callable[[], None] = lambda: None
        self._image: ImageTk.PhotoImage | None = None
        self._has_picture = False
        self.is_current: Callable[[], bool] = lambda: True
        # A test answers in place of the person.
        self.ask_for_file: Callable[[], str] = self._ask_for_file
        self.columnconfigure(0, weight=1)
        self.rowconfigure(3, weight=1)
        self.buttons = tb.Frame(self)
        self.buttons.grid(row=0, column=0, sticky="w", pady=(0, space(self)))
        self.choose = BusyButton(
            self.buttons, _("Choose a &file…"), _("Saving…"), lambda: self._put(self.ask_for_file())
        )
        self.choose.grid(row=0, column=0)
        self.remove = tb.Button(
            self.buttons, text=_("Remove"), bootstyle="outline", command=lambda: self._remove()
        )
        self.remove.grid(row=0, column=1, padx=(space(self), 0))
        self._message = FormMessage(self)
        self._message.place_in_row(1)
        self._remark = WrappedLabel(self, bootstyle="secondary")
        self._remark.grid(row=2, column=0, sticky="ew", pady=(0, space(self)))
        self._shown = tb.Label(self, anchor="nw")
        self._shown.grid(row=3, column=0, sticky="nsew")

    @property
    def error(self) -> str:
        """What is said to be wrong."""
        return self._message.text

    @property
    def remark(self) -> str:
        """What is said about the picture."""
        return self._remark.text

    def connect(self, put: Callable[[str], None], remove: Callable[[], None]) -> None:
        """Let the person's actions go to the presenter."""
        self._put, self._remove = put, remove

    def allow_changes(self, allowed: bool) -> None:
        """Show the buttons, or only the picture."""
        (self.buttons.grid if allowed else self.buttons.grid_remove)()

    def show_picture(self, picture: Picture | None) -> None:
        """Show a picture, or none."""
        self._has_picture = picture is not None
        self._image = None if picture is None else ImageTk.PhotoImage(picture.image, master=self)
        self._shown.configure(image=self._image or "")
        self._enable()

    def show_remark(self, text: str) -> None:
        """Say something about the picture."""
        self._remark.show(text)

    def show_error(self, text: str) -> None:
        """Say why the picture cannot be shown or kept."""
        self._message.say(text, is_error=True)

    def set_busy(self, busy: bool) -> None:
        """Show that a picture is being kept."""
        self.choose.set_busy(busy)
        self._enable()

    def focus_choice(self) -> None:
        """Put the keyboard on the button that chooses a file."""
        if self.is_current() and self.buttons.winfo_manager():
            self.choose.focus_set()

    def _enable(self) -> None:
        usable = self._has_picture and not self.choose.is_busy
        self.remove.state(["!disabled" if usable else "disabled"])

    def _ask_for_file(self) -> str:
        types = [(_("Pictures"), SUFFIXES)]
        # Closed without a choice, the dialog may give an empty tuple.
        return str(askopenfilename(parent=self, title=_("Picture of the product"), filetypes=types) or "")
