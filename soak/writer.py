"""A program that registers entries for ever and prints the id of each that was acknowledged.

What is refused for now is sent again with the same id, as a client does. It is killed from outside.
"""

from __future__ import annotations

import argparse
import logging
import sys
import threading
import time
from contextlib import closing
from decimal import Decimal
from uuid import uuid4

from sqlalchemy import event

from almoxarife.errors import Unavailable
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.movements.service import Movements
from almoxarife.features.products.service import Products
from almoxarife.identity import Identity
from almoxarife.storage import log_copying, mending, schema
from almoxarife.storage.database import Database

THREADS = 4
REFUSED = "503"
_PAUSE_S = 0.01
_MENDING_PAUSE_S = 0.02
# A few entries: whatever happens to the disk is to happen while the log is copied, too.
_ROWS = 40


def prepare(database_url: str) -> None:
    """Make a database with the storekeeper and the product of the entries."""
    with closing(Database(database_url)) as database:
        schema.migrate(database)
        Accounts(database, registration="aberto", on_network=False).register("maria", "1234")
        Products(database).create("Parafuso 10mm")


def main() -> None:
    """Register entries until somebody ends the process."""
    parser = argparse.ArgumentParser()
    parser.add_argument("database_url")
    parser.add_argument(
        "--synchronous", default="FULL", help="of SQLite: the negative control is NORMAL or OFF"
    )
    parser.add_argument(
        "--gives-up", action="store_true", help="take a refusal for an acknowledgement: a control"
    )
    arguments = parser.parse_args()
    logging.basicConfig(stream=sys.stderr)
    # A disk of ours that failed works again at once.
    mending.PAUSE_S = _MENDING_PAUSE_S
    log_copying.ROWS = _ROWS
    database = Database(arguments.database_url)

    def weaken(connection: object, _record: object) -> None:
        connection.execute(f"PRAGMA synchronous={arguments.synchronous}")  # type: ignore[attr-defined]

    if arguments.synchronous != "FULL":
        event.listen(database.engine, "connect", weaken)
    accounts = Accounts(database, registration="aberto", on_network=False)
    movements = Movements(database, Products(database), accounts)
    first = accounts.listing()[0]
    who = Identity(first.id, first.username, first.role, b"")

    def register() -> None:
        while True:
            movement_id = str(uuid4())
            while not _is_taken(movements, who, movement_id) and not arguments.gives_up:
                time.sleep(_PAUSE_S)
            _say(movement_id)

    for _number in range(THREADS):
        threading.Thread(target=register).start()


def _is_taken(movements: Movements, who: Identity, movement_id: str) -> bool:
    try:
        movements.register_entry(who, client_id=movement_id, product_id="p1", quantity=Decimal(1))
    except Unavailable:
        _say(REFUSED)
        return False
    return True


def _say(word: str) -> None:
    # One write: two threads' lines must not run into each other.
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
