"""How a product is changed, each within the caller's transaction: checked, written anew, and logged."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Connection

from almoxarife.clock import now_us
from almoxarife.features.categories.service import Categories
from almoxarife.features.products import change_store, rules, store
from almoxarife.features.products.change_store import Change, Conversion
from almoxarife.features.products.conversion_rules import check_factor
from almoxarife.features.products.store import Row
from almoxarife.features.units import rules as unit_rules
from almoxarife.features.units.service import Units
from almoxarife.identity import Identity
from almoxarife.ledger.rules import QUANTITY_SCALE, checksum
from almoxarife.names import fold, search_form

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class WholeProduct(NamedTuple):
    """A product and those whose place it has taken; ``fields``: its own fields."""

    row: Row
    fields: dict[str, str]
    merged: list[int]


def require(connection: Connection, product_id: str) -> Row:
    """Return the product with an id. Raises ProductNotFound."""
    number = rules.number_of(product_id)
    row = store.some(connection, [number]).get(number) if number else None
    if row is None:
        raise rules.ProductNotFound(product_id=product_id)
    return row


def require_own_place(connection: Connection, row: Row) -> None:
    """Raise ProductMerged for a product whose place another one has taken."""
    if row.merged_into is not None:
        other = store.some(connection, [row.merged_into])[row.merged_into]
        raise rules.ProductMerged(name=row.name, other_id=f"p{other.number}", other=other.name)


def require_no_stock(connection: Connection, row: Row, field: str) -> None:
    """Raise ProductWithStock for a product of which there is something; nothing comes in afterwards.

    ``field``: what cannot be changed because of that.
    """
    stock = store.stock(connection, row.number)
    if stock:
        amount = Decimal(stock) / QUANTITY_SCALE
        raise rules.ProductWithStock(name=row.name, stock=amount, unit=row.unit, field=field)


class Wishes:
    """Checks what people say of a product beside its name."""

    def __init__(self, units: Units, categories: Categories) -> None:
        self._units = units
        self._categories = categories

    def applied(self, connection: Connection, row: Row, wanted: Mapping[str, Any]) -> Row:
        """Return a product with what is wanted, by the names of the contract's messages.

        Raises InvalidField, UnitNotFound, CategoryNotFound.
        """
        values: dict[str, Any] = {}
        if wanted.get("name") is not None:
            name = rules.check_name(wanted["name"])
            values |= {"name": name, "key": fold(name), "search_text": search_form(name)}
        if wanted.get("unit") is not None:
            unit = self._units.require(connection, wanted["unit"])
            if unit.code != row.unit:
                values |= {"unit": unit.code, "decimals": unit.decimals}
        if wanted.get("decimals") is not None:
            values["decimals"] = unit_rules.check_decimals(wanted["decimals"])
        if wanted.get("tracking") is not None:
            values["tracking"] = rules.check_tracking(wanted["tracking"])
        if "category_id" in wanted:
            category = wanted["category_id"]
            values["category_id"] = (
                None if category is None else self._categories.require(connection, category, "categoria_id")
            )
        if wanted.get("notes") is not None:
            values["notes"] = rules.check_notes(wanted["notes"])
        if wanted.get("fields") is not None:
            values["fields"] = _JSON.encode(rules.check_fields(wanted["fields"]))
        return row._replace(**values)

    def conversions(
        self, connection: Connection, row: Row, wanted: Sequence[tuple[str, Decimal]]
    ) -> dict[str, int]:
        """Return conversions as they are kept: factor in 1/10,000 by unit. Raises InvalidField, UnitNotFound."""
        kept: dict[str, int] = {}
        for place, (code, factor) in enumerate(wanted):
            unit = self._units.require(connection, code)
            if unit.code == row.unit or unit.code in kept:
                raise rules.UnitTwice(unit=unit.code)
            kept[unit.code] = check_factor(factor, place)
        return kept


def check_change(connection: Connection, old: Row, new: Row) -> None:
    """Refuse a change that would give another meaning to what is counted already.

    Raises ProductExists, ProductWithConversions, ProductWithStock.
    """
    if new.key != old.key:
        there = store.find(connection, new.key)
        if there is not None:
            raise rules.ProductExists(name=there.name)
    if new.unit != old.unit and change_store.conversions(connection, [old.number]):
        raise rules.ProductWithConversions(name=old.name)
    changed = {
        "unidade": new.unit != old.unit,
        "decimais": new.decimals < old.decimals,
        "rastreio": new.tracking != old.tracking,
    }
    field = next((name for name, is_changed in changed.items() if is_changed), None)
    if field is not None:
        require_no_stock(connection, old, field)


def write(connection: Connection, who: Identity, old: Row, new: Row, action: str) -> Row:
    """Write a changed product under its next version, and what changed into the log."""
    new = new._replace(version=old.version + 1)
    store.replace(connection, old, new, checksum(*new))
    before, after = shown(old), shown(new)
    differing = [key for key in before if before[key] != after[key]]
    log(
        connection,
        who,
        new.number,
        action,
        {key: before[key] for key in differing},
        {key: after[key] for key in differing},
    )
    return new


def log(
    connection: Connection,
    who: Identity,
    number: int,
    action: str,
    before: Mapping[str, object],
    after: Mapping[str, object],
) -> None:
    """Write down who changed what; the table of products must be locked."""
    change_store.log(connection, [_change(who, number, action, before, after)])


def log_new(connection: Connection, who: Identity, key: str, new: Sequence[tuple[int, str]]) -> None:
    """Write down that products, named by their numbers, got something new; their table must be locked."""
    changes = [_change(who, number, "alterado", {key: None}, {key: text}) for number, text in new]
    change_store.log(connection, changes)


def _change(
    who: Identity, number: int, action: str, before: Mapping[str, object], after: Mapping[str, object]
) -> Change:
    return Change(
        0,
        number,
        who.account_id,
        who.username,
        now_us(),
        action,
        _JSON.encode(before),
        _JSON.encode(after),
    )


def factors(connection: Connection, row: Row) -> dict[str, int]:
    """Return a product's conversions: factor in 1/10,000 by unit."""
    found = change_store.conversions(connection, [row.number]).get(row.number, [])
    return {one.unit: one.factor for one in found}


