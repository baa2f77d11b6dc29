"""The list of products that opens under the product field."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import font as tkfont

import ttkbootstrap as tb

from almoxarife.client.products import Product
from almoxarife.desktop.kit.ellipsis import Ellipsis
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _

STYLE = "Offers.Treeview"
MOST_IN_SIGHT = 8
CODE_SAMPLE = "p9999999"


class OfferPopup(tb.Frame):
    """Lies over what is below the field; the keyboard stays in the field, the mouse may click a line."""

    def __init__(
        self,
        parent: tk.Misc,
        entry: tk.Widget,
        *,
        choose: Callable[[int], None],
        create: Callable[[], None],
    ) -> None:
        super().__init__(parent, bootstyle="bordered", padding=1)
        self._entry = entry
        self._choose = choose
        self._create = create
        self._creates = False
        self._font = tkfont.nametofont("TkDefaultFont")
        self._ellipsis = Ellipsis(self._font.measure)
        style = tb.Style.get_instance()
        style.configure(STYLE, rowheight=self._font.metrics("linespace") + space(self), borderwidth=0)
        self.tree = tb.Treeview(
            self, columns=("name", "code"), show="", selectmode="browse", style=STYLE, takefocus=False
        )
        code_width = self._font.measure(CODE_SAMPLE) + 2 * space(self)
        self.tree.column("name", stretch=True)
        self.tree.column("code", stretch=False, width=code_width, anchor="e")
        self.tree.pack(fill="both", expand=True)
        self.tree.bind("<Button-1>", self._on_click)
        self._code_width = code_width

    @property
    def is_open(self) -> bool:
        """Whether the list is shown."""
        return bool(self.winfo_ismapped())

    @property
    def lines(self) -> list[tuple[str, ...]]:
        """Texts of the lines, name and code."""
        return [tuple(map(str, self.tree.item(item, "values"))) for item in self.tree.get_children()]

    def show_products(self, products: Sequence[Product], marked: int) -> None:
        """Open with products, one of them marked."""
        self._creates = False
        width = self._entry.winfo_width() - self._code_width - 3 * space(self)
        self._open([(self._ellipsis.fit(product.name, width), product.id) for product in products], marked)

    def show_creation(self, name: str) -> None:
        """Open with the word that nothing was found, and the offer to create it."""
        self._creates = True
        width = self._entry.winfo_width() - self._code_width - 3 * space(self)
        offer = _("+ Create the product “{name}”").format(name=name)
        self._open([(_("Nothing found."), ""), (self._ellipsis.fit(offer, width), "Enter")], 1)

    def hide(self) -> None:
        """Close."""
        self.place_forget()

    def _open(self, lines: Sequence[tuple[str, str]], marked: int) -> None:
        items = self.tree.get_children()
        if self.lines != lines:
            self.tree.delete(*items)
            items = tuple(self.tree.insert("", "end", values=line) for line in lines)
        self.tree.configure(height=min(len(lines), MOST_IN_SIGHT))
        self.tree.selection_set(items[marked])
        self.tree.see(items[marked])
        self.place(in_=self._entry, x=0, rely=1.0, y=space(self, 0.25), relwidth=1.0)
        self.lift()

    def _on_click(self, event: tk.Event[tk.Misc]) -> str:
        item = self.tree.identify_row(event.y)
        if item and self._creates:
            self._create()
        elif item:
            self._choose(self.tree.index(item))
        # The class's own binding would take the keyboard away from the field.
        return "break"
