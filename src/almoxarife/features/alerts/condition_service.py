"""The rules by which movements raise alerts: made and switched by managers. Owns the transactions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import Connection

from almoxarife.clock import now_us
from almoxarife.contract.kinds import KIND_WORDS
from almoxarife.errors import InvalidField
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.alerts import condition_rules as rules
from almoxarife.features.alerts import condition_store as store
from almoxarife.features.alerts.condition_rules import Condition
from almoxarife.features.alerts.rules import RULE_CREATED, RULE_SWITCHED, AlertKind
from almoxarife.features.audit.service import Audit
from almoxarife.features.movements.rules import check_id
from almoxarife.features.products.rules import BY_SERIAL, ProductNotFound, number_of
from almoxarife.features.products.service import Products
from almoxarife.identity import Identity
from almoxarife.ledger.rules import checksum
from almoxarife.storage.database import Database


class RuleWish(NamedTuple):
    """What somebody wants a rule to be; see ``condition_rules.Condition``."""

    name: str
    kind: str
    movement_kind: str | None = None
    product_id: str | None = None
    quantity: Decimal | None = None
    factor: Decimal | None = None
    begins: str | None = None
    ends: str | None = None
    weekdays: list[str] | None = None


class ListedRule(NamedTuple):
    """A rule with the names of its product ("" for all) and of who made it."""

    condition: Condition
    product_name: str
    username: str


class AlertRules:
    """A rule is never changed, only switched off and on: so an alert's rule is what raised it."""

    def __init__(self, database: Database, products: Products, accounts: Accounts, audit: Audit) -> None:
        self._database = database
        self._products = products
        self._accounts = accounts
        self._audit = audit

    def listing(self) -> list[ListedRule]:
        """Return every rule, oldest first."""
        with self._database.snapshot() as connection:
            return self._listed(connection, store.everything(connection))

    def create(
        self, who: Identity, rule_id: str | None, wish: RuleWish, replaces: str | None = None
    ) -> tuple[ListedRule, bool]:
        """Make a rule; tell whether it is new: the same id with the same content gives the stored one.

        ``replaces``: the id of a rule that is switched off in the same transaction, because this one takes its place.
        Raises InvalidField, RuleImpossible, RuleExists, RuleNotFound, RuleSwitchedOff, TooManyRules, ProductNotFound.
        """
        uuid = check_id(rule_id) if rule_id is not None else uuid4().bytes
        asked = _condition(wish)._replace(id=uuid, account_id=who.account_id, created_at=now_us())
        with self._database.unit_of_work() as connection:
            self._database.lock_table(connection, "alert_rule")
            if wish.product_id is not None:
                asked = asked._replace(product_id=self._product(connection, wish.product_id, asked))
            before = _named(connection, replaces, "substitui") if replaces is not None else None
            there = store.with_id(connection, uuid)
            if there is not None:
                # A rule that is still looked at was not replaced by that one.
                if not there.says_the_same_as(asked) or (before is not None and before.active):
                    raise rules.RuleExists()
                return self._listed(connection, [there])[0], False
            details = {"nome": asked.name}
            if before is not None:
                if not before.active:
                    raise rules.RuleSwitchedOff(name=before.name)
                self._switch(connection, who, before, active=False)
                details["substitui"] = str(UUID(bytes=before.id))
            _require_room(connection)
            row = asked._replace(number=store.next_number(connection))
            store.add(connection, row, _checksum(row))
            self._audit.write(connection, who, RULE_CREATED, str(UUID(bytes=uuid)), details)
            return self._listed(connection, [row])[0], True

    def switch(self, who: Identity, rule_id: str, *, active: bool) -> ListedRule:
        """Look at a rule no more, or again. Raises RuleNotFound, TooManyRules."""
        with self._database.unit_of_work() as connection:
            self._database.lock_table(connection, "alert_rule")
            row = _named(connection, rule_id, "regra_id")
            if bool(row.active) != active:
                if active:
                    _require_room(connection)
                row = self._switch(connection, who, row, active=active)
            return self._listed(connection, [row])[0]

    def _product(self, connection: Connection, product_id: str, asked: Condition) -> int:
        """Return the number of the product that a rule looks at. Raises ProductNotFound, RuleImpossible."""
        number = number_of(product_id)
        facts = self._products.facts(connection, [number]) if number is not None else {}
        if number is None or number not in facts:
            raise ProductNotFound(product_id=product_id)
        if facts[number].tracking == BY_SERIAL:
            rules.require_several(asked)
        return number

    def _switch(self, connection: Connection, who: Identity, row: Condition, *, active: bool) -> Condition:
        row = row._replace(active=int(active))
        store.replace(connection, row, _checksum(row))
        details = {"nome": row.name, "ativa": active}
        self._audit.write(connection, who, RULE_SWITCHED, str(UUID(bytes=row.id)), details)
        return row

    def _listed(self, connection: Connection, rows: list[Condition]) -> list[ListedRule]:
        products = {row.product_id for row in rows if row.product_id is not None}
        names = self._products.names(connection, products)
        people = {account.id: account.username for account in self._accounts.listing()} if rows else {}
        return [
            ListedRule(
                row, names[row.product_id] if row.product_id is not None else "", people[row.account_id]
            )
            for row in rows
        ]


