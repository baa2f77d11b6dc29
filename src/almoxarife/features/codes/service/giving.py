"""Giving codes to many products at once, one piece of the stock unit each. Owns the transactions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import uuid4

from sqlalchemy import Connection

from almoxarife.clock import day_of, now_us
from almoxarife.features.codes import store
from almoxarife.features.codes.rules import codes as rules
from almoxarife.features.codes.rules.scans import understand
from almoxarife.features.codes.service.reading import Masks, masks_of
from almoxarife.features.codes.service.writing import add_all
from almoxarife.features.codes.store import Code, Line, Row
from almoxarife.features.products.service import Products
from almoxarife.features.settings.rules import Mask
from almoxarife.identity import Identity
from almoxarife.ledger.rules import QUANTITY_SCALE
from almoxarife.storage.database import Database


class Given(NamedTuple):
    """A code as it is kept, and the form in which it is compared; everybody's, a GTIN or an own one."""

    kind: str
    text: str
    key: str


class Owner(NamedTuple):
    """The first product that a code stands for, and whether it stands for no other."""

    product: int
    name: str
    alone: bool


class Giving:
    """Checks and writes codes as ``Codes.attach`` does, in few questions for many of them."""

    def __init__(self, database: Database, products: Products, masks: Masks) -> None:
        self._database = database
        self._products = products
        self._masks = masks

    def masks(self) -> tuple[Mask, ...]:
        """Return the masks of the labels that the shop's scales print."""
        with self._database.snapshot() as connection:
            return masks_of(self._masks(connection))

    def owners(self, connection: Connection, keys: Iterable[str]) -> dict[str, Owner]:
        """Return whose those of some keys are that everybody's codes have, in the caller's transaction."""
        found = [
            code
            for code in store.with_keys(connection, set(keys), retired=False)
            if code.row.owner == rules.EVERYBODY
        ]
        names = self._products.names(connection, {code.lines[0].product for code in found})
        return {
            code.row.key: Owner(
                code.lines[0].product, names[code.lines[0].product], alone=len(code.lines) == 1
            )
            for code in found
        }

    def give(self, who: Identity, wanted: Sequence[tuple[str, Given]]) -> int:
        """Give products, by their names, the codes that they have not yet; return how many were new.

        All in one transaction. Raises CodeInUse, ProductInactive, ProductMerged.
        """
        if not wanted:
            return 0
        with self._database.unit_of_work() as connection:
            self._database.lock_table(connection, "product")
            numbers = self._products.numbers(connection, {name for name, _given in wanted})
            for refusal in self._products.blocked(connection, numbers.values()).values():
                raise refusal
            new = self._new(connection, [(numbers[name], given) for name, given in wanted])
            if new:
                add_all(connection, self._products, who, self._codes(connection, who, new))
        self._products.found.forget()
        return len(new)

    def _new(
        self, connection: Connection, wanted: Sequence[tuple[int, Given]]
    ) -> Mapping[str, tuple[int, Given]]:
        """Return by their keys those codes that nobody has yet. Raises CodeInUse."""
        owners = self.owners(connection, [given.key for _product, given in wanted])
        new: dict[str, tuple[int, Given]] = {}
        for product, given in wanted:
            owner = owners.get(given.key)
            if owner is not None and not (owner.alone and owner.product == product):
                raise rules.CodeInUse(text=given.text, name=owner.name, product_id=f"p{owner.product}")
            if owner is None and new.setdefault(given.key, (product, given))[0] != product:
                other = new[given.key][0]
                name = self._products.names(connection, {other})[other]
                raise rules.CodeInUse(text=given.text, name=name, product_id=f"p{other}")
        return new

    def _codes(
        self, connection: Connection, who: Identity, new: Mapping[str, tuple[int, Given]]
    ) -> list[Code]:
        facts = self._products.facts(connection, {product for product, _given in new.values()})
        now = now_us()
        return [
            Code(
                Row(
                    number,
                    uuid4().bytes,
                    given.kind,
                    rules.EVERYBODY,
                    given.text,
                    given.key,
                    who.account_id,
                    now,
                    None,
                ),
                (Line(number, 0, product, facts[product].unit, QUANTITY_SCALE),),
            )
            for number, (product, given) in enumerate(new.values(), store.next_number(connection))
        ]


def check(text: str, kind: str, masks: Sequence[Mask]) -> Given:
    """Return a code as it is kept. Raises InvalidField, WrongCheckDigit, ReservedCode, LabelOfScale."""
    kept, key = rules.check_code(text, kind)
    if masks:
        label = understand(kept, masks, date.fromisoformat(day_of(now_us())), "codigo").label
        if label is not None:
            raise rules.LabelOfScale(text=kept, number=label.key)
    return Given(kind, kept, key)
