"""A table over a list of any length: a Treeview that holds only the rows in sight.

A Treeview with 100,000 items needs seconds to fill and 100 MB. Here it has as
many items as fit the window; scrolling asks the source for those rows and
writes them into the same items.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import font as tkfont
from tkinter import ttk
from typing import Literal

import ttkbootstrap as tb

from almoxarife.desktop.kit.ellipsis import Ellipsis
from almoxarife.desktop.kit.empty_text import EmptyText
from almoxarife.desktop.kit.kinds import Tone
from almoxarife.desktop.kit.row_source import NoRows, RowSource
from almoxarife.desktop.kit.table_column import Column, share_width, that_fit
from almoxarife.desktop.kit.table_style import STYLE, TableStyle
from almoxarife.desktop.kit.viewport import Viewport
from almoxarife.desktop.kit.wheel import bind_wheel

# New rows are drawn together this often at the most.
REDRAW_MS = 60
ROWS_PER_NOTCH = 3
NOT_DRAWN: tuple[Sequence[str], tuple[str, ...]] = ((), ())


class VirtualTable(ttk.Frame):
    """A table that scrolls at the same speed whatever the length of its source.

    ``on_select`` gets the place of the row that the person selects, ``on_activate`` that of
    the row on which they press Enter or double-click.
    """

    def __init__(
        self,
        parent: tk.Misc,
        columns: Sequence[Column],
        *,
        empty_text: str = "",
        on_select: Callable[[int], None] | None = None,
        on_activate: Callable[[int], None] | None = None,
    ) -> None:
        super().__init__(parent)
        self.viewport = Viewport()
        self._columns = columns
        self._source: RowSource = NoRows()
        self._on_select = on_select
        self._on_activate = on_activate
        self._items: list[str] = []
        self._tone: Callable[[int], Tone] | None = None
        self._shown: dict[str, tuple[Sequence[str], tuple[str, ...]]] = {}
        self._widths, self._least, self._displayed = list[int](), list[int](), list[int]()
        self._hovered: str | None = None
        self._pending: str | None = None
        self._wheel_rest = 0.0
        self._style = TableStyle(self)
        self._build(empty_text)
        self._style.colour_rows(self.tree)
        self._font = tkfont.nametofont("TkDefaultFont")
        self._ellipsis = Ellipsis(self._font.measure)
        self._size_columns()
        self._bind_keys()

    # -- what the owner calls

    def show(self, source: RowSource, tone: Callable[[int], Tone] | None = None) -> None:
        """Show a source from its top; ``tone`` tells in which colour a row is written."""
        self._source = source
        self._tone = tone
        self.viewport.reset(len(source))
        self._redraw_soon()

    def rows_added(self, count: int) -> None:
        """Take note that so many rows came in at the top of the source."""
        self.viewport.add(count, len(self._source))
        self._redraw_soon()

    def refresh(self) -> None:
        """Draw what is in sight again, because texts changed."""
        self._redraw_soon()

    def select_first(self) -> None:
        """Select the first row in sight unless one is selected."""
        if self.viewport.selected is None:
            self._on_step(lambda: self.viewport.move(0))

    def set_empty_text(self, text: str) -> None:
        """Set the sentence that stands in place of the rows when there are none."""
        self._empty.configure(text=text)

    @property
    def empty_text(self) -> str:
        """What stands in place of the rows when there are none."""
        return str(self._empty.cget("text"))

    @property
    def visible_rows(self) -> list[Sequence[str]]:
        """Texts of the rows in sight, as drawn."""
        return [self._shown[item][0] for item in self._items if item in self._shown]

    # -- widgets

    def _build(self, empty_text: str) -> None:
        self.tree = tb.Treeview(
            self,
            columns=[str(number) for number in range(len(self._columns))],
            show="headings",
            selectmode="none",
            height=1,
            style=STYLE,
        )
        self.scrollbar = tb.Scrollbar(
            self, orient="vertical", bootstyle="secondary", command=self._on_scrollbar
        )
        self._empty = EmptyText(self.tree, empty_text)
        self._empty.configure(background=self._style.ground)
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self.tree.grid(row=0, column=0, sticky="nsew")
        self.scrollbar.grid(row=0, column=1, sticky="ns")

    def _size_columns(self) -> None:
        heading = self._style.heading_font()
        self._least.clear()
        for number, column in enumerate(self._columns):
            width = max(self._font.measure(column.sample), heading.measure(column.title))
            width += 2 * self._style.cell_padding
            self._least.append(width)
            anchor: Literal["e", "w"] = "e" if column.align == "right" else "w"
            self.tree.heading(str(number), text=column.title, anchor=anchor)
            self.tree.column(str(number), width=width, minwidth=width, stretch=column.stretch, anchor=anchor)

    def _bind_keys(self) -> None:
        tree = self.tree
        steps: dict[str, Callable[[], None]] = {
            "<Up>": lambda: self.viewport.move(-1),
            "<Down>": lambda: self.viewport.move(1),
            "<Prior>": lambda: self.viewport.move(-self.viewport.height),
            "<Next>": lambda: self.viewport.move(self.viewport.height),
            "<Home>": lambda: self.viewport.select(0),
            "<End>": lambda: self.viewport.select(self.viewport.total - 1),
        }
        for key, step in steps.items():
            tree.bind(key, lambda event, step=step: self._on_step(step))  # type: ignore[misc]
        for key in ("<Return>", "<KP_Enter>"):
            tree.bind(key, self._on_enter)
        tree.bind("<Button-1>", self._on_click)
        tree.bind("<Double-Button-1>", self._on_double_click)
        tree.bind("<Motion>", self._on_motion)
        tree.bind("<Leave>", lambda event: self._hover(None))
        # The width of a column may have been dragged.
        tree.bind("<ButtonRelease-1>", lambda event: self._redraw_soon())
        tree.bind("<Configure>", lambda event: self._redraw_soon())
        tree.bind("<<ThemeChanged>>", self._on_theme, add=True)
        self.bind("<Destroy>", lambda event: self._forget_redraw())
        bind_wheel(tree, lambda event, notches: self._on_wheel(notches * ROWS_PER_NOTCH))

    # -- what the person does

    def _on_wheel(self, rows: float) -> str:
        whole = int(self._wheel_rest + rows)
        self._wheel_rest += rows - whole
        self.viewport.scroll(whole)
        self._redraw()
        return "break"

    def _on_scrollbar(self, verb: str, amount: str, unit: str = "") -> None:
        if verb == "moveto":
            self.viewport.scroll_to_fraction(float(amount))
        else:
            self.viewport.scroll(int(amount) * (self.viewport.height if unit == "pages" else 1))
        self._redraw()

    def _on_step(self, step: Callable[[], None]) -> str:
        before = self.viewport.selected
        step()
        self._redraw()
        self._tell_selection(before)
        return "break"

    def _on_click(self, event: tk.Event[ttk.Treeview]) -> None:
        self.tree.focus_set()
        row = self._row_at(event.y)
        if row is not None:
            self._on_step(lambda: self.viewport.select(row))

    def _on_double_click(self, event: tk.Event[ttk.Treeview]) -> None:
        if self._row_at(event.y) is not None:
            self._on_enter(event)

    def _on_enter(self, event: tk.Event[ttk.Treeview]) -> None:
        if self._on_activate is not None and self.viewport.selected is not None:
            self._on_activate(self.viewport.selected)

    def _on_motion(self, event: tk.Event[ttk.Treeview]) -> None:
        self._hover(self.tree.identify_row(event.y) or None)

    def _on_theme(self, event: tk.Event[ttk.Treeview]) -> None:
        self._style.apply()
        self._style.colour_rows(self.tree)
        self._empty.configure(background=self._style.ground)
        # The letters may have another size now.
        self._ellipsis = Ellipsis(self._font.measure)
        self._widths, self._displayed = [], []
        self._size_columns()
        self._redraw_soon()

    def _tell_selection(self, before: int | None) -> None:
        selected = self.viewport.selected
        if self._on_select is not None and selected is not None and selected != before:
            self._on_select(selected)

    def _hover(self, item: str | None) -> None:
        if item != self._hovered:
            self._hovered = item
            self._redraw()

    def _row_at(self, y: int) -> int | None:
        item = self.tree.identify_row(y)
        return self.viewport.top + self._items.index(item) if item in self._shown else None

    # -- drawing

    def _redraw_soon(self) -> None:
        if self._pending is None:
            self._pending = self.after(REDRAW_MS, self._redraw)

    def _forget_redraw(self) -> None:
        if self._pending is not None:
            self.after_cancel(self._pending)
            self._pending = None

    def _redraw(self) -> None:
        self._forget_redraw()
        self.viewport.resize(self._style.rows_that_fit(self.tree.winfo_height()))
        self._choose_columns()
        self._take_widths()
        rows = self.viewport.rows
        while len(self._items) < len(rows):
            self._items.append(self.tree.insert("", "end"))
        for item, row in zip(self._items, rows, strict=False):
            self._draw(item, row)
        for item in self._items[len(rows) :]:
            self._clear(item)
        self.scrollbar.set(*self.viewport.fractions)
        (self.scrollbar.grid_remove if self.viewport.all_in_sight else self.scrollbar.grid)()
        if self.viewport.total:
            self._empty.place_forget()
        else:
            self._empty.appear(self._style.heading_height)

    def _draw(self, item: str, row: int) -> None:
        texts, tags = self._source.row(row), self._tags(item, row)
        if self._shown.get(item) == (texts, tags):
            return
        if item not in self._shown:
            self.tree.reattach(item, "", "end")
        self._shown[item] = (texts, tags)
        fitted = [self._ellipsis.fit(text, width) for text, width in zip(texts, self._widths, strict=True)]
        self.tree.item(item, values=fitted, tags=tags)

    def _tags(self, item: str, row: int) -> tuple[str, ...]:
        tone = self._tone(row) if self._tone is not None else ""
        if row == self.viewport.selected:
            return ("selected", "struck") if tone == "struck" else ("selected",)
        ground = "odd" if self.viewport.is_odd(row) else "even"
        if item == self._hovered:
            ground = "hover"
        tones = ("struck", "faded") if tone == "struck" else (tone,) if tone else ()
        return (ground, *tones)

    def _choose_columns(self) -> None:
        room = self.tree.winfo_width()
        self._empty.configure(wraplength=room - 2 * self._style.cell_padding)
        shown = that_fit(self._columns, self._least, room)
        if shown == self._displayed:
            return
        self._displayed = shown
        self.tree.configure(displaycolumns=[str(place) for place in shown])
        for place, width in share_width(self._columns, self._least, shown, room).items():
            self.tree.column(str(place), width=width)

    def _take_widths(self) -> None:
        padding = 2 * self._style.cell_padding
        widths = [int(self.tree.column(str(n), "width")) - padding for n in range(len(self._columns))]
        if widths != self._widths:
            self._widths = widths
            for item in self._shown:
                self._shown[item] = NOT_DRAWN

    def _clear(self, item: str) -> None:
        if self._shown.pop(item, None) is not None:
            self.tree.detach(item)
