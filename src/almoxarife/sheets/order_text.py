"""A purchase order as a text that is ready to be sent: by e-mail, or pasted into a chat."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from almoxarife.i18n import _, format_day, format_quantity


class OrderedLine(NamedTuple):
    """So much of a product; ``pack``: how many come in one package, None where they come singly."""

    product_id: str
    product_name: str
    quantity: Decimal | int
    unit: str
    pack: Decimal | int | None = None


def order_text(
    lines: Sequence[OrderedLine], *, shop: str, supplier: str, day: str, expected_on: str | None = None
) -> str:
    """Return the text; an empty name of shop or supplier is left out, days are such as ``2026-11-24``."""
    head = [_("Purchase order")]
    if shop:
        head.append(_("From: {shop}").format(shop=shop))
    if supplier:
        head.append(_("To: {supplier}").format(supplier=supplier))
    head.append(_("Date: {day}").format(day=format_day(day)))
    if expected_on:
        head.append(_("Wanted by: {day}").format(day=format_day(expected_on)))
    rows = [f"{place}. {_line(line)}" for place, line in enumerate(lines, start=1)]
    return "\n".join([*head, "", *rows, "", _("Please confirm prices and the day of delivery."), ""])


def _line(line: OrderedLine) -> str:
    text = _("{product} ({id}): {quantity} {unit}").format(
        product=line.product_name,
        id=line.product_id,
        quantity=format_quantity(line.quantity),
        unit=line.unit,
    )
    if line.pack is None or Decimal(line.quantity) % Decimal(line.pack):
        return text
    packs = format_quantity(Decimal(line.quantity) / Decimal(line.pack))
    pack = format_quantity(line.pack)
    return f"{text} = {_('{packs} × {pack}').format(packs=packs, pack=pack)}"
