"""What an alert rule looks at, in words, and its fields as a person types them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from almoxarife.client.alert_rules import AlertRule
from almoxarife.contract.types import MAX_WHOLE_QUANTITY
from almoxarife.desktop.cadastro.records.common import wrong
from almoxarife.desktop.kit.formats import NumberError, parse_quantity
from almoxarife.desktop.kit.kinds import kind_word
from almoxarife.i18n import _, format_quantity
from almoxarife.names import search_form

DECIMALS = 4
WEEKDAYS = ("seg", "ter", "qua", "qui", "sex", "sab", "dom")
_NAMES = ("segunda", "terca", "quarta", "quinta", "sexta", "sabado", "domingo")
_DAYS = dict(zip(_NAMES, WEEKDAYS, strict=True))
_HOUR = re.compile("[0-9]:[0-9]{2}")


def told(rule: AlertRule) -> str:
    """Return what a rule looks at, such as ``saída · Café torrado · mais de 50``."""
    wish = rule.wish
    parts = [kind_word(wish.movement_kind)] if wish.movement_kind else []
    if wish.product_id:
        parts.append(rule.product_name)
    if wish.quantity is not None:
        parts.append(_("more than {quantity}").format(quantity=format_quantity(wish.quantity)))
    if wish.factor is not None:
        parts.append(_("more than {factor} × the mean").format(factor=format_quantity(wish.factor)))
    if wish.begins:
        parts.append(_("{begins} to {ends}").format(begins=wish.begins, ends=wish.ends))
        parts.append(days_text(wish.weekdays) or _("every day"))
    return " · ".join(parts)


def number_text(number: Decimal | int | None) -> str:
    """Return a number as it stands in a field."""
    return "" if number is None else format_quantity(number)


def number_typed(values: Mapping[str, str], field: str) -> Decimal | int | None:
    """Return the number typed in a field, None for nothing. Raises Refused."""
    if not values[field]:
        return None
    try:
        return parse_quantity(values[field], decimals=DECIMALS, maximum=MAX_WHOLE_QUANTITY)
    except NumberError as error:
        raise wrong(field, str(error)) from None


def days_text(days: Sequence[str]) -> str:
    """Return days as they stand in a field; nothing for all of them."""
    return "" if len(days) == len(WEEKDAYS) else " ".join("sáb" if day == "sab" else day for day in days)


def days_typed(text: str) -> tuple[str, ...]:
    """Return the days typed, with spaces or commas between them; what is no day is the server's to refuse."""
    words = search_form(text.replace(",", " ")).replace("-feira", "").split()
    return tuple(_DAYS.get(word, word) for word in words)


def time_typed(text: str) -> str:
    """Return a time of the day as the wire has it; what is no time is the server's to refuse."""
    return f"0{text}" if _HOUR.fullmatch(text) else text
