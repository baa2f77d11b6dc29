"""The SQL that reads movements as lists show them: with the names of product and user, and what is beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    SelectLabelStyle,
    any_,
    bindparam,
    case,
    cast,
    exists,
    func,
    null,
    or_,
    select,
)

from almoxarife.contract.movements import Beside, EntryRecord
from almoxarife.features.accounts.tables import account
from almoxarife.features.lots.tables import lot
from almoxarife.features.movements.stock_rules import WORDS, sign_of, signed
from almoxarife.features.partners.tables import partner
from almoxarife.features.products.tables import product, product_change
from almoxarife.features.reasons.tables import reason
from almoxarife.ledger.rules import DEFAULT_LOCATION, Head, Kind
from almoxarife.ledger.tables import ledger_head, movement, movement_detail
from almoxarife.storage.database import Database
from almoxarife.storage.prepared import Prepared, Row


class Totals(NamedTuple):
    """Sums over some movements; ``quantity`` in 1/10,000."""

    entries: int
    quantity: int
    people: list[str]


_beside = movement_detail.alias("beside")
_HAS_DETAIL = exists(
    select(_beside.c.sequence).where(
        or_(_beside.c.sequence == movement.c.sequence, _beside.c.reverses == movement.c.sequence)
    )
)
# Nearly every row of an old ledger: it is shown as it always was, and nothing more is read of it.
_IS_PLAIN = (
    (movement.c.kind == Kind.ENTRY)
    & (movement.c.to_location == DEFAULT_LOCATION)
    & (movement.c.effective_at == movement.c.recorded_at)
    & ~_HAS_DETAIL
)
_RECORD: Select[Any] = select(
    movement.c.sequence,
    movement.c.id,
    movement.c.product_id,
    product.c.name,
    movement.c.quantity,
    account.c.username,
    movement.c.recorded_at,
    movement.c.hash,
    case((_IS_PLAIN, null()), else_=movement.c.sequence).label("beside"),
).select_from(
    movement.join(product, movement.c.product_id == product.c.id).join(
        account, movement.c.account_id == account.c.id
    )
)
_CONDITIONS: Mapping[str, ColumnElement[bool]] = {
    "account_id": movement.c.account_id == bindparam("account_id"),
    "kind": movement.c.kind == bindparam("kind"),
    "location": or_(
        movement.c.from_location == bindparam("location"), movement.c.to_location == bindparam("location")
    ),
    "product": movement.c.product_id == bindparam("product"),
    "lot": movement.c.sequence.in_(
        select(movement_detail.c.sequence).where(movement_detail.c.lot_id == bindparam("lot"))
    ),
}
# Which movements are asked for: by the names above.
Conditions = Mapping[str, int]
ALL: Conditions = {}

_reversed = movement.alias("reversed")
_reversal_detail = movement_detail.alias("reversal_detail")
_reversal = movement.alias("reversal")
_returned = movement.alias("returned")
_BESIDE = (
    select(
        movement.c.sequence,
        movement.c.kind,
        movement.c.from_location,
        movement.c.to_location,
        movement.c.effective_at,
        movement_detail.c.lot_id,
        lot.c.number,
        lot.c.expires_on,
        _reversed.c.id,
        _reversal.c.id,
        movement_detail.c.reason_id,
        reason.c.name,
        movement_detail.c.note,
        movement_detail.c.partner_id,
        partner.c.name,
        movement_detail.c.document,
        movement_detail.c.unit,
        movement_detail.c.typed_quantity,
        movement_detail.c.unit_cost,
        movement_detail.c.freight,
        movement_detail.c.tax,
        movement_detail.c.discount,
        _returned.c.id,
    )
    .set_label_style(SelectLabelStyle.LABEL_STYLE_TABLENAME_PLUS_COL)
    .select_from(
        movement.outerjoin(movement_detail, movement_detail.c.sequence == movement.c.sequence)
        .outerjoin(lot, lot.c.id == movement_detail.c.lot_id)
        .outerjoin(reason, reason.c.id == movement_detail.c.reason_id)
        .outerjoin(partner, partner.c.id == movement_detail.c.partner_id)
        .outerjoin(_reversed, _reversed.c.sequence == movement_detail.c.reverses)
        .outerjoin(_returned, _returned.c.sequence == movement_detail.c.returns)
        .outerjoin(_reversal_detail, _reversal_detail.c.reverses == movement.c.sequence)
        .outerjoin(_reversal, _reversal.c.sequence == _reversal_detail.c.sequence)
    )
)
# A list of numbers is one value on both databases: as JSON, or as an array.
_KEYS = func.json_each(bindparam("keys")).table_valued("value")
_BESIDES = {
    True: Prepared(_BESIDE.where(movement.c.sequence.in_(select(_KEYS.c.value)))),
    False: Prepared(_BESIDE.where(movement.c.sequence == any_(cast(bindparam("keys"), ARRAY(BigInteger))))),
}
_SOME_BESIDE = _BESIDE.where(movement.c.sequence.in_(bindparam("keys", expanding=True)))
_IS_ENTRY = movement.c.kind == Kind.ENTRY
_LAST_CHANGE = select(func.coalesce(func.max(product_change.c.id), 0)).scalar_subquery()
_STATE = Prepared(
    select(ledger_head.c.sequence, ledger_head.c.hash, _LAST_CHANGE.label("names")).where(
        ledger_head.c.id == 1
    )
)
_TOTALS = (
    select(
        account.c.username,
        func.sum(case((_IS_ENTRY, 1), else_=0)),
        func.sum(case((_IS_ENTRY, movement.c.quantity), else_=0)),
    )
    .join_from(movement, account, movement.c.account_id == account.c.id)
    .where(movement.c.recorded_at >= bindparam("since"), movement.c.sequence <= bindparam("up_to"))
    .group_by(account.c.username)
    .order_by(account.c.username)
)


def following(
    database: Database, *, after: int, how_many: int, conditions: Conditions = ALL
) -> list[EntryRecord]:
    """Return the next rows after a sequence, oldest first."""
    question = _question(tuple(sorted(conditions)), newest=False)
    rows = database.rows(question, {"after": after, "how_many": how_many, **conditions})
    return _records(database, rows)


def latest(database: Database, how_many: int, conditions: Conditions = ALL) -> list[EntryRecord]:
    """Return the newest rows, oldest first."""
    question = _question(tuple(sorted(conditions)), newest=True)
    rows = database.rows(question, {"how_many": how_many, **conditions})
    return _records(database, rows[::-1])


def besides(connection: Connection, sequences: Sequence[int]) -> dict[int, Beside]:
    """Return what lists show beside some movements, within the caller's transaction."""
    return dict(map(_read_beside, connection.execute(_SOME_BESIDE, {"keys": list(sequences)})))


