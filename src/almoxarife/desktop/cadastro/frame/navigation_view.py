"""The places at the left of the window."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.pages import NAVIGATION, REACHED_FROM, PageName
from almoxarife.desktop.kit.access_key import CONTROL, give_key
from almoxarife.desktop.kit.button_styles import HERE, PLACE
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _

# Width of the navigation in spacing steps.
WIDTH_STEPS = 18
# Above and below the words of a place where there is room.
LOOSE_STEPS = 0.375
# As they lie on the keyboard; later places have a letter alone.
NUMBERS = "1234567890-="
_KEYS = {"-": "minus", "=": "equal"}


class Navigation(tb.Frame):
    """Leads to a page by a click, by Alt and its number, or by Alt and its letter."""

    def __init__(self, window: tk.Misc, go: Callable[[PageName], None]) -> None:
        super().__init__(window, bootstyle="@chrome", padding=space(window))
        self._go = go
        # The place where one is is written bold, and wider; the column must not change with it.
        self.columnconfigure(0, minsize=space(self, WIDTH_STEPS))
        self.rowconfigure(len(NAVIGATION), weight=1)
        self.buttons: dict[str, tb.Button] = {}
        for row, place in enumerate(NAVIGATION):
            button = tb.Button(self, style=PLACE, command=partial(go, place.name))
            button.grid(row=row, column=0, sticky="ew")
            self.buttons[place.name] = button
            if row >= len(NUMBERS):
                give_key(button, f"    {_(place.title)}")
                continue
            number = NUMBERS[row]
            give_key(button, f"{number}  {_(place.title)}")
            window.winfo_toplevel().bind(
                f"<Alt-Key-{_KEYS.get(number, number)}>", partial(self._on_number, button), add=True
            )
        self._hint = tb.Label(
            self, text=_("Alt + number"), font="TkSmallCaptionFont", bootstyle="secondary @chrome"
        )
        self._hint.grid(row=len(NAVIGATION), column=0, sticky="sw", padx=space(self))
        self.bind("<Configure>", lambda event: self._fit(event.height))

    def show_pages(self, pages: Sequence[PageName]) -> None:
        """Show these pages and no others; each keeps its number."""
        for name, button in self.buttons.items():
            if name in pages:
                button.grid()
            else:
                button.grid_remove()
        self._fit(self.winfo_height())

    def show_here(self, name: str) -> None:
        """Show which page is shown."""
        here = next((home for page, home in REACHED_FROM.items() if page == name), name)
        for page, button in self.buttons.items():
            button.configure(style=HERE if page == here else PLACE)

    def _fit(self, height: int) -> None:
        """Lay the places out closer in a low window, and leave the hint out where there is no room below them."""
        shown = [button for button in self.buttons.values() if button.winfo_manager()]
        spare = height - 2 * space(self) - sum(button.winfo_reqheight() for button in shown)
        around = max(0, min(space(self, LOOSE_STEPS), spare // (2 * max(len(shown), 1))))
        for button in shown:
            button.grid_configure(ipady=around)
        if spare - 2 * around * len(shown) >= self._hint.winfo_reqheight():
            self._hint.grid()
        else:
            self._hint.grid_remove()

    def _on_number(self, button: tb.Button, event: tk.Event[tk.Misc]) -> str | None:
        if int(event.state) & CONTROL or not button.winfo_viewable():
            return None
        button.invoke()
        return "break"
