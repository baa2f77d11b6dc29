"""Setting levels from a file. Owns the transactions."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from almoxarife.features.codes.rules.codes import key_of
from almoxarife.features.codes.service.giving import Giving
from almoxarife.features.imports import levels
from almoxarife.features.imports.csv_file import CsvFile
from almoxarife.features.imports.level_reading import place_names
from almoxarife.features.imports.levels import CheckedLevels, Known
from almoxarife.features.imports.pace import PAUSE_S
from almoxarife.features.imports.reading import is_name
from almoxarife.features.imports.watching import Watch
from almoxarife.features.levels.service import Levels
from almoxarife.features.locations.service import Locations
from almoxarife.features.products.rules import number_of
from almoxarife.features.products.service import Products
from almoxarife.identity import Identity
from almoxarife.storage.database import Database


class LevelImports:
    """Files that say how much there should be of products, in the whole shop or at places."""

    def __init__(
        self, database: Database, products: Products, locations: Locations, giving: Giving, levels: Levels
    ) -> None:
        self._database = database
        self._products = products
        self._locations = locations
        self._giving = giving
        self._levels = levels

    @contextmanager
    def checked(self, file: CsvFile, watch: Watch) -> Iterator[CheckedLevels]:
        """Check a file to its end; yield what of it is new. Raises UnusableFile, Unavailable."""
        with self._database.snapshot() as connection:
            places = place_names(self._locations.all(connection))
        with tempfile.TemporaryFile() as spool:
            found = levels.check(file, watch, spool, places=places, look_up=self._known)
            spool.seek(0)
            yield found

    def write(self, found: CheckedLevels, who: Identity, watch: Watch) -> int:
        """Set the levels that were checked; return how many were not so already.

        In short transactions; stopped at any place, the same file again sets what is left. Raises ProductInactive,
        ProductMerged, PlaceInactive where somebody else has changed that meanwhile; Unavailable.
        """
        new = 0
        while rows := found.take(levels.ROWS_PER_BATCH):
            new += self._levels.put_all(who, rows)
            watch.written(len(rows))
            time.sleep(PAUSE_S)
        return new

    def _known(self, texts: Collection[str]) -> Known:
        with self._database.snapshot() as connection:
            found = self._named(connection, texts)
            facts = self._products.facts(connection, found.values())
            blocked = self._products.blocked(connection, facts)
            usable = {
                text: number for text, number in found.items() if number in facts and number not in blocked
            }
            there = self._levels.of_products(connection, sorted(set(usable.values())))
        return Known(
            usable,
            {number: one.decimals for number, one in facts.items()},
            {(one.product_id, one.place): one._replace(number=0) for one in there},
        )

    def _named(self, connection: Connection, texts: Collection[str]) -> dict[str, int]:
        """Return which products some texts mean: by id, else by a code of everybody's, else by name."""
        found = {text: number for text in texts if (number := number_of(text)) is not None}
        keys = {text: key_of(text) for text in texts if text not in found}
        owners = self._giving.owners(connection, keys.values())
        # A kit is no product.
        found |= {
            text: owners[key].product for text, key in keys.items() if key in owners and owners[key].alone
        }
        names = [text for text in keys if text not in found and is_name(text)]
        return found | self._products.numbers(connection, names)
