"""The floor of the whole list: read the rows as the list shows them and encode each to JSON, with nothing else."""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from contextlib import closing

from almoxarife.contract.movements import EntryRecord, encode_row

_QUERY = (
    "SELECT m.sequence, m.id, m.product_id, p.name, m.quantity, a.username, m.recorded_at, m.hash FROM movement m "
    "JOIN product p ON p.id = m.product_id JOIN account a ON a.id = m.account_id ORDER BY m.sequence"
)


def main(path: str) -> None:
    """Encode every movement of a database; print how many there are and the seconds that it took."""
    begin = time.perf_counter()
    size, rows = 0, 0
    with closing(sqlite3.connect(path)) as connection:
        for row in connection.execute(_QUERY):
            # The product's own encoder, written out for this one shape, is faster than the json module.
            size += len(encode_row(EntryRecord(*row)).encode())
            rows += 1
    print(json.dumps({"rows": rows, "bytes": size, "seconds": time.perf_counter() - begin}))


if __name__ == "__main__":
    main(sys.argv[1])
