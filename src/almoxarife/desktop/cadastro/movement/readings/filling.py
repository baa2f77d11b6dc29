"""Where a scan goes on a page that registers movements: into the form while that is free, else into the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from almoxarife.contract.types import MAX_WHOLE_QUANTITY
from almoxarife.desktop.cadastro.movement.facts import LOT, MOST_DECIMALS, SERIAL
from almoxarife.desktop.cadastro.movement.form import QUANTITY
from almoxarife.desktop.cadastro.movement.presenter import MovementPresenter
from almoxarife.desktop.cadastro.movement.reading import FieldError
from almoxarife.desktop.cadastro.movement.readings.items import UNIT
from almoxarife.desktop.cadastro.movement.readings.lines import Item, TooMuch, same, with_quantity
from almoxarife.desktop.cadastro.movement.readings.presenter import ReadingsPresenter
from almoxarife.desktop.cadastro.movement.readings.rows import quantity_text
from almoxarife.desktop.kit.formats import NumberError, parse_quantity
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.i18n import _, format_quantity

LOT_ID = "lote_id"


class Filling:
    """One product alone is filled in and registered as if it had been typed; from the second one on there is a list.

    ``focus`` puts the cursor into a field of the form.
    """

    def __init__(
        self,
        form: MovementPresenter,
        *,
        today: Callable[[], date],
        focus: Callable[[str], None],
        say: Callable[[str, MessageKind], None],
    ) -> None:
        self._form = form
        self._today = today
        self._focus = focus
        self._say = say
        self._readings: ReadingsPresenter | None = None
        # What a scan has put into the form.
        self._filled: Item | None = None

    def lead_to(self, readings: ReadingsPresenter) -> None:
        """Take the list; it is made after this, because it calls it."""
        self._readings = readings

    def take(self, item: Item) -> bool:
        """Take a scanned item; return False when it cannot be counted, which was said."""
        assert self._readings is not None, "lead_to() comes first"
        form, picker = self._form, self._form.picker
        if form.busy or len(self._readings.lines):
            return self._readings.add(item)
        if picker.chosen is None and not picker.text.strip():
            self._fill(item)
            return True
        if picker.chosen is not None and self._is_more(item):
            return self._increase(item)
        moved = self._take_off()
        if moved is not None:
            self._readings.add(moved)
        return self._readings.add(item)

    def complete(self, item: Item) -> bool:
        """Put an item of the list into the form; return whether that was free."""
        if self._form.busy or self._form.picker.text.strip():
            return False
        self._fill(item)
        return True

    def _fill(self, item: Item) -> None:
        self._filled = item
        self._form.use(item.product)
        self._form.fields.fill(format_quantity(item.quantity) if item.quantity else "", item.details)
        self._focus(QUANTITY)
        self._say(f"{item.product.name}: {quantity_text(item)}", "plain")

    def _is_more(self, item: Item) -> bool:
        chosen, filled = self._form.picker.chosen, self._filled
        if filled is not None and chosen is filled.product:
            return same(filled) == same(item)
        # It was chosen by hand, and may be in any unit.
        return chosen is not None and chosen.id == item.product.id and not item.details

    def _increase(self, item: Item) -> bool:
        if SERIAL in item.details:
            self._say(_("{remark} is in the form already.").format(remark=item.remark), "danger")
            return False
        try:
            before = parse_quantity(
                self._form.fields.texts.get(QUANTITY, ""), decimals=MOST_DECIMALS, maximum=MAX_WHOLE_QUANTITY
            )
        except NumberError:
            before = 0
        try:
            more = with_quantity(item, before + item.quantity)
        except TooMuch:
            self._say(_("Not counted: the quantity is too large."), "danger")
            return False
        self._form.fields.fill(format_quantity(more.quantity), {})
        self._focus(QUANTITY)
        self._say(f"{item.product.name}: {quantity_text(more)}", "plain")
        return True

    def _take_off(self) -> Item | None:
        """Return what stands in the form if it is complete, and empty it of that; else it stays there."""
        chosen = self._form.picker.chosen
        if chosen is None:
            return None
        try:
            quantity, body = self._form.fields.read_of_product(self._today())
        except FieldError:
            return None
        filled = self._filled if self._filled is not None and chosen is self._filled.product else None
        self._form.clear_product()
        if filled is None:
            return Item(chosen, quantity, str(body.get(UNIT, "")), body)
        details = {**filled.details, **body}
        if LOT_ID in body:
            # It is told by what was chosen, which may be another one than was scanned.
            details.pop(LOT, None)
        told = bool({LOT, LOT_ID, SERIAL} & details.keys())
        unit = str(body.get(UNIT) or filled.unit)
        return replace(
            filled, quantity=quantity, unit=unit, details=details, wants="" if told else filled.wants
        )
