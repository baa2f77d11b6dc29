"""Why a balance is what it is: the stock card as arithmetic that a person can follow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from almoxarife.clock import MICROSECONDS, shop_zone
from almoxarife.features.costs.rules.lines import Basis
from almoxarife.features.costs.rules.money import MONEY_SCALE
from almoxarife.features.reports.rules import CardLine, Entered, Stock
from almoxarife.i18n import N_, _, format_money, format_quantity, ngettext
from almoxarife.ledger.rules import QUANTITY_SCALE, Kind

_KINDS = {
    Kind.ENTRY: N_("entry of goods"),
    Kind.ISSUE: N_("issue"),
    Kind.TRANSFER: N_("transfer"),
    Kind.LOSS: N_("loss"),
    Kind.ADJUSTMENT: N_("adjustment"),
    Kind.CUSTOMER_RETURN: N_("return from a customer"),
    Kind.SUPPLIER_RETURN: N_("return to a supplier"),
    Kind.REVERSAL: N_("reversal of No. {reverses}"),
}
_BASES = {
    Basis.STATED: N_("as stated on it"),
    Basis.NAMED: N_("exactly what No. {reverses} was worth"),
    Basis.STOCK: N_("the cost of the stock at that moment"),
    Basis.LAST_KNOWN: N_("the cost known last, because the stock had none"),
    Basis.UNKNOWN: N_("no cost was known"),
}


def summary(opening: Stock, lines: Sequence[CardLine], closing: Stock) -> list[str]:
    """Return the whole sum in a few sentences: before, by kind of movement, after."""
    changes: defaultdict[int, int] = defaultdict(int)
    counted: defaultdict[int, int] = defaultdict(int)
    for line in lines:
        changes[line.movement.kind] += line.change
        counted[line.movement.kind] += 1
    said = [
        _("Before: {quantity}, worth {value}.").format(
            quantity=_quantity(opening.quantity), value=_money(opening.value)
        )
    ]
    names = {**_KINDS, Kind.REVERSAL: N_("reversals")}
    said += [
        _("{sign} {quantity}: {kind} ({count} ×)").format(
            sign=_sign(changes[kind]),
            quantity=_quantity(abs(changes[kind])),
            kind=_(names[Kind(kind)]),
            count=format_quantity(counted[kind]),
        )
        for kind in sorted(changes)
    ]
    terms = "".join(f" {_sign(change)} {_quantity(abs(change))}" for _kind, change in sorted(changes.items()))
    said.append(f"{_quantity(opening.quantity)}{terms} = {_quantity(closing.quantity)}")
    said.append(
        _("So there are {quantity}, worth {value}: {unit_value} each.").format(
            quantity=_quantity(closing.quantity),
            value=_money(closing.value),
            unit_value=_money(closing.unit_value),
        )
    )
    return said


def steps(opening: Stock, lines: Sequence[CardLine], *, at_most: int) -> Iterator[str]:
    """Yield a sentence or two for each of the last lines, and one for all those before them."""
    left_out = max(0, len(lines) - at_most)
    before = lines[left_out - 1].stock if left_out else opening
    if left_out:
        yield ngettext(
            "{count} movement before: {quantity}, worth {value}.",
            "{count} movements before: {quantity}, worth {value}.",
            left_out,
        ).format(
            count=format_quantity(left_out),
            quantity=_quantity(before.quantity),
            value=_money(before.value),
        )
    for line in lines[left_out:]:
        yield _step(before, line)
        before = line.stock


def _step(before: Stock, line: CardLine) -> str:
    movement = line.movement
    said = _("{moment} · No. {sequence}, {kind}: {before} {sign} {change} = {after}.").format(
        moment=_moment(movement.effective_at),
        sequence=movement.sequence,
        kind=_(_KINDS[Kind(movement.kind)]).format(reverses=movement.reverses),
        before=_quantity(before.quantity),
        sign=_sign(line.change),
        change=_quantity(abs(line.change)),
        after=_quantity(line.stock.quantity),
    )
    if not line.change:
        said += " " + _("It stays in the stock: {moved} changed their place.").format(
            moved=_quantity(movement.moved)
        )
    elif movement.basis in _BASES:
        said += " " + _(
            "Value: {before} {sign} {cost} = {after} ({quantity} × {unit_cost}, {basis})."
        ).format(
            before=_money(before.value),
            sign=_sign(line.cost),
            cost=_money(abs(line.cost)),
            after=_money(before.value + line.cost),
            quantity=_quantity(abs(line.change)),
            unit_cost=_money(Stock(line.change, line.cost).unit_value),
            basis=_basis(movement),
        )
    if line.correction:
        said += " " + _("Corrected by {sign} {amount}: {after}.").format(
            sign=_sign(line.correction),
            amount=_money(abs(line.correction)),
            after=_money(line.stock.value),
        )
    if movement.reversed_by is not None:
        said += " " + _("Reversed later by No. {sequence}.").format(sequence=movement.reversed_by)
    return said


def _basis(movement: Entered) -> str:
    if movement.basis is Basis.NAMED and movement.returns is not None:
        return _("its part of what No. {returns} was worth").format(returns=movement.returns)
    return _(_BASES[movement.basis]).format(reverses=movement.reverses)


def _moment(instant: int) -> str:
    """Return date and time in the shop, wherever the computer stands."""
    return f"{datetime.fromtimestamp(instant // MICROSECONDS, shop_zone()):%d/%m/%Y %H:%M:%S}"


def _sign(amount: int) -> str:
    # The sign of subtraction, which is as wide as the plus.
    return "−" if amount < 0 else "+"  # noqa: RUF001


def _quantity(units: int) -> str:
    return format_quantity(Decimal(units) / QUANTITY_SCALE)


def _money(amount: int) -> str:
    return format_money(Decimal(amount) / MONEY_SCALE)
