"""Which code of a product is printed on its labels."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from almoxarife.features.codes import store
from almoxarife.features.codes.rules.codes import is_printed_on_pieces
from almoxarife.ledger.rules import QUANTITY_SCALE


def gtins_to_print(connection: Connection, units: Mapping[int, str]) -> dict[int, str]:
    """Return the GTIN that stands for one piece of each product, by its number; products without one are left out.

    ``units``: the stock unit of each product. Of several the one that it was given first.
    """
    found: dict[int, str] = {}
    for code in store.gtins_of(connection, sorted(units)):
        # A kit's code stands for more than the product; a case's for more than a piece.
        if len(code.lines) > 1 or not is_printed_on_pieces(code.row.text):
            continue
        line = code.lines[0]
        if line.quantity == QUANTITY_SCALE and line.unit == units[line.product]:
            found.setdefault(line.product, code.row.text)
    return found