def movement_word(condition: Condition) -> str | None:
    """Return the kind of movement that a rule looks at, as the wire says it; None for all."""
    return KIND_WORDS[condition.movement_kind - 1] if condition.movement_kind is not None else None


def changed_rows(connection: Connection) -> Iterator[str]:
    """Yield the ids of rules whose row is not as it was written, within the caller's transaction."""
    for row, written in store.rows(connection):
        if _checksum(row) != written:
            yield str(UUID(bytes=row.id))


def _require_room(connection: Connection) -> None:
    if len(store.active(connection)) >= rules.MOST_RULES:
        raise rules.TooManyRules(maximum=rules.MOST_RULES)


def _named(connection: Connection, rule_id: str, field: str) -> Condition:
    try:
        found = store.with_id(connection, UUID(rule_id).bytes)
    except ValueError:
        found = None
    if found is None:
        raise rules.RuleNotFound(rule_id=rule_id, field=field)
    return found


def _condition(wish: RuleWish) -> Condition:
    """Return what a wish means, as far as it can be known without the database."""
    kind = rules.check_kind(wish.kind)
    quantity = factor = begins = ends = weekdays = None
    for field, value in _of_the_other_kind(wish, kind):
        if value is not None:
            raise InvalidField(field=field, reason="not_for_rule", kind=kind.value)
    if kind == AlertKind.LARGE:
        quantity, factor = rules.check_bound(wish.quantity, wish.factor)
    else:
        begins, ends, weekdays = rules.check_hours(wish.begins, wish.ends, wish.weekdays)
    return Condition(
        0,
        b"",
        rules.check_name(wish.name),
        kind.value,
        _movement_kind(wish.movement_kind),
        None,
        quantity,
        factor,
        begins,
        ends,
        weekdays,
        1,
        0,
        0,
    )


def _of_the_other_kind(wish: RuleWish, kind: AlertKind) -> Sequence[tuple[str, object]]:
    """Return what a rule of this kind does not look at: left out without a word, it would seem to be a condition."""
    if kind == AlertKind.LARGE:
        return ("das", wish.begins), ("ate", wish.ends), ("dias", wish.weekdays)
    return ("quantidade_maior_que", wish.quantity), ("vezes_a_media", wish.factor)


def _movement_kind(word: str | None) -> int | None:
    if word is None:
        return None
    if word not in KIND_WORDS:
        raise InvalidField(field="tipo_movimento", reason="unknown_kind", choices=", ".join(KIND_WORDS))
    # The kinds of the ledger are counted from 1.
    return KIND_WORDS.index(word) + 1


def _checksum(row: Condition) -> bytes:
    return checksum(row.number, row.id.hex(), *row[2:])
