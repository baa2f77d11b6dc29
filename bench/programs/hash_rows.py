"""The floor of a verification: read the rows of the ledger and hash them with nothing else."""

from __future__ import annotations

import hashlib
import sqlite3
import struct
import sys
from contextlib import closing

_ROW = struct.Struct(">Q16sqqqqqqqq")
_QUERY = (
    "SELECT sequence, id, kind, product_id, from_location, to_location, quantity, effective_at, recorded_at, "
    "account_id FROM movement ORDER BY sequence"
)


def main(path: str) -> None:
    """Read every row of a database and print how many there are and the last hash."""
    digest, rows = bytes(32), 0
    with closing(sqlite3.connect(path)) as connection:
        for row in connection.execute(_QUERY):
            digest = hashlib.sha256(digest + _ROW.pack(*row)).digest()
            rows += 1
    print(rows, digest.hex())


if __name__ == "__main__":
    main(sys.argv[1])
