"""What labels are printed of: the lines, and the copies and price of the one that is selected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from almoxarife.contract.labels import MOST_LABELS
from almoxarife.desktop.cadastro.labels.lines import Line, added, labels_of
from almoxarife.desktop.cadastro.movement.reading import MAX_MONEY
from almoxarife.desktop.kit.formats import NumberError, format_money, parse_money, parse_whole
from almoxarife.i18n import _, format_quantity

COPIES, PRICE = "copies", "price"


class ChosenView(Protocol):
    """What is shown of the lines; fields have the names above."""

    def show_lines(self, rows: Sequence[Sequence[str]], selected: int | None) -> None:
        """Show the lines, one of them selected."""

    def show_line(self, copies: str, price: str, *, has_line: bool, has_price: bool, has_lots: bool) -> None:
        """Put what can be changed of the selected line into the fields; lock those that do not belong to it."""

    def show_error(self, field: str, text: str) -> None:
        """Say what is wrong with a field; an empty text takes it back."""


class ChosenLines:
    """Follows what is put on the list; ``changed`` is told of it."""

    def __init__(self, view: ChosenView, changed: Callable[[], None]) -> None:
        self._view = view
        self._changed = changed
        self._typing = True
        # What cannot be used stays in the field, and nothing is printed until it is put right.
        self._wrong: set[str] = set()
        self.lines: list[Line] = []
        self.selected: int | None = None

    @property
    def line(self) -> Line | None:
        """The selected line."""
        return None if self.selected is None else self.lines[self.selected]

    @property
    def is_right(self) -> bool:
        """Whether what stands in the fields can be used, and all together is not too much; if not, it is said."""
        if self._wrong:
            return False
        count = labels_of(self.lines)
        if count <= MOST_LABELS:
            return True
        text = _("These are {count} labels. At most {maximum} at once.")
        self._view.show_error(
            COPIES, text.format(count=format_quantity(count), maximum=format_quantity(MOST_LABELS))
        )
        return False

    def add(self, *new: Line) -> None:
        """Put further lines on the list and select the last of them."""
        for line in new:
            self.lines, self.selected = added(self.lines, line)
        self._show()

    def replace_selected(self, new: Sequence[Line]) -> None:
        """Put other lines into the place of the selected one."""
        assert self.selected is not None, "a line comes first"
        del self.lines[self.selected]
        self.selected = None
        self.add(*new)

    def select(self, place: int) -> None:
        """Select a line."""
        self.selected = place if 0 <= place < len(self.lines) else None
        self._show_line()

    def move(self, steps: int) -> None:
        """Select the line so many further down."""
        if self.selected is not None:
            self.selected = max(0, min(len(self.lines) - 1, self.selected + steps))
            self._show_lines()
            self._show_line()

    def point_at(self, place: int, text: str) -> None:
        """Select a line and say what is wrong with it."""
        if place < len(self.lines):
            self.selected = place
            self._show_lines()
            self._show_line()
        self._view.show_error(COPIES, text)

    def remove(self) -> None:
        """Take the selected line off the list."""
        if self.selected is None:
            return
        del self.lines[self.selected]
        self.selected = min(self.selected, len(self.lines) - 1) if self.lines else None
        self._show()

    def clear(self) -> None:
        """Empty the list."""
        self.lines, self.selected = [], None
        self._show()

    def type(self, field: str, text: str) -> None:
        """Take what is typed into a field of the selected line."""
        if self.line is None or not self._typing:
            return
        self._view.show_error(field, "")
        self._wrong.discard(field)
        try:
            changed = _changed(self.line, field, text)
        except NumberError as error:
            self._wrong.add(field)
            self._view.show_error(field, str(error))
        else:
            self.lines[self.selected or 0] = changed
            self._show_lines()
        self._changed()

    def _show(self) -> None:
        self._show_lines()
        self._show_line()
        self._changed()

    def _show_lines(self) -> None:
        self._view.show_lines([_row(line) for line in self.lines], self.selected)

    def _show_line(self) -> None:
        self._wrong.clear()
        line = self.line
        # What is shown was not typed.
        self._typing = False
        self._view.show_line(
            "" if line is None else str(line.copies),
            "" if line is None or line.price is None else format_money(line.price),
            has_line=line is not None,
            has_price=line is not None and line.has_price,
            has_lots=line is not None and line.kind == "product",
        )
        self._typing = True
        for field in (COPIES, PRICE):
            self._view.show_error(field, "")


def _changed(line: Line, field: str, text: str) -> Line:
    """Return a line with what was typed. Raises NumberError."""
    if field == COPIES:
        return replace(line, copies=parse_whole(text, maximum=MOST_LABELS))
    return replace(line, price=parse_money(text, maximum=MAX_MONEY) if text.strip() else None)


def _row(line: Line) -> tuple[str, ...]:
    price = "" if line.price is None else format_money(line.price)
    return (line.name, line.detail, price, format_quantity(line.copies))
