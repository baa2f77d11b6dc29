"""What is decided about a count that is closed: which items are meant, and what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from almoxarife.errors import DomainError
from almoxarife.features.counts import rules, tally_rules
from almoxarife.features.counts.rules import Key
from almoxarife.features.counts.survey import Found
from almoxarife.features.counts.tally_rules import Item
from almoxarife.features.locations.rules import number_of as number_of_place
from almoxarife.features.products.rules import ProductNotFound
from almoxarife.features.products.rules import number_of as number_of_product
from almoxarife.ledger.rules_guard import NotEnoughStock, SerialElsewhere


class ItemName(NamedTuple):
    """An item, as the wire names it."""

    product_id: str
    place_id: str
    lot: str | None = None


class ConfirmWish(NamedTuple):
    """How a count is confirmed, as the wire names it; ``zero``: what of the missing is not there any more."""

    client_id: str | None = None
    zero_missing: bool = False
    zero: Sequence[ItemName] = ()
    ignore_unknown: bool = False
    reason_id: str | None = None


def naming(refusal: DomainError, item: Item, found: Found) -> DomainError:
    """Return why a count cannot be confirmed, naming the item at fault."""
    name, place = found.facts[item.key.product].name, found.scope.name_of(item.key.place)
    if isinstance(refusal, NotEnoughStock):
        return rules.AdjustmentExceeds(name=name, place=place, available=refusal.parameters["available"])
    if isinstance(refusal, SerialElsewhere):
        return rules.CountedSerialElsewhere(serial=item.key.lot, name=name)
    return refusal


def require_complete(found: Found, *, ignore_unknown: bool) -> None:
    """Refuse to confirm what is not finished. Raises RecountPending, UnknownLeft."""
    for item in found.items:
        if item.recount:
            raise rules.RecountPending(name=found.facts[item.key.product].name)
    unknown = tally_rules.unknown(found.lines)
    if unknown and not ignore_unknown:
        raise rules.UnknownLeft(text=unknown[0].text, number=len(unknown))


def zeroed(items: Sequence[Item], wish: ConfirmWish) -> list[Item]:
    """Return what nobody counted and is not there any more, as counted. Raises what ``named`` raises."""
    missing = [item for item in items if item.counted is None]
    chosen = missing if wish.zero_missing else named(missing, wish.zero, "zerar")
    return [item._replace(counted=0) for item in chosen]


def named(items: Sequence[Item], names: Sequence[ItemName], field: str) -> list[Item]:
    """Return the items that are named, each once. Raises ItemNotFound, ProductNotFound, PlaceNotFound."""
    by_key = {item.key: item for item in items}
    chosen: dict[Key, Item] = {}
    for row, name in enumerate(names):
        product = number_of_product(name.product_id)
        if product is None:
            raise ProductNotFound(product_id=name.product_id)
        key = Key(product, number_of_place(name.place_id), name.lot)
        if key not in by_key:
            raise rules.ItemNotFound(rows=field, row=row)
        chosen[key] = by_key[key]
    return list(chosen.values())


def last_counted(found: Found) -> dict[tuple[int, int], int]:
    """Return when each product was last counted at each place."""
    latest: dict[tuple[int, int], int] = {}
    for line in tally_rules.standing(found.lines):
        if line.product is not None:
            known = latest.get((line.product, line.place), 0)
            latest[line.product, line.place] = max(known, line.counted_at)
    return latest
