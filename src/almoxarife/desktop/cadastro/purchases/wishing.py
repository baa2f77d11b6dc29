"""Decisions of the fields with the day of delivery and the note to a supplier."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from almoxarife.client.errors import Refused
from almoxarife.client.purchases import ForSupplier
from almoxarife.desktop.cadastro.purchases.wishes import EXPECTED, FIELDS, Wish, Wishes, WishField
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.formats import DateError


class WishView(Protocol):
    """What the presenter tells the fields to do."""

    def set_wish(self, field: WishField, text: str) -> None:
        """Put a text into the field of the day or of the note, as if it had been typed."""

    def show_wish_error(self, field: WishField, text: str) -> None:
        """Say what is wrong with one of them, and go there; an empty text takes it back."""


class Wishing:
    """Shows and reads what is wished of the supplier that is shown."""

    def __init__(self, view: WishView) -> None:
        self._view = view
        self._wishes = Wishes()
        self._supplier: ForSupplier | None = None

    def show(self, supplier: ForSupplier | None) -> None:
        """Show what is wished of a supplier, or nothing."""
        self._supplier = supplier
        for field in FIELDS:
            self._view.set_wish(field, self._wishes.text(supplier, field) if supplier else "")
            self._view.show_wish_error(field, "")

    def type(self, field: WishField, text: str) -> None:
        """Take by when the supplier is to deliver, or what he is told."""
        if self._supplier is not None and text != self._wishes.text(self._supplier, field):
            self._wishes.type(self._supplier, field, text)
            self._view.show_wish_error(field, "")

    def read(self, supplier: ForSupplier, today: str) -> Wish | None:
        """Return what is wished of a supplier, None where the day cannot be used, which is said."""
        try:
            return self._wishes.read(supplier, date.fromisoformat(today))
        except DateError as error:
            self._view.show_wish_error(EXPECTED, str(error))
            return None

    def takes(self, error: Exception) -> bool:
        """Say at its field what the server refuses; tell whether it is about one of them."""
        field = next((one for one in FIELDS if isinstance(error, Refused) and error.field == one), None)
        if field is not None:
            self._view.show_wish_error(field, sentence(error))
        return field is not None

    def forget(self, supplier: ForSupplier) -> None:
        """Forget what was typed for one, because it was ordered."""
        self._wishes.forget(supplier)

    def clear(self) -> None:
        """Forget everything."""
        self._wishes.clear()
