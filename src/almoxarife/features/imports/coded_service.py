"""Creating products with their codes from a file. Owns the transactions."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from almoxarife.features.codes.service.giving import Giving
from almoxarife.features.imports import coded, products
from almoxarife.features.imports.coded import CodedProducts, Known
from almoxarife.features.imports.csv_file import CsvFile
from almoxarife.features.imports.pace import PAUSE_S
from almoxarife.features.imports.watching import Watch
from almoxarife.features.products.service import Products
from almoxarife.identity import Identity
from almoxarife.storage.database import Database


class CodedImports:
    """Files of products that have columns with codes."""

    def __init__(self, database: Database, products: Products, giving: Giving) -> None:
        self._database = database
        self._products = products
        self._giving = giving

    @contextmanager
    def checked(self, file: CsvFile, watch: Watch) -> Iterator[CodedProducts]:
        """Check a file to its end; yield what of it is new. Raises UnusableFile, Unavailable."""
        with products.open_spool() as spool:
            found = coded.check(file, watch, spool, self._giving.masks(), look_up=self._known)
            spool.seek(0)
            yield found

    def write(self, found: CodedProducts, who: Identity, watch: Watch) -> tuple[int, int]:
        """Create the products that were checked and give them their codes; return how many of both were new.

        In short transactions; stopped at any place, it goes on from there when the same file is imported again.
        Raises CodeInUse, ProductInactive, ProductMerged where somebody else has changed that meanwhile; Unavailable.
        """
        new, codes = 0, 0
        while rows := found.take_coded(products.ROWS_PER_BATCH):
            new += self._products.create_all([name for name, _codes in rows])
            codes += self._giving.give(who, [(name, given) for name, some in rows for given in some])
            watch.written(len(rows))
            time.sleep(PAUSE_S)
        return new, codes

    def _known(self, names: Collection[str], keys: Collection[str]) -> Known:
        with self._database.snapshot() as connection:
            numbers = self._products.numbers(connection, names)
            unusable = self._products.blocked(connection, numbers.values())
            return Known(numbers, unusable.keys(), self._giving.owners(connection, keys))
