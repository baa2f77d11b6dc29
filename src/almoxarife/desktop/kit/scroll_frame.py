"""A part of a window that scrolls when it is higher than its place."""

from __future__ import annotations

import tkinter as tk

import ttkbootstrap as tb

from almoxarife.desktop.kit.theme import space
from almoxarife.desktop.kit.wheel import bind_wheel

# Of a notch of the wheel, in pixels.
STEP = 40


class ScrollFrame(tb.Frame):
    """Put widgets into ``body``; the one that has the keyboard is always in sight."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent)
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        # A frame that asks for one pixel, as after its scrollbar has gone, is not laid out again by Tk.
        self.canvas = tk.Canvas(self, highlightthickness=0, borderwidth=0, height=2, width=2)
        self.canvas.grid(row=0, column=0, sticky="nsew")
        self.scrollbar = tb.Scrollbar(
            self, orient="vertical", bootstyle="secondary", command=self.canvas.yview
        )
        self.body = tb.Frame(self.canvas)
        self._window = self.canvas.create_window(0, 0, window=self.body, anchor="nw")
        self.canvas.configure(yscrollcommand=self._on_scroll)
        self.body.bind("<Configure>", lambda event: self._fit())
        self.canvas.bind("<Configure>", lambda event: self._fit())
        self.bind("<<ThemeChanged>>", lambda event: self._colour(), add=True)
        top = self.winfo_toplevel()
        top.bind("<FocusIn>", lambda event: self._on_focus(event.widget), add=True)
        bind_wheel(top, lambda event, notches: self._on_wheel(event.widget, notches))
        self._colour()

    def see(self, widget: tk.Misc) -> None:
        """Bring a widget of the body in sight."""
        self.update_idletasks()
        top = widget.winfo_rooty() - self.body.winfo_rooty()
        bottom = top + widget.winfo_height()
        height, whole = self.canvas.winfo_height(), max(1, self.body.winfo_height())
        first = self.canvas.canvasy(0)
        if top < first:
            self.canvas.yview_moveto(top / whole)
        elif bottom > first + height:
            self.canvas.yview_moveto((bottom - height) / whole)

    def _fit(self) -> None:
        self.canvas.itemconfigure(self._window, width=self.canvas.winfo_width())
        self.canvas.configure(scrollregion=(0, 0, 1, self.body.winfo_reqheight()), yscrollincrement=1)

    def _on_scroll(self, first: float, last: float) -> None:
        self.scrollbar.set(first, last)
        if float(first) <= 0 and float(last) >= 1:
            self.scrollbar.grid_remove()
        else:
            self.scrollbar.grid(row=0, column=1, sticky="ns", padx=(space(self, 0.5), 0))

    def _on_focus(self, widget: object) -> None:
        if isinstance(widget, tk.Misc) and self._holds(widget):
            # The line under a field belongs to it.
            self.see(widget.nametowidget(widget.winfo_parent()))

    def _on_wheel(self, widget: object, notches: float) -> None:
        if isinstance(widget, tk.Misc) and self._holds(widget) and self.scrollbar.winfo_ismapped():
            self.canvas.yview_scroll(round(notches * STEP), "units")

    def _holds(self, widget: tk.Misc) -> bool:
        return str(widget).startswith(f"{self.body}.")

    def _colour(self) -> None:
        self.canvas.configure(background=tb.Style.get_instance().colors.bg)
