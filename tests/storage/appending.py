"""A program that registers entries and prints the id of each acknowledged one, until it is ended from outside."""

from __future__ import annotations

import argparse
import logging
import sys
import threading
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import select

from almoxarife.features.accounts.service import Accounts
from almoxarife.features.movements.service import Movements
from almoxarife.features.products.service import Products
from almoxarife.identity import Identity
from almoxarife.ledger.tables import movement
from almoxarife.storage.database import Database

THREADS = 4


def prepare_shop(database: Database) -> None:
    """Make the storekeeper and the product of the entries."""
    Accounts(database, registration="aberto", on_network=False).register("maria", "1234")
    Products(database).create("Parafuso 10mm")


def who_of(database: Database) -> Identity:
    """Return the storekeeper's identity."""
    account = Accounts(database, registration="aberto", on_network=False).listing()[0]
    return Identity(account.id, account.username, account.role, b"")


def acknowledged_ids(printed: str) -> set[UUID]:
    """Return the ids of all whole lines that the program printed."""
    return {UUID(line) for line in printed.split("\n")[:-1]}


def stored_ids(database: Database) -> set[UUID]:
    """Return the ids of all movements."""
    with database.snapshot() as connection:
        return {UUID(bytes=raw) for raw in connection.execute(select(movement.c.id)).scalars()}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("database_url")
    arguments = parser.parse_args()
    logging.basicConfig(stream=sys.stderr)
    database = Database(arguments.database_url)
    movements = Movements(
        database, Products(database), Accounts(database, registration="aberto", on_network=False)
    )
    who = who_of(database)

    def register() -> None:
        while True:
            movement_id = str(uuid4())
            movements.register_entry(who, client_id=movement_id, product_id="p1", quantity=Decimal(1))
            # One write: two threads' lines must not run into each other.
            sys.stdout.write(f"{movement_id}\n")
            sys.stdout.flush()

    for _number in range(THREADS):
        threading.Thread(target=register).start()


if __name__ == "__main__":
    main()
