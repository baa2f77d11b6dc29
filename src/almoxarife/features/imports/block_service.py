"""One block of an import. Owns its transaction."""

from __future__ import annotations

import time

from almoxarife.errors import Unavailable
from almoxarife.ledger.bulk import Named, Written, append_block
from almoxarife.ledger.rules import Head
from almoxarife.ledger.rules_block import Block, Chained
from almoxarife.storage.database import Database

# A writer that waits for its turn in vain is not the last one to do so: others write much, too.
_ATTEMPTS = 5
_PAUSE_S = 1.0


def append(
    database: Database, block: Block, chained: Chained, named: Named, unknown_at: Head | None
) -> tuple[Written, float]:
    """Append a block in one transaction; return what came of it and how long others were kept out, in seconds.

    Raises what ``append_block`` does, and Unavailable after some attempts.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            # The block looks itself for what it names.
            with database.unit_of_work(foreign_keys=False) as connection:
                begun = time.monotonic()
                done = append_block(connection, block, chained, named, unknown_at=unknown_at)
            return done, time.monotonic() - begun
        except Unavailable:
            if attempt == _ATTEMPTS:
                raise
            time.sleep(_PAUSE_S)
    raise AssertionError("the last attempt returns or raises")
