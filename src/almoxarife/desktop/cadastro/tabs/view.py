"""Widgets of a page with several tabs."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any, TypeVar

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.record.kind import RecordKind
from almoxarife.desktop.cadastro.record.view import RecordPanel
from almoxarife.desktop.kit.fitted_label import FittedLabel
from almoxarife.desktop.kit.shown import is_shown
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _

P = TypeVar("P", bound=tb.Frame)
# What goes to the next tab and to the one before it, and by how many. Shift and Tab have a name of their own on X11.
_CYCLING = {"<Control-Tab>": 1, "<Control-Shift-Tab>": -1, "<Control-ISO_Left_Tab>": -1}


class TabsScreen(tb.Frame):
    """A title and its tabs, each made when it is first shown; Ctrl+Tab goes to the next one."""

    def __init__(self, parent: tk.Misc, title: str) -> None:
        super().__init__(parent, padding=(space(parent, 3), space(parent, 2)))
        self._show: Callable[[int], None] = lambda place: None
        self._prepare: Callable[[int], None] = lambda place: None
        self._panels: list[tk.Widget] = []
        self.columnconfigure(0, weight=1)
        self.rowconfigure(1, weight=1)
        self._title = FittedLabel(self, font="TkCaptionFont")
        self._title.grid(row=0, column=0, sticky="ew")
        self._title.show(title)
        self.tabs = tb.Notebook(self)
        self.tabs.grid(row=1, column=0, columnspan=2, sticky="nsew", pady=(space(self), 0))
        # Before what Tk does itself: a tab that was not there before is made first, and not seen empty.
        self.tabs.bind("<Button-1>", lambda event: self._on_press(event.x, event.y))
        for key, step in _CYCLING.items():
            self._bind_cycling(key, step)
        self.tabs.bind("<<NotebookTabChanged>>", lambda event: self._show(self.tabs.index("current")))

    @property
    def title(self) -> str:
        """What the page is called."""
        return self._title.text

    def show_title(self, text: str) -> None:
        """Call the page something else."""
        self._title.show(text)

    def connect(self, show: Callable[[int], None], prepare: Callable[[int], None]) -> None:
        """Let the choice of a tab go to the presenter; ``prepare`` is told before it is shown."""
        self._show, self._prepare = show, prepare

    def show_tabs(self, places: Sequence[int], shown: int) -> None:
        """Offer these tabs and no others, and show one of them."""
        self.tabs.select(self._panels[shown])
        for place, panel in enumerate(self._panels):
            self.tabs.tab(panel, state="normal" if place in places else "hidden")

    def add(self, title: str, make: Callable[[], P]) -> Callable[[], P]:
        """Take a tab whose panel, a child of ``tabs``, is made when it is first needed; return what gives it."""
        place = len(self._panels)
        self._panels.append(tb.Frame(self.tabs))
        self.tabs.add(self._panels[place], text=title)

        @cache
        def panel() -> P:
            made = make()
            made.configure(padding=space(self, 1.5))
            self._put(place, made)
            return made

        return panel

    def add_record(self, kind: RecordKind[Any], title: str = "") -> Callable[[], RecordPanel]:
        """Take a list with its form as a tab, under the title of its kind unless another one is given."""

        def make() -> RecordPanel:
            panel = RecordPanel(self.tabs, kind)
            panel.is_current = partial(self.is_current, panel)
            return panel

        return self.add(title or _(kind.words.title), make)

    def is_current(self, panel: tk.Widget) -> bool:
        """Tell whether a tab is the one shown."""
        return is_shown(self) and self.tabs.select() == str(panel)

    def _put(self, place: int, panel: tk.Widget) -> None:
        """Put the panel of a tab where an empty one stood."""
        empty = self._panels[place]
        options = {name: self.tabs.tab(empty, name) for name in ("text", "state")}
        self.tabs.insert(empty, panel, **options)
        if self.tabs.select() == str(empty):
            self.tabs.select(panel)
        self._panels[place] = panel
        empty.destroy()

    def _on_press(self, x: int, y: int) -> None:
        if not self.tabs.identify(x, y):
            return
        place = self.tabs.index(f"@{x},{y}")
        before = self._panels[place]
        self._prepare(place)
        if self._panels[place] is not before:
            # Tk looks once more for the tab that is pressed, and would not find one that has no place yet.
            self.tabs.update_idletasks()

    def _bind_cycling(self, key: str, step: int) -> None:
        try:
            self.winfo_toplevel().bind(key, lambda event: self._on_cycle(step), add=True)
        except tk.TclError:
            # There is no such key here.
            return

    def _on_cycle(self, step: int) -> str | None:
        if not is_shown(self):
            return None
        offered = [place for place, panel in enumerate(self._panels) if self._is_offered(panel)]
        here = offered.index(self.tabs.index("current"))
        place = offered[(here + step) % len(offered)]
        self._prepare(place)
        # As Tk's own traversal, which would show the tab first: the keyboard goes with it.
        self.tk.call("ttk::notebook::ActivateTab", self.tabs, place)
        return "break"

    def _is_offered(self, panel: tk.Widget) -> bool:
        return str(self.tabs.tab(panel, "state")) == "normal"
