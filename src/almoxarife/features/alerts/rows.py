"""Alerts and rules as they go over the wire, from the API as from the live feed and to other programs."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from almoxarife.clock import to_rfc3339
from almoxarife.contract.alerts import AlertRow, RuleRow
from almoxarife.contract.movements import decimal_text, number_on_wire
from almoxarife.features.alerts.condition_rules import days_of, time_of
from almoxarife.features.alerts.condition_service import ListedRule, movement_word
from almoxarife.features.alerts.rules import AlertKind
from almoxarife.features.alerts.service import Listed
from almoxarife.i18n import N_, _, format_day, format_quantity

_SENTENCES = {
    AlertKind.OUT_OF_STOCK: N_("{product}: nothing left in {place}."),
    AlertKind.BELOW_MINIMUM: N_("{product}: {quantity} {unit} in {place}, below the minimum of {threshold}."),
    AlertKind.ABOVE_MAXIMUM: N_("{product}: {quantity} {unit} in {place}, above the maximum of {threshold}."),
    AlertKind.NEGATIVE: N_("{product}: {quantity} {unit} in {place}; count it."),
    AlertKind.EXPIRING: N_("{product}: {quantity} {unit} of the lot {lot} expire on {day}."),
    AlertKind.EXPIRED: N_("{product}: {quantity} {unit} of the lot {lot} expired on {day}."),
    AlertKind.LARGE: N_(
        "{product}: {quantity} {unit} moved at once by {who}, more than {threshold} ({rule})."
    ),
    AlertKind.OUTSIDE_HOURS: N_("{product}: {quantity} {unit} moved by {who} outside hours ({rule})."),
}


def alert_row(one: Listed) -> AlertRow:
    """Return an alert as it goes over the wire."""
    alert, cause, lot = one.alert, one.alert.cause, one.lot
    return AlertRow(
        id=f"a{alert.number}",
        kind=cause.kind.value,
        situation=alert.situation.value,
        text=sentence(one),
        product_id=f"p{cause.product_id}",
        product_name=one.product.name,
        unit=one.product.unit,
        place_id=f"l{cause.place}" if cause.place is not None else None,
        place_name=one.place_name,
        lot_id=f"v{cause.lot_id}" if cause.lot_id is not None else None,
        lot=lot.text if lot is not None else None,
        expires_on=lot.expires_on if lot is not None else None,
        rule_id=str(UUID(bytes=one.rule.id)) if one.rule is not None else None,
        rule_name=one.rule.name if one.rule is not None else "",
        movement=cause.movement,
        moved_by=one.moved_by or None,
        quantity=number_on_wire(cause.quantity),
        threshold=number_on_wire(cause.threshold) if cause.threshold is not None else None,
        occurrences=alert.occurrences,
        raised_at=to_rfc3339(alert.raised_at),
        acknowledged_at=_instant(alert.acknowledged_at),
        acknowledged_by=one.acknowledged_by or None,
        note=alert.note,
        resolved_at=_instant(alert.resolved_at),
    )


def alert_text(one: Listed) -> str:
    """Return the JSON of an alert's row."""
    return alert_row(one).model_dump_json(by_alias=True)


def sentence(one: Listed) -> str:
    """Return what there is to say of an alert."""
    cause, lot = one.alert.cause, one.lot
    return _(_SENTENCES[cause.kind]).format(
        product=one.product.name,
        quantity=_number(cause.quantity),
        unit=one.product.unit,
        place=one.place_name or _("all of the shop"),
        threshold=_number(cause.threshold or 0),
        lot=lot.text if lot is not None else "",
        day=format_day(lot.expires_on) if lot is not None and lot.expires_on else "",
        who=one.moved_by,
        rule=one.rule.name if one.rule is not None else "",
    )


def rule_row(one: ListedRule) -> RuleRow:
    """Return a rule as it goes over the wire."""
    rule = one.condition
    return RuleRow(
        id=str(UUID(bytes=rule.id)),
        name=rule.name,
        kind=rule.kind,  # type: ignore[arg-type]
        movement_kind=movement_word(rule),
        product_id=f"p{rule.product_id}" if rule.product_id is not None else None,
        product_name=one.product_name,
        quantity=number_on_wire(rule.quantity) if rule.quantity is not None else None,
        factor=number_on_wire(rule.factor) if rule.factor is not None else None,
        begins=time_of(rule.begins) if rule.begins is not None else None,
        ends=time_of(rule.ends) if rule.ends is not None else None,
        weekdays=days_of(rule.weekdays) if rule.weekdays is not None else None,  # type: ignore[arg-type]
        active=bool(rule.active),
        username=one.username,
        created_at=to_rfc3339(rule.created_at),
    )


def _number(units: int) -> str:
    return format_quantity(Decimal(decimal_text(units)))


def _instant(instant: int | None) -> str | None:
    return to_rfc3339(instant) if instant is not None else None