def write_factors(
    connection: Connection, who: Identity, row: Row, old: Mapping[str, int], new: Mapping[str, int]
) -> Row:
    """Write a product's conversions anew, which makes a new version of it, and what changed into the log."""
    rows = [Conversion(row.number, unit, factor) for unit, factor in sorted(new.items())]
    change_store.replace_conversions(connection, row.number, {one: checksum(*one) for one in rows})
    changed = row._replace(version=row.version + 1)
    store.replace(connection, row, changed, checksum(*changed))
    before, after = ({"conversoes": _decimals(factors)} for factors in (old, new))
    log(connection, who, row.number, "alterado", before, after)
    return changed


def _decimals(factors: Mapping[str, int]) -> dict[str, str]:
    return {unit: f"{(Decimal(factor) / QUANTITY_SCALE).normalize():f}" for unit, factor in factors.items()}


def with_merged(connection: Connection, rows: Sequence[Row]) -> list[WholeProduct]:
    """Return all there is to know of some products."""
    merged: dict[int, list[int]] = {}
    for one in store.merged_into(connection, [row.number for row in rows]):
        if one.merged_into is not None:
            merged.setdefault(one.merged_into, []).append(one.number)
    return [WholeProduct(row, json.loads(row.fields), merged.get(row.number, [])) for row in rows]


def shown(row: Row) -> dict[str, object]:
    """Return what people may change of a product, as the wire names it."""
    return {
        "nome": row.name,
        "unidade": row.unit,
        "decimais": row.decimals,
        "rastreio": row.tracking,
        "categoria_id": None if row.category_id is None else f"c{row.category_id}",
        "observacoes": row.notes,
        "campos": json.loads(row.fields),
        "ativo": bool(row.active),
        "unido_a": None if row.merged_into is None else f"p{row.merged_into}",
    }
