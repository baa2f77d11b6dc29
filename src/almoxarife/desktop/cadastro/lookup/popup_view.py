"""The list that opens under a field in which something is searched."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import font as tkfont

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.lookup.presenter import Named
from almoxarife.desktop.kit.ellipsis import Ellipsis
from almoxarife.desktop.kit.set_style import set_style
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _

STYLE = "Offers.Treeview"
MOST_IN_SIGHT = 8
CODE_SAMPLE = "p9999999"


class OfferPopup(tb.Frame):
    """Lies over what is below the field; the keyboard stays in the field, the mouse may click a line.

    It is as wide as the field, and wider for long names as far as the window allows.
    """

    def __init__(
        self,
        parent: tk.Misc,
        entry: tk.Widget,
        *,
        choose: Callable[[int], None],
        create: Callable[[], None],
    ) -> None:
        super().__init__(parent, bootstyle="bordered", padding=1)
        self._parent = parent
        self._entry = entry
        self._choose = choose
        self._create = create
        self._creates = False
        self._font = tkfont.nametofont("TkDefaultFont")
        self._ellipsis = Ellipsis(self._font.measure)
        self._code_width = self._font.measure(CODE_SAMPLE) + 2 * space(self)
        self._apply_style()
        self.tree = tb.Treeview(
            self, columns=("name", "code"), show="", selectmode="browse", style=STYLE, takefocus=False
        )
        # It grows to its place, but would not become narrower than it began.
        self.tree.column("name", stretch=True, width=space(self))
        self.tree.column("code", stretch=False, width=self._code_width, anchor="e")
        self.tree.pack(fill="both", expand=True)
        self.tree.bind("<Button-1>", self._on_click)
        self.tree.bind("<Motion>", self._on_motion)
        self.tree.bind("<<ThemeChanged>>", lambda event: self._apply_style(), add=True)

    @property
    def is_open(self) -> bool:
        """Whether the list is shown."""
        return bool(self.winfo_ismapped())

    @property
    def lines(self) -> list[tuple[str, ...]]:
        """Texts of the lines, name and code."""
        return [tuple(map(str, self.tree.item(item, "values"))) for item in self.tree.get_children()]

    def show_found(self, found: Sequence[Named], marked: int) -> None:
        """Open with what was found, one line marked."""
        self._creates = False
        self._open([(one.name, one.id) for one in found], marked)

    def show_creation(self, name: str) -> None:
        """Open with the word that nothing was found, and the offer to create it unless the name is empty."""
        self._creates = bool(name)
        lines = [(_("Nothing found."), "")]
        if name:
            lines.append((_("+ Create the product “{name}”").format(name=name), _("Enter")))
        self._open(lines, len(lines) - 1)

    def hide(self) -> None:
        """Close."""
        self.place_forget()

    def _open(self, lines: Sequence[tuple[str, str]], marked: int) -> None:
        beside = self._code_width + 4 * space(self)
        widest = max(self._font.measure(name) for name, _code in lines) + beside
        room = self._parent.winfo_width() - self._left_of_entry() - space(self)
        width = max(self._entry.winfo_width(), min(widest, room))
        fitted = [(self._ellipsis.fit(name, width - beside), code) for name, code in lines]
        items = self.tree.get_children()
        if self.lines != fitted:
            self.tree.delete(*items)
            items = tuple(self.tree.insert("", "end", values=line) for line in fitted)
        self.tree.configure(height=min(len(lines), MOST_IN_SIGHT))
        self.tree.selection_set(items[marked])
        self.tree.see(items[marked])
        self.place(in_=self._entry, x=0, rely=1.0, y=space(self, 0.25), width=width)
        self.lift()

    def _left_of_entry(self) -> int:
        return self._entry.winfo_rootx() - self._parent.winfo_rootx()

    def _apply_style(self) -> None:
        row_height = self._font.metrics("linespace") + space(self)
        set_style(STYLE, rowheight=row_height, borderwidth=0, relief="flat")
        # The names stand under what is typed.
        set_style(f"{STYLE}.Cell", padding=(space(self, 0.25), 0))

    def _on_motion(self, event: tk.Event[tk.Misc]) -> None:
        self.tree.configure(cursor="hand2" if self.tree.identify_row(event.y) else "")

    def _on_click(self, event: tk.Event[tk.Misc]) -> str:
        item = self.tree.identify_row(event.y)
        if item and self._creates:
            self._create()
        elif item:
            self._choose(self.tree.index(item))
        # The class's own binding would take the keyboard away from the field.
        return "break"
