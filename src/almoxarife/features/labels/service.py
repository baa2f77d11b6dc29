"""What can be done with labels. It only reads; one sheet at a time is drawn."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from almoxarife.errors import InvalidField
from almoxarife.features.labels.collecting import Collector
from almoxarife.features.labels.rules import sheets
from almoxarife.features.labels.rules.codes import Wanted
from almoxarife.features.labels.rules.sheets import Sheet
from almoxarife.features.labels.rules.wishes import Wish
from almoxarife.features.locations.service import Locations
from almoxarife.features.lots.service import Lots
from almoxarife.features.movements.service import Movements
from almoxarife.features.products.service import Products
from almoxarife.features.settings.service import ShopSettings
from almoxarife.i18n import _
from almoxarife.storage.database import Database


class Order(NamedTuple):
    """What a request asks for beside the format; ``first`` counts from 1, shifts are in mm."""

    wishes: Sequence[Wish]
    symbol: Wanted = "automatico"
    first: int = 1
    shift_x: float = 0.0
    shift_y: float = 0.0
    shows_price: bool = True
    shows_shop: bool = True


class Labels:
    """Formats of sheets, and sheets of labels as PDF."""

    def __init__(
        self,
        database: Database,
        products: Products,
        locations: Locations,
        lots: Lots,
        movements: Movements,
        settings: ShopSettings,
    ) -> None:
        self._collector = Collector(products, locations, lots, movements)
        self._database = database
        self._settings = settings
        self._sheets: Mapping[str, Sheet] = sheets.read_sheets(sheets.TABLE)
        # Drawing takes a processor and memory for itself; who comes second waits.
        self._drawing = threading.Lock()

    def formats(self) -> list[Sheet]:
        """Return the formats of the trade."""
        return list(self._sheets.values())

    def sheet(self, sheet_id: str | None, own: Callable[[], Sheet] | None) -> Sheet:
        """Return the format with an id, or the sheet of one's own measures: one of both must be given.

        Raises InvalidField, SheetNotFound, and what ``own`` raises.
        """
        if own is None:
            if sheet_id is None:
                raise InvalidField(field="formato", reason="missing")
            return sheets.find(self._sheets, sheet_id)
        if sheet_id is not None:
            raise InvalidField(field="medidas", reason="not_together", other="formato")
        return own()

    def pdf(
        self, sheet: Sheet, order: Order, done: Callable[[int, int], None] = lambda labels, total: None
    ) -> bytes:
        """Return a PDF with the labels that were ordered; ``done`` is told of some more that are drawn, and of all.

        Raises InvalidField, SheetDoesNotFit, LabelDoesNotFit, TooManyLabels, NoSuchMovement, and the refusals of
        products, places and lots.
        """
        sheets.check(sheet)
        used = sheets.check_first(sheet, order.first)
        shift = (
            sheets.check_shift(order.shift_x, "desloca_x"),
            sheets.check_shift(order.shift_y, "desloca_y"),
        )
        things = self._collector.things(order.wishes)
        with self._database.snapshot() as connection:
            kept = self._collector.kept(connection, things)
        copies = self._collector.copies(
            order.wishes, things, kept, order.symbol, shows_price=order.shows_price
        )
        shop = self._settings.now().name if order.shows_shop else ""
        labels = [one._replace(label=one.label._replace(shop=shop)) for one in copies]
        total = sum(one.how_many for one in labels)
        with self._drawing:
            # Some megabytes of memory, which only who prints labels needs.
            from almoxarife.features.labels import drawing

            return drawing.draw(
                sheet,
                labels,
                used=used,
                shift=shift,
                title=_("Labels"),
                done=lambda drawn: done(drawn, total),
            )
