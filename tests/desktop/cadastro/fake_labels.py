"""Labels of a server in memory, drawn as the real one draws them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from almoxarife.client.errors import Refused
from almoxarife.client.labels import Format, Item, Order
from almoxarife.features.labels import drawing
from almoxarife.features.labels.rules import sheets
from almoxarife.features.labels.rules.codes import code_of
from almoxarife.features.labels.rules.layout import Copies, Label
from almoxarife.features.labels.rules.sheets import Sheet

SHEETS = {
    one.id: one
    for one in sheets.read_sheets(sheets.TABLE).values()
    if one.id in ("pimaco-6180", "pimaco-a4356", "rolo-60x40")
}


class FakeLabels:
    """Answers with real sheets; ``answer`` of the server behind it lets calls hang, get lost and be refused."""

    def __init__(self, answer: Callable[[str], None]) -> None:
        self._answer_labels = answer
        self.orders: list[Order] = []
        # Ids of products that do not fit on any label.
        self.too_wide: set[str] = set()

    def label_formats(self) -> list[Format]:
        self._answer_labels("label_formats")
        return [
            Format(one.id, one.name, one.is_roll, one.width, one.height, one.columns, one.rows)
            for one in SHEETS.values()
        ]

    def labels(self, order: Order) -> bytes:
        self._answer_labels("labels")
        self.orders.append(order)
        for row, item in enumerate(order.items):
            if item.product_id in self.too_wide:
                text = f"Linha {row + 1}: “{item.product_id}” não cabe."
                raise Refused(text, status=400, code="etiqueta_nao_cabe", field=f"itens[{row}]")
        copies = [Copies(_label(item), item.copies or 1) for item in order.items]
        return drawing.draw(_sheet(order), copies, used=order.first - 1, shift=(0.0, 0.0), title="Etiquetas")


def _sheet(order: Order) -> Sheet:
    if order.own is None:
        return SHEETS[order.format_id]
    # Refused here is what the screen should not have asked for.
    values: dict[str, Any] = {key: float(value) for key, value in asdict(order.own).items()}
    counts = {"columns": order.own.columns, "rows": order.own.rows, "dpi": order.own.dpi}
    return sheets.check(Sheet(id="", name="", **{**values, **counts}))


def _label(item: Item) -> Label:
    text = item.product_id or item.place_id or item.lot_id or f"m{item.movement}"
    return Label(f"Nome de {text}", code_of(text, "automatico"), "", "R$ 9,90")
