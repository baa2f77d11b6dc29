"""From balances that are to become right to movements that make them so."""

from __future__ import annotations

from uuid import uuid4

from almoxarife.features.lots.service import NewLot
from almoxarife.features.movements import stock_rules
from almoxarife.features.movements.rules import Adjustment
from almoxarife.features.movements.wanted import More, Wanted
from almoxarife.identity import Identity
from almoxarife.ledger.rules import Detail, Draft, Kind


def wanted_of(who: Identity, one: Adjustment) -> Wanted:
    """Return the movement that an adjustment asks for."""
    source, target = stock_rules.route(Kind.ADJUSTMENT, one.place, None, adds=one.difference > 0)
    draft = Draft(
        uuid4().bytes,
        Kind.ADJUSTMENT,
        one.product_id,
        source,
        target,
        abs(one.difference),
        who.account_id,
        None,
        Detail(reason_id=one.reason, document=one.document),
    )
    lot = NewLot(one.lot, None, None) if one.lot is not None else None
    return Wanted(draft, who.username, More((("local_id", one.place),), lot))
