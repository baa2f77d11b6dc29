"""A purchase order as a text that is ready to be sent: by e-mail, or pasted into a chat."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from almoxarife.i18n import _, format_day, format_quantity


class OrderedLine(NamedTuple):
    """So much of a product.

    ``code``: by which the supplier knows it, or empty; ``pack``: how many come in one package, None where singly.
    """

    code: str
    product_name: str
    quantity: Decimal | int
    unit: str
    pack: Decimal | int | None = None


def order_text(
    lines: Sequence[OrderedLine], *, shop: str, supplier: str, day: str, expected_on: str = "", note: str = ""
) -> str:
    """Return the text; what is empty is left out, days are such as ``2026-11-24``."""
    head = [_("Purchase order")]
    if shop:
        head.append(_("From: {shop}").format(shop=shop))
    if supplier:
        head.append(_("To: {supplier}").format(supplier=supplier))
    head.append(_("Date: {day}").format(day=format_day(day)))
    if expected_on:
        head.append(_("Wanted by: {day}").format(day=format_day(expected_on)))
    rows = [f"{place}. {_line(line)}" for place, line in enumerate(lines, start=1)]
    foot = [note, ""] if note else []
    return "\n".join([*head, "", *rows, "", *foot, _("Please confirm prices and the day of delivery."), ""])


def _line(line: OrderedLine) -> str:
    product = line.product_name
    if line.code:
        product = _("{product} (code {code})").format(product=product, code=line.code)
    text = _("{product}: {quantity} {unit}").format(
        product=product,
        quantity=format_quantity(line.quantity),
        unit=line.unit,
    )
    if line.pack is None or line.pack == 1 or Decimal(line.quantity) % Decimal(line.pack):
        return text
    packs = format_quantity(Decimal(line.quantity) / Decimal(line.pack))
    pack = format_quantity(line.pack)
    return f"{text} = {_('{packs} × {pack}').format(packs=packs, pack=pack)}"
