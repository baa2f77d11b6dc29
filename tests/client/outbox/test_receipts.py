"""Whether a server still has what it has given receipts for."""

from __future__ import annotations

from pathlib import Path

import pytest

from almoxarife.client.outbox.receipts import check
from almoxarife.client.outbox.rows import Counts, Receipt
from almoxarife.client.outbox.store import Outbox

from .ledger import movement

SENT = 30


@pytest.mark.logs_errors
@pytest.mark.parametrize("left", [*range(0, SENT, 4), SENT - 1])
def test_exactly_what_came_after_the_last_common_place_is_missing(tmp_path: Path, left: int) -> None:
    outbox = Outbox(tmp_path, "http://127.0.0.1:5000")
    outbox.put("maria", [movement(number) for number in range(SENT)])
    # Others register as well: the places are not one after another.
    ledger = {3 * number + 2: Receipt(3 * number + 2, f"hash {number}") for number in range(SENT)}
    for number, receipt in enumerate(ledger.values()):
        outbox.note_sent(movement(number).id, {}, receipt)
    assert check(outbox, ledger.get) is None

    asked = []

    def receipt_at(sequence: int) -> Receipt | None:
        asked.append(sequence)
        kept = ledger[sequence] if sequence <= 3 * left - 1 else None
        # The ledger has grown again since, with other movements.
        return kept or Receipt(sequence, "another hash")

    assert check(outbox, receipt_at) == SENT - left
    assert len(asked) <= 7
    assert outbox.counts() == Counts(missing=SENT - left)
    assert [kept.id for kept in outbox.open_ones()] == [movement(n).id for n in range(left, SENT)]
    # It is told once.
    assert check(outbox, receipt_at) is None
    outbox.close()


def test_a_computer_that_has_sent_nothing_asks_nothing(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path, "http://127.0.0.1:5000")

    def receipt_at(sequence: int) -> Receipt | None:
        raise AssertionError(sequence)

    assert check(outbox, receipt_at) is None
    outbox.close()