def state(database: Database) -> tuple[Head, int]:
    """Return the end of the ledger, and a number that changes whenever a product gets another name."""
    sequence, digest, names = database.rows(_STATE)[0]
    return Head(sequence, digest), names


def totals(connection: Connection, *, since: int, up_to: int) -> Totals:
    """Return the sums of the entries recorded since an instant, up to a sequence, and who recorded anything."""
    rows = connection.execute(_TOTALS, {"since": since, "up_to": up_to}).all()
    return Totals(
        entries=sum(int(row[1]) for row in rows),
        quantity=sum(int(row[2]) for row in rows),
        people=[row[0] for row in rows],
    )


@lru_cache
def _question(names: tuple[str, ...], *, newest: bool) -> Prepared:
    statement = _RECORD.where(*(_CONDITIONS[name] for name in names))
    if newest:
        statement = statement.order_by(movement.c.sequence.desc())
    else:
        statement = statement.where(movement.c.sequence > bindparam("after")).order_by(movement.c.sequence)
    return Prepared(statement.limit(bindparam("how_many")))


def _records(database: Database, rows: Iterable[Row]) -> list[EntryRecord]:
    records = list(map(EntryRecord._make, rows))
    keys = [record.sequence for record in records if record.beside is not None]
    if not keys:
        return records
    value: object = str(keys) if database.is_sqlite else keys
    found = dict(map(_read_beside, database.rows(_BESIDES[database.is_sqlite], {"keys": value})))
    return [with_beside(record, found.get(record.sequence)) for record in records]


def with_beside(record: EntryRecord, beside: Beside | None) -> EntryRecord:
    """Return a record whose quantity is not signed yet, with what is shown beside it."""
    if beside is None:
        return record
    kind = Kind.REVERSAL if beside.reverses is not None else Kind.ENTRY
    quantity = signed(kind, beside.source, beside.target, record.quantity)
    return record._replace(quantity=quantity, beside=beside)


def _read_beside(row: Sequence[Any]) -> tuple[int, Beside]:
    (
        sequence,
        kind,
        source,
        target,
        effective_at,
        lot_id,
        lot_number,
        expires_on,
        reverses,
        reversed_by,
        reason_id,
        reason_name,
        note,
        partner_id,
        partner_name,
        *others,
    ) = row
    return sequence, Beside(
        WORDS[kind],
        sign_of(source, target),
        source,
        target,
        effective_at,
        None if lot_id is None else (lot_id, lot_number, expires_on),
        reverses,
        reversed_by,
        None if reason_id is None else (reason_id, reason_name),
        note,
        None if partner_id is None else (partner_id, partner_name),
        *others,
    )
