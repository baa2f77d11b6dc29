"""From what stands in the fields of a form to what is sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from almoxarife.desktop.cadastro.movement.form import Detail
from almoxarife.desktop.kit.formats import DateError, NumberError, parse_date, parse_money
from almoxarife.i18n import _

MAX_MONEY = 999_999_999


@dataclass(frozen=True)
class Option:
    """Something that can be chosen: what a person reads, and what is sent; None sends nothing."""

    label: str
    value: str | None


class FieldError(ValueError):
    """A field is filled in wrongly: which one, and what a person should do."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.name = name


def read_details(
    details: Iterable[Detail],
    texts: Mapping[str, str],
    options: Mapping[str, list[Option]],
    today: date,
) -> dict[str, object]:
    """Return the keys of the request that the filled-in details stand for. Raises FieldError."""
    body: dict[str, object] = {}
    for detail in details:
        text = texts.get(detail.name, "").strip()
        value = _value(detail, text, options.get(detail.name, []), today)
        if value is None:
            if detail.missing:
                raise FieldError(detail.name, _(detail.missing))
        else:
            _put(body, detail.wire, value)
    return body


def money_text(amount: Decimal) -> str:
    """Return an amount as the wire has it, exact."""
    return format(amount, "f")


def _value(detail: Detail, text: str, options: list[Option], today: date) -> str | None:
    if detail.kind == "choice":
        return next((option.value for option in options if option.label.strip() == text), None)
    if not text:
        return None
    try:
        if detail.kind == "date":
            return parse_date(text, today=today).isoformat()
        if detail.kind == "money":
            return money_text(parse_money(text, maximum=MAX_MONEY))
    except (DateError, NumberError) as error:
        raise FieldError(detail.name, str(error)) from None
    return text


def _put(body: dict[str, object], wire: str, value: str) -> None:
    outer, _point, inner = wire.partition(".")
    if not inner:
        body[outer] = value
        return
    part = body.setdefault(outer, {})
    assert isinstance(part, dict), "a key is either a value or has parts"
    part[inner] = value
