"""Which code of a product is told to others: printed on its labels, or written to its supplier."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from almoxarife.features.codes import store
from almoxarife.features.codes.rules.codes import GTIN, SUPPLIERS, is_printed_on_pieces
from almoxarife.ledger.rules import QUANTITY_SCALE


def gtins_to_print(connection: Connection, units: Mapping[int, str]) -> dict[int, str]:
    """Return the GTIN that stands for one piece of each product, by its number; products without one are left out.

    ``units``: the stock unit of each product. Of several the one that it was given first.
    """
    found: dict[int, str] = {}
    for code in store.of_kind(connection, GTIN, sorted(units)):
        # A kit's code stands for more than the product; a case's for more than a piece.
        if len(code.lines) > 1 or not is_printed_on_pieces(code.row.text):
            continue
        line = code.lines[0]
        if line.quantity == QUANTITY_SCALE and line.unit == units[line.product]:
            found.setdefault(line.product, code.row.text)
    return found


def codes_to_order(
    connection: Connection, suppliers: Mapping[int, int | None], units: Mapping[int, str]
) -> dict[int, str]:
    """Return by which code its supplier knows each product, by its number; products without one are left out.

    It is the supplier's own, else the GTIN of one piece; of several the one that the product was given first.
    ``suppliers``: from whom each product is bought, a partner's number; ``units``: the stock unit of each.
    """
    own: dict[int, str] = {}
    for code in store.of_kind(connection, SUPPLIERS, sorted(suppliers)):
        line = code.lines[0]
        # A kit's code stands for more than the product.
        if len(code.lines) == 1 and code.row.owner == suppliers[line.product]:
            own.setdefault(line.product, code.row.text)
    return {**gtins_to_print(connection, units), **own}
