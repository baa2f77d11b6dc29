"""By when each supplier is to deliver, and what he is told, as somebody types it before ordering."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from almoxarife.client.purchases import ForSupplier
from almoxarife.desktop.kit.formats import DateError, parse_date
from almoxarife.i18n import _, format_day

# By the names of the wire.
WishField = Literal["previsto_para", "observacao"]
EXPECTED: WishField = "previsto_para"
NOTE: WishField = "observacao"
FIELDS = (EXPECTED, NOTE)


class Wish(NamedTuple):
    """Until when it is wanted (None: that is not said), and a note."""

    expected_on: date | None
    note: str


class Wishes:
    """Keeps what was typed for each supplier until it is ordered."""

    def __init__(self) -> None:
        self._typed: dict[tuple[str, WishField], str] = {}

    def text(self, supplier: ForSupplier, field: WishField) -> str:
        """Return what stands in a field: what was typed, or the day of the longest lead time and no note."""
        known = field == EXPECTED and supplier.expected_on
        usual = format_day(supplier.expected_on) if known else ""
        return self._typed.get((supplier.partner_id, field), usual)

    def type(self, supplier: ForSupplier, field: WishField, text: str) -> None:
        """Take note of what was typed."""
        self._typed[supplier.partner_id, field] = text

    def read(self, supplier: ForSupplier, today: date) -> Wish:
        """Return what is wished of a supplier. Raises DateError."""
        day, note = self.text(supplier, EXPECTED), self.text(supplier, NOTE)
        expected_on = parse_date(day, today=today) if day.strip() else None
        if expected_on is not None and expected_on < today:
            raise DateError(_("This day is over."))
        return Wish(expected_on, " ".join(note.split()))

    def forget(self, supplier: ForSupplier) -> None:
        """Forget what was typed for one, because it was ordered."""
        for field in FIELDS:
            self._typed.pop((supplier.partner_id, field), None)

    def clear(self) -> None:
        """Forget everything."""
        self._typed.clear()
