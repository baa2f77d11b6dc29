"""What a scanned text can mean, before anybody looks for whose code it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from almoxarife.errors import DomainError, InvalidField
from almoxarife.features.codes.rules import codes as rules
from almoxarife.features.codes.rules.gs1 import Element, NoProduct, day_of, elements_of, is_gs1
from almoxarife.features.codes.rules.printed import Printed, printed_of
from almoxarife.features.codes.rules.scale import Label, read_label
from almoxarife.features.settings.rules import Mask
from almoxarife.ledger.rules import QUANTITY_SCALE
from almoxarife.names import fold, has_invisible

MAX_SCAN = 400
# What scanners put in front of other symbols than those of GS1 (ISO/IEC 15424).
_SYMBOL = re.compile(r"\][A-Za-z][0-9A-Za-z]")
# An element string without FNC1 in front, of a scanner that swallows it, begins with its product.
_BEGINS_WITH_PRODUCT = re.compile("0[12][0-9]{14}")
# Of what is sold by measure: the indicator is 9. Identifier without its decimals → unit of the shop.
_VARIABLE_MEASURE = "9"
_MEASURES = {"310": "KG", "311": "M", "314": "M2", "315": "L", "316": "M3"}


class Said(NamedTuple):
    """What a scan says beside the code: of a GS1 string, or of a label of the scale.

    ``times``: how many times the code it stands for. ``measures``: quantity by unit, of what is sold by measure.
    ``price`` and ``weight`` (kilograms) are what is printed, whatever is counted.
    """

    lot: str | None = None
    expires_on: str | None = None
    made_on: str | None = None
    serial: str | None = None
    price: Decimal | None = None
    weight: Decimal | None = None
    times: int = 1
    measures: Mapping[str, Decimal] = {}
    elements: Sequence[Element] = ()


NOTHING_SAID = Said()


class Scan(NamedTuple):
    """What a text can mean: a code with one of ``keys``, a ``label`` of the scale, or one of the shop (``printed``).

    ``gs1_key``: the product of an element string, with what it ``said``. ``fault``: what to say when it is none of
    this. ``text`` is without what the scanner put in front.
    """

    text: str
    keys: tuple[str, ...]
    label: Label | None = None
    gs1_key: str | None = None
    said: Said = NOTHING_SAID
    printed: Printed | None = None
    fault: DomainError | None = None


def understand(text: str, masks: Iterable[Mask], today: date, field: str) -> Scan:
    """Return what a scanned text can mean; ``field`` names it in refusals. Raises InvalidField."""
    if len(text) > MAX_SCAN:
        raise InvalidField(field=field, reason="too_long", maximum=MAX_SCAN)
    stripped = text.strip(" \r\n\t")
    if is_gs1(stripped):
        return _of_elements(stripped, today, field)
    bare = _SYMBOL.sub("", stripped, count=1) if _SYMBOL.match(stripped) else stripped
    if not fold(bare):
        raise InvalidField(field=field, reason="empty")
    if has_invisible(bare):
        raise InvalidField(field=field, reason="invisible")
    short = rules.upc_e_key(bare)
    # What is both is a GTIN-8 first.
    keys = tuple(dict.fromkeys((rules.key_of(bare), *((short,) if short else ()), fold(bare))))
    scan = Scan(bare, keys, printed=printed_of(bare))
    if _BEGINS_WITH_PRODUCT.match(bare) and rules.has_right_digit(bare[2:16]):
        found = _of_elements(bare, today, field)
        return found._replace(keys=(*keys, *found.keys))
    try:
        scan = scan._replace(label=read_label(bare, masks, field))
        if rules.looks_like_gtin(bare):
            rules.require_check_digit(bare, field)
    except DomainError as fault:
        return scan._replace(fault=fault)
    return scan


def what_to_attach(scan: Scan) -> dict[str, str]:
    """Return what a product would be given so that this scan is known, and what else it says, as the wire names it."""
    if scan.gs1_key is not None:
        code = {"tipo": rules.GTIN, "codigo": rules.written_gtin(scan.gs1_key)}
    elif scan.label is not None:
        code = {"tipo": rules.SCALE, "codigo": scan.label.key}
    elif (key := rules.gtin_key(scan.text)) is not None:
        code = {"tipo": rules.GTIN, "codigo": rules.written_gtin(key)}
    else:
        code = {"tipo": rules.OWN, "codigo": scan.text[: rules.MAX_CODE]}
    said = scan.said
    more = {
        "lote": said.lot,
        "validade": said.expires_on,
        "fabricacao": said.made_on,
        "serie": said.serial,
    }
    return code | {key: value for key, value in more.items() if value is not None}


def _of_elements(text: str, today: date, field: str) -> Scan:
    plain = (fold(text),) if not has_invisible(text) else ()
    try:
        elements = elements_of(text, field)
        values = {one.identifier: one.value for one in elements}
        key = values.get("01") or values.get("02")
        if key is None:
            raise NoProduct(field=field)
    except DomainError as fault:
        return Scan(text, plain, fault=fault)
    return Scan(text, plain, gs1_key=key, said=_said(values, elements, today))


def _said(values: Mapping[str, str], elements: Sequence[Element], today: date) -> Said:
    days = {which: day_of(values[which], today) for which in ("11", "15", "17") if which in values}
    measures = {
        _MEASURES[which[:3]]: _decimal(value, which)
        for which, value in values.items()
        if which[:3] in _MEASURES and len(which) == 4
    }
    is_measured = values.get("01", "").startswith(_VARIABLE_MEASURE)
    return Said(
        lot=values.get("10"),
        expires_on=days.get("17") or days.get("15"),
        made_on=days.get("11"),
        serial=values.get("21"),
        price=_price(values),
        weight=measures.get("KG"),
        times=int(values.get("37") or values.get("30") or 1),
        measures=measures if is_measured else {},
        elements=elements,
    )


def _price(values: Mapping[str, str]) -> Decimal | None:
    for which, value in values.items():
        if which.startswith("392"):
            return _decimal(value, which)
        if which.startswith("393"):
            # Behind the three digits of the currency.
            return _decimal(value[3:], which)
    return None


def _decimal(value: str, identifier: str) -> Decimal:
    """Return a number whose decimals are told by the last digit of its identifier, no finer than what is kept."""
    return Decimal(value).scaleb(-int(identifier[3])).quantize(Decimal(1) / QUANTITY_SCALE).normalize()
