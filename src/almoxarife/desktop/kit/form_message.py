"""A sentence about a form as a whole."""

from __future__ import annotations

from almoxarife.desktop.kit.theme import space
from almoxarife.desktop.kit.wrapped_label import WrappedLabel


class FormMessage(WrappedLabel):
    """Wraps at the width of the form and takes no room while it has nothing to say."""

    def place_in_row(self, row: int) -> None:
        """Take this row of the form whenever there is something to say."""
        self.grid(row=row, column=0, sticky="ew", pady=(0, space(self, 1.5)))
        self.grid_remove()

    def say(self, text: str, *, is_error: bool) -> None:
        """Say a sentence; an empty one takes it back."""
        self._put(f"⚠ {text}" if is_error and text else text, "danger" if is_error else "success")

    def advise(self, text: str) -> None:
        """Say what is neither an error nor good news."""
        self._put(text, "default")

    def _put(self, text: str, style: str) -> None:
        self.show(text)
        self.configure(bootstyle=style)
        if text:
            self.grid()
        else:
            self.grid_remove()
