"""Whether a server still has what it has given receipts for."""

from __future__ import annotations

import logging
from collections.abc import Callable

from almoxarife.client.outbox.rows import Receipt
from almoxarife.client.outbox.store import Outbox

_logger = logging.getLogger(__name__)

# Returns the server's receipt at a place of its ledger, None when the ledger is shorter.
ReceiptAt = Callable[[int], Receipt | None]


def check(outbox: Outbox, receipt_at: ReceiptAt) -> int | None:
    """Compare the last receipt with the server's ledger; return None when it is there.

    Else return how many of the movements sent from this computer the ledger lacks; they are kept as missing then, for
    a person to send them again under the same ids. Each hash is of the ledger up to it, so whatever comes before one
    that is there is there, too.
    """
    last = outbox.receipt()
    if last is None or receipt_at(last.sequence) == last:
        return None
    still_there = _last_that_is_there(outbox.receipts(), receipt_at)
    missing = outbox.note_missing(still_there)
    _logger.error(
        "the server's ledger does not contain receipt %s %s; the last one it contains is %s; %s movements are missing",
        last.sequence,
        last.hash,
        still_there.sequence if still_there is not None else "none",
        missing,
    )
    return missing


def _last_that_is_there(receipts: list[Receipt], receipt_at: ReceiptAt) -> Receipt | None:
    """Return the newest of some receipts, the newest first, that a ledger contains."""
    first_there, end = 0, len(receipts)
    while first_there < end:
        middle = (first_there + end) // 2
        if receipt_at(receipts[middle].sequence) == receipts[middle]:
            end = middle
        else:
            first_there = middle + 1
    return receipts[first_there] if first_there < len(receipts) else None
