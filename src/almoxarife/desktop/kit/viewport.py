"""Which rows of a long list a table shows, and which one is selected."""

from __future__ import annotations

from collections.abc import Sequence


class Viewport:
    """A window of ``height`` rows over ``total`` rows; row 0 is at the top, where new rows come in.

    While row 0 is in sight the newest row stays in sight; once the person has
    scrolled away, the rows they look at stay where they are.
    """

    def __init__(self) -> None:
        self.total = 0
        self.height = 1
        self.top = 0
        self.selected: int | None = None
        # Grows with every row that comes in, so that a row keeps its stripe while its place changes.
        self.stripe_base = 0

    @property
    def rows(self) -> range:
        """Places of the rows in sight."""
        return range(self.top, min(self.top + self.height, self.total))

    @property
    def fractions(self) -> tuple[float, float]:
        """Where the window begins and ends, from 0 to 1, as scrollbars want it."""
        if not self.total:
            return 0.0, 1.0
        return self.top / self.total, min(1.0, (self.top + self.height) / self.total)

    @property
    def all_in_sight(self) -> bool:
        """Whether there is nothing to scroll."""
        return self.total <= self.height

    def is_odd(self, row: int) -> bool:
        """Tell whether a row has the darker stripe."""
        return (row - self.stripe_base) % 2 == 1

    def reset(self, total: int) -> None:
        """Show another list from its top, nothing selected."""
        self.total, self.top, self.selected = total, 0, None

    def resize(self, height: int) -> None:
        """Show so many rows, at least one; a selected row that was in sight stays there."""
        in_sight = self.selected is not None and self.selected in self.rows
        self.height = max(1, height)
        self.scroll_to(self.top)
        if in_sight and self.selected is not None:
            self.select(self.selected)

    def add(self, count: int, total: int) -> None:
        """Take note of ``count`` rows that came in at the top of what is now ``total`` rows.

        Rows may have left at the bottom at the same time.
        """
        self.stripe_base += count
        self.total = total
        if self.selected is not None:
            moved = self.selected + count
            self.selected = moved if moved < total else None
        self.scroll_to(self.top + count if self.top else 0)

    def renew(self, places: Sequence[int | None], total: int) -> None:
        """Take note that the rows went to ``places`` of what is now ``total`` rows, None: they are gone."""
        in_sight = self.selected is not None and self.selected in self.rows
        # At the top new rows are to be seen at once; further down what is looked at stays where it is.
        top = next((place for place in places[self.top :] if place is not None), total) if self.top else 0
        self.total = total
        self.selected = places[self.selected] if self.selected is not None else None
        self.scroll_to(top)
        if in_sight and self.selected is not None:
            self.select(self.selected)

    def scroll(self, rows: int) -> None:
        """Move down by so many rows, up when negative."""
        self.scroll_to(self.top + rows)

    def scroll_to(self, top: int) -> None:
        """Put a row at the top, as far as the list allows."""
        self.top = max(0, min(top, self.total - self.height))

    def scroll_to_fraction(self, fraction: float) -> None:
        """Put the row at a fraction of the list at the top."""
        self.scroll_to(round(fraction * self.total))

    def select(self, row: int) -> None:
        """Select a row, the nearest one when it is outside, and bring it in sight."""
        if not self.total:
            return
        self.selected = max(0, min(row, self.total - 1))
        if self.selected < self.top:
            self.scroll_to(self.selected)
        elif self.selected >= self.top + self.height:
            self.scroll_to(self.selected - self.height + 1)

    def move(self, rows: int) -> None:
        """Move the selection by so many rows; without one, select the first row in sight."""
        self.select(self.top if self.selected is None else self.selected + rows)
